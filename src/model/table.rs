//! A filled form, and the facts that stand in no form.

use std::sync::Arc;

use super::{Amount, Form, Text, Unit};

/// A form with this year's figures.
#[derive(Clone, Debug)]
pub struct Table {
    /// The form.
    pub form: Arc<Form>,
    /// The file that it was typed in.
    pub file: String,
    /// The rows of each lane, in the order of the form's lanes.
    pub lanes: Vec<LaneRows>,
    /// This year's statement, beside the form's standing note.
    pub note: Option<Text>,
    /// Why the table has no figures, if it has none.
    pub empty: Option<Text>,
    /// The Chinese names that its subjects have in the classifications of other years only.
    pub former: Vec<String>,
    /// For each lane, the columns of the values of a row that is typed as a list.
    pub listed: Vec<Vec<usize>>,
}

/// How a row was typed in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRow {
    /// The key of the row.
    pub key: String,
    /// Its cells.
    pub cells: TypedCells,
}

impl TypedRow {
    /// The key of a column, where cells have keys.
    pub fn column_key(&self, column: usize) -> Option<&str> {
        let TypedCells::Named(keys) = &self.cells else { return None };
        keys.iter().find(|(at, _)| *at == column).map(|(_, key)| key.as_str())
    }
}

/// How the cells of a row were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedCells {
    /// One after the other, as [`Table::listed`] says.
    Listed,
    /// Each under a key: the column, and the key.
    Named(Vec<(usize, String)>),
    /// In a line of a paste, from 0: each column, and its cell in that line.
    Pasted(usize, Vec<(usize, usize)>),
    /// In one text: a row of one value.
    Together,
}

/// The rows of one lane.
#[derive(Clone, Debug, Default)]
pub struct LaneRows {
    /// In printed order.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The id in addresses; `None` for a blank numbered line.
    pub id: Option<String>,
    /// The classification code.
    pub code: Option<String>,
    /// The printed name.
    pub name: Option<Text>,
    /// The printed line number.
    pub number: Option<u32>,
    /// 1, 2, 3: 类, 款, 项, or the nesting of a line.
    pub level: u8,
    /// Whether it is a total.
    pub total: bool,
    /// The glossary term that it means.
    pub term: Option<String>,
    /// Its unit, where it differs from the column's.
    pub unit: Option<Unit>,
    /// How it was typed in its file, if it was.
    pub typed: Option<TypedRow>,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// A cell. Blank is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is printed.
    Blank,
    /// An amount with its printed scale.
    Amount(Amount),
    /// Prose (Markdown source), in both languages.
    Text(Text),
}

impl Cell {
    /// The amount, if the cell holds one.
    pub fn amount(&self) -> Option<Amount> {
        match self {
            Cell::Amount(amount) => Some(*amount),
            Cell::Blank | Cell::Text(_) => None,
        }
    }
}

impl Table {
    /// The row with `id`, with its lane's index.
    pub fn row(&self, id: &str) -> Option<(usize, &Row)> {
        self.lanes
            .iter()
            .enumerate()
            .find_map(|(lane, rows)| rows.rows.iter().find(|row| row.id.as_deref() == Some(id)).map(|row| (lane, row)))
    }

    /// What a row is called among all rows: where another lane has a row of that name, behind the title of its own lane, as
    /// 收入 · 总计.
    pub fn row_name(&self, lane: usize, row: &Row) -> Text {
        let name = row.name.clone().unwrap_or_default();
        let Some(title) = &self.form.lanes[lane].title else { return name };
        let others = self.lanes.iter().enumerate().filter(|(at, _)| *at != lane).flat_map(|(_, other)| &other.rows);
        let is_alone = !others.filter_map(|other| other.name.as_ref()).any(|other| other.zh == name.zh);
        if is_alone {
            return name;
        }
        Text::new(format!("{} · {}", title.zh, name.zh), format!("{} · {}", title.en, name.en))
    }

    /// The unit of a cell: the row's, else the column's, else the form's.
    pub fn unit<'a>(&'a self, row: &'a Row, column: &'a super::Column) -> &'a Unit {
        row.unit.as_ref().or(column.unit.as_ref()).unwrap_or(&self.form.unit)
    }

    /// How many amounts the table holds.
    pub fn amounts(&self) -> usize {
        self.lanes
            .iter()
            .flat_map(|lane| &lane.rows)
            .flat_map(|row| &row.cells)
            .filter(|c| c.amount().is_some())
            .count()
    }
}

/// The named figures of a report that stand in no form.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The file that they were typed in.
    pub file: String,
    /// In the order of the file.
    pub groups: Vec<FactGroup>,
}

/// Facts about one subject.
#[derive(Clone, Debug)]
pub struct FactGroup {
    /// The id: the second part of an address.
    pub id: String,
    /// What the facts are about.
    pub name: Text,
    /// In the order of the file.
    pub facts: Vec<Fact>,
}

/// A named figure.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The id: the third part of an address.
    pub id: String,
    /// What it says.
    pub name: Text,
    /// The figure as printed.
    pub value: Amount,
    /// What it counts.
    pub unit: Unit,
    /// The day that it holds for, if it is a stock.
    pub as_of: Option<Text>,
    /// A remark.
    pub note: Option<Text>,
}

impl Facts {
    /// The fact `group/id`.
    pub fn get(&self, group: &str, id: &str) -> Option<&Fact> {
        self.groups.iter().find(|g| g.id == group)?.facts.iter().find(|fact| fact.id == id)
    }
}
