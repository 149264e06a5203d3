//! What can be downloaded of a whole report: all figures as a spreadsheet, the text that its digest is of, and the article for
//! a content management system.

use crate::diagnostics::Finding;
use crate::model::{Artifact, Disclosure, ReportId};

use super::super::csv;
use super::Book;
use super::files::FileData;

/// A file that the program makes of a whole report.
pub(super) struct Download {
    /// The interface word for it.
    word: &'static str,
    path: String,
    bytes: usize,
}

impl Book<'_> {
    /// All figures of a report, in the files of this language; the text of the digest is the same for all languages, and
    /// is written with the first.
    pub(super) fn figures(
        &self,
        index: usize,
        disclosure: &Disclosure,
    ) -> Result<Vec<(Download, Option<Artifact>)>, Finding> {
        if !self.site.downloads {
            return Ok(Vec::new());
        }
        let mut made = Vec::new();
        if let Some(csv) = csv::report(disclosure, self.theme, self.lang)? {
            let path = self.data_path(disclosure.id, "report");
            made.push(Download::of("report_csv", Artifact { path, bytes: csv.into_bytes() }));
        }
        if let Some(text) = self.texts.get(index).filter(|text| !text.is_empty()) {
            let path = self.digest_path(disclosure.id);
            let download = Download { word: "figures_text", path: path.clone(), bytes: text.len() };
            let is_first = self.site.languages.first() == Some(&self.lang);
            made.push((download, is_first.then(|| Artifact { path, bytes: text.clone().into_bytes() })));
        }
        Ok(made)
    }

    /// The text that the digest of a report's figures is of (docs/digest.md).
    fn digest_path(&self, report: ReportId) -> String {
        let first = self.site.languages.first().copied().unwrap_or(self.lang);
        self.routes.file(first, &format!("{report}/figures.txt"))
    }

    /// Downloads as a page lists them.
    pub(super) fn listed(&self, downloads: &[Download], from: &str) -> Result<Vec<FileData>, Finding> {
        let data = |of: &Download| Ok(FileData::made(self.word(of.word)?, &of.path, of.bytes, from));
        downloads.iter().map(data).collect()
    }
}

impl Download {
    /// A file, and how it is listed.
    pub(super) fn of(word: &'static str, artifact: Artifact) -> (Self, Option<Artifact>) {
        (Download { word, path: artifact.path.clone(), bytes: artifact.bytes.len() }, Some(artifact))
    }

    /// Whether the digest is of it.
    pub(super) fn is_text_of_digest(&self) -> bool {
        self.word == "figures_text"
    }
}
