//! What is too long for one page, and where its pieces stand.
//!
//! A page that opens at once on an old phone is a small one. A part of the narrative heavier than [`HEAVY`] has a page
//! for each of its sections, its headings of the second level, and its own page leads to them; figures that stand in no
//! form go on over as many pages as they need, whole groups on each. Both languages are split alike, so that their
//! pages and ids stay twins; the weight is that of the heavier one, estimated before anything is rendered.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::model::{Computed, Department, Disclosure, Fact, FactGroup, Lang, PartKind, Piece, ReportId};

/// How many bytes of HTML stand on one page, roughly, its frame apart.
const HEAVY: usize = 28 * 1024;

/// Bytes of HTML around what a page says, as measured: a link to a cell, what a derived figure rests on, a drawing with
/// its data, a cell, a tag; a fact and a group of facts.
const FIGURE: usize = 110;
const GROUNDS: usize = 120;
const CHART: usize = 3600;
const CELL: usize = 90;
const TAG: usize = 8;
const FACT: usize = 220;
const GROUP: usize = 620;

type Pieces = [Piece<Computed>];

/// Which pages of a department are split.
#[derive(Clone, Debug, Default)]
pub(crate) struct Split {
    /// The sections of each part that is split: the ids of their headings, the section's own first.
    parts: BTreeMap<(ReportId, String), Vec<Vec<String>>>,
    /// The groups of facts on each page, where they need more than one.
    facts: BTreeMap<ReportId, Vec<Vec<String>>>,
}

impl Split {
    /// What is split in a department's reports.
    pub(crate) fn of(department: &Department) -> Self {
        let mut split = Split::default();
        for disclosure in &department.disclosures {
            for part in &disclosure.parts {
                let PartKind::Narrative(text) = &part.kind else { continue };
                let heavy = Lang::ALL.iter().any(|lang| weight(&text.get(*lang).pieces, disclosure, *lang) > HEAVY);
                let (_, sections) = sections(&text.zh.pieces);
                if heavy && sections.len() > 1 {
                    let ids = sections.iter().map(|pieces| heading_ids(pieces)).collect();
                    split.parts.insert((disclosure.id, part.slug.clone()), ids);
                }
            }
            let pages = facts(&disclosure.facts.groups);
            if pages.len() > 1 {
                split.facts.insert(disclosure.id, pages);
            }
        }
        split
    }

    /// The ids of a part's sections; none for a part that stands on one page.
    pub(crate) fn sections(&self, report: ReportId, part: &str) -> impl Iterator<Item = &str> {
        self.ids(report, part).iter().map(|ids| ids[0].as_str())
    }

    /// The section that has a heading, where the part is split.
    pub(crate) fn section(&self, report: ReportId, part: &str, heading: &str) -> Option<&str> {
        let section = self.ids(report, part).iter().find(|ids| ids.iter().any(|id| id == heading))?;
        Some(&section[0])
    }

    /// The groups that pages of facts begin with, without the first one; none where one page is enough.
    pub(crate) fn later_facts(&self, report: ReportId) -> impl Iterator<Item = &str> {
        self.facts.get(&report).into_iter().flatten().skip(1).map(|groups| groups[0].as_str())
    }

    /// The group that begins the page on which a group stands; nothing for the first page.
    pub(crate) fn facts_from(&self, report: ReportId, group: &str) -> Option<&str> {
        let later = self.facts.get(&report)?.get(1..)?;
        Some(&later.iter().find(|groups| groups.iter().any(|id| id == group))?[0])
    }

    fn ids(&self, report: ReportId, part: &str) -> &[Vec<String>] {
        self.parts.iter().find(|((id, slug), _)| *id == report && slug == part).map_or(&[], |(_, ids)| ids)
    }
}

/// What stands before the first section, and the sections, each with its heading.
pub(crate) fn sections(pieces: &Pieces) -> (&Pieces, Vec<&Pieces>) {
    let mut starts = Vec::new();
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Markdown(Event::Start(tag), _) => {
                if depth == 0 && matches!(tag, Tag::Heading { level: HeadingLevel::H2, .. }) {
                    starts.push(at);
                }
                depth += 1;
            }
            // The end of a link inside the report is Markdown's, its start is not.
            Piece::Link(..) => depth += 1,
            Piece::Markdown(Event::End(_), _) => depth -= 1,
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([pieces.len()]);
    let sections = starts.iter().zip(ends).map(|(start, end)| &pieces[*start..end]).collect();
    (&pieces[..starts.first().copied().unwrap_or(pieces.len())], sections)
}

/// A section without its heading, which is the title of its page.
pub(crate) fn below_heading(section: &Pieces) -> &Pieces {
    let end = section.iter().position(|piece| matches!(piece, Piece::Markdown(Event::End(TagEnd::Heading(_)), _)));
    &section[end.map_or(0, |end| end + 1)..]
}

fn heading_ids(pieces: &Pieces) -> Vec<String> {
    let ids = pieces.iter().filter_map(|piece| match piece {
        Piece::Markdown(Event::Start(Tag::Heading { id, .. }), _) => id.as_deref().map(str::to_owned),
        _ => None,
    });
    ids.collect()
}

fn weight(pieces: &Pieces, disclosure: &Disclosure, lang: Lang) -> usize {
    let of = |piece: &Piece<Computed>| match piece {
        Piece::Markdown(Event::Text(text) | Event::Code(text), _) => text.len(),
        Piece::Markdown(..) => TAG,
        Piece::Gap(_) => 0,
        Piece::Figure(figure, _) => figure.say(lang).len() + FIGURE + GROUNDS * (figure.figures.len() - 1),
        Piece::Chart(..) => CHART,
        Piece::Form(id, _) => disclosure.table(id).map_or(0, |table| {
            let rows = table.lanes.iter().flat_map(|lane| &lane.rows);
            let texts = disclosure.texts.iter().filter(|(address, _)| address.form == *id);
            let texts: usize = texts.map(|(_, text)| weight(&text.get(lang).pieces, disclosure, lang)).sum();
            rows.map(|row| (row.cells.len() + 1) * CELL).sum::<usize>() + texts
        }),
        Piece::Link(..) => FIGURE,
    };
    pieces.iter().map(of).sum()
}

/// The groups of facts on each page: as few pages as are needed, filled alike. A group goes where its middle falls.
fn facts(groups: &[FactGroup]) -> Vec<Vec<String>> {
    let weights: Vec<usize> = groups.iter().map(group_weight).collect();
    let total: usize = weights.iter().sum();
    let share = total.div_ceil(total.div_ceil(HEAVY).max(1)).max(1);
    let mut pages: Vec<(usize, Vec<String>)> = Vec::new();
    let mut filled = 0;
    for (group, weight) in groups.iter().zip(weights) {
        let page = (filled + weight / 2) / share;
        filled += weight;
        match pages.last_mut() {
            Some((last, ids)) if *last == page => ids.push(group.id.clone()),
            _ => pages.push((page, vec![group.id.clone()])),
        }
    }
    pages.into_iter().map(|(_, ids)| ids).collect()
}

/// A table of facts as it is in English, with the Chinese names.
fn group_weight(group: &FactGroup) -> usize {
    let of = |fact: &Fact| {
        let remarks = [&fact.as_of, &fact.note].into_iter().flatten().map(|text| text.en.len() + TAG);
        FACT + fact.name.en.len() + fact.name.zh.len() + fact.id.len() + group.id.len() + remarks.sum::<usize>()
    };
    GROUP + 2 * (group.name.en.len() + group.name.zh.len()) + group.facts.iter().map(of).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Amount, Text, Unit};

    fn group(id: usize, facts: usize) -> FactGroup {
        let text = || Text::new("事项", "A matter");
        let fact = |id: usize| Fact {
            id: format!("fact-{id}"),
            name: text(),
            value: Amount::from_decimal(1.into()),
            unit: Unit::Percent,
            as_of: None,
            note: None,
        };
        FactGroup { id: format!("group-{id}"), name: text(), facts: (0..facts).map(fact).collect() }
    }

    #[test]
    fn few_facts_stand_on_one_page_and_many_on_pages_filled_alike() {
        let groups: Vec<FactGroup> = (0..10).map(|id| group(id, 4)).collect();
        assert_eq!(facts(&groups).len(), 1);
        let groups: Vec<FactGroup> = (0..60).map(|id| group(id, 4)).collect();
        let pages = facts(&groups);
        assert!(pages.len() > 2);
        let (least, most) = (pages.iter().map(Vec::len).min(), pages.iter().map(Vec::len).max());
        assert!(most.unwrap() - least.unwrap() <= 1, "{least:?} to {most:?}");
        let all: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
        assert_eq!(pages.concat(), all);
    }

    #[test]
    fn a_group_is_never_torn() {
        let pages = facts(&[group(0, 1), group(1, 400), group(2, 1)]);
        assert!(pages.iter().all(|page| !page.is_empty()));
        assert_eq!(pages.concat(), ["group-0", "group-1", "group-2"]);
    }
}
