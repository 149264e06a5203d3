//! Prose as HTML: figures link to their cells, the first use of a term on a page to the glossary.

use std::fmt::Write as _;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd, html::push_html};

use crate::diagnostics::Finding;
use crate::model::{Chart, Computed, Expression, Piece};

use super::html::escape;
use super::scope::{Heading, Scope};
use super::sentence::{self, sentence};
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
                Event::Text(_) if closed == 0 => texts(&pieces[at..], &heading, scope, &mut events),
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
                Event::Code(_) if closed == 0 => {
                    events.push(event.clone());
                    events.extend(behind(piece, &heading, closed, scope));
                }
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
                events.extend(behind(piece, &heading, closed, scope));
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
    let class = if computed.is_contradicted() { "figure stated-differs" } else { "figure" };
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
    if let Some(note) = note(computed, scope) {
        let space = if title.is_empty() { "" } else { " " };
        let _ = write!(title, "{space}({note})");
    }
    let title = if title.is_empty() { title } else { format!(" title=\"{}\"", escape(&title)) };
    let sic = sic(computed, scope);
    format!("<a class=\"{class}\"{id} href=\"{}\"{title}>{text}</a>{sic}", escape(&scope.figure_href(leading)))
}

/// What is to be said of a figure that the document states otherwise than it computes.
fn note(computed: &Computed, scope: &Scope<'_>) -> Option<String> {
    if computed.is_tail() {
        let (word, colon) = (scope.word("rounding_tail").ok()?, scope.word("colon").ok()?);
        return Some(format!("{word}{colon}{}", computed.as_computed().say(scope.lang)));
    }
    computed.is_contradicted().then(|| scope.word("stated_note").ok().map(str::to_owned))?
}

/// The mark behind a figure that the document contradicts elsewhere.
fn sic(computed: &Computed, scope: &Scope<'_>) -> String {
    let Ok(mark) = scope.word("sic") else { return String::new() };
    let mark = escape(mark);
    match scope.disputes.find(computed) {
        Some(dispute) => mark_of(dispute, "", &mark, scope),
        None if computed.is_contradicted() => format!(" <span class=\"sic\">{mark}</span>"),
        None => String::new(),
    }
}

/// The mark of a contradiction, which is the way to the reason; on the one-page report with the number of the reason, which
/// paper needs. The mark behind words has the id of the place.
fn mark_of(dispute: usize, id: &str, mark: &str, scope: &Scope<'_>) -> String {
    let entry = &scope.disputes.all[dispute];
    let number = if scope.whole_report { format!("<sup>{}</sup>", entry.number) } else { String::new() };
    format!(
        " <a class=\"sic\"{id} href=\"{}\" title=\"{}\">{mark}{number}</a>",
        escape(&scope.dispute_href(dispute)),
        escape(entry.accepted.reason.get(scope.lang)),
    )
}

/// The mark behind a piece in which words end that are contradicted or in doubt.
fn behind(piece: &Piece<Computed>, heading: &Heading, closed: usize, scope: &Scope<'_>) -> Option<Event<'static>> {
    let (dispute, found) = scope.disputes.said_in(piece, scope.lang).filter(|_| closed == 0)?;
    Some(mark_behind(dispute, found, heading, scope))
}

/// The mark behind words that are contradicted or in doubt; notes the place.
fn mark_behind(dispute: usize, found: &sentence::Found<'_>, heading: &Heading, scope: &Scope<'_>) -> Event<'static> {
    let statement = scope.disputes.all[dispute].number.to_string();
    let id = scope.spot(dispute, &statement, heading, found.sentence.clone());
    let mark = escape(scope.word("sic").unwrap_or_default());
    raw(mark_of(dispute, &format!(" id=\"{}\"", escape(&id)), &mark, scope))
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

/// The text that pieces begin with, as one up to a mark.
fn texts(pieces: &[Piece<Computed>], heading: &Heading, scope: &Scope<'_>, events: &mut Vec<Event<'_>>) {
    let mut whole = String::new();
    for piece in pieces {
        let Piece::Markdown(Event::Text(text), _) = piece else { break };
        let said = scope.disputes.said_in(piece, scope.lang);
        let (before, behind) = text.split_at(said.map_or(text.len(), |(_, found)| found.end));
        whole.push_str(before);
        if let Some((dispute, found)) = said {
            text_with_terms(&std::mem::take(&mut whole), scope, events);
            events.push(mark_behind(dispute, found, heading, scope));
        }
        whole.push_str(behind);
    }
    if !whole.is_empty() {
        text_with_terms(&whole, scope, events);
    }
}
