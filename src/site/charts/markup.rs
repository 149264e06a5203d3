//! The punctuation of both languages, and what becomes of the SVG that charts-rs writes.

use charts_rs::{Color, svg_with_accessibility};

use super::{COLOURS, ChartWords};
use crate::model::Lang;
use crate::site::html::escape;

/// The marks that join names and figures into a sentence.
pub(super) struct Punctuation {
    pub(super) colon: &'static str,
    pub(super) semicolon: &'static str,
    /// Between the items of a list.
    pub(super) comma: &'static str,
    /// Between two remarks.
    pub(super) pause: &'static str,
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) stop: &'static str,
}

impl Punctuation {
    /// The marks of a language.
    pub(super) fn of(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Punctuation {
                colon: "：",
                semicolon: "；",
                comma: "、",
                pause: "，",
                open: "（",
                close: "）",
                stop: "。",
            },
            Lang::En => Punctuation {
                colon: ": ",
                semicolon: "; ",
                comma: ", ",
                pause: ", ",
                open: " (",
                close: ")",
                stop: ".",
            },
        }
    }

    /// Text in brackets.
    pub(super) fn bracketed(&self, text: &str) -> String {
        format!("{}{text}{}", self.open, self.close)
    }
}

/// The mark of a derived amount. It stands before the amount, so that the digits of a column stay aligned.
pub(super) fn derived(derived: bool, words: &ChartWords<'_>) -> String {
    if derived { format!("<span class=\"chart-derived\">{}</span> ", escape(words.derived)) } else { String::new() }
}

/// The colour of the theme that the `index`th thing has, counted from 1.
pub(super) fn colour(index: usize) -> usize {
    index % COLOURS + 1
}

/// Stands for the theme's colour `number` until [`finish`] replaces it: charts-rs can give a bar a colour only, and a
/// colour written out would be the same in the dark.
pub(super) fn placeholder(number: usize) -> Color {
    Color { r: 0, g: 0, b: u8::try_from(number).unwrap_or(u8::MAX), a: u8::MAX }
}

/// Stands for the colour of axes and leader lines, see [`placeholder`].
pub(super) const LINE: usize = COLOURS + 1;

/// What an SVG is called and how it is scaled.
pub(super) struct Frame<'a> {
    /// The width and height of the drawing, in its own units.
    pub(super) size: (f32, f32),
    /// The class that the theme's CSS knows.
    pub(super) class: &'static str,
    /// Whether width and height scale apart, as those of a bar may.
    pub(super) stretched: bool,
    /// The start of its ids, escaped. What follows has an underscore, which no chart's own id has.
    pub(super) id: &'a str,
    /// The name.
    pub(super) title: &'a str,
    /// The data in a sentence.
    pub(super) desc: &'a str,
}

/// Makes the SVG of charts-rs fit for a page: named and described, scaled by its box, coloured by classes, and
/// without the `data-` attributes, whose numbers charts-rs has rounded.
pub(super) fn finish(svg: &str, frame: &Frame<'_>) -> String {
    let Frame { size: (width, height), class, id, .. } = frame;
    let body = painted(svg);
    let ratio = if frame.stretched { " preserveAspectRatio=\"none\"" } else { "" };
    let svg = format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\"{ratio} aria-labelledby=\"{id}_title\" \
         aria-describedby=\"{id}_desc\">{body}\n"
    );
    svg_with_accessibility(&svg, frame.title, frame.desc)
        .replacen("<title>", &format!("<title id=\"{id}_title\">"), 1)
        .replacen("<desc>", &format!("<desc id=\"{id}_desc\">"), 1)
}

/// An SVG that says nothing that does not stand beside it in text.
pub(super) fn decoration(svg: &str, (width, height): (f32, f32), class: &str) -> String {
    let body = painted(svg);
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{body}"
    )
}

/// What stands in an SVG of charts-rs, with classes for the colours that stand for the theme's.
fn painted(svg: &str) -> String {
    let body = svg.split_once('>').map_or("", |(_, body)| body).replace('\n', "");
    let mut body = without_data(&body).replace(" fill=\"#000000\"", "");
    for number in 1..=COLOURS {
        body = body.replace(&format!("fill=\"#00000{number}\""), &format!("class=\"chart-fill chart-c{number}\""));
    }
    body.replace(&format!("stroke=\"#00000{LINE}\""), "class=\"chart-axis\"")
}

/// Markup without its `data-` attributes. Values are escaped, so that the next quotation mark ends one.
fn without_data(markup: &str) -> String {
    let mut pieces = markup.split(" data-");
    let mut rest = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        rest.push_str(piece.splitn(3, '"').nth(2).unwrap_or_default());
    }
    rest
}
