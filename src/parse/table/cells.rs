//! The cells of a row: every value in its column, and every amount as it was typed.

use std::collections::BTreeMap;

use crate::diagnostics::{DataPath, Finding, catalogue};
use crate::model::{Amount, AmountError, Cell, CellKind, Leaf, TypedCells};
use crate::parse::files::{CellInput, RowInput};

use super::{Binder, Typed, advise};

impl Binder<'_> {
    /// The cells of a row, in the order of the form's columns, and how they were typed. Only a row of an open lane names itself.
    pub(super) fn cells(&mut self, row: &Typed, lane: usize, open: bool) -> (Vec<Cell>, TypedCells) {
        let form = self.form;
        let order = self.orders[lane].clone();
        let lane = &form.lanes[lane];
        let leaves = lane.leaves();
        let mut cells = self.unlisted_cells(lane);
        let mut typed = TypedCells::Together;
        match &row.input {
            RowInput::Nothing => {}
            RowInput::One(text) => self.listed(row, &leaves, &order, std::slice::from_ref(text), &mut cells),
            RowInput::Many(values) => {
                let texts: Vec<String> = values.iter().map(|value| value.0.clone()).collect();
                self.listed(row, &leaves, &order, &texts, &mut cells);
                typed = match &row.pasted {
                    Some((number, at)) => {
                        let columns = order.iter().zip(at).filter_map(|(column, cell)| Some(((*column)?, *cell)));
                        TypedCells::Pasted(*number, columns.collect())
                    }
                    None => TypedCells::Listed,
                };
            }
            RowInput::Named(values) => {
                let mut seen: BTreeMap<usize, DataPath> = BTreeMap::new();
                let mut keys = Vec::new();
                for (key, value) in values {
                    if key == "name" && open {
                        continue;
                    }
                    let path = row.path.key(key);
                    let Some(column) = self.column(lane, key, path.clone().the_key()) else { continue };
                    if let Some(first) = seen.insert(column, path.clone()) {
                        self.column_twice(key, path.the_key(), first.the_key());
                        continue;
                    }
                    keys.push((column, key.clone()));
                    cells[column] = self.named_cell(value, leaves[column].column.kind, &path);
                }
                typed = TypedCells::Named(keys);
            }
        }
        (cells, typed)
    }

    /// Values in the order of the columns.
    fn listed(
        &mut self,
        row: &Typed,
        leaves: &[Leaf<'_>],
        order: &[Option<usize>],
        texts: &[String],
        cells: &mut [Cell],
    ) {
        if texts.len() != order.len() {
            // A name of a column that is not known may belong to another lane.
            if self.form.lanes.len() == 1 || !order.contains(&None) {
                self.wrong_count(row, leaves, order, texts);
            }
            return;
        }
        for (at, (text, column)) in texts.iter().zip(order).enumerate() {
            let path = match (&row.input, &row.pasted) {
                (RowInput::Many(_), Some((_, cells))) => {
                    cells.get(at).map_or(row.path.clone(), |&at| row.path.index(at))
                }
                (RowInput::Many(_), None) => row.path.index(at),
                _ => row.path.clone(),
            };
            let kind = column.map_or(CellKind::Amount, |column| leaves[column].column.kind);
            let cell = match kind {
                CellKind::Amount => self.cell(text, &path, row.pasted.is_some()),
                CellKind::Text => self.named_cell(&CellInput::Scalar(text.clone()), kind, &path),
            };
            if let Some(column) = column {
                cells[*column] = cell;
            }
        }
    }

    fn named_cell(&mut self, value: &CellInput, kind: CellKind, path: &DataPath) -> Cell {
        match (value, kind) {
            (CellInput::Text(text), CellKind::Text) => Cell::Text(text.clone()),
            (CellInput::Scalar(text), CellKind::Amount) => self.cell(text, path, false),
            (CellInput::Scalar(text), CellKind::Text) if is_blank(text) => Cell::Blank,
            (CellInput::Scalar(_), CellKind::Text) => {
                let finding = Finding::new(&catalogue::YAML_TYPE, path.clone().in_file(self.file))
                    .with("detail", "这一栏是文字")
                    .with("detail-en", "the column holds text")
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
                    .with("detail-en", "the column holds amounts")
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
        if row.pasted.is_some() {
            let help = ("一栏一格，空着的也留一个制表符", "one cell a column, with a tab for each blank one");
            self.report(advise(finding, help));
            return;
        }
        // `[1,066.66]` is two values to YAML.
        let grouped = texts.windows(2).find(|pair| {
            let whole = pair[0].len() <= 3 && !pair[0].is_empty() && pair[0].bytes().all(|b| b.is_ascii_digit());
            let rest = pair[1].split('.').next().unwrap_or_default();
            whole && rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_digit())
        });
        let help = match grouped {
            Some(pair) => (
                format!("数字中不要千分位逗号：`{0},{1}` 写作 `{0}{1}`", pair[0], pair[1]),
                format!("no comma between thousands: write `{0}{1}`, not `{0},{1}`", pair[0], pair[1]),
            ),
            None => (
                "一栏一个数，空着的写 ~；只有部分栏目有数的，用 `columns:` 列出这些栏目".into(),
                "one value a column, ~ for a blank; list the columns in `columns:` if only some have figures".into(),
            ),
        };
        self.report(advise(finding, (&help.0, &help.1)));
    }

    fn cell(&mut self, text: &str, path: &DataPath, pasted: bool) -> Cell {
        if is_blank(text) { Cell::Blank } else { self.amount(text.trim(), path, pasted) }
    }

    pub(super) fn amount(&mut self, text: &str, path: &DataPath, pasted: bool) -> Cell {
        let decimals = self.form.decimals;
        let plain = pasted.then(|| ungrouped(text)).flatten();
        match read_amount(plain.as_deref().unwrap_or(text), decimals, path, self.file) {
            Ok(amount) => Cell::Amount(amount.with_decimals(decimals)),
            Err(finding) => {
                self.report(*finding);
                Cell::Blank
            }
        }
    }
}

/// The digits of `1,066.66`. Only a paste may have commas, for there a tab ends each cell; between brackets a comma
/// separates two values. Commas that do not part thousands from the right are left, and refused.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let (first, groups) = whole.strip_prefix('-').unwrap_or(whole).split_once(',')?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let leads = (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0');
    let sound = leads && groups.split(',').all(|group| group.len() == 3 && digits(group));
    (sound && !fraction.is_some_and(|fraction| fraction.contains(','))).then(|| text.replace(',', ""))
}

/// What is written for nothing.
pub(super) fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "~" | "null")
}

/// Reads an amount with at most `decimals` decimals.
pub(in crate::parse) fn read_amount(
    text: &str,
    decimals: u32,
    path: &DataPath,
    file: &str,
) -> Result<Amount, Box<Finding>> {
    let place = path.clone().in_file(file);
    match Amount::parse(text) {
        Ok(amount) if amount.decimals() > decimals => Err(Box::new(
            Finding::new(&catalogue::DECIMALS, place)
                .with("text", text)
                .with("found", amount.decimals())
                .with("allowed", decimals)
                .with("help", format!("按原表填写 {decimals} 位小数"))
                .with("help-en", format!("type it as the printed form shows it, with {decimals} decimals")),
        )),
        Ok(amount) => Ok(amount),
        Err(error) => {
            let (why, why_en) = match error {
                AmountError::FullWidth => ("含全角字符", "it has full-width characters"),
                AmountError::Grouped => ("含千分位逗号", "it has commas between thousands"),
                AmountError::Exponent => ("是科学计数法", "it has an exponent"),
                AmountError::Lookalike => ("含形似数字的字母", "it has letters that look like digits"),
                AmountError::TooLong => ("位数过多", "it has too many digits"),
                AmountError::Malformed => ("不是数字", "it is not a number"),
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
