//! The texts of one report, read in one go and dropped with its department.

use std::path::Path;

use super::{ReportFiles, SourceFile, read_text};
use crate::diagnostics::{Finding, Found};
use crate::model::{Localized, ReportId};

/// All texts of a report. What is missing or cannot be read is `None` or left out, and a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTexts {
    /// Year and kind.
    pub id: ReportId,
    /// `report.yaml`.
    pub report: Option<SourceFile>,
    /// `facts.yaml`.
    pub facts: Option<SourceFile>,
    /// The id of a form and its table, sorted by id.
    pub tables: Vec<(String, SourceFile)>,
    /// Narrative, in order.
    pub parts: Vec<PartTexts>,
    /// The glossary.
    pub glossary: Localized<Option<SourceFile>>,
}

/// The texts of a narrative part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartTexts {
    /// Its place in the order.
    pub number: Option<u32>,
    /// Its name in URLs.
    pub slug: String,
    /// The text in each language.
    pub texts: Localized<Option<SourceFile>>,
}

impl ReportFiles {
    /// Reads everything but the attachments.
    pub fn read(&self, root: &Path) -> Found<ReportTexts> {
        let mut findings: Vec<Finding> = Vec::new();
        let mut read = |path: &String| read_text(root, path).map_err(|finding| findings.push(finding)).ok();
        let value = ReportTexts {
            id: self.id,
            report: self.report.as_ref().and_then(&mut read),
            facts: self.facts.as_ref().and_then(&mut read),
            tables: self.tables.iter().filter_map(|(form, path)| Some((form.clone(), read(path)?))).collect(),
            parts: (self.parts.iter())
                .map(|part| PartTexts {
                    number: part.number,
                    slug: part.slug.clone(),
                    texts: part.texts.map(|_, path| path.as_ref().and_then(&mut read)),
                })
                .collect(),
            glossary: self.glossary.map(|_, path| path.as_ref().and_then(&mut read)),
        };
        Found { value, findings }
    }
}
