//! What the tests of the finished site share: the site itself, built once, and copies of it that a test may break.
#![allow(dead_code, reason = "each test binary uses a part")]
#![allow(clippy::disallowed_methods, reason = "tests make the sites that they build")]

pub(crate) mod html;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use gongkai::pipeline::{self, Options};
use tempfile::TempDir;

use html::Document;

/// Files by their path below a folder, with `/`.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// This repository's own site, as a build leaves it in `output/`.
pub(crate) static SITE: LazyLock<Tree> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a temporary folder");
    let options = Options { site: repository(), output: folder.path().join("output") };
    let outcome = pipeline::build(&options, &|_, _| {}).unwrap_or_else(|error| panic!("{error:?}"));
    let errors: Vec<_> = outcome.findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(outcome.published.is_some(), "the site was not built: {errors:#?}");
    tree(&options.output)
});

/// Every page of it.
pub(crate) fn pages() -> BTreeMap<&'static str, Document> {
    // Not the pages in large type, which `tests/web.rs` compares with these, nor what is to be pasted elsewhere.
    let own = |path: &str| !path.starts_with("large/") && !path.ends_with(".fragment.html");
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "html");
    let pages = SITE.keys().filter(|path| is_page(path) && own(path));
    pages.map(|path| (path.as_str(), page(path))).collect()
}

/// A page of it.
pub(crate) fn page(path: &str) -> Document {
    let bytes = SITE.get(path).unwrap_or_else(|| panic!("no page {path}; there are {:?}", SITE.keys()));
    Document::parse(path, text(bytes))
}

/// A page of it with those that it goes on over where it is too long for one: `facts.html`, `facts.procurement.html`.
pub(crate) fn whole(path: &str) -> Vec<Document> {
    let stem = path.strip_suffix("html").expect("a page");
    let goes_on = |other: &str| {
        let id = other.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".html"));
        // No id has a dot.
        id.is_some_and(|id| !id.contains(['.', '/']))
    };
    SITE.keys().filter(|other| *other == path || goes_on(other)).map(|path| page(path)).collect()
}

/// The folder that holds `site.yaml`.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// A site in a folder of its own that goes away with it.
pub(crate) struct Site {
    folder: TempDir,
}

impl Site {
    pub(crate) fn empty() -> Self {
        Site { folder: TempDir::new().expect("a temporary folder") }
    }

    /// A copy of this repository's site: what a webmaster edits, without `output/`.
    pub(crate) fn copy() -> Self {
        Self::of(&SOURCES)
    }

    /// A copy of `tests/sites/small`: a site that builds at once, with a table of each kind.
    pub(crate) fn small() -> Self {
        Self::of(&tree(&repository().join("tests/sites/small")))
    }

    /// A copy of a folder of `tests/sites`.
    pub(crate) fn named(name: &str) -> Self {
        Self::of(&tree(&repository().join("tests/sites").join(name)))
    }

    fn of(files: &Tree) -> Self {
        let site = Self::empty();
        for (path, bytes) in files {
            site.write(path, bytes);
        }
        site
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.path("output")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        write(&self.path(path), bytes.as_ref());
    }

    /// Replaces the one place where `old` stands in a file.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "{path}: `{old}` should stand there once");
        self.write(path, text.replacen(old, new, 1));
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// What stands in the site's folder beside `output/`, by name.
    pub(crate) fn beside_output(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).expect("the site's folder");
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name != "output").collect();
        names.sort();
        names
    }

    /// `gongkai build`, ready to run, with messages in English and nothing of the tester's surroundings.
    pub(crate) fn command(&self) -> Command {
        let mut command = program();
        command.args(["build", "--lang", "en", "--site"]).arg(self.folder());
        command
    }

    /// Runs the program with more arguments.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().expect("the program starts")
    }

    /// Builds the site, which must succeed, and reads what came of it.
    pub(crate) fn build(&self) -> Tree {
        let output = self.run(&[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        tree(&self.output())
    }
}

/// The program, away from the tester's surroundings.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "TZ", "NO_COLOR", "CLICOLOR_FORCE", "RAYON_NUM_THREADS"] {
        command.env_remove(variable);
    }
    command
}

/// Both streams of a run, for the message of a failure.
pub(crate) fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What a webmaster edits in this repository.
pub(crate) static SOURCES: LazyLock<Tree> = LazyLock::new(|| {
    let mut sources = Tree::new();
    sources.insert("site.yaml".to_owned(), fs::read(repository().join("site.yaml")).expect("site.yaml"));
    for folder in ["content", "themes"] {
        let below = tree(&repository().join(folder));
        sources.extend(below.into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)));
    }
    sources
});

/// All files below a folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut files = Tree::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
            files.insert(below, fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        }
    }
    files
}

pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// How two trees differ, by name: nothing if they are the same, byte for byte.
pub(crate) fn differences(old: &Tree, new: &Tree) -> Vec<String> {
    let gone = old.keys().filter(|path| !new.contains_key(*path)).map(|path| format!("- {path}"));
    let changed = new.iter().filter_map(|(path, bytes)| match old.get(path) {
        None => Some(format!("+ {path}")),
        Some(before) if before != bytes => Some(format!("! {path}")),
        Some(_) => None,
    });
    gone.chain(changed).collect()
}

pub(crate) fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
