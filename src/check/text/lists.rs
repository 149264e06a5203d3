//! Shares and rates of completion that are listed together: by items, by sentences, or behind 分别占.
//!
//! A list is only proved where its amounts add up to an amount that stands before it: then its shares are shares of that
//! whole (R65), and its rates of completion imply the whole's budget (R64).

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::block::Block;
use super::prove::{Fault, Sentence};
use super::read::{Kind, Token};
use super::roles::{Direction, Role};
use super::span::{self, Span};
use crate::diagnostics::{Entry, catalogue};
use crate::model::Amount;

/// A fault in the text of one of several blocks.
pub(super) struct Listed {
    /// The block, by its place among them.
    pub(super) block: usize,
    /// What is wrong.
    pub(super) fault: Fault,
    /// The amounts that it was computed from, in words.
    pub(super) from: String,
    /// What computes, with its unit, where that is not the one of what is stated.
    pub(super) computed: Option<String>,
}

/// What makes shares one list: the name of their whole, and the sentence that gives them out by 分别占.
type Named = (Option<String>, Option<usize>);

/// The cells of a column, by their blocks: their percentage, if they have that and nothing else.
type Column<'t, 'a> = Vec<(usize, Option<&'t Token<'a>>)>;

/// An amount and its rate.
#[derive(Clone, Copy)]
struct Pair<'t, 'a> {
    block: usize,
    part: &'t Token<'a>,
    rate: &'t Token<'a>,
}

/// Shares of one list may be off 100 by this much and still be meant to add up to it.
const NEAR: u32 = 5;

/// All faults of the lists of a text: its blocks with their sentences.
pub(super) fn faults(blocks: &[Block<'_>], sentences: &[Vec<Sentence<'_, '_>>]) -> Vec<Listed> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < blocks.len() {
        let section = blocks[start].section.as_ref().map(|(id, _)| id);
        let same = |block: &&Block<'_>| block.section.as_ref().map(|(id, _)| id) == section;
        let end = start + blocks[start..].iter().take_while(same).count();
        let own: Vec<(usize, &Sentence<'_, '_>)> =
            (start..end).flat_map(|block| sentences[block].iter().map(move |sentence| (block, sentence))).collect();
        found.extend(shares(&own));
        found.extend(structure(&own));
        found.extend(columns(&blocks[start..end], start, &own));
        found.extend(completion(&own));
        start = end;
    }
    found
}

/// Shares that are listed together are shares of the amount that their parts add up to.
fn shares(sentences: &[(usize, &Sentence<'_, '_>)]) -> Vec<Listed> {
    let mut lists: Vec<(Named, Vec<Pair<'_, '_>>)> = Vec::new();
    for (block, sentence) in sentences {
        for (whole, part, rate) in shared(sentence) {
            let pair = Pair { block: *block, part, rate };
            match lists.last_mut() {
                Some((last, pairs)) if *last == whole => pairs.push(pair),
                _ => lists.push((whole, vec![pair])),
            }
        }
    }
    let mut found = Vec::new();
    for (_, pairs) in lists.iter().filter(|(_, pairs)| pairs.len() > 1) {
        let sum: Decimal = pairs.iter().map(|pair| pair.rate.value()).sum();
        let Some(whole) = whole(sentences, pairs) else { continue };
        let exact = |pair: &Pair<'_, '_>| pair.part.value() * Decimal::ONE_HUNDRED / whole.value();
        let (right, wrong): (Vec<&Pair<'_, '_>>, Vec<&Pair<'_, '_>>) = pairs
            .iter()
            .filter(|pair| pair.rate.is_literal() && !pair.rate.about && !pair.part.about)
            .partition(|pair| pair.rate.prints(exact(pair)));
        // Shares of this whole: they add up to about 100, or most of them are right.
        if (sum - Decimal::ONE_HUNDRED).abs() > Decimal::from(NEAR) && right.len() <= wrong.len() {
            continue;
        }
        found.extend(wrong.into_iter().map(|pair| {
            let span = Span::of(pair.part).percent_of(Span::of(whole));
            let rounding = span.is_some_and(|span| span.meets(Span::of(pair.rate)));
            let entry = if rounding { &catalogue::TEXT_TAIL } else { &catalogue::TEXT_PERCENT };
            listed(entry, pair, exact(pair), format!("{} / {}", amount(pair.part), amount(whole)))
        }));
    }
    found
}

/// Shares without their amounts: `支出结构：教育支出 60.00%，住房保障支出 40.00%。` They are not proved one by one.
fn structure(sentences: &[(usize, &Sentence<'_, '_>)]) -> Vec<Listed> {
    let mut found = Vec::new();
    for (block, sentence) in sentences {
        let rates: Vec<&Token<'_>> = sentence.tokens.clone();
        let role = |role: &Role| matches!(role, Role::Unclear | Role::Share(_));
        let plain = rates.iter().all(|token| token.kind == Kind::Percent) && sentence.roles.iter().all(role);
        let text = sentence.text[sentence.range.clone()].to_lowercase();
        let shares = ["结构", "构成", "占比", "比重", "by function", "by nature", "made up of", "structure", "shares"];
        if plain && rates.len() > 2 && shares.iter().any(|word| text.contains(word)) {
            found.extend(add_up(*block, &rates));
        }
    }
    found
}

/// The column of shares of a table, above its 100%.
fn columns(blocks: &[Block<'_>], start: usize, sentences: &[(usize, &Sentence<'_, '_>)]) -> Vec<Listed> {
    let mut columns: BTreeMap<(usize, usize), Column<'_, '_>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        let Some((table, column)) = block.cell else { continue };
        let mut own = sentences.iter().filter(|(at, _)| *at == start + index).flat_map(|(_, own)| &own.tokens);
        let rate = own.next().copied().filter(|token| token.kind == Kind::Percent && own.next().is_none());
        columns.entry((table, column)).or_default().push((start + index, rate));
    }
    let mut found = Vec::new();
    for cells in columns.into_values() {
        // The head names the column; whatever else is no share ends the proof.
        let rates: Option<Vec<&Token<'_>>> = cells.iter().skip(1).map(|(_, rate)| *rate).collect();
        let (Some(rates), Some((block, _))) = (rates, cells.last()) else { continue };
        if let [parts @ .., whole] = rates.as_slice()
            && parts.len() > 1
            && whole.value() == Decimal::ONE_HUNDRED
            && let Some(mut listed) = add_up(*block, parts)
        {
            listed.fault.at = whole.at.clone();
            found.push(listed);
        }
    }
    found
}

/// Shares that nearly add up to 100 and miss it by more than rounding can make them.
fn add_up(block: usize, rates: &[&Token<'_>]) -> Option<Listed> {
    let sum: Decimal = rates.iter().map(|rate| rate.value()).sum();
    // Zeros at the end are left out: 7% beside 4.8% may be 7.04%, beside 88.20% it is 7.00%.
    let decimals = rates.iter().map(|rate| rate.amount.decimals()).max()?;
    let tail = Decimal::new(5, decimals + 1) * Decimal::from(rates.len());
    let off = (sum - Decimal::ONE_HUNDRED).abs();
    let said = rates.iter().any(|rate| rate.is_literal()) && !rates.iter().any(|rate| rate.about || rate.limit);
    if !said || off <= tail || off > Decimal::from(NEAR) {
        return None;
    }
    let fault = Fault {
        entry: &catalogue::TEXT_SHARES,
        at: rates.last()?.at.clone(),
        computed: Amount::from_decimal(sum).to_string(),
        way: Direction::Up,
        from: Vec::new(),
    };
    let from = rates.iter().map(|rate| format!("{}%", rate.amount)).collect::<Vec<_>>().join(" + ");
    Some(Listed { block, fault, from, computed: Some(format!("{sum}%")) })
}

/// The parts of a sentence with their shares: `…万元，占 …%`, or `…万元、…万元，分别占 …%、…%`.
fn shared<'t, 'a>(sentence: &Sentence<'t, 'a>) -> Vec<(Named, &'t Token<'a>, &'t Token<'a>)> {
    let (tokens, roles) = (&sentence.tokens, &sentence.roles);
    let text = &sentence.text[sentence.range.clone()];
    let words = ["分别占", "依次占", "占比分别", "占比依次", "比重分别", "比重依次", "respectively"];
    let given_out = words.iter().find_map(|word| text.find(word));
    if let Some(at) = given_out {
        let money: Vec<usize> = (0..tokens.len()).filter(|at| tokens[*at].kind == Kind::Money).collect();
        let rates: Vec<usize> = (0..tokens.len()).filter(|at| tokens[*at].kind == Kind::Percent).collect();
        let english = text[at..].starts_with("respectively");
        let behind = |index: &usize| english || tokens[*index].at.start >= sentence.range.start + at;
        let level = |index: &usize| matches!(roles[*index], Role::Level(_));
        let first = rates.first().copied().unwrap_or(0);
        // As many parts as shares, right before them; what stands before is their whole.
        let parts: Vec<usize> = money.iter().copied().filter(|index| *index < first).collect();
        let sound = rates.len() > 1 && parts.len() >= rates.len() && rates.iter().all(behind);
        let parts = &parts[parts.len().saturating_sub(rates.len())..];
        if !sound || !parts.iter().all(level) {
            return Vec::new();
        }
        return parts
            .iter()
            .zip(&rates)
            .map(|(part, rate)| ((None, Some(sentence.range.start)), tokens[*part], tokens[*rate]))
            .collect();
    }
    let mut found = Vec::new();
    for index in 1..tokens.len() {
        if let (Role::Level(_), Role::Share(whole)) = (&roles[index - 1], &roles[index]) {
            found.push(((whole.clone(), None), tokens[index - 1], tokens[index]));
        }
    }
    found
}

/// The amount before a list that its parts add up to, but for rounding.
fn whole<'t, 'a>(sentences: &[(usize, &Sentence<'t, 'a>)], pairs: &[Pair<'_, '_>]) -> Option<&'t Token<'a>> {
    let sum: Decimal = pairs.iter().map(|pair| pair.part.value()).sum();
    let tail: Decimal = pairs.iter().map(|pair| half(pair.part)).sum();
    let first = &pairs[0];
    let before = sentences.iter().filter(|(block, _)| *block <= first.block);
    let levels = before.flat_map(|(block, sentence)| {
        let level = |index: &usize| matches!(sentence.roles[*index], Role::Level(_) | Role::Base(_));
        let ahead = move |token: &&Token<'_>| *block < first.block || token.at.start < first.part.at.start;
        (0..sentence.tokens.len()).filter(level).map(|index| sentence.tokens[index]).filter(ahead)
    });
    levels
        .filter(|token| token.kind == Kind::Money && !token.about && !token.value().is_zero())
        .find(|token| (token.value() - sum).abs() <= tail + half(token))
}

/// Rates of completion that are listed together imply the budget of what their parts add up to.
fn completion(sentences: &[(usize, &Sentence<'_, '_>)]) -> Option<Listed> {
    let mut pairs = Vec::new();
    let mut budget = None;
    for (block, sentence) in sentences {
        let level = |index: &usize| matches!(sentence.roles[*index], Role::Level(_));
        let money = |of_budget: bool, before: usize| {
            let own = move |index: &usize| sentence.is_of_budget(*index) == of_budget;
            let mut all = (0..before).filter(|index| sentence.tokens[*index].kind == Kind::Money);
            let mut only = all.by_ref().filter(level).filter(own);
            let first = only.next()?;
            only.next().is_none().then(|| sentence.tokens[first])
        };
        for index in (0..sentence.tokens.len()).filter(|index| sentence.roles[*index] == Role::Completion) {
            let part = money(false, index)?;
            match (money(true, index), budget) {
                // The first sentence says the whole.
                (Some(stated), None) if pairs.is_empty() => budget = Some((stated, part)),
                _ => pairs.push(Pair { block: *block, part, rate: sentence.tokens[index] }),
            }
        }
    }
    let (budget, actual) = budget?;
    if pairs.len() < 2 || pairs.iter().any(|pair| pair.rate.value().is_zero() || pair.rate.about || pair.part.about) {
        return None;
    }
    let sum: Decimal = pairs.iter().map(|pair| pair.part.value()).sum();
    let tail: Decimal = pairs.iter().map(|pair| half(pair.part)).sum();
    if (sum - actual.value()).abs() > tail + half(actual) {
        return None;
    }
    // Each rate may have been anything that is printed so: each budget is as wide as that.
    let hundred = Decimal::ONE_HUNDRED;
    let implied = |pair: &Pair<'_, '_>| pair.part.value() * hundred / pair.rate.value();
    let most =
        |pair: &Pair<'_, '_>| (pair.part.value() + half(pair.part)) * hundred / (pair.rate.value() - half(pair.rate));
    let exact: Decimal = pairs.iter().map(implied).sum();
    let margin: Decimal = pairs.iter().map(|pair| most(pair) - implied(pair)).sum();
    if (exact - budget.value()).abs() <= margin + half(budget) {
        return None;
    }
    let last = pairs.last()?;
    let computed = Amount::from_decimal(exact / budget.factor).rounded(2);
    let from = pairs.iter().map(|pair| format!("{} / {}%", amount(pair.part), pair.rate.amount)).collect::<Vec<_>>();
    Some(Listed {
        block: last.block,
        fault: Fault {
            entry: &catalogue::TEXT_BUDGETS,
            at: last.rate.at.clone(),
            computed: computed.to_string(),
            way: Direction::Up,
            from: Vec::<Range<usize>>::new(),
        },
        from: format!("{}: {}", amount(budget), from.join(" + ")),
        computed: Some(format!("{computed}{}", unit(budget))),
    })
}

fn listed(entry: &'static Entry, pair: &Pair<'_, '_>, exact: Decimal, from: String) -> Listed {
    let decimals = pair.rate.amount.decimals().max(2);
    Listed {
        block: pair.block,
        fault: Fault {
            entry,
            at: pair.rate.at.clone(),
            computed: Amount::from_decimal(exact).rounded(decimals).to_string(),
            way: Direction::Up,
            from: Vec::new(),
        },
        from,
        computed: None,
    }
}

/// Half of the last decimal of a number; a percentage is printed with two, zeros at its end left out.
fn half(token: &Token<'_>) -> Decimal {
    match token.kind {
        Kind::Money => span::half(token),
        Kind::Percent if token.amount.is_zero() => Decimal::ZERO,
        Kind::Percent => Decimal::new(5, token.amount.decimals().max(2) + 1),
    }
}

fn amount(token: &Token<'_>) -> String {
    format!("{}{}", token.amount, unit(token))
}

fn unit(token: &Token<'_>) -> &'static str {
    match token.kind {
        Kind::Money if token.factor == Decimal::from(10_000) => " 万元",
        Kind::Money if token.factor == Decimal::ONE => " 元",
        _ => "",
    }
}
