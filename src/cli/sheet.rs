//! The proof sheet of `gongkai check --sheet`: findings are put into words here, and handed to the page that shows them.

use crate::diagnostics::Finding;
use crate::model::{Disclosure, Lang};
use crate::pipeline::CheckOutcome;
use crate::site::{self, Note, Sheet};
use crate::source::Selection;

use super::report::{Position, positions, sentences};

/// The sheets of all reports that were checked; `None` if one of them could not be read.
pub(super) fn html(
    outcomes: &[(Selection, CheckOutcome)],
    texts: &dyn Fn(&str) -> Option<String>,
    lang: Lang,
) -> Option<String> {
    let mut sheets = Vec::new();
    for (selection, outcome) in outcomes {
        let notes: Vec<(String, Note)> = positions(&outcome.findings, texts)
            .into_iter()
            .map(|(finding, position, _)| (position.file.clone(), note(finding, &position, lang)))
            .collect();
        let whole = selection.named.is_empty();
        let folders: Vec<String> = selection
            .inventory
            .departments
            .iter()
            .flat_map(|department| &department.reports)
            .filter(|report| whole || selection.named.contains(&report.folder))
            .map(|report| format!("{}{}/", selection.shown, report.folder))
            .collect();
        let before = sheets.len();
        for checked in &outcome.departments {
            let department = checked.department();
            let proven = checked.proofs().iter().zip(checked.digests());
            for (disclosure, (proof, digest)) in department.disclosures.iter().zip(proven) {
                if !selection.has(disclosure) {
                    continue;
                }
                let own = format!("{}{}", selection.shown, folder(disclosure));
                // What is found in no report, as in a form, is about all of them.
                let about =
                    |file: &String| file.starts_with(&own) || !folders.iter().any(|folder| file.starts_with(folder));
                let notes = notes.iter().filter(|(file, _)| about(file)).map(|(_, note)| note.clone()).collect();
                sheets.push(Sheet { department, disclosure, proof, digest: *digest, notes });
            }
        }
        if folders.is_empty() || sheets.len() - before < folders.len() {
            return None;
        }
    }
    Some(site::sheet(&sheets, lang))
}

/// The folder of a report, with `/` at its end.
fn folder(disclosure: &Disclosure) -> &str {
    disclosure.file.rfind('/').map_or("", |end| &disclosure.file[..=end])
}

fn note(finding: &Finding, position: &Position, lang: Lang) -> Note {
    let words = sentences(finding, lang);
    let place = match position.at {
        Some((line, _)) => format!("{}:{line}", position.file),
        None => position.file.clone(),
    };
    Note {
        code: finding.entry.code,
        severity: finding.entry.severity,
        message: words.message,
        help: words.help,
        place,
        at: finding.claim.as_ref().map(|claim| claim.at.clone()).unwrap_or_default(),
        accepted: finding.accepted().map(|accepted| accepted.public),
        of_rule: finding.arguments.iter().any(|(name, _)| *name == "rule"),
    }
}
