//! Both languages state the same figures, part by part: by what they derive from, or by value where they are typed.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::block::Block;
use super::read::{Kind, tokens};

/// A figure that one language has and the other lacks.
#[derive(Debug)]
pub(super) struct Missing {
    /// As it is written: an address or derivation, or the literal.
    pub(super) figure: String,
    /// What it derives from, and what the document states for it; a literal is itself.
    pub(super) expression: String,
    pub(super) stated: Option<String>,
    /// Where it stands in the language that has it.
    pub(super) place: Range<usize>,
    /// The heading above it.
    pub(super) section: Option<String>,
}

/// A figure of one language: what makes two of them the same, and its value for one that is typed in the other.
struct Said {
    key: String,
    value: Option<(bool, Decimal)>,
    missing: Missing,
}

/// What the second text lacks of the first, and what the first lacks of the second.
pub(super) fn compare(first: &[Block<'_>], second: &[Block<'_>]) -> (Vec<Missing>, Vec<Missing>) {
    let (mut first, mut second) = (said(first), said(second));
    cancel(&mut first, &mut second, |said| Some(said.key.clone()));
    // One language may type what the other refers to by address.
    cancel(&mut first, &mut second, |said| said.value);
    let missing = |all: Vec<Said>| all.into_iter().map(|said| said.missing).collect();
    (missing(first), missing(second))
}

/// Takes away, one against one, what has the same key on both sides.
fn cancel<K: Ord>(first: &mut Vec<Said>, second: &mut Vec<Said>, key: impl Fn(&Said) -> Option<K>) {
    let mut there: BTreeMap<K, usize> = BTreeMap::new();
    for key in second.iter().filter_map(&key) {
        *there.entry(key).or_default() += 1;
    }
    let mut gone: BTreeMap<K, usize> = BTreeMap::new();
    first.retain(|said| {
        let Some(key) = key(said) else { return true };
        let Some(left) = there.get_mut(&key).filter(|left| **left > 0) else { return true };
        *left -= 1;
        *gone.entry(key).or_default() += 1;
        false
    });
    second.retain(|said| {
        let Some(left) = key(said).and_then(|key| gone.get_mut(&key).filter(|left| **left > 0)) else { return true };
        *left -= 1;
        false
    });
}

fn said(blocks: &[Block<'_>]) -> Vec<Said> {
    let mut all = Vec::new();
    for block in blocks {
        let section = block.section.as_ref().map(|(id, _)| id.clone());
        let tokens = tokens(block);
        let value = |at: usize| {
            let token = tokens.iter().find(|token| token.at.start == at)?;
            Some((token.kind == Kind::Money, token.value().abs().normalize()))
        };
        for (at, computed, place) in &block.figures {
            let stated = computed.derivation.stated.map_or_else(String::new, |stated| format!(" stated={stated}"));
            let expression = computed.derivation.expression.to_string();
            let key = format!("{expression}{stated}");
            let missing = Missing {
                figure: format!("{{{key}}}"),
                expression,
                stated: computed.derivation.stated.map(|stated| stated.to_string()),
                place: place.clone(),
                section: section.clone(),
            };
            all.push(Said { key, value: value(*at), missing });
        }
        // What is about right only is often said for one kind of reader: RMB 27.95 million for 2795.08 万元.
        for token in tokens.iter().filter(|token| token.is_literal() && !token.about) {
            let value = (token.kind == Kind::Money, token.value().abs().normalize());
            let literal = block.text[token.at.clone()].trim().to_owned();
            let missing = Missing {
                figure: literal.clone(),
                expression: literal,
                stated: None,
                place: block.source(&token.at),
                section: section.clone(),
            };
            all.push(Said { key: format!("{}={}", value.0, value.1), value: Some(value), missing });
        }
    }
    all
}
