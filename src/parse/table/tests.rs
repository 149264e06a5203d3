//! The binder on the built-in forms and on small ones: what is typed in any of the ways, and every way to mistype.

use crate::forms::Library;
use crate::parse::site;
use crate::source::SourceFile;
use crate::yaml;

use super::*;

/// Two columns of one printed name, and a column of text.
const LOCAL: &str = "
id: local
title: {zh: 示例表, en: Example form}
short: {zh: 示例, en: Example}
lanes:
  - id: main
    columns:
      - {name: {zh: 预算, en: Budget}, columns: [{id: budget, name: {zh: 合计, en: Total}}]}
      - {name: {zh: 决算, en: Accounts}, columns: [{id: actual, name: {zh: 合计, en: Sum}}]}
      - {id: remark, name: {zh: 说明, en: Remark}, kind: text}
    rows: {codes: functional}
";

fn library() -> Library {
    let loaded = Library::load(&[("content/forms/local.yaml".into(), LOCAL.into())], Dictionary::built_in());
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    loaded.value
}

fn bound(id: &str, text: &str) -> Found<Option<Table>> {
    bound_in("cn-2019", 2019, id, text)
}

fn bound_in(set: &str, year: u16, id: &str, text: &str) -> Found<Option<Table>> {
    let library = library();
    let set = library.set(set, year).expect("the set");
    assert!(set.findings.is_empty(), "{:#?}", set.findings);
    let forms = set.value.forms.iter().chain(&set.value.local);
    let form = forms.into_iter().find(|form| form.id == id).expect("the form");
    let input = yaml::read::<TableFile>("table.yaml", text);
    let input = input.value.unwrap_or_else(|| panic!("{:#?}", input.findings));
    bind("table.yaml", &input, form, &library.dictionary, year)
}

#[track_caller]
fn table(id: &str, text: &str) -> Table {
    let found = bound(id, text);
    found.value.unwrap_or_else(|| panic!("{:#?}", found.findings))
}

/// Code and place of each finding.
#[track_caller]
fn mistakes(id: &str, text: &str) -> Vec<String> {
    let found = bound(id, text);
    assert!(found.value.is_none(), "there is a table");
    let place = |finding: &Finding| match &finding.place {
        crate::diagnostics::Place::Data(_, path) => path.to_string(),
        other => panic!("{other:?}"),
    };
    found.findings.iter().map(|finding| format!("{} {}", finding.entry.code, place(finding)).trim().into()).collect()
}

/// The words behind `help-en`, of the first finding.
#[track_caller]
fn help(id: &str, text: &str) -> String {
    let found = bound(id, text);
    let finding = found.findings.first().expect("a finding");
    let help = finding.arguments.iter().find(|(name, _)| *name == "help-en");
    help.expect("help").1.clone()
}

/// A row's cells as they are printed; `·` for a blank.
#[track_caller]
fn cells(table: &Table, row: &str) -> String {
    let (_, row) = table.row(row).unwrap_or_else(|| panic!("no row {row}"));
    let shown = |cell: &Cell| match cell {
        Cell::Blank => "·".to_owned(),
        Cell::Amount(amount) => amount.to_string(),
        Cell::Text(text) => text.en.clone(),
    };
    row.cells.iter().map(shown).collect::<Vec<_>>().join(" ")
}

/// A paste as the value of `rows`.
fn paste(lines: &[&str]) -> String {
    format!("rows: |\n  {}\n", lines.join("\n  "))
}

#[test]
fn a_row_is_named_by_what_is_printed_by_code_by_line_or_by_id() {
    for key in ["一、一般公共服务支出", "一般公共服务支出", "201", "27"] {
        let table = table("revenue-expenditure-summary", &format!("rows:\n  {key}: 60.00\n"));
        assert_eq!(cells(&table, "201"), "60.00", "{key}");
    }
    for key in ["本年收入合计", "本年收入 合计", "revenue-year", "23"] {
        let table = table("revenue-expenditure-summary", &format!("rows:\n  {key}: 60.00\n"));
        assert_eq!(cells(&table, "revenue-year"), "60.00", "{key}");
    }
    for key in ["2010301", "201 03 01"] {
        let table = table("general-budget-expenditure", &format!("rows:\n  {key}: [3, 2, 1]\n"));
        assert_eq!(cells(&table, "2010301"), "3.00 2.00 1.00", "{key}");
    }
    assert_eq!(mistakes("expenditure", "rows: {行政运行: [1, 1, 0, 0, 0, 0]}"), ["form/ambiguous-row rows › 行政运行"]);
}

#[test]
fn the_total_row_stands_where_it_was_typed() {
    let table = table("general-budget-expenditure", "rows:\n  201: [1, 1, 0]\n  合计: [1, 1, 0]\n");
    let rows: Vec<_> = table.lanes[0].rows.iter().map(|row| (row.id.as_deref().unwrap(), row.total)).collect();
    assert_eq!(rows, [("201", false), ("total", true)]);
}

#[test]
fn blank_is_not_zero() {
    let given = table("general-budget-expenditure", "rows:\n  201: [1, ~, 0]\n");
    assert_eq!(cells(&given, "201"), "1.00 · 0.00");
    let unlisted =
        table("general-budget-expenditure", "unlisted: 0.00\ncolumns: [本年支出合计]\nrows: {201: 1, 206: }\n");
    assert_eq!((cells(&unlisted, "201"), cells(&unlisted, "206")), ("1.00 0.00 0.00".into(), "0.00 0.00 0.00".into()));
    let blank = table("revenue-expenditure-summary", "unlisted: 0.00\nrows: {1: 5}");
    assert!(blank.lanes[0].rows.iter().filter(|row| row.id.is_none()).all(|row| row.cells == [Cell::Blank]));
}

#[test]
fn a_paste_of_codes_has_heads_that_agree() {
    let good =
        paste(&["\t合计\t3\t2\t1", "201\t一般公共服务支出\t1\t1\t0\t\t", "201 03 01\t行政运行\t2\t1\t1", "\t\t\t\t"]);
    let good = table("general-budget-expenditure", &good);
    assert_eq!(cells(&good, "total"), "3.00 2.00 1.00");
    assert_eq!(cells(&good, "2010301"), "2.00 1.00 1.00");
    let differing = paste(&["201\t一般公共服务支出\t1\t1\t0", "2010302\t行政运行\t1\t1\t0"]);
    assert_eq!(mistakes("general-budget-expenditure", &differing), ["form/heads-differ rows › 2"]);
    assert!(help("general-budget-expenditure", &differing).starts_with("`2010302` is "));
}

#[test]
fn a_paste_of_two_lanes_may_have_blank_numbered_lines() {
    let head = "一、一般公共预算财政拨款\t1\t100\t一、一般公共服务支出\t28\t60\t60\t0";
    let good = table(
        "appropriation-summary",
        &paste(&[head, "\t3\t\t三、国防支出\t30\t0\t\t", "总计\t27\t100\t总计\t54\t9\t9\t0"]),
    );
    assert_eq!((cells(&good, "general-budget"), cells(&good, "203")), ("100.00".into(), "0.00 · ·".into()));
    assert_eq!(
        (cells(&good, "revenue-total"), cells(&good, "expenditure-total")),
        ("100.00".into(), "9.00 9.00 0.00".into())
    );
    assert_eq!(mistakes("appropriation-summary", &paste(&[head, "\t3\t5\t\t\t\t\t"])), ["form/blank-row rows › 2"]);
}

#[test]
fn a_paste_may_have_codes_in_three_cells_and_commas_between_thousands() {
    let lines = [
        "\t\t\t合计\t2,795.08\t1,066.66\t1,728.42",
        "201\t\t\t一般公共服务支出\t1\t1\t0",
        "201\t03\t\t政府办公厅（室）及相关机构事务\t1\t1\t0",
        "201\t3\t2\t一般行政管理事务\t-1,234,567.8\t1\t0",
    ];
    let good = table("general-budget-expenditure", &paste(&lines));
    assert_eq!(cells(&good, "total"), "2795.08 1066.66 1728.42");
    assert_eq!(cells(&good, "20103"), "1.00 1.00 0.00");
    assert_eq!(cells(&good, "2010302"), "-1234567.80 1.00 0.00");
    let wrong = paste(&["201\t03\t01\t一般行政管理事务\t1\t1\t0"]);
    assert_eq!(mistakes("general-budget-expenditure", &wrong), ["form/heads-differ rows › 1"]);
    // A code without a name before whole numbers is no code in three cells.
    assert_eq!(cells(&table("general-budget-expenditure", &paste(&["201\t\t60\t60\t0"])), "201"), "60.00 60.00 0.00");
    for text in ["1,06.66", "1066,66", "1,066.6,6", "0,066.66", ",066", "1，066.66", "1,0666"] {
        let pasted = paste(&[&format!("201\t\t{text}\t1\t0")]);
        assert_eq!(mistakes("general-budget-expenditure", &pasted), ["form/amount rows › 1 › 3"], "{text}");
    }
    let typed = "rows: {201: [\"1,066.66\", 1, 0]}";
    assert_eq!(mistakes("general-budget-expenditure", typed), ["form/amount rows › 201 › 1"]);
}

#[test]
fn a_paste_may_lack_the_column_of_names() {
    let good = table("general-budget-expenditure", &paste(&["合计\t3\t2\t1", "201\t2,000.5\t1\t0", "201 03\t1\t\t1"]));
    assert_eq!((cells(&good, "total"), cells(&good, "201")), ("3.00 2.00 1.00".into(), "2000.50 1.00 0.00".into()));
    let wrong = paste(&["201\t1\t1\t0", "999\t1\t1\t0"]);
    assert_eq!(mistakes("general-budget-expenditure", &wrong), ["form/unknown-code rows › 2"]);
    // With a name, a cell is missing.
    let short = paste(&["201\t一般公共服务支出\t1\t1"]);
    assert_eq!(mistakes("general-budget-expenditure", &short), ["form/column-count rows › 1"]);
}

#[test]
fn a_pasted_name_is_the_printed_one() {
    let lines = ["一、一般公共预算财政拨款\t\t9\t\t\t\t\t", "一般公共预算财政拨款\t\t4\t\t\t\t\t"];
    let good = table("appropriation-summary", &paste(&lines));
    assert_eq!(
        (cells(&good, "general-budget"), cells(&good, "opening-general-budget")),
        ("9.00".into(), "4.00".into())
    );
    // Where a row is typed by name, either may be meant.
    let typed = "rows: {一般公共预算财政拨款: 4}";
    assert_eq!(mistakes("appropriation-summary", typed), ["form/ambiguous-row rows › 一般公共预算财政拨款"]);
}

#[test]
fn a_paste_in_pairs_goes_column_by_column() {
    let pairs: Vec<String> = (1..=12).map(|value| value.to_string()).collect();
    let found = bound_in("sh-2024", 2024, "three-public", &paste(&[&pairs.join("\t")]));
    let table = found.value.unwrap_or_else(|| panic!("{:#?}", found.findings));
    assert_eq!(cells(&table, "budget"), "1.00 3.00 5.00 7.00 9.00 11.00");
    assert_eq!(cells(&table, "actual"), "2.00 4.00 6.00 8.00 10.00 12.00");
}

#[test]
fn nothing_of_a_paste_is_dropped() {
    let one = "general-budget-expenditure";
    assert_eq!(mistakes(one, &paste(&["201\t一般公共服务支出\t1\t1\t0\t7"])), ["form/column-count rows › 1"]);
    assert_eq!(
        mistakes(one, &paste(&["201\t一般公共服务支出\t1\t1\t0", "\t\t1\t1\t0"])),
        ["form/column-count rows › 2"]
    );
    assert_eq!(mistakes(one, &paste(&["201\t一般公共服务支出\t1\t1"])), ["form/column-count rows › 1"]);
    assert_eq!(
        mistakes(one, &paste(&["201\t一般公共服务支出\t1\t1\t0", "206\t\t1066,66\t1\t0"])),
        ["form/amount rows › 2 › 3"]
    );
    let two = "revenue-expenditure-summary";
    assert_eq!(mistakes(two, &paste(&["\t1\t100\t\t27\t60\t8"])), ["form/column-count rows › 1"]);
    assert_eq!(mistakes(two, &paste(&["\t1\t100\t\t\t60"])), ["form/column-count rows › 1"]);
}

#[test]
fn a_paste_across_has_each_cell() {
    let values = |count: usize| paste(&[&vec!["1"; count].join("\t")]);
    let good = table("three-public", &values(12));
    assert_eq!(
        (cells(&good, "budget"), cells(&good, "actual")),
        ("1.00 ".repeat(6).trim().into(), "1.00 ".repeat(6).trim().into())
    );
    for count in [6, 14] {
        assert_eq!(mistakes("three-public", &values(count)), ["form/column-count rows › 1"], "{count}");
    }
}

#[test]
fn a_column_is_named_once_and_means_one() {
    let twice = "columns: [本年支出合计, 基本支出, total]\nrows: {201: [1, 2, 3]}";
    assert_eq!(mistakes("general-budget-expenditure", twice), ["form/duplicate-column columns › 3"]);
    let twice = "rows: {201: {本年支出合计: 60, total: 66}}";
    assert_eq!(mistakes("general-budget-expenditure", twice), ["form/duplicate-column rows › 201 › total"]);
    assert_eq!(mistakes("local", "columns: [合计]\nrows: {201: 1}"), ["form/ambiguous-column columns › 1"]);
    assert_eq!(mistakes("local", "rows: {201: {合计: 1}}"), ["form/ambiguous-column rows › 201 › 合计"]);
    assert_eq!(cells(&table("local", "columns: [actual]\nrows: {201: 1}"), "201"), "· 1.00 ·");
}

#[test]
fn columns_of_one_lane_leave_the_others_as_they_are() {
    let table = table("appropriation-summary", "columns: [government-fund]\nrows: {23: 5, 201: 1}");
    assert_eq!((cells(&table, "revenue-year"), cells(&table, "201")), ("5.00".into(), "· · 1.00".into()));
}

#[test]
fn a_row_of_its_own_has_a_name_and_an_id() {
    let mistyped = "rows:\n  部门整体预算完成率（%）: {amount: 89.12}";
    assert_eq!(mistakes("performance", mistyped), ["form/name-missing rows › 部门整体预算完成率（%）"]);
    assert!(help("performance", mistyped).starts_with("perhaps the row `部门整体预算完成率`"));
    let injected = "rows:\n  '\"><script>': {name: {zh: 甲, en: A}, amount: 1}";
    assert_eq!(mistakes("performance", injected), ["form/bad-id rows › \"><script>"]);
    let good = table("performance", "rows:\n  task: {name: {zh: 甲, en: A}, amount: 1}");
    assert_eq!(cells(&good, "task"), "· · 1.00");
}

#[test]
fn a_value_that_a_cell_cannot_show_is_a_finding() {
    assert_eq!(mistakes("local", "rows: {201: [1, 2, 3]}"), ["yaml/type rows › 201 › 3"]);
    assert_eq!(cells(&table("local", "unlisted: 0.00\nrows: {201: [1, 2, ~], 206: }"), "206"), "0.00 0.00 ·");
    let named = "rows: {budget: {name: {zh: 甲, en: A}, total: 1}}";
    assert_eq!(mistakes("three-public", named), ["form/unknown-column rows › budget › name"]);
}

#[test]
fn a_table_without_figures_says_why() {
    for text in ["unlisted: 0.00", "rows: [合计, 201]", "rows: {201: [~, ~, ~]}"] {
        assert_eq!(mistakes("general-budget-expenditure", text), ["form/empty-unexplained"], "{text}");
    }
    let zeros = table("general-budget-expenditure", "unlisted: 0.00\nrows: [合计, 201]");
    assert_eq!(cells(&zeros, "total"), "0.00 0.00 0.00");
    let empty = table("revenue-expenditure-summary", "unlisted: 0.00\nempty: {zh: 无, en: None}");
    assert_eq!(empty.amounts(), 0);
}

#[test]
fn a_blank_line_takes_no_figures() {
    assert_eq!(mistakes("revenue-expenditure-summary", "rows: {1: 5, 8: 1}"), ["form/blank-row rows › 8"]);
    assert_eq!(cells(&table("revenue-expenditure-summary", "rows: {1: 5, 8: ~, 9: }"), "general-budget"), "5.00");
}

#[test]
fn terms_name_codes_only() {
    let text =
        "functional:\n  2010388: {zh: 甲, en: A}\n  '20\"><b>': {zh: 乙, en: B}\n  2010: {zh: 丙, en: C}\n".to_owned();
    let found = site::dictionary(Some(&SourceFile { path: "content/terms.yaml".into(), text }));
    assert_eq!(found.findings.iter().map(|finding| finding.entry.code).collect::<Vec<_>>(), ["yaml/type", "yaml/type"]);
    assert!(found.value.name(crate::model::Classification::Functional, "2010388", 2019).is_some());
}
