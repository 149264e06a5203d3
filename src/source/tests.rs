//! Whole sites on disk: what the inventory holds, and that a slip in a name never goes unsaid.

use std::fs;

use super::*;
use crate::diagnostics::Found;

/// A site with these empty files.
fn site(files: &[&str]) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    for file in files {
        let path = site.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    site
}

fn take(files: &[&str]) -> Found<Inventory> {
    Inventory::take(site(files).path())
}

/// The place, the code and the Chinese advice of each finding.
fn told(findings: &[Finding]) -> Vec<(&str, &str, String)> {
    findings.iter().map(|f| (f.place.file(), f.entry.code, f.fill(f.entry.zh.help))).collect()
}

/// What is said about one more file in a report that is otherwise sound.
fn advice(file: &str) -> String {
    let found = take(&["site.yaml", "content/2019/final/report.yaml", file]);
    let [(place, code, advice)] = told(&found.findings).try_into().unwrap();
    assert_eq!(code, "source/unexpected", "{file}");
    assert!(file.starts_with(place), "{file}");
    let english = found.findings[0].fill(found.findings[0].entry.en.help);
    assert!(english.is_ascii() && !english.contains("{advice"), "{english}");
    advice
}

#[test]
fn lists_a_site_of_one_department() {
    let found = take(&[
        "site.yaml",
        "content/terms.yaml",
        "content/forms/non-tax-revenue.yaml",
        "content/2020/budget/report.yaml",
        "content/2020/final/report.yml",
        "content/2019/final/report.yaml",
        "content/2019/final/facts.yaml",
        "content/2019/final/tables/three-public.yml",
        "content/2019/final/tables/expenditure.yaml",
        "content/2019/final/10-annex.zh.md",
        "content/2019/final/10-annex.en.md",
        "content/2019/final/03-explanation.zh.md",
        "content/2019/final/03-explanation.en.md",
        "content/2019/final/remarks.zh.md",
        "content/2019/final/remarks.en.md",
        "content/2019/final/glossary.zh.md",
        "content/2019/final/glossary.en.md",
        "content/2019/final/files/决算公开.pdf",
        "content/2019/final/files/excel/tables.xlsx",
        "content/2019/final/.DS_Store",
        "content/2019/final/facts.yaml~",
        "content/2019/final/files/Thumbs.db",
    ]);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    let Inventory { site, forms, terms, departments, .. } = found.value;
    assert_eq!(site.as_deref(), Some("site.yaml"));
    assert_eq!(terms.as_deref(), Some("content/terms.yaml"));
    assert_eq!(forms, ["content/forms/non-tax-revenue.yaml"]);
    let [department] = departments.try_into().unwrap();
    assert_eq!((department.slug, department.config, department.folder.as_str()), (None, None, "content"));
    let ids: Vec<String> = department.reports.iter().map(|report| report.id.to_string()).collect();
    assert_eq!(ids, ["2019/final", "2020/budget", "2020/final"]);
    assert_eq!(department.reports[2].report.as_deref(), Some("content/2020/final/report.yml"));
    let report = &department.reports[0];
    assert_eq!(report.folder, "content/2019/final");
    assert_eq!(report.facts.as_deref(), Some("content/2019/final/facts.yaml"));
    let forms: Vec<&str> = report.tables.iter().map(|(form, _)| form.as_str()).collect();
    assert_eq!(forms, ["expenditure", "three-public"]);
    let parts: Vec<_> = report.parts.iter().map(|part| (part.number, part.slug.as_str())).collect();
    assert_eq!(parts, [(Some(3), "explanation"), (Some(10), "annex"), (None, "remarks")]);
    assert_eq!(report.parts[0].texts.en.as_deref(), Some("content/2019/final/03-explanation.en.md"));
    assert_eq!(report.glossary.zh.as_deref(), Some("content/2019/final/glossary.zh.md"));
    let files = ["content/2019/final/files/excel/tables.xlsx", "content/2019/final/files/决算公开.pdf"];
    assert_eq!(report.attachments, files);
}

#[test]
fn lists_a_portal() {
    let found = take(&[
        "site.yaml",
        "content/finance/department.yaml",
        "content/finance/2019/final/report.yaml",
        "content/civil-affairs/department.yaml",
        "content/civil-affairs/2018/final/report.yaml",
    ]);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    let departments: Vec<_> =
        found.value.departments.iter().map(|d| (d.slug.as_deref(), d.config.as_deref(), d.reports.len())).collect();
    assert_eq!(
        departments,
        [
            (Some("civil-affairs"), Some("content/civil-affairs/department.yaml"), 1),
            (Some("finance"), Some("content/finance/department.yaml"), 1),
        ]
    );
}

#[test]
fn says_what_is_missing() {
    let found = take(&[]);
    let places: Vec<_> = told(&found.findings).iter().map(|told| (told.0, told.1)).collect();
    assert_eq!(places, [("content", "source/missing"), ("site.yaml", "source/missing")]);

    let found = take(&["site.yml", "content/2019/final/facts.yaml"]);
    assert_eq!(
        told(&found.findings),
        [
            (
                "content/2019/final/report.yaml",
                "source/missing",
                "新建此文件，写明 format、表样、单位和批复、公开日期".to_owned()
            ),
            ("site.yaml", "source/missing", "把 site.yml 改名为 site.yaml，放在站点根目录".to_owned()),
        ]
    );

    let found = take(&["site.yaml", "content/terms.yaml", "content/finance/2019/final/report.yaml"]);
    assert_eq!(found.findings[0].place.file(), "content/finance/department.yaml");
    assert_eq!(found.findings.len(), 1);

    let found = take(&["site.yaml", "content/terms.yaml"]);
    assert_eq!(found.findings[0].place.file(), "content");
    assert_eq!(found.findings[0].entry.code, "source/missing");

    let found = take(&["site.yaml", "content/2019年/final/report.yaml"]);
    let said: Vec<_> = found.findings.iter().map(|one| (one.place.file(), one.entry.code)).collect();
    assert_eq!(said, [("content/2019年", "source/unexpected")], "renamed, it is a year with a report");
}

#[test]
fn finds_two_files_for_one_page() {
    let found = take(&[
        "site.yaml",
        "content/2019/final/report.yaml",
        "content/2019/final/report.yml",
        "content/2019/final/tables/expenditure.yaml",
        "content/2019/final/tables/expenditure.yml",
        "content/2019/final/03-note.zh.md",
        "content/2019/final/04-note.zh.md",
        "content/2019/final/04-note.en.md",
    ]);
    let pairs: Vec<_> = found
        .findings
        .iter()
        .map(|f| {
            assert_eq!(f.entry.code, "source/two-files");
            let name = |place: &Place| place.file().trim_start_matches("content/2019/final/").to_owned();
            (name(&f.related[0]), name(&f.place), f.arguments[0].1.as_str())
        })
        .collect();
    let pair = |a: &str, b: &str, page| (a.to_owned(), b.to_owned(), page);
    assert_eq!(
        pairs,
        [
            pair("03-note.zh.md", "04-note.en.md", "2019/final/note.html"),
            pair("03-note.zh.md", "04-note.zh.md", "2019/final/note.html"),
            pair("report.yaml", "report.yml", "report.yaml"),
            pair("tables/expenditure.yaml", "tables/expenditure.yml", "2019/final/expenditure.html"),
        ]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn finds_attachments_that_are_one_file_elsewhere() {
    let report = "content/2019/final/report.yaml";
    let found = take(&["site.yaml", report, "content/2019/final/files/A.pdf", "content/2019/final/files/a.pdf"]);
    assert_eq!(found.findings[0].entry.code, "source/two-files");
    assert_eq!(found.findings.len(), 1);
}

#[test]
fn finds_a_missing_language() {
    let found = take(&[
        "site.yaml",
        "content/2019/final/report.yaml",
        "content/2019/final/03-note.zh.md",
        "content/2019/final/glossary.en.md",
    ]);
    let messages: Vec<_> = found.findings.iter().map(|f| f.fill(f.entry.zh.message)).collect();
    assert_eq!(
        messages,
        ["缺少英文文本：content/2019/final/03-note.en.md", "缺少中文文本：content/2019/final/glossary.zh.md"]
    );
    assert_eq!(
        found.findings[0].fill(found.findings[0].entry.en.message),
        "the English text is missing: content/2019/final/03-note.en.md"
    );
}

#[test]
fn says_what_to_do_with_a_stray_file() {
    let report = "content/2019/final";
    for (file, expected) in [
        ("03_Note.zh.md", "改名为 03-note.zh.md".to_owned()),
        ("Report.YAML", "已有 report.yaml；把内容并入后删除此文件".to_owned()),
        ("Facts.yaml.txt", "改名为 facts.yaml".to_owned()),
        ("expenditure.yaml", format!("表格移到 {report}/tables/expenditure.yaml；不属于任何表的数字写进 facts.yaml")),
        ("支出.yaml", format!("表格移到 {report}/tables/，文件名是表的标识，如 expenditure.yaml")),
        ("决算.pdf", format!("要作为附件发布的，移到 {report}/files/；不发布的，移出 content/")),
        (
            "attachments/决算.pdf",
            format!(
                "报告里只有 tables/ 和 files/：要作为附件发布的，移到 {report}/files/attachments；不发布的，移出 content/"
            ),
        ),
        ("表格/a.yaml", format!("改名为 {report}/tables")),
        ("tables/Expenditure.yaml.txt", "改名为 expenditure.yaml".to_owned()),
        ("tables/支出.xlsx", "这里只放 YAML：把表格写成 <表的标识>.yaml；原始文件放进报告的 files/".to_owned()),
        ("tables/2/a.yaml", format!("表格直接放在 {report}/tables/ 里，不分子文件夹")),
    ] {
        // The English advice may quote the name, and is only checked to be English when the name is ASCII.
        let file = format!("{report}/{file}");
        if file.is_ascii() {
            assert_eq!(advice(&file), expected);
        } else {
            let found = take(&["site.yaml", "content/2019/final/report.yaml", &file]);
            assert_eq!(told(&found.findings)[0].2, expected);
            assert_eq!(found.findings.len(), 1);
        }
    }
}

#[test]
fn says_what_to_do_with_a_stray_folder() {
    for (file, expected) in [
        ("content/FY2018/final/report.yaml", "年份文件夹只写四位数字：改名为 content/2018"),
        ("content/final/report.yaml", "移到所属年份，如 content/2019/final"),
        ("content/2019/accounts/report.yaml", "改名为 content/2019/final"),
        (
            "content/2019/other/report.yaml",
            "年份下只有 content/2019/final（决算）和 content/2019/budget（预算）；移进其中之一，或移出 content/",
        ),
        (
            "content/2019/report.yaml",
            "年份文件夹里只有 final/（决算）和 budget/（预算）；移到 content/2019/final/report.yaml 或 content/2019/budget/report.yaml",
        ),
        ("content/site.yaml", "移到站点根目录，与 content/ 并列"),
        ("content/Terms.yml", "改名为 terms.yaml"),
        ("content/README.md", "移到所属报告，如 content/2019/final/README.md；不发布的移出 content/"),
    ] {
        assert_eq!(advice(file), expected, "{file}");
    }
}

#[test]
fn ignores_folders_without_files() {
    let site = site(&["site.yaml", "content/2019/final/report.yaml"]);
    fs::create_dir_all(site.path().join("content/drafts/old")).unwrap();
    fs::create_dir_all(site.path().join("content/2019/final/pictures")).unwrap();
    assert!(Inventory::take(site.path()).findings.is_empty());
}

#[test]
fn refuses_years_beside_departments_and_unfit_names() {
    let found = take(&[
        "site.yaml",
        "content/2019/final/report.yaml",
        "content/finance/department.yaml",
        "content/finance/2019/final/report.yaml",
        "content/Civil_Affairs/department.yaml",
        "content/en/department.yaml",
        "content/民政局/2019/final/report.yaml",
    ]);
    let told = told(&found.findings);
    let mixed: Vec<_> = told.iter().filter(|told| told.2.starts_with("content/ 下既有年份")).map(|t| t.0).collect();
    assert_eq!(mixed, ["content/Civil_Affairs", "content/en", "content/finance", "content/民政局"]);
    let names: Vec<_> = told.iter().filter(|told| !mixed.is_empty() && !told.2.starts_with("content/ 下")).collect();
    assert_eq!(names[0].2, "改名为 content/civil-affairs");
    assert_eq!(names[1].2, "`en` 是程序自己生成的文件夹；部门文件夹换一个名称");
    assert!(names[2].2.starts_with("部门文件夹用于网址"));
    assert_eq!(names.len(), 3);
}

#[test]
fn refuses_names_that_some_systems_cannot_save() {
    if cfg!(windows) {
        return;
    }
    assert_eq!(
        advice("content/2019/final/files/a:b?.pdf"),
        "文件名里有在某些系统上不能保存的字符：改名为 content/2019/final/files/ab.pdf"
    );
}

#[test]
fn reads_a_report() {
    let site = site(&[
        "site.yaml",
        "content/2019/final/report.yaml",
        "content/2019/final/tables/revenue.yaml",
        "content/2019/final/01-a.zh.md",
        "content/2019/final/01-a.en.md",
    ]);
    fs::write(site.path().join("content/2019/final/01-a.en.md"), b"\xff").unwrap();
    let report = &Inventory::take(site.path()).value.departments[0].reports[0];
    let Found { value: texts, findings } = report.read(site.path());
    assert_eq!(texts.report.unwrap().text, "x");
    assert_eq!(texts.tables[0].0, "revenue");
    assert_eq!(texts.parts[0].texts.zh.as_ref().unwrap().path, "content/2019/final/01-a.zh.md");
    assert_eq!(texts.parts[0].texts.en, None);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].entry.code, "source/encoding");
}

#[cfg(unix)]
#[test]
fn refuses_content_that_is_a_link_to_elsewhere() {
    let (site, elsewhere) = (site(&["site.yaml"]), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(elsewhere.path(), site.path().join("content")).unwrap();
    let found = Inventory::take(site.path());
    assert!(told(&found.findings).iter().any(|told| (told.0, told.1) == ("content", "source/link-outside")));
}
