//! Rows that are all zero fold away on a screen: which they are, and what keeps two lanes level without them.
//!
//! The fold is a checkbox and a rule of the stylesheet. All rows are in the page: print and downloads have them whole, and
//! an address that leads to one of them shows it.

use crate::model::{Amount, Cell, Form, LaneRows, Layout, Row, Table};

/// What folds away of a form.
#[derive(Debug, Default)]
pub(crate) struct Fold {
    /// For each lane: which of its rows are all zero.
    zeros: Vec<Vec<bool>>,
    /// For each lane: how many empty lines stand before each of its totals, and at its end, while the rows are folded.
    pads: Vec<Vec<usize>>,
}

impl Fold {
    /// What folds away of `table`: nothing, where nothing would be left.
    pub(crate) fn of(table: &Table) -> Self {
        let form: &Form = &table.form;
        if !matches!(form.layout, Layout::Lanes | Layout::Stacked) {
            return Fold::default();
        }
        let zeros: Vec<Vec<bool>> = table.lanes.iter().map(zeros).collect();
        let amounts = table.lanes.iter().flat_map(|lane| &lane.rows).flat_map(|row| &row.cells);
        if amounts.filter_map(Cell::amount).all(Amount::is_zero) || !zeros.iter().flatten().any(|zero| *zero) {
            return Fold::default();
        }
        let left: Vec<Vec<usize>> = table.lanes.iter().zip(&zeros).map(|(lane, zeros)| left(lane, zeros)).collect();
        Fold { pads: pads(&left), zeros }
    }

    /// How many rows fold away.
    pub(crate) fn count(&self) -> usize {
        self.zeros.iter().flatten().filter(|zero| **zero).count()
    }

    /// Whether a row of a lane folds away.
    pub(crate) fn hides(&self, lane: usize, row: usize) -> bool {
        self.zeros.get(lane).is_some_and(|zeros| zeros[row])
    }

    /// The empty lines before the total with this number, or at the end of a lane with so many totals.
    pub(crate) fn pad(&self, lane: usize, totals: usize) -> usize {
        self.pads.get(lane).map_or(0, |pads| pads[totals])
    }
}

/// The rows that are all zero, with all that is nested in them. A total stays: it says that there is nothing.
fn zeros(lane: &LaneRows) -> Vec<bool> {
    let rows = &lane.rows;
    let zero: Vec<bool> = rows.iter().map(is_zero).collect();
    let nested = |at: usize| rows[at + 1..].iter().take_while(move |row| row.level > rows[at].level).count();
    (0..rows.len()).map(|at| zero[at..=at + nested(at)].iter().all(|zero| *zero)).collect()
}

fn is_zero(row: &Row) -> bool {
    let mut amounts = row.cells.iter().filter_map(Cell::amount).peekable();
    let text = row.cells.iter().any(|cell| matches!(cell, Cell::Text(_)));
    row.id.is_some() && !row.total && !text && amounts.peek().is_some() && amounts.all(Amount::is_zero)
}

/// The rows left before each total, and after the last one. Blank numbered lines fold away with the zeros.
fn left(lane: &LaneRows, zeros: &[bool]) -> Vec<usize> {
    let mut left = vec![0];
    for (row, zero) in lane.rows.iter().zip(zeros) {
        if row.total {
            left.push(0);
        } else if let (Some(last), true, false) = (left.last_mut(), row.id.is_some(), *zero) {
            *last += 1;
        }
    }
    left
}

/// What each lane lacks of the longest, total by total. Lanes whose totals do not face each other need not be level.
fn pads(left: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let level = left.iter().all(|counts| counts.len() == left[0].len());
    let longest = |at: usize| left.iter().map(|counts| counts[at]).max().unwrap_or(0);
    left.iter()
        .map(|counts| {
            counts.iter().enumerate().map(|(at, count)| if level { longest(at) - count } else { 0 }).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row for each word: `t` a total, `0` all zero, `5` not, `_` a blank line; behind it the level.
    fn lane(rows: &str) -> LaneRows {
        let row = |word: &str| {
            let (kind, level) = word.split_at(1);
            let amount = if kind == "5" { "5.00" } else { "0.00" };
            Row {
                id: (kind != "_").then(|| word.to_owned()),
                level: level.parse().unwrap_or(1),
                total: kind == "t",
                code: None,
                name: None,
                number: None,
                term: None,
                unit: None,
                typed: None,
                cells: vec![if kind == "_" { Cell::Blank } else { Cell::Amount(Amount::parse(amount).unwrap()) }],
            }
        };
        LaneRows { rows: rows.split(' ').map(row).collect() }
    }

    #[test]
    fn a_row_folds_with_all_that_is_nested_in_it() {
        assert_eq!(zeros(&lane("t 01 02 03 01 52 03 _")), [false, true, true, true, false, false, true, false]);
    }

    #[test]
    fn the_totals_of_two_lanes_stay_level() {
        let lanes = [lane("5 0 _ _ t 0 0 t"), lane("5 5 0 5 t 5 _ t")];
        let left: Vec<_> = lanes.iter().map(|lane| left(lane, &zeros(lane))).collect();
        assert_eq!(left, [[1, 0, 0], [3, 1, 0]]);
        assert_eq!(pads(&left), [[2, 1, 0], [0, 0, 0]]);
    }

    #[test]
    fn lanes_with_other_totals_are_left_alone() {
        assert_eq!(pads(&[vec![1, 0], vec![3]]), [vec![0, 0], vec![0]]);
    }
}
