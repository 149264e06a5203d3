//! What a type wanted and what was typed, in Chinese and English.

use super::error::Wanted;
use super::tree::{Kind, Tree};

/// Words in both languages.
#[derive(Clone, Debug)]
pub(super) struct Both {
    pub(super) zh: String,
    pub(super) en: String,
}

impl Both {
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Both { zh: zh.into(), en: en.into() }
    }
}

/// Names as a list in both languages: `` `rows`、`note` `` and `` `rows`, `note` ``.
pub(super) fn names<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Both {
    let quoted = names.map(|name| format!("`{name}`"));
    let all: Vec<String> = quoted.collect();
    if all.is_empty() { Both::new("（无）", "(none)") } else { Both::new(all.join("、"), all.join(", ")) }
}

/// What was wanted.
pub(super) fn expected(wanted: Option<&Wanted>) -> Both {
    let mut words = wanted_words(wanted);
    if words.zh.starts_with(|first: char| first.is_ascii_graphic()) {
        words.zh.insert(0, ' '); // Chinese stands apart from what is not.
    }
    words
}

fn wanted_words(wanted: Option<&Wanted>) -> Both {
    match wanted {
        Some(Wanted::Keys(keys)) => {
            let keys = names(keys.iter().copied());
            Both::new(format!("一组键值：{}", keys.zh), format!("a map with {}", keys.en))
        }
        Some(Wanted::OneOf(known)) => {
            let known = names(known.iter().copied());
            Both::new(format!("{} 之一", known.zh), format!("one of {}", known.en))
        }
        Some(Wanted::Words(words)) => translate(words),
        None => Both::new("其他内容", "something else"),
    }
}

/// serde's own words, or a visitor's `中文 | English`.
fn translate(words: &str) -> Both {
    match words {
        "" => Both::new("其他内容", "something else"),
        "a string" | "a borrowed string" | "string" => Both::new("一段文字", "a text"),
        "a boolean" => Both::new("`true` 或 `false`", "`true` or `false`"),
        "u8" => Both::new("0 至 255 的整数", "a whole number up to 255"),
        "u16" => Both::new("0 至 65535 的整数", "a whole number up to 65535"),
        "u32" | "u64" | "usize" | "u128" => Both::new("整数，不能为负", "a whole number, not negative"),
        "i8" | "i16" | "i32" | "i64" | "isize" | "i128" => Both::new("整数", "a whole number"),
        "f32" | "f64" => Both::new("数字", "a number"),
        "a sequence" => Both::new("列表 `[…, …]`", "a list `[…, …]`"),
        "a map" => Both::new("一组 `键: 值`", "a map of `key: value`"),
        other => match other.split_once(" | ") {
            Some((zh, en)) => Both::new(zh, en),
            None => Both::new(other, other),
        },
    }
}

/// What stands there.
pub(super) fn found(tree: &Tree<'_>, id: usize) -> Both {
    match &tree.node(id).kind {
        Kind::Scalar { text, .. } if text.is_empty() && tree.root() == Some(id) => {
            Both::new("文件是空的", "the file is empty")
        }
        Kind::Scalar { text, .. } if text.is_empty() => Both::new("这里没有内容", "nothing stands here"),
        Kind::Scalar { text, .. } => {
            let mut short: String = text.chars().take(24).map(|c| if c.is_control() { ' ' } else { c }).collect();
            if text.chars().nth(24).is_some() {
                short.push('…');
            }
            Both::new(format!("`{short}`"), format!("`{short}`"))
        }
        Kind::Mapping { pairs, .. } if is_braces(tree, id) => {
            let name = tree.text(pairs[0].0).unwrap_or_default();
            Both::new(format!("`{{{name}}}`"), format!("`{{{name}}}`"))
        }
        Kind::Sequence { .. } => Both::new("这里是列表", "a list stands here"),
        Kind::Mapping { .. } => Both::new("这里是一组键值", "a map stands here"),
        Kind::Broken(_) => Both::new("", ""),
    }
}

/// What to type instead.
pub(super) fn help(tree: &Tree<'_>, id: usize, wanted: Option<&Wanted>) -> Both {
    let text = tree.text(id);
    if is_braces(tree, id) {
        return Both::new("若是文字，整段加上引号", "if it is meant as text, put all of it in quotes");
    }
    match (wanted, text) {
        (_, Some("")) => Both::new("填上内容，或删去这一项", "fill it in, or remove it"),
        (Some(Wanted::OneOf(known)), Some(text)) => match nearest(text, known.iter().copied()) {
            Some(near) => perhaps(near),
            None => Both::new("改为其中之一", "write one of them"),
        },
        (Some(Wanted::Keys(keys)), _) if (1..=3).contains(&keys.len()) => {
            let flow: Vec<String> = keys.iter().map(|key| format!("{key}: …")).collect();
            let flow = flow.join(", ");
            Both::new(format!("写成 `{{{flow}}}`"), format!("write `{{{flow}}}`"))
        }
        (Some(Wanted::Keys(_)), _) => Both::new(
            "另起一行，缩进两格，每行写一个 `键: 值`",
            "on lines of their own, indented by two, write `key: value`",
        ),
        (Some(Wanted::Words(words)), _) => match (words.as_str(), text) {
            ("a string" | "a borrowed string" | "string", None) => {
                Both::new("若是文字，整段加上引号", "if it is meant as text, put all of it in quotes")
            }
            ("a boolean", _) => Both::new("写 `true` 或 `false`，不加引号", "write `true` or `false`, without quotes"),
            ("u8" | "u16" | "u32" | "u64" | "usize", _) => {
                Both::new("只写半角数字，不加引号，如 `2`", "write plain digits without quotes, as `2`")
            }
            ("a sequence", Some(text)) if text.chars().count() <= 24 && !text.contains('\n') => {
                Both::new(format!("写成 `[{text}]`"), format!("write `[{text}]`"))
            }
            _ => Both::new("", ""),
        },
        _ => Both::new("", ""),
    }
}

/// Whether a mapping is only a text in braces, as `{expenditure/total}`.
pub(super) fn is_braces(tree: &Tree<'_>, id: usize) -> bool {
    match &tree.node(id).kind {
        Kind::Mapping { pairs, flow: true } => pairs.len() == 1 && tree.text(pairs[0].1) == Some(""),
        _ => false,
    }
}

/// A guess.
pub(super) fn perhaps(name: &str) -> Both {
    Both::new(format!("也许是 `{name}`"), format!("perhaps `{name}`"))
}

/// The known name that was most likely meant.
pub(super) fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('_', "-");
    let length = typed.chars().count();
    if length > 64 {
        return None; // A sentence, or noise.
    }
    let limit = (length / 3).max(1);
    known
        .map(|name| (distance(&typed, &name.to_lowercase().replace('_', "-")), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Edits between two words; two letters in the wrong order are one edit.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substituted = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = substituted.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
