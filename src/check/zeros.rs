//! A table of zeros has to say why (空表说明): readers cannot tell "nothing happened" from "nobody filled it in".

use crate::diagnostics::{DataPath, Finding, catalogue};
use crate::model::{Amount, Cell, Department, Table};

/// Finds the tables whose amounts are all zero and that say nothing (财预〔2016〕143号: 空表列出并作说明).
pub(super) fn unexplained(department: &Department, findings: &mut Vec<Finding>) {
    for table in department.disclosures.iter().flat_map(|disclosure| &disclosure.tables) {
        let silent = table.note.is_none() && table.empty.is_none() && table.form.number.is_some();
        if silent && is_zero(table) {
            findings.push(
                Finding::new(&catalogue::ZEROS_UNEXPLAINED, DataPath::top().in_file(&table.file))
                    .with("title", &table.form.title.zh)
                    .with("title-en", &table.form.title.en),
            );
        }
    }
}

/// Whether a table has amounts, and all of them are zero.
fn is_zero(table: &Table) -> bool {
    let rows = table.lanes.iter().flat_map(|lane| &lane.rows);
    let mut amounts = rows.flat_map(|row| &row.cells).filter_map(Cell::amount).peekable();
    amounts.peek().is_some() && amounts.all(Amount::is_zero)
}
