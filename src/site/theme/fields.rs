//! The data of templates, as docs/theming.md lists it, and the fields that a template reads.
//!
//! Tera says that a field is missing when a page is made that reads it, and lets a condition on one pass for false. Here
//! all templates of a site are read before any page is made, so that no branch hides a slip of the pen. A test holds the
//! tables against what templates are given.

use std::collections::BTreeMap;
use std::ops::Range;

/// The tables of what each template gets. The Chinese page has the same ones.
pub(super) const DOCUMENT: &str = include_str!("../../../docs/theming.md");

/// The fields of the two kinds of value that have some.
const LINK: [&str; 4] = ["href", "name", "other", "title"];
const FILE: [&str; 5] = ["href", "kind", "lang", "name", "size"];

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Fields with their shapes.
    Fields(BTreeMap<String, Shape>),
    /// A list of the same.
    List(Box<Shape>),
    /// A text, a number, yes or no.
    Value,
    /// Not known: what filters, functions and components make.
    Any,
}

impl Shape {
    fn none() -> Self {
        Shape::Fields(BTreeMap::new())
    }

    /// Adds `form.uses[]`, whose kind is the second cell of its row; a link and a file have fields of their own.
    fn add_row(&mut self, path: &str, kind: &str) {
        match kind {
            "link" => LINK.iter().for_each(|field| self.add(&format!("{path}.{field}"))),
            "file" => FILE.iter().for_each(|field| self.add(&format!("{path}.{field}"))),
            _ => self.add(path),
        }
    }

    fn add(&mut self, path: &str) {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let name = first.trim_end_matches("[]");
        if !matches!(self, Shape::Fields(_)) {
            *self = Shape::none();
        }
        let Shape::Fields(fields) = self else { return };
        let is_list = name.len() < first.len();
        let field = fields.entry(name.to_owned()).or_insert_with(|| match (is_list, rest) {
            (true, _) => Shape::List(Box::new(Shape::Value)),
            (false, Some(_)) => Shape::none(),
            (false, None) => Shape::Value,
        });
        match (field, rest) {
            (Shape::List(item), Some(rest)) => item.add(rest),
            (field, Some(rest)) => field.add(rest),
            (_, None) => {}
        }
    }

    fn field(&self, name: &str) -> Option<&Shape> {
        match self {
            Shape::Fields(fields) => fields.get(name),
            Shape::Any => Some(self),
            Shape::List(_) | Shape::Value => None,
        }
    }
}

/// What templates get.
pub(super) struct Data {
    /// What every page gets, and beside it what a template gets, by its name.
    templates: BTreeMap<String, Shape>,
    /// What a template that stands for no page can count on: the fields of all pages, those of a few without their shapes.
    shared: Shape,
}

impl Data {
    /// What the document lists, with the words that a theme has.
    pub(super) fn documented<'a>(words: impl Iterator<Item = &'a String>) -> Self {
        let (common, own) = tables();
        let Shape::Fields(mut common) = common else { unreachable!("a table has fields") };
        let words = words.map(|word| (word.clone(), Shape::Value)).collect();
        common.insert("words".to_owned(), Shape::Fields(words));
        let mut shared = common.clone();
        let mut templates = BTreeMap::new();
        for (template, shape) in own {
            let Shape::Fields(fields) = shape else { continue };
            for name in fields.keys() {
                shared.entry(name.clone()).or_insert(Shape::Any);
            }
            templates.insert(template, Shape::Fields(common.clone().into_iter().chain(fields).collect()));
        }
        Data { templates, shared: Shape::Fields(shared) }
    }

    /// What the template at a path below `templates/` gets.
    pub(super) fn of(&self, template: &str) -> &Shape {
        self.templates.get(template).unwrap_or(&self.shared)
    }
}

/// The fields of every page, and those of each template by its name.
fn tables() -> (Shape, BTreeMap<String, Shape>) {
    let mut common = Shape::none();
    let mut templates: BTreeMap<String, Shape> = BTreeMap::new();
    let mut template = None;
    // Tables above the first heading of this level are not of data.
    let below = DOCUMENT.split_once("\n### ").map_or("", |(_, below)| below);
    for line in below.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            template = heading.split('`').nth(1).filter(|name| name.contains('.')).map(str::to_owned);
        } else if let Some((path, rest)) = line.strip_prefix("| `").and_then(|row| row.split_once("` | ")) {
            let kind = rest.split(" | ").next().unwrap_or_default();
            match &template {
                Some(template) => templates.entry(template.clone()).or_insert_with(Shape::none).add_row(path, kind),
                None => common.add_row(path, kind),
            }
        }
    }
    (common, templates)
}

/// A field that a template reads and that it does not get.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    /// As it is written.
    pub(super) path: String,
    /// Where the name that is not known stands.
    pub(super) at: Range<usize>,
    /// That name.
    pub(super) name: String,
    /// What could stand there.
    pub(super) known: Vec<String>,
}

/// All fields of a template that are not among `fields`.
pub(super) fn unknown(text: &str, fields: &Shape) -> Vec<Unknown> {
    let mut reader = Reader { scopes: vec![BTreeMap::new()], fields, found: Vec::new() };
    for (statement, range) in tags(text) {
        reader.tag(text, statement, range);
    }
    reader.found
}

/// The insides of `{{ … }}` and `{% … %}`, and whether each is a statement. Comments and raw text have none.
fn tags(text: &str) -> Vec<(bool, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(end) = text[open + 2..].find(close).map(|end| open + 2 + end) else { break };
        let inside = text[open + 2..end].trim_matches('-').trim();
        at = end + 2;
        if close == "%}" && inside == "raw" {
            at = text[at..].find("endraw").map_or(text.len(), |end| at + end);
        } else if close != "#}" {
            found.push((close == "%}", open + 2..end));
        }
    }
    found
}

/// A word or a sign of an expression, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token<'a> {
    Name(&'a str, usize),
    Sign(char),
    /// A text or a number.
    Literal,
}

fn tokens(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        let rest = &text[at..range.end];
        let length = |part: fn(char) -> bool| rest.find(|c| !part(c)).unwrap_or(rest.len());
        at += match c {
            '"' | '\'' | '`' => {
                found.push(Token::Literal);
                rest[1..].find(c).map_or(rest.len(), |end| end + 2)
            }
            '0'..='9' => {
                found.push(Token::Literal);
                length(|c| c.is_ascii_digit() || c == '.')
            }
            c if c.is_alphabetic() || c == '_' => {
                let length = length(|c| c.is_alphanumeric() || c == '_');
                found.push(Token::Name(&rest[..length], at));
                length
            }
            c => {
                if !c.is_whitespace() {
                    found.push(Token::Sign(c));
                }
                c.len_utf8()
            }
        };
    }
    found
}

/// Names of Tera's own in an expression.
const WORDS: [&str; 13] =
    ["and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "null", "loop", "__tera_context"];

struct Reader<'a> {
    /// What loops, `set` and components bind, the innermost last.
    scopes: Vec<BTreeMap<String, Shape>>,
    fields: &'a Shape,
    found: Vec<Unknown>,
}

impl Reader<'_> {
    fn tag(&mut self, text: &str, statement: bool, range: Range<usize>) {
        let tokens = tokens(text, range);
        let begin = usize::from(tokens.first() == Some(&Token::Sign('-')));
        let tokens = &tokens[begin..];
        let keyword = match tokens.first() {
            Some(Token::Name(name, _)) if statement => *name,
            _ => "",
        };
        match keyword {
            "" => self.expression(tokens),
            "if" | "elif" => self.expression(&tokens[1..]),
            "for" => {
                let is_in = |token: &Token<'_>| matches!(token, Token::Name("in", _));
                let at = tokens.iter().position(is_in).unwrap_or(tokens.len());
                let (bound, list) = (&tokens[1..at], tokens.get(at + 1..).unwrap_or_default());
                self.expression(list);
                let item = match self.shape(list) {
                    Shape::List(item) => *item,
                    _ => Shape::Any,
                };
                let names: Vec<&str> = names(bound).collect();
                let shape = if names.len() == 1 { item } else { Shape::Any };
                self.scopes.push(names.into_iter().map(|name| (name.to_owned(), shape.clone())).collect());
            }
            "component" => {
                // `(text, level: integer = 3, @words)`: what comes with @ is the page's own.
                let mut bound = BTreeMap::new();
                for (at, token) in tokens.iter().enumerate().skip(2) {
                    let begins = matches!(tokens[at - 1], Token::Sign('(' | ','));
                    if let (true, Token::Name(name, _)) = (begins, token) {
                        bound.insert((*name).to_owned(), Shape::Any);
                    }
                }
                bound.insert("body".to_owned(), Shape::Any);
                bound.insert("rest".to_owned(), Shape::Any);
                self.scopes.push(bound);
            }
            "set" | "set_global" => {
                let value = tokens.get(3..).unwrap_or_default();
                self.expression(value);
                let shape = self.shape(value);
                if let (Some(Token::Name(name, _)), Some(scope)) = (tokens.get(1), self.scopes.last_mut()) {
                    scope.insert((*name).to_owned(), shape);
                }
            }
            "endfor" | "endcomponent" if self.scopes.len() > 1 => drop(self.scopes.pop()),
            _ => {}
        }
    }

    /// What an expression leads to, if it is a plain path.
    fn shape(&self, tokens: &[Token<'_>]) -> Shape {
        let Some(path) = whole_path(tokens) else { return Shape::Any };
        let mut shape = self.root(path[0].0);
        for (name, _) in &path[1..] {
            shape = shape.and_then(|shape| shape.field(name));
        }
        shape.cloned().unwrap_or(Shape::Any)
    }

    fn root(&self, name: &str) -> Option<&Shape> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).or_else(|| self.fields.field(name))
    }

    /// Looks at all paths of an expression.
    fn expression(&mut self, tokens: &[Token<'_>]) {
        let mut at = 0;
        while at < tokens.len() {
            let Token::Name(name, _) = tokens[at] else {
                at += 1;
                continue;
            };
            let before = at.checked_sub(1).map(|before| &tokens[before]);
            let after = tokens.get(at + 1);
            // A filter, a test, a function, an argument's name, a component.
            let is_other = WORDS.contains(&name)
                || matches!(before, Some(Token::Sign('|' | '<' | '.') | Token::Name("is", _)))
                || matches!(
                    (before, at.checked_sub(2).map(|at| &tokens[at])),
                    (Some(Token::Name("not", _)), Some(Token::Name("is", _)))
                )
                || matches!(after, Some(Token::Sign('(')))
                || (matches!(after, Some(Token::Sign('='))) && !matches!(tokens.get(at + 2), Some(Token::Sign('='))));
            if is_other {
                at += 1;
                continue;
            }
            let path = path_at(tokens, at);
            at += path.len() * 2 - 1;
            // Whoever asks whether a field is there may.
            let asked = matches!(tokens.get(at), Some(Token::Name("is", _)))
                && tokens
                    .get(at + 1..at + 3)
                    .unwrap_or_default()
                    .iter()
                    .any(|token| matches!(token, Token::Name("defined" | "undefined", _)));
            if !asked {
                let unknown = self.first_unknown(&path);
                self.found.extend(unknown);
            }
        }
    }

    /// The first name of a path that leads nowhere.
    fn first_unknown(&self, path: &[(&str, usize)]) -> Option<Unknown> {
        let mut shape: Option<&Shape> = None;
        for (at, (name, start)) in path.iter().enumerate() {
            let next = match shape {
                None => self.root(name),
                Some(shape) => shape.field(name),
            };
            if next.is_none() {
                let known = match shape.unwrap_or(self.fields) {
                    Shape::Fields(fields) => fields.keys().cloned().collect(),
                    _ => Vec::new(),
                };
                let path = path[..=at].iter().map(|(name, _)| *name).collect::<Vec<_>>().join(".");
                return Some(Unknown { path, at: *start..start + name.len(), name: (*name).to_owned(), known });
            }
            shape = next;
        }
        None
    }
}

/// The names that begin at a token and follow each other by dots. An index ends it, and so does `?.`.
fn path_at<'a>(tokens: &[Token<'a>], at: usize) -> Vec<(&'a str, usize)> {
    let mut path = Vec::new();
    let mut at = at;
    while let Some(Token::Name(name, start)) = tokens.get(at) {
        path.push((*name, *start));
        if tokens.get(at + 1) != Some(&Token::Sign('.')) {
            break;
        }
        at += 2;
    }
    path
}

/// The path that the tokens are, and nothing more.
fn whole_path<'a>(tokens: &[Token<'a>]) -> Option<Vec<(&'a str, usize)>> {
    let end = tokens.iter().position(|token| *token == Token::Sign('-')).unwrap_or(tokens.len());
    let path = path_at(tokens, 0);
    (!path.is_empty() && path.len() * 2 - 1 == end).then_some(path)
}

fn names<'a>(tokens: &'a [Token<'a>]) -> impl Iterator<Item = &'a str> {
    tokens.iter().filter_map(|token| match token {
        Token::Name(name, _) => Some(*name),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let mut fields = Shape::none();
        for path in ["page.title", "years[].year", "years[].reports[].name", "footer[]", "words.home", "body"] {
            fields.add(path);
        }
        let found = unknown(text, &fields);
        assert!(found.iter().all(|found| text[found.at.clone()] == found.name), "{found:?}");
        found.into_iter().map(|found| found.path).collect()
    }

    #[test]
    fn a_field_that_is_not_given_is_found_in_any_branch() {
        assert_eq!(said("{% if page.titel %}{{ page.title }}{% elif bodi %}{% endif %}"), ["page.titel", "bodi"]);
        assert_eq!(
            said("{{ page.title.zh }} {{- years.year -}} {{ words.hme | upper }}"),
            ["page.title.zh", "years.year", "words.hme"]
        );
        assert_eq!(
            said("{% for y in years %}{% for r in y.reports -%}{{ r.nam }}{{ y.name }}{% endfor %}{% endfor %}{{ y }}"),
            ["r.nam", "y.name", "y"]
        );
        assert_eq!(said("{{ <links items={years} title={words.hom} /> }}"), ["words.hom"]);
        assert_eq!(
            said("{% component x(a, b: string, @words) %}{{ a.b }}{{ c }}{{ words.hme }}{% endcomponent x %}"),
            ["c", "words.hme"]
        );
    }

    #[test]
    fn what_is_no_field_is_left_alone() {
        let text = "{# {{ nope }} #}{% raw %}{{ nope }}{% endraw %}{% set n = loop.index %}{{ n.x }}{{ \"nope\" ~ 'nope' }}\
            {% for y in years | reverse %}{{ y.nope }}{% endfor %}{% for line in footer %}{{ line }}{% endfor %}\
            {% if page.nope is defined and years | length > 1 and body is not containing(pat=\"x\") %}{% endif %}\
            {% block nope %}{{ super() }}{% endblock nope %}{% include \"nope.html\" %}{{ years[0].year }}\
            {% for k, v in words %}{{ k.nope }}{% endfor %}{{ page.title or body }}{{ page?.nope }}{% extends \"nope\" %}";
        assert_eq!(said(text), <[String; 0]>::default());
    }
}
