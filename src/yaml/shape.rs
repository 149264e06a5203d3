//! All mistakes in the shape of a file, one after the other: unknown, missing and repeated keys, wrong types.
//!
//! serde stops at the first. Its mistake is reported, the node is taken away or replaced by a stand-in, and the tree
//! is read again, until it reads to its end.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::diagnostics::{Entry, Finding, Place, catalogue};

use super::de;
use super::error::{Error, Kind as Mistake, Wanted};
use super::lines::{self, Colon, Line};
use super::stub::Stub;
use super::syntax::colon_words;
use super::tree::{Kind, Style, Tree};
use super::words::{self, Both};

/// How many findings one file may have; whoever has more begins at the top anyway.
pub(super) const MOST: usize = 100;
/// How many nodes may be read, over all attempts: bounds the time for a large file with many mistakes.
const EFFORT: usize = 8_000_000;

/// A file on its way from a tree to a value.
pub(super) struct Shaper<'a, 't> {
    pub(super) file: &'a str,
    /// The text, without a byte order mark.
    pub(super) text: &'t str,
    /// The bytes before it.
    pub(super) skipped: usize,
    pub(super) tree: Tree<'t>,
    /// What was taken out of the text because it could not be read.
    pub(super) damage: &'a [Range<usize>],
    pub(super) findings: Vec<Finding>,
}

/// A finding of the YAML family at bytes of a text.
pub(super) fn finding(entry: &'static Entry, file: &str, range: Range<usize>, skipped: usize) -> Finding {
    Finding::new(entry, Place::Text(file.to_owned(), range.start + skipped..range.end + skipped))
}

/// A finding of bad syntax.
pub(super) fn syntax(file: &str, range: Range<usize>, skipped: usize, words: Both) -> Finding {
    finding(&catalogue::YAML_SYNTAX, file, range, skipped).with("detail", words.zh).with("detail-en", words.en)
}

impl Shaper<'_, '_> {
    /// Reads the value, or finds all that stands in its way.
    pub(super) fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        self.duplicates();
        let mut effort = 0;
        let mut explain = false;
        loop {
            let error = match de::read::<T>(&self.tree, explain) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            effort += self.tree.len();
            if self.findings.len() >= MOST || effort > EFFORT.max(10 * self.tree.len()) {
                return None;
            }
            // Only now is it worth describing what was wanted.
            if explain {
                self.mistake(&error)?;
            }
            explain = true;
        }
    }

    /// Reports a mistake and makes the tree readable behind it. Nothing, when there is no more to read.
    fn mistake(&mut self, error: &Error) -> Option<()> {
        let id = error.node.or(self.tree.root())?;
        if let Kind::Broken(refused) = self.tree.node(id).kind {
            return self.another_stub(id, refused);
        }
        match &error.kind {
            // Nothing, or a text in braces, is not a mapping that lacks some keys.
            Mistake::MissingKey(_) if self.tree.text(id) == Some("") => self.wrong_shape(id, error),
            Mistake::UnknownKey(_, known) if self.parent_is_braces(id) => {
                let mapping = self.tree.node(id).parent?;
                self.wrong_shape(mapping, &Error::shape(Wanted::Keys(known)));
            }
            Mistake::UnknownKey(key, known) => self.unknown_key(id, key, known),
            Mistake::MissingKey(key) => self.missing_key(id, key),
            Mistake::DuplicateKey(key) => {
                self.report(&catalogue::YAML_DUPLICATE_KEY, id, |finding| finding.with("key", key));
                self.replace(id);
            }
            Mistake::Shape | Mistake::Length | Mistake::Custom(_) => self.wrong_shape(id, error),
        }
        Some(())
    }

    fn parent_is_braces(&self, key: usize) -> bool {
        let typed = self.tree.text(key).unwrap_or_default();
        !typed.contains([':', '：']) && self.tree.node(key).parent.is_some_and(|id| words::is_braces(&self.tree, id))
    }

    /// The next stand-in for a node; when there is none left, for what it stands in.
    fn another_stub(&mut self, id: usize, refused: u8) -> Option<()> {
        let node = self.tree.node_mut(id);
        if refused + 1 < Stub::KINDS {
            node.kind = Kind::Broken(refused + 1);
            return Some(());
        }
        let mut parent = node.parent?;
        while let Kind::Broken(refused) = self.tree.node(parent).kind {
            if refused + 1 < Stub::KINDS {
                return self.another_stub(parent, refused);
            }
            parent = self.tree.node(parent).parent?;
        }
        self.tree.node_mut(parent).kind = Kind::Broken(0);
        Some(())
    }

    fn duplicates(&mut self) {
        let mut repeated = Vec::new();
        for mapping in self.tree.mappings() {
            let pairs = self.tree.pairs(mapping);
            let mut seen: HashMap<&str, usize> = HashMap::with_capacity(pairs.len());
            for &(key, _) in pairs {
                let Some(text) = self.tree.text(key) else { continue };
                match seen.get(text) {
                    Some(&first) => repeated.push((mapping, first, key)),
                    None => {
                        seen.insert(text, key);
                    }
                }
            }
        }
        for (mapping, first, second) in repeated.into_iter().take(MOST) {
            let key = self.tree.text(second).unwrap_or_default().to_owned();
            let first = self.tree.place(first, self.text);
            let first = Place::Text(self.file.to_owned(), first.start + self.skipped..first.end + self.skipped);
            self.report(&catalogue::YAML_DUPLICATE_KEY, second, |finding| finding.with("key", key).beside(first));
            self.remove(mapping, second);
        }
    }

    fn unknown_key(&mut self, id: usize, key: &str, known: &'static [&'static str]) {
        let Some(mapping) = self.tree.node(id).parent else { return self.replace(id) };
        let range = self.tree.place(id, self.text);
        let typed = self.text.get(range.clone()).unwrap_or_default();
        // `{zh：甲}` and `{zh:甲}` are good YAML, with one long key.
        if let Some((place, colon @ (Colon::FullWidth | Colon::NoSpace))) = lines::colon(typed, range.start) {
            let meant = words::nearest(&self.text[range.start..place.start], known.iter().copied());
            if let Some(meant) = meant {
                self.findings.push(syntax(self.file, place, self.skipped, colon_words(colon)));
                self.remove(mapping, id);
                self.stand_in(mapping, meant);
                return;
            }
        }
        // `{zh 甲}`: one long key, too.
        let (word, rest) = key.split_once(' ').unwrap_or((key, ""));
        let alone = self.tree.pairs(mapping).iter().any(|&(k, value)| k == id && self.tree.text(value) == Some(""));
        if let Some(&meant) = known.iter().find(|&&name| name == word).filter(|_| alone && !rest.is_empty()) {
            self.findings.push(syntax(self.file, range, self.skipped, colon_words(Colon::Missing)));
            self.remove(mapping, id);
            self.stand_in(mapping, meant);
            return;
        }
        let meant = words::nearest(key, known.iter().copied());
        let line = Line::at(self.text, range.start);
        let moved_out = line.is_row() && line.previous(self.text).is_some_and(|above| above.indent() > line.indent());
        let help = match meant {
            Some(meant) if key.trim() == meant => {
                Both::new("键前后有全角空格，改用半角空格", "full-width spaces stand around the key; use plain ones")
            }
            Some(meant) => words::perhaps(meant),
            None if moved_out => Both::new(
                "与上一行同级的，改为与它同样的缩进",
                "if it is one with the line above, give it the same indent",
            ),
            None => Both::new("删去这个键，或改为所列之一", "remove the key, or use one of those listed"),
        };
        let listed = words::names(known.iter().copied());
        self.report(&catalogue::YAML_UNKNOWN_KEY, id, |finding| {
            finding
                .with("key", key)
                .with("known", listed.zh)
                .with("known-en", listed.en)
                .with("help", help.zh)
                .with("help-en", help.en)
        });
        match meant {
            // Read on as if it had been typed: its value is looked at, and it is not missing.
            Some(meant) if self.tree.pair(mapping, meant).is_none() => {
                self.tree.node_mut(id).kind = Kind::Scalar { text: Cow::Borrowed(meant), style: Style::Plain };
            }
            _ => self.remove(mapping, id),
        }
    }

    fn missing_key(&mut self, mapping: usize, key: &'static str) {
        if !self.is_damaged(mapping) {
            self.report(&catalogue::YAML_MISSING_KEY, mapping, |finding| finding.with("key", key));
        }
        if self.tree.pair(mapping, key).is_some() {
            return self.replace(mapping);
        }
        self.stand_in(mapping, key);
    }

    fn wrong_shape(&mut self, id: usize, error: &Error) {
        if self.missing_colons(id, error) {
            return self.replace(id);
        }
        if !self.is_damaged(id) {
            let detail = match &error.kind {
                Mistake::Custom(message) => match message.split_once(" | ") {
                    Some((zh, en)) => Both::new(zh, en),
                    None => Both::new(message, message),
                },
                _ => words::found(&self.tree, id),
            };
            let expected = words::expected(error.wanted.as_ref());
            let help = words::help(&self.tree, id, error.wanted.as_ref());
            self.report(&catalogue::YAML_TYPE, id, |finding| {
                finding
                    .with("detail", detail.zh)
                    .with("detail-en", detail.en)
                    .with("expected", expected.zh)
                    .with("expected-en", expected.en)
                    .with("help", help.zh)
                    .with("help-en", help.en)
            });
        }
        self.replace(id);
    }

    /// Where a mapping was wanted and a text stands, its lines may only lack good colons.
    fn missing_colons(&mut self, id: usize, error: &Error) -> bool {
        let wants_keys = error.wanted.as_ref().is_some_and(Wanted::is_mapping);
        if !wants_keys || !matches!(&self.tree.node(id).kind, Kind::Scalar { style: Style::Plain, .. }) {
            return false;
        }
        let range = self.tree.node(id).range.clone();
        let mut start = range.start;
        let mut any = false;
        while start < range.end {
            let line = Line::at(self.text, start);
            let end = line.end().min(range.end);
            let item = self.text.get(start..end).unwrap_or_default();
            let indent = item.len() - item.trim_start().len();
            if let Some((place, colon @ (Colon::FullWidth | Colon::NoSpace))) =
                lines::colon(item.trim(), start + indent)
            {
                self.findings.push(syntax(self.file, place, self.skipped, colon_words(colon)));
                any = true;
            }
            let Some(next) = line.next(self.text) else { break };
            start = next.start;
        }
        any
    }

    fn report(&mut self, entry: &'static Entry, id: usize, with: impl FnOnce(Finding) -> Finding) {
        let range = self.tree.place(id, self.text);
        self.findings.push(with(finding(entry, self.file, range, self.skipped)));
    }

    /// Puts a stand-in in a node's place; a key is removed with its value.
    fn replace(&mut self, id: usize) {
        let parent = self.tree.node(id).parent;
        if let Some(mapping) = parent.filter(|&parent| self.tree.pairs(parent).iter().any(|&(key, _)| key == id)) {
            return self.remove(mapping, id);
        }
        self.tree.node_mut(id).kind = Kind::Broken(0);
    }

    fn remove(&mut self, mapping: usize, key: usize) {
        if let Kind::Mapping { pairs, .. } = &mut self.tree.node_mut(mapping).kind {
            pairs.retain(|pair| pair.0 != key);
        }
    }

    /// A stand-in for a key that is not there.
    fn stand_in(&mut self, mapping: usize, key: &'static str) {
        if self.tree.pair(mapping, key).is_some() {
            return;
        }
        let end = self.tree.node(mapping).range.end;
        let name = Kind::Scalar { text: Cow::Borrowed(key), style: Style::Plain };
        let name = self.tree.add(name, end..end, Some(mapping));
        let value = self.tree.add(Kind::Broken(0), end..end, Some(mapping));
        self.tree.node_mut(value).key = Some(name);
        match &mut self.tree.node_mut(mapping).kind {
            Kind::Mapping { pairs, .. } => pairs.push((name, value)),
            other => *other = Kind::Mapping { pairs: vec![(name, value)], flow: false },
        }
    }

    /// Whether something was taken out of the text in a node or right beside it: what it lacks may be that.
    fn is_damaged(&self, id: usize) -> bool {
        if self.damage.is_empty() {
            return false;
        }
        let range = self.tree.node(id).range.clone();
        let gap = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-');
        let before = self.text.get(..range.start).unwrap_or_default();
        let after = self.text.get(range.end..).unwrap_or_default();
        let start = before.trim_end_matches(gap).len();
        let end = range.end + after.len() - after.trim_start_matches(gap).len();
        self.damage.iter().any(|lost| lost.start < end && start < lost.end)
    }
}
