//! The portal that gongkai is measured on (examples/corpus): it reconciles, and is what docs/benchmarks.md says it is.
//! Narrative that nothing was fitted to: two departments of it are proved here each time.

mod common;
#[path = "../examples/corpus/portal/mod.rs"]
mod portal;

use common::Site;
use gongkai::pipeline;

/// A portal of two departments and two years.
fn files() -> Vec<portal::File> {
    portal::site().into_iter().chain((1..=2).flat_map(|number| portal::department(number, 2))).collect()
}

#[test]
fn it_reconciles_but_for_tails_of_rounding() {
    let site = Site::empty();
    for (path, text) in files() {
        site.write(&path, text);
    }
    let outcome = pipeline::check(site.folder());
    let (tails, others): (Vec<_>, Vec<_>) =
        outcome.findings.iter().partition(|finding| finding.entry.code.ends_with("/tail"));
    assert!(others.is_empty(), "{others:#?}");
    assert!(tails.len() > 20, "amounts that are rounded leave tails: {}", tails.len());
    assert!(outcome.equations > 4 * 400, "{} equations", outcome.equations);
}

#[test]
fn a_wrong_amount_in_it_is_found() {
    let site = Site::empty();
    for (path, text) in files() {
        site.write(&path, text);
    }
    let path = "content/d001/2020/final/03-explanation.zh.md";
    let text = site.read(path);
    let (before, after) = text.split_once(" 万元，其中基本支出").expect("the sentence of shares");
    let (head, amount) = before.rsplit_once(' ').expect("an amount");
    site.write(path, format!("{head} 1{amount} 万元，其中基本支出{after}"));
    let outcome = pipeline::check(site.folder());
    let codes: Vec<&str> = outcome.findings.iter().map(|finding| finding.entry.code).collect();
    for code in ["text/percent", "text/unbacked", "translation/figures-differ"] {
        assert!(codes.contains(&code), "{code} is not among {codes:?}");
    }
}

#[test]
fn it_is_the_same_each_time_and_as_long_as_stated() {
    let files = files();
    assert_eq!(files, self::files());
    for report in ["content/d001/2019/final/", "content/d002/2020/final/"] {
        let narrative = files.iter().filter(|(path, _)| path.starts_with(report) && path.contains("final/0"));
        let (mut zh, mut en) = (0, 0);
        for (path, text) in narrative {
            let characters = if path.ends_with(".zh.md") { &mut zh } else { &mut en };
            *characters += printed(text);
        }
        assert!((2_700..3_300).contains(&zh), "{report}: {zh} characters in Chinese");
        assert!((6_000..8_000).contains(&en), "{report}: {en} characters in English");
    }
}

/// How many characters of a Markdown file are printed, without spaces: a figure in braces as ten, a heading's id as none.
fn printed(text: &str) -> usize {
    text.split_inclusive(['{', '}'])
        .map(|piece| match piece.strip_suffix('}') {
            Some(inside) if inside.starts_with('#') => 0,
            Some(_) => 10,
            None => piece.trim_end_matches('{').chars().filter(|c| !c.is_whitespace()).count(),
        })
        .sum()
}
