//! Where each hundred went: a table whose rows have bars, so that chart and figures are one. The largest comes first.
//!
//! A share of the whole is said as money of a hundred: computed from the cells, rounded once, linked to its cell.

use std::cmp::Reverse;
use std::fmt::Write as _;

use charts_rs::{Canvas, Rect};
use rust_decimal::Decimal;

use super::markup::{decoration, placeholder};
use super::pie::parts;
use super::values::{common_unit, digits, length, plain, whole};
use super::{Drawing, Page};
use crate::model::{Amount, Chart, Figure, Mark, Unit, Value};
use crate::site::html::escape;

/// The size of a bar of a hundred in the SVG's own units; it is stretched to the room there is.
const WIDTH: f32 = 100.0;
const HEIGHT: f32 = 4.0;

/// The table with its bars, or why there is none.
pub(super) fn draw<'a>(chart: &Chart, page: &Page<'a>, href: &dyn Fn(&Figure) -> String) -> Result<Drawing, &'a str> {
    let words = page.words;
    let (mut shown, zeros) = parts(chart, page)?;
    let (Some(whole), Some(unit)) = (whole(chart), common_unit(chart)) else { return Err(words.no_chart_whole) };
    // A stable sort: of two equal parts the earlier one comes first.
    shown.sort_by_key(|(_, amount)| Reverse(*amount));
    let mut html = format!(
        "<table class=\"chart-data hundred\">\n<caption class=\"visually-hidden\">{}</caption>\n\
         <thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"amount\">{}</th>\
         <th scope=\"col\" class=\"amount\">{}</th></tr></thead>\n<tbody>\n",
        escape(chart.title.get(page.lang)),
        escape(words.item),
        escape(words.of_hundred),
        escape(&(words.amount.to_owned() + &page.marks.bracketed(&unit.name(page.lang))))
    );
    let mut sum = Decimal::ZERO;
    for (mark, _) in shown {
        let Some(part) = of_hundred(mark) else { return Err(words.no_chart_whole) };
        sum += part.value();
        let to = escape(&href(&mark.amount.figures[0]));
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\">{}{}</th><td class=\"amount\">{}</td>\
             <td class=\"amount\"><a class=\"figure\" href=\"{to}\">{}</a></td></tr>",
            escape(mark.name.get(page.lang)),
            bar(part).ok_or(words.no_chart_empty)?,
            money(part, page),
            escape(&digits(&mark.amount, page.lang))
        );
    }
    let _ = writeln!(
        html,
        "</tbody>\n<tfoot><tr><th scope=\"row\">{}</th><td class=\"amount\">{}</td>\
         <td class=\"amount\"><a class=\"figure\" href=\"{}\">{}</a></td></tr></tfoot>\n</table>",
        escape(words.total),
        money(Amount::from_decimal(sum), page),
        escape(&href(whole)),
        escape(&plain(whole.amount, page.lang))
    );
    let mut notes = Vec::new();
    if sum != Decimal::ONE_HUNDRED {
        notes.push(words.hundred_tail.to_owned());
    }
    if !zeros.is_empty() {
        notes.push(words.zero_share.to_owned() + page.marks.colon + &zeros.join(page.marks.comma) + page.marks.stop);
    }
    Ok(Drawing { html, notes, keys: Vec::new() })
}

/// The part of a hundred that a mark is: its share in percent.
fn of_hundred(mark: &Mark) -> Option<Amount> {
    match mark.share.as_ref()?.value {
        Value::Percent(percent) => Some(percent),
        _ => None,
    }
}

fn money(amount: Amount, page: &Page<'_>) -> String {
    escape(&Unit::Money { factor: 1 }.say(amount, page.lang))
}

/// The bar of a part of a hundred. What it shows stands beside it.
#[allow(clippy::cast_possible_truncation)] // geometry, in units of the SVG
fn bar(part: Amount) -> Option<String> {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let width = length(part.value()) as f32;
    canvas.rect(Rect { color: None, fill: Some(placeholder(1).into()), width, height: HEIGHT, ..Rect::default() });
    Some(decoration(&canvas.svg().ok()?, (WIDTH, HEIGHT), "chart-hundred"))
}
