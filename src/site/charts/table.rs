//! The data of a chart as a table: every amount leads to its cell.

use std::fmt::Write as _;

use super::Page;
use super::markup::{colour, derived};
use super::values::{Rows, common_unit, digits, measure, plain, say, whole};
use crate::model::{Chart, ChartKind, Figure, Mark, Unit};
use crate::site::html::escape;

/// The table. Groups of bars stand beside each other, as in the chart; anything else is a list. Where the marks have
/// `keys`, the table is the legend: colour and number of the slice stand before the name.
pub(super) fn render(
    chart: &Chart,
    page: &Page<'_>,
    keys: &[Option<usize>],
    href: &dyn Fn(&Figure) -> String,
) -> String {
    let unit = common_unit(chart);
    let words = page.words;
    let mut html = String::from("<div class=\"chart-table\">\n<table class=\"chart-data\">\n<caption>");
    // The title stands above the chart already; a screen reader that lists tables needs it here, too.
    let _ = write!(
        html,
        "{}<span class=\"visually-hidden\">{}{}</span>",
        escape(words.chart_data),
        page.marks.colon,
        escape(chart.title.get(page.lang))
    );
    if let Some(unit) = &unit {
        let said = words.unit_label.to_owned() + page.marks.colon + &unit.name(page.lang);
        let _ = write!(html, "<span class=\"chart-unit\">{}</span>", escape(&page.marks.bracketed(&said)));
    }
    html += "</caption>\n";
    let cells = Cells { page, href, unit: unit.as_ref() };
    let rows = Rows::of(chart, page.lang);
    if chart.kind == ChartKind::Bars && rows.grouped() {
        html += &cells.matrix(&rows);
    } else {
        html += &cells.list(chart, keys);
    }
    html + "</table>\n</div>\n"
}

/// What the cells of a table need.
struct Cells<'a> {
    page: &'a Page<'a>,
    href: &'a dyn Fn(&Figure) -> String,
    unit: Option<&'a Unit>,
}

impl Cells<'_> {
    fn matrix(&self, rows: &Rows<'_>) -> String {
        let mut html = head(self.page.words.item);
        for group in &rows.groups {
            html += &column(group);
        }
        html += "</tr></thead>\n<tbody>\n";
        for (name, marks) in &rows.rows {
            let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escape(name));
            for mark in marks {
                html += &mark.map_or_else(|| "<td class=\"amount blank\"></td>".to_owned(), |mark| self.amount(mark));
            }
            html += "</tr>\n";
        }
        html + "</tbody>\n"
    }

    fn list(&self, chart: &Chart, keys: &[Option<usize>]) -> String {
        let page = self.page;
        let shares = chart.marks.iter().any(|mark| mark.share.is_some());
        let mut html = head(page.words.item) + &column(page.words.amount);
        if shares {
            html += &column(page.words.share);
        }
        html += "</tr></thead>\n<tbody>\n";
        for (index, mark) in chart.marks.iter().enumerate() {
            let name = escape(mark.name.get(page.lang));
            let key = keys.get(index).copied().flatten().map(key).unwrap_or_default();
            let _ = write!(html, "<tr><th scope=\"row\">{key}{name}</th>{}", self.amount(mark));
            if shares {
                let share = mark.share.as_ref().map(|share| escape(&share.say(page.lang))).unwrap_or_default();
                let _ = write!(html, "<td class=\"amount\">{share}</td>");
            }
            html += "</tr>\n";
        }
        html += "</tbody>\n";
        // A percentage always names its whole.
        if let Some(whole) = whole(chart) {
            let text = match self.unit {
                Some(_) => plain(whole.amount, page.lang),
                None => whole.unit.say(whole.amount, page.lang),
            };
            let all = if whole.amount.is_zero() { "" } else { "100%" };
            let _ = writeln!(
                html,
                "<tfoot><tr><th scope=\"row\">{}</th><td class=\"amount\">{}</td><td class=\"amount\">{all}</td></tr></tfoot>",
                escape(whole.name.get(page.lang)),
                self.link(std::slice::from_ref(whole), &text, true)
            );
        }
        html
    }

    /// The cell of an amount: digits below a caption that names the unit, or the amount with a unit of its own.
    fn amount(&self, mark: &Mark) -> String {
        let lang = self.page.lang;
        let text = if self.unit.is_some() { digits(&mark.amount, lang) } else { say(&mark.amount, lang) };
        let zero = measure(&mark.amount).is_some_and(|(amount, _)| amount.is_zero());
        let class = if zero { "amount zero" } else { "amount" };
        let link = self.link(&mark.amount.figures, &text, !mark.amount.is_contradicted());
        format!("<td class=\"{class}\">{}{link}</td>", derived(mark.derived, self.page.words))
    }

    /// A link to the leading figure; where the amount rests on several, with their names.
    fn link(&self, figures: &[Figure], text: &str, agrees: bool) -> String {
        let Some(leading) = figures.first() else { return escape(text) };
        let title = if figures.len() > 1 {
            let names: Vec<&str> = figures.iter().map(|figure| figure.name.get(self.page.lang).as_str()).collect();
            format!(" title=\"{}\"", escape(&names.join(self.page.marks.semicolon)))
        } else {
            String::new()
        };
        format!(
            "<a class=\"{}\" href=\"{}\"{title}>{}</a>",
            if agrees { "figure" } else { "figure stated-differs" },
            escape(&(self.href)(leading)),
            escape(text)
        )
    }
}

fn head(item: &str) -> String {
    format!("<thead><tr><th scope=\"col\">{}</th>", escape(item))
}

fn column(name: &str) -> String {
    format!("<th scope=\"col\" class=\"h-amount\">{}</th>", escape(name))
}

/// The colour and the number of a slice, for those who see the chart.
fn key(place: usize) -> String {
    format!(
        "<span class=\"chart-key\" aria-hidden=\"true\"><span class=\"chart-swatch chart-c{}\"></span>{}</span> ",
        colour(place),
        place + 1
    )
}
