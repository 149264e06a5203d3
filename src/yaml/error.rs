//! What stopped serde in a tree, and at which node; the words for it come later.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

/// A mistake in a tree.
#[derive(Debug)]
pub(super) struct Error {
    pub(super) kind: Kind,
    /// The node, once a deserializer has said which it was reading.
    pub(super) node: Option<usize>,
    /// What the type wanted at the node, when reading was asked to remember it.
    pub(super) wanted: Option<Wanted>,
}

/// Which mistake.
#[derive(Debug)]
pub(super) enum Kind {
    /// A key that the type does not have, and those that it has.
    UnknownKey(String, &'static [&'static str]),
    MissingKey(&'static str),
    DuplicateKey(&'static str),
    /// Another shape than the type wants.
    Shape,
    /// A list of another length: damage nearby may be the cause.
    Length,
    /// In the type's own words.
    Custom(String),
}

/// What a type wants.
#[derive(Debug)]
pub(super) enum Wanted {
    /// In the words of a visitor: serde's, or `中文 | English`.
    Words(String),
    /// A mapping with these keys.
    Keys(&'static [&'static str]),
    /// One of these words.
    OneOf(&'static [&'static str]),
}

impl Wanted {
    /// Whether only a mapping would do.
    pub(super) fn is_mapping(&self) -> bool {
        match self {
            Wanted::Keys(_) => true,
            Wanted::Words(words) => words == "a map",
            Wanted::OneOf(_) => false,
        }
    }
}

impl Error {
    pub(super) fn new(kind: Kind) -> Self {
        Error { kind, node: None, wanted: None }
    }

    /// A shape that the type does not want.
    pub(super) fn shape(wanted: Wanted) -> Self {
        Error { kind: Kind::Shape, node: None, wanted: Some(wanted) }
    }

    /// At a node, unless it is known to be at one below.
    pub(super) fn at(mut self, node: usize) -> Self {
        self.node.get_or_insert(node);
        self
    }
}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Error::new(Kind::Custom(message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Error::shape(Wanted::Words(wanted.to_string()))
    }

    fn invalid_value(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Error::shape(Wanted::Words(wanted.to_string()))
    }

    fn invalid_length(_: usize, wanted: &dyn Expected) -> Self {
        Error { wanted: Some(Wanted::Words(wanted.to_string())), ..Error::new(Kind::Length) }
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> Self {
        Error::shape(Wanted::OneOf(known))
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Error::new(Kind::UnknownKey(key.to_owned(), known))
    }

    fn missing_field(key: &'static str) -> Self {
        Error::new(Kind::MissingKey(key))
    }

    fn duplicate_field(key: &'static str) -> Self {
        Error::new(Kind::DuplicateKey(key))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Error {}
