//! What a portal knows of each department's words: enough to ask only those that can answer a query.
//!
//! A department hands over hashes, a few kilobytes, and is dropped as before. The portal turns them round: a gram, and
//! the departments that have it, in files by the gram's hash, so that a reader loads one small file for each gram.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::Publishable;
use crate::model::{Artifact, Lang, Localized};

use super::super::disputes::Disputes;
use super::super::theme::Theme;
use super::entries::{Head, Sheet, sheets, term};
use super::grams;

/// The grams of a department in each language, in order.
pub type Vocabulary = Localized<Vec<u32>>;

/// How large a file of the portal's vocabulary may become, roughly, in bytes.
const FILE: usize = 16 * 1024;

/// A department as the portal's search knows it.
#[derive(Debug, Serialize)]
pub(crate) struct Shelf {
    /// Its folder.
    pub(crate) slug: String,
    /// Its name.
    pub(crate) name: String,
    /// Its name in the other language.
    pub(crate) other: String,
    /// Its reports, newest first: `2019/final`.
    pub(crate) reports: Vec<String>,
}

/// The interface words that name pages and headings which a search leads to.
const WORDS: [&str; 11] = [
    "accepted_findings",
    "accepted_intro",
    "approved",
    "checks",
    "checks_all",
    "checks_intro",
    "final_accounts",
    "glossary",
    "other_figures",
    "published",
    "report_text",
];
/// Those of a report with words in doubt.
const DOUBTS: [&str; 2] = ["accepted_doubts", "accepted_doubts_intro"];
/// Those of a report with rounding tails.
const TAILS: [&str; 2] = ["rounding_tails", "rounding_tails_intro"];

/// The grams of all that can be found in a department, and of the words that the theme has for its pages.
pub(crate) fn vocabulary(publishable: &Publishable, theme: &Theme) -> Vocabulary {
    let department = publishable.department();
    let tails = publishable.proofs().iter().flat_map(|proof| &proof.proven).any(|rule| !rule.tails.is_empty());
    let public = || department.disclosures.iter().flat_map(|disclosure| &disclosure.accepted).filter(|it| it.public);
    let (contradicts, doubts) = (public().any(|it| !it.computed.is_empty()), public().any(|it| it.computed.is_empty()));
    let of = |lang: Lang| {
        let mut found = Vec::new();
        grams::collect(department.name.get(lang), &mut found);
        let known = WORDS.iter().filter(|word| contradicts || !word.starts_with("accepted"));
        let known = known.chain(DOUBTS.iter().filter(|_| doubts));
        for word in known.chain(TAILS.iter().filter(|_| tails)) {
            theme.words(lang).get(*word).into_iter().for_each(|text| grams::collect(text, &mut found));
        }
        for disclosure in &department.disclosures {
            grams::collect(&disclosure.id.year.to_string(), &mut found);
            for sheet in sheets(disclosure, lang, &Disputes::default()) {
                of_sheet(&sheet, &mut found);
            }
            for accepted in disclosure.accepted.iter().filter(|accepted| accepted.public) {
                let texts = [accepted.reason.get(lang), &accepted.stated, &accepted.computed];
                for text in texts {
                    grams::collect(text, &mut found);
                }
            }
            let dates = [&disclosure.approved, &disclosure.published];
            dates.into_iter().flatten().for_each(|date| grams::collect(date, &mut found));
            for entry in disclosure.glossary.iter().map(|known| term(known, lang, &Disputes::default())) {
                entry
                    .others
                    .iter()
                    .chain(&entry.texts)
                    .chain([&entry.name])
                    .for_each(|t| grams::collect(t, &mut found));
            }
        }
        found.sort_unstable();
        found.dedup();
        // A summary outlives its department: it keeps no room for what was found twice.
        found.shrink_to_fit();
        found
    };
    Localized { zh: of(Lang::Zh), en: of(Lang::En) }
}

fn of_sheet(sheet: &Sheet<'_>, found: &mut Vec<u32>) {
    for title in sheet.title.iter().flat_map(|title| [&title.zh, &title.en]) {
        grams::collect(title, found);
    }
    for Head(_, name, ..) in sheet.heads.iter().flatten() {
        grams::collect(name, found);
    }
    for entry in &sheet.entries {
        let texts = entry.others.iter().chain(&entry.texts).chain([&entry.code, &entry.name]);
        texts.for_each(|text| grams::collect(text, found));
        for (value, head) in entry.values.iter().zip(sheet.heads.get(entry.heads).into_iter().flatten()) {
            let Some(value) = value else { continue };
            grams::collect(value, found);
            grams::moved(value, head.3, found);
        }
    }
}

/// Which departments have a gram.
#[derive(Serialize)]
#[serde(untagged)]
enum Holders {
    /// `0`: all of them, as most grams of forms and names.
    All(u8),
    /// By their place in the list of departments.
    Some(Vec<usize>),
}

#[derive(Serialize)]
struct Portal<'a> {
    /// How many files the vocabulary has: the gram's hash modulo this number is the file.
    files: u32,
    departments: &'a [Shelf],
}

/// The files of a portal's search in one language: `{stem}.json` with the departments, `{stem}-{n}.json` with grams.
pub(crate) fn files(stem: &str, shelves: &[Shelf], vocabularies: &[&[u32]]) -> Vec<Artifact> {
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (department, grams) in vocabularies.iter().enumerate() {
        for &gram in *grams {
            holders.entry(gram).or_default().push(department);
        }
    }
    let bytes: usize =
        holders.values().map(|who| if who.len() == shelves.len() { 13 } else { 13 + 4 * who.len() }).sum();
    let count = u32::try_from(bytes.div_ceil(FILE).next_power_of_two()).unwrap_or(u32::MAX / 2 + 1);
    let mut files: BTreeMap<u32, BTreeMap<String, Holders>> = (0..count).map(|file| (file, BTreeMap::new())).collect();
    for (gram, who) in holders {
        let who = if who.len() == shelves.len() { Holders::All(0) } else { Holders::Some(who) };
        files.entry(gram % count).or_default().insert(format!("{gram:08x}"), who);
    }
    let portal = Portal { files: count, departments: shelves };
    let mut artifacts = vec![artifact(format!("{stem}.json"), &portal)];
    artifacts.extend(files.into_iter().map(|(file, grams)| artifact(format!("{stem}-{file}.json"), &grams)));
    artifacts
}

/// What readers type, each with the terms that answer it.
pub(crate) fn everyday(terms: &[(String, Vec<String>)], lang: Lang) -> Artifact {
    let mut words: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (term, said) in terms {
        for word in said {
            let known = words.entry(word).or_default();
            if !known.contains(&term.as_str()) {
                known.push(term);
            }
        }
    }
    artifact(format!("assets/search/words-{}.json", lang.code()), &words)
}

/// A value as a file. What is serialised here are texts and numbers: there is nothing that could fail.
pub(crate) fn artifact(path: String, value: &impl Serialize) -> Artifact {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    Artifact { path, bytes }
}
