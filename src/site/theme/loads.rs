//! What the templates and style sheets of a theme would load and no page may, at the line where it is written.
//!
//! A page is looked at once more when it is finished, as an address may also come from a word; here is what can be said
//! before.

use std::ops::Range;

use crate::diagnostics::{Finding, Place};

use super::super::markup::{Piece, breaches, breaches_of_css, pieces};
use super::layers::{Layer, has_extension};

/// What is said about a template; `file` is its path from the site's root.
pub(super) fn of_template(file: &str, template: &str) -> Vec<Finding> {
    let plain = without_tera(template);
    let mut findings = Vec::new();
    let mut at = 0;
    let mut in_style = false;
    for piece in pieces(&plain, &mut Vec::new()) {
        let (found, length) = match &piece {
            Piece::Start(tag) => {
                at = tag.at;
                (breaches(tag), tag.whole.len())
            }
            Piece::Text(text) if in_style => (breaches_of_css(text), text.len()),
            Piece::Text(text) | Piece::Aside(text) | Piece::End(text, _) => (Vec::new(), text.len()),
        };
        in_style = matches!(&piece, Piece::Start(tag) if tag.name == "style");
        for breach in found {
            let range = at + breach.range.start..at + breach.range.end;
            findings.push(breach.finding(Place::Text(file.to_owned(), range)));
        }
        at += length;
    }
    findings
}

/// What is said about the style sheets of a theme.
pub(super) fn of_assets(layer: &Layer) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, bytes) in layer.assets.iter().filter(|(path, _)| has_extension(path, "css")) {
        let file = layer.file(&format!("assets/{path}"));
        for breach in breaches_of_css(&String::from_utf8_lossy(bytes)) {
            findings.push(breach.finding(Place::Text(file.clone(), breach.range.clone())));
        }
    }
    findings
}

/// A template with signs that mean nothing to HTML in the place of what Tera reads, each byte where it was.
pub(super) fn without_tera(template: &str) -> String {
    let mut plain = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min() {
        plain.push_str(&rest[..at]);
        let inside = &rest[at + 2..];
        let (close, sign) = match &rest[at..at + 2] {
            "{{" => ("}}", 'x'),
            "{%" => ("%}", ' '),
            _ => ("#}", ' '),
        };
        let length = tera_end(inside, close, close != "#}").map_or(rest.len() - at, |end| end + 4);
        plain.extend(std::iter::repeat_n(sign, length));
        rest = &rest[at + length..];
    }
    plain + rest
}

/// Where a tag of Tera closes; what stands in quotation marks does not close it.
fn tera_end(inside: &str, close: &str, quoted: bool) -> Option<usize> {
    let mut quote: Option<char> = None;
    for (at, c) in inside.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if quoted && ['"', '\'', '`'].contains(&c) => quote = Some(c),
            None if inside[at..].starts_with(close) => return Some(at),
            Some(_) | None => {}
        }
    }
    None
}

/// The part of a text, for a finding's mark.
pub(super) fn mark(text: &str, wanted: &str) -> Option<Range<usize>> {
    let start = text.to_ascii_lowercase().find(&wanted.to_ascii_lowercase())?;
    Some(start..start + wanted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(template: &str) -> Vec<(&'static str, &str)> {
        let said = of_template("a.html", template).into_iter().map(|finding| match finding.place {
            Place::Text(_, range) => (finding.entry.code, &template[range]),
            _ => panic!("no place"),
        });
        said.collect()
    }

    #[test]
    fn a_template_is_read_as_html_around_what_tera_reads() {
        let template = "{# <img src='//x'> 注释 #}{% if \"%}\" %}<a href=\"{{ page.root }}a.html\" {% if a > b %}class='x'{% endif %}>局</a>\n\
            <img\n SRC='https://{{ \"}}\" }}/a.png' alt='{{ words.logo }}'>{{ <toc items={toc} /> }}<style>b{c:url(//x/{{ page.root }})}</style>{% endif %}";
        assert_eq!(
            said(template),
            [("theme/other-host", "SRC='https://{{ \"}}\" }}/a.png'"), ("theme/other-host", "//x/{{ page.root }}")]
        );
        assert_eq!(said("<img src={{ words.logo }}><p {{ x }} {% raw %}><a b='{{"), []);
    }
}
