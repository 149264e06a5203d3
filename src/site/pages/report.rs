//! The pages of one report: its parts, its tables, its facts, and all of it on one page.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{
    Address, Artifact, Computed, Disclosure, FactGroup, GlossaryTerm, Lang, Localized, PartKind, Piece, ReportId, Table,
};

use super::super::html::escape;
use super::super::prose::{self, Headings};
use super::super::routes::{Page, relative};
use super::super::scope::Scope;
use super::super::{csv, table, web};
use super::files::FileData;
use super::{Book, Frame, Link, Mention, Uses};

/// An entry of a page's table of contents.
#[derive(Serialize)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) level: usize,
}

/// A part on the one-page report.
#[derive(Serialize)]
struct Section {
    id: String,
    number_label: String,
    title: String,
    html: String,
}

#[derive(Serialize)]
struct FormData {
    number_label: String,
    other_title: String,
    html: String,
    uses: Vec<Link>,
}

/// What a reader needs to cite a table.
#[derive(Serialize)]
struct Citation {
    text: String,
    address: String,
    /// The address of a figure of the table, as an example.
    cell: String,
    source: String,
    published: String,
    digest: String,
    /// The document as it was signed and published.
    signed: Vec<FileData>,
}

#[derive(Serialize)]
struct GroupLink<'a> {
    id: &'a str,
    name: &'a str,
    href: String,
}

#[derive(Serialize)]
struct GroupData {
    id: String,
    name: String,
    other: String,
    html: String,
}

impl<'a> Book<'a> {
    /// The tables.
    pub(super) fn tables(
        &'a self,
        index: usize,
        disclosure: &'a Disclosure,
        uses: &mut Uses,
    ) -> Result<Vec<Artifact>, Finding> {
        let mut artifacts = Vec::new();
        let stops = self.stops(disclosure)?;
        for table in &disclosure.tables {
            let form = &*table.form;
            let page = Page::Table(disclosure.id, &form.id);
            let scope = self.scope(index, page);
            let html = table::form(table, table::Setting::Headed, &scope)?;
            let mut charts = Vec::new();
            for chart in &disclosure.charts {
                let leads_here = chart.marks.first().is_some_and(|mark| mark.amount.figures[0].address.form == form.id);
                if leads_here {
                    charts.push(prose::chart(chart, &scope)?);
                }
            }
            let title = form.title.get(self.lang).clone();
            let short = format!("{}{}", self.table_label(table)?, form.short.get(self.lang));
            let mention = Mention { title: self.dated(disclosure, &short), path: scope.path.clone() };
            uses.note(&scope, &mention, &short);
            let named = uses.forms.get(&(disclosure.id, form.id.clone()));
            let mut quoting: Vec<&Mention> =
                named.into_iter().flatten().filter(|other| other.path != scope.path).collect();
            quoting.dedup();
            let terms: Vec<Link> = disclosure
                .glossary
                .iter()
                .filter(|term| scope.used.borrow().contains(&term.id))
                .map(|term| {
                    Link::new(&term.names.get(self.lang)[0], format!("{}#{}", scope.to(Page::Glossary), term.id))
                })
                .collect();
            let mut context = Context::new();
            context.insert(
                "form",
                &FormData {
                    number_label: self.table_label(table)?.trim_end().trim_end_matches(['：', ':']).to_owned(),
                    other_title: self.other(&form.title),
                    html,
                    uses: quoting
                        .iter()
                        .map(|other| Link::new(&other.title, relative(&scope.path, &other.path)))
                        .collect(),
                },
            );
            context.insert("cite", &self.citation(index, table, page)?);
            context.insert("charts", &charts);
            context.insert("terms", &terms);
            let mut files = Vec::new();
            if self.site.downloads
                && let Some(csv) = csv::table(table, self.theme, self.lang)?
            {
                let path = self.data_path(disclosure.id, &form.id);
                files.push(FileData::made(self.word("figures_csv")?, &path, csv.len(), &scope.path));
                artifacts.push(Artifact { path, bytes: csv.into_bytes() });
            }
            context.insert("files", &files);
            self.neighbours(&stops, page, &mut context);
            artifacts.push(self.render(
                &Frame {
                    kind: "table",
                    template: "table.html",
                    description: self.described(disclosure, &title)?,
                    title,
                    page,
                    crumbs: vec![self.year_crumb(disclosure, page)?],
                },
                context,
            )?);
        }
        Ok(artifacts)
    }

    fn citation(&self, index: usize, table: &Table, page: Page<'_>) -> Result<Citation, Finding> {
        let disclosure = &self.department.disclosures[index];
        let title = format!("{}{}", self.table_label(table)?, table.form.title.get(self.lang));
        let (department, report) = (self.department.name.get(self.lang), self.report_name(disclosure.id)?);
        let path = self.path(page);
        let address = self.site.base_url.as_ref().map_or_else(|| path.clone(), |base| format!("{base}{path}"));
        Ok(Citation {
            text: match self.lang {
                Lang::Zh => format!("{department}{report}，{title}"),
                Lang::En => format!("{department}. {report}. {title}"),
            },
            cell: first_cell(table).map(|cell| format!("{address}#{cell}")).unwrap_or_default(),
            address,
            source: disclosure.source.as_ref().map(|source| source.get(self.lang).clone()).unwrap_or_default(),
            published: disclosure.published.clone().unwrap_or_default(),
            digest: self.digests[index].to_string(),
            signed: self.files(disclosure, page).into_iter().filter(FileData::is_pdf).collect(),
        })
    }

    /// The figures that stand in no form, on as many pages as they need.
    pub(super) fn facts(&'a self, index: usize, disclosure: &'a Disclosure) -> Result<Vec<Artifact>, Finding> {
        let pages = self.fact_pages(disclosure)?;
        let mut artifacts = Vec::new();
        let mut csv_file = None;
        if self.site.downloads
            && let Some(csv) = csv::facts(disclosure, self.theme, self.lang)?
        {
            let path = self.data_path(disclosure.id, "facts");
            csv_file = Some((path.clone(), csv.len()));
            artifacts.push(Artifact { path, bytes: csv.into_bytes() });
        }
        for (page, title) in &pages {
            let scope = self.scope(index, *page);
            let mut groups = Vec::new();
            let mut toc = Vec::new();
            for group in &disclosure.facts.groups {
                let stands_on = self.routes.facts(disclosure.id, &group.id);
                let here = stands_on == *page;
                let name = group.name.get(self.lang);
                let folder = if here { String::new() } else { scope.to(stands_on) };
                // The first page has the anchors of all groups, wherever they went on.
                let moved = !here && *page == Page::Facts(disclosure.id);
                toc.push(GroupLink {
                    id: if moved { group.id.as_str() } else { "" },
                    name,
                    href: format!("{folder}#{}", group.id),
                });
                if here {
                    groups.push(GroupData {
                        id: group.id.clone(),
                        name: name.clone(),
                        other: self.other(&group.name),
                        html: facts_table(group, &scope)?,
                    });
                }
            }
            let mut context = Context::new();
            context.insert("groups", &groups);
            context.insert("toc", &toc);
            let name = self.word("figures_csv")?;
            let file = csv_file.iter().map(|(path, bytes)| FileData::made(name, path, *bytes, &scope.path));
            context.insert("files", &file.collect::<Vec<_>>());
            self.neighbours(&pages, *page, &mut context);
            artifacts.push(self.render(
                &Frame {
                    kind: "facts",
                    template: "facts.html",
                    description: self.described(disclosure, title)?,
                    title: title.clone(),
                    page: *page,
                    crumbs: vec![self.year_crumb(disclosure, *page)?],
                },
                context,
            )?);
        }
        Ok(artifacts)
    }

    /// The pages of the figures that stand in no form, with their titles.
    pub(super) fn fact_pages(&'a self, disclosure: &Disclosure) -> Result<Vec<(Page<'a>, String)>, Finding> {
        let name = self.word("other_figures")?;
        let later: Vec<&str> = self.routes.split.later_facts(disclosure.id).collect();
        let title = |number: usize| match (later.len(), self.lang) {
            (0, _) => name.to_owned(),
            (more, Lang::Zh) => format!("{name}（{number}/{}）", more + 1),
            (more, Lang::En) => format!("{name} ({number} of {})", more + 1),
        };
        let mut pages = vec![(Page::Facts(disclosure.id), title(1))];
        pages.extend(
            later.iter().zip(2..).map(|(group, number)| (Page::FactsFrom(disclosure.id, group), title(number))),
        );
        Ok(pages)
    }

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
        let accepted = self.contradictions(index, &spots, &scope)?;
        if !accepted.is_empty() {
            let (id, title) = ("_accepted".to_owned(), self.word("accepted_findings")?.to_owned());
            toc.push(Entry { id: id.clone(), name: title.clone(), level: 2 });
            let html = super::accepted::annex(&accepted, &scope)?;
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
        Artifact { path: self.fragment_path(disclosure.id), bytes: article.into_bytes() }
    }

    /// The path of [`Book::fragment`].
    pub(super) fn fragment_path(&self, report: ReportId) -> String {
        self.routes.file(self.lang, &format!("{report}/report.fragment.html"))
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

    /// `表 3：` or `Table 3: `, nothing for a form without a number.
    pub(super) fn table_label(&self, table: &Table) -> Result<String, Finding> {
        let Some(number) = table.form.number else { return Ok(String::new()) };
        Ok(format!("{} {number}{}", self.word("table_label")?, self.word("colon")?))
    }

    /// `第三部分` or `Part 3`.
    pub(super) fn part_label(&self, index: usize) -> Result<String, Finding> {
        const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let (prefix, suffix) = (self.word("part_label_prefix")?, self.word("part_label_suffix")?);
        Ok(match (self.lang, NUMERALS.get(index)) {
            (Lang::Zh, Some(numeral)) => format!("{prefix}{numeral}{suffix}"),
            _ => format!("{prefix} {}{suffix}", index + 1),
        })
    }

    /// A title with its year, where several years could be meant.
    pub(super) fn dated(&self, disclosure: &Disclosure, title: &str) -> String {
        let year = disclosure.id.year.to_string();
        if title.contains(&year) {
            return title.to_owned();
        }
        match self.lang {
            Lang::Zh => format!("{year} 年 {title}"),
            Lang::En => format!("{title} ({year})"),
        }
    }

    pub(super) fn described(&self, disclosure: &Disclosure, title: &str) -> Result<String, Finding> {
        let name = self.department.name.get(self.lang);
        let report = self.report_name(disclosure.id)?;
        Ok(match self.lang {
            Lang::Zh => format!("{name}{report}：{title}"),
            Lang::En => format!("{title}. {report}, {name}."),
        })
    }

    pub(super) fn year_crumb(&self, disclosure: &Disclosure, from: Page<'_>) -> Result<Link, Finding> {
        let year = Page::Year(disclosure.id.year);
        Ok(Link::new(self.report_name(disclosure.id)?, self.href(from, year)))
    }

    /// The pages of a report in reading order, for previous and next.
    pub(super) fn stops(&'a self, disclosure: &'a Disclosure) -> Result<Vec<(Page<'a>, String)>, Finding> {
        let mut stops = Vec::new();
        let embedded: BTreeSet<&str> = disclosure.parts.iter().flat_map(|part| part.embeds(self.lang)).collect();
        for part in &disclosure.parts {
            match part.kind {
                PartKind::Narrative(_) => {
                    stops.push((Page::Part(disclosure.id, &part.slug), part.title.get(self.lang).clone()));
                    stops.extend(self.sections(disclosure, part).into_iter().map(|(page, link)| (page, link.name)));
                    for table in &disclosure.tables {
                        if part.embeds(self.lang).contains(&table.form.id.as_str()) {
                            stops.push((
                                Page::Table(disclosure.id, &table.form.id),
                                table.form.title.get(self.lang).clone(),
                            ));
                        }
                    }
                }
                PartKind::Tables => {
                    for table in disclosure.tables.iter().filter(|table| !embedded.contains(table.form.id.as_str())) {
                        let name = format!("{}{}", self.table_label(table)?, table.form.title.get(self.lang));
                        stops.push((Page::Table(disclosure.id, &table.form.id), name));
                    }
                }
                PartKind::Glossary => stops.push((Page::Glossary, part.title.get(self.lang).clone())),
            }
        }
        Ok(stops)
    }

    pub(super) fn neighbours(&self, stops: &[(Page<'_>, String)], page: Page<'_>, context: &mut Context) {
        let at = stops.iter().position(|(stop, _)| *stop == page);
        let link = |index: Option<usize>| {
            index
                .and_then(|index| stops.get(index))
                .map_or_else(Link::none, |(stop, name)| Link::new(name, self.href(page, *stop)))
        };
        context.insert("previous", &link(at.and_then(|at| at.checked_sub(1))));
        context.insert("next", &link(at.map(|at| at + 1)));
    }
}

#[derive(Serialize)]
struct Cover<'a> {
    department: &'a str,
    department_other: String,
    title: &'a str,
    year: u16,
}

/// The first amount of a table that is not zero.
fn first_cell(table: &Table) -> Option<Address> {
    table.form.lanes.iter().zip(&table.lanes).find_map(|(lane, rows)| {
        rows.rows.iter().find_map(|row| {
            let mut cells = lane.leaves().into_iter().zip(&row.cells);
            let (leaf, _) = cells.find(|(_, cell)| cell.amount().is_some_and(|amount| !amount.is_zero()))?;
            Some(Address::cell(&table.form.id, row.id.as_ref()?, leaf.id))
        })
    })
}

/// The headings of prose, for its table of contents.
pub(super) fn contents(pieces: &[Piece<Computed>], headings: Headings<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut inside = false;
    for piece in pieces {
        let Piece::Markdown(event, _) = piece else { continue };
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                inside = true;
                let id = id.as_deref().unwrap_or_default().to_owned();
                entries.push(Entry { id, name: String::new(), level: headings.level(*level) });
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(text) | Event::Code(text) if inside => {
                if let Some(entry) = entries.last_mut() {
                    entry.name.push_str(text);
                }
            }
            _ => {}
        }
    }
    entries.retain(|entry| entry.level <= 3);
    entries
}

fn facts_table(group: &FactGroup, scope: &Scope<'_>) -> Result<String, Finding> {
    let lang = scope.lang;
    let remarks = group.facts.iter().any(|fact| fact.note.is_some() || fact.as_of.is_some());
    let mut html = format!(
        "<div class=\"lane\" tabindex=\"0\" role=\"region\" aria-labelledby=\"_cap-{0}\">\n<table class=\"data facts\">\n\
         <caption id=\"_cap-{0}\" class=\"visually-hidden\">{1}</caption>\n<thead><tr><th scope=\"col\" class=\"h-name\">{2}</th>\
         <th scope=\"col\" class=\"h-amount\">{3}</th><th scope=\"col\" class=\"h-unit\">{4}</th>",
        escape(&group.id),
        escape(group.name.get(lang)),
        escape(scope.word("item")?),
        escape(scope.word("value")?),
        escape(scope.word("unit")?),
    );
    if remarks {
        let _ = write!(html, "<th scope=\"col\" class=\"h-text\">{}</th>", escape(scope.word("remarks")?));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    let decimals = group.facts.iter().map(|fact| fact.value.decimals()).max().unwrap_or(0);
    let colon = scope.word("colon")?;
    for fact in &group.facts {
        let address = escape(&Address::cell(Address::FACTS, &group.id, &fact.id).to_string());
        let original = original(&fact.name, lang);
        let zero = if fact.value.is_zero() { " zero" } else { "" };
        // The stylesheet leaves room for the decimals that a figure lacks, so that the points stand below each other.
        let lacks = match fact.value.decimals() {
            own if own == decimals => String::new(),
            0 => format!(" lacks-point-{decimals}"),
            own => format!(" lacks-{}", decimals - own),
        };
        let _ = write!(
            html,
            "<tr><th scope=\"row\" class=\"name\">{}{original}</th><td class=\"amount{zero}{lacks}\" id=\"{address}\">{}</td><td class=\"unit\">{}</td>",
            escape(fact.name.get(lang)),
            table::digits(fact.value, None, lang),
            escape(&fact.unit.name(lang)),
        );
        if remarks {
            let as_of =
                fact.as_of.iter().map(|day| Ok(format!("{}{colon}{}", scope.word("date_as_of")?, day.get(lang))));
            let texts: Vec<String> =
                as_of.chain(fact.note.iter().map(|note| Ok(note.get(lang).clone()))).collect::<Result<_, Finding>>()?;
            let _ = write!(
                html,
                "<td class=\"text\">{}</td>",
                escape(&texts.join(if lang == Lang::Zh { "；" } else { "; " }))
            );
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    Ok(html)
}

fn original(name: &Localized<String>, lang: Lang) -> String {
    match lang {
        Lang::Zh => String::new(),
        Lang::En => format!(" <span class=\"original\" lang=\"zh-CN\">{}</span>", escape(&name.zh)),
    }
}
