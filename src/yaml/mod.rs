//! YAML in, values out, and every mistake of a file in one run.
//!
//! A file that is in order is read by `serde_yaml` and costs nothing more. A file that is not is walked again by an
//! event parser into a tree that knows where everything stands; syntax errors are named and stepped over, then the
//! type is read from the tree again and again, each time behind the mistakes that are known already.
//!
//! That second way also keeps the text of every scalar. A type that must not see `0.00` as a number refuses numbers
//! in its visitor, and is then given texts, silently.
//!
//! Words for other languages: a visitor's `expecting`, and a message for `Error::custom`, may be written
//! `中文 | English`; the finding then says each in its language.

mod brackets;
mod de;
mod error;
mod lines;
mod locate;
mod mend;
mod numbers;
mod offsets;
mod scan;
mod shape;
mod stub;
mod syntax;
mod tree;
mod values;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::diagnostics::{DataPath, Finding, Found, Place, catalogue};

use shape::{MOST, Shaper};

pub(crate) use locate::locator;
pub(crate) use values::{Pairs, Scalar};

/// The text of a stand-in for a value whose mistake is already reported.
pub(crate) const STAND_IN: &str = "\u{fffd}";
/// How deep a file may nest.
const MAX_DEPTH: usize = 64;
/// How many bytes may be parsed in all while stepping over syntax errors.
const EFFORT: usize = 100_000_000;

/// Reads a file's text as a `T`. Either there is a value, or there are findings that say why not.
pub(crate) fn read<T: DeserializeOwned>(file: &str, text: &str) -> Found<Option<T>> {
    let Found { value, findings } = read_through(file, text);
    Found { value: value.filter(|_| findings.is_empty()), findings }
}

/// Reads a file's text as a `T`, mistakes and all: where a finding is, the value holds a stand-in (an empty text,
/// nothing). Good for nothing but to look for more mistakes.
pub(crate) fn read_through<T: DeserializeOwned>(file: &str, text: &str) -> Found<Option<T>> {
    // libyaml takes a byte order mark in a string for the end of a document.
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - body.len();
    let scan = scan::scan(body, body.len(), MAX_DEPTH);
    if let Some(at) = scan.too_deep {
        // A bracket that is never closed on each of many lines is not nesting.
        if scan.open.first().is_some_and(|&first| lines::Line::at(body, first).entry_end(body) < at) {
            return again(file, body, skipped, None);
        }
        let finding = shape::finding(&catalogue::YAML_TOO_DEEP, file, at..at + 1, skipped).with("limit", MAX_DEPTH);
        return Found { value: None, findings: vec![finding] };
    }
    match serde_yaml::from_str(body) {
        Ok(value) => Found { value: Some(value), findings: Vec::new() },
        Err(error) => again(file, body, skipped, Some(&error)),
    }
}

/// Of what was found in the values of a file that was read through, that which is a mistake of its own: `shape` is what
/// reading found, and where that is, or where nothing is typed, a stand-in was read.
pub(crate) fn standing(own: Vec<Finding>, shape: &[Finding], text: &str) -> Vec<Finding> {
    if own.is_empty() || shape.is_empty() {
        return own;
    }
    let locate = locator(text);
    let at_fault = |at: &Range<usize>| {
        shape.iter().any(|finding| match &finding.place {
            Place::Text(_, range) => range.start < at.end && at.start < range.end,
            Place::File(_) | Place::Data(..) => false,
        })
    };
    let stands = |finding: &Finding| match &finding.place {
        Place::Data(_, path) => {
            // What is not there is located by what it would be in.
            let above = DataPath { steps: path.steps[..path.steps.len().saturating_sub(1)].to_vec(), key: false };
            locate(path).is_some_and(|at| !at_fault(&at) && locate(&above) != Some(at))
        }
        Place::File(_) | Place::Text(..) => true,
    };
    own.into_iter().filter(stands).collect()
}

/// Reads a text that `serde_yaml` refused, or that was kept from it.
fn again<T: DeserializeOwned>(
    file: &str,
    body: &str,
    skipped: usize,
    error: Option<&serde_yaml::Error>,
) -> Found<Option<T>> {
    let mut findings = Vec::new();
    let mut damage = Vec::new();
    let text = readable(file, body, skipped, &mut findings, &mut damage);
    let (tree, trouble) = tree::build(&text);
    let mut shaper = Shaper { file, text: &text, skipped, tree, damage: &damage, findings };
    let value = if trouble.is_none() { shaper.read::<T>() } else { None };
    let mut findings = shaper.findings;
    if value.is_none() && findings.is_empty() {
        findings.push(unexplained(file, body, skipped, error));
    }
    findings.sort_by_key(|finding| match &finding.place {
        Place::Text(_, range) => range.start,
        Place::File(_) | Place::Data(..) => 0,
    });
    findings.truncate(MOST);
    Found { value, findings }
}

/// The text with all syntax errors reported and taken out, byte by byte in place, if that can be done.
fn readable(
    file: &str,
    body: &str,
    skipped: usize,
    findings: &mut Vec<Finding>,
    damage: &mut Vec<Range<usize>>,
) -> String {
    let mut text = body.to_owned();
    // libyaml refuses these, the event parser would let them through to the pages.
    for (at, character) in body.char_indices().filter(|(_, character)| is_control(*character)).take(MOST) {
        let range = at..at + character.len_utf8();
        let code = format!("U+{:04X}", character as u32);
        let words =
            words::Both::new(format!("不可见的控制字符 {code}"), format!("an invisible control character, {code}"));
        findings.push(shape::syntax(file, range.clone(), skipped, words));
        mend::Edit::Space.apply(&mut text, &range);
    }
    let mut effort = 0;
    while findings.len() < MOST && effort < EFFORT {
        let Some(trouble) = tree::build(&text).1 else { break };
        let mend = syntax::mend(&text, &trouble);
        if let Some((range, words)) = mend.report {
            findings.push(shape::syntax(file, range, skipped, words));
        }
        let before = text.clone();
        for (range, edit) in mend.edits {
            edit.apply(&mut text, &range);
            if edit.loses() {
                damage.push(range);
            }
        }
        if text == before {
            break;
        }
        effort += text.len();
    }
    text
}

/// What YAML does not allow in a file: control characters, and a byte order mark that is not at the start.
fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}'
        | '\u{86}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// The parser's own words, for a mistake that only `serde_yaml` sees.
fn unexplained(file: &str, body: &str, skipped: usize, error: Option<&serde_yaml::Error>) -> Finding {
    let at = error.and_then(serde_yaml::Error::location).map_or(0, |location| location.index()).min(body.len());
    let at = (0..=at).rev().find(|&at| body.is_char_boundary(at)).unwrap_or_default();
    let message = error.map(ToString::to_string).unwrap_or_default();
    shape::syntax(file, at..at, skipped, words::Both::new(format!("无法理解（{message}）"), message))
}
