//! Local forms that cannot be filled, shown or proved, and the sets that many reports share.

use super::*;

const FORM: &str = "
id: ID
title: {zh: 示例表, en: Example form}
short: {zh: 示例, en: Example}
LAYOUT
lanes:
  - id: main
    columns: COLUMNS
    rows: ROWS
  MORE
rules:
  - id: L01
    name: {zh: 规则, en: Rule}
    left: [LEFT]
    equals: [each/total]
";

/// A form in which some of the words in capitals are set.
fn form(set: &[(&str, &str)]) -> String {
    let usual = [
        ("ID", "local"),
        ("LAYOUT", ""),
        ("COLUMNS", "[{id: total, name: {zh: 合计, en: Total}}]"),
        ("ROWS", "{lines: [{id: budget, name: {zh: 预算数, en: Budget}}]}"),
        ("MORE", ""),
        ("LEFT", "budget/total"),
    ];
    set.iter().chain(&usual).fold(FORM.to_owned(), |text, (word, value)| text.replace(word, value))
}

fn found(text: &str) -> Vec<String> {
    let id = text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap_or_default();
    let loaded = Library::load(&[(format!("content/forms/{id}.yaml"), text.to_owned())], Dictionary::built_in());
    let mut findings = loaded.findings;
    findings.extend(loaded.value.set("cn-2019", 2019).unwrap().findings);
    findings
        .iter()
        .map(|finding| match &finding.place {
            Place::Data(_, path) => format!("{} {path}", finding.entry.code),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_sound_form_is_sound() {
    assert_eq!(found(&form(&[])), [""; 0]);
    assert_eq!(found(&form(&[("LAYOUT", "layout: across")])), [""; 0]);
    assert_eq!(found(&form(&[("ROWS", "{codes: functional}"), ("LEFT", "2010301/total")])), [""; 0]);
    assert_eq!(found(&form(&[("ROWS", "{open: true}"), ("LEFT", "my-row/total")])), [""; 0]);
}

#[test]
fn a_form_that_cannot_be_shown_is_refused() {
    assert_eq!(found(&form(&[("COLUMNS", "[]")])), ["form/invalid lanes › 1 › columns"]);
    assert_eq!(found(&form(&[("COLUMNS", "[]"), ("LAYOUT", "layout: across")])), ["form/invalid lanes › 1 › columns"]);
    assert_eq!(found(&form(&[("LAYOUT", "decimals: 7")])), ["form/invalid decimals"]);
    let across = [("LAYOUT", "layout: across"), ("ROWS", "{codes: functional}"), ("LEFT", "total/total")];
    assert_eq!(found(&form(&across)), ["form/invalid layout"]);
    let code = "{lines: [{code: 2010, name: {zh: 甲, en: A}}]}";
    assert_eq!(found(&form(&[("ROWS", code)])), ["form/invalid lanes › 1 › rows › lines › 1 › code"]);
}

#[test]
fn a_code_belongs_to_one_lane() {
    let more = "- {id: more, columns: [{id: other, name: {zh: 其他, en: Other}}], rows: {codes: economic}}";
    let two = [("ROWS", "{codes: functional}"), ("MORE", more), ("LEFT", "total/total")];
    assert_eq!(found(&form(&two)), ["form/invalid lanes › 2 › rows"]);
}

#[test]
fn other_pages_keep_their_names() {
    for id in RESERVED {
        assert_eq!(found(&form(&[("ID", id)])), ["form/invalid id"], "{id}");
    }
}

#[test]
fn a_rule_names_cells_of_its_form() {
    for wrong in ["budgets/total", "local/budgets/total", "budget/totals", "each/totals", "classes/totals", "201/total"]
    {
        assert_eq!(found(&form(&[("LEFT", wrong)])), ["form/invalid rules › 1 › left › 1"], "{wrong}");
    }
    assert_eq!(found(&form(&[("LEFT", "expenditure/any/thing")])), [""; 0], "other forms are another's matter");
}

#[test]
fn what_is_wrong_in_a_form_is_said_once() {
    let text = form(&[("LEFT", "budgets/total")]);
    let library = Library::load(&[("content/forms/local.yaml".into(), text)], Dictionary::built_in()).value;
    let said = |set, year| library.set(set, year).unwrap().findings.len();
    assert_eq!(
        [said("cn-2019", 2019), said("cn-2019", 2019), said("cn-2019", 2018), said("cn-2020", 2020)],
        [1, 0, 0, 0]
    );
    let forms = |year| library.set("cn-2019", year).unwrap().value.forms;
    assert!(Arc::ptr_eq(&forms(2019)[0], &forms(2019)[0]));
}

#[test]
fn the_built_in_sets_are_sound() {
    let library = Library::load(&[], Dictionary::built_in());
    assert!(library.findings.is_empty(), "{:#?}", library.findings);
    for (id, year, forms) in [("cn-2019", 2019, 9), ("cn-2020", 2020, 10), ("cn-2022", 2022, 10), ("sh-2024", 2024, 10)]
    {
        let set = library.value.set(id, year).unwrap();
        assert!(set.findings.is_empty(), "{:#?}", set.findings);
        assert_eq!(set.value.forms.len(), forms, "{id}");
        assert!(!set.value.charts.is_empty() && !set.value.figures.is_empty(), "{id} has the charts of its base");
    }
}
