//! The pages of the whole site: a portal's list of departments, its search, the assets.

use serde::Serialize;
use tera::Context;

use crate::check::Publishable;
use crate::diagnostics::Finding;
use crate::model::{Artifact, Lang, ReportId, Text};
use crate::parse::{Everyday, SiteConfig};

use super::super::routes::{language_folder, relative};
use super::super::search::{self as index, Vocabulary, vocabulary};
use super::super::theme::Theme;
use super::super::web::{self, Head, Place};
use super::not_found::not_found;
use super::{Link, MenuItem, machine, other_language, search, site_data};

/// What the portal's own pages need to know of a department: it is dropped after its pages are written.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Its folder, if it does not have the site to itself.
    pub slug: Option<String>,
    /// Its name.
    pub name: Text,
    /// Its years, newest first.
    pub years: Vec<YearSummary>,
    /// The reports that say when they were published, each with that instant.
    pub published: Vec<(ReportId, String)>,
    /// Its reports, newest first.
    pub reports: Vec<ReportId>,
    /// What can be found in it, where a portal has to know.
    pub vocabulary: Vocabulary,
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
    pub fn of(publishable: &Publishable, site: &SiteConfig, theme: &Theme) -> Self {
        let department = publishable.department();
        let mut years: Vec<YearSummary> = department
            .disclosures
            .iter()
            .map(|disclosure| YearSummary {
                year: disclosure.id.year,
                amounts: disclosure.tables.iter().map(crate::model::Table::amounts).sum(),
            })
            .collect();
        years.reverse();
        let searched = site.search && department.slug.is_some();
        Summary {
            slug: department.slug.clone(),
            name: department.name.clone(),
            years,
            published: machine::published(department),
            reports: department.disclosures.iter().rev().map(|disclosure| disclosure.id).collect(),
            vocabulary: if searched { vocabulary(publishable, theme) } else { Vocabulary::default() },
        }
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
pub(super) struct PortalPage<'a> {
    kind: &'a str,
    title: &'a str,
    head_title: &'a str,
    description: String,
    lang: &'a str,
    root: String,
    home: &'a str,
    search: &'a str,
    base_known: bool,
    alternate: AlternateData,
    head: String,
    large: String,
    crumbs: [Link; 0],
}

#[derive(Serialize)]
struct AlternateData {
    href: String,
    lang: &'static str,
    name: &'static str,
}

/// The site's own pages.
pub fn portal(
    summaries: &[Summary],
    site: &SiteConfig,
    everyday: &Everyday,
    theme: &Theme,
) -> Result<Vec<Artifact>, Finding> {
    let mut artifacts: Vec<Artifact> =
        theme.assets.iter().map(|asset| Artifact { path: asset.path.clone(), bytes: asset.bytes.clone() }).collect();
    for &lang in &site.languages {
        artifacts.push(not_found(site, theme, lang)?);
        if site.search {
            artifacts.push(index::everyday(everyday.0.get(lang), lang));
        }
        if is_portal(summaries) {
            artifacts.push(departments(summaries, site, theme, lang)?);
            artifacts.extend(search_page(summaries, site, theme, lang)?);
            artifacts.extend(feed(summaries, site, theme, lang)?);
        }
    }
    if is_portal(summaries) {
        let own = "sitemap-portal.xml".to_owned();
        artifacts.extend(web::site_map(&artifacts, own.clone(), &[], site));
        let slugs = summaries.iter().filter_map(|summary| summary.slug.as_ref());
        let maps: Vec<String> = std::iter::once(own).chain(slugs.map(|slug| format!("{slug}/sitemap.xml"))).collect();
        artifacts.extend(web::site_map_index(&maps, site));
    }
    artifacts.extend(web::robots(site));
    Ok(artifacts)
}

/// Whether departments share the site.
fn is_portal(summaries: &[Summary]) -> bool {
    summaries.iter().any(|summary| summary.slug.is_some())
}

/// The newest reports of all departments.
fn feed(summaries: &[Summary], site: &SiteConfig, theme: &Theme, lang: Lang) -> Result<Option<Artifact>, Finding> {
    let folder = folder(site, lang);
    let mut all = Vec::new();
    for summary in summaries {
        let below = format!("{folder}{}/", summary.slug.as_deref().unwrap_or_default());
        all.extend(machine::entries(&summary.name, &below, &summary.published, theme, lang)?);
    }
    let home = format!("{folder}index.html");
    Ok(web::feed(all, &format!("{folder}feed.xml"), &home, site.title.get(lang), lang, site))
}

pub(super) fn folder(site: &SiteConfig, lang: Lang) -> String {
    language_folder(&site.languages, lang)
}

/// A portal's list of departments.
fn departments(summaries: &[Summary], site: &SiteConfig, theme: &Theme, lang: Lang) -> Result<Artifact, Finding> {
    let dated = site.base_url.is_some() && summaries.iter().any(|summary| !summary.published.is_empty());
    let feed = dated.then(|| (format!("{}feed.xml", folder(site, lang)), site.title.get(lang).clone()));
    let mut context = frame(
        "portal",
        site.title.get(lang),
        about(summaries, "home_description", site, theme, lang)?,
        feed,
        site,
        theme,
        lang,
    )?;
    context.insert("intro", site.intro.get(lang));
    context.insert("departments", &listed(summaries, lang, "index.html"));
    let html = theme.render("portal.html", &context)?;
    Ok(Artifact { path: format!("{}index.html", folder(site, lang)), bytes: html.into_bytes() })
}

/// A portal's search, and the way to the site map of each department.
fn search_page(summaries: &[Summary], site: &SiteConfig, theme: &Theme, lang: Lang) -> Result<Vec<Artifact>, Finding> {
    let mut context = frame(
        "search",
        theme.word(lang, search::title(site))?,
        about(summaries, "search_description", site, theme, lang)?,
        None,
        site,
        theme,
        lang,
    )?;
    context.insert("searches", &site.search);
    context.insert("departments", &listed(summaries, lang, "search.html"));
    let html = theme.render("search.html", &context)?;
    let page = Artifact { path: format!("{}search.html", folder(site, lang)), bytes: html.into_bytes() };
    Ok(std::iter::once(page).chain(search::portal_index(summaries, site, lang)).collect())
}

/// `示例公开：4 个部门，2018—2020 年度；历年决算的表格、说明和名词解释`: what a portal has, and what a page has about it.
fn about(summaries: &[Summary], word: &str, site: &SiteConfig, theme: &Theme, lang: Lang) -> Result<String, Finding> {
    let years = || summaries.iter().flat_map(|summary| &summary.years).map(|year| year.year);
    let departments = summaries.len();
    let counted = theme.word(lang, if departments == 1 { "count_department" } else { "count_departments" })?;
    let (dash, comma) = if lang == Lang::Zh { ("—", "，") } else { ("–", ", ") };
    let span = match (years().min(), years().max()) {
        (Some(first), Some(last)) => {
            let last = if first == last { String::new() } else { format!("{dash}{last}") };
            let (before, behind) = (theme.word(lang, "year_prefix")?, theme.word(lang, "year_suffix")?);
            format!("{comma}{before}{first}{last}{behind}")
        }
        _ => String::new(),
    };
    let (title, colon, word) = (site.title.get(lang), theme.word(lang, "colon")?, theme.word(lang, word)?);
    let semicolon = if lang == Lang::Zh { "；" } else { "; " };
    Ok(format!("{title}{colon}{departments}{counted}{span}{semicolon}{word}"))
}

/// The departments with their years, each with the way to one of its pages.
fn listed(summaries: &[Summary], lang: Lang, file: &str) -> Vec<Listed> {
    let of = |summary: &Summary| {
        let slug = summary.slug.as_deref().unwrap_or_default();
        let year = |year: &YearSummary| Link::new(year.year.to_string(), format!("{slug}/{}/index.html", year.year));
        Listed {
            name: summary.name.get(lang).clone(),
            other: if lang == Lang::En { summary.name.zh.clone() } else { String::new() },
            href: format!("{slug}/{file}"),
            years: summary.years.iter().map(year).collect(),
        }
    };
    summaries.iter().map(of).collect()
}

/// What every page of a portal's own is given.
fn frame(
    kind: &str,
    title: &str,
    description: String,
    feed: Option<(String, String)>,
    site: &SiteConfig,
    theme: &Theme,
    lang: Lang,
) -> Result<Context, Finding> {
    let mut context = Context::new();
    let file = if kind == "search" { "search.html" } else { "index.html" };
    let mut page = page_data(kind, title, description, lang, site, file);
    page.head = Head {
        site,
        lang,
        path: &format!("{}{file}", folder(site, lang)),
        twin: &format!("{}{file}", folder(site, lang.other())),
        title: page.title,
        description: &page.description,
        department: site.department.get(lang),
        place: Place::Column,
        feed,
        graph: None,
    }
    .html();
    context.insert("page", &page);
    context.insert("site", &site_data(site, &site.department, &site.contact, theme, lang)?);
    context.insert("words", theme.words(lang));
    let menu = [("home", "index.html"), (search::name(site), "search.html")];
    let item = |(word, href): (&str, &str)| {
        Ok(MenuItem { name: theme.word(lang, word)?.to_owned(), href: href.to_owned(), current: href == file })
    };
    context.insert("menu", &menu.map(item).into_iter().collect::<Result<Vec<_>, Finding>>()?);
    Ok(context)
}

pub(super) fn page_data<'a>(
    kind: &'a str,
    title: &'a str,
    description: String,
    lang: Lang,
    site: &'a SiteConfig,
    file: &str,
) -> PortalPage<'a> {
    let (tag, name) = other_language(lang);
    let path = format!("{}{file}", folder(site, lang));
    PortalPage {
        kind,
        title,
        head_title: title,
        description,
        lang: lang.tag(),
        root: relative(&path, ""),
        home: "index.html",
        search: "search.html",
        base_known: site.base_url.is_some(),
        alternate: AlternateData {
            href: relative(&path, &format!("{}{file}", folder(site, lang.other()))),
            lang: tag,
            name,
        },
        head: String::new(),
        large: web::large_href(site, &path),
        crumbs: [],
    }
}
