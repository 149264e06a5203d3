//! A page or a template, tag by tag, with each piece where it stands.
//!
//! What a tag is, is html5gum's to say, the tokenizer of the HTML standard (docs/decisions/0016): a theme may write
//! attributes in any quotes or none, across lines, in capitals, with `>` in them. This module only keeps the pieces
//! together with their text, so that a page can be put together again byte for byte.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, Error, ForwardingEmitter, Span, StringReader, Tokenizer};

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
    pub(in crate::site) attributes: Vec<Attribute<'a>>,
    /// Whether it ends with `/>`.
    closed: bool,
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

/// The pieces of a page, in order.
pub(in crate::site) fn pieces(html: &str) -> Pieces<'_> {
    let mut emitter = CallbackEmitter::new(Reader { html, open: None });
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, Quiet(emitter));
    Pieces { html, tokens, at: 0, next: None, in_noscript: false, inner: None }
}

/// The pieces of a page: tags as they come, and what stands between them.
pub(in crate::site) struct Pieces<'a> {
    html: &'a str,
    tokens: Tokenizer<StringReader<'a>, Quiet<'a>>,
    at: usize,
    next: Option<Token<'a>>,
    /// Where scripts run, what is in `noscript` is text; where they do not, it is the page.
    in_noscript: bool,
    inner: Option<(usize, Box<Pieces<'a>>)>,
}

type Token<'a> = (Range<usize>, Piece<'a>);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some((from, inner)) = &mut self.inner {
            match inner.next() {
                Some(Piece::Start(tag)) => return Some(Piece::Start(Tag { at: *from + tag.at, ..tag })),
                Some(piece) => return Some(piece),
                None => self.inner = None,
            }
        }
        let token = self.next.take().or_else(|| match self.tokens.next() {
            Some(Ok(token)) => Some(token),
            Some(Err(never)) => match never {},
            None => None,
        });
        let start = token.as_ref().map_or(self.html.len(), |(range, _)| range.start);
        if start > self.at {
            let from = self.at;
            let text = &self.html[from..start];
            self.at = start;
            self.next = token;
            if std::mem::take(&mut self.in_noscript) {
                self.inner = Some((from, Box::new(pieces(text))));
                return self.next();
            }
            return Some(Piece::Text(text));
        }
        let (range, piece) = token?;
        self.at = range.end;
        self.in_noscript = matches!(&piece, Piece::Start(tag) if tag.name == "noscript");
        Some(piece)
    }
}

/// The tokenizer's events without what nobody here asks for: errors, for which each byte would be looked at once more,
/// and the text between tags and in comments, which is taken from the page itself.
struct Quiet<'a>(CallbackEmitter<Reader<'a>, Token<'a>, usize>);

impl<'a> ForwardingEmitter for Quiet<'a> {
    type Token = Token<'a>;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}

    fn emit_string(&mut self, _: &[u8]) {}

    fn push_comment(&mut self, _: &[u8]) {}
}

/// Puts the tokenizer's events together.
struct Reader<'a> {
    html: &'a str,
    /// The start tag that is being read.
    open: Option<(usize, Tag<'a>)>,
}

impl<'a> Reader<'a> {
    /// A text of the tokenizer, as it stands in the page if that is the same.
    fn text(&self, range: Range<usize>, value: &[u8]) -> Cow<'a, str> {
        match self.html.get(range) {
            Some(text) if text.as_bytes() == value => Cow::Borrowed(text),
            _ => Cow::Owned(String::from_utf8_lossy(value).into_owned()),
        }
    }
}

impl<'a> Callback<Token<'a>, usize> for Reader<'a> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Token<'a>> {
        let html = self.html;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let (start, behind) = (span.start, span.start + 1);
                let name = self.text(behind..behind + name.len(), name);
                let tag = Tag { whole: "", at: start, name, attributes: Vec::new(), closed: false };
                self.open = Some((start, tag));
            }
            CallbackEvent::AttributeName { name } => {
                let name = self.text(span.start..span.end, name);
                if let Some((start, tag)) = &mut self.open {
                    let range = span.start - *start..span.end - *start;
                    tag.attributes.push(Attribute { name, value: Cow::Borrowed(""), range });
                }
            }
            CallbackEvent::AttributeValue { value } => {
                let value = self.text(span.start..span.end, value);
                if let Some((start, tag)) = &mut self.open
                    && let Some(attribute) = tag.attributes.last_mut()
                {
                    let quoted = html[span.end..].starts_with(['"', '\'']) && html[..span.start].ends_with(['"', '\'']);
                    attribute.value = value;
                    attribute.range.end = span.end + usize::from(quoted) - *start;
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let (start, tag) = self.open.take()?;
                let tag = Tag { whole: &html[start..span.end], closed: self_closing, ..tag };
                return Some((start..span.end, Piece::Start(tag)));
            }
            CallbackEvent::EndTag { name } => {
                let name = self.text(span.start + 2..span.start + 2 + name.len(), name);
                return Some((span.start..span.end, Piece::End(&html[span.start..span.end], name)));
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                return Some((span.start..span.end, Piece::Aside(&html[span.start..span.end])));
            }
            CallbackEvent::String { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(html: &str) -> String {
        pieces(html).map(|piece| piece.text().to_owned()).collect()
    }

    fn tag<'a>(html: &'a str, name: &str) -> Tag<'a> {
        let found = pieces(html).find_map(|piece| match piece {
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
        let p = tag(page, "p");
        assert_eq!(p.attribute("href"), Some("y"));
        assert!(p.has_class("large-link") && !p.has_class("large"));
        let all: Vec<_> = pieces(page).collect();
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
            let tag = tag(&page, "a");
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
        let image = tag(page, "img");
        assert_eq!((image.attribute("src"), image.at), (Some("x.png"), 11));
        assert!(!pieces(page).any(|piece| matches!(piece, Piece::Start(tag) if tag.name == "b")));
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
