//! A pie, drawn as a ring of slices with their names; small ones have numbers. The table beside it has the numbers, too.
//!
//! The slices are `charts_rs::Sector`s on its canvas rather than a `PieChart`: that one rounds the ends of every slice
//! over two degrees, so a slice of less than 1.1 % is drawn up to three times too wide, over its neighbours.

use charts_rs::{Canvas, Line, Sector, Text};
use rust_decimal::Decimal;

use super::markup::{Frame, LINE, colour, finish, placeholder};
use super::values::{common_unit, length, measure, say, say_amount, sentence, whole};
use super::{COLOURS, Drawing, Page, names};
use crate::model::{Amount, Chart, Figure, Mark, Unit};
use crate::site::html::escape;

/// Half the width and height of the drawing, the radii of the ring and of its numbers, in the SVG's own units.
pub(super) const HALF: (f32, f32) = (400.0, 285.0);
pub(super) const OUTER: f32 = 220.0;
const INNER: f32 = 120.0;
const NUMBERS: f32 = 252.0;
/// The type size of the numbers: on a phone, that of the text around.
const NUMBER_SIZE: f32 = 36.0;
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
    let mut slices: Vec<Slice> = shown
        .iter()
        .map(|(mark, amount)| Slice {
            amount: amount.value(),
            name: mark.name.get(page.lang).clone(),
            label: mark.share.as_ref().map_or_else(|| say(&mark.amount, page.lang), |share| share.say(page.lang)),
        })
        .collect();
    let mut notes = Vec::new();
    if !merged.is_empty() {
        let (amount, label) = other(&merged, whole, &unit, page);
        let list: Vec<String> =
            merged.iter().map(|(mark, _)| format!("{} {}", mark.name.get(page.lang), sentence(mark, page))).collect();
        let name = format!("{} {}{}", slices.len() + 1, words.other, page.marks.bracketed(&label));
        slices.push(Slice { amount, name: words.other.to_owned(), label });
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

/// What is drawn of a slice.
struct Slice {
    amount: Decimal,
    name: String,
    /// Its share, or its amount if it is a share of nothing.
    label: String,
}

/// The ring, clockwise from twelve o'clock, between the names of its slices.
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
    let lines = names::lines(&angles, &|named| number_places(&angles, named));
    let named: Vec<bool> = lines.iter().map(Option::is_some).collect();
    let mut canvas = Canvas::new(2.0 * HALF.0, 2.0 * HALF.1);
    let mut sector = |index: usize, class: &str| {
        canvas.sector(Sector {
            cx: HALF.0,
            cy: HALF.1,
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
    let mut rule = |(left, top): (f32, f32), (right, bottom): (f32, f32)| {
        let color = Some(placeholder(LINE));
        canvas.line(Line { color, stroke_width: 1.0, left, top, right, bottom, ..Line::default() });
    };
    for (x, y) in lines.iter().flatten().map(|angle| at(OUTER, *angle)) {
        rule((x, y), (x, if y < HALF.1 { 0.0 } else { 2.0 * HALF.1 }));
    }
    for (index, place) in numbers(&angles, &named) {
        let (start, delta) = angles[index];
        if delta < SMALL {
            rule(at(OUTER + 2.0, start + delta / 2.0), at(NUMBERS - 20.0, place));
        }
    }
    for (index, place) in numbers(&angles, &named) {
        let (x, y) = at(NUMBERS, place);
        canvas.text(Text {
            text: (index + 1).to_string(),
            font_size: Some(NUMBER_SIZE),
            x: Some(x),
            // The middle of a digit lies about a third of the type size above its baseline.
            y: Some(y + NUMBER_SIZE / 3.0),
            text_anchor: Some("middle".to_owned()),
            class: Some("chart-number".to_owned()),
            ..Text::default()
        });
    }
    let svg = canvas.svg().ok()?;
    let size = (canvas.width(), canvas.height());
    let svg = finish(&svg, &Frame { size, class: "chart-ring", stretched: false, id, title, desc });
    let tags: Vec<(f32, String)> = slices
        .iter()
        .zip(&lines)
        .enumerate()
        .filter_map(|(index, (slice, line))| {
            let (name, label) = (escape(&slice.name), escape(&slice.label));
            Some(((*line)?, format!("{} {name} <span class=\"chart-share\">{label}</span>", index + 1)))
        })
        .collect();
    let (above, below) = (names::band(&tags, true), names::band(&tags, false));
    Some(format!("<div class=\"chart-around\">\n{above}{svg}\n{below}</div>\n"))
}

/// Where the numbers of the slices without a name at the ring stand, in degrees, spread so that none touches another.
fn numbers(angles: &[(f32, f32)], named: &[bool]) -> Vec<(usize, f32)> {
    let slices: Vec<usize> = (0..angles.len()).filter(|index| !named[*index]).collect();
    let mut places: Vec<f32> = slices.iter().map(|index| angles[*index].0 + angles[*index].1 / 2.0).collect();
    spread(&mut places);
    slices.into_iter().zip(places).collect()
}

/// A point at a radius and an angle, clockwise from twelve o'clock.
pub(super) fn at(radius: f32, degrees: f32) -> (f32, f32) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    (HALF.0 + radius * sin, HALF.1 - radius * cos)
}

/// The middles of the numbers.
pub(super) fn number_places(angles: &[(f32, f32)], named: &[bool]) -> Vec<(f32, f32)> {
    numbers(angles, named).into_iter().map(|(_, place)| at(NUMBERS, place)).collect()
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
