//! A rule becomes equations, one for each row and column that it speaks of, and each equation is solved exactly.

use rust_decimal::Decimal;

use crate::model::{
    Address, Amount, Cells, Columns, Computed, Derivation, Expression, Operand, Relation, ReportId, Rows, Rule, Shelf,
    Tolerance, Value,
};

use super::sheet::{Printed, Sheet, Sheets, address};

/// A figure in an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addend {
    /// The report that it stands in.
    pub report: ReportId,
    /// Its cell.
    pub address: Address,
    /// The amount, exact where it is computed.
    pub amount: Amount,
    /// Half its last decimal; of what is computed, how far rounding of its figures can put it off.
    half: Decimal,
    /// What it is computed from; `None` for a figure as it is printed.
    pub derived: Option<Box<Derived>>,
}

/// A figure in an equation that nobody printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// How it is computed.
    pub expression: Expression,
    /// The printed figures that it rests on, with their reports.
    pub figures: Vec<(ReportId, Address)>,
    /// Whether it prints as the figure on the other side, asked of a rate; a budget of which something was spent at a
    /// rate of zero agrees with nothing.
    agrees: bool,
}

impl Addend {
    fn printed(report: ReportId, address: Address, Printed { amount, half }: Printed) -> Self {
        Addend { report, address, amount, half, derived: None }
    }

    /// How far rounding can put it off. A zero is one.
    fn margin(&self) -> Decimal {
        if self.derived.is_none() && self.amount.is_zero() { Decimal::ZERO } else { self.half }
    }
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
    /// Of a side that has no figure, the cell that it counts as zero or blank for.
    pub absent: Option<(ReportId, Address)>,
}

/// Why a rule has no equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It speaks of a report that the department does not have.
    NoReport(ReportId),
    /// It speaks of a form that the report does not have.
    NoForm(String),
    /// The cells are blank, or there is no row that it speaks of.
    NoFigures,
}

impl Equation {
    /// How far the sides may be apart.
    pub fn bound(&self, tolerance: Tolerance) -> Decimal {
        bound(tolerance, &self.left, &self.right)
    }

    /// The sum of a side.
    pub fn sum(side: &[Addend]) -> Decimal {
        side.iter().map(|addend| addend.amount.value()).sum()
    }

    /// The sum of a side as it is shown: exact, or rounded to the decimals of the printed figures where it is computed.
    pub fn shown(&self, side: &[Addend]) -> Amount {
        let sum = Amount::from_decimal(Self::sum(side));
        if side.iter().all(|addend| addend.derived.is_none()) { sum } else { sum.rounded(self.decimals().max(2)) }
    }

    /// The difference as it is shown, without its sign.
    pub fn difference(&self) -> Amount {
        match self.verdict {
            Verdict::Fails(difference) | Verdict::Tail(difference) => {
                let computed = self.left.iter().chain(&self.right).any(|addend| addend.derived.is_some());
                let difference = Amount::from_decimal(difference.abs());
                if computed { difference.rounded(self.decimals().max(2)) } else { difference }
            }
            Verdict::Holds | Verdict::Blank => {
                Amount::from_decimal((Self::sum(&self.left) - Self::sum(&self.right)).abs())
            }
        }
    }

    fn decimals(&self) -> u32 {
        decimals(self.left.iter().chain(&self.right))
    }
}

/// The decimals that the printed figures have at most; where all are computed, those of a form.
fn decimals<'x>(addends: impl Iterator<Item = &'x Addend>) -> u32 {
    addends.filter(|addend| addend.derived.is_none()).map(|addend| addend.amount.decimals()).max().unwrap_or(2)
}

/// This year's report, and the one before it.
pub(super) struct Reports<'s, 'a> {
    pub(super) this: &'s Sheets<'a>,
    pub(super) last: Option<&'s Sheets<'a>>,
    /// All reports of the department, for what is computed from addresses.
    pub(super) shelf: Shelf<'a>,
}

impl<'a> Reports<'_, 'a> {
    /// All equations of a rule of `form`. A rule about a form that the report does not have, has none.
    pub(super) fn equations(&self, form: &str, rule: &Rule) -> Vec<Equation> {
        let operands = || rule.operands().filter_map(Operand::cells);
        for operand in operands() {
            let name = operand.form.as_deref().unwrap_or(form);
            if name != Address::FACTS && self.sheet(form, operand).is_none() {
                return Vec::new();
            }
        }
        // Rows and columns that are gone through are those of the first set on the left.
        let Some(lead) = rule.left.first().and_then(Operand::cells) else {
            return self.solve(form, rule, "", "").into_iter().collect();
        };
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

    /// Why a rule has no equation.
    pub(super) fn without(&self, form: &str, rule: &Rule) -> Reason {
        for address in rule.operands().filter_map(Operand::derived).flat_map(Expression::addresses) {
            let report = address.report(self.shelf.home);
            if self.shelf.disclosures.iter().all(|disclosure| disclosure.id != report) {
                return Reason::NoReport(report);
            }
        }
        for operand in rule.operands().filter_map(Operand::cells) {
            let Some(sheets) = self.sheets(operand) else {
                let this = self.this.disclosure.id;
                return Reason::NoReport(ReportId { year: this.year - 1, ..this });
            };
            let name = operand.form.as_deref().unwrap_or(form);
            if name != Address::FACTS && sheets.get(name).is_none() {
                return Reason::NoForm(name.to_owned());
            }
        }
        Reason::NoFigures
    }

    fn sheet(&self, form: &str, operand: &Cells) -> Option<&Sheet<'a>> {
        self.sheets(operand)?.get(operand.form.as_deref().unwrap_or(form))
    }

    fn sheets(&self, operand: &Cells) -> Option<&Sheets<'a>> {
        if operand.last_year { self.last } else { Some(self.this) }
    }

    /// The equation for one row and column; nothing where a side has no figure.
    fn solve(&self, form: &str, rule: &Rule, row: &str, column: &str) -> Option<Equation> {
        let Side { addends: left, without: left_without, absent: left_absent } =
            self.side(form, rule, &rule.left, (row, column))?;
        let Side { addends: right, without: right_without, absent: right_absent } =
            self.side(form, rule, &rule.right, (row, column))?;
        let (without, other) = match (left.is_empty(), right.is_empty()) {
            (true, true) => return None,
            (true, false) => (left_without, &right),
            (false, true) => (right_without, &left),
            (false, false) => (Without::Zero, &left),
        };
        let absent = if left.is_empty() { left_absent } else { right_absent.filter(|_| right.is_empty()) };
        match without {
            Without::Zero => {}
            // A total that is left blank although its parts are not zero proves nothing, and hides what is missing.
            Without::Blank if rule.relation == Relation::Equal && !rule.warning && !Equation::sum(other).is_zero() => {
                return Some(Equation { left, right, verdict: Verdict::Blank, absent });
            }
            Without::Blank | Without::Nothing => return None,
        }
        let difference = Equation::sum(&left) - Equation::sum(&right);
        let verdict = verdict(rule, &left, &right, difference);
        Some(Equation { left, right, verdict, absent })
    }

    /// The figures of a side; `None` where something that is to be computed has no value.
    fn side(&self, form: &str, rule: &Rule, operands: &[Operand], (row, column): (&str, &str)) -> Option<Side> {
        let mut addends = Vec::new();
        let (mut without, mut absent) = (Without::Nothing, None);
        for operand in operands {
            let operand = match operand {
                Operand::Cells(cells) => cells,
                Operand::Derived(expression) => {
                    addends.push(self.derived(form, rule, expression)?);
                    continue;
                }
            };
            let name = operand.form.as_deref().unwrap_or(form);
            let Some(sheets) = self.sheets(operand) else { continue };
            let report = sheets.disclosure.id;
            let column = match &operand.columns {
                Columns::Each => column,
                Columns::Column(column) => column,
            };
            if name == Address::FACTS {
                if let Rows::Row(group) = &operand.rows
                    && let Some(figure) = sheets.fact(group, column)
                {
                    addends.push(Addend::printed(report, address(name, group, column), figure));
                }
                continue;
            }
            let Some(sheet) = sheets.get(name) else { continue };
            if operand.rows == Rows::Class {
                without = Without::Zero;
            }
            // The numbered tables are filled in; what another form is used for is up to the report.
            let official = sheet.table.form.number.is_some();
            let rows: Vec<&str> = match &operand.rows {
                Rows::Row(row) => vec![row],
                Rows::Each | Rows::Parent | Rows::Class => vec![row],
                Rows::Children => sheet.children(row).to_vec(),
                Rows::Classes => sheet.classes.clone(),
            };
            for row in rows {
                if let Some(figure) = sheet.figure(row, column) {
                    addends.push(Addend::printed(report, address(name, row, column), figure));
                    continue;
                }
                absent.get_or_insert_with(|| (report, address(name, row, column)));
                if without == Without::Nothing && official && sheet.columns(row).contains(&column) {
                    without = Without::Blank;
                }
            }
        }
        Some(Side { addends, without, absent })
    }

    /// A figure that is computed from printed ones.
    fn derived(&self, form: &str, rule: &Rule, expression: &Expression) -> Option<Addend> {
        // A rate is proved at the decimals that are printed; the other side of its rule is the printed rate.
        let printed = match (&rule.tolerance, rule.left.first()) {
            (Tolerance::Printed, Some(Operand::Cells(cells))) => self.single(form, cells),
            _ => None,
        };
        let derivation = Derivation { stated: printed, ..Derivation::in_words(expression.clone()) };
        let computed = derivation.compute(&self.shelf).ok()?;
        let lead = computed.figures.first()?;
        let exact = exact(expression, &computed)?;
        let margin = margin(expression, &computed, exact)?;
        let spent =
            matches!(expression, Expression::Budget(..)) && computed.value == Value::ZeroBase && !lead.amount.is_zero();
        let figures = computed.figures.iter().map(|figure| (figure.report, figure.address.clone())).collect();
        Some(Addend {
            report: lead.report,
            address: lead.address.clone(),
            amount: Amount::from_decimal(exact),
            half: margin,
            derived: Some(Box::new(Derived {
                expression: expression.clone(),
                figures,
                agrees: computed.agrees && !spent,
            })),
        })
    }

    /// The one figure that cells name.
    fn single(&self, form: &str, cells: &Cells) -> Option<Amount> {
        let (Rows::Row(row), Columns::Column(column)) = (&cells.rows, &cells.columns) else { return None };
        let sheets = self.sheets(cells)?;
        let figure = match cells.form.as_deref().unwrap_or(form) {
            Address::FACTS => sheets.fact(row, column),
            name => sheets.get(name)?.figure(row, column),
        };
        figure.map(|figure| figure.amount)
    }
}

/// The exact value of an amount; a rate is shown as it is computed, to two decimals. At a rate of zero nothing was
/// spent, and the budget counts as zero.
fn exact(expression: &Expression, computed: &Computed) -> Option<Decimal> {
    match (expression, &computed.value) {
        (Expression::Budget(..), Value::Amount(..)) => {
            let (amount, rate) = (computed.figures[0].amount.value(), computed.figures[1].amount.value());
            amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(rate)
        }
        (_, Value::ZeroBase) => Some(Decimal::ZERO),
        (_, value) => value.number().map(Amount::value),
    }
}

/// How far a computed amount can be off because the figures that it rests on are rounded.
fn margin(expression: &Expression, computed: &Computed, exact: Decimal) -> Option<Decimal> {
    let half = |index: usize| computed.figures[index].half();
    Some(match expression {
        Expression::Budget(..) if computed.value == Value::ZeroBase => Decimal::ZERO,
        Expression::Budget(..) => {
            let (amount, rate) = (computed.figures[0].amount.value(), computed.figures[1].amount.value());
            (amount + half(0)).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(rate - half(1))? - exact
        }
        _ if expression.is_percent() => Decimal::ZERO,
        _ => (0..computed.figures.len()).map(half).sum(),
    })
}

/// The figures of a side of an equation.
struct Side {
    addends: Vec<Addend>,
    without: Without,
    /// The first cell that has none.
    absent: Option<(ReportId, Address)>,
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
    if rule.tolerance == Tolerance::Printed {
        let agrees = right.iter().all(|addend| addend.derived.as_ref().is_none_or(|derived| derived.agrees));
        return if agrees { Verdict::Holds } else { Verdict::Fails(difference) };
    }
    let impossible = |addend: &Addend| addend.derived.as_ref().is_some_and(|derived| !derived.agrees);
    if left.iter().chain(right).any(impossible) {
        return Verdict::Fails(difference);
    }
    if difference.is_zero() || (rule.relation == Relation::AtMost && difference.is_sign_negative()) {
        return Verdict::Holds;
    }
    if difference.abs() <= bound(rule.tolerance, left, right) {
        Verdict::Tail(difference)
    } else {
        Verdict::Fails(difference)
    }
}

fn bound(tolerance: Tolerance, left: &[Addend], right: &[Addend]) -> Decimal {
    match tolerance {
        Tolerance::Exact | Tolerance::Printed => Decimal::ZERO,
        Tolerance::LastDecimal => Decimal::new(1, decimals(left.iter().chain(right)).max(2)),
        // Each printed figure is off by at most half its last decimal, the total too.
        Tolerance::Tail => {
            if is_one_amount(left, right) {
                return Decimal::ZERO;
            }
            // A total that prints as zero was rounded, too.
            let of_zero = |side: &[Addend]| side.iter().map(|addend| addend.half).max().unwrap_or_default();
            let off = |side: &[Addend]| match side.iter().map(Addend::margin).sum::<Decimal>() {
                margin if margin.is_zero() => of_zero(side),
                margin => margin,
            };
            off(left) + off(right)
        }
    }
}

/// Whether all that is not zero is one amount on each side, printed alike: it was rounded once.
fn is_one_amount(left: &[Addend], right: &[Addend]) -> bool {
    let all = || left.iter().chain(right);
    let first = all().next().map(|addend| addend.half);
    let alone = |side: &[Addend]| side.iter().filter(|addend| !addend.amount.is_zero()).count() <= 1;
    alone(left) && alone(right) && all().all(|addend| addend.derived.is_none() && Some(addend.half) == first)
}
