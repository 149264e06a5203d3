//! Words as an acceptance writes them, in a text.

use std::ops::Range;

/// Where a text has words first, as an acceptance writes them.
pub fn find_words(text: &str, words: &str) -> Option<Range<usize>> {
    all_words(text, words).into_iter().next()
}

/// Every place where a text has words, as an acceptance writes them: with a plain space for one that does not break and
/// for the end of a line. A number is a whole one: 33.7 is not in 133.7. No words are nowhere.
pub fn all_words(block: &str, words: &str) -> Vec<Range<usize>> {
    let (text, words) = (plain_words(block), plain_words(words));
    if words.trim().is_empty() {
        return Vec::new();
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let is_whole = |at: &usize| {
        let (before, behind) = (&text[..*at], &text[at + words.len()..]);
        let began = words.starts_with(is_digit) && before.trim_end_matches(['.', ',']).ends_with(is_digit);
        let goes_on = words.ends_with(is_digit) && behind.trim_start_matches(['.', ',']).starts_with(is_digit);
        !began && !goes_on
    };
    // Both texts have the same characters in the same places.
    let byte = |end: usize| {
        let count = text[..end].chars().count();
        block.char_indices().nth(count).map_or(block.len(), |(byte, _)| byte)
    };
    let found = text.match_indices(&*words).map(|(at, _)| at).filter(is_whole);
    found.map(|at| byte(at)..byte(at + words.len())).collect()
}

/// Words with a plain space for one that does not break and for the end of a line.
pub fn plain_words(words: &str) -> String {
    words.replace(['\u{a0}', '\n'], " ")
}
