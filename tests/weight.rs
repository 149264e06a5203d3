//! What a reader on a slow line pays for: pages, style and script, as they lie on the server, before any compression.
//!
//! Beyond weight, a page that was split must still be found: every address that it had leads on.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::html::Document;
use common::{SITE, Site, text};

/// Bytes of HTML a page may have.
const PAGE: usize = 40 * 1024;

/// Bytes of the style sheets that a page loads, taken together.
const STYLE: usize = 20 * 1024;

/// Bytes of script that pages load, those of the search apart.
const SCRIPT: usize = 15 * 1024;

/// Bytes of the script of the search, which only its page loads.
const SEARCH: usize = 35 * 1024;

/// Pages that hold a whole report by their nature, by their name: they are opened on purpose, once. Part 4 is free, too.
const WHOLE: [&str; 5] = ["report.html", "report.fragment.html", "checks.html", "search.html", "matrix.html"];

fn is_whole(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    WHOLE.contains(&name) || name.starts_with("performance-review.")
}

/// The published files of a kind, with their size.
fn files(extension: &str) -> impl Iterator<Item = (&'static str, usize)> {
    SITE.iter().filter(move |(path, _)| is_of(path, extension)).map(|(path, bytes)| (path.as_str(), bytes.len()))
}

fn is_of(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

fn is_named(path: &str, name: &str) -> bool {
    path.rsplit('/').next() == Some(name)
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
fn the_style_of_a_page_is_light() {
    let classic = Site::copy();
    classic.edit("site.yaml", "theme: default", "theme: classic");
    let mut wrong = Vec::new();
    for (theme, files) in [("default", &*SITE), ("classic", &classic.build())] {
        let mut heaviest = 0;
        for (path, bytes) in files.iter().filter(|(path, _)| is_of(path, "html")) {
            // The answer to a wrong address and what is pasted elsewhere load nothing.
            let sheets = sheets(path, text(bytes));
            let sizes =
                sheets.iter().map(|sheet| files.get(sheet).unwrap_or_else(|| panic!("{path}: no {sheet}")).len());
            let sum: usize = sizes.sum();
            heaviest = heaviest.max(sum);
            if sum > STYLE && !is_named(path, "report.html") {
                wrong.push(format!("{theme}, {path}: {sum} bytes of at most {STYLE} in {sheets:?}"));
            }
        }
        assert!(heaviest > STYLE / 2, "{theme}: no page loads more than {heaviest} bytes of style");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The style sheets that a page links, from the site's root.
fn sheets(path: &str, html: &str) -> Vec<String> {
    let page = Document::parse(path, html);
    let linked = page.all().filter(|(_, element)| element.attribute("rel") == Some("stylesheet"));
    let hrefs = linked.map(|(_, element)| element.attribute("href").expect("an address"));
    hrefs.map(|href| href.trim_start_matches("../").to_owned()).collect()
}

/// Rules of `rows.css` for what other forms have as well, and which only its own forms need: how figures pass below the
/// names of rows, and how small they are in large type where there are many in a row.
const OF_ROWS_ALONE: [&[&str]; 2] = [&["lane", "amount"], &["large", "data"]];

/// A rule reaches a page only if its sheet is loaded there.
#[test]
fn what_stands_on_a_page_has_the_sheet_with_its_rules() {
    let rules: Vec<(&str, Vec<Selector>)> = SITE
        .iter()
        .filter(|(path, _)| path.starts_with("assets/") && is_of(path, "css"))
        .map(|(path, css)| (path.as_str(), selectors(text(css))))
        .collect();
    assert!(rules.len() >= 10 && rules.iter().map(|(_, rules)| rules.len()).sum::<usize>() > 200);
    let mut wrong = BTreeSet::new();
    for (path, bytes) in SITE.iter().filter(|(path, _)| is_of(path, "html")) {
        let loaded = sheets(path, text(bytes));
        // The answer to a wrong address and what is pasted elsewhere load nothing.
        if loaded.is_empty() {
            continue;
        }
        let page = Document::parse(path, text(bytes));
        for (sheet, rules) in rules.iter().filter(|(sheet, _)| !loaded.iter().any(|known| known == sheet)) {
            let reaches = rules.iter().filter(|selector| {
                let [around @ .., subject] = &selector[..] else { return false };
                page.all().any(|(handle, element)| {
                    subject.iter().all(|class| element.has_class(class))
                        && around.iter().all(|classes| {
                            page.line(handle).any(|(_, outer)| classes.iter().all(|class| outer.has_class(class)))
                        })
                })
            });
            let alone = |selector: &Selector| *sheet == "assets/rows.css" && OF_ROWS_ALONE.contains(&&*flat(selector));
            wrong.extend(reaches.filter(|selector| !alone(selector)).map(|selector| format!("{sheet}: {selector:?}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The classes of an element and of those that it must lie in, from the outermost: `.lane .data` has two.
type Selector = Vec<Vec<String>>;

fn flat(selector: &Selector) -> Vec<&str> {
    selector.iter().flatten().map(String::as_str).collect()
}

/// The selectors of a style sheet that consist of classes and no more, as those of most rules do.
fn selectors(css: &str) -> Vec<Selector> {
    let class = |text: &str| -> Option<Vec<String>> {
        let names = text.strip_prefix('.')?.split('.');
        let is_name =
            |name: &str| name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || c == '-');
        names.map(|name| is_name(name).then(|| name.to_owned())).collect()
    };
    let before_braces = css.split('{').map(|piece| piece.rsplit(['}', ';']).next().unwrap_or_default());
    // A comma in brackets would part one selector in two.
    let lists = before_braces.filter(|list| !list.contains('(')).flat_map(|list| list.split(','));
    lists.filter_map(|one| one.split([' ', '>', '\n']).filter(|part| !part.is_empty()).map(class).collect()).collect()
}

#[test]
fn script_is_light() {
    let bytes: usize = files("js").filter(|(path, _)| !path.contains("search")).map(|(_, bytes)| bytes).sum();
    assert!(bytes <= SCRIPT, "{bytes} bytes of script");
    let search = SITE["assets/search.js"].len();
    assert!(search <= SEARCH, "{search} bytes of script for the search");
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
