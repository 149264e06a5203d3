//! What may be published: the only way from a read department to its pages.

use crate::diagnostics::{Finding, Found};
use crate::model::Department;

/// A department with all that was found in it. It always exists: drafts and reports need it, too.
#[derive(Debug)]
pub struct Checked {
    department: Department,
    findings: Vec<Finding>,
}

/// A department without errors: only this reaches the site.
#[derive(Debug)]
pub struct Publishable {
    department: Department,
}

impl Checked {
    /// Takes in a department and what was found while it was read.
    pub fn new(found: Found<Department>) -> Self {
        Checked { department: found.value, findings: found.findings }
    }

    /// All findings.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The department, if nothing stands in the way of publishing it; with what was found in either case.
    pub fn publishable(self) -> (Option<Publishable>, Vec<Finding>) {
        let sound = self.findings.iter().all(|finding| !finding.is_error());
        (sound.then_some(Publishable { department: self.department }), self.findings)
    }
}

impl Publishable {
    /// The department.
    pub fn department(&self) -> &Department {
        &self.department
    }
}
