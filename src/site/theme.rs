//! A theme: Tera templates, assets and interface words. The default one travels in the binary.

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};
use tera::{Context, ErrorKind, Tera};

use crate::diagnostics::{Finding, Found, Place, catalogue};
use crate::model::{Lang, Localized};
use crate::parse::words;

use super::css::squeeze;

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A file of a theme folder.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// From the theme's folder, with `/`.
    pub path: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    name: String,
    tera: Tera,
    words: Localized<BTreeMap<String, String>>,
    /// What is published beside the pages, by path below `assets/`.
    pub(crate) assets: Vec<ThemeFile>,
}

impl Theme {
    /// The theme `name`: the default one, with each file that the site's own folder has in place of it.
    pub fn load(name: &str, own: Vec<ThemeFile>) -> Found<Option<Self>> {
        let mut findings = Vec::new();
        if own.is_empty() && name != "default" {
            let finding = Finding::new(&catalogue::THEME_MISSING, Place::File("site.yaml".to_owned()))
                .with("theme", name)
                .with("help", format!("新建 themes/{name}/，或用 `theme: default`"))
                .with("help-en", format!("make themes/{name}/, or use `theme: default`"));
            return Found { value: None, findings: vec![finding] };
        }
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        embedded(&DEFAULT, &mut files);
        for file in own {
            files.insert(file.path, file.bytes);
        }
        let mut templates = Vec::new();
        let mut assets = Vec::new();
        let mut texts = BTreeMap::new();
        for (path, bytes) in files {
            if let Some(template) = path.strip_prefix("templates/") {
                templates.push((template.to_owned(), String::from_utf8_lossy(&bytes).into_owned()));
            } else if path.starts_with("assets/") {
                let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
                let bytes = match std::str::from_utf8(&bytes) {
                    Ok(css) if extension.eq_ignore_ascii_case("css") => squeeze(css).into_bytes(),
                    _ => bytes,
                };
                assets.push(ThemeFile { path, bytes });
            } else if path.starts_with("words.") {
                texts.insert(path, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        let mut read_words = |lang: Lang| {
            let path = format!("words.{}.yaml", lang.code());
            let place = format!("themes/{name}/{path}");
            let read = words(&place, texts.get(&path).map_or("", String::as_str));
            findings.extend(read.findings);
            read.value.unwrap_or_default().into_iter().collect::<BTreeMap<_, _>>()
        };
        let words = Localized { zh: read_words(Lang::Zh), en: read_words(Lang::En) };
        for lang in Lang::ALL {
            for word in words.get(lang.other()).keys().filter(|word| !words.get(lang).contains_key(*word)) {
                findings.push(word_missing(name, word, lang));
            }
        }
        let mut tera = Tera::default();
        tera.autoescape_on(vec![".html", ".xml"]);
        if let Err(error) = tera.add_raw_templates(templates) {
            findings.push(template_finding(name, &error));
        }
        let sound = findings.iter().all(|finding| !finding.is_error());
        Found { value: sound.then(|| Theme { name: name.to_owned(), tera, words, assets }), findings }
    }

    /// Renders a template.
    pub(crate) fn render(&self, template: &str, context: &Context) -> Result<String, Finding> {
        self.tera.render(template, context).map_err(|error| template_finding(&self.name, &error))
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

fn embedded(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => embedded(dir, files),
            DirEntry::File(file) => {
                let path: Vec<_> = file.path().components().map(|part| part.as_os_str().to_string_lossy()).collect();
                files.insert(path.join("/"), file.contents().to_vec());
            }
        }
    }
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

/// A template's error at its line, if Tera knows it.
fn template_finding(theme: &str, error: &tera::Error) -> Finding {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = format!("themes/{theme}/templates/{}", report.filename());
            let span = report.span();
            let place = Place::Text(file, span.range.clone());
            Finding::new(&catalogue::TEMPLATE, place).with("detail", report.message())
        }
        other => {
            let place = Place::File(format!("themes/{theme}/templates"));
            Finding::new(&catalogue::TEMPLATE, place).with("detail", other)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SOURCES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/site");

    #[test]
    fn every_word_is_used() {
        let mut files = BTreeMap::new();
        embedded(&SOURCES, &mut files);
        embedded(&DEFAULT, &mut files);
        let words = words("words.zh.yaml", &String::from_utf8_lossy(&files["words.zh.yaml"])).value.unwrap_or_default();
        assert!(!words.is_empty());
        let texts: Vec<_> = files
            .iter()
            .filter(|(path, _)| {
                !path.ends_with("tests.rs") && [".rs", ".html"].iter().any(|extension| path.ends_with(extension))
            })
            .map(|(_, bytes)| String::from_utf8_lossy(bytes))
            .collect();
        let used = |key: &str| {
            let quoted = format!("\"{key}\"");
            let in_template = |text: &str| {
                text.split("words.").skip(1).any(|rest| {
                    rest.strip_prefix(key)
                        .is_some_and(|rest| !rest.starts_with(|c: char| c == '_' || c.is_alphanumeric()))
                })
            };
            texts.iter().any(|text| text.contains(&quoted) || in_template(text))
        };
        let dead: Vec<_> = words.into_iter().map(|(key, _)| key).filter(|key| !used(key)).collect();
        assert_eq!(dead, <[String; 0]>::default());
    }
}
