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
    /// What is stated and what computes, for findings that can be accepted.
    pub claim: Option<Box<Claim>>,
}

/// What a finding is about, so that it can be accepted: two values that should agree and do not, or words in doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The report, as `2019/final`.
    pub report: String,
    /// The place: a rule and an address, a part and the figure in it, or a part.
    pub at: String,
    /// What is stated.
    pub stated: String,
    /// What computes; empty where nothing does, as in a doubt about words.
    pub computed: String,
    /// Why it stands, if it is accepted.
    pub accepted: Option<Acceptance>,
}

impl Claim {
    /// A doubt about words, with plain spaces: nothing computes another value, so what is accepted is the words in their place.
    pub fn of_words(report: &impl ToString, at: &str, words: &str) -> Self {
        Claim {
            report: report.to_string(),
            at: at.to_owned(),
            stated: words.replace(['\u{a0}', '\n'], " "),
            computed: String::new(),
            accepted: None,
        }
    }
}

/// Why a finding stands as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The reason in Chinese.
    pub reason_zh: String,
    /// The reason in English.
    pub reason_en: String,
    /// Whether readers of the site see it.
    pub public: bool,
}

impl Finding {
    /// A finding at a place.
    pub fn new(entry: &'static Entry, place: Place) -> Self {
        Finding { entry, place, related: Vec::new(), arguments: Vec::new(), claim: None }
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

    /// Why it is accepted, if it is.
    pub fn accepted(&self) -> Option<&Acceptance> {
        self.claim.as_ref()?.accepted.as_ref()
    }

    /// Whether it stands in the way of publishing: an error that nobody has accepted.
    pub fn is_error(&self) -> bool {
        self.entry.severity == Severity::Error && self.accepted().is_none()
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
