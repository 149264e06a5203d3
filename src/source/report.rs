//! The folder of a report: which file is which.

use std::collections::BTreeMap;

use super::advice::exists_already;
use super::inventory::{PartFiles, ReportFiles, yaml_file, yaml_files};
use super::names::{Misnamed, Prose, is_slug, meant_as_yaml, prose, rename_to, yaml_stem};
use super::tree::Folder;
use super::{missing, two_files, unexpected};
use crate::diagnostics::{Finding, Place, catalogue};
use crate::model::{Lang, Localized, ReportId, Text};

/// Files of the report by fixed names, with `.yaml` or `.yml`.
const SINGLE: [&str; 2] = ["report", "facts"];

/// What a name on disk may not contain, so that the published file can be saved on every system and
/// needs no escapes in a checksum list.
const NOT_IN_NAMES: [char; 9] = ['\\', ':', '*', '?', '"', '<', '>', '|', '\u{7f}'];

/// The files of a report. `findings` has what the walk through its folder found.
pub(super) fn files(id: ReportId, folder: &Folder, findings: &mut Vec<Finding>) -> ReportFiles {
    let mut report = ReportFiles {
        id,
        folder: folder.path.clone(),
        report: yaml_file(folder, "report", findings),
        facts: yaml_file(folder, "facts", findings),
        tables: Vec::new(),
        parts: Vec::new(),
        glossary: Localized::default(),
        attachments: Vec::new(),
        complete: true,
    };
    if report.report.is_none() {
        findings.push(missing(
            &folder.at("report.yaml"),
            Text::new(
                "新建此文件，写明 format、表样、单位和批复、公开日期",
                "write it, with format, form set, unit and the dates of approval and publication",
            ),
        ));
    }
    for inner in folder.folders.iter().filter(|inner| !inner.is_bare()) {
        match inner.name.as_str() {
            "tables" => report.tables = tables(inner, &report, findings),
            "files" => report.attachments = attachments(inner, findings),
            _ => findings.push(unexpected(&inner.path, unknown_folder(inner))),
        }
    }
    for name in &folder.files {
        let path = folder.at(name);
        if yaml_stem(name).is_some_and(|stem| SINGLE.contains(&stem)) {
            continue;
        }
        match prose(name) {
            Ok(Prose::Glossary(lang)) => *slot(&mut report.glossary, lang) = Some(path),
            Ok(Prose::Part { number, slug, lang }) => part(&mut report, (number, slug, lang), path, findings),
            Err(misnamed) => findings.push(unexpected(&path, stray(folder, name, &misnamed))),
        }
    }
    report.parts.sort_by(|a, b| (a.number.is_none(), a.number, &a.slug).cmp(&(b.number.is_none(), b.number, &b.slug)));
    findings.extend(report.parts.iter().map(|part| &part.texts).chain([&report.glossary]).filter_map(one_language));
    let inside = format!("{}/", folder.path);
    report.complete = !findings.iter().any(|finding| finding.place.file().starts_with(&inside));
    report
}

fn page(report: &ReportFiles, slug: &str) -> String {
    let folder = report.folder.strip_prefix("content/").unwrap_or(&report.folder);
    format!("{folder}/{slug}.html")
}

fn slot(texts: &mut Localized<Option<String>>, lang: Lang) -> &mut Option<String> {
    match lang {
        Lang::Zh => &mut texts.zh,
        Lang::En => &mut texts.en,
    }
}

fn either(texts: &Localized<Option<String>>) -> Option<&String> {
    texts.zh.as_ref().or(texts.en.as_ref())
}

/// Puts a file to its part. Two languages of a part have one number, so that they have one order.
fn part(
    report: &mut ReportFiles,
    (number, slug, lang): (Option<u32>, String, Lang),
    path: String,
    findings: &mut Vec<Finding>,
) {
    let page = page(report, &slug);
    let Some(part) = report.parts.iter_mut().find(|part| part.slug == slug) else {
        let mut texts = Localized::default();
        *slot(&mut texts, lang) = Some(path);
        report.parts.push(PartFiles { number, slug, texts });
        return;
    };
    let same_number = part.number == number;
    let first = part.texts.get(lang).as_ref().or(either(&part.texts)).cloned();
    let own = slot(&mut part.texts, lang);
    if own.is_some() || !same_number {
        findings.extend(first.map(|first| two_files(&page, &first, &path)));
    }
    own.get_or_insert(path);
}

/// A text that exists in one language only.
fn one_language(texts: &Localized<Option<String>>) -> Option<Finding> {
    let (there, lacking) = match (&texts.zh, &texts.en) {
        (Some(zh), None) => (zh, Lang::En),
        (None, Some(en)) => (en, Lang::Zh),
        _ => return None,
    };
    let stem = there.strip_suffix(&format!(".{}.md", lacking.other().code()))?;
    let (zh, en) = match lacking {
        Lang::Zh => ("中文", "Chinese"),
        Lang::En => ("英文", "English"),
    };
    Some(
        Finding::new(&catalogue::LANGUAGE_MISSING, Place::File(there.clone()))
            .with("language", zh)
            .with("language-en", en)
            .with("file", format!("{stem}.{}.md", lacking.code())),
    )
}

fn tables(folder: &Folder, report: &ReportFiles, findings: &mut Vec<Finding>) -> Vec<(String, String)> {
    for inner in folder.folders.iter().filter(|inner| !inner.is_bare()) {
        findings.push(unexpected(
            &inner.path,
            Text::new(
                format!("表格直接放在 {}/ 里，不分子文件夹", folder.path),
                format!("tables stand directly in {}/, without folders", folder.path),
            ),
        ));
    }
    yaml_files(folder, |form| page(report, form), findings)
}

/// Attachments are published under their own names, which therefore have to work everywhere.
fn attachments(folder: &Folder, findings: &mut Vec<Finding>) -> Vec<String> {
    let mut accepted: BTreeMap<String, String> = BTreeMap::new();
    for path in folder.all_files() {
        let name = &path[folder.path.len() + 1..];
        if name.contains(NOT_IN_NAMES) || name.contains(char::is_control) || name.ends_with(['.', ' ']) {
            let better: String = name.chars().filter(|c| !NOT_IN_NAMES.contains(c) && !c.is_control()).collect();
            let better = better.trim_end_matches(['.', ' ']).to_owned();
            findings.push(unexpected(
                &path,
                Text::new(
                    format!("文件名里有在某些系统上不能保存的字符：改名为 {}", folder.at(&better)),
                    format!("its name cannot be saved on every system: rename it to {}", folder.at(&better)),
                ),
            ));
        } else if let Some(first) = accepted.get(&path.to_lowercase()) {
            // The same file to Windows and macOS.
            findings.push(two_files(name, first, &path));
        } else {
            accepted.insert(path.to_lowercase(), path);
        }
    }
    let mut accepted: Vec<String> = accepted.into_values().collect();
    accepted.sort();
    accepted
}

/// What to do with a file of the report that has no place; `misnamed` if it is Markdown.
fn stray(folder: &Folder, name: &str, misnamed: &Misnamed) -> Text {
    let path = &folder.path;
    let lower = name.to_lowercase();
    if [".md", ".markdown", ".md.txt"].iter().any(|end| lower.ends_with(end)) {
        return match misnamed {
            Misnamed::Rename(better) if folder.has(better) => exists_already(better),
            _ => misnamed.advice(),
        };
    }
    if let Some(better) = meant_as_yaml(name) {
        let stem = better.trim_end_matches(".yaml");
        if SINGLE.contains(&stem) {
            return if folder.has(&better) { exists_already(&better) } else { rename_to(&better) };
        }
        return Text::new(
            format!("表格移到 {path}/tables/{better}；不属于任何表的数字写进 facts.yaml"),
            format!("a table belongs in {path}/tables/{better}; figures of no table go into facts.yaml"),
        );
    }
    if yaml_stem(&lower).is_some_and(|stem| !is_slug(stem)) {
        return Text::new(
            format!("表格移到 {path}/tables/，文件名是表的标识，如 expenditure.yaml"),
            format!("a table belongs in {path}/tables/, named by the form's id, as expenditure.yaml"),
        );
    }
    Text::new(
        format!("要作为附件发布的，移到 {path}/files/；不发布的，移出 content/"),
        format!("to publish it as an attachment, move it to {path}/files/; otherwise move it out of content/"),
    )
}

fn unknown_folder(folder: &Folder) -> Text {
    let name = &folder.name;
    let parent = folder.path.trim_end_matches(name).trim_end_matches('/');
    if ["table", "表格", "表"].contains(&name.as_str()) || name.eq_ignore_ascii_case("tables") {
        return rename_to(&format!("{parent}/tables"));
    }
    Text::new(
        format!("报告里只有 tables/ 和 files/：要作为附件发布的，移到 {parent}/files/{name}；不发布的，移出 content/"),
        format!(
            "a report has tables/ and files/ only: to publish it as an attachment, move it to \
             {parent}/files/{name}; otherwise move it out of content/"
        ),
    )
}
