//! Bars: one small SVG a row, the names above and the exact amounts beside it in HTML.
//!
//! A row is an SVG of its own so that names may wrap and type may grow without bars and labels coming apart. All rows
//! share one scale, which includes zero.

use std::fmt::Write as _;

use charts_rs::{Box, Color, HorizontalBarChart, Line, NIL_VALUE, Series, YAxisConfig};

use super::markup::{Frame, LINE, colour, derived, finish, placeholder};
use super::values::{Rows, common_unit, length, measure, say, sentence};
use super::{Drawing, Page};
use crate::model::{Chart, Mark};
use crate::site::html::escape;

/// The width of a row in the SVG's own units; it is stretched to the room there is.
const WIDTH: f32 = 1000.0;
/// The height of a bar, and what charts-rs puts between two bars and around them.
const BAR: f32 = 30.0;
const GAP: f32 = 3.0;
const MARGIN: f32 = 5.0;

/// The bars, or why there are none.
pub(super) fn draw<'a>(chart: &Chart, page: &Page<'a>) -> Result<Drawing, &'a str> {
    if chart.marks.is_empty() {
        return Err(page.words.no_chart_empty);
    }
    let lengths: Vec<f64> = chart.marks.iter().filter_map(bar).collect();
    if lengths.iter().all(|value| *value == 0.0) {
        return Err(page.words.no_chart_zero);
    }
    if common_unit(chart).is_none() {
        return Err(page.words.no_chart_units);
    }
    // The scale starts at zero: cut off, two years that hardly differ would look like a leap.
    let scale =
        lengths.iter().fold(Scale { min: 0.0, max: 0.0 }, |s, v| Scale { min: s.min.min(*v), max: s.max.max(*v) });
    let rows = Rows::of(chart, page.lang);
    let keyed = if rows.grouped() { " chart-keyed" } else { "" };
    let mut html = format!("<div class=\"chart-rows{keyed}\">\n");
    for (index, (name, marks)) in rows.rows.iter().enumerate() {
        let name = if name.is_empty() { chart.title.get(page.lang) } else { *name };
        html += &row(&rows, index, name, marks, &scale, page).ok_or(page.words.no_chart_empty)?;
    }
    html += "</div>\n";
    if rows.grouped() && !named(&rows) {
        html += "<ul class=\"chart-legend\" aria-hidden=\"true\">\n";
        for (index, group) in rows.groups.iter().enumerate() {
            let _ = writeln!(
                html,
                "<li><span class=\"chart-swatch chart-c{}\"></span> <span class=\"chart-key\">{}</span> \
                 <span class=\"chart-name\">{}</span></li>",
                colour(index),
                index + 1,
                escape(group)
            );
        }
        html += "</ul>\n";
    }
    Ok(Drawing { html, notes: Vec::new(), keys: Vec::new() })
}

/// Whether there is room for the names of the groups before their bars, a third of a phone's width; if not, they have
/// numbers and a legend. No font is at hand: a wide character is counted as one em, any other as 0.6.
fn named(rows: &Rows<'_>) -> bool {
    let tenths = |name: &str| name.chars().map(|c| if c.is_ascii() { 6 } else { 10 }).sum::<usize>();
    rows.groups.iter().all(|group| tenths(group) <= 60)
}

/// The ends of the scale, in the unit of the amounts. Geometry only.
struct Scale {
    min: f64,
    max: f64,
}

/// The length of a mark's bar; a percentage of nothing has none.
fn bar(mark: &Mark) -> Option<f64> {
    measure(&mark.amount).map(|(amount, _)| length(amount.value()))
}

/// A name, its bars and their amounts. Hidden from screen readers but for the SVG, whose description says the same.
fn row(
    rows: &Rows<'_>,
    index: usize,
    name: &str,
    marks: &[Option<&Mark>],
    scale: &Scale,
    page: &Page<'_>,
) -> Option<String> {
    let named = named(rows);
    let mut keys = String::new();
    let mut labels = String::new();
    let mut said = Vec::new();
    for (place, mark) in marks.iter().enumerate() {
        let key = if named { escape(rows.groups[place]) } else { (place + 1).to_string() };
        let _ = write!(keys, "<span>{key}</span>");
        let Some(mark) = mark else {
            // No amount is not an amount of zero: the line stays empty.
            labels += "<span></span>";
            continue;
        };
        let amount = escape(&say(&mark.amount, page.lang));
        let _ = write!(labels, "<span>{}{amount}</span>", derived(mark.derived, page.words));
        let group = rows.groups[place];
        let before = if group.is_empty() { String::new() } else { format!("{group}{}", page.marks.colon) };
        said.push(before + &sentence(mark, page));
    }
    let keys = if rows.grouped() {
        format!("<span class=\"chart-keys\" aria-hidden=\"true\">{keys}</span>")
    } else {
        String::new()
    };
    let desc = said.join(page.marks.semicolon) + page.marks.stop;
    let svg = draw_row(marks, scale, &format!("{}_{}", page.id, index + 1), name, &desc)?;
    Some(format!(
        "<div class=\"chart-row\">\n<span class=\"chart-name\" aria-hidden=\"true\">{}</span>\n\
         <div class=\"chart-line\">{keys}<span class=\"chart-plot\">{svg}</span>\
         <span class=\"chart-amounts\" aria-hidden=\"true\">{labels}</span></div>\n</div>\n",
        escape(name)
    ))
}

/// The bars of one row by charts-rs, without axes, names and numbers.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // geometry, in units of the SVG
fn draw_row(marks: &[Option<&Mark>], scale: &Scale, id: &str, name: &str, desc: &str) -> Option<String> {
    // Shares of the scale rather than amounts, so that charts-rs's f32 meets numbers near one.
    let share = |value: f64| (value / (scale.max - scale.min)) as f32;
    let series = marks.iter().map(|mark| {
        let value = mark.and_then(bar).map_or(NIL_VALUE, share);
        Series::new(String::new(), vec![value])
    });
    let mut chart = HorizontalBarChart::new(series.collect(), vec![String::new()]);
    let count = marks.len() as f32;
    chart.width = WIDTH;
    chart.height = 2.0 * MARGIN + count * BAR + (count - 1.0) * GAP;
    chart.margin = Box::default();
    chart.background_color = Color::transparent();
    chart.legend.show = Some(false);
    chart.x_axis.hidden = true;
    chart.y_axis_hidden = true;
    chart.grid.stroke_width = 0.0;
    chart.series.colors = (0..marks.len()).map(|index| placeholder(colour(index))).collect();
    chart.y_axis_configs =
        vec![YAxisConfig { min: Some(share(scale.min)), max: Some(share(scale.max)), ..YAxisConfig::default() }];
    let zero = -share(scale.min) * WIDTH;
    let line = Line {
        color: Some(placeholder(LINE)),
        stroke_width: 1.0,
        left: zero,
        right: zero,
        bottom: chart.height,
        ..Line::default()
    };
    let svg = chart.svg().ok()?.replace("</svg>", &(line.svg() + "</svg>"));
    let size = (chart.width, chart.height);
    Some(finish(&svg, &Frame { size, class: "chart-bar", stretched: true, id, title: name, desc }))
}
