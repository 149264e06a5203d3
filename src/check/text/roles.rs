//! What an amount or a percentage does in its sentence. What is not plain is [`Role::Unclear`]: nothing is proved by it.

use super::block::FIGURE;
use super::read::{Kind, Token, ends_with_any};
use crate::model::Value;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// 增加, 增长, up.
    Up,
    /// 减少, 下降, down.
    Down,
}

/// What a number does in its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An amount of something; the words before it.
    Level(String),
    /// What another amount is compared with; the words before it.
    Base(String),
    /// A difference.
    Change(Direction),
    /// A percentage of a whole: its name, if it has one.
    Share(Option<String>),
    /// A rate of growth.
    Growth(Direction),
    /// A percentage of the amount right beside it: its index.
    Of(usize),
    /// A percentage of a budget.
    Completion,
    /// Anything else.
    Unclear,
}

const UP: &[&str] = &["增加", "增长", "上升", "提高", "增", "升"];
const DOWN: &[&str] = &["减少", "下降", "降低", "压减", "减", "降"];
const NEITHER: &[&str] = &["增减", "新增", "调增", "调减", "核减", "核增", "追加"];
const UP_EN: &[&str] = &[
    "increase of",
    "increased by",
    "increasing by",
    "rose by",
    "rose",
    "rise of",
    "up by",
    "up",
    "grew by",
    "grew",
    "growth of",
    "growing by",
];
const DOWN_EN: &[&str] = &[
    "decrease of",
    "decreased by",
    "decreasing by",
    "fell by",
    "fell",
    "fall of",
    "down by",
    "down",
    "reduction of",
    "reduced by",
    "drop of",
    "dropped by",
    "decline of",
    "declined by",
    "declining by",
];
/// Words that make an amount a difference, a rate or a rest of something, not plainly either.
const VAGUE: &[&str] = &[
    "增加",
    "增长",
    "上升",
    "提高",
    "减少",
    "下降",
    "降低",
    "超出",
    "超过",
    "高于",
    "低于",
    "多于",
    "少于",
    "节约",
    "节省",
    "结余",
    "相差",
    "差额",
    "平均",
    "人均",
    "每",
    "新增",
    "追加",
    "increas",
    "decreas",
    "rise",
    "rose",
    "fall",
    "fell",
    "growth",
    "grew",
    "exceed",
    "average",
    "saved",
    "saving",
    "difference",
    "additional",
    "reduc",
];

/// The role of a token; `before` reaches back to the token before it or to the start of the sentence, `after` on to the
/// next or to the end.
pub(super) fn role(token: &Token<'_>, before: &str, after: &str) -> Role {
    if token.limit {
        return Role::Unclear;
    }
    if let Some(computed) = token.figure
        && !computed.derivation.plain
    {
        // The word of direction is part of such a figure, and always right.
        let way = |negative| if negative { Direction::Down } else { Direction::Up };
        match &computed.value {
            Value::Change(amount, _) => return Role::Change(way(amount.is_negative())),
            Value::Growth(percent) => return Role::Growth(way(percent.is_negative())),
            _ => {}
        }
    }
    let before = before.to_lowercase();
    let after = after.trim_start().to_lowercase();
    match (direction(&before, &after), token.kind) {
        (Some(Some(way)), Kind::Money) => Role::Change(way),
        (Some(Some(way)), Kind::Percent) => Role::Growth(way),
        (Some(None), _) => Role::Unclear,
        (None, Kind::Money) => money(&before, &after),
        (None, Kind::Percent) => percent(&before, &after),
    }
}

/// `Some(None)`: a word of direction, but not plainly a difference, as 增加到.
#[allow(clippy::option_option, reason = "no word, an unclear word, a clear one")]
fn direction(before: &str, after: &str) -> Option<Option<Direction>> {
    let mut tail = strip(before.trim_end(), &["约", "近", "达", "了", "about", "nearly"]);
    if let Some(copula) = tail.strip_suffix(['为', '：', ':', '是']) {
        // 增加额为, 增长率：; but 减少为 is what something became.
        let named = strip(copula, &["额", "率", "幅度", "幅", "数", "金额"]);
        tail = if named.len() < copula.len() { named } else { copula };
        if named.len() == copula.len() && (ends_with_any(tail, UP) || ends_with_any(tail, DOWN)) {
            return Some(None);
        }
    } else {
        tail = strip(tail, &["额", "幅度", "幅"]);
    }
    if ends_with_any(tail, NEITHER)
        || ends_with_any(tail.trim_end_matches(['到', '至']), &["增加", "减少", "增", "降", "提高"])
            && tail.ends_with(['到', '至'])
    {
        return Some(None);
    }
    if ends_with_any(tail, UP) || ends_with_any(tail, UP_EN) {
        return Some(Some(Direction::Up));
    }
    if ends_with_any(tail, DOWN) || ends_with_any(tail, DOWN_EN) {
        return Some(Some(Direction::Down));
    }
    let starts = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    if starts(&["more than", "higher than", "higher", "more", "above"]) {
        return Some(Some(Direction::Up));
    }
    if starts(&["less than", "lower than", "lower", "less", "below", "fewer"]) {
        return Some(Some(Direction::Down));
    }
    None
}

fn strip<'a>(text: &'a str, words: &[&str]) -> &'a str {
    let mut text = text.trim_end();
    while let Some(rest) = words.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest.trim_end();
    }
    text
}

/// The part of the sentence that an amount stands in.
pub(super) fn clause(before: &str) -> &str {
    before.rsplit(['，', '、', '：', '；', '（', '(', ',', ':', '—']).next().unwrap_or(before).trim()
}

fn money(before: &str, after: &str) -> Role {
    let clause = clause(before);
    if VAGUE.iter().any(|word| clause.contains(word)) {
        return Role::Unclear;
    }
    let label = label(clause).to_owned();
    if is_base(clause, after) { Role::Base(label) } else { Role::Level(label) }
}

/// The words before an amount without the verb.
fn label(clause: &str) -> &str {
    let verbs = [
        "为",
        "是",
        "共",
        "共计",
        "达",
        "达到",
        " was",
        " were",
        " is",
        " of",
        " came to",
        " amounted to",
        " totalled",
        " cost",
        "约",
        "about",
        FIGURE,
    ];
    let mut text = clause.trim_end();
    while let Some(rest) = verbs.iter().find_map(|word| text.strip_suffix(word)) {
        text = rest.trim_end();
    }
    text
}

fn is_base(clause: &str, after: &str) -> bool {
    let compares = |mark: &str| {
        clause.match_indices(mark).any(|(at, _)| {
            let left = clause[..at].chars().next_back();
            let right = &clause[at + mark.len()..];
            !left.is_some_and(|c| "占同环相对百".contains(c))
                && !right
                    .starts_with(['重', '例', '率', '值', '大', '多', '高', '好', '少', '低', '小', '强', '较', '为'])
        })
    };
    let with = clause.contains('与') && (after.starts_with("相比") || after.starts_with("比较"));
    let verb = [" was", " were", " is", " cost", " came to"];
    let plain =
        |mark: &str| clause.split_once(mark).is_some_and(|(_, behind)| !verb.iter().any(|verb| behind.contains(verb)));
    // `RMB 27,300, against RMB 31,500 the year before`; but of a budget the rate behind it may not be.
    let years = ["the year before", "last year", "the previous year", "a year earlier", "in 20"];
    let bare = || {
        ends_with_any(clause, &["against", "compared with", "compared to"])
            && years.iter().any(|year| after.starts_with(year))
    };
    compares("比")
        || bare()
        || compares("较")
        || with
        || ["than ", "compared with", "compared to", "against "].iter().any(|mark| plain(mark))
        || ends_with_any(clause, &["from"])
}

fn percent(before: &str, after: &str) -> Role {
    let clause = clause(before);
    if ["合计占", "共占", "共计占", "together", "combined", "in total", "累计"].iter().any(|word| clause.contains(word))
    {
        return Role::Unclear;
    }
    if let Some((_, name)) = clause.rsplit_once('占') {
        let name = strip(name, &["约", "为", "的比重", "的比例", "比重", "比例", "比", "的"]);
        return if name.contains("预算") && !names_fund(name) {
            Role::Unclear
        } else {
            Role::Share((!name.is_empty()).then(|| name.to_owned()))
        };
    }
    let done = strip(clause, &["约", "为", "的", "数", "率"]);
    if (clause.contains("完成") && ends_with_any(done, &["预算"]) && !names_fund(done))
        || ends_with_any(done, &["预算完成", "预算执行"])
    {
        return Role::Completion;
    }
    if let Some(name) = after.strip_prefix("of ") {
        let name = name.split(['.', ',', ';', ':', '(', '\u{fffc}']).next().unwrap_or(name).trim();
        let name = ["the ", "its ", "that ", "this "].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
        return if is_budget(name) {
            Role::Completion
        } else {
            Role::Share((!name.is_empty()).then(|| name.to_owned()))
        };
    }
    if ends_with_any(clause, &["accounting for", "accounted for", "accounts for", "a share of"]) || clause == "or" {
        return Role::Share(None);
    }
    Role::Unclear
}

fn names_fund(name: &str) -> bool {
    ["公共预算", "基金预算", "经营预算"].iter().any(|fund| name.ends_with(fund))
}

/// Whether a label names a budget: 年初预算, and not 一般公共预算, which is where money comes from.
pub(super) fn is_budget(label: &str) -> bool {
    if let Some(at) = label.find("budget") {
        let sources = ["public budget", "fund budget", "budget appropriation", "operating budget", "budget unit"];
        return !sources.iter().any(|source| label.contains(source)) && label.is_char_boundary(at);
    }
    let name = strip(label, &["数", "金额"]);
    ends_with_any(name, &["预算"]) && !names_fund(name)
}
