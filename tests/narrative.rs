//! Every number of the document's narrative is on the site, in both languages, by value.
//!
//! `tests/transcription/narrative.tsv` holds all numbers in digits of parts 1, 3 and 4, with the performance form and
//! the labels of the charts. The prose of the site is written anew, so its order is free, but what the document states
//! it states: each `figure` as often as the document prints it, on the page of its part; each `date` and each `name`
//! that holds digits (802.11) at least once. [`NOT_ASKED`] and [`LEFT_OUT`] say what is not asked for, and why.
//!
//! Values are compared, not signs: 8.75 亿 and 875 million are one number, 2795.08 万元 and RMB 27,950,800 are too. A
//! number counts where a reader sees it: in prose, in cells, in the data table beside a chart; titles and labels of
//! the drawing repeat it and do not count.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rust_decimal::Decimal;

use common::html::{Document, Element};

/// The transcription: part, line, number, unit, context, kind.
static NARRATIVE: &str = include_str!("transcription/narrative.tsv");

/// How many figures it holds.
const PRINTED: usize = 374;

/// The page that holds each part, or that leads to those of its sections.
const PAGES: [(&str, &str); 3] = [("1", "overview"), ("3", "explanation"), ("4", "performance-review")];

/// Units that the document does not print beside the number: amounts in the performance form, whose head says 万元, and
/// the label of a slice. Any other number without a unit is a plain one.
const UNITS: &[(&str, &str)] =
    &[("1432", "%"), ("1885", "万元"), ("1889", "万元"), ("2082", "万元"), ("2130", "万元"), ("2192", "万元")];

/// Kinds of numbers that the site need not have, and why.
const NOT_ASKED: &[(&str, &str)] = &[
    ("list", "the number of an item: the prose is written anew and numbers its own lists"),
    ("address", "ranges of addresses of the government's network: withheld for its safety, and the text says so"),
];

/// What the site states less often than the document does: part, number as printed, unit, how many times less, why.
const LEFT_OUT: &[(&str, &str, &str, usize, &str)] = &[];

/// What is counted. A number with a unit that is neither money nor a percentage is a plain number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// In yuan.
    Money,
    Percent,
    Plain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    value: Decimal,
    class: Class,
}

/// A number of the document as it is printed.
struct Printed {
    part: &'static str,
    /// The line of the document's text.
    line: &'static str,
    digits: &'static str,
    unit: &'static str,
    context: &'static str,
    kind: &'static str,
}

#[test]
fn every_figure_of_the_narrative_is_on_the_page_of_its_part_in_chinese() {
    compare("", read_chinese);
}

#[test]
fn every_figure_of_the_narrative_is_on_the_page_of_its_part_in_english() {
    compare("en/", read_english);
}

#[test]
fn dates_and_names_with_digits_are_on_the_page_of_their_part() {
    let mut wrong = Vec::new();
    for (part, slug) in PAGES {
        for folder in ["", "en/"] {
            let path = format!("{folder}2019/final/{slug}.html");
            let text: String = common::whole(&path).iter().map(prose).collect();
            let numbers: BTreeSet<Decimal> = digits(&text).map(|(_, value, _)| value).collect();
            for printed in transcription() {
                if printed.part != part || !matches!(printed.kind, "date" | "name") {
                    continue;
                }
                let month = printed.digits.parse().ok().and_then(|month: usize| MONTHS.get(month.checked_sub(1)?));
                let in_words = printed.unit == "月" && month.is_some_and(|month| text.contains(month));
                // A name may go on from a letter: G.652.
                let in_name = printed.kind == "name" && text.contains(printed.digits);
                if !numbers.contains(&printed.number().value) && !in_words && !in_name {
                    wrong.push(format!("{path}: {printed}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn network_addresses_are_withheld() {
    for (path, page) in common::pages() {
        let text = page.text(0);
        let mut runs = text.split(|c: char| !c.is_ascii_digit() && c != '.');
        let address = runs.find(|run| run.split('.').filter(|part| part.parse::<u8>().is_ok()).count() >= 4);
        assert_eq!(address, None, "{path}");
    }
}

#[test]
fn each_kind_of_number_is_asked_for_or_has_its_reason() {
    let kinds: BTreeSet<&str> = transcription().iter().map(|printed| printed.kind).collect();
    let known: BTreeSet<&str> =
        ["figure", "date", "name"].into_iter().chain(NOT_ASKED.iter().map(|entry| entry.0)).collect();
    assert_eq!(kinds, known);
}

#[test]
fn what_is_left_out_is_in_the_document() {
    let figures = figures();
    for (part, digits, unit, times, reason) in LEFT_OUT {
        let found =
            figures.iter().filter(|figure| (figure.part, figure.digits, figure.unit) == (*part, *digits, *unit));
        assert!(*times > 0 && !reason.is_empty(), "part {part}, {digits} {unit}: how often, and why?");
        assert!(found.count() >= *times, "part {part}, {digits} {unit}: the document does not state it {times} times");
    }
}

#[test]
fn numbers_are_read_by_value() {
    let shown = |numbers: Vec<Number>| numbers.iter().map(Number::to_string).collect::<Vec<_>>().join("; ");
    assert_eq!(
        shown(read_chinese("支出 2795.08\u{a0}万元，占 100.0%，8.75 亿条、14.8 万家、8～12 米，G.652，802.11a")),
        "27950800 yuan; 100%; 875000000; 148000; 8; 12; 802.11"
    );
    assert_eq!(
        shown(read_english(
            "RMB 27,950,800, or 99.56%, 875 million records, 1.827 billion; 148,000 in 24-hour P2P; n/a (base is zero)."
        )),
        "27950800 yuan; 99.56%; 875000000; 1827000000; 148000; 24; 0"
    );
}

fn compare(folder: &str, read: fn(&str) -> Vec<Number>) {
    let figures = figures();
    let mut wrong = Vec::new();
    let mut agreeing = 0;
    for (part, slug) in PAGES {
        let page = format!("{folder}2019/final/{slug}.html");
        let mut stated: BTreeMap<Number, usize> = BTreeMap::new();
        for number in common::whole(&page).iter().flat_map(|page| numbers(page, read)) {
            *stated.entry(number).or_default() += 1;
        }
        let mut asked: BTreeMap<Number, Vec<&Printed>> = BTreeMap::new();
        for figure in figures.iter().filter(|figure| figure.part == part) {
            asked.entry(figure.number()).or_default().push(figure);
        }
        for (number, printed) in asked {
            let found = stated.get(&number).copied().unwrap_or_default();
            let left_out = LEFT_OUT.iter().filter(|entry| entry.0 == part && Number::of(entry.1, entry.2) == number);
            let left_out: usize = left_out.map(|entry| entry.3).sum();
            agreeing += printed.len().min(found);
            if found + left_out < printed.len() {
                let places: Vec<String> = printed.iter().map(|figure| format!("    {figure}")).collect();
                wrong.push(format!(
                    "{page}: {number} {found} times, printed {}:\n{}",
                    printed.len(),
                    places.join("\n")
                ));
            } else if left_out > 0 && found + left_out > printed.len() {
                wrong.push(format!("{page}: {number} is stated after all: LEFT_OUT has a dead entry"));
            }
        }
    }
    println!("{agreeing} of {} figures in {}", figures.len(), if folder.is_empty() { "zh" } else { "en" });
    assert!(wrong.is_empty(), "{agreeing} of {} figures\n{}", figures.len(), wrong.join("\n"));
}

fn figures() -> Vec<Printed> {
    let mut figures = transcription();
    figures.retain(|printed| printed.kind == "figure");
    for figure in figures.iter_mut().filter(|figure| figure.unit.is_empty()) {
        figure.unit = UNITS.iter().find(|(line, _)| *line == figure.line).map_or("", |(_, unit)| unit);
    }
    assert_eq!(figures.len(), PRINTED, "the transcription is whole");
    figures
}

fn transcription() -> Vec<Printed> {
    let lines = NARRATIVE.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let fields: Vec<&'static str> = line.split('\t').collect();
        let [part, line, digits, unit, context, kind] = fields[..] else { panic!("six fields: {line}") };
        assert!(PAGES.iter().any(|(known, _)| *known == part), "part {part} has no page");
        Printed { part, line, digits, unit, context, kind }
    });
    lines.collect()
}

/// The numbers that a page states in its text, without those that repeat or count something else: headings, the table
/// of contents, names of tables in links, numbers of rows, the drawing of a chart.
fn numbers(page: &Document, read: fn(&str) -> Vec<Number>) -> Vec<Number> {
    let mut numbers = read(&prose(page));
    for (handle, _) in page.all().filter(|(_, element)| is_cell(element)) {
        let text = page.text(handle);
        let bare = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
        // Where a cell says no unit, it is that of the form: 10,000 yuan.
        numbers.extend(if bare { read_chinese(&format!("{text}万元")) } else { read(&text) });
    }
    numbers
}

/// The text of a part without amounts of tables.
fn prose(page: &Document) -> String {
    let article = page.all().find(|(_, element)| element.has_class("prose")).expect("an article").0;
    page.text_without(article, &|element| {
        let heading = matches!(element.name.as_str(), "h1" | "h2" | "h3" | "h4" | "thead" | "caption" | "figcaption");
        let link = element.name == "a" && !element.has_class("figure");
        heading || link || element.has_class("chart-drawing") || is_cell(element)
    })
}

fn is_cell(element: &Element) -> bool {
    element.name == "td" && element.has_class("amount")
}

impl Printed {
    fn number(&self) -> Number {
        Number::of(self.digits, self.unit)
    }
}

impl Number {
    /// As the document prints it: money in 万元, big counts in 万 and 亿.
    fn of(digits: &str, unit: &str) -> Number {
        let value: Decimal = digits.parse().expect("a number");
        if unit == "万元" {
            return Number::new(value * TEN_THOUSAND, Class::Money);
        }
        match unit.chars().next() {
            Some('%') => Number::new(value, Class::Percent),
            Some('亿') => Number::new(value * HUNDRED_MILLION, Class::Plain),
            Some('万') => Number::new(value * TEN_THOUSAND, Class::Plain),
            _ => Number::new(value, Class::Plain),
        }
    }

    fn new(value: Decimal, class: Class) -> Number {
        Number { value: value.normalize(), class }
    }
}

/// Months, where English has names for them.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
];

const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
const HUNDRED_MILLION: Decimal = Decimal::from_parts(100_000_000, 0, 0, false, 0);
const BILLION: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Numbers in Chinese text: `2795.08 万元`, `99.56%`, `8.75 亿`, `14.8 万`, `55`.
fn read_chinese(text: &str) -> Vec<Number> {
    digits(text)
        .map(|(_, value, behind)| {
            let behind = behind.trim_start_matches([' ', '\u{a0}']);
            match behind.chars().next() {
                Some('%') => Number::new(value, Class::Percent),
                Some('亿') if behind.starts_with("亿元") => Number::new(value * HUNDRED_MILLION, Class::Money),
                Some('亿') => Number::new(value * HUNDRED_MILLION, Class::Plain),
                Some('万') if behind.starts_with("万元") => Number::new(value * TEN_THOUSAND, Class::Money),
                Some('万') => Number::new(value * TEN_THOUSAND, Class::Plain),
                Some('元') => Number::new(value, Class::Money),
                _ => Number::new(value, Class::Plain),
            }
        })
        .collect()
}

/// Numbers in English text: `RMB 27,950,800`, `99.56%`, `875 million`, `1.827 billion`, `148,000`.
fn read_english(text: &str) -> Vec<Number> {
    // The one number that English says in a word, where a percentage has no base (不可比（基数为0）).
    let text = text.replace("n/a (base is zero)", "n/a (base is 0)");
    digits(&text)
        .map(|(before, value, behind)| {
            let behind = behind.trim_start_matches([' ', '\u{a0}', '\n']);
            let scale = match behind.split(|c: char| !c.is_ascii_alphabetic()).next() {
                Some("million") => MILLION,
                Some("billion") => BILLION,
                _ => Decimal::ONE,
            };
            let class = match before.trim_end_matches([' ', '\u{a0}']).ends_with("RMB") {
                true => Class::Money,
                false if behind.starts_with('%') => Class::Percent,
                false => Class::Plain,
            };
            Number::new(value * scale, class)
        })
        .collect()
}

/// The numbers in digits of a text, each with what stands before and behind it. Digits that go on from a letter or a
/// point are part of a name (P2P, G.652).
fn digits(text: &str) -> impl Iterator<Item = (&str, Decimal, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(|c: char| c.is_ascii_digit())?;
            let length = text[start..].find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
            let number = text[start..length.map_or(text.len(), |length| start + length)].trim_end_matches([',', '.']);
            at = start + number.len();
            let (before, behind) = (&text[..start], &text[at..]);
            if !before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '.')
                && let Ok(value) = number.replace(',', "").parse()
            {
                return Some((before, value, behind));
            }
        }
    })
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.class {
            Class::Money => write!(f, "{} yuan", self.value),
            Class::Percent => write!(f, "{}%", self.value),
            Class::Plain => write!(f, "{}", self.value),
        }
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}{} in …{}…", self.line, self.digits, self.unit, self.context)
    }
}
