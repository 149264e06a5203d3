//! Words that the publisher points at: what no check can find, as a sentence that calls a column by the name of another. They
//! are found only where an acceptance names them, and only if they stand there: nothing is accepted that is not in the text.

use std::ops::Range;

use crate::diagnostics::{Claim, Finding, Place, catalogue};
use crate::model::{Disclosure, Lane, Lang, Localized, PartKind, Prose, all_words, find_words, plain_words};

use super::block::{Block, FIGURE, blocks};
use super::{Source, source_of_cell};

/// Finds the words that acceptances of `text/words` name, in the first language that has them.
pub(super) fn find(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    let mut pointed =
        disclosure.accepted.iter().filter(|accepted| accepted.code == catalogue::TEXT_WORDS.code).peekable();
    if pointed.peek().is_none() {
        return;
    }
    let passages = passages(disclosure);
    let texts = Localized { zh: texts(&passages, Lang::Zh), en: texts(&passages, Lang::En) };
    for accepted in pointed {
        let (at, stated, elsewhere) = (&accepted.at, &accepted.stated, &accepted.computed);
        let place = Lang::ALL.into_iter().find_map(|lang| {
            let texts = texts.get(lang);
            let mut own = texts.iter().enumerate().filter(|(_, text)| text.passage.is_called(at));
            let (own, words) = own.find_map(|(index, text)| Some((index, find_words(&text.words, stated)?)))?;
            let in_text = || {
                let mut texts = texts.iter().enumerate();
                texts.any(|(index, text)| says_besides(&text.words, elsewhere, stated, index == own))
            };
            let in_names = || names(disclosure, lang).any(|name| says_besides(name, elsewhere, stated, false));
            (elsewhere.is_empty() || in_text() || in_names()).then(|| texts[own].place(&words, lang))
        });
        let Some(place) = place else { continue };
        let (zh, en) = match elsewhere.as_str() {
            "" => (String::new(), String::new()),
            other => (format!("，另处写“{other}”"), format!(", elsewhere “{other}”")),
        };
        let finding = Finding::new(&catalogue::TEXT_WORDS, place).with("stated", stated);
        let mut finding = finding.with("elsewhere", zh).with("elsewhere-en", en);
        let claim = Claim::of_words(&disclosure.id, at, stated);
        finding.claim = Some(Box::new(Claim { computed: elsewhere.clone(), ..claim }));
        findings.push(finding);
    }
}

/// Whether a text has other words than those stated, and has them not only inside these. In the text that is marked they
/// may not share a word with what is marked either: nothing contradicts itself.
fn says_besides(text: &str, other: &str, stated: &str, marked: bool) -> bool {
    if plain_words(other) == plain_words(stated) {
        return false;
    }
    let stated = all_words(text, stated);
    let overlap = |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
    all_words(text, other).iter().any(|other| {
        let is_part = stated.iter().any(|own| own.start <= other.start && other.end <= own.end);
        let is_marked = marked && overlap(other, &stated[0]);
        !is_part && !is_marked
    })
}

/// Prose, what an acceptance calls its place, and where it was typed.
struct Passage<'a> {
    /// The part; of a cell its form.
    part: &'a str,
    /// The address, of a cell.
    cell: String,
    prose: &'a Localized<Prose>,
    source: Localized<Source>,
}

impl Passage<'_> {
    fn is_called(&self, place: &str) -> bool {
        self.part == place || self.cell == place
    }
}

/// All prose of a report: its parts, the definitions of its terms, and the cells that are text.
fn passages(disclosure: &Disclosure) -> Vec<Passage<'_>> {
    let mut passages = Vec::new();
    for part in &disclosure.parts {
        let own = |prose| {
            let source = part.files.map(|_, file| Source::File(file.clone()));
            Passage { part: &part.slug, cell: String::new(), prose, source }
        };
        match &part.kind {
            PartKind::Narrative(prose) => passages.push(own(prose)),
            PartKind::Glossary => passages.extend(disclosure.glossary.iter().map(|term| own(&term.definition))),
            PartKind::Tables => {}
        }
    }
    let cells = disclosure.texts.iter().filter_map(|(address, prose)| {
        let source = source_of_cell(disclosure, address)?;
        Some(Passage { part: &address.form, cell: address.to_string(), prose, source })
    });
    passages.extend(cells);
    passages
}

/// A paragraph, heading, item or cell as a reader reads it: with its figures in words.
struct Said<'a> {
    passage: &'a Passage<'a>,
    block: Block<'a>,
    words: String,
    /// Where each figure stands in the words, and where in the text of the block.
    figures: Vec<(Range<usize>, usize)>,
}

impl<'a> Said<'a> {
    fn new(passage: &'a Passage<'a>, block: Block<'a>, lang: Lang) -> Self {
        let (mut words, mut figures, mut done) = (String::new(), Vec::new(), 0);
        for (at, computed, _) in &block.figures {
            words.push_str(&block.text[done..*at]);
            let start = words.len();
            words.push_str(&computed.say(lang));
            figures.push((start..words.len(), *at));
            done = at + FIGURE.len();
        }
        words.push_str(&block.text[done..]);
        Said { passage, block, words, figures }
    }

    /// Where words of it were typed.
    fn place(&self, words: &Range<usize>, lang: Lang) -> Place {
        let range = self.in_block(words.start, 0)..self.in_block(words.end, FIGURE.len());
        self.passage.source.get(lang).place(self.block.source(&range))
    }

    /// Where in the text of the block a place in the words is; `within` a figure if it is inside of one.
    fn in_block(&self, at: usize, within: usize) -> usize {
        let Some((figure, start)) = self.figures.iter().rfind(|(figure, _)| figure.start < at) else { return at };
        if at < figure.end { start + within } else { start + FIGURE.len() + (at - figure.end) }
    }
}

/// All that the prose says in one language.
fn texts<'a>(passages: &'a [Passage<'a>], lang: Lang) -> Vec<Said<'a>> {
    let said = |passage: &'a Passage<'a>| {
        blocks(passage.prose.get(lang)).into_iter().map(move |block| Said::new(passage, block, lang))
    };
    passages.iter().flat_map(said).collect()
}

/// The names of rows and columns.
fn names(disclosure: &Disclosure, lang: Lang) -> impl Iterator<Item = &str> {
    disclosure.tables.iter().flat_map(move |table| {
        let columns = table.form.lanes.iter().flat_map(Lane::leaves).map(|leaf| &leaf.column.name);
        let rows = table.lanes.iter().flat_map(|lane| &lane.rows).filter_map(|row| row.name.as_ref());
        columns.chain(rows).map(move |name| name.get(lang).as_str())
    })
}
