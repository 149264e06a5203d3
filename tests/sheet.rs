//! The proof sheet of `gongkai check --sheet`: it shows what was proved, all of it, stands alone, can be signed only when
//! nothing is open, and never takes the place of a file that is something else.
#![allow(clippy::disallowed_methods, reason = "a test looks at the disk")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Output;

use common::html::Document;
use common::{Site, program, repository, said, text, write};
use serde_json::Value;

/// Checks a site with a proof sheet.
fn sheet(site: &Path, path: &Path, lang: &str, more: &[&str]) -> Output {
    let mut command = program();
    command.args(["check", "--lang", lang, "--site"]).arg(site).arg("--sheet").arg(path).args(more);
    command.output().expect("the program starts")
}

/// The sheet of a site that has no open error.
fn written(site: &Path, lang: &str) -> (Document, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("sheet.html");
    let ran = sheet(site, &path, lang, &[]);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    let html = fs::read_to_string(&path).expect("a sheet");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside the sheet");
    (Document::parse("sheet.html", &html), html)
}

/// The texts of the elements with a name and a class.
fn texts(page: &Document, name: &str, class: &str) -> Vec<String> {
    let of = |(_, element): &(usize, &common::html::Element)| {
        element.name == name && (class.is_empty() || element.has_class(class))
    };
    page.all().filter(of).map(|(handle, _)| page.text(handle)).collect()
}

#[test]
fn it_shows_every_rule_every_difference_and_the_digest() {
    let ran = program().args(["check", "--format", "json", "--site"]).arg(repository()).output().unwrap();
    let document: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let report = &document["reports"][0];
    for lang in ["zh", "en"] {
        let (page, html) = written(&repository(), lang);
        assert_eq!(texts(&page, "code", "digest"), [report["digest"].as_str().unwrap()]);
        // Rules, equations, those that hold, tails, failures.
        let counts: Vec<u64> = texts(&page, "td", "n").iter().take(5).map(|count| count.parse().unwrap()).collect();
        assert_eq!(counts[1], report["equations"].as_u64().unwrap());
        assert_eq!(counts[1], counts[2] + counts[3] + counts[4], "{counts:?}");
        // Each rule says how many equations it made, and lists those that are not zero on both sides.
        let bodies: Vec<usize> = page
            .all()
            .filter(|(_, element)| element.name == "tr" && element.has_class("head"))
            .map(|(_, head)| head.parent.expect("a body"))
            .collect();
        assert_eq!(bodies.len() as u64, counts[0], "{lang}: one body a rule");
        let (mut equations, mut listed) = (0, 0);
        for body in bodies {
            let rows: Vec<usize> =
                page.all().filter(|(_, element)| element.parent == Some(body)).map(|(handle, _)| handle).collect();
            let head = page.text(rows[0]);
            let (all, zero) = numbers(&head, lang);
            assert_eq!(all, zero + rows.len() as u64 - 1, "{lang}: {head}");
            equations += all;
            listed += rows.len() - 1;
        }
        assert_eq!(equations, counts[1], "{lang}");
        assert!(listed > 200, "{lang}: only {listed} equations are listed");
        // Every tail and every reason of the findings stands on it.
        for finding in document["findings"].as_array().unwrap() {
            if let Some(reason) = finding["accepted"]["reason"][lang].as_str() {
                let reason = reason.replace('&', "&amp;");
                assert!(html.contains(&reason), "{lang}: {reason}");
            }
        }
        // Both are counted as the site counts them.
        let checks = common::page(if lang == "zh" { "2019/final/checks.html" } else { "en/2019/final/checks.html" });
        let shown: Vec<String> = checks
            .all()
            .filter(|(_, element)| element.name == "dd")
            .take(4)
            .map(|(handle, _)| checks.text(handle))
            .collect();
        let [_, _, tails, accepted] = &shown[..] else { panic!("no totals") };
        let verdict = &texts(&page, "p", "verdict")[0];
        let of = |zh: &str, en: &str| verdict.contains(if lang == "zh" { zh } else { en });
        assert!(of(&format!("原因的 {accepted} 处"), &format!("with a reason: {accepted},")), "{verdict}");
        assert!(of(&format!("尾差 {tails} 处"), &format!("rounding explains: {tails},")), "{verdict}");
        let tail = if lang == "zh" { "四舍五入允许 " } else { "rounding allows " };
        assert_eq!(html.matches(tail).count() as u64, counts[3], "{lang}: the arithmetic of each tail");
    }
}

/// Whoever signs reads what differs without the tables at hand: it says of which table, of which figures, and in which order
/// they are computed.
#[test]
fn a_difference_says_its_table_its_figures_and_its_order() {
    for (lang, [first, second], table, counts) in [
        ("zh", ["处理的运维故障（超过） <b>5800</b>", "系统运维 · "], "表 ", "11 处：不符的等式 4 处，文字和文件 7 处"),
        ("en", ["<b>5,800</b>", " · "], "Table ", "11, of which 4 are equations that do not hold and 7 stand"),
    ] {
        let (page, html) = written(&repository(), lang);
        let forms = texts(&page, "span", "form");
        let differing = html.split("<h2>").nth(3).expect("differences").matches("<tr><td").count();
        assert_eq!(forms.len(), differing, "{lang}: each difference names its table");
        assert!(forms.iter().any(|form| form.starts_with(table)), "{lang}: {forms:?}");
        // Both facts of the rule have their own name, though they are columns of one name.
        let (_, row) = html.split_once("R69.1 ").expect("the rule of two indicators");
        let (row, _) = row.split_once("</p>").expect("its arithmetic");
        assert!(row.contains(first), "{lang}: {row}");
        let (_, right) = row.split_once("≠").expect("two sides");
        assert!(right.contains(second), "{lang}: the second fact has no name of its own: {right}");
        // A quotient that is added stands in brackets, and only the whole side has a sum.
        let (_, row) = html.split_once("R64.1 ").expect("the rule of budgets");
        let (row, _) = row.split_once("</p>").expect("its arithmetic");
        let (_, right) = row.split_once("≠").expect("two sides");
        assert!(right.matches(") + (").count() > 3, "{lang}: {right}");
        assert_eq!(right.matches(" = ").count(), 1, "{lang}: {right}");
        assert!(texts(&page, "p", "verdict")[0].contains(counts), "{lang}: {:?}", texts(&page, "p", "verdict"));
    }
}

/// A side without a figure counts as zero, and says which row of which form it looked for; so does the page of checks.
#[test]
fn a_side_without_a_figure_says_what_is_missing() {
    let site = Site::small();
    site.edit(
        "content/2019/final/tables/revenue-expenditure-summary.yaml",
        "  206: 40.00",
        "  206: 40.00\n  208: 3.00",
    );
    let ran = program().args(["check", "--format", "json", "--site"]).arg(site.folder()).output().unwrap();
    let document: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let mut accepted = "accepted:\n".to_owned();
    for finding in document["findings"].as_array().unwrap() {
        let word = |key: &str| finding[key].as_str().unwrap_or_default();
        let _ = writeln!(
            accepted,
            "  - {{code: {}, at: {}, stated: {}, computed: {}, visible: public, reason: {{zh: 示例, en: Example}}}}",
            word("code"),
            word("at"),
            word("stated"),
            word("computed"),
        );
    }
    let report = "content/2019/final/report.yaml";
    site.write(report, site.read(report) + &accepted);
    let files = site.build();
    for (lang, prefix, says) in [("zh", "", "支出决算表没有 208 这一行"), ("en", "en/", "xpenditure has no row 208")]
    {
        let (_, html) = written(site.folder(), lang);
        assert!(html.contains(says), "{lang}: {}", html.split("R32.2").nth(1).unwrap_or_default());
        let checks = text(&files[&format!("{prefix}2019/final/checks.html")]);
        assert!(checks.contains(says), "{lang}: the page of checks");
    }
}

/// How many equations the head of a rule counts, and how many of them are zero on both sides.
fn numbers(head: &str, lang: &str) -> (u64, u64) {
    let (count, zero) =
        if lang == "zh" { (" 个等式", "两边都是 0") } else { (" equation", "zero on both sides") };
    let (before, behind) = head.split_once(count).expect("a count");
    let last = |text: &str| text.rsplit(' ').find_map(|word| word.parse().ok());
    let all = last(before).unwrap_or_else(|| panic!("{head}"));
    let zero = match behind.split_once(zero) {
        None => 0,
        Some((before, _)) => last(&before.replace(" of them", "").replace(" 个", "")).unwrap_or(all),
    };
    (all, zero)
}

#[test]
fn it_stands_alone() {
    for lang in ["zh", "en"] {
        let (page, html) = written(Site::small().folder(), lang);
        for (_, element) in page.all() {
            assert!(!["script", "link", "img", "iframe", "a"].contains(&element.name.as_str()), "{}", element.name);
            for (name, value) in &element.attributes {
                assert!(
                    !name.starts_with("on") && !["src", "href", "style"].contains(&name.as_str()),
                    "{name}={value}"
                );
            }
        }
        for word in ["http:", "https:", "url(", "@import"] {
            assert!(!html.contains(word), "{word}");
        }
        // No date but a line to write one on.
        assert!(!html.contains(&format!("{}", 2026)) && !html.contains("2025"));
        assert_eq!(html, written(Site::small().folder(), lang).1, "the same input, the same sheet");
    }
}

#[test]
fn it_is_signed_only_when_nothing_is_open() {
    let site = Site::small();
    let (page, _) = written(site.folder(), "zh");
    assert_eq!(texts(&page, "section", "sign").len(), 1);
    for word in ["编制人", "复核人", "负责人", "单位盖章", "年　　月　　日"] {
        assert!(texts(&page, "section", "sign")[0].contains(word), "{word}");
    }
    site.edit("content/2019/final/tables/three-public.yaml", "决算数: [1.00,", "决算数: [1.10,");
    let path = site.path("sheet.html");
    let ran = sheet(site.folder(), &path, "zh", &[]);
    assert_eq!(ran.status.code(), Some(1), "{}", said(&ran));
    let html = fs::read_to_string(&path).unwrap();
    let page = Document::parse("sheet.html", &html);
    assert!(texts(&page, "section", "sign").is_empty());
    assert!(texts(&page, "p", "verdict")[0].contains("有 1 个错误没有处理，本表不能签字"));
    assert!(html.contains("≠"));
    // Accepted with a reason, it is; the reason stands on it.
    let report = "content/2019/final/report.yaml";
    site.write(report, common::read(&repository().join("tests/findings/accepted/site").join(report)));
    assert_eq!(sheet(site.folder(), &path, "zh", &[]).status.code(), Some(0), "an earlier sheet is overwritten");
    let html = fs::read_to_string(&path).unwrap();
    assert!(html.contains("class=\"sign\"") && html.contains("原因：示例：原表合计印为 1.10"));
}

#[test]
fn what_was_not_checked_is_said() {
    let site = Site::small();
    let (_, html) = written(site.folder(), "zh");
    let open = html.split("四、没有核对的").nth(1).expect("a section");
    assert!(open.contains("没有 2018 年的同类报告"), "a rule between years");
    assert!(open.contains("保有量 1&nbsp;辆") || open.contains("保有量 1\u{a0}辆"), "a fact of no rule");
}

#[test]
fn reports_anywhere_have_one_sheet_each_with_room_for_the_department() {
    let elsewhere = Site::empty();
    for folder in ["a/2019/final", "b/2019/final"] {
        for (path, bytes) in common::tree(&Site::small().path("content/2019/final")) {
            elsewhere.write(&format!("{folder}/{path}"), bytes);
        }
    }
    let ran = program()
        .args(["check", "--lang", "zh", "--format", "json", "a/2019/final", "b/2019/final", "--sheet", "sheet.html"])
        .current_dir(elsewhere.folder())
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    let _: Value = serde_json::from_slice(&ran.stdout).expect("nothing but JSON on standard output");
    let page = Document::parse("sheet.html", &elsewhere.read("sheet.html"));
    assert_eq!(texts(&page, "article", "").len(), 2);
    assert_eq!(texts(&page, "span", "blank").len(), 2);
}

#[test]
fn a_sheet_takes_no_place_but_that_of_a_sheet() {
    let site = Site::small();
    site.build();
    let before = common::tree(site.folder());
    write(&site.path("mine/page.html"), b"<!doctype html><title>mine</title>");
    fs::create_dir(site.path("folder.html")).unwrap();
    for (path, words) in [
        ("gone/sheet.html", "there is no folder"),
        ("sheet.pdf", "has to end in .html"),
        ("content/2019/final/report.yaml", "has to end in .html"),
        ("content/2019/final/sheet.html", "choose another place"),
        ("output/sheet.html", "choose another place"),
        ("output/2019/final/checks.html", "choose another place"),
        ("mine/page.html", "it is no earlier proof sheet"),
        ("folder.html", "it is no earlier proof sheet"),
    ] {
        let ran = sheet(site.folder(), &site.path(path), "en", &[]);
        assert_eq!(ran.status.code(), Some(2), "{path}: {}", said(&ran));
        assert!(ran.stdout.is_empty() && text(&ran.stderr).contains(words), "{path}: {}", said(&ran));
    }
    assert_eq!(site.read("mine/page.html"), "<!doctype html><title>mine</title>");
    fs::remove_dir_all(site.path("mine")).unwrap();
    fs::remove_dir(site.path("folder.html")).unwrap();
    assert!(common::tree(site.folder()) == before, "nothing was changed");
    // In the folder of a report that lies outside of a site it would be taken for one of its files.
    let ran = program()
        .args(["check", ".", "--sheet", "sheet.html"])
        .current_dir(site.path("content/2019/final"))
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
}

#[test]
fn there_is_no_sheet_of_a_report_that_could_not_be_read() {
    let site = Site::small();
    site.write("content/2019/final/report.yaml", "format: [");
    let path = site.path("sheet.html");
    let ran = sheet(site.folder(), &path, "en", &[]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(text(&ran.stderr).contains("No proof sheet was written") && !path.exists(), "{}", said(&ran));
}
