//! `facts.yaml`: the figures of a report that stand in no form.

use std::fmt::Write as _;

use super::Report;
use super::accounts::Item;
use super::sentences::cell;

/// The facts that the tables and the narrative of a report need beside each other.
pub(super) fn facts(report: &Report<'_>) -> String {
    let account = report.this;
    let mut facts = String::new();
    let mut group = |id: &str, zh: &str, en: &str, unit: &str, figures: &[(String, String, String, String)]| {
        let _ = writeln!(facts, "{id}:\n  name: {{zh: {zh}, en: {en}}}\n  unit: {unit}\n  figures:");
        for (id, value, zh, en) in figures {
            let _ = writeln!(facts, "    {id}: {{value: {value}, zh: {zh}, en: \"{en}\"}}");
        }
    };
    let figure = |id: &str, value: String, zh: &str, en: &str| (id.to_owned(), value, zh.to_owned(), en.to_owned());
    let amount = |id: &str, yuan: i64, zh: &str, en: &str| figure(id, cell(yuan), zh, en);

    if report.is_first {
        let last = report.last;
        let figures = [
            amount("revenue-total", last.revenue_total(), "收入总计", "Total revenue"),
            amount("total", last.spent(), "本年支出合计", "Total expenditure for the year"),
            amount("basic", last.sum(|item| item.basic), "基本支出", "Basic expenditure"),
            amount("project", last.sum(|item| item.project + item.own), "项目支出", "Project expenditure"),
            amount("general-budget", last.sum_of(false, Item::spent), "一般公共预算支出", "General public budget"),
        ];
        group("last-year", "上年决算数", "Final accounts of the year before", "万元", &figures);
    }
    let mut budgets = vec![amount(
        "general-budget",
        account.sum_of(false, |item| item.budget),
        "一般公共预算财政拨款支出",
        "Expenditure from general public budget appropriations",
    )];
    for item in account.items.iter().filter(|item| !item.is_fund()) {
        let function = item.function;
        budgets.push(amount(&format!("item-{}", function.code), item.budget, function.zh, function.en));
    }
    group("start-budget", "年初预算", "Budget at the start of the year", "万元", &budgets);
    let meetings = [
        amount("actual", account.meetings.actual, "会议费决算", "Meetings as spent"),
        amount("budget", account.meetings.budget, "会议费年初预算", "Meetings as budgeted"),
    ];
    group("meetings", "会议费", "Meetings", "万元", &meetings);
    let training = [amount("actual", account.line("30216"), "培训费决算", "Training as spent")];
    group("training", "培训费", "Training", "万元", &training);
    let operating = [
        amount("total", account.operating.actual, "机关运行经费支出", "Operating expenses as spent"),
        amount("budget", account.operating.budget, "机关运行经费年初预算", "Operating expenses as budgeted"),
    ];
    group("operating-expenses", "机关运行经费", "Operating expenses of government organs", "万元", &operating);
    let [goods, works, services] = account.procurement;
    let total = goods + works + services;
    let procurement = [
        amount("total", total, "政府采购支出总额", "Total government procurement"),
        amount("goods", goods, "政府采购货物支出", "Procurement of goods"),
        amount("works", works, "政府采购工程支出", "Procurement of works"),
        amount("services", services, "政府采购服务支出", "Procurement of services"),
        amount(
            "sme",
            total * 7 / 10,
            "授予中小企业合同金额",
            "Contracts awarded to small and medium-sized enterprises",
        ),
        amount(
            "small-micro",
            total * 3 / 10,
            "授予小微企业合同金额",
            "Contracts awarded to small and micro enterprises",
        ),
    ];
    group("procurement", "政府采购", "Government procurement", "万元", &procurement);
    let counts = [
        figure("vehicles", account.vehicles.to_string(), "公务用车保有量", "Official vehicles held"),
        figure("visits", account.visits.to_string(), "国内公务接待批次", "Receptions of domestic visitors"),
    ];
    group("counts", "数量", "Counts", "{zh: 个, en: in number}", &counts);
    facts
}
