//! Figures as CSV, one a line, each with its address: what is opened in a spreadsheet still leads back to its cell.
//!
//! UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding; lines end in CRLF (RFC 4180);
//! digits as printed, ungrouped, with the minus sign of ASCII. A blank cell has no line: nothing is printed there.

use crate::diagnostics::Finding;
use crate::model::{Address, Disclosure, Lang, Table};

use super::table::paths;
use super::theme::Theme;

/// A file of lines of fields.
struct Lines(String);

impl Lines {
    fn new() -> Self {
        Lines("\u{feff}".to_owned())
    }

    /// Begins with the names of the columns, which are words of the interface.
    fn headed(heads: &[&str], theme: &Theme, lang: Lang) -> Result<Self, Finding> {
        let mut lines = Lines::new();
        let heads = heads.iter().map(|key| theme.word(lang, key)).collect::<Result<Vec<_>, Finding>>()?;
        lines.push(&heads);
        Ok(lines)
    }

    fn push(&mut self, fields: &[&str]) {
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            // What begins like a formula is text to a spreadsheet behind an apostrophe; a number with its sign is none.
            let formula = field.starts_with(['=', '+', '@', '\t', '\r'])
                || field.strip_prefix('-').is_some_and(|rest| rest.parse::<rust_decimal::Decimal>().is_err());
            if formula {
                self.0.push('\'');
            }
            if field.contains([',', '"', '\n', '\r']) {
                self.0.push('"');
                self.0.push_str(&field.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(field);
            }
        }
        self.0.push_str("\r\n");
    }
}

/// The figures of a table; nothing for a table without any.
pub(crate) fn table(table: &Table, theme: &Theme, lang: Lang) -> Result<Option<String>, Finding> {
    if table.amounts() == 0 {
        return Ok(None);
    }
    let heads = ["csv_address", "csv_code", "item", "csv_column", "csv_figure", "unit"];
    let mut lines = Lines::headed(&heads, theme, lang)?;
    figures(table, lang, &mut |fields| lines.push(&fields));
    Ok(Some(lines.0))
}

/// The figures that stand in no form; nothing for a report without any.
pub(crate) fn facts(disclosure: &Disclosure, theme: &Theme, lang: Lang) -> Result<Option<String>, Finding> {
    if disclosure.facts.groups.iter().all(|group| group.facts.is_empty()) {
        return Ok(None);
    }
    let heads = ["csv_address", "csv_subject", "item", "csv_figure", "unit", "date_as_of", "remarks"];
    let mut lines = Lines::headed(&heads, theme, lang)?;
    for group in &disclosure.facts.groups {
        for fact in &group.facts {
            lines.push(&[
                &Address::cell(Address::FACTS, &group.id, &fact.id).to_string(),
                group.name.get(lang),
                fact.name.get(lang),
                &fact.value.to_string(),
                &fact.unit.name(lang),
                fact.as_of.as_ref().map_or("", |day| day.get(lang)),
                fact.note.as_ref().map_or("", |note| note.get(lang)),
            ]);
        }
    }
    Ok(Some(lines.0))
}

/// All figures of a report, those of its tables first; nothing for a report without any.
pub(crate) fn report(disclosure: &Disclosure, theme: &Theme, lang: Lang) -> Result<Option<String>, Finding> {
    let facts = disclosure.facts.groups.iter().map(|group| group.facts.len()).sum::<usize>();
    if disclosure.tables.iter().map(Table::amounts).sum::<usize>() + facts == 0 {
        return Ok(None);
    }
    let heads = ["csv_address", "csv_subject", "csv_code", "item", "csv_column", "csv_figure", "unit"];
    let mut lines = Lines::headed(&heads, theme, lang)?;
    for table in &disclosure.tables {
        let title = table.form.title.get(lang);
        figures(table, lang, &mut |[address, code, item, column, figure, unit]| {
            lines.push(&[address, title, code, item, column, figure, unit]);
        });
    }
    for group in &disclosure.facts.groups {
        for fact in &group.facts {
            let address = Address::cell(Address::FACTS, &group.id, &fact.id).to_string();
            let (figure, unit) = (fact.value.to_string(), fact.unit.name(lang));
            lines.push(&[&address, group.name.get(lang), "", fact.name.get(lang), "", &figure, &unit]);
        }
    }
    Ok(Some(lines.0))
}

/// Tells each figure of a table: address, code, name, column, digits, unit.
fn figures(table: &Table, lang: Lang, tell: &mut dyn FnMut([&str; 6])) {
    for (lane_at, (lane, rows)) in table.form.lanes.iter().zip(&table.lanes).enumerate() {
        let leaves = lane.leaves();
        let columns = paths(lane, lang);
        for row in &rows.rows {
            let Some(id) = &row.id else { continue };
            let name = table.row_name(lane_at, row);
            for ((leaf, column), cell) in leaves.iter().zip(&columns).zip(&row.cells) {
                let Some(amount) = cell.amount() else { continue };
                tell([
                    &Address::cell(&table.form.id, id, leaf.id).to_string(),
                    row.code.as_deref().unwrap_or_default(),
                    name.get(lang),
                    column,
                    &amount.to_string(),
                    &table.unit(row, leaf.column).name(lang),
                ]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_with_a_comma_or_a_quotation_mark_is_quoted() {
        let mut lines = Lines::new();
        lines.push(&["a", "b, c", "say \"d\"", ""]);
        assert_eq!(lines.0, "\u{feff}a,\"b, c\",\"say \"\"d\"\"\",\r\n");
    }
}
