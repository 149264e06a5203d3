//! A scanner of the site's own HTML: lean, every element closed, so that a page is a tree without a parser's guesses.
//!
//! It is strict where the pages promise it: an end tag that closes nothing, or a reference that it does not know, fails
//! the test that reads the page.

use std::fmt::Write as _;

/// Elements that have no end tag.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Elements that run on in the line: between them and their neighbours a word or a number goes on.
const INLINE: &[&str] =
    &["a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "tspan"];
/// Elements whose content is not HTML.
const RAW: &[&str] = &["script", "style"];

/// A page.
pub(crate) struct Document {
    /// The document itself is the first one; parents stand before their children.
    pub(crate) elements: Vec<Element>,
}

/// An element. Handles of elements are places in [`Document::elements`].
#[derive(Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<Node>,
}

pub(crate) enum Node {
    Element(usize),
    /// Text as a reader has it: references resolved, white space as in the file.
    Text(String),
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn id(&self) -> Option<&str> {
        self.attribute("id")
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|one| one == class))
    }
}

impl Document {
    /// Reads a page; `path` is for the message of a failure.
    pub(crate) fn parse(path: &str, html: &str) -> Self {
        let mut document = Document { elements: vec![Element { name: "#document".to_owned(), ..Element::default() }] };
        let mut open = vec![0];
        let mut rest = html;
        while !rest.is_empty() {
            let here = *open.last().expect("the document stays open");
            let Some(tag) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                document.elements[here].children.push(Node::Text(resolve(path, &rest[..end])));
                rest = &rest[end..];
                continue;
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                rest = behind(path, comment, "-->");
            } else if tag.starts_with('!') {
                rest = behind(path, tag, ">");
            } else if let Some(end) = tag.strip_prefix('/') {
                let (name, after) = end.split_once('>').unwrap_or_else(|| panic!("{path}: an end tag without `>`"));
                let opened = &document.elements[here].name;
                assert_eq!(opened, name.trim(), "{path}: <{opened}> is closed by </{name}>");
                open.pop();
                rest = after;
            } else {
                let (mut element, closed, after) = start_tag(path, tag);
                element.parent = Some(here);
                let leaf = closed || VOID.contains(&element.name.as_str());
                let name = element.name.clone();
                let handle = document.elements.len();
                document.elements.push(element);
                document.elements[here].children.push(Node::Element(handle));
                rest = after;
                if RAW.contains(&name.as_str()) {
                    let end = format!("</{name}>");
                    let length = rest.find(&end).unwrap_or_else(|| panic!("{path}: <{name}> without {end}"));
                    document.elements[handle].children.push(Node::Text(rest[..length].to_owned()));
                    rest = &rest[length + end.len()..];
                } else if !leaf {
                    open.push(handle);
                }
            }
        }
        let unclosed: Vec<&str> = open[1..].iter().map(|&handle| document.elements[handle].name.as_str()).collect();
        assert!(unclosed.is_empty(), "{path}: not closed: {unclosed:?}");
        document
    }

    /// The elements with their handles, in the order of the page.
    pub(crate) fn all(&self) -> impl Iterator<Item = (usize, &Element)> {
        self.elements.iter().enumerate().skip(1)
    }

    /// The first element of a name.
    pub(crate) fn first(&self, name: &str) -> Option<usize> {
        self.all().find(|(_, element)| element.name == name).map(|(handle, _)| handle)
    }

    /// The element and those that it stands in, inmost first.
    pub(crate) fn line(&self, handle: usize) -> impl Iterator<Item = (usize, &Element)> {
        let around = std::iter::successors(Some(handle), |&inner| self.elements[inner].parent);
        around.map(|handle| (handle, &self.elements[handle]))
    }

    /// The language of an element: its own `lang`, or that of the nearest element around it.
    pub(crate) fn lang(&self, handle: usize) -> &str {
        self.line(handle).find_map(|(_, element)| element.attribute("lang")).unwrap_or("")
    }

    /// The text of an element without those below it that `skip` names: runs of white space as one space, a line for
    /// each block.
    pub(crate) fn text_without(&self, handle: usize, skip: &dyn Fn(&Element) -> bool) -> String {
        let mut text = String::new();
        self.gather(handle, skip, &mut text);
        let lines = text.split('\n').map(|line| line.split([' ', '\t']).filter(|word| !word.is_empty()));
        let lines = lines.map(|words| words.collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The whole text of an element.
    pub(crate) fn text(&self, handle: usize) -> String {
        self.text_without(handle, &|_| false)
    }

    fn gather(&self, handle: usize, skip: &dyn Fn(&Element) -> bool, text: &mut String) {
        for child in &self.elements[handle].children {
            match child {
                // A line break in the file is white space like any other.
                Node::Text(words) => text.push_str(&words.replace(['\n', '\r'], " ")),
                Node::Element(child) => {
                    let element = &self.elements[*child];
                    let edge = if INLINE.contains(&element.name.as_str()) { "" } else { "\n" };
                    text.push_str(edge);
                    if !skip(element) {
                        self.gather(*child, skip, text);
                    }
                    text.push_str(edge);
                }
            }
        }
    }
}

/// A start tag without its `<`: the element, whether it closes itself, and what stands behind it.
fn start_tag<'a>(path: &str, tag: &'a str) -> (Element, bool, &'a str) {
    let name_end = tag.find([' ', '\n', '>', '/']).unwrap_or_else(|| panic!("{path}: a tag without `>`"));
    let mut element = Element { name: tag[..name_end].to_owned(), ..Element::default() };
    let mut rest = tag[name_end..].trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("/>") {
            return (element, true, after);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (element, false, after);
        }
        let end =
            rest.find(['=', ' ', '\n', '>', '/']).unwrap_or_else(|| panic!("{path}: <{} is not closed", element.name));
        assert!(end > 0, "{path}: stray `{}` in <{}>", &rest[..1], element.name);
        let key = rest[..end].to_owned();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let quoted = after
                .strip_prefix('"')
                .unwrap_or_else(|| panic!("{path}: {key} of <{}> is not in quotes", element.name));
            let length = quoted.find('"').unwrap_or_else(|| panic!("{path}: {key} of <{}> has no end", element.name));
            value = resolve(path, &quoted[..length]);
            rest = quoted[length + 1..].trim_start();
        }
        assert!(element.attribute(&key).is_none(), "{path}: {key} stands twice in <{}>", element.name);
        element.attributes.push((key, value));
    }
}

fn behind<'a>(path: &str, text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).unwrap_or_else(|| panic!("{path}: no `{mark}`")).1
}

/// Text with its character references resolved.
fn resolve(path: &str, text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut parts = text.split('&');
    resolved.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, after) = part.split_once(';').unwrap_or_else(|| panic!("{path}: a bare `&` before `{part:.20}`"));
        let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => digits.parse(),
        });
        let character = match (name, number) {
            ("amp", _) => '&',
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("quot", _) => '"',
            ("apos", _) => '\'',
            ("nbsp", _) => '\u{a0}',
            (_, Some(Ok(code))) => char::from_u32(code).unwrap_or_else(|| panic!("{path}: `&{name};`")),
            _ => panic!("{path}: unknown reference `&{name};`"),
        };
        let _ = write!(resolved, "{character}{after}");
    }
    resolved
}
