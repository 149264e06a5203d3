//! What a theme says of itself (`theme.yaml`), and its words.

use serde::Deserialize;

use crate::diagnostics::Found;
use crate::yaml::{self, Pairs, Scalar};

/// `theme.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    extends: Option<Scalar>,
    variables: Option<Pairs<Option<Scalar>>>,
    dark: Option<Pairs<Option<Scalar>>>,
}

/// A name and what is written behind it; an empty value is `""`.
type Values = Vec<(String, String)>;

/// How a theme differs from the one that it extends, beside its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ThemeConfig {
    /// The theme that has what this one lacks.
    pub(crate) extends: Option<String>,
    /// CSS custom properties, without their hyphens.
    pub(crate) variables: Values,
    /// Those that have another value in the dark.
    pub(crate) dark: Values,
}

/// Reads `theme.yaml`.
pub(crate) fn theme(path: &str, text: &str) -> Found<Option<ThemeConfig>> {
    let read = yaml::read_through::<ThemeFile>(path, text);
    // One mistake does not hide the others: what stands in for it is left out.
    let own = |text: &str| text != yaml::STAND_IN;
    let values = |pairs: Option<Pairs<Option<Scalar>>>| {
        let pairs = pairs.into_iter().flat_map(|pairs| pairs.0);
        let values = pairs.map(|(name, value)| (name, value.map(|value| value.0).unwrap_or_default()));
        values.filter(|(name, value)| own(name) && own(value)).collect()
    };
    let value = read.value.map(|file| ThemeConfig {
        extends: file.extends.map(|extends| extends.0).filter(|extends| own(extends)),
        variables: values(file.variables),
        dark: values(file.dark),
    });
    Found { value, findings: read.findings }
}

/// Reads a theme's words in one language.
pub(crate) fn words(path: &str, text: &str) -> Found<Option<Vec<(String, String)>>> {
    let read = yaml::read::<Pairs<Scalar>>(path, text);
    let words = read.value.map(|words| words.0.into_iter().map(|(key, word)| (key, word.0)).collect());
    Found { value: words, findings: read.findings }
}
