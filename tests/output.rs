//! What a build does to `output/`, and how the program ends: whole or not at all, nothing stale, nothing of anyone
//! else's touched, and an exit code that a script can trust.
#![allow(clippy::disallowed_methods, reason = "a test looks at the disk")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::SystemTime;

use common::{Site, differences, program, said, text, tree};

#[test]
fn pages_that_are_no_longer_made_vanish_with_their_folders() {
    let site = Site::small();
    let without = site.build();
    for (path, bytes) in tree(&site.path("content/2019")) {
        site.write(&format!("content/2020/{path}"), bytes);
    }
    site.write("content/2019/final/files/letters/reply.txt", "A reply.\n");
    let with = site.build();
    assert!(
        with.contains_key("2020/final/expenditure.html") && with.contains_key("2019/final/files/letters/reply.txt")
    );

    fs::remove_dir_all(site.path("content/2020")).unwrap();
    fs::remove_dir_all(site.path("content/2019/final/files")).unwrap();
    assert_eq!(differences(&without, &site.build()), <[String; 0]>::default());
    for folder in ["2020", "en/2020", "2019/final/files"] {
        assert!(!site.path("output").join(folder).exists(), "{folder} is empty and still there");
    }
}

#[test]
fn a_table_that_is_taken_away_takes_its_page_along() {
    let site = Site::small();
    let without = site.build();
    let form = fs::read_to_string(common::repository().join("content/forms/non-tax-revenue.yaml")).unwrap();
    site.write("content/forms/non-tax-revenue.yaml", form);
    site.write("content/2019/final/tables/non-tax-revenue.yaml", "unlisted: 0.00\nrows: [合计]\n");
    assert!(site.build().contains_key("en/2019/final/non-tax-revenue.html"));

    site.remove("content/2019/final/tables/non-tax-revenue.yaml");
    assert_eq!(differences(&without, &site.build()), <[String; 0]>::default());
}

#[test]
fn a_file_that_gongkai_did_not_make_is_refused_by_name_and_left_alone() {
    let site = Site::small();
    site.build();
    for foreign in ["notes.txt", "2019/final/scan.pdf", "mine/index.html"] {
        site.write(&format!("output/{foreign}"), "Not made by gongkai.\n");
    }
    site.edit("site.yaml", "Example site", "Another title");
    let before = Snapshot::of(&site.output());
    let ran = site.run(&[]);
    ends(&ran, 1);
    for foreign in ["notes.txt", "2019/final/scan.pdf", "mine/index.html"] {
        assert!(said(&ran).contains(foreign), "{foreign} is not named:\n{}", said(&ran));
    }
    assert!(said(&ran).contains("output/foreign-file"), "{}", said(&ran));
    before.still_stands(&site.output());
}

#[test]
fn a_folder_of_someone_else_is_not_taken_for_output() {
    let site = Site::small();
    site.write("output/holiday/photo.jpg", "A photo.\n");
    let before = Snapshot::of(&site.output());
    let ran = site.run(&[]);
    ends(&ran, 1);
    assert!(said(&ran).contains("holiday/photo.jpg"), "{}", said(&ran));
    before.still_stands(&site.output());
}

#[test]
fn a_generated_file_that_was_changed_by_hand_is_refused_by_name() {
    let site = Site::small();
    site.build();
    let page = site.read("output/en/2019/final/expenditure.html");
    site.write("output/en/2019/final/expenditure.html", page.replace("100.00", "100.01"));
    let before = Snapshot::of(&site.output());
    let ran = site.run(&[]);
    ends(&ran, 1);
    assert!(said(&ran).contains("en/2019/final/expenditure.html"), "{}", said(&ran));
    assert!(said(&ran).contains("output/changed-file"), "{}", said(&ran));
    before.still_stands(&site.output());
}

#[test]
fn a_generated_file_that_was_removed_is_made_again() {
    let site = Site::small();
    let whole = site.build();
    site.remove("output/2019/index.html");
    fs::remove_dir_all(site.path("output/en")).unwrap();
    assert_eq!(differences(&whole, &site.build()), <[String; 0]>::default());
}

#[test]
fn the_gitignore_of_output_stays() {
    let site = Site::small();
    let ignored = "*\n!.gitignore\n";
    site.write("output/.gitignore", ignored);
    for title in ["Example site", "Another title", "Another title"] {
        site.write("site.yaml", site.read("site.yaml").replace("Example site", title));
        let files = site.build();
        assert_eq!(text(&files[".gitignore"]), ignored);
        assert!(!text(&files["SHA256SUMS"]).contains(".gitignore"), "it is not gongkai's");
    }
}

#[test]
fn a_failed_build_changes_nothing() {
    let mistakes = [
        ("content/2019/final/tables/expenditure.yaml", "  206: [40.00, 0.00, 40.00]", "  206: [4O.00, 0.00, 40.00]"),
        ("content/2019/final/01-overview.en.md", "{expenditure/total/basic},", "{expenditure/total/basics},"),
        ("site.yaml", "format: 1", "format: 1\ntheme: none"),
    ];
    for (path, old, new) in mistakes {
        let site = Site::small();
        site.build();
        let before = Snapshot::of(&site.output());
        site.edit(path, old, new);
        let ran = site.run(&[]);
        ends(&ran, 1);
        assert!(said(&ran).contains(path) || said(&ran).contains("theme/missing"), "{}", said(&ran));
        before.still_stands(&site.output());
        assert_eq!(site.beside_output(), ["content", "site.yaml"], "nothing is left beside output/");
    }
}

#[test]
fn a_failed_first_build_leaves_no_output() {
    let site = Site::small();
    site.edit("content/2019/final/tables/expenditure.yaml", "  合计: [100.00,", "  合计: [1OO.00,");
    ends(&site.run(&[]), 1);
    let left = if site.output().exists() { tree(&site.output()).into_keys().collect() } else { Vec::new() };
    assert_eq!(left, <[String; 0]>::default());
    assert_eq!(site.beside_output(), ["content", "site.yaml"]);
}

#[test]
fn an_unchanged_site_is_not_written_again() {
    let site = Site::small();
    site.write("content/2019/final/files/accounts.csv", "1,2\n");
    site.build();
    let before = Snapshot::of(&site.output());
    let ran = site.run(&[]);
    ends(&ran, 0);
    assert!(said(&ran).contains("Nothing changed"), "{}", said(&ran));
    before.still_stands(&site.output());
}

#[test]
fn attachments_are_published_as_they_are() {
    let site = Site::small();
    let bytes: Vec<u8> = (0..=255).collect();
    site.write("content/2019/final/files/accounts-2019.pdf", &bytes);
    site.write("content/2019/final/files/annex/table.xlsx", &bytes);
    let files = site.build();
    assert_eq!(files["2019/final/files/accounts-2019.pdf"], bytes);
    assert_eq!(files["2019/final/files/annex/table.xlsx"], bytes);
    assert!(text(&files["SHA256SUMS"]).contains("  2019/final/files/annex/table.xlsx\n"));
}

#[test]
fn a_usage_error_or_a_disk_error_ends_with_2() {
    let site = Site::small();
    for arguments in [&["--no-such-flag"][..], &["--lang", "fr"], &["--quiet", "--verbose"], &["stray"]] {
        let ran = site.run(arguments);
        ends(&ran, 2);
        assert!(ran.stdout.is_empty() && !ran.stderr.is_empty(), "{arguments:?}: {}", said(&ran));
    }
    ends(&program().arg("publish").output().unwrap(), 2);
    site.write("output", "A file where the folder should be.\n");
    let ran = site.run(&[]);
    ends(&ran, 2);
    assert!(said(&ran).contains("output"), "{}", said(&ran));
    assert_eq!(site.read("output"), "A file where the folder should be.\n");
}

#[test]
fn help_and_version_are_no_errors() {
    for flag in ["--help", "--version"] {
        let ran = program().arg(flag).output().unwrap();
        ends(&ran, 0);
        assert!(text(&ran.stdout).contains(if flag == "--help" { "build" } else { env!("CARGO_PKG_VERSION") }));
    }
}

#[test]
fn messages_are_in_the_language_that_is_asked_for() {
    let site = Site::small();
    let broken = Site::small();
    broken.edit("content/2019/final/tables/expenditure.yaml", "  合计: [100.00,", "  合计: [1OO.00,");
    let build = |site: &Site, lang: &[&str], locale: &str| {
        let mut command = program();
        let command = command.args(["build", "--site"]).arg(site.folder()).args(lang).env("LC_ALL", locale);
        said(&command.output().unwrap())
    };
    for (lang, locale, chinese) in [
        (&["--lang", "zh"][..], "en_GB.UTF-8", true),
        (&["--lang", "en"], "zh_CN.UTF-8", false),
        (&[], "zh_CN.UTF-8", true),
        (&[], "en_GB.UTF-8", false),
    ] {
        let (done, refused) = (build(&site, lang, locale), build(&broken, lang, locale));
        let words = if chinese { ["个部门", "未生成"] } else { ["department", "Not built"] };
        assert!(done.contains(words[0]) && refused.contains(words[1]), "{lang:?} {locale}:\n{done}{refused}");
        assert_eq!(done.contains("输出"), chinese, "{done}");
        assert_eq!(refused.contains("不是金额"), chinese, "{refused}");
    }
}

#[test]
fn quiet_hides_progress_and_notes_and_no_warning() {
    let site = Site::small();
    let check =
        |site: &Site, quiet: &[&str]| program().arg("check").args(quiet).current_dir(site.folder()).output().unwrap();
    let ran = site.run(&["--quiet"]);
    ends(&ran, 0);
    assert_eq!(said(&ran), "");
    // A rounding tail is a note: a check says it, unless it is to be quiet.
    site.edit("content/2019/final/tables/revenue-expenditure-summary.yaml", "  206: 40.00", "  206: 40.01");
    assert!(said(&check(&site, &[])).contains("/tail]"), "{}", said(&check(&site, &[])));
    assert_eq!(said(&check(&site, &["-q"])) + &said(&site.run(&["-q"])), "");
    // A warning stands in no build’s way, and is said.
    let total = "{expenditure/total/total}";
    for (lang, then, more) in
        [("zh", "，", "，其中信息化 12.34 万元"), ("en", ";", ", of which RMB 123,400 went into IT")]
    {
        let path = format!("content/2019/final/01-overview.{lang}.md");
        site.edit(&path, &format!("{total}{then}"), &format!("{total}{more}{then}"));
    }
    for ran in [site.run(&["-q"]), check(&site, &["-q"])] {
        ends(&ran, 0);
        assert!(said(&ran).contains("[text/unbacked]") && !said(&ran).contains("/tail]"), "{}", said(&ran));
    }
    site.edit("content/2019/final/tables/expenditure.yaml", "  合计: [100.00,", "  合计: [1OO.00,");
    let ran = site.run(&["--quiet"]);
    ends(&ran, 1);
    assert!(said(&ran).contains("1OO.00") && ran.stdout.is_empty(), "{}", said(&ran));
}

#[test]
fn help_is_in_the_language_that_is_asked_for_before_it() {
    let help = |arguments: &[&str]| {
        let ran = program().args(arguments).output().unwrap();
        ends(&ran, 0);
        text(&ran.stdout).to_owned()
    };
    let (zh, en) = ("生成网站", "Build the site");
    for (arguments, chinese, english) in [
        (&["--lang", "zh", "--help"][..], true, false),
        (&["--lang", "en", "build", "--help"], false, true),
        (&["build", "--help", "--lang=zh"], true, false),
        (&["--help"], true, true),
    ] {
        let help = help(arguments);
        assert_eq!((help.contains(zh), help.contains(en)), (chinese, english), "{arguments:?}:\n{help}");
    }
    // What is said of the whole program may stand before the command.
    let site = Site::small();
    let ran = program().args(["-q", "--lang", "zh", "build", "--site"]).arg(site.folder()).output().unwrap();
    ends(&ran, 0);
    assert_eq!(said(&ran), "");
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let site = Site::small();
    site.edit("content/2019/final/tables/expenditure.yaml", "  合计: [100.00,", "  合计: [1OO.00,");
    for (arguments, coloured) in [(&[][..], false), (&["--color", "never"], false), (&["--color", "always"], true)] {
        let ran = site.run(arguments);
        ends(&ran, 1);
        assert_eq!(said(&ran).contains('\u{1b}'), coloured, "{arguments:?}: {:?}", said(&ran));
    }
}

#[test]
fn output_may_be_elsewhere() {
    let site = Site::small();
    let elsewhere = Site::empty();
    let output = elsewhere.path("published/accounts");
    let ran = site.command().arg("--output").arg(&output).output().unwrap();
    ends(&ran, 0);
    assert!(!site.output().exists());
    assert_eq!(differences(&tree(&output), &site.build()), <[String; 0]>::default());
}

#[test]
fn builds_at_the_same_time_mix_nothing() {
    let site = Site::small();
    let expected = site.build();
    fs::remove_dir_all(site.output()).unwrap();
    let started: Vec<_> =
        (0..4).map(|_| site.command().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()).collect();
    let ran: Vec<Output> = started.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    // Who comes second is told so.
    assert!(
        ran.iter().all(|ran| matches!(ran.status.code(), Some(0 | 2))),
        "{:?}",
        ran.iter().map(said).collect::<Vec<_>>()
    );
    assert!(ran.iter().any(|ran| ran.status.code() == Some(0)));
    assert_eq!(differences(&expected, &tree(&site.output())), <[String; 0]>::default());
    assert_eq!(site.beside_output(), ["content", "site.yaml"]);
}

/// A tree with what shows that a file was written again, even with the same bytes.
#[derive(Debug, PartialEq)]
struct Snapshot(BTreeMap<String, (Vec<u8>, SystemTime)>);

impl Snapshot {
    fn of(folder: &Path) -> Self {
        let files = tree(folder).into_iter().map(|(path, bytes)| {
            let written = fs::metadata(folder.join(&path)).and_then(|file| file.modified()).unwrap();
            (path, (bytes, written))
        });
        Snapshot(files.collect())
    }

    fn still_stands(&self, folder: &Path) {
        let now = Snapshot::of(folder);
        let paths: BTreeSet<&String> = self.0.keys().chain(now.0.keys()).collect();
        let touched: Vec<_> = paths.into_iter().filter(|path| self.0.get(*path) != now.0.get(*path)).collect();
        assert!(touched.is_empty(), "touched: {touched:?}");
    }
}

fn ends(ran: &Output, code: i32) {
    assert_eq!(ran.status.code(), Some(code), "{}", said(ran));
}
