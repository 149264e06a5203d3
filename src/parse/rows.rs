//! The rows of a table in Markdown have as many cells as its head: the parser would fill up a short row with empty cells
//! and cut off a long one, and what stands in the wrong column is published without a word.

use std::ops::Range;

use crate::diagnostics::Finding;

/// A row with too few or too many cells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Uneven {
    /// The row, without the spaces around it.
    pub(super) range: Range<usize>,
    found: usize,
    expected: usize,
    kind: Kind,
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Head,
    Row,
    /// A line without a bar is mostly a sentence that follows the table too closely.
    Sentence,
}

impl Uneven {
    /// With what is wrong and what to type instead.
    pub(super) fn told(&self, finding: Finding) -> Finding {
        let Uneven { found, expected, .. } = self;
        let cells = if *found == 1 { "cell" } else { "cells" };
        let (detail, detail_en) = match self.kind {
            Kind::Head => (
                format!("表头有 {found} 格，下面的分隔行有 {expected} 格"),
                format!("the head has {found} {cells}, the line of hyphens below it has {expected}"),
            ),
            Kind::Row | Kind::Sentence => (
                format!("这一行有 {found} 格，应有 {expected} 格"),
                format!("this row has {found} {cells}, the head has {expected}"),
            ),
        };
        let (help, help_en) = match self.kind {
            Kind::Sentence => (
                "表格下面的文字，前面要空一行；是表中的一行的，各格之间写 `|`",
                "text below a table needs a blank line before it; if it is a row, write `|` between its cells",
            ),
            Kind::Head => (
                "补上或删去一格，使两行的格数相同；格内的竖线写 `\\|`",
                "add or remove cells until both lines have as many; a bar inside a cell is written `\\|`",
            ),
            Kind::Row => (
                "补上或删去一格，空格也用 `|` 隔开；格内的竖线写 `\\|`",
                "add or remove cells; an empty one has its `|`, too, and a bar inside a cell is written `\\|`",
            ),
        };
        finding.with("detail", detail).with("detail-en", detail_en).with("help", help).with("help-en", help_en)
    }
}

/// What is wrong with a row of a table of `columns` columns.
pub(super) fn uneven_row(row: &str, columns: usize) -> Option<Uneven> {
    let found = cells(row);
    let kind = if bars(row) == 0 { Kind::Sentence } else { Kind::Row };
    (found != columns).then(|| Uneven { range: trimmed(row), found, expected: columns, kind })
}

/// What is wrong with the head of a table that is read as a paragraph, since the line of hyphens below it has another
/// number of cells.
pub(super) fn uneven_head(paragraph: &str) -> Option<Uneven> {
    let mut start = 0;
    let mut above: Option<(usize, &str)> = None;
    for line in paragraph.split_inclusive('\n') {
        if let Some((at, head)) = above.filter(|(_, head)| is_delimiter(line) && bars(head) > 0) {
            let (found, expected) = (cells(head), cells(line));
            let range = trimmed(head);
            return Some(Uneven { range: at + range.start..at + range.end, found, expected, kind: Kind::Head })
                .filter(|uneven| uneven.found != uneven.expected);
        }
        above = Some((start, line));
        start += line.len();
    }
    None
}

/// The line below a head: `|---|:-:|`.
fn is_delimiter(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.trim().chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// How many cells a row has. The bars at its ends are optional.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let closed = row.ends_with('|') && !row.ends_with("\\|");
    bars(row) + usize::from(!closed)
}

/// The bars that part cells: one behind a backslash belongs to the text.
fn bars(row: &str) -> usize {
    row.matches('|').count() - row.matches("\\|").count()
}

fn trimmed(row: &str) -> Range<usize> {
    let start = row.len() - row.trim_start().len();
    start..start + row.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_the_parser_parts_them() {
        for (row, expected) in [
            ("| 甲 | 乙 | 丙 |", 3),
            ("甲 | 乙 | 丙", 3),
            ("| 甲 | 乙\\|丙 | 丁 |", 3),
            ("| 甲 | `乙\\|丙` | 丁\\|", 3),
            ("| 甲 || 丙 |\n", 3),
            ("| 甲 | 乙 |  |", 3),
            ("|甲|", 1),
            ("注：甲", 1),
            ("| | | |", 3),
        ] {
            assert_eq!(cells(row), expected, "{row}");
        }
    }

    #[test]
    fn a_row_that_is_uneven_has_its_place() {
        assert_eq!(uneven_row("| 甲 | 乙 |\n", 2), None);
        let short = uneven_row("  | 甲 |\n", 2).unwrap();
        assert_eq!((short.range, short.found, short.expected, short.kind), (2..9, 1, 2, Kind::Row));
        assert_eq!(uneven_row("注：数据为示例。", 2).unwrap().kind, Kind::Sentence);
    }

    #[test]
    fn a_head_that_is_uneven_is_no_table() {
        let head = uneven_head("甲 | 乙\n---|---|---\n1 | 2 | 3\n").unwrap();
        assert_eq!((head.range, head.found, head.expected, head.kind), (0..9, 2, 3, Kind::Head));
        assert_eq!(uneven_head("一段文字\n又一行 a|b\n"), None);
        assert_eq!(uneven_head("甲|乙\n--|--\n"), None);
    }
}
