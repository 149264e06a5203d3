//! Each rule on sentences that hold and on sentences that do not, in both languages.

mod forms;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::diagnostics::{Finding, Found, Place};
use crate::model::{
    Address, Amount, Computed, Department, Derivation, Disclosure, Expression, Fact, FactGroup, Facts, Figure, Lang,
    Localized, Part, PartKind, Piece, Prose, ReportId, ReportKind, Text, Unit, Value,
};

/// Prose of one paragraph, or of a heading after `#`. `{62.00}` is a figure of that many 万元, `{-62.00}` a change by so
/// many, `{-6.20%}` a growth.
fn prose(text: &str) -> Prose {
    let (text, heading) = text.strip_prefix("# ").map_or((text, false), |text| (text, true));
    let tag = if heading {
        Tag::Heading { level: HeadingLevel::H2, id: Some("h".into()), classes: Vec::new(), attrs: Vec::new() }
    } else {
        Tag::Paragraph
    };
    let end = if heading { TagEnd::Heading(HeadingLevel::H2) } else { TagEnd::Paragraph };
    let mut pieces = vec![Piece::Markdown(Event::Start(tag), 0..text.len())];
    let mut at = 0;
    for part in text.split_inclusive(['{', '}']) {
        let place = at..at + part.len();
        at = place.end;
        if let Some(number) = part.strip_suffix('}') {
            pieces.push(Piece::Figure(Box::new(figure(number)), place));
        } else {
            let text = part.trim_end_matches('{');
            let place = place.start..place.start + text.len();
            pieces.push(Piece::Markdown(Event::Text(text.to_owned().into()), place));
        }
    }
    pieces.push(Piece::Markdown(Event::End(end), text.len()..text.len()));
    Prose { pieces }
}

fn figure(number: &str) -> Computed {
    let amount = Amount::parse(number.trim_end_matches('%')).unwrap();
    let address = Address::cell("facts", "a", &format!("v{}", number.replace('.', "-")));
    // What moved so far: down to nothing.
    let moved = |amount: Amount| Figure {
        amount,
        unit: Unit::WAN_YUAN,
        name: Text::default(),
        report: ReportId { year: 2019, kind: ReportKind::Final },
        address: address.clone(),
    };
    let figures = vec![moved(Amount::parse("0.00").unwrap()), moved(amount.abs())];
    let (expression, value) = if number.ends_with('%') {
        (Expression::GrowthFrom(address.clone(), address.clone()), Value::Growth(amount))
    } else if number.starts_with('-') {
        (Expression::Change(address.clone(), address.clone()), Value::Change(amount, Unit::WAN_YUAN))
    } else {
        (Expression::Cell(address.clone()), Value::Amount(amount, Unit::WAN_YUAN))
    };
    Computed { derivation: Derivation { expression, plain: false, stated: None }, value, figures, agrees: true }
}

/// What is found in a report that knows 100, 60, 40, 10 and 0 万元.
fn findings(zh: &str, en: &str) -> Vec<Finding> {
    let fact = |number: &str| Fact {
        id: format!("v{number}"),
        name: Text::new("数", "figure"),
        value: Amount::parse(number).unwrap(),
        unit: Unit::WAN_YUAN,
        as_of: None,
        note: None,
    };
    let mut facts: Vec<Fact> = ["100.00", "60.00", "40.00", "10.00", "0.00"].map(fact).into();
    facts.push(Fact { unit: Unit::Counted(Text::new("辆", "vehicles")), ..fact("1") });
    let operating = FactGroup {
        id: "operating".to_owned(),
        name: Text::new("机关运行经费", "Operating expenses"),
        facts: vec![Fact { name: Text::new("机关运行经费支出", "operating expenses"), ..fact("10.00") }],
    };
    let group = FactGroup { id: "a".to_owned(), name: Text::new("组", "group"), facts };
    let part = Part {
        slug: "notes".to_owned(),
        title: Text::new("说明", "Notes"),
        title_at: Localized::default(),
        kind: PartKind::Narrative(Localized { zh: prose(zh), en: prose(en) }),
        files: Text::new("notes.zh.md", "notes.en.md"),
    };
    let disclosure = Disclosure {
        id: ReportId { year: 2019, kind: ReportKind::Final },
        forms: "cn-2019".to_owned(),
        approved: None,
        published: None,
        published_time: None,
        information: crate::model::Information::default(),
        source: None,
        tables: Vec::new(),
        facts: Facts { file: "facts.yaml".to_owned(), groups: vec![group, operating] },
        rules: Vec::new(),
        own_rules: Vec::new(),
        parts: vec![part],
        glossary: Vec::new(),
        charts: Vec::new(),
        highlights: Vec::new(),
        accepted: Vec::new(),
        unread: false,
        file: "report.yaml".to_owned(),
        texts: Vec::new(),
    };
    let department =
        Department {
            slug: None, name: Text::new("示例局", "Example"), contact: None, disclosures: vec![disclosure]
        };
    let checked = crate::check::Checked::new(Found { value: department, findings: Vec::new() });
    checked.findings().to_vec()
}

/// The codes for a text in one language, whatever the other lacks then.
fn codes(lang: Lang, text: &str) -> String {
    let found = match lang {
        Lang::Zh => findings(text, ""),
        Lang::En => findings("", text),
    };
    let codes = found.iter().map(|finding| finding.entry.code).filter(|code| !code.starts_with("translation/"));
    codes.collect::<Vec<_>>().join(" ")
}

/// Sentences that hold, or cannot be read in one way only.
fn holds(lang: Lang, sentences: &[&str]) {
    for sentence in sentences {
        assert_eq!(codes(lang, sentence), "", "{sentence}");
    }
}

fn fails(lang: Lang, code: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert_eq!(codes(lang, sentence), code, "{sentence}");
    }
}

#[test]
fn numbers_without_the_unit_of_money_are_no_amounts() {
    holds(
        Lang::Zh,
        &[
            "2019 年 12 月 31 日，穗府〔2019〕15 号，第 3 项，55 人，802.11a/b/g/n/ac，G.652，8:30，2010301，表 5，元旦",
            "单价 50 万元以上通用设备 0 台；《2019 年 77 万元项目》；“双 33 万元”",
            "支出 0 万元，100.00 万元、1,000,000 元、0.01 亿元，约 100 万元，增加 5 个百分点",
            "收入 {77.00}，合 77 万元，与 60 万元相差 17 万元。",
        ],
    );
    holds(
        Lang::En,
        &[
            "On 31 December 2019, RMB 1,000,000 or RMB 1 million; 100.00 (10,000 yuan), 100.00 (RMB 10,000); about RMB 1.0 million.",
            "Equipment of RMB 500,000 or more, in units of (10,000 yuan) or (RMB 10,000), 802.11ac, 55 people, 3 percentage points.",
        ],
    );
}

#[test]
fn an_amount_that_the_report_does_not_have_is_said() {
    fails(
        Lang::Zh,
        "text/unbacked",
        &["支出 100.01 万元。", "支出 1,000,001 元。", "支出约 77 万元。", "支出 1 亿元。"],
    );
    fails(
        Lang::En,
        "text/unbacked",
        &[
            "It cost RMB 1,000,001.",
            "It cost 77 million yuan.",
            "It cost 77 (10,000 yuan).",
            "It cost 77 (RMB 10,000).",
        ],
    );
}

#[test]
fn shares_agree_with_part_and_whole() {
    holds(
        Lang::Zh,
        &[
            "支出合计 100.00 万元，其中基本支出 60.00 万元，占 60%。",
            "支出合计 100.00 万元，基本支出 60.00 万元，占支出合计的 60.00%。",
            // The whole stands elsewhere, or it is not said of what.
            "支出合计 100.00 万元，其中基本支出 60.00 万元，占上年收入的 61%。",
            "基本支出 60.00 万元，项目支出 40.00 万元，占 40%。",
            "合计 100.00 万元，其中基本支出 60.00 万元、项目支出 40.00 万元，分别占 60% 和 40%。",
        ],
    );
    fails(
        Lang::Zh,
        "text/percent",
        &[
            "支出合计 100.00 万元，其中基本支出 60.00 万元，占 61%。",
            "支出合计 {100.00}，基本支出 {60.00}，占支出合计的 60.02%。",
        ],
    );
    holds(
        Lang::En,
        &[
            "Total expenditure was RMB 1,000,000, of which basic expenditure was RMB 600,000, or 60% of total expenditure.",
            "Expenditure was {100.00}, of which {60.00} was basic, or 61% of all revenue.",
        ],
    );
    fails(
        Lang::En,
        "text/percent",
        &[
            "Total expenditure was RMB 1,000,000, of which basic expenditure was RMB 600,000, or 61% of total expenditure.",
            "Total expenditure was {100.00}; of total expenditure of {100.00}, basic expenditure was {60.00}, or 61% of total expenditure.",
        ],
    );
}

/// A portal of made-up accounts showed it: what went down by address, and then by how many per cent, went up.
#[test]
fn a_decrease_by_address_is_one() {
    let zh = "项目支出 {60.00}，与上年相比，{-40.00}，{-40.00%}。";
    let en = "Project expenditure was {60.00}; against the year before this is {-40.00}, {-40.00%}.";
    holds(Lang::Zh, &[zh, "支出 {60.00}，{-40.00}，下降 40.00%。"]);
    holds(Lang::En, &[en]);
    fails(Lang::Zh, "text/percent", &["支出 {60.00}，{-40.00}，下降 41.00%。"]);
}

#[test]
fn growth_agrees_with_difference_and_base() {
    holds(
        Lang::Zh,
        &[
            "收入 100.00 万元，比上年增加 40.00 万元，增长 66.67%。",
            "收入 100.00 万元，比上年决算数 60.00 万元增加 40.00 万元，增长率为 66.67%。",
            "年初预算为 100.00 万元，支出决算为 60.00 万元，比预算减少 40.00 万元，下降 40%。",
            "收入 100.00 万元，支出 60.00 万元，比上年增加 10.00 万元，增长 3%。",
            "收入比上年增长 3%，达 100.00 万元。",
        ],
    );
    fails(
        Lang::Zh,
        "text/percent",
        &[
            "收入 100.00 万元，比上年增加 40.00 万元，增长 66.62%。",
            "收入 {100.00}，比上年决算数 {60.00} 增加 {40.00}，增长 66.8%。",
        ],
    );
    fails(Lang::Zh, "text/percent", &["年初预算为 {100.00}，支出决算为 {60.00}，比预算减少 {40.00}，下降 41%。"]);
    holds(Lang::En, &["Revenue was RMB 1,000,000, RMB 400,000 more than last year, up 66.67%."]);
    fails(
        Lang::En,
        "text/percent",
        &[
            "Revenue was RMB 1,000,000, RMB 400,000 more than last year, up 67.66%.",
            "Revenue was {100.00}, an increase of {40.00}, up 40%.",
        ],
    );
}

#[test]
fn what_rounding_explains_is_a_tail() {
    // Computed from yuan, a rate may differ in its last decimal from that of the amounts in 万元.
    fails(
        Lang::Zh,
        "text/tail",
        &[
            "支出合计 {100.00}，基本支出 {60.00}，占支出合计的 60.01%。",
            "收入 100.00 万元，比上年增加 40.00 万元，增长 66.66%。",
            "收入 100.00 万元，比上年决算数 60.00 万元增加 40.01 万元。",
            "年初预算为 60.00 万元，支出决算为 40.00 万元，完成年初预算的 66.66%。",
        ],
    );
    fails(
        Lang::En,
        "text/tail",
        &["The budget was RMB 600,000 and spending was RMB 400,000, or 66.66% of the budget."],
    );
    fails(Lang::Zh, "text/change", &["收入 {100.00}，比上年决算数 {60.00} 增加 40.02 万元。"]);
}

#[test]
fn a_rate_beside_its_difference_and_base_needs_no_level() {
    holds(Lang::Zh, &["比上年的 100.00 万元减少 40.00 万元，下降 40%。", "比预算增加 10.00 万元，比上年下降 5%。"]);
    fails(
        Lang::Zh,
        "text/percent",
        &["合计 100.00 万元，其中支出 60.00 万元、收入 40.00 万元，比上年的 100.00 万元减少 60.00 万元，下降 40%。"],
    );
    holds(
        Lang::En,
        &[
            "They were RMB 400,000 or 40% less than the RMB 1,000,000 of last year.",
            "Spending was RMB 600,000, RMB 400,000 or 40% less than the RMB 1,000,000 of last year.",
            "It cost RMB 0 against a budget of RMB 1,000,000, which is RMB 400,000 or 100% less than the year before.",
        ],
    );
    fails(Lang::En, "text/percent", &["They were RMB 400,000 or 4% less than the RMB 1,000,000 of last year."]);
    fails(Lang::Zh, "text/zero-base", &["“三公”经费与上年的 0 万元相比增长 10%。"]);
    fails(Lang::En, "text/zero-base", &["The expenses grew by 10% from RMB 0 the year before."]);
}

#[test]
fn a_difference_may_have_its_base_elsewhere() {
    // The report knows 100, 60, 40 and 10: what 40 moved from by 20 is 60.
    holds(Lang::Zh, &["支出 40.00 万元。与上年相比，减少 20.00 万元，下降 33.33%。"]);
    fails(Lang::Zh, "text/percent", &["支出 40.00 万元。与上年相比，减少 20.00 万元，下降 33.52%。"]);
    fails(Lang::Zh, "text/tail", &["支出 40.00 万元。与上年相比，减少 20.00 万元，下降 33.34%。"]);
    fails(Lang::Zh, "text/unbacked", &["支出 40.00 万元，比上年减少 30.00 万元，下降 42.86%。"]);
}

#[test]
fn completion_agrees_with_the_budget() {
    holds(
        Lang::Zh,
        &[
            "年初预算为 100.00 万元，支出决算为 60.00 万元，完成年初预算的 60%。",
            "一般公共预算 100.00 万元，支出决算为 60.00 万元，完成年初预算的 61%。",
            "支出 60.00 万元，超出年初预算 10.00 万元，完成年初预算的 120%。",
        ],
    );
    fails(Lang::Zh, "text/percent", &["年初预算为 100.00 万元，支出决算为 60.00 万元，完成年初预算的 61%。"]);
    holds(Lang::En, &["The budget was RMB 1,000,000 and spending was RMB 600,000, or 60% of budget."]);
    fails(Lang::En, "text/percent", &["The budget was {100.00} and spending was {60.00}, or 61% of the budget."]);
}

#[test]
fn the_word_of_direction_fits() {
    holds(
        Lang::Zh,
        &["决算 100.00 万元，比预算 60.00 万元增加 40.00 万元。", "决算 60.00 万元，比 100.00 万元减少 40.00 万元。"],
    );
    fails(
        Lang::Zh,
        "text/sign",
        &[
            "决算 100.00 万元，比预算 60.00 万元减少 40.00 万元。",
            "收入 {100.00}，比上年减少 {40.00}，增长 40%。",
            "年初预算为 {100.00}，支出决算为 {60.00}，与年初预算相比，增加 {40.00}。",
        ],
    );
    fails(Lang::Zh, "text/change", &["决算 {100.00}，比预算 {60.00} 增加 10.00 万元。"]);
    holds(Lang::En, &["Spending was RMB 600,000, RMB 400,000 less than the budget of RMB 1,000,000."]);
    fails(
        Lang::En,
        "text/sign",
        &[
            "Spending was RMB 600,000, RMB 400,000 more than the budget of RMB 1,000,000.",
            "Revenue was {100.00}, a decrease of {40.00}, up 40%.",
        ],
    );
}

#[test]
fn nothing_is_a_percentage_of_zero() {
    fails(
        Lang::Zh,
        "text/zero-base",
        &[
            "年初预算为 0 万元，支出决算为 10.00 万元，完成年初预算的 100%。",
            "收入 40.00 万元，比上年增加 40.00 万元，增长 100%。",
        ],
    );
    holds(Lang::Zh, &["合计 100.00 万元，其中工程支出 0 万元，占 0%。"]);
    fails(Lang::En, "text/zero-base", &["The budget was RMB 0 and spending was RMB 100,000, or 100% of the budget."]);
}

#[test]
fn what_a_template_left_is_found() {
    fails(
        Lang::Zh,
        "text/template",
        &[
            "支出 XX 万元。",
            "支出××××万元。",
            "20XX 年度",
            "仍保留该表格式",
            "〔原因待填〕",
            "支出，，收入",
            "支出。。",
            "TODO 补充",
        ],
    );
    holds(Lang::Zh, &["“3+X”联办，〔原文至此中断〕，等等……", "第 20 项，MAX 值，Xbox"]);
    fails(Lang::En, "text/template", &["It cost XXX.", "TBD", "One,, two", "The end.."]);
    holds(Lang::En, &["And so on... Todo lists, XML, e.g., this", "the 3+X model"]);
}

#[test]
fn what_is_not_for_publication_is_found() {
    fails(
        Lang::Zh,
        "text/sensitive",
        &["出口地址 10.196.32.0/24。", "身份证 11010519491231002X", "电话13912345678。", "电话 139 1234 5678。"],
    );
    holds(
        Lang::Zh,
        &["版本 2.4.1，号码 110105194912310021，编号 12345678901，400-830-1234，第 256.1.1.1 条", "# 1.2.3.4 标题"],
    );
    fails(Lang::En, "text/sensitive", &["The server is 192.168.1.10.", "Call 139-1234-5678."]);
}

#[test]
fn a_heading_has_the_year_of_its_report() {
    fails(Lang::Zh, "text/year", &["# 2017 年度收支情况"]);
    fails(Lang::En, "text/year", &["# The 2017 final accounts"]);
    holds(Lang::Zh, &["# 2018 年度收支情况", "# 2020 年度预算", "2010 年度的规划"]);
    holds(Lang::En, &["# The 2019 final accounts"]);
}

#[test]
fn both_languages_state_the_same_figures() {
    let differ = |zh: &str, en: &str| {
        let found = findings(zh, en);
        let lacks = found.iter().filter(|finding| finding.entry.code == "translation/figures-differ");
        lacks
            .map(|finding| {
                let figures = finding.arguments.iter().find(|(name, _)| *name == "figures").unwrap();
                format!("{} {}", finding.place.file(), figures.1)
            })
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!(differ("支出 {60.00}，收入 100.00 万元，占 60%。", "RMB 1,000,000 came in, {60.00} went out, 60%."), "");
    assert_eq!(
        differ("支出 {60.00}。", "RMB 600,000 was spent."),
        "",
        "typed in one language, referred to in the other"
    );
    assert_eq!(differ("支出 {60.00} 和 {60.00}。", "It cost {60.00}."), "notes.en.md {facts/a/v60-00}");
    assert_eq!(
        differ("支出 60.00 万元，占 60%。", "It cost RMB 400,000, 60%."),
        "notes.en.md 60.00 万元; notes.zh.md RMB 400,000"
    );
}

#[test]
fn a_literal_is_placed_exactly() {
    let found = findings("收入 {60.00}，支出 77.00 万元。", "");
    let finding = found.iter().find(|finding| finding.entry.code == "text/unbacked").unwrap();
    let start = "收入 {60.00}，支出 ".len();
    assert_eq!(finding.place, Place::Text("notes.zh.md".to_owned(), start..start + "77.00 万元".len()));
}

#[test]
fn shares_that_are_listed_together_are_shares_of_what_their_parts_add_up_to() {
    holds(
        Lang::Zh,
        &[
            "支出 100.00 万元。基本支出 60.00 万元，占 60%；项目支出 40.00 万元，占 40%。",
            "支出 100.00 万元。其中基本支出 60.00 万元、项目支出 40.00 万元，分别占 60%、40%。",
            // Shares of something larger, and parts that are not all.
            "支出 100.00 万元。基本支出 60.00 万元，占 30%；项目支出 40.00 万元，占 20%。",
            "支出 100.00 万元。基本支出 60.00 万元，占 61%；其他 10.00 万元，占 38%。",
        ],
    );
    fails(
        Lang::Zh,
        "text/percent",
        &[
            "支出 100.00 万元。基本支出 60.00 万元，占 61%；项目支出 40.00 万元，占 40%。",
            "支出 {100.00}。基本支出 {60.00}，占 60.02%；项目支出 {40.00}，占 40%。",
            "支出 100.00 万元。其中基本支出 60.00 万元、项目支出 40.00 万元，分别占 60%、41%。",
        ],
    );
    holds(
        Lang::En,
        &[
            "RMB 1,000,000 was spent. Basic and project spending were RMB 600,000 and RMB 400,000, or 60% and 40% respectively.",
        ],
    );
    fails(
        Lang::En,
        "text/percent",
        &[
            "RMB 1,000,000 was spent. Basic and project spending were RMB 600,000 and RMB 400,000, or 60% and 41% respectively.",
        ],
    );
}

#[test]
fn rates_of_completion_that_are_listed_together_imply_the_budget() {
    let list = |budget: &str, first: &str, second: &str| {
        format!(
            "年初预算为 {budget} 万元，支出决算为 100.00 万元，完成年初预算的 {first}%。\
             基本支出 60.00 万元，完成年初预算的 100%；项目支出 40.00 万元，完成年初预算的 {second}%。"
        )
    };
    holds(Lang::Zh, &[&list("100.00", "100", "100")]);
    // 40.00 at 66.67 % is a budget of 60.00, 120.00 in all.
    let codes = codes(Lang::Zh, &list("100.00", "100", "66.67"));
    assert_eq!(codes, "text/budgets");
}

#[test]
fn a_unit_that_is_mistaken_is_said() {
    fails(Lang::Zh, "text/unit", &["支出 60.00 元。", "支出 600000 万元。"]);
}

#[test]
fn a_count_is_one_of_the_facts() {
    fails(Lang::Zh, "text/count", &["车辆 3 辆。", "车辆2辆"]);
    holds(Lang::Zh, &["车辆 1 辆，设备 3 台，第 2 辆，3 个方面"]);
    fails(Lang::En, "text/count", &["It has 3 vehicles."]);
    holds(Lang::En, &["It has 1 vehicle and 3 sets."]);
}

#[test]
fn an_indicator_has_the_value_that_the_report_gives_it() {
    fails(
        Lang::Zh,
        "text/contradicts",
        &["机关运行经费支出 40.00 万元。", "2019年度本部门机关运行经费支出为 60.00 万元。"],
    );
    holds(
        Lang::Zh,
        &[
            "机关运行经费支出 10.00 万元。",
            "2018年机关运行经费支出 40.00 万元。",
            "机关运行经费支出比上年减少 40.00 万元。",
        ],
    );
}

#[test]
fn the_department_is_the_reports_own() {
    fails(
        Lang::Zh,
        "text/department",
        &["# 某某市水务局 2019 年度部门决算", "某某市水务局2019年度收入总计 100.00 万元。"],
    );
    holds(
        Lang::Zh,
        &[
            "# 示例局 2019 年度部门决算",
            "某某市示例局 2019 年度总收入 100.00 万元。",
            "本局 2019 年度总收入 100.00 万元。",
        ],
    );
}
