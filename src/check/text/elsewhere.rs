//! A difference whose base stands elsewhere: `比上年增加 3.00 万元，增长 8.11%` behind 本年支出 40.00 万元, where last year's
//! 37.00 is in a table or in the facts.

use std::collections::BTreeSet;
use std::ops::Range;

use rust_decimal::Decimal;

use super::prove::{Fault, Sentence};
use super::read::{Kind, Token};
use super::roles::{Direction, Role};

/// A level, a base and their difference are each rounded to 100 yuan: three halves of that.
const TAIL: Decimal = Decimal::from_parts(150, 0, 0, false, 0);

/// Whether an amount is the difference of an amount of its section and one that the report has.
pub(super) fn backs(
    token: &Token<'_>,
    sentences: &[Sentence<'_, '_>],
    section: &[Decimal],
    known: &BTreeSet<Decimal>,
) -> bool {
    let own = sentences.iter().find_map(|sentence| {
        let at = sentence.tokens.iter().position(|own| own.at == token.at)?;
        Some((sentence, at))
    });
    let Some((sentence, at)) = own else { return false };
    let Role::Change(way) = sentence.roles[at] else { return false };
    // 上年培训费为 24.06 万元，今年减少 0.87 万元: what it came to stands elsewhere.
    let from = at.checked_sub(1).filter(|last| matches!(sentence.roles[*last], Role::Base(_)));
    let from = from.map(|last| sentence.tokens[last].value()).filter(|value| known.contains(value));
    let back = if way == Direction::Up { Direction::Down } else { Direction::Up };
    from.is_some_and(|from| base(from, token.value(), back, known).is_some())
        || section.iter().any(|level| base(*level, token.value(), way, known).is_some())
}

/// Rates of growth beside a difference that do not follow from it and from the base that it implies. The amount that moved
/// is the last one before them.
pub(super) fn faults(sentences: &[Sentence<'_, '_>], known: &BTreeSet<Decimal>) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut level: Option<&Token<'_>> = None;
    for sentence in sentences {
        let given_out = ["分别", "respectively"].iter().any(|word| sentence.words().contains(word));
        for (index, role) in sentence.roles.iter().enumerate() {
            let token = sentence.tokens[index];
            match role {
                // A difference behind an earlier year's amount is not the difference to this one.
                Role::Level(_) if token.kind == Kind::Money => {
                    level = (!sentence.is_last_years(index)).then_some(token);
                }
                Role::Growth(way) if !given_out => {
                    let base = |change: usize, level: &Token<'_>| {
                        let sound = level.kind == Kind::Money && !level.about && known.contains(&level.value());
                        sound.then(|| base(level.value(), sentence.tokens[change].value(), *way, known))?
                    };
                    let change = sentence.adjacent_change(index, *way);
                    if let (Some(change), Some(level)) = (change, level)
                        && let Some(base) = base(change, level)
                    {
                        found.extend(sentence.grown(index, change, base, level.at.clone()));
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// The amount that the report has and that a level moved from.
fn base(level: Decimal, change: Decimal, way: Direction, known: &BTreeSet<Decimal>) -> Option<Decimal> {
    let base = match way {
        Direction::Up => level - change,
        Direction::Down => level + change,
    };
    let near = Range { start: base - TAIL, end: base + TAIL + Decimal::ONE };
    let distance = |value: &&Decimal| (**value - base).abs();
    known.range(near).filter(|value| distance(value) <= TAIL).min_by_key(distance).copied()
}
