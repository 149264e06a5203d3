//! A department and its reports, with every reference bound.

use std::ops::Range;

use pulldown_cmark::Event;

use super::{
    Address, Computed, Contact, Facts, Figure, Information, Lang, Ledger, Localized, Refusal, ReportId, Rule, Table,
    Text,
};

/// A department: the unit of work. Its pages depend on its own files and the site's configuration only.
#[derive(Clone, Debug)]
pub struct Department {
    /// The folder below the site's root; a department that has the site to itself has none.
    pub slug: Option<String>,
    /// The official name.
    pub name: Text,
    /// Whom to ask there, where that differs from the site's.
    pub contact: Option<Contact>,
    /// Its reports, oldest first.
    pub disclosures: Vec<Disclosure>,
}

/// One report with every reference bound.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Year and kind.
    pub id: ReportId,
    /// The form set, as `cn-2019`.
    pub forms: String,
    /// When the finance department approved the accounts (批复), as published.
    pub approved: Option<String>,
    /// The day on which they were published, as `2020-09-15`.
    pub published: Option<String>,
    /// The minute of that day, as `10:30`, if that is given.
    pub published_time: Option<String>,
    /// The document that the report comes from.
    pub source: Option<Text>,
    /// How the report is filed as government information.
    pub information: Information,
    /// The tables in the official order.
    pub tables: Vec<Table>,
    /// The figures that stand in no form.
    pub facts: Facts,
    /// What facts must agree with, by the form set.
    pub rules: Vec<Rule>,
    /// What the report says besides must agree.
    pub own_rules: Vec<OwnRule>,
    /// The parts in the official order; one of them is the tables, one may be the glossary.
    pub parts: Vec<Part>,
    /// The terms in the order of the document.
    pub glossary: Vec<GlossaryTerm>,
    /// The charts, by the id that the narrative uses.
    pub charts: Vec<Chart>,
    /// The key figures of the year, in order.
    pub highlights: Vec<Highlight>,
    /// The findings that the publisher accepts, with reasons.
    pub accepted: Vec<Accepted>,
    /// Whether a file of the report was not read, which was said elsewhere: what is not here may be there.
    pub unread: bool,
    /// The file of the report itself.
    pub file: String,
    /// The prose of text cells, by address.
    pub texts: Vec<(Address, Localized<Prose>)>,
}

/// A rule that a report states itself.
#[derive(Clone, Debug)]
pub struct OwnRule {
    /// Where it stands in the report's list of rules, from 0.
    pub index: usize,
    /// The rule.
    pub rule: Rule,
}

/// A part of a report, as the document counts them.
#[derive(Clone, Debug)]
pub struct Part {
    /// The slug of its page and of its file.
    pub slug: String,
    /// The title.
    pub title: Text,
    /// Where the title stands in the files.
    pub title_at: Localized<Range<usize>>,
    /// What it holds.
    pub kind: PartKind,
    /// The files of its prose; empty names for the tables.
    pub files: Localized<String>,
}

/// What a part holds.
#[derive(Clone, Debug)]
pub enum PartKind {
    /// Prose.
    Narrative(Localized<Prose>),
    /// The tables of the report.
    Tables,
    /// The glossary.
    Glossary,
}

/// Prose in one language: Markdown events, with figures computed and embeds bound.
#[derive(Clone, Debug, Default)]
pub struct Prose<F = Computed> {
    /// In reading order.
    pub pieces: Vec<Piece<F>>,
}

/// A piece of prose. `F` is a derivation before its references are bound, and a value after.
#[derive(Clone, Debug)]
pub enum Piece<F> {
    /// Markdown as it is.
    Markdown(Event<'static>, Range<usize>),
    /// A figure.
    Figure(Box<F>, Range<usize>),
    /// A figure that could not be had: its address or its cell is at fault, which is a finding of its own.
    Gap(Range<usize>),
    /// A chart, by its id.
    Chart(String, Range<usize>),
    /// A form, by its id.
    Form(String, Range<usize>),
    /// The start of a link inside the report: its end is Markdown's.
    Link(Target, Range<usize>),
}

/// Where a link inside the report leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A form's page.
    Form(String),
    /// A part's page, with an anchor.
    Part(String, Option<String>),
    /// A glossary term.
    Term(String),
}

/// A term of the glossary (名词解释).
#[derive(Clone, Debug)]
pub struct GlossaryTerm {
    /// The id, the same in both languages.
    pub id: String,
    /// 1 for a term, 2 for one nested in the term before it.
    pub level: u8,
    /// The names: the first is the term, the others its aliases.
    pub names: Localized<Vec<String>>,
    /// The definition.
    pub definition: Localized<Prose>,
}

/// A finding that a published document is left with, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The code of the finding.
    pub code: String,
    /// Its place: a rule and an address, a part and the figure in it, or a part.
    pub at: String,
    /// What is stated.
    pub stated: String,
    /// What computes; empty where nothing does, as in a doubt about words.
    pub computed: String,
    /// Why it stands.
    pub reason: Text,
    /// Whether readers of the site see it.
    pub public: bool,
}

/// A key figure of a year.
#[derive(Clone, Debug)]
pub struct Highlight {
    /// What it is.
    pub name: Text,
    /// The figure.
    pub value: Computed,
    /// What says more of it: its parts, its budget, last year's.
    pub below: Vec<Highlight>,
}

/// A chart: what it shows, computed.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The id that the narrative uses.
    pub id: String,
    /// The title.
    pub title: Text,
    /// How it is drawn.
    pub kind: ChartKind,
    /// Whether the document has it; if not, it is marked as drawn by this site.
    pub in_document: bool,
    /// The named values, in order. Those of a pie and of a hundred are shares of its whole.
    pub marks: Vec<Mark>,
}

impl Chart {
    /// Whether it stands with a form: its first figure does.
    pub fn is_of(&self, form: &str) -> bool {
        self.marks.first().is_some_and(|mark| mark.amount.figures[0].address.form == form)
    }
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Shares of a whole.
    Pie,
    /// Amounts beside each other.
    Bars,
    /// Shares of a whole as so many of a hundred yuan, the largest first.
    Hundred,
}

/// A slice or a bar.
#[derive(Clone, Debug)]
pub struct Mark {
    /// What it is.
    pub name: Text,
    /// The group of bars that it belongs to.
    pub group: Option<Text>,
    /// The amount.
    pub amount: Computed,
    /// Its share of the whole, in a pie.
    pub share: Option<Computed>,
    /// Whether the amount was derived by this site, not printed.
    pub derived: bool,
}

impl Part {
    /// The forms that the prose shows.
    pub fn embeds(&self, lang: Lang) -> Vec<&str> {
        let PartKind::Narrative(text) = &self.kind else { return Vec::new() };
        let pieces = text.get(lang).pieces.iter();
        pieces.filter_map(|piece| if let Piece::Form(id, _) = piece { Some(id.as_str()) } else { None }).collect()
    }
}

impl Disclosure {
    /// The figure at an address inside this report; kind and year of the address are not looked at.
    pub fn figure(&self, address: &Address) -> Result<Figure, Refusal> {
        if address.form == Address::FACTS {
            return self.fact(address);
        }
        let table = self
            .tables
            .iter()
            .find(|table| table.form.id == address.form)
            .ok_or_else(|| Refusal::NoForm(address.clone()))?;
        let (lane, row) = table.row(&address.row).ok_or_else(|| Refusal::NoRow(address.clone()))?;
        let leaves = table.form.lanes[lane].leaves();
        let index = match &address.column {
            Some(id) => {
                leaves.iter().position(|leaf| leaf.id == id).ok_or_else(|| Refusal::NoColumn(address.clone()))?
            }
            None if leaves.len() == 1 => 0,
            None => return Err(Refusal::ColumnOpen(address.clone())),
        };
        let amount = row.cells[index].amount().ok_or_else(|| Refusal::Blank(address.clone()))?;
        let leaf = leaves[index];
        let column_name = table.form.lanes[lane].column_name(leaf.id).unwrap_or_default();
        let row_name = table.row_name(lane, row);
        let name = Text::new(
            format!("{} · {} · {}", table.form.short.zh, row_name.zh, column_name.zh),
            format!("{} · {} · {}", table.form.short.en, row_name.en, column_name.en),
        );
        Ok(Figure {
            amount,
            unit: table.unit(row, leaf.column).clone(),
            name,
            report: self.id,
            address: Address::cell(&address.form, &address.row, leaf.id),
        })
    }

    fn fact(&self, address: &Address) -> Result<Figure, Refusal> {
        let group = self
            .facts
            .groups
            .iter()
            .find(|group| group.id == address.row)
            .ok_or_else(|| Refusal::NoRow(address.clone()))?;
        let id = address.column.as_deref().ok_or_else(|| Refusal::ColumnOpen(address.clone()))?;
        let fact = group.facts.iter().find(|fact| fact.id == id).ok_or_else(|| Refusal::NoColumn(address.clone()))?;
        Ok(Figure {
            amount: fact.value,
            unit: fact.unit.clone(),
            name: Text::new(
                format!("{} · {}", group.name.zh, fact.name.zh),
                format!("{} · {}", group.name.en, fact.name.en),
            ),
            report: self.id,
            address: Address::cell(Address::FACTS, &group.id, &fact.id),
        })
    }

    /// The table of a form.
    pub fn table(&self, form: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.form.id == form)
    }

    /// The prose of a text cell.
    pub fn text(&self, address: &Address) -> Option<&Localized<Prose>> {
        self.texts.iter().find(|(place, _)| place == address).map(|(_, prose)| prose)
    }
}

/// A report among its department's others: what an address typed in it can reach.
#[derive(Clone, Copy, Debug)]
pub struct Shelf<'a> {
    /// The report that addresses are relative to.
    pub home: ReportId,
    /// All reports of the department.
    pub disclosures: &'a [Disclosure],
}

impl Ledger for Shelf<'_> {
    fn figure(&self, address: &Address) -> Result<Figure, Refusal> {
        let report = address.report(self.home);
        self.disclosures
            .iter()
            .find(|disclosure| disclosure.id == report)
            .ok_or_else(|| Refusal::NoReport(address.clone()))?
            .figure(address)
    }
}
