//! What a figure counts, and how its unit is said in prose: 万元 in Chinese, exact RMB in English.

use rust_decimal::Decimal;

use super::{Amount, Lang, Text};

/// The unit of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money, in `factor` yuan: 1 for 元, 10,000 for 万元, 100,000,000 for 亿元.
    Money {
        /// Yuan in one unit.
        factor: u32,
    },
    /// A percentage.
    Percent,
    /// A count in 万 or 亿, whose noun stands in the sentence.
    Scaled {
        /// Things in one unit.
        factor: u32,
    },
    /// Something counted or measured: 辆, 天, Mbps.
    Counted(Text),
}

impl Unit {
    /// 万元, the unit of nearly all forms.
    pub const WAN_YUAN: Unit = Unit::Money { factor: 10_000 };

    /// A unit from its printed name, except counted ones, which are written in both languages.
    pub fn named(name: &str) -> Option<Unit> {
        Some(match name {
            "元" => Unit::Money { factor: 1 },
            "万元" => Unit::WAN_YUAN,
            "亿元" => Unit::Money { factor: 100_000_000 },
            "%" => Unit::Percent,
            "万" => Unit::Scaled { factor: 10_000 },
            "亿" => Unit::Scaled { factor: 100_000_000 },
            _ => return None,
        })
    }

    /// The names that [`Unit::named`] knows, for messages.
    pub const NAMES: [&'static str; 6] = ["万元", "元", "亿元", "%", "万", "亿"];

    /// The unit's name at the head of a table.
    pub fn name(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Unit::Money { factor: 1 } => ("元", "RMB"),
            Unit::Money { factor: 10_000 } => ("万元", "RMB 10,000"),
            Unit::Money { .. } => ("亿元", "RMB 100 million"),
            Unit::Percent => ("%", "%"),
            Unit::Scaled { factor: 10_000 } => ("万", "10,000"),
            Unit::Scaled { .. } => ("亿", "100 million"),
            Unit::Counted(text) => return text.get(lang).clone(),
        };
        match lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    /// A magnitude with its unit, as a sentence says it. Exact in both languages: 万元 amounts are
    /// whole multiples of 100 yuan, so English can say them in yuan without rounding.
    pub fn say(&self, amount: Amount, lang: Lang) -> String {
        match (self, lang) {
            (Unit::Percent, _) => format!("{amount}%"),
            (Unit::Money { .. } | Unit::Scaled { .. }, Lang::Zh) => format!("{amount}\u{a0}{}", self.name(lang)),
            (Unit::Money { factor }, Lang::En) => format!("RMB\u{a0}{}", times(amount, *factor).grouped()),
            (Unit::Scaled { factor }, Lang::En) => in_millions(times(amount, *factor)),
            (Unit::Counted(_), Lang::Zh) => amount.to_string(),
            (Unit::Counted(_), Lang::En) => amount.grouped(),
        }
    }
}

/// The product without the decimals that have become zeros; an amount in single units is as it was printed.
fn times(amount: Amount, factor: u32) -> Amount {
    if factor == 1 {
        return amount;
    }
    Amount::from_decimal((amount.value() * Decimal::from(factor)).normalize())
}

/// `875 million`, `1.827 billion`; digits where the short form would not be exact in three decimals.
fn in_millions(amount: Amount) -> String {
    for (size, word) in [(1_000_000_000_u32, "billion"), (1_000_000, "million")] {
        let scaled = (amount.value() / Decimal::from(size)).normalize();
        if amount.value() >= Decimal::from(size) && scaled.scale() <= 3 {
            return format!("{scaled}\u{a0}{word}");
        }
    }
    amount.grouped()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(unit: &Unit, amount: &str, lang: Lang) -> String {
        unit.say(Amount::parse(amount).unwrap(), lang).replace('\u{a0}', " ")
    }

    #[test]
    fn says_money_exactly_in_both_languages() {
        assert_eq!(say(&Unit::WAN_YUAN, "2795.08", Lang::Zh), "2795.08 万元");
        assert_eq!(say(&Unit::WAN_YUAN, "2795.08", Lang::En), "RMB 27,950,800");
        assert_eq!(say(&Unit::WAN_YUAN, "0.00", Lang::En), "RMB 0");
        let yuan = Unit::named("元").unwrap();
        assert_eq!(say(&yuan, "12.50", Lang::Zh), "12.50 元");
        assert_eq!(say(&yuan, "12.50", Lang::En), "RMB 12.50");
    }

    #[test]
    fn says_large_counts_as_english_does() {
        let yi = Unit::named("亿").unwrap();
        let wan = Unit::named("万").unwrap();
        assert_eq!(say(&yi, "8.75", Lang::Zh), "8.75 亿");
        assert_eq!(say(&yi, "8.75", Lang::En), "875 million");
        assert_eq!(say(&yi, "18.27", Lang::En), "1.827 billion");
        assert_eq!(say(&wan, "14.8", Lang::En), "148,000");
    }
}
