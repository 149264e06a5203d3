//! A table file meets its form: rows and columns are found by whatever name was typed, cells are read exactly.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{DataPath, Finding, Found, catalogue};
use crate::forms::{Dictionary, code_level};
use crate::model::{
    Amount, AmountError, Cell, CellKind, Classification, Form, Lane, LaneRows, Layout, Leaf, Line, Row, RowScheme,
    Table, Text,
};

use super::files::{CellInput, RowInput, RowsInput, TableFile};
use super::nearest::nearest;

/// Binds a table file to its form.
pub(crate) fn bind(
    file: &str,
    input: &TableFile,
    form: &Arc<Form>,
    dictionary: &Dictionary,
    year: u16,
) -> Found<Option<Table>> {
    let mut binder = Binder { file, form, dictionary, year, findings: Vec::new(), unlisted: Cell::Blank };
    let lanes = binder.table(input);
    let sound = binder.findings.iter().all(|finding| !finding.is_error());
    let table = Table {
        form: Arc::clone(form),
        file: file.to_owned(),
        lanes,
        note: input.note.clone(),
        empty: input.empty.clone(),
    };
    Found { value: sound.then_some(table), findings: binder.findings }
}

struct Binder<'a> {
    file: &'a str,
    form: &'a Form,
    dictionary: &'a Dictionary,
    year: u16,
    findings: Vec<Finding>,
    unlisted: Cell,
}

/// A row as typed, with where it was typed.
struct Typed {
    key: String,
    path: DataPath,
    input: RowInput,
}

/// The row that a key names.
enum Match {
    /// A fixed line: its lane and its place in it.
    Line(usize, usize),
    /// A code of an open list.
    Code(usize, String, Text),
    /// The total row of an open list.
    Total(usize, Text),
    /// A row that the file itself names.
    Open(usize),
}

impl Binder<'_> {
    fn table(&mut self, input: &TableFile) -> Vec<LaneRows> {
        let top = DataPath::top();
        if let Some(unlisted) = &input.unlisted {
            self.unlisted = self.amount(&unlisted.0, &top.key("unlisted"));
        }
        let typed = input.rows.as_ref().map(|rows| self.typed(rows)).unwrap_or_default();
        if input.empty.is_some() && !typed.is_empty() {
            self.report(Finding::new(&catalogue::EMPTY_WITH_ROWS, top.key("rows").the_key().in_file(self.file)));
        }
        if input.empty.is_none() && typed.is_empty() && input.unlisted.is_none() {
            self.report(Finding::new(&catalogue::EMPTY_UNEXPLAINED, top.clone().in_file(self.file)));
        }
        let form = self.form;
        let orders: Vec<Vec<Option<usize>>> = form
            .lanes
            .iter()
            .map(|lane| self.column_order(lane, input.columns.as_deref().unwrap_or_default()))
            .collect();
        let mut seen: BTreeMap<String, DataPath> = BTreeMap::new();
        let mut fixed: BTreeMap<(usize, usize), (String, Vec<Cell>)> = BTreeMap::new();
        let mut open: Vec<Vec<Row>> = form.lanes.iter().map(|_| Vec::new()).collect();
        for row in typed {
            let Some(found) = self.find(&row) else { continue };
            let (lane, id) = match &found {
                Match::Line(lane, index) => (*lane, line_at(form, *lane, *index).id.clone().unwrap_or_default()),
                Match::Code(lane, code, _) => (*lane, code.clone()),
                Match::Total(lane, _) => (*lane, "total".to_owned()),
                Match::Open(lane) => (*lane, row.key.clone()),
            };
            if let Some(first) = seen.get(&id) {
                let finding = Finding::new(&catalogue::DUPLICATE_ROW, row.path.clone().the_key().in_file(self.file))
                    .with("name", &row.key)
                    .beside(first.clone().the_key().in_file(self.file));
                self.report(finding);
                continue;
            }
            seen.insert(id.clone(), row.path.clone());
            let cells = self.cells(&row, &form.lanes[lane], &orders[lane]);
            let typed = Some(row.key.clone());
            match found {
                Match::Line(lane, index) => {
                    fixed.insert((lane, index), (row.key, cells));
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
                    let name = own_name(&row);
                    open[lane].push(Row { id: Some(id), name, ..blank_row(typed, cells) });
                }
            }
        }
        form.lanes
            .iter()
            .enumerate()
            .map(|(index, lane)| match &lane.rows {
                RowScheme::Lines(lines) => LaneRows { rows: self.lines(index, lane, lines, &mut fixed) },
                RowScheme::Codes { .. } | RowScheme::Open => LaneRows { rows: std::mem::take(&mut open[index]) },
            })
            .collect()
    }

    /// All lines of a form with fixed lines, filled where they were typed.
    fn lines(
        &self,
        lane_index: usize,
        lane: &Lane,
        lines: &[Line],
        fixed: &mut BTreeMap<(usize, usize), (String, Vec<Cell>)>,
    ) -> Vec<Row> {
        let width = lane.leaves().len();
        lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let unlisted = if line.id.is_some() { self.unlisted.clone() } else { Cell::Blank };
                let (typed, cells) = match fixed.remove(&(lane_index, index)) {
                    Some((typed, cells)) => (Some(typed), cells),
                    None => (None, vec![unlisted; width]),
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

    fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The rows in whichever way they were typed.
    fn typed(&mut self, rows: &RowsInput) -> Vec<Typed> {
        let top = DataPath::top().key("rows");
        match rows {
            RowsInput::Map(rows) => rows
                .iter()
                .map(|(key, input)| Typed { key: key.clone(), path: top.key(key), input: input.clone() })
                .collect(),
            RowsInput::List(keys) => keys
                .iter()
                .enumerate()
                .map(|(i, key)| Typed { key: key.0.clone(), path: top.index(i), input: RowInput::Nothing })
                .collect(),
            RowsInput::Paste(text) => {
                text.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| self.pasted(line, &top)).collect()
            }
        }
    }

    /// A line of a paste: both lanes of a two-lane form stand in it, row heads before the values.
    fn pasted(&mut self, line: &str, path: &DataPath) -> Vec<Typed> {
        let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').map(str::trim).collect();
        if self.form.layout == Layout::Across {
            return self.pasted_across(&cells, path);
        }
        let mut typed = Vec::new();
        let mut rest = cells.as_slice();
        for lane in &self.form.lanes {
            let heads = lane.head.len().max(1);
            let width = heads + lane.leaves().len();
            let alone = self.form.lanes.len() == 1;
            let (own, after) = if alone { (rest, &rest[rest.len()..]) } else { rest.split_at(width.min(rest.len())) };
            rest = after;
            let (head, values) = own.split_at(heads.min(own.len()));
            // Codes go before names, names before line numbers: the first head that is filled names the row.
            if let Some(key) = head.iter().find(|cell| !cell.is_empty()) {
                let values = values.iter().map(|value| crate::yaml::Scalar((*value).to_owned())).collect();
                typed.push(Typed { key: (*key).to_owned(), path: path.clone(), input: RowInput::Many(values) });
            }
        }
        typed
    }

    fn pasted_across(&self, cells: &[&str], path: &DataPath) -> Vec<Typed> {
        let lane = &self.form.lanes[0];
        let RowScheme::Lines(lines) = &lane.rows else { return Vec::new() };
        let width = lane.leaves().len();
        lines
            .iter()
            .zip(cells.chunks(width))
            .map(|(line, chunk)| Typed {
                key: line.id.clone().unwrap_or_default(),
                path: path.clone(),
                input: RowInput::Many(chunk.iter().map(|cell| crate::yaml::Scalar((*cell).to_owned())).collect()),
            })
            .collect()
    }

    /// The row that was meant.
    fn find(&mut self, row: &Typed) -> Option<Match> {
        let key = row.key.trim();
        let mut matches = Vec::new();
        for (index, lane) in self.form.lanes.iter().enumerate() {
            match &lane.rows {
                RowScheme::Lines(lines) => {
                    let named = lines.iter().enumerate().filter(|(_, line)| line_is(line, key));
                    matches.extend(named.map(|(at, _)| Match::Line(index, at)));
                }
                RowScheme::Codes { classification, total } => {
                    self.find_code(index, *classification, total, key, &mut matches);
                }
                RowScheme::Open => {
                    // An open lane takes what no other lane knows.
                    let claimed =
                        !matches.is_empty() || self.form.lanes[index + 1..].iter().any(|lane| knows(lane, key));
                    let fits = open_fits(lane, &row.input);
                    if !claimed && fits {
                        matches.push(Match::Open(index));
                    }
                }
            }
        }
        match matches.len() {
            0 => {
                let finding = self.unknown_row(row);
                self.report(finding);
                None
            }
            1 => {
                let found = matches.pop();
                if let Some(Match::Line(lane, index)) = &found
                    && line_at(self.form, *lane, *index).id.is_none()
                {
                    let finding = Finding::new(&catalogue::BLANK_ROW, row.path.clone().the_key().in_file(self.file));
                    self.report(finding.with("name", key));
                    return None;
                }
                found
            }
            _ => {
                let candidates: Vec<String> = matches.iter().map(|found| self.exact_name(found)).collect();
                let finding = Finding::new(&catalogue::AMBIGUOUS_ROW, row.path.clone().the_key().in_file(self.file))
                    .with("name", key)
                    .with("candidates", candidates.join("、"));
                self.report(finding);
                None
            }
        }
    }

    fn find_code(
        &self,
        lane: usize,
        classification: Classification,
        total: &Text,
        key: &str,
        matches: &mut Vec<Match>,
    ) {
        if key == "total" || plain_name(key) == plain_name(&total.zh) {
            matches.push(Match::Total(lane, total.clone()));
            return;
        }
        let code: String = key.chars().filter(|c| !c.is_whitespace()).collect();
        if code.bytes().all(|b| b.is_ascii_digit()) {
            if let Some(name) = self.dictionary.name(classification, &code, self.year) {
                matches.push(Match::Code(lane, code, name.clone()));
            }
            return;
        }
        let wanted = plain_name(key);
        for (code, name) in self.dictionary.codes(classification, self.year) {
            if plain_name(&name.zh) == wanted {
                matches.push(Match::Code(lane, code.to_owned(), name.clone()));
            }
        }
    }

    fn unknown_row(&self, row: &Typed) -> Finding {
        let key = row.key.trim();
        let codes = self.form.lanes.iter().find_map(|lane| match &lane.rows {
            RowScheme::Codes { classification, .. } => Some(*classification),
            _ => None,
        });
        let digits = key.chars().filter(|c| !c.is_whitespace()).all(|c| c.is_ascii_digit());
        if let (Some(classification), true) = (codes, digits) {
            let known: Vec<&str> = self.dictionary.codes(classification, self.year).map(|(code, _)| code).collect();
            let close = nearest(key, known.iter().copied());
            let (help, help_en) = match close {
                Some(code) => (
                    format!("也许是 `{code}`；新编码请在 content/terms.yaml 中写出名称"),
                    format!("perhaps `{code}`; a new code is named in content/terms.yaml"),
                ),
                None => ("在 content/terms.yaml 中写出它的中英文名称".into(), "name it in content/terms.yaml".into()),
            };
            return Finding::new(&catalogue::UNKNOWN_CODE, row.path.clone().the_key().in_file(self.file))
                .with("year", self.year)
                .with("code", key)
                .with("help", help)
                .with("help-en", help_en);
        }
        let mut names = Vec::new();
        for lane in &self.form.lanes {
            match &lane.rows {
                RowScheme::Lines(lines) => {
                    for line in lines {
                        names.extend(line.bare_name.clone());
                        names.extend(line.id.clone());
                    }
                }
                RowScheme::Codes { classification, total } => {
                    names.push(total.zh.clone());
                    names.extend(self.dictionary.codes(*classification, self.year).map(|(_, name)| name.zh.clone()));
                }
                RowScheme::Open => {}
            }
        }
        let close = nearest(key, names.iter().map(String::as_str));
        let finding =
            Finding::new(&catalogue::UNKNOWN_ROW, row.path.clone().the_key().in_file(self.file)).with("name", key);
        match close {
            Some(name) => finding.with("help", format!("也许是 `{name}`")).with("help-en", format!("perhaps `{name}`")),
            None => finding
                .with("help", "用表上印的名称、科目编码、行次或标识")
                .with("help-en", "use the printed name, the code, the line number or the id"),
        }
    }

    fn exact_name(&self, found: &Match) -> String {
        match found {
            Match::Line(lane, index) => {
                let Line { id, number, .. } = line_at(self.form, *lane, *index);
                number.map_or_else(|| id.clone().unwrap_or_default(), |number| number.to_string())
            }
            Match::Code(_, code, _) => code.clone(),
            Match::Total(..) => "total".to_owned(),
            Match::Open(lane) => self.form.lanes[*lane].id.clone(),
        }
    }

    /// For each value that is typed, the index of its column; nothing for a column that is not known.
    fn column_order(&mut self, lane: &Lane, columns: &[crate::yaml::Scalar]) -> Vec<Option<usize>> {
        let leaves = lane.leaves();
        if columns.is_empty() {
            return (0..leaves.len()).map(Some).collect();
        }
        let mut order = Vec::new();
        for (index, name) in columns.iter().enumerate() {
            let mut found = leaves.iter().enumerate().filter(|(_, leaf)| column_is(leaf, &name.0));
            match (found.next(), found.next()) {
                (Some((at, _)), None) => order.push(Some(at)),
                // With several lanes a column may belong to another one.
                (None, _)
                    if self.form.lanes.iter().any(|lane| lane.leaves().iter().any(|leaf| column_is(leaf, &name.0))) => {
                }
                _ => {
                    let path = DataPath::top().key("columns").index(index);
                    let finding = self.unknown_column(lane, &name.0, path);
                    self.report(finding);
                    order.push(None);
                }
            }
        }
        order
    }

    fn unknown_column(&self, lane: &Lane, name: &str, path: DataPath) -> Finding {
        let leaves = lane.leaves();
        let ids: Vec<&str> = leaves.iter().map(|leaf| leaf.id).collect();
        let names: Vec<&str> = leaves.iter().map(|leaf| leaf.column.name.zh.as_str()).collect();
        let finding = Finding::new(&catalogue::UNKNOWN_COLUMN, path.in_file(self.file))
            .with("name", name)
            .with("columns", names.join("、"))
            .with("columns-en", ids.join(", "));
        match nearest(name, names.iter().chain(&ids).copied()) {
            Some(close) => {
                finding.with("help", format!("也许是 `{close}`")).with("help-en", format!("perhaps `{close}`"))
            }
            None => finding.with("help", "用表上印的栏目名称或标识").with("help-en", "use the printed name or the id"),
        }
    }

    /// The cells of a row, in the order of the form's columns.
    fn cells(&mut self, row: &Typed, lane: &Lane, order: &[Option<usize>]) -> Vec<Cell> {
        let leaves = lane.leaves();
        let mut cells = vec![self.unlisted.clone(); leaves.len()];
        match &row.input {
            RowInput::Nothing => {}
            RowInput::One(text) if order.len() == 1 => {
                let cell = self.cell(text, &row.path);
                if let Some(column) = order[0] {
                    cells[column] = cell;
                }
            }
            RowInput::One(text) => self.wrong_count(row, &leaves, order, std::slice::from_ref(text)),
            RowInput::Many(values) => {
                let texts: Vec<String> = values.iter().map(|value| value.0.clone()).collect();
                if texts.len() == order.len() {
                    for (at, (text, column)) in texts.iter().zip(order).enumerate() {
                        let path = if matches!(row.path.steps.last(), Some(crate::diagnostics::Step::Key(key)) if key == &row.key)
                        {
                            row.path.index(at)
                        } else {
                            row.path.clone()
                        };
                        let cell = self.cell(text, &path);
                        if let Some(column) = column {
                            cells[*column] = cell;
                        }
                    }
                } else {
                    self.wrong_count(row, &leaves, order, &texts);
                }
            }
            RowInput::Named(values) => {
                for (key, value) in values {
                    if key == "name" {
                        continue;
                    }
                    let path = row.path.key(key);
                    let Some(column) = leaves.iter().position(|leaf| column_is(leaf, key)) else {
                        let finding = self.unknown_column(lane, key, path.the_key());
                        self.report(finding);
                        continue;
                    };
                    cells[column] = self.named_cell(value, leaves[column].column.kind, &path);
                }
            }
        }
        // A text cell has no amount to fall back on.
        for (cell, leaf) in cells.iter_mut().zip(&leaves) {
            if leaf.column.kind == CellKind::Text && matches!(cell, Cell::Amount(_)) {
                *cell = Cell::Blank;
            }
        }
        cells
    }

    fn named_cell(&mut self, value: &CellInput, kind: CellKind, path: &DataPath) -> Cell {
        match (value, kind) {
            (CellInput::Text(text), CellKind::Text) => Cell::Text(text.clone()),
            (CellInput::Scalar(text), CellKind::Amount) => self.cell(text, path),
            (CellInput::Scalar(_), CellKind::Text) => {
                let finding = Finding::new(&catalogue::YAML_TYPE, path.clone().in_file(self.file))
                    .with("detail", "这一栏是文字")
                    .with("expected", "两种语言的文字")
                    .with("expected-en", "a text in both languages")
                    .with("help", "写 `{zh: …, en: …}`")
                    .with("help-en", "write `{zh: …, en: …}`");
                self.report(finding);
                Cell::Blank
            }
            (CellInput::Text(_), CellKind::Amount) => {
                let finding = Finding::new(&catalogue::YAML_TYPE, path.clone().in_file(self.file))
                    .with("detail", "这一栏是金额")
                    .with("expected", "数字")
                    .with("expected-en", "an amount")
                    .with("help", "写数字，如 79.88")
                    .with("help-en", "write a number, as 79.88");
                self.report(finding);
                Cell::Blank
            }
        }
    }

    fn wrong_count(&mut self, row: &Typed, leaves: &[Leaf<'_>], order: &[Option<usize>], texts: &[String]) {
        let names: Vec<&str> = order.iter().flatten().map(|&at| leaves[at].column.name.zh.as_str()).collect();
        let ids: Vec<&str> = order.iter().flatten().map(|&at| leaves[at].id).collect();
        let finding = Finding::new(&catalogue::COLUMN_COUNT, row.path.clone().in_file(self.file))
            .with("found", texts.len())
            .with("expected", order.len())
            .with("columns", names.join("、"))
            .with("columns-en", ids.join(", "));
        // `[1,066.66]` is two values to YAML.
        let grouped = texts.windows(2).find(|pair| {
            let whole = pair[0].len() <= 3 && !pair[0].is_empty() && pair[0].bytes().all(|b| b.is_ascii_digit());
            let rest = pair[1].split('.').next().unwrap_or_default();
            whole && rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_digit())
        });
        let finding = match grouped {
            Some(pair) => {
                finding.with("help", format!("数字中不要千分位逗号：`{0},{1}` 写作 `{0}{1}`", pair[0], pair[1])).with(
                    "help-en",
                    format!("no comma between thousands: write `{0}{1}`, not `{0},{1}`", pair[0], pair[1]),
                )
            }
            None => {
                finding.with("help", "一栏一个数，空着的写 ~；只有部分栏目有数的，用 `columns:` 列出这些栏目").with(
                    "help-en",
                    "one value a column, ~ for a blank; list the columns in `columns:` if only some have figures",
                )
            }
        };
        self.report(finding);
    }

    fn cell(&mut self, text: &str, path: &DataPath) -> Cell {
        match text.trim() {
            "" | "~" | "null" => Cell::Blank,
            text => self.amount(text, path),
        }
    }

    fn amount(&mut self, text: &str, path: &DataPath) -> Cell {
        let decimals = self.form.decimals;
        match read_amount(text, decimals, path, self.file) {
            Ok(amount) => Cell::Amount(amount.with_decimals(decimals)),
            Err(finding) => {
                self.report(*finding);
                Cell::Blank
            }
        }
    }
}

/// Reads an amount with at most `decimals` decimals.
pub(super) fn read_amount(text: &str, decimals: u32, path: &DataPath, file: &str) -> Result<Amount, Box<Finding>> {
    let place = path.clone().in_file(file);
    match Amount::parse(text) {
        Ok(amount) if amount.decimals() > decimals => Err(Box::new(
            Finding::new(&catalogue::DECIMALS, place)
                .with("text", text)
                .with("found", amount.decimals())
                .with("allowed", decimals),
        )),
        Ok(amount) => Ok(amount),
        Err(error) => {
            let (why, why_en) = match error {
                AmountError::FullWidth => ("含全角字符", "it has full-width characters"),
                AmountError::Grouped => ("含千分位逗号", "it has commas between thousands"),
                AmountError::Exponent => ("是科学计数法", "it has an exponent"),
                AmountError::Lookalike => ("含形似数字的字母", "it has letters that look like digits"),
                AmountError::TooLong => ("位数过多", "it has too many digits"),
                AmountError::Malformed => ("不是数字", "it is no number"),
            };
            let finding =
                Finding::new(&catalogue::AMOUNT, place).with("text", text).with("why", why).with("why-en", why_en);
            Err(Box::new(match Amount::suggest(text) {
                Some(meant) => {
                    finding.with("help", format!("也许是 {meant}")).with("help-en", format!("perhaps {meant}"))
                }
                None => finding.with("help", "按原表填写数字").with("help-en", "type the number that the form shows"),
            }))
        }
    }
}

fn line_at(form: &Form, lane: usize, index: usize) -> &Line {
    match &form.lanes[lane].rows {
        RowScheme::Lines(lines) => &lines[index],
        // Only lines are matched by place.
        RowScheme::Codes { .. } | RowScheme::Open => unreachable!("a lane without lines has no line {index}"),
    }
}

fn line_is(line: &Line, key: &str) -> bool {
    let wanted = plain_name(key);
    line.id.as_deref() == Some(key)
        || line.code.as_deref() == Some(key)
        || line.number.is_some_and(|number| number.to_string() == key)
        || line.name.as_ref().is_some_and(|name| plain_name(&name.zh) == wanted)
        || line.bare_name.as_ref().is_some_and(|name| plain_name(name) == wanted)
}

fn knows(lane: &Lane, key: &str) -> bool {
    matches!(&lane.rows, RowScheme::Lines(lines) if lines.iter().any(|line| line_is(line, key)))
}

fn column_is(leaf: &Leaf<'_>, key: &str) -> bool {
    let wanted = plain_name(key);
    leaf.id == key.trim() || plain_name(&leaf.column.name.zh) == wanted || plain_name(&leaf.column.name.en) == wanted
}

/// A name without spaces, and with brackets and quotation marks of one width: forms print both.
pub(super) fn plain_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '（' | '〔' | '[' | '［' => '(',
            '）' | '〕' | ']' | '］' => ')',
            '“' | '”' | '＂' | '「' | '」' => '"',
            '：' => ':',
            '，' => ',',
            other => other,
        })
        .collect()
}

fn blank_row(typed: Option<String>, cells: Vec<Cell>) -> Row {
    Row { id: None, code: None, name: None, number: None, level: 1, total: false, term: None, unit: None, typed, cells }
}

/// Whether the columns that a row names exist in an open lane.
fn open_fits(lane: &Lane, input: &RowInput) -> bool {
    let RowInput::Named(cells) = input else { return true };
    let leaves = lane.leaves();
    cells.iter().all(|(key, _)| key == "name" || leaves.iter().any(|leaf| column_is(leaf, key)))
}

/// The name that a row of an open lane gives itself.
fn own_name(row: &Typed) -> Option<Text> {
    let RowInput::Named(values) = &row.input else { return None };
    values.iter().find_map(|(key, value)| match value {
        CellInput::Text(text) if key == "name" => Some(text.clone()),
        _ => None,
    })
}
