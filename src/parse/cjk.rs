//! Markdown that was made for words between spaces, read for Chinese.
//!
//! `CommonMark` lets `**` open or close emphasis only beside the right neighbours: `按**“三公”经费**支出` fails, because
//! a quotation mark follows the stars and no space precedes them. A word joiner between the stars and the
//! punctuation makes them what a Chinese reader takes them for; it is taken out of the text again.

use std::borrow::Cow;

/// Neither white space nor punctuation to `CommonMark`, and in no source text.
pub(crate) const JOINER: char = '\u{2060}';

/// Markdown with joiners, and how to find a place of the original.
pub(crate) struct Prepared<'a> {
    /// What the Markdown parser reads.
    pub(crate) text: Cow<'a, str>,
    /// Where joiners were put, as offsets into `text`.
    joiners: Vec<usize>,
}

impl<'a> Prepared<'a> {
    /// Puts joiners where stars or underscores meet full-width punctuation.
    pub(crate) fn new(source: &'a str) -> Self {
        let mut text = String::new();
        let mut joiners = Vec::new();
        let mut copied = 0;
        let bytes = source.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] != b'*' {
                at += 1;
                continue;
            }
            let end = at + bytes[at..].iter().take_while(|b| **b == b'*').count();
            let before = source[..at].chars().next_back();
            let after = source[end..].chars().next();
            // A run between a word and punctuation leans on the punctuation; give it a word to lean on instead.
            let opens = before.is_some_and(|c| !c.is_whitespace() && !is_mark(c)) && after.is_some_and(is_wide_mark);
            let closes = before.is_some_and(is_wide_mark) && after.is_some_and(|c| !c.is_whitespace() && !is_mark(c));
            for (wanted, place) in [(closes, at), (opens, end)] {
                if wanted {
                    text.push_str(&source[copied..place]);
                    copied = place;
                    joiners.push(text.len());
                    text.push(JOINER);
                }
            }
            at = end;
        }
        if joiners.is_empty() {
            return Prepared { text: Cow::Borrowed(source), joiners };
        }
        text.push_str(&source[copied..]);
        Prepared { text: Cow::Owned(text), joiners }
    }

    /// The offset in the original of an offset into the prepared text.
    pub(crate) fn original(&self, offset: usize) -> usize {
        offset - self.joiners.partition_point(|joiner| *joiner < offset) * JOINER.len_utf8()
    }
}

/// Text without joiners.
pub(crate) fn without_joiners(text: &str) -> Cow<'_, str> {
    if text.contains(JOINER) { Cow::Owned(text.replace(JOINER, "")) } else { Cow::Borrowed(text) }
}

/// Whether a line break between these two characters is a space: not between Chinese ones.
pub(crate) fn break_is_space(before: Option<char>, after: Option<char>) -> bool {
    !(before.is_some_and(is_wide) && after.is_some_and(is_wide))
}

/// Chinese characters and full-width punctuation.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303e}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
        || is_wide_mark(c)
}

pub(crate) fn is_wide_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}')
}

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || is_wide_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        let prepared = Prepared::new(source);
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&prepared.text));
        without_joiners(&html).trim().to_owned()
    }

    #[test]
    fn emphasis_works_beside_full_width_punctuation() {
        assert_eq!(html("按**“三公”经费**支出"), "<p>按<strong>“三公”经费</strong>支出</p>");
        assert_eq!(html("支出**（类）**合计"), "<p>支出<strong>（类）</strong>合计</p>");
        assert_eq!(html("**说明：**本年"), "<p><strong>说明：</strong>本年</p>");
        assert_eq!(html("a * b 与 **c**"), "<p>a * b 与 <strong>c</strong></p>");
    }

    #[test]
    fn offsets_lead_back_to_the_source() {
        let source = "按**“三公”经费**支出{a/b}";
        let prepared = Prepared::new(source);
        let at = prepared.text.find('{').unwrap();
        assert_eq!(&source[prepared.original(at)..], "{a/b}");
    }
}
