//! Glossary terms in prose: the longest known name wins, and only a glossary term becomes a link.
//!
//! 国有资本经营收入 holds the letters of 经营收入 and means something else, so the names of all rows and columns
//! are known here too: they are passed over as a whole.

use std::collections::BTreeMap;

use crate::model::{Disclosure, Lang};

/// The names that prose is searched for, in one language.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// By first character, in lower case; longest first.
    by_first: BTreeMap<char, Vec<Name>>,
    lang: Option<Lang>,
}

#[derive(Debug)]
struct Name {
    text: String,
    /// The glossary term, or nothing for a name that is only passed over.
    term: Option<String>,
}

/// A name found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hit<'a> {
    /// Where it begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// The glossary term.
    pub(crate) term: &'a str,
}

impl Names {
    /// The names of a report's glossary, and those of its forms that must not be taken for them.
    pub(crate) fn of(disclosure: &Disclosure, lang: Lang) -> Self {
        let mut names = Names { by_first: BTreeMap::new(), lang: Some(lang) };
        for term in &disclosure.glossary {
            for name in term.names.get(lang) {
                names.add(name, Some(&term.id));
                // “三公”经费 is written with and without its quotation marks' spaces, in either width.
                let bare: String = name.chars().filter(|c| !matches!(c, '“' | '”' | '"')).collect();
                if bare != *name {
                    names.add(&bare, Some(&term.id));
                }
            }
        }
        for table in &disclosure.tables {
            for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
                for name in lane.leaves().iter().map(|leaf| &leaf.column.name) {
                    names.add(name.get(lang), None);
                }
                for name in rows.rows.iter().filter_map(|row| row.name.as_ref()) {
                    let name = name.get(lang);
                    names.add(name.split_once('、').map_or(name.as_str(), |(_, bare)| bare), None);
                }
            }
        }
        for list in names.by_first.values_mut() {
            list.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then(b.term.is_some().cmp(&a.term.is_some())));
        }
        names
    }

    fn add(&mut self, name: &str, term: Option<&str>) {
        let text = name.trim().to_lowercase();
        // A name of one or two Latin words could be any words; Chinese names begin to mean something at three characters.
        if let Some(first) = text.chars().next()
            && text.chars().count() > 2
        {
            self.by_first.entry(first).or_default().push(Name { text, term: term.map(str::to_owned) });
        }
    }

    /// The glossary terms in a text, in order, none inside another name.
    pub(crate) fn find(&self, text: &str) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        let mut at = 0;
        let mut last = None;
        while let Some(c) = text[at..].chars().next() {
            let begins_word = self.lang != Some(Lang::En) || !last.is_some_and(char::is_alphanumeric);
            let name = if begins_word { self.at(&text[at..], c) } else { None };
            if let Some((name, length)) = name {
                if let Some(term) = &name.term {
                    hits.push(Hit { start: at, end: at + length, term });
                }
                last = text[..at + length].chars().next_back();
                at += length;
            } else {
                last = Some(c);
                at += c.len_utf8();
            }
        }
        hits
    }

    fn at(&self, rest: &str, first: char) -> Option<(&Name, usize)> {
        self.by_first.get(&lower_case(first))?.iter().find_map(|name| {
            let length = prefix(rest, &name.text)?;
            let ends_word = self.lang != Some(Lang::En) || !rest[length..].starts_with(char::is_alphanumeric);
            ends_word.then_some((name, length))
        })
    }
}

/// How many bytes of `text` are `lower`, whatever the case of Latin letters.
fn prefix(text: &str, lower: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    for wanted in lower.chars() {
        let (_, c) = characters.next()?;
        if lower_case(c) != wanted {
            return None;
        }
    }
    Some(characters.next().map_or(text.len(), |(at, _)| at))
}

/// The lower case of a letter. Chinese has none, and is most of what is asked for.
fn lower_case(c: char) -> char {
    match c {
        '\u{2e80}'..='\u{9fff}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(lang: Lang, known: &[(&str, Option<&str>)]) -> Names {
        let mut names = Names { by_first: BTreeMap::new(), lang: Some(lang) };
        for (name, term) in known {
            names.add(name, *term);
        }
        for list in names.by_first.values_mut() {
            list.sort_by_key(|name| std::cmp::Reverse(name.text.len()));
        }
        names
    }

    #[test]
    fn a_longer_name_is_not_the_term_inside_it() {
        let names = names(Lang::Zh, &[("经营收入", Some("business")), ("国有资本经营收入", None)]);
        assert!(names.find("其中国有资本经营收入为零").is_empty());
        let hits = names.find("经营收入为零");
        assert_eq!((hits[0].term, hits[0].end), ("business", "经营收入".len()));
    }

    #[test]
    fn english_terms_are_whole_words_in_either_case() {
        let names = names(Lang::En, &[("Basic expenditure", Some("basic"))]);
        assert_eq!(names.find("The basic expenditure rose").len(), 1);
        assert!(names.find("basic expenditures").is_empty());
        assert!(names.find("nonbasic expenditure").is_empty());
    }
}
