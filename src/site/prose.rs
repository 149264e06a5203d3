//! Prose as HTML: figures link to their cells, the first use of a term on a page to the glossary.

use std::fmt::Write as _;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd, html::push_html};

use crate::diagnostics::Finding;
use crate::model::{Chart, Computed, Expression, Piece};

use super::disputes::sentence;
use super::html::escape;
use super::scope::{Heading, Scope};
use super::{charts, table};

/// How headings stand on the page.
#[derive(Clone, Copy)]
pub(crate) enum Headings<'a> {
    /// As they are typed: the title of the page is the first level.
    Typed,
    /// On the one-page report: one level lower, with this before their ids.
    Below(&'a str),
    /// On the page of a section, whose heading is its title: one level higher.
    Raised,
}

impl Headings<'_> {
    /// The level of a heading on the page.
    pub(crate) fn level(self, level: HeadingLevel) -> usize {
        let level = level as usize;
        match self {
            Headings::Typed => level,
            Headings::Below(_) => (level + 1).min(6),
            Headings::Raised => (level - 1).max(1),
        }
    }

    fn id(self, id: &str) -> String {
        match self {
            Headings::Below(prefix) => format!("{prefix}/{id}"),
            Headings::Typed | Headings::Raised => id.to_owned(),
        }
    }
}

/// Prose as HTML.
pub(crate) fn html(pieces: &[Piece<Computed>], scope: &Scope<'_>, headings: Headings<'_>) -> Result<String, Finding> {
    let mut events: Vec<Event<'_>> = Vec::with_capacity(pieces.len());
    // Inside links and headings nothing is linked.
    let mut closed = 0_usize;
    // Whether the link that is open leaves the site.
    let mut leaving = false;
    let mut heading = Heading::default();
    let mut naming = false;
    for (at, piece) in pieces.iter().enumerate() {
        if let (true, Piece::Markdown(Event::Text(text) | Event::Code(text), _)) = (naming, piece) {
            heading.name.push_str(text);
        }
        match piece {
            Piece::Markdown(event, _) => match event {
                // Lines are pieces of their own, and a term may stand across two of them.
                Event::Text(_) if closed == 0 && at > 0 && is_text(&pieces[at - 1]) => {}
                Event::Text(_) if closed == 0 => text_with_terms(&whole(&pieces[at..]), scope, &mut events),
                Event::Start(Tag::Heading { level, id, .. }) => {
                    closed += 1;
                    let id = headings.id(id.as_deref().unwrap_or_default());
                    heading = Heading { id: id.clone(), name: String::new() };
                    naming = true;
                    events.push(raw(format!("<h{} id=\"{}\">", headings.level(*level), escape(&id))));
                }
                Event::End(TagEnd::Heading(level)) => {
                    closed -= 1;
                    naming = false;
                    events.push(raw(format!("</h{}>\n", headings.level(*level))));
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    closed += 1;
                    leaving = !dest_url.starts_with("mailto:");
                    let marks = if leaving { " class=\"external\" rel=\"external noopener\"" } else { "" };
                    events.push(raw(format!("<a{marks} href=\"{}\">", escape(dest_url))));
                }
                Event::End(TagEnd::Link) => {
                    closed -= 1;
                    if std::mem::take(&mut leaving) {
                        let word = escape(scope.word("external_link")?);
                        events.push(raw(format!("<span class=\"visually-hidden\">{word}</span>")));
                    }
                    events.push(raw("</a>".to_owned()));
                }
                Event::Start(Tag::Table(_)) => {
                    // The heading that it stands below names it.
                    let name = if heading.id.is_empty() {
                        format!("aria-label=\"{}\"", escape(scope.word("table_label")?))
                    } else {
                        format!("aria-labelledby=\"{}\"", escape(&heading.id))
                    };
                    events.push(raw(format!("<div class=\"lane\" tabindex=\"0\" role=\"group\" {name}>\n")));
                    events.push(event.clone());
                }
                Event::End(TagEnd::Table) => events.extend([event.clone(), raw("</div>\n".to_owned())]),
                other => events.push(other.clone()),
            },
            Piece::Link(target, _) => {
                closed += 1;
                events.push(raw(format!("<a href=\"{}\">", escape(&scope.target_href(target)))));
            }
            Piece::Figure(computed, _) => {
                scope.name(computed, &heading);
                let id = scope.disputes.find(computed).map(|dispute| {
                    let statement = computed.derivation.expression.to_string();
                    scope.spot(dispute, &statement, &heading, sentence(pieces, at, scope.lang))
                });
                events.push(raw(figure(computed, scope, closed == 0, id.as_deref())));
            }
            // Only a report without gaps is published.
            Piece::Gap(_) => {}
            Piece::Chart(id, _) => {
                if let Some(chart) = scope.disclosure.charts.iter().find(|chart| chart.id == *id) {
                    events.push(Event::Html(self::chart(chart, scope)?.into()));
                }
            }
            Piece::Form(id, _) => {
                if let Some(found) = scope.disclosure.table(id) {
                    events.push(Event::Html(table::form(found, table::Setting::Embedded, scope)?.into()));
                }
            }
        }
    }
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    Ok(aligned(html))
}

/// Cells that Markdown aligns have a class for it: a page's policy allows no style in an attribute.
fn aligned(html: String) -> String {
    if !html.contains(" style=\"text-align: ") {
        return html;
    }
    let mut html = html;
    for cell in ["td", "th"] {
        for side in ["left", "center", "right"] {
            let styled = format!("<{cell} style=\"text-align: {side}\">");
            html = html.replace(&styled, &format!("<{cell} class=\"align-{side}\">"));
        }
    }
    html
}

/// A chart with its table.
pub(crate) fn chart(chart: &Chart, scope: &Scope<'_>) -> Result<String, Finding> {
    prefixed_chart(chart, "_chart-", scope)
}

/// A chart whose ids begin with `prefix`: two reports on one page may have charts of the same id.
pub(crate) fn prefixed_chart(chart: &Chart, prefix: &str, scope: &Scope<'_>) -> Result<String, Finding> {
    let words = charts::ChartWords {
        chart_by_site: scope.word("chart_by_site")?,
        derived: scope.word("derived")?,
        total: scope.word("total")?,
        item: scope.word("item")?,
        amount: scope.word("amount")?,
        share: scope.word("share")?,
        of_hundred: scope.word("of_hundred")?,
        hundred_tail: scope.word("hundred_tail")?,
        other: scope.word("other")?,
        zero_share: scope.word("zero_share")?,
        no_chart_zero: scope.word("no_chart_zero")?,
        no_chart_negative: scope.word("no_chart_negative")?,
        no_chart_empty: scope.word("no_chart_empty")?,
        no_chart_units: scope.word("no_chart_units")?,
        no_chart_whole: scope.word("no_chart_whole")?,
        chart_data: scope.word("chart_data")?,
        unit_label: scope.word("unit_label")?,
    };
    Ok(charts::figure(chart, scope.lang, prefix, &words, &|figure| scope.figure_href(figure)))
}

/// A figure in a sentence: what it says, linked to its cell.
pub(crate) fn figure(computed: &Computed, scope: &Scope<'_>, link: bool, id: Option<&str>) -> String {
    let text = escape(&computed.say(scope.lang));
    let class = if computed.agrees { "figure" } else { "figure stated-differs" };
    let id = id.map(|id| format!(" id=\"{}\"", escape(id))).unwrap_or_default();
    if !link {
        return format!("<span class=\"{class}\"{id}>{text}</span>");
    }
    let leading = &computed.figures[0];
    // A link to a cell says no more than the cell does; a derived figure says what it rests on.
    let mut title = match computed.derivation.expression {
        Expression::Cell(_) => String::new(),
        _ => computed
            .figures
            .iter()
            .map(|figure| format!("{} {}", figure.name.get(scope.lang), figure.amount))
            .collect::<Vec<_>>()
            .join(" / "),
    };
    if !computed.agrees
        && let Ok(note) = scope.word("stated_note")
    {
        let space = if title.is_empty() { "" } else { " " };
        let _ = write!(title, "{space}({note})");
    }
    let title = if title.is_empty() { title } else { format!(" title=\"{}\"", escape(&title)) };
    let sic = sic(computed, scope);
    format!("<a class=\"{class}\"{id} href=\"{}\"{title}>{text}</a>{sic}", escape(&scope.figure_href(leading)))
}

/// The mark behind a figure that the document contradicts elsewhere, and the way to the reason; on the one-page report
/// with the number of the reason, which paper needs.
fn sic(computed: &Computed, scope: &Scope<'_>) -> String {
    let Ok(mark) = scope.word("sic") else { return String::new() };
    let mark = escape(mark);
    match scope.disputes.find(computed) {
        Some(dispute) => {
            let number = if scope.whole_report { format!("<sup>{}</sup>", dispute + 1) } else { String::new() };
            let reason = scope.disputes.all[dispute].accepted.reason.get(scope.lang);
            format!(
                " <a class=\"sic\" href=\"{}\" title=\"{}\">{mark}{number}</a>",
                escape(&scope.dispute_href(dispute)),
                escape(reason),
            )
        }
        None if computed.agrees => String::new(),
        None => format!(" <span class=\"sic\">{mark}</span>"),
    }
}

fn raw(html: String) -> Event<'static> {
    Event::InlineHtml(html.into())
}

/// Text in which the first use of each term on the page becomes a link.
fn text_with_terms(text: &str, scope: &Scope<'_>, events: &mut Vec<Event<'_>>) {
    let mut at = 0;
    for hit in scope.names.find(text) {
        if !scope.linked.borrow_mut().insert(hit.term.to_owned()) {
            continue;
        }
        let Some(href) = scope.term_href(hit.term) else { continue };
        events.push(Event::Text(text[at..hit.start].to_owned().into()));
        let name = escape(&text[hit.start..hit.end]);
        events.push(raw(format!("<a class=\"term\" href=\"{}\">{name}</a>", escape(&href))));
        at = hit.end;
    }
    events.push(Event::Text(text[at..].to_owned().into()));
}

fn is_text(piece: &Piece<Computed>) -> bool {
    matches!(piece, Piece::Markdown(Event::Text(_), _))
}

/// The text that pieces begin with, as one.
fn whole(pieces: &[Piece<Computed>]) -> String {
    let texts = pieces.iter().map_while(|piece| match piece {
        Piece::Markdown(Event::Text(text), _) => Some(&**text),
        _ => None,
    });
    texts.collect()
}
