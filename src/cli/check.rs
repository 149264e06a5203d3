//! `gongkai check`: everything that was found, nothing written but a proof sheet that was asked for.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::diagnostics::{Finding, Found};
use crate::model::ReportKind;
use crate::pipeline::{self, CheckOutcome, CheckedReport};
use crate::site::SHEET_MARK;
use crate::source::{self, Selection};
use crate::write::SingleFile;

use super::{CheckArguments, Face, Format, KindName, is_open, machine, report, say, sheet, warn, words};

#[allow(clippy::disallowed_methods, reason = "only the closing summary takes the time")]
pub(super) fn run(arguments: &CheckArguments, face: Face) -> ExitCode {
    let begun = Instant::now();
    let selections = match select(arguments) {
        Ok(selections) => selections,
        Err(errors) => {
            for error in errors {
                warn(&error.say(face.lang));
            }
            return ExitCode::from(2);
        }
    };
    // Said before the work, not after it.
    let place = arguments.sheet.as_ref().map(|path| SingleFile::at(path, &off_limits(&selections), SHEET_MARK));
    let place = match place.transpose() {
        Ok(place) => place,
        Err(error) => {
            warn(&error.say(face.lang));
            return ExitCode::from(2);
        }
    };
    let mut outcomes: Vec<(Selection, CheckOutcome)> = Vec::new();
    for Found { value: selection, findings } in selections {
        let mut outcome = pipeline::check_selected(&selection, findings, place.is_some());
        show_from_here(&mut outcome, &selection.shown);
        outcomes.push((selection, outcome));
    }
    let text = |path: &str| {
        outcomes.iter().find_map(|(selection, _)| {
            let below = path.strip_prefix(selection.shown.as_str())?;
            report::text(&selection.inventory.root, below)
        })
    };
    let findings: Vec<Finding> = outcomes.iter().flat_map(|(_, outcome)| &outcome.findings).cloned().collect();
    let reports: Vec<CheckedReport> = outcomes.iter().flat_map(|(_, outcome)| &outcome.reports).cloned().collect();
    match arguments.format {
        Format::Text => {
            let said: Vec<Finding> =
                findings.iter().filter(|finding| !face.quiet || is_open(finding)).cloned().collect();
            let rendered = report::render(&said, &text, face.lang, face.colour);
            if !rendered.is_empty() {
                say(&format!("{}\n", rendered.trim_end()));
            }
            if !face.quiet {
                let equations = outcomes.iter().map(|(_, outcome)| outcome.equations).sum();
                say(&words::checked(&findings, equations, begun.elapsed(), face.lang));
            }
        }
        Format::Json => say(&machine::json(&findings, &reports, &text)),
        Format::Github => say(machine::github(&findings, &text, face.lang).trim_end()),
    }
    if let (Some(place), Some(path)) = (place, &arguments.sheet) {
        let Some(html) = sheet::html(&outcomes, &text, face.lang) else {
            warn(&words::no_sheet(face.lang));
            return ExitCode::from(1);
        };
        if let Err(error) = place.write(html.as_bytes()) {
            warn(&error.say(face.lang));
            return ExitCode::from(2);
        }
        if !face.quiet && arguments.format == Format::Text {
            say(&words::sheet(&path.display().to_string(), face.lang));
        }
    }
    if findings.iter().any(Finding::is_error) { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

fn select(arguments: &CheckArguments) -> Result<Vec<Found<Selection>>, Vec<source::SelectionError>> {
    if arguments.files.is_empty() {
        return Ok(vec![Selection::site(&arguments.site)]);
    }
    let kind = arguments.kind.map(|kind| match kind {
        KindName::Final => ReportKind::Final,
        KindName::Budget => ReportKind::Budget,
    });
    Selection::of(&arguments.files, arguments.year, kind)
}

/// Where a proof sheet would be taken for a part of what it proves.
fn off_limits(selections: &[Found<Selection>]) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for Selection { inventory, named, .. } in selections.iter().map(|selection| &selection.value) {
        folders.extend(named.iter().map(|folder| inventory.root.join(folder)));
        if inventory.site.is_some() {
            folders.extend(["content", "output", "themes"].map(|folder| inventory.root.join(folder)));
        }
    }
    folders
}

/// Names files from the current folder on.
fn show_from_here(outcome: &mut CheckOutcome, shown: &str) {
    for finding in &mut outcome.findings {
        finding.place = finding.place.clone().below(shown);
        finding.related = finding.related.drain(..).map(|place| place.below(shown)).collect();
    }
    for report in &mut outcome.reports {
        report.file.insert_str(0, shown);
    }
}
