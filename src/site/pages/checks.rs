//! What was proved of a report: every rule with its result, every rounding tail, every public accepted finding.

use serde::Serialize;
use tera::Context;

use crate::check::Proven;
use crate::diagnostics::Finding;
use crate::model::{Address, Artifact, Disclosure};

use super::super::routes::Page;
use super::super::table;
use super::{Book, Frame, Link, Uses, arithmetic};

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

/// How much was proved, in numbers.
#[derive(Serialize)]
struct Totals {
    rules: usize,
    equations: usize,
    tails: usize,
    accepted: usize,
}

impl<'a> Book<'a> {
    pub(super) fn checks(&'a self, index: usize, disclosure: &'a Disclosure, uses: &Uses) -> Result<Artifact, Finding> {
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
                        arithmetic: arithmetic::equation(rule, tail, "≈", &scope)?,
                    });
                }
            }
            if own.is_empty() {
                continue;
            }
            let rules = own.iter().map(|rule| self.rule(rule)).collect();
            forms.push(FormRules { name, href: scope.to(page), rules });
        }
        let spots = uses.spots.get(&disclosure.id).map_or(&[][..], Vec::as_slice);
        let accepted = self.contradictions(index, spots, &scope)?;
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
