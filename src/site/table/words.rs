//! What a form says in words and digits, in any place.

use crate::model::{Amount, Lane, Lang, Unit};

/// The whole names of all columns with cells.
pub(crate) fn paths(of: &Lane, lang: Lang) -> Vec<String> {
    let names = of.leaves().into_iter().filter_map(|leaf| of.column_name(leaf.id));
    names.map(|name| name.get(lang).clone()).collect()
}

/// The digits of a cell: as printed in Chinese, grouped in English, a true minus sign in both; with a percent sign,
/// if the unit is one and is not said beside the cell.
pub(crate) fn digits(amount: Amount, unit: Option<&Unit>, lang: Lang) -> String {
    let digits = match lang {
        Lang::Zh => amount.to_string(),
        Lang::En => amount.grouped(),
    };
    let mut digits = if amount.is_negative() { digits.replace('-', "\u{2212}") } else { digits };
    if unit == Some(&Unit::Percent) {
        digits.push('%');
    }
    digits
}
