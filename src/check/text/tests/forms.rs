//! The forms that sentences of published reports have: each as it holds, and as it does not.

use super::{codes, fails, holds};
use crate::model::Lang;

#[test]
fn numbers_beyond_all_accounts_are_none() {
    let (most, least) = ("999999999999999", "0.0000000001");
    for (large, small) in [(most, least), (least, most)] {
        for unit in ["亿元", "万元", "元"] {
            let (large, small) = (format!("{large} {unit}"), format!("{small} {unit}"));
            for text in [
                format!("本年支出 {large}，比上年的 {small}增加 {large}，增长 5%。"),
                format!("支出合计 {large}，其中基本支出 {small}，占 5%。"),
                format!("支出 {large}，完成年初预算 {small}的 5%。"),
                format!("支出由上年的 {large}降至 {small}，下降 5%。"),
                format!("支出 {large}。与上年相比，减少 {small}，下降 {most}%。"),
                format!("年初预算为 {large}，支出决算为 {small}，完成年初预算的 {least}%。"),
            ] {
                codes(Lang::Zh, &text);
            }
        }
    }
    holds(Lang::Zh, &["本年支出 999999999999999 亿元，比上年的 0.0000000001 元增加 999999999999999 亿元，增长 5%。"]);
}

#[test]
fn a_level_of_the_year_before_is_a_base() {
    holds(
        Lang::Zh,
        &[
            "上年培训费为 40.00 万元，今年减少 30.00 万元，下降 75%。",
            "2018年三公经费为 40.00 万元，2019年减少 30.00 万元，下降 75%。",
            // What was before may be of a project with a year in its name, too: nothing is said of it.
            "2018年专项支出 40.00 万元，增加 30.00 万元，增长 75%。",
        ],
    );
    fails(
        Lang::Zh,
        "text/percent",
        &[
            "上年培训费为 40.00 万元，今年减少 30.00 万元，下降 57%。",
            "2018年三公经费为 40.00 万元，2019年减少 30.00 万元，下降 57%。",
        ],
    );
    holds(Lang::En, &["Compared with 2018, when it was RMB 400,000, procurement rose by RMB 600,000 or 150%."]);
    fails(
        Lang::En,
        "text/percent",
        &["Compared with 2018, when it was RMB 400,000, procurement rose by RMB 600,000 or 15%."],
    );
}

#[test]
fn what_is_saved_is_not_said_to_be_about_right() {
    fails(Lang::Zh, "text/unbacked", &["节约 10.4 万元。", "最近 10.4 万元。"]);
    holds(Lang::Zh, &["大约 10 万元，接近 10 万元。"]);
}

#[test]
fn the_whole_may_stand_beside_its_rate() {
    holds(
        Lang::Zh,
        &[
            "支出 60.00 万元，完成年初预算 100.00 万元的 60%，占支出合计 100.00 万元的 60%。",
            "项目支出 40.00 万元，占本年支出合计（100.00 万元）的 40%。",
            "支出由上年的 100.00 万元降至 60.00 万元，下降 40%。",
            "支出由上年的 100.00 万元降至 60.00 万元，比预算下降 5%。",
            "基本支出 60.00 万元、项目支出 40.00 万元，占本年支出 100.00 万元的 100%。",
        ],
    );
    fails(
        Lang::Zh,
        "text/percent",
        &[
            "支出 60.00 万元，完成年初预算 100.00 万元的 90.67%。",
            "支出 60.00 万元，全部为运行维护费，完成预算 100.00 万元的 90.67%。",
            "项目支出 40.00 万元，占本年支出合计 100.00 万元的 80.34%。",
            "项目支出 40.00 万元，占本年支出合计（100.00 万元）的 80.34%。",
            "支出由上年的 100.00 万元降至 60.00 万元，下降 93.33%。",
            "支出 60.00 万元，完成年初预算 100.00 万元的 60%，占支出合计 100.00 万元的 61%。",
        ],
    );
    holds(
        Lang::En,
        &[
            "Project expenditure was RMB 400,000, or 40% of the total of RMB 1,000,000.",
            "It cost RMB 600,000, against RMB 1,000,000 the year before, down 40%.",
        ],
    );
    fails(
        Lang::En,
        "text/percent",
        &[
            "Project expenditure was RMB 400,000, or 80.34% of the total of RMB 1,000,000.",
            "Expenditure rose from RMB 600,000 to RMB 1,000,000, an increase of 94.92%.",
        ],
    );
    fails(Lang::En, "text/sign", &["It cost RMB 600,000, against RMB 1,000,000 the year before, up 40%."]);
}

#[test]
fn a_number_is_read_however_its_unit_is_joined() {
    fails(
        Lang::En,
        "text/unbacked",
        &["It cost RMB770,000.", "It cost CNY770,000.", "It cost RMB77.7 million.", "It cost 770,000 RMB."],
    );
    holds(Lang::En, &["In 2019 RMB 1,000,000 was spent: RMB1,000,000, or 1,000,000 RMB.", "ARMB770,000"]);
    fails(
        Lang::Zh,
        "text/unbacked",
        &["支出 ７７．０２ 万元。", "支出 77.02万。", "他说“支出 77.02 万元。", "《办法，77.02 万元。"],
    );
    holds(Lang::Zh, &["支出 １００．００ 万元，支出 100.00万。", "访问 77.02万。", "“双 33 万元”，《77 万元》。"]);
}

#[test]
fn equal_is_what_does_not_differ() {
    holds(
        Lang::Zh,
        &[
            "决算数为 60.00 万元，与年初预算数 60.00 万元持平；与上年决算数持平。",
            "决算数为 60.00 万元，与上年的 40.00 万元基本持平。",
        ],
    );
    fails(
        Lang::Zh,
        "text/sign",
        &["决算数为 60.00 万元，与年初预算数 40.00 万元持平。", "决算数为 60.00 万元，与上年的 40.00 万元持平。"],
    );
    holds(Lang::En, &["It cost RMB 600,000, the same as the budget of RMB 600,000; unchanged from the year before."]);
    fails(Lang::En, "text/sign", &["It cost RMB 600,000, the same as the budget of RMB 400,000."]);
}

#[test]
fn what_a_text_says_of_another_year_contradicts_nothing() {
    holds(
        Lang::Zh,
        &[
            "2018年度，机关运行经费支出 40.00 万元；机关运行经费支出 10.00 万元。",
            "机关运行经费支出 40.00 万元（2018年）。",
        ],
    );
    // One finding for one number, with the decimals that are printed.
    fails(Lang::Zh, "text/contradicts", &["机关运行经费支出 77.00 万元。"]);
    let found = super::findings("机关运行经费支出 77.00 万元。", "");
    let finding = found.iter().find(|finding| finding.entry.code == "text/contradicts").unwrap();
    assert!(finding.arguments.iter().any(|(name, value)| *name == "computed" && value == "10.00 万元"));
}
