//! The digest of a report's figures: one line a figure in a documented text, so that anybody can recompute it.
//!
//! It says that a page, a printed sheet and the files are about the same figures. Only figures count: names, prose and
//! the order in which a file lists its rows do not change it. docs/digest.md describes the text and how to check it.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::model::{Address, Disclosure, Lang};

/// The SHA-256 of a report's [`canonical_text`]; shown as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of all figures of a report.
    pub fn of(disclosure: &Disclosure) -> Self {
        Digest(Sha256::digest(canonical_text(disclosure)).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// All figures of a report, one a line: its full address, the digits as printed, the Chinese name of its unit, with one
/// space between them. Lines are in the order of their bytes (`LC_ALL=C sort`), each ends with a line feed.
///
/// `final:expenditure/201/total@2019 1066.66 万元`
///
/// A blank cell has no line, and one that holds prose has none either: neither is a figure.
pub fn canonical_text(disclosure: &Disclosure) -> String {
    let report = disclosure.id;
    let mut lines = Vec::new();
    let mut line = |form: &str, row: &str, column: &str, digits: &dyn fmt::Display, unit: &str| {
        // A unit is a word of the site's own: a line break in it must not look like another figure.
        let unit = unit.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(format!("{}:{form}/{row}/{column}@{} {digits} {unit}\n", report.kind.slug(), report.year));
    };
    for table in &disclosure.tables {
        for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
            let leaves = lane.leaves();
            for row in &rows.rows {
                let Some(id) = &row.id else { continue };
                for (leaf, cell) in leaves.iter().zip(&row.cells) {
                    if let Some(amount) = cell.amount() {
                        line(&table.form.id, id, leaf.id, &amount, &table.unit(row, leaf.column).name(Lang::Zh));
                    }
                }
            }
        }
    }
    for group in &disclosure.facts.groups {
        for fact in &group.facts {
            line(Address::FACTS, &group.id, &fact.id, &fact.value, &fact.unit.name(Lang::Zh));
        }
    }
    lines.sort_unstable();
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::{form, report, table};
    use crate::model::{Amount, Cell, Fact, FactGroup, Text, Unit};

    fn example() -> Disclosure {
        let mut disclosure = report(
            2019,
            vec![
                table(form("b", &["two", "one"], Vec::new()), &["total 1 -1.50 ~", "201 1 0.00 2.00"]),
                table(form("a-b", &["x"], Vec::new()), &["total 1 3.10"]),
                table(form("a", &["x"], Vec::new()), &["total 1 3.10"]),
            ],
        );
        let name = || Text::new("示例", "Example");
        let fact = |id: &str, value: &str, unit| Fact {
            id: id.to_owned(),
            name: name(),
            value: Amount::parse(value).unwrap(),
            unit,
            as_of: None,
            note: None,
        };
        let cars = Unit::Counted(Text::new("辆\n 车", "vehicles"));
        let facts = vec![fact("share", "8.5", Unit::Percent), fact("held", "1", cars)];
        disclosure.facts.groups.push(FactGroup { id: "vehicles".to_owned(), name: name(), facts });
        disclosure
    }

    #[test]
    fn a_figure_a_line_in_the_order_of_bytes() {
        assert_eq!(
            canonical_text(&example()),
            "final:a-b/total/x@2019 3.10 万元\n\
             final:a/total/x@2019 3.10 万元\n\
             final:b/201/one@2019 2.00 万元\n\
             final:b/201/two@2019 0.00 万元\n\
             final:b/total/two@2019 -1.50 万元\n\
             final:facts/vehicles/held@2019 1 辆 车\n\
             final:facts/vehicles/share@2019 8.5 %\n"
        );
    }

    #[test]
    fn the_digest_of_no_figure_is_that_of_an_empty_text() {
        let digest = Digest::of(&report(2019, Vec::new())).to_string();
        assert_eq!(digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn order_and_names_do_not_change_it() {
        let mut other = example();
        other.tables.reverse();
        for table in &mut other.tables {
            table.lanes[0].rows.reverse();
            table.file = "elsewhere.yaml".to_owned();
            for row in &mut table.lanes[0].rows {
                row.typed = None;
                row.name = None;
            }
        }
        other.facts.groups[0].facts.reverse();
        assert_eq!(Digest::of(&other), Digest::of(&example()));
    }

    #[test]
    fn every_figure_changes_it_and_so_does_a_blank_a_decimal_a_unit_a_year() {
        let mut seen = vec![Digest::of(&example())];
        let mut changed = |change: &dyn Fn(&mut Disclosure)| {
            let mut other = example();
            change(&mut other);
            let digest = Digest::of(&other);
            assert!(!seen.contains(&digest), "{}", canonical_text(&other));
            seen.push(digest);
        };
        for table in 0..3 {
            for row in 0..example().tables[table].lanes[0].rows.len() {
                for cell in 0..example().tables[table].lanes[0].rows[row].cells.len() {
                    for other in ["7.77", "7.770"] {
                        let amount = Cell::Amount(Amount::parse(other).unwrap());
                        changed(&|d| d.tables[table].lanes[0].rows[row].cells[cell] = amount.clone());
                    }
                }
            }
        }
        changed(&|d| d.tables[0].lanes[0].rows[1].cells[0] = Cell::Blank);
        changed(&|d| d.tables[0].lanes[0].rows[0].unit = Some(Unit::Percent));
        changed(&|d| d.facts.groups[0].facts[0].value = Amount::parse("8.50").unwrap());
        changed(&|d| d.facts.groups[0].facts[1].value = Amount::parse("2").unwrap());
        changed(&|d| d.facts.groups[0].facts[1].unit = Unit::Percent);
        changed(&|d| d.id.year = 2020);
        changed(&|d| d.id.kind = crate::model::ReportKind::Budget);
    }
}
