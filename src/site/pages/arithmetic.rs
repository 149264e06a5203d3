//! Sums and rates as they are proved, figure by figure: each leads to its cell, and says its unit.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::check::{Addend, Equation, Proven, Verdict};
use crate::diagnostics::Finding;
use crate::model::{Address, Amount, Computed, Figure, Lang, Relation, ReportId, Tolerance, Unit};

use super::super::formula::{self, formula};
use super::super::html::escape;
use super::super::scope::Scope;
use super::super::table;

/// How a figure is written in an equation, with the amount of the rule where that is another.
type Print<'x> = &'x dyn Fn(&Figure, Option<Amount>) -> String;

/// `61.09 ≈ 42.20 + 18.88`, each figure a link to its cell, then the unit and how far rounding may put the sides apart;
/// zeros are left out (HTML).
pub(super) fn tail(rule: &Proven, equation: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    let sides = sides(equation, "≈", scope, &|figure, amount| link(figure, amount, scope));
    let unit = in_unit(printed(equation, scope), scope.lang);
    Ok(format!("{sides}{unit}{}{}", semicolon(scope.lang), escape(&allowed(rule, equation, scope)?)))
}

/// `61.09 = 42.20 + 18.89`, as text; of a tail, how far rounding may put the sides apart, too.
pub(super) fn plain(rule: &Proven, equation: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    let sign = match (rule.relation, equation.verdict) {
        (Relation::AtMost, Verdict::Holds) => "≤",
        (_, Verdict::Holds) => "=",
        (Relation::AtMost, Verdict::Fails(_)) => ">",
        (_, Verdict::Tail(_)) => "≈",
        (_, Verdict::Fails(_) | Verdict::Blank) => "≠",
    };
    let sides = sides(equation, sign, scope, &|figure, amount| digits(figure, amount, scope.lang));
    let Verdict::Tail(_) = equation.verdict else { return Ok(sides) };
    let allowed = allowed(rule, equation, scope)?;
    Ok(match scope.lang {
        Lang::Zh => format!("{sides}（{allowed}）"),
        Lang::En => format!("{sides} ({allowed})"),
    })
}

/// What a side of an equation is computed from, each figure a link to its cell, with the unit (HTML).
pub(super) fn terms(equation: &Equation, addends: &[Addend], scope: &Scope<'_>) -> String {
    let terms = side(equation, addends, scope, &|figure, amount| link(figure, amount, scope));
    format!("{terms}{}", in_unit(printed(equation, scope), scope.lang))
}

/// What a figure of a sentence is computed from, each figure a link to its cell, with the unit (HTML).
pub(super) fn derivation(computed: &Computed, scope: &Scope<'_>) -> String {
    let links: Vec<String> = computed.figures.iter().map(|figure| link(figure, None, scope)).collect();
    let unit = in_unit(computed.figures.iter().cloned(), scope.lang);
    format!("{}{unit}", formula(&computed.derivation.expression, &links))
}

fn sides(equation: &Equation, sign: &str, scope: &Scope<'_>, print: Print<'_>) -> String {
    format!("{} {sign} {}", side(equation, &equation.left, scope, print), side(equation, &equation.right, scope, print))
}

fn side(equation: &Equation, addends: &[Addend], scope: &Scope<'_>, print: Print<'_>) -> String {
    let print = |report, address: &Address, amount| Some(print(&figure(report, address, scope)?, amount));
    let absent = equation.absent.as_ref().filter(|(report, _)| addends.is_empty() && *report == scope.disclosure.id);
    let why = absent.map(|(_, at)| escape(&formula::nothing(at, scope.disclosure, scope.lang)));
    formula::side(addends, &print) + &why.unwrap_or_default()
}

/// The printed figures that an equation rests on, each once.
pub(super) fn printed(equation: &Equation, scope: &Scope<'_>) -> Vec<Figure> {
    let mut places: Vec<(ReportId, &Address)> = Vec::new();
    for addend in equation.left.iter().chain(&equation.right) {
        let own: Vec<(ReportId, &Address)> = match &addend.derived {
            Some(derived) => derived.figures.iter().map(|(report, address)| (*report, address)).collect(),
            None => vec![(addend.report, &addend.address)],
        };
        for one in own {
            if !places.contains(&one) {
                places.push(one);
            }
        }
    }
    places.into_iter().filter_map(|(report, address)| figure(report, address, scope)).collect()
}

/// The figure at an address of a report.
pub(super) fn figure(report: ReportId, address: &Address, scope: &Scope<'_>) -> Option<Figure> {
    scope.shelf.iter().find(|disclosure| disclosure.id == report)?.figure(address).ok()
}

/// An amount with its unit: in English, where tables count in tens of thousands, in both ways.
pub(super) fn with_unit(amount: Amount, unit: &Unit, lang: Lang) -> String {
    let sign = if amount.is_negative() { "\u{2212}" } else { "" };
    let said = format!("{sign}{}", unit.say(amount.abs(), lang));
    match (unit, lang) {
        (Unit::Counted(noun), _) => format!("{said}\u{a0}{}", noun.get(lang)),
        (_, Lang::En) => format!("{said}{}", in_table(amount, unit)),
        (_, Lang::Zh) => said,
    }
}

/// ` (39.68 × RMB 10,000)` behind an amount in English; nothing where both are the same.
pub(super) fn in_table(amount: Amount, unit: &Unit) -> String {
    match unit {
        Unit::Money { factor } if *factor > 1 => format!(" ({} × {})", amount.grouped(), unit.name(Lang::En)),
        _ => String::new(),
    }
}

/// The unit of a side of an equation.
pub(super) fn unit_of(side: &[Addend], scope: &Scope<'_>) -> Unit {
    let percent = |addend: &Addend| addend.derived.as_ref().is_some_and(|derived| derived.expression.is_percent());
    match side.first() {
        Some(first) if percent(first) => Unit::Percent,
        Some(first) => match figure(first.report, &first.address, scope).map(|figure| figure.unit) {
            // Rules count money as forms do.
            Some(Unit::Money { .. }) | None => Unit::WAN_YUAN,
            Some(other) => other,
        },
        None => Unit::WAN_YUAN,
    }
}

/// The digits of a figure, linked to its cell (HTML).
fn link(figure: &Figure, amount: Option<Amount>, scope: &Scope<'_>) -> String {
    let digits = digits(figure, amount, scope.lang);
    let (href, title) = (escape(&scope.figure_href(figure)), escape(&scope.label(figure)));
    format!("<a class=\"figure\" href=\"{href}\" title=\"{title}\">{digits}</a>")
}

/// The digits of a figure, with its percent sign.
fn digits(figure: &Figure, amount: Option<Amount>, lang: Lang) -> String {
    let unit = Some(&figure.unit).filter(|unit| **unit == Unit::Percent);
    table::digits(amount.unwrap_or(figure.amount), unit, lang)
}

/// `（金额单位：万元）`: the unit of the amounts of money; percent signs stand with their figures, and what is counted goes by
/// its name.
fn in_unit(figures: impl IntoIterator<Item = Figure>, lang: Lang) -> String {
    let mut units = figures.into_iter().map(|figure| figure.unit);
    let Some(unit) = units.find(|unit| matches!(unit, Unit::Money { .. })) else { return String::new() };
    escape(&match lang {
        Lang::Zh => format!("（金额单位：{}）", unit.name(lang)),
        Lang::En => format!("; amounts in {}", unit.name(lang)),
    })
}

/// How far rounding may put the sides of an equation apart.
pub(super) fn allowed(rule: &Proven, equation: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    Ok(match rule.tolerance {
        Tolerance::Exact => scope.word("rounding_exact")?.to_owned(),
        Tolerance::Printed => scope.word("rounding_printed")?.to_owned(),
        Tolerance::LastDecimal | Tolerance::Tail => {
            let bound = shortest(equation.bound(rule.tolerance), RoundingStrategy::MidpointAwayFromZero);
            let unit = unit_of(&equation.left, scope);
            format!("{}{}", scope.word("rounding_allows")?, with_unit(bound, &unit, scope.lang))
        }
    })
}

/// The end of an interval, to the side that leaves nothing of it out: four decimals tell it from what is printed with two.
pub(super) fn end(value: Decimal, up: bool) -> Amount {
    shortest(value, if up { RoundingStrategy::ToPositiveInfinity } else { RoundingStrategy::ToNegativeInfinity })
}

/// With four decimals at most, and no zeros behind them.
fn shortest(value: Decimal, strategy: RoundingStrategy) -> Amount {
    Amount::from_decimal(value.round_dp_with_strategy(4, strategy).normalize())
}

/// What stands between two statements about one equation.
pub(super) fn semicolon(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    }
}
