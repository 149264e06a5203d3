//! The rows of a lane, one below the other, or all of them in one line.

use std::fmt::Write as _;

use crate::diagnostics::Finding;
use crate::model::{HeadKind, Lang, Layout, Row, Text};

use super::super::html::{Escaped, escape};
use super::lane::LaneForm;
use super::words::paths;

impl LaneForm<'_> {
    pub(super) fn body(&self, html: &mut String) -> Result<(), Finding> {
        let rows = &self.rows.rows;
        let missing = self.longest - rows.len();
        let totals = rows.iter().rev().take_while(|row| row.total).count();
        let (fold, lane) = self.fold;
        let mut above = 0;
        for (index, row) in rows.iter().enumerate() {
            // On a wide screen the totals at the foot of both lanes stand in one line.
            if index == rows.len() - totals && self.form.layout == Layout::Lanes {
                self.filler(html, "filler", missing);
            }
            if row.total {
                self.filler(html, "pad", fold.pad(lane, above));
                above += 1;
            }
            self.row(row, fold.hides(lane, index), html)?;
        }
        if totals == 0 && self.form.layout == Layout::Lanes {
            self.filler(html, "filler", missing);
        }
        self.filler(html, "pad", fold.pad(lane, above));
        Ok(())
    }

    fn filler(&self, html: &mut String, class: &str, count: usize) {
        let cells = "<td></td>".repeat(self.lane.head.len() + self.leaves.len());
        for _ in 0..count {
            let _ = writeln!(html, "<tr class=\"row {class}\" aria-hidden=\"true\">{cells}</tr>");
        }
    }

    fn row(&self, row: &Row, folds: bool, html: &mut String) -> Result<(), Finding> {
        let blank = row.id.is_none();
        let kind = if blank {
            " blank-line"
        } else if row.total {
            " total"
        } else if folds {
            " zeros"
        } else {
            ""
        };
        let _ = write!(html, "<tr class=\"row level-{}{kind}\"", row.level);
        match &row.id {
            Some(id) => {
                let _ = write!(html, " id=\"{}/{}\"", escape(&self.form.id), escape(id));
            }
            None => html.push_str(" aria-hidden=\"true\""),
        }
        html.push('>');
        for head in &self.lane.head {
            match head.kind {
                HeadKind::Code => {
                    let code = escape(row.code.as_deref().unwrap_or_default());
                    let _ = write!(html, "<td class=\"code\">{}</td>", self.here(row, &code)?);
                }
                HeadKind::Line => {
                    let line = row.number.map(|number| number.to_string()).unwrap_or_default();
                    let _ = write!(html, "<td class=\"line\">{}</td>", self.here(row, &line)?);
                }
                HeadKind::Name => match &row.name {
                    Some(name) => self.name(row, name, &self.data_label(&head.title), html)?,
                    None => html.push_str("<td class=\"name\"></td>"),
                },
            }
        }
        for (leaf, cell) in self.leaves.iter().zip(&row.cells) {
            self.cell(row, leaf, cell, ("", &self.data_label(&leaf.column.name)), html)?;
        }
        html.push_str("</tr>\n");
        Ok(())
    }

    /// The head of a row. Where no code and no line number is the link to the row, it is that link itself, or, as it leads
    /// to a term, has a mark for it; for what is heard with each cell the mark is not a part of the name.
    fn name(&self, row: &Row, name: &Text, attributes: &str, html: &mut String) -> Result<(), Finding> {
        let numbered = self.lane.head.iter().any(|head| head.kind != HeadKind::Name);
        let own = row.id.as_ref().filter(|_| !numbered).map(|id| self.row_href(id));
        let is_term = row.term.as_ref().is_some_and(|term| self.scope.term_href(term).is_some());
        let (said, label) = match own {
            Some(href) if !is_term => (String::new(), self.named(name, &format!("<a href=\"{href}\">"))),
            Some(_) => (
                format!(" aria-label=\"{}\"", escape(name.get(self.scope.lang))),
                self.label(name, row.term.as_ref()) + &self.here(row, "")?,
            ),
            None => (String::new(), self.label(name, row.term.as_ref())),
        };
        let _ = write!(html, "<th scope=\"row\" class=\"name\"{said}{attributes}>{label}</th>");
        Ok(())
    }

    /// The code or line number of a row as a link to the row itself, which a reader can copy and send; a mark where the row
    /// has none.
    fn here(&self, row: &Row, text: &str) -> Result<String, Finding> {
        let Some(id) = &row.id else { return Ok(text.to_owned()) };
        let href = self.row_href(id);
        if !text.is_empty() {
            return Ok(format!("<a href=\"{href}\">{text}</a>"));
        }
        let label = escape(self.scope.word("row_link")?);
        let name = row.name.as_ref().map(|name| escape(name.get(self.scope.lang))).unwrap_or_default();
        Ok(format!("<a class=\"here\" href=\"{href}\" aria-label=\"{label}{name}\"></a>"))
    }

    fn row_href(&self, id: &str) -> String {
        format!("#{}/{}", Escaped(&self.form.id), Escaped(id))
    }

    pub(super) fn row_across(&self, html: &mut String) -> Result<(), Finding> {
        html.push_str("<tr class=\"row across\">");
        let lang = self.scope.lang;
        let (labels, rows) = (paths(self.lane, lang), &self.rows.rows);
        let (width, height) = (self.leaves.len(), rows.len());
        let comma = if lang == Lang::Zh { "，" } else { ", " };
        for at in 0..width * height {
            // Row by row, or for each column its rows.
            let (row, column) =
                if self.form.layout == Layout::Pairs { (at % height, at / height) } else { (at / width, at % width) };
            let group = rows[row].name.as_ref().map(|name| escape(name.get(lang))).unwrap_or_default();
            let label = escape(&labels[column]);
            // Every figure says its whole path; its group is shown once.
            let heads = format!(" data-label=\"{label}\" data-heads=\"{group}{comma}{label}{comma}\"");
            let group = if column == 0 { format!(" data-group=\"{group}\"") } else { String::new() };
            self.cell(&rows[row], &self.leaves[column], &rows[row].cells[column], (&group, &heads), html)?;
        }
        html.push_str("</tr>\n");
        Ok(())
    }
}
