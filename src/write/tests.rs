//! Builds on disk: what is published, refused, kept, and left by a process that was killed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::*;
use crate::diagnostics::Finding;
use crate::model::{Artifact, Lang};

/// A folder with a place for output in it.
struct Site(tempfile::TempDir);

impl Site {
    fn new() -> Self {
        Site(tempfile::tempdir().unwrap())
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("output")
    }

    fn begin(&self) -> Stage {
        begin(&self.output())
    }

    fn refused(&self) -> Vec<(String, &'static str)> {
        let found = Stage::begin(&self.output()).unwrap();
        found.value.put(artifact("index.html", "new")).unwrap();
        assert!(matches!(found.value.publish(), Err(WriteError::Blocked(_))));
        found.findings.iter().map(|f: &Finding| (f.place.file().to_owned(), f.entry.code)).collect()
    }

    fn build(&self, files: &[(&str, &str)]) -> Published {
        build(&self.output(), files)
    }

    /// All that is there, beside the output as well; without the manifest.
    fn files(&self) -> BTreeMap<String, String> {
        let mut files = tree(self.0.path());
        files.remove("output/SHA256SUMS");
        files
    }
}

fn begin(output: &Path) -> Stage {
    let found = Stage::begin(output).unwrap();
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    found.value
}

fn artifact(path: impl Into<String>, text: impl Into<String>) -> Artifact {
    Artifact { path: path.into(), bytes: text.into().into_bytes() }
}

fn build(output: &Path, files: &[(&str, &str)]) -> Published {
    let stage = begin(output);
    for (path, text) in files {
        stage.put(artifact(*path, *text)).unwrap();
    }
    stage.publish().unwrap()
}

/// The files below a folder and what they say.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            files.extend(tree(&entry.path()).into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
        } else if entry.file_type().unwrap().is_file() {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    files
}

fn map(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn publishes_into_a_missing_folder() {
    let site = Site::new();
    let published = site.build(&[("index.html", "一"), ("2019/final/revenue.html", "r")]);
    assert_eq!(published, Published { files: 2, bytes: 4, changed: 2, removed: 0, replaced: true });
    assert_eq!(site.files(), map(&[("output/2019/final/revenue.html", "r"), ("output/index.html", "一")]));
    let manifest = fs::read_to_string(site.output().join("SHA256SUMS")).unwrap();
    assert_eq!(
        manifest.lines().nth(1),
        Some("51a75f4634dfa8598a0a1436da0b7764830edd1f3a97661222387da2fe2b38d1  index.html")
    );
}

#[test]
fn replaces_what_changed_and_removes_what_is_gone() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b/c", "2"), ("d", "3")]);
    let published = site.build(&[("a", "1"), ("b/c", "new"), ("e", "4")]);
    assert_eq!(published, Published { files: 3, bytes: 5, changed: 2, removed: 1, replaced: true });
    assert_eq!(site.files(), map(&[("output/a", "1"), ("output/b/c", "new"), ("output/e", "4")]));
}

#[test]
fn leaves_an_equal_output_alone() {
    let site = Site::new();
    let files = [("a", "1"), ("b/c", "2")];
    site.build(&files);
    let modified = || fs::metadata(site.output().join("b/c")).unwrap().modified().unwrap();
    let before = modified();
    std::thread::sleep(Duration::from_millis(20));
    let published = site.build(&files);
    assert_eq!(published, Published { files: 2, bytes: 2, changed: 0, removed: 0, replaced: false });
    assert_eq!(modified(), before);
}

#[test]
fn makes_a_deleted_file_again() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b", "2")]);
    fs::remove_file(site.output().join("a")).unwrap();
    let published = site.build(&[("a", "1"), ("b", "2")]);
    assert_eq!((published.changed, published.replaced), (1, true));
    assert_eq!(site.files(), map(&[("output/a", "1"), ("output/b", "2")]));
}

#[test]
fn keeps_gitignore() {
    let site = Site::new();
    fs::create_dir(site.output()).unwrap();
    fs::write(site.output().join(".gitignore"), "*\r\n!.gitignore").unwrap();
    site.build(&[("a", "1")]);
    site.build(&[("a", "2")]);
    assert_eq!(site.files(), map(&[("output/.gitignore", "*\r\n!.gitignore"), ("output/a", "2")]));
}

#[test]
fn refuses_to_lose_what_it_did_not_make() {
    let site = Site::new();
    fs::create_dir_all(site.output().join("empty/folder")).unwrap();
    fs::write(site.output().join("notes.txt"), "mine").unwrap();
    assert_eq!(site.refused(), [("output/notes.txt".to_owned(), "output/foreign-file")]);
    assert_eq!(site.files(), map(&[("output/notes.txt", "mine")]));
}

#[test]
fn refuses_to_lose_what_was_edited() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b", "2"), ("c", "3")]);
    fs::write(site.output().join("b"), "edited").unwrap();
    fs::create_dir(site.output().join("new")).unwrap();
    fs::write(site.output().join("new/x.pdf"), "mine").unwrap();
    fs::write(site.output().join(".DS_Store"), "not worth a word").unwrap();
    let refused = [("output/b", "output/changed-file"), ("output/new/x.pdf", "output/foreign-file")];
    assert_eq!(site.refused(), refused.map(|(path, code)| (path.to_owned(), code)));
    assert_eq!(fs::read_to_string(site.output().join("b")).unwrap(), "edited");
}

#[test]
fn refuses_an_edited_manifest() {
    let site = Site::new();
    site.build(&[("a", "1")]);
    fs::write(site.output().join("SHA256SUMS"), "nothing\n").unwrap();
    let refused = [("output/SHA256SUMS", "output/changed-file"), ("output/a", "output/foreign-file")];
    assert_eq!(site.refused(), refused.map(|(path, code)| (path.to_owned(), code)));
}

#[test]
fn does_not_publish_an_edit_under_the_old_digest() {
    let site = Site::new();
    site.build(&[("a", "1"), ("b", "1")]);
    let stage = site.begin();
    stage.put(artifact("a", "1")).unwrap();
    stage.put(artifact("b", "2")).unwrap();
    fs::write(site.output().join("a"), "edited").unwrap();
    assert!(matches!(stage.publish(), Err(WriteError::ChangedMeanwhile(_))));
    assert_eq!(site.files(), map(&[("output/a", "edited"), ("output/b", "1")]));
}

#[test]
fn guards_against_bugs() {
    let site = Site::new();
    site.build(&[("kept", "1")]);
    let stage = site.begin();
    for path in
        ["", "/etc/x", "../x", "a/../../x", "a//b", "a/", "./a", "a\\b", "C:x", "a\nb", "SHA256SUMS", ".gitignore"]
    {
        let result = stage.put(artifact(path, ""));
        assert!(matches!(result, Err(WriteError::BadPath(_))), "{path:?}");
    }
    for (path, first, second) in [("new", "1", "1"), ("kept", "1", "1"), ("kept", "1", "2")] {
        let stage_result = (stage.put(artifact(path, first)), stage.put(artifact(path, second)));
        assert!(matches!(stage_result.1, Err(WriteError::Twice(_))), "{path}");
    }
    drop(stage);
    assert_eq!(site.files(), map(&[("output/kept", "1")]));
}

#[test]
fn takes_artifacts_from_many_threads() {
    use rayon::prelude::*;
    let site = Site::new();
    for round in 0..2 {
        let stage = site.begin();
        (0..500).into_par_iter().for_each(|n| {
            let text = if n % 10 == 0 { format!("{round}") } else { String::new() };
            stage.put(artifact(format!("{}/{n}", n % 7), text)).unwrap();
        });
        let changed = if round == 0 { 500 } else { 50 };
        assert_eq!(stage.publish().unwrap().changed, changed);
    }
    assert_eq!(site.files().len(), 500);
    assert_eq!(site.files()["output/3/10"], "1");
}

#[test]
fn leaves_no_trace_when_dropped() {
    let site = Site::new();
    drop(site.begin());
    assert_eq!(fs::read_dir(site.0.path()).unwrap().count(), 0);
}

#[test]
fn refuses_a_second_build_at_the_same_time() {
    let site = Site::new();
    let first = site.begin();
    let error = Stage::begin(&site.output()).unwrap_err();
    if cfg!(unix) {
        assert!(error.say(Lang::Zh).starts_with(&format!("另一次生成（进程 {}）正在写入 ", std::process::id())));
    }
    assert!(matches!(error, WriteError::Busy { .. }));
    first.put(artifact("a", "1")).unwrap();
    first.publish().unwrap();
    site.build(&[("a", "2")]);
    assert_eq!(site.files(), map(&[("output/a", "2")]));
}

#[test]
fn clears_what_a_killed_build_left() {
    let site = Site::new();
    site.build(&[("a", "1")]);
    let left = site.0.path().join(".gongkai-output");
    fs::create_dir_all(left.join("new/b")).unwrap();
    fs::create_dir_all(left.join("old")).unwrap();
    fs::write(left.join("new/b/half"), "ha").unwrap();
    fs::write(left.join("old/a"), "0").unwrap();
    fs::write(left.join("gongkai.lock"), "1\n").unwrap();
    site.build(&[("a", "2")]);
    assert_eq!(site.files(), map(&[("output/a", "2")]));
    assert!(!left.exists());
}

#[test]
fn puts_an_output_back_that_was_set_aside() {
    let site = Site::new();
    site.build(&[("a", "1")]);
    let left = site.0.path().join(".gongkai-output");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("gongkai.lock"), "").unwrap();
    fs::rename(site.output(), left.join("old")).unwrap();
    drop(site.begin());
    assert_eq!(site.files(), map(&[("output/a", "1")]));
    assert!(!left.exists());
}

#[test]
fn leaves_a_folder_alone_that_is_not_its_own() {
    let site = Site::new();
    let folder = site.0.path().join(".gongkai-output");
    fs::create_dir_all(folder.join("new")).unwrap();
    fs::write(folder.join("new/mine"), "mine").unwrap();
    assert!(matches!(Stage::begin(&site.output()), Err(WriteError::NotOurs(_))));
    assert_eq!(site.files(), map(&[(".gongkai-output/new/mine", "mine")]));
}

#[test]
fn refuses_an_output_that_is_a_file() {
    let site = Site::new();
    fs::write(site.output(), "mine").unwrap();
    assert!(matches!(Stage::begin(&site.output()), Err(WriteError::NotAFolder(_))));
    assert_eq!(site.files(), map(&[("output", "mine")]));
}

#[cfg(unix)]
#[test]
fn follows_an_output_that_is_a_link() {
    use std::os::unix::fs::symlink;
    let (site, elsewhere) = (Site::new(), Site::new());
    // Dead at first: the folder is made where the link leads to.
    symlink(elsewhere.output(), site.output()).unwrap();
    site.build(&[("a", "1")]);
    site.build(&[("a", "2")]);
    assert!(site.output().symlink_metadata().unwrap().is_symlink());
    assert_eq!(elsewhere.files(), map(&[("output/a", "2")]));
    fs::write(elsewhere.output().join("b"), "").unwrap();
    assert_eq!(site.refused(), [("output/b".to_owned(), "output/foreign-file")]);
}

#[cfg(unix)]
#[test]
fn does_not_take_a_link_in_the_output_for_a_file_of_its_own() {
    let (site, elsewhere) = (Site::new(), Site::new());
    site.build(&[("a", "1")]);
    fs::write(elsewhere.output(), "1").unwrap();
    fs::remove_file(site.output().join("a")).unwrap();
    std::os::unix::fs::symlink(elsewhere.output(), site.output().join("a")).unwrap();
    assert_eq!(site.refused(), [("output/a".to_owned(), "output/foreign-file")]);
}

const CHILD: &str = "GONGKAI_TEST_BUILDS_INTO";
const PAGES: usize = 60;

/// Whether the output is one build as a whole: the number of that build.
fn whole(output: &Path) -> Option<String> {
    let mut files = tree(output);
    let (listed, sound) = manifest::parse(&files.remove(manifest::NAME)?);
    let versions: std::collections::BTreeSet<&String> = files.values().collect();
    let same = files.iter().all(|(path, text)| listed.get(path) == Some(&manifest::digest(text.as_bytes())));
    let constant = listed.contains_key("constant") && files.get("constant").is_some_and(|text| text == "0");
    // All pages say the same number; `constant` is linked from build to build.
    (sound && same && constant && files.len() == PAGES + 1 && listed.len() == PAGES + 1 && versions.len() <= 2)
        .then(|| files["0/0.html"].clone())
}

/// Not a test by itself: the process that [`survives_being_killed_at_any_moment`] starts and kills.
#[test]
fn builds_until_killed() {
    let Some(output) = std::env::var_os(CHILD) else { return };
    for version in 1.. {
        let stage = begin(Path::new(&output));
        stage.put(artifact("constant", "0")).unwrap();
        for page in 0..PAGES {
            stage.put(artifact(format!("{}/{page}.html", page % 5), format!("{version}"))).unwrap();
        }
        stage.publish().unwrap();
    }
}

#[test]
fn survives_being_killed_at_any_moment() {
    let site = Site::new();
    let mut seen = std::collections::BTreeSet::new();
    // How long a build takes here and now: the first child is killed after one, the others at any moment of a few.
    let mut pace = None;
    for round in 0..25 {
        let begun = Instant::now();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "write::tests::builds_until_killed", "--quiet"])
            .env(CHILD, site.output())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        if let Some(known) = &mut pace {
            let time = *known * (7 + round * 2) / 19;
            std::thread::sleep(time);
            // A machine that has become busy gives fewer builds in that time: then a build takes longer now.
            if time > *known && seen.len() < 2 {
                *known = (*known * 2).min(Duration::from_secs(20));
            }
        } else {
            while !site.output().exists() && begun.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_millis(1));
            }
            pace = Some(begun.elapsed());
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if cfg!(any(target_os = "linux", target_vendor = "apple")) && site.output().exists() {
            assert!(whole(&site.output()).is_some(), "round {round}, before the next build");
        }
        drop(site.begin());
        if site.output().exists() {
            seen.extend(whole(&site.output()).or_else(|| panic!("round {round}, after the next build began")));
        }
        assert!(!site.0.path().join(".gongkai-output").exists());
    }
    assert!(seen.len() > 1, "the child was always killed before its first build was done");
}
