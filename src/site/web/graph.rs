//! Structured data (schema.org, as JSON-LD): what a search engine for data sets reads. Figures are texts with their
//! printed decimals: a JSON number would go through a float.

use serde_json::{Map, Value, json};

use crate::model::{Department, Disclosure, Expression, GlossaryTerm, Lang, Table};
use crate::parse::SiteConfig;

use super::super::table::paths;
use super::labels::day_or_instant;

/// The data of one page.
pub(crate) struct Graph(Value);

impl Graph {
    /// One graph, or several as one.
    pub(crate) fn of(mut graphs: Vec<Graph>) -> Option<Graph> {
        match graphs.len() {
            0 | 1 => graphs.pop(),
            _ => Some(Graph(Value::Array(graphs.into_iter().map(|graph| graph.0).collect()))),
        }
    }

    /// As the content of a `script` element: nothing in it can end the element.
    pub(super) fn json(&self) -> String {
        self.0.to_string().replace('<', "\\u003c")
    }
}

/// What the data of all pages need.
pub(crate) struct Source<'a> {
    pub(crate) site: &'a SiteConfig,
    pub(crate) department: &'a Department,
    pub(crate) lang: Lang,
    /// The page's path from the site's root.
    pub(crate) path: &'a str,
}

impl Source<'_> {
    /// An address on this site, from the page's own: absolute where the site's is known.
    fn address(&self, path: &str) -> String {
        let base = self.site.base_url.as_deref();
        base.map_or_else(|| super::relative(self.path, path), |base| format!("{base}{path}"))
    }

    /// What data sets of this department have in common.
    fn dataset(&self, disclosure: &Disclosure, name: &str, description: &str) -> Map<String, Value> {
        let organization = json!({"@type": "GovernmentOrganization", "name": self.department.name.get(self.lang)});
        // Whoever meets the data elsewhere is told what this site says about itself on every page.
        let notice = self.site.notice.as_ref().map(|notice| format!(" {}", notice.get(self.lang)));
        let mut data = Map::new();
        let mut put = |key: &str, value: Value| data.insert(key.to_owned(), value);
        put("@context", json!("https://schema.org"));
        put("@type", json!("Dataset"));
        put("name", json!(name));
        put("description", json!(format!("{description}{}", notice.unwrap_or_default())));
        put("inLanguage", json!(self.lang.tag()));
        put("creator", organization);
        put("temporalCoverage", json!(disclosure.id.year.to_string()));
        put("isAccessibleForFree", json!(true));
        if let Some(source) = &disclosure.source {
            put("isBasedOn", json!({"@type": "CreativeWork", "name": source.get(self.lang)}));
        }
        if let Some(published) = day_or_instant(disclosure) {
            put("datePublished", json!(published));
        }
        if self.site.base_url.is_some() {
            put("url", json!(self.address(self.path)));
        }
        data
    }

    fn download(&self, path: &str, name: &str, kind: &str) -> Value {
        json!({"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": self.address(path)})
    }
}

/// A file with data: its path from the site's root, its name, its media type.
pub(crate) type DataFile<'a> = (String, String, &'a str);

/// One year: its key figures as printed, each with its address, and its files.
pub(crate) fn of_year(
    source: &Source<'_>,
    disclosure: &Disclosure,
    title: &str,
    description: &str,
    files: &[DataFile<'_>],
) -> Graph {
    let mut data = source.dataset(disclosure, title, description);
    let figures: Vec<Value> = disclosure
        .highlights
        .iter()
        .flat_map(|highlight| std::iter::once(highlight).chain(&highlight.below))
        .filter(|highlight| matches!(highlight.value.derivation.expression, Expression::Cell(_)))
        .map(|highlight| {
            let figure = &highlight.value.figures[0];
            json!({
                "@type": "PropertyValue",
                "name": highlight.name.get(source.lang),
                "propertyID": figure.address.to_string(),
                "value": figure.amount.to_string(),
                "unitText": figure.unit.name(source.lang),
            })
        })
        .collect();
    if !figures.is_empty() {
        data.insert("variableMeasured".to_owned(), Value::Array(figures));
    }
    distribute(source, &mut data, files);
    Graph(Value::Object(data))
}

/// One table: its columns and its file.
pub(crate) fn of_table(
    source: &Source<'_>,
    disclosure: &Disclosure,
    table: &Table,
    description: &str,
    files: &[DataFile<'_>],
) -> Graph {
    let mut data = source.dataset(disclosure, table.form.title.get(source.lang), description);
    let mut names: Vec<String> = Vec::new();
    for name in table.form.lanes.iter().flat_map(|lane| paths(lane, source.lang)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    data.insert("variableMeasured".to_owned(), json!(names));
    distribute(source, &mut data, files);
    Graph(Value::Object(data))
}

fn distribute(source: &Source<'_>, data: &mut Map<String, Value>, files: &[DataFile<'_>]) {
    if !files.is_empty() {
        let files = files.iter().map(|(path, name, kind)| source.download(path, name, kind)).collect();
        data.insert("distribution".to_owned(), Value::Array(files));
    }
}

/// The terms, each with its anchor; their definitions are on the page.
pub(crate) fn of_glossary<'a>(
    source: &Source<'_>,
    terms: impl Iterator<Item = &'a GlossaryTerm>,
    title: &str,
) -> Graph {
    let mut defined: std::collections::BTreeMap<&str, Value> = std::collections::BTreeMap::new();
    for term in terms {
        let names = term.names.get(source.lang);
        let mut data = json!({
            "@type": "DefinedTerm",
            "name": names[0],
            "termCode": term.id,
            "url": format!("{}#{}", source.address(source.path), term.id),
        });
        if names.len() > 1 {
            data["alternateName"] = json!(names[1..]);
        }
        defined.insert(&term.id, data);
    }
    Graph(json!({
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "name": title,
        "inLanguage": source.lang.tag(),
        "hasDefinedTerm": defined.into_values().collect::<Vec<_>>(),
    }))
}
