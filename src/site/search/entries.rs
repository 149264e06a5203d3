//! The entries of a report: one for each row, fact, heading and term, with the id that a result leads to.

use serde::Serialize;

use std::collections::BTreeMap;

use crate::model::{
    Address, Cell, Chart, Computed, Disclosure, FactGroup, GlossaryTerm, LaneRows, Lang, Layout, Leaf, PartKind, Piece,
    Row, Table, Text, Unit,
};

use super::super::disputes::Disputes;
use super::super::routes::Page;
use super::super::table::{digits, paths};
use super::blocks::{SIC, blocks};

/// A page with what can be found on it.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    /// The page.
    pub(crate) page: Page<'a>,
    /// Its title, where the report names it.
    pub(crate) title: Option<&'a Text>,
    /// The columns of its rows, each set once.
    pub(crate) heads: Vec<Vec<Head>>,
    /// In the order of the page.
    pub(crate) entries: Vec<Entry>,
}

/// What stands above a row's amount: its part of the cell's id, its name, its unit, and how many places a figure's point moves to the right to be in yuan, or in
/// single things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Head(pub(super) String, pub(super) String, pub(super) String, pub(super) u32);

/// Something that can be found. The keys are short because they stand in every entry of a published file.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Entry {
    /// The id on the page; empty for the page itself. A cell's has the head's behind it, or in place of `*`.
    #[serde(rename = "a", skip_serializing_if = "String::is_empty")]
    pub(crate) id: String,
    /// The code of a row.
    #[serde(rename = "c", skip_serializing_if = "String::is_empty")]
    pub(crate) code: String,
    /// The name of a row, fact or term, or the heading.
    #[serde(rename = "n", skip_serializing_if = "String::is_empty")]
    pub(crate) name: String,
    /// Its other names: in the other language, and a term's aliases.
    #[serde(rename = "o", skip_serializing_if = "Vec::is_empty")]
    pub(crate) others: Vec<String>,
    /// Which set of columns a row has.
    #[serde(rename = "h", skip_serializing_if = "is_first")]
    pub(crate) heads: usize,
    /// A row's amounts as they stand on the page, one a column, some with a mark behind; nothing in a blank cell.
    #[serde(rename = "v", skip_serializing_if = "Vec::is_empty")]
    pub(crate) values: Vec<Option<String>>,
    /// Paragraphs.
    #[serde(rename = "t", skip_serializing_if = "Vec::is_empty")]
    pub(crate) texts: Vec<String>,
    /// Whether its texts explain its name, as those of a term do: both are one result.
    #[serde(rename = "k", skip_serializing_if = "is_false")]
    pub(crate) is_term: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_first(index: &usize) -> bool {
    *index == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// What can be found in a report besides its terms, in the order of the document. Figures that `disputes` knows are marked.
pub(crate) fn sheets<'a>(disclosure: &'a Disclosure, lang: Lang, disputes: &Disputes<'_>) -> Vec<Sheet<'a>> {
    let marks = |piece: &Piece<Computed>| disputes.mark(piece, lang);
    let mut sheets = Vec::new();
    for part in &disclosure.parts {
        match &part.kind {
            PartKind::Tables => {
                sheets.extend(disclosure.tables.iter().map(|table| of_table(disclosure, table, lang, disputes)));
            }
            PartKind::Narrative(prose) => {
                let page = Page::Part(disclosure.id, &part.slug);
                let entries = blocks(prose.get(lang), lang, &marks).into_iter().map(|block| Entry {
                    id: block.id,
                    name: block.heading,
                    texts: block.texts,
                    ..Entry::default()
                });
                let entries = entries.collect();
                sheets.push(Sheet { page, title: Some(&part.title), heads: Vec::new(), entries });
            }
            PartKind::Glossary => {}
        }
    }
    if !disclosure.facts.groups.is_empty() {
        let mut sheet = Sheet { page: Page::Facts(disclosure.id), title: None, heads: Vec::new(), entries: Vec::new() };
        // A name that several facts have says nothing without that of the group: each of five meetings has its 支出.
        let mut named: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in disclosure.facts.groups.iter().flat_map(|group| &group.facts) {
            *named.entry(fact.name.get(lang)).or_default() += 1;
        }
        for group in &disclosure.facts.groups {
            of_facts(group, lang, &|name| named.get(name).is_some_and(|count| *count > 1), &mut sheet);
        }
        sheets.push(sheet);
    }
    sheets
}

/// A term with its definition.
pub(crate) fn term(term: &GlossaryTerm, lang: Lang, disputes: &Disputes<'_>) -> Entry {
    let names = term.names.get(lang);
    let marks = |piece: &Piece<Computed>| disputes.mark(piece, lang);
    let texts = blocks(term.definition.get(lang), lang, &marks).into_iter().flat_map(|block| block.texts);
    Entry {
        id: term.id.clone(),
        name: names[0].clone(),
        others: names[1..].iter().chain(term.names.get(lang.other())).cloned().collect(),
        texts: texts.collect(),
        is_term: true,
        ..Entry::default()
    }
}

fn of_table<'a>(disclosure: &'a Disclosure, table: &'a Table, lang: Lang, disputes: &Disputes<'_>) -> Sheet<'a> {
    let form = &*table.form;
    let page = Page::Table(disclosure.id, &form.id);
    let mut sheet = Sheet { page, title: Some(&form.title), heads: Vec::new(), entries: Vec::new() };
    let said = [&form.note, &table.note, &table.empty].into_iter().flatten();
    let texts: Vec<String> = said.map(|text| text.get(lang).clone()).collect();
    if !texts.is_empty() {
        sheet.entries.push(Entry { texts, ..Entry::default() });
    }
    for (lane, LaneRows { rows }) in form.lanes.iter().zip(&table.lanes) {
        let columns: Vec<Named<'_>> = lane
            .leaves()
            .into_iter()
            .zip(paths(lane, lang).into_iter().zip(paths(lane, lang.other())))
            .map(|(leaf, names)| Named { leaf, names })
            .collect();
        match form.layout {
            Layout::Across | Layout::Pairs => across(table, rows, &columns, (lang, disputes), &mut sheet),
            Layout::Lanes | Layout::Stacked => {
                lines(disclosure, table, rows, &columns, (lang, disputes), &mut sheet);
            }
        }
    }
    // A row without an amount says nothing but its name, which its text cells have.
    sheet.entries.retain(|entry| !entry.texts.is_empty() || entry.values.iter().any(Option::is_some));
    sheet
        .entries
        .extend(disclosure.charts.iter().filter(|chart| chart.is_of(&form.id)).map(|chart| of_chart(chart, lang)));
    sheet
}

/// A chart, by its title and what it shows.
fn of_chart(chart: &Chart, lang: Lang) -> Entry {
    let marks = chart.marks.iter().map(|mark| {
        let said = mark.share.as_ref().unwrap_or(&mark.amount).say(lang);
        format!("{} {said}", mark.name.get(lang))
    });
    Entry {
        id: format!("_chart-{}", chart.id),
        name: chart.title.get(lang).clone(),
        others: vec![chart.title.get(lang.other()).clone()],
        texts: vec![marks.collect::<Vec<_>>().join(if lang == Lang::Zh { "；" } else { "; " })],
        ..Entry::default()
    }
}

/// A column with its name, and the names of the groups above it, in this language and in the other one.
struct Named<'a> {
    leaf: Leaf<'a>,
    names: (String, String),
}

/// Rows that are rows on the page, and the prose of their text cells.
fn lines(
    disclosure: &Disclosure,
    table: &Table,
    rows: &[Row],
    columns: &[Named<'_>],
    (lang, disputes): (Lang, &Disputes<'_>),
    sheet: &mut Sheet<'_>,
) {
    for row in rows {
        let (Some(id), Some(name)) = (&row.id, &row.name) else { continue };
        let heads = columns.iter().map(|column| head(table, row, column.leaf, column.leaf.id, &column.names.0, lang));
        let values = row.cells.iter().zip(columns).map(|(cell, column)| {
            let said = said(table, row, cell, column.leaf, lang);
            marked(said, disputes, [&table.form.id, id, column.leaf.id])
        });
        sheet.entries.push(Entry {
            id: format!("{}/{id}", table.form.id),
            code: row.code.clone().unwrap_or_default(),
            name: name.get(lang).clone(),
            others: vec![name.get(lang.other()).clone()],
            heads: intern(heads.collect(), &mut sheet.heads),
            values: values.collect(),
            ..Entry::default()
        });
        for column in columns {
            let address = Address::cell(&table.form.id, id, column.leaf.id);
            let Some(prose) = disclosure.text(&address) else { continue };
            let texts = blocks(prose.get(lang), lang, &|piece| disputes.mark(piece, lang))
                .into_iter()
                .flat_map(|block| block.texts);
            sheet.entries.push(Entry {
                id: address.to_string(),
                name: format!("{} · {}", name.get(lang), column.names.0),
                texts: texts.collect(),
                ..Entry::default()
            });
        }
    }
}

/// A form that is printed across has its columns' names where others have rows: readers look for 公务接待费, and then
/// want to see budget and actual.
fn across(
    table: &Table,
    rows: &[Row],
    columns: &[Named<'_>],
    (lang, disputes): (Lang, &Disputes<'_>),
    sheet: &mut Sheet<'_>,
) {
    let rows: Vec<(&Row, &str, &Text)> =
        rows.iter().filter_map(|row| Some((row, row.id.as_deref()?, row.name.as_ref()?))).collect();
    for (index, column) in columns.iter().enumerate() {
        let heads = rows.iter().map(|(row, id, name)| head(table, row, column.leaf, id, name.get(lang), lang));
        let values = rows.iter().map(|(row, id, _)| {
            let said = row.cells.get(index).and_then(|cell| said(table, row, cell, column.leaf, lang));
            marked(said, disputes, [&table.form.id, id, column.leaf.id])
        });
        sheet.entries.push(Entry {
            id: format!("{}/*/{}", table.form.id, column.leaf.id),
            name: column.names.0.clone(),
            others: vec![column.names.1.clone()],
            heads: intern(heads.collect(), &mut sheet.heads),
            values: values.collect(),
            ..Entry::default()
        });
    }
}

fn of_facts(group: &FactGroup, lang: Lang, is_ambiguous: &dyn Fn(&str) -> bool, sheet: &mut Sheet<'_>) {
    for fact in &group.facts {
        let name = fact.name.get(lang);
        let whole = || format!("{} · {name}", group.name.get(lang));
        let head = Head(String::new(), group.name.get(lang).clone(), unit_name(&fact.unit, lang), places(&fact.unit));
        let remarks = [&fact.as_of, &fact.note].into_iter().flatten();
        sheet.entries.push(Entry {
            id: format!("{}/{}/{}", Address::FACTS, group.id, fact.id),
            name: if is_ambiguous(name) { whole() } else { name.clone() },
            others: [&fact.name, &group.name].map(|name| name.get(lang.other()).clone()).to_vec(),
            heads: intern(vec![head], &mut sheet.heads),
            values: vec![Some(digits(fact.value, None, lang))],
            texts: remarks.map(|text| text.get(lang).clone()).collect(),
            ..Entry::default()
        });
    }
}

fn head(table: &Table, row: &Row, leaf: Leaf<'_>, id: &str, name: &str, lang: Lang) -> Head {
    let unit = table.unit(row, leaf.column);
    // A percentage has its sign with it.
    let said = if *unit == Unit::Percent { String::new() } else { unit_name(unit, lang) };
    Head(id.to_owned(), name.to_owned(), said, places(unit))
}

/// The unit behind a figure. In English the result says money in yuan, too, for which the currency is enough.
fn unit_name(unit: &Unit, lang: Lang) -> String {
    match (unit, lang) {
        (Unit::Money { .. }, Lang::En) => "RMB".to_owned(),
        _ => unit.name(lang),
    }
}

/// The amount of a cell as it stands on the page.
fn said(table: &Table, row: &Row, cell: &Cell, leaf: Leaf<'_>, lang: Lang) -> Option<String> {
    cell.amount().map(|amount| digits(amount, Some(table.unit(row, leaf.column)), lang))
}

/// An amount with the mark of its cell, by form, row and column, if others contradict it.
fn marked(said: Option<String>, disputes: &Disputes<'_>, [form, row, column]: [&str; 3]) -> Option<String> {
    let mut said = said?;
    if disputes.of_cell(form, row, column).is_some() {
        said.push(SIC);
    }
    Some(said)
}

/// The index of a set of columns among those of the page.
pub(crate) fn intern(heads: Vec<Head>, known: &mut Vec<Vec<Head>>) -> usize {
    known.iter().position(|other| *other == heads).unwrap_or_else(|| {
        known.push(heads);
        known.len() - 1
    })
}

/// How many places the point of a figure in this unit moves to the right to be in yuan, or in single things.
fn places(unit: &Unit) -> u32 {
    match unit {
        Unit::Money { factor } | Unit::Scaled { factor } => factor.ilog10(),
        Unit::Percent | Unit::Counted(_) => 0,
    }
}
