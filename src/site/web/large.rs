//! The large-type version (大字版): each page once more, below `large/`, made from the rendered page.
//!
//! It is the same page: `<html class="large">` is all that a style sheet needs, so it works without script and in old
//! browsers. Links between pages are relative and stay in the tree; what exists once (style sheet, files) is reached from
//! one folder deeper; the link that led here leads back.

use std::fmt::Write as _;
use std::ops::Range;

use crate::model::ReportKind;

use super::super::html::escape;
use super::super::markup::{Address, Piece, Tag, addresses, css_addresses, is_elsewhere};
use super::super::routes::relative;

/// The folder of the large-type pages.
pub(crate) const FOLDER: &str = "large/";

/// The class of the link between a page and its large-type version.
const LINK: &str = "large-link";

/// Whether there is a large-type version of what is at a path: of every page, but not of attachments or the answer to a
/// wrong address.
pub(crate) fn is_doubled(path: &str) -> bool {
    path.strip_suffix(".html").is_some_and(|name| {
        !name.ends_with(".fragment") && name.rsplit('/').next() != Some("404") && !is_attached(name)
    })
}

/// Whether a path leads into `files/` of a report. A department may be called that, too.
fn is_attached(path: &str) -> bool {
    let folders: Vec<&str> = path.split('/').collect();
    folders.windows(3).any(|of| {
        of[0].len() == 4
            && of[0].bytes().all(|digit| digit.is_ascii_digit())
            && ReportKind::ALL.iter().any(|kind| kind.slug() == of[1])
            && of[2] == "files"
    })
}

/// The large-type version of the page at `path`. `back` is what the link to the standard page says.
pub(crate) fn twin(page: &[Piece<'_>], path: &str, back: &str) -> String {
    let here = format!("{FOLDER}{path}");
    let length: usize = page.iter().map(|piece| piece.text().len()).sum();
    let mut twin = String::with_capacity(length + length / 16);
    let mut canonical = false;
    // Inside the link back, and inside data, which stays with the standard page.
    let (mut in_link, mut in_data) = (false, false);
    let mut walk = page.iter().peekable();
    while let Some(piece) = walk.next() {
        match piece {
            Piece::Start(tag) if is_data(tag) => in_data = true,
            Piece::End(_, name) if in_data && name == "script" => in_data = false,
            _ if in_data => {}
            Piece::Start(tag) if tag.name == "html" => start(tag, &mut twin),
            Piece::Start(tag) if tag.name == "a" && tag.has_class(LINK) => {
                in_link = true;
                write(tag, &mut twin, |name, _| (name == "href").then(|| relative(&here, path)));
                twin.push_str(&escape(back));
            }
            Piece::End(whole, name) if name == "a" => {
                in_link = false;
                twin.push_str(whole);
            }
            _ if in_link => {}
            Piece::Start(tag) => {
                if tag.name == "body" && !canonical {
                    canonical = true;
                    canonical_link(path, &here, &mut twin);
                }
                canonical |= tag.name == "link" && tag.says("rel", "canonical");
                link(tag, path, &here, &mut twin);
                if tag.name == "style"
                    && let Some(Piece::Text(css)) = walk.next_if(|next| matches!(next, Piece::Text(_)))
                {
                    style(css, path, &here, &mut twin);
                }
            }
            Piece::End(whole, name) => {
                if name == "head" && !canonical {
                    canonical = true;
                    canonical_link(path, &here, &mut twin);
                }
                twin.push_str(whole);
            }
            Piece::Text(text) | Piece::Aside(text) => twin.push_str(text),
        }
    }
    twin
}

/// What the page is another version of, where the page itself does not say it.
fn canonical_link(path: &str, here: &str, twin: &mut String) {
    let _ = writeln!(twin, "<link rel=\"canonical\" href=\"{}\">", escape(&relative(here, path)));
}

fn is_data(tag: &Tag<'_>) -> bool {
    tag.name == "script" && tag.says("type", "application/ld+json")
}

/// `<html>` with the class that the style sheet knows.
fn start(tag: &Tag<'_>, twin: &mut String) {
    if tag.attribute("class").is_some() {
        write(tag, twin, |name, value| (name == "class").then(|| format!("{value} large")));
    } else {
        twin.push_str(tag.open());
        twin.push_str(" class=\"large\">");
    }
}

/// A tag whose addresses lead from `here` where they led from the page at `path`.
fn link(tag: &Tag<'_>, path: &str, here: &str, twin: &mut String) {
    write(tag, twin, |name, value| {
        let attribute = tag.attributes.iter().find(|attribute| attribute.name == name)?;
        let places = addresses(tag, attribute).into_iter().map(|Address { range, .. }| range);
        let edits: Vec<_> =
            places.filter_map(|range| Some((moved(&value[range.clone()], path, here)?, range))).collect();
        (!edits.is_empty()).then(|| edited(value, edits))
    });
}

/// A style sheet inside the page, its addresses moved as those of tags.
fn style(css: &str, path: &str, here: &str, twin: &mut String) {
    let places = css_addresses(css).into_iter();
    let edits = places.filter_map(|(range, address)| Some((moved(&address, path, here)?, range)));
    twin.push_str(&edited(css, edits.collect()));
}

/// A text with new addresses in the place of some.
fn edited(text: &str, edits: Vec<(String, Range<usize>)>) -> String {
    let mut edited = text.to_owned();
    for (address, range) in edits.into_iter().rev() {
        edited.replace_range(range, &address);
    }
    edited
}

/// A tag, with other values where `value` has one for an attribute. Of two of one name only the first counts.
fn write(tag: &Tag<'_>, twin: &mut String, value: impl Fn(&str, &str) -> Option<String>) {
    let mut at = 0;
    for (index, attribute) in tag.attributes.iter().enumerate() {
        if tag.attributes[..index].iter().any(|before| before.name == attribute.name) {
            continue;
        }
        if let Some(value) = value(&attribute.name, &attribute.value) {
            twin.push_str(&tag.whole[at..attribute.range.start]);
            let _ = write!(twin, "{}=\"{}\"", attribute.name, escape(&value));
            at = attribute.range.end;
        }
    }
    twin.push_str(&tag.whole[at..]);
}

/// The address from `here` of what is at `address` seen from `path`, if that is another one.
fn moved(address: &str, path: &str, here: &str) -> Option<String> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (file, rest) = address.split_at(end);
    let has_scheme = file.split('/').next().is_some_and(|first| first.contains(':'));
    // Nothing before `?` or `#` is this very page.
    if file.is_empty() || has_scheme || is_elsewhere(file) || file.starts_with(['/', '\\']) {
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
    use super::super::super::markup::pieces;
    use super::*;

    fn twin(html: &str, path: &str, back: &str) -> String {
        super::twin(&pieces(html, &mut Vec::new()), path, back)
    }

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
    fn pages_of_a_department_called_files_are_doubled_and_what_is_attached_is_not() {
        for page in ["files/index.html", "en/files/2019/final/revenue.html", "files/2019/index.html"] {
            assert!(is_doubled(page), "{page}");
        }
        for other in
            ["files/2019/final/files/a.html", "2019/budget/files/old/b.html", "en/404.html", "2019/final/a.pdf"]
        {
            assert!(!is_doubled(other), "{other}");
        }
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

    #[test]
    fn however_a_theme_writes_an_address_it_leads_to_the_same_file() {
        let page = "<HTML lang=zh><HEAD><style>a { background: url('assets/b.png') }</style></HEAD><BODY CLASS=x>\
                    <A CLASS='large-link y'\nHREF=large/2019/index.html>大字版</A><img\nalt='1 > 2'\nSRC='../assets/a&amp;b.png' srcset='../assets/a.png 1x, ../assets/b.png 2x'/>\
                    <video poster=../assets/a.png></video><form ACTION=\"../search.html\"><noscript><img src=../assets/c.png></noscript>\
                    <!-- src=\"../assets/a.png\" --></form>";
        assert_eq!(
            twin(page, "2019/index.html", "标准版"),
            "<HTML lang=zh class=\"large\"><HEAD><style>a { background: url('../../2019/assets/b.png') }</style>\
             <link rel=\"canonical\" href=\"../../2019/index.html\">\n</HEAD><BODY CLASS=x>\
             <A CLASS='large-link y'\nhref=\"../../2019/index.html\">标准版</A><img\nalt='1 > 2'\nsrc=\"../../assets/a&amp;b.png\" srcset=\"../../assets/a.png 1x, ../../assets/b.png 2x\"/>\
             <video poster=\"../../assets/a.png\"></video><form ACTION=\"../search.html\"><noscript><img src=\"../../assets/c.png\"></noscript>\
             <!-- src=\"../assets/a.png\" --></form>"
        );
    }
}
