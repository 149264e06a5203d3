//! The prose of a report in both languages: figures in braces, and figures typed as literals, so that every proof of the
//! text has work to do.

use std::fmt::Write as _;

use super::accounts::{Item, Planned};
use super::random::Random;
use super::sentences::{en, movement, percent, zh};
use super::{File, Report};

/// Why an item cost what it cost.
const REASONS: [(&str, &str); 6] = [
    (
        "主要是人员有调整，按政策核定的基本支出随之变化",
        "mainly because of staff changes, which moved basic expenditure as policy provides",
    ),
    ("主要是压缩了设备维护等一般性开支", "mainly because general spending such as the upkeep of equipment was cut"),
    (
        "主要是年度中间按实际进度调整了项目的安排",
        "mainly because projects were rescheduled to their real progress during the year",
    ),
    ("主要是按规定的标准和实际发生额列支", "mainly because it was charged at the set standards, as it arose"),
    ("主要是新承担的示例任务需要另行安排经费", "mainly because new example tasks needed money of their own"),
    (
        "主要是部分合同跨年度执行，尾款在下一年支付",
        "mainly because some contracts run over the year end and are settled in the next",
    ),
];

/// What a department is for.
const DUTIES: [(&str, &str, &str, &str); 7] = [
    (
        "政策和规划",
        "牵头起草示例区本领域的政策，拟订发展规划和年度计划，并推动各项规划落实",
        "Policy and planning",
        "it drafts the example district’s policies in its field, draws up plans and sees that they are carried out",
    ),
    (
        "公共服务",
        "统筹窗口服务，推进事项标准化，协调跨部门、跨层级的办理",
        "Public services",
        "it runs the service windows, standardizes procedures and settles what crosses departments and levels",
    ),
    (
        "信息化",
        "建设和管理业务系统，推动数据共享，保障系统和数据安全",
        "Information technology",
        "it builds and manages its systems, shares data and keeps both secure",
    ),
    (
        "监督检查",
        "检查本领域各项制度的执行，受理投诉和举报，督促问题整改",
        "Supervision",
        "it checks how rules are followed, receives complaints and presses for remedies",
    ),
    (
        "宣传培训",
        "组织面向社会的宣传，开展业务培训和交流",
        "Publicity and training",
        "it informs the public and organizes training and exchanges",
    ),
    (
        "资金管理",
        "编制部门预算和决算，管理专项资金，开展绩效评价",
        "Funds",
        "it prepares the department’s budget and accounts, manages special funds and evaluates performance",
    ),
    ("其他任务", "办理上级交办的其他事项", "Other tasks", "it carries out other tasks given to it from above"),
];

/// The terms of the glossary: id, name and meaning in both languages.
const TERMS: [(&str, &str, &str, &str, &str); 10] = [
    (
        "fiscal-appropriation-revenue",
        "财政拨款收入",
        "示例：财政部门当年拨给单位的资金。",
        "Fiscal appropriation revenue",
        "Example: money that the finance authority allocates to a unit in the year.",
    ),
    (
        "other-revenue",
        "其他收入",
        "示例：财政拨款、事业和经营收入以外的收入，如利息。",
        "Other revenue",
        "Example: revenue of no other kind, such as interest.",
    ),
    (
        "opening-carry-forwards",
        "年初结转和结余",
        "示例：上年没有用完、转到本年接着使用的资金。",
        "Opening carry-forwards and surpluses",
        "Example: money not used in the year before and carried into this one.",
    ),
    (
        "closing-carry-forwards",
        "年末结转和结余",
        "示例：本年没有用完、转到下年接着使用的资金。",
        "Closing carry-forwards and surpluses",
        "Example: money not used in the year and carried into the next.",
    ),
    (
        "basic-expenditure",
        "基本支出",
        "示例：保障机构运转和人员待遇的支出。",
        "Basic expenditure",
        "Example: what it takes to keep an institution running and to pay its staff.",
    ),
    (
        "project-expenditure",
        "项目支出",
        "示例：在基本支出之外，为完成特定任务安排的支出。",
        "Project expenditure",
        "Example: spending on particular tasks, beside basic expenditure.",
    ),
    (
        "three-public",
        "“三公”经费",
        "示例：因公出国（境）、公务用车和公务接待的支出。",
        "“Three public” expenses",
        "Example: spending on official trips abroad, official vehicles and receptions.",
    ),
    (
        "overseas-trips",
        "因公出国（境）费",
        "示例：因公出国的旅费、食宿和培训费用。",
        "Official overseas trips",
        "Example: travel, lodging and training on official trips abroad.",
    ),
    (
        "official-vehicles",
        "公务用车购置及运行费",
        "示例：购买公务用车，以及加油、维修和保险的费用。",
        "Official vehicles",
        "Example: buying official vehicles, and their fuel, repairs and insurance.",
    ),
    (
        "official-receptions",
        "公务接待费",
        "示例：按规定接待来访人员的费用。",
        "Official receptions",
        "Example: receiving visitors as the rules allow.",
    ),
];

/// Both languages, written side by side.
#[derive(Default)]
struct Pages {
    zh: String,
    en: String,
}

impl Pages {
    fn heading(&mut self, level: usize, id: &str, zh: &str, en: &str) {
        let marks = "#".repeat(level);
        let _ = writeln!(self.zh, "\n{marks} {zh} {{#{id}}}\n");
        let _ = writeln!(self.en, "\n{marks} {en} {{#{id}}}\n");
    }

    fn line(&mut self, zh: &str, en: &str) {
        let _ = writeln!(self.zh, "{zh}");
        let _ = writeln!(self.en, "{en}");
    }

    fn paragraph(&mut self, zh: &str, en: &str) {
        self.line(zh, en);
        self.line("", "");
    }

    fn files(self, name: &str) -> [File; 2] {
        let whole = |text: String| format!("{}\n", text.trim().replace("\n\n\n", "\n\n"));
        [(format!("{name}.zh.md"), whole(self.zh)), (format!("{name}.en.md"), whole(self.en))]
    }
}

/// Narrative and glossary.
pub(super) fn parts(report: &Report<'_>, random: &mut Random) -> Vec<File> {
    let mut glossary = Pages::default();
    glossary.heading(1, "top", "名词解释", "Glossary");
    for (id, name, meaning, name_en, meaning_en) in TERMS {
        glossary.heading(2, id, name, name_en);
        glossary.line(meaning, meaning_en);
    }
    [
        overview(report).files("01-overview"),
        explanation(report, random).files("03-explanation"),
        glossary.files("glossary"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn overview(report: &Report<'_>) -> Pages {
    let mut pages = Pages::default();
    pages.heading(1, "top", "部门概况", "The department");
    pages.paragraph(
        &format!("{}是示例部门。本部分列出它的主要职责，并说明决算的范围。", report.zh),
        &format!("The {} is an example. This part lists its duties and says what its accounts cover.", report.en),
    );
    pages.heading(2, "duties", "主要职责", "Duties");
    for (index, (name, duty, name_en, duty_en)) in DUTIES.iter().enumerate() {
        let number = index + 1;
        pages.line(&format!("{number}. **{name}**：{duty}。"), &format!("{number}. **{name_en}**: {duty_en}."));
    }
    pages.heading(2, "scope", "决算范围", "Scope");
    let year = report.this.year;
    pages.paragraph(
        &format!("{year} 年度决算只包括本部门的收支，没有下属单位。公务用车保有量为 {{facts/counts/vehicles}}。"),
        &format!("The final accounts for {year} cover the department alone, which has no subordinate units. Official vehicles held: {{facts/counts/vehicles}}."),
    );
    pages
}

fn explanation(report: &Report<'_>, random: &mut Random) -> Pages {
    let year = report.this.year;
    let mut pages = Pages::default();
    pages.heading(
        1,
        "top",
        &format!("{year} 年度部门决算情况说明"),
        &format!("Notes on the final accounts for {year}"),
    );
    whole(report, random, &mut pages);
    appropriations(report, random, &mut pages);
    budget(report, random, &mut pages);
    basic(report, &mut pages);
    three_public(report, random, &mut pages);
    others(report, &mut pages);
    pages
}

/// The address of a figure of the year before: in its own report, or in the first year among the facts.
fn last_year(report: &Report<'_>, address: &str, fact: &str) -> String {
    if report.is_first { format!("facts/last-year/{fact}") } else { format!("{address}@{}", report.last.year) }
}

fn whole(report: &Report<'_>, random: &mut Random, pages: &mut Pages) {
    let (this, last) = (report.this, report.last);
    let year = this.year;
    pages.heading(2, "overall", "一、收入支出总体情况", "Revenue and expenditure as a whole");
    let total = "revenue-expenditure-summary/revenue-total";
    let was = last_year(report, total, "revenue-total");
    let (reason, reason_en) = random.choose(&REASONS);
    pages.paragraph(
        &format!("{year} 年度收入总计 {{{total}}}，支出总计 {{revenue-expenditure-summary/expenditure-total}}（见[表 1](form:revenue-expenditure-summary)）。收入总计与上年相比，{{change {total} from {was}}}，{{growth {total} from {was}}}，{reason}。"),
        &format!("In {year} total revenue was {{{total}}} and total expenditure {{revenue-expenditure-summary/expenditure-total}} (see [Table 1](form:revenue-expenditure-summary)). Against the year before, the total shows {{change {total} from {was}}}, {{growth {total} from {was}}}, {reason_en}."),
    );
    pages.heading(3, "expenditure", "（一）支出", "Expenditure");
    let (basic, project) = (this.sum(|item| item.basic), this.sum(|item| item.project + item.own));
    let spent = this.spent();
    pages.paragraph(
        &format!(
            "本年支出合计 {}，其中基本支出 {}，占本年支出合计的 {}，项目支出 {}，占本年支出合计的 {}。",
            zh(spent), zh(basic), percent(basic, spent), zh(project), percent(project, spent)
        ),
        &format!(
            "Total expenditure for the year was {}, of which basic expenditure was {}, or {} of total expenditure for the year, and project expenditure was {}, or {} of total expenditure for the year.",
            en(spent), en(basic), percent(basic, spent), en(project), percent(project, spent)
        ),
    );
    let moved = movement(basic, last.sum(|item| item.basic));
    let (reason, reason_en) = random.choose(&REASONS);
    pages.line(
        &format!("- **基本支出** {}，{}，{reason}。", zh(basic), moved.0),
        &format!("- **Basic expenditure** was {}, {}, {reason_en}.", en(basic), moved.1),
    );
    let was = last_year(report, "expenditure/total/project", "project");
    let (reason, reason_en) = random.choose(&REASONS);
    pages.paragraph(
        &format!("- **项目支出** {{expenditure/total/project}}，与上年相比，{{change expenditure/total/project from {was}}}，{{growth expenditure/total/project from {was}}}，{reason}。"),
        &format!("- **Project expenditure** was {{expenditure/total/project}}; against the year before this is {{change expenditure/total/project from {was}}}, {{growth expenditure/total/project from {was}}}, {reason_en}."),
    );
}

fn appropriations(report: &Report<'_>, random: &mut Random, pages: &mut Pages) {
    let (this, last) = (report.this, report.last);
    pages.heading(
        2,
        "appropriations",
        "二、财政拨款收入支出情况",
        "Revenue and expenditure from fiscal appropriations",
    );
    pages.paragraph(
        "财政拨款收入合计 {appropriation-summary/revenue-year}，年初结转和结余 {appropriation-summary/opening}，年末结转和结余 {appropriation-summary/closing/total}，收支总表见[表 4](form:appropriation-summary)。",
        "Fiscal appropriation revenue was {appropriation-summary/revenue-year}; {appropriation-summary/opening} was carried in from the year before and {appropriation-summary/closing/total} into the next. They are summarised in [Table 4](form:appropriation-summary).",
    );
    let general = this.sum_of(false, Item::spent);
    let moved = movement(general, last.sum_of(false, Item::spent));
    pages.paragraph(
        &format!("一般公共预算财政拨款支出 {}，{}。按科目分列如下：", zh(general), moved.0),
        &format!("Expenditure from general public budget appropriations was {}, {}. By item:", en(general), moved.1),
    );
    for (index, item) in this.items.iter().filter(|item| !item.is_fund()).enumerate() {
        let function = item.function;
        let (reason, reason_en) = random.choose(&REASONS);
        let (amount, amount_en, share) = if index % 2 == 0 {
            let address = format!("general-budget-expenditure/{}/total", function.code);
            let share = format!("{{share {address} of general-budget-expenditure/total/total}}");
            (format!("{{{address}}}"), format!("{{{address}}}"), share)
        } else {
            (zh(item.spent()), en(item.spent()), percent(item.spent(), general))
        };
        pages.line(
            &format!("- {}（项）{amount}，占一般公共预算财政拨款支出的 {share}，{reason}；", function.zh),
            &format!(
                "- {}: {amount_en}, or {share} of expenditure from general public budget appropriations, {reason_en};",
                function.en
            ),
        );
    }
    pages.line("", "");
    pages.paragraph(
        "![一般公共预算财政拨款支出构成](chart:functional-shares)",
        "![Expenditure by function](chart:functional-shares)",
    );
}

fn budget(report: &Report<'_>, random: &mut Random, pages: &mut Pages) {
    let this = report.this;
    pages.heading(2, "completion", "三、与年初预算对照", "Comparison with the budget at the start of the year");
    let (spent, budget) = (this.sum_of(false, Item::spent), this.sum_of(false, |item| item.budget));
    pages.paragraph(
        &format!("一般公共预算财政拨款支出年初预算为 {}，支出决算为 {}，完成年初预算的 {}。各科目的完成情况如下：", zh(budget), zh(spent), percent(spent, budget)),
        &format!("The budget at the start of the year was {} and expenditure was {}, or {} of the budget at the start of the year. By item:", en(budget), en(spent), percent(spent, budget)),
    );
    for (index, item) in this.items.iter().filter(|item| !item.is_fund()).enumerate() {
        let function = item.function;
        let (reason, reason_en) = random.choose(&REASONS);
        let (planned, spent, planned_en, spent_en, rate) = if index % 3 == 0 {
            let actual = format!("general-budget-expenditure/{}/total", function.code);
            let planned = format!("facts/start-budget/item-{}", function.code);
            let rate = format!("{{completion {actual} of {planned}}}");
            let (planned, actual) = (format!("{{{planned}}}"), format!("{{{actual}}}"));
            (planned.clone(), actual.clone(), planned, actual, rate)
        } else {
            let rate = percent(item.spent(), item.budget);
            (zh(item.budget), zh(item.spent()), en(item.budget), en(item.spent()), rate)
        };
        pages.line(
            &format!("- {}（项）年初预算为 {planned}，支出决算为 {spent}，完成年初预算的 {rate}，{reason}；", function.zh),
            &format!("- {}: the budget at the start of the year was {planned_en} and expenditure was {spent_en}, or {rate} of the budget at the start of the year, {reason_en};", function.en),
        );
    }
}

fn basic(report: &Report<'_>, pages: &mut Pages) {
    let this = report.this;
    pages.heading(
        2,
        "basic",
        "四、一般公共预算财政拨款基本支出情况",
        "Basic expenditure from general public budget appropriations",
    );
    let (personnel, other) = (this.line("301") + this.line("303"), this.line("302") + this.line("310"));
    pages.paragraph(
        &format!("基本支出 {{general-budget-expenditure/total/basic}}，其中人员经费 {}，主要有工资福利支出 {{basic-expenditure/301}}、对个人和家庭的补助 {{basic-expenditure/303}}；公用经费 {}，主要有商品和服务支出 {{basic-expenditure/302}}，明细见[表 6](form:basic-expenditure)。", zh(personnel), zh(other)),
        &format!("Basic expenditure was {{general-budget-expenditure/total/basic}}. Personnel expenses were {}, mainly wages and welfare of {{basic-expenditure/301}} and subsidies to individuals and families of {{basic-expenditure/303}}; non-personnel operating expenses were {}, mainly goods and services of {{basic-expenditure/302}}. The details are in [Table 6](form:basic-expenditure).", en(personnel), en(other)),
    );
}

fn three_public(report: &Report<'_>, random: &mut Random, pages: &mut Pages) {
    let this = report.this;
    pages.heading(2, "three-public-expenses", "五、“三公”经费支出情况", "“Three public” expenses");
    pages.paragraph(
        "“三公”经费预算为 {three-public/budget/total}，支出决算为 {three-public/actual/total}，完成预算的 {completion three-public/actual/total of three-public/budget/total}。其中：",
        "The budget for “three public” expenses was {three-public/budget/total} and {three-public/actual/total} was spent, or {completion three-public/actual/total of three-public/budget/total} of the budget. Of this:",
    );
    let kinds = [
        ("因公出国（境）费", "official overseas trips", this.overseas),
        ("公务用车购置费", "purchase of official vehicles", this.vehicles_purchase),
        ("公务用车运行费", "operation of official vehicles", this.vehicles_operation),
        ("公务接待费", "official receptions", this.receptions),
    ];
    for (name, name_en, Planned { budget, actual }) in kinds {
        let (reason, reason_en) = random.choose(&REASONS);
        if actual == 0 {
            pages.line(
                &format!("- {name} 0.00 万元，本年没有安排；"),
                &format!("- {name_en}: RMB 0, as none was planned in the year;"),
            );
            continue;
        }
        let rate = percent(actual, budget);
        pages.line(
            &format!("- {name}预算为 {}，支出决算为 {}，完成预算的 {rate}，{reason}；", zh(budget), zh(actual)),
            &format!(
                "- {name_en}: the budget was {} and expenditure was {}, or {rate} of the budget, {reason_en};",
                en(budget),
                en(actual)
            ),
        );
    }
    pages.line("", "");
    pages.paragraph(
        "![“三公”经费构成](chart:three-public-shares)",
        "![“Three public” expenses by kind](chart:three-public-shares)",
    );
    pages.paragraph(
        "全年国内公务接待 {facts/counts/visits}，公务用车保有量 {facts/counts/vehicles}。预算数和决算数见[表 7](form:three-public)。",
        "Receptions of domestic visitors: {facts/counts/visits}; official vehicles held: {facts/counts/vehicles}. Budget and final accounts figures are in [Table 7](form:three-public).",
    );
}

fn others(report: &Report<'_>, pages: &mut Pages) {
    let this = report.this;
    pages.heading(2, "other-matters", "六、其他重要事项", "Other important matters");
    let Planned { budget, actual } = this.operating;
    let rate = percent(actual, budget);
    pages.paragraph(
        &format!("机关运行经费年初预算为 {}，支出决算为 {}，完成年初预算的 {rate}。", zh(budget), zh(actual)),
        &format!(
            "The budget for operating expenses was {} and expenditure was {}, or {rate} of the budget.",
            en(budget),
            en(actual)
        ),
    );
    pages.paragraph(
        "会议费年初预算为 {facts/meetings/budget}，支出决算为 {facts/meetings/actual}，{change facts/meetings/actual from facts/meetings/budget}，完成年初预算的 {completion facts/meetings/actual of facts/meetings/budget}。",
        "The budget for meetings was {facts/meetings/budget} and expenditure was {facts/meetings/actual}, {change facts/meetings/actual from facts/meetings/budget}, or {completion facts/meetings/actual of facts/meetings/budget} of the budget.",
    );
    let [goods, works, services] = this.procurement;
    let total = goods + works + services;
    pages.paragraph(
        &format!("政府采购支出总额 {}，其中货物 {}、工程 {}、服务 {}。授予中小企业的合同金额为 {{facts/procurement/sme}}，占政府采购支出总额的 {{share facts/procurement/sme of facts/procurement/total}}；其中授予小微企业 {{facts/procurement/small-micro}}。", zh(total), zh(goods), zh(works), zh(services)),
        &format!("Total government procurement was {}: goods of {}, works of {} and services of {}. Contracts of {{facts/procurement/sme}} went to small and medium-sized enterprises, or {{share facts/procurement/sme of facts/procurement/total}} of total government procurement, of which {{facts/procurement/small-micro}} to small and micro enterprises.", en(total), en(goods), en(works), en(services)),
    );
}
