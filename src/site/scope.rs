//! What is at hand while one page is rendered: its language, its place, and the ways from it to others.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::check::Proof;
use crate::diagnostics::Finding;
use crate::model::{Address, Disclosure, Figure, Lang, Localized, Prose, ReportId, Target};
use crate::parse::{GLOSSARY, TABLES};

use super::routes::{Page, Routes, relative};
use super::terms::Names;
use super::theme::Theme;

/// A page that is being rendered.
pub(crate) struct Scope<'a> {
    /// The theme.
    pub(crate) theme: &'a Theme,
    /// The department's pages.
    pub(crate) routes: &'a Routes,
    /// The language.
    pub(crate) lang: Lang,
    /// The path of the page from the site's root.
    pub(crate) path: String,
    /// The report that the page belongs to.
    pub(crate) disclosure: &'a Disclosure,
    /// What was proved of that report.
    pub(crate) proof: &'a Proof,
    /// The names that prose is searched for.
    pub(crate) names: &'a Names,
    /// Whether the whole report stands on the page, so that its cells are on it.
    pub(crate) whole_report: bool,
    /// The terms that the page uses.
    pub(crate) used: RefCell<BTreeSet<String>>,
    /// The terms that prose on the page has linked already.
    pub(crate) linked: RefCell<BTreeSet<String>>,
    /// The forms whose figures prose on the page names.
    pub(crate) named: RefCell<BTreeSet<(ReportId, String)>>,
}

impl<'a> Scope<'a> {
    /// The scope of a page.
    pub(crate) fn new(
        theme: &'a Theme,
        routes: &'a Routes,
        lang: Lang,
        page: Page<'_>,
        disclosure: &'a Disclosure,
        proof: &'a Proof,
        names: &'a Names,
    ) -> Self {
        Scope {
            theme,
            routes,
            lang,
            path: routes.path(lang, page),
            disclosure,
            proof,
            names,
            whole_report: matches!(page, Page::Report(_)),
            used: RefCell::default(),
            linked: RefCell::default(),
            named: RefCell::default(),
        }
    }

    /// An interface word.
    pub(crate) fn word(&self, key: &str) -> Result<&'a str, Finding> {
        self.theme.word(self.lang, key)
    }

    /// The way to another page of the department.
    pub(crate) fn to(&self, page: Page<'_>) -> String {
        relative(&self.path, &self.routes.path(self.lang, page))
    }

    /// The way to the cell of a figure.
    pub(crate) fn figure_href(&self, figure: &Figure) -> String {
        let form = figure.address.form.as_str();
        let here = figure.report == self.disclosure.id;
        if form == Address::FACTS {
            return format!("{}#{}", self.to(self.routes.facts(figure.report, &figure.address.row)), figure.address);
        }
        if self.whole_report && here {
            return format!("#{}", figure.address);
        }
        format!("{}#{}", self.to(Page::Table(figure.report, form)), figure.address)
    }

    /// The way to a glossary term, if the glossary has it. The page is then one that uses the term.
    pub(crate) fn term_href(&self, term: &str) -> Option<String> {
        self.disclosure.glossary.iter().find(|known| known.id == term)?;
        let mut used = self.used.borrow_mut();
        if !used.contains(term) {
            used.insert(term.to_owned());
        }
        Some(format!("{}#{term}", self.to(Page::Glossary)))
    }

    /// The way to a target of a link inside the report.
    pub(crate) fn target_href(&self, target: &Target) -> String {
        let report = self.disclosure.id;
        match target {
            Target::Form(form) if self.whole_report => format!("#_f-{form}"),
            Target::Form(form) => self.to(Page::Table(report, form)),
            Target::Term(term) | Target::Part(_, Some(term)) if is_glossary(target) => {
                format!("{}#{term}", self.to(Page::Glossary))
            }
            Target::Term(_) => self.to(Page::Glossary),
            Target::Part(slug, anchor) if self.whole_report => match anchor {
                Some(anchor) if anchor != "top" => format!("#{slug}/{anchor}"),
                _ => format!("#_part-{slug}"),
            },
            Target::Part(slug, _) if slug == TABLES => self.to(Page::Year(report.year)),
            Target::Part(slug, _) if slug == GLOSSARY => self.to(Page::Glossary),
            Target::Part(slug, anchor) => match anchor {
                Some(anchor) if anchor != "top" => {
                    format!("{}#{anchor}", self.to(self.routes.heading(report, slug, anchor)))
                }
                _ => self.to(Page::Part(report, slug)),
            },
        }
    }

    /// The prose of a text cell.
    pub(crate) fn text(&self, address: &Address) -> Option<&'a Localized<Prose>> {
        self.disclosure.text(address)
    }
}

fn is_glossary(target: &Target) -> bool {
    match target {
        Target::Term(_) => true,
        Target::Part(slug, Some(anchor)) => slug == GLOSSARY && anchor != "top",
        _ => false,
    }
}
