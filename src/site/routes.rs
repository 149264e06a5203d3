//! Where each page is, and the relative way from one to another: a site works from any folder of any server.

use crate::model::{Lang, ReportId};

use super::split::Split;

/// A page of a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page<'a> {
    /// The department's first page.
    Home,
    /// All years.
    Archive,
    /// The terms of all years.
    Glossary,
    /// The search, and the map of the department's pages.
    Search,
    /// What the search loads of a report; no page.
    SearchIndex(ReportId),
    /// A year at a glance.
    Year(u16),
    /// The whole report on one page.
    Report(ReportId),
    /// What was proved.
    Checks(ReportId),
    /// The figures that stand in no form.
    Facts(ReportId),
    /// More of them, from a group on, where one page is not enough.
    FactsFrom(ReportId, &'a str),
    /// One table, by the id of its form.
    Table(ReportId, &'a str),
    /// A narrative part, by its slug.
    Part(ReportId, &'a str),
    /// A section of a part that is too long for one page, by the ids of both.
    Section(ReportId, &'a str, &'a str),
}

/// The pages of a department in all languages.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    /// The first one stands at the root.
    pub(crate) languages: Vec<Lang>,
    /// The folder of the department, where it does not have the site to itself.
    pub(crate) department: Option<String>,
    /// Whether there are pages of checks.
    pub(crate) checks: bool,
    /// What is too long for one page.
    pub(crate) split: Split,
}

impl Routes {
    /// The path of a page from the site's root.
    pub(crate) fn path(&self, lang: Lang, page: Page<'_>) -> String {
        let file = match page {
            Page::Home => "index.html".to_owned(),
            Page::Archive => "archive.html".to_owned(),
            Page::Glossary => "glossary.html".to_owned(),
            Page::Search => "search.html".to_owned(),
            Page::SearchIndex(report) => format!("{report}/search-index.json"),
            Page::Year(year) => format!("{year}/index.html"),
            Page::Report(report) => format!("{report}/report.html"),
            Page::Checks(report) => format!("{report}/checks.html"),
            Page::Facts(report) => format!("{report}/facts.html"),
            // No id has a dot: these names are nobody else's.
            Page::FactsFrom(report, group) => format!("{report}/facts.{group}.html"),
            Page::Section(report, part, section) => format!("{report}/{part}.{section}.html"),
            Page::Table(report, name) | Page::Part(report, name) => format!("{report}/{name}.html"),
        };
        self.file(lang, &file)
    }

    /// The page that a group of facts stands on.
    pub(crate) fn facts<'a>(&'a self, report: ReportId, group: &str) -> Page<'a> {
        self.split.facts_from(report, group).map_or(Page::Facts(report), |first| Page::FactsFrom(report, first))
    }

    /// The page of a part on which a heading stands.
    pub(crate) fn heading<'a>(&'a self, report: ReportId, part: &'a str, heading: &str) -> Page<'a> {
        let section = self.split.section(report, part, heading);
        section.map_or(Page::Part(report, part), |section| Page::Section(report, part, section))
    }

    /// The path of a file of the department in a language.
    pub(crate) fn file(&self, lang: Lang, file: &str) -> String {
        let department = self.department.as_ref().map(|slug| format!("{slug}/")).unwrap_or_default();
        format!("{}{department}{file}", language_folder(&self.languages, lang))
    }
}

/// `en/` for a language that does not stand at the root.
pub(crate) fn language_folder(languages: &[Lang], lang: Lang) -> String {
    if languages.first() == Some(&lang) { String::new() } else { format!("{}/", lang.code()) }
}

/// The relative way from the page at `from` to `to`, both paths from the site's root.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    // Up to the last folder that both are in.
    let shared = from.as_bytes()[..same].iter().rposition(|b| *b == b'/').map_or(0, |slash| slash + 1);
    let up = from[shared..].matches('/').count();
    let mut way = String::with_capacity(3 * up + to.len() - shared);
    for _ in 0..up {
        way.push_str("../");
    }
    way.push_str(&to[shared..]);
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_way_from_page_to_page() {
        assert_eq!(relative("2019/final/revenue.html", "2019/final/expenditure.html"), "expenditure.html");
        assert_eq!(relative("2019/final/revenue.html", "glossary.html"), "../../glossary.html");
        assert_eq!(
            relative("en/2019/final/revenue.html", "2019/final/revenue.html"),
            "../../../2019/final/revenue.html"
        );
        assert_eq!(relative("index.html", "2019/index.html"), "2019/index.html");
        assert_eq!(relative("2019/index.html", "2019/final/revenue.html"), "final/revenue.html");
        assert_eq!(relative("2019/final/revenue.html", ""), "../../");
        assert_eq!(relative("index.html", ""), "");
        assert_eq!(relative("教育局/index.html", "教委/index.html"), "../教委/index.html");
    }
}
