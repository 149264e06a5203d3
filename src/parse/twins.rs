//! The two languages of a part are twins: the same headings, the same charts and forms, in the same order.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostics::{Entry, Finding, Place, catalogue};
use crate::model::{Lang, Localized};

use super::bind::Binder;
use super::markdown::embedded;
use super::report::PartDocument;

/// Something that both languages have: what it is, how it is called in a finding, and its place.
struct Twin {
    level: u8,
    name: String,
    range: Range<usize>,
}

impl Binder<'_, '_> {
    pub(super) fn same_headings(&mut self, part: &PartDocument) {
        let headings = part.documents.map(|_, document| {
            let headings = document.headings.iter();
            headings
                .map(|heading| Twin { level: heading.level, name: heading.id.clone(), range: heading.range.clone() })
                .collect::<Vec<_>>()
        });
        if headings.zh.iter().chain(&headings.en).any(|heading| heading.name.is_empty()) {
            return; // Reported where the id is missing.
        }
        self.findings.extend(difference(&catalogue::HEADINGS_DIFFER, part, &headings));
    }

    pub(super) fn same_embeds(&mut self, part: &PartDocument) {
        let mut names = part.documents.zh.pieces.iter().chain(&part.documents.en.pieces).filter_map(embedded);
        if names.any(|(name, _)| !self.has_embed(&name)) {
            return; // Reported where the name is mistyped.
        }
        let embeds = part.documents.map(|_, document| {
            let embeds = document.pieces.iter().filter_map(embedded);
            embeds.map(|(name, range)| Twin { level: 0, name, range }).collect::<Vec<_>>()
        });
        self.findings.extend(difference(&catalogue::EMBEDS_DIFFER, part, &embeds));
    }

    /// A chart or a form has its place once in a report: links and ids lead to one.
    pub(super) fn embedded_once(&mut self, parts: &[&PartDocument]) {
        for lang in Lang::ALL {
            let mut seen: BTreeMap<String, Place> = BTreeMap::new();
            for part in parts {
                let embeds = part.documents.get(lang).pieces.iter().filter_map(embedded);
                // Without a name it is none, which is said where it stands.
                for (name, range) in embeds.filter(|(name, _)| !name.ends_with(':')) {
                    let place = Place::Text(part.files.get(lang).clone(), range);
                    let Some(first) = seen.get(&name) else {
                        seen.insert(name, place);
                        continue;
                    };
                    let finding = Finding::new(&catalogue::EMBED, place)
                        .with("embed", &name)
                        .with("detail", "一份报告里只能放一次")
                        .with("detail-en", "a report has it once")
                        .with("help", "保留一处，另一处改为链接或删去")
                        .with("help-en", "keep one; make the other a link, or remove it")
                        .beside(first.clone());
                    self.findings.push(finding);
                }
            }
        }
    }
}

/// The first place where two lists are not the same.
fn difference(entry: &'static Entry, part: &PartDocument, twins: &Localized<Vec<Twin>>) -> Option<Finding> {
    let place = |lang: Lang, twin: &Twin| Place::Text(part.files.get(lang).clone(), twin.range.clone());
    let alone = |lang: Lang, twin: &Twin| {
        Finding::new(entry, place(lang, twin))
            .with("detail", format!("`{}` 只在{}文本中", twin.name, if lang == Lang::Zh { "中文" } else { "英文" }))
            .with(
                "detail-en",
                format!(
                    "`{}` stands in the {} text only",
                    twin.name,
                    if lang == Lang::Zh { "Chinese" } else { "English" }
                ),
            )
    };
    (0..twins.zh.len().max(twins.en.len())).find_map(|index| match (twins.zh.get(index), twins.en.get(index)) {
        (Some(zh), Some(en)) if zh.name == en.name && zh.level == en.level => None,
        (Some(zh), Some(en)) => Some(
            Finding::new(entry, place(Lang::Zh, zh))
                .with("detail", format!("`{}` 与 `{}`", zh.name, en.name))
                .with("detail-en", format!("`{}` and `{}`", zh.name, en.name))
                .beside(place(Lang::En, en)),
        ),
        (Some(zh), None) => Some(alone(Lang::Zh, zh)),
        (None, Some(en)) => Some(alone(Lang::En, en)),
        (None, None) => None,
    })
}
