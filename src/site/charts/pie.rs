//! A pie, drawn as a ring: numbered slices, and a legend that says what the numbers are.
//!
//! The slices are `charts_rs::Sector`s on its canvas rather than a `PieChart`: that one rounds the ends of every slice
//! over two degrees, so a slice of less than 1.1 % is drawn up to three times too wide, over its neighbours.

use std::fmt::Write as _;

use charts_rs::{Canvas, Line, Sector, Text};
use rust_decimal::Decimal;

use super::markup::{Frame, LINE, colour, finish, placeholder};
use super::values::{common_unit, length, measure, say, say_amount, sentence, whole};
use super::{COLOURS, Drawing, Page};
use crate::model::{Amount, Chart, Figure, Mark, Unit};
use crate::site::html::escape;

/// Half the side of the drawing, the radii of the ring and of its numbers, in the SVG's own units.
const CENTRE: f32 = 280.0;
const OUTER: f32 = 220.0;
const INNER: f32 = 120.0;
const NUMBERS: f32 = 252.0;
/// The least angle between two numbers, in degrees: their circle leaves them side by side.
const NUMBER_GAP: f32 = 9.0;
/// A slice below this angle has a line to its number.
const SMALL: f32 = 8.0;
/// A slice below this angle has no line of paper around it, which would leave little of it.
const THIN: f32 = 4.0;

/// A slice: what it is called, what is said of it, and its exact amount.
struct Slice {
    name: String,
    label: String,
    amount: Decimal,
}

/// The ring with its legend, or why there is none.
pub(super) fn draw<'a>(chart: &Chart, page: &Page<'a>) -> Result<Drawing, &'a str> {
    let words = page.words;
    if chart.marks.is_empty() {
        return Err(words.no_chart_empty);
    }
    let Some(unit) = common_unit(chart) else { return Err(words.no_chart_units) };
    let mut parts = Vec::new();
    let mut zeros = Vec::new();
    for mark in &chart.marks {
        let Some((amount, _)) = measure(&mark.amount) else { return Err(words.no_chart_units) };
        if amount.is_negative() {
            return Err(words.no_chart_negative);
        }
        if amount.is_zero() {
            zeros.push(mark.name.get(page.lang).as_str());
        } else {
            parts.push((mark, amount));
        }
    }
    if parts.is_empty() {
        return Err(words.no_chart_zero);
    }
    let whole = whole(chart);
    if whole.is_some_and(|whole| !adds_up(&parts, whole)) {
        return Err(words.no_chart_whole);
    }

    let mut notes = Vec::new();
    let (shown, merged) = largest(parts);
    let mut slices: Vec<Slice> = shown.iter().map(|(mark, amount)| slice(mark, *amount, page)).collect();
    if !merged.is_empty() {
        slices.push(other(&merged, whole, &unit, page));
        let list: Vec<String> =
            merged.iter().map(|(mark, _)| format!("{} {}", mark.name.get(page.lang), sentence(mark, page))).collect();
        notes.push(words.other.to_owned() + page.marks.colon + &list.join(page.marks.semicolon) + page.marks.stop);
    }
    if !zeros.is_empty() {
        notes.push(words.zero_share.to_owned() + page.marks.colon + &zeros.join(page.marks.comma) + page.marks.stop);
    }
    let list: Vec<String> =
        chart.marks.iter().map(|mark| format!("{} {}", mark.name.get(page.lang), sentence(mark, page))).collect();
    let desc = list.join(page.marks.semicolon) + page.marks.stop;
    let svg = ring(&slices, &page.id, chart.title.get(page.lang), &desc).ok_or(words.no_chart_empty)?;
    Ok(Drawing { html: svg + &legend(&slices), notes })
}

/// Whether the parts are the whole but for its rounding tail: (n + 1) halves of the last printed decimal.
fn adds_up(parts: &[(&Mark, Amount)], whole: &Figure) -> bool {
    let sum: Decimal = parts.iter().map(|(_, amount)| amount.value()).sum();
    let tail = Decimal::new(5, whole.amount.decimals() + 1) * Decimal::from(parts.len() + 1);
    (sum - whole.amount.value()).abs() <= tail
}

type Parts<'a> = Vec<(&'a Mark, Amount)>;

/// The parts that have a slice of their own, in order, and those that share the last one.
fn largest(parts: Parts<'_>) -> (Parts<'_>, Parts<'_>) {
    if parts.len() <= COLOURS {
        return (parts, Vec::new());
    }
    let mut ranked: Vec<usize> = (0..parts.len()).collect();
    // A stable sort: of two equal parts, the earlier one keeps its slice.
    ranked.sort_by(|a, b| parts[*b].1.cmp(&parts[*a].1));
    let keep = &ranked[..COLOURS - 1];
    let (shown, merged): (Vec<_>, Vec<_>) = parts.into_iter().enumerate().partition(|(index, _)| keep.contains(index));
    let parts = |list: Vec<(usize, _)>| list.into_iter().map(|(_, part)| part).collect();
    (parts(shown), parts(merged))
}

fn slice(mark: &Mark, amount: Amount, page: &Page<'_>) -> Slice {
    let mut label = mark.share.as_ref().map_or_else(|| say(&mark.amount, page.lang), |share| share.say(page.lang));
    if mark.derived {
        label += &page.marks.bracketed(page.words.derived);
    }
    Slice { name: mark.name.get(page.lang).clone(), label, amount: amount.value() }
}

/// The slice of the smallest parts. Its share is computed from their exact sum and rounded once.
fn other(merged: &[(&Mark, Amount)], whole: Option<&Figure>, unit: &Unit, page: &Page<'_>) -> Slice {
    let amount: Decimal = merged.iter().map(|(_, amount)| amount.value()).sum();
    let label = match whole {
        Some(whole) if !whole.amount.is_zero() => {
            let share = amount * Decimal::ONE_HUNDRED / whole.amount.value();
            Unit::Percent.say(Amount::from_decimal(share).rounded(2), page.lang)
        }
        _ => say_amount(Amount::from_decimal(amount), unit, page.lang),
    };
    Slice { name: page.words.other.to_owned(), label, amount }
}

/// The legend: swatch, number, name and exact label. The description of the SVG says the same to those who hear it.
fn legend(slices: &[Slice]) -> String {
    let mut html = String::from("<ol class=\"chart-legend\" aria-hidden=\"true\">\n");
    for (index, slice) in slices.iter().enumerate() {
        let _ = writeln!(
            html,
            "<li><span class=\"chart-swatch chart-c{}\"></span> <span class=\"chart-key\">{}</span> \
             <span class=\"chart-name\">{}</span> <span class=\"chart-label\">{}</span></li>",
            colour(index),
            index + 1,
            escape(&slice.name),
            escape(&slice.label)
        );
    }
    html + "</ol>\n"
}

/// The numbered ring, clockwise from twelve o'clock.
#[allow(clippy::cast_possible_truncation)] // angles in degrees, for the eye
fn ring(slices: &[Slice], id: &str, title: &str, desc: &str) -> Option<String> {
    let sum: Decimal = slices.iter().map(|slice| slice.amount).sum();
    let mut start = 0.0_f32;
    let mut angles = Vec::new();
    for slice in slices {
        // A single slice is the whole circle, to the last bit.
        let delta = if slices.len() == 1 { 360.0 } else { (length(slice.amount) / length(sum) * 360.0) as f32 };
        angles.push((start, delta));
        start += delta;
    }
    let mut canvas = Canvas::new(2.0 * CENTRE, 2.0 * CENTRE);
    let mut sector = |index: usize, class: &str| {
        canvas.sector(Sector {
            cx: CENTRE,
            cy: CENTRE,
            r: OUTER,
            ir: INNER,
            start_angle: angles[index].0,
            delta: angles[index].1,
            class: Some(format!("{class} chart-c{}", colour(index))),
            ..Sector::default()
        });
    };
    // Thin slices come last, so that the lines around their neighbours do not cover them either.
    for index in (0..slices.len()).filter(|index| angles[*index].1 >= THIN) {
        sector(index, "chart-fill chart-slice");
    }
    for index in (0..slices.len()).filter(|index| angles[*index].1 < THIN) {
        sector(index, "chart-fill");
    }
    let mut places: Vec<f32> = angles.iter().map(|(start, delta)| start + delta / 2.0).collect();
    spread(&mut places);
    for (index, place) in places.iter().enumerate() {
        let (x, y) = at(NUMBERS, *place);
        canvas.text(Text {
            text: (index + 1).to_string(),
            font_size: Some(34.0),
            x: Some(x),
            // The middle of a digit lies about a third of the type size above its baseline.
            y: Some(y + 12.0),
            text_anchor: Some("middle".to_owned()),
            class: Some("chart-number".to_owned()),
            ..Text::default()
        });
        let (start, delta) = angles[index];
        if delta < SMALL {
            let (left, top) = at(OUTER + 2.0, start + delta / 2.0);
            let (right, bottom) = at(NUMBERS - 20.0, *place);
            let color = Some(placeholder(LINE));
            canvas.line(Line { color, stroke_width: 1.0, left, top, right, bottom, ..Line::default() });
        }
    }
    let svg = canvas.svg().ok()?;
    let size = (canvas.width(), canvas.height());
    Some(finish(&svg, &Frame { size, class: "chart-ring", stretched: false, id, title, desc }))
}

/// A point at a radius and an angle, clockwise from twelve o'clock.
fn at(radius: f32, degrees: f32) -> (f32, f32) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    (CENTRE + radius * sin, CENTRE - radius * cos)
}

/// Moves the numbers apart until none touches its neighbour; they stay in order around the circle.
fn spread(places: &mut [f32]) {
    let count = places.len();
    if count < 2 {
        return;
    }
    // Six numbers need 54 of 360 degrees: pushing neighbours apart by halves settles soon.
    for _ in 0..200 {
        for index in 0..count {
            let next = (index + 1) % count;
            let turn = if next == 0 { 360.0 } else { 0.0 };
            let missing = NUMBER_GAP - (places[next] + turn - places[index]);
            if missing > 0.0 {
                places[index] -= missing / 2.0;
                places[next] += missing / 2.0;
            }
        }
    }
}
