//! A table file meets its form: rows and columns are found by whatever name was typed, cells are read exactly.
//!
//! Nothing that was typed is dropped: a value either stands in a cell of the table, or is a finding.

mod cells;
mod columns;
mod paste;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{DataPath, Entry, Finding, Found, catalogue};
use crate::forms::{Dictionary, check_id, code_level};
use crate::model::{Cell, CellKind, Form, Lane, LaneRows, Line, Row, RowScheme, Table, Text, TypedRow};

use super::files::{CellInput, RowInput, RowsInput, TableFile};

pub(super) use cells::read_amount;
use rows::Match;

/// Binds a table file to its form.
pub(crate) fn bind(
    file: &str,
    input: &TableFile,
    form: &Arc<Form>,
    dictionary: &Dictionary,
    year: u16,
) -> Found<Option<Table>> {
    let mut binder =
        Binder { file, form, dictionary, year, findings: Vec::new(), unlisted: Cell::Blank, orders: Vec::new() };
    let lanes = binder.table(input);
    let sound = binder.findings.iter().all(|finding| !finding.is_error());
    let table = Table {
        form: Arc::clone(form),
        file: file.to_owned(),
        lanes,
        note: input.note.clone(),
        empty: input.empty.clone(),
        former: binder.former(),
        listed: binder.orders.iter().map(|order| order.iter().flatten().copied().collect()).collect(),
    };
    Found { value: sound.then_some(table), findings: binder.findings }
}

struct Binder<'a> {
    file: &'a str,
    form: &'a Form,
    dictionary: &'a Dictionary,
    year: u16,
    findings: Vec<Finding>,
    /// What a cell shows that is not given.
    unlisted: Cell,
    /// For each lane, the columns of the values as they are typed; nothing for a column that is not known.
    orders: Vec<Vec<Option<usize>>>,
}

/// A row as typed, with where it was typed.
struct Typed {
    key: String,
    path: DataPath,
    /// In a paste: its line, from 0, and the cell of that line in which each value stands.
    pasted: Option<(usize, Vec<usize>)>,
    /// In a paste: its lane, and the row heads that are filled, in the order of the form.
    heads: Option<(usize, Vec<String>)>,
    input: RowInput,
}

/// Lines of a form that are filled, by lane and place: how they were typed, and the cells.
type Filled = BTreeMap<(usize, usize), (TypedRow, Vec<Cell>)>;

impl Binder<'_> {
    fn table(&mut self, input: &TableFile) -> Vec<LaneRows> {
        let top = DataPath::top();
        if let Some(unlisted) = &input.unlisted {
            let cell = self.amount(&unlisted.0, &top.key("unlisted"), false);
            // A table without figures has no zeros either.
            if input.empty.is_none() {
                self.unlisted = cell;
            }
        }
        self.orders = self.column_orders(input.columns.as_deref().unwrap_or_default());
        let typed = input.rows.as_ref().map(|rows| self.typed(rows)).unwrap_or_default();
        if input.empty.is_some() && !typed.is_empty() {
            self.report(Finding::new(&catalogue::EMPTY_WITH_ROWS, top.key("rows").the_key().in_file(self.file)));
        }
        let lanes = self.lanes(typed);
        let shown = lanes.iter().flat_map(|lane| &lane.rows).flat_map(|row| &row.cells);
        let blank = shown.into_iter().all(|cell| *cell == Cell::Blank);
        if input.empty.is_none() && blank && self.findings.is_empty() {
            self.report(Finding::new(&catalogue::EMPTY_UNEXPLAINED, top.in_file(self.file)));
        }
        lanes
    }

    /// The rows of each lane: fixed lines as the form has them, others as they were typed.
    fn lanes(&mut self, typed: Vec<Typed>) -> Vec<LaneRows> {
        let form = self.form;
        let mut seen: BTreeMap<String, DataPath> = BTreeMap::new();
        let mut filled = Filled::new();
        let mut open: Vec<Vec<Row>> = form.lanes.iter().map(|_| Vec::new()).collect();
        for row in typed {
            let Some(found) = self.find(&row) else { continue };
            let (lane, id) = (found.lane(), self.row_id(&found, &row));
            if let Some(first) = seen.get(&id) {
                let first = first.clone().the_key().in_file(self.file);
                let finding = self.of_row(&catalogue::DUPLICATE_ROW, &row).with("name", &row.key).beside(first);
                let help = ("保留一行；科目不同的，核对编码", "keep one; if two subjects are meant, check the codes");
                self.report(advise(finding, help));
                continue;
            }
            seen.insert(id.clone(), row.path.clone());
            let (cells, typed) = self.cells(&row, lane, matches!(found, Match::Open(_)));
            let typed = TypedRow { key: row.key.clone(), cells: typed };
            match found {
                Match::Line(lane, index) => {
                    filled.insert((lane, index), (typed, cells));
                }
                Match::Code(lane, code, name) => open[lane].push(Row {
                    id: Some(id),
                    level: code_level(&code),
                    code: Some(code),
                    name: Some(name),
                    ..blank_row(typed, cells)
                }),
                Match::Total(lane, name) => {
                    open[lane].push(Row { id: Some(id), name: Some(name), total: true, ..blank_row(typed, cells) });
                }
                Match::Open(lane) => {
                    let name = self.open_name(&row);
                    open[lane].push(Row { id: Some(id), name, ..blank_row(typed, cells) });
                }
            }
        }
        form.lanes
            .iter()
            .enumerate()
            .map(|(index, lane)| match &lane.rows {
                RowScheme::Lines(lines) => LaneRows { rows: self.lines(index, lane, lines, &mut filled) },
                RowScheme::Codes { .. } | RowScheme::Open => LaneRows { rows: std::mem::take(&mut open[index]) },
            })
            .collect()
    }

    /// All lines of a form with fixed lines, filled where they were typed.
    fn lines(&self, lane_index: usize, lane: &Lane, lines: &[Line], filled: &mut Filled) -> Vec<Row> {
        lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let (typed, cells) = match filled.remove(&(lane_index, index)) {
                    Some((typed, cells)) => (Some(typed), cells),
                    None if line.id.is_some() => (None, self.unlisted_cells(lane)),
                    None => (None, vec![Cell::Blank; lane.leaves().len()]),
                };
                Row {
                    id: line.id.clone(),
                    code: line.code.clone(),
                    name: line.name.clone(),
                    number: line.number,
                    level: line.level,
                    total: line.total,
                    term: line.term.clone(),
                    unit: line.unit.clone(),
                    typed,
                    cells,
                }
            })
            .collect()
    }

    /// The cells of a row of which nothing is given. A text cell has no amount to fall back on.
    fn unlisted_cells(&self, lane: &Lane) -> Vec<Cell> {
        let leaves = lane.leaves();
        let cell = |kind| if kind == CellKind::Text { Cell::Blank } else { self.unlisted.clone() };
        leaves.iter().map(|leaf| cell(leaf.column.kind)).collect()
    }

    fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// What the codes of the form's open lists are called in other years only.
    fn former(&self) -> Vec<String> {
        let open = |lane: &Lane| match lane.rows {
            RowScheme::Codes { classification, .. } => Some(classification),
            RowScheme::Lines(_) | RowScheme::Open => None,
        };
        let names = self.form.lanes.iter().filter_map(open);
        names.flat_map(|classification| self.dictionary.former(classification, self.year)).cloned().collect()
    }

    /// A finding about a row as a whole.
    fn of_row(&self, entry: &'static Entry, row: &Typed) -> Finding {
        Finding::new(entry, row.path.clone().the_key().in_file(self.file))
    }

    /// The rows in whichever way they were typed.
    fn typed(&mut self, rows: &RowsInput) -> Vec<Typed> {
        let top = DataPath::top().key("rows");
        let row = |key: &str, path, input| Typed { key: key.to_owned(), path, pasted: None, heads: None, input };
        match rows {
            RowsInput::Map(rows) => rows.iter().map(|(key, input)| row(key, top.key(key), input.clone())).collect(),
            RowsInput::List(keys) => {
                keys.iter().enumerate().map(|(i, key)| row(&key.0, top.index(i), RowInput::Nothing)).collect()
            }
            RowsInput::Paste(text) => self.pasted(text, &top),
        }
    }

    /// The name that a row of an open lane gives itself. Its key becomes an id, and is held to that.
    fn open_name(&mut self, row: &Typed) -> Option<Text> {
        let name = match &row.input {
            RowInput::Named(values) => values.iter().find_map(|(key, value)| match value {
                CellInput::Text(text) if key == "name" => Some(text.clone()),
                _ => None,
            }),
            _ => None,
        };
        let close = if name.is_none() { self.nearest_row(row.key.trim()) } else { None };
        if name.is_none() {
            let finding = self.of_row(&catalogue::NAME_MISSING, row).with("name", &row.key);
            let help = match &close {
                Some(close) => (
                    format!("也许是 `{close}` 这一行；另加的一行要写 `name: {{zh: …, en: …}}`"),
                    format!("perhaps the row `{close}`; a row of your own needs `name: {{zh: …, en: …}}`"),
                ),
                None => ("写 `name: {zh: …, en: …}`".into(), "write `name: {zh: …, en: …}`".into()),
            };
            self.report(advise(finding, (&help.0, &help.1)));
        }
        // A mistyped row of the form is no id, and needs none.
        if let (Err(suggestion), None) = (check_id(&row.key), close) {
            let finding = self.of_row(&catalogue::BAD_ID, row);
            self.report(finding.with("id", &row.key).with("suggestion", suggestion));
        }
        name
    }
}

/// A finding with what to type instead.
fn advise(finding: Finding, (zh, en): (&str, &str)) -> Finding {
    finding.with("help", zh).with("help-en", en)
}

fn line_at(form: &Form, lane: usize, index: usize) -> &Line {
    match &form.lanes[lane].rows {
        RowScheme::Lines(lines) => &lines[index],
        // Only lines are matched by place.
        RowScheme::Codes { .. } | RowScheme::Open => unreachable!("a lane without lines has no line {index}"),
    }
}

/// A name without spaces, and with brackets and quotation marks of one width: forms print both.
fn plain_name(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '（' | '〔' | '[' | '［' => '(',
        '）' | '〕' | ']' | '］' => ')',
        '“' | '”' | '＂' | '「' | '」' => '"',
        '：' => ':',
        '，' => ',',
        other => other,
    })
}

/// Whether two names are one, but for spaces and the width of brackets and quotation marks.
fn same_name(one: &str, other: &str) -> bool {
    plain_name(one).eq(plain_name(other))
}

fn blank_row(typed: TypedRow, cells: Vec<Cell>) -> Row {
    Row {
        id: None,
        code: None,
        name: None,
        number: None,
        level: 1,
        total: false,
        term: None,
        unit: None,
        typed: Some(typed),
        cells,
    }
}
