//! What a page says to machines: labels of government websites, its own address and its twin's, structured data; and
//! what stands beside the pages for them: site map, feeds, robots.txt.
//!
//! An absolute address is written only where the site says where it is published (`base_url`), a label only where the
//! site gives its value, a date only where the report has one.

mod fragment;
mod graph;
mod labels;
mod large;
mod listing;
mod policy;
mod sheets;

use std::fmt::Write as _;

use crate::diagnostics::Finding;
use crate::model::{Artifact, Disclosure, Lang};
use crate::parse::SiteConfig;

use super::html::escape;
use super::routes::{language_folder, relative};
use super::theme::Theme;
use policy::Seal;

pub(super) use fragment::{Section, article};
pub(super) use graph::{DataFile, Graph, Source, of_glossary, of_table, of_year};
pub(super) use labels::{Fact, footer_facts, information, instant};
pub(super) use listing::{Entry, feed, robots, site_map, site_map_index};

/// A rendered file as it is published: a page with its style sheets, its policy and, where the site has one, its large-type version.
pub fn finished(artifact: Artifact, site: &SiteConfig, theme: &Theme) -> Result<Vec<Artifact>, Vec<Finding>> {
    if !artifact.is_page() || artifact.path.starts_with("assets/") {
        return Ok(vec![artifact]);
    }
    let page = sheets::linked(&String::from_utf8_lossy(&artifact.bytes), &|sheet| theme.has_asset(sheet));
    let sealed = |html: &str| match policy::sealed(html) {
        Seal::Sealed(page) => Ok(page.into_bytes()),
        Seal::NoHead => Err(vec![theme.no_head(&artifact.path)]),
        Seal::Breaches(breaches) => Err(breaches.iter().map(|breach| theme.breach(breach, &artifact.path)).collect()),
    };
    let mut files = Vec::with_capacity(2);
    if site.large_type && large::is_doubled(&artifact.path) {
        let other = site.languages[0].other();
        let in_other = artifact.path.starts_with(&language_folder(&site.languages, other));
        let language = if in_other { other } else { site.languages[0] };
        let back = theme.word(language, "standard_type").map_err(|finding| vec![finding])?;
        let bytes = sealed(&large::twin(&page, &artifact.path, back))?;
        files.push(Artifact { path: format!("{}{}", large::FOLDER, artifact.path), bytes });
    }
    let bytes = sealed(&page)?;
    files.push(Artifact { bytes, ..artifact });
    Ok(files)
}

/// The way from a page to its large-type version; empty where the site has none.
pub(super) fn large_href(site: &SiteConfig, path: &str) -> String {
    if site.large_type && large::is_doubled(path) {
        relative(path, &format!("{}{path}", large::FOLDER))
    } else {
        String::new()
    }
}

/// Where a page stands in the website: that decides its labels.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// A page that lists others (栏目页).
    Column,
    /// A page of one report (文章页).
    Article(&'a Disclosure),
}

/// What the head of a page is made from.
pub(super) struct Head<'a> {
    pub(super) site: &'a SiteConfig,
    pub(super) lang: Lang,
    /// The page's path from the site's root, and that of its twin in the other language.
    pub(super) path: &'a str,
    pub(super) twin: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// Whose page it is: the source of an article.
    pub(super) department: &'a str,
    pub(super) place: Place<'a>,
    /// The feed that lists the page's report, from the site's root.
    pub(super) feed: Option<(String, String)>,
    /// Structured data.
    pub(super) graph: Option<Graph>,
}

impl Head<'_> {
    /// The elements, for the `head` of the page.
    pub(super) fn html(&self) -> String {
        let mut html = String::new();
        for (name, content) in self.labels() {
            let _ = writeln!(html, "<meta name=\"{name}\" content=\"{}\">", escape(&content));
        }
        // A search engine takes whole addresses only; readers have the link of the header either way.
        if let Some(base) = &self.site.base_url {
            self.addresses(base, &mut html);
        }
        if let Some((path, title)) = &self.feed {
            let _ = writeln!(
                html,
                "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{}\" href=\"{}\">",
                escape(title),
                escape(&relative(self.path, path))
            );
        }
        if let Some(graph) = &self.graph {
            let _ = writeln!(html, "<script type=\"application/ld+json\">{}</script>", graph.json());
        }
        html.pop();
        html
    }

    /// The page's one address, its languages, and what a messenger shows of a link to it.
    fn addresses(&self, base: &str, html: &mut String) {
        let here = format!("{base}{}", self.path);
        let _ = writeln!(html, "<link rel=\"canonical\" href=\"{}\">", escape(&here));
        for (language, path) in languages(self.site, self.lang, self.path, self.twin) {
            let _ = writeln!(
                html,
                "<link rel=\"alternate\" hreflang=\"{language}\" href=\"{}\">",
                escape(&format!("{base}{path}"))
            );
        }
        let locale = |lang| if lang == Lang::Zh { "zh_CN" } else { "en_GB" };
        let published = match self.place {
            Place::Column => None,
            Place::Article(disclosure) => labels::day_or_instant(disclosure),
        };
        let properties = [
            ("og:type", if matches!(self.place, Place::Column) { "website" } else { "article" }),
            ("og:url", &here),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:site_name", self.site.title.get(self.lang)),
            ("og:locale", locale(self.lang)),
            ("og:locale:alternate", locale(self.lang.other())),
            ("article:published_time", published.as_deref().unwrap_or_default()),
        ];
        for (property, content) in properties.into_iter().filter(|(_, content)| !content.is_empty()) {
            let _ = writeln!(html, "<meta property=\"{property}\" content=\"{}\">", escape(content));
        }
    }
}

/// The paths of a page by language, with the one for readers of neither: the language at the root.
pub(super) fn languages<'a>(
    site: &SiteConfig,
    lang: Lang,
    path: &'a str,
    twin: &'a str,
) -> [(&'static str, &'a str); 3] {
    let root = if site.languages.first() == Some(&lang) { path } else { twin };
    [(lang.tag(), path), (lang.other().tag(), twin), ("x-default", root)]
}
