//! Rounding tails (尾差): totals that their parts miss by no more than rounding explains.

use crate::check::{Addend, Equation, Proof, Proven};
use crate::diagnostics::Finding;
use crate::model::{Address, Expression, Lang, Relation, Table};

use super::super::formula::operation;
use super::super::scope::Scope;
use super::words::digits;

/// A tail, with the rule that found it.
pub(super) type Tail<'a> = (&'a Proven, &'a Equation);

/// The rounding tails whose total stands in a form, each with its rule, as a reader comes upon them: row by row.
pub(super) fn tails<'a>(table: &Table, proof: &'a Proof) -> Vec<Tail<'a>> {
    let all = || proof.proven.iter().flat_map(|rule| rule.tails.iter().map(move |tail| (rule, tail)));
    let mut tails = Vec::new();
    for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
        let leaves = lane.leaves();
        for row in &rows.rows {
            let cells = leaves.iter().filter_map(|leaf| Some(Address::cell(&table.form.id, row.id.as_ref()?, leaf.id)));
            for cell in cells {
                tails.extend(all().filter(|(_, tail)| {
                    tail.left.first().is_some_and(|lead| lead.derived.is_none() && lead.address == cell)
                }));
            }
        }
    }
    tails
}

/// A tail in words: what is printed, what it is compared with by the name of the operation, and by how much they differ.
pub(crate) fn tail_words(rule: &Proven, tail: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    let said = |side| digits(tail.shown(side), None, scope.lang);
    let (stated, computed) = (said(&tail.left), said(&tail.right));
    let (left, right) = (side_words(&tail.left, false, scope), side_words(&tail.right, true, scope));
    let word = scope.word("rounding_tail")?;
    let difference = digits(tail.difference(), None, scope.lang);
    Ok(match (scope.lang, rule.relation) {
        (Lang::Zh, Relation::Equal) => format!("{word}：{left} {stated}，{right} {computed}，相差 {difference}。"),
        (Lang::Zh, Relation::AtMost) => {
            format!("{word}：{left} {stated}，应不大于{right} {computed}，多出 {difference}。")
        }
        (Lang::En, Relation::Equal) => {
            format!("{word}: {left} is {stated}; {right} is {computed}, a difference of {difference}.")
        }
        (Lang::En, Relation::AtMost) => {
            format!("{word}: {left} is {stated} and should be at most {right}, {computed}; it is {difference} more.")
        }
    })
}

/// What a side of an equation is: a printed figure by its name, what computes by the operation. The parts of the figure
/// on the other side need no name.
fn side_words(side: &[Addend], parts: bool, scope: &Scope<'_>) -> String {
    let name = |addend: &Addend| {
        let figure = scope.disclosure.figure(&addend.address);
        figure.map(|figure| scope.label(&figure)).unwrap_or_default()
    };
    let (zh, en) = match side {
        [one] => match one.derived.as_ref().map(|derived| &derived.expression) {
            None | Some(Expression::Cell(_)) => return name(one),
            Some(Expression::Change(..) | Expression::Base(..)) => ("两数之差", "the difference"),
            Some(Expression::Budget(..)) => ("按完成率推算的预算", "the budget implied by the rate"),
            Some(Expression::Sum(_)) => ("各项之和", "the sum of the parts"),
            Some(rate) => {
                return match (operation(rate, scope.lang), scope.lang) {
                    (rate, Lang::Zh) => rate.to_owned(),
                    (rate, Lang::En) => format!("the {rate}"),
                };
            }
        },
        [first, rest @ ..] if !parts => {
            return match scope.lang {
                Lang::Zh => format!("{}等 {} 项之和", name(first), side.len()),
                Lang::En => format!("the sum of {} and {} more", name(first), rest.len()),
            };
        }
        _ => ("各项之和", "the sum of the parts"),
    };
    match scope.lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}
