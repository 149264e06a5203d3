//! The pages of a department: what each template is given.

mod accepted;
mod arithmetic;
mod checks;
mod downloads;
mod facts;
mod files;
mod glossary;
mod machine;
mod not_found;
mod order;
mod overview;
mod part;
mod portal;
mod report;
mod rounding;
mod search;
mod tables;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use crate::check::{Digest, Proof, Publishable, canonical_text};
use crate::diagnostics::Finding;
use crate::model::{Artifact, Contact, Lang, Localized, ReportId, ReportKind};
use crate::parse::SiteConfig;

use super::disputes::{Disputes, Spot};
use super::routes::{Page, Routes, relative};
use super::scope::{Heading, Known, Scope};
use super::split::Split;
use super::terms::Names;
use super::theme::Theme;
use super::web::{self, Fact};

use downloads::Download;
pub use portal::{Summary, YearSummary, portal};

/// A file that a report is published with, as its pages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The report.
    pub report: ReportId,
    /// Below the report's folder, with `/`: `files/report.pdf`.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// The pages of one department. Stops at the first mistake of the theme: the others would follow from it.
pub fn department(
    publishable: &Publishable,
    attachments: &[Attachment],
    site: &SiteConfig,
    theme: &Theme,
) -> Result<Vec<Artifact>, Finding> {
    let department = publishable.department();
    let routes = Routes {
        languages: site.languages.clone(),
        department: department.slug.clone(),
        checks: site.checks,
        split: Split::of(department),
    };
    // The same for all languages.
    let texts: Vec<String> =
        if site.downloads { department.disclosures.iter().map(canonical_text).collect() } else { Vec::new() };
    let mut artifacts = Vec::new();
    for &lang in &site.languages {
        let book = Book { attachments, texts: &texts, ..Book::new(publishable, site, theme, &routes, lang) };
        artifacts.extend(book.pages()?);
        artifacts.extend(book.feed()?);
    }
    artifacts.extend(machine::site_map(&artifacts, department, site));
    Ok(artifacts)
}

/// A department in one language.
struct Book<'a> {
    site: &'a SiteConfig,
    theme: &'a Theme,
    routes: &'a Routes,
    lang: Lang,
    department: &'a crate::model::Department,
    /// What its reports are published with.
    attachments: &'a [Attachment],
    /// What was proved of each report.
    proofs: &'a [Proof],
    /// The digest of the figures of each report.
    digests: &'a [Digest],
    /// What the digests are of, where it can be downloaded.
    texts: &'a [String],
    /// The names that prose is searched for, for each report.
    names: Vec<Names>,
    /// Where each report contradicts itself.
    disputes: Vec<Disputes<'a>>,
}

/// A page's title and its path from the root: what other pages say about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mention {
    title: String,
    path: String,
}

impl Mention {
    /// The same page below one of its headings.
    fn below(&self, heading: &Heading) -> Mention {
        if heading.id.is_empty() {
            return self.clone();
        }
        Mention { title: format!("{} · {}", self.title, heading.name), path: format!("{}#{}", self.path, heading.id) }
    }
}

/// What pages use, gathered while they are rendered, for the pages that come after.
#[derive(Default)]
struct Uses {
    /// Pages that use a term.
    terms: BTreeMap<String, Vec<Mention>>,
    /// Prose that names figures of a form.
    forms: BTreeMap<(ReportId, String), Vec<Mention>>,
    /// Places that state what a report contradicts, with the pages that they stand on.
    spots: BTreeMap<ReportId, Vec<(Mention, Spot)>>,
}

impl Uses {
    /// The places that state what a report contradicts.
    fn spots_of(&self, report: ReportId) -> &[(Mention, Spot)] {
        self.spots.get(&report).map_or(&[], Vec::as_slice)
    }

    /// `place` names the page as a place of the document, with its part.
    fn note(&mut self, scope: &Scope<'_>, mention: &Mention, place: &str) {
        for term in scope.used.borrow().iter() {
            self.terms.entry(term.clone()).or_default().push(mention.clone());
        }
        for (form, headings) in scope.named.borrow().iter() {
            let mentions = headings.iter().map(|heading| mention.below(heading));
            self.forms.entry(form.clone()).or_default().extend(mentions);
        }
        let known = self.spots.entry(scope.disclosure.id).or_default();
        for spot in scope.spots.borrow().iter() {
            // A form that a part shows has a page of its own, too: that is one place.
            if known.iter().all(|(_, other)| (&other.id, &other.sentence) != (&spot.id, &spot.sentence)) {
                known.push((Mention { title: place.to_owned(), path: mention.path.clone() }, spot.clone()));
            }
        }
    }
}

/// A link in a list.
#[derive(Serialize)]
struct Link {
    name: String,
    title: String,
    href: String,
    /// The name in the other language, on English pages.
    other: String,
}

impl Link {
    fn new(name: impl Into<String>, href: impl Into<String>) -> Self {
        let name = name.into();
        Link { title: name.clone(), name, href: href.into(), other: String::new() }
    }

    fn none() -> Self {
        Link::new("", "")
    }
}

/// A key figure.
#[derive(Serialize)]
struct KeyFigure {
    name: String,
    value: String,
    href: String,
}

/// What the frame of a page needs to know.
struct Frame<'a> {
    kind: &'a str,
    template: &'a str,
    title: String,
    description: String,
    page: Page<'a>,
    /// Between the home page and this one.
    crumbs: Vec<Link>,
}

impl<'a> Book<'a> {
    fn new(
        publishable: &'a Publishable,
        site: &'a SiteConfig,
        theme: &'a Theme,
        routes: &'a Routes,
        lang: Lang,
    ) -> Self {
        let department = publishable.department();
        let names = department.disclosures.iter().map(|disclosure| Names::of(disclosure, lang)).collect();
        let (proofs, digests) = (publishable.proofs(), publishable.digests());
        let reports = department.disclosures.iter().zip(proofs);
        let disputes = reports.map(|(disclosure, proof)| Disputes::of(disclosure, proof)).collect();
        Book { site, theme, routes, lang, department, attachments: &[], texts: &[], proofs, digests, names, disputes }
    }

    fn pages(&self) -> Result<Vec<Artifact>, Finding> {
        let mut artifacts = Vec::new();
        let mut uses = Uses::default();
        let mut downloads: BTreeMap<ReportId, Vec<Download>> = BTreeMap::new();
        for (index, disclosure) in self.department.disclosures.iter().enumerate() {
            // Prose first: a table's page says where its figures are named.
            let stops = self.stops(disclosure)?;
            artifacts.extend(self.parts(index, &stops, &mut uses)?);
            artifacts.extend(self.tables(index, &stops, &mut uses)?);
            artifacts.extend(self.facts(index, disclosure)?);
            let (report, fragment) = self.whole_report(index, disclosure)?;
            artifacts.push(report);
            let mut made = self.figures(index, disclosure)?;
            made.extend(fragment.map(|fragment| Download::of("report_fragment", fragment)));
            let (own, files): (Vec<Download>, Vec<_>) = made.into_iter().unzip();
            artifacts.extend(files.into_iter().flatten());
            if self.routes.checks {
                artifacts.push(self.checks(index, disclosure, &own, &uses)?);
            }
            downloads.insert(disclosure.id, own);
        }
        artifacts.extend(self.years(&downloads)?);
        artifacts.push(self.glossary(&uses)?);
        artifacts.push(self.archive()?);
        artifacts.extend(self.search(&uses)?);
        artifacts.push(self.home()?);
        Ok(artifacts)
    }

    fn word(&self, key: &str) -> Result<&str, Finding> {
        self.theme.word(self.lang, key)
    }

    fn scope(&'a self, index: usize, page: Page<'_>) -> Scope<'a> {
        let known = Known {
            disclosure: &self.department.disclosures[index],
            shelf: &self.department.disclosures,
            proof: &self.proofs[index],
            disputes: &self.disputes[index],
            names: &self.names[index],
        };
        Scope::new(self.theme, self.routes, self.lang, page, known)
    }

    fn path(&self, page: Page<'_>) -> String {
        self.routes.path(self.lang, page)
    }

    fn href(&self, from: Page<'_>, to: Page<'_>) -> String {
        relative(&self.path(from), &self.path(to))
    }

    /// The years that have reports, newest first.
    fn years_of(&self) -> Vec<u16> {
        let mut years: Vec<u16> = self.department.disclosures.iter().map(|disclosure| disclosure.id.year).collect();
        years.dedup();
        years.reverse();
        years
    }

    /// `2019 年` or `2019`.
    fn year_name(&self, year: u16) -> Result<String, Finding> {
        Ok(format!("{}{year}{}", self.word("year_prefix")?, self.word("year_suffix")?))
    }

    /// `2019 年部门决算` or `Departmental final accounts 2019`.
    fn report_name(&self, report: ReportId) -> Result<String, Finding> {
        report_name(self.theme, self.lang, report)
    }

    fn kind_name(&self, report: ReportId) -> Result<&str, Finding> {
        self.word(kind_word(report))
    }

    /// Whom to ask: the department's contact, or the site's.
    fn contact(&self) -> &Contact {
        self.department.contact.as_ref().unwrap_or(&self.site.contact)
    }

    /// The department's name with an interface word that says what a page has about it.
    fn about_department(&self, word: &str) -> Result<String, Finding> {
        Ok(format!("{}{}{}", self.department.name.get(self.lang), self.word("colon")?, self.word(word)?))
    }

    /// The Chinese name, on pages in English.
    fn other(&self, name: &Localized<String>) -> String {
        match self.lang {
            Lang::Zh => String::new(),
            Lang::En => name.zh.clone(),
        }
    }

    /// Renders a page: the frame's data and the page's own.
    fn render(&self, frame: &Frame<'_>, mut context: Context) -> Result<Artifact, Finding> {
        let path = self.path(frame.page);
        frame_context(self, frame, &path, &mut context)?;
        let html = self.theme.render(frame.template, &context)?;
        Ok(Artifact { path, bytes: html.into_bytes() })
    }
}

#[derive(Serialize)]
struct PageData<'a> {
    kind: &'a str,
    title: &'a str,
    head_title: String,
    description: &'a str,
    lang: &'a str,
    root: String,
    home: String,
    /// The search and site map.
    search: String,
    base_known: bool,
    alternate: Alternate,
    head: String,
    /// The large-type version; empty where the site has none.
    large: String,
    crumbs: Vec<Link>,
}

#[derive(Serialize)]
struct Alternate {
    href: String,
    lang: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct SiteData<'a> {
    title: &'a str,
    department: &'a str,
    department_other: String,
    other_lang: &'static str,
    /// Whether readers can search.
    searches: bool,
    notice: &'a str,
    footer: Vec<&'a str>,
    facts: Vec<Fact>,
}

#[derive(Serialize)]
struct MenuItem {
    name: String,
    href: String,
    current: bool,
}

fn site_data<'a>(
    site: &'a SiteConfig,
    department: &'a Localized<String>,
    contact: &Contact,
    theme: &Theme,
    lang: Lang,
) -> Result<SiteData<'a>, Finding> {
    Ok(SiteData {
        title: site.title.get(lang),
        department: department.get(lang),
        department_other: if lang == Lang::En { department.zh.clone() } else { String::new() },
        other_lang: lang.other().tag(),
        notice: site.notice.as_ref().map_or("", |notice| notice.get(lang)),
        searches: site.search,
        footer: site.footer.iter().map(|line| line.get(lang).as_str()).collect(),
        facts: web::footer_facts(site, contact, theme, lang)?,
    })
}

/// `2019 年部门决算` or `Departmental final accounts 2019`.
fn report_name(theme: &Theme, lang: Lang, report: ReportId) -> Result<String, Finding> {
    let kind = theme.word(lang, kind_word(report))?;
    Ok(match lang {
        Lang::Zh => format!("{} 年{kind}", report.year),
        Lang::En => format!("{kind} {}", report.year),
    })
}

fn kind_word(report: ReportId) -> &'static str {
    match report.kind {
        ReportKind::Final => "final_accounts",
        ReportKind::Budget => "budget",
    }
}

fn other_language(lang: Lang) -> (&'static str, &'static str) {
    let other = lang.other();
    (other.tag(), if other == Lang::En { "English" } else { "中文" })
}

fn frame_context(book: &Book<'_>, frame: &Frame<'_>, path: &str, context: &mut Context) -> Result<(), Finding> {
    let lang = book.lang;
    let home = book.path(Page::Home);
    let (tag, name) = other_language(lang);
    let alternate = relative(path, &book.routes.path(lang.other(), frame.page));
    let department = book.department.name.get(lang);
    let mut parts = vec![frame.title.as_str()];
    // A title that says the site's or the department's name does not say it twice.
    parts.extend(
        [book.site.title.get(lang).as_str(), department.as_str()].iter().filter(|name| !frame.title.contains(**name)),
    );
    let head_title = parts.join(if lang == Lang::Zh { "_" } else { " | " });
    let mut crumbs = Vec::new();
    if frame.page != Page::Home {
        crumbs.push(Link::new(book.word("home")?, relative(path, &home)));
        for crumb in &frame.crumbs {
            crumbs.push(Link::new(&crumb.name, &crumb.href));
        }
        crumbs.push(Link::new(&frame.title, ""));
    }
    context.insert(
        "page",
        &PageData {
            kind: frame.kind,
            title: &frame.title,
            head_title,
            description: &frame.description,
            lang: lang.tag(),
            root: relative(path, ""),
            home: relative(path, &home),
            search: relative(path, &book.path(Page::Search)),
            base_known: book.site.base_url.is_some(),
            alternate: Alternate { href: alternate, lang: tag, name },
            head: book.head(frame, path)?,
            large: web::large_href(book.site, path),
            crumbs,
        },
    );
    context.insert("site", &site_data(book.site, &book.department.name, book.contact(), book.theme, lang)?);
    let mut menu = vec![(book.word("home")?.to_owned(), Page::Home)];
    if let Some(year) = book.years_of().first() {
        menu.push((book.year_name(*year)?, Page::Year(*year)));
    }
    menu.push((book.word("glossary")?.to_owned(), Page::Glossary));
    menu.push((book.word("archive")?.to_owned(), Page::Archive));
    menu.push((book.word(search::name(book.site))?.to_owned(), Page::Search));
    let menu: Vec<MenuItem> = menu
        .into_iter()
        .map(|(name, page)| MenuItem { name, href: relative(path, &book.path(page)), current: page == frame.page })
        .collect();
    context.insert("menu", &menu);
    context.insert("words", book.theme.words(lang));
    Ok(())
}
