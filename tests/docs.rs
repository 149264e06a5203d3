//! The page of findings is whole and true, in both languages: every code of the catalogue, every rule of the forms, the
//! shape of the JSON, and the example of an acceptance that the gallery runs.
#![allow(clippy::disallowed_methods, reason = "a test of the documents reads them")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gongkai::diagnostics::{Severity, catalogue};
use serde_json::Value;

use common::{Site, program, text};

/// The pages, with their words for a severity, for an example and for a remedy.
const PAGES: [(&str, [&str; 3], &str, &str); 2] = [
    ("docs/findings.md", ["error", "warning", "note"], "- Example: ", "- Remedy: "),
    ("docs/findings.zh.md", ["错误", "警告", "提示"], "- 例：", "- 改法："),
];

/// The numbers of the rules that are in use.
const NUMBERS: [std::ops::RangeInclusive<u8>; 4] = [1..=21, 30..=41, 50..=51, 60..=74];

#[test]
fn every_code_has_its_heading_and_no_heading_is_without_a_code() {
    for (page, severities, ..) in PAGES {
        let page_text = read(page);
        let headings: Vec<&str> = page_text.lines().filter_map(|line| line.strip_prefix("#### ")).collect();
        let codes = catalogue::ALL.iter().map(|entry| {
            let severity = match entry.severity {
                Severity::Error => severities[0],
                Severity::Warning => severities[1],
                Severity::Note => severities[2],
            };
            format!("`{}` · {severity}", entry.code)
        });
        let codes: Vec<String> = codes.collect();
        let missing: Vec<&String> = codes.iter().filter(|code| !headings.contains(&code.as_str())).collect();
        let unknown: Vec<&&str> =
            headings.iter().filter(|heading| !codes.iter().any(|code| code == *heading)).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{page}: write `#### ` headings for {missing:#?}; of no code: {unknown:#?}"
        );
        assert_eq!(headings, codes, "{page}: codes stand in the order of the catalogue, each once");
    }
}

#[test]
fn every_code_has_a_meaning_an_example_and_a_remedy() {
    for (page, _, example, remedy) in PAGES {
        for section in read(page).split("\n#### ").skip(1) {
            let mut lines = section.lines();
            let heading = lines.next().unwrap_or_default();
            let lines: Vec<&str> =
                lines.take_while(|line| !line.starts_with('#')).filter(|line| !line.is_empty()).collect();
            let [meaning, shown, mended] = lines[..] else { panic!("{page}, {heading}: three lines, not {lines:#?}") };
            assert!(!meaning.starts_with('-'), "{page}, {heading}: begin with the meaning");
            assert!(shown.len() > example.len() && shown.starts_with(example), "{page}, {heading}: {shown}");
            assert!(mended.len() > remedy.len() && mended.starts_with(remedy), "{page}, {heading}: {mended}");
        }
    }
}

#[test]
fn every_code_that_is_named_exists() {
    let families: BTreeSet<&str> = catalogue::ALL.iter().filter_map(|entry| entry.code.split('/').next()).collect();
    for (page, ..) in PAGES {
        for named in code(&read(page)) {
            let Some((family, name)) = named.split_once('/') else { continue };
            let like_a_code = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !name.is_empty();
            if families.contains(family) && like_a_code {
                assert!(catalogue::ALL.iter().any(|entry| entry.code == named), "{page} names {named}");
            }
        }
    }
}

#[test]
fn every_rule_is_in_the_table_and_says_where_it_is_computed_or_why_not() {
    let ids = rules();
    assert!(ids.len() >= 60, "only {} rules were read", ids.len());
    for (page, ..) in PAGES {
        let mut rows = BTreeMap::new();
        for line in read(page).lines().filter(|line| line.starts_with("| R")) {
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
            let [number, says, place] = &cells[..] else { panic!("{page}: three cells: {line}") };
            assert!(!says.is_empty() && !place.is_empty(), "{page}: {line}");
            assert!(rows.insert(number.clone(), place.clone()).is_none(), "{page}: {number} stands twice");
        }
        let numbers: BTreeSet<String> = NUMBERS.into_iter().flatten().map(|number| format!("R{number:02}")).collect();
        assert_eq!(rows.keys().cloned().collect::<BTreeSet<_>>(), numbers, "{page}");
        let mut named = BTreeSet::new();
        for (number, place) in &rows {
            for id in code(place).filter(|id| is_rule(id)) {
                assert_eq!(id.split('.').next(), Some(number.as_str()), "{page}: {id} belongs into its own row");
                named.insert(id.to_owned());
            }
        }
        assert_eq!(named, ids, "{page}: the rules of the form files, and those that the table names");
    }
}

#[test]
fn the_example_of_an_acceptance_is_the_one_of_the_gallery() {
    let report = read("tests/findings/accepted/site/content/2019/final/report.yaml");
    let accepted = &report[report.find("accepted:").expect("an acceptance")..];
    for (page, ..) in PAGES {
        assert!(read(page).contains(&format!("```yaml\n{accepted}```")), "{page}: copy the example again");
    }
}

#[test]
fn the_keys_of_the_json_are_those_that_the_program_writes() {
    let site = Site::small();
    let report = "content/2019/final/report.yaml";
    site.write(report, read(&format!("tests/findings/accepted/site/{report}")));
    site.edit("content/2019/final/tables/three-public.yaml", "决算数: [1.00,", "决算数: [1.10,");
    let output = program().args(["check", "--format", "json", "--site"]).arg(site.folder()).output().unwrap();
    let document: Value = serde_json::from_str(text(&output.stdout)).expect("JSON");
    assert_eq!(document["version"], 1);
    assert_eq!(document["errors"], 0);
    let finding = &document["findings"][0];
    assert_eq!(finding["accepted"]["visible"], "public");
    let mut written: BTreeSet<&str> = BTreeSet::new();
    assert_eq!(finding["address"], "three-public/actual/total");
    assert_eq!(finding["difference"], "0.10");
    for value in [&document, &document["reports"][0], finding, &finding["accepted"]] {
        written.extend(value.as_object().expect("an object").keys().map(String::as_str));
    }
    for (page, ..) in PAGES {
        let page_text = read(page);
        let section = page_text.split("\n## ").find(|section| section.starts_with("JSON\n")).expect("a section JSON");
        let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
        let keys: BTreeSet<&str> =
            rows.iter().flat_map(|row| code(row.split('|').nth(1).unwrap_or_default())).collect();
        let described: BTreeSet<&str> = rows.iter().flat_map(|row| code(row)).collect();
        let unsaid: Vec<_> = written.difference(&described).collect();
        let unknown: Vec<_> = keys.difference(&written).collect();
        assert!(unsaid.is_empty() && unknown.is_empty(), "{page}: does not say {unsaid:?}; {unknown:?} is not written");
    }
}

#[test]
fn links_within_the_pages_lead_to_their_headings() {
    for (page, ..) in PAGES {
        let page_text = read(page);
        let headings = page_text.lines().filter(|line| line.starts_with('#')).map(anchor);
        let headings: BTreeSet<String> = headings.collect();
        for link in page_text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if let Some(target) = link.strip_prefix('#') {
                assert!(headings.contains(target), "{page}: #{target}");
            }
        }
    }
}

/// The ids of all rules of the built-in and the local forms.
fn rules() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for folder in ["src/forms/sets", "content/forms"] {
        for bytes in common::tree(&common::repository().join(folder)).values() {
            let Some((_, rules)) = text(bytes).split_once("\nrules:\n") else { continue };
            ids.extend(rules.lines().filter_map(|line| line.strip_prefix("  - id: ")).map(str::to_owned));
        }
    }
    ids
}

fn is_rule(word: &str) -> bool {
    word.strip_prefix('R').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// What stands between backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The anchor that a heading gets where Markdown is shown: lower case, without punctuation, hyphens for spaces.
fn anchor(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(common::repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
