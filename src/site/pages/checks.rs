//! What was proved of a report: every rule with its result, every rounding tail, every public accepted finding.

use serde::Serialize;
use tera::Context;

use crate::check::{Equation, Proven};
use crate::diagnostics::Finding;
use crate::model::{Address, Artifact, Disclosure, Figure, Lang, Relation};

use super::super::routes::Page;
use super::super::scope::Scope;
use super::super::search::Entry;
use super::downloads::Download;
use super::rounding::TailData;
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
    /// What tells the rule from all others of the page, in the id of its list.
    key: String,
    name: String,
    equations: usize,
    held: usize,
    tails: usize,
    accepted: usize,
    /// How many equations there are, what came of them, and how many of them are not listed.
    summary: String,
    list: Vec<RowData>,
}

/// The equations of a rule for one row.
#[derive(Serialize)]
struct RowData {
    /// The row, or the fact.
    name: String,
    /// The figure on the left of the first of them.
    href: String,
    /// One behind the other, each with the columns that it holds for.
    text: String,
}

/// How much was proved, in numbers.
#[derive(Serialize)]
struct Totals {
    rules: usize,
    equations: usize,
    tails: usize,
    accepted: usize,
    /// How many of the tails and of the contradictions are equations, the others being statements; empty without any.
    of_equations: String,
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
        let [contradictions, doubts] = self.accepted(index, uses.spots_of(disclosure.id), &scope)?;
        if !contradictions.is_empty() {
            entries.push(heading("_accepted", "accepted_findings", "accepted_intro")?);
        }
        if !doubts.is_empty() {
            entries.push(heading("_doubts", "accepted_doubts", "accepted_doubts_intro")?);
        }
        let colon = self.word("colon")?;
        let contradictions = contradictions.into_iter().map(|finding| (finding, "accepted_findings"));
        let doubts = doubts.into_iter().map(|doubt| (doubt, "accepted_doubts"));
        for (finding, heading) in contradictions.chain(doubts) {
            let name = finding.title(colon);
            let mut texts: Vec<String> = finding.places.into_iter().map(|place| place.title).collect();
            texts.push(finding.reason);
            entries.push(Entry {
                id: format!("_accepted-{}", finding.number),
                name,
                others: vec![self.word(heading)?.to_owned()],
                texts,
                is_term: true,
                ..Entry::default()
            });
        }
        let tails: Vec<String> = self.all_tails(index, &scope)?.iter().map(TailData::line).collect();
        if !tails.is_empty() {
            entries.push(heading("_tails", "rounding_tails", "rounding_tails_intro")?);
            entries.push(Entry { id: "_tails".to_owned(), texts: tails, ..Entry::default() });
        }
        entries.push(heading("_rules", "checks_all", "checks_intro")?);
        Ok(entries)
    }

    pub(super) fn checks(
        &'a self,
        index: usize,
        disclosure: &'a Disclosure,
        downloads: &[Download],
        uses: &Uses,
    ) -> Result<Artifact, Finding> {
        let page = Page::Checks(disclosure.id);
        let scope = self.scope(index, page);
        let proven = &self.proofs[index].proven;
        let mut forms = Vec::new();
        let mut groups = Vec::new();
        for table in &disclosure.tables {
            let name = format!("{}{}", self.table_label(table)?, table.form.title.get(self.lang));
            groups.push((table.form.id.as_str(), name, Page::Table(disclosure.id, &table.form.id)));
        }
        groups.push((Address::FACTS, self.word("other_figures")?.to_owned(), Page::Facts(disclosure.id)));
        for (form, name, page) in groups {
            let own: Vec<&Proven> = proven.iter().filter(|rule| rule.form == form).collect();
            if own.is_empty() {
                continue;
            }
            let rules = own.iter().map(|rule| rule_data(rule, &scope)).collect::<Result<_, Finding>>()?;
            forms.push(FormRules { name, href: scope.to(page), rules });
        }
        let [accepted, doubts] = self.accepted(index, uses.spots_of(disclosure.id), &scope)?;
        let tails = self.all_tails(index, &scope)?;
        let mut context = Context::new();
        context.insert(
            "totals",
            &Totals {
                rules: proven.len(),
                equations: self.proofs[index].equations(),
                tails: tails.len(),
                accepted: accepted.len(),
                of_equations: of_equations(
                    [proven.iter().map(|rule| rule.tails.len()).sum(), tails.len()],
                    [accepted.iter().filter(|entry| entry.is_of_rule()).count(), accepted.len()],
                    self.lang,
                ),
            },
        );
        context.insert("digest", &self.digests[index].to_string());
        let text = downloads.iter().position(Download::is_text_of_digest).map_or(&[][..], |at| &downloads[at..=at]);
        context.insert("digest_of", &self.listed(text, &scope.path)?);
        context.insert("forms", &forms);
        context.insert("tails", &tails);
        context.insert("accepted", &accepted);
        context.insert("doubts", &doubts);
        let title = self.word("checks")?.to_owned();
        let description = self.described(disclosure, &title)?;
        let crumbs: Vec<Link> = vec![self.year_crumb(disclosure, page)?];
        self.render(&Frame { kind: "checks", template: "checks.html", title, description, page, crumbs }, context)
    }
}

/// Of the tails and of the contradictions, how many are equations: those alone are counted among the equations.
fn of_equations([tails, all_tails]: [usize; 2], [failed, all]: [usize; 2], lang: Lang) -> String {
    let said = |zh: &str, en: &str, equations: usize, all: usize| match (all, lang) {
        (0, _) => None,
        (_, Lang::Zh) => Some(format!("{zh} {all} 处：等式 {equations} 处，文字 {} 处", all - equations)),
        (_, Lang::En) => {
            Some(format!("{en}: {all}, of which {equations} in equations and {} in statements", all - equations))
        }
    };
    let kinds =
        [said("尾差", "Rounding differences", tails, all_tails), said("自相矛盾", "Contradictions", failed, all)];
    let kinds: Vec<String> = kinds.into_iter().flatten().collect();
    match (kinds.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("{}。", kinds.join("；")),
        (false, Lang::En) => format!("{}.", kinds.join(". ")),
    }
}

/// What tells a rule from all others of a report.
pub(super) fn key(rule: &Proven) -> String {
    format!("{}/{}", rule.form, rule.id)
}

fn rule_data(rule: &Proven, scope: &Scope<'_>) -> Result<RuleData, Finding> {
    let held = rule.held.iter().filter(|equation| !is_zero(equation));
    let equations: Vec<&Equation> = rule.failures.iter().chain(&rule.tails).chain(held).collect();
    let zeros = rule.equations - equations.len();
    let data = RuleData {
        id: rule.id.clone(),
        key: key(rule),
        name: rule.name.get(scope.lang).clone(),
        equations: rule.equations,
        held: rule.equations - rule.tails.len() - rule.failures.len(),
        tails: rule.tails.len(),
        accepted: rule.failures.len(),
        summary: String::new(),
        list: rows(rule, &equations, scope)?,
    };
    Ok(RuleData { summary: summary(rule, &data, zeros, scope.lang), ..data })
}

/// The equations of one row while they are gathered: what tells the row from others, its name and the way to it, and each
/// equation with the columns for which it holds.
struct Gathered {
    key: String,
    name: String,
    href: String,
    equations: Vec<(Vec<String>, String)>,
}

/// The equations of a rule row by row: the name of a row and the way to it stand there once, and columns in which the same is
/// added up stand together.
fn rows(rule: &Proven, equations: &[&Equation], scope: &Scope<'_>) -> Result<Vec<RowData>, Finding> {
    let mut rows: Vec<Gathered> = Vec::new();
    for equation in equations {
        let lead = equation.left.first().or(equation.right.first());
        let figure = lead.and_then(|lead| arithmetic::figure(lead.report, &lead.address, scope));
        let text = arithmetic::plain(rule, equation, scope)?;
        let (mut name, column) = figure.as_ref().map(|figure| names(figure, scope)).unwrap_or_default();
        if lead.is_some_and(|lead| lead.address.form == Address::FACTS) && equation.left.len() > 1 {
            // Facts that are added up have no row in common. Zeros are not printed.
            let added = equation.left.iter().filter(|addend| !addend.amount.is_zero());
            let added = added.filter_map(|addend| arithmetic::figure(addend.report, &addend.address, scope));
            name = added.map(|figure| names(&figure, scope).0).collect::<Vec<_>>().join(" + ");
        }
        let key = match lead {
            // Facts of one group have nothing else in common.
            Some(lead) if lead.address.form != Address::FACTS => {
                format!("{} {}/{}", lead.report, lead.address.form, lead.address.row)
            }
            _ => lead.map(|lead| lead.address.to_string()).unwrap_or_default(),
        };
        let at = rows.iter().position(|known| known.key == key).unwrap_or_else(|| {
            let href = figure.as_ref().map(|figure| scope.figure_href(figure)).unwrap_or_default();
            rows.push(Gathered { key, name, href, equations: Vec::new() });
            rows.len() - 1
        });
        let own = &mut rows[at].equations;
        match own.iter_mut().find(|(_, known)| *known == text) {
            Some((columns, _)) => columns.push(column),
            None => own.push((vec![column], text)),
        }
    }
    let (separator, semicolon) = (scope.word("list_separator")?, arithmetic::semicolon(scope.lang));
    let said = |(columns, text): (Vec<String>, String)| format!("{} {text}", columns.join(separator)).trim().to_owned();
    let rows = rows.into_iter().map(|Gathered { name, href, equations, .. }| {
        let text = equations.into_iter().map(said).collect::<Vec<_>>().join(semicolon);
        RowData { name, href, text }
    });
    Ok(rows.collect())
}

/// The names of a figure's row and column. The form is said above the list; a lane with one column needs no name for it.
fn names(figure: &Figure, scope: &Scope<'_>) -> (String, String) {
    let own = if figure.report == scope.disclosure.id { scope.disclosure.table(&figure.address.form) } else { None };
    let Some((table, (lane, row))) = own.and_then(|table| Some((table, table.row(&figure.address.row)?))) else {
        return (scope.label(figure), String::new());
    };
    let row = table.row_name(lane, row);
    let lane = &table.form.lanes[lane];
    let id = figure.address.column.as_deref().filter(|_| lane.leaves().len() > 1);
    let column = id.and_then(|id| lane.column_name(id)).unwrap_or_default();
    (row.get(scope.lang).clone(), column.get(scope.lang).clone())
}

/// `20 个等式：19 个完全一致，1 个有尾差；8 个两边都是 0，不列`; of what is at most something else, how often both are the same.
fn summary(rule: &Proven, data: &RuleData, zeros: usize, lang: Lang) -> String {
    let equal = match rule.relation {
        Relation::AtMost => rule.held.iter().filter(|equation| is_equal(equation)).count(),
        Relation::Equal => 0,
    };
    let said = |counts: &[(usize, &str, &str)]| {
        let counts = counts.iter().filter(|(count, ..)| *count > 0);
        let said = counts.map(|(count, zh, en)| match lang {
            Lang::Zh => format!("{count} {zh}"),
            Lang::En => format!("{count} {en}"),
        });
        said.collect::<Vec<_>>().join(if lang == Lang::Zh { "，" } else { ", " })
    };
    let came = said(&[
        (data.held, "个成立", "true"),
        (data.tails, "个有尾差", "with a rounding difference"),
        (
            data.accepted,
            "个不成立，已说明",
            if data.accepted == 1 { "does not hold, explained" } else { "do not hold, explained" },
        ),
    ]);
    let all = match (lang, data.equations, data.held == data.equations) {
        (Lang::Zh, 1, true) => "1 个等式，成立".to_owned(),
        (Lang::Zh, all, true) => format!("{all} 个等式，全部成立"),
        (Lang::Zh, all, false) => format!("{all} 个等式：{came}"),
        (Lang::En, 1, true) => "1 equation, true".to_owned(),
        (Lang::En, 1, false) if data.tails == 1 => "1 equation with a rounding difference".to_owned(),
        (Lang::En, 1, false) if data.accepted == 1 => "1 equation: does not hold; explained".to_owned(),
        (Lang::En, 1, false) => format!("1 equation: {came}"),
        (Lang::En, all, true) => format!("{all} equations, all true"),
        (Lang::En, all, false) => format!("{all} equations: {came}"),
    };
    let sides = match (lang, data.equations, equal, zeros) {
        (Lang::En, 1, 1, 0) => "both sides equal".to_owned(),
        _ => said(&[
            (equal, "个两边相等", "with both sides equal"),
            (zeros, "个两边都是 0，不列", "with zero on both sides, not listed"),
        ]),
    };
    if sides.is_empty() { all } else { format!("{all}{}{sides}", arithmetic::semicolon(lang)) }
}

fn is_equal(equation: &Equation) -> bool {
    Equation::sum(&equation.left) == Equation::sum(&equation.right)
}

fn is_zero(equation: &Equation) -> bool {
    equation.left.iter().chain(&equation.right).all(|addend| addend.amount.is_zero())
}
