//! Accepted findings: what a published document got wrong stays as it is, said and with its reason.
//!
//! An acceptance names code, place, stated and computed value. A changed value voids it, and one that meets nothing
//! is itself a finding: nothing stays accepted that is no longer there.

use crate::diagnostics::{Acceptance, DataPath, Finding, catalogue};
use crate::model::Department;

/// Marks the findings that the reports accept.
pub(super) fn accept(department: &Department, findings: &mut Vec<Finding>) {
    // Where a file could not be read, what is accepted in it could not be found either.
    let damaged = super::damaged(findings);
    for disclosure in &department.disclosures {
        let report = disclosure.id.to_string();
        for (index, accepted) in disclosure.accepted.iter().enumerate() {
            let mut met = false;
            for finding in findings.iter_mut().filter(|finding| finding.entry.code == accepted.code) {
                let Some(claim) = &mut finding.claim else { continue };
                if claim.report == report
                    && claim.at == accepted.at
                    && claim.stated == accepted.stated
                    && claim.computed == accepted.computed
                {
                    met = true;
                    claim.accepted = Some(Acceptance {
                        reason_zh: accepted.reason.zh.clone(),
                        reason_en: accepted.reason.en.clone(),
                        public: accepted.public,
                    });
                }
            }
            let twice = disclosure.accepted[..index].iter().any(|other| {
                (&other.code, &other.at, &other.stated, &other.computed)
                    == (&accepted.code, &accepted.at, &accepted.stated, &accepted.computed)
            });
            let mut same = findings.iter().filter(|finding| finding.entry.code == accepted.code).peekable();
            let never = same.peek().is_some() && same.all(|finding| finding.claim.is_none());
            if twice || never || (!met && !damaged) {
                let place = DataPath::top().key("accepted").index(index).in_file(&disclosure.file);
                let near = findings
                    .iter()
                    .filter(|finding| finding.entry.code == accepted.code)
                    .filter_map(|finding| finding.claim.as_ref())
                    .find(|claim| claim.report == report && claim.at == accepted.at);
                let (help, help_en) = match near {
                    _ if twice => {
                        ("前面已有相同的一条，删去这一条".to_owned(), "it stands above already; remove this".to_owned())
                    }
                    _ if never => (
                        "这类问题不能接受，只能改正；删去这一条".to_owned(),
                        "findings of this code cannot be accepted, only mended; remove this".to_owned(),
                    ),
                    Some(claim) => (
                        format!("现在是 stated: {}，computed: {}；核对后改正或删去", claim.stated, claim.computed),
                        format!(
                            "it is now stated: {}, computed: {}; check it, then change or remove this",
                            claim.stated, claim.computed
                        ),
                    ),
                    None => (
                        "问题已不存在，删去这一条".to_owned(),
                        "the finding is no longer there; remove this".to_owned(),
                    ),
                };
                findings.push(
                    Finding::new(&catalogue::ACCEPTED_NOTHING, place)
                        .with("code", &accepted.code)
                        .with("at", &accepted.at)
                        .with("help", help)
                        .with("help-en", help_en),
                );
            }
        }
    }
}
