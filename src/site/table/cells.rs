//! A cell: prose, or an amount that leads to itself, with its marks.

use std::fmt::Write as _;

use crate::diagnostics::Finding;
use crate::model::{Address, Cell, CellKind, Leaf, Row, Text};

use super::super::html::{Escaped, escape};
use super::super::prose::{self, Headings};
use super::super::scope::Scope;
use super::lane::LaneForm;
use super::tails::Tail;
use super::words::digits;

impl LaneForm<'_> {
    /// A cell with prose or an amount; `group` and `heads` are attributes with what a phone shows and says in place of the
    /// heads: the group in the tag of the cell, the heads in that of its figure, so that they are heard as one.
    pub(super) fn cell(
        &self,
        row: &Row,
        leaf: &Leaf<'_>,
        cell: &Cell,
        (group, heads): (&str, &str),
        html: &mut String,
    ) -> Result<(), Finding> {
        if let (Cell::Text(_), Some(id)) = (cell, &row.id) {
            let address = Address::cell(&self.form.id, id, leaf.id);
            let prose = match self.scope.text(&address) {
                Some(prose) => prose::html(&prose.get(self.scope.lang).pieces, self.scope, Headings::Typed)?,
                None => String::new(),
            };
            let id = escape(&address.to_string());
            let _ = write!(html, "<td class=\"text\"{group}{heads} id=\"{id}\">{prose}</td>");
            return Ok(());
        }
        self.amount_cell(row, leaf, cell, (group, heads), html);
        Ok(())
    }

    /// Where a lane holds prose, a phone shows its cells one under the other, each with its head.
    pub(super) fn data_label(&self, head: &Text) -> String {
        if self.leaves.iter().all(|leaf| leaf.column.kind == CellKind::Amount) {
            return String::new();
        }
        format!(" data-label=\"{}\"", escape(head.get(self.scope.lang)))
    }

    fn amount_cell(&self, row: &Row, leaf: &Leaf<'_>, cell: &Cell, (group, heads): (&str, &str), html: &mut String) {
        let (Some(amount), Some(id)) = (cell.amount(), &row.id) else {
            let _ = write!(html, "<td class=\"amount blank\"{group}{heads}></td>");
            return;
        };
        let zero = if amount.is_zero() { " zero" } else { "" };
        let unit = self.table.unit(row, leaf.column);
        let (tail, footnote, mark) = match self.tail(id, leaf.id) {
            Some(number) => (
                " tail",
                format!(" aria-describedby=\"_tail-{}-{number}\"", Escaped(&self.form.id)),
                format!(" data-mark=\"{number}\""),
            ),
            None => ("", String::new(), String::new()),
        };
        let (form, row, column) = (Escaped(&self.form.id), Escaped(id), Escaped(leaf.id));
        let digits = digits(amount, Some(unit), self.scope.lang);
        let _ = write!(html, "<td class=\"amount{zero}{tail}\"{group}{footnote} id=\"{form}/{row}/{column}\">");
        // A figure leads to itself: its address can be copied and sent. A zero that is alone in its row has the link
        // of the row.
        let _ = if amount.is_zero() && self.leaves.len() == 1 && !self.lane.head.is_empty() {
            write!(html, "{digits}")
        } else {
            write!(html, "<a href=\"#{form}/{row}/{column}\"{heads}{mark}>{digits}</a>")
        };
        html.push_str(&sic(&self.form.id, id, leaf.id, self.scope));
        html.push_str("</td>");
    }

    /// The mark of a total that its parts miss by a rounding tail: the number of its footnote, from 1. It is no text of the
    /// cell, which is copied and read as the figure alone.
    fn tail(&self, row: &str, column: &str) -> Option<usize> {
        let at = |(_, tail): &Tail<'_>| {
            tail.left
                .first()
                .is_some_and(|lead| lead.address.row == row && lead.address.column.as_deref() == Some(column))
        };
        self.tails.iter().position(at).map(|at| at + 1)
    }
}

/// The mark of a figure that others contradict, with the number of the reason and the way to it. As that of a tail, it is no
/// text of the cell.
pub(crate) fn sic(form: &str, row: &str, column: &str, scope: &Scope<'_>) -> String {
    let Some(at) = scope.disputes.of_cell(form, row, column) else { return String::new() };
    let (mark, dispute) = (escape(scope.word("sic").unwrap_or_default()), &scope.disputes.all[at]);
    format!(
        "<a class=\"sic\" href=\"{}\" title=\"{}\" aria-label=\"{mark}\" data-mark=\"{mark}\" data-number=\"{}\"></a>",
        escape(&scope.dispute_href(at)),
        escape(dispute.accepted.reason.get(scope.lang)),
        dispute.number,
    )
}
