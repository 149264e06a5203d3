//! Mutation: one figure of this repository's report is changed at a time, and the checks have to notice.
//!
//! Tables: every non-zero amount by one unit and by one unit of its last decimal. Narrative: every figure that prose
//! shows, in the three classes of what could prove it: backed by a cell or a fact, derived, standing alone. A change is
//! found when an error stands that nobody has accepted. `cargo test --test mutation -- --nocapture` prints the shares.
#![allow(clippy::disallowed_methods, reason = "tests make the sites that they check")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use gongkai::check::Checked;
use gongkai::diagnostics::{Finding, Found};
use gongkai::forms::Library;
use gongkai::model::{Amount, Computed, Department, Disclosure, Expression, Lang, PartKind, Piece, Prose, Text};
use gongkai::parse::{self, ReportSource};
use gongkai::pipeline;
use gongkai::source::{self, Inventory, ReportFiles};
use rust_decimal::Decimal;

use common::{SOURCES, Site};

/// The folder of the report.
const REPORT: &str = "content/2019/final/";

/// The codes that say that figures contradict each other. Any other error means that a change broke the file, and the
/// test with it.
const PROOFS: &[&str] = &[
    "sum/differs",
    "sum/blank",
    "cross/differs",
    "cross/exceeds",
    "rate/differs",
    "year/differs",
    "figure/stated",
    "text/unit",
    "text/contradicts",
    "text/percent",
    "text/budgets",
    "text/change",
    "text/sign",
    "text/zero-base",
    "translation/figures-differ",
    "publish/accepted-nothing",
];

/// Facts that the document derives from figures that it does not all state: rates, and differences from a budget.
const DERIVED_FACTS: &[&str] = &[
    "facts/start-budget/basic-increase",
    "facts/start-budget/basic-completion",
    "facts/item-completion/",
    "facts/operating-expenses/decrease",
    "facts/operating-expenses/decrease-rate",
    "facts/performance-objectives/filed-coverage",
];

/// A figure as it is typed, and what is typed in its place.
#[derive(Clone, Debug)]
struct Change {
    file: String,
    at: Range<usize>,
    old: String,
    new: String,
}

/// What came of a change.
#[derive(Clone, Debug)]
struct Trial {
    change: Change,
    /// The figures that it changed, by address.
    addresses: BTreeSet<String>,
    /// The codes of the errors that nobody has accepted.
    errors: BTreeSet<&'static str>,
}

/// The texts of the site, and the forms that they are met with.
struct Texts {
    library: Library,
    reports: Vec<ReportSource>,
}

/// How far a figure is moved.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// By 1, keeping the decimals.
    One,
    /// By one unit of its last printed decimal.
    Last,
}

/// All figures typed in tables and facts, moved by 1.
static BY_ONE: LazyLock<Vec<Trial>> = LazyLock::new(|| try_each(&typed(Step::One)));

/// All figures typed in tables and facts, moved in their last decimal.
static BY_LAST: LazyLock<Vec<Trial>> = LazyLock::new(|| try_each(&typed(Step::Last)));

/// What the site is made from, read once.
static TEXTS: LazyLock<Texts> = LazyLock::new(Texts::read);

/// The department as it is.
static WHOLE: LazyLock<Department> = LazyLock::new(|| TEXTS.department(None).value);

#[test]
fn the_report_itself_has_no_unaccepted_error() {
    assert_eq!(errors(&pipeline::check(&common::repository()).findings), BTreeSet::new());
}

#[test]
fn the_command_finds_what_is_found_here() {
    // The changes are made in texts that are read once; a sample of them goes the whole way, from the disk.
    let site = Site::copy();
    for trial in BY_ONE.iter().step_by(25) {
        site.write(&trial.change.file, trial.change.text());
        assert_eq!(errors(&pipeline::check(site.folder()).findings), trial.errors, "{trial}");
        site.write(&trial.change.file, text_of(&trial.change.file));
    }
}

#[test]
fn an_amount_of_the_nine_tables_that_is_off_by_one_is_an_error() {
    let off_by_one = in_tables(&BY_ONE);
    assert!(off_by_one.len() >= 150, "only {} amounts", off_by_one.len());
    assert_share("amounts of the nine tables, +1.00", &off_by_one, 99);
    // A cent can hide in a rounding tail: the share is worth knowing, it has no bound.
    report("amounts of the nine tables, +0.01", &in_tables(&BY_LAST));
}

#[test]
fn a_cell_that_the_narrative_shows_is_proved_by_the_tables() {
    // Prose names a cell by its address, so its figure is typed once: changing the figure is changing the cell. That a
    // figure typed out in prose agrees with its cell is a promise of its own, see below.
    let shown = shown();
    let cells = |trials: &'static [Trial]| -> Vec<&'static Trial> {
        trials.iter().filter(|trial| trial.is_cell() && trial.addresses.iter().any(|at| shown.contains(at))).collect()
    };
    let (nine, performance): (Vec<_>, Vec<_>) = cells(&BY_ONE).into_iter().partition(|trial| trial.is_in_nine_tables());
    assert_share("narrative, backed by a cell of the nine tables, +1.00", &nine, 99);
    assert_share("narrative, backed by a cell of the performance form, +1.00", &performance, 99);
    report("narrative, backed by a cell, last decimal", &cells(&BY_LAST));
}

#[test]
fn a_figure_typed_wrongly_in_prose_is_an_error() {
    // The bound of the class “backed by a cell or fact”, for a narrative that is typed as the document prints it: each
    // figure that prose shows by address is typed out, off by one in its last decimal.
    let typed =
        figures().into_iter().filter(|figure| matches!(figure.computed.derivation.expression, Expression::Cell(_)));
    let changes = typed.map(|figure| {
        let mut wrong = figure.computed.clone();
        let amount = moved(&wrong.figures[0].amount.to_string(), Step::Last);
        wrong.derivation.stated = Some(Amount::parse(&amount).expect("an amount"));
        Change { file: figure.file.to_owned(), at: figure.at, old: figure.source, new: wrong.say(figure.lang) }
    });
    let trials = try_each(&changes.collect::<Vec<_>>());
    assert_share("narrative, backed and typed out, last decimal", &trials.iter().collect::<Vec<_>>(), 99);
}

#[test]
fn a_derived_figure_that_is_stated_wrongly_is_an_error() {
    let mut changes = Vec::new();
    for figure in figures() {
        let Some(stated) = figure.computed.derivation.stated else { continue };
        let old = format!("stated={stated}");
        let inside = figure.source.find(&old).unwrap_or_else(|| panic!("{}: no {old}", figure.source));
        let at = figure.at.start + inside..figure.at.start + inside + old.len();
        changes.push(Change {
            file: figure.file.to_owned(),
            at,
            new: format!("stated={}", moved(&stated.to_string(), Step::Last)),
            old,
        });
    }
    let trials = try_each(&changes);
    assert!(trials.len() >= 100, "only {} stated figures", trials.len());
    let stated: Vec<&Trial> = trials.iter().collect();
    assert_share("narrative, derived, as stated beside its derivation, last decimal", &stated, 95);
    // A rate that is typed as a fact moves by as much as any other fact. Where its base is nowhere in the document (the
    // budget of one item), only all of them together can be proved, as far as their rounding lets them.
    let typed = facts(&BY_ONE, true);
    report("narrative, derived, typed as a fact, +1", &typed);
    report("narrative, derived, typed as a fact, last decimal", &facts(&BY_LAST, true));
    assert_share("narrative, derived, the whole class", &stated.into_iter().chain(typed).collect::<Vec<_>>(), 95);
}

#[test]
fn figures_that_stand_alone_are_counted() {
    // Nothing else in the document has to agree with them: no bound.
    report("narrative, standing alone, +1", &facts(&BY_ONE, false));
    report("narrative, standing alone, last decimal", &facts(&BY_LAST, false));
}

impl Trial {
    fn is_found(&self) -> bool {
        !self.errors.is_empty()
    }

    fn is_cell(&self) -> bool {
        self.change.file.contains("/tables/")
    }

    fn is_in_nine_tables(&self) -> bool {
        self.is_cell() && !self.change.file.ends_with("/performance.yaml")
    }
}

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = text_of(&self.change.file)[..self.change.at.start].matches('\n').count() + 1;
        let addresses: Vec<&str> = self.addresses.iter().map(String::as_str).collect();
        write!(f, "{}:{line}: {} → {} {}", self.change.file, self.change.old, self.change.new, addresses.join(", "))
    }
}

fn in_tables(trials: &'static [Trial]) -> Vec<&'static Trial> {
    trials.iter().filter(|trial| trial.is_in_nine_tables()).collect()
}

/// Facts that prose shows or derives from: those that are themselves derived, or the others.
fn facts(trials: &'static [Trial], derived: bool) -> Vec<&'static Trial> {
    let named: BTreeSet<String> = figures().iter().flat_map(|figure| addresses(&figure.computed)).collect();
    let is_derived =
        |at: &String| DERIVED_FACTS.iter().any(|fact| at == fact || fact.ends_with('/') && at.starts_with(fact));
    let fact = |trial: &&Trial| {
        trial.addresses.iter().any(|at| named.contains(at)) && trial.addresses.iter().any(is_derived) == derived
    };
    trials.iter().filter(|trial| !trial.is_cell()).filter(fact).collect()
}

/// Prints how many of the changes were found.
fn report(what: &str, trials: &[&Trial]) -> usize {
    let found = trials.iter().filter(|trial| trial.is_found()).count();
    let share =
        if trials.is_empty() { Decimal::ZERO } else { Decimal::from(found * 100) / Decimal::from(trials.len()) };
    println!("{what}: {found} of {} found, {share:.1}%", trials.len());
    found
}

/// Prints the share and holds it to a bound; what was not found is listed either way.
fn assert_share(what: &str, trials: &[&Trial], percent: usize) {
    let found = report(what, trials);
    let missed: Vec<String> = trials.iter().filter(|trial| !trial.is_found()).map(ToString::to_string).collect();
    for one in &missed {
        println!("  not found: {one}");
    }
    assert!(!trials.is_empty(), "{what}: nothing was changed");
    assert!(
        found * 100 >= percent * trials.len(),
        "{what}: {found} of {}, at least {percent}% are asked for:\n{}",
        trials.len(),
        missed.join("\n")
    );
}

/// Makes each change in the texts of the site, one at a time.
fn try_each(changes: &[Change]) -> Vec<Trial> {
    let before = amounts(&WHOLE);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut trials = Vec::new();
        while let Some(change) = changes.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = TEXTS.department(Some(change));
            let after = amounts(&found.value);
            let addresses = after.into_iter().filter(|(at, amount)| before.get(at) != Some(amount)).map(|(at, _)| at);
            let addresses = addresses.collect();
            trials.push(Trial { change: change.clone(), addresses, errors: errors(Checked::new(found).findings()) });
        }
        trials
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut trials: Vec<Trial> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect()
    });
    trials.sort_by(|a, b| (&a.change.file, a.change.at.start).cmp(&(&b.change.file, b.change.at.start)));
    trials
}

/// The codes of the errors that nobody has accepted.
fn errors(findings: &[Finding]) -> BTreeSet<&'static str> {
    let errors = findings.iter().filter(|finding| finding.is_error());
    errors
        .map(|finding| {
            assert!(PROOFS.contains(&finding.entry.code), "the change broke a file: {finding:#?}");
            finding.entry.code
        })
        .collect()
}

/// Every non-zero figure that is typed in the tables and the facts, moved.
fn typed(step: Step) -> Vec<Change> {
    let mut changes = Vec::new();
    for file in SOURCES.keys().filter(|path| path.starts_with(REPORT)) {
        let in_table = file.contains("/tables/");
        if !in_table && !file.ends_with("/facts.yaml") {
            continue;
        }
        let mut start = 0;
        for line in text_of(file).split_inclusive('\n') {
            for range in values(line, in_table) {
                let old = &line[range.clone()];
                let new = moved(old, step);
                let at = start + range.start..start + range.end;
                if old.parse::<Decimal>().is_ok_and(|amount| !amount.is_zero()) {
                    changes.push(Change { file: file.clone(), at, old: old.to_owned(), new });
                }
            }
            start += line.len();
        }
    }
    changes
}

/// Where figures stand in a line of YAML: behind the key of a row, or behind `value:` in the facts.
fn values(line: &str, in_table: bool) -> Vec<Range<usize>> {
    let key = if in_table { ": " } else { "value: " };
    let Some(start) = line.find(key).map(|at| at + key.len()) else { return Vec::new() };
    let rest = line[start..].trim_start();
    if in_table && !rest.starts_with('[') && rest.trim_end().parse::<Decimal>().is_err() {
        return Vec::new();
    }
    let mut found = numbers(&line[start..]);
    found.truncate(if in_table { found.len() } else { 1 });
    found.into_iter().map(|range| start + range.start..start + range.end).collect()
}

/// The numbers of a text: digits, with decimals.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let behind_digit = text[..at].ends_with(|c: char| c.is_ascii_digit());
        let before_digit = text[at..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let inside = c.is_ascii_digit() || (c == '.' && behind_digit && before_digit);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// A figure that is a little more, with as many decimals.
fn moved(figure: &str, step: Step) -> String {
    let amount: Decimal = figure.parse().unwrap_or_else(|error| panic!("{figure}: {error}"));
    let more = match step {
        Step::One => Decimal::ONE,
        Step::Last => Decimal::new(1, amount.scale()),
    };
    (amount + more).to_string()
}

/// A figure where prose shows it.
struct Shown {
    file: &'static str,
    lang: Lang,
    /// Where its braces stand.
    at: Range<usize>,
    /// The braces, with what is in them.
    source: String,
    computed: Computed,
}

/// Every figure of the narrative, in both languages.
fn figures() -> Vec<Shown> {
    let mut figures = Vec::new();
    for disclosure in &WHOLE.disclosures {
        for part in &disclosure.parts {
            let PartKind::Narrative(prose) = &part.kind else { continue };
            for (lang, prose) in [(Lang::Zh, &prose.zh), (Lang::En, &prose.en)] {
                let tag = if lang == Lang::Zh { "zh" } else { "en" };
                let ending = format!("-{}.{tag}.md", part.slug);
                let file = SOURCES.keys().find(|path| path.starts_with(REPORT) && path.ends_with(&ending));
                let file = file.unwrap_or_else(|| panic!("no file of {}", part.slug));
                for (computed, at) in placed(prose) {
                    let source = text_of(file)[at.clone()].to_owned();
                    assert!(source.starts_with('{') && source.ends_with('}'), "{file}: {source}");
                    figures.push(Shown { file, lang, at, source, computed: computed.clone() });
                }
            }
        }
    }
    figures
}

fn placed(prose: &Prose) -> impl Iterator<Item = (&Computed, Range<usize>)> {
    prose.pieces.iter().filter_map(|piece| match piece {
        Piece::Figure(computed, at) => Some((&**computed, at.clone())),
        _ => None,
    })
}

/// The addresses of the figures that the narrative shows as they are, text cells of forms included.
fn shown() -> BTreeSet<String> {
    let own = figures().into_iter().map(|figure| figure.computed);
    let texts = WHOLE.disclosures.iter().flat_map(|disclosure| &disclosure.texts);
    let in_texts =
        texts.flat_map(|(_, prose)| placed(&prose.zh).chain(placed(&prose.en))).map(|(computed, _)| computed.clone());
    own.chain(in_texts)
        .filter(|computed| matches!(computed.derivation.expression, Expression::Cell(_)))
        .flat_map(|computed| addresses(&computed))
        .collect()
}

fn addresses(computed: &Computed) -> Vec<String> {
    computed.figures.iter().map(|figure| figure.address.to_string()).collect()
}

/// Every figure of the reports, by address.
fn amounts(department: &Department) -> BTreeMap<String, String> {
    department.disclosures.iter().flat_map(of_report).collect()
}

fn of_report(disclosure: &Disclosure) -> impl Iterator<Item = (String, String)> {
    let mut amounts = Vec::new();
    for table in &disclosure.tables {
        for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
            for row in &rows.rows {
                for (leaf, cell) in lane.leaves().iter().zip(&row.cells) {
                    if let (Some(id), Some(amount)) = (&row.id, cell.amount()) {
                        amounts.push((format!("{}/{id}/{}", table.form.id, leaf.id), amount.to_string()));
                    }
                }
            }
        }
    }
    for group in &disclosure.facts.groups {
        for fact in &group.facts {
            amounts.push((format!("facts/{}/{}", group.id, fact.id), fact.value.to_string()));
        }
    }
    amounts.into_iter()
}

impl Change {
    /// The file with the change in it.
    fn text(&self) -> String {
        let text = text_of(&self.file);
        assert_eq!(&text[self.at.clone()], self.old, "{}", self.file);
        [&text[..self.at.start], &self.new, &text[self.at.end..]].concat()
    }
}

impl Texts {
    /// Reads what a build reads.
    fn read() -> Self {
        let root = common::repository();
        let inventory = Inventory::take(&root).value;
        let read = |path: &String| source::read_text(&root, path).expect("a text");
        let forms: Vec<_> = inventory.forms.iter().map(read).map(|file| (file.path, file.text)).collect();
        let terms = inventory.terms.as_ref().map(read);
        let [files] = &inventory.departments[..] else { panic!("one department") };
        let report = |report: &ReportFiles| ReportSource {
            folder: report.folder.clone(),
            texts: report.read(&root).value,
            incomplete: false,
            unread: false,
        };
        Texts {
            library: Library::load(&forms, parse::dictionary(terms.as_ref()).value).value,
            reports: files.reports.iter().map(report).collect(),
        }
    }

    /// The department, with a change in one of its files.
    fn department(&self, change: Option<&Change>) -> Found<Department> {
        let mut reports = self.reports.clone();
        if let Some(change) = change {
            let texts = reports.iter_mut().map(|report| &mut report.texts);
            let mut files = texts.flat_map(|texts| {
                let tables = texts.tables.iter_mut().map(|(_, file)| file);
                let parts = texts.parts.iter_mut().flat_map(|part| [&mut part.texts.zh, &mut part.texts.en]);
                tables.chain(texts.facts.as_mut()).chain(parts.flatten())
            });
            let file = files.find(|file| file.path == change.file).unwrap_or_else(|| panic!("no {}", change.file));
            file.text = change.text();
        }
        parse::department(None, Text::default(), None, reports, &self.library)
    }
}

fn text_of(path: &str) -> &'static str {
    common::text(&SOURCES[path])
}
