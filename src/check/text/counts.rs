//! Counts that are typed out: vehicles, sets of equipment, person-trips. They are proved where the report has facts in the
//! same measure.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::model::{Disclosure, Lang, Unit};

/// The measures of what every report has to count (车辆, 设备, 团组, 接待); 个 and 项 measure anything.
const MEASURES: &[&str] = &["辆", "台", "套", "台（套）", "人次", "批次"];

/// The counts that a report knows, by the word behind the number.
#[derive(Debug, Default)]
pub(super) struct Counts(BTreeMap<String, Vec<Decimal>>);

impl Counts {
    /// The counts of a report's facts, in one language.
    pub(super) fn of(disclosure: &Disclosure, lang: Lang) -> Self {
        let mut known: BTreeMap<String, Vec<Decimal>> = BTreeMap::new();
        for fact in disclosure.facts.groups.iter().flat_map(|group| &group.facts) {
            let Unit::Counted(unit) = &fact.unit else { continue };
            if MEASURES.contains(&unit.zh.as_str()) {
                let word = unit.get(lang).trim_end_matches('s').to_lowercase();
                known.entry(word).or_default().push(fact.value.value());
            }
        }
        Counts(known)
    }

    /// The counts in a text that no fact has.
    pub(super) fn unknown(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|next| at + next) {
            let mut end = start;
            while bytes.get(end).is_some_and(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) {
                end += 1;
            }
            at = end;
            let digits = text[start..end].trim_end_matches([',', '.']);
            let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '～' | '~');
            if text[..start].trim_end().ends_with('第') || text[..start].chars().next_back().is_some_and(joined) {
                continue;
            }
            let Ok(number) = digits.replace(',', "").parse::<Decimal>() else { continue };
            let behind = text[start + digits.len()..].trim_start().to_lowercase();
            // The longest measure counts: 台（套） before 台.
            let measure =
                self.0.iter().filter(|(word, _)| behind.starts_with(word.as_str())).max_by_key(|(word, _)| word.len());
            let Some((word, known)) = measure else { continue };
            let after = behind[word.len()..].trim_start_matches('s');
            let whole = !word.is_ascii() || !after.starts_with(|c: char| c.is_ascii_alphanumeric());
            if whole && !known.contains(&number) {
                let behind = text.len() - text[start + digits.len()..].trim_start().len();
                let end = behind + word.len();
                found.push(start..if text[end..].starts_with('s') { end + 1 } else { end });
            }
        }
        found
    }
}
