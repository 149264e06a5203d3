//! What was proved of a report: every rule with its result, every rounding tail, every public accepted finding.

use serde::Serialize;
use tera::Context;

use crate::check::{Equation, Proven};
use crate::diagnostics::Finding;
use crate::model::{Address, Artifact, Disclosure, Lang, Relation};

use super::super::routes::Page;
use super::super::scope::Scope;
use super::super::search::Entry;
use super::super::table;
use super::accepted::DoubtData;
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
    /// What tells the rule from all others of the page, in the ids of its row and of its equations.
    key: String,
    name: String,
    equations: usize,
    held: usize,
    tails: usize,
    accepted: usize,
    /// How many equations there are, and how many of them are not listed.
    summary: String,
    list: Vec<EquationData>,
}

/// An equation of a rule.
#[derive(Serialize)]
struct EquationData {
    /// The figure on its left: row and column.
    name: String,
    href: String,
    text: String,
}

#[derive(Serialize)]
struct TailData {
    rule: String,
    /// The rule's own [`RuleData::key`].
    key: String,
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
    /// What stands on the page besides the rules, for the search: the contradictions, and the rounding tails.
    pub(super) fn checks_entries(
        &'a self,
        index: usize,
        disclosure: &'a Disclosure,
        uses: &Uses,
    ) -> Result<Vec<Entry>, Finding> {
        let scope = self.scope(index, Page::Checks(disclosure.id));
        let heading = |id: &str, word: &str, intro: &str| {
            let (word, intro) = (self.word(word)?.to_owned(), self.word(intro)?.to_owned());
            Ok(Entry { id: id.to_owned(), name: word, texts: vec![intro], is_term: true, ..Entry::default() })
        };
        let mut entries = Vec::new();
        let contradictions = self.contradictions(index, uses.spots_of(disclosure.id), &scope)?;
        let doubts = self.doubts(index, &scope)?;
        if !contradictions.is_empty() {
            entries.push(heading("_accepted", "accepted_findings", "accepted_intro")?);
        }
        if !doubts.is_empty() {
            entries.push(heading("_doubts", "accepted_doubts", "accepted_doubts_intro")?);
        }
        let [stated, computed, stop] = [self.word("stated")?, self.word("computed")?, self.word("stop")?];
        let [colon, separator] = [self.word("colon")?, self.word("list_separator")?];
        let contradictions = contradictions.into_iter().map(|finding| (finding, "accepted_findings"));
        let doubts = doubts.into_iter().map(|doubt| (doubt, "accepted_doubts"));
        for (finding, heading) in contradictions.chain(doubts) {
            let mut sides = vec![format!("{stated}{colon}{}", finding.stated)];
            // A doubt about words computes nothing.
            if !finding.computed.is_empty() {
                sides.push(format!("{computed}{colon}{}", finding.computed));
            }
            let sides = sides.join(separator) + stop;
            entries.push(Entry {
                id: format!("_accepted-{}", finding.number),
                name: finding.at,
                others: vec![self.word(heading)?.to_owned()],
                texts: vec![sides, finding.reason],
                is_term: true,
                ..Entry::default()
            });
        }
        let mut tails = Vec::new();
        for rule in &self.proofs[index].proven {
            for tail in &rule.tails {
                tails.push(format!("{} {}", rule.id, table::tail_words(rule, tail, &scope)?));
            }
        }
        if !tails.is_empty() {
            entries.push(heading("_tails", "rounding_tails", "rounding_tails_intro")?);
            entries.push(Entry { id: "_tails".to_owned(), texts: tails, ..Entry::default() });
        }
        entries.push(heading("_rules", "checks_all", "checks_intro")?);
        Ok(entries)
    }

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
                        key: key(rule),
                        text: table::tail_words(rule, tail, &scope)?,
                        arithmetic: arithmetic::equation(rule, tail, "≈", &scope)?,
                    });
                }
            }
            if own.is_empty() {
                continue;
            }
            let rules = own.iter().map(|rule| rule_data(rule, &scope)).collect::<Result<_, Finding>>()?;
            forms.push(FormRules { name, href: scope.to(page), rules });
        }
        let accepted = self.contradictions(index, uses.spots_of(disclosure.id), &scope)?;
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
        let doubts = self.doubts(index, &scope)?.into_iter().map(DoubtData::from);
        context.insert("doubts", &doubts.collect::<Vec<_>>());
        let title = self.word("checks")?.to_owned();
        let description = self.described(disclosure, &title)?;
        let crumbs: Vec<Link> = vec![self.year_crumb(disclosure, page)?];
        self.render(&Frame { kind: "checks", template: "checks.html", title, description, page, crumbs }, context)
    }
}

/// What tells a rule from all others of a report.
pub(super) fn key(rule: &Proven) -> String {
    format!("{}/{}", rule.form, rule.id)
}

fn rule_data(rule: &Proven, scope: &Scope<'_>) -> Result<RuleData, Finding> {
    let held = rule.held.iter().filter(|equation| !is_zero(equation));
    let equations = rule.failures.iter().chain(&rule.tails).chain(held);
    let list: Vec<EquationData> =
        equations.map(|equation| equation_data(rule, equation, scope)).collect::<Result<_, Finding>>()?;
    Ok(RuleData {
        id: rule.id.clone(),
        key: key(rule),
        name: rule.name.get(scope.lang).clone(),
        equations: rule.equations,
        held: rule.equations - rule.tails.len() - rule.failures.len(),
        tails: rule.tails.len(),
        accepted: rule.failures.len(),
        summary: summary(rule, rule.equations - list.len(), scope.lang),
        list,
    })
}

fn equation_data(rule: &Proven, equation: &Equation, scope: &Scope<'_>) -> Result<EquationData, Finding> {
    let lead = equation.left.first().or(equation.right.first());
    let figure = lead.and_then(|lead| arithmetic::figure(lead.report, &lead.address, scope));
    // The form, or the group of facts, is said above the list or in the name of the rule.
    let name = figure.as_ref().map_or("", |figure| figure.name.get(scope.lang));
    let name = name.split_once(" · ").map_or(name, |(_, name)| name).to_owned();
    let href = figure.as_ref().map(|figure| scope.figure_href(figure)).unwrap_or_default();
    Ok(EquationData { name, href, text: arithmetic::plain(rule, equation, scope)? })
}

/// `20 个等式，其中 8 个两边都是 0，不列`; of what is at most something else, how often both are the same.
fn summary(rule: &Proven, zeros: usize, lang: Lang) -> String {
    let all = rule.equations;
    let equal = match rule.relation {
        Relation::AtMost => rule.held.iter().filter(|equation| is_equal(equation)).count(),
        Relation::Equal => 0,
    };
    let mut parts = match (lang, all) {
        (Lang::Zh, _) => vec![format!("{all} 个等式")],
        (Lang::En, 1) => vec!["1 equation".to_owned()],
        (Lang::En, _) => vec![format!("{all} equations")],
    };
    if equal > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{equal} 个两边相等"),
            Lang::En => format!("{equal} with equal sides"),
        });
    }
    if zeros > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{zeros} 个两边都是 0，不列"),
            Lang::En => format!("{zeros} with zero on both sides, not listed"),
        });
    }
    parts.join(if lang == Lang::Zh { "；" } else { "; " })
}

fn is_equal(equation: &Equation) -> bool {
    Equation::sum(&equation.left) == Equation::sum(&equation.right)
}

fn is_zero(equation: &Equation) -> bool {
    equation.left.iter().chain(&equation.right).all(|addend| addend.amount.is_zero())
}
