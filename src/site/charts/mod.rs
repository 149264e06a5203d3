//! A chart as accessible, themeable inline SVG, with its data as a table beside it.
//!
//! Three rules shape everything here. What a reader reads is text from the decimal, never a number that has been
//! through a float; floats are geometry only. An SVG holds shapes and digits, no other text: names are HTML, which
//! wraps on a phone, grows with the reader's type and needs no font for measuring. And no shape has a colour of its
//! own: it has a class, and the theme's variables (`--chart-1` … `--chart-6`, `--chart-text`, `--chart-line`,
//! `--paper`) colour it in the light, in the dark and in print.

mod bars;
mod hundred;
mod markup;
mod names;
mod pie;
mod table;
#[cfg(test)]
mod tests;
mod values;

use std::fmt::Write as _;

use crate::model::{Chart, ChartKind, Figure, Lang};
use crate::site::html::escape;
use markup::Punctuation;

/// How many colours a theme has, and the most slices that a pie may have.
const COLOURS: usize = 6;

/// The words around a chart, in the language of the page. No word has a value in it: a sentence is a label, a colon
/// and what follows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChartWords<'a> {
    /// Marks a chart that the document does not have: 本站制图 / chart by this site.
    pub(crate) chart_by_site: &'a str,
    /// Marks an amount that the document does not print: 推算 / derived.
    pub(crate) derived: &'a str,
    /// The slice of the smallest items, and the label before their list: 其他 / Other.
    pub(crate) other: &'a str,
    /// Label before the items without a slice: 占比为 0 / Nil.
    pub(crate) zero_share: &'a str,
    /// Why there is no chart, a sentence: it has no marks.
    pub(crate) no_chart_empty: &'a str,
    /// Why there is no chart, a sentence: every amount is zero.
    pub(crate) no_chart_zero: &'a str,
    /// Why there is no chart, a sentence: a pie would have to show an amount below zero.
    pub(crate) no_chart_negative: &'a str,
    /// Why there is no chart, a sentence: the amounts have different units.
    pub(crate) no_chart_units: &'a str,
    /// Why there is no chart, a sentence: the slices would not add up to the whole that their shares name.
    pub(crate) no_chart_whole: &'a str,
    /// The caption of the table, followed by the title: 图中数据 / Data in this chart.
    pub(crate) chart_data: &'a str,
    /// Label before the unit in the caption of the table: 单位 / Unit.
    pub(crate) unit_label: &'a str,
    /// Head of the column of names: 项目 / Item.
    pub(crate) item: &'a str,
    /// The name of the whole: 合计 / Total.
    pub(crate) total: &'a str,
    /// Head of the column of amounts: 金额 / Amount.
    pub(crate) amount: &'a str,
    /// Head of the column of shares: 占比 / Share.
    pub(crate) share: &'a str,
    /// Head of the column of parts of a hundred: 每 100 元中 / Of RMB 100.
    pub(crate) of_hundred: &'a str,
    /// A sentence: the parts of a hundred were rounded one by one, and miss it.
    pub(crate) hundred_tail: &'a str,
}

/// What the drawing functions share: the page's language, its words, and the ids of this chart.
struct Page<'a> {
    lang: Lang,
    words: &'a ChartWords<'a>,
    marks: Punctuation,
    id: String,
}

/// What is drawn, and what is said below it.
struct Drawing {
    html: String,
    notes: Vec<String>,
    /// For each mark of a pie the place of its slice, the first of which is numbered 1.
    keys: Vec<Option<usize>>,
}

/// The whole figure: caption, drawing with its legend, notes, and the table of the data.
///
/// The figure's id is `prefix` followed by the chart's id; ids inside it start with that. A page that shows a chart
/// twice needs two prefixes. `href` leads from a figure to its cell. A chart that cannot be drawn honestly is replaced
/// by the sentence that says why; its table stays.
pub(crate) fn figure(
    chart: &Chart,
    lang: Lang,
    prefix: &str,
    words: &ChartWords<'_>,
    href: &dyn Fn(&Figure) -> String,
) -> String {
    let page = Page { lang, words, marks: Punctuation::of(lang), id: escape(&format!("{prefix}{}", chart.id)) };
    let (class, drawn) = match chart.kind {
        ChartKind::Pie => ("chart-pie", pie::draw(chart, &page)),
        ChartKind::Bars => ("chart-bars", bars::draw(chart, &page)),
        ChartKind::Hundred => ("chart-of-hundred", hundred::draw(chart, &page, href)),
    };
    let mut html =
        format!("<figure class=\"chart {class}\" id=\"{}\">\n<figcaption>{}", page.id, escape(chart.title.get(lang)));
    if !chart.in_document {
        let _ = write!(html, " <span class=\"chart-ours\">{}</span>", escape(words.chart_by_site));
    }
    // Where each hundred went is its own table.
    let has_table = chart.kind == ChartKind::Hundred && drawn.is_ok();
    let mut keys = Vec::new();
    html += "</figcaption>\n<div class=\"chart-body\">\n<div class=\"chart-drawing\">\n";
    match drawn {
        Ok(drawing) => {
            html += &drawing.html;
            keys = drawing.keys;
            for note in drawing.notes {
                let _ = writeln!(html, "<p class=\"chart-note\">{}</p>", escape(&note));
            }
        }
        Err(reason) => {
            let _ = writeln!(html, "<p class=\"chart-none\">{}</p>", escape(reason));
        }
    }
    html += "</div>\n";
    if !has_table {
        html += &table::render(chart, &page, &keys, href);
    }
    html += "</div>\n</figure>\n";
    html
}
