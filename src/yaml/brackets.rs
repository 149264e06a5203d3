//! Quotes and brackets that are not in pairs. The parser notices lines below; here the one that is alone is found.

use std::ops::Range;

use super::lines::Line;
use super::mend::{Edit, Mend};
use super::scan::scan;
use super::syntax::{Mender, blank};
use super::words::Both;

impl Mender<'_> {
    /// A quote that is never closed, or too many of them, or an escape that is none.
    pub(super) fn quote(&self) -> Mend {
        let rest = self.at..self.line.end();
        if let Some(mend) = self.glued_colon() {
            return mend;
        }
        if self.info.contains("trailing content") {
            // A quote that was never closed ends at the next one, perhaps lines below.
            if let Some(quote) = scan(self.text, self.at, usize::MAX).quote.filter(|&quote| quote < self.line.start) {
                return Mender { at: quote, line: Line::at(self.text, quote), ..*self }.unclosed_quote();
            }
            let words = Both::new(
                "引号之后还有内容；整段只用一对引号，其中的引号换成“”或写两次",
                "text behind the closing quote; quote all of it once, and double or replace the quotes in it",
            );
            return blank(self.at..self.line.content_range().end.max(self.at), words, self.value());
        }
        if self.info.contains("escape") || self.info.contains("hexadecimal") {
            let backslash = self.text[rest.clone()].find('\\').map_or(self.at, |found| self.at + found);
            let words = Both::new(
                "双引号内的 `\\` 要写成 `\\\\`，或改用单引号",
                "a `\\` in double quotes is written `\\\\`; or use single quotes",
            );
            return blank(backslash..(backslash + 1).min(rest.end), words, self.value());
        }
        self.unclosed_quote()
    }

    fn unclosed_quote(&self) -> Mend {
        let words = Both::new("引号没有闭合", "the quote is never closed");
        let mut lost = self.value();
        if lost.start == self.line.content_range().start {
            lost.end = self.line.entry_end(self.text);
        }
        blank(self.here(), words, lost)
    }

    /// From the line's value, or the bracket that opens there, to the end of the line.
    pub(super) fn value(&self) -> Range<usize> {
        let open = scan(self.text, self.at, usize::MAX).open;
        let start = open.first().copied().filter(|&open| open >= self.line.start).unwrap_or_else(|| {
            let before = &self.text[self.line.start..self.at];
            before.find(": ").map_or(self.line.start + self.line.indent(), |colon| self.line.start + colon + 2)
        });
        start..self.line.end()
    }

    /// Brackets that are open, do not match, or are too many.
    pub(super) fn brackets(&self) -> Option<Mend> {
        let here = self.text[self.at..].chars().next();
        if self.info.contains("misplaced bracket") {
            let stray = here.unwrap_or(' ');
            let words = Both::new(format!("多余的 `{stray}`"), format!("a stray `{stray}`"));
            return Some(Mend { report: Some((self.here(), words)), edits: vec![(self.here(), Edit::Space)] });
        }
        let open = scan(self.text, self.at, usize::MAX).open;
        let (&outer, &inner) = (open.first()?, open.last()?);
        let line = Line::at(self.text, outer);
        let mut end = line.entry_end(self.text);
        if self.at >= end {
            let bracket = &self.text[inner..=inner];
            let words =
                Both::new(format!("括号 `{bracket}` 没有闭合"), format!("the bracket `{bracket}` is never closed"));
            return Some(blank(inner..inner + 1, words, outer..end));
        }
        let between = &self.text[inner..self.at];
        if here == Some(':')
            && let Some(comma) = between.rfind('，')
        {
            let place = inner + comma..inner + comma + '，'.len_utf8();
            let words = Both::new("`，` 是全角逗号，应为半角逗号 `, `", "`，` is a full-width comma; write `, `");
            return Some(Mend { report: Some((place.clone(), words)), edits: vec![(place, Edit::Comma)] });
        }
        let words = match here {
            Some(closing @ (']' | '}')) => {
                let bracket = &self.text[inner..=inner];
                Both::new(
                    format!("括号不成对：`{bracket}` 与 `{closing}`"),
                    format!("the brackets `{bracket}` and `{closing}` do not match"),
                )
            }
            Some(':') => Both::new(
                "这里不能有 `: `：前面缺少逗号，或整段内容要加引号",
                "no `: ` is allowed here: a comma is missing before it, or all of the text needs quotes",
            ),
            _ => Both::new(
                "括号内缺少逗号，或缩进不够",
                "a comma is missing in the brackets, or the indent is too small",
            ),
        };
        // The closing bracket of a flow over several lines mostly stands below its first line.
        let closing = Line::at(self.text, end);
        if end < self.text.len()
            && closing.content().starts_with([']', '}'])
            && Line::at(self.text, self.at).start > line.start
        {
            end = closing.end();
        }
        Some(blank(self.here(), words, outer..end))
    }
}
