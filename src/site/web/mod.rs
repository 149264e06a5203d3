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

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::diagnostics::Finding;
use crate::model::{Artifact, Disclosure, Lang};
use crate::parse::SiteConfig;

use super::html::escape;
use super::markup::{Piece, pieces};
use super::routes::{language_folder, relative};
use super::theme::Theme;
use policy::Seal;

pub(super) use fragment::{Section, article};
pub(super) use graph::{DataFile, Graph, Source, of_glossary, of_table, of_year};
pub(super) use labels::{Fact, footer_facts, information, instant};
pub(super) use listing::{Entry, feed, robots, site_map, site_map_index};

/// A rendered file as it is published: a page with its style sheets, its policy and, where the site has one, its large-type version.
///
/// The page is read once; what is made from it is made from its pieces.
pub fn finished(artifact: Artifact, site: &SiteConfig, theme: &Theme) -> Result<Vec<Artifact>, Vec<Finding>> {
    if !artifact.is_page() || artifact.path.starts_with("assets/") {
        return Ok(vec![artifact]);
    }
    let path = &artifact.path;
    let seal = |page: &[Piece<'_>]| match policy::seal(page) {
        Seal::Policy(at, policy) => Ok((at, policy)),
        Seal::NoHead => Err(vec![theme.no_head(path)]),
        Seal::Breaches(breaches) => Err(breaches.iter().map(|breach| theme.breach(breach, path)).collect()),
    };
    // A page is rendered as text; it is looked at once more, as bytes may be anything.
    let html =
        std::str::from_utf8(&artifact.bytes).map_or_else(|_| String::from_utf8_lossy(&artifact.bytes), Cow::Borrowed);
    let mut shelves = [Vec::new(), Vec::new()];
    let [shelf, added] = &mut shelves;
    let mut page = pieces(&html, shelf);
    let (place, links) = sheets::links(&page, &|sheet| theme.has_asset(sheet)).unwrap_or_default();
    let links = pieces(&links, added);
    let behind = place + 1;
    if !links.is_empty() {
        page.splice(behind..behind, links);
    }
    let (at, policy) = seal(&page)?;
    // Addresses in a style sheet inside the page are moved, and change its digest.
    let is_styled = page.iter().any(|piece| matches!(piece, Piece::Start(tag) if tag.name == "style"));
    let plain = is_styled.then(|| page.clone());
    insert(&mut page, at, &policy);
    let mut files = Vec::with_capacity(2);
    if site.large_type && large::is_doubled(path) {
        let other = site.languages[0].other();
        let in_other = path.starts_with(&language_folder(&site.languages, other));
        let language = if in_other { other } else { site.languages[0] };
        let back = theme.word(language, "standard_type").map_err(|finding| vec![finding])?;
        let mut twin = large::twin(plain.as_ref().unwrap_or(&page), path, back);
        if is_styled {
            let (at, policy) = seal(&pieces(&twin, &mut Vec::new()))?;
            twin.insert_str(at, &policy);
        }
        files.push(Artifact { path: format!("{}{path}", large::FOLDER), bytes: twin.into_bytes() });
    }
    let mut bytes = Vec::with_capacity(page.iter().map(|piece| piece.text().len()).sum());
    for piece in &page {
        bytes.extend_from_slice(piece.text().as_bytes());
    }
    files.push(Artifact { path: artifact.path, bytes });
    Ok(files)
}

/// Puts a line into a page, at a place that lies between two pieces or in a text.
fn insert<'a>(page: &mut Vec<Piece<'a>>, at: usize, line: &'a str) {
    let mut start = 0;
    for (index, piece) in page.iter().enumerate() {
        let inside = at - start;
        if inside == 0 {
            page.insert(index, Piece::Aside(line));
            return;
        }
        if let Piece::Text(text) = piece
            && inside < text.len()
        {
            let (before, behind) = text.split_at(inside);
            page.splice(index..=index, [Piece::Text(before), Piece::Aside(line), Piece::Text(behind)]);
            return;
        }
        start += piece.text().len();
    }
    page.push(Piece::Aside(line));
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
