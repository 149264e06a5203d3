//! A form as data: its titles, its columns as a tree, its rows by scheme. No Rust knows a particular form.

use super::{Text, Unit};

/// The id of a glossary term that a column or a line is bound to.
pub type Term = String;

/// A form of a report, resolved for one year (dictionary names are filled in by the loader).
#[derive(Clone, Debug)]
pub struct Form {
    /// The id, also its page: `expenditure`.
    pub id: String,
    /// The number printed on the form; forms outside the tables have none.
    pub number: Option<u32>,
    /// The official title.
    pub title: Text,
    /// A short title for menus.
    pub short: Text,
    /// The unit of its amounts.
    pub unit: Unit,
    /// How many decimals its amounts have.
    pub decimals: u32,
    /// The label of the row of column numbers (栏次), where one is printed.
    pub numbered: Option<Text>,
    /// How the lanes are laid out.
    pub layout: Layout,
    /// The standing note below the form.
    pub note: Option<Text>,
    /// One lane, or more: revenue and expenditure, personnel and non-personnel.
    pub lanes: Vec<Lane>,
    /// What its figures must agree with.
    pub rules: Vec<super::Rule>,
}

/// How a form's lanes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Side by side; on a phone one under the other.
    Lanes,
    /// One line: the rows are printed as groups of columns, as 预算数 and 决算数 of 三公.
    Across,
    /// One line: below each column stand the rows, as 预算数 and 决算数 below each kind of 三公.
    Pairs,
    /// Always one under the other.
    Stacked,
}

/// A part of a form with its own columns and rows.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The id, unique in the form.
    pub id: String,
    /// The printed title, where the form has one.
    pub title: Option<Text>,
    /// The row heads that are printed, in order.
    pub head: Vec<Head>,
    /// The columns as a tree.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: RowScheme,
}

/// A printed row head: its kind and its title.
#[derive(Clone, Debug)]
pub struct Head {
    /// Code, name or line number.
    pub kind: HeadKind,
    /// The title at the top of the column of heads.
    pub title: Text,
}

/// What a row head shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadKind {
    /// The classification code.
    Code,
    /// The name.
    Name,
    /// The line number (行次).
    Line,
}

/// A node of the column tree: a group, or a column with cells.
#[derive(Clone, Debug)]
pub struct Column {
    /// The id of a column with cells; a group has none.
    pub id: Option<String>,
    /// The printed name.
    pub name: Text,
    /// The glossary term that it means.
    pub term: Option<Term>,
    /// What its cells hold.
    pub kind: CellKind,
    /// Its unit, where it differs from the form's.
    pub unit: Option<Unit>,
    /// The columns below a group.
    pub children: Vec<Column>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// An amount or a percentage.
    Amount,
    /// Prose, in both languages.
    Text,
}

/// A column with cells.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a> {
    /// The id.
    pub id: &'a str,
    /// The column.
    pub column: &'a Column,
}

/// How a lane's rows come about.
#[derive(Clone, Debug)]
pub enum RowScheme {
    /// Codes of a classification, as many as the table file lists, and the total row.
    Codes {
        /// Which classification.
        classification: Classification,
        /// The name of the total row.
        total: Text,
    },
    /// Fixed lines.
    Lines(Vec<Line>),
    /// Rows that are named in the table file.
    Open,
}

/// A classification of the government budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Classification {
    /// 支出功能分类: 类 (3 digits), 款 (5), 项 (7).
    Functional,
    /// 支出经济分类: 类 (3), 款 (5).
    Economic,
}

/// A fixed line of a form.
#[derive(Clone, Debug)]
pub struct Line {
    /// The id in addresses; a blank line has none.
    pub id: Option<String>,
    /// The printed line number.
    pub number: Option<u32>,
    /// The classification code, if the line is one.
    pub code: Option<String>,
    /// The name as printed, with its ordinal (一、) in Chinese; a blank line has none.
    pub name: Option<Text>,
    /// The Chinese name without the ordinal, by which it may also be typed.
    pub bare_name: Option<String>,
    /// 1 for a main line, more for what is nested in it.
    pub level: u8,
    /// Whether it is a total.
    pub total: bool,
    /// The glossary term that it means.
    pub term: Option<Term>,
    /// Its unit, where it differs from the column's.
    pub unit: Option<Unit>,
}

impl Layout {
    /// Whether all rows are printed in one line.
    pub fn one_line(self) -> bool {
        matches!(self, Layout::Across | Layout::Pairs)
    }
}

impl Lane {
    /// The columns with cells, in printed order.
    pub fn leaves(&self) -> Vec<Leaf<'_>> {
        fn walk<'a>(columns: &'a [Column], leaves: &mut Vec<Leaf<'a>>) {
            for column in columns {
                match &column.id {
                    Some(id) if column.children.is_empty() => leaves.push(Leaf { id, column }),
                    _ => walk(&column.children, leaves),
                }
            }
        }
        let mut leaves = Vec::new();
        walk(&self.columns, &mut leaves);
        leaves
    }

    /// The whole name of a column with cells: below a group, behind the group's; 小计 alone says nothing.
    pub fn column_name(&self, id: &str) -> Option<Text> {
        fn find(columns: &[Column], id: &str) -> Option<Text> {
            columns.iter().find_map(|column| match &column.id {
                Some(own) if column.children.is_empty() => (own == id).then(|| column.name.clone()),
                _ => {
                    let (group, below) = (&column.name, find(&column.children, id)?);
                    Some(Text::new(format!("{} · {}", group.zh, below.zh), format!("{} · {}", group.en, below.en)))
                }
            })
        }
        find(&self.columns, id)
    }

    /// How many rows of heads the columns need.
    pub fn depth(&self) -> usize {
        fn depth(columns: &[Column]) -> usize {
            columns.iter().map(|column| 1 + depth(&column.children)).max().unwrap_or(0)
        }
        depth(&self.columns)
    }
}

impl Column {
    /// How many columns with cells stand below this node (1 for a column itself).
    pub fn width(&self) -> usize {
        if self.children.is_empty() { 1 } else { self.children.iter().map(Column::width).sum() }
    }
}
