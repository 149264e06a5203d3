//! Proof: every rule of every form, solved exactly; what is found is accepted with a reason or stands in the way.
//!
//! The only way from a read department to its pages: [`Checked`] always exists, [`Publishable`] has no unaccepted
//! error in it.

mod accept;
mod bodies;
mod digest;
mod equation;
mod leftovers;
mod rules;
mod sheet;
#[cfg(test)]
mod tests;
mod text;
mod zeros;

use crate::diagnostics::{Finding, Found};
use crate::model::Department;

pub use digest::{Digest, canonical_text};
pub use equation::{Addend, Derived, Equation, Reason, Verdict};
pub use rules::{PassedOver, Proof, Proven};

/// A department with all that was found in it. It always exists: drafts and reports need it, too.
#[derive(Debug)]
pub struct Checked {
    department: Department,
    proofs: Vec<Proof>,
    digests: Vec<Digest>,
    findings: Vec<Finding>,
}

/// A department without unaccepted errors: only this reaches the site.
#[derive(Debug)]
pub struct Publishable {
    department: Department,
    proofs: Vec<Proof>,
    digests: Vec<Digest>,
}

impl Checked {
    /// Proves a department, with what was found while it was read.
    pub fn new(found: Found<Department>) -> Self {
        Self::prove(found, false)
    }

    /// As [`Checked::new`], and keeps the equations that hold and the rules that had no figures: for a page of checks or a
    /// proof sheet.
    pub fn thorough(found: Found<Department>) -> Self {
        Self::prove(found, true)
    }

    fn prove(found: Found<Department>, thorough: bool) -> Self {
        let Found { value: department, mut findings } = found;
        let proofs: Vec<Proof> = rules::prove(&department, thorough, &mut findings);
        text::prove(&department, &mut findings);
        leftovers::find(&department, &mut findings);
        zeros::unexplained(&department, &mut findings);
        accept::accept(&department, &mut findings);
        let digests = department.disclosures.iter().map(Digest::of).collect();
        Checked { department, proofs, digests, findings }
    }

    /// The department.
    pub fn department(&self) -> &Department {
        &self.department
    }

    /// All findings.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What was proved of each report, in the order of the reports.
    pub fn proofs(&self) -> &[Proof] {
        &self.proofs
    }

    /// The digest of the figures of each report, in the order of the reports.
    pub fn digests(&self) -> &[Digest] {
        &self.digests
    }

    /// The department, if nothing stands in the way of publishing it; with what was found in either case.
    pub fn publishable(self) -> (Option<Publishable>, Vec<Finding>) {
        let sound = self.findings.iter().all(|finding| !finding.is_error());
        let publishable =
            sound.then_some(Publishable { department: self.department, proofs: self.proofs, digests: self.digests });
        (publishable, self.findings)
    }
}

/// Whether something could not be read: then what is missing may only be unread.
fn damaged(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.claim.is_none() && finding.is_error())
}

impl Publishable {
    /// The department.
    pub fn department(&self) -> &Department {
        &self.department
    }

    /// What was proved of each report, in the order of the reports.
    pub fn proofs(&self) -> &[Proof] {
        &self.proofs
    }

    /// The digest of the figures of each report, in the order of the reports.
    pub fn digests(&self) -> &[Digest] {
        &self.digests
    }
}
