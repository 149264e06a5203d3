//! Forms as data: the national sets that travel in the binary, a site's local forms, and their dictionary.
//!
//! A set is a folder of YAML in `sets/`, named after who uses it and since when: `cn-2022`, `sh-2024`. It may extend
//! another set and then holds only the forms that differ. A local form is a file in `content/forms/`; with the id of
//! a national one it takes its place.

mod dictionary;
mod file;
mod resolve;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use include_dir::{Dir, include_dir};

use crate::diagnostics::{DataPath, Finding, Found, Place, catalogue};
use crate::model::{Form, Rule};
use crate::yaml;

pub use dictionary::Dictionary;
pub(crate) use file::RuleFile;
pub(crate) use file::{ChartName, ChartSpec, FigureSpec, UnitName};
use file::{FormFile, SetFile};
pub(crate) use resolve::{check_id, code_level, fact_rules, is_code};

static SETS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/forms/sets");

/// Pages that each report has, and the first word of addresses that lead to no form.
const RESERVED: [&str; 7] = ["checks", "facts", "glossary", "index", "report", "search-index", "tables"];

/// All forms that a site can use.
#[derive(Debug)]
pub struct Library {
    sets: BTreeMap<String, Set>,
    local: BTreeMap<String, (String, FormFile)>,
    /// The names of codes.
    pub dictionary: Dictionary,
    resolved: Mutex<Resolved>,
}

/// The sets that were asked for so far. A thousand departments of a portal share them, and what was found in them
/// is said once.
#[derive(Debug, Default)]
struct Resolved {
    sets: BTreeMap<(String, u16), FormSet>,
    said: HashSet<Said>,
}

/// What makes two findings the same: their code, their place and their values.
type Said = (&'static str, Place, Vec<(&'static str, String)>);

#[derive(Debug)]
struct Set {
    extends: Option<String>,
    order: Vec<String>,
    forms: BTreeMap<String, (String, FormFile)>,
    charts: Vec<ChartSpec>,
    figures: Vec<FigureSpec>,
    rules: (String, Vec<RuleFile>),
}

/// The forms of one report, resolved for its year.
#[derive(Clone, Debug)]
pub struct FormSet {
    /// The forms that the report must have, in official order.
    pub forms: Vec<Arc<Form>>,
    /// The local forms, which it may have.
    pub local: Vec<Arc<Form>>,
    /// The charts of the set.
    pub(crate) charts: Vec<ChartSpec>,
    /// The key figures of the set.
    pub(crate) figures: Vec<FigureSpec>,
    /// What facts with well-known ids must agree with.
    pub rules: Vec<Rule>,
}

impl Library {
    /// The built-in sets, and the local forms of a site: file names with their texts.
    pub fn load(local: &[(String, String)], dictionary: Dictionary) -> Found<Self> {
        let mut findings = Vec::new();
        let mut sets = BTreeMap::new();
        for folder in SETS.dirs() {
            let mut set = None;
            let mut forms = BTreeMap::new();
            for file in folder.files() {
                let name = format!("forms/{}", file.path().display());
                let text = file.contents_utf8().unwrap_or_default();
                if file.path().ends_with("set.yaml") {
                    set = keep(yaml::read::<SetFile>(&name, text), &mut findings).map(|set| (name, set));
                } else if let Some(form) = keep(yaml::read::<FormFile>(&name, text), &mut findings) {
                    forms.insert(form.id.0.clone(), (name, form));
                }
            }
            if let Some((name, set)) = set {
                let order = set.forms.into_iter().map(|id| id.0).collect();
                let extends = set.extends.map(|id| id.0);
                let rules = (name, set.rules);
                sets.insert(set.id.0, Set { extends, order, forms, charts: set.charts, figures: set.figures, rules });
            }
        }
        let mut own = BTreeMap::new();
        for (name, text) in local {
            if let Some(form) = keep(yaml::read::<FormFile>(name, text), &mut findings) {
                let stem = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".yaml").trim_end_matches(".yml");
                if stem != form.id.0 {
                    findings.push(
                        Finding::new(&catalogue::FORM_INVALID, DataPath::top().key("id").in_file(name))
                            .with("detail", format!("文件名是 {stem}，id 却是 {}", form.id.0))
                            .with("detail-en", format!("the file is named {stem}, the id is {}", form.id.0))
                            .with("help", format!("写 `id: {stem}`"))
                            .with("help-en", format!("write `id: {stem}`")),
                    );
                }
                if RESERVED.contains(&form.id.0.as_str()) {
                    findings.push(
                        Finding::new(&catalogue::FORM_INVALID, DataPath::top().key("id").in_file(name))
                            .with("detail", format!("`{}` 是报告中另一页的名称", form.id.0))
                            .with("detail-en", format!("`{}` is another page of a report", form.id.0))
                            .with("help", "换一个 id，文件名也要改")
                            .with("help-en", "choose another id, and rename the file"),
                    );
                    continue;
                }
                own.insert(form.id.0.clone(), (name.clone(), form));
            }
        }
        Found { value: Library { sets, local: own, dictionary, resolved: Mutex::default() }, findings }
    }

    /// The ids of the sets.
    pub fn set_names(&self) -> Vec<&str> {
        self.sets.keys().map(String::as_str).collect()
    }

    /// The forms of a set for a year, or `None` if there is no such set. What is found in a form comes with the first
    /// set that has it.
    pub fn set(&self, id: &str, year: u16) -> Option<Found<FormSet>> {
        let set = self.sets.get(id)?;
        let mut resolved = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = resolved.sets.get(&(id.to_owned(), year)) {
            return Some(Found { value: value.clone(), findings: Vec::new() });
        }
        let Found { value, mut findings } = self.resolve(set, year);
        findings.retain(|finding| {
            resolved.said.insert((finding.entry.code, finding.place.clone(), finding.arguments.clone()))
        });
        resolved.sets.insert((id.to_owned(), year), value.clone());
        Some(Found { value, findings })
    }

    fn resolve(&self, set: &Set, year: u16) -> Found<FormSet> {
        let mut findings = Vec::new();
        let mut resolve = |name: &str, file: &FormFile| {
            resolve::form(name, file, &self.dictionary, year, &mut findings).map(Arc::new)
        };
        let mut forms = Vec::new();
        for form in &set.order {
            let found = self.local.get(form).or_else(|| self.inherited(set, form));
            forms.extend(found.and_then(|(name, file)| resolve(name, file)));
        }
        let local = self
            .local
            .iter()
            .filter(|(form, _)| !set.order.contains(form))
            .filter_map(|(_, (name, file))| resolve(name, file))
            .collect();
        let mut charts: Vec<ChartSpec> = Vec::new();
        let mut rules = Vec::new();
        let mut numbers: HashSet<&str> = HashSet::new();
        for set in self.line(set) {
            let known: HashSet<&str> = charts.iter().map(|chart| chart.id.0.as_str()).collect();
            let new: Vec<_> = set.charts.iter().filter(|chart| !known.contains(chart.id.0.as_str())).cloned().collect();
            charts.extend(new);
            // A rule of the set takes the place of the one with its number.
            let (name, own) = &set.rules;
            let new: Vec<RuleFile> = own.iter().filter(|rule| !numbers.contains(rule.id.0.as_str())).cloned().collect();
            let new = resolve::fact_rules(name, &new, &self.dictionary, year, &mut findings);
            rules.extend(new.into_iter().map(|(_, rule)| rule));
            numbers.extend(own.iter().map(|rule| rule.id.0.as_str()));
        }
        let figures = self.line(set).map(|set| &set.figures).find(|figures| !figures.is_empty());
        let figures = figures.cloned().unwrap_or_default();
        Found { value: FormSet { forms, local, charts, figures, rules }, findings }
    }

    /// A set, the one that it extends, and so on.
    fn line<'a>(&'a self, set: &'a Set) -> impl Iterator<Item = &'a Set> {
        std::iter::successors(Some(set), |set| self.sets.get(set.extends.as_ref()?))
    }

    fn inherited<'a>(&'a self, set: &'a Set, form: &str) -> Option<&'a (String, FormFile)> {
        self.line(set).find_map(|set| set.forms.get(form))
    }
}

fn keep<T>(found: Found<Option<T>>, findings: &mut Vec<Finding>) -> Option<T> {
    findings.extend(found.findings);
    found.value
}
