//! From texts to disclosures: YAML and Markdown are read, met with their forms, and every reference is bound.
//!
//! Pure: texts come in, [`Disclosure`](crate::model::Disclosure)s and findings go out.

mod bind;
mod cjk;
mod figure;
mod files;
mod markdown;
mod nearest;
mod report;
mod site;
mod table;

use crate::diagnostics::Found;
use crate::forms::Library;
use crate::model::{Department, Text};

pub(crate) use bind::{GLOSSARY, TABLES};
pub use report::ReportSource;
pub(crate) use site::words;
pub use site::{SiteConfig, department_name, dictionary, site};

/// A department from the texts of its reports.
pub fn department(
    slug: Option<String>,
    name: Text,
    reports: Vec<ReportSource>,
    library: &Library,
) -> Found<Department> {
    let mut findings = Vec::new();
    let mut parsed: Vec<_> =
        reports.into_iter().filter_map(|report| report::read(report, library, &mut findings)).collect();
    parsed.sort_by_key(|report| report.disclosure.id);
    let disclosures = bind::bind(parsed, &mut findings);
    Found { value: Department { slug, name, disclosures }, findings }
}
