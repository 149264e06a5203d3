//! The printed names of figures and tables.

use crate::model::{Address, Figure, Lang, ReportId, Text};

use super::super::html::escape;
use super::Writer;

/// The printed names of a figure.
struct Names {
    form: String,
    row: String,
    column: String,
}

impl Writer<'_> {
    /// The figure at an address.
    pub(super) fn figure(self, address: &Address, report: ReportId) -> Option<Figure> {
        let found = self.sheet.department.disclosures.iter().find(|disclosure| disclosure.id == report);
        found?.figure(address).ok()
    }

    /// A figure's printed name: form and year where they are others, row and column where they are wanted. A fact is told by
    /// both, as facts of one group have nothing else in common.
    pub(super) fn name(self, (report, address): (ReportId, &Address), form: &str, row: bool, column: bool) -> String {
        let names = self.names(address, report);
        let mut parts = Vec::new();
        if report != self.sheet.disclosure.id {
            parts.push(report.year.to_string());
        }
        let other_form = address.form != form;
        if other_form {
            parts.push(names.form);
        }
        if row || other_form {
            parts.push(names.row);
        }
        if (column || address.form == Address::FACTS) && !names.column.is_empty() {
            parts.push(names.column);
        }
        escape(&parts.join(" · "))
    }

    fn names(self, address: &Address, report: ReportId) -> Names {
        let found = self.sheet.department.disclosures.iter().find(|disclosure| disclosure.id == report);
        let said = |text: &Text| text.get(self.lang).clone();
        let column_id = address.column.clone().unwrap_or_default();
        let unknown = || Names { form: address.form.clone(), row: address.row.clone(), column: column_id.clone() };
        let Some(disclosure) = found else { return unknown() };
        if address.form == Address::FACTS {
            let Some(group) = disclosure.facts.groups.iter().find(|group| group.id == address.row) else {
                return unknown();
            };
            let fact = group.facts.iter().find(|fact| fact.id == column_id);
            let column = fact.map_or(column_id, |fact| said(&fact.name));
            return Names { form: self.t("其他数据", "other figures").to_owned(), row: said(&group.name), column };
        }
        let Some(table) = disclosure.table(&address.form) else { return unknown() };
        let Some((lane, row)) = table.row(&address.row) else { return unknown() };
        let row_name = said(&table.row_name(lane, row));
        let lane = &table.form.lanes[lane];
        // A lane with one column needs no name for it.
        let column = lane.column_name(&column_id).filter(|_| lane.leaves().len() > 1);
        // A code tells rows of one name apart.
        let row = match &row.code {
            Some(code) => format!("{code} {row_name}"),
            None => row_name,
        };
        Names { form: said(&table.form.short), row, column: column.as_ref().map(said).unwrap_or_default() }
    }

    /// A figure's whole name.
    pub(super) fn full_name(self, address: &Address) -> String {
        let names = self.names(address, self.sheet.disclosure.id);
        [names.row, names.column].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// The title of a form, with its number.
    pub(super) fn form_title(self, form: &str) -> String {
        let Some(table) = self.sheet.disclosure.table(form) else {
            return self.t("其他数据", "Other figures").to_owned();
        };
        let title = escape(table.form.title.get(self.lang));
        let unit = escape(&table.form.unit.name(self.lang));
        let number = match (table.form.number, self.lang) {
            (Some(number), Lang::Zh) => format!("表 {number}　"),
            (Some(number), Lang::En) => format!("Table {number}: "),
            (None, _) => String::new(),
        };
        match self.lang {
            Lang::Zh => format!("{number}{title}（{unit}）"),
            Lang::En => format!("{number}{title} ({unit})"),
        }
    }
}
