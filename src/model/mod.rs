//! The words of the field as types: amounts, codes, addresses, forms, tables, derivations.
//!
//! A leaf of the crate: nothing here reads a file, prints or knows of HTML.

mod address;
mod amount;
mod artifact;
mod derivation;
mod disclosure;
mod expression;
mod form;
mod language;
mod official;
mod rounding;
mod rule;
mod table;
mod unit;
mod words;

pub use address::{Address, AddressError, ReportId, ReportKind};
pub use amount::{Amount, AmountError};
pub use artifact::Artifact;
pub use derivation::{Computed, Derivation, Figure, Ledger, Refusal, Value};
pub use disclosure::{
    Accepted, Chart, ChartKind, Department, Disclosure, GlossaryTerm, Highlight, Mark, OwnRule, Part, PartKind, Piece,
    Prose, Shelf, Target,
};
pub use expression::{Expression, ExpressionError};
pub use form::{CellKind, Classification, Column, Form, Head, HeadKind, Lane, Layout, Leaf, Line, RowScheme, Term};
pub use language::{Lang, Localized, Text};
pub use official::{Contact, Information, Validity};
pub use rule::{Cells, Columns, Operand, Relation, Rows, Rule, Tolerance};
pub use table::{Cell, Fact, FactGroup, Facts, LaneRows, Row, Table, TypedCells, TypedRow};
pub use unit::Unit;
pub use words::{all_words, find_words, plain_words};
