//! What a reader on a slow line pays for: pages, style and script, as they lie on the server, before any compression.
//!
//! Beyond weight, a page that was split must still be found: every address that it had leads on.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::SITE;
use common::html::Document;

/// Bytes of HTML a page may have.
const PAGE: usize = 40 * 1024;

/// Bytes of the style sheet that every page loads.
const STYLE: usize = 20 * 1024;

/// Bytes of script that pages load, those of the search apart.
const SCRIPT: usize = 15 * 1024;

/// Pages that hold a whole report by their nature, by their name: they are opened on purpose, once. Part 4 is free, too.
const WHOLE: [&str; 5] = ["report.html", "report.fragment.html", "checks.html", "search.html", "matrix.html"];

fn is_whole(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    WHOLE.contains(&name) || name.starts_with("performance-review.")
}

/// The published files of a kind, with their size.
fn files(extension: &str) -> impl Iterator<Item = (&'static str, usize)> {
    let of_kind = move |path: &str| Path::new(path).extension().is_some_and(|found| found == extension);
    SITE.iter().filter(move |(path, _)| of_kind(path)).map(|(path, bytes)| (path.as_str(), bytes.len()))
}

#[test]
fn a_page_is_light() {
    let mut wrong = Vec::new();
    let pages: BTreeMap<&str, usize> = files("html").collect();
    let free = pages.keys().filter(|path| is_whole(path)).count();
    assert!(pages.len() > 40 && free < pages.len() / 3, "{free} of {} pages may be heavy", pages.len());
    for (path, bytes) in pages {
        if bytes > PAGE && !is_whole(path) {
            wrong.push(format!("{path}: {bytes} bytes of at most {PAGE}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn style_and_script_are_light() {
    assert!(files("css").count() > 0);
    for (path, bytes) in files("css") {
        assert!(bytes <= STYLE, "{path}: {bytes} bytes of at most {STYLE}");
    }
    let bytes: usize = files("js").filter(|(path, _)| !path.contains("search")).map(|(_, bytes)| bytes).sum();
    assert!(bytes <= SCRIPT, "{bytes} bytes of script");
}

/// The page of a part that is split has the ids of all headings of its sections, and each leads to its section.
#[test]
fn what_stood_on_one_page_is_found_from_it() {
    let pages = common::pages();
    let mut split = BTreeSet::new();
    for (path, section) in &pages {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        let [first, _, "html"] = name.split('.').collect::<Vec<_>>()[..] else { continue };
        let from = format!("{folder}/{first}.html");
        let Some(page) = pages.get(from.as_str()) else { continue };
        split.insert(from.clone());
        let here = ids(page);
        for (handle, element) in section.all().filter(|(_, element)| matches!(element.name.as_str(), "h2" | "section"))
        {
            let Some(id) = element.id().filter(|id| !id.starts_with('_')) else { continue };
            assert!(here.contains(id), "{from} has no #{id}, which stands in {path}");
            let leads = page.all().any(|(_, link)| link.attribute("href") == Some(&format!("{name}#{id}")));
            assert!(leads, "{from} does not lead to {name}#{id}: {}", section.text(handle));
        }
    }
    assert!(split.len() >= 4, "{split:?}");
}

fn ids(page: &Document) -> BTreeSet<&str> {
    page.all().filter_map(|(_, element)| element.id()).collect()
}
