//! From a computed figure to what is drawn (a decimal), what is said (exact text) and what stands in a cell.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Page;
use crate::model::{Amount, Chart, Computed, Expression, Figure, Lang, Mark, Unit, Value};

/// The value and its unit; a percentage of nothing has none.
pub(super) fn measure(computed: &Computed) -> Option<(Amount, Unit)> {
    match &computed.value {
        Value::Amount(amount, unit) | Value::Change(amount, unit) => Some((*amount, unit.clone())),
        Value::Growth(percent) | Value::Percent(percent) => Some((*percent, Unit::Percent)),
        Value::ZeroBase => None,
    }
}

/// The value as geometry: the only step from a decimal to a float, and never back.
pub(super) fn length(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// The amount with its unit, also where the author wants digits only: beside a bar nothing else names the unit.
pub(super) fn say(computed: &Computed, lang: Lang) -> String {
    match &computed.value {
        Value::Amount(amount, unit) => say_amount(computed.derivation.stated.unwrap_or(*amount), unit, lang),
        _ => computed.say(lang),
    }
}

/// An amount with its unit, a minus as a minus sign.
pub(super) fn say_amount(amount: Amount, unit: &Unit, lang: Lang) -> String {
    unit.say(amount, lang).replace('-', "\u{2212}")
}

/// The digits of a cell below a head that names the unit.
pub(super) fn digits(computed: &Computed, lang: Lang) -> String {
    match &computed.value {
        Value::Amount(amount, _) => plain(computed.derivation.stated.unwrap_or(*amount), lang),
        _ => computed.say(lang),
    }
}

/// Digits without a unit, as tables have them.
pub(super) fn plain(amount: Amount, lang: Lang) -> String {
    let digits = match lang {
        Lang::Zh => amount.to_string(),
        Lang::En => amount.grouped(),
    };
    digits.replace('-', "\u{2212}")
}

/// The unit of all amounts, if they have one; those without a value have any.
pub(super) fn common_unit(chart: &Chart) -> Option<Unit> {
    let mut units = chart.marks.iter().filter_map(|mark| measure(&mark.amount)).map(|(_, unit)| unit);
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first)
}

/// What all shares of the chart are shares of, if that is one figure.
pub(super) fn whole(chart: &Chart) -> Option<&Figure> {
    let mut wholes = chart.marks.iter().map(|mark| {
        let share = mark.share.as_ref()?;
        matches!(share.derivation.expression, Expression::Share(..)).then(|| share.figures.get(1)).flatten()
    });
    let first = wholes.next()??;
    wholes.all(|whole| whole == Some(first)).then_some(first)
}

/// A mark's data in words: `1066.66 万元（38.16%，推算）`.
pub(super) fn sentence(mark: &Mark, page: &Page<'_>) -> String {
    let mut said = say(&mark.amount, page.lang);
    let mut asides = Vec::new();
    if let Some(share) = &mark.share {
        asides.push(share.say(page.lang));
    }
    if mark.derived {
        asides.push(page.words.derived.to_owned());
    }
    if !asides.is_empty() {
        said += &page.marks.bracketed(&asides.join(page.marks.pause));
    }
    said
}

/// A bar chart's rows: one a name, with a place for each group, in order of appearance.
pub(super) struct Rows<'a> {
    /// The names of the groups; a single empty one where there are none.
    pub(super) groups: Vec<&'a str>,
    /// The rows with their marks, by group.
    pub(super) rows: Vec<(&'a str, Vec<Option<&'a Mark>>)>,
}

impl<'a> Rows<'a> {
    /// Sorts the marks into rows. A name that comes twice in one group gets a row of its own, so that no mark is lost.
    pub(super) fn of(chart: &'a Chart, lang: Lang) -> Self {
        let group = |mark: &'a Mark| mark.group.as_ref().map_or("", |text| text.get(lang).as_str());
        let mut groups: Vec<&str> = Vec::new();
        for mark in &chart.marks {
            if !groups.contains(&group(mark)) {
                groups.push(group(mark));
            }
        }
        let mut rows: Vec<(&str, Vec<Option<&Mark>>)> = Vec::new();
        for mark in &chart.marks {
            let name = mark.name.get(lang).as_str();
            let place = groups.iter().position(|known| *known == group(mark)).unwrap_or_default();
            let open = rows.iter_mut().find(|(known, places)| *known == name && places[place].is_none());
            if let Some((_, places)) = open {
                places[place] = Some(mark);
            } else {
                let mut places = vec![None; groups.len()];
                places[place] = Some(mark);
                rows.push((name, places));
            }
        }
        Rows { groups, rows }
    }

    /// Whether the marks are grouped at all.
    pub(super) fn grouped(&self) -> bool {
        self.groups.iter().any(|group| !group.is_empty())
    }
}
