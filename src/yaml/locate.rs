//! From a path into a file's data to the bytes that are shown for it.

use std::ops::Range;

use crate::diagnostics::{DataPath, Step};

use super::tree::{self, Kind, Tree};

/// Finds the bytes of paths in a text, which is parsed once: those of a node, or of its key where the path means the
/// key; of the nearest node above, where a step is not there. Always in one line: a block scalar is shown by its
/// first line, a block of keys or items by the key above.
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
    for step in &path.steps {
        let below = match (&tree.node(id).kind, step) {
            (Kind::Mapping { .. }, Step::Key(name)) => tree.pair(id, name).map(|(key, value)| (Some(key), value)),
            (Kind::Mapping { pairs, .. }, Step::Index(index)) => {
                pairs.get(*index).map(|&(key, value)| (Some(key), value))
            }
            (Kind::Sequence { items, .. }, Step::Index(index)) => items.get(*index).map(|&item| (None, item)),
            _ => None,
        };
        let Some(below) = below else { return Some(tree.place(id, text)) };
        (key, id) = below;
    }
    Some(tree.place(key.filter(|_| path.key).unwrap_or(id), text))
}
