//! The heads of a lane: the tree of its columns level by level, and the row of column numbers.

use std::fmt::Write as _;

use crate::model::{CellKind, Column, HeadKind, Layout};

use super::super::html::escape;
use super::lane::LaneForm;

impl LaneForm<'_> {
    pub(super) fn heads(&self, html: &mut String) {
        let (layout, depth) = (self.form.layout, self.lane.depth());
        if layout == Layout::Across {
            let width = self.lane.columns.iter().map(Column::width).sum();
            self.row_heads("colgroup", "h-group", 1, width, html);
        }
        for level in 0..depth {
            html.push_str("<tr>");
            if level == 0 && !layout.one_line() {
                self.own_heads(depth, html);
            }
            let copies = if layout == Layout::Across { self.rows.rows.len() } else { 1 };
            for column in (0..copies).flat_map(|_| at_level(&self.lane.columns, level)) {
                self.column_head(column, depth - level, html);
            }
            html.push_str("</tr>\n");
        }
        if layout == Layout::Pairs {
            self.row_heads("col", "h-amount", self.leaves.len(), 1, html);
        }
    }

    /// The heads of code, name and line number.
    fn own_heads(&self, depth: usize, html: &mut String) {
        for head in &self.lane.head {
            let class = match head.kind {
                HeadKind::Code => "h-code",
                HeadKind::Name => "h-name",
                HeadKind::Line => "h-line",
            };
            let (rows, label) = (span("rowspan", depth), self.label(&head.title, None));
            let _ = write!(html, "<th scope=\"col\" class=\"{class}\"{rows}>{label}</th>");
        }
    }

    /// The head of a column, `below` levels above the cells. Where rows stand below each column, it is a group of them.
    fn column_head(&self, column: &Column, below: usize, html: &mut String) {
        let copies = if self.form.layout == Layout::Pairs { Some(self.rows.rows.len()) } else { None };
        let (scope, class) = match column.kind {
            _ if copies.is_some() || !column.children.is_empty() => ("colgroup", "h-group"),
            CellKind::Text => ("col", "h-text"),
            CellKind::Amount => ("col", "h-amount"),
        };
        let rows = if column.children.is_empty() { span("rowspan", below) } else { String::new() };
        let columns = span("colspan", column.width() * copies.unwrap_or(1));
        let label = self.label(&column.name, column.term.as_ref());
        let _ = write!(html, "<th scope=\"{scope}\" class=\"{class}\"{rows}{columns}>{label}</th>");
    }

    /// Rows that are printed side by side, as a line of heads: all of them so many times, each as wide as so many cells.
    fn row_heads(&self, scope: &str, class: &str, times: usize, width: usize, html: &mut String) {
        html.push_str("<tr>");
        for row in (0..times).flat_map(|_| &self.rows.rows) {
            let name = row.name.as_ref().map(|name| self.label(name, row.term.as_ref())).unwrap_or_default();
            let columns = span("colspan", width);
            let _ = write!(html, "<th scope=\"{scope}\" class=\"{class}\"{columns}>{name}</th>");
        }
        html.push_str("</tr>\n");
    }

    /// The row of running column numbers (栏次).
    pub(super) fn numbers(&self, html: &mut String, number: &mut usize) {
        let Some(label) = &self.form.numbered else { return };
        let copies = if self.form.layout.one_line() { self.rows.rows.len() } else { 1 };
        html.push_str("<tr class=\"numbers\" aria-hidden=\"true\">");
        if !self.lane.head.is_empty() {
            let columns = span("colspan", self.lane.head.len());
            let _ = write!(html, "<td{columns}>{}</td>", escape(label.get(self.scope.lang)));
        }
        for _ in 0..copies * self.leaves.len() {
            let _ = write!(html, "<td>{number}</td>");
            *number += 1;
        }
        html.push_str("</tr>\n");
    }
}

/// The columns of one level of a tree.
fn at_level(columns: &[Column], level: usize) -> Vec<&Column> {
    match level.checked_sub(1) {
        None => columns.iter().collect(),
        Some(above) => columns.iter().flat_map(|column| at_level(&column.children, above)).collect(),
    }
}

fn span(attribute: &str, count: usize) -> String {
    if count > 1 { format!(" {attribute}=\"{count}\"") } else { String::new() }
}
