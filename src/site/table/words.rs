//! What a form says in words and digits, in any place.

use crate::model::{Amount, Column, Lang, Unit};

/// The names of all columns with cells, with those of the groups above them.
pub(crate) fn paths(columns: &[Column], lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    for column in columns {
        let name = column.name.get(lang);
        if column.children.is_empty() {
            all.push(name.clone());
        } else {
            all.extend(paths(&column.children, lang).iter().map(|below| format!("{name} · {below}")));
        }
    }
    all
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
