//! `gongkai check`: everything that was found, nothing written.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use crate::pipeline;
use crate::source;

use super::{Face, Format, machine, report, say, words};

#[allow(clippy::disallowed_methods, reason = "only the closing summary takes the time")]
pub(super) fn run(site: &Path, format: Format, face: Face) -> ExitCode {
    let begun = Instant::now();
    let outcome = pipeline::check(site);
    let text = |path: &str| source::read_text(site, path).ok().map(|file| file.text);
    match format {
        Format::Text => {
            let rendered = report::render(&outcome.findings, &text, face.lang, face.colour);
            if !rendered.is_empty() {
                say(&format!("{}\n", rendered.trim_end()));
            }
            if !face.quiet {
                say(&words::checked(&outcome.findings, outcome.equations, begun.elapsed(), face.lang));
            }
        }
        Format::Json => say(&machine::json(&outcome.findings, &text)),
        Format::Github => say(machine::github(&outcome.findings, &text, face.lang).trim_end()),
    }
    if outcome.findings.iter().any(crate::diagnostics::Finding::is_error) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
