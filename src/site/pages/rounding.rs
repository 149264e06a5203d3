//! What rounding explains: the totals that their parts miss, and the rates and differences that the printed figures miss.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::diagnostics::Finding;
use crate::model::{Amount, Computed, Derivation, Disclosure, Highlight, Lang, PartKind, Target, Value};

use super::super::formula::operation;
use super::super::html::escape;
use super::super::routes::Page;
use super::super::scope::Scope;
use super::super::sentence::figures;
use super::super::table;
use super::{Book, Link, arithmetic, checks};

/// A tail with its arithmetic.
#[derive(Serialize)]
pub(super) struct TailData {
    /// The rule, or where the text states it.
    name: String,
    href: String,
    pub(super) text: String,
    /// The arithmetic, each figure linked to its cell (HTML).
    arithmetic: String,
}

impl TailData {
    /// What is said of it, in one line.
    pub(super) fn line(&self) -> String {
        format!("{} {}", self.name, self.text)
    }
}

impl Book<'_> {
    /// All tails of a report: of its rules, form by form, then of what its text states.
    pub(super) fn all_tails(&self, index: usize, scope: &Scope<'_>) -> Result<Vec<TailData>, Finding> {
        let mut tails = Vec::new();
        for rule in &self.proofs[index].proven {
            for tail in &rule.tails {
                tails.push(TailData {
                    name: rule.id.clone(),
                    href: format!("#_rule-{}", checks::key(rule)),
                    text: table::tail_words(rule, tail, scope)?,
                    arithmetic: arithmetic::tail(rule, tail, scope)?,
                });
            }
        }
        for (place, computed) in self.stated_tails(scope) {
            let (terms, span) = (arithmetic::derivation(computed, scope), of_span(computed, scope.lang));
            let stated = escape(
                &Computed { derivation: Derivation { plain: true, ..computed.derivation.clone() }, ..computed.clone() }
                    .say(scope.lang),
            );
            tails.push(TailData {
                name: place.name,
                href: place.href,
                text: stated_words(computed, scope)?,
                arithmetic: format!("{stated} ≈ {terms}{}{}", arithmetic::semicolon(scope.lang), escape(&span)),
            });
        }
        Ok(tails)
    }

    /// The figures of the text that are tails, with the heading or the cell that they stand in, then the key figures.
    fn stated_tails<'s>(&self, scope: &Scope<'s>) -> Vec<(Link, &'s Computed)> {
        let disclosure: &'s Disclosure = scope.disclosure;
        let mut tails: Vec<(Link, &Computed)> = Vec::new();
        for part in &disclosure.parts {
            match &part.kind {
                PartKind::Narrative(text) => {
                    for (heading, computed) in figures(&text.get(scope.lang).pieces).filter(|(_, it)| it.is_tail()) {
                        let page = self.routes.heading(disclosure.id, &part.slug, &heading.id);
                        let name = if heading.name.is_empty() { part.title.get(scope.lang) } else { &heading.name };
                        tails.push((Link::new(name, format!("{}#{}", scope.to(page), heading.id)), computed));
                    }
                }
                PartKind::Tables => {}
                PartKind::Glossary => {
                    for term in &disclosure.glossary {
                        let own = figures(&term.definition.get(scope.lang).pieces).filter(|(_, it)| it.is_tail());
                        let href = scope.target_href(&Target::Term(term.id.clone()));
                        tails.extend(own.map(|(_, it)| (Link::new(&term.names.get(scope.lang)[0], &href), it)));
                    }
                }
            }
        }
        for (address, text) in &disclosure.texts {
            let Some(table) = disclosure.table(&address.form) else { continue };
            let href = format!("{}#{address}", scope.to(Page::Table(disclosure.id, &table.form.id)));
            let own = figures(&text.get(scope.lang).pieces).filter(|(_, it)| it.is_tail());
            tails.extend(own.map(|(_, it)| (Link::new(table.form.title.get(scope.lang), &href), it)));
        }
        let year = scope.to(Page::Year(disclosure.id.year));
        let mut figures: Vec<&Highlight> = disclosure.highlights.iter().rev().collect();
        while let Some(figure) = figures.pop() {
            if figure.value.is_tail() {
                tails.push((Link::new(figure.name.get(scope.lang), &year), &figure.value));
            }
            figures.extend(figure.below.iter().rev());
        }
        tails
    }
}

/// What a text states, and what the printed figures make.
fn stated_words(computed: &Computed, scope: &Scope<'_>) -> Result<String, Finding> {
    let word = scope.word("rounding_tail")?;
    let name = about(computed, scope);
    let (stated, printed) = (computed.say(scope.lang), computed.as_computed().say(scope.lang));
    Ok(match scope.lang {
        Lang::Zh => format!("{word}：{name}，文字写 {stated}，按印出的数字计算为 {printed}。"),
        Lang::En => format!("{word}: {name} is {stated} in the text; the printed figures make it {printed}."),
    })
}

/// The name of what a figure of the text is: its leading figure, and what is computed of it.
pub(super) fn about(computed: &Computed, scope: &Scope<'_>) -> String {
    let name = computed.figures.first().map(|figure| scope.label(figure)).unwrap_or_default();
    match operation(&computed.derivation.expression, scope.lang) {
        "" => name,
        operation => format!("{name} · {operation}"),
    }
}

/// Between which values the exact figures put a result; nothing for a figure that only repeats a cell.
pub(super) fn of_span(computed: &Computed, lang: Lang) -> String {
    let Some((low, high)) = computed.span() else { return String::new() };
    let said = |amount: Amount| match &computed.value {
        Value::Amount(_, unit) | Value::Change(_, unit) => arithmetic::with_unit(amount, unit, lang),
        Value::Growth(_) | Value::Percent(_) | Value::ZeroBase => table::digits(amount, None, lang) + "%",
    };
    let low = said(arithmetic::end(low, false));
    if high == Decimal::MAX {
        return match lang {
            Lang::Zh => format!("各数四舍五入之前，结果不小于 {low}"),
            Lang::En => format!("the figures before rounding put it at {low} or more"),
        };
    }
    let high = said(arithmetic::end(high, true));
    match lang {
        Lang::Zh => format!("各数四舍五入之前，结果不小于 {low}，不大于 {high}"),
        Lang::En => format!("the figures before rounding put it between {low} and {high}"),
    }
}
