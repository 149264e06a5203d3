//! Forms as data: the national sets that travel in the binary, a site's local forms, and their dictionary.
//!
//! `cn-2019` and `cn-2020` are folders of YAML in `sets/`; a local form is a file in `content/forms/`. A
//! local form with the id of a national one takes its place.

mod dictionary;
mod file;
mod resolve;

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::diagnostics::{DataPath, Finding, Found, catalogue};
use crate::model::Form;
use crate::yaml;

pub use dictionary::Dictionary;
pub(crate) use file::{ChartName, ChartSpec, MarkSpec, UnitName};
use file::{FormFile, SetFile};
pub(crate) use resolve::{check_id, code_level};

static SETS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/forms/sets");

/// All forms that a site can use.
#[derive(Debug)]
pub struct Library {
    sets: BTreeMap<String, Set>,
    local: BTreeMap<String, (String, FormFile)>,
    /// The names of codes.
    pub dictionary: Dictionary,
}

#[derive(Debug)]
struct Set {
    extends: Option<String>,
    order: Vec<String>,
    forms: BTreeMap<String, (String, FormFile)>,
    charts: Vec<ChartSpec>,
    figures: Vec<MarkSpec>,
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
    pub(crate) figures: Vec<MarkSpec>,
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
                    set = keep(yaml::read::<SetFile>(&name, text), &mut findings);
                } else if let Some(form) = keep(yaml::read::<FormFile>(&name, text), &mut findings) {
                    forms.insert(form.id.0.clone(), (name, form));
                }
            }
            if let Some(set) = set {
                let order = set.forms.into_iter().map(|id| id.0).collect();
                let extends = set.extends.map(|id| id.0);
                sets.insert(set.id.0, Set { extends, order, forms, charts: set.charts, figures: set.figures });
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
                own.insert(form.id.0.clone(), (name.clone(), form));
            }
        }
        Found { value: Library { sets, local: own, dictionary }, findings }
    }

    /// The ids of the sets.
    pub fn set_names(&self) -> Vec<&str> {
        self.sets.keys().map(String::as_str).collect()
    }

    /// The forms of a set for a year, or `None` if there is no such set.
    pub fn set(&self, id: &str, year: u16) -> Option<Found<FormSet>> {
        let set = self.sets.get(id)?;
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
        let base = set.extends.as_ref().and_then(|base| self.sets.get(base));
        let inherited = base.iter().flat_map(|base| &base.charts);
        let charts = inherited.filter(|chart| set.charts.iter().all(|own| own.id.0 != chart.id.0));
        let charts = set.charts.iter().chain(charts).cloned().collect();
        let figures = match base {
            Some(base) if set.figures.is_empty() => base.figures.clone(),
            _ => set.figures.clone(),
        };
        Some(Found { value: FormSet { forms, local, charts, figures }, findings })
    }

    fn inherited<'a>(&'a self, set: &'a Set, form: &str) -> Option<&'a (String, FormFile)> {
        let base = || self.inherited(self.sets.get(set.extends.as_ref()?)?, form);
        set.forms.get(form).or_else(base)
    }
}

fn keep<T>(found: Found<Option<T>>, findings: &mut Vec<Finding>) -> Option<T> {
    findings.extend(found.findings);
    found.value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_sets_are_sound() {
        let library = Library::load(&[], Dictionary::built_in());
        assert!(library.findings.is_empty(), "{:#?}", library.findings);
        for (id, year, forms) in [("cn-2019", 2019, 9), ("cn-2020", 2020, 10)] {
            let set = library.value.set(id, year).unwrap();
            assert!(set.findings.is_empty(), "{:#?}", set.findings);
            assert_eq!(set.value.forms.len(), forms, "{id}");
        }
    }
}
