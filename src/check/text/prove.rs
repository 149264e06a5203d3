//! What the amounts of one sentence say about its percentages, differences and words of direction.
//!
//! Only where exactly one reading is possible: 分别, several subjects, limits and vague words end the proof. It says
//! which two statements cannot both hold, never which of them is right.

use std::collections::BTreeSet;
use std::ops::Range;

use rust_decimal::Decimal;

use super::beside::compares_anew;
use super::block::{Block, sentences};
use super::read::{Kind, Token};
use super::roles::{Direction, Role, is_budget, role};
use super::span::Span;
use crate::diagnostics::{Entry, catalogue};
use crate::model::Amount;

/// A contradiction inside a sentence.
#[derive(Debug)]
pub(super) struct Fault {
    /// Its code.
    pub(super) entry: &'static Entry,
    /// The percentage or difference.
    pub(super) at: Range<usize>,
    /// What computes, in the measure of what is stated.
    pub(super) computed: String,
    /// Which way it really went.
    pub(super) way: Direction,
    /// The amounts that it was computed from.
    pub(super) from: Vec<Range<usize>>,
}

/// All contradictions inside the sentences of a block.
pub(super) fn faults(sentences: &[Sentence<'_, '_>]) -> Vec<Fault> {
    let plain = sentences.iter().filter(|sentence| !sentence.distributes());
    plain.flat_map(|sentence| (0..sentence.tokens.len()).filter_map(|index| sentence.fault(index))).collect()
}

/// The sentences of a block of a year's report with what each number does in them.
pub(super) fn read<'t, 'a>(block: &'t Block<'a>, tokens: &'t [Token<'a>], year: u16) -> Vec<Sentence<'t, 'a>> {
    let read = |range: Range<usize>| {
        let tokens: Vec<&Token<'_>> = tokens.iter().filter(|token| range.contains(&token.at.start)).collect();
        let roles = (0..tokens.len()).map(|index| {
            let from = index.checked_sub(1).map_or(range.start, |last| tokens[last].at.end);
            let to = tokens.get(index + 1).map_or(range.end, |next| next.at.start);
            let at = &tokens[index].at;
            role(tokens[index], &block.text[from..at.start], &block.text[at.end..to])
        });
        let mut sentence = Sentence { text: &block.text, roles: roles.collect(), tokens, range, year };
        sentence.place_roles();
        sentence.share_direction();
        sentence
    };
    sentences(&block.text).into_iter().map(read).collect()
}

/// A sentence with its numbers and what each of them does.
pub(super) struct Sentence<'t, 'a> {
    /// The text of the block.
    pub(super) text: &'t str,
    /// Its place in the text.
    pub(super) range: Range<usize>,
    /// Its numbers.
    pub(super) tokens: Vec<&'t Token<'a>>,
    /// What each does.
    pub(super) roles: Vec<Role>,
    /// The year of the report.
    pub(super) year: u16,
}

/// The amount that moved, what it is compared with, by how much it moved: indices of tokens.
struct Movement {
    level: usize,
    base: Option<usize>,
    change: Option<(usize, Direction)>,
}

impl Sentence<'_, '_> {
    /// Whether its numbers are given out over several subjects: 分别, respectively.
    fn distributes(&self) -> bool {
        let text = self.words();
        ["分别", "各增", "各减", "各占", "respectively", " each "].iter().any(|word| text.contains(word))
    }

    /// `RMB 30,000 or 5% less than …`: the word of direction belongs to the amount and to the rate.
    fn share_direction(&mut self) {
        for index in 1..self.tokens.len() {
            let between = self.between(index - 1, index).trim();
            if between != "or" || self.tokens[index].kind != Kind::Percent || self.tokens[index - 1].kind != Kind::Money
            {
                continue;
            }
            match (&self.roles[index - 1], &self.roles[index]) {
                (Role::Change(way), Role::Unclear | Role::Share(_)) => self.roles[index] = Role::Growth(*way),
                (Role::Level(_) | Role::Unclear, Role::Growth(way)) => self.roles[index - 1] = Role::Change(*way),
                _ => {}
            }
        }
    }

    /// Its words.
    pub(super) fn words(&self) -> &str {
        &self.text[self.range.clone()]
    }

    /// A rate of growth that its difference and a base that stands elsewhere do not make.
    pub(super) fn grown(&self, index: usize, change: usize, base: Decimal, level: Range<usize>) -> Option<Fault> {
        let (stated, moved) = (self.tokens[index], self.tokens[change]);
        if stated.about || moved.about || !stated.is_literal() || !moved.is_literal() || base <= Decimal::ZERO {
            return None;
        }
        let rate = moved.value().abs() * Decimal::ONE_HUNDRED / base;
        if stated.amount.abs().value() == self.printed(index, rate) {
            return None;
        }
        let entry = self.off(index, Span::of(moved).percent_of(Span::of_form(base)));
        let mut fault = self.found(entry, index, rate, &[change]);
        fault.from.insert(0, level);
        Some(fault)
    }

    /// The words between two numbers.
    fn between(&self, first: usize, second: usize) -> &str {
        &self.text[self.tokens[first].at.end..self.tokens[second].at.start]
    }

    fn value(&self, index: usize) -> Decimal {
        self.tokens[index].value()
    }

    fn fault(&self, index: usize) -> Option<Fault> {
        if self.tokens[index].about {
            return None;
        }
        match &self.roles[index] {
            Role::Change(way) => self.change(index, *way),
            Role::Growth(way) => self.growth(index, *way),
            Role::Share(whole) => self.share(index, whole.as_deref()),
            Role::Completion => self.completion(index),
            Role::Of(whole) => self.of(index, *whole),
            Role::Level(_) | Role::Base(_) | Role::Unclear => self.same(index),
        }
    }

    /// What stands before a difference or a growth rate, if it can be read in one way only.
    fn movement(&self, index: usize) -> Option<Movement> {
        let (mut base, mut change, mut level) = (None, None, None);
        for before in (0..index).rev() {
            match self.roles[before] {
                Role::Base(_) if base.is_none() => base = Some(before),
                Role::Change(way) if change.is_none() => change = Some((before, way)),
                Role::Level(_) => {
                    level = Some(before);
                    break;
                }
                _ => return None,
            }
        }
        // What an earlier year's amount was compared with says nothing of what moved since.
        let level = level.filter(|level| !self.is_last_years(*level))?;
        let came = self.came_from(level);
        if came.is_some() {
            let between = self.text[self.tokens[level].at.end..self.tokens[index].at.start].to_lowercase();
            if base.is_some() || compares_anew(&between) {
                return None;
            }
            base = came;
        }
        if base.is_none() && matches!(self.roles.get(index + 1), Some(Role::Base(_))) {
            base = Some(index + 1);
        }
        let others: Vec<usize> = (0..level)
            .filter(|other| self.tokens[*other].kind == Kind::Money && self.value(*other) != self.value(level))
            .filter(|other| Some(*other) != came)
            .collect();
        match others.as_slice() {
            [] => {}
            // 年初预算为 64 万元，决算为 52.09 万元，比预算减少 11.91 万元.
            [budget] if base.is_none() && self.is_of_budget(*budget) && !self.is_of_budget(level) => {
                let between = self.text[self.tokens[level].at.end..self.tokens[index].at.start].to_lowercase();
                let last_year =
                    ["上年", "last year", "previous year", "年度"].iter().any(|word| between.contains(word));
                if last_year || !(between.contains("预算") || between.contains("budget")) {
                    return None;
                }
                base = Some(*budget);
            }
            _ => return None,
        }
        if base.is_some_and(|base| base < index && self.is_of_budget(base)) && self.names_a_year(index) {
            return None;
        }
        let all = [Some(level), base, change.map(|(at, _)| at)];
        let vague = all.iter().flatten().any(|at| self.tokens[*at].about || self.tokens[*at].kind != Kind::Money);
        (!vague).then_some(Movement { level, base, change })
    }

    /// `… RMB 30,000 or 5% less than the year before`: compared with no amount that stands in the sentence.
    fn names_a_year(&self, index: usize) -> bool {
        let behind = &self.text[self.tokens[index].at.end..self.range.end];
        let Some((_, named)) = behind.split_once(" than ") else { return false };
        let years = ["the year before", "last year", "the previous year", "in 20"];
        years.iter().any(|year| named.starts_with(year))
    }

    pub(super) fn is_of_budget(&self, index: usize) -> bool {
        matches!(&self.roles[index], Role::Level(label) | Role::Base(label) if is_budget(label))
    }

    fn change(&self, index: usize, way: Direction) -> Option<Fault> {
        let Movement { level, base: Some(base), .. } = self.movement(index)? else { return None };
        let stated = self.tokens[index];
        let difference = self.value(level) - self.value(base);
        let from = vec![level, base];
        if wrong(way, difference) && !stated.amount.is_zero() {
            return Some(self.found(&catalogue::TEXT_SIGN, index, difference, &from));
        }
        if !stated.is_literal() || stated.value().abs() == difference.abs() {
            return None;
        }
        let (level, base) = (Span::of(self.tokens[level]), Span::of(self.tokens[base]));
        let exact = if difference.is_sign_negative() { base.less(level) } else { level.less(base) };
        let rounding = exact.meets(Span::of(stated));
        let entry = if rounding { &catalogue::TEXT_TAIL } else { &catalogue::TEXT_CHANGE };
        Some(self.found(entry, index, difference / stated.factor, &from))
    }

    fn growth(&self, index: usize, way: Direction) -> Option<Fault> {
        let Some(Movement { level, base, change }) = self.movement(index) else { return self.rate(index, way) };
        let now = self.value(level);
        let signed = |(at, way): (usize, Direction)| match way {
            Direction::Up => self.value(at),
            Direction::Down => -self.value(at),
        };
        let from: Vec<usize> = [Some(level), base, change.map(|(at, _)| at)].into_iter().flatten().collect();
        let stated = self.tokens[index];
        let was = match (base, change) {
            (Some(base), _) => self.value(base),
            (None, Some(change)) => now - signed(change),
            (None, None) => return None,
        };
        // A difference that the document states for itself is proved by itself: either may be what was divided.
        let moves: Vec<Decimal> = change.map(signed).into_iter().chain(base.map(|_| now - was)).collect();
        if moves.iter().all(|moved| wrong(way, *moved)) && !stated.amount.is_zero() {
            return Some(self.found(&catalogue::TEXT_SIGN, index, moves[0], &from));
        }
        if !stated.is_literal() {
            return None;
        }
        if was.is_zero() {
            return Some(self.found(&catalogue::TEXT_ZERO_BASE, index, Decimal::ZERO, &from));
        }
        let rates: Vec<Decimal> = moves.iter().map(|moved| moved.abs() * Decimal::ONE_HUNDRED / was).collect();
        if rates.iter().any(|rate| stated.amount.abs().value() == self.printed(index, *rate)) {
            return None;
        }
        let level = Span::of(self.tokens[level]);
        let base = base.map(|base| Span::of(self.tokens[base]));
        let change = change.map(|(at, way)| (Span::of(self.tokens[at]), way));
        let was_span = match (base, change) {
            (Some(base), _) => base,
            (None, Some((change, Direction::Up))) => level.less(change),
            (None, Some((change, Direction::Down))) => level.plus(change),
            (None, None) => return None,
        };
        let difference = match change {
            Some((change, _)) => change,
            None if now < was => was_span.less(level),
            None => level.less(was_span),
        };
        let entry = self.off(index, difference.percent_of(was_span));
        Some(self.found(entry, index, rates[rates.len() - 1], &from))
    }

    /// A rate of growth beside its difference and its base, whatever moved: 比上年的 60.00 万元减少 3.00 万元，下降 5%, or
    /// RMB 30,000 or 5% less than the RMB 600,000 of last year. Nothing grows from zero.
    fn rate(&self, index: usize, way: Direction) -> Option<Fault> {
        let stated = self.tokens[index];
        let base_at = |at: Option<usize>| at.filter(|at| matches!(self.roles.get(*at), Some(Role::Base(_))));
        if !stated.is_literal() {
            return None;
        }
        let before = base_at(index.checked_sub(1));
        let behind = || base_at(Some(index + 1));
        if let Some(zero) = before.or_else(behind).filter(|at| self.tokens[*at].amount.is_zero()) {
            return Some(self.found(&catalogue::TEXT_ZERO_BASE, index, Decimal::ZERO, &[zero]));
        }
        let change = self.adjacent_change(index, way)?;
        let base = base_at(change.checked_sub(1)).or_else(behind)?;
        let vague = [change, base].iter().any(|at| self.tokens[*at].about || self.tokens[*at].kind != Kind::Money);
        if vague || (base < index && self.is_of_budget(base) && self.names_a_year(index)) {
            return None;
        }
        self.quotient(index, change, base)
    }

    /// The difference right before a rate of growth of the same direction.
    pub(super) fn adjacent_change(&self, index: usize, way: Direction) -> Option<usize> {
        let change = index.checked_sub(1).filter(|at| self.roles[*at] == Role::Change(way))?;
        // 比预算增加 3.00 万元，比上年增长 5%: of something else.
        let between = self.between(change, index);
        (!["比", "较", "than", "from", "against"].iter().any(|word| between.contains(word))).then_some(change)
    }

    fn share(&self, index: usize, whole: Option<&str>) -> Option<Fault> {
        let part = index.checked_sub(1)?;
        let levels = |at: &usize| matches!(self.roles[*at], Role::Level(_) | Role::Base(_)) && *at != part;
        if !matches!(self.roles[part], Role::Level(_)) || self.tokens[part].about {
            return None;
        }
        let candidates: Vec<usize> = if let Some(name) = whole {
            let named = |at: &usize| match &self.roles[*at] {
                Role::Level(label) | Role::Base(label) if name.is_ascii() => label.contains(name),
                Role::Level(label) | Role::Base(label) => label.ends_with(name),
                _ => false,
            };
            (0..self.tokens.len()).filter(levels).filter(named).collect()
        } else {
            let inside = |at: &usize| {
                let between = &self.text[self.tokens[*at].at.end..self.tokens[part].at.start];
                ["其中", "of which", "including"].iter().any(|word| between.contains(word))
            };
            (0..part).filter(levels).filter(inside).collect()
        };
        self.quotient(index, part, self.only(&candidates)?)
    }

    fn completion(&self, index: usize) -> Option<Fault> {
        let level = |at: &usize| matches!(self.roles[*at], Role::Level(_) | Role::Base(_));
        if (0..index).any(|at| self.roles[at] == Role::Unclear && self.tokens[at].kind == Kind::Money) {
            return None;
        }
        let budgets: Vec<usize> = (0..self.tokens.len().min(index + 2))
            .filter(|at| *at != index && level(at) && self.is_of_budget(*at))
            .collect();
        let actual: Vec<usize> = (0..index).filter(level).filter(|at| !self.is_of_budget(*at)).collect();
        let part = self.only(&actual)?;
        let whole = self.only(&budgets)?;
        (self.tokens[part].kind == Kind::Money && self.tokens[whole].kind == Kind::Money)
            .then(|| self.quotient(index, part, whole))?
    }

    /// The one amount that some tokens name, if it is one.
    fn only(&self, tokens: &[usize]) -> Option<usize> {
        let values: BTreeSet<Decimal> = tokens.iter().map(|at| self.value(*at)).collect();
        (values.len() == 1 && tokens.iter().all(|at| !self.tokens[*at].about)).then(|| tokens[0])
    }

    pub(super) fn quotient(&self, index: usize, part: usize, whole: usize) -> Option<Fault> {
        if !self.tokens[index].is_literal() {
            return None;
        }
        let from = vec![part, whole];
        if self.value(whole).is_zero() {
            return Some(self.found(&catalogue::TEXT_ZERO_BASE, index, Decimal::ZERO, &from));
        }
        let rate = self.value(part) * Decimal::ONE_HUNDRED / self.value(whole);
        if self.tokens[index].amount.value() == self.printed(index, rate) {
            return None;
        }
        let entry = self.off(index, Span::of(self.tokens[part]).percent_of(Span::of(self.tokens[whole])));
        Some(self.found(entry, index, rate, &from))
    }

    /// Whether two amounts are printed with different precision and may be one.
    pub(super) fn rounds(&self, first: usize, second: usize) -> bool {
        Span::of(self.tokens[first]).meets(Span::of(self.tokens[second]))
    }

    /// What a rate is that the printed amounts do not make: a rounding tail, if the exact ones can.
    fn off(&self, index: usize, exact: Option<Span>) -> &'static Entry {
        let rounding = exact.is_some_and(|exact| exact.meets(Span::of(self.tokens[index])));
        if rounding { &catalogue::TEXT_TAIL } else { &catalogue::TEXT_PERCENT }
    }

    /// An exact value with the decimals of a token.
    fn printed(&self, index: usize, exact: Decimal) -> Decimal {
        Amount::from_decimal(exact).rounded(self.tokens[index].amount.decimals()).value()
    }

    pub(super) fn found(&self, entry: &'static Entry, index: usize, computed: Decimal, from: &[usize]) -> Fault {
        let token = self.tokens[index];
        let decimals = match token.kind {
            Kind::Percent => token.amount.decimals().max(2),
            Kind::Money => token.amount.decimals().max(computed.normalize().scale()),
        };
        Fault {
            entry,
            at: token.at.clone(),
            computed: Amount::from_decimal(computed.abs()).rounded(decimals).to_string(),
            way: if computed.is_sign_negative() { Direction::Down } else { Direction::Up },
            from: from.iter().map(|at| self.tokens[*at].at.clone()).collect(),
        }
    }
}

fn wrong(way: Direction, difference: Decimal) -> bool {
    !difference.is_zero() && (way == Direction::Up) == difference.is_sign_negative()
}
