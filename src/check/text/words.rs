//! What must not be left in a published text: words of the template, doubled marks, addresses and numbers of persons.

use std::ops::Range;

/// Something that must not be left, with what it is in both languages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Leftover {
    /// Where.
    pub(super) at: Range<usize>,
    /// What it is, in Chinese.
    pub(super) zh: &'static str,
    /// What it is, in English.
    pub(super) en: &'static str,
}

/// Template text and doubled punctuation.
pub(super) fn leftovers(text: &str) -> Vec<Leftover> {
    let template = |at| Leftover { at, zh: "模板文字没有替换", en: "text of the template is left" };
    let mut found: Vec<Leftover> =
        runs(text).into_iter().filter(|run| is_blank(&text[run.clone()])).map(template).collect();
    let phrases =
        ["仍保留该表格式", "待填写", "待填〕", "待填】", "待填）", "待填]", "TODO", "TBD", "Lorem ipsum", "××"];
    for phrase in phrases {
        let whole = |at: &usize| {
            !phrase.is_ascii() || {
                let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !word(text[..*at].chars().next_back()) && !word(text[at + phrase.len()..].chars().next())
            }
        };
        found.extend(
            text.match_indices(phrase).map(|(at, _)| at).filter(whole).map(|at| template(at..at + phrase.len())),
        );
    }
    found.extend(doubled(text).map(|at| Leftover { at, zh: "标点重复", en: "doubled punctuation" }));
    found.sort_by_key(|leftover| leftover.at.start);
    // `××××` is one blank.
    found.dedup_by(|next, last| {
        let joined = next.at.start <= last.at.end && next.zh == last.zh;
        if joined {
            last.at.end = last.at.end.max(next.at.end);
        }
        joined
    });
    found
}

/// The runs of ASCII letters and digits.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// `XX`, `xxx`, `20XX`.
fn is_blank(run: &str) -> bool {
    let letters = run.strip_prefix("20").unwrap_or(run);
    letters.len() >= 2 && (letters.bytes().all(|b| b == b'X') || letters.bytes().all(|b| b == b'x'))
}

fn doubled(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let wide = |c: char| matches!(c, '，' | '。' | '、' | '；' | '：');
    text.char_indices().filter(move |(_, first)| wide(*first) || matches!(first, ',' | ';' | '.')).filter_map(
        move |(at, first)| {
            let next = at + first.len_utf8();
            let second = text[next..].chars().next()?;
            let end = next + second.len_utf8();
            let ellipsis = || text[..at].ends_with('.') || text[end..].starts_with(['.', '/']);
            let narrow = matches!((first, second), (',', ',' | '.') | (';', ';' | ','))
                || (first, second) == ('.', '.') && !ellipsis();
            (wide(first) && wide(second) || narrow).then_some(at..end)
        },
    )
}

/// IPv4 addresses, identity numbers, mobile numbers. A heading may begin with a number like an address.
pub(super) fn sensitive(text: &str, heading: bool) -> Vec<Leftover> {
    let mut found = Vec::new();
    for run in runs_with(text, |c| c.is_ascii_alphanumeric() || c == '.') {
        let word = text[run.clone()].trim_end_matches('.');
        let at = run.start..run.start + word.len();
        let numbered = heading && at.start == 0;
        if is_address(word) && !numbered {
            let net = &text[at.end..];
            let digits = net.len() - net.trim_start_matches(|c: char| c == '/' || c.is_ascii_digit()).len();
            let at = at.start..at.end + if net.starts_with('/') { digits } else { 0 };
            found.push(Leftover { at, zh: " IP 地址", en: "an IP address" });
        } else if is_identity(word) {
            found.push(Leftover { at, zh: "居民身份证号码", en: "an identity number" });
        } else if is_mobile(word) && !text[at.end..].trim_start().starts_with(['元', '万', '亿']) {
            found.push(Leftover { at, zh: "手机号码", en: "a mobile number" });
        }
    }
    for run in runs_with(text, |c| c.is_ascii_digit() || matches!(c, '-' | ' ')) {
        let word = text[run.clone()].trim();
        let parts: Vec<&str> = word.split(['-', ' ']).collect();
        let split = parts.iter().map(|part| part.len()).eq([3, 4, 4]);
        if split && is_mobile(&parts.concat()) {
            let start = run.start + text[run.clone()].find(word).unwrap_or(0);
            found.push(Leftover { at: start..start + word.len(), zh: "手机号码", en: "a mobile number" });
        }
    }
    found
}

fn runs_with(text: &str, belongs: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (belongs(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|from| from..text.len()));
    found
}

fn is_address(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.len() <= 3 && part.parse::<u8>().is_ok())
}

/// 18 characters, a plausible day of birth, and the check digit of GB 11643.
fn is_identity(word: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: &[u8; 11] = b"10X98765432";
    let bytes = word.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    let born = matches!(&word[6..8], "19" | "20")
        && ("01"..="12").contains(&&word[10..12])
        && ("01"..="31").contains(&&word[12..14]);
    born && bytes[17].to_ascii_uppercase() == CHECK[(sum % 11) as usize]
}

fn is_mobile(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 11 && bytes.iter().all(u8::is_ascii_digit) && bytes[0] == b'1' && bytes[1] >= b'3'
}

/// The years that a heading calls its own: `2018 年度`, `2018 final accounts`, `final accounts for 2018`.
pub(super) fn years(text: &str) -> Vec<(Range<usize>, u16)> {
    let mut found = Vec::new();
    for run in runs(text) {
        let word = &text[run.clone()];
        let Ok(year) = word.parse::<u16>() else { continue };
        let before = text[..run.start].trim_end().to_lowercase();
        let after = text[run.end..].trim_start().to_lowercase();
        let said = after.starts_with("年度")
            || after.starts_with("final accounts")
            || before.ends_with("final accounts for")
            || before.ends_with("final accounts of");
        if word.len() == 4 && (1990..2100).contains(&year) && said {
            found.push((run, year));
        }
    }
    found
}
