//! Names in the narrative: the report's own department, the subjects of its tables, and indicators with their values.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::block::FIGURE;
use super::prove::Sentence;
use super::read::Kind;
use super::roles::Role;
use super::span::Span;
use crate::check::bodies;
use crate::model::{Disclosure, FactGroup, Unit};

/// The marks behind a subject that say of which level it is, in brackets of either width.
const MARKS: &[&str] = &["（类）", "（款）", "（项）", "(类)", "(款)", "(项)"];

/// What the names of a report stand for.
#[derive(Debug, Default)]
pub(super) struct Names {
    department: String,
    /// The names of the codes in its tables, without 支出 at their end.
    subjects: BTreeSet<String>,
    /// Indicators that have one value wherever the report has them, in yuan.
    indicators: BTreeMap<String, Decimal>,
    /// The amounts of the year before, in yuan: a text may repeat each of them.
    last: BTreeSet<Decimal>,
    /// The names that subjects have in other years only.
    former: BTreeSet<String>,
    year: u16,
}

impl Names {
    /// The names of a report; `last` are the amounts of the year before.
    pub(super) fn of(disclosure: &Disclosure, department: &str, last: BTreeSet<Decimal>) -> Self {
        let mut subjects = BTreeSet::new();
        let mut single = BTreeSet::new();
        let mut values: BTreeMap<String, BTreeSet<Decimal>> = BTreeMap::new();
        for table in &disclosure.tables {
            for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
                let leaves = lane.leaves();
                for row in &rows.rows {
                    let Some(name) = row.name.as_ref().map(|name| bare(&name.zh)) else { continue };
                    if row.code.is_some() {
                        subjects.insert(name.trim_end_matches("支出").to_owned());
                    }
                    for (leaf, cell) in leaves.iter().zip(&row.cells) {
                        let (Some(amount), Unit::Money { factor }) = (cell.amount(), table.unit(row, leaf.column))
                        else {
                            continue;
                        };
                        let value = amount.value() * Decimal::from(*factor);
                        // A row with one column has its name for itself; in a row of totals the columns have theirs.
                        // A line of the economic classification is the basic part only; a text may speak of the whole.
                        let economic = row.code.as_ref().is_some_and(|code| code.starts_with('3'));
                        match (leaves.len(), row.total) {
                            (1, _) if !economic => drop(single.insert(name.clone())),
                            (2.., true) => {
                                let column = bare(&leaf.column.name.zh);
                                single.insert(column.clone());
                                values.entry(column).or_default().insert(value);
                            }
                            _ => {}
                        }
                        // Whatever the name has in another column or table may be what a text says of it; nothing is
                        // said of an empty column.
                        if !value.is_zero() || leaves.len() == 1 {
                            values.entry(name.clone()).or_default().insert(value);
                        }
                    }
                }
            }
        }
        let own = |group: &&FactGroup| is_of(disclosure.id.year, &group.name.zh);
        for fact in disclosure.facts.groups.iter().filter(own).flat_map(|group| &group.facts) {
            if let Unit::Money { factor } = fact.unit {
                let name = bare(&fact.name.zh);
                values.entry(name.clone()).or_default().insert(fact.value.value() * Decimal::from(factor));
                single.insert(name);
            }
        }
        // A name of two or three characters, as 合计, says nothing by itself.
        let telling = |name: &str| name.chars().count() >= 5 && single.contains(name);
        let indicators = values
            .into_iter()
            .filter(|(name, values)| values.len() == 1 && telling(name))
            .filter_map(|(name, values)| Some((name, values.into_iter().next()?)))
            .collect();
        let former = disclosure.tables.iter().flat_map(|table| &table.former).map(|name| bare(name)).collect();
        Names { department: department.to_owned(), subjects, indicators, last, former, year: disclosure.id.year }
    }

    /// Names of other departments that a text gives this report: `某某局 2019 年度部门决算`.
    pub(super) fn strangers(&self, text: &str) -> Vec<Range<usize>> {
        bodies::strangers(text, self.year, &self.department)
    }

    /// Subjects before （类）, （款） or （项） that no table has, with the nearest that one has.
    pub(super) fn unknown_subjects(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.subjects.is_empty() {
            return found;
        }
        for mark in MARKS {
            for (at, _) in text.match_indices(mark) {
                let before = &text[..at];
                let edge = ["：", "，", "。", "、", "；", " ", "“", "”", FIGURE]
                    .iter()
                    .chain(MARKS)
                    .filter_map(|edge| before.rfind(edge).map(|at| at + edge.len()))
                    .max()
                    .unwrap_or(0);
                let name = before[edge..].trim();
                let known = bare(name);
                let known = known.trim_end_matches("支出");
                // The head of a column names none.
                if known.ends_with("分类") || known.ends_with("科目") {
                    continue;
                }
                // The name may follow other words without a mark between them: 主要用于教育（类）.
                if !known.is_empty() && !self.subjects.iter().any(|subject| known.ends_with(subject.as_str())) {
                    found.push(edge..at);
                }
            }
        }
        found
    }

    /// Subjects by a name that they have in another year's classification, where the words behind it say that a subject is
    /// meant: 归口管理的行政单位离退休决算数.
    pub(super) fn former_subjects(&self, text: &str) -> Vec<Range<usize>> {
        let behind = ["决算数", "支出决算", "年初预算"];
        let mut found: Vec<Range<usize>> = Vec::new();
        for name in self.former.iter().filter(|name| name.chars().count() > 4) {
            for (at, _) in text.match_indices(name.as_str()) {
                let place = at..at + name.len();
                let subject = behind.iter().chain(MARKS).any(|word| text[place.end..].starts_with(word));
                if subject && !found.iter().any(|other| other.end == place.end) {
                    found.push(place);
                }
            }
        }
        found
    }

    /// Amounts that are said of an indicator of the report and are not its value: their indices, and the value.
    pub(super) fn contradicted(&self, sentence: &Sentence<'_, '_>) -> Vec<(usize, Decimal)> {
        let mut found = Vec::new();
        // What it says of another year may be said of the indicator in that year.
        if names_another(self.year, sentence.words()) {
            return found;
        }
        for (index, role) in sentence.roles.iter().enumerate() {
            let token = sentence.tokens[index];
            let Role::Level(label) = role else { continue };
            if token.kind != Kind::Money || !token.is_literal() || token.about || self.last.contains(&token.value()) {
                continue;
            }
            let Some(value) = self.indicators.get(self.indicator(label)) else { continue };
            // 12,345 元 is printed 1.23 万元.
            let finer = token.value().normalize() != value.normalize() && Span::of(token).rounds_to(*value);
            let amount = crate::model::Amount::from_decimal(*value / token.factor);
            if amount.rounded(token.amount.decimals()).value() != token.amount.value() && !finer {
                found.push((index, *value));
            }
        }
        found
    }

    /// A label without what says that it is this report's: `2019年度本部门`.
    fn indicator<'l>(&self, label: &'l str) -> &'l str {
        let year = self.year.to_string();
        let mut label = label.trim();
        loop {
            let own =
                [self.department.as_str(), &year, "年度", "年", "本部门", "本单位", "我局", "我单位", "其中", "全年"];
            match own.iter().filter(|word| !word.is_empty()).find_map(|word| label.strip_prefix(word)) {
                Some(rest) => label = rest.trim_start(),
                None => return label,
            }
        }
    }
}

/// Names in an English text that differ from the department's in one word: `Bureau of Sample City` for `of Example City`.
pub(super) fn almost(text: &str, name: &str) -> Vec<Range<usize>> {
    let wanted: Vec<&str> = words(name).map(|at| &name[at]).collect();
    let found: Vec<Range<usize>> = words(text).collect();
    // A short name is one word away from many others.
    if wanted.len() < 5 {
        return Vec::new();
    }
    let windows = found.windows(wanted.len()).filter(|window| {
        let differs = |(at, word): &(&Range<usize>, &&str)| !text[(*at).clone()].eq_ignore_ascii_case(word);
        let off: Vec<_> = window.iter().zip(&wanted).filter(differs).collect();
        let proper = |at: &Range<usize>| text[at.clone()].starts_with(char::is_uppercase);
        // The Data Centre of Example City is no misspelt Data Bureau of Example City, but one of its institutions.
        let body = |word: &str| BODIES.contains(&word);
        matches!(off.as_slice(), [(at, word)] if proper(at) && word.starts_with(char::is_uppercase) && !body(word))
    });
    windows.map(|window| window[0].start..window[window.len() - 1].end).collect()
}

/// What a body is called in English.
const BODIES: &[&str] = &[
    "Administration",
    "Agency",
    "Authority",
    "Bureau",
    "Centre",
    "Center",
    "Commission",
    "Committee",
    "Department",
    "Institute",
    "Office",
];

/// The places of the words of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// Whether a name of figures is about a year, as far as it says: 2023年度决算数, 上年决算数 and 年初预算 are not about 2024.
fn is_of(year: u16, name: &str) -> bool {
    let others = ["上年", "去年", "预算"];
    let years = name.match_indices("20").filter_map(|(at, _)| name.get(at..at + 4)?.parse::<u16>().ok());
    !others.iter().any(|word| name.contains(word)) && years.into_iter().all(|named| named == year)
}

/// Whether a text names a year other than one.
fn names_another(year: u16, text: &str) -> bool {
    let years = text.match_indices("20").filter_map(|(at, _)| {
        let digits = text.get(at..at + 4)?;
        let behind = text[at + 4..].trim_start();
        behind.starts_with('年').then(|| digits.parse::<u16>().ok())?
    });
    ["上年", "去年", "上一年", "前年"].iter().any(|word| text.contains(word))
        || years.into_iter().any(|named| named != year)
}

/// A name without its ordinal and with brackets of one width.
fn bare(name: &str) -> String {
    let name = match name.split_once('、') {
        Some((ordinal, rest)) if ordinal.chars().all(|c| "一二三四五六七八九十".contains(c)) => rest,
        _ => name,
    };
    name.replace('(', "（").replace(')', "）").replace(' ', "")
}
