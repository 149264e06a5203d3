//! A report indexed for rules: rows by id, what stands below what, columns by id.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::diagnostics::DataPath;
use crate::model::{Address, Amount, Disclosure, Lane, Leaf, RowScheme, Table, TypedCells, Unit};

/// The tables of a report, indexed.
pub(super) struct Sheets<'a> {
    /// The report.
    pub(super) disclosure: &'a Disclosure,
    sheets: HashMap<&'a str, Sheet<'a>>,
}

/// A figure as it is printed.
#[derive(Clone, Copy)]
pub(super) struct Printed {
    /// The amount.
    pub(super) amount: Amount,
    /// Half its last decimal ([`Unit::half`]).
    pub(super) half: Decimal,
}

/// A table, indexed.
pub(super) struct Sheet<'a> {
    /// The table.
    pub(super) table: &'a Table,
    /// The columns of each lane, and their ids.
    leaves: Vec<Vec<Leaf<'a>>>,
    columns: Vec<Vec<&'a str>>,
    /// The rows with an id, in printed order: lane, place in the lane, id.
    pub(super) rows: Vec<(usize, usize, &'a str)>,
    by_id: HashMap<&'a str, (usize, usize)>,
    /// The rows directly below a row.
    children: HashMap<&'a str, Vec<&'a str>>,
    /// The rows of level 1 that are no totals.
    pub(super) classes: Vec<&'a str>,
}

impl<'a> Sheets<'a> {
    pub(super) fn of(disclosure: &'a Disclosure) -> Self {
        let sheets = disclosure.tables.iter().map(|table| (table.form.id.as_str(), Sheet::of(table))).collect();
        Sheets { disclosure, sheets }
    }

    pub(super) fn get(&self, form: &str) -> Option<&Sheet<'a>> {
        self.sheets.get(form)
    }

    /// A figure of the facts; money is given in 万元, as forms print it.
    pub(super) fn fact(&self, group: &str, id: &str) -> Option<Printed> {
        let fact = self.disclosure.facts.get(group, id)?;
        let (amount, half) = (fact.value, fact.unit.half(fact.value));
        Some(match (&fact.unit, &Unit::WAN_YUAN) {
            (Unit::Money { factor }, Unit::Money { factor: forms }) if factor != forms => {
                let in_wan = |value: Decimal| value * Decimal::from(*factor) / Decimal::from(*forms);
                Printed { amount: Amount::from_decimal(in_wan(amount.value())), half: in_wan(half) }
            }
            _ => Printed { amount, half },
        })
    }
}

impl<'a> Sheet<'a> {
    fn of(table: &'a Table) -> Self {
        let form = &table.form;
        let leaves: Vec<Vec<Leaf<'a>>> = form.lanes.iter().map(Lane::leaves).collect();
        let columns = leaves.iter().map(|lane| lane.iter().map(|leaf| leaf.id).collect()).collect();
        let mut sheet = Sheet {
            table,
            leaves,
            columns,
            rows: Vec::new(),
            by_id: HashMap::new(),
            children: HashMap::new(),
            classes: Vec::new(),
        };
        // In a form with codes only they are classes; 收入支出决算总表 has lines of revenue beside them.
        let with_codes = table.lanes.iter().flat_map(|lane| &lane.rows).any(|row| row.code.is_some());
        for (lane_index, (lane, rows)) in form.lanes.iter().zip(&table.lanes).enumerate() {
            let coded = matches!(lane.rows, RowScheme::Codes { .. }) || rows.rows.iter().any(|row| row.code.is_some());
            // The rows that the next row could stand below, outermost first.
            let mut above: Vec<(u8, &'a str)> = Vec::new();
            for (index, row) in rows.rows.iter().enumerate() {
                let Some(id) = row.id.as_deref() else { continue };
                sheet.rows.push((lane_index, index, id));
                sheet.by_id.insert(id, (lane_index, index));
                if row.total || (coded && row.code.is_none() && row.level == 1) {
                    above.clear();
                    above.push((row.level, id));
                    continue;
                }
                above.retain(|(level, _)| *level < row.level);
                if let Some((_, parent)) = above.last() {
                    let belongs = !coded || row.code.is_none() || id.starts_with(parent);
                    if belongs {
                        sheet.children.entry(parent).or_default().push(id);
                    }
                } else if row.code.is_some() || !with_codes {
                    sheet.classes.push(id);
                }
                above.push((row.level, id));
            }
        }
        sheet
    }

    /// The figure of a cell; nothing for a blank, and for a row or column that is not there.
    pub(super) fn figure(&self, row: &str, column: &str) -> Option<Printed> {
        let (lane, index) = *self.by_id.get(row)?;
        let at = self.columns[lane].iter().position(|id| *id == column)?;
        let row = &self.table.lanes[lane].rows[index];
        let amount = row.cells[at].amount()?;
        let unit = self.table.unit(row, self.leaves[lane][at].column);
        Some(Printed { amount, half: unit.half(amount) })
    }

    /// The columns that a row has.
    pub(super) fn columns(&self, row: &str) -> &[&'a str] {
        self.by_id.get(row).map_or(&[], |(lane, _)| self.columns[*lane].as_slice())
    }

    /// The rows directly below a row.
    pub(super) fn children(&self, row: &str) -> &[&'a str] {
        self.children.get(row).map_or(&[], Vec::as_slice)
    }

    /// The rows that have rows below them, in printed order.
    pub(super) fn parents(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.rows.iter().map(|(_, _, id)| *id).filter(|id| self.children.contains_key(id))
    }

    /// Where a cell was typed in the table's file, or its row, or the rows as a whole.
    pub(super) fn path(&self, row: &str, column: Option<&str>) -> DataPath {
        let rows = DataPath::top().key("rows");
        let Some((lane, index)) = self.by_id.get(row).copied() else { return rows };
        let Some(typed) = &self.table.lanes[lane].rows[index].typed else { return rows };
        let path = match typed.cells {
            TypedCells::Pasted(at, _) => rows.index(at),
            _ => rows.key(&typed.key),
        };
        let Some(column) = column.and_then(|column| self.columns[lane].iter().position(|id| *id == column)) else {
            return path;
        };
        match &typed.cells {
            TypedCells::Listed => match self.table.listed[lane].iter().position(|listed| *listed == column) {
                Some(at) => path.index(at),
                None => path,
            },
            TypedCells::Named(_) => typed.column_key(column).map_or(path.clone(), |key| path.key(key)),
            TypedCells::Pasted(_, cells) => {
                cells.iter().find(|(at, _)| *at == column).map_or(path.clone(), |(_, cell)| path.index(*cell))
            }
            TypedCells::Together => path,
        }
    }
}

/// `form/row/column`.
pub(super) fn address(form: &str, row: &str, column: &str) -> Address {
    Address::cell(form, row, column)
}
