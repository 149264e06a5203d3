//! The words of the default theme, and chains of themes that only a test makes.

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};

use super::*;
use crate::parse;

static SOURCES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/site");
static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

fn texts(dir: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => texts(dir, files),
            DirEntry::File(file) => {
                let text = String::from_utf8_lossy(file.contents()).into_owned();
                files.insert(file.path().to_string_lossy().into_owned(), text);
            }
        }
    }
}

#[test]
fn every_word_is_used() {
    let mut files = BTreeMap::new();
    texts(&SOURCES, &mut files);
    texts(&DEFAULT, &mut files);
    let words = parse::words("words.zh.yaml", &files["words.zh.yaml"]).value.unwrap_or_default();
    assert!(!words.is_empty());
    let texts: Vec<_> = files
        .iter()
        .filter(|(path, _)| {
            !path.ends_with("tests.rs") && [".rs", ".html"].iter().any(|extension| path.ends_with(extension))
        })
        .map(|(_, text)| text)
        .collect();
    let used = |key: &str| {
        let quoted = format!("\"{key}\"");
        texts.iter().any(|text| text.contains(&quoted) || reads_word(text, key))
    };
    let dead: Vec<_> = words.into_iter().map(|(key, _)| key).filter(|key| !used(key)).collect();
    assert_eq!(dead, <[String; 0]>::default());
}

/// Themes by `name/path`.
struct Made(Vec<(&'static str, &'static str)>);

impl ThemeFolders for Made {
    fn names(&self) -> Vec<String> {
        self.0.iter().filter_map(|(path, _)| Some(path.split_once('/')?.0.to_owned())).collect()
    }

    fn files(&mut self, name: &str) -> Option<Vec<ThemeFile>> {
        let own = self.0.iter().filter_map(|(path, text)| {
            let path = path.strip_prefix(name)?.strip_prefix('/')?;
            Some(ThemeFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() })
        });
        Some(own.collect::<Vec<_>>()).filter(|own| !own.is_empty())
    }
}

fn load(name: &str, files: &[(&'static str, &'static str)]) -> (Option<Theme>, Vec<String>) {
    let found = Theme::load(name, &mut Made(files.to_vec()));
    let said = found.findings.iter().map(|finding| format!("{} {}", finding.entry.code, finding.place.file()));
    (found.value, said.collect())
}

/// What every page gets, as little of it as there can be.
fn frame(theme: &Theme) -> Context {
    let context = serde_json::json!({
        "words": theme.words(Lang::En), "menu": [],
        "page": {"kind": "home", "title": "", "head_title": "", "description": "", "lang": "en", "root": "", "home": "",
            "base_known": false, "alternate": {"href": "", "lang": "", "name": ""}, "crumbs": []},
        "site": {"title": "", "department": "", "department_other": "", "other_lang": "zh", "notice": "", "footer": []},
    });
    Context::from_serialize(&context).unwrap()
}

fn css<'a>(theme: &'a Theme, sheet: &str) -> &'a str {
    let path = format!("assets/{sheet}");
    std::str::from_utf8(&theme.assets.iter().find(|asset| asset.path == path).unwrap().bytes).unwrap()
}

#[test]
fn a_theme_of_two_lines_is_a_theme() {
    let (theme, said) = load("city", &[("city/words.en.yaml", "home: Start\n")]);
    let (plain, _) = load("default", &[]);
    assert_eq!(said, <[String; 0]>::default());
    let (theme, plain) = (theme.unwrap(), plain.unwrap());
    assert_eq!(theme.word(Lang::En, "home").unwrap(), "Start");
    assert_eq!(theme.word(Lang::Zh, "home").unwrap(), plain.word(Lang::Zh, "home").unwrap());
    assert_eq!(css(&theme, "style.css"), css(&plain, "style.css"));
    assert!(!plain.has_asset("theme.css") && plain.has_asset("table.css"));
}

#[test]
fn a_script_in_parts_is_one_file_and_a_theme_replaces_a_part_or_all_of_it() {
    let is_script = |path: &str| path.split('/').any(|name| layers::has_extension(name, "js"));
    let script = |files: &[(&'static str, &'static str)]| {
        let mut own = vec![("city/theme.yaml", "extends: default\n")];
        own.extend(files);
        let theme = Theme::load("city", &mut Made(own)).value.unwrap();
        let scripts: Vec<_> = theme.assets.iter().filter(|asset| is_script(&asset.path)).collect();
        assert_eq!(scripts.len(), 1, "{:?}", scripts.iter().map(|asset| &asset.path).collect::<Vec<_>>());
        assert_eq!(scripts[0].path, "assets/search.js");
        String::from_utf8_lossy(&scripts[0].bytes).into_owned()
    };
    let whole = script(&[]);
    assert!(whole.starts_with("(() => {\n\"use strict\";\n") && whole.ends_with("})();\n"));
    let order = ["function fold(", "function items(", "function judge(", "function result(", "async function run("];
    let places: Vec<_> = order.iter().map(|function| whole.find(function).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    let part = script(&[("city/assets/search.js/5-showing.js", "const own = 1;\n")]);
    assert!(part.contains("const own = 1;") && part.contains("function judge(") && !part.contains("function result("));
    assert_eq!(script(&[("city/assets/search.js", "own();\n")]), "own();\n");
    let beside = vec![("city/theme.yaml", "extends: default\n"), ("city/assets/search.js/notes.txt", "示例\n")];
    let codes: Vec<_> = Theme::load("city", &mut Made(beside)).findings.iter().map(|it| it.entry.code).collect();
    assert_eq!(codes, ["theme/unexpected-file"], "what is no script is not joined to one");
}

#[test]
fn each_theme_of_a_chain_has_the_word_over_those_below_it() {
    let chain = [
        ("street/theme.yaml", "extends: city\nvariables: {measure: 30rem}\n"),
        (
            "street/templates/home.html",
            "{% extends \"city/home.html\" %}{% block content %}street, {{ super() }}{% endblock %}",
        ),
        ("street/assets/theme.css", "h1 { color: red }\n"),
        ("city/templates/home.html", "{% extends \"base.html\" %}{% block content %}city{% endblock %}"),
        (
            "city/templates/base.html",
            "{% extends \"default/base.html\" %}{% block footer %}{{ words.home }} {{ <mark /> }}{% endblock %}",
        ),
        ("city/templates/mark.html", "{% component mark() %}city's mark{% endcomponent mark %}"),
        ("street/templates/mark.html", "{% component mark() %}street's mark{% endcomponent mark %}"),
        ("city/words.en.yaml", "home: City\nback_home: City again\n"),
        ("street/words.en.yaml", "back_home: Street\n"),
        ("city/assets/theme.css", "h1 { color: blue }\n"),
        ("city/assets/seal.svg", "<svg/>"),
    ];
    let (theme, said) = load("street", &chain);
    assert_eq!(said, <[String; 0]>::default());
    let theme = theme.unwrap();
    let page = theme.render("home.html", &frame(&theme)).unwrap();
    assert!(page.contains("street, city") && page.contains("City street's mark"), "{page}");
    assert_eq!(theme.word(Lang::En, "back_home").unwrap(), "Street");
    let sheet = css(&theme, "style.css");
    assert!(sheet.contains("--measure:30rem;") && !sheet.contains("--measure:40rem"), "{sheet}");
    assert_eq!(css(&theme, "theme.css"), "h1{color:blue}h1{color:red}");
    assert!(theme.has_asset("seal.svg"));
}

#[test]
fn a_replaced_frame_without_a_block_that_pages_fill_is_to_be_mended() {
    let (_, said) = load("a", &[("a/templates/base.html", "{% block content %}{% endblock %}")]);
    assert_eq!(said, ["theme/template themes/a/templates/base.html"], "the block `heading`; components are inherited");
}

#[test]
fn what_leads_nowhere_is_said_where_it_is_written() {
    let said = |name: &str, files: &[(&'static str, &'static str)]| load(name, files).1;
    assert_eq!(said("clasic", &[]), ["theme/missing site.yaml"]);
    assert_eq!(said("a", &[("a/theme.yaml", "extends: b\n")]), ["theme/missing themes/a/theme.yaml"]);
    let circle = [("a/theme.yaml", "extends: b\n"), ("b/theme.yaml", "extends: a\n")];
    assert_eq!(said("a", &circle), ["theme/cycle themes/b/theme.yaml"]);
    assert_eq!(
        said("default", &[("default/theme.yaml", "extends: default\n")]),
        ["theme/cycle themes/default/theme.yaml"]
    );
    let odd = [("a/theme.yml", ""), ("a/style.css", ""), ("a/templates/home.htm", ""), ("a/notes.md", "")];
    let odd = said("a", &odd);
    assert_eq!(
        odd,
        ["theme.yml", "style.css", "templates/home.htm"].map(|path| format!("theme/unexpected-file themes/a/{path}"))
    );
}

#[test]
fn a_mistake_in_what_is_inherited_is_said_at_the_own_template_that_caused_it() {
    let files = [(
        "a/templates/home.html",
        "{% extends \"base.html\" %}\n{% block content %}\n{{ <toc items={words.home} /> }}{% endblock %}",
    )];
    let (theme, said) = load("a", &files);
    assert_eq!(said, <[String; 0]>::default());
    let theme = theme.unwrap();
    let context = frame(&theme);
    let finding = theme.render("home.html", &context).unwrap_err();
    assert_eq!(finding.place.file(), "themes/a/templates/home.html");
    assert_eq!(finding.related[0].file(), "themes/default/templates/base.html");
}
