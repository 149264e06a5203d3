//! The error gallery: each folder of `tests/findings` is the small site with one kind of bad input. What the program
//! says, in Chinese and in English, is kept in `output.txt`; what was published before must stay as it was.
//!
//! `UPDATE_FINDINGS=1 cargo test --test findings` writes the outputs anew; read the difference before you keep it.
#![allow(clippy::disallowed_methods, reason = "a test makes and breaks sites")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    let mut differing = Vec::new();
    for name in &names {
        let case = gallery.join(name);
        let said = said_about(&case, name);
        let expected = case.join("output.txt");
        if std::env::var_os("UPDATE_FINDINGS").is_some() {
            fs::write(&expected, &said).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            differing.push(format!("=== {name}\n{said}"));
        }
    }
    assert!(differing.is_empty(), "{} of {} differ:\n{}", differing.len(), names.len(), differing.join("\n"));
}

#[test]
fn a_byte_order_mark_and_crlf_are_no_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let site = small_site(folder.path());
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

/// Builds the small site, spoils it, builds again in both languages.
fn said_about(case: &Path, name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let site = small_site(folder.path());
    let (code, said) = build(&site, "en");
    assert_eq!(code, 0, "{said}");
    let published = files(&site.join("output"));
    copy(&case.join("site"), &site);
    for path in fs::read_to_string(case.join("remove")).unwrap_or_default().lines() {
        fs::remove_file(site.join(path)).unwrap();
    }
    if let Some((_, make)) = MADE.iter().find(|(made, _)| *made == name) {
        make(&site);
    }
    let mut said = String::new();
    for lang in ["zh", "en"] {
        let (code, words) = build(&site, lang);
        writeln!(said, "$ gongkai build --lang {lang}\n{words}exit {code}\n").unwrap();
        let warning_only = code == 0;
        let unchanged = files(&site.join("output")) == published;
        assert!(unchanged || warning_only, "{name}: output/ changed although the build failed");
    }
    said
}

fn small_site(folder: &Path) -> PathBuf {
    let site = folder.join("site");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/small"), &site);
    site
}

/// Exit code and what was said on standard error. Run from the site, so that no path of a machine is in it.
fn build(site: &Path, lang: &str) -> (i32, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_gongkai")).args(["build", "--lang", lang]).current_dir(site).output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
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
