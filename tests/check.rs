//! `gongkai check FILE…`: reports that lie anywhere, named by folder, `report.yaml` or site, several at once; and what is
//! said where a name leads to nothing that can be checked.
#![allow(clippy::disallowed_methods, reason = "a test moves reports about")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Output;

use common::{Site, program, repository, said, text, tree, write};
use serde_json::Value;

const REPORT: &str = "content/2019/final";

/// Runs `gongkai check` in a folder.
fn check(folder: &Path, arguments: &[&str]) -> Output {
    program()
        .arg("check")
        .args(["--lang", "en"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

/// The findings of a check as JSON, and its exit code.
fn json(folder: &Path, arguments: &[&str]) -> (Value, i32) {
    let ran = check(folder, &[arguments, &["--format", "json"]].concat());
    let document = serde_json::from_slice(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(&ran)));
    (document, ran.status.code().expect("a code"))
}

/// What was found: code and file, in the order in which it is said.
fn found(document: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    let findings = document["findings"].as_array().expect("findings");
    findings.iter().map(|finding| (word(&finding["code"]), word(&finding["file"]))).collect()
}

/// The reports of a check, with their equations.
fn reports(document: &Value) -> Vec<(&str, &str, u64)> {
    let reports = document["reports"].as_array().expect("reports");
    let of = |report: &'_ Value, key: &str| report[key].as_str().expect("a text").to_owned().leak() as &str;
    reports
        .iter()
        .map(|report| (of(report, "file"), of(report, "report"), report["equations"].as_u64().unwrap()))
        .collect()
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        write(&to.join(path), &bytes);
    }
}

/// A site whose report has one error.
fn wrong() -> Site {
    let site = Site::small();
    site.edit(&format!("{REPORT}/tables/three-public.yaml"), "决算数: [1.00,", "决算数: [1.10,");
    site
}

#[test]
fn a_report_may_be_named_by_its_folder_its_file_or_its_site() {
    let site = wrong();
    let (whole, code) = json(site.folder(), &[]);
    assert_eq!(code, 1);
    let expected = found(&whole);
    assert_eq!(expected, [("sum/differs".to_owned(), format!("{REPORT}/tables/three-public.yaml"))]);
    for name in [
        ".",
        "site.yaml",
        REPORT,
        &format!("{REPORT}/"),
        &format!("{REPORT}/report.yaml"),
        "content/../content/2019/final",
    ] {
        let (document, code) = json(site.folder(), &[name]);
        assert_eq!((found(&document), code), (expected.clone(), 1), "{name}");
        assert_eq!(document["reports"], whole["reports"], "{name}");
    }
    // Files are named from where one stands, so that an editor can open them.
    let (document, _) = json(&site.path(REPORT), &["."]);
    let shown = &found(&document)[0].1;
    assert!(
        site.path(REPORT)
            .canonicalize()
            .unwrap()
            .join("tables/three-public.yaml")
            .ends_with(shown.trim_start_matches('/')),
        "{shown}"
    );
    let (document, _) = json(site.path("content").as_path(), &["2019/final"]);
    assert!(found(&document)[0].1.ends_with("content/2019/final/tables/three-public.yaml"));
    assert_eq!(document["findings"][0]["line"], 3, "the file is found again for its lines");
}

#[test]
fn a_report_may_lie_anywhere() {
    let site = wrong();
    let elsewhere = Site::empty();
    for (folder, more) in [
        ("2019/final", vec![]),
        ("2019年决算", vec![]),
        ("报送2019/终稿", vec![]),
        ("inbox/report", vec!["--year", "2019"]),
        ("inbox/report", vec!["--year", "2019", "--kind", "final"]),
    ] {
        copy(&site.path(REPORT), &elsewhere.path(folder));
        let (document, code) = json(elsewhere.folder(), &[&[folder], more.as_slice()].concat());
        let expected = [("sum/differs".to_owned(), format!("{folder}/tables/three-public.yaml"))];
        assert_eq!((found(&document), code), (expected.to_vec(), 1), "{folder}");
        assert_eq!(reports(&document)[0].1, "2019/final", "{folder}");
    }
    let (of_site, _) = json(site.folder(), &[]);
    let (document, _) = json(elsewhere.folder(), &["2019/final"]);
    assert_eq!(document["reports"][0]["digest"], of_site["reports"][0]["digest"], "the same figures");
    let (document, _) = json(elsewhere.folder(), &["inbox/report", "--year", "2019", "--kind", "budget"]);
    assert_eq!(reports(&document)[0].1, "2019/budget");
}

#[test]
fn without_a_year_it_is_asked_for_in_both_languages() {
    let elsewhere = Site::empty();
    copy(&Site::small().path(REPORT), &elsewhere.path("report"));
    for (lang, words) in [("zh", "加上年度，如 --year 2019。"), ("en", "Add the year, as --year 2019.")] {
        let ran = program().args(["check", "report", "--lang", lang]).current_dir(elsewhere.folder()).output().unwrap();
        assert_eq!(ran.status.code(), Some(2));
        assert!(ran.stdout.is_empty() && text(&ran.stderr).contains(words), "{}", said(&ran));
    }
    let ran = check(elsewhere.folder(), &["report", "--year", "219"]);
    assert_eq!(ran.status.code(), Some(2), "{}", said(&ran));
}

#[test]
fn several_at_once_each_once_even_of_the_same_year() {
    let (site, other) = (wrong(), wrong());
    copy(&other.path(REPORT), &site.path("inbox/2019/final"));
    let both = [REPORT, "inbox/2019/final", &format!("{REPORT}/report.yaml"), REPORT];
    let (document, code) = json(site.folder(), &both);
    let file = |folder: &str| ("sum/differs".to_owned(), format!("{folder}/tables/three-public.yaml"));
    assert_eq!((found(&document), code), (vec![file(REPORT), file("inbox/2019/final")], 1));
    assert_eq!(reports(&document).len(), 2);
    // What a site has is not checked again beside it.
    let (document, _) = json(site.folder(), &["inbox/2019/final", ".", REPORT]);
    assert_eq!(found(&document).len(), 2);
    // A sound one beside them changes nothing.
    let sound = Site::small();
    let (document, code) = json(sound.folder(), &[REPORT, site.path(REPORT).to_str().unwrap()]);
    assert_eq!((found(&document).len(), reports(&document).len(), code), (1, 2, 1));
    assert!(Path::new(&found(&document)[0].1).is_absolute());
}

#[test]
fn a_year_that_is_only_a_copy_is_told_what_is_left_of_the_other() {
    let site = Site::empty();
    copy(&repository().join("content"), &site.path("content"));
    write(&site.path("site.yaml"), &fs::read(repository().join("site.yaml")).unwrap());
    copy(&site.path("content/2019"), &site.path("content/2020"));
    let (document, code) = json(site.folder(), &[]);
    assert_eq!(code, 0, "warnings do not stand in the way");
    let said = found(&document);
    let files = |code: &str| -> Vec<&str> {
        said.iter().filter(|(said, _)| said == code).map(|(_, file)| file.rsplit('/').next().unwrap()).collect()
    };
    assert!(said.iter().all(|(code, file)| !code.starts_with("report/") || file.starts_with("content/2020/")));
    assert_eq!(files("form/older-set"), ["report.yaml"]);
    let left = files("report/left-over");
    let tables = ["expenditure.yaml", "revenue-expenditure-summary.yaml", "non-tax-revenue.yaml"];
    for file in tables.into_iter().chain(["report.yaml", "facts.yaml", "03-explanation.zh.md", "03-explanation.en.md"])
    {
        assert!(left.contains(&file), "{file} is not named: {left:?}");
    }
    // All days of the year before are one finding, beside the groups that compare with the year before that.
    assert_eq!(left.iter().filter(|file| **file == "facts.yaml").count(), 2);
    assert!(!left.contains(&"government-fund.yaml"), "a table of zeros may stay one");
    // Another column of zeros makes it no other table.
    let table = "content/2020/final/tables/general-budget-expenditure.yaml";
    assert!(found(&document).contains(&("report/left-over".to_owned(), table.to_owned())));
    // A table that is typed anew is none of them.
    let table = "content/2020/final/tables/expenditure.yaml";
    site.edit(table, "483.38, 483.38", "483.39, 483.39");
    let (document, _) = json(site.folder(), &[]);
    assert!(!found(&document).contains(&("report/left-over".to_owned(), table.to_owned())));
}

#[test]
fn what_names_another_department_is_told_where_it_stands() {
    let site = Site::empty();
    copy(&repository().join("content"), &site.path("content"));
    write(&site.path("site.yaml"), &fs::read(repository().join("site.yaml")).unwrap());
    site.edit("site.yaml", "zh: 广州市越秀区政务服务数据管理局", "zh: 示例市甲区水务局");
    let (document, _) = json(site.folder(), &[]);
    let mut files = found(&document);
    files.retain(|(code, _)| code == "text/department");
    let file = |name: &str| ("text/department".to_owned(), format!("content/2019/final/{name}"));
    assert_eq!(files, [file("01-overview.zh.md"), file("03-explanation.zh.md"), file("report.yaml")]);
}

#[test]
fn a_report_has_the_local_forms_of_the_site_that_it_lies_in() {
    let site = Site::empty();
    copy(&repository().join("tests/sites/full"), site.folder());
    let table = "tables/non-tax-revenue.yaml";
    assert!(site.path(&format!("{REPORT}/{table}")).exists());
    copy(&site.path(REPORT), &site.path("drafts/2019/final"));
    let (document, code) = json(site.folder(), &["drafts/2019/final"]);
    assert_eq!((found(&document), code), (vec![], 0));
    // Years that are handed on with the forms beside them.
    let handed_on = Site::empty();
    copy(&site.path("content"), handed_on.folder());
    let (document, code) = json(handed_on.folder(), &["2019/final", "2020/final"]);
    assert_eq!((found(&document), code), (vec![], 0));
    // Without them it says so.
    fs::remove_dir_all(handed_on.path("forms")).unwrap();
    let (document, code) = json(handed_on.folder(), &["2019/final"]);
    assert_eq!(code, 1);
    assert!(found(&document).iter().all(|(_, file)| file.starts_with("2019/final/")), "{document:#}");
}

#[test]
fn the_years_beside_a_report_are_read_and_only_the_named_one_is_spoken_of() {
    let site = Site::empty();
    copy(&repository().join("tests/sites/full/content"), site.folder());
    let (alone, _) = json(site.folder(), &["2020/final"]);
    let (both, _) = json(site.folder(), &["2020/final", "2019/final"]);
    let equations = |document: &Value| {
        reports(document).iter().map(|(_, id, count)| ((*id).to_owned(), *count)).collect::<Vec<_>>()
    };
    assert_eq!(equations(&both)[1], equations(&alone)[0], "the year before is there for its rules");
    // A mistake of the year before is found when that year is named.
    site.edit("2019/final/tables/three-public.yaml", "rows:", "rows: # 示例\n  没有这一行: [1]");
    assert_eq!(found(&json(site.folder(), &["2020/final"]).0), []);
    assert_ne!(found(&json(site.folder(), &["2019/final"]).0), []);
}

#[test]
fn what_cannot_be_checked_is_said_all_of_it_and_ends_with_2() {
    let site = Site::small();
    fs::create_dir(site.path("empty")).unwrap();
    let cases = [
        ("nothing", "There is no file or folder nothing."),
        ("empty", "empty has no report.yaml and no site.yaml in it."),
        ("content/2019/final/facts.yaml", "content/2019/final/facts.yaml is no report."),
        ("content/2019/final/tables", "content/2019/final/tables has no report.yaml"),
        ("content/2019", "content/2019 has no report.yaml"),
    ];
    let ran = check(site.folder(), &cases.map(|(name, _)| name));
    assert_eq!(ran.status.code(), Some(2));
    assert!(ran.stdout.is_empty(), "{}", said(&ran));
    for (_, words) in cases {
        assert!(text(&ran.stderr).contains(words), "{words}\n{}", said(&ran));
    }
    let ran = check(site.folder(), &[REPORT, "--year", "2018"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("lies in 2019/final"), "{}", said(&ran));
    for wrong in [vec!["--site", ".", REPORT], vec!["--year", "2019"]] {
        assert_eq!(check(site.folder(), &wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_away_are_told_from_files() {
    use std::os::unix::fs::symlink;
    let site = Site::small();
    symlink("loop", site.path("loop")).unwrap();
    symlink("gone", site.path("dead")).unwrap();
    symlink(REPORT, site.path("latest")).unwrap();
    let ran = check(site.folder(), &["loop", "dead"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("Cannot read loop: ") && text(&ran.stderr).contains("no file or folder dead"));
    // A link to a report is the report.
    let (document, code) = json(site.folder(), &["latest"]);
    assert_eq!((reports(&document)[0].0, code), ("content/2019/final/report.yaml", 0));
    // A file of the report that leads out of it is refused, as in a site.
    let outside = Site::empty();
    copy(&site.path(REPORT), &outside.path("in/2019/final"));
    let facts = outside.path("in/2019/final/facts.yaml");
    fs::rename(&facts, outside.path("facts.yaml")).unwrap();
    symlink("../../../facts.yaml", &facts).unwrap();
    let (document, code) = json(&outside.path("in"), &["2019/final"]);
    assert_eq!(code, 1);
    assert!(found(&document).contains(&("source/link-outside".to_owned(), "2019/final/facts.yaml".to_owned())));
}

#[test]
fn a_report_that_cannot_be_read_is_a_finding_with_its_file() {
    let site = Site::small();
    fs::write(site.path(&format!("{REPORT}/report.yaml")), b"format: \xff\n").unwrap();
    let (document, code) = json(site.folder(), &[REPORT]);
    assert_eq!(code, 1);
    assert_eq!(found(&document)[0], ("source/encoding".to_owned(), format!("{REPORT}/report.yaml")));
    let ran = check(site.folder(), &[REPORT, "--format", "github"]);
    assert!(text(&ran.stdout).contains(&format!("::error file={REPORT}/report.yaml")), "{}", said(&ran));
}

/// What only a person can decide does not stand in the way for ever: words in doubt are accepted as they were reported.
#[test]
fn a_doubt_about_words_is_accepted_by_its_words() {
    let site = Site::small();
    let text = format!("{REPORT}/01-overview.zh.md");
    let doubts = "经费 4321.09 万元，会议 47 次，第 XX 号文件，见 2016 年说明。";
    site.edit(&text, "## 支出", &format!("{doubts}\n\n## 支出"));
    site.edit(
        &format!("{REPORT}/01-overview.en.md"),
        "## Expenditure",
        "RMB 43.2109 million, 47 meetings, document 00, 2016.\n\n## Expenditure",
    );
    let (document, code) = json(site.folder(), &[]);
    assert_eq!(code, 1);
    let findings = document["findings"].as_array().unwrap();
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert!(codes.contains("text/unbacked") && codes.contains("text/template"));
    // As a webmaster copies it: the keys of the finding, and a reason.
    let mut accepted = "accepted:\n".to_owned();
    let mut seen = BTreeSet::new();
    for finding in findings {
        let said = |key: &str| finding[key].as_str().unwrap_or_else(|| panic!("no {key}: {finding}")).to_owned();
        assert!(finding["computed"].is_null(), "{finding}");
        if seen.insert((said("code"), said("at"), said("stated"))) {
            let _ = write!(
                accepted,
                "  - code: {}\n    at: {}\n    stated: \"{}\"\n    visible: internal\n    reason: {{zh: 示例, en: Example}}\n",
                said("code"),
                said("at"),
                said("stated")
            );
        }
    }
    let report = format!("{REPORT}/report.yaml");
    site.write(&report, site.read(&report) + &accepted);
    let (document, code) = json(site.folder(), &[]);
    assert_eq!((code, &document["errors"]), (0, &Value::from(0)), "{document}");
    assert!(document["findings"].as_array().unwrap().iter().all(|finding| !finding["accepted"].is_null()));
    // What must not be public is not named, and cannot be accepted.
    let telephone = "电话 13800138000。";
    site.edit(&text, doubts, &format!("{doubts}{telephone}"));
    let (document, code) = json(site.folder(), &[]);
    let findings = document["findings"].as_array().unwrap();
    let sensitive = findings.iter().find(|finding| finding["code"] == "text/sensitive").expect("a finding");
    assert!(code == 1 && sensitive["at"].is_null() && !sensitive.to_string().contains("13800138000"), "{sensitive}");
    site.edit(&text, telephone, "");
    // Other words are another doubt.
    site.edit(&text, "第 XX 号", "第 XXX 号");
    let (document, code) = json(site.folder(), &[]);
    assert_eq!(code, 1);
    let open: Vec<_> = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["accepted"].is_null())
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    assert_eq!(open.iter().filter(|code| **code == "text/template").count(), 1, "{open:?}");
    assert_eq!(open.iter().filter(|code| **code == "publish/accepted-nothing").count(), 1, "{open:?}");
}

/// A figure that could not be read is one finding: what is left of its sentence is not called wrong, and amounts that the
/// unread table may have are not called unknown.
#[test]
fn a_sentence_that_lacks_a_figure_is_not_taken_for_a_wrong_one() {
    let site = Site::small();
    let text = format!("{REPORT}/01-overview.zh.md");
    site.edit(&text, "公务用车 {facts/vehicles/total} 辆。", "公务用车，{facts/vehicles/total}，共计 12.00 万元。");
    let with = |from: &str, to: &str| {
        site.edit(&format!("{REPORT}/facts.yaml"), from, to);
        let (document, code) = json(site.folder(), &[]);
        site.edit(&format!("{REPORT}/facts.yaml"), to, from);
        assert_eq!(code, 1, "{document}");
        found(&document).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    let (document, _) = json(site.folder(), &[]);
    assert!(found(&document).iter().any(|(code, _)| code == "text/unbacked"), "{document}");
    assert_eq!(with("value:", "valeu:"), ["yaml/unknown-key"]);
    site.edit(&text, "{facts/vehicles/total}，共计 12.00 万元", "{facts/vehicles/totl}");
    let (document, _) = json(site.folder(), &[]);
    assert_eq!(found(&document).into_iter().map(|(code, _)| code).collect::<Vec<_>>(), ["figure/unknown-address"]);
}

/// What is stated and what computes are compared by readers: both say their unit, and which way they moved.
#[test]
fn both_sides_of_a_figure_stated_wrong_have_their_unit() {
    let share = "{share expenditure/total/basic of expenditure/total/total}";
    for (figure, zh, en) in [
        ("{expenditure/total/basic stated=59.00}", ["59.00 万元", "60.00 万元"], ["RMB 590,000", "RMB 600,000"]),
        (
            "{change expenditure/total/total from expenditure/total/basic stated=41.00}",
            ["增加 41.00 万元", "增加 40.00 万元"],
            ["an increase of RMB 410,000", "an increase of RMB 400,000"],
        ),
        (
            "{share expenditure/total/basic of expenditure/total/total stated=61.00}",
            ["61.00%", "60.00%"],
            ["61.00%", "60.00%"],
        ),
    ] {
        let site = Site::small();
        site.edit(&format!("{REPORT}/01-overview.zh.md"), share, figure);
        let (document, _) = json(site.folder(), &[]);
        let message = &document["findings"][0]["message"];
        let says = |lang: &str| message[lang].as_str().expect("a message").to_owned();
        assert!(says("zh").starts_with(&format!("原文写 {}，按有关数字计算为 {}（", zh[0], zh[1])), "{message}");
        assert!(says("en").starts_with(&format!("stated as {}, computed as {} (", en[0], en[1])), "{message}");
    }
}

/// Of one number that is wrong in one language, the cause is said, and not that the other language lacks it.
#[test]
fn a_figure_stated_wrong_in_one_language_is_one_finding() {
    let site = Site::small();
    let share = "{share expenditure/total/basic of expenditure/total/total}";
    let stated = |number: &str| share.replace('}', &format!(" stated={number}}}"));
    site.edit(&format!("{REPORT}/01-overview.zh.md"), share, &stated("60.02"));
    let (document, code) = json(site.folder(), &[]);
    assert_eq!(code, 1);
    assert_eq!(found(&document).into_iter().map(|(code, _)| code).collect::<Vec<_>>(), ["figure/stated"]);
    // Accepted in one language only, the two languages print different figures.
    let finding = &document["findings"][0];
    let said = |key: &str| finding[key].as_str().expect("a text").to_owned();
    let report = format!("{REPORT}/report.yaml");
    let accepted = format!(
        "accepted:\n  - {{code: figure/stated, at: {}, stated: {}, computed: {}, visible: public, reason: {{zh: 示例, en: Example}}}}\n",
        said("at"),
        said("stated"),
        said("computed")
    );
    site.write(&report, site.read(&report) + &accepted);
    let (document, _) = json(site.folder(), &[]);
    let open: Vec<_> =
        document["findings"].as_array().unwrap().iter().filter(|one| one["accepted"].is_null()).collect();
    assert!(!open.is_empty() && open.iter().all(|one| one["code"] == "translation/figures-differ"), "{document}");
}

/// What was accepted comes out otherwise when a figure below it is mistyped: the figure is named first, and nobody is told to
/// remove the acceptance.
#[test]
fn an_acceptance_that_fails_with_its_figures_is_not_to_be_removed() {
    let site = Site::copy();
    let ran = |site: &Site, lang: &str| {
        let output = program().args(["check", "--quiet", "--lang", lang]).current_dir(site.folder()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    site.edit("content/2019/final/facts.yaml", "1394.08", "1349.08");
    for (lang, remove) in [("zh", "删去这一条"), ("en", "; remove this")] {
        let said = ran(&site, lang);
        let cause = said.find("[sum/differs]: R66.1").expect("the cause");
        let follows = said.find("[publish/accepted-nothing]").expect("what follows");
        assert!(cause < follows, "{said}");
        assert!(!said.contains(remove), "{said}");
    }
    let site = Site::copy();
    let report = "content/2019/final/report.yaml";
    site.write(report, site.read(report).replacen("code: figure/stated", "code: figure/stat", 1));
    assert!(ran(&site, "en").contains("there is no such code; there are `figure/stated`"));
}
