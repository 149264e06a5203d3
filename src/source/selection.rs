//! What a check is asked to look at: a whole site, or reports that lie anywhere, named by their folder or `report.yaml`.
//!
//! A report is read with what it refers to: the local forms of the site that it lies in, and the reports beside it where
//! folders are named by year and kind. Only the names are looked at here.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::advice::kind_of;
use super::inventory::{DepartmentFiles, Inventory, form_files};
use super::names::{year, year_within};
use super::tree::walk;
use super::{reason, report};
use crate::diagnostics::{Finding, Found};
use crate::model::{Lang, ReportId, ReportKind, Text};

/// What is to be checked.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The files that are read.
    pub inventory: Inventory,
    /// The folders of the reports that were named, below the root: only what is found in them is said. None: all of it.
    pub named: Vec<String>,
    /// What stands before a path of the inventory when it is shown: the way from the current folder to the root.
    pub shown: String,
    /// Whether the inventory's department is the one that `site.yaml` names.
    pub of_site: bool,
}

/// Why a path cannot be checked. It is about the command, not about the content.
#[derive(Debug)]
pub struct SelectionError {
    /// The path as it was typed.
    path: PathBuf,
    why: Why,
}

#[derive(Debug)]
enum Why {
    Missing,
    Unreadable(Text),
    /// A folder without `report.yaml` or `site.yaml`.
    NoReport,
    /// A file of another name.
    NotReport,
    NoYear,
    /// The folders say one thing and the command another.
    Differs(ReportId),
}

impl Selection {
    /// A whole site; its files are shown from its root.
    pub fn site(root: &Path) -> Found<Selection> {
        let Found { value: inventory, findings } = Inventory::take(root);
        Found { value: Selection { inventory, named: Vec::new(), shown: String::new(), of_site: true }, findings }
    }

    /// The sites and reports that were named, each once. Reports of one department are one selection. `year` and `kind`
    /// are for reports whose folders do not say it.
    pub fn of(
        paths: &[PathBuf],
        year: Option<u16>,
        kind: Option<ReportKind>,
    ) -> Result<Vec<Found<Selection>>, Vec<SelectionError>> {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
        let (mut selections, mut errors) = (Vec::<Found<Selection>>::new(), Vec::new());
        let mut reports: Vec<Place> = Vec::new();
        for path in paths {
            match meant(path).and_then(|meant| match meant {
                Meant::Site(root) => Ok((root, None)),
                Meant::Report(folder) => Place::of(&folder, year, kind).map(|place| (folder, Some(place))),
            }) {
                Ok((root, None)) => {
                    if selections.iter().all(|known| known.value.inventory.root != root) {
                        let mut selection = Selection::site(&root);
                        selection.value.shown = shown(&root, &here);
                        selections.push(selection);
                    }
                }
                Ok((_, Some(place))) if !reports.contains(&place) => reports.push(place),
                Ok(_) => {}
                Err(why) => errors.push(SelectionError { path: path.clone(), why }),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        // What is checked with its whole site is not checked again.
        let sites: Vec<PathBuf> = selections.iter().map(|site| site.value.inventory.root.clone()).collect();
        reports.retain(|report| !sites.iter().any(|site| report.folder.starts_with(site.join("content"))));
        let mut departments: Vec<Vec<Place>> = Vec::new();
        for report in reports {
            match departments.iter_mut().find(|known| known[0].shelf.is_some() && known[0].shelf == report.shelf) {
                Some(department) => department.push(report),
                None => departments.push(vec![report]),
            }
        }
        selections.extend(departments.iter().map(|reports| department(reports, &here)));
        Ok(selections)
    }
}

enum Meant {
    Site(PathBuf),
    Report(PathBuf),
}

/// What a path leads to.
fn meant(path: &Path) -> Result<Meant, Why> {
    let real = path.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Why::Missing,
        _ => Why::Unreadable(reason(&error)),
    })?;
    if !real.is_dir() {
        let folder = real.parent().map(Path::to_owned).unwrap_or_default();
        return match real.file_name().and_then(|name| name.to_str()) {
            Some("report.yaml" | "report.yml") => Ok(Meant::Report(folder)),
            Some("site.yaml") => Ok(Meant::Site(folder)),
            _ => Err(Why::NotReport),
        };
    }
    fs::read_dir(&real).map_err(|error| Why::Unreadable(reason(&error)))?;
    if has_report(&real) {
        Ok(Meant::Report(real))
    } else if real.join("site.yaml").is_file() {
        Ok(Meant::Site(real))
    } else {
        Err(Why::NoReport)
    }
}

fn has_report(folder: &Path) -> bool {
    ["report.yaml", "report.yml"].iter().any(|name| folder.join(name).is_file())
}

/// A report that was named.
#[derive(Debug, PartialEq)]
struct Place {
    folder: PathBuf,
    id: ReportId,
    /// The folder with the department's years, if the report lies in one.
    shelf: Option<PathBuf>,
}

impl Place {
    fn of(folder: &Path, asked_year: Option<u16>, asked_kind: Option<ReportKind>) -> Result<Place, Why> {
        let name = |folder: Option<&Path>| {
            folder.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        };
        let (own, above) = (name(Some(folder)), name(folder.parent()));
        let exact = ReportKind::ALL.into_iter().find(|kind| kind.slug() == own);
        if let (Some(kind), Some(year)) = (exact, year(&above)) {
            let id = ReportId { year, kind };
            if asked_year.is_some_and(|asked| asked != year) || asked_kind.is_some_and(|asked| asked != kind) {
                return Err(Why::Differs(id));
            }
            let shelf = folder.parent().and_then(Path::parent).map(Path::to_owned);
            return Ok(Place { folder: folder.to_owned(), id, shelf });
        }
        let year = asked_year.or_else(|| year_within(&own)).or_else(|| year_within(&above)).ok_or(Why::NoYear)?;
        let said = [&own, &above].into_iter().find_map(|name| kind_of(name));
        let said = ReportKind::ALL.into_iter().find(|kind| Some(kind.slug()) == said);
        let kind = asked_kind.or(said).unwrap_or(ReportKind::Final);
        Ok(Place { folder: folder.to_owned(), id: ReportId { year, kind }, shelf: None })
    }
}

/// The reports of one department, with those beside them and what they share with their site.
fn department(reports: &[Place], here: &Path) -> Found<Selection> {
    let first = &reports[0];
    let site = first.folder.ancestors().skip(1).find(|folder| folder.join("site.yaml").is_file());
    let root = site.or(first.shelf.as_deref()).or(first.folder.parent()).unwrap_or(&first.folder).to_owned();
    let mut findings = Vec::new();
    let (mut forms, mut terms) = (Vec::new(), None);
    // Years that were handed on without their site may have its forms beside them.
    if let Some(content) = site.map(|_| "content").or(first.shelf.as_ref().map(|_| "")) {
        let folder = join(content, "forms");
        if root.join(&folder).is_dir() {
            forms = form_files(&keep(walk(&root, &folder), &mut findings), &mut findings);
        }
        let names = ["terms.yaml", "terms.yml"].map(|name| join(content, name));
        terms = names.into_iter().find(|name| root.join(name).is_file());
    }
    let mut files = DepartmentFiles { slug: None, config: None, folder: String::new(), reports: Vec::new() };
    if let Some(shelf) = &first.shelf {
        files.folder = below(&root, shelf);
        files.config = ["department.yaml", "department.yml"]
            .into_iter()
            .find(|name| shelf.join(name).is_file())
            .map(|name| join(&files.folder, name));
    }
    for place in first.shelf.as_deref().map_or_else(|| vec![(first.id, first.folder.clone())], years) {
        let (id, folder) = place;
        let named = reports.iter().any(|report| report.folder == folder);
        let mut of_folder = Vec::new();
        let tree = keep(walk(&root, &below(&root, &folder)), &mut of_folder);
        files.reports.push(report::files(id, &tree, &mut of_folder));
        if named {
            findings.extend(of_folder);
        }
    }
    files.reports.sort_by_key(|report| report.id);
    // The department of site.yaml is that of the years in content/; in a portal it is another one.
    let of_site = site.is_some() && !years(&root.join("content")).is_empty();
    let named = reports.iter().map(|report| below(&root, &report.folder)).collect();
    let inventory = Inventory {
        site: site.map(|_| "site.yaml".to_owned()),
        forms,
        terms,
        departments: vec![files],
        root: root.clone(),
    };
    Found { value: Selection { inventory, named, shown: shown(&root, here), of_site }, findings }
}

/// The reports of a folder with years, oldest first.
fn years(shelf: &Path) -> Vec<(ReportId, PathBuf)> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
    };
    let mut found = Vec::new();
    for (name, year) in names(shelf).into_iter().filter_map(|name| Some((year(&name)?, name))).map(|(y, n)| (n, y)) {
        for kind in ReportKind::ALL {
            let folder = shelf.join(&name).join(kind.slug());
            if has_report(&folder) {
                found.push((ReportId { year, kind }, folder));
            }
        }
    }
    found.sort_by_key(|(id, _)| *id);
    found
}

/// A folder below the root, with `/`.
fn below(root: &Path, folder: &Path) -> String {
    let below = folder.strip_prefix(root).unwrap_or(folder);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The way from the current folder to `root`, with `/` at its end: nothing for the folder itself, the whole path for what
/// lies elsewhere.
fn shown(root: &Path, here: &Path) -> String {
    let (path, prefix) = match root.strip_prefix(here) {
        Ok(path) => (path, String::new()),
        Err(_) => (root, "/".to_owned()),
    };
    let mut shown = prefix;
    for part in path.components() {
        match part {
            // Windows writes a resolved path as `\\?\C:\…`.
            Component::Prefix(prefix) => {
                shown = prefix.as_os_str().to_string_lossy().trim_start_matches(r"\\?\").replace('\\', "/");
                shown.push('/');
            }
            Component::Normal(name) => {
                shown.push_str(&name.to_string_lossy());
                shown.push('/');
            }
            Component::RootDir | Component::CurDir | Component::ParentDir => {}
        }
    }
    shown
}

fn keep<T>(found: Found<T>, findings: &mut Vec<Finding>) -> T {
    findings.extend(found.findings);
    found.value
}

impl SelectionError {
    /// The error as a sentence that says what to type.
    pub fn say(&self, lang: Lang) -> String {
        let path = self.path.display();
        match (&self.why, lang) {
            (Why::Missing, Lang::Zh) => format!("没有 {path} 这个文件或文件夹。"),
            (Why::Missing, Lang::En) => format!("There is no file or folder {path}."),
            (Why::Unreadable(why), Lang::Zh) => format!("无法读取 {path}：{}。", why.zh),
            (Why::Unreadable(why), Lang::En) => format!("Cannot read {path}: {}.", why.en),
            (Why::NoReport, Lang::Zh) => {
                format!(
                    "{path} 里没有 report.yaml（报告），也没有 site.yaml（站点）。写报告的文件夹，如 content/2019/final。"
                )
            }
            (Why::NoReport, Lang::En) => format!(
                "{path} has no report.yaml and no site.yaml in it. Name the folder of a report, as content/2019/final."
            ),
            (Why::NotReport, Lang::Zh) => {
                format!("{path} 不是报告。写报告的文件夹，或其中的 report.yaml；一张表不能单独核对。")
            }
            (Why::NotReport, Lang::En) => format!(
                "{path} is no report. Name the folder of the report, or its report.yaml; a table cannot be checked alone."
            ),
            (Why::NoYear, Lang::Zh) => {
                format!("看不出 {path} 是哪一年的报告：文件夹名里没有年度。加上年度，如 --year 2019。")
            }
            (Why::NoYear, Lang::En) => format!(
                "{path} does not say which year it reports: no folder is named by it. Add the year, as --year 2019."
            ),
            (Why::Differs(id), Lang::Zh) => {
                format!("{path} 在文件夹 {id} 里，与 --year 或 --kind 所写的不同。删去该选项，或改文件夹名。")
            }
            (Why::Differs(id), Lang::En) => format!(
                "{path} lies in {id}, which is not what --year or --kind says. Leave the option out, or rename the folder."
            ),
        }
    }
}

impl fmt::Display for SelectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for SelectionError {}
