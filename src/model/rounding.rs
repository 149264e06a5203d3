//! What rounding explains. Accounts are kept in yuan and printed in 万元, each number rounded by itself: a rate or a
//! difference of the exact amounts may print otherwise than that of the printed ones.

use rust_decimal::Decimal;

use super::derivation::Exact;
use super::{Amount, Computed, Expression, Figure, Unit};

impl Figure {
    /// How far the exact figure can be from the printed one: half its last decimal. Amounts and rates have two decimals,
    /// though zeros at their end are often left out; a zero is one, what is counted is as it is said, and so is money that
    /// is printed to the fen.
    pub fn half(&self) -> Decimal {
        if self.amount.is_zero() { Decimal::ZERO } else { self.unit.half(self.amount) }
    }
}

impl Unit {
    /// Half the last decimal of an amount in this unit; nothing where amounts are exact.
    pub fn half(&self, amount: Amount) -> Decimal {
        let decimals = amount.decimals().max(2);
        let is_exact = match self {
            Unit::Money { factor } => Decimal::from(*factor) * Decimal::new(1, decimals) <= Decimal::new(1, 2),
            Unit::Percent => false,
            Unit::Scaled { .. } | Unit::Counted(_) => true,
        };
        if is_exact { Decimal::ZERO } else { Decimal::new(5, decimals + 1) }
    }
}

impl Computed {
    /// Between which values the result lies that the exact figures make, where any of them was rounded; up to
    /// `Decimal::MAX` where nothing bounds it. A figure that stands for itself has no other: the same amount is rounded in
    /// the same way wherever it is printed.
    pub fn span(&self) -> Option<(Decimal, Decimal)> {
        let expression = &self.derivation.expression;
        if matches!(expression, Expression::Cell(_)) || self.figures.iter().all(|figure| figure.half().is_zero()) {
            return None;
        }
        if let Expression::Sum(_) = expression {
            let exact: Decimal = self.figures.iter().map(|figure| figure.amount.value()).sum();
            let off: Decimal = self.figures.iter().map(Figure::half).sum();
            return Some((exact - off, exact + off));
        }
        // Each of the others has two figures and grows or falls with either of them: it is largest and smallest at corners.
        let [first, second] = self.figures.as_slice() else { return None };
        // One figure is rounded once.
        if (first.report, &first.address) == (second.report, &second.address) {
            return None;
        }
        let ends = |figure: &Figure| [figure.amount.value() - figure.half(), figure.amount.value() + figure.half()];
        let corners = || ends(first).into_iter().flat_map(|a| ends(second).map(|b| [a, b]));
        let values = || corners().filter_map(|corner| Exact::of(expression, &corner).number());
        // Where what is divided by may be as good as nothing, the result may be as large as one likes.
        let high = if values().count() < 4 { Some(Decimal::MAX) } else { values().max() };
        Some((values().min()?, high?))
    }

    /// Whether rounding explains that what is stated is not what the printed figures make: the exact ones can make it.
    pub fn is_tail(&self) -> bool {
        let Some(stated) = self.derivation.stated.filter(|_| !self.agrees) else { return false };
        let Some((low, high)) = self.span() else { return false };
        // A decrease is stated by its magnitude.
        let magnitude = self.moved().is_some() && !stated.is_negative();
        let (low, high) = match magnitude {
            true if high == Decimal::MAX => (Decimal::ZERO, high),
            true if high.is_sign_negative() => (-high, -low),
            true if low.is_sign_negative() => (Decimal::ZERO, high.max(-low)),
            _ => (low, high),
        };
        let half = Decimal::new(5, stated.decimals() + 1);
        low < stated.value() + half && stated.value() - half < high
    }

    /// Whether the document's own figures contradict what is stated: they are not as printed, and rounding does not explain it.
    pub fn is_contradicted(&self) -> bool {
        !self.agrees && !self.is_tail()
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use crate::model::{
        Address, Amount, Computed, Derivation, Expression, Figure, Ledger, Refusal, ReportId, ReportKind, Text, Unit,
    };

    /// A ledger whose rows are amounts: `t/2795-08/x` is 2795.08.
    struct Digits;

    impl Ledger for Digits {
        fn figure(&self, address: &Address) -> Result<Figure, Refusal> {
            let amount = Amount::parse(&address.row.replace('-', ".")).map_err(|_| Refusal::NoRow(address.clone()))?;
            let report = ReportId { year: 2019, kind: ReportKind::Final };
            Ok(Figure { amount, unit: Unit::WAN_YUAN, name: Text::default(), report, address: address.clone() })
        }
    }

    fn a(row: &str) -> Address {
        Address::cell("t", row, "x")
    }

    fn stated(expression: Expression, stated: &str) -> Computed {
        let stated = Some(Amount::parse(stated).expect("an amount"));
        Derivation { stated, ..Derivation::in_words(expression) }.compute(&Digits).expect("a value")
    }

    #[test]
    fn a_rate_of_small_amounts_may_be_that_of_the_exact_ones() {
        let share = |said| stated(Expression::Share(a("0-43"), a("0-62")), said);
        // 4,250 yuan of 6,250 is 68.00%, 4,350 of 6,150 is 70.73%.
        for (said, tail) in [("69.36", true), ("68.00", true), ("67.99", false), ("70.73", true), ("70.74", false)] {
            assert_eq!(share(said).is_tail(), tail, "{said}");
            assert_eq!(share(said).is_contradicted(), !tail, "{said}");
        }
        let printed = share("69.35");
        assert!(printed.agrees && !printed.is_tail() && !printed.is_contradicted(), "what agrees has no tail");
    }

    #[test]
    fn a_rate_of_large_amounts_is_that_of_the_printed_ones() {
        assert!(!stated(Expression::GrowthBy(a("2795-08"), a("162-94")), "6.18").is_tail());
        assert!(!stated(Expression::Completion(a("2795-08"), a("2755-37")), "101.45").is_tail());
    }

    #[test]
    fn what_is_exact_has_no_tail_and_what_may_rest_on_nothing_any() {
        // Yuan are exact to the fen; one figure is rounded once.
        let yuan = |unit| Computed { figures: exact(&unit), ..stated(Expression::Change(a("100"), a("90")), "10.01") };
        assert!(yuan(Unit::WAN_YUAN).is_tail());
        let in_yuan = yuan(Unit::Money { factor: 1 });
        assert!(!in_yuan.is_tail() && in_yuan.span().is_none(), "{:?}", in_yuan.span());
        assert!(!stated(Expression::Change(a("100"), a("100")), "0.01").is_tail());
        // 150 yuan after 149 more or 50 more: the base is anything down to nothing.
        let growth = stated(Expression::GrowthBy(a("0-02"), a("0-01")), "900.00");
        assert!(growth.is_tail() && growth.span().is_some_and(|(_, high)| high == Decimal::MAX), "{:?}", growth.span());
    }

    fn exact(unit: &Unit) -> Vec<Figure> {
        let figure = |row| Figure { unit: unit.clone(), ..Digits.figure(&a(row)).expect("a figure") };
        vec![figure("100"), figure("90")]
    }

    #[test]
    fn a_difference_is_off_by_both_of_its_figures_and_a_cell_by_nothing() {
        let change = |said| stated(Expression::Change(a("52-09"), a("64-00")), said);
        assert!(change("11.92").is_tail() && !change("11.93").is_tail());
        assert!(!stated(Expression::Cell(a("0-24")), "0.25").is_tail());
        let sum = |said| stated(Expression::Sum(vec![a("1-00"), a("2-00"), a("0-00")]), said);
        assert!(sum("3.01").is_tail() && !sum("3.02").is_tail(), "a zero is one");
    }
}
