//! The files of one report, read and met with their forms; prose is read but not yet bound.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostics::{Claim, DataPath, Finding, Place, catalogue};
use crate::forms::{ChartSpec, FigureSpec, FormSet, Library, UnitName, check_id, fact_rules};
use crate::model::{
    Accepted, Disclosure, Fact, FactGroup, Facts, Form, Information, Lang, Localized, OwnRule, ReportId, Table, Unit,
};
use crate::source::{ReportTexts, SourceFile};
use crate::yaml;

use super::days::{self, date_words, is_date, is_day_or_minute};
use super::files::{FactsFile, ReportFile, TableFile, Visibility};
use super::markdown::{self, Document};
use super::nearest::nearest;
use super::official::Keys;
use super::table::{self, read_amount};

/// A report's texts, and what reading them told.
#[derive(Clone, Debug)]
pub struct ReportSource {
    /// The folder, as `content/2019/final`.
    pub folder: String,
    /// The texts.
    pub texts: ReportTexts,
    /// Whether a file could not be read: what is missing then is not reported again.
    pub incomplete: bool,
    /// Whether what the report says may stand in a file that was not read: one that could not be, one with a name that a
    /// report does not have, or one whose other language is missing.
    pub unread: bool,
}

/// A narrative part, read.
#[derive(Debug)]
pub(super) struct PartDocument {
    pub(super) slug: String,
    pub(super) files: Localized<String>,
    pub(super) documents: Localized<Document>,
}

/// A report, read: tables and facts are whole, prose is not yet bound.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) disclosure: Disclosure,
    pub(super) parts: Vec<PartDocument>,
    pub(super) glossary: Option<PartDocument>,
    /// The slugs of parts, or of the glossary, of which a language could not be read: what names them is not wrong.
    pub(super) unread: BTreeSet<String>,
    pub(super) order: Option<Vec<String>>,
    pub(super) charts: Vec<ChartSpec>,
    /// How many of the charts, from the start, are the report's own.
    pub(super) own_charts: usize,
    /// Whether charts of the report's own may be lost in mistakes of `report.yaml`.
    pub(super) charts_lost: bool,
    /// The key figures, the set's before the report's own.
    pub(super) figures: Vec<FigureSpec>,
    /// How many of the key figures, from the start, are the set's.
    pub(super) set_figures: usize,
    /// Forms whose file has mistakes: an address into them is not reported again.
    pub(super) broken: BTreeSet<String>,
    pub(super) file: String,
    /// What reading `report.yaml` found, with its text: there, stand-ins were read.
    pub(super) shape: Option<(Vec<Finding>, String)>,
    /// Files of the tables, by form.
    pub(super) table_files: Vec<(String, String)>,
}

/// Reads a report.
pub(super) fn read(source: ReportSource, library: &Library, findings: &mut Vec<Finding>) -> Option<Parsed> {
    let ReportSource { folder, texts, incomplete, unread: files_unread } = source;
    let source = texts.report.as_ref()?;
    let file = source.path.clone();
    let read = yaml::read_through::<ReportFile>(&source.path, &source.text);
    let report = read.value;
    let mut own = Vec::new();
    let mut information = Information::default();
    if let Some(report) = &report {
        check_header(report, &file, &mut own);
        information = Keys { file: &file, findings: &mut own }.information(report.information.clone());
    }
    findings.extend(yaml::standing(own, &read.findings, &source.text));
    let shape = (!read.findings.is_empty()).then(|| (read.findings.clone(), source.text.clone()));
    findings.extend(read.findings);
    let set = match &report {
        Some(report) if report.forms.0 != yaml::STAND_IN => form_set(report, &file, texts.id, library, findings),
        _ => None,
    };
    let mut broken = BTreeSet::new();
    let mut tables = Vec::new();
    if let Some(set) = &set {
        let missing = (!incomplete).then_some(folder.as_str());
        tables = read_tables(&texts, missing, set, library, &mut broken, findings);
    } else {
        // Without a form set nothing can be bound, but each file's own mistakes can be found.
        for (_, source) in &texts.tables {
            findings.extend(yaml::read::<TableFile>(&source.path, &source.text).findings);
        }
    }
    let facts = texts.facts.as_ref().and_then(|source| read_facts(source, findings));
    if facts.is_none() && (texts.facts.is_some() || files_unread) {
        broken.insert(crate::model::Address::FACTS.to_owned());
    }
    if let Some(set) = &set {
        check_pages(&texts, set, &folder, findings);
    }
    let parts: Vec<_> = texts.parts.iter().filter_map(|texts| part(&texts.slug, &texts.texts, findings)).collect();
    let glossary = part("glossary", &texts.glossary, findings);
    let read = |slug: &str| parts.iter().chain(&glossary).any(|part| part.slug == slug);
    let named = texts.parts.iter().map(|part| part.slug.as_str());
    // Of a glossary that could not be read at all nothing is left but that something could not.
    let begun = incomplete || texts.glossary.zh.is_some() || texts.glossary.en.is_some();
    let begun = begun.then_some("glossary");
    let unread = named.chain(begun).filter(|slug| !read(slug)).map(ToOwned::to_owned).collect();
    let (report, set) = (report?, set?);
    let order = |ids: Option<&Vec<yaml::Scalar>>| ids.map(|ids| ids.iter().map(|id| id.0.clone()).collect::<Vec<_>>());
    if let Some(wanted) = order(report.tables.as_ref()) {
        check_table_order(&wanted, &set, &file, findings);
        let rank = |table: &Table| wanted.iter().position(|id| *id == table.form.id).unwrap_or(usize::MAX);
        tables.sort_by_key(rank);
    } else {
        tables.sort_by_key(|table| table.form.number.unwrap_or(u32::MAX));
    }
    let accepted = report
        .accepted
        .into_iter()
        .filter(|accepted| accepted.code.0 != yaml::STAND_IN)
        .map(|accepted| Accepted {
            code: accepted.code.0,
            at: accepted.at.0,
            stated: accepted.stated.0,
            computed: accepted.computed.map(|value| value.0).unwrap_or_default(),
            reason: accepted.reason,
            public: accepted.visible == Visibility::Public,
        })
        .collect();
    let own_rules = fact_rules(&file, &report.rules, &library.dictionary, texts.id.year, findings);
    let (published, published_time) = match report.published.map(|date| date.0) {
        Some(date) => match date.split_once(' ') {
            Some((day, time)) => (Some(day.to_owned()), Some(time.to_owned())),
            None => (Some(date), None),
        },
        None => (None, None),
    };
    let own_charts = report.charts.len();
    let nameless = report.charts.iter().any(|chart| chart.id.0 == yaml::STAND_IN);
    let charts_lost = shape.as_ref().is_some_and(|(shape, text)| nameless || has_lost_charts(shape, text));
    let mut charts = report.charts;
    charts.extend(set.charts);
    let set_figures = set.figures.len();
    let mut figures = set.figures;
    figures.extend(report.figures);
    Some(Parsed {
        disclosure: Disclosure {
            id: texts.id,
            forms: report.forms.0,
            approved: report.approved.map(|date| date.0),
            published,
            published_time,
            information,
            source: report.source,
            tables,
            facts: facts.unwrap_or_default(),
            rules: set.rules,
            own_rules: own_rules.into_iter().map(|(index, rule)| OwnRule { index, rule }).collect(),
            parts: Vec::new(),
            glossary: Vec::new(),
            charts: Vec::new(),
            highlights: Vec::new(),
            accepted,
            unread: files_unread,
            file: file.clone(),
            texts: Vec::new(),
        },
        parts,
        glossary,
        unread,
        order: order(report.parts.as_ref()),
        charts,
        own_charts,
        charts_lost,
        figures,
        set_figures,
        broken,
        file,
        shape,
        table_files: texts.tables.iter().map(|(form, source)| (form.clone(), source.path.clone())).collect(),
    })
}

fn check_header(report: &ReportFile, file: &str, findings: &mut Vec<Finding>) {
    if report.format.is_some_and(|format| format != 1) {
        let detail = ("不认识的格式版本", "an unknown version of the format");
        findings.push(shape(file, "format", detail, (" 1", "1"), ("写 `format: 1`", "write `format: 1`")));
    }
    if report.approved.as_ref().is_some_and(|date| !is_date(&date.0)) {
        let expected = ("日期，写作年-月-日", "a date, year-month-day");
        let why = date_words(report.approved.as_ref().map_or("", |date| &date.0));
        findings.push(shape(
            file,
            "approved",
            (&why.0, &why.1),
            expected,
            ("例如 2020-09-15", "for example 2020-09-15"),
        ));
    }
    if report.published.as_ref().is_some_and(|date| !is_day_or_minute(&date.0)) {
        let expected = ("日期，写作年-月-日，可带时:分", "a date, year-month-day, perhaps with hour:minute");
        let help = ("例如 2020-09-15 或 2020-09-15 10:30", "for example 2020-09-15 or 2020-09-15 10:30");
        let why = date_words(report.published.as_ref().map_or("", |date| &date.0));
        findings.push(shape(file, "published", (&why.0, &why.1), expected, help));
    }
}

fn shape(file: &str, key: &str, detail: (&str, &str), expected: (&str, &str), help: (&str, &str)) -> Finding {
    Finding::new(&catalogue::YAML_TYPE, DataPath::top().key(key).in_file(file))
        .with("detail", detail.0)
        .with("detail-en", detail.1)
        .with("expected", expected.0)
        .with("expected-en", expected.1)
        .with("help", help.0)
        .with("help-en", help.1)
}

fn form_set(
    report: &ReportFile,
    file: &str,
    id: ReportId,
    library: &Library,
    findings: &mut Vec<Finding>,
) -> Option<FormSet> {
    if let Some(found) = library.set(&report.forms.0, id.year) {
        findings.extend(newer_set(&report.forms.0, file, id, library));
        findings.extend(found.findings);
        return Some(found.value);
    }
    findings.push(
        Finding::new(&catalogue::UNKNOWN_FORM_SET, DataPath::top().key("forms").in_file(file))
            .with("set", &report.forms.0)
            .with("known", library.set_names().join(", ")),
    );
    None
}

/// A report that was copied keeps the forms of an older year: where there are newer ones of the same place by its own year.
fn newer_set(set: &str, file: &str, id: ReportId, library: &Library) -> Option<Finding> {
    let parts = |id: &str| {
        let (place, since) = id.rsplit_once('-')?;
        Some((place.to_owned(), since.parse::<u16>().ok()?))
    };
    let (place, since) = parts(set)?;
    let sets = library.set_names().into_iter().filter_map(|id| Some((parts(id)?, id)));
    let newer = sets.filter(|((other, from), _)| *other == place && *from > since && *from <= id.year);
    let ((_, from), newer) = newer.max_by_key(|((_, from), _)| *from)?;
    let mut finding = Finding::new(&catalogue::OLDER_FORM_SET, DataPath::top().key("forms").in_file(file))
        .with("set", set)
        .with("since", since)
        .with("newer", newer)
        .with("newer_year", from)
        .with("year", id.year);
    // A still newer set is another finding.
    finding.claim = Some(Box::new(Claim { computed: newer.to_string(), ..Claim::of_words(&id, "forms", set) }));
    Some(finding)
}

/// The tables of a report; with the report's folder, those that are missing are findings.
fn read_tables(
    texts: &ReportTexts,
    folder: Option<&str>,
    set: &FormSet,
    library: &Library,
    broken: &mut BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Vec<Table> {
    let known: Vec<&Arc<Form>> = set.forms.iter().chain(&set.local).collect();
    let mut tables = Vec::new();
    let mut given = BTreeSet::new();
    for (form_id, source) in &texts.tables {
        given.insert(form_id.as_str());
        let Some(form) = known.iter().find(|form| form.id == *form_id) else {
            findings.push(unknown_form(form_id, &known, Place::File(source.path.clone())));
            continue;
        };
        let read = yaml::read_through::<TableFile>(&source.path, &source.text);
        let damaged = !read.findings.is_empty();
        findings.extend(read.findings);
        let bound = read.value.and_then(|input| {
            let bound = table::bind(&source.path, &input, form, &library.dictionary, texts.id.year);
            findings.extend(bound.findings.into_iter().filter(|finding| !damaged || stands_alone(finding)));
            bound.value.filter(|_| !damaged)
        });
        match bound {
            Some(table) => tables.push(table),
            None => {
                broken.insert(form_id.clone());
            }
        }
    }
    // A numbered form belongs to the official set; an empty table says so, it is not left out (财预〔2016〕143号).
    for form in set.forms.iter().filter(|form| form.number.is_some() && !given.contains(form.id.as_str())) {
        broken.insert(form.id.clone());
        if let Some(folder) = folder {
            findings.push(
                Finding::new(&catalogue::MISSING_TABLE, Place::File(format!("{folder}/tables")))
                    .with("title", &form.title.zh)
                    .with("title-en", &form.title.en)
                    .with("file", format!("{folder}/tables/{}.yaml", form.id)),
            );
        }
    }
    tables
}

/// Parts and forms share a folder of pages: `04-performance.zh.md` and the form `performance` would be one page.
fn check_pages(texts: &ReportTexts, set: &FormSet, folder: &str, findings: &mut Vec<Finding>) {
    const OWN: [&str; 4] = ["facts", "glossary", "report", "tables"];
    for part in &texts.parts {
        let taken =
            OWN.contains(&part.slug.as_str()) || set.forms.iter().chain(&set.local).any(|form| form.id == part.slug);
        if !taken {
            continue;
        }
        let page = format!("{}/{}.html", texts.id, part.slug);
        let table = texts.tables.iter().find(|(form, _)| *form == part.slug).map(|(_, table)| table.path.clone());
        let other = table.unwrap_or_else(|| format!("{folder}/tables/{}.yaml", part.slug));
        for text in [&part.texts.zh, &part.texts.en].into_iter().flatten() {
            let finding = Finding::new(&catalogue::TWO_FILES, Place::File(text.path.clone())).with("page", &page);
            findings.push(finding.beside(Place::File(other.clone())));
        }
    }
}

/// Whether charts may be missing that were typed: something is wrong with them, or the file could not be read to its end.
fn has_lost_charts(shape: &[Finding], text: &str) -> bool {
    let charts = yaml::locator(text)(&DataPath::top().key("charts"));
    shape.iter().any(|mistake| match (&mistake.place, &charts) {
        _ if mistake.entry.code == catalogue::YAML_SYNTAX.code => true,
        (Place::Text(_, at), Some(charts)) => at.start < charts.end && charts.start <= at.start,
        _ => false,
    })
}

/// Whether a finding in a damaged file is a mistake of its own, not the shadow of a stand-in for another mistake.
fn stands_alone(finding: &Finding) -> bool {
    let shadows: [&str; 4] = [
        catalogue::EMPTY_UNEXPLAINED.code,
        catalogue::EMPTY_WITH_ROWS.code,
        catalogue::COLUMN_COUNT.code,
        catalogue::YAML_MISSING_KEY.code,
    ];
    !shadows.contains(&finding.entry.code) && finding.arguments.iter().all(|(_, value)| !value.contains(yaml::STAND_IN))
}

fn unknown_form(id: &str, known: &[&Arc<Form>], place: Place) -> Finding {
    let finding = Finding::new(&catalogue::UNKNOWN_FORM, place).with("form", id);
    match nearest(id, known.iter().map(|form| form.id.as_str())) {
        Some(close) => finding.with("help", format!("也许是 `{close}`")).with("help-en", format!("perhaps `{close}`")),
        None => finding
            .with("help", format!("用已有的表，或在 content/forms/{id}.yaml 中写出表样"))
            .with("help-en", format!("use a form that exists, or describe it in content/forms/{id}.yaml")),
    }
}

fn check_table_order(wanted: &[String], set: &FormSet, file: &str, findings: &mut Vec<Finding>) {
    let known: Vec<&Arc<Form>> = set.forms.iter().chain(&set.local).collect();
    for (index, id) in wanted.iter().enumerate() {
        if known.iter().all(|form| form.id != *id) {
            let place = DataPath::top().key("tables").index(index).in_file(file);
            findings.push(unknown_form(id, &known, place));
        }
    }
}

fn read_facts(source: &SourceFile, findings: &mut Vec<Finding>) -> Option<Facts> {
    let read = yaml::read_through::<FactsFile>(&source.path, &source.text);
    let damaged = !read.findings.is_empty();
    findings.extend(read.findings);
    let mut own = Vec::new();
    let facts = bind_facts(&read.value?, source, &mut own);
    let sound = own.is_empty() && !damaged;
    // A wrong day hides no figure.
    days::of_facts(&facts, findings);
    findings.extend(own.into_iter().filter(|finding| !damaged || stands_alone(finding)));
    sound.then_some(facts)
}

fn bind_facts(input: &FactsFile, source: &SourceFile, findings: &mut Vec<Finding>) -> Facts {
    let mut groups = Vec::new();
    for (id, group) in &input.0 {
        let top = DataPath::top().key(id);
        check_fact_id(id, &top, source, findings);
        let group_unit = unit(group.unit.as_ref(), &top.key("unit"), source, findings);
        let mut facts = Vec::new();
        for (fact_id, fact) in &group.figures.0 {
            let path = top.key("figures").key(fact_id);
            check_fact_id(fact_id, &path, source, findings);
            let own = unit(fact.unit.as_ref(), &path.key("unit"), source, findings);
            let value = match read_amount(&fact.value.0, 10, &path.key("value"), &source.path) {
                Ok(amount) => amount,
                Err(finding) => {
                    findings.push(*finding);
                    continue;
                }
            };
            let Some(unit) = own.or_else(|| group_unit.clone()) else {
                if fact.unit.is_none() && group.unit.is_none() {
                    findings.push(
                        Finding::new(&catalogue::YAML_MISSING_KEY, path.in_file(&source.path)).with("key", "unit"),
                    );
                }
                continue;
            };
            facts.push(Fact {
                id: fact_id.clone(),
                name: crate::model::Text::new(&fact.zh, &fact.en),
                value,
                unit,
                as_of: fact.as_of.clone(),
                note: fact.note.clone(),
            });
        }
        groups.push(FactGroup { id: id.clone(), name: group.name.clone(), facts });
    }
    Facts { file: source.path.clone(), groups }
}

fn check_fact_id(id: &str, path: &DataPath, source: &SourceFile, findings: &mut Vec<Finding>) {
    if let Err(suggestion) = check_id(id) {
        findings.push(
            Finding::new(&catalogue::BAD_ID, path.clone().the_key().in_file(&source.path))
                .with("id", id)
                .with("suggestion", suggestion),
        );
    }
}

fn unit(unit: Option<&UnitName>, path: &DataPath, source: &SourceFile, findings: &mut Vec<Finding>) -> Option<Unit> {
    match unit?.resolve() {
        Ok(unit) => Some(unit),
        Err(name) => {
            findings.push(
                Finding::new(&catalogue::UNKNOWN_UNIT, path.clone().in_file(&source.path))
                    .with("unit", name)
                    .with("known", Unit::NAMES.join("、")),
            );
            None
        }
    }
}

/// Reads a part in both languages. A missing language was reported with the inventory.
fn part(slug: &str, texts: &Localized<Option<SourceFile>>, findings: &mut Vec<Finding>) -> Option<PartDocument> {
    let (Some(zh), Some(en)) = (&texts.zh, &texts.en) else {
        for source in [&texts.zh, &texts.en].into_iter().flatten() {
            markdown::read(&source.path, &source.text, findings);
        }
        return None;
    };
    let files = Localized { zh: zh.path.clone(), en: en.path.clone() };
    let documents = Localized {
        zh: markdown::read(&zh.path, &zh.text, findings),
        en: markdown::read(&en.path, &en.text, findings),
    };
    for lang in Lang::ALL {
        let mut seen = BTreeSet::new();
        for heading in documents.get(lang).headings.iter().filter(|heading| !heading.id.is_empty()) {
            if !seen.insert(&heading.id) {
                let place = Place::Text(files.get(lang).clone(), heading.range.clone());
                findings.push(Finding::new(&catalogue::HEADING_DUPLICATE, place).with("id", &heading.id));
            }
        }
    }
    Some(PartDocument { slug: slug.to_owned(), files, documents })
}
