//! Charts are bound: each mark is computed, and its share of the whole. A chart of the form set that the report has no
//! figures for is simply not there; in a chart of the report's own every mistake is a finding.

use std::collections::BTreeSet;

use crate::diagnostics::{DataPath, Finding, Place, catalogue};
use crate::forms::{ChartName, ChartSpec, check_id};
use crate::model::{Address, Chart, ChartKind, Computed, Derivation, Disclosure, Expression, Mark, Refusal, Text};

use super::bind::{Binder, dated, suggest};
use super::figure;
use super::nearest::nearest;

/// A mark before it is computed.
struct Wanted {
    name: Text,
    group: Option<Text>,
    figure: Derivation,
    place: Option<Place>,
}

impl Binder<'_, '_> {
    /// The charts of a report. The first `own` of `specs` are its own, typed in `file`; one of them with the id of a
    /// set's chart is drawn in its place.
    pub(super) fn charts(&mut self, specs: &[ChartSpec], own: usize, file: &str, home: &Disclosure) -> Vec<Chart> {
        let (own, of_set) = specs.split_at(own);
        let mut charts = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, spec) in own.iter().enumerate() {
            let id = &spec.id.0;
            let path = DataPath::top().key("charts").index(index);
            let place = path.key("id").in_file(file);
            if let Err(suggestion) = check_id(id) {
                let finding = Finding::new(&catalogue::BAD_ID, place);
                self.findings.push(finding.with("id", id).with("suggestion", suggestion));
            } else if !seen.insert(id.as_str()) {
                self.findings.push(Finding::new(&catalogue::YAML_DUPLICATE_KEY, place).with("key", id));
            } else {
                charts.extend(self.chart(spec, Some((file, &path)), home));
            }
        }
        for spec in of_set.iter().filter(|spec| !seen.contains(spec.id.0.as_str())) {
            match self.chart(spec, None, home) {
                Some(chart) => charts.push(chart),
                // It will be there when that is mended: to place it is no mistake.
                None if self.is_hidden(spec) => {}
                None => {
                    self.known.charts.remove(&spec.id.0);
                }
            }
        }
        charts
    }

    /// Whether figures of a chart could not be read, which was said where they are.
    fn is_hidden(&self, spec: &ChartSpec) -> bool {
        let mut figures = spec.marks.iter().map(|mark| &mark.figure.0).chain(spec.whole.iter().map(|whole| &whole.0));
        let elsewhere = |derivation: Derivation| matches!(derivation.compute(&self.known), Err(Refusal::Elsewhere));
        figures.any(|text| figure::read(text).is_ok_and(elsewhere))
            || spec.classes.iter().any(|classes| self.is_damaged(classes.0.split('/').next().unwrap_or_default()))
    }

    /// A chart. `typed` is where the report has it.
    fn chart(&mut self, spec: &ChartSpec, typed: Option<(&str, &DataPath)>, home: &Disclosure) -> Option<Chart> {
        let year = home.id.year;
        let at = |below: &dyn Fn(&DataPath) -> DataPath| typed.map(|(file, path)| below(path).in_file(file));
        let whole = match &spec.whole {
            Some(whole) => Some(self.whole(&whole.0, at(&|path| path.key("whole")).as_ref())?),
            None => None,
        };
        let mut wanted = Vec::new();
        let mut sound = true;
        for (index, mark) in spec.marks.iter().enumerate() {
            let place = at(&|path| path.key("marks").index(index).key("figure"));
            let name = dated(&mark.name, year);
            let group = mark.group.as_ref().map(|group| dated(group, year));
            match self.read_figure(&mark.figure.0, place.as_ref()) {
                Some(figure) => wanted.push(Wanted { name, group, figure, place }),
                None => sound = false,
            }
        }
        if let Some(classes) = &spec.classes {
            wanted.extend(self.classes(&classes.0, at(&|path| path.key("classes")).as_ref(), home)?);
        } else if spec.marks.is_empty() {
            let place = at(&DataPath::clone);
            self.findings
                .extend(place.map(|place| Finding::new(&catalogue::YAML_MISSING_KEY, place).with("key", "marks")));
            return None;
        }
        let mut marks = Vec::new();
        for mark in wanted {
            match self.mark(mark, whole.as_ref()) {
                Some(mark) => marks.push(mark),
                None => sound = false,
            }
        }
        sound.then(|| Chart {
            id: spec.id.0.clone(),
            title: dated(&spec.title, year),
            kind: match spec.kind {
                ChartName::Pie => ChartKind::Pie,
                ChartName::Bars => ChartKind::Bars,
                ChartName::Hundred => ChartKind::Hundred,
            },
            in_document: spec.document,
            marks,
        })
    }

    fn mark(&mut self, mark: Wanted, whole: Option<&Address>) -> Option<Mark> {
        let Wanted { name, group, figure, place } = mark;
        let amount = self.compute_for(&figure, place.as_ref())?;
        let share = match (whole, &figure.expression) {
            (Some(whole), Expression::Cell(part)) => Some(self.share(part, whole, place.as_ref())?),
            _ => None,
        };
        let derived = !matches!(figure.expression, Expression::Cell(_));
        Some(Mark { name, group, amount, share, derived })
    }

    fn share(&mut self, part: &Address, whole: &Address, place: Option<&Place>) -> Option<Computed> {
        let expression = Expression::Share(part.clone(), whole.clone());
        self.compute_for(&Derivation { expression, plain: false, stated: None }, place)
    }

    /// The whole of a pie, as typed: one figure, since each share names it and leads to it.
    fn whole(&mut self, text: &str, place: Option<&Place>) -> Option<Address> {
        let figure = self.read_figure(text, place)?;
        let Derivation { expression: Expression::Cell(address), stated: None, .. } = &figure else {
            self.findings.extend(place.map(|place| {
                Finding::new(&catalogue::FIGURE_SYNTAX, place.clone())
                    .with("text", text)
                    .with("detail", "整体只能是一个数，不能是算式")
                    .with("detail-en", "the whole of a chart is one figure, nothing derived")
                    .with("help", "写地址，如 expenditure/total/total")
                    .with("help-en", "write an address, as expenditure/total/total")
            }));
            return None;
        };
        self.compute_for(&figure, place)?;
        Some(address.clone())
    }

    /// A mark for each class row (类) of a table, from `form/column`.
    fn classes(&mut self, text: &str, place: Option<&Place>, home: &Disclosure) -> Option<Vec<Wanted>> {
        let (form, column) = text.split_once('/').unwrap_or((text, ""));
        if self.is_damaged(form) {
            return None;
        }
        let refuse = |this: &mut Self, detail: (String, String), close: Option<String>| {
            this.findings.extend(place.map(|place| {
                let finding = Finding::new(&catalogue::FIGURE_UNKNOWN, place.clone())
                    .with("address", text)
                    .with("detail", detail.0)
                    .with("detail-en", detail.1);
                let (help, help_en) = ("写 表/栏，如 expenditure/total", "write form/column, as expenditure/total");
                suggest(finding, close.as_deref(), help, help_en)
            }));
            None
        };
        let Some(table) = home.table(form) else {
            let close =
                self.near_form(form).map(|form| if column.is_empty() { form } else { format!("{form}/{column}") });
            return refuse(self, ("报告里没有这张表".to_owned(), "the report has no such form".to_owned()), close);
        };
        let mut lanes = table.form.lanes.iter().zip(&table.lanes).map(|(lane, rows)| {
            let classes = rows.rows.iter().filter(|row| row.level == 1);
            let classes = classes.filter_map(|row| Some((row.code.as_ref()?, row.name.as_ref()?)));
            (lane, classes.collect::<Vec<_>>())
        });
        let Some((lane, classes)) = lanes.find(|(_, classes)| !classes.is_empty()) else {
            let detail = ("这张表没有“类”级科目的行", "the form has no rows of classes (类)");
            return refuse(self, (detail.0.to_owned(), detail.1.to_owned()), None);
        };
        let columns: Vec<&str> = lane.leaves().iter().map(|leaf| leaf.id).collect();
        if !columns.contains(&column) {
            let close = nearest(column, columns.iter().copied()).map(|column| format!("{form}/{column}"));
            let detail = (
                format!("要写明是哪一栏：{}", columns.join("、")),
                format!("name one of its columns: {}", columns.join(", ")),
            );
            return refuse(self, detail, close);
        }
        let wanted = classes.into_iter().map(|(code, name)| Wanted {
            name: name.clone(),
            group: None,
            figure: Derivation::of(Address::cell(form, code, column)),
            place: place.cloned(),
        });
        Some(wanted.collect())
    }
}
