//! What a text is made of for a search: pairs of Chinese characters, beginnings of words, numbers.
//!
//! The reader's browser takes a query apart in the same way (`fold` and `needles` in `assets/search.js/2-query.js`), so that a
//! portal can say which departments are worth asking. A gram that one side makes and the other does not would hide
//! results.

use super::blocks::SIC;

/// How many letters of a word count: a query may stop in the middle of it, or have another ending.
const WORD: usize = 4;

/// The grams of a text, as hashes.
pub(super) fn collect(text: &str, grams: &mut Vec<u32>) {
    let folded: Vec<char> = fold(text).chars().collect();
    let mut at = 0;
    while at < folded.len() {
        let kind = Kind::of(folded[at]);
        let mut end = at + 1;
        while end < folded.len() && (Kind::of(folded[end]) == kind || (kind == Kind::Digit && is_point(&folded, end))) {
            end += 1;
        }
        let run = &folded[at..end];
        match kind {
            Kind::Han => grams.extend(run.windows(2).map(hash)),
            Kind::Letter if run.len() >= WORD => {
                grams.push(hash(&run[..WORD]));
            }
            Kind::Digit => {
                let number: String = run.iter().collect();
                grams.push(number_gram(&number));
            }
            Kind::Letter | Kind::Other => {}
        }
        at = end;
    }
}

/// The gram of an amount in yuan, or in single things: its point is `places` further to the right.
pub(super) fn moved(amount: &str, places: u32, grams: &mut Vec<u32>) {
    let digits: String = amount.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut whole = whole.to_owned();
    let mut fraction = fraction.chars();
    for _ in 0..places {
        whole.push(fraction.next().unwrap_or('0'));
    }
    grams.push(number_gram(&format!("{whole}.{}", fraction.as_str())));
}

/// A number without what does not change its value.
fn number_gram(number: &str) -> u32 {
    let number = if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number };
    let number = number.trim_start_matches('0');
    let number: Vec<char> = if number.is_empty() || number.starts_with('.') {
        std::iter::once('0').chain(number.chars()).collect()
    } else {
        number.chars().collect()
    };
    hash(&number)
}

/// One writing for what is the same to a reader: half-width, lower case, without quotation marks, without commas in
/// numbers, with spaces only between words that need them.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    let mut characters = text.chars().map(narrow).peekable();
    while let Some(c) = characters.next() {
        if is_quotation(c) {
            continue;
        }
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let last = folded.chars().next_back();
        let in_number = c == ','
            && !space
            && last.is_some_and(|c| c.is_ascii_digit())
            && characters.peek().is_some_and(char::is_ascii_digit);
        if in_number {
            continue;
        }
        if space && last.is_some_and(|last| !is_han(last)) && !is_han(c) {
            folded.push(' ');
        }
        space = false;
        folded.extend(c.to_lowercase());
    }
    folded
}

/// Full-width forms of ASCII as ASCII.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

fn is_quotation(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{300a}'..='\u{300f}' | '\u{200b}' | '\u{2060}' | SIC)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether the character is the point inside a number.
fn is_point(text: &[char], at: usize) -> bool {
    text[at] == '.' && text.get(at + 1).is_some_and(char::is_ascii_digit)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Letter,
    Digit,
    Other,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            _ if is_han(c) => Kind::Han,
            _ if c.is_ascii_digit() => Kind::Digit,
            _ if c.is_alphabetic() => Kind::Letter,
            _ => Kind::Other,
        }
    }
}

/// FNV-1a over the UTF-8 bytes: a few lines in any language.
fn hash(gram: &[char]) -> u32 {
    let mut buffer = [0; 4];
    let mut hash: u32 = 0x811c_9dc5;
    for c in gram {
        for byte in c.encode_utf8(&mut buffer).bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn grams(text: &str) -> BTreeSet<u32> {
        let mut grams = Vec::new();
        collect(text, &mut grams);
        grams.into_iter().collect()
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(fold("“三公” 经费 ２，７９５．０８ 万元"), "三公经费2795.08万元");
        assert_eq!(fold("RMB\u{a0}27,950,800, and  Official\nreceptions"), "rmb 27950800, and official receptions");
        assert_eq!(fold("2019 年，1, 2"), "2019年,1, 2");
        assert_eq!(fold("下降 6.18%\u{fffc}，主要"), "下降6.18%,主要");
    }

    #[test]
    fn a_text_has_the_grams_of_every_query_that_it_answers() {
        let text = grams("2019 年“三公”经费支出 0.780 万元，Official receptions");
        for query in ["三公经费", "三公", "公经", "0.78", "2019年", "receptions", "RECEPTION", "offi"] {
            assert!(grams(query).is_subset(&text), "{query}");
        }
        for query in ["公务", "7.8", "78", "201", "procurement"] {
            assert!(!grams(query).is_subset(&text), "{query}");
        }
        assert!(grams("三").is_empty() && grams("of").is_empty(), "too short to tell departments apart");
    }

    #[test]
    fn an_amount_is_found_in_yuan_too() {
        let in_yuan = |amount: &str, places| {
            let mut grams = Vec::new();
            moved(amount, places, &mut grams);
            grams.into_iter().collect::<BTreeSet<_>>()
        };
        assert_eq!(in_yuan("2,795.08", 4), grams("27,950,800"));
        assert_eq!(in_yuan("\u{2212}0.78", 4), grams("7800"));
        assert_eq!(in_yuan("0.00001", 4), grams("0.1"));
        assert_eq!(in_yuan("0.00", 4), grams("0"));
        assert_eq!(in_yuan("12", 0), grams("12.0"));
    }

    /// The reader's browser computes the same hashes; these are FNV-1a's own test values.
    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(hash(&['a']), 0xe40c_292c);
        assert_eq!(hash(&['f', 'o', 'o', 'b', 'a', 'r']), 0xbf9c_f968);
    }
}
