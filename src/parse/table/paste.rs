//! Rows pasted from a spreadsheet: cells between tabs, row heads before the values, as the form is printed.

use crate::diagnostics::{DataPath, catalogue};
use crate::model::{Form, HeadKind, Lane, Layout, RowScheme};
use crate::parse::files::RowInput;
use crate::yaml::Scalar;

use super::{Binder, Typed, advise};

impl Binder<'_> {
    /// The rows of a paste. A path with the number of a line leads to that line of the text.
    pub(super) fn pasted(&mut self, text: &str, path: &DataPath) -> Vec<Typed> {
        let mut rows = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').map(str::trim).collect();
            let path = path.index(index);
            match self.form.layout {
                Layout::Across | Layout::Pairs => rows.extend(self.pasted_across(&cells, &path, index)),
                Layout::Lanes | Layout::Stacked => rows.extend(self.pasted_line(&cells, &path, index)),
            }
        }
        rows
    }

    /// A line of a paste: all lanes of a form stand in it, side by side.
    fn pasted_line(&mut self, cells: &[&str], path: &DataPath, line: usize) -> Vec<Typed> {
        let form = self.form;
        let mut rows = Vec::new();
        let joined = joined_code(form, cells);
        let cells: Vec<&str> = match &joined {
            Some(code) => std::iter::once(code.as_str()).chain(cells[3..].iter().copied()).collect(),
            None => cells.to_vec(),
        };
        let codes_only = joined.is_none() && is_without_names(form, &cells, self.orders.first().map_or(0, Vec::len));
        let mut rest = cells.as_slice();
        // A code of three cells is one from here on.
        let shift = if joined.is_some() { 2 } else { 0 };
        let place = |values: &[&str], rest: &[&str]| {
            let first = shift + cells.len() - rest.len() - values.len();
            (line, (first..first + values.len()).collect())
        };
        for (index, lane) in form.lanes.iter().enumerate() {
            let heads = if codes_only { 1 } else { lane.head.len().max(1) };
            let (own, after) = rest.split_at((heads + self.orders[index].len()).min(rest.len()));
            rest = after;
            let (head, values) = own.split_at(heads.min(own.len()));
            // Lines are numbered only where the form has fixed lines.
            let numbered = matches!(lane.rows, RowScheme::Lines(_));
            let names = |at: usize| lane.head.get(at).is_none_or(|head| numbered || head.kind != HeadKind::Line);
            let filled: Vec<String> = head
                .iter()
                .enumerate()
                .filter(|(at, cell)| !cell.is_empty() && names(*at))
                .map(|(_, cell)| (*cell).to_owned())
                .collect();
            let row = pasted_row(
                filled.first().cloned().unwrap_or_default(),
                (index, filled),
                values,
                path,
                place(values, rest),
            );
            if !row.key.is_empty() {
                rows.push(row);
            } else if values.iter().any(|value| !value.is_empty()) {
                let help =
                    ("这些数前面没有科目、名称或行次", "no code, name or line number stands before these values");
                self.pasted_count(&row, values.len(), 0, help);
            }
        }
        if rest.iter().any(|cell| !cell.is_empty()) {
            let row = pasted_row(String::new(), (0, Vec::new()), rest, path, place(rest, &[]));
            let width: usize = self.orders.iter().map(Vec::len).sum();
            let help = (
                "删去多出的格，或核对是否串了栏",
                "remove the cells that are too many, or see whether columns shifted",
            );
            self.pasted_count(&row, width + rest.len(), width, help);
        }
        rows
    }

    /// The one line of a form whose rows are printed as groups of columns.
    fn pasted_across(&mut self, cells: &[&str], path: &DataPath, number: usize) -> Vec<Typed> {
        let pairs = self.form.layout == Layout::Pairs;
        let (Some(lane), Some(order)) = (self.form.lanes.first(), self.orders.first()) else { return Vec::new() };
        let RowScheme::Lines(lines) = &lane.rows else { return Vec::new() };
        let (width, count) = (order.len(), lines.len() * order.len());
        if cells.len() != count {
            let row = pasted_row(String::new(), (0, Vec::new()), cells, path, (number, Vec::new()));
            let names: Vec<&str> = lines.iter().filter_map(|line| Some(line.name.as_ref()?.zh.as_str())).collect();
            let ids: Vec<&str> = lines.iter().filter_map(|line| line.id.as_deref()).collect();
            let help = if pairs {
                (
                    format!("共 {width} 栏，每栏依次是{}，空着的也占一格", names.join("、")),
                    format!("for each of {width} columns: {}; a blank is a cell too", ids.join(", ")),
                )
            } else {
                (
                    format!("依次是{}，各 {width} 个数，空着的也占一格", names.join("、")),
                    format!("{width} values each for {}, one after the other; a blank is a cell too", ids.join(", ")),
                )
            };
            self.pasted_count(&row, cells.len(), count, (&help.0, &help.1));
            return Vec::new();
        }
        lines
            .iter()
            .enumerate()
            .map(|(row, fixed)| {
                let id = fixed.id.clone().unwrap_or_default();
                let at: Vec<usize> = if pairs {
                    (row..count).step_by(lines.len()).collect()
                } else {
                    (row * width..(row + 1) * width).collect()
                };
                let values: Vec<&str> = at.iter().map(|&at| cells[at]).collect();
                pasted_row(id.clone(), (0, vec![id]), &values, path, (number, at))
            })
            .collect()
    }

    /// A finding about how many cells a line has.
    fn pasted_count(&mut self, row: &Typed, found: usize, expected: usize, help: (&str, &str)) {
        let leaves = self.form.lanes.iter().map(crate::model::Lane::leaves);
        let columns: Vec<_> = leaves
            .zip(&self.orders)
            .flat_map(|(leaves, order)| order.iter().flatten().map(|&at| leaves[at]).collect::<Vec<_>>())
            .collect();
        let names: Vec<&str> = columns.iter().map(|leaf| leaf.column.name.zh.as_str()).collect();
        let ids: Vec<&str> = columns.iter().map(|leaf| leaf.id).collect();
        let finding = self
            .of_row(&catalogue::COLUMN_COUNT, row)
            .with("found", found)
            .with("expected", expected)
            .with("columns", names.join("、"))
            .with("columns-en", ids.join(", "));
        self.report(advise(finding, help));
    }
}

/// The code of a line whose 类, 款 and 项 stand in three cells: `201 | 03 | 01`, or all blank before the total. A
/// spreadsheet may have taken the zero from `03`. Nothing where the code stands in one cell, as the form has it.
fn joined_code(form: &Form, cells: &[&str]) -> Option<String> {
    let [Lane { head, rows: RowScheme::Codes { .. }, .. }] = form.lanes.as_slice() else { return None };
    let [class, division, item, name, ..] = cells else { return None };
    let digits = |cell: &str, most: usize| cell.len() <= most && cell.bytes().all(|b| b.is_ascii_digit());
    // Without a name it could be a code and the first of its values.
    let named = name.starts_with(|c: char| !c.is_ascii_digit() && c != '-');
    let split = digits(class, 3) && digits(division, 2) && digits(item, 2) && named;
    if head.len() < 2 || head[0].kind != HeadKind::Code || !split {
        return None;
    }
    let two = |cell: &str| if cell.is_empty() { String::new() } else { format!("{cell:0>2}") };
    Some(format!("{class}{}{}", two(division), two(item)))
}

/// Whether a line has its code, or the name of the total, and no cell for the name: `201 | 60.00 | …`.
fn is_without_names(form: &Form, cells: &[&str], values: usize) -> bool {
    let [Lane { head, rows: RowScheme::Codes { total, .. }, .. }] = form.lanes.as_slice() else { return false };
    let [first, rest @ ..] = cells else { return false };
    let coded = head.len() == 2 && head[0].kind == HeadKind::Code && values > 0 && rest.len() == values;
    let code = first.bytes().all(|b| b.is_ascii_digit() || b == b' ') && !first.is_empty();
    // With names, the first of these would be one; where that is blank, a value may be missing instead.
    let amount = |cell: &&str| cell.bytes().all(|b| b.is_ascii_digit() || b",.-".contains(&b));
    coded && (code || super::same_name(first, &total.zh)) && !rest[0].is_empty() && rest.iter().all(amount)
}

fn pasted_row(
    key: String,
    heads: (usize, Vec<String>),
    values: &[&str],
    path: &DataPath,
    place: (usize, Vec<usize>),
) -> Typed {
    let values = values.iter().map(|value| Scalar((*value).to_owned())).collect();
    Typed { key, path: path.clone(), pasted: Some(place), heads: Some(heads), input: RowInput::Many(values) }
}
