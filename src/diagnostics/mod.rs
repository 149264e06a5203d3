//! Findings: what is wrong or worth knowing, where, and what to type instead.
//!
//! A finding is data. Its words come from the [`catalogue`] in Chinese and English, its position is
//! looked up in the text only when it is shown. Another leaf of the crate.

pub mod catalogue;
mod place;

pub use catalogue::{Entry, Severity, Words};
pub use place::{DataPath, Place, Step};

/// Something found in the files of a site.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What it is: code, severity and words.
    pub entry: &'static Entry,
    /// Where it is.
    pub place: Place,
    /// Other places that belong to it: the first of two duplicates, the other end of a contradiction.
    pub related: Vec<Place>,
    /// The values for the `{…}` in its words.
    pub arguments: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding at a place.
    pub fn new(entry: &'static Entry, place: Place) -> Self {
        Finding { entry, place, related: Vec::new(), arguments: Vec::new() }
    }

    /// With a value for `{name}` in its words.
    #[must_use]
    #[allow(clippy::needless_pass_by_value, reason = "a value or a reference, as is at hand")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }

    /// With another place that belongs to it.
    #[must_use]
    pub fn beside(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// Whether it stands in the way of publishing.
    pub fn is_error(&self) -> bool {
        self.entry.severity == Severity::Error
    }

    /// A sentence of the catalogue with the finding's values in it.
    pub fn fill(&self, sentence: &str) -> String {
        let mut filled = sentence.to_owned();
        for (name, value) in &self.arguments {
            filled = filled.replace(&format!("{{{name}}}"), value);
        }
        filled
    }
}

/// A value and what was found on the way to it: nothing is thrown at the first mistake.
#[derive(Debug)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// What was found.
    pub findings: Vec<Finding>,
}
