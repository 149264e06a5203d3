//! A pie, drawn as a ring of numbered slices. The table beside it has the numbers, too, and is its legend.
//!
//! The slices are `charts_rs::Sector`s on its canvas rather than a `PieChart`: that one rounds the ends of every slice
//! over two degrees, so a slice of less than 1.1 % is drawn up to three times too wide, over its neighbours.

use charts_rs::{Canvas, Line, Sector, Text};
use rust_decimal::Decimal;

use super::markup::{Frame, LINE, colour, finish, placeholder};
use super::values::{common_unit, length, measure, say_amount, sentence, whole};
use super::{COLOURS, Drawing, Page};
use crate::model::{Amount, Chart, Figure, Mark, Unit};

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

/// The ring, or why there is none.
pub(super) fn draw<'a>(chart: &Chart, page: &Page<'a>) -> Result<Drawing, &'a str> {
    let words = page.words;
    let (parts, zeros) = parts(chart, page)?;
    let (Some(unit), whole) = (common_unit(chart), whole(chart)) else { return Err(words.no_chart_units) };
    let (shown, merged) = largest(parts);
    let mut slices: Vec<Decimal> = shown.iter().map(|(_, amount)| amount.value()).collect();
    let mut notes = Vec::new();
    if !merged.is_empty() {
        let (slice, label) = other(&merged, whole, &unit, page);
        slices.push(slice);
        let list: Vec<String> =
            merged.iter().map(|(mark, _)| format!("{} {}", mark.name.get(page.lang), sentence(mark, page))).collect();
        let name = format!("{} {}{}", slices.len(), words.other, page.marks.bracketed(&label));
        notes.push(name + page.marks.colon + &list.join(page.marks.semicolon) + page.marks.stop);
    }
    if !zeros.is_empty() {
        notes.push(words.zero_share.to_owned() + page.marks.colon + &zeros.join(page.marks.comma) + page.marks.stop);
    }
    let place = |parts: &Parts<'_>, mark: &Mark| parts.iter().position(|(part, _)| std::ptr::eq(*part, mark));
    let keys =
        chart.marks.iter().map(|mark| place(&shown, mark).or(place(&merged, mark).map(|_| shown.len()))).collect();
    let list: Vec<String> =
        chart.marks.iter().map(|mark| format!("{} {}", mark.name.get(page.lang), sentence(mark, page))).collect();
    let desc = list.join(page.marks.semicolon) + page.marks.stop;
    let html = ring(&slices, &page.id, chart.title.get(page.lang), &desc).ok_or(words.no_chart_empty)?;
    Ok(Drawing { html, notes, keys })
}

/// The marks that are parts of a whole, and the names of those that are nothing of it; or why they are not.
pub(super) fn parts<'a, 'w>(chart: &'a Chart, page: &Page<'w>) -> Result<(Parts<'a>, Vec<&'a str>), &'w str> {
    let words = page.words;
    if chart.marks.is_empty() {
        return Err(words.no_chart_empty);
    }
    if common_unit(chart).is_none() {
        return Err(words.no_chart_units);
    }
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
    if whole(chart).is_some_and(|whole| !adds_up(&parts, whole)) {
        return Err(words.no_chart_whole);
    }
    Ok((parts, zeros))
}

/// Whether the parts are the whole but for its rounding tail: (n + 1) halves of the last printed decimal.
fn adds_up(parts: &[(&Mark, Amount)], whole: &Figure) -> bool {
    let sum: Decimal = parts.iter().map(|(_, amount)| amount.value()).sum();
    let tail = Decimal::new(5, whole.amount.decimals() + 1) * Decimal::from(parts.len() + 1);
    (sum - whole.amount.value()).abs() <= tail
}

pub(super) type Parts<'a> = Vec<(&'a Mark, Amount)>;

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

/// The slice of the smallest parts, and its share, computed from their exact sum and rounded once.
fn other(merged: &[(&Mark, Amount)], whole: Option<&Figure>, unit: &Unit, page: &Page<'_>) -> (Decimal, String) {
    let amount: Decimal = merged.iter().map(|(_, amount)| amount.value()).sum();
    let label = match whole {
        Some(whole) if !whole.amount.is_zero() => {
            let share = amount * Decimal::ONE_HUNDRED / whole.amount.value();
            Unit::Percent.say(Amount::from_decimal(share).rounded(2), page.lang)
        }
        _ => say_amount(Amount::from_decimal(amount), unit, page.lang),
    };
    (amount, label)
}

/// The numbered ring, clockwise from twelve o'clock.
#[allow(clippy::cast_possible_truncation)] // angles in degrees, for the eye
fn ring(slices: &[Decimal], id: &str, title: &str, desc: &str) -> Option<String> {
    let sum: Decimal = slices.iter().sum();
    let mut start = 0.0_f32;
    let mut angles = Vec::new();
    for slice in slices {
        // A single slice is the whole circle, to the last bit.
        let delta = if slices.len() == 1 { 360.0 } else { (length(*slice) / length(sum) * 360.0) as f32 };
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
