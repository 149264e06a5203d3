//! `gongkai build`: runs the pipeline and says what came of it.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::diagnostics::Finding;
use crate::pipeline::{self, Options};

use super::{Face, is_open, report, say, warn, words};

/// A build that takes longer than this says how far it is.
const PATIENCE: Duration = Duration::from_secs(2);

#[allow(clippy::disallowed_methods, reason = "only the closing summary and the progress take the time")]
pub(super) fn run(site: &Path, output: &Path, face: Face) -> ExitCode {
    let begun = Instant::now();
    let last_said = Mutex::new(begun);
    let on_terminal = std::io::stderr().is_terminal();
    let progress = |done: usize, total: usize| {
        if face.quiet || (!face.verbose && !on_terminal) {
            return;
        }
        if let Ok(mut last) = last_said.lock()
            && (face.verbose || (begun.elapsed() > PATIENCE && last.elapsed() > Duration::from_millis(500)))
        {
            *last = Instant::now();
            warn(&words::progress(done, total, face.lang));
        }
    };
    let options = Options { site: site.to_owned(), output: output.to_owned() };
    let outcome = match pipeline::build(&options, &progress) {
        Ok(outcome) => outcome,
        Err(error) => {
            warn(&error.say(face.lang));
            return ExitCode::from(2);
        }
    };
    let shown = output.display().to_string();
    let said: Vec<Finding> =
        outcome.findings.iter().filter(|finding| face.verbose || is_open(finding)).cloned().collect();
    let rendered = report::render(&said, &|path| report::text(site, path), face.lang, face.colour);
    if !rendered.is_empty() {
        warn(&format!("{}\n", rendered.trim_end()));
    }
    if outcome.published.is_none() {
        warn(&words::refused(&outcome.findings, &shown, face.lang));
        return ExitCode::from(1);
    }
    if !face.quiet {
        say(&words::summary(&outcome, &shown, begun.elapsed(), face.lang));
        if !outcome.base_known {
            say(words::no_base(face.lang));
        }
        if !face.verbose && !outcome.findings.iter().all(is_open) {
            say(&words::unlisted(&check_command(site), face.lang));
        }
    }
    ExitCode::SUCCESS
}

/// How a check of the same site is run: as this program was, by cargo, which says so, or by the name that was typed.
fn check_command(site: &Path) -> String {
    let command = if std::env::var_os("CARGO_MANIFEST_DIR").is_some() {
        "cargo run -- check".to_owned()
    } else {
        format!("{} check", std::env::args().next().unwrap_or_else(|| "gongkai".to_owned()))
    };
    let is_here = site.as_os_str().is_empty() || site == Path::new(".");
    if is_here { command } else { format!("{command} --site {}", site.display()) }
}
