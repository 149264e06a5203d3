//! What a printed number may have been before it was rounded. Accounts are kept in yuan and printed in 万元, each number
//! rounded by itself: a rate computed from yuan may differ in its last decimal from that of the printed amounts.

use rust_decimal::Decimal;

use super::read::{Kind, Token};

/// The values that are printed as one number: in yuan, or per cent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    low: Decimal,
    high: Decimal,
}

impl Span {
    /// The values of a number in the text.
    pub(super) fn of(token: &Token<'_>) -> Self {
        let value = token.value().abs();
        let half = half(token);
        Span { low: value - half, high: value + half }
    }

    /// The values of an amount in a form.
    pub(super) fn of_form(value: Decimal) -> Self {
        let half = Decimal::ONE_HUNDRED / Decimal::TWO;
        Span { low: value - half, high: value + half }
    }

    /// The sum of two.
    pub(super) fn plus(self, other: Self) -> Self {
        Span { low: self.low + other.low, high: self.high + other.high }
    }

    /// The difference of two.
    pub(super) fn less(self, other: Self) -> Self {
        Span { low: self.low - other.high, high: self.high - other.low }
    }

    /// This as a percentage of a whole; nothing where the whole may be zero.
    pub(super) fn percent_of(self, whole: Self) -> Option<Self> {
        let hundred = Decimal::ONE_HUNDRED;
        (whole.low > Decimal::ZERO)
            .then(|| Span { low: self.low * hundred / whole.high, high: self.high * hundred / whole.low })
    }

    /// Whether a value is in both.
    pub(super) fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether the values are finer than a form's 万元, and it prints them as `value`.
    pub(super) fn rounds_to(self, value: Decimal) -> bool {
        let form = Decimal::ONE_HUNDRED;
        self.high - self.low < form && ((self.low + self.high) / Decimal::TWO - value).abs() <= form / Decimal::TWO
    }
}

/// Half of the last decimal of a form's 万元, which English texts repeat in yuan; half of the last printed decimal where a
/// number is finer, and of a percentage.
pub(super) fn half(token: &Token<'_>) -> Decimal {
    let printed = Decimal::new(5, token.amount.decimals() + 1) * token.factor;
    let form = Decimal::ONE_HUNDRED;
    match token.kind {
        _ if token.amount.is_zero() => Decimal::ZERO,
        Kind::Money if (token.value() % form).is_zero() => form / Decimal::TWO,
        Kind::Money | Kind::Percent => printed,
    }
}
