//! The pages of the whole site: a portal's list of departments, the answer to a wrong address, the assets.

use serde::Serialize;
use tera::Context;

use crate::diagnostics::Finding;
use crate::model::{Artifact, Department, Lang, Text};
use crate::parse::SiteConfig;

use super::super::routes::relative;
use super::super::theme::Theme;
use super::{Link, other_language, site_data};

/// What the portal's own pages need to know of a department: it is dropped after its pages are written.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Its folder, if it does not have the site to itself.
    pub slug: Option<String>,
    /// Its name.
    pub name: Text,
    /// Its years, newest first.
    pub years: Vec<YearSummary>,
}

/// A year of a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSummary {
    /// The year.
    pub year: u16,
    /// How many amounts its tables hold.
    pub amounts: usize,
}

impl Summary {
    /// The summary of a department.
    pub fn of(department: &Department) -> Self {
        let mut years: Vec<YearSummary> = department
            .disclosures
            .iter()
            .map(|disclosure| YearSummary {
                year: disclosure.id.year,
                amounts: disclosure.tables.iter().map(crate::model::Table::amounts).sum(),
            })
            .collect();
        years.reverse();
        Summary { slug: department.slug.clone(), name: department.name.clone(), years }
    }
}

#[derive(Serialize)]
struct Listed {
    name: String,
    other: String,
    href: String,
    years: Vec<Link>,
}

#[derive(Serialize)]
struct PortalPage<'a> {
    kind: &'a str,
    title: &'a str,
    head_title: &'a str,
    description: &'a str,
    lang: &'a str,
    root: String,
    home: &'a str,
    base_known: bool,
    alternate: AlternateData,
    crumbs: [Link; 0],
}

#[derive(Serialize)]
struct AlternateData {
    href: String,
    lang: &'static str,
    name: &'static str,
}

/// The site's own pages.
pub fn portal(summaries: &[Summary], site: &SiteConfig, theme: &Theme) -> Result<Vec<Artifact>, Finding> {
    let mut artifacts: Vec<Artifact> =
        theme.assets.iter().map(|asset| Artifact { path: asset.path.clone(), bytes: asset.bytes.clone() }).collect();
    for &lang in &site.languages {
        artifacts.push(not_found(site, theme, lang)?);
        if summaries.iter().any(|summary| summary.slug.is_some()) {
            artifacts.push(departments(summaries, site, theme, lang)?);
        }
    }
    Ok(artifacts)
}

fn folder(site: &SiteConfig, lang: Lang) -> String {
    if site.languages.first() == Some(&lang) { String::new() } else { format!("{}/", lang.code()) }
}

/// `404.html`: a server sends it for any address, so nothing in it is relative.
fn not_found(site: &SiteConfig, theme: &Theme, lang: Lang) -> Result<Artifact, Finding> {
    let folder = folder(site, lang);
    let title = theme.word(lang, "not_found_title")?;
    let mut context = Context::new();
    let home = site.base_url.as_ref().map(|base| format!("{base}{folder}index.html")).unwrap_or_default();
    context.insert("page", &page_data("not-found", title, lang, site, &folder));
    context.insert("site", &site_data(site, &site.department, lang));
    context.insert("words", theme.words(lang));
    context.insert("home_url", &home);
    let html = theme.render("not-found.html", &context)?;
    Ok(Artifact { path: format!("{folder}404.html"), bytes: html.into_bytes() })
}

/// A portal's list of departments.
fn departments(summaries: &[Summary], site: &SiteConfig, theme: &Theme, lang: Lang) -> Result<Artifact, Finding> {
    let folder = folder(site, lang);
    let listed: Vec<Listed> = summaries
        .iter()
        .map(|summary| {
            let slug = summary.slug.as_deref().unwrap_or_default();
            Listed {
                name: summary.name.get(lang).clone(),
                other: if lang == Lang::En { summary.name.zh.clone() } else { String::new() },
                href: format!("{slug}/index.html"),
                years: summary
                    .years
                    .iter()
                    .map(|year| Link::new(year.year.to_string(), format!("{slug}/{}/index.html", year.year)))
                    .collect(),
            }
        })
        .collect();
    let mut context = Context::new();
    context.insert("page", &page_data("portal", site.title.get(lang), lang, site, &folder));
    context.insert("site", &site_data(site, &site.department, lang));
    context.insert("words", theme.words(lang));
    context.insert("menu", &Vec::<Link>::new());
    context.insert("intro", site.intro.get(lang));
    context.insert("departments", &listed);
    let html = theme.render("portal.html", &context)?;
    Ok(Artifact { path: format!("{folder}index.html"), bytes: html.into_bytes() })
}

fn page_data<'a>(kind: &'a str, title: &'a str, lang: Lang, site: &'a SiteConfig, here: &str) -> PortalPage<'a> {
    let (tag, name) = other_language(lang);
    let file = if kind == "not-found" { "404.html" } else { "index.html" };
    let path = format!("{here}{file}");
    PortalPage {
        kind,
        title,
        head_title: title,
        description: "",
        lang: lang.tag(),
        root: relative(&path, ""),
        home: "index.html",
        base_known: site.base_url.is_some(),
        alternate: AlternateData {
            href: relative(&path, &format!("{}{file}", folder(site, lang.other()))),
            lang: tag,
            name,
        },
        crumbs: [],
    }
}
