//! Where the document contradicts itself: what it states, and the equation or the sentence that says so.
//!
//! The publisher accepts such findings with a reason (`accepted` in report.yaml). Here each public one meets what it is
//! about, so that a page can lead from the sentence to the reason and back. They are numbered in the official order of
//! the document, alike in both languages; doubts about words, which say nothing against another figure, behind them.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::{Addend, Equation, Proof, Proven, Verdict};
use crate::model::{Accepted, Address, Computed, Disclosure, Expression, Lang, PartKind, Piece, Prose, ReportId};

/// The public contradictions of a report.
#[derive(Debug, Default)]
pub(crate) struct Disputes<'a> {
    /// In the official order of what they are about, doubts about words last.
    pub(crate) all: Vec<Dispute<'a>>,
}

/// A contradiction.
#[derive(Debug)]
pub(crate) struct Dispute<'a> {
    /// What is accepted, and why.
    pub(crate) accepted: &'a Accepted,
    /// What says so.
    pub(crate) ground: Ground<'a>,
    /// The report that states it.
    home: ReportId,
    /// The printed figures of that report that are the statement, where a rule says so.
    said: Vec<&'a Address>,
    /// The language whose text alone has the words, of what is accepted by its words.
    only: Option<Lang>,
}

/// What says that a statement is contradicted.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ground<'a> {
    /// The figures that the statement is about, which compute otherwise.
    Figure(&'a Computed),
    /// A rule, and its equation that does not hold.
    Rule(&'a Proven, &'a Equation),
    /// Other words of the text.
    Words,
}

/// A place that states what is contradicted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Which contradiction: its place in [`Disputes::all`].
    pub(crate) dispute: usize,
    /// The id of the figure on the page; of the heading, where the figure has none.
    pub(crate) id: String,
    /// The heading above it on the page; empty where there is none.
    pub(crate) heading: String,
    /// The sentence, without markup.
    pub(crate) sentence: String,
}

impl<'a> Disputes<'a> {
    /// The public contradictions of a report.
    pub(crate) fn of(disclosure: &'a Disclosure, proof: &'a Proof) -> Self {
        let public: Vec<&Accepted> = disclosure.accepted.iter().filter(|accepted| accepted.public).collect();
        if public.is_empty() {
            return Disputes::default();
        }
        let document = document(disclosure);
        let mut all: Vec<(usize, Dispute<'_>)> = Vec::new();
        for accepted in public {
            let dispute = Dispute::of(accepted, disclosure, proof, &document);
            let at = document.iter().position(|place| dispute.is_at(place)).unwrap_or(document.len());
            all.push((at, dispute));
        }
        all.sort_by_key(|(at, dispute)| (dispute.is_doubt(), *at));
        Disputes { all: all.into_iter().map(|(_, dispute)| dispute).collect() }
    }

    /// The contradiction that a figure of the prose states.
    pub(crate) fn find(&self, computed: &Computed) -> Option<usize> {
        self.all.iter().position(|dispute| dispute.is_stated_by(computed))
    }

    /// The contradiction that the cell of a table states.
    pub(crate) fn of_cell(&self, form: &str, row: &str, column: &str) -> Option<usize> {
        let is_there = |address: &&Address| {
            address.form == form && address.row == row && address.column.as_deref() == Some(column)
        };
        self.all.iter().position(|dispute| dispute.said.iter().any(is_there))
    }

    /// Whether the document's own figures contradict a figure of the prose: readers see a mark behind it.
    pub(crate) fn contradict(&self, computed: &Computed) -> bool {
        !computed.agrees || self.find(computed).is_some()
    }

    /// Which of them a page in one language shows. What is said in words is accepted by its words, in each language by
    /// those of that language: of such a pair each language has its own.
    pub(crate) fn shown(&self, lang: Lang) -> Vec<usize> {
        let is_of = |dispute: &Dispute<'_>, lang: Lang| dispute.only == Some(lang);
        let alike =
            |a: &Dispute<'_>, b: &Dispute<'_>| (&a.accepted.code, a.place().0) == (&b.accepted.code, b.place().0);
        let foreign = |at: usize, dispute: &Dispute<'_>| {
            let own = self.all.iter().filter(|other| alike(dispute, other) && is_of(other, lang)).count();
            let before = self.all[..at].iter().filter(|other| alike(dispute, other) && is_of(other, lang.other()));
            is_of(dispute, lang.other()) && before.count() < own
        };
        let shown = self.all.iter().enumerate().filter(|(at, dispute)| !foreign(*at, dispute));
        shown.map(|(at, _)| at).collect()
    }

    /// How many of them are contradictions, in one language.
    pub(crate) fn count(&self, lang: Lang) -> usize {
        self.shown(lang).into_iter().filter(|at| !self.all[*at].is_doubt()).count()
    }
}

impl<'a> Dispute<'a> {
    fn of(accepted: &'a Accepted, disclosure: &'a Disclosure, proof: &'a Proof, document: &[Place<'a>]) -> Self {
        let failures = proof.proven.iter().flat_map(|rule| rule.failures.iter().map(move |equation| (rule, equation)));
        let met = |(rule, equation): &(&Proven, &Equation)| {
            let lead = equation.left.first().or(equation.right.first());
            lead.is_some_and(|lead| accepted.at == format!("{} {}", rule.id, lead.address))
        };
        if let Some((rule, equation)) = failures.into_iter().find(met) {
            let here = |(report, address)| (report == disclosure.id).then_some(address);
            let mut said: Vec<&Address> =
                [&equation.left, &equation.right].into_iter().filter_map(said).filter_map(here).collect();
            said.retain(|address| disclosure.figure(address).is_ok());
            if let (true, Verdict::Fails(_), Some(lead)) = (said.is_empty(), equation.verdict, equation.left.first()) {
                // Two sums: what is accepted names the first figure of them.
                said.extend(here((lead.report, &lead.address)));
            }
            return Dispute { accepted, home: disclosure.id, ground: Ground::Rule(rule, equation), said, only: None };
        }
        let mut dispute =
            Dispute { accepted, home: disclosure.id, ground: Ground::Words, said: Vec::new(), only: None };
        let stated = document.iter().find_map(|place| match place {
            Place::Figure(computed) if dispute.is_stated_by(computed) => Some(*computed),
            _ => None,
        });
        dispute.ground = stated.map_or(Ground::Words, Ground::Figure);
        if matches!(dispute.ground, Ground::Words) {
            let said = |lang: Lang| dispute.sentence(disclosure, lang).is_some();
            dispute.only = Lang::ALL.into_iter().find(|lang| said(*lang) && !said(lang.other()));
        }
        dispute
    }

    /// Whether a figure of the prose is the statement.
    fn is_stated_by(&self, computed: &Computed) -> bool {
        match (&self.ground, &computed.derivation.expression) {
            // The same cell of another year is another figure.
            (Ground::Rule(..), Expression::Cell(_)) => {
                let figure = &computed.figures[0];
                figure.report == self.home && self.said.contains(&&figure.address)
            }
            (Ground::Rule(..), _) => false,
            (Ground::Figure(_) | Ground::Words, expression) => {
                !computed.agrees
                    && computed.derivation.stated.is_some_and(|stated| stated.to_string() == self.accepted.stated)
                    && self.place().1 == expression.to_string()
            }
        }
    }

    fn is_at(&self, place: &Place<'_>) -> bool {
        match place {
            Place::Figure(computed) => self.is_stated_by(computed),
            Place::Table(form) => self.said.iter().any(|address| address.form == *form),
        }
    }

    /// Whether it only doubts words: nothing computes otherwise.
    pub(crate) fn is_doubt(&self) -> bool {
        self.accepted.computed.is_empty()
    }

    /// The language whose text alone has the words, of what is accepted by its words.
    pub(crate) fn said_only_in(&self) -> Option<Lang> {
        self.only
    }

    /// The printed figures that are the statement.
    pub(crate) fn said(&self) -> &[&'a Address] {
        &self.said
    }

    /// What the acceptance names: the part, and behind it the figure or words of the text; words in doubt are what is
    /// stated, and have only the part.
    pub(crate) fn place(&self) -> (&str, &str) {
        let (slug, words) = self.accepted.at.split_once(' ').unwrap_or((&self.accepted.at, &self.accepted.stated));
        (slug, words.split_once(" = ").map_or(words, |(expression, _)| expression))
    }

    /// The sentence of one language that has the words, with the part's slug and the id and the name of its heading.
    pub(crate) fn sentence(&self, disclosure: &'a Disclosure, lang: Lang) -> Option<(&'a str, String, Spot)> {
        let (slug, words) = self.place();
        let part = disclosure.parts.iter().find(|part| part.slug == slug)?;
        let PartKind::Narrative(text) = &part.kind else { return None };
        let (mut id, mut heading, mut inside) = (String::new(), String::new(), false);
        let mut block = String::new();
        for piece in &text.get(lang).pieces {
            match said_by(piece, lang) {
                Said::Edge => {
                    if let Some(at) = find(&block, words) {
                        let sentence = cut(&block, at, lang);
                        return Some((&part.slug, id.clone(), Spot { dispute: 0, id, heading, sentence }));
                    }
                    block.clear();
                }
                Said::Text(words) => {
                    if inside {
                        heading.push_str(&words);
                    }
                    block.push_str(&words);
                }
                Said::Cell => block.push_str(CELL),
                Said::Nothing => {}
            }
            match piece {
                Piece::Markdown(Event::Start(Tag::Heading { id: own, .. }), _) => {
                    (id, heading) = (own.as_deref().unwrap_or_default().to_owned(), String::new());
                    inside = true;
                }
                Piece::Markdown(Event::End(TagEnd::Heading(_)), _) => inside = false,
                _ => {}
            }
        }
        None
    }
}

/// The figure that a side of an equation prints, or that what it computes rests on last: the excess over a budget.
fn said(side: &Vec<Addend>) -> Option<(ReportId, &Address)> {
    match side.as_slice() {
        [one] => match &one.derived {
            None => Some((one.report, &one.address)),
            Some(derived) if !derived.expression.is_percent() => {
                derived.figures.last().map(|(report, address)| (*report, address))
            }
            Some(_) => None,
        },
        _ => None,
    }
}

/// What a document is made of, as far as it can state a figure.
enum Place<'a> {
    Figure(&'a Computed),
    Table(&'a str),
}

/// The figures of the prose and the tables, in the official order.
fn document(disclosure: &Disclosure) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    // A form that the narrative shows stands there, not among the tables.
    let shown: Vec<&str> = disclosure.parts.iter().flat_map(|part| part.embeds(Lang::Zh)).collect();
    for part in &disclosure.parts {
        match &part.kind {
            PartKind::Narrative(text) => of_prose(&text.zh, disclosure, &mut places),
            PartKind::Tables => {
                for table in disclosure.tables.iter().filter(|table| !shown.contains(&table.form.id.as_str())) {
                    of_table(&table.form.id, disclosure, &mut places);
                }
            }
            PartKind::Glossary => {
                for term in &disclosure.glossary {
                    of_prose(&term.definition.zh, disclosure, &mut places);
                }
            }
        }
    }
    places
}

fn of_prose<'a>(prose: &'a Prose, disclosure: &'a Disclosure, places: &mut Vec<Place<'a>>) {
    for piece in &prose.pieces {
        match piece {
            Piece::Figure(computed, _) => places.push(Place::Figure(computed)),
            Piece::Form(form, _) => of_table(form, disclosure, places),
            _ => {}
        }
    }
}

fn of_table<'a>(form: &'a str, disclosure: &'a Disclosure, places: &mut Vec<Place<'a>>) {
    places.push(Place::Table(form));
    let texts = disclosure.texts.iter().filter(|(address, _)| address.form == form);
    for (_, text) in texts {
        of_prose(&text.zh, disclosure, places);
    }
}

/// Stands between the cells of a row.
const CELL: &str = " · ";

/// The sentence around a piece, as a reader reads it; in a table, its row.
pub(crate) fn sentence(pieces: &[Piece<Computed>], at: usize, lang: Lang) -> String {
    let is_edge = |piece: &Piece<Computed>| matches!(said_by(piece, lang), Said::Edge);
    let start = pieces[..at].iter().rposition(is_edge).map_or(0, |edge| edge + 1);
    let (mut block, mut own) = (String::new(), 0..0);
    for (index, piece) in pieces.iter().enumerate().skip(start) {
        let begin = block.len();
        match said_by(piece, lang) {
            Said::Edge => break,
            Said::Nothing => {}
            Said::Cell => block.push_str(CELL),
            Said::Text(words) => block.push_str(&words),
        }
        if index == at {
            own = begin..block.len();
        }
    }
    cut(&block, own, lang)
}

/// The sentence of a block around some of its words.
fn cut(block: &str, words: Range<usize>, lang: Lang) -> String {
    let start = ends(&block[..words.start], lang).last().unwrap_or(0);
    let end = ends(&block[words.end..], lang).next().map_or(block.len(), |end| words.end + end);
    // A space that does not break stays one.
    let words = block[start..end].split([' ', '\n']).filter(|word| !word.is_empty());
    let text = words.collect::<Vec<_>>().join(" ");
    text.trim_matches(|c: char| c.is_whitespace() || "·：:;；".contains(c)).to_owned()
}

/// Where a block has words, as an acceptance writes them: with a plain space for one that does not break and for the end
/// of a line. A number is a whole one: 33.7 is not in 133.7.
fn find(block: &str, words: &str) -> Option<Range<usize>> {
    let plain = |text: &str| text.replace(['\u{a0}', '\n'], " ");
    let (text, words) = (plain(block), plain(words));
    let is_digit = |c: char| c.is_ascii_digit();
    let is_whole = |at: &usize| {
        let (before, behind) = (&text[..*at], &text[at + words.len()..]);
        let began = words.starts_with(is_digit) && before.trim_end_matches(['.', ',']).ends_with(is_digit);
        let goes_on = words.ends_with(is_digit) && behind.trim_start_matches(['.', ',']).starts_with(is_digit);
        !began && !goes_on
    };
    let at = text.match_indices(&*words).map(|(at, _)| at).find(is_whole)?;
    // Both texts have the same characters in the same places.
    let byte = |end: usize| {
        let count = text[..end].chars().count();
        block.char_indices().nth(count).map_or(block.len(), |(byte, _)| byte)
    };
    Some(byte(at)..byte(at + words.len()))
}

enum Said {
    /// Here a block begins or ends.
    Edge,
    /// Here a cell of a table ends.
    Cell,
    Text(String),
    Nothing,
}

fn said_by(piece: &Piece<Computed>, lang: Lang) -> Said {
    match piece {
        Piece::Figure(computed, _) => Said::Text(computed.say(lang)),
        Piece::Chart(..) | Piece::Form(..) => Said::Edge,
        Piece::Link(..) | Piece::Gap(_) => Said::Nothing,
        Piece::Markdown(event, _) => match event {
            Event::Text(text) | Event::Code(text) => Said::Text(text.to_string()),
            Event::SoftBreak | Event::HardBreak => Said::Text(" ".to_owned()),
            Event::End(TagEnd::TableCell) => Said::Cell,
            Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::TableCell)
            | Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) => Said::Nothing,
            _ => Said::Edge,
        },
    }
}

/// Where the sentences of a text end.
fn ends(text: &str, lang: Lang) -> impl Iterator<Item = usize> {
    text.char_indices().filter_map(move |(at, c)| {
        let end = at + c.len_utf8();
        let stops = match lang {
            Lang::Zh => "。；！？".contains(c),
            // A full stop, not a point in a number; a semicolon often stands in brackets.
            Lang::En => ".!?".contains(c) && text[end..].chars().next().is_none_or(char::is_whitespace),
        };
        stops.then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Piece<Computed> {
        Piece::Markdown(Event::Text(words.to_owned().into()), 0..0)
    }

    fn edge(tag: Tag<'static>) -> Piece<Computed> {
        Piece::Markdown(Event::Start(tag), 0..0)
    }

    #[test]
    fn a_sentence_ends_where_readers_end_it() {
        let zh = [
            edge(Tag::Paragraph),
            text("甲增加。乙为\u{a0}3.50，"),
            text("比上年多"),
            text("；丙"),
            edge(Tag::Item),
            text("丁。"),
        ];
        assert_eq!(sentence(&zh, 2, Lang::Zh), "乙为\u{a0}3.50，比上年多");
        let en =
            [text("A rose. It was 3.50\n"), edge(Tag::Strong), text("more (as stated; see below)"), text(" than B. C")];
        assert_eq!(sentence(&en, 2, Lang::En), "It was 3.50 more (as stated; see below) than B.");
    }

    /// The sentence of a block that has the words.
    fn around(block: &str, words: &str, lang: Lang) -> Option<String> {
        find(block, words).map(|at| cut(block, at, lang))
    }

    #[test]
    fn the_sentence_is_the_one_that_has_the_words() {
        let zh =
            "基本支出 718.34 万元，占 95.5%。\n项目支出 133.7 万元。其他支出\n33.7\u{a0}万元，比上年少。余下不列。";
        let said = around(zh, "33.7 万元", Lang::Zh);
        assert_eq!(said.as_deref(), Some("其他支出 33.7\u{a0}万元，比上年少。"));
        assert_eq!(around(zh, "18.34 万元", Lang::Zh), None, "a part of a number is none");
        let en = "Basic spending was 7.34. Project spending\nwas RMB\n337,000. Nothing more.";
        assert_eq!(around(en, "RMB 337,000", Lang::En).as_deref(), Some("Project spending was RMB 337,000."));
    }

    #[test]
    fn a_row_of_a_table_is_a_sentence() {
        let cell = || Piece::Markdown(Event::End(TagEnd::TableCell), 0..0);
        let row = [edge(Tag::TableRow), text("利息"), cell(), text("0.41"), cell(), edge(Tag::TableRow), text("罚没")];
        assert_eq!(sentence(&row, 3, Lang::Zh), "利息 · 0.41");
    }
}
