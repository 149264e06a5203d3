//! The order of a report: its parts and tables as they are counted and named, what comes before and behind each page,
//! and the headings of prose.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Computed, Disclosure, Lang, PartKind, Piece, Table};

use super::super::prose::Headings;
use super::super::routes::Page;
use super::{Book, Link};

/// An entry of a page's table of contents.
#[derive(Serialize)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) level: usize,
}

/// A page of a report, with its title.
pub(super) type Stop<'a> = (Page<'a>, String);

impl<'a> Book<'a> {
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
            Lang::Zh => format!("{title}（{year} 年）"),
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
    pub(super) fn stops(&'a self, disclosure: &'a Disclosure) -> Result<Vec<Stop<'a>>, Finding> {
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

    pub(super) fn neighbours(&self, stops: &[Stop<'_>], page: Page<'_>, context: &mut Context) {
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
