//! The whole way of a build: a department is read, checked, rendered, written and dropped, many at a time.

mod check;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::check::Checked;
use crate::diagnostics::{Finding, Found};
use crate::forms::Library;
use crate::model::{Artifact, Contact, Text};
use crate::parse::{self, Everyday, ReportSource, SiteConfig};
use crate::site::{self, Attachment, Summary, Theme, ThemeFile, ThemeFolders};
use crate::source::{self, DepartmentFiles, Inventory};
use crate::write::{Published, Stage, WriteError};

pub use check::{CheckOutcome, CheckedReport, check, check_selected};

/// What to build.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds `site.yaml`.
    pub site: PathBuf,
    /// Where the site is written.
    pub output: PathBuf,
}

/// What came of a build.
#[derive(Debug)]
pub struct Outcome {
    /// All that was found, whether or not the site was published.
    pub findings: Vec<Finding>,
    /// What was written; nothing, when an error stood in the way.
    pub published: Option<Published>,
    /// How many pages were rendered, in all languages.
    pub pages: usize,
    /// How many languages.
    pub languages: usize,
    /// Whether the site says where it is published.
    pub base_known: bool,
    /// What the site holds.
    pub summaries: Vec<Summary>,
}

/// Builds a site. `progress` hears how many departments are done, of how many.
///
/// Nothing of `output` changes unless the whole site is sound: every mistake is found first.
pub fn build(options: &Options, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Outcome, WriteError> {
    let Found { value: inventory, mut findings } = Inventory::take(&options.site);
    let common = Common::read(&inventory, &mut findings);
    let mut outcome =
        Outcome { findings, published: None, pages: 0, languages: 0, base_known: false, summaries: Vec::new() };
    let Some(common) = common else { return Ok(outcome) };
    outcome.languages = common.site.languages.len();
    outcome.base_known = common.site.base_url.is_some();
    let Found { value: stage, findings: of_output } = Stage::begin(&options.output)?;
    outcome.findings.extend(of_output);

    let done = AtomicUsize::new(0);
    let pages = AtomicUsize::new(0);
    let total = inventory.departments.len();
    let departments: Vec<Result<Found<Option<Summary>>, WriteError>> = inventory
        .departments
        .par_iter()
        .map(|files| {
            let found = common.department(&inventory.root, files, &stage, &pages);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            found
        })
        .collect();
    for department in departments {
        let Found { value, findings } = department?;
        outcome.summaries.extend(value);
        outcome.findings.extend(findings);
    }
    if let Some(theme) = &common.theme {
        match site::portal(&outcome.summaries, &common.site, &common.everyday, theme) {
            Ok(artifacts) => outcome.findings.extend(put(&stage, artifacts, &common.site, theme, &pages)?),
            Err(finding) => outcome.findings.push(finding),
        }
    }
    outcome.pages = pages.into_inner();
    if outcome.findings.iter().all(|finding| !finding.is_error()) {
        outcome.published = Some(stage.publish()?);
    }
    Ok(outcome)
}

/// What all departments share.
struct Common {
    site: SiteConfig,
    library: Library,
    everyday: Everyday,
    /// None if the theme has mistakes: departments are then read and checked, not rendered.
    theme: Option<Theme>,
}

impl Common {
    fn read(inventory: &Inventory, findings: &mut Vec<Finding>) -> Option<Self> {
        let root = inventory.root.as_path();
        let Shared { site, library, everyday } = shared(inventory, findings);
        let site = site?;
        let mut folders = Folders { root, findings: Vec::new() };
        let theme = keep(Theme::load(&site.theme, &mut folders), findings);
        findings.append(&mut folders.findings);
        Some(Common { site, library, everyday, theme })
    }

    /// Read, check, render, write, drop.
    fn department(
        &self,
        root: &Path,
        files: &DepartmentFiles,
        stage: &Stage,
        pages: &AtomicUsize,
    ) -> Result<Found<Option<Summary>>, WriteError> {
        // The page of checks lists every equation.
        let checked = checked(root, files, &self.site.department, &self.library, self.site.checks);
        let (publishable, mut findings) = checked.publishable();
        let (Some(publishable), Some(theme)) = (publishable, &self.theme) else {
            return Ok(Found { value: None, findings });
        };
        let summary = Summary::of(&publishable, &self.site, theme);
        // Pages say how large the attachments are, so these go first.
        let mut attachments = Vec::new();
        for (report, path) in
            files.reports.iter().flat_map(|report| report.attachments.iter().map(move |path| (report, path)))
        {
            match source::read_asset(root, path) {
                Ok(asset) => {
                    let folder = files.slug.as_ref().map(|slug| format!("{slug}/")).unwrap_or_default();
                    let below = path.strip_prefix(&report.folder).unwrap_or(path).trim_start_matches('/').to_owned();
                    let bytes = asset.bytes.len() as u64;
                    stage.put(Artifact { path: format!("{folder}{}/{below}", report.id), bytes: asset.bytes })?;
                    attachments.push(Attachment { report: report.id, path: below, bytes });
                }
                Err(finding) => findings.push(finding),
            }
        }
        let rendered = site::department(&publishable, &attachments, &self.site, theme);
        drop(publishable);
        match rendered {
            Ok(artifacts) => findings.extend(put(stage, artifacts, &self.site, theme, pages)?),
            Err(finding) => findings.push(finding),
        }
        Ok(Found { value: Some(summary), findings })
    }
}

/// What departments share besides the theme.
struct Shared {
    /// The site's configuration, if it has one.
    site: Option<SiteConfig>,
    /// The forms.
    library: Library,
    /// What readers type instead of a term.
    everyday: Everyday,
}

fn shared(inventory: &Inventory, findings: &mut Vec<Finding>) -> Shared {
    let root = inventory.root.as_path();
    let mut text = |path: &String| source::read_text(root, path).map_err(|finding| findings.push(finding)).ok();
    let site_text = inventory.site.as_ref().and_then(&mut text);
    let terms = inventory.terms.as_ref().and_then(&mut text);
    let forms: Vec<(String, String)> =
        inventory.forms.iter().filter_map(&mut text).map(|file| (file.path, file.text)).collect();
    let dictionary = keep(parse::dictionary(terms.as_ref()), findings);
    let library = keep(Library::load(&forms, dictionary), findings);
    let site = site_text.and_then(|text| keep(parse::site(&text), findings));
    Shared { site, library, everyday: parse::everyday(terms.as_ref()) }
}

/// Reads and checks a department; `of_site` is its name, where it does not say its own. `thorough` keeps every equation,
/// for a page of checks or a proof sheet.
fn checked(root: &Path, files: &DepartmentFiles, of_site: &Text, library: &Library, thorough: bool) -> Checked {
    let mut findings = Vec::new();
    let (name, contact) = named(root, files, of_site, &mut findings);
    let mut reports = Vec::new();
    for report in &files.reports {
        let read = report.read(root);
        let incomplete = !read.findings.is_empty();
        let unread = incomplete || !report.complete;
        findings.extend(read.findings);
        reports.push(ReportSource { folder: report.folder.clone(), texts: read.value, incomplete, unread });
    }
    let parsed = parse::department(files.slug.clone(), name, contact, reports, library);
    findings.extend(parsed.findings);
    let found = Found { value: parsed.value, findings };
    if thorough { Checked::thorough(found) } else { Checked::new(found) }
}

/// A department's name, and whom to ask there, where that is not the site's contact.
fn named(root: &Path, files: &DepartmentFiles, of_site: &Text, findings: &mut Vec<Finding>) -> (Text, Option<Contact>) {
    let Some(config) = &files.config else { return (of_site.clone(), None) };
    let named = match source::read_text(root, config) {
        Ok(source) => keep(parse::department_file(&source), findings),
        Err(finding) => {
            findings.push(finding);
            None
        }
    };
    named.unwrap_or_default()
}

/// Finishes what was rendered and stages it; stops at the first mistake of the theme.
fn put(
    stage: &Stage,
    artifacts: Vec<Artifact>,
    site: &SiteConfig,
    theme: &Theme,
    pages: &AtomicUsize,
) -> Result<Vec<Finding>, WriteError> {
    for artifact in artifacts {
        if artifact.is_page() {
            pages.fetch_add(1, Ordering::Relaxed);
        }
        match site::finished(artifact, site, theme) {
            Ok(files) => files.into_iter().try_for_each(|file| stage.put(file))?,
            Err(findings) => return Ok(findings),
        }
    }
    Ok(Vec::new())
}

/// The folder `themes/` of a site.
struct Folders<'a> {
    root: &'a Path,
    findings: Vec<Finding>,
}

impl ThemeFolders for Folders<'_> {
    fn names(&self) -> Vec<String> {
        source::theme_names(self.root)
    }

    fn files(&mut self, name: &str) -> Option<Vec<ThemeFile>> {
        let files = keep(source::theme_files(self.root, name), &mut self.findings)?;
        let folder = format!("themes/{name}/");
        let inside = |path: &str| path.strip_prefix(&folder).unwrap_or(path).to_owned();
        let texts = files.texts.into_iter().map(|file| (file.path, file.text.into_bytes()));
        let assets = files.assets.into_iter().map(|file| (file.path, file.bytes));
        Some(texts.chain(assets).map(|(path, bytes)| ThemeFile { path: inside(&path), bytes }).collect())
    }
}

fn keep<T>(found: Found<T>, findings: &mut Vec<Finding>) -> T {
    findings.extend(found.findings);
    found.value
}
