//! Which row a key means: its printed name, its code, its line number or its id.

use crate::diagnostics::{Finding, catalogue};
use crate::model::{Classification, Lane, Line, RowScheme, Text};
use crate::parse::files::{CellInput, RowInput};
use crate::parse::nearest::nearest;

use super::cells::is_blank;
use super::columns::column_is;
use super::{Binder, Typed, advise, line_at, same_name};

/// The row that a key names.
#[derive(Clone, Debug)]
pub(super) enum Match {
    /// A fixed line: its lane and its place in it.
    Line(usize, usize),
    /// A code of an open list.
    Code(usize, String, Text),
    /// The total row of an open list.
    Total(usize, Text),
    /// A row that the file itself names.
    Open(usize),
}

impl Match {
    pub(super) fn lane(&self) -> usize {
        match self {
            Match::Line(lane, _) | Match::Code(lane, ..) | Match::Total(lane, _) | Match::Open(lane) => *lane,
        }
    }

    fn is(&self, other: &Match) -> bool {
        match (self, other) {
            (Match::Line(lane, index), Match::Line(other, at)) => (lane, index) == (other, at),
            (Match::Code(lane, code, _), Match::Code(other, known, _)) => (lane, code) == (other, known),
            (Match::Total(lane, _), Match::Total(other, _)) | (Match::Open(lane), Match::Open(other)) => lane == other,
            _ => false,
        }
    }
}

impl Binder<'_> {
    /// The row that was meant, if it is one row that takes figures.
    pub(super) fn find(&mut self, row: &Typed) -> Option<Match> {
        let mut matches = self.matches(row)?;
        if matches.len() > 1 {
            let candidates: Vec<String> = matches.iter().map(|found| self.exact_name(found)).collect();
            let candidates = candidates.join("、");
            let finding =
                self.of_row(&catalogue::AMBIGUOUS_ROW, row).with("name", &row.key).with("candidates", &candidates);
            let help = (format!("改用其中之一：{candidates}"), format!("write one of: {candidates}"));
            self.report(advise(finding, (&help.0, &help.1)));
            return None;
        }
        let found = matches.pop()?;
        if let Match::Line(lane, index) = found
            && line_at(self.form, lane, index).id.is_none()
        {
            if !is_blank_row(&row.input) {
                let finding = self.of_row(&catalogue::BLANK_ROW, row).with("name", &row.key);
                self.report(advise(finding, ("核对行次", "check the line number")));
            }
            return None;
        }
        Some(found)
    }

    /// The rows that all heads of a row can mean; nothing, with a finding, where there are none.
    fn matches(&mut self, row: &Typed) -> Option<Vec<Match>> {
        let Some((lane, heads)) = &row.heads else {
            let matches = self.candidates(None, row.key.trim(), &row.input);
            if matches.is_empty() {
                let finding = self.unknown_row(row, row.key.trim());
                self.report(finding);
                return None;
            }
            return Some(matches);
        };
        let mut common: Option<Vec<Match>> = None;
        for head in heads {
            let matches = self.candidates(Some(*lane), head, &row.input);
            if matches.is_empty() {
                let finding = self.unknown_row(row, head);
                self.report(finding);
                return None;
            }
            let Some(before) = common.take() else {
                common = Some(matches);
                continue;
            };
            let both: Vec<Match> =
                before.iter().filter(|one| matches.iter().any(|other| one.is(other))).cloned().collect();
            if both.is_empty() {
                let finding = self.of_row(&catalogue::HEADS_DIFFER, row).with("name", &row.key).with("other", head);
                let meant = before.first().and_then(|found| self.printed_name(found)).unwrap_or_default();
                let help = (
                    format!("`{}` 是 `{meant}`；核对这一行，或只留一个", row.key),
                    format!("`{}` is `{meant}`; check the line, or leave only one of them", row.key),
                );
                self.report(advise(finding, (&help.0, &help.1)));
                return None;
            }
            common = Some(both);
        }
        common
    }

    /// The rows that a key can mean, in one lane or in all. An open lane takes what no other lane knows.
    fn candidates(&self, only: Option<usize>, key: &str, input: &RowInput) -> Vec<Match> {
        let searched =
            || self.form.lanes.iter().enumerate().filter(|(index, _)| only.is_none_or(|only| only == *index));
        let mut matches = Vec::new();
        for (index, lane) in searched() {
            match &lane.rows {
                RowScheme::Lines(lines) => {
                    // What is pasted is what is printed: 一、一般公共预算财政拨款 above, 一般公共预算财政拨款 below 年初.
                    let printed = only.is_some() && lines.iter().any(|line| printed_as(line, key));
                    let named = lines.iter().enumerate();
                    let named =
                        named.filter(|(_, line)| if printed { printed_as(line, key) } else { line_is(line, key) });
                    matches.extend(named.map(|(at, _)| Match::Line(index, at)));
                }
                RowScheme::Codes { classification, total } => {
                    self.find_code(index, *classification, total, key, &mut matches);
                }
                RowScheme::Open => {}
            }
        }
        if matches.is_empty() {
            let open = searched().filter(|(_, lane)| matches!(lane.rows, RowScheme::Open) && open_fits(lane, input));
            matches.extend(open.map(|(index, _)| Match::Open(index)));
        }
        matches
    }

    fn find_code(
        &self,
        lane: usize,
        classification: Classification,
        total: &Text,
        key: &str,
        matches: &mut Vec<Match>,
    ) {
        if key == "total" || same_name(key, &total.zh) {
            matches.push(Match::Total(lane, total.clone()));
            return;
        }
        let code = without_spaces(key);
        if code.bytes().all(|b| b.is_ascii_digit()) {
            if let Some(name) = self.dictionary.name(classification, &code, self.year) {
                matches.push(Match::Code(lane, code, name.clone()));
            }
            return;
        }
        for (code, name) in self.dictionary.codes(classification, self.year) {
            if same_name(key, &name.zh) {
                matches.push(Match::Code(lane, code.to_owned(), name.clone()));
            }
        }
    }

    fn unknown_row(&self, row: &Typed, key: &str) -> Finding {
        let codes = self.form.lanes.iter().find_map(|lane| match &lane.rows {
            RowScheme::Codes { classification, .. } => Some(*classification),
            _ => None,
        });
        let digits = key.chars().filter(|c| !c.is_whitespace()).all(|c| c.is_ascii_digit());
        if let (Some(classification), true) = (codes, digits) {
            let code: String = key.chars().filter(|c| !c.is_whitespace()).collect();
            // Only a code of the same parent can have been meant: one digit further up is another subject altogether.
            let parent = &code[..code.len().saturating_sub(2)];
            let known = self.dictionary.codes(classification, self.year).map(|(known, _)| known);
            let siblings: Vec<&str> =
                known.filter(|known| known.len() == code.len() && known.starts_with(parent)).collect();
            let list = match classification {
                Classification::Functional => "functional",
                Classification::Economic => "economic",
            };
            let entry = format!("`{list}: {{{code}: {{zh: …, en: …}}}}`");
            let name = format!("编码无误的，在 content/terms.yaml 中写出名称：{entry}");
            let name_en = format!("if the code is right, name it in content/terms.yaml: {entry}");
            let (help, help_en) = match nearest(&code, siblings.into_iter()) {
                Some(close) => (format!("也许是 `{close}`；{name}"), format!("perhaps `{close}`; {name_en}")),
                None => (name, name_en),
            };
            let finding = self.of_row(&catalogue::UNKNOWN_CODE, row).with("year", self.year).with("code", key);
            return advise(finding, (&help, &help_en));
        }
        let finding = self.of_row(&catalogue::UNKNOWN_ROW, row).with("name", key);
        if let Some(name) = self.nearest_row(key) {
            return advise(finding, (&format!("也许是 `{name}`"), &format!("perhaps `{name}`")));
        }
        let help =
            ("用表上印的名称、科目编码、行次或标识", "use the printed name, the code, the line number or the id");
        advise(finding, help)
    }

    /// The row of the form whose name or id is nearest to a key that is not known.
    pub(super) fn nearest_row(&self, key: &str) -> Option<String> {
        let mut names = Vec::new();
        for lane in &self.form.lanes {
            match &lane.rows {
                RowScheme::Lines(lines) => {
                    for line in lines {
                        names.extend(line.bare_name.as_deref());
                        names.extend(line.id.as_deref());
                    }
                }
                RowScheme::Codes { classification, total } => {
                    names.push(total.zh.as_str());
                    names.extend(self.dictionary.codes(*classification, self.year).map(|(_, name)| name.zh.as_str()));
                }
                RowScheme::Open => {}
            }
        }
        nearest(key, names.into_iter()).map(ToOwned::to_owned)
    }

    /// The id of a row in addresses; a blank line has none.
    pub(super) fn row_id(&self, found: &Match, row: &Typed) -> String {
        match found {
            Match::Line(lane, index) => line_at(self.form, *lane, *index).id.clone().unwrap_or_default(),
            Match::Code(_, code, _) => code.clone(),
            Match::Total(..) => "total".to_owned(),
            Match::Open(_) => row.key.clone(),
        }
    }

    /// What a row is called on the form.
    fn printed_name(&self, found: &Match) -> Option<String> {
        match found {
            Match::Line(lane, index) => line_at(self.form, *lane, *index).name.as_ref().map(|name| name.zh.clone()),
            Match::Code(_, _, name) | Match::Total(_, name) => Some(name.zh.clone()),
            Match::Open(_) => None,
        }
    }

    fn exact_name(&self, found: &Match) -> String {
        match found {
            Match::Line(lane, index) => {
                let Line { id, number, .. } = line_at(self.form, *lane, *index);
                number.map_or_else(|| id.clone().unwrap_or_default(), |number| number.to_string())
            }
            Match::Code(_, code, _) => code.clone(),
            Match::Total(..) => "total".to_owned(),
            Match::Open(lane) => self.form.lanes[*lane].id.clone(),
        }
    }
}

/// Whether a line's name is printed so, with its ordinal.
fn printed_as(line: &Line, key: &str) -> bool {
    line.name.as_ref().is_some_and(|name| same_name(key, &name.zh))
}

fn line_is(line: &Line, key: &str) -> bool {
    line.id.as_deref() == Some(key)
        || line.code.as_deref().is_some_and(|code| code.chars().eq(key.chars().filter(|c| !c.is_whitespace())))
        || line.number.is_some_and(|number| is_number(number, key))
        || printed_as(line, key)
        || line.bare_name.as_ref().is_some_and(|name| same_name(key, name))
}

/// Whether a key is a number as it is printed: `7`, not `07` or `+7`.
fn is_number(number: u32, key: &str) -> bool {
    !key.starts_with(['0', '+']) && key.parse() == Ok(number)
}

/// Codes are printed in groups: `201 03 01`.
fn without_spaces(key: &str) -> String {
    key.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether the columns that a row names exist in an open lane.
fn open_fits(lane: &Lane, input: &RowInput) -> bool {
    let RowInput::Named(cells) = input else { return true };
    let leaves = lane.leaves();
    cells.iter().all(|(key, _)| key == "name" || leaves.iter().any(|leaf| column_is(leaf, key)))
}

/// Whether a row as typed holds no value.
fn is_blank_row(input: &RowInput) -> bool {
    match input {
        RowInput::Nothing => true,
        RowInput::One(text) => is_blank(text),
        RowInput::Many(values) => values.iter().all(|value| is_blank(&value.0)),
        RowInput::Named(values) => {
            values.iter().all(|(_, value)| matches!(value, CellInput::Scalar(text) if is_blank(text)))
        }
    }
}
