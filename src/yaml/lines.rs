//! Lines of a YAML text, as somebody reads them who looks for a mistake.

use std::ops::Range;

/// A line without its break.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) start: usize,
    text: &'t str,
}

/// What is wrong with the colon of a `key: value`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Colon {
    /// `：` was typed.
    FullWidth,
    /// No space stands behind it.
    NoSpace,
    /// There is none.
    Missing,
}

impl<'t> Line<'t> {
    /// The line that holds the byte `at`.
    pub(super) fn at(text: &'t str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        Line::starting(text, start)
    }

    fn starting(text: &'t str, start: usize) -> Self {
        let rest = &text[start..];
        let line = rest.split('\n').next().unwrap_or_default();
        Line { start, text: line.strip_suffix('\r').unwrap_or(line) }
    }

    /// The next line.
    pub(super) fn next(self, text: &'t str) -> Option<Self> {
        let end = text[self.start..].find('\n')? + self.start + 1;
        (end < text.len()).then(|| Line::starting(text, end))
    }

    /// The last line before this that says something.
    pub(super) fn previous(self, text: &'t str) -> Option<Self> {
        let mut start = self.start;
        loop {
            let line = Line::at(text, start.checked_sub(1)?);
            if line.says_something() {
                return Some(line);
            }
            start = line.start;
        }
    }

    /// The lines below that belong to this one's entry: indented more, or blank. Gives where they end.
    pub(super) fn entry_end(self, text: &'t str) -> usize {
        let mut line = self;
        while let Some(next) = line.next(text) {
            if !next.is_blank() && next.indent() <= self.indent() {
                return next.start;
            }
            line = next;
        }
        text.len()
    }

    pub(super) fn end(self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start..self.end()
    }

    pub(super) fn is_blank(self) -> bool {
        self.text.trim_matches([' ', '\t']).is_empty()
    }

    pub(super) fn says_something(self) -> bool {
        !self.is_blank() && !self.content().starts_with('#')
    }

    /// Blanks and tabs at the start.
    pub(super) fn indent(self) -> usize {
        self.text.len() - self.content_and_blanks().len()
    }

    /// Whether a tab is among them.
    pub(super) fn has_tab_indent(self) -> bool {
        self.text[..self.indent()].contains('\t')
    }

    fn content_and_blanks(self) -> &'t str {
        self.text.trim_start_matches([' ', '\t'])
    }

    /// Whether it begins as a row of a table does, with a code or a Chinese name: the keys of the format are English words.
    pub(super) fn is_row(self) -> bool {
        self.content().starts_with(|c: char| c.is_ascii_digit() || !c.is_ascii())
    }

    /// What the line says.
    pub(super) fn content(self) -> &'t str {
        self.content_and_blanks().trim_end()
    }

    /// The bytes of what the line says.
    pub(super) fn content_range(self) -> Range<usize> {
        let start = self.start + self.indent();
        start..start + self.content().len()
    }

    /// What is wrong with the line's colon, and where.
    pub(super) fn colon(self) -> Option<(Range<usize>, Colon)> {
        let content = self.content();
        let item = content.trim_start_matches("- ").trim_start();
        let start = self.content_range().end - item.len();
        if item.is_empty() || item.starts_with(['"', '\'', '[', '{', '#', '|', '>', '&', '*', '!', '%', '@', '`']) {
            return None;
        }
        colon(item, start)
    }
}

/// What is wrong with the colon of `item`, which starts at a byte of the text, and where; nothing, where a good
/// colon stands in it.
pub(super) fn colon(item: &str, start: usize) -> Option<(Range<usize>, Colon)> {
    let mut found = None;
    for (index, character) in item.char_indices() {
        let rest = &item[index + character.len_utf8()..];
        let kind = match character {
            ':' if rest.is_empty() || rest.starts_with([' ', '\t']) => return None,
            ':' if rest.starts_with("//") => continue,
            ':' => Colon::NoSpace,
            '：' => Colon::FullWidth,
            '#' if item[..index].ends_with(' ') => break,
            _ => continue,
        };
        found.get_or_insert((start + index..start + index + character.len_utf8(), kind));
    }
    Some(found.unwrap_or((start..start + item.len(), Colon::Missing)))
}
