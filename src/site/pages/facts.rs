//! The figures that stand in no form, on as many pages as they need.

use std::fmt::Write as _;

use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Address, Artifact, Disclosure, FactGroup, Lang, Localized};

use super::super::html::escape;
use super::super::routes::Page;
use super::super::scope::Scope;
use super::super::{csv, table};
use super::files::FileData;
use super::order::Stop;
use super::{Book, Frame};

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
    pub(super) fn fact_pages(&'a self, disclosure: &Disclosure) -> Result<Vec<Stop<'a>>, Finding> {
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
            "<tr><th scope=\"row\" class=\"name\">{}{original}</th><td class=\"amount{zero}{lacks}\" id=\"{address}\">{}</td><td class=\"unit\">{}{}</td>",
            escape(fact.name.get(lang)),
            table::digits(fact.value, None, lang),
            escape(&fact.unit.name(lang)),
            // Behind the unit, so that the points of the figures stay below each other.
            table::sic(Address::FACTS, &group.id, &fact.id, scope),
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
