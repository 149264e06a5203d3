//! A page that is already rendered, tag by tag, for what is made of it without rendering again.
//!
//! No parser of HTML at large: it reads what the theme and this module write, where quotation marks and angle brackets in
//! text and in attributes are references, and attributes stand in double quotes.

/// A piece of a page. All pieces together are the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text, a comment, the document type, or the content of a script or a style sheet.
    Text(&'a str),
    /// The start of an element.
    Start(Tag<'a>),
    /// The end of an element: the tag, and the element's name.
    End(&'a str, &'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// From `<` to `>`.
    pub(super) whole: &'a str,
    /// The element's name.
    pub(super) name: &'a str,
}

impl<'a> Tag<'a> {
    /// Where the value of an attribute stands in [`Tag::whole`].
    pub(super) fn range(&self, attribute: &str) -> Option<std::ops::Range<usize>> {
        let mut from = 0;
        loop {
            let at = from + self.whole[from..].find(attribute)?;
            from = at + attribute.len();
            let before = self.whole.as_bytes()[at - 1];
            if (before == b' ' || before == b'\n') && self.whole[from..].starts_with("=\"") {
                let start = from + 2;
                return Some(start..start + self.whole[start..].find('"')?);
            }
        }
    }

    /// The value of an attribute, as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.range(name).map(|range| &self.whole[range])
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    }

    /// Whether nothing closes the element.
    pub(super) fn is_void(&self) -> bool {
        self.whole.ends_with("/>")
            || ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
                .contains(&self.name)
    }
}

/// The pieces of a page, in order.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    // The element whose content is not HTML.
    let mut raw: Option<&str> = None;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(name) = raw.take() {
            let mut at = 0;
            let end = loop {
                let Some(found) = rest[at..].find("</") else { break rest.len() };
                if rest[at + found + 2..].starts_with(name) {
                    break at + found;
                }
                at += found + 2;
            };
            if end > 0 {
                return Some(Piece::Text(take(&mut rest, end)));
            }
        }
        let is_tag = |text: &str| {
            text.strip_prefix('<').is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'))
        };
        if !is_tag(rest) {
            let text = rest.char_indices().skip(1).find(|(at, c)| *c == '<' && is_tag(&rest[*at..]));
            let end = text.map_or(rest.len(), |(at, _)| at);
            return Some(Piece::Text(take(&mut rest, end)));
        }
        let end = rest.find('>').map_or(rest.len(), |at| at + 1);
        let whole = take(&mut rest, end);
        let name = whole.trim_start_matches(['<', '/']);
        let name = &name[..name.find([' ', '\n', '>', '/']).unwrap_or(name.len())];
        if whole.starts_with("</") {
            return Some(Piece::End(whole, name));
        }
        if name == "script" || name == "style" {
            raw = Some(name);
        }
        Some(Piece::Start(Tag { whole, name }))
    })
}

fn take<'a>(rest: &mut &'a str, end: usize) -> &'a str {
    let (taken, after) = rest.split_at(end);
    *rest = after;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_are_the_page() {
        let page = "<!DOCTYPE html>\n<html lang=\"en\"><style>a > b { } </style><script>if (1 < 2) \"</p>\";</script>\
                    <p class=\"a large-link\" data-href=\"x\" href=\"y\">1 < 2 &amp; 3<br></p></html>\n";
        let all: String = pieces(page)
            .map(|piece| match piece {
                Piece::Text(text) | Piece::End(text, _) => text,
                Piece::Start(tag) => tag.whole,
            })
            .collect();
        assert_eq!(all, page);
        let tag = pieces(page)
            .find_map(|piece| match piece {
                Piece::Start(tag) if tag.name == "p" => Some(tag),
                _ => None,
            })
            .unwrap();
        assert_eq!(tag.attribute("href"), Some("y"));
        assert!(tag.has_class("large-link") && !tag.has_class("large"));
        assert!(pieces(page).any(|piece| piece == Piece::Text("if (1 < 2) \"</p>\";")));
        assert!(pieces(page).any(|piece| piece == Piece::Text("1 < 2 &amp; 3")));
    }
}
