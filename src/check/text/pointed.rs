//! Words that the publisher points at: what no check can find, as a sentence that calls a column by the name of another. They
//! are found only where an acceptance names them, and only if they stand there: nothing is accepted that is not in the text.

use crate::diagnostics::{Claim, Finding, Place, catalogue};
use crate::model::{Disclosure, Lane, Lang, PartKind, find_words};

use super::block::blocks;

/// Finds the words that acceptances of `text/words` name, each once a language.
pub(super) fn find(disclosure: &Disclosure, findings: &mut Vec<Finding>) {
    let pointed = disclosure.accepted.iter().filter(|accepted| accepted.code == catalogue::TEXT_WORDS.code);
    for accepted in pointed {
        let place = Lang::ALL.into_iter().find_map(|lang| {
            let elsewhere = accepted.computed.is_empty() || says(disclosure, &accepted.computed, lang);
            place(disclosure, &accepted.at, &accepted.stated, lang).filter(|_| elsewhere)
        });
        let Some(place) = place else { continue };
        let (zh, en) = match accepted.computed.as_str() {
            "" => (String::new(), String::new()),
            other => (format!("，另处写“{other}”"), format!(", elsewhere “{other}”")),
        };
        let finding = Finding::new(&catalogue::TEXT_WORDS, place).with("stated", &accepted.stated);
        let mut finding = finding.with("elsewhere", zh).with("elsewhere-en", en);
        let claim = Claim::of_words(&disclosure.id, &accepted.at, &accepted.stated);
        finding.claim = Some(Box::new(Claim { computed: accepted.computed.clone(), ..claim }));
        findings.push(finding);
    }
}

/// Where a part has words.
fn place(disclosure: &Disclosure, part: &str, words: &str, lang: Lang) -> Option<Place> {
    let part = disclosure.parts.iter().find(|known| known.slug == part)?;
    let PartKind::Narrative(prose) = &part.kind else { return None };
    blocks(prose.get(lang)).iter().find_map(|block| {
        let at = find_words(&block.text, words)?;
        Some(Place::Text(part.files.get(lang).clone(), block.source(&at)))
    })
}

/// Whether the report says something: in its text, or in the name of a row or a column.
fn says(disclosure: &Disclosure, words: &str, lang: Lang) -> bool {
    let text = disclosure.parts.iter().any(|part| place(disclosure, &part.slug, words, lang).is_some());
    text || disclosure.tables.iter().any(|table| {
        let columns = table.form.lanes.iter().flat_map(Lane::leaves).map(|leaf| &leaf.column.name);
        let rows = table.lanes.iter().flat_map(|lane| &lane.rows).filter_map(|row| row.name.as_ref());
        columns.chain(rows).any(|name| find_words(name.get(lang), words).is_some())
    })
}
