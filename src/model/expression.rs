//! What can be computed from figures, as it is written in prose, charts and rules: `share A of B`, `budget A at R`.

use std::fmt;

use super::{Address, AddressError};

/// What to compute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// The figure itself.
    Cell(Address),
    /// `change A from B`: A − B.
    Change(Address, Address),
    /// `growth A from B`: (A − B) ÷ B.
    GrowthFrom(Address, Address),
    /// `growth A by C`: C ÷ (A − C), where only the change C against last year is known.
    GrowthBy(Address, Address),
    /// `base A by C`: A − C, last year's figure as it follows from the stated change.
    Base(Address, Address),
    /// `share A of B`: A ÷ B.
    Share(Address, Address),
    /// `fall A by C`: C ÷ (A + C), where only the decrease C is known.
    FallBy(Address, Address),
    /// `completion A of B`: A ÷ B, B a budget.
    Completion(Address, Address),
    /// `completion A by C`: A ÷ (A − C), where only the excess C over the budget is known.
    CompletionBy(Address, Address),
    /// `budget A at R`: A ÷ R, the budget that follows from a rate of completion R.
    Budget(Address, Address),
    /// `sum A + B + …`.
    Sum(Vec<Address>),
}

/// Why words are no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionError {
    /// There are none.
    Empty,
    /// It begins with an operation, and does not have its shape.
    Shape(&'static str),
    /// It is neither an address nor does it begin with an operation.
    Unknown(String),
    /// An address in it is none.
    Address(String, AddressError),
}

impl Expression {
    /// The operations, each with its shape.
    pub const SHAPES: [(&'static str, &'static str); 8] = [
        ("change", "change A from B"),
        ("growth", "growth A from B"),
        ("fall", "fall A by C"),
        ("base", "base A by C"),
        ("share", "share A of B"),
        ("completion", "completion A of B"),
        ("budget", "budget A at R"),
        ("sum", "sum A + B"),
    ];

    /// Reads an expression from its words: an address, or an operation over addresses.
    pub fn read(words: &[&str]) -> Result<Self, ExpressionError> {
        let address =
            |text: &str| Address::parse(text).map_err(|error| ExpressionError::Address(text.to_owned(), error));
        Ok(match words {
            [] => return Err(ExpressionError::Empty),
            [single] if single.contains('/') => Expression::Cell(address(single)?),
            ["change", a, "from", b] => Expression::Change(address(a)?, address(b)?),
            ["growth", a, "from", b] => Expression::GrowthFrom(address(a)?, address(b)?),
            ["growth", a, "by", c] => Expression::GrowthBy(address(a)?, address(c)?),
            ["fall", a, "by", c] => Expression::FallBy(address(a)?, address(c)?),
            ["base", a, "by", c] => Expression::Base(address(a)?, address(c)?),
            ["share", a, "of", b] => Expression::Share(address(a)?, address(b)?),
            ["completion", a, "of", b] => Expression::Completion(address(a)?, address(b)?),
            ["completion", a, "by", c] => Expression::CompletionBy(address(a)?, address(c)?),
            ["budget", a, "at", r] => Expression::Budget(address(a)?, address(r)?),
            ["sum", a, rest @ ..] if rest.len() >= 2 && rest.chunks(2).all(|pair| matches!(pair, ["+", _])) => {
                let mut all = vec![address(a)?];
                for pair in rest.chunks(2) {
                    all.push(address(pair[1])?);
                }
                Expression::Sum(all)
            }
            [operation, ..] => {
                let known = Self::SHAPES.iter().find(|(name, _)| name == operation);
                return Err(known.map_or_else(
                    || ExpressionError::Unknown((*operation).to_owned()),
                    |(_, shape)| ExpressionError::Shape(shape),
                ));
            }
        })
    }

    /// Whether it is a percentage, not an amount.
    pub fn is_percent(&self) -> bool {
        match self {
            Expression::GrowthFrom(..)
            | Expression::GrowthBy(..)
            | Expression::FallBy(..)
            | Expression::Share(..)
            | Expression::Completion(..)
            | Expression::CompletionBy(..) => true,
            Expression::Cell(_)
            | Expression::Change(..)
            | Expression::Base(..)
            | Expression::Budget(..)
            | Expression::Sum(_) => false,
        }
    }

    /// The addresses that it names, the leading one first.
    pub fn addresses(&self) -> Vec<&Address> {
        match self {
            Expression::Cell(a) => vec![a],
            Expression::Change(a, b)
            | Expression::GrowthFrom(a, b)
            | Expression::GrowthBy(a, b)
            | Expression::Base(a, b)
            | Expression::Share(a, b)
            | Expression::FallBy(a, b)
            | Expression::Completion(a, b)
            | Expression::CompletionBy(a, b)
            | Expression::Budget(a, b) => vec![a, b],
            Expression::Sum(all) => all.iter().collect(),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Cell(a) => a.fmt(f),
            Expression::Change(a, b) => write!(f, "change {a} from {b}"),
            Expression::GrowthFrom(a, b) => write!(f, "growth {a} from {b}"),
            Expression::GrowthBy(a, c) => write!(f, "growth {a} by {c}"),
            Expression::Base(a, c) => write!(f, "base {a} by {c}"),
            Expression::Share(a, b) => write!(f, "share {a} of {b}"),
            Expression::FallBy(a, c) => write!(f, "fall {a} by {c}"),
            Expression::Completion(a, b) => write!(f, "completion {a} of {b}"),
            Expression::CompletionBy(a, c) => write!(f, "completion {a} by {c}"),
            Expression::Budget(a, r) => write!(f, "budget {a} at {r}"),
            Expression::Sum(all) => {
                f.write_str("sum ")?;
                for (index, address) in all.iter().enumerate() {
                    write!(f, "{}{address}", if index > 0 { " + " } else { "" })?;
                }
                Ok(())
            }
        }
    }
}
