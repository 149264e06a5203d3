//! A rule becomes equations, one for each row and column that it speaks of, and each equation is solved exactly.

use rust_decimal::Decimal;

use crate::model::{Address, Amount, Columns, Operand, Relation, ReportId, Rows, Rule, Tolerance};

use super::sheet::{Sheet, Sheets, address};

/// A figure in an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addend {
    /// The report that it stands in.
    pub report: ReportId,
    /// Its cell.
    pub address: Address,
    /// The amount.
    pub amount: Amount,
}

/// What an equation came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both sides agree.
    Holds,
    /// They differ by no more than rounding can make them differ; left − right.
    Tail(Decimal),
    /// They differ; left − right.
    Fails(Decimal),
    /// One side is blank on the form, and the other is not zero.
    Blank,
}

/// An equation with its figures.
#[derive(Clone, Debug)]
pub struct Equation {
    /// The left side.
    pub left: Vec<Addend>,
    /// The right side.
    pub right: Vec<Addend>,
    /// What it came to.
    pub verdict: Verdict,
}

impl Equation {
    /// The sum of a side.
    pub fn sum(side: &[Addend]) -> Decimal {
        side.iter().map(|addend| addend.amount.value()).sum()
    }
}

/// This year's report, and the one before it.
pub(super) struct Reports<'s, 'a> {
    pub(super) this: &'s Sheets<'a>,
    pub(super) last: Option<&'s Sheets<'a>>,
}

impl<'a> Reports<'_, 'a> {
    /// All equations of a rule of `form`. A rule about a form that the report does not have, has none.
    pub(super) fn equations(&self, form: &str, rule: &Rule) -> Vec<Equation> {
        let operands = || rule.left.iter().chain(&rule.right);
        for operand in operands() {
            let name = operand.form.as_deref().unwrap_or(form);
            if name != Address::FACTS && self.sheet(form, operand).is_none() {
                return Vec::new();
            }
        }
        // Rows and columns that are gone through are those of the first set on the left.
        let Some(lead) = rule.left.first() else { return Vec::new() };
        let Some(sheet) = self.sheet(form, lead) else { return self.solve(form, rule, "", "").into_iter().collect() };
        let rows: Vec<&str> = match operands().find_map(|operand| match operand.rows {
            Rows::Each => Some(sheet.rows.iter().map(|(_, _, id)| *id).collect::<Vec<_>>()),
            Rows::Parent => Some(sheet.parents().collect()),
            Rows::Class => Some(sheet.classes.clone()),
            _ => None,
        }) {
            Some(rows) => rows,
            None => vec![""],
        };
        let each_column = operands().any(|operand| operand.columns == Columns::Each);
        let mut equations = Vec::new();
        for row in rows {
            let columns: Vec<&str> = if each_column {
                let named = match &lead.rows {
                    Rows::Row(row) => row.as_str(),
                    Rows::Classes => sheet.classes.first().copied().unwrap_or_default(),
                    _ => row,
                };
                sheet.columns(named).to_vec()
            } else {
                vec![""]
            };
            for column in columns {
                equations.extend(self.solve(form, rule, row, column));
            }
        }
        equations
    }

    fn sheet(&self, form: &str, operand: &Operand) -> Option<&Sheet<'a>> {
        self.sheets(operand)?.get(operand.form.as_deref().unwrap_or(form))
    }

    fn sheets(&self, operand: &Operand) -> Option<&Sheets<'a>> {
        if operand.last_year { self.last } else { Some(self.this) }
    }

    /// The equation for one row and column; nothing where a side has no figure.
    fn solve(&self, form: &str, rule: &Rule, row: &str, column: &str) -> Option<Equation> {
        let Side { addends: left, without: left_without } = self.side(form, &rule.left, row, column);
        let Side { addends: right, without: right_without } = self.side(form, &rule.right, row, column);
        let (without, other) = match (left.is_empty(), right.is_empty()) {
            (true, true) => return None,
            (true, false) => (left_without, &right),
            (false, true) => (right_without, &left),
            (false, false) => (Without::Zero, &left),
        };
        match without {
            Without::Zero => {}
            // A total that is left blank although its parts are not zero proves nothing, and hides what is missing.
            Without::Blank if rule.relation == Relation::Equal && !rule.warning && !Equation::sum(other).is_zero() => {
                return Some(Equation { left, right, verdict: Verdict::Blank });
            }
            Without::Blank | Without::Nothing => return None,
        }
        let difference = Equation::sum(&left) - Equation::sum(&right);
        let verdict = verdict(rule, &left, &right, difference);
        Some(Equation { left, right, verdict })
    }

    /// The figures of a side.
    fn side(&self, form: &str, operands: &[Operand], row: &str, column: &str) -> Side {
        let mut addends = Vec::new();
        let mut without = Without::Nothing;
        for operand in operands {
            let name = operand.form.as_deref().unwrap_or(form);
            let Some(sheets) = self.sheets(operand) else { continue };
            let report = sheets.disclosure.id;
            let column = match &operand.columns {
                Columns::Each => column,
                Columns::Column(column) => column,
            };
            if name == Address::FACTS {
                if let Rows::Row(group) = &operand.rows
                    && let Some(amount) = sheets.fact(group, column)
                {
                    addends.push(Addend { report, address: address(name, group, column), amount });
                }
                continue;
            }
            let Some(sheet) = sheets.get(name) else { continue };
            if operand.rows == Rows::Class {
                without = Without::Zero;
            }
            let rows: Vec<&str> = match &operand.rows {
                Rows::Row(row) => vec![row],
                Rows::Each | Rows::Parent | Rows::Class => vec![row],
                Rows::Children => sheet.children(row).to_vec(),
                Rows::Classes => sheet.classes.clone(),
            };
            for row in rows {
                if let Some(amount) = sheet.amount(row, column) {
                    addends.push(Addend { report, address: address(name, row, column), amount });
                } else if without == Without::Nothing && sheet.columns(row).contains(&column) {
                    without = Without::Blank;
                }
            }
        }
        Side { addends, without }
    }
}

/// The figures of a side of an equation.
struct Side {
    addends: Vec<Addend>,
    without: Without,
}

/// What it means that a side has no figure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without {
    /// The form has no such cell.
    Nothing,
    /// The form has the cell, and it is blank.
    Blank,
    /// It counts as zero.
    Zero,
}

fn verdict(rule: &Rule, left: &[Addend], right: &[Addend], difference: Decimal) -> Verdict {
    if difference.is_zero() || (rule.relation == Relation::AtMost && difference.is_sign_negative()) {
        return Verdict::Holds;
    }
    let decimals = left.iter().chain(right).map(|addend| addend.amount.decimals()).max().unwrap_or(0);
    let last = Decimal::new(1, decimals);
    let bound = match rule.tolerance {
        Tolerance::Exact => Decimal::ZERO,
        Tolerance::LastDecimal => last,
        // Each printed figure is off by at most half its last decimal, the total too.
        Tolerance::Tail => {
            let rounded = |side: &[Addend]| side.iter().filter(|addend| !addend.amount.is_zero()).count().max(1);
            Decimal::from(rounded(left) + rounded(right)) * last / Decimal::TWO
        }
    };
    if difference.abs() <= bound { Verdict::Tail(difference) } else { Verdict::Fails(difference) }
}
