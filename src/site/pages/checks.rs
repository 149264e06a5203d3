//! What was proved of a report: every rule with its result, every rounding tail, every public accepted finding.

use serde::Serialize;
use tera::Context;

use crate::check::{Addend, Equation, Proven};
use crate::diagnostics::Finding;
use crate::model::{Address, Amount, Artifact, Disclosure, Unit};

use super::super::formula::formula;
use super::super::html::escape;
use super::super::routes::Page;
use super::super::scope::Scope;
use super::super::table;
use super::{Book, Frame, Link};

/// The rules of one form.
#[derive(Serialize)]
struct FormRules {
    name: String,
    href: String,
    rules: Vec<RuleData>,
}

#[derive(Serialize)]
struct RuleData {
    id: String,
    name: String,
    equations: usize,
    held: usize,
    tails: usize,
    accepted: usize,
}

#[derive(Serialize)]
struct TailData {
    rule: String,
    text: String,
    /// The arithmetic, each figure linked to its cell (HTML).
    arithmetic: String,
}

#[derive(Serialize)]
struct AcceptedData {
    at: String,
    stated: String,
    computed: String,
    reason: String,
    href: String,
}

/// How much was proved, in numbers.
#[derive(Serialize)]
struct Totals {
    rules: usize,
    equations: usize,
    tails: usize,
    accepted: usize,
}

impl<'a> Book<'a> {
    pub(super) fn checks(&'a self, index: usize, disclosure: &'a Disclosure) -> Result<Artifact, Finding> {
        let page = Page::Checks(disclosure.id);
        let scope = self.scope(index, page);
        let proven = &self.proofs[index].proven;
        let mut forms = Vec::new();
        let mut tails = Vec::new();
        let mut groups = Vec::new();
        for table in &disclosure.tables {
            let name = format!("{}{}", self.table_label(table)?, table.form.title.get(self.lang));
            groups.push((table.form.id.as_str(), name, Page::Table(disclosure.id, &table.form.id)));
        }
        groups.push((Address::FACTS, self.word("other_figures")?.to_owned(), Page::Facts(disclosure.id)));
        for (form, name, page) in groups {
            let own: Vec<&Proven> = proven.iter().filter(|rule| rule.form == form).collect();
            for rule in &own {
                for tail in &rule.tails {
                    tails.push(TailData {
                        rule: rule.id.clone(),
                        text: table::tail_words(tail, &scope)?,
                        arithmetic: arithmetic(rule, tail, &scope)?,
                    });
                }
            }
            if own.is_empty() {
                continue;
            }
            let rules = own.iter().map(|rule| self.rule(rule)).collect();
            forms.push(FormRules { name, href: scope.to(page), rules });
        }
        let accepted: Vec<AcceptedData> = disclosure
            .accepted
            .iter()
            .filter(|accepted| accepted.public)
            .map(|accepted| {
                let address = accepted.at.split_whitespace().find_map(|word| Address::parse(word).ok());
                let figure = address.and_then(|address| disclosure.figure(&address).ok());
                AcceptedData {
                    at: figure
                        .as_ref()
                        .map_or_else(|| accepted.at.clone(), |figure| figure.name.get(self.lang).clone()),
                    stated: accepted.stated.clone(),
                    computed: accepted.computed.clone(),
                    reason: accepted.reason.get(self.lang).clone(),
                    href: figure.map(|figure| scope.figure_href(&figure)).unwrap_or_default(),
                }
            })
            .collect();
        let mut context = Context::new();
        context.insert(
            "totals",
            &Totals {
                rules: proven.len(),
                equations: self.proofs[index].equations(),
                tails: tails.len(),
                accepted: accepted.len(),
            },
        );
        context.insert("digest", &self.digests[index].to_string());
        context.insert("forms", &forms);
        context.insert("tails", &tails);
        context.insert("accepted", &accepted);
        let title = self.word("checks")?.to_owned();
        let description = self.described(disclosure, &title)?;
        let crumbs: Vec<Link> = vec![self.year_crumb(disclosure, page)?];
        self.render(&Frame { kind: "checks", template: "checks.html", title, description, page, crumbs }, context)
    }

    fn rule(&self, rule: &Proven) -> RuleData {
        RuleData {
            id: rule.id.clone(),
            name: rule.name.get(self.lang).clone(),
            equations: rule.equations,
            held: rule.equations - rule.tails.len() - rule.failures.len(),
            tails: rule.tails.len(),
            accepted: rule.failures.len(),
        }
    }
}

/// `61.09 ≈ 42.20 + 18.88`, each figure a link to its cell, and the bound; zeros are left out.
fn arithmetic(rule: &Proven, equation: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    let link = |address: &Address, amount: Option<Amount>| {
        let figure = scope.disclosure.figure(address).ok()?;
        let unit = Some(&figure.unit).filter(|unit| **unit == Unit::Percent);
        let digits = table::digits(amount.unwrap_or(figure.amount), unit, scope.lang);
        let (href, title) = (escape(&scope.figure_href(&figure)), escape(figure.name.get(scope.lang)));
        Some(format!("<a class=\"figure\" href=\"{href}\" title=\"{title}\">{digits}</a>"))
    };
    let side = |addends: &[Addend]| {
        let shown = addends.iter().filter(|addend| addends.len() == 1 || !addend.amount.is_zero());
        let terms = shown.filter_map(|addend| match &addend.derived {
            // What is computed is shown by what it is computed from; the proof was made with the exact value.
            Some(derived) => {
                let figures: Vec<String> =
                    derived.figures.iter().filter_map(|(_, address)| link(address, None)).collect();
                let formula = formula(&derived.expression, &figures);
                Some(if addends.len() > 1 { format!("({formula})") } else { formula })
            }
            None => link(&addend.address, Some(addend.amount)),
        });
        terms.collect::<Vec<_>>().join(" + ")
    };
    let bound = Amount::from_decimal(equation.bound(rule.tolerance)).rounded(4).value().normalize();
    let bound = table::digits(Amount::from_decimal(bound), None, scope.lang);
    let allows = scope.word("rounding_allows")?;
    Ok(format!("{} ≈ {}{allows}{bound}", side(&equation.left), side(&equation.right)))
}
