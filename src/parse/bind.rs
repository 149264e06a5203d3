//! Every reference of a department's prose is bound: figures are computed, embeds and links are found.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostics::{Claim, DataPath, Finding, Place, catalogue};
use crate::forms::FigureSpec;
use crate::model::{
    Address, Amount, Cell, Computed, Derivation, Disclosure, Expression, Figure, GlossaryTerm, Highlight, Lang, Ledger,
    Localized, Operand, OwnRule, Part, PartKind, Piece, Prose, Refusal, Relation, ReportId, Shelf, Table, Target, Text,
    Unit,
};
use crate::yaml;

use super::figure;
use super::markdown::{self, Document, Heading};
use super::nearest::nearest;
use super::report::{Parsed, PartDocument};

/// The slug of the part that holds the tables, and of the one that holds the glossary.
pub(crate) const TABLES: &str = "tables";
pub(crate) const GLOSSARY: &str = "glossary";

/// Binds the prose of all reports of a department: an address may lead to any of them. `failed` are those that could
/// not be read at all.
pub(super) fn bind(
    mut reports: Vec<Parsed>,
    failed: BTreeSet<ReportId>,
    findings: &mut Vec<Finding>,
) -> Vec<Disclosure> {
    let shelf: Vec<Disclosure> = reports.iter().map(|report| report.disclosure.clone()).collect();
    let broken = reports.iter().map(|report| (report.disclosure.id, report.broken.clone())).collect();
    let damage = Damage { failed, broken };
    reports
        .drain(..)
        .map(|report| {
            let known = Known::of(&report, &shelf, &damage);
            let mut binder = Binder { known, findings };
            binder.report(report)
        })
        .collect()
}

/// What could not be read, in all reports of a department. It was reported where its mistakes are: a figure that
/// leads there is not reported again.
struct Damage {
    /// Reports.
    failed: BTreeSet<ReportId>,
    /// Forms of the reports that were read.
    broken: BTreeMap<ReportId, BTreeSet<String>>,
}

impl Damage {
    fn hides(&self, report: ReportId, form: &str) -> bool {
        self.failed.contains(&report) || self.broken.get(&report).is_some_and(|forms| forms.contains(form))
    }
}

/// What the prose of one report can refer to.
pub(super) struct Known<'a> {
    pub(super) shelf: Shelf<'a>,
    damage: &'a Damage,
    pub(super) charts: BTreeSet<String>,
    /// Whether there may be charts whose names could not be read.
    charts_lost: bool,
    /// Heading ids by part.
    parts: BTreeMap<String, BTreeSet<String>>,
    terms: BTreeSet<String>,
    /// The slugs of what could not be read.
    unread: BTreeSet<String>,
}

impl<'a> Known<'a> {
    fn of(report: &Parsed, shelf: &'a [Disclosure], damage: &'a Damage) -> Self {
        let ids = |part: &PartDocument| {
            part.documents.zh.headings.iter().map(|heading| heading.id.clone()).chain(["top".to_owned()]).collect()
        };
        let mut parts: BTreeMap<String, BTreeSet<String>> =
            report.parts.iter().map(|part| (part.slug.clone(), ids(part))).collect();
        parts.insert(TABLES.to_owned(), BTreeSet::new());
        let terms: BTreeSet<String> = report.glossary.iter().flat_map(ids).collect();
        parts.insert(GLOSSARY.to_owned(), terms.clone());
        Known {
            shelf: Shelf { home: report.disclosure.id, disclosures: shelf },
            damage,
            charts: report.charts.iter().map(|chart| chart.id.0.clone()).filter(|id| id != yaml::STAND_IN).collect(),
            charts_lost: report.charts_lost,
            parts,
            terms,
            unread: report.unread.clone(),
        }
    }
}

impl Ledger for Known<'_> {
    fn figure(&self, address: &Address) -> Result<Figure, Refusal> {
        let found = self.shelf.figure(address);
        if found.is_err() && self.damage.hides(address.report(self.shelf.home), &address.form) {
            return Err(Refusal::Elsewhere);
        }
        found
    }
}

pub(super) struct Binder<'a, 'f> {
    pub(super) known: Known<'a>,
    pub(super) findings: &'f mut Vec<Finding>,
}

impl Binder<'_, '_> {
    fn report(&mut self, report: Parsed) -> Disclosure {
        let Parsed {
            mut disclosure,
            parts,
            glossary,
            order,
            charts,
            own_charts,
            figures,
            set_figures,
            file,
            shape,
            table_files,
            ..
        } = report;
        let before = self.findings.len();
        disclosure.charts = self.charts(&charts, own_charts, &file, &disclosure);
        disclosure.highlights = self.highlights(&figures, set_figures, &file, disclosure.id.year);
        if let Some((shape, text)) = shape {
            let own = self.findings.split_off(before);
            self.findings.extend(yaml::standing(own, &shape, &text));
        }
        self.rules(&disclosure, &file);
        disclosure.texts = self.texts(&disclosure.tables, &table_files);
        disclosure.glossary = glossary.as_ref().map(|part| self.glossary(part)).unwrap_or_default();
        let year = disclosure.id.year;
        let documents: Vec<&PartDocument> = parts.iter().chain(&glossary).collect();
        for part in &documents {
            self.same_embeds(part);
        }
        self.embedded_once(&documents);
        let mut bound = Vec::new();
        for part in parts {
            self.same_headings(&part);
            let (title, title_at) = title(&part.documents);
            let prose = part.documents.map(|lang, document| self.prose(&document.pieces, part.files.get(lang)));
            bound.push(Part { slug: part.slug, title, title_at, kind: PartKind::Narrative(prose), files: part.files });
        }
        let tables = Part {
            slug: TABLES.to_owned(),
            title: Text::new(format!("{year} 年度部门决算表"), format!("Tables of the {year} final accounts")),
            title_at: Localized::default(),
            kind: PartKind::Tables,
            files: Localized::default(),
        };
        bound.insert(bound.len().min(1), tables);
        if let Some(glossary) = glossary {
            let ((title, title_at), files) = (title(&glossary.documents), glossary.files);
            bound.push(Part { slug: GLOSSARY.to_owned(), title, title_at, kind: PartKind::Glossary, files });
        }
        if let Some(order) = order {
            self.check_order(&order, &bound, &file);
            bound.sort_by_key(|part| order.iter().position(|slug| *slug == part.slug).unwrap_or(usize::MAX));
        }
        disclosure.parts = bound;
        disclosure
    }

    /// A rule of the report's own names figures that are there; one of a form set may name what a report lacks.
    /// Its id is its own, too: an acceptance names a rule by it.
    fn rules(&mut self, disclosure: &Disclosure, file: &str) {
        let of_forms = || disclosure.tables.iter().flat_map(|table| &table.form.rules).chain(&disclosure.rules);
        for OwnRule { index, rule } in &disclosure.own_rules {
            let index = *index;
            let before = disclosure.own_rules.iter().take_while(|own| own.index < index).map(|own| &own.rule);
            if of_forms().chain(before).any(|other| other.id == rule.id) {
                let place = DataPath::top().key("rules").index(index).key("id").in_file(file);
                let finding = Finding::new(&catalogue::FORM_INVALID, place)
                    .with("detail", format!("另有一条规则也叫 `{}`", rule.id))
                    .with("detail-en", format!("another rule is called `{}`, too", rule.id))
                    .with("help", "换一个 id")
                    .with("help-en", "choose another id");
                self.findings.push(finding);
            }
            let mut lead: Option<(Unit, Address)> = None;
            let key = if rule.relation == Relation::Equal { "equals" } else { "at-most" };
            for (side, operands) in [("left", &rule.left), (key, &rule.right)] {
                for (at, operand) in operands.iter().enumerate() {
                    let path = DataPath::top().key("rules").index(index).key(side).index(at);
                    let expression = match operand {
                        Operand::Derived(expression) => expression.clone(),
                        Operand::Cells(cells) => match cells.address(Address::FACTS) {
                            Some(address) => Expression::Cell(address),
                            None => continue,
                        },
                    };
                    let place = path.in_file(file);
                    let Some(computed) = self.compute(&Derivation::in_words(expression), &place) else { continue };
                    let (unit, address) = unit(&computed);
                    match &lead {
                        Some((first, at)) if !comparable(first, &unit) => {
                            let refusal = Refusal::Units(Box::new((at.clone(), address)));
                            let finding = self.refused(&refusal, &place);
                            self.findings.extend(finding);
                        }
                        Some(_) => {}
                        None => lead = Some((unit, address)),
                    }
                }
            }
        }
    }

    fn check_order(&mut self, order: &[String], parts: &[Part], file: &str) {
        for (index, slug) in order.iter().enumerate() {
            if parts.iter().all(|part| part.slug != *slug) && !self.known.unread.contains(slug) {
                let close = nearest(slug, parts.iter().map(|part| part.slug.as_str()));
                let place = DataPath::top().key("parts").index(index).in_file(file);
                let finding = Finding::new(&catalogue::BROKEN_LINK, place).with("link", slug);
                self.findings.push(suggest(
                    finding,
                    close,
                    "写正文文件的名称，如 explanation",
                    "write the slug of a part, as explanation",
                ));
            }
        }
    }

    /// Text cells are prose with figures, too.
    fn texts(&mut self, tables: &[Table], files: &[(String, String)]) -> Vec<(Address, Localized<Prose>)> {
        let mut texts = Vec::new();
        for table in tables {
            let file = files.iter().find(|(form, _)| *form == table.form.id).map_or("", |(_, file)| file);
            for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
                for row in &rows.rows {
                    for (column, (leaf, cell)) in lane.leaves().iter().zip(&row.cells).enumerate() {
                        let (Cell::Text(text), Some(id)) = (cell, &row.id) else { continue };
                        let address = Address::cell(&table.form.id, id, leaf.id);
                        let prose = text.map(|lang, source| {
                            let typed = row.typed.as_ref();
                            let key = typed.map_or(id, |typed| &typed.key);
                            let column = typed.and_then(|typed| typed.column_key(column)).unwrap_or(leaf.id);
                            let path = DataPath::top().key("rows").key(key).key(column).key(lang.code());
                            self.text_cell(source, file, &path)
                        });
                        texts.push((address, prose));
                    }
                }
            }
        }
        texts
    }

    /// Prose inside YAML has no place of its own in the file: its findings point at the cell.
    fn text_cell(&mut self, source: &str, file: &str, path: &DataPath) -> Prose {
        let before = self.findings.len();
        let document = markdown::read_cell(file, source, self.findings);
        let prose = self.prose(&document.pieces, file);
        for finding in &mut self.findings[before..] {
            finding.place = path.clone().in_file(file);
        }
        prose
    }

    fn prose(&mut self, pieces: &[Piece<Derivation>], file: &str) -> Prose {
        let mut bound = Vec::with_capacity(pieces.len());
        for piece in pieces {
            bound.push(match piece {
                Piece::Markdown(event, range) => Piece::Markdown(event.clone(), range.clone()),
                Piece::Figure(derivation, range) => {
                    let place = Place::Text(file.to_owned(), range.clone());
                    match self.compute(derivation, &place) {
                        Some(computed) => Piece::Figure(Box::new(computed), range.clone()),
                        None => Piece::Gap(range.clone()),
                    }
                }
                Piece::Gap(range) => Piece::Gap(range.clone()),
                Piece::Chart(id, range) => {
                    if !self.known.charts.contains(id) && (id.is_empty() || !self.known.charts_lost) {
                        let charts: Vec<String> = self.known.charts.iter().cloned().collect();
                        self.unknown_embed(id, ("chart", "图", "chart"), &charts, file, range);
                    }
                    Piece::Chart(id.clone(), range.clone())
                }
                Piece::Form(id, range) => {
                    if !self.has_form(id) {
                        let forms = self.home().into_iter().flat_map(|home| &home.tables);
                        let forms: Vec<String> = forms.map(|table| table.form.id.clone()).collect();
                        self.unknown_embed(id, ("form", "表", "form"), &forms, file, range);
                    }
                    Piece::Form(id.clone(), range.clone())
                }
                Piece::Link(target, range) => {
                    self.check_target(target, file, range);
                    Piece::Link(target.clone(), range.clone())
                }
            });
        }
        Prose { pieces: bound }
    }

    fn home(&self) -> Option<&Disclosure> {
        self.known.shelf.disclosures.iter().find(|disclosure| disclosure.id == self.known.shelf.home)
    }

    /// Whether a form of this report could not be read.
    pub(super) fn is_damaged(&self, form: &str) -> bool {
        self.known.damage.hides(self.known.shelf.home, form)
    }

    /// Whether there is a `chart:…` or `form:…` of that name.
    pub(super) fn has_embed(&self, name: &str) -> bool {
        match name.split_once(':') {
            Some(("chart", id)) => self.known.charts.contains(id),
            Some(("form", id)) => self.has_form(id),
            _ => false,
        }
    }

    fn has_form(&self, id: &str) -> bool {
        self.is_damaged(id) || self.home().is_some_and(|home| home.table(id).is_some())
    }

    pub(super) fn near_form(&self, id: &str) -> Option<String> {
        let home = self.home()?;
        nearest(id, home.tables.iter().map(|table| table.form.id.as_str())).map(str::to_owned)
    }

    fn unknown_embed(
        &mut self,
        id: &str,
        (scheme, zh, en): (&str, &str, &str),
        known: &[String],
        file: &str,
        range: &Range<usize>,
    ) {
        let finding = Finding::new(&catalogue::UNKNOWN_EMBED, Place::Text(file.to_owned(), range.clone()));
        if !id.is_empty() {
            let finding = finding.with("detail", format!("没有名为 `{id}` 的{zh}"));
            let finding = finding.with("detail-en", format!("there is no {en} `{id}`"));
            let close = nearest(id, known.iter().map(String::as_str));
            self.findings.push(suggest(finding, close, "核对名称", "check the name"));
            return;
        }
        let (help, help_en) = if known.is_empty() {
            (format!("报告里还没有{zh}；删去这一处"), format!("the report has no {en} yet; remove this"))
        } else {
            (
                format!("写作 `{scheme}:名称`，可用的有：{}", known.join("、")),
                format!("write `{scheme}:ID`; there are: {}", known.join(", ")),
            )
        };
        self.findings.push(
            finding
                .with("detail", format!("`{scheme}:` 后面没有写是哪一张{zh}"))
                .with("detail-en", format!("`{scheme}:` does not say which {en}"))
                .with("help", help)
                .with("help-en", help_en),
        );
    }

    fn check_target(&mut self, target: &Target, file: &str, range: &std::ops::Range<usize>) {
        let (known, link, close) = match target {
            Target::Form(id) => {
                (self.has_form(id), format!("form:{id}"), self.near_form(id).map(|id| format!("form:{id}")))
            }
            Target::Part(slug, anchor) => {
                let part = self.known.parts.get(slug);
                let known = part.is_some_and(|ids| anchor.as_ref().is_none_or(|anchor| ids.contains(anchor)))
                    || self.known.unread.contains(slug);
                let close = match (part, anchor) {
                    (Some(ids), Some(anchor)) => {
                        nearest(anchor, ids.iter().map(String::as_str)).map(|near| format!("part:{slug}#{near}"))
                    }
                    _ => nearest(slug, self.known.parts.keys().map(String::as_str)).map(|near| format!("part:{near}")),
                };
                let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
                (known, format!("part:{slug}{anchor}"), close)
            }
            Target::Term(id) => {
                let close = nearest(id, self.known.terms.iter().map(String::as_str)).map(|near| format!("term:{near}"));
                let known = self.known.terms.contains(id) || self.known.unread.contains(GLOSSARY);
                (known, format!("term:{id}"), close)
            }
        };
        if !known {
            let place = Place::Text(file.to_owned(), range.clone());
            let finding = Finding::new(&catalogue::BROKEN_LINK, place).with("link", link);
            self.findings.push(suggest(
                finding,
                close.as_deref(),
                "核对名称和标题标识",
                "check the name and the heading's id",
            ));
        }
    }

    /// The value of a figure; what is wrong with it is reported.
    fn compute(&mut self, derivation: &Derivation, place: &Place) -> Option<Computed> {
        let computed = match derivation.compute(&self.known) {
            Ok(computed) => computed,
            Err(refusal) => {
                let finding = self.refused(&refusal, place);
                self.findings.extend(finding);
                return None;
            }
        };
        if let (false, Some(stated)) = (computed.agrees, derivation.stated) {
            // Both with their unit and their word of direction, whatever the sentence says beside the figure.
            let said = |stated: Option<Amount>, lang: Lang| {
                let derivation = Derivation { stated, plain: false, ..derivation.clone() };
                Computed { derivation, ..computed.clone() }.say(lang).replace('\u{a0}', " ")
            };
            let figures: Vec<String> =
                computed.figures.iter().map(|figure| format!("{} = {}", figure.address, figure.amount)).collect();
            let entry = if computed.is_tail() { &catalogue::FIGURE_TAIL } else { &catalogue::FIGURE_STATED };
            let mut finding = Finding::new(entry, place.clone())
                .with("stated", said(Some(stated), Lang::Zh))
                .with("stated-en", said(Some(stated), Lang::En))
                .with("computed", said(None, Lang::Zh))
                .with("computed-en", said(None, Lang::En))
                .with("figures", figures.join("，"))
                .with("figures-en", figures.join(", "));
            finding.claim = Some(Box::new(Claim {
                report: self.known.shelf.home.to_string(),
                at: format!("{} {}", part_of(place.file()), derivation.expression),
                stated: stated.to_string(),
                computed: computed.value.number().map_or_else(|| "n/a".to_owned(), |number| number.to_string()),
                accepted: None,
            }));
            self.findings.push(finding);
        }
        Some(computed)
    }

    fn refused(&self, refusal: &Refusal, place: &Place) -> Option<Finding> {
        let of = |report| self.known.shelf.disclosures.iter().find(move |disclosure| disclosure.id == report);
        let unknown = |address: &Address, zh: &str, en: &str, close: Option<&str>| {
            let finding = Finding::new(&catalogue::FIGURE_UNKNOWN, place.clone())
                .with("address", address)
                .with("detail", zh)
                .with("detail-en", en);
            suggest(finding, close, "核对地址：表/行/栏", "check the address: form/row/column")
        };
        Some(match refusal {
            Refusal::Elsewhere => return None,
            Refusal::Units(both) => {
                Finding::new(&catalogue::FIGURE_UNITS, place.clone()).with("first", &both.0).with("second", &both.1)
            }
            Refusal::NoReport(address) => unknown(address, "没有这一年的报告", "there is no such report", None),
            Refusal::NoForm(address) => {
                let target = of(address.report(self.known.shelf.home));
                let forms =
                    target.into_iter().flat_map(|report| report.tables.iter().map(|table| table.form.id.as_str()));
                let close = nearest(&address.form, forms.chain([Address::FACTS]));
                unknown(address, "报告里没有这张表", "the report has no such form", close)
            }
            Refusal::NoRow(address) => {
                let disclosure = of(address.report(self.known.shelf.home));
                let rows = rows_of(disclosure, &address.form);
                let close = nearest(&address.row, rows.iter().map(String::as_str));
                if address.form == Address::FACTS {
                    unknown(address, "facts.yaml 里没有这一组", "facts.yaml has no such group", close)
                } else {
                    unknown(address, "表里没有这一行", "the form has no such row", close)
                }
            }
            Refusal::NoColumn(address) => {
                let disclosure = of(address.report(self.known.shelf.home));
                let columns = columns_of(disclosure, address);
                let typed = address.column.as_deref().unwrap_or_default();
                let close = nearest(typed, columns.iter().map(String::as_str)).map(str::to_owned);
                let zh = format!("这一行没有这一栏；有：{}", columns.join("、"));
                let en = format!("the row has no such column; it has {}", columns.join(", "));
                unknown(address, &zh, &en, close.as_deref())
            }
            Refusal::ColumnOpen(address) => {
                let columns = columns_of(of(address.report(self.known.shelf.home)), address);
                let zh = format!("这一行有几栏，要写明是哪一栏：{}", columns.join("、"));
                let en = format!("the row has several columns; name one of {}", columns.join(", "));
                unknown(address, &zh, &en, None)
            }
            Refusal::TooLong(address) => {
                unknown(address, "算式的结果太大", "what is computed from it is too large", None)
            }
            Refusal::Blank(address) => unknown(address, "这一格是空的", "the cell is blank", None),
        })
    }

    fn glossary(&mut self, part: &PartDocument) -> Vec<GlossaryTerm> {
        let find = |lang: Lang, id: &str| part.documents.get(lang).headings.iter().find(|heading| heading.id == id);
        for lang in Lang::ALL {
            for heading in &part.documents.get(lang).headings {
                if !heading.id.is_empty() && find(lang.other(), &heading.id).is_none() {
                    let place = Place::Text(part.files.get(lang).clone(), heading.range.clone());
                    let finding = Finding::new(&catalogue::GLOSSARY_DIFFER, place)
                        .with("id", &heading.id)
                        .with("file", part.files.get(lang.other()));
                    self.findings.push(finding);
                }
            }
        }
        let mut terms = Vec::new();
        for zh in &part.documents.zh.headings {
            let Some(en) = find(Lang::En, &zh.id) else { continue };
            let heading = Localized { zh, en };
            let names = heading
                .map(|_, heading| heading.text.split(" / ").map(|name| name.trim().to_owned()).collect::<Vec<_>>());
            let definition = heading.map(|lang, heading| {
                let document = part.documents.get(lang);
                self.prose(definition(document, heading), part.files.get(lang))
            });
            terms.push(GlossaryTerm { id: zh.id.clone(), level: zh.level.saturating_sub(1).max(1), names, definition });
        }
        terms
    }

    /// The key figures; those of the form set are left out where the report has no such figure.
    fn highlights(&mut self, figures: &[FigureSpec], of_set: usize, file: &str, year: u16) -> Vec<Highlight> {
        let mut highlights = Vec::new();
        for (index, spec) in figures.iter().enumerate() {
            let path = index.checked_sub(of_set).map(|own| (file, DataPath::top().key("figures").index(own)));
            highlights.extend(self.highlight(spec, path.as_ref(), year));
        }
        highlights
    }

    /// A key figure with those below it; `typed` is where the report has it.
    fn highlight(&mut self, spec: &FigureSpec, typed: Option<&(&str, DataPath)>, year: u16) -> Option<Highlight> {
        let place = typed.map(|(file, path)| path.key("figure").in_file(file));
        let derivation = self.read_figure(&years(&spec.figure.0, year), place.as_ref())?;
        let value = self.compute_for(&derivation, place.as_ref())?;
        let mut below = Vec::new();
        for (index, spec) in spec.below.iter().enumerate() {
            let typed = typed.map(|(file, path)| (*file, path.key("below").index(index)));
            below.extend(self.highlight(spec, typed.as_ref(), year));
        }
        Some(Highlight { name: dated(&spec.name, year), value, below })
    }

    pub(super) fn read_figure(&mut self, text: &str, place: Option<&Place>) -> Option<Derivation> {
        match figure::read(text) {
            Ok(derivation) => Some(derivation),
            Err(mistake) => {
                if let Some(place) = place {
                    self.findings.push(
                        Finding::new(&catalogue::FIGURE_SYNTAX, place.clone())
                            .with("text", text)
                            .with("detail", mistake.detail)
                            .with("detail-en", mistake.detail_en)
                            .with("help", mistake.help)
                            .with("help-en", mistake.help_en),
                    );
                }
                None
            }
        }
    }

    pub(super) fn compute_for(&mut self, derivation: &Derivation, place: Option<&Place>) -> Option<Computed> {
        match place {
            Some(place) => self.compute(derivation, place),
            None => derivation.compute(&self.known).ok(),
        }
    }
}

/// The unit of a result, and the address of the figure that leads it.
fn unit(computed: &Computed) -> (Unit, Address) {
    let lead = &computed.figures[0];
    let unit = if computed.derivation.expression.is_percent() { Unit::Percent } else { lead.unit.clone() };
    (unit, lead.address.clone())
}

/// Whether two figures can stand in one rule: money with money, a rate with a rate, counts with counts, whatever noun
/// stands behind them (项目 6 个, 目标 6 项).
fn comparable(first: &Unit, second: &Unit) -> bool {
    let class = |unit: &Unit| match unit {
        Unit::Money { .. } => 0,
        Unit::Percent => 1,
        Unit::Scaled { .. } | Unit::Counted(_) => 2,
    };
    class(first) == class(second)
}

/// The part that a file holds: `explanation` of `content/2019/final/03-explanation.zh.md`. Both languages are one part.
fn part_of(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    stem.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-')
}

/// A text of a form set with the years of this report in it.
pub(super) fn dated(text: &Text, year: u16) -> Text {
    text.map(|_, text| years(text, year))
}

fn years(text: &str, year: u16) -> String {
    text.replace("{year}", &year.to_string()).replace("{last-year}", &(year - 1).to_string())
}

/// The title of a part, and where it stands.
fn title(documents: &Localized<Document>) -> (Text, Localized<Range<usize>>) {
    let title = documents.map(|_, document| document.title.clone().unwrap_or_default());
    (title, documents.map(|_, document| document.title_at.clone()))
}

/// The pieces between a term's heading and the next.
fn definition<'a>(document: &'a Document, heading: &Heading) -> &'a [Piece<Derivation>] {
    let next =
        document.headings.iter().find(|other| other.at > heading.at).map_or(document.pieces.len(), |next| next.at);
    // The heading itself is: start, text, end.
    let is_end = |piece: &Piece<Derivation>| {
        matches!(piece, Piece::Markdown(pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Heading(_)), _))
    };
    let body = document.pieces[heading.at..next].iter().position(is_end).map_or(next, |end| heading.at + end + 1);
    &document.pieces[body..next]
}

fn rows_of(disclosure: Option<&Disclosure>, form: &str) -> Vec<String> {
    let Some(disclosure) = disclosure else { return Vec::new() };
    if form == Address::FACTS {
        return disclosure.facts.groups.iter().map(|group| group.id.clone()).collect();
    }
    let table = disclosure.table(form);
    table
        .into_iter()
        .flat_map(|table| &table.lanes)
        .flat_map(|lane| &lane.rows)
        .filter_map(|row| row.id.clone())
        .collect()
}

fn columns_of(disclosure: Option<&Disclosure>, address: &Address) -> Vec<String> {
    let Some(disclosure) = disclosure else { return Vec::new() };
    if address.form == Address::FACTS {
        let group = disclosure.facts.groups.iter().find(|group| group.id == address.row);
        return group.into_iter().flat_map(|group| &group.facts).map(|fact| fact.id.clone()).collect();
    }
    let Some(table) = disclosure.table(&address.form) else { return Vec::new() };
    let lane = table.row(&address.row).map_or(0, |(lane, _)| lane);
    table.form.lanes[lane].leaves().iter().map(|leaf| leaf.id.to_owned()).collect()
}

pub(super) fn suggest(finding: Finding, close: Option<&str>, help: &str, help_en: &str) -> Finding {
    match close {
        Some(close) => finding.with("help", format!("也许是 `{close}`")).with("help-en", format!("perhaps `{close}`")),
        None => finding.with("help", help).with("help-en", help_en),
    }
}
