//! What is at hand while one page is rendered: its language, its place, and the ways from it to others.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::check::Proof;
use crate::diagnostics::Finding;
use crate::model::{Address, Computed, Disclosure, Figure, Lang, Localized, Prose, ReportId, Target};
use crate::parse::{GLOSSARY, TABLES};

use super::disputes::{Disputes, Spot};
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
    /// All reports of the department: rules and figures may go back to another year.
    pub(crate) shelf: &'a [Disclosure],
    /// What was proved of that report.
    pub(crate) proof: &'a Proof,
    /// Where that report contradicts itself.
    pub(crate) disputes: &'a Disputes<'a>,
    /// The names that prose is searched for.
    pub(crate) names: &'a Names,
    /// Whether the whole report stands on the page, so that its cells are on it.
    pub(crate) whole_report: bool,
    /// The terms that the page uses.
    pub(crate) used: RefCell<BTreeSet<String>>,
    /// The terms that prose on the page has linked already.
    pub(crate) linked: RefCell<BTreeSet<String>>,
    /// The forms whose figures prose on the page names, each with the headings below which it does.
    pub(crate) named: RefCell<BTreeMap<(ReportId, String), Vec<Heading>>>,
    /// The places on the page that state what is contradicted.
    pub(crate) spots: RefCell<Vec<Spot>>,
}

/// A heading on a page: its id and its name. Both are empty above the first one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Heading {
    /// The id on the page.
    pub(crate) id: String,
    /// What it says.
    pub(crate) name: String,
}

/// What is known of the report that a page belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The report.
    pub(crate) disclosure: &'a Disclosure,
    /// All reports of the department.
    pub(crate) shelf: &'a [Disclosure],
    /// What was proved of it.
    pub(crate) proof: &'a Proof,
    /// Where it contradicts itself.
    pub(crate) disputes: &'a Disputes<'a>,
    /// The names that its prose is searched for.
    pub(crate) names: &'a Names,
}

impl<'a> Scope<'a> {
    /// The scope of a page.
    pub(crate) fn new(theme: &'a Theme, routes: &'a Routes, lang: Lang, page: Page<'_>, report: Known<'a>) -> Self {
        let Known { disclosure, shelf, proof, disputes, names } = report;
        Scope {
            theme,
            routes,
            lang,
            path: routes.path(lang, page),
            disclosure,
            shelf,
            proof,
            disputes,
            names,
            whole_report: matches!(page, Page::Report(_)),
            used: RefCell::default(),
            linked: RefCell::default(),
            named: RefCell::default(),
            spots: RefCell::default(),
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

    /// The name of a figure: its table with the number, its row and its column; of another report with the year in front.
    pub(crate) fn label(&self, figure: &Figure) -> String {
        let (name, year) = (figure.name.get(self.lang), figure.report.year);
        let disclosure = self.shelf.iter().find(|disclosure| disclosure.id == figure.report);
        let number = disclosure.and_then(|disclosure| disclosure.table(&figure.address.form)?.form.number);
        let label = match number {
            Some(number) => format!("{} {number} {name}", self.word("table_label").unwrap_or_default()),
            None => name.clone(),
        };
        if figure.report == self.disclosure.id { label } else { self.dated(&label, year) }
    }

    /// A name with the year that it is about.
    pub(crate) fn dated(&self, name: &str, year: u16) -> String {
        match self.lang {
            Lang::Zh => format!("{name}（{year} 年）"),
            Lang::En => format!("{name}, {year}"),
        }
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

    /// Notes that prose below a heading names the figures that a value rests on.
    pub(crate) fn name(&self, computed: &Computed, heading: &Heading) {
        let mut named = self.named.borrow_mut();
        for figure in &computed.figures {
            let headings = named.entry((figure.report, figure.address.form.clone())).or_default();
            if headings.last() != Some(heading) && !headings.contains(heading) {
                headings.push(heading.clone());
            }
        }
    }

    /// Notes a place that states what is contradicted, and gives the figure there an id of its own.
    pub(crate) fn spot(&self, dispute: usize, statement: &str, heading: &Heading, sentence: String) -> String {
        let mut spots = self.spots.borrow_mut();
        let id = format!("_said-{}", statement.replace(' ', "_"));
        let again = spots.iter().filter(|spot| spot.id == id || spot.id.starts_with(&format!("{id}."))).count();
        let id = if again == 0 { id } else { format!("{id}.{}", again + 1) };
        spots.push(Spot { dispute, id: id.clone(), heading: heading.name.clone(), sentence });
        id
    }

    /// The way to what a tail is, on the page of checks.
    pub(crate) fn tails_href(&self) -> Option<String> {
        self.routes.checks.then(|| format!("{}#_tails", self.to(Page::Checks(self.disclosure.id))))
    }

    /// The way to the reason of a contradiction: on the page of checks, or behind the report where there is none.
    pub(crate) fn dispute_href(&self, dispute: usize) -> String {
        let number = self.disputes.all[dispute].number;
        let page = match self.disclosure.id {
            _ if self.whole_report => return format!("#_accepted-{number}"),
            report if self.routes.checks => Page::Checks(report),
            report => Page::Report(report),
        };
        format!("{}#_accepted-{number}", self.to(page))
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

    /// Notes the terms of a text that has no links, such as a title.
    pub(crate) fn note_terms(&self, text: &str) {
        self.used.borrow_mut().extend(self.names.find(text).into_iter().map(|hit| hit.term.to_owned()));
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
