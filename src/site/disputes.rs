//! Where the document contradicts itself: what it states, and the equation or the sentence that says so.
//!
//! The publisher accepts such findings with a reason (`accepted` in report.yaml). Here each public one meets what it is
//! about, so that a page can lead from the sentence to the reason and back. They are numbered in the official order of
//! the document, alike in both languages; doubts about words, which say nothing against another figure, behind them.

use std::ptr;

use crate::check::{Addend, Equation, Proof, Proven, Verdict};
use crate::diagnostics::catalogue;
use crate::model::{
    Accepted, Address, Computed, Disclosure, Expression, Lang, Localized, PartKind, Piece, Prose, ReportId, plain_words,
};

use super::sentence::{Found, with_words};

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
    /// Its number, from 1; what each language says in its own words has one number for both.
    pub(crate) number: usize,
    /// The figures of the prose that are the statement, told by where they are: the same words may stand in two parts.
    statements: Vec<&'a Computed>,
    /// The printed figures that are the statement, where a rule says so.
    said: Vec<&'a Address>,
    /// The words that are the statement, in each language.
    words: Localized<Option<Found<'a>>>,
    /// The language whose title of the part it is, of a title in doubt.
    title: Option<Lang>,
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
        let (passages, document) = (passages(disclosure), document(disclosure));
        let mut all: Vec<(usize, Dispute<'_>)> = Vec::new();
        for accepted in public {
            let dispute = Dispute::of(accepted, disclosure, proof, &passages);
            let at = document.iter().position(|place| dispute.is_at(place)).unwrap_or(document.len());
            all.push((at, dispute));
        }
        all.sort_by_key(|(at, dispute)| (dispute.is_doubt(), *at));
        let mut disputes = Disputes { all: all.into_iter().map(|(_, dispute)| dispute).collect() };
        disputes.number();
        disputes
    }

    fn number(&mut self) {
        let mut last = 0;
        for at in 0..self.all.len() {
            let known = self.twin(at).filter(|twin| *twin < at).map(|twin| self.all[twin].number);
            self.all[at].number = known.unwrap_or_else(|| {
                last += 1;
                last
            });
        }
    }

    /// What is said in words is accepted by its words, in each language by those of that language: the entry of the other
    /// language for the same place.
    fn twin(&self, at: usize) -> Option<usize> {
        let dispute = &self.all[at];
        let own = dispute.said_only_in()?;
        let of = |lang: Lang| {
            let is_alike = move |(_, other): &(usize, &Dispute<'_>)| {
                other.said_only_in() == Some(lang)
                    && (&other.accepted.code, other.place().0) == (&dispute.accepted.code, dispute.place().0)
            };
            self.all.iter().enumerate().filter(is_alike).map(|(at, _)| at)
        };
        of(own.other()).nth(of(own).take_while(|before| *before < at).count())
    }

    /// The contradiction that a figure of the prose states.
    pub(crate) fn find(&self, computed: &Computed) -> Option<usize> {
        self.all.iter().position(|dispute| dispute.is_stated_by(computed))
    }

    /// The contradiction whose words end in a piece of the prose, and where.
    pub(crate) fn said_in(&self, piece: &Piece<Computed>, lang: Lang) -> Option<(usize, &Found<'a>)> {
        let found = |dispute: &'_ Dispute<'a>| dispute.words.get(lang).as_ref().map(|found| found.piece);
        let at = self.all.iter().position(|dispute| found(dispute).is_some_and(|own| ptr::eq(own, piece)))?;
        Some((at, self.all[at].words.get(lang).as_ref()?))
    }

    /// Where in the text of a piece of the prose readers see a mark: the document's own figures or words contradict it.
    pub(crate) fn mark(&self, piece: &Piece<Computed>, lang: Lang) -> Option<usize> {
        match piece {
            Piece::Figure(computed, _) => {
                let marked = computed.is_contradicted() || self.find(computed).is_some();
                marked.then(|| computed.say(lang).len())
            }
            _ => self.said_in(piece, lang).map(|(_, found)| found.end),
        }
    }

    /// The contradiction that the cell of a table states.
    pub(crate) fn of_cell(&self, form: &str, row: &str, column: &str) -> Option<usize> {
        let is_there = |address: &&Address| {
            address.form == form && address.row == row && address.column.as_deref() == Some(column)
        };
        self.all.iter().position(|dispute| dispute.said.iter().any(is_there))
    }

    /// Which of them a page in one language shows, by their numbers: of twins the one in its own words.
    pub(crate) fn shown(&self, lang: Lang) -> Vec<usize> {
        let is_foreign = |at: usize| self.all[at].said_only_in() == Some(lang.other()) && self.twin(at).is_some();
        let mut shown: Vec<usize> = (0..self.all.len()).filter(|at| !is_foreign(*at)).collect();
        shown.sort_by_key(|at| self.all[*at].number);
        shown
    }

    /// How many of them are contradictions, in one language.
    pub(crate) fn count(&self, lang: Lang) -> usize {
        self.shown(lang).into_iter().filter(|at| !self.all[*at].is_doubt()).count()
    }
}

impl<'a> Dispute<'a> {
    fn of(accepted: &'a Accepted, disclosure: &'a Disclosure, proof: &'a Proof, passages: &[Passage<'a>]) -> Self {
        let figures = || passages.iter().flat_map(|passage| passage.figures().map(move |figure| (passage, figure)));
        let nothing = || Localized { zh: None, en: None };
        let failures = proof.proven.iter().flat_map(|rule| rule.failures.iter().map(move |equation| (rule, equation)));
        let met = |(rule, equation): &(&Proven, &Equation)| {
            let lead = equation.left.first().or(equation.right.first());
            lead.is_some_and(|lead| accepted.at == format!("{} {}", rule.id, lead.address))
        };
        if let Some((rule, equation)) = failures.into_iter().find(met) {
            let said = said_by(equation, disclosure);
            let is_said = |computed: &Computed| {
                let figure = &computed.figures[0];
                // The same cell of another year is another figure.
                matches!(computed.derivation.expression, Expression::Cell(_))
                    && figure.report == disclosure.id
                    && said.contains(&&figure.address)
            };
            let statements = figures().map(|(_, figure)| figure).filter(|figure| is_said(figure)).collect();
            let ground = Ground::Rule(rule, equation);
            return Dispute { accepted, ground, number: 0, statements, said, words: nothing(), title: None };
        }
        let (part, said) = place(accepted);
        // A title is no sentence: the same words in one are not what is accepted. Words pointed at are those of a sentence.
        let title = disclosure.parts.iter().find(|known| known.slug == part).and_then(|part| {
            let is_own = |lang: &Lang| plain_words(part.title.get(*lang)) == plain_words(said);
            Lang::ALL.into_iter().find(|lang| accepted.code == catalogue::TEXT_YEAR.code && is_own(lang))
        });
        let is_stated = |(passage, computed): &(&Passage<'_>, &Computed)| {
            passage.is_called(part)
                && computed.is_contradicted()
                && computed.derivation.stated.is_some_and(|stated| stated.to_string() == accepted.stated)
                && computed.derivation.expression.to_string() == said
        };
        let statements: Vec<&Computed> = figures().filter(is_stated).map(|(_, figure)| figure).collect();
        let (ground, words) = if let Some(first) = statements.first() {
            (Ground::Figure(first), nothing())
        } else {
            let found = |lang: Lang| {
                if title.is_some() {
                    return None;
                }
                let prose = passages.iter().filter(|passage| passage.is_called(part)).filter_map(|it| it.prose);
                prose.into_iter().find_map(|prose| with_words(&prose.get(lang).pieces, said, lang))
            };
            (Ground::Words, Localized { zh: found(Lang::Zh), en: found(Lang::En) })
        };
        Dispute { accepted, ground, number: 0, statements, said: Vec::new(), words, title }
    }

    /// Whether a figure of the prose is the statement.
    fn is_stated_by(&self, computed: &Computed) -> bool {
        self.statements.iter().any(|own| ptr::eq(*own, computed))
    }

    fn is_at(&self, place: &Place<'_>) -> bool {
        match place {
            Place::Table(form) => self.said.iter().any(|address| address.form == *form),
            Place::Piece(Piece::Figure(computed, _)) => self.is_stated_by(computed),
            Place::Piece(piece) => self.words.zh.as_ref().is_some_and(|found| ptr::eq(found.piece, *piece)),
        }
    }

    /// Whether it only doubts words: nothing computes otherwise.
    pub(crate) fn is_doubt(&self) -> bool {
        self.accepted.computed.is_empty()
    }

    /// The language whose text alone has the words, of what is accepted by its words.
    pub(crate) fn said_only_in(&self) -> Option<Lang> {
        let said = |lang: Lang| self.words.get(lang).is_some();
        self.title.or_else(|| Lang::ALL.into_iter().find(|lang| said(*lang) && !said(lang.other())))
    }

    /// The printed figures that are the statement.
    pub(crate) fn said(&self) -> &[&'a Address] {
        &self.said
    }

    /// What the acceptance names: the part, and behind it the figure or words of the text.
    pub(crate) fn place(&self) -> (&str, &str) {
        place(self.accepted)
    }

    /// The words that are the statement, in one language.
    pub(crate) fn words(&self, lang: Lang) -> Option<&Found<'a>> {
        self.words.get(lang).as_ref()
    }
}

/// What an acceptance names: the part, and behind it the figure or words of the text; words in doubt are what is stated, and
/// have only the part.
fn place(accepted: &Accepted) -> (&str, &str) {
    let (slug, words) = accepted.at.split_once(' ').unwrap_or((&accepted.at, &accepted.stated));
    (slug, words.split_once(" = ").map_or(words, |(expression, _)| expression))
}

/// The figures of this report that an equation which does not hold is about.
fn said_by<'a>(equation: &'a Equation, disclosure: &'a Disclosure) -> Vec<&'a Address> {
    let here = |(report, address)| (report == disclosure.id).then_some(address);
    let mut said: Vec<&Address> =
        [&equation.left, &equation.right].into_iter().filter_map(printed).filter_map(here).collect();
    said.retain(|address| disclosure.figure(address).is_ok());
    if let (true, Verdict::Fails(_), Some(lead)) = (said.is_empty(), equation.verdict, equation.left.first()) {
        // Two sums: what is accepted names the first figure of them.
        said.extend(here((lead.report, &lead.address)));
    }
    said
}

/// The figure that a side of an equation prints, or that what it computes rests on last: the excess over a budget.
fn printed(side: &Vec<Addend>) -> Option<(ReportId, &Address)> {
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

/// Figures that a report says, and what an acceptance calls the place.
struct Passage<'a> {
    /// The part; of a cell the form, of a key figure the report itself.
    part: &'a str,
    /// The address, of a cell.
    cell: String,
    /// The prose; nothing for a key figure.
    prose: Option<&'a Localized<Prose>>,
    /// The key figure.
    figure: Option<&'a Computed>,
}

impl<'a> Passage<'a> {
    fn of(part: &'a str, prose: &'a Localized<Prose>) -> Self {
        Passage { part, cell: String::new(), prose: Some(prose), figure: None }
    }

    fn is_called(&self, place: &str) -> bool {
        self.part == place || self.cell == place
    }

    fn figures(&self) -> impl Iterator<Item = &'a Computed> + use<'a> {
        let pieces = self.prose.into_iter().flat_map(|prose| [&prose.zh, &prose.en]).flat_map(|prose| &prose.pieces);
        let figures = pieces.filter_map(|piece| match piece {
            Piece::Figure(computed, _) => Some(&**computed),
            _ => None,
        });
        figures.chain(self.figure)
    }
}

/// All that a report says.
fn passages(disclosure: &Disclosure) -> Vec<Passage<'_>> {
    let mut passages = Vec::new();
    for part in &disclosure.parts {
        match &part.kind {
            PartKind::Narrative(text) => passages.push(Passage::of(&part.slug, text)),
            PartKind::Tables => {}
            PartKind::Glossary => {
                let terms = disclosure.glossary.iter();
                passages.extend(terms.map(|term| Passage::of(&part.slug, &term.definition)));
            }
        }
    }
    let cells = disclosure.texts.iter();
    passages.extend(cells.map(|(at, text)| Passage { cell: at.to_string(), ..Passage::of(&at.form, text) }));
    let highlights = disclosure.highlights.iter().map(|highlight| Passage {
        part: "report",
        cell: String::new(),
        prose: None,
        figure: Some(&highlight.value),
    });
    passages.extend(highlights);
    passages
}

/// What a document is made of, as far as it can state something.
enum Place<'a> {
    Piece(&'a Piece<Computed>),
    Table(&'a str),
}

/// The prose and the tables, in the official order.
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
            Piece::Form(form, _) => of_table(form, disclosure, places),
            piece => places.push(Place::Piece(piece)),
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
