//! The files that a report is published with, as its pages list them.

use std::fmt::Write as _;

use serde::Serialize;

use crate::model::{Disclosure, Lang};

use super::super::routes::{Page, relative};
use super::Book;

/// A file to download.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct FileData {
    name: String,
    /// The language of the name, where it is not the page's.
    lang: &'static str,
    /// `PDF`; a name without an extension has none.
    kind: String,
    size: String,
    href: String,
}

impl FileData {
    /// A file that the program makes itself.
    pub(super) fn made(name: &str, path: &str, bytes: usize, from: &str) -> Self {
        FileData {
            name: name.to_owned(),
            lang: "",
            kind: kind(path),
            size: size(bytes as u64),
            href: address(&relative(from, path)),
        }
    }

    /// Whether it is a PDF, as the signed document is.
    pub(super) fn is_pdf(&self) -> bool {
        self.kind == "PDF"
    }
}

impl Book<'_> {
    /// The files of a report, by name.
    pub(super) fn files(&self, disclosure: &Disclosure, from: Page<'_>) -> Vec<FileData> {
        let folder = self.routes.department.as_ref().map(|slug| format!("{slug}/")).unwrap_or_default();
        let own = self.attachments.iter().filter(|file| file.report == disclosure.id);
        let listed = own.map(|file| {
            let name = file.path.strip_prefix("files/").unwrap_or(&file.path);
            let target = format!("{folder}{}/{}", file.report, file.path);
            let chinese = self.lang == Lang::En && name.contains(|c: char| ('\u{2e80}'..='\u{ffef}').contains(&c));
            FileData {
                name: name.to_owned(),
                lang: if chinese { Lang::Zh.tag() } else { "" },
                kind: kind(name),
                size: size(file.bytes),
                href: address(&relative(&self.path(from), &target)),
            }
        });
        listed.collect()
    }
}

/// What follows the last dot of a file's name, in capitals.
fn kind(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_uppercase()).unwrap_or_default()
}

/// A size in the largest unit of which there is one, rounded half-up; below ten with one decimal.
fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1024 => return format!("{bytes} B"),
        1024..1_048_576 => (1024, "KiB"),
        _ => (1_048_576, "MiB"),
    };
    let tenths = (bytes * 10 + unit / 2) / unit;
    if tenths < 100 {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    } else {
        format!("{} {name}", (bytes + unit / 2) / unit)
    }
}

/// The media type of data that people publish; other files are no data.
pub(super) fn media_type(path: &str) -> Option<&'static str> {
    Some(match kind(path).as_str() {
        "CSV" => "text/csv",
        "JSON" => "application/json",
        "PDF" => "application/pdf",
        "XLS" | "ET" => "application/vnd.ms-excel",
        "XLSX" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ZIP" => "application/zip",
        _ => return None,
    })
}

/// A path as an address: what has a meaning in addresses is written as `%` and its code.
pub(super) fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_alphanumeric() || !c.is_ascii() || "-_.~/".contains(c) {
            address.push(c);
        } else {
            let _ = write!(address, "%{:02X}", u32::from(c));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_half_up() {
        let said = [0, 1023, 1024, 1536, 10_239, 10_240, 1_048_575, 1_048_576, 134_217_728].map(size);
        assert_eq!(said, ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "10 KiB", "10 KiB", "1024 KiB", "1.0 MiB", "128 MiB"]);
    }

    #[test]
    fn a_kind_is_an_extension() {
        assert_eq!(["2019.final/README", "a/决算.pdf", "x.tar.gz"].map(kind), ["", "PDF", "GZ"]);
    }

    #[test]
    fn a_name_may_have_any_sign_in_it() {
        assert_eq!(address("../files/100% #1 决算.pdf"), "../files/100%25%20%231%20决算.pdf");
    }
}
