//! Names of classification codes in Chinese and English, by year where a code was renamed.

use std::collections::{BTreeMap, HashSet};

use crate::model::{Classification, Text};

/// The functional and economic classifications, extended by a site's own `content/terms.yaml`.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    functional: BTreeMap<String, Vec<Entry>>,
    economic: BTreeMap<String, Vec<Entry>>,
}

/// A name and the years in which it holds.
#[derive(Clone, Debug)]
struct Entry {
    name: Text,
    from: u16,
    to: u16,
}

impl Dictionary {
    /// The built-in names, from the two tables that travel in the binary.
    pub fn built_in() -> Self {
        Dictionary {
            functional: read(include_str!("dictionary/functional.tsv")),
            economic: read(include_str!("dictionary/economic.tsv")),
        }
    }

    /// The name of a code in a year.
    pub fn name(&self, classification: Classification, code: &str, year: u16) -> Option<&Text> {
        let entries = self.of(classification).get(code)?;
        entries.iter().find(|entry| (entry.from..=entry.to).contains(&year)).map(|entry| &entry.name)
    }

    /// All codes with a name in a year, in the order of codes.
    pub fn codes(&self, classification: Classification, year: u16) -> impl Iterator<Item = (&str, &Text)> {
        self.of(classification)
            .keys()
            .filter_map(move |code| Some((code.as_str(), self.name(classification, code, year)?)))
    }

    /// The Chinese names that no code has in a year, and one has in another.
    pub fn former(&self, classification: Classification, year: u16) -> impl Iterator<Item = &String> {
        let now: HashSet<&str> = self.codes(classification, year).map(|(_, name)| name.zh.as_str()).collect();
        let all = self.of(classification).values().flatten().map(|entry| &entry.name.zh);
        all.filter(move |name| !now.contains(name.as_str()))
    }

    /// A site's own name for a code: it goes before the built-in one, in every year.
    pub fn add(&mut self, classification: Classification, code: String, name: Text) {
        let names = match classification {
            Classification::Functional => &mut self.functional,
            Classification::Economic => &mut self.economic,
        };
        names.entry(code).or_default().insert(0, Entry { name, from: 0, to: u16::MAX });
    }

    fn of(&self, classification: Classification) -> &BTreeMap<String, Vec<Entry>> {
        match classification {
            Classification::Functional => &self.functional,
            Classification::Economic => &self.economic,
        }
    }
}

/// Reads `code zh en from to`; a test holds the two files to that shape.
fn read(table: &str) -> BTreeMap<String, Vec<Entry>> {
    let mut names: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(code), Some(zh), Some(en)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let mut year = |open| fields.next().and_then(|field| field.parse().ok()).unwrap_or(open);
        let (from, to) = (year(0), year(u16::MAX));
        names.entry(code.to_owned()).or_default().push(Entry { name: Text::new(zh, en), from, to });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_whole() {
        for table in [include_str!("dictionary/functional.tsv"), include_str!("dictionary/economic.tsv")] {
            assert_eq!(table.lines().next(), Some("code\tzh\ten\tfrom\tto"));
            for line in table.lines().skip(1) {
                let fields: Vec<&str> = line.split('\t').collect();
                assert_eq!(fields.len(), 5, "{line}");
                assert!(
                    fields[0].bytes().all(|b| b.is_ascii_digit()) && matches!(fields[0].len(), 3 | 5 | 7),
                    "{line}"
                );
                assert!(!fields[1].is_empty() && fields[2].is_ascii() && !fields[2].is_empty(), "{line}");
                for year in &fields[3..] {
                    assert!(year.is_empty() || year.parse::<u16>().is_ok(), "{line}");
                }
            }
        }
    }

    #[test]
    fn no_code_has_two_names_in_one_year() {
        let dictionary = Dictionary::built_in();
        for names in [&dictionary.functional, &dictionary.economic] {
            for (code, entries) in names {
                for year in 2010..2030 {
                    let held = entries.iter().filter(|entry| (entry.from..=entry.to).contains(&year)).count();
                    assert!(held <= 1, "{code} has {held} names in {year}");
                }
            }
        }
    }

    #[test]
    fn a_renamed_code_is_named_by_year() {
        let dictionary = Dictionary::built_in();
        let name = |year| dictionary.name(Classification::Functional, "20805", year).map(|name| name.zh.as_str());
        assert_eq!(name(2019), Some("行政事业单位离退休"));
        assert_eq!(name(2020), Some("行政事业单位养老支出"));
        let former =
            |year| dictionary.former(Classification::Functional, year).any(|name| name == "行政事业单位离退休");
        assert!(former(2020) && !former(2019));
    }
}
