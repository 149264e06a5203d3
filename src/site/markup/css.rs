//! The addresses that a style sheet would load from, wherever CSS lets them stand and however they are spelt.
//!
//! A reader of strings, functions and at-rules, not of CSS: whether a rule is sound is nobody's business here. A parser
//! that is kept by others (cssparser) is under a licence that deny.toml does not have (docs/decisions/0016).

use std::ops::Range;

/// The functions whose argument, or whose texts, are addresses.
const LOADING: &[&str] = &["url", "src", "image", "image-set", "-webkit-image-set"];

/// Each address with its place in the style sheet: `url(…)`, `@import "…"`, the texts of `image-set(…)`.
pub(in crate::site) fn addresses(css: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    // For each open bracket, whether a text in it is an address.
    let mut open: Vec<bool> = Vec::new();
    let mut rule = String::new();
    let mut at = 0;
    while let Some(next) = css[at..].chars().next() {
        match next {
            '/' if css[at..].starts_with("/*") => at += css[at..].find("*/").map_or(css.len() - at, |end| end + 2),
            '"' | '\'' => {
                let (end, text) = read(css, at + 1, |c| c == next || is_break(c));
                if rule == "import" || (open.last() == Some(&true) && rule != "namespace") {
                    found.push((at + 1..end, text));
                }
                at = end + css[end..].chars().next().map_or(0, char::len_utf8);
            }
            '@' => (at, rule) = name(css, at + 1),
            ';' | '{' | '}' => {
                rule.clear();
                open.clear();
                at += 1;
            }
            '(' => {
                open.push(false);
                at += 1;
            }
            ')' => {
                open.pop();
                at += 1;
            }
            c if is_name(c) => {
                let (end, word) = name(css, at);
                at = end;
                let Some(inside) = css[end..].strip_prefix('(') else { continue };
                at = css.len() - inside.trim_start().len();
                if word == "url" && !css[at..].starts_with(['"', '\'']) {
                    let (end, text) = read(css, at, |c| c == ')');
                    if rule != "namespace" {
                        found.push((at..end, text.trim().to_owned()));
                    }
                    at = end;
                }
                open.push(LOADING.contains(&word.as_str()));
            }
            c => at += c.len_utf8(),
        }
    }
    found
}

/// Blanks of CSS: one of them ends an escape by number.
const BLANK: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// Line breaks of CSS, which end a string that nobody closed.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{c}')
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '\\' || !c.is_ascii()
}

/// The name that begins at a place, in small letters, and where it ends.
fn name(css: &str, at: usize) -> (usize, String) {
    let (end, name) = read(css, at, |c| !is_name(c));
    (end, name.to_ascii_lowercase())
}

/// The text from a place to the first sign that ends it, escapes resolved: `\68 ttp` is `http`.
fn read(css: &str, mut at: usize, ends: impl Fn(char) -> bool) -> (usize, String) {
    let mut text = String::new();
    while let Some(next) = css[at..].chars().next().filter(|c| !ends(*c)) {
        at += next.len_utf8();
        if next != '\\' {
            text.push(next);
            continue;
        }
        let digits = css[at..].bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits > 0 {
            let code = u32::from_str_radix(&css[at..at + digits], 16).unwrap_or_default();
            text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            at += digits;
            at += if css[at..].starts_with("\r\n") { 2 } else { usize::from(css[at..].starts_with(BLANK)) };
        } else if css[at..].starts_with("\r\n") {
            at += 2;
        } else if let Some(next) = css[at..].chars().next() {
            // An escaped line break is none.
            text.extend(Some(next).filter(|c| !is_break(*c)));
            at += next.len_utf8();
        }
    }
    (at, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(css: &str) -> Vec<String> {
        addresses(css).into_iter().map(|(_, address)| address).collect()
    }

    #[test]
    fn an_address_is_found_however_it_is_spelt() {
        for css in [
            "a { background: url(https://x/y) }",
            "a{background:URL( 'https://x/y' )}",
            "a{b:u\\72l(\"https://x/y\")}",
            "a{b:url(\\68ttps://x/y",
            "@import 'https://x/y' screen;",
            "a::after { content: 'open\r} b { background: url(https://x/y) }",
            "a::after { content: 'open\u{c}} b { background: url(https://x/y) }",
            "a{b:url('https:\\\r\n//x/y')}",
            "a{b:url(\\68\r\nttps://x/y)}",
            "@\\69mport url(https://x/y);",
            "a{b:image-set('https://x/y' type('image/png') 2x)}",
            "@font-face { font-family: '政'; src: local('政'), url(https://x/y) format('woff2') }",
        ] {
            assert_eq!(of(css), ["https://x/y"], "{css}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for css in [
            "/* url(https://x/y) */",
            "a::after { content: 'url(https://x/y)' \"https://x/y\" }",
            "@namespace svg url(http://www.w3.org/2000/svg);",
            "a { curl: (https://x) } .url { } b{c:\"\\\"",
        ] {
            assert_eq!(of(css), <[String; 0]>::default(), "{css}");
        }
    }

    #[test]
    fn no_style_sheet_is_too_broken() {
        let css = "@import\\ \"é\\00e9 \\\n'url(\\) /* ) */ image-set((\"a\"";
        for (at, _) in css.char_indices() {
            for (end, _) in css[at..].char_indices() {
                addresses(&css[at..at + end]);
            }
        }
    }
}
