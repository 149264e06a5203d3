//! What the templates and style sheets of a theme show or load from `assets/`, and is not there: a page would have a
//! broken image, or none of its styles, and nobody would be told.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostics::{Finding, Place, catalogue};
use crate::parse::nearest;

use super::super::markup::{Piece, css_addresses, is_elsewhere, pieces};
use super::layers::{INDEX, Layer, ThemeFile, has_extension};
use super::loads::without_tera;

/// How a template names an asset: behind what leads to the root.
const NAMED: &str = "}}assets/";
/// Signs that end an address in a tag or a style sheet, or that begin what only the finished page has.
const ENDS: [char; 12] = ['"', '\'', '`', ',', '>', '?', '#', ')', '{', ' ', '\n', '\t'];

/// The files that a site has in `assets/`, by their paths below it.
pub(super) struct Assets<'a>(BTreeSet<&'a str>);

impl<'a> Assets<'a> {
    pub(super) fn of(published: &'a [ThemeFile]) -> Self {
        Assets(published.iter().filter_map(|file| file.path.strip_prefix("assets/")).collect())
    }

    /// What is said about a template; `file` is its path from the site's root.
    pub(super) fn missing_of_template(&self, file: &str, template: &str) -> Vec<Finding> {
        let plain = without_tera(template);
        let mut findings = Vec::new();
        let (mut at, mut in_style) = (0, false);
        for piece in pieces(&plain, &mut Vec::new()) {
            let (length, read) = match &piece {
                Piece::Start(tag) => {
                    at = tag.at;
                    (tag.whole.len(), true)
                }
                Piece::Text(text) => (text.len(), in_style),
                Piece::Aside(text) | Piece::End(text, _) => (text.len(), false),
            };
            in_style = matches!(&piece, Piece::Start(tag) if tag.name == "style");
            let text = template.get(at..at + length).filter(|_| read).unwrap_or_default();
            for (start, _) in text.match_indices(NAMED) {
                let name = &text[start + NAMED.len()..];
                let end = name.find(ENDS).unwrap_or(name.len());
                // The rest of an address with a part that Tera puts in is not known.
                if !name[end..].starts_with('{') {
                    let start = at + start + "}}".len();
                    let range = start..start + "assets/".len() + end;
                    findings.extend(self.missing(&name[..end], Place::Text(file.to_owned(), range), false));
                }
            }
            at += length;
        }
        findings
    }

    /// What is said about the style sheets of a theme.
    pub(super) fn missing_of_styles(&self, layer: &Layer) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (path, bytes) in layer.assets.iter().filter(|(path, _)| has_extension(path, "css")) {
            let file = layer.file(&format!("assets/{path}"));
            for (range, address) in css_addresses(&String::from_utf8_lossy(bytes)) {
                if let Some(name) = below_assets(path, &address) {
                    let place = |range: Range<usize>| Place::Text(file.clone(), range);
                    findings.extend(self.missing(&name, place(range), true));
                }
            }
        }
        findings
    }

    /// The finding about a file that is not there; the program's own index is made later.
    fn missing(&self, name: &str, place: Place, in_style: bool) -> Option<Finding> {
        if name.is_empty() || self.0.contains(name) || name.split('/').next() == Some(INDEX) {
            return None;
        }
        let (zh, en) = match nearest(name, self.0.iter().copied()) {
            Some(close) => (format!("也许是 `assets/{close}`"), format!("perhaps `assets/{close}`")),
            None if in_style => (
                "把文件放进主题的 assets/；样式表里的地址从样式表所在的文件夹算起".to_owned(),
                "put the file into the theme’s assets/; an address in a style sheet begins in the folder of the sheet"
                    .to_owned(),
            ),
            None => ("把文件放进主题的 assets/".to_owned(), "put the file into the theme’s assets/".to_owned()),
        };
        let finding = Finding::new(&catalogue::THEME_MISSING_FILE, place);
        Some(finding.with("file", format!("assets/{name}")).with("help", zh).with("help-en", en))
    }
}

/// The path below `assets/` of an address in the style sheet `sheet`; nothing for one that leads elsewhere.
fn below_assets(sheet: &str, address: &str) -> Option<String> {
    let scheme = address.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    if scheme || is_elsewhere(address) || address.starts_with(['/', '#', '?']) {
        return None;
    }
    let mut path: Vec<&str> = sheet.split('/').collect();
    path.pop();
    for step in address.split(['?', '#']).next()?.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    Some(path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published() -> Vec<ThemeFile> {
        ["assets/img/logo.png", "assets/theme.css"]
            .map(|path| ThemeFile { path: path.to_owned(), bytes: Vec::new() })
            .into()
    }

    #[test]
    fn an_asset_that_is_not_there_is_marked_in_a_template() {
        let template = "<img src=\"{{ page.root }}assets/img/logo.png?v=1\"><img src='{{page.root}}assets/logo.png' alt=x>\
            <!-- {{ page.root }}assets/a.png -->{# {{ page.root }}assets/b.png #}<img src=\"{{ page.root }}assets/{{ x }}.png\">\
            <a href=\"{{ page.root }}assets/search/zh.js\">{{ page.root }}assets/c.png</a>\
            <style>a { background: url({{ page.root }}assets/d.png) }</style>";
        let published = published();
        let findings = Assets::of(&published).missing_of_template("a.html", template);
        let said: Vec<&str> = findings
            .iter()
            .map(|finding| match &finding.place {
                Place::Text(_, range) => &template[range.clone()],
                _ => panic!("no place"),
            })
            .collect();
        assert_eq!(said, ["assets/logo.png", "assets/d.png"]);
    }

    #[test]
    fn an_address_in_a_style_sheet_begins_in_its_folder() {
        for (sheet, address, path) in [
            ("theme.css", "img/a.png", Some("img/a.png")),
            ("css/a.css", "../img/a.svg#x", Some("img/a.svg")),
            ("css/a.css", "./b.png?v=1", Some("css/b.png")),
            ("theme.css", "../a.png", None),
            ("theme.css", "data:image/png;base64,AAAA", None),
            ("theme.css", "/a.png", None),
            ("theme.css", "#filter", None),
            ("theme.css", "//example.org/a.png", None),
        ] {
            assert_eq!(below_assets(sheet, address).as_deref(), path, "{address}");
        }
    }
}
