//! A theme: Tera templates, assets and interface words, each its own or that of the theme that it extends.
//!
//! Templates keep the name of their theme: `default/table.html`. A name without one is looked for from the top of the
//! chain down, so that a template may extend the one that it stands in for. Two themes travel in the binary.

mod fields;
mod layers;
mod loads;
mod missing;
mod mistakes;
mod styles;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tera::{Context, Tera};

use crate::diagnostics::{DataPath, Finding, Found, Place, catalogue};
use crate::model::{Lang, Localized};
use crate::parse::nearest;

use super::css::squeeze;
use super::markup::{Breach, Piece, pieces};

use fields::Data;
use layers::{Layer, ROOT, chain};
pub use layers::{ThemeFile, ThemeFolders, built_in_text};
use missing::Assets;
use mistakes::Templates;

/// The style sheet of every page, which declares the variables, and what themes add to the styles of those below them.
pub(super) const SHEET: &str = "style.css";
pub(super) const ADDITION: &str = "theme.css";

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    templates: Templates,
    words: Localized<BTreeMap<String, String>>,
    /// What is published beside the pages, with paths from the site's root.
    pub(crate) assets: Vec<ThemeFile>,
    /// Its words files from the top of the chain down: where a missing word belongs.
    name: String,
}

impl Theme {
    /// The theme `name`, with what the themes below it have and it lacks.
    pub fn load(name: &str, folders: &mut dyn ThemeFolders) -> Found<Option<Self>> {
        let mut findings = Vec::new();
        let Some(layers) = chain(name, folders, &mut findings) else { return Found { value: None, findings } };
        let assets = assets(&layers, &mut findings);
        let words = words(&layers, &mut findings);
        let mut tera = Tera::default();
        tera.autoescape_on(vec![".html", ".xml"]);
        let templates = Templates::of(&layers);
        templates.add_to(&mut tera, &mut findings);
        findings.extend(templates.missing_fields(&Data::documented(words.zh.keys().chain(words.en.keys()))));
        findings.extend(templates.breaches());
        findings.extend(layers.iter().flat_map(loads::of_assets));
        let known = Assets::of(&assets);
        findings.extend(templates.missing_files(&known));
        findings.extend(layers.iter().flat_map(|layer| known.missing_of_styles(layer)));
        let sound = findings.iter().all(|finding| !finding.is_error());
        let theme = Theme { tera, templates, words, assets, name: name.to_owned() };
        Found { value: sound.then_some(theme), findings }
    }

    /// Renders a template.
    pub(crate) fn render(&self, template: &str, context: &Context) -> Result<String, Finding> {
        self.tera.render(template, context).map_err(|error| self.templates.rendering(&error))
    }

    /// A page that loads no style sheet, with the colours and faces of the theme for those that its own style declares.
    pub(crate) fn in_its_colours(&self, page: &str) -> String {
        let Some(sheet) = self.assets.iter().find(|asset| asset.path.strip_prefix("assets/") == Some(SHEET)) else {
            return page.to_owned();
        };
        let sheet = String::from_utf8_lossy(&sheet.bytes);
        let mut in_style = false;
        let mut coloured = String::with_capacity(page.len());
        for piece in pieces(page, &mut Vec::new()) {
            match &piece {
                Piece::Text(css) if in_style => coloured.push_str(&styles::alike(css, &sheet)),
                other => coloured.push_str(other.text()),
            }
            in_style = matches!(&piece, Piece::Start(tag) if tag.name == "style");
        }
        coloured
    }

    /// Whether it has a file of this name in `assets/`.
    pub(super) fn has_asset(&self, name: &str) -> bool {
        self.assets.iter().any(|asset| asset.path.strip_prefix("assets/") == Some(name))
    }

    /// What no page may have, and the page at `path` has. What a template says by itself is found before; this came
    /// together from a template and a word, or from what is built in.
    pub(in crate::site) fn breach(&self, breach: &Breach, path: &str) -> Finding {
        let wanted = breach.wanted();
        let place = self.templates.holding(wanted).or_else(|| self.word_with(wanted)).unwrap_or_else(|| self.folder());
        breach.finding(place).beside(Place::File(path.to_owned()))
    }

    /// The page at `path` has no place for its policy.
    pub(in crate::site) fn no_head(&self, path: &str) -> Finding {
        let frame = self.templates.holding("<html").or_else(|| self.templates.holding("<body"));
        let place = frame.or_else(|| self.templates.base()).unwrap_or_else(|| self.folder());
        Finding::new(&catalogue::THEME_NO_HEAD, place).with("page", path)
    }

    /// Where nothing closer is known.
    fn folder(&self) -> Place {
        Place::File(format!("themes/{}", self.name))
    }

    /// The word that says something.
    fn word_with(&self, wanted: &str) -> Option<Place> {
        Lang::ALL.into_iter().find_map(|lang| {
            let (key, _) = self.words.get(lang).iter().find(|(_, word)| word.contains(wanted))?;
            let file = format!("themes/{}/words.{}.yaml", self.name, lang.code());
            Some(DataPath::top().key(key).in_file(&file))
        })
    }

    /// The interface words of a language.
    pub(crate) fn words(&self, lang: Lang) -> &BTreeMap<String, String> {
        self.words.get(lang)
    }

    /// One interface word.
    pub(crate) fn word(&self, lang: Lang, key: &str) -> Result<&str, Finding> {
        self.words.get(lang).get(key).map(String::as_str).ok_or_else(|| word_missing(&self.name, key, lang))
    }
}

/// What is published: of each path the topmost file, and in one sheet what the themes add to the styles, the topmost last.
fn assets(layers: &[Layer], findings: &mut Vec<Finding>) -> Vec<ThemeFile> {
    let mut assets: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    // Variables are declared in the one sheet that every page has, or by what a theme adds.
    let mut sheets = [String::new(), String::new()];
    for layer in layers.iter().rev() {
        for (path, bytes) in &layer.assets {
            match path.as_str() {
                SHEET => sheets[0] = String::from_utf8_lossy(bytes).into_owned(),
                ADDITION => {}
                path => {
                    // A script as one file stands in for all parts of the one below, and the other way round.
                    assets.retain(|known, _| !lies_in(known, path) && !lies_in(path, known));
                    assets.insert(path, bytes.clone());
                }
            }
        }
        styles::apply(&mut sheets, &layer.config, &layer.file("theme.yaml"), findings);
        if let Some(addition) = layer.assets.get(ADDITION) {
            sheets[1].push_str(&String::from_utf8_lossy(addition));
            sheets[1].push('\n');
        }
    }
    let [sheet, addition] = sheets;
    assets.insert(SHEET, sheet.into_bytes());
    if !addition.is_empty() {
        assets.insert(ADDITION, addition.into_bytes());
    }
    let published = joined(assets).into_iter().map(|(path, bytes)| {
        let bytes = match std::str::from_utf8(&bytes) {
            Ok(css) if layers::has_extension(&path, "css") => squeeze(css).into_bytes(),
            _ => bytes,
        };
        ThemeFile { path: format!("assets/{path}"), bytes }
    });
    published.collect()
}

/// Whether a path is that of a part of a script.
fn lies_in(part: &str, script: &str) -> bool {
    part.strip_prefix(script).is_some_and(|rest| rest.starts_with('/'))
}

/// Each script that is a folder of parts, as `search.js/2-query.js`, as the one file that a page loads: the parts one
/// after the other, in one function, so that they know each other's names and no page does.
fn joined(assets: BTreeMap<&str, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut scripts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (path, bytes) in assets {
        match path.split_once(".js/") {
            Some((script, _)) => scripts.entry(format!("{script}.js")).or_default().extend(bytes),
            None => drop(files.insert(path.to_owned(), bytes)),
        }
    }
    for (path, parts) in scripts {
        files.insert(path, [b"(() => {\n\"use strict\";\n", parts.as_slice(), b"})();\n"].concat());
    }
    files
}

/// The words of all layers, key by key. A key that no layer below has must be read by a template.
fn words(layers: &[Layer], findings: &mut Vec<Finding>) -> Localized<BTreeMap<String, String>> {
    let mut words: Localized<BTreeMap<String, String>> = Localized::default();
    for layer in layers.iter().rev() {
        for lang in Lang::ALL {
            let known = words.get_mut(lang);
            let mut own = layer.words.get(lang).clone();
            for key in layer.new_words.get(lang).iter().filter(|key| !known.contains_key(*key)) {
                let templates = layers.iter().flat_map(|layer| layer.templates.values());
                if templates.into_iter().any(|template| reads_word(&template.text, key)) {
                    continue;
                }
                let file = layer.file(&format!("words.{}.yaml", lang.code()));
                let place = DataPath::top().key(key).the_key().in_file(&file);
                let (zh, en) = match nearest(key, known.keys().map(String::as_str)) {
                    Some(close) => (format!("也许是 `{close}`"), format!("perhaps `{close}`")),
                    None => ("删去，或在模板中使用".to_owned(), "remove it, or use it in a template".to_owned()),
                };
                let finding = Finding::new(&catalogue::WORD_UNKNOWN, place);
                findings.push(finding.with("word", key).with("help", zh).with("help-en", en));
                own.remove(key);
            }
            known.extend(own);
        }
    }
    let top = layers.first().map_or(ROOT, |layer| &layer.name);
    for lang in Lang::ALL.into_iter().filter(|lang| !layers.iter().any(|layer| *layer.damaged_words.get(*lang))) {
        for word in words.get(lang.other()).keys().filter(|word| !words.get(lang).contains_key(*word)) {
            findings.push(word_missing(top, word, lang));
        }
    }
    words
}

/// Whether a template has `words.key` in it.
fn reads_word(text: &str, key: &str) -> bool {
    text.split("words.").skip(1).any(|rest| {
        rest.strip_prefix(key).is_some_and(|rest| !rest.starts_with(|c: char| c == '_' || c.is_alphanumeric()))
    })
}

fn word_missing(theme: &str, word: &str, lang: Lang) -> Finding {
    let (zh, en) = match lang {
        Lang::Zh => ("中文", "Chinese"),
        Lang::En => ("英文", "English"),
    };
    let file = format!("themes/{theme}/words.{}.yaml", lang.code());
    Finding::new(&catalogue::WORD_MISSING, Place::File(file.clone()))
        .with("word", word)
        .with("language", zh)
        .with("language-en", en)
        .with("file", file)
}
