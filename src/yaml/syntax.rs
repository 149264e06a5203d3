//! What a syntax error means, in plain words, and how to read on behind it.
//!
//! A parser stops at the first error, and often far behind the mistake. Here the mistake is looked for in the lines
//! around, named, and taken out of the text (without moving a byte), so that the next one can be found.

use std::ops::Range;

use super::lines::{Colon, Line};
use super::mend::{Edit, Mend};
use super::scan::scan;
use super::tree::{Trouble, What};
use super::words::Both;

/// Finds out what the trouble is.
pub(super) fn mend(text: &str, trouble: &Trouble) -> Mend {
    let at = trouble.at.min(text.len());
    match &trouble.what {
        What::Syntax(info) => Mender { text, at, line: Line::at(text, at), info }.mend(),
        What::TooDeep => stop(at..at, Both::new("嵌套过深", "nested too deep")),
        What::Aliases => stop(
            at..at + text[at..].find(char::is_whitespace).unwrap_or(text.len() - at),
            Both::new(
                "别名（`*`）引用自身或展开过多；内容以 `*` 开头的要加引号",
                "aliases (`*`) that contain themselves or multiply; a value that begins with `*` needs quotes",
            ),
        ),
        What::SecondDocument => Mend {
            report: Some((
                Line::at(text, at).content_range(),
                Both::new(
                    "一个文件只能有一份内容，`---` 及其后多余",
                    "a file holds one document; remove `---` and what follows",
                ),
            )),
            edits: vec![(at..text.len(), Edit::Space)],
        },
    }
}

/// A mistake, and what is lost with it.
pub(super) fn blank(place: Range<usize>, words: Both, lost: Range<usize>) -> Mend {
    Mend { report: Some((place, words)), edits: vec![(lost, Edit::Blank)] }
}

fn stop(at: Range<usize>, words: Both) -> Mend {
    Mend { report: Some((at, words)), edits: Vec::new() }
}

/// The words for a colon that is not right.
pub(super) fn colon_words(colon: Colon) -> Both {
    match colon {
        Colon::FullWidth => {
            Both::new("`：` 是全角冒号，应为半角冒号加空格 `: `", "`：` is a full-width colon; write `: `")
        }
        Colon::NoSpace => Both::new("冒号后缺少空格", "no space behind the colon"),
        Colon::Missing => Both::new("这里缺少冒号，应为 `键: 值`", "a colon is missing, as in `key: value`"),
    }
}

/// Whether the lines below are the text of its key.
fn opens_block(line: Line<'_>) -> bool {
    [": |", ": >", ": |-", ": >-"].iter().any(|end| line.content().ends_with(end))
}

fn item_words() -> Both {
    Both::new("列表的每一项都要以 `- ` 开头", "each item of the list begins with `- `")
}

/// A text and the place where the parser gave up, with its own words.
pub(super) struct Mender<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) line: Line<'t>,
    pub(super) info: &'t str,
}

impl Mender<'_> {
    fn mend(&self) -> Mend {
        let says = |part: &str| self.info.contains(part);
        if says("tab") {
            self.tab()
        } else if says("quoted scalar") {
            self.quote()
        } else if says("unexpected character") || says("anchor") || says("tag") {
            self.reserved()
        } else if says("valid YAML whitespace") && self.tab_before() {
            // A tab between colon and value is good YAML: only this parser is too strict.
            Mend { report: None, edits: vec![(self.at - 1..self.at, Edit::Space)] }
        } else if let Some(mend) = self.brackets() {
            mend
        } else if says("expect ':'") {
            self.no_colon()
        } else if says("mapping values are not allowed") {
            self.second_colon()
        } else if says("block sequence entries are not allowed") {
            let words = Both::new("`- ` 要另起一行", "`- ` belongs on a line of its own");
            blank(self.here(), words, self.at..self.line.end())
        } else if says("'-' indicator") {
            self.entry(item_words())
        } else if says("comment") {
            let words = Both::new("多行文字中间不能有注释", "a comment inside of a text over several lines");
            blank(self.at..self.line.end(), words, self.at..self.line.end())
        } else if says("expected key") && self.line.content().starts_with("- ") {
            self.entry(Both::new("这里应为 `键: 值`，不是列表项", "a `key: value` belongs here, not a list item"))
        } else if says("expected key") && self.text[self.line.start..self.at].trim_end().ends_with([']', '}']) {
            let words = Both::new("括号闭合之后还有内容", "text behind the closing bracket");
            blank(self.at..self.line.content_range().end.max(self.at), words, self.value())
        } else if says("expected key") || says("indent") {
            self.indent()
        } else {
            self.entry(Both::new(format!("无法理解（{}）", self.info), self.info))
        }
    }

    /// The character that the parser stopped at, or the end of the line before.
    pub(super) fn here(&self) -> Range<usize> {
        let length = self.text[self.at..].chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8);
        self.at..self.at + length
    }

    /// A whole entry is lost: the line and what is indented below it.
    fn entry(&self, words: Both) -> Mend {
        let line =
            if self.line.says_something() { self.line } else { self.line.previous(self.text).unwrap_or(self.line) };
        blank(line.content_range(), words, line.start..line.entry_end(self.text))
    }

    fn tab_before(&self) -> bool {
        self.at > 0 && self.text.as_bytes()[self.at - 1] == b'\t'
    }

    /// Tabs in the indent. Lines of them in a row are one mistake.
    fn tab(&self) -> Mend {
        let words = Both::new("缩进用了制表符（Tab），应为空格", "a tab in the indent; use spaces");
        let mut line = self.line;
        while !(line.has_tab_indent() && line.says_something()) {
            match line.next(self.text) {
                Some(next) => line = next,
                None => return self.entry(words),
            }
        }
        let first = line;
        if first.indent() > 0
            && !self.text[first.start..].starts_with(' ')
            && first.previous(self.text).is_some_and(opens_block)
        {
            return self.not_indented(first, first.content_range());
        }
        let mut edits = vec![(first.range(), Edit::Blank)];
        while let Some(next) = line.next(self.text).filter(|next| next.has_tab_indent() || next.is_blank()) {
            edits.push((next.range(), Edit::Blank));
            line = next;
        }
        if line.content().ends_with(':') {
            edits.push((line.start..line.entry_end(self.text), Edit::Blank));
        }
        // Below a top-level key, one tab is as good as one space.
        let parent = first.previous(self.text);
        if parent.is_some_and(|parent| parent.indent() == 0 && parent.content().ends_with(':')) {
            edits.retain(|(range, _)| Line::at(self.text, range.start).has_tab_indent());
            for (range, edit) in &mut edits {
                *range = range.start..range.start + Line::at(self.text, range.start).indent();
                *edit = Edit::Space;
            }
        }
        Mend { report: Some((first.start..first.start + first.indent(), words)), edits }
    }

    /// A character that cannot begin a text.
    fn reserved(&self) -> Mend {
        let words = match self.text[self.at..].chars().next() {
            Some('`') => Both::new("以反引号开头的内容要加引号", "a value that begins with a backtick needs quotes"),
            first => {
                let first = first.unwrap_or(' ');
                Both::new(
                    format!("以 `{first}` 开头的内容要加引号"),
                    format!("a value that begins with `{first}` needs quotes"),
                )
            }
        };
        let rest = &self.text[self.at..self.line.end()];
        let in_brackets = !scan(self.text, self.at, usize::MAX).open.is_empty();
        let length = rest.find([',', ']', '}']).filter(|_| in_brackets).unwrap_or(rest.len());
        blank(self.here(), words, self.at..self.at + length)
    }

    /// A key without its colon: mostly in the line before the place where the parser noticed.
    fn no_colon(&self) -> Mend {
        let previous = self.line.previous(self.text).and_then(|line| self.bad_colon(line));
        let found = previous.or_else(|| self.bad_colon(self.line));
        found.unwrap_or_else(|| self.entry(Both::new(format!("无法理解（{}）", self.info), self.info)))
    }

    fn bad_colon(&self, line: Line<'_>) -> Option<Mend> {
        let (place, kind) = line.colon()?;
        Some(self.colon_at(line, place, kind))
    }

    fn colon_at(&self, line: Line<'_>, place: Range<usize>, kind: Colon) -> Mend {
        let edits = match kind {
            Colon::FullWidth => vec![(place.clone(), Edit::Colon)],
            Colon::NoSpace => vec![(place.end..line.end(), Edit::Blank)],
            Colon::Missing => vec![(line.start..line.entry_end(self.text), Edit::Blank)],
        };
        let above = line.previous(self.text).filter(|_| kind == Colon::Missing);
        let is_item = |line: Line<'_>| line.content().starts_with("- ");
        if above.is_some_and(opens_block) {
            return self.not_indented(line, place);
        }
        let in_list = !is_item(line) && above.is_some_and(is_item);
        let words = if in_list { item_words() } else { colon_words(kind) };
        Mend { report: Some((place, words)), edits }
    }

    /// The text below `|` stands no further in than its key, as a paste does. All lines of it are one mistake.
    fn not_indented(&self, line: Line<'_>, place: Range<usize>) -> Mend {
        let words = Both::new(
            "`|` 之下的每一行都要比它的键多空两格，粘贴来的内容也一样",
            "each line below `|` begins with two spaces more than its key, and so does what is pasted",
        );
        let below = std::iter::successors(Some(line), |line| line.next(self.text));
        let is_text = |line: &Line<'_>| !line.says_something() || line.has_tab_indent() || line.colon().is_some();
        let end = below.take_while(is_text).last().map_or(line.end(), Line::end);
        blank(place, words, line.start..end)
    }

    /// A colon where none is allowed.
    fn second_colon(&self) -> Mend {
        let before = &self.text[self.line.start..self.at];
        let key_end = before.find(": ").map(|found| self.line.start + found + 2);
        if let Some(mend) = self.glued_colon() {
            return mend;
        }
        if let Some(value) = key_end {
            // `unit {zh: …`: no colon before the bracket.
            let key = self.text[self.line.content_range().start..value].trim_start_matches("- ");
            if let Some(bracket) = key.find(['{', '[']).filter(|&bracket| bracket > 0) {
                let start = value - key.len();
                return self.colon_at(self.line, start..start + key[..bracket].trim_end().len(), Colon::Missing);
            }
            let start = value + self.text[value..self.at].len() - self.text[value..self.at].trim_start().len();
            let words =
                Both::new("内容里有 `: `，整段内容要加引号", "the value has `: ` in it; put all of it in quotes");
            return blank(start..self.line.content_range().end.max(start), words, start..self.line.end());
        }
        if let Some(previous) = self.line.previous(self.text) {
            if let Some(mend) = self.bad_colon(previous) {
                return mend;
            }
            if self.line.indent() > previous.indent() {
                return self.indent();
            }
        }
        self.entry(Both::new("这里不能有冒号", "no colon is allowed here"))
    }

    /// `title：{zh: …` or `title:{zh: …`: the first colon is the bad one.
    pub(super) fn glued_colon(&self) -> Option<Mend> {
        let before = &self.text[self.line.start..self.at];
        let pairs = [("：{", Colon::FullWidth), ("：\"", Colon::FullWidth), (":{", Colon::NoSpace)];
        let (found, pair, kind) = pairs.iter().find_map(|&(pair, kind)| Some((before.find(pair)?, pair, kind)))?;
        let start = self.line.start + found;
        Some(self.colon_at(self.line, start..start + pair.len() - 1, kind))
    }

    /// A line whose indent fits nowhere. Where more lines agree with it than with those before, those are wrong.
    fn indent(&self) -> Mend {
        let words = Both::new("缩进与同级的行不一致", "the indent differs from that of the lines beside it");
        let line = self.line;
        let above = std::iter::successors(line.previous(self.text), |line| line.previous(self.text));
        let Some(left) = above.clone().find(|above| above.indent() < line.indent()) else { return self.entry(words) };
        let below = std::iter::successors(Some(line), |line| line.next(self.text)).filter(|line| line.says_something());
        let agree = below.take_while(|below| below.indent() >= line.indent()).filter(|l| l.indent() == line.indent());
        let (first, differ) = if left.content().ends_with(':') {
            // The lines between are indented more.
            let between: Vec<_> = above.take_while(|above| above.start > left.start).collect();
            let Some(first) = between.last().copied() else { return self.entry(words) };
            (first, between.iter().filter(|line| line.indent() == first.indent()).count())
        } else if left.is_row() && left.previous(self.text).is_some_and(|above| above.indent() == line.indent()) {
            // Between lines that agree, the row that moved out is the wrong one.
            return blank(left.content_range(), words, left.range());
        } else if line.indent() - left.indent() > 1 {
            let words = Both::new(
                "缩进过多：上一行已有内容，其下不能再有内容",
                "indented too far: the line above has a value already",
            );
            return blank(line.content_range(), words, line.start..left.entry_end(self.text));
        } else {
            let block = above.take_while(|above| above.indent() >= left.indent());
            (left, block.filter(|line| line.indent() == left.indent()).count())
        };
        if agree.count() > differ {
            return blank(first.content_range(), words, first.start..line.start);
        }
        self.entry(words)
    }
}
