//! A check: read and prove what is selected, keep what was found in it, write nothing.

use std::path::Path;

use rayon::prelude::*;

use crate::check::{Checked, Digest, Proof};
use crate::diagnostics::{Finding, Found};
use crate::model::{Disclosure, ReportId};
use crate::source::Selection;

use super::{Shared, checked, shared};

/// What came of a check.
#[derive(Debug)]
pub struct CheckOutcome {
    /// All that was found, in the order of departments.
    pub findings: Vec<Finding>,
    /// How many equations were solved.
    pub equations: usize,
    /// The reports that were checked.
    pub reports: Vec<CheckedReport>,
    /// The departments with all that was proved, if that was asked for.
    pub departments: Vec<Checked>,
}

/// A report that was checked.
#[derive(Clone, Debug)]
pub struct CheckedReport {
    /// Its `report.yaml`.
    pub file: String,
    /// Year and kind.
    pub id: ReportId,
    /// How many equations were solved.
    pub equations: usize,
    /// The digest of its figures.
    pub digest: Digest,
}

/// Checks a site as [`build`](super::build) does, and writes nothing.
pub fn check(site: &Path) -> CheckOutcome {
    let Found { value: selection, findings } = Selection::site(site);
    check_selected(&selection, findings, false)
}

/// Checks a selection, with what was found while its names were read. `thorough` keeps the departments with every equation, for a proof sheet.
pub fn check_selected(selection: &Selection, mut findings: Vec<Finding>, thorough: bool) -> CheckOutcome {
    let inventory = &selection.inventory;
    let Shared { site, library, .. } = shared(inventory, &mut findings);
    let mut outcome = CheckOutcome { findings, equations: 0, reports: Vec::new(), departments: Vec::new() };
    if site.is_none() && selection.named.is_empty() {
        return outcome;
    }
    let of_site = site.filter(|_| selection.of_site).map(|site| site.department).unwrap_or_default();
    let departments: Vec<(Vec<Finding>, Vec<CheckedReport>, Option<Checked>)> = inventory
        .departments
        .par_iter()
        .map(|files| {
            let checked = checked(&inventory.root, files, &of_site, &library, thorough);
            // As in a build, a department is dropped when it is done: only what was found in it stays.
            (checked.findings().to_vec(), reports(&checked, selection), thorough.then_some(checked))
        })
        .collect();
    for (findings, reports, department) in departments {
        outcome.findings.extend(findings);
        outcome.equations += reports.iter().map(|report| report.equations).sum::<usize>();
        outcome.reports.extend(reports);
        outcome.departments.extend(department);
    }
    outcome.findings.retain(|finding| selection.says(finding.place.file()));
    outcome
}

/// The reports of a department that were selected.
fn reports(checked: &Checked, selection: &Selection) -> Vec<CheckedReport> {
    let proved = checked.proofs().iter().zip(checked.digests());
    let reports = checked.department().disclosures.iter().zip(proved);
    let of = |(report, (proof, digest)): (&Disclosure, (&Proof, &Digest))| CheckedReport {
        file: report.file.clone(),
        id: report.id,
        equations: proof.equations(),
        digest: *digest,
    };
    reports.filter(|(report, _)| selection.has(report)).map(of).collect()
}

impl Selection {
    /// Whether a report was named, or is of a site that was.
    pub fn has(&self, report: &Disclosure) -> bool {
        self.named.is_empty() || self.is_in(&report.file)
    }

    /// Whether what is found in a file is said: a file of the named reports, or one that shapes them.
    fn says(&self, file: &str) -> bool {
        let shared = || self.inventory.forms.iter().chain(&self.inventory.terms).any(|shared| shared == file);
        self.named.is_empty() || self.is_in(file) || shared()
    }

    fn is_in(&self, file: &str) -> bool {
        self.named.iter().any(|folder| {
            file.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}
