//! What form files, form sets and chart lists look like in YAML, before they are resolved for a year.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use crate::model::{Text, Unit};
use crate::yaml::Scalar;

/// A form as its file gives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormFile {
    pub(crate) id: Scalar,
    pub(crate) number: Option<u32>,
    pub(crate) title: Text,
    pub(crate) short: Text,
    pub(crate) unit: Option<UnitName>,
    pub(crate) decimals: Option<u32>,
    pub(crate) numbered: Option<Text>,
    pub(crate) layout: Option<LayoutName>,
    pub(crate) note: Option<Text>,
    pub(crate) lanes: Vec<LaneFile>,
    #[serde(default)]
    pub(crate) rules: Vec<RuleFile>,
}

/// A reconciliation rule: exactly one of `equals`, `at-most`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RuleFile {
    pub(crate) id: Scalar,
    pub(crate) name: Text,
    pub(crate) left: Vec<Scalar>,
    pub(crate) equals: Option<Vec<Scalar>>,
    pub(crate) at_most: Option<Vec<Scalar>>,
    pub(crate) tolerance: Option<ToleranceName>,
    pub(crate) severity: Option<SeverityName>,
}

/// How far the sides of a rule may be apart.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ToleranceName {
    Exact,
    LastDecimal,
    Tail,
}

/// What a breach of a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SeverityName {
    Error,
    Warning,
}

/// How the lanes are laid out.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LayoutName {
    Lanes,
    Across,
    Pairs,
    Stacked,
}

/// A lane of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LaneFile {
    pub(crate) id: Scalar,
    pub(crate) title: Option<Text>,
    #[serde(default)]
    pub(crate) head: Vec<HeadFile>,
    pub(crate) columns: Vec<ColumnFile>,
    pub(crate) rows: RowsFile,
}

/// A printed row head.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeadFile {
    pub(crate) kind: HeadName,
    pub(crate) title: Text,
}

/// The kinds of row heads.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum HeadName {
    Code,
    Name,
    Line,
}

/// A node of the column tree.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColumnFile {
    pub(crate) id: Option<Scalar>,
    pub(crate) name: Text,
    pub(crate) term: Option<Scalar>,
    pub(crate) kind: Option<KindName>,
    pub(crate) unit: Option<UnitName>,
    #[serde(default)]
    pub(crate) columns: Vec<ColumnFile>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum KindName {
    Amount,
    Text,
}

/// The row scheme: exactly one of `codes`, `lines`, `open`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RowsFile {
    pub(crate) codes: Option<ClassificationName>,
    pub(crate) total: Option<Text>,
    pub(crate) lines: Option<Vec<LineFile>>,
    #[serde(default)]
    pub(crate) open: bool,
}

/// The classifications.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ClassificationName {
    Functional,
    Economic,
}

/// A fixed line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineFile {
    pub(crate) id: Option<Scalar>,
    pub(crate) line: Option<u32>,
    pub(crate) code: Option<Scalar>,
    pub(crate) kind: Option<ClassificationName>,
    pub(crate) ordinal: Option<Scalar>,
    pub(crate) name: Option<Text>,
    pub(crate) level: Option<u8>,
    #[serde(default)]
    pub(crate) total: bool,
    pub(crate) term: Option<Scalar>,
    pub(crate) unit: Option<UnitName>,
}

/// A set of forms, as a year's national forms are one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetFile {
    pub(crate) id: Scalar,
    /// For readers of the file.
    #[allow(dead_code)]
    pub(crate) title: Text,
    pub(crate) extends: Option<Scalar>,
    pub(crate) forms: Vec<Scalar>,
    #[serde(default)]
    pub(crate) charts: Vec<ChartSpec>,
    #[serde(default)]
    pub(crate) figures: Vec<FigureSpec>,
    /// What facts with well-known ids must agree with.
    #[serde(default)]
    pub(crate) rules: Vec<RuleFile>,
}

/// A key figure, with those that say more of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FigureSpec {
    pub(crate) name: Text,
    pub(crate) figure: Scalar,
    #[serde(default)]
    pub(crate) below: Vec<FigureSpec>,
}

/// A chart by the figures that it shows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChartSpec {
    pub(crate) id: Scalar,
    pub(crate) kind: ChartName,
    pub(crate) title: Text,
    /// Whether the printed document has the chart.
    #[serde(default)]
    pub(crate) document: bool,
    /// The whole of a pie.
    pub(crate) whole: Option<Scalar>,
    #[serde(default)]
    pub(crate) marks: Vec<MarkSpec>,
    /// In place of marks: each class row of a table of codes.
    pub(crate) classes: Option<Scalar>,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ChartName {
    Pie,
    Bars,
    Hundred,
}

/// A slice or a bar, in the notation of the narrative.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarkSpec {
    pub(crate) name: Text,
    pub(crate) group: Option<Text>,
    pub(crate) figure: Scalar,
}

/// A unit by its printed name, or counted in words of both languages.
#[derive(Clone, Debug)]
pub(crate) enum UnitName {
    Named(String),
    Counted(Text),
}

impl UnitName {
    /// The unit, or the name that is not known.
    pub(crate) fn resolve(&self) -> Result<Unit, &str> {
        match self {
            UnitName::Named(name) => Unit::named(name).ok_or(name),
            UnitName::Counted(text) => Ok(Unit::Counted(text.clone())),
        }
    }
}

impl<'de> Deserialize<'de> for UnitName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct UnitVisitor;
        impl<'de> Visitor<'de> for UnitVisitor {
            type Value = UnitName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "单位，如 万元、%，或 {zh: 辆, en: vehicles} | a unit, as 万元 or %, or {zh: 辆, en: vehicles}",
                )
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<UnitName, E> {
                Ok(UnitName::Named(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<UnitName, A::Error> {
                Text::deserialize(de::value::MapAccessDeserializer::new(map)).map(UnitName::Counted)
            }
        }
        deserializer.deserialize_any(UnitVisitor)
    }
}
