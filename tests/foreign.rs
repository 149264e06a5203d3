//! Reports that no rule was fitted to: three made-up departments, after the forms of a Shanghai district, of a municipal
//! finance bureau, and of a body without a year before. What is right in them is not reported; what
//! `tests/foreign/*.planted` makes wrong is, by its code.

mod common;

use common::Site;
use gongkai::diagnostics::{Finding, Severity};
use gongkai::pipeline;

const SITES: [&str; 3] = ["shanghai", "finance", "new-body"];

/// Something made wrong in a copy of a site.
struct Planted<'a> {
    /// What it is.
    name: &'a str,
    /// The code by which it must be found.
    code: &'a str,
    /// File, what stands there once, what is put in its place; `\n` stands for a line break.
    edits: Vec<(&'a str, String, String)>,
}

#[test]
fn what_is_right_is_not_reported() {
    for name in SITES {
        let site = Site::named(name);
        let findings = pipeline::check(site.folder()).findings;
        let said: Vec<String> =
            findings.iter().filter(|one| is_alarm(one)).map(|finding| format!("{finding:#?}")).collect();
        assert!(said.is_empty(), "{name}:\n{}", said.join("\n"));
        let pages = site.build();
        assert!(pages.contains_key("2024/final/checks.html"), "{name} has the page of its proof");
    }
}

#[test]
fn each_planted_contradiction_is_found_by_its_code() {
    let mut missed = Vec::new();
    let mut count = 0;
    for name in SITES {
        let path = common::repository().join(format!("tests/foreign/{name}.planted"));
        let text = String::from_utf8(common::read(&path)).expect("UTF-8");
        let sound = pipeline::check(Site::named(name).folder()).findings;
        for planted in planted(&text) {
            count += 1;
            let site = Site::named(name);
            for (path, old, new) in &planted.edits {
                site.edit(path, old, new);
            }
            let found = pipeline::check(site.folder()).findings;
            let times = |findings: &[Finding]| findings.iter().filter(|one| one.entry.code == planted.code).count();
            if times(&found) <= times(&sound) {
                let codes: Vec<&str> = found.iter().filter(|one| is_alarm(one)).map(|one| one.entry.code).collect();
                missed.push(format!("{name}: {} is not {}, but {codes:?}", planted.name, planted.code));
            }
        }
    }
    assert!(count >= 45, "only {count} contradictions are planted");
    assert!(missed.is_empty(), "{} of {count} are missed:\n{}", missed.len(), missed.join("\n"));
}

/// What is only worth knowing is no alarm.
fn is_alarm(finding: &Finding) -> bool {
    finding.entry.severity != Severity::Note
}

fn planted(text: &str) -> Vec<Planted<'_>> {
    let cases = text.split("\n\n").map(|case| {
        let mut lines = case.lines();
        let mut head = |mark: &str| {
            lines.next().and_then(|line| line.strip_prefix(mark)).unwrap_or_else(|| panic!("no `{mark}` in {case}"))
        };
        let mut planted = Planted { name: head("# "), code: head("expect "), edits: Vec::new() };
        let mut path = "";
        while let Some(line) = lines.next() {
            let Some(old) = line.strip_prefix('-') else {
                path = line;
                continue;
            };
            let new = lines.next().and_then(|line| line.strip_prefix('+')).unwrap_or_else(|| panic!("no + in {case}"));
            let broken = |text: &str| text.replace("\\n", "\n");
            planted.edits.push((path, broken(old), broken(new)));
        }
        assert!(!planted.edits.is_empty(), "nothing is planted by {case}");
        planted
    });
    cases.collect()
}
