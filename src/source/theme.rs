//! The files of a theme that a site brings itself.

use std::path::Path;

use super::names::is_slug;
use super::tree::walk;
use super::{AssetFile, SourceFile, read_asset, read_text};
use crate::diagnostics::Found;

/// Extensions of what a theme is written in; anything else is passed on as bytes.
const TEXTS: [&str; 6] = ["css", "html", "txt", "xml", "yaml", "yml"];

/// The files of a theme, sorted by path. Paths are relative to the site's root, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeFiles {
    /// Templates, styles and words.
    pub texts: Vec<SourceFile>,
    /// Images, fonts and the like.
    pub assets: Vec<AssetFile>,
}

/// Reads `themes/<name>/` with all its folders; `None` if the site has no such folder, so that the
/// name is a built-in theme's or nobody's. A name that could lead elsewhere (`../x`) is nobody's.
pub fn theme_files(root: &Path, name: &str) -> Found<Option<ThemeFiles>> {
    let folder = format!("themes/{name}");
    if !is_slug(name) || !root.join(&folder).is_dir() {
        return Found { value: None, findings: Vec::new() };
    }
    let Found { value: tree, mut findings } = walk(root, &folder);
    let mut files = ThemeFiles::default();
    for path in tree.all_files() {
        let extension = Path::new(&path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let read = if TEXTS.contains(&extension) {
            read_text(root, &path).map(|file| files.texts.push(file))
        } else {
            read_asset(root, &path).map(|file| files.assets.push(file))
        };
        findings.extend(read.err());
    }
    Found { value: Some(files), findings }
}

/// The folders of a site's `themes/`, sorted.
pub fn theme_names(root: &Path) -> Vec<String> {
    let entries = root.join("themes").read_dir().into_iter().flatten().filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn reads_texts_and_bytes() {
        let site = tempfile::tempdir().unwrap();
        for path in ["templates/base.html", "assets/style.css", "assets/logo.png", "words.zh.yaml", ".DS_Store"] {
            let path = site.path().join("themes/plain").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        fs::write(site.path().join("themes/plain/words.en.yaml"), b"\xff").unwrap();
        let found = theme_files(site.path(), "plain");
        let files = found.value.unwrap();
        let paths = files.texts.iter().map(|file| file.path.as_str()).collect::<Vec<_>>();
        assert_eq!(
            paths,
            ["themes/plain/assets/style.css", "themes/plain/templates/base.html", "themes/plain/words.zh.yaml"]
        );
        assert_eq!(files.assets[0].path, "themes/plain/assets/logo.png");
        assert_eq!(found.findings[0].place.file(), "themes/plain/words.en.yaml");
    }

    #[test]
    fn has_no_theme_outside_its_folder() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join("themes")).unwrap();
        for name in ["..", "../themes", "", "none", "a/b"] {
            assert!(theme_files(site.path(), name).value.is_none(), "{name}");
        }
        assert_eq!(theme_names(site.path()), <[String; 0]>::default());
        fs::create_dir_all(site.path().join("themes/plain")).unwrap();
        assert_eq!(theme_names(site.path()), ["plain"]);
        assert_eq!(theme_names(&site.path().join("nowhere")), <[String; 0]>::default());
    }
}
