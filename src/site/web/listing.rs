//! Files beside the pages for machines that look for them: site maps, feeds, robots.txt. All need the site's address.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::{Artifact, Disclosure, Lang};
use crate::parse::{SiteConfig, host};

use super::super::html::escape;
use super::super::routes::language_folder;
use super::languages;

/// How many entries a feed has at most: the newest.
const MOST_ENTRIES: usize = 50;

/// A report as feeds list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// When it was published, as an instant.
    pub(crate) published: String,
    /// Its one-page text, which names it for good, from the site's root.
    pub(crate) id: String,
    /// The page of its year, from the site's root.
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) author: String,
}

/// The site map of the pages among `artifacts`, of one department or of the portal itself, in `path`.
///
/// A page is listed in both languages, with the day on which its report was published.
pub(crate) fn site_map(
    artifacts: &[Artifact],
    path: String,
    disclosures: &[Disclosure],
    site: &SiteConfig,
) -> Option<Artifact> {
    let base = site.base_url.as_ref()?;
    let pages: BTreeSet<&str> = artifacts
        .iter()
        .filter(|artifact| artifact.is_page() && !artifact.path.ends_with("404.html"))
        .map(|artifact| artifact.path.as_str())
        .collect();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let [root, other] = [site.languages[0], site.languages[0].other()];
    let folder = language_folder(&site.languages, other);
    for page in &pages {
        let (lang, twin) = match page.strip_prefix(folder.as_str()) {
            Some(twin) => (other, twin.to_owned()),
            None => (root, format!("{folder}{page}")),
        };
        let _ = write!(xml, "<url><loc>{}</loc>", escape(&format!("{base}{page}")));
        if pages.contains(twin.as_str()) {
            for (language, path) in languages(site, lang, page, &twin) {
                let href = escape(&format!("{base}{path}"));
                let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{href}\"/>");
            }
        }
        let of = |disclosure: &&Disclosure| {
            let (report, year) = (format!("/{}/", disclosure.id), format!("/{}/index.html", disclosure.id.year));
            let page = format!("/{page}");
            page.contains(&report) || page.ends_with(&year)
        };
        if let Some(day) = disclosures.iter().filter(of).filter_map(|disclosure| disclosure.published.as_ref()).max() {
            let _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    Some(Artifact { path, bytes: xml.into_bytes() })
}

/// A site map of site maps: a portal's, whose departments each have their own.
pub(crate) fn site_map_index(paths: &[String], site: &SiteConfig) -> Option<Artifact> {
    let base = site.base_url.as_ref()?;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in paths {
        let _ = writeln!(xml, "<sitemap><loc>{}</loc></sitemap>", escape(&format!("{base}{path}")));
    }
    xml.push_str("</sitemapindex>\n");
    Some(Artifact { path: "sitemap.xml".to_owned(), bytes: xml.into_bytes() })
}

/// A feed (Atom) of the newest reports; nothing if none says when it was published.
pub(crate) fn feed(
    mut entries: Vec<Entry>,
    path: &str,
    home: &str,
    title: &str,
    lang: Lang,
    site: &SiteConfig,
) -> Option<Artifact> {
    let base = site.base_url.as_ref()?;
    entries.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.id.cmp(&b.id)));
    entries.truncate(MOST_ENTRIES);
    let updated = &entries.first()?.published;
    let address = |path: &str| escape(&format!("{base}{path}"));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{1}</id>\n<title>{2}</title>\n<updated>{updated}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{1}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{3}\"/>\n",
        lang.tag(),
        address(path),
        escape(title),
        address(home),
    );
    for entry in &entries {
        let _ = write!(
            xml,
            "<entry>\n<id>{0}</id>\n<title>{1}</title>\n<updated>{2}</updated>\n<published>{2}</published>\n\
             <author><name>{3}</name></author>\n<link rel=\"alternate\" type=\"text/html\" href=\"{5}\"/>\n\
             <summary>{4}</summary>\n</entry>\n",
            address(&entry.id),
            escape(&entry.title),
            entry.published,
            escape(&entry.author),
            escape(&entry.summary),
            address(&entry.path),
        );
    }
    xml.push_str("</feed>\n");
    Some(Artifact { path: path.to_owned(), bytes: xml.into_bytes() })
}

/// `robots.txt`: everything may be read. Robots ask for it at the root of the host only; below that it is a text to copy.
pub(crate) fn robots(site: &SiteConfig) -> Option<Artifact> {
    let base = site.base_url.as_ref()?;
    let at_root = base.split_once("://").is_some_and(|(_, rest)| rest.find('/') == Some(rest.len() - 1));
    let hint = match host(base) {
        Some(host) if !at_root => {
            format!(
                "# 搜索引擎只读 {host} 根目录下的 robots.txt；请把 Sitemap 一行加进那里的 robots.txt。\n\
                 # Robots read this only at the root of {host}. Add the line that begins with Sitemap to the robots.txt there.\n"
            )
        }
        _ => String::new(),
    };
    let text = format!("{hint}User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n");
    Some(Artifact { path: "robots.txt".to_owned(), bytes: text.into_bytes() })
}
