//! How a value computes from figures, as arithmetic: the page of checks and the proof sheet show it alike.

use crate::model::Expression;

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
