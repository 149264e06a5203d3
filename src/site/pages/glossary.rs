//! The glossary: the terms of all years, by pinyin in Chinese and by alphabet in English.

use std::collections::BTreeMap;

use pinyin::ToPinyin;
use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Artifact, GlossaryTerm, Lang};

use super::super::prose::{self, Headings};
use super::super::routes::{Page, relative};
use super::{Book, Frame, Link, Uses};

#[derive(Serialize)]
struct Letter {
    letter: String,
    terms: Vec<TermData>,
}

#[derive(Serialize)]
struct TermData {
    id: String,
    name: String,
    aliases: Vec<String>,
    other: String,
    html: String,
    nested: Vec<TermData>,
    pages: Vec<Link>,
    year: String,
}

/// A term in its newest definition, with the terms below it. Reports are counted from the oldest.
pub(super) struct Placed<'a> {
    pub(super) report: usize,
    pub(super) term: &'a GlossaryTerm,
    pub(super) nested: Vec<(usize, &'a GlossaryTerm)>,
}

impl<'a> Book<'a> {
    pub(super) fn glossary(&'a self, uses: &Uses) -> Result<Artifact, Finding> {
        let glossaries = self.department.disclosures.iter().map(|disclosure| disclosure.glossary.as_slice());
        let years = self.years_of().len();
        let mut letters: BTreeMap<String, Vec<(String, TermData)>> = BTreeMap::new();
        for Placed { report, term, nested } in place(glossaries) {
            let mut data = self.term(report, term, uses, years)?;
            for (of, child) in nested {
                // A nested term says its year only where that is not its parent's.
                data.nested.push(self.term(of, child, uses, if of == report { 1 } else { years })?);
            }
            let key = self.sort_key(&data.name);
            let letter = key
                .chars()
                .find(char::is_ascii_alphabetic)
                .map_or_else(|| "#".to_owned(), |c| c.to_ascii_uppercase().to_string());
            letters.entry(letter).or_default().push((key, data));
        }
        let letters: Vec<Letter> = letters
            .into_iter()
            .map(|(letter, mut terms)| {
                terms.sort_by(|a, b| a.0.cmp(&b.0));
                Letter { letter, terms: terms.into_iter().map(|(_, term)| term).collect() }
            })
            .collect();
        let title = self.word("glossary")?.to_owned();
        let mut context = Context::new();
        context.insert("letters", &letters);
        let description = self.about_department("glossary_description")?;
        let frame = Frame {
            kind: "glossary",
            template: "glossary.html",
            title,
            description,
            page: Page::Glossary,
            crumbs: Vec::new(),
        };
        self.render(&frame, context)
    }

    fn term(&'a self, index: usize, term: &'a GlossaryTerm, uses: &Uses, years: usize) -> Result<TermData, Finding> {
        let scope = self.scope(index, Page::Glossary);
        // A definition does not link to itself.
        scope.linked.borrow_mut().insert(term.id.clone());
        let names = term.names.get(self.lang);
        let mut pages: Vec<Link> = Vec::new();
        for mention in uses.terms.get(&term.id).into_iter().flatten() {
            let href = relative(&scope.path, &mention.path);
            if pages.iter().all(|page| page.href != href) {
                pages.push(Link::new(&mention.title, href));
            }
        }
        Ok(TermData {
            id: term.id.clone(),
            name: names[0].clone(),
            aliases: names[1..].to_vec(),
            other: if self.lang == Lang::En { term.names.zh[0].clone() } else { term.names.en[0].clone() },
            html: prose::html(&term.definition.get(self.lang).pieces, &scope, Headings::Typed)?,
            nested: Vec::new(),
            pages,
            year: if years > 1 { scope.disclosure.id.year.to_string() } else { String::new() },
        })
    }

    /// Chinese by pinyin with tones, English by letters; quotation marks do not count.
    fn sort_key(&self, name: &str) -> String {
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        match self.lang {
            Lang::En => letters.flat_map(char::to_lowercase).collect(),
            Lang::Zh => letters
                .map(|c| {
                    c.to_pinyin().map_or_else(|| c.to_string(), |pinyin| format!("{} ", pinyin.with_tone_num_end()))
                })
                .collect(),
        }
    }
}

/// The newest definition of every term that any report has, by id. Each has one place, that of the newest report:
/// below its parent, the newest report's terms first, or on its own, if its parent is no longer a term by itself.
pub(super) fn place<'a>(glossaries: impl Iterator<Item = &'a [GlossaryTerm]>) -> Vec<Placed<'a>> {
    let mut own: BTreeMap<&str, Placed<'a>> = BTreeMap::new();
    let mut below: Vec<(usize, &str, &GlossaryTerm)> = Vec::new();
    for (report, glossary) in glossaries.enumerate() {
        let mut parent = None;
        for term in glossary {
            below.retain(|(_, _, other)| other.id != term.id);
            match parent {
                Some(parent) if term.level > 1 => {
                    own.remove(term.id.as_str());
                    below.push((report, parent, term));
                }
                _ => {
                    parent = Some(term.id.as_str());
                    own.insert(&term.id, Placed { report, term, nested: Vec::new() });
                }
            }
        }
    }
    below.sort_by_key(|(report, ..)| std::cmp::Reverse(*report));
    let orphans: Vec<_> = below.extract_if(.., |(_, parent, _)| !own.contains_key(parent)).collect();
    for (report, parent, term) in below {
        if let Some(placed) = own.get_mut(parent) {
            placed.nested.push((report, term));
        }
    }
    for (report, _, term) in orphans {
        own.insert(&term.id, Placed { report, term, nested: Vec::new() });
    }
    own.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Localized, Prose};

    fn glossary(terms: &[(&str, u8)]) -> Vec<GlossaryTerm> {
        let term = |(id, level): &(&str, u8)| GlossaryTerm {
            id: (*id).to_owned(),
            level: *level,
            names: Localized::default(),
            definition: Localized { zh: Prose { pieces: Vec::new() }, en: Prose { pieces: Vec::new() } },
        };
        terms.iter().map(term).collect()
    }

    /// `parent@report: child@report …` of each term.
    fn placed(glossaries: &[Vec<GlossaryTerm>]) -> Vec<String> {
        let said = |Placed { report, term, nested }: Placed<'_>| {
            let nested: Vec<String> = nested.iter().map(|(of, child)| format!(" {}@{of}", child.id)).collect();
            format!("{}@{report}:{}", term.id, nested.concat())
        };
        place(glossaries.iter().map(Vec::as_slice)).into_iter().map(said).collect()
    }

    #[test]
    fn a_term_that_only_an_older_year_nests_stays_below_its_parent() {
        let older = glossary(&[("official", 1), ("cars", 2), ("travel", 2), ("revenue", 1)]);
        let newer = glossary(&[("official", 1), ("travel", 2), ("meals", 2)]);
        assert_eq!(placed(&[older, newer]), ["official@1: travel@1 meals@1 cars@0", "revenue@0:"]);
    }

    #[test]
    fn a_term_moves_to_where_the_newest_year_has_it() {
        let older = glossary(&[("official", 1), ("cars", 2), ("travel", 1), ("rail", 2)]);
        let newer = glossary(&[("cars", 1), ("official", 1), ("travel", 2)]);
        assert_eq!(placed(&[older, newer]), ["cars@1:", "official@1: travel@1", "rail@0:"]);
    }
}
