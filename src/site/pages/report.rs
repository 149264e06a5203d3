//! The whole report on one page, to be printed, and as one article for a content management system.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Artifact, Disclosure, GlossaryTerm, PartKind};

use super::super::html::escape;
use super::super::prose::{self, Headings};
use super::super::routes::Page;
use super::super::scope::Scope;
use super::super::{table, web};
use super::order::{Entry, contents};
use super::{Book, Frame, Mention};

/// A part on the one-page report.
#[derive(Serialize)]
struct Section {
    id: String,
    number_label: String,
    title: String,
    html: String,
}

#[derive(Serialize)]
struct Cover<'a> {
    department: &'a str,
    department_other: String,
    title: &'a str,
    year: u16,
}

impl<'a> Book<'a> {
    /// The whole report in the official order, to be printed.
    pub(super) fn whole_report(
        &'a self,
        index: usize,
        disclosure: &'a Disclosure,
    ) -> Result<(Artifact, Option<Artifact>), Finding> {
        let page = Page::Report(disclosure.id);
        let scope = self.scope(index, page);
        // A form that the narrative shows stands there, not among the tables.
        let embedded: BTreeSet<&str> = disclosure.parts.iter().flat_map(|part| part.embeds(self.lang)).collect();
        let mut sections = Vec::new();
        let mut toc = Vec::new();
        let mut spots = Vec::new();
        for (number, part) in disclosure.parts.iter().enumerate() {
            let id = format!("_part-{}", part.slug);
            let title = part.title.get(self.lang).clone();
            let number_label = self.part_label(number)?;
            let name = if number_label.is_empty() { title.clone() } else { format!("{number_label} {title}") };
            toc.push(Entry { id: id.clone(), name, level: 2 });
            let html = match &part.kind {
                PartKind::Narrative(text) => {
                    for entry in contents(&text.get(self.lang).pieces, Headings::Typed) {
                        if entry.level == 2 {
                            toc.push(Entry { id: format!("{}/{}", part.slug, entry.id), level: 3, ..entry });
                        }
                    }
                    prose::html(&text.get(self.lang).pieces, &scope, Headings::Below(&part.slug))?
                }
                PartKind::Tables => {
                    let mut html = String::new();
                    let source = self.source_line(index)?;
                    for table in disclosure.tables.iter().filter(|table| !embedded.contains(table.form.id.as_str())) {
                        let heading = format!("{}{}", self.table_label(table)?, table.form.title.get(self.lang));
                        let anchor = format!("_table-{}", table.form.id);
                        let _ = write!(
                            html,
                            "<section class=\"report-table\" aria-labelledby=\"{0}\">\n<h3 id=\"{0}\">{1}</h3>\n",
                            escape(&anchor),
                            escape(&heading)
                        );
                        html.push_str(&table::form(table, table::Setting::Headed, &scope)?);
                        html.push_str(&source);
                        html.push_str("</section>\n");
                        toc.push(Entry { id: anchor, name: heading, level: 3 });
                    }
                    html
                }
                PartKind::Glossary => self.glossary_in_order(&disclosure.glossary, &scope)?,
            };
            for spot in scope.spots.borrow()[spots.len()..].iter().cloned() {
                let place = format!("{number_label} {title}").trim_start().to_owned();
                spots.push((Mention { title: place, path: scope.path.clone() }, spot));
            }
            sections.push(Section { id, number_label, title, html });
        }
        let [contradictions, doubts] = self.accepted(index, &spots, &scope)?;
        for (entries, id, title, intro) in [
            (contradictions, "_accepted", "accepted_findings", "accepted_intro"),
            (doubts, "_doubts", "accepted_doubts", "accepted_doubts_intro"),
        ] {
            if entries.is_empty() {
                continue;
            }
            let (id, title) = (id.to_owned(), self.word(title)?.to_owned());
            toc.push(Entry { id: id.clone(), name: title.clone(), level: 2 });
            let html = super::accepted::annex(&entries, self.word(intro)?, &scope)?;
            sections.push(Section { id, number_label: String::new(), title, html });
        }
        let fragment = self.site.downloads.then(|| self.fragment(disclosure, &scope.path, &sections));
        let title = self.report_name(disclosure.id)?;
        let mut context = Context::new();
        context.insert(
            "cover",
            &Cover {
                department: self.department.name.get(self.lang),
                department_other: self.other(&self.department.name),
                title: &title,
                year: disclosure.id.year,
            },
        );
        context.insert("information", &web::information(disclosure, self.contact(), self.theme, self.lang)?);
        context.insert("toc", &toc);
        context.insert("sections", &sections);
        let report = self.render(
            &Frame {
                kind: "report",
                template: "report.html",
                description: self.described(disclosure, self.word("report_text")?)?,
                title,
                page,
                crumbs: vec![self.year_crumb(disclosure, page)?],
            },
            context,
        )?;
        Ok((report, fragment))
    }

    /// The whole report as one article for a content management system.
    fn fragment(&self, disclosure: &Disclosure, path: &str, sections: &[Section]) -> Artifact {
        let address = self.site.base_url.as_ref().map(|base| format!("{base}{path}"));
        let opening: Vec<&str> = self.site.notice.iter().map(|notice| notice.get(self.lang).as_str()).collect();
        let sections: Vec<web::Section<'_>> = sections
            .iter()
            .map(|section| web::Section {
                heading: format!("{} {}", section.number_label, section.title).trim_start().to_owned(),
                html: &section.html,
            })
            .collect();
        let article = web::article(&opening, &sections, self.lang, address.as_deref());
        let path = self.routes.file(self.lang, &format!("{}/report.fragment.html", disclosure.id));
        Artifact { path, bytes: article.into_bytes() }
    }

    /// What stands at the foot of each printed table: the document, and the digest of the report's figures.
    fn source_line(&self, index: usize) -> Result<String, Finding> {
        let colon = self.word("colon")?;
        let mut line = String::from("<p class=\"form-source\">");
        if let Some(source) = &self.department.disclosures[index].source {
            let (label, source) = (self.word("source_document")?, source.get(self.lang));
            let _ = write!(line, "{}{}<br>", escape(&format!("{label}{colon}")), escape(source));
        }
        let label = format!("{}{colon}", self.word("figures_digest")?);
        let _ = writeln!(line, "{}<span lang=\"zxx\">{}</span></p>", escape(&label), self.digests[index]);
        Ok(line)
    }

    fn glossary_in_order(&self, terms: &[GlossaryTerm], scope: &Scope<'_>) -> Result<String, Finding> {
        let separator = self.word("list_separator")?;
        let mut html = String::new();
        for term in terms {
            let level = if term.level > 1 { 4 } else { 3 };
            let name = term.names.get(self.lang).join(separator);
            let id = escape(&term.id);
            let _ = writeln!(html, "<h{level} id=\"glossary/{id}\">{}</h{level}>", escape(&name));
            html.push_str(&prose::html(&term.definition.get(self.lang).pieces, scope, Headings::Below("glossary"))?);
        }
        Ok(html)
    }
}
