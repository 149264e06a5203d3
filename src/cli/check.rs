//! `gongkai check`: everything that was found, nothing written.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use crate::pipeline;
use crate::source;

use super::{Face, Format, machine, report, words};

#[allow(clippy::disallowed_methods, reason = "only the closing summary takes the time")]
pub(super) fn run(site: &Path, format: Format, face: Face) -> ExitCode {
    let begun = Instant::now();
    let outcome = pipeline::check(site);
    let text = |path: &str| source::read_text(site, path).ok().map(|file| file.text);
    match format {
        Format::Text => {
            let rendered = report::render(&outcome.findings, &text, face.lang, face.colour);
            if !rendered.is_empty() {
                println!("{}\n", rendered.trim_end());
            }
            if !face.quiet {
                println!("{}", words::checked(&outcome.findings, outcome.equations, begun.elapsed(), face.lang));
            }
        }
        Format::Json => println!("{}", machine::json(&outcome.findings, &text)),
        Format::Github => print!("{}", machine::github(&outcome.findings, &text, face.lang)),
    }
    if outcome.findings.iter().any(crate::diagnostics::Finding::is_error) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}
