//! What a report still says of the year that it was copied from, or of another department. The next report begins as a copy
//! of the last, and what is not typed anew is wrong without any sum showing it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};
use rust_decimal::Decimal;

use super::bodies;
use crate::diagnostics::{Claim, DataPath, Finding, Place, catalogue};
use crate::model::{Department, Disclosure, Lang, Part, PartKind, Piece, Prose, ReportId, ReportKind, Table};

/// How many different figures must be those of the year before: a few may be so by chance, as in a small office.
const MANY: usize = 4;
/// How many are enough where none of them is round.
const TELLING: usize = 3;

/// Finds what is left from an earlier year.
pub(super) fn find(department: &Department, findings: &mut Vec<Finding>) {
    for disclosure in &department.disclosures {
        dates(disclosure, findings);
        source(disclosure, &department.name.zh, findings);
        days(disclosure, findings);
        groups(disclosure, findings);
        titles(disclosure, findings);
        for part in &disclosure.parts {
            let PartKind::Narrative(prose) = &part.kind else { continue };
            for lang in Lang::ALL {
                comparisons(prose.get(lang), part, (disclosure.id, lang), findings);
            }
        }
        let before = department
            .disclosures
            .iter()
            .find(|before| before.id.kind == disclosure.id.kind && before.id.year + 1 == disclosure.id.year);
        if let Some(before) = before {
            tables(disclosure, before, findings);
        }
    }
}

/// What is left over, as an acceptance names it: in which report, where, and what is said there.
type Left<'x> = (ReportId, &'x str, String);

/// A finding with what it says and what to do, each in Chinese and English.
fn left_over((report, at, stated): Left<'_>, place: Place, detail: (String, String), help: (&str, &str)) -> Finding {
    let mut finding = Finding::new(&catalogue::REPORT_LEFT_OVER, place)
        .with("detail", detail.0)
        .with("detail-en", detail.1)
        .with("help", help.0)
        .with("help-en", help.1);
    finding.claim = Some(Box::new(Claim::of_words(&report, at, &stated)));
    finding
}

/// The accounts of a year are settled, approved and published when it is over; a budget not long before it begins.
fn dates(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    let year = disclosure.id.year;
    let (earliest, zh, en) = match disclosure.id.kind {
        ReportKind::Final => (year + 1, format!("{year} 年度结束"), format!("the end of {year}")),
        ReportKind::Budget => (year - 1, format!("{} 年", year - 1), (year - 1).to_string()),
    };
    let top = DataPath::top();
    let written = (top.key("information").key("written"), "成文日期", "the date of the document");
    let given = [
        ("approved", &disclosure.approved, (top.key("approved"), "批复日期", "the date of approval")),
        ("published", &disclosure.published, (top.key("published"), "公开日期", "the date of publication")),
        ("information/written", &disclosure.information.written, written),
    ];
    for (key, date, (path, what, what_en)) in given {
        let Some(date) = date else { continue };
        if date.get(..4).and_then(|stated| stated.parse().ok()).is_none_or(|stated: u16| stated >= earliest) {
            continue;
        }
        let detail = (format!("{what} {date} 早于 {zh}"), format!("{what_en}, {date}, is before {en}"));
        let help =
            ("改成本年度的；还没有的，删去这一行", "write that of this report, or remove the line until there is one");
        let left = (disclosure.id, key, date.clone());
        findings.push(left_over(left, path.in_file(&disclosure.file), detail, help));
    }
}

/// The source document: of an earlier year, or of another department.
fn source(disclosure: &Disclosure, department: &str, findings: &mut Vec<Finding>) {
    let Some(text) = &disclosure.source else { return };
    let year = disclosure.id.year;
    let place = DataPath::top().key("source").in_file(&disclosure.file);
    let newest = Lang::ALL.into_iter().flat_map(|lang| named_years(text.get(lang))).max();
    if let Some(stated) = newest.filter(|stated| *stated < year) {
        let detail = (
            format!("来源文件写的是 {stated} 年，报告是 {year} 年度的"),
            format!("the source document says {stated}, the report is for {year}"),
        );
        let help = ("写本年度的来源文件", "name the document of this year");
        findings.push(left_over((disclosure.id, "source", stated.to_string()), place.clone(), detail, help));
    }
    // Whatever year it names, the department should be this one.
    let stranger = newest.and_then(|year| bodies::strangers(&text.zh, year, department).into_iter().next());
    if let Some(at) = stranger {
        findings.push(Finding::new(&catalogue::TEXT_DEPARTMENT, place).with("name", &text.zh[at]));
    }
}

/// The days for which facts hold: one finding for all that are of one earlier year.
fn days(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    let year = disclosure.id.year;
    let mut earlier: BTreeMap<u16, Vec<(String, Place)>> = BTreeMap::new();
    for group in &disclosure.facts.groups {
        for fact in &group.facts {
            let Some(day) = &fact.as_of else { continue };
            let newest = Lang::ALL.into_iter().flat_map(|lang| named_years(day.get(lang))).max();
            if let Some(stated) = newest.filter(|stated| *stated < year) {
                let path = DataPath::top().key(&group.id).key("figures").key(&fact.id).key("as-of");
                let id = format!("{}/{}", group.id, fact.id);
                earlier.entry(stated).or_default().push((id, path.in_file(&disclosure.facts.file)));
            }
        }
    }
    for (stated, found) in earlier {
        let (ids, places): (Vec<String>, Vec<Place>) = found.into_iter().unzip();
        let count = places.len();
        let mut places = places.into_iter();
        let Some(first) = places.next() else { continue };
        let (facts, facts_en) = if count > 1 {
            (format!("{count} 项事实的截止日期"), format!("the days for which {count} facts hold are of"))
        } else {
            ("截止日期".to_owned(), "the day for which the fact holds is of".to_owned())
        };
        let detail = (
            format!("{facts}写的是 {stated} 年，报告是 {year} 年度的"),
            format!("{facts_en} {stated}, the report is for {year}"),
        );
        let help = ("改成本年度的日期，数字也照本年的核对", "write this year’s day, and check the figure with it");
        let mut left = left_over((disclosure.id, "facts", stated.to_string()), first, detail, help);
        // A further fact is another finding: what is accepted are these.
        if let Some(claim) = &mut left.claim {
            claim.computed = ids.join(" ");
        }
        findings.push(places.fold(left, Finding::beside));
    }
}

/// Groups of facts that compare with a year before the last, or have it in their id: last year’s report compared with it.
fn groups(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    let year = disclosure.id.year;
    for group in &disclosure.facts.groups {
        let of_id = named_years(&group.id).max().filter(|stated| stated + 1 < year);
        let of_name = || compared(&group.name.zh, Lang::Zh, year).map(|(_, stated)| stated);
        let Some(stated) = of_id.or_else(of_name) else { continue };
        let detail = (
            format!("`{}` 这一组写的是 {stated} 年，报告是 {year} 年度的，上年是 {} 年", group.id, year - 1),
            format!(
                "the group `{}` is about {stated}; the report is for {year}, the year before it is {}",
                group.id,
                year - 1
            ),
        );
        let help = (
            "键、名称和数字都改成与上年比较的，正文里的地址随之改",
            "let key, name and figures compare with last year, and change the addresses in the text with the key",
        );
        let place = DataPath::top().key(&group.id).the_key().in_file(&disclosure.facts.file);
        let at = format!("facts/{}", group.id);
        findings.push(left_over((disclosure.id, &at, stated.to_string()), place, detail, help));
    }
}

/// A comparison with an earlier year: its words, and where they stand.
struct Comparison {
    stated: u16,
    words: String,
    at: Range<usize>,
}

/// Sentences that compare with the year before the last and do not name the last: 与 2018 年相比 in a report for 2020.
fn comparisons(prose: &Prose, of: &Part, (report, lang): (ReportId, Lang), findings: &mut Vec<Finding>) {
    let year = report.year;
    let mut found: Vec<Comparison> = Vec::new();
    let mut excused = false;
    for piece in &prose.pieces {
        match piece {
            Piece::Markdown(Event::Text(text), place) => {
                let mut at = 0;
                for part in text.split_inclusive(&['。', '；', ';'][..]).flat_map(|part| part.split_inclusive(". ")) {
                    excused |= named_years(part).any(|named| named + 1 == year);
                    if let Some((range, stated)) = compared(part, lang, year) {
                        let exact = text.len() == place.len();
                        let words = part[range.clone()].to_owned();
                        let range = if exact { at + range.start..at + range.end } else { 0..place.len() };
                        let at = place.start + range.start..place.start + range.end;
                        found.push(Comparison { stated, words, at });
                    }
                    at += part.len();
                    if part.ends_with(['。', '；', ';']) || part.ends_with(". ") {
                        told(&mut found, &mut excused, (of, report, lang), findings);
                    }
                }
            }
            piece if is_end(piece) => {
                told(&mut found, &mut excused, (of, report, lang), findings);
            }
            _ => {}
        }
    }
}

/// Whether a sentence ends here, whatever its last sign is.
fn is_end<F>(piece: &Piece<F>) -> bool {
    use TagEnd::{Heading, Item, Paragraph, TableCell};
    matches!(piece, Piece::Markdown(Event::End(Paragraph | Item | TableCell | Heading(_)), _))
}

/// Says what a sentence compared, and begins the next.
fn told(
    found: &mut Vec<Comparison>,
    excused: &mut bool,
    (part, report, lang): (&Part, ReportId, Lang),
    findings: &mut Vec<Finding>,
) {
    let year = report.year;
    for Comparison { stated, words, at } in found.drain(..).filter(|_| !*excused) {
        let detail = (
            format!("这里与 {stated} 年比较，报告是 {year} 年度的，上年是 {} 年", year - 1),
            format!("a comparison with {stated}; the report is for {year}, the year before it is {}", year - 1),
        );
        let help = (
            "改为与上年比较；原文确实与该年比较的，不必改动",
            "compare with last year; leave it if the document does compare with that year",
        );
        let place = Place::Text(part.files.get(lang).clone(), at);
        findings.push(left_over((report, &part.slug, words), place, detail, help));
    }
    *excused = false;
}

/// A comparison with the year before the last, with its place in the text.
fn compared(text: &str, lang: Lang, year: u16) -> Option<(Range<usize>, u16)> {
    let stated = year.checked_sub(2)?;
    let digits = stated.to_string();
    text.match_indices(&digits).find_map(|(at, _)| {
        let (before, after) = (text[..at].trim_end(), text[at + digits.len()..].trim_start());
        let start = match lang {
            Lang::Zh => {
                let after = after.strip_prefix('年')?;
                let clause = after.split(['，', '。', '；', '、']).next().unwrap_or_default();
                let with = ["与", "同", "和"].iter().find(|word| before.ends_with(*word));
                let than = ["比", "较"].iter().find(|word| before.ends_with(*word) && !before.ends_with("占比"));
                let with = with.filter(|_| clause.contains("相比") || clause.contains("比较"));
                at.min(before.len()) - than.or(with)?.len()
            }
            Lang::En => {
                let before = before.strip_suffix(" in").unwrap_or(before);
                let lower = before.to_ascii_lowercase();
                let word = ["compared with", "compared to", "than", "increase on", "decrease on"];
                before.len() - word.iter().find(|word| lower.ends_with(*word))?.len()
            }
        };
        Some((start..at + digits.len(), stated))
    })
}

/// The title of a part that names the year before and not the report's own. (Headings within a part may compare; years
/// further away are found with the rest of the text.)
fn titles(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    for part in &disclosure.parts {
        for lang in Lang::ALL {
            let file = part.files.get(lang);
            let newest = named_years(part.title.get(lang)).max();
            if let Some(stated) = newest.filter(|stated| *stated + 1 == disclosure.id.year && !file.is_empty()) {
                let place = Place::Text(file.clone(), part.title_at.get(lang).clone());
                let finding = Finding::new(&catalogue::TEXT_YEAR, place).with("stated", stated);
                let mut finding = finding.with("year", disclosure.id.year);
                finding.claim = Some(Box::new(Claim::of_words(&disclosure.id, &part.slug, part.title.get(lang))));
                findings.push(finding);
            }
        }
    }
}

/// A table in which every figure is that of the year before. A row or column of zeros that one of them lacks counts for
/// nothing.
fn tables(disclosure: &Disclosure, before: &Disclosure, findings: &mut Vec<Finding>) {
    for table in &disclosure.tables {
        let Some(old) = before.tables.iter().find(|old| old.form.id == table.form.id) else { continue };
        let (new, old) = (figures(table), figures(old));
        let distinct: BTreeSet<&Decimal> = new.values().collect();
        // 2.00 may well be the same every year, 0.41 hardly.
        let telling = distinct.iter().filter(|value| value.normalize().mantissa().unsigned_abs() >= 10).count();
        if new != old || (distinct.len() < MANY && telling < TELLING) {
            continue;
        }
        let (zh, en) = (&table.form.title.zh, &table.form.title.en);
        let detail = (
            format!("《{zh}》的每个数都与 {} 年度的相同", before.id.year),
            format!("every figure of “{en}” is that of {}", before.id.year),
        );
        let help = (
            "照本年印出的表重新录入；两年确实相同的，不必改动",
            "type the table as it is printed this year; leave it if the two years are the same",
        );
        let left = (disclosure.id, table.form.id.as_str(), before.id.year.to_string());
        findings.push(left_over(left, Place::File(table.file.clone()), detail, help));
    }
}

/// The figures of a table that are not zero, by row and column.
fn figures(table: &Table) -> BTreeMap<(&str, &str), Decimal> {
    let lanes = table.form.lanes.iter().zip(&table.lanes);
    let rows = lanes.flat_map(|(lane, rows)| {
        let leaves = lane.leaves();
        rows.rows.iter().flat_map(move |row| {
            let cells: Vec<_> = leaves.iter().map(|leaf| leaf.id).zip(&row.cells).collect();
            cells.into_iter().filter_map(|(column, cell)| {
                Some(((row.id.as_deref()?, column), cell.amount()?.value())).filter(|(_, value)| !value.is_zero())
            })
        })
    });
    rows.collect()
}

/// The years that a text names.
fn named_years(text: &str) -> impl Iterator<Item = u16> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| (1990..2100).contains(year))
}
