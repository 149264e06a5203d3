//! The rules on small made-up tables: what holds, what is a tail, what is an error.

use std::sync::Arc;

use crate::diagnostics::{Finding, Found};
use crate::model::{
    Amount, Cell, Column, Department, Disclosure, Fact, FactGroup, Facts, Form, Lane, LaneRows, Layout, Operand,
    Relation, ReportId, ReportKind, Row, RowScheme, Rule, Table, Text, Tolerance, TypedCells, TypedRow, Unit,
};

use super::{Checked, Verdict};

pub(super) fn form(id: &str, columns: &[&str], rules: Vec<Rule>) -> Form {
    let column = |id: &&str| Column {
        id: Some((*id).to_owned()),
        name: Text::new(*id, *id),
        term: None,
        kind: crate::model::CellKind::Amount,
        unit: None,
        children: Vec::new(),
    };
    Form {
        id: id.to_owned(),
        number: Some(1),
        title: Text::new("示例", "Example"),
        short: Text::new("示例", "Example"),
        unit: Unit::WAN_YUAN,
        decimals: 2,
        numbered: None,
        layout: Layout::Lanes,
        note: None,
        lanes: vec![Lane {
            id: "main".to_owned(),
            title: None,
            head: Vec::new(),
            columns: columns.iter().map(column).collect(),
            rows: RowScheme::Open,
        }],
        rules,
    }
}

/// Rows as `id level amounts…`; `~` is blank. A three-digit id, or a longer one, is a code.
pub(super) fn table(form: Form, rows: &[&str]) -> Table {
    let row = |line: &&str| {
        let mut words = line.split_whitespace();
        let id = words.next().unwrap();
        let coded = id.bytes().all(|b| b.is_ascii_digit());
        Row {
            id: Some(id.to_owned()),
            code: coded.then(|| id.to_owned()),
            name: Some(Text::new(id, id)),
            number: None,
            level: words.next().unwrap().parse().unwrap(),
            total: id == "total",
            term: None,
            unit: None,
            typed: Some(TypedRow { key: id.to_owned(), cells: TypedCells::Together }),
            cells: words
                .map(|word| if word == "~" { Cell::Blank } else { Cell::Amount(Amount::parse(word).unwrap()) })
                .collect(),
        }
    };
    let lanes = vec![LaneRows { rows: rows.iter().map(row).collect() }];
    Table {
        form: Arc::new(form),
        file: "tables/example.yaml".to_owned(),
        lanes,
        note: Some(Text::new("示例", "Example")),
        empty: None,
        former: Vec::new(),
        listed: Vec::new(),
    }
}

pub(super) fn report(year: u16, tables: Vec<Table>) -> Disclosure {
    Disclosure {
        id: ReportId { year, kind: ReportKind::Final },
        forms: "cn-2019".to_owned(),
        approved: None,
        published: None,
        published_time: None,
        information: crate::model::Information::default(),
        source: None,
        tables,
        facts: Facts::default(),
        rules: Vec::new(),
        own_rules: Vec::new(),
        parts: Vec::new(),
        glossary: Vec::new(),
        charts: Vec::new(),
        highlights: Vec::new(),
        accepted: Vec::new(),
        unread: false,
        file: "report.yaml".to_owned(),
        texts: Vec::new(),
    }
}

fn rule(id: &str, left: &[&str], relation: Relation, right: &[&str], tolerance: Tolerance) -> Rule {
    let operands = |texts: &[&str]| texts.iter().map(|text| Operand::parse(text).unwrap()).collect();
    Rule {
        id: id.to_owned(),
        name: Text::new(id, id),
        left: operands(left),
        relation,
        right: operands(right),
        tolerance,
        warning: false,
    }
}

fn check(disclosures: Vec<Disclosure>) -> Checked {
    let department =
        Department { slug: None, name: Text::new("示例局", "Example Bureau"), contact: None, disclosures };
    Checked::new(Found { value: department, findings: Vec::new() })
}

fn codes(checked: &Checked) -> Vec<&'static str> {
    checked.findings().iter().map(|finding: &Finding| finding.entry.code).collect()
}

fn tree() -> Rule {
    rule("R06", &["parent/each"], Relation::Equal, &["children/each"], Tolerance::Tail)
}

#[test]
fn every_code_is_the_sum_of_those_directly_below_it() {
    let rows = ["total 1 3.00", "201 1 3.00", "20103 2 3.00", "2010301 3 1.00", "2010302 3 2.00"];
    let checked = check(vec![report(2019, vec![table(form("t", &["a"], vec![tree()]), &rows)])]);
    assert!(codes(&checked).is_empty());
    assert_eq!(checked.proofs()[0].proven[0].equations, 2);
    let rows = ["total 1 3.00", "201 1 3.00", "20103 2 3.00", "2010301 3 1.00", "2010302 3 2.50"];
    let checked = check(vec![report(2019, vec![table(form("t", &["a"], vec![tree()]), &rows)])]);
    assert_eq!(codes(&checked), ["sum/differs"]);
    let claim = checked.findings()[0].claim.as_ref().unwrap();
    assert_eq!((claim.at.as_str(), claim.stated.as_str(), claim.computed.as_str()), ("R06 t/20103/a", "3.00", "3.50"));
}

#[test]
fn a_tail_is_as_wide_as_rounding_can_make_it_and_no_wider() {
    let verdict = |total: &str| {
        let first = format!("201 1 {total}");
        let rows = [first.as_str(), "20103 2 1.00", "20104 2 1.00", "20105 2 0.00"];
        let checked = check(vec![report(2019, vec![table(form("t", &["a"], vec![tree()]), &rows)])]);
        codes(&checked)
    };
    // Two parts that are not zero, and the total: three halves of 0.01.
    assert_eq!(verdict("2.01"), ["sum/tail"]);
    assert_eq!(verdict("1.99"), ["sum/tail"]);
    assert_eq!(verdict("2.02"), ["sum/differs"]);
    assert_eq!(verdict("2.00"), Vec::<&str>::new());
}

/// Where one part is all there is, total and part are one amount, which was rounded once: a difference is a typing error.
#[test]
fn one_amount_against_itself_has_no_tail() {
    for (rows, code) in [
        (["201 1 227.46", "20103 2 227.45", "20104 2 0.00"], "sum/differs"),
        (["201 1 0.00", "20103 2 0.01", "20104 2 0.00"], "sum/differs"),
        (["201 1 227.46", "20103 2 200.45", "20104 2 27.00"], "sum/tail"),
        // 151 yuan less 149 are 2, which print as nothing.
        (["201 1 0.00", "20103 2 0.02", "20104 2 -0.01"], "sum/tail"),
    ] {
        let checked = check(vec![report(2019, vec![table(form("t", &["a"], vec![tree()]), &rows)])]);
        assert_eq!(codes(&checked), [code], "{rows:?}");
    }
}

#[test]
fn a_total_left_blank_over_parts_is_said() {
    let rows = ["201 1 ~", "20103 2 1.00"];
    let checked = check(vec![report(2019, vec![table(form("t", &["a"], vec![tree()]), &rows)])]);
    assert_eq!(codes(&checked), ["sum/blank"]);
    // Blank for zero is how many departments print.
    let rows = ["201 1 ~", "20103 2 0.00"];
    let checked = check(vec![report(2019, vec![table(form("t", &["a"], vec![tree()]), &rows)])]);
    assert!(codes(&checked).is_empty());
}

#[test]
fn the_same_amount_in_two_tables_is_equal_exactly() {
    let equal = rule("R32", &["total/a"], Relation::Equal, &["u/total/b"], Tolerance::Exact);
    let first = table(form("t", &["a"], vec![equal]), &["total 1 3.00"]);
    let second = table(form("u", &["b"], Vec::new()), &["total 1 3.01"]);
    let checked = check(vec![report(2019, vec![first.clone(), second])]);
    assert_eq!(codes(&checked), ["cross/differs"]);
    // A report without the other form has nothing to compare.
    assert!(codes(&check(vec![report(2019, vec![first])])).is_empty());
}

#[test]
fn a_class_that_the_other_form_leaves_out_counts_as_zero_there() {
    let classes = rule("R32", &["class/a"], Relation::Equal, &["u/class/b"], Tolerance::LastDecimal);
    let other = || table(form("u", &["b"], Vec::new()), &["201 1 3.01"]);
    let first = |rows: &[&str]| table(form("t", &["a"], vec![classes.clone()]), rows);
    let checked = check(vec![report(2019, vec![first(&["201 1 3.00", "202 1 0.00"]), other()])]);
    assert_eq!(codes(&checked), ["cross/tail"]);
    let checked = check(vec![report(2019, vec![first(&["201 1 3.00", "202 1 5.00"]), other()])]);
    assert_eq!(codes(&checked), ["cross/tail", "cross/differs"]);
}

#[test]
fn a_part_may_not_exceed_its_whole() {
    let bound = rule("R39", &["30212/a"], Relation::AtMost, &["u/actual/b"], Tolerance::Exact);
    let first = |amount: &str| {
        let row = format!("30212 2 {amount}");
        table(form("t", &["a"], vec![bound.clone()]), &[row.as_str()])
    };
    let whole = || table(form("u", &["b"], Vec::new()), &["actual 1 1.00"]);
    assert!(codes(&check(vec![report(2019, vec![first("0.99"), whole()])])).is_empty());
    assert_eq!(codes(&check(vec![report(2019, vec![first("1.01"), whole()])])), ["cross/exceeds"]);
}

#[test]
fn what_was_carried_over_opens_the_next_year() {
    let carry = rule("R50", &["opening/a"], Relation::Equal, &["closing/a@last-year"], Tolerance::Exact);
    let year = |opening: &str, closing: &str| {
        let rows = [format!("opening 1 {opening}"), format!("closing 1 {closing}")];
        vec![table(form("t", &["a"], vec![carry.clone()]), &[rows[0].as_str(), rows[1].as_str()])]
    };
    let good = check(vec![report(2018, year("0.00", "5.00")), report(2019, year("5.00", "6.00"))]);
    assert!(codes(&good).is_empty());
    let bad = check(vec![report(2018, year("0.00", "5.00")), report(2019, year("4.00", "6.00"))]);
    assert_eq!(codes(&bad), ["year/differs"]);
    assert!(matches!(bad.proofs()[1].proven[0].failures[0].verdict, Verdict::Fails(_)));
}

#[test]
fn an_acceptance_holds_for_its_values_only_and_never_for_nothing() {
    let accepted = |stated: &str| crate::model::Accepted {
        code: "sum/differs".to_owned(),
        at: "R06 t/201/a".to_owned(),
        stated: stated.to_owned(),
        computed: "1.00".to_owned(),
        reason: Text::new("原文如此", "as printed"),
        public: true,
    };
    let with = |stated: &str, total: &str| {
        let first = format!("201 1 {total}");
        let mut report = report(2019, vec![table(form("t", &["a"], vec![tree()]), &[first.as_str(), "20103 2 1.00"])]);
        report.accepted.push(accepted(stated));
        let checked = check(vec![report]);
        let open: Vec<&str> =
            checked.findings().iter().filter(|finding| finding.is_error()).map(|finding| finding.entry.code).collect();
        (open.join(" "), checked.publishable().0.is_some())
    };
    assert_eq!(with("9.00", "9.00"), (String::new(), true));
    let rows = ["201 1 9.00", "20103 2 1.00"];
    let mut twice = report(2019, vec![table(form("t", &["a"], vec![tree()]), &rows)]);
    twice.accepted = vec![accepted("9.00"), accepted("9.00")];
    assert_eq!(codes(&check(vec![twice])), ["sum/differs", "publish/accepted-nothing"]);
    assert_eq!(with("9.00", "8.00"), ("sum/differs publish/accepted-nothing".to_owned(), false));
    assert_eq!(with("9.00", "1.00"), ("publish/accepted-nothing".to_owned(), false));
}

/// Each figure is off by half its own last decimal: one in 亿元 lends nothing to those in 万元, nor does a count.
#[test]
fn each_figure_is_off_by_its_own_last_decimal() {
    let yi = || Unit::Money { factor: 100_000_000 };
    let wan = || Unit::WAN_YUAN;
    let sets = || Unit::Counted(Text::new("套", "sets"));
    let sum = rule("S1", &["f/t"], Relation::Equal, &["f/a", "f/b"], Tolerance::Tail);
    let of = |rule: &Rule, facts: &[(&str, &str, Unit)]| of_facts(facts, rule.clone()).0.expect("an equation");
    let tail = |verdict: Verdict| matches!(verdict, Verdict::Tail(_));
    // 1.23 亿元 is 12,250 to 12,350 万元.
    for (second, is_tail) in [("6199.99", true), ("6200.02", false), ("6240.00", false)] {
        let facts = [("t", "1.23", yi()), ("a", "6150.00", wan()), ("b", second, wan())];
        assert_eq!(tail(of(&sum, &facts)), is_tail, "{second}");
    }
    let alone = [("t", "1.23", yi()), ("a", "12323.45", wan()), ("b", "0.00", wan())];
    assert!(tail(of(&sum, &alone)), "printed otherwise, one amount may differ");
    let counts = [("t", "9", sets()), ("a", "4", sets()), ("b", "4", sets())];
    assert!(matches!(of(&sum, &counts), Verdict::Fails(_)), "what is counted is not rounded");
    let last = rule("S2", &["f/t"], Relation::Equal, &["f/a"], Tolerance::LastDecimal);
    for (amount, is_tail) in [("1353.01", true), ("1354", false)] {
        let facts = [("t", "1353", wan()), ("a", amount, wan())];
        assert_eq!(tail(of(&last, &facts)), is_tail, "1353 is 1353.00: {amount}");
    }
}

/// A report with facts `group/id` of a unit, and one rule about them: what its equation came to.
fn of_facts(facts: &[(&str, &str, Unit)], rule: Rule) -> (Option<Verdict>, Vec<String>) {
    let fact = |(id, value, unit): &(&str, &str, Unit)| Fact {
        id: (*id).to_owned(),
        name: Text::new(*id, *id),
        value: Amount::parse(value).unwrap(),
        unit: unit.clone(),
        as_of: None,
        note: None,
    };
    let group = FactGroup { id: "f".to_owned(), name: Text::new("f", "f"), facts: facts.iter().map(fact).collect() };
    let mut disclosure = report(2019, Vec::new());
    disclosure.facts = Facts { file: "facts.yaml".to_owned(), groups: vec![group] };
    disclosure.rules = vec![rule];
    let checked = check(vec![disclosure]);
    let proven = checked.proofs()[0].proven.first();
    let verdict =
        proven.map(|rule| rule.tails.iter().chain(&rule.failures).next().map_or(Verdict::Holds, |found| found.verdict));
    let said = checked.findings().iter().map(|finding| {
        let claim = finding.claim.as_ref().unwrap();
        format!("{} {} {} {}", finding.entry.code, claim.at, claim.stated, claim.computed)
    });
    (verdict, said.collect())
}

#[test]
fn a_rate_is_proved_at_the_decimals_that_are_printed() {
    let money = Unit::WAN_YUAN;
    let with = |rate| {
        let facts = [("a", "52.09", money.clone()), ("c", "11.91", money.clone()), ("r", rate, Unit::Percent)];
        of_facts(&facts, rule("S1", &["f/r"], Relation::Equal, &["fall facts/f/a by facts/f/c"], Tolerance::Printed))
    };
    assert_eq!(with("18.61").0, Some(Verdict::Holds));
    assert_eq!(with("18.6").0, Some(Verdict::Holds));
    assert_eq!(with("18.62").1, ["rate/differs S1 facts/f/r 18.62 18.61"]);
}

#[test]
fn a_budget_that_follows_from_a_rate_is_as_wide_as_the_rate_is_rounded() {
    let money = Unit::WAN_YUAN;
    let with = |budget| {
        let facts = [("a", "1596.43", money.clone()), ("r", "97.07", Unit::Percent), ("b", budget, money.clone())];
        of_facts(
            &facts,
            rule("R64", &["facts/f/b"], Relation::Equal, &["budget facts/f/a at facts/f/r"], Tolerance::Tail),
        )
    };
    // 1596.43 ÷ 97.07 % is 1644.617, and anything between 97.065 % and 97.075 % prints the same rate.
    assert!(matches!(with("1644.68").0, Some(Verdict::Tail(_))));
    assert!(matches!(with("1644.54").0, Some(Verdict::Tail(_))));
    assert_eq!(with("1644.78").1, ["cross/differs R64 facts/f/b 1644.78 1644.62"]);
}

/// What comes of a budget that is stated, an amount that was spent of it, and the rate.
fn of_budget(budget: &str, amount: &str, rate: &str) -> (Option<Verdict>, Vec<String>) {
    let money = Unit::WAN_YUAN;
    let facts = [("a", amount, money.clone()), ("r", rate, Unit::Percent), ("b", budget, money)];
    let right = ["budget facts/f/a at facts/f/r"];
    of_facts(&facts, rule("S1", &["facts/f/b"], Relation::Equal, &right, Tolerance::Tail))
}

#[test]
fn a_budget_at_a_rate_of_zero_is_nothing_of_which_nothing_was_spent() {
    assert_eq!(of_budget("0.00", "0.00", "0.00").0, Some(Verdict::Holds));
    assert_eq!(of_budget("5.00", "0.00", "0.00").1, ["cross/differs S1 facts/f/b 5.00 0.00"]);
    // Something was spent, and none of the budget: no budget can be that.
    assert_eq!(of_budget("5.00", "2.00", "0.00").1, ["cross/differs S1 facts/f/b 5.00 0.00"]);
    assert_eq!(of_budget("0.00", "2.00", "0.00").1, ["cross/differs S1 facts/f/b 0.00 0.00"]);
}

#[test]
fn figures_at_the_ends_of_what_can_be_typed_are_no_panic() {
    let (most, least) = ("999999999999999.9999999999", "0.0000000001");
    let ends = [most, least, "0.00", "-999999999999999.9999999999", "-0.0000000001"];
    for budget in ends {
        for amount in ends {
            for rate in ends {
                of_budget(budget, amount, rate);
            }
        }
    }
    assert_eq!(of_budget(most, most, "100.00").0, Some(Verdict::Holds));
    assert!(matches!(of_budget(least, most, "100.00").0, Some(Verdict::Fails(_))));
    // Beyond what any figure can be there is no equation; reading the rule says so.
    assert_eq!(of_budget(most, most, least).0, None);
}

#[test]
fn facts_in_yuan_are_compared_in_the_unit_of_the_forms() {
    let facts = [("a", "120000", Unit::named("元").unwrap()), ("b", "12.00", Unit::WAN_YUAN)];
    let equal = rule("S1", &["f/a"], Relation::Equal, &["f/b"], Tolerance::Exact);
    assert_eq!(of_facts(&facts, equal).0, Some(Verdict::Holds));
    // What the report does not state proves nothing.
    let absent = rule("S2", &["f/x"], Relation::Equal, &["f/b"], Tolerance::Exact);
    assert_eq!(of_facts(&facts, absent).0, None);
}
