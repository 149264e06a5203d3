//! The large-type version (大字版): each page once more, below `large/`, made from the rendered page.
//!
//! It is the same page: `<html class="large">` is all that a style sheet needs, so it works without script and in old
//! browsers. Links between pages are relative and stay in the tree; what exists once (style sheet, files) is reached from
//! one folder deeper; the link that led here leads back.

use std::fmt::Write as _;

use super::super::html::escape;
use super::super::routes::relative;
use super::tags::{Piece, Tag, pieces};

/// The folder of the large-type pages.
pub(crate) const FOLDER: &str = "large/";

/// The class of the link between a page and its large-type version.
const LINK: &str = "large-link";

/// Whether there is a large-type version of what is at a path: of every page, but not of attachments or the answer to a
/// wrong address.
pub(crate) fn is_doubled(path: &str) -> bool {
    path.strip_suffix(".html").is_some_and(|name| {
        !name.ends_with(".fragment")
            && name.rsplit('/').next() != Some("404")
            && !name.split('/').any(|folder| folder == "files")
    })
}

/// The large-type version of the page at `path`. `back` is what the link to the standard page says.
pub(crate) fn twin(html: &str, path: &str, back: &str) -> String {
    let here = format!("{FOLDER}{path}");
    let mut twin = String::with_capacity(html.len() + html.len() / 16);
    let mut canonical = false;
    // Inside the link back, and inside data, which stays with the standard page.
    let (mut in_link, mut in_data) = (false, false);
    for piece in pieces(html) {
        match piece {
            Piece::Start(tag) if is_data(tag) => in_data = true,
            Piece::End(_, "script") if in_data => in_data = false,
            _ if in_data => {}
            Piece::Start(tag) if tag.name == "html" => start(tag, &mut twin),
            Piece::Start(tag) if tag.has_class(LINK) => {
                in_link = true;
                replace(tag, "href", &relative(&here, path), &mut twin);
                twin.push_str(&escape(back));
            }
            Piece::End(whole, "a") => {
                in_link = false;
                twin.push_str(whole);
            }
            _ if in_link => {}
            Piece::Start(tag) => {
                canonical |= tag.name == "link" && tag.attribute("rel") == Some("canonical");
                link(tag, path, &here, &mut twin);
            }
            Piece::End(whole, name) => {
                if name == "head" && !canonical {
                    let _ = writeln!(twin, "<link rel=\"canonical\" href=\"{}\">", escape(&relative(&here, path)));
                }
                twin.push_str(whole);
            }
            Piece::Text(text) => twin.push_str(text),
        }
    }
    twin
}

fn is_data(tag: Tag<'_>) -> bool {
    tag.name == "script" && tag.attribute("type") == Some("application/ld+json")
}

/// `<html>` with the class that the style sheet knows.
fn start(tag: Tag<'_>, twin: &mut String) {
    if let Some(classes) = tag.attribute("class") {
        replace(tag, "class", &format!("{classes} large"), twin);
    } else {
        twin.push_str(&tag.whole[..tag.whole.len() - 1]);
        twin.push_str(" class=\"large\">");
    }
}

/// A tag whose addresses lead from `here` where they led from the page at `path`.
fn link(tag: Tag<'_>, path: &str, here: &str, twin: &mut String) {
    let address =
        ["href", "src", "action", "data-root"].into_iter().find_map(|name| Some((name, tag.attribute(name)?)));
    match address.and_then(|(name, address)| Some((name, moved(address, path, here)?))) {
        Some((name, address)) => replace(tag, name, &address, twin),
        None => twin.push_str(tag.whole),
    }
}

fn replace(tag: Tag<'_>, attribute: &str, value: &str, twin: &mut String) {
    let Some(range) = tag.range(attribute) else { return twin.push_str(tag.whole) };
    twin.push_str(&tag.whole[..range.start]);
    twin.push_str(value);
    twin.push_str(&tag.whole[range.end..]);
}

/// The address from `here` of what is at `address` seen from `path`, if that is another one.
fn moved(address: &str, path: &str, here: &str) -> Option<String> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (file, rest) = address.split_at(end);
    let has_scheme = file.split('/').next().is_some_and(|first| first.contains(':'));
    if file.is_empty() && rest.starts_with('#') || has_scheme || file.starts_with('/') {
        return None;
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    for step in file.split('/') {
        match step {
            ".." => drop(folders.pop()?),
            "." => {}
            step => folders.push(step),
        }
    }
    let target = folders.join("/");
    (!is_doubled(&target)).then(|| format!("{}{rest}", relative(here, &target)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stay_in_the_tree_and_what_exists_once_is_shared() {
        let moved = |address| moved(address, "en/2019/index.html", "large/en/2019/index.html");
        for stays in [
            "final/revenue.html#a/b",
            "../../2019/index.html",
            "#_content",
            "https://example.org/",
            "mailto:a@b.cn",
            "/x",
        ] {
            assert_eq!(moved(stays), None, "{stays}");
        }
        assert_eq!(moved("../../assets/style.css").unwrap(), "../../../assets/style.css");
        assert_eq!(moved("final/revenue.csv").unwrap(), "../../../en/2019/final/revenue.csv");
        assert_eq!(moved("../../2019/final/files/a.html").unwrap(), "../../../2019/final/files/a.html");
        assert_eq!(moved("final/report.fragment.html").unwrap(), "../../../en/2019/final/report.fragment.html");
    }

    #[test]
    fn the_link_leads_back() {
        let page = "<html lang=\"zh-CN\">\n<head>\n</head>\n<body><a class=\"large-link\" href=\"large/index.html\">大字版</a> \
                    <a href=\"2019/index.html\">2019</a><img src=\"assets/a.png\" alt=\"href=&quot;x&quot;\"></body></html>";
        assert_eq!(
            twin(page, "index.html", "标准版"),
            "<html lang=\"zh-CN\" class=\"large\">\n<head>\n<link rel=\"canonical\" href=\"../index.html\">\n</head>\n\
             <body><a class=\"large-link\" href=\"../index.html\">标准版</a> \
             <a href=\"2019/index.html\">2019</a><img src=\"../assets/a.png\" alt=\"href=&quot;x&quot;\"></body></html>"
        );
    }
}
