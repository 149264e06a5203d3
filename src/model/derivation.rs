//! A figure in a sentence: by address or derived from addresses. The one evaluator that serves prose,
//! charts and key figures.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{Address, Amount, Expression, Lang, Text, Unit};

/// A figure as an author writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// What to compute.
    pub expression: Expression,
    /// Without the unit, or without the word of direction.
    pub plain: bool,
    /// What the document prints, if it is to be printed as stated.
    pub stated: Option<Amount>,
}

/// A figure that an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The amount with its printed scale.
    pub amount: Amount,
    /// Its unit.
    pub unit: Unit,
    /// What it is: the names of form, row and column, or of the fact.
    pub name: Text,
    /// The report that it stands in.
    pub report: super::ReportId,
    /// Its full address, column included, relative to that report.
    pub address: Address,
}

/// Something that knows figures by address: a report together with the department's other reports.
pub trait Ledger {
    /// The figure at `address`, or why there is none.
    fn figure(&self, address: &Address) -> Result<Figure, Refusal>;
}

/// Why a derivation has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The report has no such form.
    NoForm(Address),
    /// The form has no such row, or the facts no such group.
    NoRow(Address),
    /// The row has no such column, or the group no such fact.
    NoColumn(Address),
    /// The row has several columns, and the address names none.
    ColumnOpen(Address),
    /// The department has no such report.
    NoReport(Address),
    /// Nothing is printed in the cell, or prose.
    Blank(Address),
    /// The result is longer than any figure can be.
    TooLong(Address),
    /// The figures have different units.
    Units(Box<(Address, Address)>),
    /// The figure stands in a file that has mistakes of its own, which are reported there.
    Elsewhere,
}

/// The exact result, before it is put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An amount with its unit.
    Amount(Amount, Unit),
    /// A signed difference.
    Change(Amount, Unit),
    /// A signed percentage, two decimals.
    Growth(Amount),
    /// A percentage, two decimals.
    Percent(Amount),
    /// A percentage of nothing, or growth from less than nothing: there is no number to compare with.
    ZeroBase,
}

/// A derivation with its value: what a page shows, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// The derivation.
    pub derivation: Derivation,
    /// The value.
    pub value: Value,
    /// The figures that it rests on, the first one leading.
    pub figures: Vec<Figure>,
    /// Whether what is stated agrees with the value, to the decimals stated.
    pub agrees: bool,
}

/// 10¹⁸, a thousand times the largest figure that can be typed. No result reaches it: below it, results can be added
/// and brought into another unit within what a decimal holds.
const MOST: Decimal = Decimal::from_parts(0xa764_0000, 0x0de0_b6b3, 0, false, 0);

/// Decimals of a percentage that states none itself.
const PERCENT_DECIMALS: u32 = 2;

impl Derivation {
    /// The bare figure at `address`.
    pub fn of(address: Address) -> Self {
        Derivation::in_words(Expression::Cell(address))
    }

    /// An expression, said with its unit and its word of direction.
    pub fn in_words(expression: Expression) -> Self {
        Derivation { expression, plain: false, stated: None }
    }

    /// Computes the value from the figures of `ledger`, exactly; a percentage is rounded once, half-up.
    pub fn compute(&self, ledger: &dyn Ledger) -> Result<Computed, Refusal> {
        let mut figures = Vec::new();
        for address in self.expression.addresses() {
            figures.push(ledger.figure(address)?);
        }
        if let Expression::Budget(_, rate) = &self.expression {
            // The rate is a percentage, whatever the amount is in.
            if figures[1].unit != Unit::Percent {
                return Err(Refusal::Units(Box::new((figures[0].address.clone(), rate.clone()))));
            }
        } else {
            for other in &figures[1..] {
                if other.unit != figures[0].unit {
                    return Err(Refusal::Units(Box::new((figures[0].address.clone(), other.address.clone()))));
                }
            }
        }
        let unit = || figures[0].unit.clone();
        let amounts: Vec<Decimal> = figures.iter().map(|figure| figure.amount.value()).collect();
        let exact = Exact::of(&self.expression, &amounts);
        if exact.number().is_some_and(|number| number.abs() >= MOST) {
            return Err(Refusal::TooLong(figures[0].address.clone()));
        }
        let percent = |exact: Decimal| Amount::from_decimal(exact).rounded(PERCENT_DECIMALS);
        let value = match exact {
            Exact::Amount(value) => Value::Amount(Amount::from_decimal(value), unit()),
            Exact::Change(value) => Value::Change(Amount::from_decimal(value), unit()),
            Exact::Growth(Some(value)) => Value::Growth(percent(value)),
            Exact::Percent(Some(value)) => Value::Percent(percent(value)),
            Exact::Budget(Some(value)) => {
                Value::Amount(Amount::from_decimal(value).rounded(figures[0].amount.decimals()), unit())
            }
            Exact::Growth(None) | Exact::Percent(None) | Exact::Budget(None) => Value::ZeroBase,
        };
        let agrees = self.stated.is_none_or(|stated| match exact {
            // A decrease is stated by its magnitude, as the direction is a word; any other figure has its own sign.
            Exact::Change(exact) | Exact::Growth(Some(exact)) if !stated.is_negative() => {
                rounds_to(exact.abs(), stated)
            }
            Exact::Amount(exact) | Exact::Change(exact) => rounds_to(exact, stated),
            Exact::Growth(exact) | Exact::Percent(exact) | Exact::Budget(exact) => {
                exact.is_some_and(|exact| rounds_to(exact, stated))
            }
        });
        Ok(Computed { derivation: self.clone(), value, figures, agrees })
    }
}

/// A result before rounding.
pub(super) enum Exact {
    Amount(Decimal),
    Change(Decimal),
    Growth(Option<Decimal>),
    Percent(Option<Decimal>),
    Budget(Option<Decimal>),
}

impl Exact {
    /// What an expression comes to with these amounts, in the order of [`Expression::addresses`].
    pub(super) fn of(expression: &Expression, amounts: &[Decimal]) -> Self {
        let amount = |index: usize| amounts[index];
        match expression {
            Expression::Cell(_) => Exact::Amount(amount(0)),
            Expression::Change(..) => Exact::Change(amount(0) - amount(1)),
            Expression::Base(..) => Exact::Amount(amount(0) - amount(1)),
            Expression::Sum(_) => Exact::Amount(amounts.iter().sum()),
            Expression::GrowthFrom(..) => Exact::Growth(growth(amount(0) - amount(1), amount(1))),
            Expression::GrowthBy(..) => Exact::Growth(growth(amount(1), amount(0) - amount(1))),
            Expression::FallBy(..) => Exact::Percent(growth(amount(1), amount(0) + amount(1))),
            Expression::Share(..) | Expression::Completion(..) => Exact::Percent(ratio(amount(0), amount(1))),
            Expression::CompletionBy(..) => Exact::Percent(growth(amount(0), amount(0) - amount(1))),
            Expression::Budget(..) => Exact::Budget(ratio(amount(0), amount(1))),
        }
    }

    pub(super) fn number(&self) -> Option<Decimal> {
        match self {
            Exact::Amount(exact) | Exact::Change(exact) => Some(*exact),
            Exact::Growth(exact) | Exact::Percent(exact) | Exact::Budget(exact) => *exact,
        }
    }
}

/// A percentage; nothing where there is no whole, and the longest decimal where none is long enough for it.
fn ratio(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let percent = || part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole);
    (!whole.is_zero()).then(|| percent().unwrap_or(Decimal::MAX))
}

/// Growth is a share of what was there before: from nothing, or from less than nothing, there is none.
fn growth(change: Decimal, base: Decimal) -> Option<Decimal> {
    if base.is_sign_negative() { None } else { ratio(change, base) }
}

fn rounds_to(exact: Decimal, stated: Amount) -> bool {
    Amount::from_decimal(exact).rounded(stated.decimals()).value() == stated.value()
}

impl Value {
    /// The number alone, as computed.
    pub fn number(&self) -> Option<Amount> {
        match self {
            Value::Amount(amount, _) | Value::Change(amount, _) | Value::Growth(amount) | Value::Percent(amount) => {
                Some(*amount)
            }
            Value::ZeroBase => None,
        }
    }
}

impl Computed {
    /// The same with its unit and its word of direction, as it computes, whatever the document states.
    #[must_use]
    pub fn as_computed(&self) -> Computed {
        Computed { derivation: Derivation::in_words(self.derivation.expression.clone()), ..self.clone() }
    }

    /// The figure in words of `lang`: digits, unit, and for a change the word of its direction.
    pub fn say(&self, lang: Lang) -> String {
        let Derivation { plain, stated, .. } = self.derivation;
        match &self.value {
            Value::Amount(amount, unit) => {
                let amount = stated.unwrap_or(*amount);
                if plain { digits(amount, lang) } else { unit.say(amount, lang) }
            }
            Value::Change(amount, unit) => self.say_moved(stated.unwrap_or(*amount), unit, lang),
            Value::Growth(percent) => self.say_moved(stated.unwrap_or(*percent), &Unit::Percent, lang),
            Value::Percent(percent) => match stated {
                Some(stated) => Unit::Percent.say(stated, lang),
                None if percent.is_zero() => "0%".to_owned(),
                None => Unit::Percent.say(*percent, lang),
            },
            Value::ZeroBase => match (stated, self.movement()) {
                (Some(stated), Some(_)) => self.say_moved(stated, &Unit::Percent, lang),
                (Some(stated), None) => Unit::Percent.say(stated, lang),
                (None, movement) => {
                    incomparable(movement.is_some_and(|(_, base)| Amount::from_decimal(base).is_negative()), lang)
                }
            },
        }
    }

    /// A movement: its magnitude behind the word of its direction, which takes the place of a minus.
    fn say_moved(&self, amount: Amount, unit: &Unit, lang: Lang) -> String {
        let Derivation { plain, stated, .. } = self.derivation;
        let magnitude = unit.say(amount.abs(), lang);
        let direction = self.direction();
        // What is stated stands, also where nothing moved and no word fits; that it differs is a finding.
        if plain || (direction == Direction::Same && stated.is_some_and(|stated| !stated.is_zero())) {
            return magnitude;
        }
        // A movement whose percentage rounds to nothing is a movement all the same.
        let tiny = stated.is_none() && amount.is_zero();
        let growth = !matches!(self.derivation.expression, Expression::Change(..));
        let word = direction.word(growth, lang);
        match (direction, lang) {
            (Direction::Same, _) => word.to_owned(),
            (_, Lang::Zh) if tiny => format!("{word}不足\u{a0}0.01%"),
            (_, Lang::En) if tiny => format!("{word} less than 0.01%"),
            (_, Lang::Zh) => format!("{word}\u{a0}{magnitude}"),
            (_, Lang::En) => format!("{word} {magnitude}"),
        }
    }

    /// Which way the figure moved, if it says that it did.
    pub fn moved(&self) -> Option<Ordering> {
        matches!(self.value, Value::Change(..) | Value::Growth(_)).then(|| match self.direction() {
            Direction::Up => Ordering::Greater,
            Direction::Down => Ordering::Less,
            Direction::Same => Ordering::Equal,
        })
    }

    /// Which way the figure moved: by the exact figures, never by what rounding leaves of them. A document that
    /// states a minus states the direction, too.
    fn direction(&self) -> Direction {
        let difference = self.movement().map_or(Decimal::ZERO, |(difference, _)| difference);
        if self.derivation.stated.is_some_and(Amount::is_negative) {
            Direction::Down
        } else if difference.is_zero() {
            Direction::Same
        } else if difference.is_sign_negative() {
            Direction::Down
        } else {
            Direction::Up
        }
    }

    /// The exact difference and the base of a change or a growth.
    fn movement(&self) -> Option<(Decimal, Decimal)> {
        let amount = |index: usize| self.figures[index].amount.value();
        match self.derivation.expression {
            Expression::Change(..) | Expression::GrowthFrom(..) => Some((amount(0) - amount(1), amount(1))),
            Expression::GrowthBy(..) => Some((amount(1), amount(0) - amount(1))),
            _ => None,
        }
    }
}

/// What is said in place of a percentage that has no base.
fn incomparable(negative: bool, lang: Lang) -> String {
    match (negative, lang) {
        (false, Lang::Zh) => "不可比（基数为0）",
        (true, Lang::Zh) => "不可比（基数为负）",
        (false, Lang::En) => "n/a (base is zero)",
        (true, Lang::En) => "n/a (base is negative)",
    }
    .to_owned()
}

fn digits(amount: Amount, lang: Lang) -> String {
    match lang {
        Lang::Zh => amount.to_string(),
        Lang::En => amount.grouped(),
    }
}

/// Which way a figure moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
    Same,
}

impl Direction {
    /// The word for it: of a growth in percent, or of a change in the figure's own unit.
    fn word(self, growth: bool, lang: Lang) -> &'static str {
        match (self, lang, growth) {
            (Direction::Same, Lang::Zh, _) => "持平",
            (Direction::Up, Lang::Zh, true) => "增长",
            (Direction::Down, Lang::Zh, true) => "下降",
            (Direction::Up, Lang::Zh, false) => "增加",
            (Direction::Down, Lang::Zh, false) => "减少",
            (Direction::Same, Lang::En, true) => "unchanged",
            (Direction::Up, Lang::En, true) => "up",
            (Direction::Down, Lang::En, true) => "down",
            (Direction::Same, Lang::En, false) => "no change",
            (Direction::Up, Lang::En, false) => "an increase of",
            (Direction::Down, Lang::En, false) => "a decrease of",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ReportId, ReportKind};

    /// A ledger whose rows are amounts: `t/2795-08/x` is 2795.08, `t/m11-91/x` is −11.91.
    struct Digits;

    impl Ledger for Digits {
        fn figure(&self, address: &Address) -> Result<Figure, Refusal> {
            let text = address.row.replace('m', "-").replacen('-', ".", 2);
            let text = if address.row.starts_with('m') { text.replacen('.', "-", 1) } else { text };
            Ok(Figure {
                amount: Amount::parse(&text).map_err(|_| Refusal::NoRow(address.clone()))?,
                unit: Unit::WAN_YUAN,
                name: Text::default(),
                report: ReportId { year: 2019, kind: ReportKind::Final },
                address: address.clone(),
            })
        }
    }

    fn a(row: &str) -> Address {
        Address::cell("t", row, "x")
    }

    fn compute(expression: Expression, stated: Option<&str>) -> Computed {
        let stated = stated.map(|text| Amount::parse(text).unwrap());
        Derivation { expression, plain: false, stated }.compute(&Digits).unwrap()
    }

    fn say(expression: Expression, stated: Option<&str>) -> (String, String) {
        let computed = compute(expression, stated);
        (computed.say(Lang::Zh).replace('\u{a0}', " "), computed.say(Lang::En).replace('\u{a0}', " "))
    }

    #[test]
    fn a_change_has_a_word_and_no_minus() {
        let (zh, en) = say(Expression::Change(a("52-09"), a("64-00")), None);
        assert_eq!((zh.as_str(), en.as_str()), ("减少 11.91 万元", "a decrease of RMB 119,100"));
        let (zh, en) = say(Expression::Change(a("64-00"), a("64-00")), None);
        assert_eq!((zh.as_str(), en.as_str()), ("持平", "no change"));
    }

    #[test]
    fn growth_from_a_known_change() {
        let (zh, en) = say(Expression::GrowthBy(a("2795-08"), a("162-94")), None);
        assert_eq!((zh.as_str(), en.as_str()), ("增长 6.19%", "up 6.19%"));
    }

    #[test]
    fn what_is_stated_is_printed_and_compared_at_its_own_precision() {
        let stated = |text| compute(Expression::GrowthBy(a("2795-08"), a("162-94")), Some(text));
        assert!(stated("6.19").agrees);
        assert!(stated("6.2").agrees);
        assert!(!stated("6.18").agrees);
        assert_eq!(stated("6.18").say(Lang::En), "up 6.18%");
        assert!(compute(Expression::Completion(a("0-62"), a("2-50")), Some("24.8")).agrees);
    }

    #[test]
    fn a_zero_base_is_said_in_words_and_a_zero_share_is_zero() {
        let (zh, en) = say(Expression::Share(a("0-00"), a("0-00")), None);
        assert_eq!((zh.as_str(), en.as_str()), ("不可比（基数为0）", "n/a (base is zero)"));
        let (zh, _) = say(Expression::Share(a("0-00"), a("0-78")), None);
        assert_eq!(zh, "0%");
    }

    #[test]
    fn percentages_round_half_up_once() {
        // 0.125 of 1 is 12.5 %, and 1 of 80000 is 0.00125 %.
        let (zh, _) = say(Expression::Share(a("12-345"), a("100-00")), None);
        assert_eq!(zh, "12.35%");
    }

    #[test]
    fn only_a_change_is_stated_without_its_sign() {
        assert!(!compute(Expression::Cell(a("m5-00")), Some("5.00")).agrees);
        assert!(compute(Expression::Cell(a("m5-00")), Some("-5.00")).agrees);
        assert!(!compute(Expression::Sum(vec![a("m5-00"), a("0-00")]), Some("5.00")).agrees);
        assert!(!compute(Expression::Share(a("m5-00"), a("10-00")), Some("50")).agrees);
        assert!(!compute(Expression::Base(a("5-00"), a("10-00")), Some("5.00")).agrees);
        for stated in ["11.91", "-11.91"] {
            assert!(compute(Expression::Change(a("52-09"), a("64-00")), Some(stated)).agrees);
            let (zh, en) = say(Expression::Change(a("52-09"), a("64-00")), Some(stated));
            assert_eq!((zh.as_str(), en.as_str()), ("减少 11.91 万元", "a decrease of RMB 119,100"));
        }
    }

    #[test]
    fn a_stated_minus_is_a_direction() {
        let up = Expression::Change(a("64-00"), a("52-09"));
        assert!(!compute(up.clone(), Some("-11.91")).agrees);
        assert_eq!(say(up, Some("-11.91")).0, "减少 11.91 万元");
        assert_eq!(say(Expression::GrowthFrom(a("90-00"), a("100-00")), Some("-10")).1, "down 10%");
    }

    #[test]
    fn what_is_stated_of_nothing_is_printed() {
        let growth = Expression::GrowthFrom(a("5-00"), a("0-00"));
        assert!(!compute(growth.clone(), Some("100")).agrees);
        assert_eq!(say(growth.clone(), Some("100")), ("增长 100%".to_owned(), "up 100%".to_owned()));
        assert_eq!(say(growth, None).1, "n/a (base is zero)");
        assert_eq!(say(Expression::Completion(a("5-00"), a("0-00")), Some("100")).0, "100%");
        let change = Expression::Change(a("64-00"), a("64-00"));
        assert!(!compute(change.clone(), Some("5.00")).agrees);
        assert_eq!(say(change.clone(), Some("5.00")), ("5.00 万元".to_owned(), "RMB 50,000".to_owned()));
        assert!(compute(change.clone(), Some("0.00")).agrees);
        assert_eq!(say(change, Some("0.00")).0, "持平");
    }

    #[test]
    fn a_direction_is_exact() {
        let (zh, en) = say(Expression::GrowthFrom(a("2000-01"), a("2000-00")), None);
        assert_eq!((zh.as_str(), en.as_str()), ("增长不足 0.01%", "up less than 0.01%"));
        let (zh, en) = say(Expression::GrowthFrom(a("1999-99"), a("2000-00")), Some("0.00"));
        assert_eq!((zh.as_str(), en.as_str()), ("下降 0.00%", "down 0.00%"));
        assert_eq!(say(Expression::GrowthFrom(a("2000-00"), a("2000-00")), None).1, "unchanged");
    }

    #[test]
    fn there_is_no_growth_from_less_than_nothing() {
        for growth in [Expression::GrowthFrom(a("5-00"), a("m10-00")), Expression::GrowthBy(a("5-00"), a("15-00"))] {
            let (zh, en) = say(growth, None);
            assert_eq!((zh.as_str(), en.as_str()), ("不可比（基数为负）", "n/a (base is negative)"));
        }
        let change = say(Expression::Change(a("5-00"), a("m10-00")), None);
        assert_eq!(change.0, "增加 15.00 万元");
    }
}
