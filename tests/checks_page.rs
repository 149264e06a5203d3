//! The page of checks: every tail has its arithmetic and its bound; a site may leave the page out, and then nothing leads to
//! it, and its tables mark their tails all the same.

mod common;

use common::html::Document;
use common::{SITE, Site, Tree, page, text};

/// The cells that a page marks as totals with a rounding tail.
fn marked(files: &Tree, path: &str) -> Vec<String> {
    let page = Document::parse(path, text(&files[path]));
    let cells = page.all().filter(|(_, element)| element.name == "td" && element.has_class("tail"));
    cells.map(|(_, element)| element.id().expect("an address").to_owned()).collect()
}

#[test]
fn every_tail_has_its_arithmetic_and_what_rounding_allows() {
    for (path, allows) in [("2019/final/checks.html", "四舍五入允许"), ("en/2019/final/checks.html", "rounding allows")]
    {
        let page = page(path);
        let items: Vec<String> =
            page.all().filter(|(_, element)| element.name == "li").map(|(handle, _)| page.text(handle)).collect();
        let tails: Vec<&String> = items.iter().filter(|item| item.contains('≈')).collect();
        assert!(tails.len() >= 13, "{path}: {} tails", tails.len());
        for tail in tails {
            assert!(tail.contains(allows), "{path}: {tail}");
        }
        // A tail of figures that are computed shows what from.
        assert!(items.iter().any(|item| item.contains('≈') && item.contains('÷')), "{path}");
    }
}

#[test]
fn the_page_can_be_left_out_and_tables_mark_their_tails_still() {
    let site = Site::copy();
    site.write("site.yaml", format!("{}checks: false\n", site.read("site.yaml")));
    let files = site.build();
    assert!(!files.keys().any(|path| path.contains("checks.")), "the page is not there");
    for (path, bytes) in &files {
        if let Ok(page) = std::str::from_utf8(bytes) {
            assert!(!page.contains("checks.html"), "{path} leads to it");
        }
    }
    let table = "2019/final/expenditure.html";
    assert_eq!(marked(&files, table), marked(&SITE, table));
    assert!(marked(&files, table).contains(&"expenditure/total/total".to_owned()));
}
