//! From texts to disclosures: YAML and Markdown are read, met with their forms, and every reference is bound.
//!
//! Pure: texts come in, [`Disclosure`](crate::model::Disclosure)s and findings go out.

mod bind;
mod charts;
mod cjk;
mod days;
mod everyday;
mod figure;
mod files;
mod markdown;
mod nearest;
mod official;
mod refusals;
mod report;
mod rows;
mod site;
mod table;
mod theme;
mod twins;

use std::collections::BTreeSet;

use crate::diagnostics::Found;
use crate::forms::Library;
use crate::model::{Contact, Department, Text};

pub(crate) use bind::{GLOSSARY, TABLES};
pub use everyday::{Everyday, everyday};
pub(crate) use nearest::nearest;
pub use official::{Column, Website, host};
pub use report::ReportSource;
pub use site::{SiteConfig, department_file, dictionary, site};
pub(crate) use theme::{ThemeConfig, theme, words};

/// A department from the texts of its reports.
pub fn department(
    slug: Option<String>,
    name: Text,
    contact: Option<Contact>,
    reports: Vec<ReportSource>,
    library: &Library,
) -> Found<Department> {
    let mut findings = Vec::new();
    let mut parsed = Vec::new();
    let mut failed = BTreeSet::new();
    for report in reports {
        let id = report.texts.id;
        match report::read(report, library, &mut findings) {
            Some(report) => parsed.push(report),
            None => {
                failed.insert(id);
            }
        }
    }
    parsed.sort_by_key(|report| report.disclosure.id);
    let disclosures = bind::bind(parsed, failed, &mut findings);
    Found { value: Department { slug, name, contact, disclosures }, findings }
}

#[cfg(test)]
mod tests;
