//! What a site consists of: departments, their reports, the files of each. Names only.
//!
//! Every file in `content/` either has a place here or is a finding: nothing is left unpublished in
//! silence because of a slip in its name.

use std::path::{Path, PathBuf};

use super::advice::{exists_already, folder_in_content, mixture, odd_folder, stray_in_content, unknown_kind};
use super::names::{is_slug, is_taken_at_top, meant_as_yaml, rename_to, slugify, yaml_stem, year, year_within};
use super::tree::{Folder, walk};
use super::{missing, report, two_files, unexpected};
use crate::diagnostics::{Finding, Found, Place, catalogue};
use crate::model::{Localized, ReportId, ReportKind, Text};

/// The files of a site. All paths are relative to its root, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// The site's root.
    pub root: PathBuf,
    /// `site.yaml`.
    pub site: Option<String>,
    /// Local forms, `content/forms/*.yaml`.
    pub forms: Vec<String>,
    /// `content/terms.yaml`.
    pub terms: Option<String>,
    /// The departments, sorted by slug. A site of one department has one without slug.
    pub departments: Vec<DepartmentFiles>,
}

/// The files of a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentFiles {
    /// The folder's name in a portal; a site of one department has none.
    pub slug: Option<String>,
    /// `department.yaml` in a portal; a site of one department is described in `site.yaml`.
    pub config: Option<String>,
    /// `content`, or `content/<slug>`.
    pub folder: String,
    /// The reports, oldest first.
    pub reports: Vec<ReportFiles>,
}

/// The files of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFiles {
    /// Year and kind.
    pub id: ReportId,
    /// `content/2019/final`.
    pub folder: String,
    /// `report.yaml`.
    pub report: Option<String>,
    /// `facts.yaml`.
    pub facts: Option<String>,
    /// The id of a form and the file of its table, sorted by id.
    pub tables: Vec<(String, String)>,
    /// Narrative, by number (those without one last), then by slug.
    pub parts: Vec<PartFiles>,
    /// `glossary.zh.md`, `glossary.en.md`.
    pub glossary: Localized<Option<String>>,
    /// Everything below `files/`, sorted.
    pub attachments: Vec<String>,
    /// Whether each file in the folder has its place, and each text its two languages; what is not so is a finding.
    pub complete: bool,
}

/// The files of a narrative part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartFiles {
    /// Its place in the order: the digits at the start of the name.
    pub number: Option<u32>,
    /// Its name in URLs.
    pub slug: String,
    /// The file of each language.
    pub texts: Localized<Option<String>>,
}

impl Inventory {
    /// Lists the files of the site at `root`, with a finding for each that is missing, is there twice,
    /// or would not be published. Opens none of them.
    pub fn take(root: &Path) -> Found<Inventory> {
        let mut findings = Vec::new();
        let site = site_file(root, &mut findings);
        let mut inventory =
            Inventory { root: root.to_owned(), site, forms: Vec::new(), terms: None, departments: Vec::new() };
        if root.join("content").is_dir() {
            let content = walk(root, "content");
            findings.extend(content.findings);
            sort_content(&content.value, &mut inventory, &mut findings);
        } else {
            findings.push(missing(
                "content",
                Text::new(
                    "新建 content/<年份>/final/，放入 report.yaml、tables/ 和各部分正文",
                    "make content/<year>/final/ with report.yaml, tables/ and the narrative",
                ),
            ));
        }
        findings.sort_by(|a, b| (a.place.file(), a.entry.code).cmp(&(b.place.file(), b.entry.code)));
        Found { value: inventory, findings }
    }
}

fn site_file(root: &Path, findings: &mut Vec<Finding>) -> Option<String> {
    if root.join("site.yaml").is_file() {
        return Some("site.yaml".to_owned());
    }
    let near = ["site.yml", "site.yaml.txt", "content/site.yaml"].into_iter().find(|name| root.join(name).is_file());
    findings.push(missing(
        "site.yaml",
        match near {
            Some(near) => Text::new(
                format!("把 {near} 改名为 site.yaml，放在站点根目录"),
                format!("rename {near} to site.yaml, at the site's root"),
            ),
            None => Text::new(
                "在站点根目录新建 site.yaml，写明标题、部门和语言；若站点在别处，先进入其目录",
                "write site.yaml at the site's root, with title, department and languages; \
             if the site is elsewhere, go there first",
            ),
        },
    ));
    None
}

/// Says what each name directly in `content/` is.
fn sort_content(content: &Folder, inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    inventory.terms = yaml_file(content, "terms", findings);
    for name in content.files.iter().filter(|name| yaml_stem(name) != Some("terms")) {
        findings.push(unexpected(&content.at(name), stray_in_content(name)));
    }
    let (years, others): (Vec<_>, Vec<_>) = content.folders.iter().partition(|folder| year(&folder.name).is_some());
    if !years.is_empty() {
        let reports = years.iter().flat_map(|folder| year_reports(folder, findings)).collect();
        inventory.departments.push(DepartmentFiles { slug: None, config: None, folder: content.path.clone(), reports });
    }
    for folder in others.into_iter().filter(|folder| !folder.is_bare()) {
        if folder.name == "forms" {
            inventory.forms = form_files(folder, findings);
        } else if is_department(folder) {
            if let Some(year) = years.first() {
                findings.push(unexpected(&folder.path, mixture(&year.path, &folder.name)));
            }
            inventory.departments.extend(department(folder, findings));
        } else {
            findings.push(unexpected(&folder.path, folder_in_content(folder)));
        }
    }
    for department in inventory.departments.iter().filter(|department| department.reports.is_empty()) {
        findings.push(no_report(&department.folder));
    }
    // A year that is misnamed was said above; renamed, it is the report that is missing here.
    let misnamed = content.folders.iter().any(|folder| !folder.is_bare() && year_within(&folder.name).is_some());
    if inventory.departments.is_empty() && !misnamed {
        findings.push(no_report(&content.path));
    }
}

fn no_report(folder: &str) -> Finding {
    Finding::new(&catalogue::FILE_MISSING, Place::File(folder.to_owned()))
        .with("file", "report.yaml")
        .with("advice", format!("新建 {folder}/<年份>/final/，如 {folder}/2019/final/，放入 report.yaml"))
        .with("advice-en", format!("make {folder}/<year>/final/, as {folder}/2019/final/, with a report.yaml"))
}

/// A folder is meant as a department when it says so, or has years in it.
fn is_department(folder: &Folder) -> bool {
    folder.files.iter().any(|name| yaml_stem(name) == Some("department"))
        || folder.folders.iter().any(|folder| year(&folder.name).is_some())
}

fn department(folder: &Folder, findings: &mut Vec<Finding>) -> Option<DepartmentFiles> {
    let slug = folder.name.as_str();
    if !is_slug(slug) || is_taken_at_top(slug) {
        findings.push(unexpected(
            &folder.path,
            match slugify(slug).filter(|slug| !is_taken_at_top(slug)) {
                Some(better) => rename_to(&format!("content/{better}")),
                None if is_slug(slug) => Text::new(
                    format!("`{slug}` 是程序自己生成的文件夹；部门文件夹换一个名称"),
                    format!("`{slug}` is a folder that the program makes; give the department another name"),
                ),
                None => Text::new(
                    "部门文件夹用于网址，改用小写英文字母、数字和连字符，如 content/civil-affairs",
                    "the folder stands in URLs: rename it with lower-case letters, digits and hyphens, as \
                 content/civil-affairs",
                ),
            },
        ));
        return None;
    }
    let config = yaml_file(folder, "department", findings);
    if config.is_none() {
        findings.push(missing(
            &folder.at("department.yaml"),
            Text::new("新建此文件，写明部门的中英文名称", "write it, with the department's name in both languages"),
        ));
    }
    for name in folder.files.iter().filter(|name| yaml_stem(name) != Some("department")) {
        findings.push(unexpected(
            &folder.at(name),
            Text::new(
                format!(
                    "部门文件夹里只有 department.yaml 和年份文件夹；把它移到 {}/<年份>/final/，或移出 content/",
                    folder.path
                ),
                format!(
                    "a department has department.yaml and years; move it to {}/<year>/final/, or out of content/",
                    folder.path
                ),
            ),
        ));
    }
    let mut reports = Vec::new();
    for inner in folder.folders.iter().filter(|inner| !inner.is_bare() || year(&inner.name).is_some()) {
        if year(&inner.name).is_some() {
            reports.extend(year_reports(inner, findings));
        } else {
            findings.push(unexpected(&inner.path, odd_folder(inner, &folder.path)));
        }
    }
    Some(DepartmentFiles { slug: Some(slug.to_owned()), config, folder: folder.path.clone(), reports })
}

fn year_reports(folder: &Folder, findings: &mut Vec<Finding>) -> Vec<ReportFiles> {
    let path = &folder.path;
    let Some(year) = year(&folder.name) else { return Vec::new() };
    for name in &folder.files {
        findings.push(unexpected(&folder.at(name), Text::new(
            format!("年份文件夹里只有 final/（决算）和 budget/（预算）；移到 {path}/final/{name} 或 {path}/budget/{name}"),
            format!("a year has final/ and budget/ only; move it to {path}/final/{name} or {path}/budget/{name}"),
        )));
    }
    let mut reports = Vec::new();
    for inner in &folder.folders {
        match ReportKind::ALL.into_iter().find(|kind| kind.slug() == inner.name) {
            Some(kind) => reports.push(report::files(ReportId { year, kind }, inner, findings)),
            None if inner.is_bare() => {}
            None => findings.push(unexpected(&inner.path, unknown_kind(path, &inner.name))),
        }
    }
    reports.sort_by_key(|report| report.id);
    reports
}

pub(super) fn form_files(folder: &Folder, findings: &mut Vec<Finding>) -> Vec<String> {
    for inner in folder.folders.iter().filter(|inner| !inner.is_bare()) {
        findings.push(unexpected(
            &inner.path,
            Text::new(
                "表样直接放在 content/forms/ 里，不分子文件夹",
                "forms stand directly in content/forms/, without folders",
            ),
        ));
    }
    yaml_files(folder, |form| format!("forms/{form}"), findings).into_iter().map(|(_, path)| path).collect()
}

/// The YAML files of a folder of forms or tables, by stem. The first of two with the same stem counts.
pub(super) fn yaml_files(
    folder: &Folder,
    page: impl Fn(&str) -> String,
    findings: &mut Vec<Finding>,
) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for name in &folder.files {
        let path = folder.at(name);
        match yaml_stem(name) {
            Some(stem) if is_slug(stem) => match files.iter().find(|(earlier, _)| earlier == stem) {
                Some((_, first)) => findings.push(two_files(&page(stem), first, &path)),
                None => files.push((stem.to_owned(), path)),
            },
            _ => findings.push(unexpected(
                &path,
                match meant_as_yaml(name) {
                    Some(better) if folder.has(&better) => exists_already(&better),
                    Some(better) => rename_to(&better),
                    None if yaml_stem(name).is_some() => Text::new(
                        "文件名是表的标识，改用小写英文字母、数字和连字符，如 expenditure.yaml",
                        "the file's name is the form's id: rename it with lower-case letters, digits and hyphens, as \
                     expenditure.yaml",
                    ),
                    None => Text::new(
                        "这里只放 YAML：把表格写成 <表的标识>.yaml；原始文件放进报告的 files/",
                        "only YAML belongs here: write the table as <form id>.yaml; \
                     the original goes into the report's files/",
                    ),
                },
            )),
        }
    }
    // `a.yaml` sorts behind `a-b.yaml`, `a` before `a-b`.
    files.sort();
    files
}

/// `stem.yaml`, or `stem.yml`.
pub(super) fn yaml_file(folder: &Folder, stem: &str, findings: &mut Vec<Finding>) -> Option<String> {
    let mut names = [format!("{stem}.yaml"), format!("{stem}.yml")].into_iter().filter(|name| folder.has(name));
    let first = folder.at(&names.next()?);
    if let Some(second) = names.next() {
        findings.push(two_files(&format!("{stem}.yaml"), &first, &folder.at(&second)));
    }
    Some(first)
}
