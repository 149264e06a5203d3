//! How a value computes from figures, as arithmetic: the page of checks and the proof sheet show it alike.

use crate::check::Addend;
use crate::model::{Address, Amount, Disclosure, Expression, Lang, ReportId};

/// A figure as it is printed in an equation; with the amount of the rule, where it stands for itself.
pub(crate) type Print<'a> = &'a dyn Fn(ReportId, &Address, Option<Amount>) -> Option<String>;

/// A side of an equation, figure by figure; zeros are left out. What is computed is shown by what it is computed from, beside
/// others in brackets; the proof was made with the exact value.
pub(crate) fn side(addends: &[Addend], print: Print<'_>) -> String {
    let shown = addends.iter().filter(|addend| addends.len() == 1 || !addend.amount.is_zero());
    // A term is never left out: without its figure at hand, its amount is all there is to show.
    let alone = |addend: &Addend| addend.amount.rounded(2).to_string();
    let terms = shown.map(|addend| match &addend.derived {
        Some(derived) => {
            let figures = derived.figures.iter().map(|(report, address)| print(*report, address, None));
            let Some(figures) = figures.collect::<Option<Vec<_>>>() else { return alone(addend) };
            let formula = formula(&derived.expression, &figures);
            if addends.len() > 1 { format!("({formula})") } else { formula }
        }
        None => print(addend.report, &addend.address, Some(addend.amount)).unwrap_or_else(|| alone(addend)),
    });
    let terms: Vec<String> = terms.collect();
    if terms.is_empty() { "0".to_owned() } else { terms.join(" + ") }
}

/// Why a side of an equation is zero that has no figure: the form has no such row, or nothing stands in the cell. The row is
/// called by its id, which is its code.
pub(crate) fn nothing(at: &Address, disclosure: &Disclosure, lang: Lang) -> String {
    let table = disclosure.table(&at.form);
    let form = table.map_or(at.form.as_str(), |table| table.form.title.get(lang));
    let row = table.and_then(|table| table.row(&at.row)).map(|(_, row)| row);
    match (row.is_some(), lang) {
        (false, Lang::Zh) => format!("（{form}没有 {} 这一行）", at.row),
        (false, Lang::En) => format!(" ({form} has no row {})", at.row),
        (true, lang) => {
            let name = row.and_then(|row| row.name.as_ref()).map_or(at.row.as_str(), |name| name.get(lang));
            match lang {
                Lang::Zh => format!("（{form}“{name}”一行此格空白）"),
                Lang::En => format!(" (this cell of the row “{name}” of {form} is blank)"),
            }
        }
    }
}

/// What is computed of the leading figure, as the name of the result; nothing for a figure that stands for itself.
pub(crate) fn operation(expression: &Expression, lang: Lang) -> &'static str {
    let (zh, en) = match expression {
        Expression::Cell(_) => ("", ""),
        Expression::Change(..) => ("增减额", "change"),
        Expression::Base(..) => ("推算的基数", "implied base"),
        Expression::GrowthFrom(..) | Expression::GrowthBy(..) => ("增减率", "rate of change"),
        Expression::FallBy(..) => ("下降率", "rate of decrease"),
        Expression::Share(..) => ("占比", "share"),
        Expression::Completion(..) | Expression::CompletionBy(..) => ("完成率", "rate of completion"),
        Expression::Budget(..) => ("推算的预算", "implied budget"),
        Expression::Sum(_) => ("与其他数之和", "sum with others"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// `(a − b) ÷ b`, with each figure as it is given, in the order of [`Expression::addresses`].
pub(crate) fn formula(expression: &Expression, terms: &[String]) -> String {
    let term = |index: usize| terms.get(index).map_or("", String::as_str);
    let (a, b) = (term(0), term(1));
    match expression {
        Expression::Cell(_) => a.to_owned(),
        Expression::Change(..) | Expression::Base(..) => format!("{a} − {b}"),
        Expression::GrowthFrom(..) => format!("({a} − {b}) ÷ {b}"),
        Expression::GrowthBy(..) => format!("{b} ÷ ({a} − {b})"),
        Expression::FallBy(..) => format!("{b} ÷ ({a} + {b})"),
        Expression::Share(..) | Expression::Completion(..) | Expression::Budget(..) => format!("{a} ÷ {b}"),
        Expression::CompletionBy(..) => format!("{a} ÷ ({a} − {b})"),
        Expression::Sum(_) => terms.join(" + "),
    }
}
