//! Words as an acceptance writes them, in a text.

use std::ops::Range;

/// Where a text has words, as an acceptance writes them: with a plain space for one that does not break and for the end
/// of a line. A number is a whole one: 33.7 is not in 133.7.
pub fn find_words(block: &str, words: &str) -> Option<Range<usize>> {
    let plain = |text: &str| text.replace(['\u{a0}', '\n'], " ");
    let (text, words) = (plain(block), plain(words));
    let is_digit = |c: char| c.is_ascii_digit();
    let is_whole = |at: &usize| {
        let (before, behind) = (&text[..*at], &text[at + words.len()..]);
        let began = words.starts_with(is_digit) && before.trim_end_matches(['.', ',']).ends_with(is_digit);
        let goes_on = words.ends_with(is_digit) && behind.trim_start_matches(['.', ',']).starts_with(is_digit);
        !began && !goes_on
    };
    let at = text.match_indices(&*words).map(|(at, _)| at).find(is_whole)?;
    // Both texts have the same characters in the same places.
    let byte = |end: usize| {
        let count = text[..end].chars().count();
        block.char_indices().nth(count).map_or(block.len(), |(byte, _)| byte)
    };
    Some(byte(at)..byte(at + words.len()))
}
