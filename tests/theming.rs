//! The tables of docs/theming against what templates are given, and the theme `classic` against the default one.
//!
//! What a template gets is asked of the program itself: a theme whose templates print all of their data.
#![allow(clippy::disallowed_methods, reason = "a test reads the documents")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::html::Document;
use common::{SOURCES, Site, Tree, repository, text, tree};
use gongkai::pipeline::{self, Options};
use serde_json::Value;

/// The languages of the document, each with its words for the kinds of value.
const DOCUMENTS: [(&str, [&str; 6]); 2] = [
    ("docs/theming.md", ["text", "HTML", "number", "yes/no", "link", "file"]),
    ("docs/theming.zh.md", ["文字", "HTML", "数字", "是否", "链接", "文件"]),
];
const KINDS: [Kind; 6] = [Kind::Text, Kind::Html, Kind::Number, Kind::Bool, Kind::Link, Kind::File];
/// The fields of the two kinds that have some.
const LINK: [&str; 4] = ["href", "name", "other", "title"];
const FILE: [&str; 5] = ["href", "kind", "lang", "name", "size"];

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Html,
    Number,
    Bool,
    Link,
    File,
}

/// The fields of a template, or of all pages, by path: `reports[].files[].name`.
type Fields = BTreeMap<String, Kind>;

/// In place of a template's name: what every page gets.
const EVERY: &str = "";

#[test]
fn the_tables_of_the_document_are_what_templates_get() {
    let given = given();
    let mut wrong = Vec::new();
    for (file, kinds) in &DOCUMENTS {
        let documented = documented(file, kinds);
        for (template, fields) in &given {
            let place = if template == EVERY { "every page" } else { template };
            let known = documented.get(template).cloned().unwrap_or_default();
            for (path, kind) in fields {
                match known.get(path) {
                    None => wrong.push(format!("{file}: {place} gets `{path}` ({kind:?}), and no table says so")),
                    Some(other) if other != kind => {
                        wrong.push(format!("{file}: {place}: `{path}` is {kind:?}, not {other:?}"));
                    }
                    Some(_) => {}
                }
            }
            wrong.extend(
                known
                    .keys()
                    .filter(|path| !fields.contains_key(*path))
                    .map(|path| format!("{file}: {place} gets no `{path}`")),
            );
        }
        wrong.extend(
            documented
                .keys()
                .filter(|name| !given.contains_key(*name))
                .map(|name| format!("{file}: there is no template {name}")),
        );
    }
    assert!(
        wrong.is_empty(),
        "{}\nAdd or mend a row `| \\`path\\` | kind | meaning |` in docs/theming.md and docs/theming.zh.md.",
        wrong.join("\n")
    );
}

/// What a theme may set is what `:root` declares without a condition: all of it is explained, and no example sets another,
/// nor goes by the name of a theme that is built in.
#[test]
fn the_variables_of_the_style_sheet_are_all_explained() {
    let css = fs::read_to_string(repository().join("themes/default/assets/style.css")).unwrap();
    let tokens = css.split("@media").next().unwrap_or_default();
    let names = tokens.split([' ', '\n']).filter_map(|word| word.strip_prefix("--")?.strip_suffix(':'));
    let declared: BTreeSet<&str> = names.collect();
    assert!(declared.contains("chart-6") && declared.contains("serif"), "{declared:?}");
    for (file, _) in &DOCUMENTS {
        let document = fs::read_to_string(repository().join(file)).unwrap();
        let section = document.split("\n## ").find(|section| section.contains("| `paper`")).unwrap_or_default();
        let first = section.lines().filter_map(|line| line.strip_prefix("| ")?.split('|').next());
        let explained: BTreeSet<&str> = first.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
        assert_eq!(explained, declared, "{file}: a row `| \\`variable\\` | meaning |` for each");
    }
    for file in ["README.md", "README.en.md", "docs/theming.md", "docs/theming.zh.md"] {
        let document = fs::read_to_string(repository().join(file)).unwrap();
        let example = document.split("# themes/").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
        assert!(!example.starts_with("classic/") && !example.starts_with("default/"), "{file}: {example}");
        let set = example.lines().filter_map(|line| line.strip_prefix("  ")?.split(':').next());
        let set: BTreeSet<&str> = set.collect();
        assert!(set.contains("accent") && set.is_subset(&declared), "{file}: {set:?}");
    }
}

#[test]
fn the_comment_of_a_template_names_all_that_it_gets() {
    let mut wrong = Vec::new();
    for (template, fields) in given() {
        let name = if template == EVERY { "base.html" } else { &template };
        let text = fs::read_to_string(repository().join("themes/default/templates").join(name)).unwrap();
        let comment = text.strip_prefix("{#").and_then(|text| text.split("#}").next()).unwrap_or_default();
        let words: BTreeSet<&str> = comment.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        for path in fields.keys().filter(|path| !path.starts_with("words")) {
            let lacking =
                path.split(['.', '[', ']']).filter(|step| !step.is_empty()).find(|step| !words.contains(step));
            if let Some(step) = lacking {
                wrong.push(format!("{name}: the comment at its top does not name `{step}` (of `{path}`)"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `classic` is the proof that a theme can be made of what it changes, and that what it changes is no figure.
#[test]
fn the_classic_theme_is_made_of_overrides() {
    let theme = tree(&repository().join("themes/classic"));
    let default = tree(&repository().join("themes/default"));
    let mut own = 0;
    for (path, bytes) in &theme {
        let text = text(bytes);
        own += text.len();
        if path.starts_with("templates/") {
            assert!(text.contains("{% extends \"default/") && text.contains("{{ super() }}"), "{path} is a copy");
        }
        if path.starts_with("words.") {
            let lines: BTreeSet<&str> = common::text(&default[path]).lines().collect();
            let same: Vec<&str> = text.lines().filter(|line| line.contains(':') && lines.contains(line)).collect();
            assert!(same.is_empty(), "{path} repeats {same:?}");
        }
    }
    let whole: usize = default.values().map(Vec::len).sum();
    assert!(own * 5 < whole, "classic has {own} bytes, default {whole}");
}

#[test]
fn the_classic_theme_changes_how_pages_look_and_nothing_that_they_say() {
    let site = repository_site();
    let default = site.build();
    site.write("site.yaml", themed(&site.read("site.yaml"), "classic"));
    let classic = site.build();
    let more: Vec<&str> = classic.keys().map(String::as_str).filter(|path| !default.contains_key(*path)).collect();
    assert_eq!((more, classic.len()), (vec!["assets/theme.css"], default.len() + 1), "the same files, and its styles");
    let css = |files: &Tree| text(&files["assets/style.css"]).to_owned();
    assert!(
        css(&classic).starts_with(&css(&default)[..20]) && css(&classic) != css(&default),
        "the same sheet, with other values"
    );
    assert!(text(&classic["assets/theme.css"]).contains(".masthead"), "and what it adds");
    // The answer to a wrong address loads no sheet, and has the same colours.
    let accent =
        |page: &str| page.split("--accent:").nth(1).and_then(|rest| rest.split(';').next()).unwrap().trim().to_owned();
    for files in [&default, &classic] {
        assert_eq!(accent(text(&files["404.html"])), accent(&css(files)));
    }
    let mut pages = 0;
    for (path, bytes) in &classic {
        let is_page = Path::new(path).extension().is_some_and(|extension| extension == "html");
        if !is_page {
            let same = path.starts_with("assets/") || path == "SHA256SUMS" || default[path] == *bytes;
            assert!(same, "{path} is no page, and differs");
            continue;
        }
        let [before, after] = [&default[path], bytes].map(|bytes| Content::of(path, text(bytes)));
        assert_eq!(before.ids, after.ids, "{path}");
        assert_eq!(before.cells, after.cells, "{path}");
        assert_eq!(before.figures, after.figures, "{path}");
        assert_eq!(before.links, after.links, "{path}");
        pages += usize::from(!after.cells.is_empty());
    }
    assert!(pages >= 30, "only {pages} pages with tables");
}

/// What a page says, whatever it looks like.
struct Content {
    ids: BTreeSet<String>,
    /// The text of each cell of a table.
    cells: Vec<String>,
    /// The text of each figure in prose.
    figures: Vec<String>,
    /// Where links lead, those to style sheets apart.
    links: BTreeSet<String>,
}

impl Content {
    fn of(path: &str, html: &str) -> Self {
        let document = Document::parse(path, html);
        let texts = |wanted: &dyn Fn(&common::html::Element) -> bool| {
            let found = document.all().filter(|(_, element)| wanted(element));
            found.map(|(handle, _)| document.text(handle)).collect()
        };
        Content {
            ids: document.all().filter_map(|(_, element)| element.id().map(str::to_owned)).collect(),
            cells: texts(&|element| ["td", "th"].contains(&element.name.as_str())),
            figures: texts(&|element| element.has_class("figure")),
            links: document
                .all()
                .filter(|(_, element)| element.attribute("rel") != Some("stylesheet"))
                .filter_map(|(_, element)| element.attribute("href").map(str::to_owned))
                .collect(),
        }
    }
}

/// What each template of the default theme is given, from all pages of the sites below.
fn given() -> BTreeMap<String, Fields> {
    let mut samples: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let templates = tree(&repository().join("themes/default/templates"));
    for site in [repository_site(), portal_site()] {
        site.write("site.yaml", themed(&site.read("site.yaml"), "data"));
        for template in templates.keys().filter(|template| *template != "base.html") {
            // The name of the template first: the pages of one have no kind of their own. A page has a head, or it is
            // refused; what is data here is no markup.
            site.write(
                &format!("themes/data/templates/{template}"),
                format!("<head></head><plaintext>{template}\n{{{{ __tera_context | safe }}}}"),
            );
        }
        for bytes in site.build().values() {
            let page = std::str::from_utf8(bytes).ok().and_then(|page| page.split_once("<plaintext>"));
            let Some((template, data)) = page.and_then(|(_, page)| page.split_once('\n')) else { continue };
            if templates.contains_key(template) {
                let data = serde_json::from_str(&json(data)).unwrap_or_else(|error| panic!("{template}: {error}"));
                samples.entry(template.to_owned()).or_default().push(data);
            }
        }
    }
    let unused: Vec<_> =
        templates.keys().filter(|template| *template != "base.html" && !samples.contains_key(*template)).collect();
    assert!(unused.is_empty(), "no page is made with {unused:?}");

    // Every page gets what all but the answer to a wrong address get.
    let has = |sample: &Value, key: &str| sample.as_object().is_some_and(|data| data.contains_key(key));
    let of_pages =
        || samples.iter().filter(|(template, _)| *template != "not-found.html").flat_map(|(_, samples)| samples);
    let in_every = |path: &str| of_pages().all(|sample| has(sample, root(path)));

    let mut given: BTreeMap<String, Fields> = BTreeMap::new();
    let mut every = Fields::new();
    for (template, samples) in &samples {
        let mut fields = Fields::new();
        for sample in samples {
            gather(sample, "", &mut fields);
        }
        let (shared, own): (Fields, Fields) = fields.into_iter().partition(|(path, _)| in_every(path));
        every.extend(shared);
        given.insert(template.clone(), own);
    }
    given.insert(EVERY.to_owned(), every);
    given
}

/// Tera prints texts as Rust does: `\u{2060}` in place of `\u2060`, `\'` in place of `'`.
fn json(data: &str) -> String {
    let mut parts = data.split("\\u{");
    let mut json = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("a code in braces");
        json.extend([format!("\\u{code:0>4}").as_str(), rest]);
    }
    json.replace("\\'", "'")
}

fn root(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// Adds the paths of a value. An empty text where other pages have fields is none of its own.
fn gather(value: &Value, path: &str, fields: &mut Fields) {
    match value {
        Value::Object(map) => {
            fields.remove(path);
            let keys: Vec<&str> = map.keys().map(String::as_str).collect();
            if let Some(kind) =
                [(&LINK[..], Kind::Link), (&FILE[..], Kind::File)].iter().find(|(known, _)| **known == keys)
            {
                fields.insert(path.to_owned(), kind.1);
                return;
            }
            if path == "words" {
                fields.insert("words.…".to_owned(), Kind::Text);
                return;
            }
            for (key, value) in map {
                let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                gather(value, &below, fields);
            }
        }
        Value::Array(items) => {
            // A term holds terms like itself.
            if path.ends_with(".nested") {
                let list = format!("{path}[]");
                fields.insert(list, Kind::Text);
                let term = path.trim_end_matches(".nested");
                for item in items {
                    gather(item, term, fields);
                }
                return;
            }
            for item in items {
                gather(item, &format!("{path}[]"), fields);
            }
        }
        Value::Null => {}
        Value::String(text) if text.is_empty() && matches!(fields.get(path), Some(Kind::Link)) => {}
        Value::String(text) if text.is_empty() && fields.keys().any(|other| other.starts_with(&format!("{path}."))) => {
        }
        Value::String(text) => {
            let kind = fields.entry(path.to_owned()).or_insert(Kind::Text);
            if text.contains("</") {
                *kind = Kind::Html;
            }
        }
        Value::Number(_) => drop(fields.insert(path.to_owned(), Kind::Number)),
        Value::Bool(_) => drop(fields.insert(path.to_owned(), Kind::Bool)),
    }
}

/// The tables of a document: headings that name a template, and rows of path, kind and meaning.
fn documented(file: &str, kinds: &[&str; 6]) -> BTreeMap<String, Fields> {
    let mut tables: BTreeMap<String, Fields> = BTreeMap::new();
    let document = fs::read_to_string(repository().join(file)).unwrap();
    let (_, below) = document.split_once("\n### ").unwrap();
    let mut template = EVERY;
    for line in below.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            template = heading.split('`').nth(1).filter(|name| name.contains('.')).unwrap_or(EVERY);
        }
        let Some(row) = line.strip_prefix("| `") else { continue };
        let cells: Vec<&str> = row.trim_end_matches('|').split(" | ").map(str::trim).collect();
        let [path, kind, meaning] = cells[..] else { continue };
        let path = path.trim_end_matches('`');
        let kind = kinds.iter().position(|word| *word == kind).unwrap_or_else(|| panic!("{file}: `{path}` is {kind}?"));
        let kind = KINDS[kind];
        assert!(!meaning.is_empty(), "{file}: `{path}` means nothing");
        let twice = tables.entry(template.to_owned()).or_default().insert(path.to_owned(), kind);
        assert!(twice.is_none(), "{file}: `{path}` stands twice in {template}");
    }
    tables
}

/// This repository's site, with an attachment and without themes of its own.
fn repository_site() -> Site {
    let site = Site::empty();
    for (path, bytes) in SOURCES.iter().filter(|(path, _)| !path.starts_with("themes/")) {
        site.write(path, bytes);
    }
    site.write("content/2019/final/files/示例.pdf", "示例");
    // Words in doubt, which the document of 2019 has none of.
    let report = "content/2019/final";
    let mut accepted = String::new();
    for (lang, words) in [("zh", "7654.32 万元"), ("en", "RMB 76,543,200")] {
        let part = format!("{report}/04-performance-review.{lang}.md");
        site.write(&part, format!("{}\n示例 {words}\n", site.read(&part)));
        let reason = "visible: public, reason: {zh: 示例, en: Example}";
        let _ =
            writeln!(accepted, "  - {{code: text/unbacked, at: performance-review, stated: \"{words}\", {reason}}}");
    }
    let report = format!("{report}/report.yaml");
    site.edit(&report, "accepted:\n", &format!("accepted:\n{accepted}"));
    site.edit("site.yaml", "footer: []", "footer: [{zh: 示例, en: example}]");
    site
}

/// A portal of one department with two years.
fn portal_site() -> Site {
    let site = Site::empty();
    for (path, bytes) in tree(&repository().join("tests/sites/full")) {
        let path = path.replacen("content/20", "content/bureau/20", 1);
        site.write(&path, bytes);
    }
    let website = "website: {organizer: {zh: 示例局, en: Example Bureau}}";
    site.write("site.yaml", format!("{}{website}\n", site.read("site.yaml")));
    site.write("content/bureau/department.yaml", "name: {zh: 示例局, en: Example Bureau}\n");
    site
}

/// The configuration of a site with another theme.
fn themed(config: &str, theme: &str) -> String {
    let lines = config.lines().filter(|line| !line.starts_with("theme:"));
    lines.chain([format!("theme: {theme}").as_str()]).collect::<Vec<_>>().join("\n")
}

/// A file of words that cannot be read is one mistake: what it would have said is not missing besides.
#[test]
fn a_damaged_file_of_words_is_one_mistake() {
    for file in ["words.zh.yaml", "words.en.yaml"] {
        let site = Site::small();
        let path = format!("themes/default/{file}");
        let words = fs::read_to_string(repository().join(&path)).expect("the words of the default theme");
        site.write(&path, words.replacen("home: ", "home: to: ", 1));
        let options = Options { site: site.folder().to_owned(), output: site.folder().join("output") };
        let outcome = pipeline::build(&options, &|_, _| {}).expect("no trouble with the disk");
        let errors: Vec<&str> =
            outcome.findings.iter().filter(|found| found.is_error()).map(|found| found.entry.code).collect();
        assert_eq!(errors, ["yaml/syntax"], "{file}");
    }
}
