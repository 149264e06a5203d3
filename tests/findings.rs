//! The error gallery: each folder of `tests/findings` is a sound site with one kind of bad input. What the program
//! says, in Chinese and in English, is kept in `output.txt`; what was published before must stay as it was.
//!
//! The sound site is `tests/sites/small`, or the one that the folder's file `base` names. Its files are replaced by those
//! in `site/`, those listed in `remove` go, and `change` changes single lines: a path, then pairs of `-` and `+`. A file
//! `command` names another command than `build`, for what a build does not say.
//!
//! `UPDATE_FINDINGS=1 cargo test --test findings` writes the outputs anew, `UPDATE_FINDINGS=theme-` only those of folders
//! that begin so; read the difference before you keep it.
#![allow(clippy::disallowed_methods, reason = "a test makes and breaks sites")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Spoils a site.
type Make = fn(&Path);

/// What cannot be stored as a file of the repository is made here.
const MADE: &[(&str, Make)] = &[
    ("encoding-gbk", |site| {
        // 示例局概况 in GBK.
        let gbk = b"# \xca\xbe\xc0\xfd\xbe\xd6\xb8\xc5\xbf\xf6 {#top}\n\n\xb1\xbe\xc4\xea\xd6\xa7\xb3\xf6\n";
        fs::write(site.join("content/2019/final/01-overview.zh.md"), gbk).unwrap();
    }),
    ("encoding-broken", |site| {
        fs::write(site.join("content/2019/final/facts.yaml"), b"vehicles:\n  name: \xff\xfe\x00\n").unwrap();
    }),
    ("file-too-large", |site| {
        fs::write(site.join("content/2019/final/facts.yaml"), "# x\n".repeat(1_200_000)).unwrap();
    }),
    ("nesting-without-end", |site| {
        fs::write(site.join("content/2019/final/facts.yaml"), format!("a: {}\n", "[".repeat(100_000))).unwrap();
    }),
    #[cfg(unix)]
    ("link-outside", |site| {
        let outside = site.parent().unwrap().join("outside.yaml");
        fs::write(&outside, "secret: 1\n").unwrap();
        let facts = site.join("content/2019/final/facts.yaml");
        fs::remove_file(&facts).unwrap();
        std::os::unix::fs::symlink("../../../../outside.yaml", &facts).unwrap();
    }),
];

#[test]
fn each_mistake_is_said_in_both_languages_and_changes_nothing() {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    let mut names: Vec<String> =
        fs::read_dir(&gallery).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for (name, _) in MADE {
        assert!(names.iter().any(|known| known == name), "tests/findings/{name}/output.txt is missing");
    }
    let update = std::env::var("UPDATE_FINDINGS").ok();
    if let Some(prefix) = update.as_deref().filter(|prefix| *prefix != "1") {
        names.retain(|name| name.starts_with(prefix));
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut differing = Vec::new();
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            let case = gallery.join(name);
            let said = said_about(&case, name);
            let expected = case.join("output.txt");
            if update.is_some() {
                fs::write(&expected, &said).unwrap();
            } else if fs::read_to_string(&expected).unwrap_or_default() != said {
                differing.push(format!("=== {name}\n{said}"));
            }
        }
        differing
    };
    let mut differing: Vec<String> = std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    differing.sort();
    assert!(differing.is_empty(), "{} of {} differ:\n{}", differing.len(), names.len(), differing.join("\n"));
}

/// Folders are named after the rule: `rule-r08-2`, and `rule-r09-cn-2020` where a set words a rule of that number anew.
#[test]
fn every_rule_has_a_site_that_fails_by_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut missing = Vec::new();
    for folder in ["src/forms/sets", "content/forms"] {
        for (path, bytes) in files(&root.join(folder)) {
            for (id, equation) in rules_of(std::str::from_utf8(&bytes).unwrap()) {
                let known = rules.entry(id.clone()).or_default();
                let set = path.split_once('/').map_or("local", |(set, _)| set);
                let again = if known.is_empty() { String::new() } else { format!("-{set}") };
                if !known.insert(equation) {
                    continue;
                }
                let name = format!("rule-{}{again}", id.to_lowercase().replace('.', "-"));
                let output = root.join("tests/findings").join(&name).join("output.txt");
                let said = fs::read_to_string(output).unwrap_or_default();
                // In both languages, and not only as a rounding tail.
                let named = said.lines().filter(|line| line.contains(&format!("]: {id} ")));
                if named.filter(|line| !line.starts_with("note") && !line.starts_with("提示")).count() < 2 {
                    missing.push(format!("{path}: {id} is not said in tests/findings/{name}/output.txt"));
                }
            }
        }
    }
    assert!(rules.len() >= 60, "only {} rules were read", rules.len());
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_local_form_of_the_full_site_is_that_of_this_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(files(&root.join("tests/sites/full/content/forms")) == files(&root.join("content/forms")), "copy it again");
}

#[test]
fn a_byte_order_mark_and_crlf_are_no_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let site = sound_site(folder.path(), "small");
    let (_, before) = build(&site, "en");
    for path in files(&site).keys().filter(|path| !path.starts_with("output/")) {
        let text = fs::read_to_string(site.join(path)).unwrap();
        fs::write(site.join(path), format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
    }
    let sums = fs::read(site.join("output/SHA256SUMS")).unwrap();
    let (code, said) = build(&site, "en");
    assert_eq!((before, code), (String::new(), 0), "{said}");
    assert_eq!(fs::read(site.join("output/SHA256SUMS")).unwrap(), sums, "the pages are the same");
}

/// The rules of a form file: their ids, each with what makes its equation.
fn rules_of(form: &str) -> Vec<(String, String)> {
    let Some((_, rules)) = form.split_once("\nrules:\n") else { return Vec::new() };
    let rules = rules.split("  - id: ").skip(1).map(|rule| {
        let (id, lines) = rule.split_once('\n').unwrap();
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("name:"));
        (id.trim().to_owned(), lines.collect::<Vec<_>>().join(" "))
    });
    rules.collect()
}

/// Builds a sound site, spoils it, builds again in both languages.
fn said_about(case: &Path, name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let base = fs::read_to_string(case.join("base")).unwrap_or_else(|_| "small".to_owned());
    let site = sound_site(folder.path(), base.trim());
    let (code, said) = build(&site, "en");
    assert_eq!((code, said.as_str()), (0, ""), "tests/sites/{base} has findings of its own");
    let published = files(&site.join("output"));
    copy(&case.join("site"), &site);
    for path in fs::read_to_string(case.join("remove")).unwrap_or_default().lines() {
        fs::remove_file(site.join(path)).unwrap();
    }
    change(&site, &fs::read_to_string(case.join("change")).unwrap_or_default());
    if let Some((_, make)) = MADE.iter().find(|(made, _)| *made == name) {
        make(&site);
    }
    let command = fs::read_to_string(case.join("command")).unwrap_or_else(|_| "build".to_owned());
    let mut said = String::new();
    for lang in ["zh", "en"] {
        let (code, words) = run(&site, command.trim(), lang);
        writeln!(said, "$ gongkai {} --lang {lang}\n{words}exit {code}\n", command.trim()).unwrap();
        let warning_only = code == 0;
        let unchanged = files(&site.join("output")) == published;
        assert!(unchanged || warning_only, "{name}: output/ changed although the build failed");
    }
    said
}

/// Changes lines of a site's files; each old line must stand there once.
fn change(site: &Path, change: &str) {
    let mut path = None;
    let mut lines = change.lines();
    while let Some(line) = lines.next() {
        let Some(old) = line.strip_prefix('-') else {
            path = Some(site.join(line));
            continue;
        };
        let new = lines.next().and_then(|line| line.strip_prefix('+')).unwrap_or_else(|| panic!("no + behind {line}"));
        let path = path.as_ref().unwrap_or_else(|| panic!("no path before {line}"));
        let text = fs::read_to_string(path).unwrap();
        let places = text.lines().filter(|line| *line == old).count();
        assert_eq!(places, 1, "{}: `{old}` stands there {places} times", path.display());
        let changed: Vec<&str> = text.lines().map(|line| if line == old { new } else { line }).collect();
        fs::write(path, changed.join("\n") + "\n").unwrap();
    }
}

fn sound_site(folder: &Path, name: &str) -> PathBuf {
    let site = folder.join("site");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name), &site);
    site
}

/// Exit code of a build and what was said on standard error, where findings of a build go.
fn build(site: &Path, lang: &str) -> (i32, String) {
    run(site, "build", lang)
}

/// Exit code and what was said; of a build, not the summary of a success, which has the time in it. Run from the site,
/// so that no path of a machine is in it.
fn run(site: &Path, command: &str, lang: &str) -> (i32, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    let output = program.args(command.split(' ')).args(["--lang", lang]).current_dir(site).output().unwrap();
    let mut said = String::from_utf8(output.stderr).unwrap();
    if command != "build" {
        // The closing line of a check says how long it took.
        let stdout = std::str::from_utf8(&output.stdout).unwrap();
        let lines = stdout.lines().filter(|line| !line.starts_with("检查了 ") && !line.contains(" equations checked"));
        lines.for_each(|line| writeln!(said, "{line}").unwrap());
    }
    (output.status.code().unwrap_or(-1), said)
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// All files below a folder, by relative path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}
