//! Sums and rates as they are proved, figure by figure: each leads to its cell, and says its unit.

use crate::check::{Addend, Equation, Proven, Verdict};
use crate::diagnostics::Finding;
use crate::model::{
    Address, Amount, Computed, Expression, Figure, Lang, Relation, ReportId, Text, Tolerance, Unit, Value,
};

use super::super::formula::{self, formula};
use super::super::html::escape;
use super::super::scope::Scope;
use super::super::table;

/// `61.09 ≈ 42.20 + 18.88`, each figure a link to its cell, then the unit and how far rounding may put the sides apart;
/// zeros are left out. The sign is that between the sides (HTML).
pub(super) fn equation(rule: &Proven, equation: &Equation, sign: &str, scope: &Scope<'_>) -> Result<String, Finding> {
    let unit = money(figures(equation).into_iter().filter_map(|(report, address)| figure(report, address, scope)));
    let sides = sides(equation, sign, scope, &|figure, amount| link(figure, amount, scope));
    let allowed = escape(&allowed(rule, equation, scope)?);
    Ok(format!("{sides}{}{allowed}", in_unit(unit.as_ref(), scope.lang)))
}

/// `61.09 = 42.20 + 18.89`, as text; of a tail, how far rounding may put the sides apart, too.
pub(super) fn plain(rule: &Proven, equation: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    let sign = match (rule.relation, equation.verdict) {
        (Relation::AtMost, Verdict::Holds) if Equation::sum(&equation.left) < Equation::sum(&equation.right) => "≤",
        (_, Verdict::Holds) => "=",
        (Relation::AtMost, Verdict::Fails(_)) => ">",
        (_, Verdict::Tail(_)) => "≈",
        (_, Verdict::Fails(_) | Verdict::Blank) => "≠",
    };
    let sides = sides(equation, sign, scope, &|figure, amount| digits(figure, amount, scope.lang));
    let Verdict::Tail(_) = equation.verdict else { return Ok(sides) };
    Ok(format!("{sides}{}", allowed(rule, equation, scope)?))
}

/// Both sides, each figure as `print` prints it; another amount than the figure's own is that of the rule.
fn sides(
    equation: &Equation,
    sign: &str,
    scope: &Scope<'_>,
    print: &dyn Fn(&Figure, Option<Amount>) -> String,
) -> String {
    let print = |report, address: &Address, amount| Some(print(&figure(report, address, scope)?, amount));
    let side = |addends: &[Addend]| {
        let absent =
            equation.absent.as_ref().filter(|(report, _)| addends.is_empty() && *report == scope.disclosure.id);
        let why = absent.map(|(_, at)| escape(&formula::nothing(at, scope.disclosure, scope.lang)));
        formula::side(addends, &print) + &why.unwrap_or_default()
    };
    format!("{} {sign} {}", side(&equation.left), side(&equation.right))
}

/// The arithmetic of a figure in a sentence, which has to agree at the decimals stated; nothing for one that only
/// repeats a cell (HTML).
pub(super) fn derivation(computed: &Computed, scope: &Scope<'_>) -> Result<String, Finding> {
    if matches!(computed.derivation.expression, Expression::Cell(_)) {
        return Ok(String::new());
    }
    let links: Vec<String> = computed.figures.iter().map(|figure| link(figure, None, scope)).collect();
    let value = match &computed.value {
        Value::Amount(amount, unit) | Value::Change(amount, unit) => table::digits(*amount, Some(unit), scope.lang),
        Value::Growth(percent) | Value::Percent(percent) => table::digits(*percent, Some(&Unit::Percent), scope.lang),
        Value::ZeroBase => computed.say(scope.lang),
    };
    let unit = money(computed.figures.iter().cloned());
    let arithmetic = formula(&computed.derivation.expression, &links);
    let (unit, allowed) = (in_unit(unit.as_ref(), scope.lang), escape(scope.word("rounding_printed")?));
    Ok(format!("{arithmetic} = {}{unit}{allowed}", escape(&value)))
}

/// The printed figures that an equation rests on, each once.
pub(super) fn figures(equation: &Equation) -> Vec<(ReportId, &Address)> {
    let mut figures: Vec<(ReportId, &Address)> = Vec::new();
    for addend in equation.left.iter().chain(&equation.right) {
        let printed = match &addend.derived {
            Some(derived) => derived.figures.iter().map(|(report, address)| (*report, address)).collect(),
            None => vec![(addend.report, &addend.address)],
        };
        for one in printed {
            if !figures.contains(&one) {
                figures.push(one);
            }
        }
    }
    figures
}

/// The figure at an address of a report. One of another report has its year in its name.
pub(super) fn figure(report: ReportId, address: &Address, scope: &Scope<'_>) -> Option<Figure> {
    let mut figure = scope.shelf.iter().find(|disclosure| disclosure.id == report)?.figure(address).ok()?;
    if report != scope.disclosure.id {
        let Text { zh, en } = figure.name;
        figure.name = Text::new(format!("{} 年 {zh}", report.year), format!("{en}, {}", report.year));
    }
    Some(figure)
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

/// ` (39.68 in 10,000 yuan)` behind an amount in English; nothing where both are the same.
pub(super) fn in_table(amount: Amount, unit: &Unit) -> String {
    match unit {
        Unit::Money { factor } if *factor > 1 => {
            format!(" ({} × {} yuan)", amount.grouped(), Amount::from_decimal((*factor).into()).grouped())
        }
        _ => String::new(),
    }
}

/// The digits of a figure, linked to its cell (HTML).
fn link(figure: &Figure, amount: Option<Amount>, scope: &Scope<'_>) -> String {
    let digits = digits(figure, amount, scope.lang);
    let (href, title) = (escape(&scope.figure_href(figure)), escape(figure.name.get(scope.lang)));
    format!("<a class=\"figure\" href=\"{href}\" title=\"{title}\">{digits}</a>")
}

/// The digits of a figure, with its percent sign.
fn digits(figure: &Figure, amount: Option<Amount>, lang: Lang) -> String {
    let unit = Some(&figure.unit).filter(|unit| **unit == Unit::Percent);
    table::digits(amount.unwrap_or(figure.amount), unit, lang)
}

/// The unit of the amounts of money; percent signs stand with their figures, and what is counted goes by its name.
fn money(figures: impl Iterator<Item = Figure>) -> Option<Unit> {
    figures.map(|figure| figure.unit).find(|unit| matches!(unit, Unit::Money { .. }))
}

/// `（金额单位：万元）`.
fn in_unit(unit: Option<&Unit>, lang: Lang) -> String {
    let Some(unit) = unit else { return String::new() };
    escape(&match lang {
        Lang::Zh => format!("（金额单位：{}）", unit.name(lang)),
        Lang::En => format!("; amounts in {}", unit.name(lang)),
    })
}

/// How far rounding may put the sides of an equation apart.
fn allowed(rule: &Proven, equation: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    Ok(match rule.tolerance {
        Tolerance::Exact => scope.word("rounding_exact")?.to_owned(),
        Tolerance::Printed => scope.word("rounding_printed")?.to_owned(),
        Tolerance::LastDecimal | Tolerance::Tail => {
            let bound = Amount::from_decimal(equation.bound(rule.tolerance)).rounded(4).value().normalize();
            let bound = table::digits(Amount::from_decimal(bound), None, scope.lang);
            format!("{}{bound}", scope.word("rounding_allows")?)
        }
    })
}
