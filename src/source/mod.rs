//! The only reader of disk: what files a site has, and their texts.
//!
//! [`Inventory::take`] lists the names in `content/` without opening a file, and finds everything
//! that would silently not be published. Texts are read a department at a time with
//! [`ReportFiles::read`], so that memory holds one department and not a whole portal.
//!
//! Nothing is thrown at the first mistake: whoever prepares a report sees all of them in one run.

#![allow(clippy::disallowed_methods, reason = "the one place that reads")]

mod advice;
mod encoding;
mod inventory;
mod names;
mod read;
mod report;
mod selection;
#[cfg(test)]
mod tests;
mod texts;
mod theme;
mod tree;

pub use inventory::{DepartmentFiles, Inventory, PartFiles, ReportFiles};
pub use read::{ASSET_LIMIT, AssetFile, SourceFile, TEXT_LIMIT, read_all, read_asset, read_text};
pub use selection::{Selection, SelectionError};
pub use texts::{PartTexts, ReportTexts};
pub use theme::{ThemeFiles, theme_files, theme_names};

use std::io;

use crate::diagnostics::{Finding, Place, catalogue};
use crate::model::Text;

/// Whether there is a folder at `path`.
pub fn is_folder(path: &std::path::Path) -> bool {
    path.is_dir()
}

/// A file or folder that cannot be read, and why.
fn unreadable(path: &str, why: Text) -> Finding {
    Finding::new(&catalogue::FILE_UNREADABLE, Place::File(path.to_owned()))
        .with("detail", why.zh)
        .with("detail-en", why.en)
}

/// The reason of the operating system, in words that a webmaster can act on.
fn reason(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::NotFound => Text::new("文件不存在", "there is no such file"),
        io::ErrorKind::PermissionDenied => Text::new("没有读取权限", "no permission to read it"),
        _ => Text::new(format!("系统报告：{error}"), error.to_string()),
    }
}

/// A file or folder that no part of a site is made from, and what to do with it.
fn unexpected(path: &str, advice: Text) -> Finding {
    Finding::new(&catalogue::FILE_UNEXPECTED, Place::File(path.to_owned()))
        .with("advice", advice.zh)
        .with("advice-en", advice.en)
}

/// A file that a site cannot do without.
fn missing(path: &str, advice: Text) -> Finding {
    Finding::new(&catalogue::FILE_MISSING, Place::File(path.to_owned()))
        .with("file", path)
        .with("advice", advice.zh)
        .with("advice-en", advice.en)
}

/// A second file for the same `page`.
fn two_files(page: &str, first: &str, second: &str) -> Finding {
    Finding::new(&catalogue::TWO_FILES, Place::File(second.to_owned()))
        .with("page", page)
        .beside(Place::File(first.to_owned()))
}
