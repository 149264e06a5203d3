//! The amounts and percentages of a text, typed or by address. A number is one only with its unit: years, dates,
//! document and list numbers, codes, standards and times never are.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::model::{Amount, Computed, Unit, Value};

use super::block::{Block, FIGURE, sentences};

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
}

/// An amount or a percentage in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    /// Where, in the text of the block: number, unit and currency.
    pub(super) at: Range<usize>,
    /// What it says.
    pub(super) kind: Kind,
    /// The number as printed.
    pub(super) amount: Amount,
    /// Yuan in one unit; 1 for a percentage.
    pub(super) factor: Decimal,
    /// The figure, if it is not typed as a literal.
    pub(super) figure: Option<&'a Computed>,
    /// Said to be about right only: 约, 余, about.
    pub(super) about: bool,
    /// A limit, not an amount of anything: 50 万元以上, RMB 500,000 or more.
    pub(super) limit: bool,
}

impl Token<'_> {
    /// The value: in yuan, or per cent.
    pub(super) fn value(&self) -> Decimal {
        self.amount.value() * self.factor
    }

    /// Whether it was typed.
    pub(super) fn is_literal(&self) -> bool {
        self.figure.is_none()
    }

    /// Whether an exact value in the same measure is printed as this number.
    pub(super) fn prints(&self, exact: Decimal) -> bool {
        let exact = Amount::from_decimal(exact / self.factor);
        let scaled = exact.rounded(self.amount.decimals()).value();
        if self.about {
            let cut = exact.value().trunc_with_scale(self.amount.decimals());
            return scaled == self.amount.value() || cut == self.amount.value();
        }
        scaled == self.amount.value()
    }
}

/// All tokens of a block, in order.
pub(super) fn tokens<'a>(block: &Block<'a>) -> Vec<Token<'a>> {
    let text = block.text.as_str();
    let mut found: Vec<Token<'a>> =
        block.figures.iter().filter_map(|(at, computed, _)| of_figure(text, *at, computed)).collect();
    let sentences = sentences(text);
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| narrow(c).is_ascii_digit()).map(|next| at + next) {
        let digits = number_end(text, start);
        at = digits;
        let sentence = sentences.iter().find(|sentence| sentence.contains(&start));
        let quoted = sentence.is_some_and(|own| is_quoted(&text[own.start..start], &text[digits..own.end.max(digits)]));
        if let Some(token) = literal(text, start, digits).filter(|_| !quoted) {
            at = token.at.end;
            found.push(token);
        }
    }
    found.sort_by_key(|token| token.at.start);
    found
}

fn of_figure<'a>(text: &str, at: usize, computed: &'a Computed) -> Option<Token<'a>> {
    let (number, kind, factor) = match &computed.value {
        Value::Amount(amount, unit) | Value::Change(amount, unit) => match unit {
            Unit::Money { factor } => (*amount, Kind::Money, Decimal::from(*factor)),
            Unit::Percent => (*amount, Kind::Percent, Decimal::ONE),
            Unit::Scaled { .. } | Unit::Counted(_) => return None,
        },
        Value::Growth(percent) | Value::Percent(percent) => (*percent, Kind::Percent, Decimal::ONE),
        Value::ZeroBase => return None,
    };
    let end = at + FIGURE.len();
    let printed = computed.derivation.stated.unwrap_or(number);
    if !is_of_accounts(printed.value() * factor) {
        return None;
    }
    // A movement is printed without its sign, behind the word for its direction.
    let moved = matches!(computed.value, Value::Change(..) | Value::Growth(_));
    Some(Token {
        at: at..end,
        kind,
        amount: if moved { printed.abs() } else { printed },
        factor,
        figure: Some(computed),
        about: is_about(&text[..at]),
        limit: is_limit(&text[..at], &text[end..]),
    })
}

/// A full-width digit or mark of a number as the half-width one.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '％' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

/// Where the number that starts at `start` ends: digits, groups of three behind commas, decimals.
fn number_end(text: &str, start: usize) -> usize {
    let next = |at: usize| text[at..].chars().next();
    let digits = |mut at: usize| {
        let mut count = 0;
        while let Some(c) = next(at).filter(|c| narrow(*c).is_ascii_digit()) {
            at += c.len_utf8();
            count += 1;
        }
        (at, count)
    };
    let (mut end, _) = digits(start);
    while next(end) == Some(',')
        && let (group, 3) = digits(end + 1)
    {
        end = group;
    }
    if let Some(point) = next(end).filter(|c| narrow(*c) == '.')
        && let (decimals, 1..) = digits(end + point.len_utf8())
    {
        end = decimals;
    }
    end
}

fn literal<'a>(text: &str, start: usize, end: usize) -> Option<Token<'a>> {
    let before = &text[..start];
    let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | ',');
    // `RMB188,470,200`: the name of the currency may be joined to its number.
    let named = ["RMB", "CNY"].iter().find_map(|name| before.strip_suffix(name));
    if named.unwrap_or(before).chars().next_back().is_some_and(joined) {
        return None;
    }
    let (negative, before) = match before.strip_suffix(['-', '−', '－']) {
        Some(rest) if rest.chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '%') => (true, rest),
        _ => (false, before),
    };
    let plain: String = text[start..end].chars().filter(|c| *c != ',').map(narrow).collect();
    let number = Amount::parse(&plain).ok()?;
    let currency = ["RMB", "CNY", "¥", "￥", "人民币"];
    let bare = before.trim_end();
    let with_currency = currency.iter().find_map(|name| bare.strip_suffix(name));
    let written = text[start..end].contains([',', '.', '．']);
    let measure = measure(&text[end..], with_currency.is_some());
    let Measure { kind, factor, length, about } =
        measure.or_else(|| written.then(|| short_measure(&text[end..], before, with_currency.is_some()))?)?;
    let from = with_currency.map_or(before.len(), str::len);
    let unit_end = end + length;
    // `(RMB 10,000)` or `(10,000 yuan)` at the head of a column is a unit, no amount.
    let unit_only = plain == "10000" && text[..from].trim_end().to_lowercase().ends_with(['(', '（', ':']);
    if unit_only {
        return None;
    }
    let amount = if negative { Amount::from_decimal(-number.value()) } else { number };
    if !is_of_accounts(amount.value() * factor) {
        return None;
    }
    Some(Token {
        at: from..unit_end,
        kind,
        amount,
        factor,
        figure: None,
        about: about || is_about(&text[..from]),
        limit: is_limit(&text[..from], &text[unit_end..]),
    })
}

/// Whether a value may be one of accounts, in yuan or per cent: beyond ten quadrillions or below a millionth no quotient of
/// two would be exact, or a number at all.
fn is_of_accounts(value: Decimal) -> bool {
    let (most, least) = (Decimal::from(10_000_000_000_000_000_u64), Decimal::new(1, 6));
    value.is_zero() || (least..=most).contains(&value.abs())
}

/// A literal with another number in it: `61%` with 60.00 is `60.00%`.
pub(super) fn reworded(literal: &str, number: &str) -> String {
    match literal.find(|c: char| narrow(c).is_ascii_digit()) {
        Some(start) => format!("{}{number}{}", &literal[..start], &literal[number_end(literal, start)..]),
        None => number.to_owned(),
    }
}

/// The unit behind a number.
struct Measure {
    kind: Kind,
    factor: Decimal,
    length: usize,
    about: bool,
}

fn measure(rest: &str, with_currency: bool) -> Option<Measure> {
    let mut at = rest.len() - rest.trim_start().len();
    let about = rest[at..].starts_with(['余', '多']);
    if about {
        at += '余'.len_utf8();
    }
    let unit = &rest[at..];
    let money = |factor: u32, length: usize| {
        Some(Measure { kind: Kind::Money, factor: Decimal::from(factor), length: at + length, about })
    };
    for sign in ["%", "％", "percent", "per cent"] {
        if let Some(after) = unit.strip_prefix(sign) {
            let points = after.starts_with("age");
            return (!points).then_some(Measure {
                kind: Kind::Percent,
                factor: Decimal::ONE,
                length: at + sign.len(),
                about,
            });
        }
    }
    let chinese = [("万元", 10_000), ("亿元", 100_000_000), ("百万元", 1_000_000), ("千元", 1_000), ("元", 1)];
    for (name, factor) in chinese {
        if let Some(after) = unit.strip_prefix(name) {
            let other = name == "元" && after.starts_with(['旦', '月', '宵', '素', '件']);
            return if other { None } else { money(factor, name.len()) };
        }
    }
    for name in ["(RMB 10,000)", "(10,000 yuan)", "10,000 yuan", "(ten thousand yuan)"] {
        if starts_with(unit, name) {
            return money(10_000, name.len());
        }
    }
    let scales =
        [("ten thousand", 10_000), ("hundred million", 100_000_000), ("million", 1_000_000), ("thousand", 1_000)];
    let (factor, scale) = scales
        .iter()
        .chain(&[("billion", 1_000_000_000)])
        .find(|(name, _)| starts_with(unit, name))
        .map_or((1, 0), |(name, factor)| (*factor, name.len()));
    let behind = &unit[scale..];
    let space = behind.len() - behind.trim_start().len();
    if starts_with(&behind[space..], "yuan") {
        return money(factor, scale + space + "yuan".len());
    }
    // Behind a currency the unit may be missing: `RMB 27,950,800`.
    if with_currency {
        return if scale > 0 {
            money(factor, scale)
        } else {
            Some(Measure { kind: Kind::Money, factor: Decimal::ONE, length: 0, about: false })
        };
    }
    None
}

/// The unit behind a number that is plainly money although it is cut short: 支出 999.94万, or `999,990 RMB`. The number
/// has decimals or groups.
fn short_measure(rest: &str, before: &str, with_currency: bool) -> Option<Measure> {
    let at = rest.len() - rest.trim_start().len();
    let unit = &rest[at..];
    let money = |factor: u32, length: usize| {
        Some(Measure { kind: Kind::Money, factor: Decimal::from(factor), length: at + length, about: false })
    };
    for name in ["RMB", "CNY", "人民币"] {
        if let Some(after) = unit.strip_prefix(name) {
            // In `on 5.1 RMB 100,000 was spent` the currency is that of the next number.
            let next = after.trim_start().chars().next();
            return next.is_none_or(|c| !narrow(c).is_alphanumeric()).then(|| money(1, name.len()))?;
        }
    }
    let clause = before.rsplit(['，', '。', '；', '、', '：', ',']).next().unwrap_or(before).trim_end();
    let clause = clause.trim_end_matches(['为', '是', '共', '达', '数']).trim_end();
    let named = ["支出", "收入", "经费", "资金", "预算", "决算", "金额", "费用", "拨款", "结余", "合计", "总计"];
    let plainly = with_currency || named.iter().any(|name| clause.ends_with(name));
    let mark = |after: &str| after.chars().next().is_none_or(|c| "，。；、）,.;)".contains(c));
    [("万", 10_000), ("亿", 100_000_000)].into_iter().find_map(|(name, factor)| {
        let after = unit.strip_prefix(name)?;
        (plainly && mark(after)).then(|| money(factor, name.len()))?
    })
}

/// Whether a number stands in a quotation, with its sentence before and behind it: names in 《》 and “” are not the report's
/// own words. A mark without its other half quotes nothing.
fn is_quoted(before: &str, behind: &str) -> bool {
    let within = |left: char, right: char| {
        let open = before.matches(left).count() > before.matches(right).count();
        open && behind.find([left, right]).is_some_and(|at| behind[at..].starts_with(right))
    };
    within('《', '》') || within('“', '”') || before.matches('"').count() % 2 == 1 && behind.contains('"')
}

fn is_about(before: &str) -> bool {
    // What is saved or agreed is exact, and so is what is recent.
    if ends_with_any(before, &["节约", "签约", "合约", "预约", "制约", "契约", "公约", "最近", "附近"])
    {
        return false;
    }
    let words = ["约", "近", "大约", "将近", "about", "nearly", "almost", "approximately", "some", "around", "roughly"];
    ends_with_any(before, &words)
}

fn is_limit(before: &str, after: &str) -> bool {
    let behind =
        ["以上", "以下", "以内", "及以上", "（含", "(含", "or more", "or less", "or above", "and above", "or below"];
    let after = after.trim_start();
    let ahead = [
        "more than",
        "less than",
        "over",
        "at least",
        "at most",
        "up to",
        "exceeding",
        "under",
        "超过",
        "不超过",
        "～",
        "~",
    ];
    behind.iter().any(|word| starts_with(after, word)) || ends_with_any(before, &ahead) || before.ends_with('-')
}

/// Whether a text begins with a word, in whatever case.
fn starts_with(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a text ends with one of some words: in Latin letters, whole words.
pub(super) fn ends_with_any(text: &str, words: &[&str]) -> bool {
    let text = text.trim_end();
    words.iter().any(|word| {
        let Some(start) = text.len().checked_sub(word.len()).filter(|start| text.is_char_boundary(*start)) else {
            return false;
        };
        let (rest, tail) = text.split_at(start);
        let whole = !word.is_ascii() || !rest.ends_with(|c: char| c.is_ascii_alphanumeric());
        whole && tail.eq_ignore_ascii_case(word)
    })
}
