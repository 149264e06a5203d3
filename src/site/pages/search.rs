//! The search page, which is the site map of a department, and what it loads of each report.

use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Artifact, Disclosure, Lang, ReportId, Text};
use crate::parse::SiteConfig;

use super::super::routes::{Page, relative};
use super::super::search::{self, Entry, Head, Sheet, Shelf};
use super::super::web::{self, Fact};
use super::glossary::place;
use super::overview::PartData;
use super::portal::{Summary, folder};
use super::{Book, Frame, Link, Uses};

/// A report in one language, as the reader's browser searches it.
#[derive(Serialize)]
struct Piece<'a> {
    /// `2019 年部门决算`.
    report: String,
    department: &'a str,
    pages: Vec<PieceOfPage>,
}

/// A page with what can be found on it; the keys are those of `assets/search.js`.
#[derive(Serialize)]
struct PieceOfPage {
    /// From the search page.
    href: String,
    title: String,
    /// The title in the other language, where it has its own.
    #[serde(skip_serializing_if = "String::is_empty")]
    other: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    heads: Vec<Vec<Head>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entries: Vec<Entry>,
}

/// A year in the site map.
#[derive(Serialize)]
struct MapYear {
    year: u16,
    href: String,
    reports: Vec<MapReport>,
}

#[derive(Serialize)]
struct MapReport {
    kind_name: String,
    contents: Vec<PartData>,
    /// The pages that are no part of the document.
    others: Vec<Link>,
}

/// The word for the page in a menu.
pub(super) fn name(site: &SiteConfig) -> &'static str {
    if site.search { "search" } else { "site_map" }
}

/// The word for its title.
pub(super) fn title(site: &SiteConfig) -> &'static str {
    if site.search { "search_and_site_map" } else { "site_map" }
}

/// What a portal's search loads first: the departments, then which of them have a gram.
pub(super) fn portal_index(summaries: &[Summary], site: &SiteConfig, lang: Lang) -> Vec<Artifact> {
    if !site.search {
        return Vec::new();
    }
    let shelves: Vec<Shelf> = summaries
        .iter()
        .map(|summary| Shelf {
            slug: summary.slug.clone().unwrap_or_default(),
            name: summary.name.get(lang).clone(),
            other: summary.name.get(lang.other()).clone(),
            reports: summary.reports.iter().map(ReportId::to_string).collect(),
        })
        .collect();
    let vocabularies: Vec<&[u32]> = summaries.iter().map(|summary| summary.vocabulary.get(lang).as_slice()).collect();
    search::files(&format!("assets/search/{}", lang.code()), &shelves, &vocabularies)
}

impl<'a> Book<'a> {
    /// The search page and its index.
    pub(super) fn search(&'a self, uses: &Uses) -> Result<Vec<Artifact>, Finding> {
        let page = Page::Search;
        let mut artifacts = Vec::new();
        if self.site.search {
            for (index, disclosure) in self.department.disclosures.iter().enumerate() {
                artifacts.push(self.piece(index, disclosure, uses)?);
            }
        }
        let mut years = Vec::new();
        for year in self.years_of() {
            let mut reports = Vec::new();
            for disclosure in self.department.disclosures.iter().filter(|disclosure| disclosure.id.year == year) {
                let id = disclosure.id;
                let others = [(Page::Report(id), "report_one_page"), (Page::Checks(id), "checks")];
                let others = others.into_iter().filter(|(to, _)| self.routes.checks || *to != Page::Checks(id));
                let others = others.map(|(to, word)| Ok(Link::new(self.word(word)?, self.href(page, to))));
                let facts = self.fact_pages(disclosure)?.into_iter();
                let facts = facts.map(|(to, title)| Ok(Link::new(title, self.href(page, to))));
                reports.push(MapReport {
                    kind_name: self.kind_name(id)?.to_owned(),
                    contents: self.contents_of(disclosure, page)?,
                    others: others.chain(facts).collect::<Result<_, Finding>>()?,
                });
            }
            years.push(MapYear { year, href: self.href(page, Page::Year(year)), reports });
        }
        let general = [(Page::Home, "home"), (Page::Glossary, "glossary"), (Page::Archive, "archive")];
        let general = general.map(|(to, word)| Ok(Link::new(self.word(word)?, self.href(page, to))));
        let portal = format!("{}search.html", folder(self.site, self.lang));
        let portal = self.department.slug.as_ref().map(|_| relative(&self.path(page), &portal));
        let mut context = Context::new();
        context.insert("searches", &self.site.search);
        context.insert("portal", &portal.unwrap_or_default());
        context.insert("general", &general.into_iter().collect::<Result<Vec<_>, Finding>>()?);
        context.insert("years", &years);
        let title = self.word(title(self.site))?.to_owned();
        let description = self.about_department("search_description")?;
        let frame = Frame { kind: "search", template: "search.html", title, description, page, crumbs: Vec::new() };
        artifacts.push(self.render(&frame, context)?);
        Ok(artifacts)
    }

    /// What the search loads of a report: its pages, and the terms whose newest definition it has.
    fn piece(&'a self, index: usize, disclosure: &'a Disclosure, uses: &Uses) -> Result<Artifact, Finding> {
        let id = disclosure.id;
        let mut pages = Vec::new();
        for sheet in search::sheets(disclosure, self.lang, &self.disputes[index]) {
            for leaf in self.leaves_of(sheet) {
                pages.push(self.piece_of_page(disclosure, leaf)?);
            }
        }
        let glossaries = self.department.disclosures.iter().map(|disclosure| disclosure.glossary.as_slice());
        let newest = place(glossaries)
            .into_iter()
            .flat_map(|placed| std::iter::once((placed.report, placed.term)).chain(placed.nested).collect::<Vec<_>>());
        let terms = newest
            .filter(|(report, _)| *report == index)
            .map(|(_, term)| search::term(term, self.lang, &self.disputes[index]));
        pages.push(self.titled(Page::Glossary, "glossary", terms.collect())?);
        if self.routes.checks {
            pages.push(self.titled(Page::Checks(id), "checks", self.checks_entries(index, disclosure, uses)?)?);
        }
        pages.push(self.titled(Page::Report(id), "report_text", Vec::new())?);
        let report = self.report_name(id)?;
        let year = self.href(Page::Search, Page::Year(id.year));
        let entries = self.filed(disclosure)?;
        pages.push(PieceOfPage { href: year, title: report.clone(), other: String::new(), heads: Vec::new(), entries });
        let piece = Piece { report, department: self.department.name.get(self.lang), pages };
        Ok(search::artifact(self.path(Page::SearchIndex(id)), &piece))
    }

    /// How the report is filed, when it was published, who approves it and whom to ask, as the page of the year says.
    fn filed(&self, disclosure: &Disclosure) -> Result<Vec<Entry>, Finding> {
        let entry = |name: String, text: String| Entry { name, texts: vec![text], is_term: true, ..Entry::default() };
        let filed = web::information(disclosure, self.contact(), self.theme, self.lang)?;
        let approval = entry(self.word("approved")?.to_owned(), self.approval(disclosure)?);
        Ok(filed.into_iter().map(|Fact { name, value, .. }| entry(name, value)).chain([approval]).collect())
    }

    /// A sheet as the pages that it stands on: what is too long for one page is found where it went on.
    fn leaves_of(&'a self, sheet: Sheet<'a>) -> Vec<Sheet<'a>> {
        let Sheet { page, title, heads, entries } = sheet;
        let mut leaves = vec![Sheet { page, title, heads: Vec::new(), entries: Vec::new() }];
        for mut entry in entries {
            let stands_on = match page {
                Page::Part(report, part) => self.routes.heading(report, part, &entry.id),
                Page::Facts(report) => self.routes.facts(report, entry.id.split('/').nth(1).unwrap_or_default()),
                _ => page,
            };
            // The heading of a section is the title of its page.
            if matches!(stands_on, Page::Section(_, _, section) if section == entry.id) {
                entry.id.clear();
            }
            if leaves.last().is_none_or(|leaf| leaf.page != stands_on) {
                leaves.push(Sheet { page: stands_on, title, heads: Vec::new(), entries: Vec::new() });
            }
            let Some(leaf) = leaves.last_mut() else { continue };
            if let Some(own) = heads.get(entry.heads) {
                entry.heads = search::intern(own.clone(), &mut leaf.heads);
            }
            leaf.entries.push(entry);
        }
        leaves
    }

    fn piece_of_page(&'a self, disclosure: &'a Disclosure, sheet: Sheet<'_>) -> Result<PieceOfPage, Finding> {
        let Sheet { page, title, heads, entries } = sheet;
        let Some(title) = title else {
            let titled = self.titled(page, "other_figures", entries)?;
            let title = self.fact_pages(disclosure)?.into_iter().find(|(of, _)| *of == page).map(|(_, title)| title);
            return Ok(PieceOfPage { heads, title: title.unwrap_or(titled.title), ..titled });
        };
        let label = match page {
            Page::Table(_, form) => disclosure.table(form).map(|table| self.table_label(table)).transpose()?,
            Page::Part(_, slug) | Page::Section(_, slug, _) => {
                let number = disclosure.parts.iter().position(|part| part.slug == slug);
                number.map(|number| Ok(format!("{} ", self.part_label(number)?))).transpose()?
            }
            _ => None,
        };
        let said = |title: &Text| format!("{}{}", label.unwrap_or_default(), title.get(self.lang));
        Ok(PieceOfPage {
            href: self.href(Page::Search, page),
            title: said(title),
            other: title.get(self.lang.other()).clone(),
            heads,
            entries,
        })
    }

    /// A page whose title is a word of the interface.
    fn titled(&self, page: Page<'_>, word: &str, entries: Vec<Entry>) -> Result<PieceOfPage, Finding> {
        let title = self.word(word)?.to_owned();
        let other = self.theme.word(self.lang.other(), word)?.to_owned();
        Ok(PieceOfPage { href: self.href(Page::Search, page), title, other, heads: Vec::new(), entries })
    }
}
