//! What a report still says of the year that it was copied from. The next report begins as a copy of the last, and what
//! is not typed anew is wrong without any sum showing it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diagnostics::{DataPath, Finding, Place, catalogue};
use crate::model::{Department, Disclosure, Lang, ReportKind, Table};

/// How many different figures must be those of the year before: a few may be so by chance, as in a small office.
const MANY: usize = 4;

/// Finds what is left from an earlier year.
pub(super) fn find(department: &Department, findings: &mut Vec<Finding>) {
    for disclosure in &department.disclosures {
        dates(disclosure, findings);
        years(disclosure, findings);
        titles(disclosure, findings);
        let before = department
            .disclosures
            .iter()
            .find(|before| before.id.kind == disclosure.id.kind && before.id.year + 1 == disclosure.id.year);
        if let Some(before) = before {
            tables(disclosure, before, findings);
        }
    }
}

/// The accounts of a year are settled, approved and published when it is over; a budget not long before it begins.
fn dates(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    let year = disclosure.id.year;
    let (earliest, zh, en) = match disclosure.id.kind {
        ReportKind::Final => (year + 1, format!("{year} 年度结束"), format!("the end of {year}")),
        ReportKind::Budget => (year - 1, format!("{} 年", year - 1), (year - 1).to_string()),
    };
    let top = DataPath::top();
    let given = [
        (&disclosure.approved, top.key("approved"), "批复日期", "the date of approval"),
        (&disclosure.published, top.key("published"), "公开日期", "the date of publication"),
        (
            &disclosure.information.written,
            top.key("information").key("written"),
            "成文日期",
            "the date of the document",
        ),
    ];
    for (date, path, what, what_en) in given {
        let Some(date) = date else { continue };
        if date.get(..4).and_then(|stated| stated.parse().ok()).is_none_or(|stated: u16| stated >= earliest) {
            continue;
        }
        findings.push(
            Finding::new(&catalogue::REPORT_LEFT_OVER, path.in_file(&disclosure.file))
                .with("detail", format!("{what} {date} 早于 {zh}"))
                .with("detail-en", format!("{what_en}, {date}, is before {en}")),
        );
    }
}

/// The source, and the days for which facts hold.
fn years(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    let source = disclosure.source.iter().map(|text| {
        let place = DataPath::top().key("source").in_file(&disclosure.file);
        (text, place, "来源文件", "the source document")
    });
    let facts = disclosure.facts.groups.iter().flat_map(|group| {
        group.facts.iter().filter_map(|fact| {
            let path = DataPath::top().key(&group.id).key("figures").key(&fact.id).key("as-of");
            let place = path.in_file(&disclosure.facts.file);
            Some((fact.as_of.as_ref()?, place, "截止日期", "the day for which the figure holds"))
        })
    });
    for (text, place, what, what_en) in source.chain(facts) {
        let newest = Lang::ALL.into_iter().flat_map(|lang| named_years(text.get(lang))).max();
        if let Some(stated) = newest.filter(|stated| *stated < disclosure.id.year) {
            findings.push(
                Finding::new(&catalogue::REPORT_LEFT_OVER, place)
                    .with("detail", format!("{what}写的是 {stated} 年，报告是 {} 年度的", disclosure.id.year))
                    .with("detail-en", format!("{what_en} says {stated}, the report is for {}", disclosure.id.year)),
            );
        }
    }
}

/// The title of a part that names the year before and not the report's own. (Headings within a part may compare; years
/// further away are found with the rest of the text.)
fn titles(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    for part in &disclosure.parts {
        for lang in Lang::ALL {
            let file = part.files.get(lang);
            let newest = named_years(part.title.get(lang)).max();
            if let Some(stated) = newest.filter(|stated| *stated + 1 == disclosure.id.year && !file.is_empty()) {
                let finding = Finding::new(&catalogue::TEXT_YEAR, Place::File(file.clone()));
                findings.push(finding.with("stated", stated).with("year", disclosure.id.year));
            }
        }
    }
}

/// A table in which every figure is that of the year before.
fn tables(disclosure: &Disclosure, before: &Disclosure, findings: &mut Vec<Finding>) {
    for table in &disclosure.tables {
        let Some(old) = before.tables.iter().find(|old| old.form.id == table.form.id) else { continue };
        let (new, old) = (figures(table), figures(old));
        let distinct: BTreeSet<&Decimal> =
            new.iter().map(|(_, value)| value).filter(|value| !value.is_zero()).collect();
        if new != old || distinct.len() < MANY {
            continue;
        }
        findings.push(
            Finding::new(&catalogue::REPORT_LEFT_OVER, Place::File(table.file.clone()))
                .with("detail", format!("《{}》的每个数都与 {} 年度的相同", table.form.title.zh, before.id.year))
                .with("detail-en", format!("every figure of “{}” is that of {}", table.form.title.en, before.id.year)),
        );
    }
}

/// The figures of a table, by row.
fn figures(table: &Table) -> Vec<(&str, Decimal)> {
    let rows = table.lanes.iter().flat_map(|lane| &lane.rows);
    rows.flat_map(|row| row.cells.iter().filter_map(|cell| Some((row.id.as_deref()?, cell.amount()?.value()))))
        .collect()
}

/// The years that a text names.
fn named_years(text: &str) -> impl Iterator<Item = u16> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (1990..2100).contains(year))
}
