//! A theme and the themes below it, each the built-in files of its name with the site's own laid over them.

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};

use crate::diagnostics::{DataPath, Finding, Place, catalogue};
use crate::model::{Lang, Localized};
use crate::parse::{self, ThemeConfig, nearest};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");
static CLASSIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/classic");

/// The theme that has everything; every chain ends with it.
pub(super) const ROOT: &str = "default";

/// The folder of assets that is the program's own: the portal's index, and words of everyday life.
pub(super) const INDEX: &str = "search";

/// The themes that travel in the binary.
static BUILT_IN: [(&str, &Dir<'static>); 2] = [(ROOT, &DEFAULT), ("classic", &CLASSIC)];

fn built_in(name: &str) -> Option<&'static Dir<'static>> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, dir)| *dir)
}

/// The text of a built-in file, by its path from the site's root: findings show lines of it, too.
pub fn built_in_text(path: &str) -> Option<&'static str> {
    let (name, path) = path.strip_prefix("themes/")?.split_once('/')?;
    built_in(name)?.get_file(path)?.contents_utf8()
}

/// A file of a theme folder.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// From the theme's folder, with `/`.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The themes of a site: what it says of its own folders in `themes/`.
pub trait ThemeFolders {
    /// Their names.
    fn names(&self) -> Vec<String>;
    /// The files of one; none if there is no such folder.
    fn files(&mut self, name: &str) -> Option<Vec<ThemeFile>>;
}

/// A theme without what it takes from the one that it extends.
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) config: ThemeConfig,
    /// Templates by path below `templates/`.
    pub(super) templates: BTreeMap<String, Template>,
    /// Assets by path below `assets/`.
    pub(super) assets: BTreeMap<String, Vec<u8>>,
    pub(super) words: Localized<BTreeMap<String, String>>,
    /// The keys that only the site's own files have.
    pub(super) new_words: Localized<Vec<String>>,
    /// Whether the words of a language could not all be read: what is missing is then not known.
    pub(super) damaged_words: Localized<bool>,
}

/// A template's text.
pub(super) struct Template {
    pub(super) text: String,
    /// Whether the site brings it itself.
    pub(super) own: bool,
}

/// A theme and the themes below it, the root last; none where a name leads nowhere or in a circle.
pub(super) fn chain(name: &str, folders: &mut dyn ThemeFolders, findings: &mut Vec<Finding>) -> Option<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut next = name.to_owned();
    let mut place = DataPath::top().key("theme").in_file("site.yaml");
    loop {
        if layers.iter().any(|layer| layer.name == next) {
            let mut way: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
            way.push(&next);
            findings.push(Finding::new(&catalogue::THEME_CYCLE, place).with("way", way.join(" → ")));
            return None;
        }
        let own = folders.files(&next);
        if own.is_none() && built_in(&next).is_none() {
            findings.push(missing(&next, &folders.names(), place));
            return None;
        }
        let layer = Layer::read(&next, own.unwrap_or_default(), findings);
        place = DataPath::top().key("extends").in_file(&layer.file("theme.yaml"));
        let extends = layer.config.extends.clone();
        layers.push(layer);
        next = match extends {
            Some(extends) => extends,
            None if next == ROOT => return Some(layers),
            None => ROOT.to_owned(),
        };
    }
}

fn missing(name: &str, folders: &[String], place: Place) -> Finding {
    let mut known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
    known.extend(folders.iter().map(String::as_str).filter(|folder| built_in(folder).is_none()));
    let (zh, en) = match nearest(name, known.iter().copied()) {
        Some(close) => (format!("也许是 `{close}`"), format!("perhaps `{close}`")),
        None => (
            format!("已有：{}；或新建 themes/{name}/", known.join("、")),
            format!("there are: {}; or make themes/{name}/", known.join(", ")),
        ),
    };
    Finding::new(&catalogue::THEME_MISSING, place).with("theme", name).with("help", zh).with("help-en", en)
}

impl Layer {
    /// A file of it, as findings name it.
    pub(super) fn file(&self, path: &str) -> String {
        format!("themes/{}/{path}", self.name)
    }

    fn read(name: &str, own: Vec<ThemeFile>, findings: &mut Vec<Finding>) -> Self {
        let mut layer = Layer {
            name: name.to_owned(),
            config: ThemeConfig::default(),
            templates: BTreeMap::new(),
            assets: BTreeMap::new(),
            words: Localized::default(),
            new_words: Localized::default(),
            damaged_words: Localized::default(),
        };
        let built_in = built_in(name).map(files).unwrap_or_default();
        for (own, files) in [(false, built_in), (true, own)] {
            for file in files {
                layer.add(file, own, findings);
            }
        }
        layer
    }

    fn add(&mut self, file: ThemeFile, own: bool, findings: &mut Vec<Finding>) {
        let place = self.file(&file.path);
        if let Some(asset) = file.path.strip_prefix("assets/") {
            // Some servers tell no capital letters.
            if asset.split('/').next().is_some_and(|folder| folder.eq_ignore_ascii_case(INDEX)) {
                let name = asset.rsplit('/').next().unwrap_or_default();
                let finding = Finding::new(&catalogue::THEME_RESERVED, Place::File(place));
                findings.push(finding.with("other", format!("assets/img/{name}")));
                return;
            }
            // A folder of parts is published as one file, beside which nothing can lie in it.
            if asset.contains(".js/") && !has_extension(asset, "js") {
                findings.push(no_part(place));
                return;
            }
            self.assets.insert(asset.to_owned(), file.bytes);
            return;
        }
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        match (file.path.as_str(), file.path.strip_prefix("templates/")) {
            (_, Some(template)) if is_page(template) => {
                // A copy of what travels in the binary is no template of the site's own.
                let own = own && self.templates.get(template).is_none_or(|built_in| built_in.text != text);
                self.templates.insert(template.to_owned(), Template { text, own });
            }
            ("theme.yaml", _) => {
                let found = parse::theme(&place, &text);
                self.config = found.value.unwrap_or_default();
                findings.extend(found.findings);
            }
            ("words.zh.yaml", _) => self.add_words(Lang::Zh, &place, &text, own, findings),
            ("words.en.yaml", _) => self.add_words(Lang::En, &place, &text, own, findings),
            // What people say about a theme, beside its files.
            (path, _) if !path.contains('/') && (has_extension(path, "md") || path.starts_with("LICENSE")) => {}
            (path, _) => findings.push(unexpected(path, place.clone())),
        }
    }

    fn add_words(&mut self, lang: Lang, file: &str, text: &str, own: bool, findings: &mut Vec<Finding>) {
        let found = parse::words(file, text);
        *self.damaged_words.get_mut(lang) |= !found.findings.is_empty();
        findings.extend(found.findings);
        let words = self.words.get_mut(lang);
        for (key, word) in found.value.unwrap_or_default() {
            if own && !words.contains_key(&key) {
                self.new_words.get_mut(lang).push(key.clone());
            }
            words.insert(key, word);
        }
    }
}

/// Only these are escaped as pages are.
fn is_page(path: &str) -> bool {
    has_extension(path, "html") || has_extension(path, "xml")
}

pub(super) fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
}

fn unexpected(path: &str, file: String) -> Finding {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut known: Vec<String> =
        ["theme.yaml", "words.zh.yaml", "words.en.yaml", "assets/theme.css"].map(Into::into).into();
    known.extend(files(&DEFAULT).into_iter().map(|file| file.path).filter(|path| path.contains('/')));
    let close = known
        .iter()
        .find(|known| known.rsplit('/').next() == Some(name))
        .map(String::as_str)
        .or_else(|| nearest(path, known.iter().map(String::as_str)));
    let (zh, en) = match close {
        Some(close) => (format!("改为 {close}"), format!("rename it to {close}")),
        None => (
            "模板放进 templates/，图片和样式放进 assets/；不需要的移走".to_owned(),
            "templates belong in templates/, images and styles in assets/; move away what is not needed".to_owned(),
        ),
    };
    Finding::new(&catalogue::THEME_UNEXPECTED, Place::File(file)).with("help", zh).with("help-en", en)
}

fn no_part(file: String) -> Finding {
    let finding = Finding::new(&catalogue::THEME_UNEXPECTED, Place::File(file));
    finding
        .with("help", "脚本文件夹（`….js/`）中只放 .js 文件；移到 assets/ 的其他文件夹")
        .with("help-en", "a script's folder, `….js/`, holds .js files only; move it to another folder of assets/")
}

/// All files of an embedded folder.
fn files(dir: &Dir<'_>) -> Vec<ThemeFile> {
    let mut listed = Vec::new();
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => listed.extend(files(dir)),
            DirEntry::File(file) => {
                let path: Vec<_> = file.path().components().map(|part| part.as_os_str().to_string_lossy()).collect();
                listed.push(ThemeFile { path: path.join("/"), bytes: file.contents().to_vec() });
            }
        }
    }
    listed
}
