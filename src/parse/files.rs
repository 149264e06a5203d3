//! What a webmaster's YAML files look like, before anything in them is bound.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::forms::{ChartSpec, FigureSpec, RuleFile, UnitName};
use crate::model::{Lang, Text};
use crate::yaml::{Pairs, Scalar};

/// `site.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteFile {
    pub(crate) format: Option<u32>,
    pub(crate) title: Text,
    pub(crate) department: Text,
    pub(crate) languages: Option<Vec<Lang>>,
    pub(crate) base_url: Option<Scalar>,
    pub(crate) theme: Option<Scalar>,
    pub(crate) intro: Option<Text>,
    pub(crate) notice: Option<Text>,
    #[serde(default)]
    pub(crate) footer: Vec<Text>,
    pub(crate) website: Option<WebsiteFile>,
    pub(crate) column: Option<ColumnFile>,
    pub(crate) contact: Option<ContactFile>,
    pub(crate) downloads: Option<bool>,
    pub(crate) search: Option<bool>,
    pub(crate) large_type: Option<bool>,
    /// Whether each report has its page of checks; by default it has.
    pub(crate) checks: Option<bool>,
}

/// The website that the pages belong to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebsiteFile {
    pub(crate) name: Option<Text>,
    pub(crate) domain: Option<Scalar>,
    pub(crate) code: Option<Scalar>,
    pub(crate) organizer: Option<Text>,
    pub(crate) operator: Option<Text>,
    pub(crate) icp: Option<Scalar>,
    pub(crate) police: Option<Scalar>,
    pub(crate) report_errors: Option<Scalar>,
}

/// The column of the website in which the pages stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColumnFile {
    pub(crate) name: Text,
    pub(crate) description: Option<Text>,
    pub(crate) keywords: Option<Text>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<Text>,
}

/// Whom readers may ask.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactFile {
    pub(crate) office: Option<Text>,
    pub(crate) phone: Option<Scalar>,
    pub(crate) email: Option<Scalar>,
    pub(crate) address: Option<Text>,
}

/// `department.yaml` of a portal's department.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DepartmentFile {
    pub(crate) name: Text,
    pub(crate) contact: Option<ContactFile>,
}

/// `report.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportFile {
    pub(crate) format: Option<u32>,
    pub(crate) forms: Scalar,
    pub(crate) approved: Option<Scalar>,
    pub(crate) published: Option<Scalar>,
    pub(crate) source: Option<Text>,
    pub(crate) information: Option<InformationFile>,
    pub(crate) tables: Option<Vec<Scalar>>,
    pub(crate) parts: Option<Vec<Scalar>>,
    #[serde(default)]
    pub(crate) charts: Vec<ChartSpec>,
    #[serde(default)]
    pub(crate) figures: Vec<FigureSpec>,
    #[serde(default)]
    pub(crate) rules: Vec<RuleFile>,
    #[serde(default)]
    pub(crate) accepted: Vec<AcceptedFile>,
}

/// How a report is filed as government information.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InformationFile {
    pub(crate) index: Option<Scalar>,
    pub(crate) category: Option<Text>,
    pub(crate) issuer: Option<Text>,
    pub(crate) written: Option<Scalar>,
    pub(crate) number: Option<Scalar>,
    pub(crate) validity: Option<Scalar>,
}

/// A finding that is accepted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AcceptedFile {
    pub(crate) code: Scalar,
    pub(crate) at: Scalar,
    pub(crate) stated: Scalar,
    /// None where nothing computes: a doubt about words.
    pub(crate) computed: Option<Scalar>,
    pub(crate) reason: Text,
    pub(crate) visible: Visibility,
}

/// Who sees an accepted finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Visibility {
    Public,
    Internal,
}

/// `content/terms.yaml`: names of codes that the built-in dictionary lacks, and words that readers type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TermsFile {
    pub(crate) functional: Option<Pairs<Text>>,
    pub(crate) economic: Option<Pairs<Text>>,
    pub(crate) everyday: Option<EverydayFile>,
}

/// Terms, each with the words of everyday life for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EverydayFile {
    pub(crate) zh: Option<Pairs<Vec<Scalar>>>,
    pub(crate) en: Option<Pairs<Vec<Scalar>>>,
}

/// `facts.yaml`: groups of named figures.
pub(crate) type FactsFile = Pairs<FactGroupFile>;

/// Facts about one subject.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactGroupFile {
    pub(crate) name: Text,
    pub(crate) unit: Option<UnitName>,
    pub(crate) figures: Pairs<FactFile>,
}

/// A named figure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FactFile {
    pub(crate) value: Scalar,
    pub(crate) unit: Option<UnitName>,
    pub(crate) zh: String,
    pub(crate) en: String,
    pub(crate) as_of: Option<Text>,
    pub(crate) note: Option<Text>,
}

/// `tables/<form>.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableFile {
    pub(crate) unlisted: Option<Scalar>,
    pub(crate) columns: Option<Vec<Scalar>>,
    pub(crate) rows: Option<RowsInput>,
    pub(crate) empty: Option<Text>,
    pub(crate) note: Option<Text>,
}

/// The rows of a table as typed.
#[derive(Clone, Debug)]
pub(crate) enum RowsInput {
    /// Row by row.
    Map(Vec<(String, RowInput)>),
    /// Only the rows' names: every cell is `unlisted`.
    List(Vec<Scalar>),
    /// Pasted from a spreadsheet, cells between tabs.
    Paste(String),
}

/// One row as typed.
#[derive(Clone, Debug)]
pub(crate) enum RowInput {
    /// Nothing: every cell is `unlisted`.
    Nothing,
    /// The one value of a row with one column.
    One(String),
    /// A value for each column.
    Many(Vec<Scalar>),
    /// Values by column, and the row's own name.
    Named(Vec<(String, CellInput)>),
}

/// One value as typed.
#[derive(Clone, Debug)]
pub(crate) enum CellInput {
    /// An amount.
    Scalar(String),
    /// Prose, or a name.
    Text(Text),
}

/// A visitor's answer to a value that YAML has already turned into a number: its digits are no longer those
/// that were typed, so the file is read again with the texts kept (see [`crate::yaml`]).
fn as_text<E: de::Error, T>() -> Result<T, E> {
    Err(E::custom("the number is read again as text"))
}

macro_rules! numbers_as_text {
    ($value:ty) => {
        fn visit_f64<E: de::Error>(self, _: f64) -> Result<$value, E> {
            as_text()
        }

        fn visit_i64<E: de::Error>(self, _: i64) -> Result<$value, E> {
            as_text()
        }

        fn visit_u64<E: de::Error>(self, _: u64) -> Result<$value, E> {
            as_text()
        }

        fn visit_bool<E: de::Error>(self, _: bool) -> Result<$value, E> {
            as_text()
        }
    };
}

impl<'de> Deserialize<'de> for RowsInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rows;
        impl<'de> Visitor<'de> for Rows {
            type Value = RowsInput;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("各行（逐行填写、只列行名，或从表格软件粘贴） | rows: a map, a list of row names, or a paste with tabs")
            }

            numbers_as_text!(RowsInput);

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RowsInput, A::Error> {
                let pairs = Pairs::<RowInput>::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(RowsInput::Map(pairs.0))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<RowsInput, A::Error> {
                Deserialize::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(RowsInput::List)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<RowsInput, E> {
                Ok(RowsInput::Paste(text.to_owned()))
            }
        }
        deserializer.deserialize_any(Rows)
    }
}

impl<'de> Deserialize<'de> for RowInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Row;
        impl<'de> Visitor<'de> for Row {
            type Value = RowInput;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("金额，如 [2795.08, 718.34]，或一个数，或空着 | amounts, as [2795.08, 718.34], or one amount, or nothing")
            }

            numbers_as_text!(RowInput);

            fn visit_unit<E: de::Error>(self) -> Result<RowInput, E> {
                Ok(RowInput::Nothing)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<RowInput, E> {
                Ok(RowInput::One(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<RowInput, A::Error> {
                Deserialize::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(RowInput::Many)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RowInput, A::Error> {
                let pairs = Pairs::<CellInput>::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(RowInput::Named(pairs.0))
            }
        }
        deserializer.deserialize_any(Row)
    }
}

impl<'de> Deserialize<'de> for CellInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Cell;
        impl<'de> Visitor<'de> for Cell {
            type Value = CellInput;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("金额，或 {zh: …, en: …} | an amount, or a text as {zh: …, en: …}")
            }

            numbers_as_text!(CellInput);

            fn visit_unit<E: de::Error>(self) -> Result<CellInput, E> {
                Ok(CellInput::Scalar(String::new()))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<CellInput, E> {
                Ok(CellInput::Scalar(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CellInput, A::Error> {
                Text::deserialize(de::value::MapAccessDeserializer::new(map)).map(CellInput::Text)
            }
        }
        deserializer.deserialize_any(Cell)
    }
}
