//! What to do with files and folders that a site has no place for: a new name, another folder, or out.

use super::names::{meant_as_yaml, rename_to, year_within};
use super::tree::Folder;
use crate::model::Text;

/// The advice where the right name is taken.
pub(super) fn exists_already(name: &str) -> Text {
    Text::new(
        format!("已有 {name}；把内容并入后删除此文件"),
        format!("there is a {name} already; move what is needed into it and remove this file"),
    )
}

/// Years and departments side by side.
pub(super) fn mixture(year: &str, name: &str) -> Text {
    Text::new(
        format!(
            "content/ 下既有年份（{year}）又有部门（{name}）：多个部门的，把年份移进各部门文件夹；只有一个部门的，把 {name} 里的年份移到 content/ 下"
        ),
        format!(
            "content/ has both years ({year}) and departments ({name}): with several departments, move each year \
             into its department; with one, move the years of {name} up into content/"
        ),
    )
}

/// A file directly in `content/`.
pub(super) fn stray_in_content(name: &str) -> Text {
    match name {
        "site.yaml" | "site.yml" => {
            Text::new("移到站点根目录，与 content/ 并列", "move it to the site's root, beside content/")
        }
        "department.yaml" | "department.yml" => Text::new(
            "多个部门的，移到 content/<部门>/ 下；只有一个部门的，内容写进 site.yaml",
            "with several departments, move it to content/<department>/; with one, write it into site.yaml",
        ),
        _ if meant_as_yaml(name).as_deref() == Some("terms.yaml") => rename_to("terms.yaml"),
        _ => Text::new(
            format!("移到所属报告，如 content/2019/final/{name}；不发布的移出 content/"),
            format!(
                "move it to its report, as content/2019/final/{name}; \
                 what is not for publication belongs outside of content/"
            ),
        ),
    }
}

/// A folder directly in `content/`.
pub(super) fn folder_in_content(folder: &Folder) -> Text {
    match folder.name.as_str() {
        "form" | "表样" => rename_to("content/forms"),
        _ => odd_folder(folder, "content"),
    }
}

/// A folder where a year should be.
pub(super) fn odd_folder(folder: &Folder, parent: &str) -> Text {
    let name = &folder.name;
    if let Some(year) = year_within(name) {
        return Text::new(
            format!("年份文件夹只写四位数字：改名为 {parent}/{year}"),
            format!("a year is four digits: rename it to {parent}/{year}"),
        );
    }
    if let Some(kind) = kind_of(name) {
        return Text::new(
            format!("移到所属年份，如 {parent}/2019/{kind}"),
            format!("move it into its year, as {parent}/2019/{kind}"),
        );
    }
    Text::new(
        format!(
            "{parent}/ 下应为年份，如 {parent}/2019；是部门的，在其中新建 department.yaml；附件放进报告的 files/；其他移出 content/"
        ),
        format!(
            "{parent}/ has years, as {parent}/2019; a department needs a department.yaml in it; \
             attachments go into a report's files/; anything else belongs outside of content/"
        ),
    )
}

/// What people call the two kinds.
pub(super) fn kind_of(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    if lower.contains("决算") || ["final", "finals", "accounts", "final-accounts", "juesuan"].contains(&lower.as_str())
    {
        Some("final")
    } else if lower.contains("预算") || ["budget", "budgets", "yusuan"].contains(&lower.as_str()) {
        Some("budget")
    } else {
        None
    }
}

/// A folder in a year that is neither `final` nor `budget`.
pub(super) fn unknown_kind(year: &str, name: &str) -> Text {
    match kind_of(name) {
        Some(kind) => rename_to(&format!("{year}/{kind}")),
        None => Text::new(
            format!("年份下只有 {year}/final（决算）和 {year}/budget（预算）；移进其中之一，或移出 content/"),
            format!("a year has {year}/final and {year}/budget only; move it into one of them, or out of content/"),
        ),
    }
}
