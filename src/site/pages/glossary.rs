//! The glossary: the terms of all years, by pinyin in Chinese and by alphabet in English.

use std::collections::BTreeMap;

use pinyin::ToPinyin;
use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Artifact, GlossaryTerm, Lang};

use super::super::prose;
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

impl<'a> Book<'a> {
    pub(super) fn glossary(&'a self, uses: &Uses) -> Result<Artifact, Finding> {
        // The newest definition of each term, with the terms nested in it.
        let mut terms: BTreeMap<&str, (usize, &GlossaryTerm, Vec<&GlossaryTerm>)> = BTreeMap::new();
        for (index, disclosure) in self.department.disclosures.iter().enumerate() {
            let mut parent: Option<&str> = None;
            for term in &disclosure.glossary {
                match parent.and_then(|parent| terms.get_mut(parent)) {
                    Some((_, _, nested)) if term.level > 1 => nested.push(term),
                    _ => {
                        parent = Some(&term.id);
                        terms.insert(&term.id, (index, term, Vec::new()));
                    }
                }
            }
        }
        let years = self.years_of().len();
        let mut letters: BTreeMap<String, Vec<(String, TermData)>> = BTreeMap::new();
        for (index, term, nested) in terms.into_values() {
            let mut data = self.term(index, term, uses, years)?;
            for child in nested {
                data.nested.push(self.term(index, child, uses, 1)?);
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
        let name = self.department.name.get(self.lang);
        let description = match self.lang {
            Lang::Zh => format!("{name}部门决算的名词解释"),
            Lang::En => format!("The terms of the final accounts of the {name}, explained."),
        };
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
            html: prose::html(term.definition.get(self.lang), &scope, None)?,
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
