//! From a path into a file's data to the bytes that are shown for it.

use std::ops::Range;

use crate::diagnostics::{DataPath, Step};

use super::lines::Line;
use super::tree::{self, Kind, Style, Tree};

/// Finds the bytes of paths in a text, which is parsed once: those of a node, or of its key where the path means the
/// key; of the nearest node above, where a step is not there. Always in one line: a block scalar is shown by its
/// first line, or by the line that a step counts and the cell between tabs that the next does; a block of keys or items
/// by the key above.
pub(crate) fn locator(text: &str) -> impl Fn(&DataPath) -> Option<Range<usize>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - body.len();
    // What stands before a syntax error can still be found.
    let (tree, _) = tree::build(body);
    move |path| {
        let range = find(&tree, body, path)?;
        Some(range.start + skipped..range.end + skipped)
    }
}

fn find(tree: &Tree<'_>, text: &str, path: &DataPath) -> Option<Range<usize>> {
    let mut id = tree.root()?;
    let mut key = None;
    for (at, step) in path.steps.iter().enumerate() {
        let below = match (&tree.node(id).kind, step) {
            (Kind::Mapping { .. }, Step::Key(name)) => tree.pair(id, name).map(|(key, value)| (Some(key), value)),
            (Kind::Mapping { pairs, .. }, Step::Index(index)) => {
                pairs.get(*index).map(|&(key, value)| (Some(key), value))
            }
            (Kind::Sequence { items, .. }, Step::Index(index)) => items.get(*index).map(|&item| (None, item)),
            _ => None,
        };
        let Some(below) = below else {
            return in_block(tree, text, id, &path.steps[at..]).or_else(|| Some(tree.place(id, text)));
        };
        (key, id) = below;
    }
    Some(tree.place(key.filter(|_| path.key).unwrap_or(id), text))
}

/// A line of a block scalar, or a cell of it that is not blank.
fn in_block(tree: &Tree<'_>, text: &str, id: usize, steps: &[Step]) -> Option<Range<usize>> {
    let node = tree.node(id);
    let (Kind::Scalar { text: value, style: Style::Block }, [Step::Index(number), rest @ ..]) = (&node.kind, steps)
    else {
        return None;
    };
    // The first line that says something is where the parser has the scalar begin.
    let blank = value.lines().take_while(|line| line.is_empty()).count();
    let mut line = Line::at(text, node.range.start);
    for _ in 0..number.checked_sub(blank)? {
        line = line.next(text)?;
    }
    let start = (line.start + (node.range.start - Line::at(text, node.range.start).start)).min(line.end());
    let shown = |start: usize, part: &str| {
        let from = start + part.len() - part.trim_start().len();
        (!part.trim().is_empty()).then(|| from..from + part.trim().len())
    };
    let content = text.get(start..line.end())?;
    let cell = match rest {
        [Step::Index(cell), ..] => content.split('\t').nth(*cell),
        _ => None,
    };
    let cell = cell.and_then(|cell| shown(start + (cell.as_ptr() as usize - content.as_ptr() as usize), cell));
    cell.or_else(|| shown(start, content))
}
