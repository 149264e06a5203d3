//! The structure of the crate, held by tests: who may import whom, where files are read, where words are
//! printed, where no float may stand. ARCHITECTURE.md says why.
//!
//! The sources are read with a small scanner, not a parser: comments and the insides of strings are blanked, and
//! so are `#[cfg(test)]` modules, which may reach further than the code that they test.
#![allow(clippy::disallowed_methods, reason = "a test of the sources reads them")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate, each with the modules that it may import. A module may always import itself.
const IMPORTS: &[(&str, &[&str])] = &[
    ("diagnostics", &[]),
    ("model", &[]),
    ("yaml", &["diagnostics", "model"]),
    ("forms", &["diagnostics", "model", "yaml"]),
    ("source", &["diagnostics", "model"]),
    ("parse", &["diagnostics", "forms", "model", "source", "yaml"]),
    ("check", &["diagnostics", "model"]),
    ("site", &["check", "diagnostics", "model", "parse"]),
    ("write", &["diagnostics", "model"]),
    ("pipeline", &["check", "diagnostics", "forms", "model", "parse", "site", "source", "write"]),
    ("cli", &["check", "diagnostics", "forms", "model", "parse", "pipeline", "site", "source", "write", "yaml"]),
];

/// Crates that stay behind one module, so that they can be replaced there. A crate with two lines has two homes.
const HOMES: &[(&str, &str)] = &[
    ("serde_yaml", "yaml"),
    ("saphyr_parser", "yaml"),
    ("walkdir", "source"),
    ("tera", "site"),
    ("charts_rs", "site"),
    ("rustix", "write"),
    // Two digests of different things: what was written, byte for byte, and what a report's figures are (docs/digest.md).
    ("sha2", "write"),
    ("sha2", "check"),
    ("sha2", "site"),
    ("clap", "cli"),
    ("annotate_snippets", "cli"),
];

const MOST_LINES: usize = 700;

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(module) = file.module() else { continue };
        let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: the module `{module}` has no line in IMPORTS", file.path));
            continue;
        };
        for (line, import) in file.imports() {
            if import != module && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{}:{line}: `{module}` imports `{import}`", file.path));
            }
        }
    }
    refuse(
        &wrong,
        "Imports point down only. Move what both need into `model` (or `diagnostics`), pass it in as a value, or, if the \
         table itself is to change, change IMPORTS here, the table in ARCHITECTURE.md, and say why in docs/decisions/.",
    );
}

/// `parse` knows the types in which `source` hands texts over, and calls none of its functions: it stays pure.
#[test]
fn parse_takes_types_from_source_and_reads_nothing() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| file.is_in(&["parse"])) {
        for (line, name) in paths(&file.code, "source") {
            if name.starts_with(|c: char| c.is_lowercase()) {
                wrong.push(format!("{}:{line}: source::{name}", file.path));
            }
        }
    }
    refuse(&wrong, "Let src/pipeline.rs read, and hand the text to `parse`.");
}

#[test]
fn a_crate_stays_behind_its_module() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(module) = file.module() else { continue };
        for (name, home) in HOMES.iter().filter(|(name, _)| !HOMES.contains(&(*name, module))) {
            for (line, _) in paths(&file.code, name) {
                wrong.push(format!("{}:{line}: uses `{name}`, which belongs to src/{home}/", file.path));
            }
        }
    }
    refuse(&wrong, "Give the crate's own module a function for it, with our types, and call that.");
}

#[test]
fn only_source_and_write_touch_the_disk() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !file.is_in(&["source", "write"])) {
        for (line, _) in paths(&file.code, "std").into_iter().filter(|(_, name)| name == "fs") {
            wrong.push(format!("{}:{line}: uses std::fs", file.path));
        }
    }
    refuse(
        &wrong,
        "Read in src/source/ and hand the text on; make an artifact and let src/write/ write it. Every stage between \
         them is pure.",
    );
}

#[test]
fn only_cli_prints() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !file.is_in(&["cli"]) && file.path != "src/main.rs") {
        for name in ["println", "eprintln", "print", "eprint", "dbg"] {
            for line in words(&file.code, name, "!") {
                wrong.push(format!("{}:{line}: {name}!", file.path));
            }
        }
    }
    refuse(&wrong, "Return a finding, or a value that src/cli/ puts into words.");
}

#[test]
fn amounts_are_never_floats() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| file.is_in(&["model", "check"])) {
        for name in ["f32", "f64"] {
            for line in words(&file.whole, name, "") {
                wrong.push(format!("{}:{line}: {name}", file.path));
            }
        }
    }
    refuse(
        &wrong,
        "Use `Amount`, or `Decimal` inside a computation. Floats are for the geometry of charts, in src/site/.",
    );
}

#[test]
fn every_file_says_what_it_is() {
    let wrong: Vec<_> =
        sources().into_iter().filter(|file| !file.text.starts_with("//! ")).map(|file| file.path).collect();
    refuse(&wrong, "Open the file with `//!` and a sentence: what stands here, and why it is a file of its own.");
}

#[test]
fn files_stay_readable() {
    let wrong: Vec<_> = sources()
        .iter()
        .map(|file| (&file.path, file.text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    refuse(&wrong, &format!("A file has at most {MOST_LINES} lines: find the second thing in it and move that out."));
}

#[test]
fn architecture_names_every_folder() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let mut folders = BTreeSet::new();
    for file in sources() {
        let mut folder = Path::new(&file.path);
        while let Some(parent) = folder.parent().filter(|parent| *parent != Path::new("src")) {
            folders.insert(format!("`{}/`", slashed(parent)));
            folder = parent;
        }
    }
    let wrong: Vec<_> = folders.into_iter().filter(|folder| !text.contains(folder)).collect();
    refuse(&wrong, "Name the folder in ARCHITECTURE.md, written as above, with what belongs there.");
    let wrong: Vec<_> =
        IMPORTS.iter().filter(|(name, _)| !text.contains(&format!("| `{name}` |"))).map(|(name, _)| *name).collect();
    refuse(&wrong, "The table of imports in ARCHITECTURE.md has a row for each module, opening with its name in code.");
    let lines = text.lines().count();
    assert!(
        lines <= 200,
        "ARCHITECTURE.md has {lines} lines. It is read in one sitting: at most 200; move detail to docs/."
    );
}

/// The scanner itself, on what it must not stumble over.
#[test]
fn the_scanner_reads_rust() {
    let code = blank_tests(&blank(
        "//! crate::a\nuse crate::{b::{self, X}, c as d};\n/* crate::e /* crate::e */ */ fn f<'a>(_: &'a str) -> char { '\"' }\n\
         const S: &str = r#\"crate::g \" \"#;\nlet y = crate :: h ::Z; \"\\\" crate::i\";\n#[cfg(test)]\nmod tests { use crate::j; }\n\
         use std::{fmt, fs};",
    ));
    let names: Vec<_> = paths(&code, "crate").into_iter().map(|(line, name)| format!("{line}{name}")).collect();
    assert_eq!(names, ["2b", "2c", "5h"]);
    assert_eq!(paths(&code, "std"), [(8, "fmt".to_owned()), (8, "fs".to_owned())]);
    assert_eq!(words("visit_f64 f64;\nf64", "f64", ""), [1, 2]);
    assert_eq!(climbs("use super::super::model;\nsuper::html", 2), [(1, "model".to_owned())]);
}

/// A file of `src/`.
struct Source {
    /// From the root of the package, with `/`.
    path: String,
    /// As it is.
    text: String,
    /// Without comments and strings.
    whole: String,
    /// Without comments, strings and test modules.
    code: String,
}

impl Source {
    /// The module below the crate's root that it belongs to; none for `lib.rs` and `main.rs`.
    fn module(&self) -> Option<&str> {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        match below.split_once('/') {
            Some((module, _)) => Some(module),
            None => below.strip_suffix(".rs").filter(|name| *name != "lib" && *name != "main"),
        }
    }

    fn is_in(&self, modules: &[&str]) -> bool {
        self.module().is_some_and(|module| modules.contains(&module))
    }

    /// The modules of the crate that its code names, by `crate::` or by climbing up to the root, with their lines.
    fn imports(&self) -> Vec<(usize, String)> {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let depth = below.split('/').count() - usize::from(below.ends_with("/mod.rs"));
        let mut found = paths(&self.code, "crate");
        found.extend(climbs(&self.code, depth));
        found
    }
}

/// All Rust files of `src/`, except those that are test modules as a whole.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of src/") {
            let path = entry.expect("an entry of src/").path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && path.file_name().is_some_and(|name| name != "tests.rs")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a file of src/");
        let whole = blank(&text);
        let code = blank_tests(&whole);
        Source { path: slashed(path.strip_prefix(root()).expect("below the root")), text, whole, code }
    };
    files.into_iter().map(read).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Fails with every offence, and then with what to do.
fn refuse(wrong: &[impl AsRef<str>], advice: &str) {
    let mut message = String::new();
    for line in wrong {
        let _ = writeln!(message, "  {}", line.as_ref());
    }
    assert!(wrong.is_empty(), "\n{message}{advice}");
}

/// The names that follow `root::`, those of a group `root::{…}` one by one, each with its line.
fn paths(code: &str, root: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in positions(code, root) {
        let Some(rest) = code[at + root.len()..].trim_start().strip_prefix("::") else { continue };
        for name in leading_names(rest) {
            found.push((line_of(code, at), name));
        }
    }
    found
}

/// The names that follow a chain of `depth` times `super::`: those are modules of the crate.
fn climbs(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in positions(code, "super") {
        let mut rest = &code[at..];
        let mut steps = 0;
        while let Some(next) = rest.strip_prefix("super").and_then(|rest| rest.trim_start().strip_prefix("::")) {
            steps += 1;
            rest = next.trim_start();
        }
        if steps == depth {
            found.extend(leading_names(rest).into_iter().map(|name| (line_of(code, at), name)));
        }
    }
    found
}

/// The lines where `word` stands as a whole word, followed by `after`.
fn words(code: &str, word: &str, after: &str) -> Vec<usize> {
    positions(code, word)
        .into_iter()
        .filter(|at| code[at + word.len()..].trim_start().starts_with(after))
        .map(|at| line_of(code, at))
        .collect()
}

/// Where `word` stands as a whole word.
fn positions(code: &str, word: &str) -> Vec<usize> {
    let part_of_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(|at| !part_of_name(code[..*at].chars().next_back()))
        .filter(|at| !part_of_name(code[at + word.len()..].chars().next()))
        .collect()
}

/// `name` of `name::…`, or the first names of each branch of `{…}`.
fn leading_names(rest: &str) -> Vec<String> {
    let name =
        |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else {
        return Some(name(rest)).into_iter().filter(|name| !name.is_empty()).collect();
    };
    let mut names = vec![name(group)];
    let mut depth = 0_usize;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// The code without `#[cfg(test)] mod … { … }`; lines stay where they are.
fn blank_tests(code: &str) -> String {
    let mut text = code.to_owned();
    for (at, attribute) in code.match_indices("#[cfg(test)]") {
        let rest = &code[at + attribute.len()..];
        let Some(open) = rest.find(['{', ';']).filter(|open| rest.as_bytes()[*open] == b'{') else { continue };
        if positions(&rest[..open], "mod").is_empty() {
            continue;
        }
        let mut depth = 0_usize;
        let close = rest[open..].find(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let end = at + attribute.len() + close.map_or(rest.len(), |close| open + close + 1);
        text.replace_range(at..end, &hidden(code[at..end].chars()));
    }
    text
}

/// The text without comments and without what stands in strings and character literals; lines stay where they
/// are.
fn blank(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '/' if chars.get(at + 1) == Some(&'/') => end_where(&chars, at, |at| chars[at] == '\n'),
            '/' if chars.get(at + 1) == Some(&'*') => end_of_comment(&chars, at),
            '"' => end_of_string(&chars, at),
            'r' if at == 0 || !(chars[at - 1].is_alphanumeric() && chars[at - 1] != 'b') => end_of_raw(&chars, at),
            '\'' if chars.get(at + 1) == Some(&'\\') => end_where(&chars, at + 3, |at| chars[at] == '\'') + 1,
            '\'' if chars.get(at + 2) == Some(&'\'') => at + 3,
            _ => at,
        };
        if end == at {
            code.push(chars[at]);
            at += 1;
        } else {
            let end = end.min(chars.len());
            code.push_str(&hidden(chars[at..end].iter().copied()));
            at = end;
        }
    }
    code
}

/// Spaces and line ends in place of the characters, byte for byte, so that positions stay.
fn hidden(chars: impl Iterator<Item = char>) -> String {
    chars.flat_map(|c| std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8())).collect()
}

fn end_where(chars: &[char], from: usize, stop: impl Fn(usize) -> bool) -> usize {
    (from..chars.len()).find(|at| stop(*at)).unwrap_or(chars.len())
}

fn end_of_comment(chars: &[char], from: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = from;
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// Behind a raw string that opens at `from`; `from` itself when none does (`r` is then part of a name).
fn end_of_raw(chars: &[char], from: usize) -> usize {
    let marks = chars[from + 1..].iter().take_while(|c| **c == '#').count();
    if chars.get(from + 1 + marks) != Some(&'"') {
        return from;
    }
    let closes =
        |at: usize| chars[at] == '"' && chars[at + 1..].iter().take(marks).filter(|c| **c == '#').count() == marks;
    end_where(chars, from + 2 + marks, closes) + 1 + marks
}
