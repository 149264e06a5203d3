//! An exact decimal as it is printed: its value and its number of decimals, from the scalar's text.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

/// An exact amount with its printed scale: `483.38`, `0.00`, `-1.20`.
///
/// Unit-less by itself: the form, column or fact that holds it says 万元, % or vehicles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(Decimal);

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Full-width digits or signs, as `１２．５`.
    FullWidth,
    /// Thousands separators, as `1,066.66`.
    Grouped,
    /// An exponent, as `1e3`.
    Exponent,
    /// Letters that look like digits, as the O in `12O.50`.
    Lookalike,
    /// More digits than a figure of public accounts can have (15 before the point).
    TooLong,
    /// Anything else.
    Malformed,
}

impl Amount {
    /// Reads an amount from its text, which must match `-?\d+(\.\d+)?`.
    ///
    /// `Decimal`'s own parser also accepts `1_000` and `+5`; a printed form never holds these.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !fraction.is_none_or(all_digits) {
            return Err(Self::diagnose(text));
        }
        if whole.len() > 15 || fraction.is_some_and(|fraction| fraction.len() > 10) {
            return Err(AmountError::TooLong);
        }
        Decimal::from_str_exact(text).map(Amount).map_err(|_| AmountError::Malformed)
    }

    fn diagnose(text: &str) -> AmountError {
        if text.chars().any(|c| matches!(c, '０'..='９' | '．' | '，' | '－')) {
            return AmountError::FullWidth;
        }
        let ascii = |set: &str| text.chars().all(|c| c.is_ascii_digit() || set.contains(c));
        if text.contains(',') && ascii(",.-") {
            return AmountError::Grouped;
        }
        if text.chars().any(|c| c.is_ascii_digit()) && text.contains(['e', 'E']) && ascii("eE.+-") {
            return AmountError::Exponent;
        }
        if text.chars().any(|c| c.is_ascii_digit())
            && text.contains(['O', 'o', 'I', 'l', 'S', 'B'])
            && ascii("OoIlSB.-")
        {
            return AmountError::Lookalike;
        }
        AmountError::Malformed
    }

    /// What the author most likely meant, when the mistake tells.
    pub fn suggest(text: &str) -> Option<String> {
        let half_width: String = text
            .chars()
            .map(|c| match c {
                '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
                '．' => '.',
                '－' => '-',
                'O' | 'o' => '0',
                'I' | 'l' => '1',
                'S' => '5',
                'B' => '8',
                other => other,
            })
            .filter(|c| !matches!(c, ',' | '，' | ' '))
            .collect();
        if let Ok(amount) = Amount::parse(&half_width) {
            return (amount.to_string() != text).then(|| amount.to_string());
        }
        Decimal::from_scientific(&half_width).ok().map(|value| value.normalize().to_string())
    }

    /// An amount that was computed, not printed.
    pub fn from_decimal(value: Decimal) -> Self {
        Amount(value)
    }

    /// The exact value.
    pub fn value(self) -> Decimal {
        self.0
    }

    /// How many decimals are printed.
    pub fn decimals(self) -> u32 {
        self.0.scale()
    }

    /// The same value printed with at least `decimals` decimals (8.8 as 8.80); never rounds.
    #[must_use]
    pub fn with_decimals(self, decimals: u32) -> Self {
        let mut value = self.0;
        if value.scale() < decimals {
            value.rescale(decimals);
        }
        Amount(value)
    }

    /// Rounded half-up (away from zero on a tie), to exactly `decimals` decimals.
    ///
    /// `Decimal::round_dp` is banker's rounding; the Chinese forms round half-up (四舍五入).
    #[must_use]
    pub fn rounded(self, decimals: u32) -> Self {
        let mut value = self.0.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        value.rescale(decimals);
        Amount(value)
    }

    /// Whether the value is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// The magnitude.
    #[must_use]
    pub fn abs(self) -> Self {
        Amount(self.0.abs())
    }

    /// The digits with a comma between thousands: `2,795.08`.
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
        let mut grouped = String::with_capacity(plain.len() + 4);
        grouped.push_str(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if let Some(fraction) = fraction {
            grouped.push('.');
            grouped.push_str(fraction);
        }
        grouped
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_printed_scale() {
        assert_eq!(Amount::parse("0.00").unwrap().to_string(), "0.00");
        assert_eq!(Amount::parse("8.8").unwrap().with_decimals(2).to_string(), "8.80");
        assert_eq!(Amount::parse("-1234567.80").unwrap().grouped(), "-1,234,567.80");
        assert_eq!(Amount::parse("100").unwrap().grouped(), "100");
    }

    #[test]
    fn names_each_mistake() {
        for (text, error, meant) in [
            ("12O.50", AmountError::Lookalike, Some("120.50")),
            ("1,066.66", AmountError::Grouped, Some("1066.66")),
            ("1e3", AmountError::Exponent, Some("1000")),
            ("１２．５", AmountError::FullWidth, Some("12.5")),
            ("1_000", AmountError::Malformed, None),
            ("+5", AmountError::Malformed, None),
            ("", AmountError::Malformed, None),
            ("12.", AmountError::Malformed, None),
            ("1234567890123456", AmountError::TooLong, None),
        ] {
            assert_eq!(Amount::parse(text), Err(error), "{text}");
            if meant.is_some() {
                assert_eq!(Amount::suggest(text).as_deref(), meant, "{text}");
            }
        }
    }

    #[test]
    fn rounds_half_up() {
        let round = |text: &str, decimals| Amount::parse(text).unwrap().rounded(decimals).to_string();
        assert_eq!(round("2.345", 2), "2.35");
        assert_eq!(round("2.335", 2), "2.34");
        assert_eq!(round("-2.345", 2), "-2.35");
        assert_eq!(round("7", 2), "7.00");
    }
}
