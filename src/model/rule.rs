//! A reconciliation rule (勾稽规则) as a form states it: which cells add up to which.
//!
//! One representation for all kinds: sums, equalities, upper bounds, balances, and what is carried over from the year
//! before differ only in their operands and in the relation between the two sides.

use super::{Address, Expression, ExpressionError, Text};

/// A rule of a form.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The number of the rule, as R08.
    pub id: String,
    /// What it says.
    pub name: Text,
    /// The terms of the left side, added up.
    pub left: Vec<Operand>,
    /// How the sides relate.
    pub relation: Relation,
    /// The terms of the right side, added up.
    pub right: Vec<Operand>,
    /// How far the sides may be apart.
    pub tolerance: Tolerance,
    /// Whether a breach is only unusual, not wrong.
    pub warning: bool,
}

/// How the sides of a rule relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Left equals right.
    Equal,
    /// Left is at most right.
    AtMost,
}

/// How far the sides of a rule may be apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// Not at all: the same amount, printed twice.
    Exact,
    /// One unit of the last printed decimal: the same amount, rounded separately.
    LastDecimal,
    /// A rounding tail (尾差): (n + 1) × half the last printed decimal, n the non-zero figures on both sides but one.
    Tail,
    /// A rate beside what it is computed from: rounded half-up, once, to the decimals that are printed.
    Printed,
}

/// A term of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// Figures as they are printed.
    Cells(Cells),
    /// What computes from printed figures: a rate, a base, a budget that follows from a rate of completion.
    Derived(Expression),
}

/// One cell, or a set of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    /// The form, if it is another one than the rule's.
    pub form: Option<String>,
    /// Which rows.
    pub rows: Rows,
    /// Which columns.
    pub columns: Columns,
    /// Whether it stands in the report of the year before.
    pub last_year: bool,
}

/// The rows of an operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One row.
    Row(String),
    /// The equation holds for each row.
    Each,
    /// The equation holds for each row that has rows below it.
    Parent,
    /// All rows directly below the parent, added up.
    Children,
    /// All rows of level 1, added up.
    Classes,
    /// The equation holds for each row of level 1; a form without the row counts as zero.
    Class,
}

/// The columns of an operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Columns {
    /// One column.
    Column(String),
    /// The equation holds for each column.
    Each,
}

impl Cells {
    /// Reads `row/column`, `form/row/column` or either with `@last-year`; `None` if it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let (path, last_year) = match text.trim().strip_suffix("@last-year") {
            Some(path) => (path, true),
            None => (text.trim(), false),
        };
        let parts: Vec<&str> = path.split('/').collect();
        let (form, row, column) = match parts.as_slice() {
            [row, column] => (None, *row, *column),
            [form, row, column] => (Some((*form).to_owned()), *row, *column),
            _ => return None,
        };
        let sound = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !parts.iter().all(|part| sound(part)) {
            return None;
        }
        let rows = match row {
            "each" => Rows::Each,
            "parent" => Rows::Parent,
            "children" => Rows::Children,
            "classes" => Rows::Classes,
            "class" => Rows::Class,
            row => Rows::Row(row.to_owned()),
        };
        let columns = if column == "each" { Columns::Each } else { Columns::Column(column.to_owned()) };
        Some(Cells { form, rows, columns, last_year })
    }

    /// The address of one cell of this year; `form` is that of the rule.
    pub fn address(&self, form: &str) -> Option<Address> {
        match (&self.rows, &self.columns) {
            (Rows::Row(row), Columns::Column(column)) if !self.last_year => {
                Some(Address::cell(self.form.as_deref().unwrap_or(form), row, column))
            }
            _ => None,
        }
    }

    /// Whether it is a set of cells, not one.
    pub fn is_set(&self) -> bool {
        matches!(self.rows, Rows::Children | Rows::Classes)
    }
}

impl Operand {
    /// Reads cells, or an expression over addresses of the report: `budget A at R`, `expenditure/total/basic@2018`.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        if let Some(cells) = Cells::parse(text) {
            return Ok(Operand::Cells(cells));
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        Expression::read(&words).map(Operand::Derived)
    }

    /// The cells, if it is not computed.
    pub fn cells(&self) -> Option<&Cells> {
        match self {
            Operand::Cells(cells) => Some(cells),
            Operand::Derived(_) => None,
        }
    }

    /// The expression, if it is computed.
    pub fn derived(&self) -> Option<&Expression> {
        match self {
            Operand::Cells(_) => None,
            Operand::Derived(expression) => Some(expression),
        }
    }
}

impl Rule {
    /// All terms, the left side first.
    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        self.left.iter().chain(&self.right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_notation() {
        let cells = Cells::parse("revenue/class/each@last-year").unwrap();
        assert_eq!(cells.form.as_deref(), Some("revenue"));
        assert_eq!((cells.rows, cells.columns, cells.last_year), (Rows::Class, Columns::Each, true));
        assert_eq!(Cells::parse("2010301/total").unwrap().rows, Rows::Row("2010301".to_owned()));
        for text in ["total", "a/b/c/d", "合计/total", "a//b", ""] {
            assert_eq!(Cells::parse(text), None, "{text}");
            assert!(Operand::parse(text).is_err(), "{text}");
        }
        let implied = Operand::parse("budget a/b/c at facts/d/e").unwrap();
        assert!(matches!(implied.derived(), Some(Expression::Budget(..))));
        assert!(matches!(Operand::parse("a/b/c@2018").unwrap().derived(), Some(Expression::Cell(_))));
    }
}
