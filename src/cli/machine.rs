//! Findings for other programs: JSON of a documented, versioned shape, and workflow annotations.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diagnostics::{Finding, Severity};
use crate::model::{Address, Lang};
use crate::pipeline::CheckedReport;

use super::report::{Position, positions, sentences};

/// The version of the shape; it changes when a key changes its meaning or disappears.
const VERSION: u32 = 1;

/// All findings as one JSON document; docs/findings.md describes it.
pub(super) fn json(findings: &[Finding], reports: &[CheckedReport], texts: &dyn Fn(&str) -> Option<String>) -> String {
    let listed: Vec<Value> = positions(findings, texts)
        .into_iter()
        .map(|(finding, position, related)| {
            let (zh, en) = (sentences(finding, Lang::Zh), sentences(finding, Lang::En));
            let claim = finding.claim.as_ref();
            let difference = finding.arguments.iter().find(|(name, _)| *name == "difference").map(|(_, value)| value);
            json!({
                "code": finding.entry.code,
                "severity": severity(finding.entry.severity),
                "file": position.file,
                "line": position.at.map(|(line, _)| line),
                "column": position.at.map(|(_, column)| column),
                "report": claim.map(|claim| &claim.report),
                "address": claim.and_then(|claim| address(&claim.at)),
                "at": claim.map(|claim| &claim.at),
                "stated": claim.map(|claim| &claim.stated),
                "computed": claim.map(|claim| &claim.computed).filter(|computed| !computed.is_empty()),
                "difference": difference,
                "message": {"zh": zh.message, "en": en.message},
                "label": {"zh": zh.label, "en": en.label},
                "help": {"zh": zh.help, "en": en.help},
                "related": related.iter().map(place).collect::<Vec<_>>(),
                "accepted": finding.accepted().map(|accepted| json!({
                    "reason": {"zh": accepted.reason_zh, "en": accepted.reason_en},
                    "visible": if accepted.public { "public" } else { "internal" },
                })),
            })
        })
        .collect();
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let reports: Vec<Value> = reports
        .iter()
        .map(|report| {
            json!({
                "file": report.file,
                "report": report.id.to_string(),
                "equations": report.equations,
                "digest": report.digest.to_string(),
            })
        })
        .collect();
    let document = json!({"version": VERSION, "errors": errors, "reports": reports, "findings": listed});
    // A value of texts and numbers always has a JSON form.
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

/// The address of the figure that a finding is about: the first in its place, behind a rule, a part or the name of a
/// derivation. A figure that is typed in a sentence has none.
fn address(at: &str) -> Option<String> {
    at.split_whitespace().find(|word| Address::parse(word).is_ok()).map(str::to_owned)
}

fn place(position: &Position) -> Value {
    json!({
        "file": position.file,
        "line": position.at.map(|(line, _)| line),
        "column": position.at.map(|(_, column)| column),
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// One workflow command a finding; what is accepted is a notice.
pub(super) fn github(findings: &[Finding], texts: &dyn Fn(&str) -> Option<String>, lang: Lang) -> String {
    let mut lines = String::new();
    for (finding, position, _) in positions(findings, texts) {
        let command = match finding.entry.severity {
            Severity::Error if finding.accepted().is_none() => "error",
            Severity::Warning if finding.accepted().is_none() => "warning",
            _ => "notice",
        };
        let words = sentences(finding, lang);
        let at = position.at.map(|(line, column)| format!(",line={line},col={column}")).unwrap_or_default();
        let message =
            [words.message, words.help].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
        let _ = writeln!(
            lines,
            "::{command} file={}{at},title={}::{}",
            property(&position.file),
            property(finding.entry.code),
            data(&message)
        );
    }
    lines
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
