//! A page, read tag by tag by html5gum, the tokenizer of the HTML standard (docs/decisions/0016, 0017).
//!
//! The tokenizer spells out each name and value in parts. Nearly all of them stand in the page as they are spelled, so
//! they are taken from there, and nothing is copied; text and comments are not asked for at all.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::tags::{Attribute, Piece, Tag};

/// The pieces of a page, in order. `shelf`, empty before, gets the attributes of all tags: a list for each tag would be
/// most of what is allocated for a page.
pub(in crate::site) fn pieces<'a>(html: &'a str, shelf: &'a mut Vec<Attribute<'a>>) -> Vec<Piece<'a>> {
    // With its tags, a text is seldom shorter than this.
    let pieces = Vec::with_capacity(html.len() / 16);
    let mut found = Found { pieces, shelf, counts: Vec::new() };
    read(html, 0, &mut found);
    let Found { mut pieces, shelf, counts } = found;
    let mut rest: &'a [Attribute<'a>] = shelf;
    let tags = pieces.iter_mut().filter_map(|piece| if let Piece::Start(tag) = piece { Some(tag) } else { None });
    for (tag, count) in tags.zip(counts) {
        (tag.attributes, rest) = rest.split_at(count);
    }
    pieces
}

/// What was found in a page so far.
struct Found<'a, 's> {
    pieces: Vec<Piece<'a>>,
    shelf: &'s mut Vec<Attribute<'a>>,
    /// How many attributes each start tag has.
    counts: Vec<usize>,
}

/// Reads a page, or a part of one that begins at `from`.
fn read<'a>(html: &'a str, from: usize, found: &mut Found<'a, '_>) {
    let Ok(()) = Tokenizer::new_with_emitter(html, Reader::new(html, from, found)).finish();
}

/// Puts together what the tokenizer tells. Its position lies behind the sign that it read last.
struct Reader<'a, 's, 'f> {
    html: &'a str,
    /// Where that begins in the page.
    from: usize,
    found: &'f mut Found<'a, 's>,
    /// Where the pieces end.
    done: usize,
    /// Where scripts run, what is in `noscript` is text; where they do not, it is the page.
    in_noscript: bool,
    position: usize,
    /// The tag or comment that is being read: where it begins, and what a tag is.
    start: usize,
    is_end: bool,
    closed: bool,
    name: Spelled,
    attributes: Vec<Attribute<'a>>,
    /// The attribute that is being read, and where its name and its value end.
    attribute: Option<(usize, usize)>,
    attribute_name: Spelled,
    value: Spelled,
    /// The element whose content is no HTML, which only its own end tag ends.
    raw: Vec<u8>,
}

/// A text that the tokenizer spells out, as it stands in the page for as long as that is the same.
#[derive(Default)]
struct Spelled {
    start: usize,
    end: usize,
    other: Option<Vec<u8>>,
}

impl Spelled {
    fn begin(&mut self, at: usize) {
        *self = Spelled { start: at, end: at, other: None };
    }

    fn push(&mut self, html: &str, part: &[u8]) {
        if let Some(other) = &mut self.other {
            other.extend(part);
        } else if html.as_bytes()[self.end..].starts_with(part) {
            self.end += part.len();
        } else {
            self.other = Some([&html.as_bytes()[self.start..self.end], part].concat());
        }
    }

    fn bytes<'s>(&'s self, html: &'s str) -> &'s [u8] {
        self.other.as_deref().unwrap_or(&html.as_bytes()[self.start..self.end])
    }

    fn text<'a>(&self, html: &'a str) -> Cow<'a, str> {
        match (&self.other, html.get(self.start..self.end)) {
            (None, Some(text)) => Cow::Borrowed(text),
            _ => Cow::Owned(String::from_utf8_lossy(self.bytes(html)).into_owned()),
        }
    }
}

impl<'a, 's, 'f> Reader<'a, 's, 'f> {
    fn new(html: &'a str, from: usize, found: &'f mut Found<'a, 's>) -> Self {
        Reader {
            html,
            from,
            found,
            done: 0,
            in_noscript: false,
            position: 0,
            start: 0,
            is_end: false,
            closed: false,
            name: Spelled::default(),
            attributes: Vec::new(),
            attribute: None,
            attribute_name: Spelled::default(),
            value: Spelled::default(),
            raw: Vec::new(),
        }
    }

    /// What stands between the last piece and `to`.
    fn text(&mut self, to: usize) {
        if to <= self.done {
            return;
        }
        let text = &self.html[self.done..to];
        if std::mem::take(&mut self.in_noscript) {
            read(text, self.from + self.done, self.found);
        } else {
            self.found.pieces.push(Piece::Text(text));
        }
        self.done = to;
    }

    /// The tag or comment that ends here, as it stands in the page, behind the text before it.
    fn whole(&mut self) -> &'a str {
        self.text(self.start);
        self.in_noscript = false;
        self.done = self.position;
        &self.html[self.start..self.position]
    }

    /// The attribute that was read is one of the tag.
    fn attribute(&mut self) {
        let Some((behind_name, behind_value)) = self.attribute.take() else { return };
        if self.is_end {
            return;
        }
        let quote = |sign: Option<&u8>| matches!(sign, Some(b'"' | b'\''));
        let html = self.html.as_bytes();
        let (value, end) = if self.value.bytes(self.html).is_empty() {
            (Cow::Borrowed(""), behind_name)
        } else {
            let quoted = quote(html.get(behind_value)) && quote(html[..self.value.start].last());
            (self.value.text(self.html), behind_value + usize::from(quoted))
        };
        let range = self.attribute_name.start - self.start..end - self.start;
        self.attributes.push(Attribute { name: self.attribute_name.text(self.html), value, range });
    }
}

impl Emitter for Reader<'_, '_, '_> {
    /// All that is read goes into the pieces.
    type Token = Infallible;

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn emit_eof(&mut self) {
        self.text(self.html.len());
    }

    fn start_open_tag(&mut self) {
        self.start = self.position - 1;
    }

    fn init_start_tag(&mut self) {
        (self.is_end, self.closed) = (false, false);
        self.name.begin(self.start + "<".len());
    }

    fn init_end_tag(&mut self) {
        self.is_end = true;
        self.name.begin(self.start + "</".len());
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        self.name.push(self.html, part);
    }

    fn init_attribute(&mut self) {
        self.attribute();
        self.attribute = Some((self.position, self.position));
        self.attribute_name.begin(self.position - 1);
        self.value.begin(self.position);
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute_name.push(self.html, part);
        self.attribute = Some((self.position, self.position));
    }

    fn init_attribute_value(&mut self) {
        self.value.begin(self.position);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        self.value.push(self.html, part);
        if let Some((_, behind_value)) = &mut self.attribute {
            *behind_value = self.position;
        }
    }

    fn set_self_closing(&mut self) {
        self.closed = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.attribute();
        let whole = self.whole();
        let name = self.name.text(self.html);
        self.raw.clear();
        if self.is_end {
            self.found.pieces.push(Piece::End(whole, name));
            return None;
        }
        self.in_noscript = name == "noscript";
        let state = naive_next_state(name.as_bytes());
        if state.is_some() {
            self.raw.extend(name.as_bytes());
        }
        self.found.counts.push(self.attributes.len());
        self.found.shelf.append(&mut self.attributes);
        let at = self.from + self.start;
        self.found.pieces.push(Piece::Start(Tag { whole, at, name, attributes: &[], closed: self.closed }));
        state
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.raw.is_empty() && self.raw == self.name.bytes(self.html)
    }

    fn emit_current_comment(&mut self) {
        let whole = self.whole();
        self.found.pieces.push(Piece::Aside(whole));
    }

    fn emit_current_doctype(&mut self) {
        let whole = self.whole();
        self.found.pieces.push(Piece::Aside(whole));
    }

    // Nobody asks for the rest; for errors the tokenizer would look at each byte once more.

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}

    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}

    fn emit_string(&mut self, _: &[u8]) {}

    fn init_comment(&mut self) {}

    fn push_comment(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn set_force_quirks(&mut self) {}

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use html5gum::{DefaultEmitter, Token};

    use super::*;

    /// What html5gum itself makes of the tags of a page.
    fn tags(html: &str) -> Vec<String> {
        let mut emitter = DefaultEmitter::<()>::default();
        emitter.naively_switch_states(true);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let tags = Tokenizer::new_with_emitter(html, emitter).filter_map(|token| match token {
            Ok(Token::StartTag(tag)) => {
                let attributes = tag.attributes.iter().map(|(name, value)| format!(" {}={}", text(name), text(value)));
                Some(format!(
                    "{}{}{}",
                    text(&tag.name),
                    attributes.collect::<String>(),
                    if tag.self_closing { "/" } else { "" }
                ))
            }
            Ok(Token::EndTag(tag)) => Some(format!("/{}", text(&tag.name))),
            _ => None,
        });
        tags.collect()
    }

    /// The same, as the pieces have it.
    fn read(html: &str) -> Vec<String> {
        let mut shelf = Vec::new();
        let tags = pieces(html, &mut shelf).into_iter().filter_map(|piece| match piece {
            Piece::Start(tag) => {
                let names: std::collections::BTreeSet<&str> = tag.attributes.iter().map(|one| &*one.name).collect();
                let attributes = names.iter().map(|name| format!(" {name}={}", tag.attribute(name).unwrap()));
                Some(format!("{}{}{}", tag.name, attributes.collect::<String>(), if tag.closed { "/" } else { "" }))
            }
            Piece::End(_, name) => Some(format!("/{name}")),
            Piece::Text(_) | Piece::Aside(_) => None,
        });
        tags.collect()
    }

    #[test]
    fn tags_are_those_of_the_tokenizer_however_broken_the_page() {
        const PARTS: &str = "<|</|>|/|=|\"|'| |\n|\r\n|\r|a|A|é|局|&amp;|&lt|&#x3c;|&|\0|<!--|-->|<!|<?|<![CDATA[|]]>|<script|\
            </script|<style>|</style>|<title>|</TITLE|<p class=\"x y\"|href='b'|<br/>|x=y|--|<textarea>";
        let parts: Vec<&str> = PARTS.split('|').collect();
        let mut seed = 1_u64;
        let mut any = |most: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % most
        };
        for _ in 0..20_000 {
            let page: String = (0..=any(14)).map(|_| parts[any(parts.len())]).collect();
            assert_eq!(read(&page), tags(&page), "{page:?}");
            assert_eq!(pieces(&page, &mut Vec::new()).iter().map(Piece::text).collect::<String>(), page);
        }
    }
}
