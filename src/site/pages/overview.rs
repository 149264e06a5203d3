//! The pages above the reports: a year at a glance, the archive, the home page.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use crate::check::Proven;
use crate::diagnostics::Finding;
use crate::model::{Amount, Artifact, ChartKind, Disclosure, Highlight, Lang, PartKind, ReportId, Unit};

use super::super::prose;
use super::super::routes::Page;
use super::super::scope::Scope;
use super::super::web::{self, Fact};
use super::downloads::Download;
use super::files::FileData;
use super::{Book, Frame, KeyFigure, Link};

#[derive(Serialize)]
struct ReportData {
    kind_name: String,
    information: Vec<Fact>,
    report_href: String,
    facts_href: String,
    checks_href: String,
    accepted_href: String,
    proof: Proved,
    unit: String,
    days: String,
    approval: String,
    figures: Vec<Glance>,
    hundred: Vec<String>,
    charts: Vec<String>,
    contents: Vec<PartData>,
    files: Vec<FileData>,
}

/// A key figure at a glance (HTML), with those that say more of it.
#[derive(Serialize)]
struct Glance {
    name: String,
    value: String,
    below: Vec<Glance>,
}

/// What was proved of a report, in numbers.
#[derive(Serialize)]
struct Proved {
    equations: usize,
    held: usize,
    tails: usize,
    /// Equations that do not hold, which is accepted.
    failed: usize,
    /// Places where the document contradicts itself; one in both languages is one place.
    accepted: usize,
}

/// A part of a report with its tables, as contents list it.
#[derive(Serialize)]
pub(super) struct PartData {
    number: String,
    title: String,
    href: String,
    /// Its sections, where they have pages of their own, and its tables.
    items: Vec<Link>,
    /// How many of them are sections.
    #[serde(skip)]
    sections: usize,
}

#[derive(Serialize)]
struct YearData {
    year: u16,
    href: String,
    kinds: Vec<String>,
    figures: Vec<KeyFigure>,
}

#[derive(Serialize)]
struct ArchiveYear {
    year: u16,
    reports: Vec<ArchiveReport>,
}

#[derive(Serialize)]
struct ArchiveReport {
    kind_name: String,
    href: String,
    report_href: String,
    published: String,
    tables: Vec<Link>,
    parts: Vec<Link>,
    files: Vec<FileData>,
}

impl<'a> Book<'a> {
    /// Each year at a glance.
    pub(super) fn years(&'a self, downloads: &BTreeMap<ReportId, Vec<Download>>) -> Result<Vec<Artifact>, Finding> {
        let years = self.years_of();
        let mut artifacts = Vec::new();
        for (at, &year) in years.iter().enumerate() {
            let page = Page::Year(year);
            let mut reports = Vec::new();
            for (index, disclosure) in self.reports_of(year) {
                reports.push(self.report_data(index, disclosure, page, downloads)?);
            }
            let neighbour = |year: Option<&u16>| -> Result<Link, Finding> {
                year.map_or_else(
                    || Ok(Link::none()),
                    |&year| Ok(Link::new(self.year_name(year)?, self.href(page, Page::Year(year)))),
                )
            };
            let title = match self.lang {
                Lang::Zh => format!("{year} 年"),
                Lang::En => year.to_string(),
            };
            let title = match self.reports_of(year).as_slice() {
                [(_, only)] => self.report_name(only.id)?,
                _ => title,
            };
            let mut context = Context::new();
            context.insert("year", &year);
            context.insert("reports", &reports);
            context.insert("earlier", &neighbour(years.get(at + 1))?);
            context.insert("later", &neighbour(at.checked_sub(1).and_then(|at| years.get(at)))?);
            let subject = format!("{}{}{title}", self.department.name.get(self.lang), self.word("list_separator")?);
            let description = format!("{subject}{}{}", self.word("colon")?, self.word("year_description")?);
            let frame = Frame { kind: "year", template: "year.html", title, description, page, crumbs: Vec::new() };
            artifacts.push(self.render(&frame, context)?);
        }
        Ok(artifacts)
    }

    fn reports_of(&self, year: u16) -> Vec<(usize, &'a Disclosure)> {
        self.department.disclosures.iter().enumerate().filter(|(_, disclosure)| disclosure.id.year == year).collect()
    }

    fn report_data(
        &'a self,
        index: usize,
        disclosure: &'a Disclosure,
        page: Page<'_>,
        downloads: &BTreeMap<ReportId, Vec<Download>>,
    ) -> Result<ReportData, Finding> {
        let scope = self.scope(index, page);
        let mut files = self.files(disclosure, page);
        files.extend(self.listed(downloads.get(&disclosure.id).map_or(&[], Vec::as_slice), &scope.path)?);
        // A budget and the accounts of its year stand on one page.
        let prefix = format!("_chart-{}-", disclosure.id.kind.slug());
        let (mut hundred, mut charts) = (Vec::new(), Vec::new());
        for chart in &disclosure.charts {
            let list = if chart.kind == ChartKind::Hundred { &mut hundred } else { &mut charts };
            list.push(prose::prefixed_chart(chart, &prefix, &scope)?);
        }
        let proof = &self.proofs[index];
        let count = |list: fn(&Proven) -> usize| proof.proven.iter().map(list).sum::<usize>();
        let (tails, failed) = (count(|rule| rule.tails.len()), count(|rule| rule.failures.len()));
        let reasons = if self.routes.checks { Page::Checks(disclosure.id) } else { Page::Report(disclosure.id) };
        Ok(ReportData {
            kind_name: self.kind_name(disclosure.id)?.to_owned(),
            information: web::information(disclosure, self.contact(), self.theme, self.lang)?,
            report_href: scope.to(Page::Report(disclosure.id)),
            facts_href: scope.to(Page::Facts(disclosure.id)),
            checks_href: if self.routes.checks { scope.to(Page::Checks(disclosure.id)) } else { String::new() },
            accepted_href: format!("{}#_accepted", scope.to(reasons)),
            proof: Proved {
                equations: proof.equations(),
                held: proof.equations() - tails - failed,
                tails,
                failed,
                accepted: self.disputes[index].count(self.lang),
            },
            unit: self.unit(disclosure),
            days: self.days(disclosure.id.year),
            approval: self.approval(disclosure)?,
            figures: disclosure.highlights.iter().map(|highlight| glance(highlight, &scope)).collect(),
            hundred,
            charts,
            contents: self.contents_of(disclosure, page)?,
            files,
        })
    }

    /// The unit of the amounts, if all tables have the same one.
    fn unit(&self, disclosure: &Disclosure) -> String {
        let mut units = disclosure.tables.iter().map(|table| &table.form.unit);
        let first = units.next().filter(|first| units.all(|unit| unit == *first));
        let said = |unit: &Unit| {
            let name = unit.name(self.lang);
            match (unit, self.lang) {
                // A reader of English does not count in tens of thousands.
                (Unit::Money { factor }, Lang::En) if *factor > 1 => {
                    let one = Amount::from_decimal((*factor).into()).grouped();
                    format!("{name}: 1.00 in a table is RMB\u{a0}{one}")
                }
                _ => name,
            }
        };
        first.map(said).unwrap_or_default()
    }

    /// The days of a budget year (预算年度): those of the calendar year (预算法第十八条).
    fn days(&self, year: u16) -> String {
        match self.lang {
            Lang::Zh => format!("{year} 年 1 月 1 日至 12 月 31 日"),
            Lang::En => format!("1 January to 31 December {year}"),
        }
    }

    /// Who approves a department's accounts, and that the report gives no day of it if it gives none: a reader who looks
    /// for one should not have to search all of it (预算法第十四条).
    pub(super) fn approval(&self, disclosure: &Disclosure) -> Result<String, Finding> {
        let who = self.word("approval_text")?;
        Ok(match disclosure.approved {
            Some(_) => who.to_owned(),
            None => format!("{who}{}", self.word("approval_undated")?),
        })
    }

    pub(super) fn contents_of(&self, disclosure: &'a Disclosure, page: Page<'_>) -> Result<Vec<PartData>, Finding> {
        let embedded: Vec<&str> = disclosure.parts.iter().flat_map(|part| part.embeds(self.lang)).collect();
        let mut contents = Vec::new();
        for (number, part) in disclosure.parts.iter().enumerate() {
            let (href, forms) = match &part.kind {
                PartKind::Narrative(_) => {
                    (self.href(page, Page::Part(disclosure.id, &part.slug)), part.embeds(self.lang))
                }
                PartKind::Tables => {
                    let all = disclosure.tables.iter().map(|table| table.form.id.as_str());
                    (String::new(), all.filter(|form| !embedded.contains(form)).collect())
                }
                PartKind::Glossary => (self.href(page, Page::Glossary), Vec::new()),
            };
            let sections = self.sections(disclosure, part).into_iter();
            let mut items: Vec<Link> =
                sections.map(|(section, link)| Link::new(link.name, self.href(page, section))).collect();
            let sections = items.len();
            for table in disclosure.tables.iter().filter(|table| forms.contains(&table.form.id.as_str())) {
                let mut title = format!("{}{}", self.table_label(table)?, table.form.title.get(self.lang));
                // A section may have the name of the table that stands in it.
                if items[..sections].iter().any(|section| section.title == title) {
                    let kind = self.word("table_label")?;
                    title = match self.lang {
                        Lang::Zh => format!("{title}（{kind}）"),
                        Lang::En => format!("{title} ({})", kind.to_lowercase()),
                    };
                }
                let href = self.href(page, Page::Table(disclosure.id, &table.form.id));
                items.push(Link { other: self.other(&table.form.title), ..Link::new(title, href) });
            }
            contents.push(PartData {
                number: self.part_label(number)?,
                title: part.title.get(self.lang).clone(),
                href,
                sections,
                items,
            });
        }
        Ok(contents)
    }

    /// All years with all that they hold.
    pub(super) fn archive(&'a self) -> Result<Artifact, Finding> {
        let page = Page::Archive;
        let mut years = Vec::new();
        for year in self.years_of() {
            let mut reports = Vec::new();
            for (_, disclosure) in self.reports_of(year) {
                let contents = self.contents_of(disclosure, page)?;
                let tables = contents
                    .iter()
                    .flat_map(|part| &part.items[part.sections..])
                    .map(|item| Link::new(&item.title, &item.href));
                let parts = contents
                    .iter()
                    .filter(|part| !part.href.is_empty())
                    .map(|part| Link::new(format!("{} {}", part.number, part.title), &part.href));
                reports.push(ArchiveReport {
                    kind_name: self.kind_name(disclosure.id)?.to_owned(),
                    href: self.href(page, Page::Year(year)),
                    report_href: self.href(page, Page::Report(disclosure.id)),
                    published: disclosure.published.clone().unwrap_or_default(),
                    tables: tables.collect(),
                    parts: parts.collect(),
                    files: self.files(disclosure, page),
                });
            }
            years.push(ArchiveYear { year, reports });
        }
        let title = self.word("archive")?.to_owned();
        let mut context = Context::new();
        context.insert("years", &years);
        let description = self.about_department("archive_description")?;
        self.render(
            &Frame { kind: "archive", template: "archive.html", title, description, page, crumbs: Vec::new() },
            context,
        )
    }

    /// The first page.
    pub(super) fn home(&'a self) -> Result<Artifact, Finding> {
        let page = Page::Home;
        let mut years = Vec::new();
        for year in self.years_of() {
            let reports = self.reports_of(year);
            let mut kinds = Vec::new();
            for (_, disclosure) in &reports {
                kinds.push(self.kind_name(disclosure.id)?.to_owned());
            }
            let mut figures = Vec::new();
            if let Some((index, disclosure)) = reports.last() {
                let scope = self.scope(*index, page);
                for highlight in disclosure.highlights.iter().take(5) {
                    figures.push(KeyFigure {
                        name: highlight.name.get(self.lang).clone(),
                        value: highlight.value.say(self.lang),
                        href: scope.figure_href(&highlight.value.figures[0]),
                    });
                }
            }
            years.push(YearData { year, href: self.href(page, Page::Year(year)), kinds, figures });
        }
        let mut context = Context::new();
        context.insert("intro", self.site.intro.get(self.lang));
        context.insert("latest", &years.first());
        context.insert("years", &years);
        let title = self.site.title.get(self.lang).clone();
        let description = self.about_department("home_description")?;
        self.render(
            &Frame { kind: "home", template: "home.html", title, description, page, crumbs: Vec::new() },
            context,
        )
    }
}

/// A key figure with its link; behind an arrow, if it says which way it moved.
fn glance(highlight: &Highlight, scope: &Scope<'_>) -> Glance {
    let arrow = match highlight.value.moved() {
        Some(Ordering::Greater) => "<span class=\"arrow\" aria-hidden=\"true\">↑</span> ",
        Some(Ordering::Less) => "<span class=\"arrow\" aria-hidden=\"true\">↓</span> ",
        _ => "",
    };
    Glance {
        name: highlight.name.get(scope.lang).clone(),
        value: format!("{arrow}{}", prose::figure(&highlight.value, scope, true, None)),
        below: highlight.below.iter().map(|below| glance(below, scope)).collect(),
    }
}
