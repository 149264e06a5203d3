//! A page or a template, tag by tag, with each piece where it stands.
//!
//! A theme may write attributes in any quotes or none, across lines, in capitals, with `>` in them: what a tag is, is the
//! tokenizer's to say (`reader`). Each piece keeps its text, so that a page can be put together again byte for byte.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of a page. All pieces together are the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::site) enum Piece<'a> {
    /// Text, or the content of a script or a style sheet.
    Text(&'a str),
    /// A comment, or the document type.
    Aside(&'a str),
    /// The start of an element.
    Start(Tag<'a>),
    /// The end of an element: the tag, and the element's name.
    End(&'a str, Cow<'a, str>),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::site) struct Tag<'a> {
    /// From `<` to `>`.
    pub(in crate::site) whole: &'a str,
    /// Where that begins in the page.
    pub(in crate::site) at: usize,
    /// The element's name, in small letters.
    pub(in crate::site) name: Cow<'a, str>,
    /// Its attributes, in order.
    pub(in crate::site) attributes: &'a [Attribute<'a>],
    /// Whether it ends with `/>`.
    pub(super) closed: bool,
}

/// An attribute of a start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::site) struct Attribute<'a> {
    /// Its name, in small letters.
    pub(in crate::site) name: Cow<'a, str>,
    /// What it says, references resolved.
    pub(in crate::site) value: Cow<'a, str>,
    /// Where it stands in [`Tag::whole`], name, value and quotes.
    pub(in crate::site) range: Range<usize>,
}

impl Piece<'_> {
    /// The piece as it stands in the page.
    pub(in crate::site) fn text(&self) -> &str {
        match self {
            Piece::Text(text) | Piece::Aside(text) | Piece::End(text, _) => text,
            Piece::Start(tag) => tag.whole,
        }
    }
}

impl Tag<'_> {
    /// The value of an attribute; of two of one name the first counts, as it does in browsers.
    pub(in crate::site) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &*attribute.value)
    }

    pub(in crate::site) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }

    /// Whether an attribute that is a list of words, in capitals or not, has this one.
    pub(in crate::site) fn says(&self, attribute: &str, word: &str) -> bool {
        let words = |list: &str| list.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word));
        self.attribute(attribute).is_some_and(words)
    }

    /// Whether nothing closes the element.
    pub(in crate::site) fn is_void(&self) -> bool {
        self.closed
            || ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
                .contains(&&*self.name)
    }

    /// The tag without its end, for one more attribute.
    pub(in crate::site) fn open(&self) -> &str {
        let open = self.whole.strip_suffix('>').unwrap_or(self.whole);
        if self.closed { open.trim_end_matches('/') } else { open }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces;
    use super::*;

    fn whole(html: &str) -> String {
        pieces(html, &mut Vec::new()).iter().map(|piece| piece.text().to_owned()).collect()
    }

    fn tag<'a>(html: &'a str, name: &str, shelf: &'a mut Vec<Attribute<'a>>) -> Tag<'a> {
        let found = pieces(html, shelf).into_iter().find_map(|piece| match piece {
            Piece::Start(tag) if tag.name == name => Some(tag),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no {name} in {html}"))
    }

    #[test]
    fn the_pieces_are_the_page() {
        let page = "<!DOCTYPE html>\n<html lang=\"en\"><style>a > b { } </style><script>if (1 < 2) \"</p>\";</script>\
                    <p class=\"a large-link\" data-href=\"x\" href=\"y\">1 < 2 &amp; 3<br></p><!-- <a href=z> --></html>\n";
        assert_eq!(whole(page), page);
        let mut shelf = Vec::new();
        let p = tag(page, "p", &mut shelf);
        assert_eq!(p.attribute("href"), Some("y"));
        assert!(p.has_class("large-link") && !p.has_class("large"));
        let mut shelf = Vec::new();
        let all = pieces(page, &mut shelf);
        assert!(all.contains(&Piece::Text("if (1 < 2) \"</p>\";")));
        assert!(all.contains(&Piece::Text("1 < 2 &amp; 3")));
        assert!(all.contains(&Piece::Aside("<!-- <a href=z> -->")));
    }

    #[test]
    fn however_a_theme_writes_an_attribute_it_is_read_where_it_stands() {
        for (written, attribute, value) in [
            ("<A HREF='x.html'>", "HREF='x.html'", "x.html"),
            ("<a\n  href\t=\n 'x.html'\n>", "href\t=\n 'x.html'", "x.html"),
            ("<a title='1 > 2' href=x.html>", "href=x.html", "x.html"),
            ("<a href=x.html/>", "href=x.html/", "x.html/"),
            ("<a title=\"a>b\"href=\"x&amp;y\"class=c>", "href=\"x&amp;y\"", "x&y"),
            ("<a href=\"&#104;ttps:&#47;/x\" href='z'>", "href=\"&#104;ttps:&#47;/x\"", "https://x"),
            ("<a 局='\"' href='数 &lt;'>", "href='数 &lt;'", "数 <"),
            ("<a href=''>", "href", ""),
            ("<a\r\nhref=\"a\r\nb\">", "href=\"a\r\nb\"", "a\nb"),
        ] {
            let page = format!("前<!--\r\n-->\r\n{written}后</a\n></A>");
            assert_eq!(whole(&page), page, "{written}");
            let mut shelf = Vec::new();
            let tag = tag(&page, "a", &mut shelf);
            assert_eq!(tag.whole, written);
            assert_eq!(&page[tag.at..tag.at + written.len()], written);
            let found = tag.attributes.iter().find(|one| one.name == "href").unwrap();
            assert_eq!((&written[found.range.clone()], &*found.value), (attribute, value), "{written}");
        }
    }

    #[test]
    fn what_only_readers_without_script_get_is_part_of_the_page() {
        let page = "<noscript>a<img src='x.png'></noscript><p><iframe><img src=y></iframe><title><b></title>";
        assert_eq!(whole(page), page);
        let mut shelf = Vec::new();
        let image = tag(page, "img", &mut shelf);
        assert_eq!((image.attribute("src"), image.at), (Some("x.png"), 11));
        assert!(
            !pieces(page, &mut Vec::new()).iter().any(|piece| matches!(piece, Piece::Start(tag) if tag.name == "b"))
        );
    }

    #[test]
    fn no_page_is_too_broken() {
        let page = "<p a='1>\r\n</p <b\u{0}c=&#0;\r<!-x><![CDATA[<a>]]><script>é</scr\r\n</SCRIPT x=1 ><a =b ='c'\n/ >&notit;&#x110000;<";
        for (at, _) in page.char_indices() {
            for (end, _) in page[at..].char_indices() {
                let cut = &page[at..at + end];
                assert_eq!(whole(cut), cut);
            }
        }
    }
}
