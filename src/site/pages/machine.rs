//! What a department's pages say to machines, page by page, and the department's own site map and feeds.

use crate::diagnostics::Finding;
use crate::model::{Artifact, Department, Disclosure, Lang, ReportId, Text};
use crate::parse::SiteConfig;

use super::super::routes::Page;
use super::super::theme::Theme;
use super::super::web::{self, DataFile, Entry, Graph, Head, Place, Source};
use super::files::media_type;
use super::{Book, Frame, report_name};

impl<'a> Book<'a> {
    /// The elements of a page's head that machines read.
    pub(super) fn head(&self, frame: &Frame<'_>, path: &str) -> Result<String, Finding> {
        let report = self.report_of(frame.page);
        let source = Source { site: self.site, department: self.department, lang: self.lang, path };
        let head = Head {
            site: self.site,
            lang: self.lang,
            path,
            twin: &self.routes.path(self.lang.other(), frame.page),
            title: &frame.title,
            description: &frame.description,
            department: self.department.name.get(self.lang),
            place: report.map_or(Place::Column, Place::Article),
            feed: self.feed_link()?,
            graph: self.graph(frame, &source)?,
        };
        Ok(head.html())
    }

    /// The report that a page belongs to; the last one of a year.
    fn report_of(&self, page: Page<'_>) -> Option<&'a Disclosure> {
        let disclosures = &self.department.disclosures;
        let id = match page {
            Page::Year(year) => return disclosures.iter().rfind(|disclosure| disclosure.id.year == year),
            Page::Report(id)
            | Page::Checks(id)
            | Page::Facts(id)
            | Page::FactsFrom(id, _)
            | Page::Table(id, _)
            | Page::Part(id, _)
            | Page::Section(id, _, _) => id,
            _ => return None,
        };
        disclosures.iter().find(|disclosure| disclosure.id == id)
    }

    fn graph(&self, frame: &Frame<'_>, source: &Source<'_>) -> Result<Option<Graph>, Finding> {
        let disclosures = &self.department.disclosures;
        Ok(match frame.page {
            Page::Glossary => {
                let terms = disclosures.iter().flat_map(|disclosure| &disclosure.glossary);
                Some(web::of_glossary(source, terms, &frame.title))
            }
            Page::Table(id, form) => {
                let found =
                    self.report_of(frame.page).and_then(|disclosure| Some((disclosure, disclosure.table(form)?)));
                let Some((disclosure, table)) = found else { return Ok(None) };
                let mut files = Vec::new();
                if self.site.downloads && table.amounts() > 0 {
                    files.push(self.data_file(id, form, &frame.title));
                }
                Some(web::of_table(source, disclosure, table, &frame.description, &files))
            }
            Page::Year(year) => {
                let mut graphs = Vec::new();
                for disclosure in disclosures.iter().filter(|disclosure| disclosure.id.year == year) {
                    let title = format!("{}{}", self.department.name.get(self.lang), self.report_name(disclosure.id)?);
                    let files = self.data_files(disclosure)?;
                    graphs.push(web::of_year(source, disclosure, &title, &frame.description, &files));
                }
                Graph::of(graphs)
            }
            _ => None,
        })
    }

    /// All files with a report's data: its figures as CSV, and the attachments that are data.
    fn data_files(&self, disclosure: &'a Disclosure) -> Result<Vec<DataFile<'static>>, Finding> {
        let mut files: Vec<DataFile<'static>> = disclosure
            .tables
            .iter()
            .filter(|table| self.site.downloads && table.amounts() > 0)
            .map(|table| self.data_file(disclosure.id, &table.form.id, table.form.title.get(self.lang)))
            .collect();
        if self.site.downloads && disclosure.facts.groups.iter().any(|group| !group.facts.is_empty()) {
            files.push(self.data_file(disclosure.id, "facts", self.word("other_figures")?));
        }
        let folder = self.routes.department.as_ref().map(|slug| format!("{slug}/")).unwrap_or_default();
        for file in self.attachments.iter().filter(|file| file.report == disclosure.id) {
            let name = file.path.strip_prefix("files/").unwrap_or(&file.path);
            let path = super::files::address(&format!("{folder}{}/{}", file.report, file.path));
            files.extend(media_type(name).map(|kind| (path, name.to_owned(), kind)));
        }
        Ok(files)
    }

    fn data_file(&self, report: ReportId, name: &str, title: &str) -> DataFile<'static> {
        (self.data_path(report, name), title.to_owned(), "text/csv")
    }

    /// The path of the figures of a table, or of the facts, as CSV.
    pub(super) fn data_path(&self, report: ReportId, name: &str) -> String {
        self.routes.file(self.lang, &format!("{report}/{name}.csv"))
    }

    /// The department's feed, if it has one.
    pub(super) fn feed(&self) -> Result<Option<Artifact>, Finding> {
        let Some((path, title)) = self.feed_link()? else { return Ok(None) };
        let reports: Vec<(ReportId, String)> = published(self.department);
        let home = self.routes.path(self.lang, Page::Home);
        let folder = self.routes.file(self.lang, "");
        let entries = entries(&self.department.name, &folder, &reports, self.theme, self.lang)?;
        Ok(web::feed(entries, &path, &home, &title, self.lang, self.site))
    }

    fn feed_link(&self) -> Result<Option<(String, String)>, Finding> {
        if self.site.base_url.is_none() || published(self.department).is_empty() {
            return Ok(None);
        }
        let title = [self.department.name.get(self.lang), self.word("colon")?, self.site.title.get(self.lang)];
        Ok(Some((self.routes.file(self.lang, "feed.xml"), title.concat())))
    }
}

/// The reports that say when they were published, each with that instant.
pub(super) fn published(department: &Department) -> Vec<(ReportId, String)> {
    let dated = |disclosure: &Disclosure| Some((disclosure.id, web::instant(disclosure)?));
    department.disclosures.iter().filter_map(dated).collect()
}

/// Reports of a department, whose pages are below `folder`, as a feed lists them.
pub(super) fn entries(
    department: &Text,
    folder: &str,
    reports: &[(ReportId, String)],
    theme: &Theme,
    lang: Lang,
) -> Result<Vec<Entry>, Finding> {
    let name = department.get(lang);
    reports
        .iter()
        .map(|(report, published)| {
            let title = report_name(theme, lang, *report)?;
            let subject = format!("{name}{}{title}", theme.word(lang, "list_separator")?);
            Ok(Entry {
                published: published.clone(),
                id: format!("{folder}{report}/report.html"),
                path: format!("{folder}{}/index.html", report.year),
                title: subject.clone(),
                summary: format!("{subject}{}{}", theme.word(lang, "colon")?, theme.word(lang, "year_description")?),
                author: name.clone(),
            })
        })
        .collect()
}

/// The site map of a department's pages.
pub(super) fn site_map(artifacts: &[Artifact], department: &Department, site: &SiteConfig) -> Option<Artifact> {
    let folder = department.slug.as_ref().map(|slug| format!("{slug}/")).unwrap_or_default();
    web::site_map(artifacts, format!("{folder}sitemap.xml"), &department.disclosures, site)
}
