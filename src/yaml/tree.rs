//! A YAML text as a tree in which every node knows its bytes, and every scalar keeps the text that was typed.
//!
//! Only read when something is wrong, or when the place of a finding is shown.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::offsets::Offsets;

/// How deep a tree may be: more than [`super::MAX_DEPTH`], as the scan before does not count every kind of nesting.
const DEPTH: usize = 160;
/// How many nodes a tree may have once its aliases are expanded.
const EXPANDED: u64 = 100_000;

/// A tree. Nodes are numbered; one that an alias shares hangs in several places, and knows the first.
pub(super) struct Tree<'t> {
    nodes: Vec<Node<'t>>,
    root: Option<usize>,
}

/// A node: what it is, its bytes and where it hangs.
pub(super) struct Node<'t> {
    pub(super) kind: Kind<'t>,
    pub(super) range: Range<usize>,
    /// The collection that it stands in.
    pub(super) parent: Option<usize>,
    /// The key that it is the value of.
    pub(super) key: Option<usize>,
}

/// What a node is.
pub(super) enum Kind<'t> {
    /// A scalar's text, after quotes, escapes and folding.
    Scalar {
        text: Cow<'t, str>,
        style: Style,
    },
    Sequence {
        items: Vec<usize>,
        flow: bool,
    },
    Mapping {
        pairs: Vec<(usize, usize)>,
        flow: bool,
    },
    /// A node whose mistake has been reported. It stands in for any value, so that reading goes on behind it; the
    /// number says which stand-ins were already refused.
    Broken(u8),
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Quoted,
    Block,
}

/// Why a text is no tree.
pub(super) struct Trouble {
    /// Where the parser noticed: often behind the mistake.
    pub(super) at: usize,
    pub(super) what: What,
}

/// What the parser noticed.
pub(super) enum What {
    /// In the parser's own words.
    Syntax(String),
    TooDeep,
    SecondDocument,
    /// An alias within its own anchor, or aliases that multiply.
    Aliases,
}

/// The tree of a text: as much of it as there is before trouble.
pub(super) fn build(text: &str) -> (Tree<'_>, Option<Trouble>) {
    let mut builder = Builder {
        tree: Tree { nodes: Vec::new(), root: None },
        sizes: Vec::new(),
        open: Vec::new(),
        anchors: HashMap::new(),
        offsets: Offsets::new(text),
        documents: 0,
    };
    let mut trouble = None;
    for event in Parser::new_from_str(text) {
        let result = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => Err(Trouble {
                at: builder.offsets.byte(error.marker().index()),
                what: What::Syntax(error.info().to_owned()),
            }),
        };
        if let Err(found) = result {
            trouble = Some(found);
            break;
        }
    }
    while !builder.open.is_empty() {
        builder.close(None);
    }
    let mut tree = builder.tree;
    if tree.root.is_none() && trouble.is_none() {
        // An empty file, or comments only.
        tree.root = Some(tree.add(Kind::Scalar { text: "".into(), style: Style::Plain }, 0..0, None));
    }
    (tree, trouble)
}

impl<'t> Tree<'t> {
    pub(super) fn root(&self) -> Option<usize> {
        self.root
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, id: usize) -> &Node<'t> {
        &self.nodes[id]
    }

    pub(super) fn node_mut(&mut self, id: usize) -> &mut Node<'t> {
        &mut self.nodes[id]
    }

    /// A new node, which hangs nowhere yet.
    pub(super) fn add(&mut self, kind: Kind<'t>, range: Range<usize>, parent: Option<usize>) -> usize {
        self.nodes.push(Node { kind, range, parent, key: None });
        self.nodes.len() - 1
    }

    /// A scalar's text.
    pub(super) fn text(&self, id: usize) -> Option<&str> {
        match &self.nodes[id].kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The pairs of a mapping.
    pub(super) fn pairs(&self, id: usize) -> &[(usize, usize)] {
        match &self.nodes[id].kind {
            Kind::Mapping { pairs, .. } => pairs,
            _ => &[],
        }
    }

    /// The key and value of `key` in a mapping.
    pub(super) fn pair(&self, id: usize, key: &str) -> Option<(usize, usize)> {
        self.pairs(id).iter().copied().find(|&(k, _)| self.text(k) == Some(key))
    }

    /// All mappings.
    pub(super) fn mappings(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|&id| matches!(self.nodes[id].kind, Kind::Mapping { .. }))
    }

    /// Where a node is shown: in one line, and by its key where it has several or nothing of its own.
    pub(super) fn place(&self, id: usize, text: &str) -> Range<usize> {
        let node = &self.nodes[id];
        let range = node.range.clone();
        let by_key = match &node.kind {
            Kind::Scalar { text, style: Style::Plain } => text.is_empty(),
            Kind::Scalar { .. } => false,
            Kind::Sequence { flow, .. } | Kind::Mapping { flow, .. } => !flow,
            Kind::Broken(_) => range.is_empty(),
        };
        match node.key {
            Some(key) if by_key => self.nodes[key].range.clone(),
            // A block of keys without a key of its own, as the whole file, is shown by its first key.
            _ if by_key && matches!(node.kind, Kind::Mapping { .. }) => {
                let line = first_line(text, range);
                let key = text[line.clone()].split(": ").next().unwrap_or_default().trim_end_matches(':');
                line.start..line.start + key.len()
            }
            _ => first_line(text, range),
        }
    }
}

/// The part of a range that stands in its first line, without the blanks behind.
pub(super) fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text.get(range.clone()).unwrap_or_default().lines().next().unwrap_or_default();
    range.start..range.start + line.trim_end().len()
}

struct Builder<'t> {
    tree: Tree<'t>,
    /// Nodes below a node with its aliases expanded, itself included.
    sizes: Vec<u64>,
    /// The collections around, each with a key that waits for its value.
    open: Vec<(usize, Option<usize>)>,
    anchors: HashMap<usize, usize>,
    offsets: Offsets<'t>,
    documents: usize,
}

impl<'t> Builder<'t> {
    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), Trouble> {
        let range = self.offsets.byte(span.start.index())..self.offsets.byte(span.end.index());
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Trouble { at: range.start, what: What::SecondDocument });
                }
            }
            Event::Scalar(text, style, anchor, _) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                // The parser places what is not there at the next token, which may be lines away.
                let range = if text.is_empty() && style == Style::Plain { self.nothing(range.start) } else { range };
                let id = self.node(Kind::Scalar { text, style }, range, anchor);
                self.attach(id);
            }
            Event::SequenceStart(anchor, _) => {
                let flow = !range.is_empty();
                self.open(Kind::Sequence { items: Vec::new(), flow }, range, anchor)?;
            }
            Event::MappingStart(anchor, _) => {
                let flow = !range.is_empty();
                self.open(Kind::Mapping { pairs: Vec::new(), flow }, range, anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let id = self.close(Some(range.end));
                if self.sizes.get(id).is_some_and(|&size| size > EXPANDED && size > 2 * self.tree.nodes.len() as u64) {
                    return Err(Trouble { at: range.start, what: What::Aliases });
                }
            }
            Event::Alias(anchor) => {
                let id = self.anchors.get(&anchor).copied();
                match id.filter(|id| self.open.iter().all(|(open, _)| open != id)) {
                    Some(id) => self.attach(id),
                    None => return Err(Trouble { at: range.start, what: What::Aliases }),
                }
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn nothing(&self, start: usize) -> Range<usize> {
        let at = match self.open.last() {
            Some((_, Some(key))) => self.tree.nodes[*key].range.end,
            _ => start,
        };
        at..at
    }

    fn node(&mut self, kind: Kind<'t>, range: Range<usize>, anchor: usize) -> usize {
        let id = self.tree.add(kind, range, None);
        self.sizes.push(1);
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
        id
    }

    fn open(&mut self, kind: Kind<'t>, range: Range<usize>, anchor: usize) -> Result<(), Trouble> {
        if self.open.len() >= DEPTH {
            return Err(Trouble { at: range.start, what: What::TooDeep });
        }
        let id = self.node(kind, range, anchor);
        self.attach(id);
        self.open.push((id, None));
        Ok(())
    }

    /// Hangs a node into the innermost open collection.
    fn attach(&mut self, id: usize) {
        let Some((parent, waiting)) = self.open.last_mut() else {
            self.tree.root.get_or_insert(id);
            return;
        };
        let parent = *parent;
        // A shared node keeps its first parent.
        if self.tree.nodes[id].parent.is_none() {
            self.tree.nodes[id].parent = Some(parent);
        }
        match &mut self.tree.nodes[parent].kind {
            Kind::Sequence { items, .. } => items.push(id),
            Kind::Mapping { pairs, .. } => match waiting.take() {
                None => *waiting = Some(id),
                Some(key) => {
                    pairs.push((key, id));
                    self.tree.nodes[id].key.get_or_insert(key);
                }
            },
            Kind::Scalar { .. } | Kind::Broken(_) => {}
        }
    }

    /// Ends the innermost open collection. A block's end is its last child's; the parser's is the next token.
    fn close(&mut self, end: Option<usize>) -> usize {
        if let Some((_, Some(key))) = self.open.last() {
            let at = self.tree.nodes[*key].range.end;
            let nothing = self.node(Kind::Scalar { text: "".into(), style: Style::Plain }, at..at, 0);
            self.attach(nothing);
        }
        let Some((id, _)) = self.open.pop() else { return usize::MAX };
        let (children, flow): (Vec<usize>, bool) = match &self.tree.nodes[id].kind {
            Kind::Sequence { items, flow } => (items.clone(), *flow),
            Kind::Mapping { pairs, flow } => (pairs.iter().flat_map(|&(key, value)| [key, value]).collect(), *flow),
            Kind::Scalar { .. } | Kind::Broken(_) => (Vec::new(), true),
        };
        let last = children.iter().map(|&child| self.tree.nodes[child].range.end).max();
        self.sizes[id] = children.iter().fold(1_u64, |size, &child| size.saturating_add(self.sizes[child]));
        let node = &mut self.tree.nodes[id];
        let end = end.filter(|_| flow).or(last).unwrap_or(node.range.end);
        node.range.end = end.max(node.range.start);
        id
    }
}
