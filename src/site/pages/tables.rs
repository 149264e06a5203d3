//! The pages of the tables: each with its charts, where it is quoted, how to cite it, and its figures to download.

use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Address, Artifact, Lang, Table};

use super::super::prose;
use super::super::routes::{Page, relative};
use super::super::{csv, table};
use super::files::FileData;
use super::order::Stop;
use super::{Book, Frame, Link, Mention, Uses, arithmetic};

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
    /// A figure of the table, named as a citation does, and its address: an example.
    figure: String,
    cell: String,
    source: String,
    published: String,
    digest: String,
    /// The document as it was signed and published.
    signed: Vec<FileData>,
}

impl<'a> Book<'a> {
    /// The tables.
    pub(super) fn tables(
        &'a self,
        index: usize,
        stops: &[Stop<'a>],
        uses: &mut Uses,
    ) -> Result<Vec<Artifact>, Finding> {
        let disclosure = &self.department.disclosures[index];
        let mut artifacts = Vec::new();
        for table in &disclosure.tables {
            let form = &*table.form;
            let page = Page::Table(disclosure.id, &form.id);
            let scope = self.scope(index, page);
            let html = table::form(table, table::Setting::Headed, &scope)?;
            scope.note_terms(form.title.get(self.lang));
            let mut charts = Vec::new();
            for chart in &disclosure.charts {
                if chart.is_of(&form.id) {
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
            self.neighbours(stops, page, &mut context);
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
        let text = match self.lang {
            // As it is read aloud and copied: between words and digits stands a space.
            Lang::Zh if report.starts_with(|c: char| c.is_ascii()) => format!("{department} {report}，{title}"),
            Lang::Zh => format!("{department}{report}，{title}"),
            Lang::En => format!("{department}. {report}. {title}"),
        };
        let first = first_figure(table).and_then(|address| disclosure.figure(&address).ok());
        let (figure, cell) = match first {
            Some(figure) => {
                // The table is named in front.
                let name = figure.name.get(self.lang);
                let name = name.strip_prefix(&format!("{} · ", table.form.short.get(self.lang))).unwrap_or(name);
                let said = arithmetic::with_unit(figure.amount, &figure.unit, self.lang);
                let figure_text = match self.lang {
                    Lang::Zh => format!("{text}，{name}：{said}"),
                    Lang::En => format!("{text}, {name}: {said}"),
                };
                (figure_text, format!("{address}#{}", figure.address))
            }
            None => (String::new(), String::new()),
        };
        Ok(Citation {
            figure,
            cell,
            text,
            address,
            source: disclosure.source.as_ref().map(|source| source.get(self.lang).clone()).unwrap_or_default(),
            published: disclosure.published.clone().unwrap_or_default(),
            digest: self.digests[index].to_string(),
            signed: self.files(disclosure, page).into_iter().filter(FileData::is_pdf).collect(),
        })
    }
}

/// The first amount of a table that is not zero, as an example of how to cite one; of a table of zeros the first.
fn first_figure(table: &Table) -> Option<Address> {
    let lanes = table.form.lanes.iter().zip(&table.lanes);
    let figures = || {
        lanes.clone().flat_map(|(lane, rows)| {
            rows.rows.iter().flat_map(move |row| {
                lane.leaves().into_iter().zip(&row.cells).filter_map(move |(leaf, cell)| {
                    let address = Address::cell(&table.form.id, row.id.as_ref()?, leaf.id);
                    Some((address, cell.amount()?))
                })
            })
        })
    };
    let first = figures().find(|(_, amount)| !amount.is_zero()).or_else(|| figures().next());
    first.map(|(address, _)| address)
}
