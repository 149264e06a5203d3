//! Edits that take a syntax error out of a text without moving a byte, so that places stay right.

use std::ops::Range;

use super::words::Both;

/// A mistake that was found, and the edits that take it out of the text.
pub(super) struct Mend {
    /// What to report, and where; nothing, where only the parser is too strict.
    pub(super) report: Option<(Range<usize>, Both)>,
    pub(super) edits: Vec<(Range<usize>, Edit)>,
}

/// An edit that keeps the length of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    /// Blanks, for text that cannot be read.
    Blank,
    /// Blanks that lose nothing: a tab, a bracket too many.
    Space,
    /// `: ` in place of `：`.
    Colon,
    /// `, ` in place of `，`.
    Comma,
}

impl Edit {
    /// Whether something is lost that may be missed later.
    pub(super) fn loses(self) -> bool {
        self == Edit::Blank
    }

    /// The text with the edit made.
    pub(super) fn apply(self, text: &mut String, range: &Range<usize>) {
        let Some(old) = text.get(range.clone()) else { return };
        let first = match self {
            Edit::Blank | Edit::Space => "",
            Edit::Colon => ":",
            Edit::Comma => ",",
        };
        let rest =
            old.bytes().skip(first.len()).map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' });
        let new: String = first.chars().chain(rest).collect();
        text.replace_range(range.clone(), &new);
    }
}
