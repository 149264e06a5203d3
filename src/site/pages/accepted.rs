//! Where the document contradicts itself, as pages show it: what it states and where, what computes, and the reason.

use std::fmt::Write as _;

use serde::Serialize;

use crate::check::Addend;
use crate::diagnostics::Finding;
use crate::model::{Address, Computed, Derivation, Figure, Lang, Target, Unit, Value};

use super::super::disputes::{Dispute, Ground, Spot};
use super::super::html::escape;
use super::super::routes::relative;
use super::super::scope::Scope;
use super::{Book, Link, Mention, arithmetic};

/// A public contradiction.
#[derive(Serialize)]
pub(super) struct AcceptedData {
    /// Its number, which is in its id, too: `_accepted-3`.
    pub(super) number: usize,
    /// What the document says, and the way to it.
    pub(super) at: String,
    href: String,
    /// All places that say so: the part and the heading, with the sentence as title.
    places: Vec<Link>,
    /// The rule that it breaks; empty for a sentence.
    rule: String,
    /// Its key on the page of checks.
    rule_key: String,
    rule_name: String,
    pub(super) stated: String,
    pub(super) computed: String,
    /// The arithmetic, each figure linked to its cell (HTML); empty where the figure only repeats a cell.
    arithmetic: String,
    /// The figures that it rests on, each with its value.
    figures: Vec<Link>,
    pub(super) reason: String,
    /// The language of what is quoted, where the page's own has no such words; else empty.
    lang: &'static str,
}

/// A public doubt about words, which nothing contradicts.
#[derive(Serialize)]
pub(super) struct DoubtData {
    number: usize,
    at: String,
    href: String,
    places: Vec<Link>,
    stated: String,
    reason: String,
    lang: &'static str,
}

impl From<AcceptedData> for DoubtData {
    fn from(entry: AcceptedData) -> Self {
        let AcceptedData { number, at, href, places, stated, reason, lang, .. } = entry;
        DoubtData { number, at, href, places, stated, reason, lang }
    }
}

impl<'a> Book<'a> {
    /// The public contradictions of a report, in the official order; `spots` are the places that state them.
    pub(super) fn contradictions(
        &'a self,
        index: usize,
        spots: &[(Mention, Spot)],
        scope: &Scope<'_>,
    ) -> Result<Vec<AcceptedData>, Finding> {
        self.accepted(index, false, spots, scope)
    }

    /// The public doubts about the words of a report.
    pub(super) fn doubts(&'a self, index: usize, scope: &Scope<'_>) -> Result<Vec<AcceptedData>, Finding> {
        self.accepted(index, true, &[], scope)
    }

    fn accepted(
        &'a self,
        index: usize,
        doubts: bool,
        spots: &[(Mention, Spot)],
        scope: &Scope<'_>,
    ) -> Result<Vec<AcceptedData>, Finding> {
        let mut entries = Vec::new();
        let disputes = &self.disputes[index];
        for number in disputes.shown(self.lang) {
            if disputes.all[number].is_doubt() != doubts {
                continue;
            }
            let spots = spots.iter().filter(|(_, spot)| spot.dispute == number);
            entries.push(self.contradiction(number, &disputes.all[number], spots.collect(), scope)?);
        }
        Ok(entries)
    }

    fn contradiction(
        &'a self,
        number: usize,
        dispute: &Dispute<'a>,
        spots: Vec<&(Mention, Spot)>,
        scope: &Scope<'_>,
    ) -> Result<AcceptedData, Finding> {
        let accepted = dispute.accepted;
        let mut places: Vec<Link> = spots.into_iter().map(|spot| place(spot, scope)).collect();
        if matches!(dispute.ground, Ground::Words) {
            places.extend(self.words_in(dispute, scope));
        }
        let cells = dispute.said().iter().filter_map(|one| scope.disclosure.figure(one).ok());
        for cell in cells {
            // What a table states has its mark there; what only other figures state is stated there.
            if cell.address.form == Address::FACTS && !places.is_empty() {
                continue;
            }
            let cell = &cell;
            let (name, colon) = (cell.name.get(self.lang), scope.word("colon")?);
            let title = format!("{name}{colon}{}", said(cell, self.lang));
            places.push(Link { title, ..Link::new(name, scope.figure_href(cell)) });
        }
        let mut entry = AcceptedData {
            number: number + 1,
            at: accepted.at.clone(),
            href: String::new(),
            places: Vec::new(),
            rule: String::new(),
            rule_key: String::new(),
            rule_name: String::new(),
            stated: accepted.stated.clone(),
            computed: accepted.computed.clone(),
            arithmetic: String::new(),
            figures: Vec::new(),
            reason: accepted.reason.get(self.lang).clone(),
            lang: match dispute.said_only_in() {
                Some(lang) if lang != self.lang => lang.tag(),
                _ => "",
            },
        };
        let mut figures = Vec::new();
        match dispute.ground {
            Ground::Figure(computed) => {
                entry.stated = statement(computed, true, self.lang);
                entry.computed = statement(computed, false, self.lang);
                entry.arithmetic = arithmetic::derivation(computed, scope)?;
                figures.clone_from(&computed.figures);
            }
            Ground::Rule(rule, equation) => {
                entry.rule.clone_from(&rule.id);
                entry.rule_key = super::checks::key(rule);
                entry.rule_name.clone_from(rule.name.get(self.lang));
                let [left, right] = [&equation.left, &equation.right].map(|side| {
                    let unit = unit_of(side, scope);
                    arithmetic::with_unit(equation.shown(side), &unit, self.lang)
                });
                (entry.stated, entry.computed) = (left, right);
                entry.arithmetic = arithmetic::equation(rule, equation, "≠", scope)?;
                let printed = arithmetic::figures(equation).into_iter();
                figures.extend(printed.filter_map(|(report, address)| arithmetic::figure(report, address, scope)));
            }
            Ground::Words => {
                let (_, words) = dispute.place();
                // The claim has bare numbers, the words have the unit.
                entry.computed = words.replacen(&accepted.stated, &accepted.computed, 1);
                if entry.computed == words {
                    entry.computed.clone_from(&accepted.computed);
                }
                words.clone_into(&mut entry.stated);
            }
        }
        // A long sum is followed from its arithmetic.
        if figures.len() <= 4 {
            entry.figures = figures.iter().map(|figure| cell(figure, scope)).collect();
        }
        if let Some(first) = places.first() {
            entry.at.clone_from(&first.title);
            entry.href.clone_from(&first.href);
        }
        entry.places = places;
        Ok(entry)
    }
}

impl Book<'_> {
    /// Where words are said: below a heading of their part, or in the part, where the language says it in other words.
    fn words_in(&self, dispute: &Dispute<'_>, scope: &Scope<'_>) -> Option<Link> {
        let report = scope.disclosure.id;
        if let Some((slug, id, spot)) = dispute.sentence(scope.disclosure, self.lang) {
            let page = self.routes.heading(report, slug, &id);
            let href = if scope.whole_report { format!("#{slug}/{id}") } else { format!("{}#{id}", scope.to(page)) };
            return Some(Link { title: spot.sentence, ..Link::new(spot.heading, href) });
        }
        let (slug, words) = dispute.place();
        let part = scope.disclosure.parts.iter().find(|part| part.slug == slug)?;
        let href = scope.target_href(&Target::Part(part.slug.clone(), None));
        Some(Link { title: words.to_owned(), ..Link::new(part.title.get(self.lang), href) })
    }
}

/// An annex of a report on paper: each contradiction or doubt with its number, its statement and its reason (HTML).
pub(super) fn annex(entries: &[AcceptedData], intro: &str, scope: &Scope<'_>) -> Result<String, Finding> {
    let (stated, computed) = (escape(scope.word("stated")?), escape(scope.word("computed")?));
    let (colon, separator) = (escape(scope.word("colon")?), escape(scope.word("list_separator")?));
    let mut html = format!("<p>{}</p>\n<ol class=\"annex\">\n", escape(intro));
    for entry in entries {
        let quoted = |words: &str| match entry.lang {
            "" => escape(words),
            lang => format!("<span lang=\"{lang}\">{}</span>", escape(words)),
        };
        let places: Vec<String> = entry
            .places
            .iter()
            .map(|place| format!("<a href=\"{}\">{}</a>", escape(&place.href), escape(&place.name)))
            .collect();
        // What a cell states begins with the cell's own name.
        let at = match entry.places.first().and_then(|first| entry.at.strip_prefix(&first.name)) {
            Some(rest) => quoted(rest),
            None => format!("{colon}{}", quoted(&entry.at)),
        };
        let _ = writeln!(
            html,
            "<li id=\"_accepted-{}\" value=\"{0}\"><p>{}{at}</p>\n<p>{stated}{colon}{}{}</p>\n<p>{}</p></li>",
            entry.number,
            places.join(&separator),
            quoted(&entry.stated),
            match entry.computed.as_str() {
                "" => String::new(),
                value => format!("{separator}{computed}{colon}{}", quoted(value)),
            },
            escape(&entry.reason),
        );
    }
    html.push_str("</ol>\n");
    Ok(html)
}

/// The way to a place, with its sentence.
fn place((page, spot): &(Mention, Spot), scope: &Scope<'_>) -> Link {
    let file = if page.path == scope.path { String::new() } else { relative(&scope.path, &page.path) };
    let heading = if spot.heading.is_empty() { String::new() } else { format!(" · {}", spot.heading) };
    Link {
        title: spot.sentence.clone(),
        ..Link::new(format!("{}{heading}", page.title), format!("{file}#{}", spot.id))
    }
}

/// A figure with its name, its value and its unit.
fn cell(figure: &Figure, scope: &Scope<'_>) -> Link {
    Link { title: said(figure, scope.lang), ..Link::new(figure.name.get(scope.lang), scope.figure_href(figure)) }
}

fn said(figure: &Figure, lang: Lang) -> String {
    arithmetic::with_unit(figure.amount, &figure.unit, lang)
}

/// A figure in words, with its unit and its word of direction: as stated, or as it computes.
fn statement(computed: &Computed, stated: bool, lang: Lang) -> String {
    let derivation = &computed.derivation;
    let stated = derivation.stated.filter(|_| stated);
    let words = Computed { derivation: Derivation { stated, plain: false, ..derivation.clone() }, ..computed.clone() };
    let said = words.say(lang);
    match (&computed.value, lang) {
        (Value::Amount(amount, unit), _) => arithmetic::with_unit(stated.unwrap_or(*amount), unit, lang),
        (Value::Change(amount, unit), Lang::En) => {
            format!("{said}{}", arithmetic::in_table(stated.unwrap_or(*amount).abs(), unit))
        }
        _ => said,
    }
}

/// The unit of a side of an equation.
fn unit_of(side: &[Addend], scope: &Scope<'_>) -> Unit {
    let percent = |addend: &Addend| addend.derived.as_ref().is_some_and(|derived| derived.expression.is_percent());
    match side.first() {
        Some(first) if percent(first) => Unit::Percent,
        Some(first) => {
            let unit = scope.disclosure.figure(&first.address).map(|figure| figure.unit);
            match unit {
                // Rules count money as forms do.
                Ok(Unit::Money { .. }) | Err(_) => Unit::WAN_YUAN,
                Ok(other) => other,
            }
        }
        None => Unit::WAN_YUAN,
    }
}
