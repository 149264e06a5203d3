//! A report as one article for a content management system that takes only that: headings, paragraphs and tables, styled
//! by inline attributes, which such systems keep where they drop classes, ids, scripts and drawings.
//!
//! It is made from the rendered sections. A chart is left out, the table beside it stays. A link leads to the published
//! site where its address is known, and is only its text where it is not.

use std::fmt::Write as _;

use crate::model::Lang;

use super::super::html::escape;
use super::super::markup::{Piece, Tag, pieces};

/// Elements that are kept, with these attributes.
const KEPT: &[&str] = &[
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "del",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
const KEPT_ATTRIBUTES: &[&str] = &["colspan", "lang", "rowspan", "scope", "start"];
/// Elements that are left out with all that is in them.
const LEFT_OUT: &[&str] = &["button", "input", "label", "nav", "script", "style", "summary", "svg", "template"];

const TABLE: &str = "border-collapse:collapse;width:100%";
const CELL: &str = "border:1px solid #666;padding:3px 6px";

/// A section of a report: its heading and its HTML, both as on the page of the whole report.
pub(crate) struct Section<'a> {
    pub(crate) heading: String,
    pub(crate) html: &'a str,
}

/// The article. `opening` are paragraphs before the first section; `address` is where the whole report is published.
///
/// It begins with a byte order mark, by which browsers and editors know UTF-8 where no server says so.
pub(crate) fn article(opening: &[&str], sections: &[Section<'_>], lang: Lang, address: Option<&str>) -> String {
    let mut article = format!("\u{feff}<div lang=\"{}\">\n", lang.tag());
    for text in opening {
        let _ = writeln!(article, "<p>{}</p>", escape(text));
    }
    for section in sections {
        let _ = writeln!(article, "<h2>{}</h2>", escape(&section.heading));
        let mut writer =
            Writer { address, open: Vec::new(), left_out: 0, level: 1, total: false, article: String::new() };
        for piece in pieces(section.html, &mut Vec::new()) {
            writer.piece(piece);
        }
        // Where a wrapper was, an empty line may be left.
        for line in writer.article.lines().filter(|line| !line.trim().is_empty()) {
            article.push_str(line);
            article.push('\n');
        }
    }
    article.push_str("</div>\n");
    article
}

struct Writer<'a> {
    address: Option<&'a str>,
    /// What each element that is open is closed with.
    open: Vec<String>,
    /// How many of the open elements are inside one that is left out.
    left_out: usize,
    /// The row that is open: how deep its name is nested, and whether it is a total.
    level: usize,
    total: bool,
    article: String,
}

impl Writer<'_> {
    fn piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Text(text) if self.left_out == 0 => self.article.push_str(text),
            Piece::Text(_) | Piece::Aside(_) => {}
            Piece::Start(tag) if self.left_out > 0 || is_left_out(&tag) => self.left_out += usize::from(!tag.is_void()),
            Piece::Start(tag) => self.start(&tag),
            Piece::End(..) if self.left_out > 0 => self.left_out -= 1,
            Piece::End(..) => {
                let end = self.open.pop().unwrap_or_default();
                self.article.push_str(&end);
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        if tag.name == "tr" {
            let classes = tag.attribute("class").unwrap_or_default().split_ascii_whitespace();
            let mut levels = classes.filter_map(|class| class.strip_prefix("level-")?.parse().ok());
            self.level = levels.next().unwrap_or(1);
            self.total = tag.has_class("total");
        }
        let end = match &*tag.name {
            "a" => self.link(tag),
            // A figure's title; the drawing itself is left out.
            "figcaption" => {
                self.article.push_str("<p style=\"text-align:center\"><strong>");
                "</strong></p>".to_owned()
            }
            // A wide table scrolls by itself, not the article that it is pasted into.
            "table" => {
                self.article.push_str("<div style=\"overflow-x:auto\">");
                self.element(tag);
                "</table></div>".to_owned()
            }
            name if KEPT.contains(&name) || (name == "span" && tag.attribute("lang").is_some()) => {
                self.element(tag);
                format!("</{name}>")
            }
            _ => String::new(),
        };
        if !tag.is_void() {
            self.open.push(end);
        }
    }

    /// A start tag with what survives, and its style.
    fn element(&mut self, tag: &Tag<'_>) {
        let _ = write!(self.article, "<{}", tag.name);
        for name in KEPT_ATTRIBUTES {
            if let Some(value) = tag.attribute(name) {
                let _ = write!(self.article, " {name}=\"{}\"", escape(value));
            }
        }
        let style = self.style(tag);
        if !style.is_empty() {
            let _ = write!(self.article, " style=\"{style}\"");
        }
        self.article.push('>');
    }

    fn style(&self, tag: &Tag<'_>) -> String {
        let mut style = match &*tag.name {
            "table" => TABLE.to_owned(),
            "p" if tag.has_class("form-meta") => "text-align:right".to_owned(),
            "td" | "th" => CELL.to_owned(),
            _ => return String::new(),
        };
        match &*tag.name {
            "td" | "th" if tag.has_class("align-right") => style += ";text-align:right",
            "td" | "th" if tag.has_class("align-center") => style += ";text-align:center",
            "td" if tag.has_class("amount") => style += ";text-align:right;white-space:nowrap",
            "th" if tag.attribute("scope") == Some("row") => {
                let _ = write!(style, ";text-align:left;font-weight:{}", if self.total { "bold" } else { "normal" });
                if self.level > 1 {
                    let _ = write!(style, ";padding-left:{}em", self.level);
                }
            }
            "th" => style += ";text-align:center;background:#f2f2f2",
            _ => {}
        }
        style
    }

    fn link(&mut self, tag: &Tag<'_>) -> String {
        let href = tag.attribute("href").unwrap_or_default();
        let has_scheme = href.split(['/', '#']).next().is_some_and(|first| first.contains(':'));
        let absolute =
            if has_scheme { Some(href.to_owned()) } else { self.address.and_then(|page| joined(page, href)) };
        let Some(absolute) = absolute else { return String::new() };
        let _ = write!(self.article, "<a href=\"{}\">", escape(&absolute));
        "</a>".to_owned()
    }
}

/// Whether an element is not for reading here: drawings, what is only for eyes or only for ears, folds.
fn is_left_out(tag: &Tag<'_>) -> bool {
    // The printed numbers of columns and blank lines belong to the form, though nobody needs to hear them.
    let printed = tag.name == "tr" && !tag.has_class("filler");
    LEFT_OUT.contains(&&*tag.name)
        || tag.has_class("visually-hidden")
        || (tag.attribute("aria-hidden") == Some("true") && !printed)
}

/// A relative address as seen from the page at an absolute one.
fn joined(page: &str, href: &str) -> Option<String> {
    if href.starts_with('#') {
        return Some(format!("{page}{href}"));
    }
    let mut folder = page.rsplit_once('/')?.0;
    let mut rest = href;
    while let Some(below) = rest.strip_prefix("../") {
        folder = folder.rsplit_once('/')?.0;
        rest = below;
    }
    Some(format!("{folder}/{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(html: &str, address: Option<&str>) -> String {
        let article = article(&[], &[Section { heading: "A & B".to_owned(), html }], Lang::En, address);
        let inside = article.strip_prefix("\u{feff}<div lang=\"en\">\n<h2>A &amp; B</h2>\n").unwrap();
        inside.strip_suffix("</div>\n").unwrap().to_owned()
    }

    #[test]
    fn what_a_filter_would_drop_is_not_there() {
        let html = "<div class=\"form\" id=\"_f-a\">\n<p class=\"form-meta\"><span class=\"form-unit\">Unit</span></p>\n\
            <figure><figcaption>A chart</figcaption><svg><title>T</title><g></g></svg><p>Note<br>two</p></figure>\n\
            <ol class=\"chart-legend\" aria-hidden=\"true\"><li>1</li></ol>\n</div>\n";
        assert_eq!(
            made(html, None),
            "<p style=\"text-align:right\">Unit</p>\n<p style=\"text-align:center\"><strong>A chart</strong></p><p>Note<br>two</p>\n"
        );
    }

    #[test]
    fn tables_have_borders_and_keep_their_shape() {
        let html = "<table class=\"data\"><caption class=\"visually-hidden\">C</caption><tr class=\"row level-2\" id=\"a/b\">\
            <th scope=\"row\" class=\"name\">N <span class=\"original\" lang=\"zh-CN\">名</span></th>\
            <td class=\"amount\" colspan=\"2\" id=\"a/b/c\">1.00</td></tr><tr class=\"row filler\" aria-hidden=\"true\"><td></td></tr>\
            <tr class=\"numbers\" aria-hidden=\"true\"><td>1</td></tr></table>";
        let cell = "border:1px solid #666;padding:3px 6px";
        assert_eq!(
            made(html, None),
            format!(
                "<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;width:100%\"><tr><th scope=\"row\" style=\"{cell};text-align:left;\
                 font-weight:normal;padding-left:2em\">N <span lang=\"zh-CN\">名</span></th><td colspan=\"2\" \
                 style=\"{cell};text-align:right;white-space:nowrap\">1.00</td></tr><tr><td style=\"{cell}\">1</td></tr></table></div>\n"
            )
        );
    }

    #[test]
    fn an_address_with_signs_in_it_stays_one_attribute() {
        let html = "<a href='../a.html?x=1&amp;y=2#_a\"b'>a</a> <a\nHREF=#c>c</a>";
        assert_eq!(
            made(html, Some("https://www.example.gov.cn/a&b/2019/report.html")),
            "<a href=\"https://www.example.gov.cn/a&amp;b/a.html?x=1&amp;y=2#_a&quot;b\">a</a> \
             <a href=\"https://www.example.gov.cn/a&amp;b/2019/report.html#c\">c</a>\n"
        );
    }

    #[test]
    fn links_lead_to_the_published_site_or_nowhere() {
        let html = "<p><a class=\"figure\" href=\"#a/b/c\">1</a> <a href=\"../../glossary.html#t\">t</a> \
            <a class=\"external\" rel=\"external\" href=\"https://example.org/\">e<span class=\"visually-hidden\"> out</span></a></p>\n";
        assert_eq!(made(html, None), "<p>1 t <a href=\"https://example.org/\">e</a></p>\n");
        assert_eq!(
            made(html, Some("https://www.example.gov.cn/czgk/2019/final/report.html")),
            "<p><a href=\"https://www.example.gov.cn/czgk/2019/final/report.html#a/b/c\">1</a> \
             <a href=\"https://www.example.gov.cn/czgk/glossary.html#t\">t</a> <a href=\"https://example.org/\">e</a></p>\n"
        );
    }
}
