//! A filled form as HTML, as printed: heads as a tree, lanes side by side, every cell with its address as id.

use std::fmt::Write as _;

use crate::check::{Addend, Equation, Proof, Proven};
use crate::diagnostics::Finding;
use crate::model::{
    Address, Amount, Cell, CellKind, Column, Expression, Form, HeadKind, Lane, LaneRows, Lang, Layout, Leaf, Relation,
    Row, Table, Term, Text, Unit,
};

use super::fold::Fold;
use super::html::{Escaped, escape};
use super::prose::{self, Headings};
use super::scope::Scope;

/// Where a form stands, which decides how its title is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Below a heading that says its title.
    Headed,
    /// In prose: it says its title itself.
    Embedded,
}

/// A form with its unit, its lanes and its notes.
pub(crate) fn form(table: &Table, setting: Setting, scope: &Scope<'_>) -> Result<String, Finding> {
    let form = &*table.form;
    let lang = scope.lang;
    let layout = match form.layout {
        Layout::Lanes if form.lanes.len() > 1 => "form-lanes two-lanes",
        Layout::Lanes => "form-lanes",
        Layout::Across => "form-across",
        Layout::Pairs => "form-across form-pairs",
        Layout::Stacked => "form-stacked",
    };
    let mut html = String::with_capacity(16 * 1024);
    let _ = writeln!(html, "<div class=\"form {layout}\" id=\"_f-{}\">", escape(&form.id));
    let tails = tails(table, scope.proof);
    if let Some(empty) = &table.empty {
        let _ = writeln!(html, "<p class=\"form-empty\">{}</p>", escape(empty.get(lang)));
    } else {
        let fold = Fold::of(table);
        meta(form, &fold, scope, &mut html)?;
        html.push_str("<div class=\"lanes\">\n");
        let longest = table.lanes.iter().map(|lane| lane.rows.len()).max().unwrap_or(0);
        let mut number = 1;
        for (index, (lane, rows)) in form.lanes.iter().zip(&table.lanes).enumerate() {
            let leaves = lane.leaves();
            let fold = (&fold, index);
            let lane_form = LaneForm { table, form, lane, rows, leaves, tails: &tails, longest, fold, setting, scope };
            lane_form.write(&mut html, &mut number)?;
        }
        html.push_str("</div>\n");
    }
    let notes: Vec<&Text> = form.note.iter().chain(&table.note).collect();
    if !notes.is_empty() || !tails.is_empty() {
        let label = format!("{}{}", scope.word("note_label")?, scope.word("colon")?);
        html.push_str("<div class=\"form-notes\">");
        for (index, note) in notes.iter().enumerate() {
            let label = if index == 0 { label.as_str() } else { "" };
            let _ = write!(html, "<p>{}{}</p>", escape(label), escape(note.get(lang)));
        }
        for (number, tail) in tails.iter().enumerate() {
            let (rule, tail) = tail;
            let words = escape(&tail_words(rule, tail, scope)?);
            let number = number + 1;
            let id = escape(&form.id);
            let back = tail.left.first().map(|lead| escape(&lead.address.to_string())).unwrap_or_default();
            let _ = write!(html, "<p id=\"_tail-{id}-{number}\"><a href=\"#{back}\">*{number}</a> {words}</p>");
        }
        html.push_str("</div>\n");
    }
    html.push_str("</div>\n");
    Ok(html)
}

/// What stands above the lanes: the fold of the rows that are all zero, a word for narrow screens, the unit.
fn meta(form: &Form, fold: &Fold, scope: &Scope<'_>, html: &mut String) -> Result<(), Finding> {
    if fold.count() > 0 {
        let id = format!("_all-{}", escape(&form.id));
        let label = escape(scope.word("show_zero_rows")?);
        let count = match scope.lang {
            Lang::Zh => format!("（{}）", fold.count()),
            Lang::En => format!(" ({})", fold.count()),
        };
        let _ = writeln!(
            html,
            "<input type=\"checkbox\" class=\"fold\" id=\"{id}\"><label for=\"{id}\">{label}{count}</label>"
        );
    }
    html.push_str("<p class=\"form-meta\">");
    if form.lanes.iter().any(|lane| is_wide(form, lane)) {
        let _ = write!(
            html,
            "<span class=\"form-scrolls\" aria-hidden=\"true\">{}</span> ",
            escape(scope.word("scrolls_sideways")?)
        );
    }
    let _ = writeln!(
        html,
        "<span class=\"form-unit\">{}{}{}</span></p>",
        escape(scope.word("unit_label")?),
        escape(scope.word("colon")?),
        escape(&form.unit.name(scope.lang))
    );
    Ok(())
}

/// Whether a lane moves sideways on a phone: four columns do not fit there.
fn is_wide(form: &Form, lane: &Lane) -> bool {
    form.layout == Layout::Lanes && lane.leaves().len() + lane.head.len() > 3
}

/// A lane of a form, with what is needed to write it.
struct LaneForm<'a> {
    table: &'a Table,
    form: &'a Form,
    lane: &'a Lane,
    rows: &'a LaneRows,
    leaves: Vec<Leaf<'a>>,
    /// The rounding tails of the form.
    tails: &'a [(&'a Proven, &'a Equation)],
    /// Rows of the longest lane of the form.
    longest: usize,
    /// What folds away of the form, and which of its lanes this is.
    fold: (&'a Fold, usize),
    setting: Setting,
    scope: &'a Scope<'a>,
}

impl LaneForm<'_> {
    fn write(&self, html: &mut String, number: &mut usize) -> Result<(), Finding> {
        let (form, lane, language) = (self.form, self.lane, self.scope.lang);
        // On the one-page report several forms have a lane 收入: a region says its form, too.
        let region = match &lane.title {
            Some(title) => format!("{} · {}", form.short.get(language), title.get(language)),
            None => form.short.get(language).clone(),
        };
        // The lane's own title, where the form prints one; else the form's.
        let (title, class) = match (&lane.title, self.setting) {
            (Some(title), _) => (title, ""),
            (None, Setting::Headed) => (&form.title, " class=\"visually-hidden\""),
            (None, Setting::Embedded) => (&form.title, ""),
        };
        let _ = write!(
            html,
            "<div class=\"lane{}\" id=\"_lane-{}-{}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n\
             <table class=\"data\">\n<caption{class}>{}</caption>\n<thead>\n",
            if is_wide(form, lane) { " wide" } else { "" },
            escape(&form.id),
            escape(&lane.id),
            escape(&region),
            escape(title.get(language))
        );
        match form.layout {
            Layout::Across => self.head_across(html),
            Layout::Pairs => self.head_pairs(html),
            Layout::Lanes | Layout::Stacked => self.head(html),
        }
        self.numbers(html, number);
        html.push_str("</thead>\n<tbody>\n");
        if form.layout.one_line() {
            self.row_across(html)?;
        } else {
            self.body(html)?;
        }
        html.push_str("</tbody>\n</table>\n</div>\n");
        Ok(())
    }

    fn head(&self, html: &mut String) {
        let depth = self.lane.depth();
        for level in 0..depth {
            html.push_str("<tr>");
            if level == 0 {
                for head in &self.lane.head {
                    let class = match head.kind {
                        HeadKind::Code => "h-code",
                        HeadKind::Name => "h-name",
                        HeadKind::Line => "h-line",
                    };
                    let span = span("rowspan", depth);
                    let _ = write!(
                        html,
                        "<th scope=\"col\" class=\"{class}\"{span}>{}</th>",
                        self.label(&head.title, None)
                    );
                }
            }
            self.head_level(&self.lane.columns, level, depth, html);
            html.push_str("</tr>\n");
        }
    }

    /// The heads of one level of the column tree, of a tree that is `depth` levels deep.
    fn head_level(&self, columns: &[Column], level: usize, depth: usize, html: &mut String) {
        for column in columns {
            if level > 0 {
                self.head_level(&column.children, level - 1, depth - 1, html);
                continue;
            }
            let label = self.label(&column.name, column.term.as_ref());
            if column.children.is_empty() {
                let rows = span("rowspan", depth);
                let class = if column.kind == CellKind::Text { "h-text" } else { "h-amount" };
                let _ = write!(html, "<th scope=\"col\" class=\"{class}\"{rows}>{label}</th>");
            } else {
                let columns = span("colspan", column.width());
                let _ = write!(html, "<th scope=\"colgroup\" class=\"h-group\"{columns}>{label}</th>");
            }
        }
    }

    /// Rows printed side by side: each row is a group above its own copy of the column tree.
    fn head_across(&self, html: &mut String) {
        let width: usize = self.lane.columns.iter().map(Column::width).sum();
        html.push_str("<tr>");
        for row in &self.rows.rows {
            let name = row.name.as_ref().map(|name| self.label(name, row.term.as_ref())).unwrap_or_default();
            let _ = write!(html, "<th scope=\"colgroup\" class=\"h-group\"{}>{name}</th>", span("colspan", width));
        }
        html.push_str("</tr>\n");
        let depth = self.lane.depth();
        for level in 0..depth {
            html.push_str("<tr>");
            for _ in &self.rows.rows {
                self.head_level(&self.lane.columns, level, depth, html);
            }
            html.push_str("</tr>\n");
        }
    }

    /// Each column of the tree is a group above its own copy of the rows.
    fn head_pairs(&self, html: &mut String) {
        let depth = self.lane.depth();
        for level in 0..depth {
            html.push_str("<tr>");
            self.head_groups(&self.lane.columns, level, depth, html);
            html.push_str("</tr>\n");
        }
        html.push_str("<tr>");
        for _ in &self.leaves {
            for row in &self.rows.rows {
                let name = row.name.as_ref().map(|name| self.label(name, row.term.as_ref())).unwrap_or_default();
                let _ = write!(html, "<th scope=\"col\" class=\"h-amount\">{name}</th>");
            }
        }
        html.push_str("</tr>\n");
    }

    /// One level of the column tree, each column as wide as the rows that stand below it.
    fn head_groups(&self, columns: &[Column], level: usize, depth: usize, html: &mut String) {
        for column in columns {
            if level > 0 {
                self.head_groups(&column.children, level - 1, depth - 1, html);
                continue;
            }
            let label = self.label(&column.name, column.term.as_ref());
            let rows = if column.children.is_empty() { span("rowspan", depth) } else { String::new() };
            let columns = span("colspan", column.width() * self.rows.rows.len());
            let _ = write!(html, "<th scope=\"colgroup\" class=\"h-group\"{rows}{columns}>{label}</th>");
        }
    }

    /// The row of running column numbers (栏次).
    fn numbers(&self, html: &mut String, number: &mut usize) {
        let Some(label) = &self.form.numbered else { return };
        let copies = if self.form.layout.one_line() { self.rows.rows.len() } else { 1 };
        html.push_str("<tr class=\"numbers\" aria-hidden=\"true\">");
        if !self.lane.head.is_empty() {
            let columns = span("colspan", self.lane.head.len());
            let _ = write!(html, "<td{columns}>{}</td>", escape(label.get(self.scope.lang)));
        }
        for _ in 0..copies * self.leaves.len() {
            let _ = write!(html, "<td>{number}</td>");
            *number += 1;
        }
        html.push_str("</tr>\n");
    }

    fn body(&self, html: &mut String) -> Result<(), Finding> {
        let rows = &self.rows.rows;
        let missing = self.longest - rows.len();
        let totals = rows.iter().rev().take_while(|row| row.total).count();
        let (fold, lane) = self.fold;
        let mut above = 0;
        for (index, row) in rows.iter().enumerate() {
            // On a wide screen the totals at the foot of both lanes stand in one line.
            if index == rows.len() - totals && self.form.layout == Layout::Lanes {
                self.filler(html, "filler", missing);
            }
            if row.total {
                self.filler(html, "pad", fold.pad(lane, above));
                above += 1;
            }
            self.row(row, fold.hides(lane, index), html)?;
        }
        if totals == 0 && self.form.layout == Layout::Lanes {
            self.filler(html, "filler", missing);
        }
        self.filler(html, "pad", fold.pad(lane, above));
        Ok(())
    }

    fn filler(&self, html: &mut String, class: &str, count: usize) {
        let cells = "<td></td>".repeat(self.lane.head.len() + self.leaves.len());
        for _ in 0..count {
            let _ = writeln!(html, "<tr class=\"row {class}\" aria-hidden=\"true\">{cells}</tr>");
        }
    }

    fn row(&self, row: &Row, folds: bool, html: &mut String) -> Result<(), Finding> {
        let blank = row.id.is_none();
        let kind = if blank {
            " blank-line"
        } else if row.total {
            " total"
        } else if folds {
            " zeros"
        } else {
            ""
        };
        let _ = write!(html, "<tr class=\"row level-{}{kind}\"", row.level);
        match &row.id {
            Some(id) => {
                let _ = write!(html, " id=\"{}/{}\"", escape(&self.form.id), escape(id));
            }
            None => html.push_str(" aria-hidden=\"true\""),
        }
        html.push('>');
        let numbered = self.lane.head.iter().any(|head| head.kind != HeadKind::Name);
        for head in &self.lane.head {
            match head.kind {
                HeadKind::Code => {
                    let code = escape(row.code.as_deref().unwrap_or_default());
                    let _ = write!(html, "<td class=\"code\">{}</td>", self.here(row, &code));
                }
                HeadKind::Line => {
                    let line = row.number.map(|number| number.to_string()).unwrap_or_default();
                    let _ = write!(html, "<td class=\"line\">{}</td>", self.here(row, &line));
                }
                HeadKind::Name => match &row.name {
                    Some(name) => {
                        let label = self.label(name, row.term.as_ref());
                        let attributes = self.data_label(&head.title);
                        let here = if numbered { String::new() } else { self.here(row, "") };
                        let _ = write!(html, "<th scope=\"row\" class=\"name\"{attributes}>{label}{here}</th>");
                    }
                    None => html.push_str("<td class=\"name\"></td>"),
                },
            }
        }
        for (leaf, cell) in self.leaves.iter().zip(&row.cells) {
            self.cell(row, leaf, cell, ("", &self.data_label(&leaf.column.name)), html)?;
        }
        html.push_str("</tr>\n");
        Ok(())
    }

    /// The code or line number of a row as a link to the row itself, which a reader can copy and send; a row without
    /// one has a mark.
    fn here(&self, row: &Row, text: &str) -> String {
        let Some(id) = &row.id else { return text.to_owned() };
        let href = format!("#{}/{}", escape(&self.form.id), escape(id));
        if !text.is_empty() {
            return format!("<a href=\"{href}\">{text}</a>");
        }
        // The row's own head says its name.
        format!("<a class=\"here\" href=\"{href}\" aria-label=\"#\"></a>")
    }

    fn row_across(&self, html: &mut String) -> Result<(), Finding> {
        html.push_str("<tr class=\"row across\">");
        let lang = self.scope.lang;
        let (labels, rows) = (paths(&self.lane.columns, lang), &self.rows.rows);
        let (width, height) = (self.leaves.len(), rows.len());
        let comma = if lang == Lang::Zh { "，" } else { ", " };
        for at in 0..width * height {
            // Row by row, or for each column its rows.
            let (row, column) =
                if self.form.layout == Layout::Pairs { (at % height, at / height) } else { (at / width, at % width) };
            let group = rows[row].name.as_ref().map(|name| escape(name.get(lang))).unwrap_or_default();
            let label = escape(&labels[column]);
            // Every figure says its whole path; its group is shown once.
            let heads = format!(" data-label=\"{label}\" data-heads=\"{group}{comma}{label}{comma}\"");
            let group = if column == 0 { format!(" data-group=\"{group}\"") } else { String::new() };
            self.cell(&rows[row], &self.leaves[column], &rows[row].cells[column], (&group, &heads), html)?;
        }
        html.push_str("</tr>\n");
        Ok(())
    }

    /// A cell with prose or an amount; `group` and `heads` are attributes with what a phone shows and says in place of the
    /// heads: the group in the tag of the cell, the heads in that of its figure, so that they are heard as one.
    fn cell(
        &self,
        row: &Row,
        leaf: &Leaf<'_>,
        cell: &Cell,
        (group, heads): (&str, &str),
        html: &mut String,
    ) -> Result<(), Finding> {
        if let (Cell::Text(_), Some(id)) = (cell, &row.id) {
            let address = Address::cell(&self.form.id, id, leaf.id);
            let prose = match self.scope.text(&address) {
                Some(prose) => prose::html(&prose.get(self.scope.lang).pieces, self.scope, Headings::Typed)?,
                None => String::new(),
            };
            let id = escape(&address.to_string());
            let _ = write!(html, "<td class=\"text\"{group}{heads} id=\"{id}\">{prose}</td>");
            return Ok(());
        }
        self.amount_cell(row, leaf, cell, (group, heads), html);
        Ok(())
    }

    /// Where a lane holds prose, a phone shows its cells one under the other, each with its head.
    fn data_label(&self, head: &Text) -> String {
        if self.leaves.iter().all(|leaf| leaf.column.kind == CellKind::Amount) {
            return String::new();
        }
        format!(" data-label=\"{}\"", escape(head.get(self.scope.lang)))
    }

    fn amount_cell(&self, row: &Row, leaf: &Leaf<'_>, cell: &Cell, (group, heads): (&str, &str), html: &mut String) {
        let (Some(amount), Some(id)) = (cell.amount(), &row.id) else {
            let _ = write!(html, "<td class=\"amount blank\"{group}{heads}></td>");
            return;
        };
        let zero = if amount.is_zero() { " zero" } else { "" };
        let unit = self.table.unit(row, leaf.column);
        let (tail, footnote, mark) = match self.tail(id, leaf.id) {
            Some(number) => (
                " tail",
                format!(" aria-describedby=\"_tail-{}-{number}\"", Escaped(&self.form.id)),
                format!(" data-mark=\"{number}\""),
            ),
            None => ("", String::new(), String::new()),
        };
        let (form, row, column) = (Escaped(&self.form.id), Escaped(id), Escaped(leaf.id));
        let digits = digits(amount, Some(unit), self.scope.lang);
        let _ = write!(html, "<td class=\"amount{zero}{tail}\"{group}{footnote} id=\"{form}/{row}/{column}\">");
        // A figure leads to itself: its address can be copied and sent. A zero that is alone in its row has the link
        // of the row.
        let _ = if amount.is_zero() && self.leaves.len() == 1 && !self.lane.head.is_empty() {
            write!(html, "{digits}")
        } else {
            write!(html, "<a href=\"#{form}/{row}/{column}\"{heads}{mark}>{digits}</a>")
        };
        html.push_str(&self.sic(id, leaf.id));
        html.push_str("</td>");
    }

    /// The mark of a figure that others contradict, with the number of the reason and the way to it. As that of a tail, it is
    /// no text of the cell.
    fn sic(&self, row: &str, column: &str) -> String {
        let Some(dispute) = self.scope.disputes.of_cell(&self.form.id, row, column) else { return String::new() };
        let mark = escape(self.scope.word("sic").unwrap_or_default());
        format!(
            "<a class=\"sic\" href=\"{}\" title=\"{}\" aria-label=\"{mark}\" data-mark=\"{mark}\" data-number=\"{}\"></a>",
            escape(&self.scope.dispute_href(dispute)),
            escape(self.scope.disputes.all[dispute].accepted.reason.get(self.scope.lang)),
            dispute + 1,
        )
    }

    /// The mark of a total that its parts miss by a rounding tail: the number of its footnote, from 1. It is no text of the
    /// cell, which is copied and read as the figure alone.
    fn tail(&self, row: &str, column: &str) -> Option<usize> {
        let at = |(_, tail): &(&Proven, &Equation)| {
            tail.left
                .first()
                .is_some_and(|lead| lead.address.row == row && lead.address.column.as_deref() == Some(column))
        };
        self.tails.iter().position(at).map(|at| at + 1)
    }

    /// A name, linked to its glossary term; in English with the Chinese name below it.
    fn label(&self, name: &Text, term: Option<&Term>) -> String {
        let lang = self.scope.lang;
        let text = escape(name.get(lang));
        let linked = match term.and_then(|term| self.scope.term_href(term)) {
            Some(href) => format!("<a class=\"term\" href=\"{}\">{text}</a>", escape(&href)),
            None => text,
        };
        match lang {
            Lang::Zh => linked,
            Lang::En => format!("{linked} <span class=\"original\" lang=\"zh-CN\">{}</span>", escape(&name.zh)),
        }
    }
}

/// The rounding tails whose total stands in a form, each with its rule, as a reader comes upon them: row by row.
fn tails<'a>(table: &Table, proof: &'a Proof) -> Vec<(&'a Proven, &'a Equation)> {
    let all = || proof.proven.iter().flat_map(|rule| rule.tails.iter().map(move |tail| (rule, tail)));
    let mut tails = Vec::new();
    for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
        let leaves = lane.leaves();
        for row in &rows.rows {
            let cells = leaves.iter().filter_map(|leaf| Some(Address::cell(&table.form.id, row.id.as_ref()?, leaf.id)));
            for cell in cells {
                tails.extend(all().filter(|(_, tail)| {
                    tail.left.first().is_some_and(|lead| lead.derived.is_none() && lead.address == cell)
                }));
            }
        }
    }
    tails
}

/// A tail in words: what is printed, what it is compared with by the name of the operation, and by how much they differ.
pub(crate) fn tail_words(rule: &Proven, tail: &Equation, scope: &Scope<'_>) -> Result<String, Finding> {
    let said = |side| digits(tail.shown(side), None, scope.lang);
    let (stated, computed) = (said(&tail.left), said(&tail.right));
    let (left, right) = (side_words(&tail.left, false, scope), side_words(&tail.right, true, scope));
    let word = scope.word("rounding_tail")?;
    let difference = digits(tail.difference(), None, scope.lang);
    Ok(match (scope.lang, rule.relation) {
        (Lang::Zh, Relation::Equal) => format!("{word}：{left} {stated}，{right} {computed}，相差 {difference}。"),
        (Lang::Zh, Relation::AtMost) => {
            format!("{word}：{left} {stated}，应不大于{right} {computed}，多出 {difference}。")
        }
        (Lang::En, Relation::Equal) => {
            format!("{word}: {left} is {stated}; {right} is {computed}, a difference of {difference}.")
        }
        (Lang::En, Relation::AtMost) => {
            format!("{word}: {left} is {stated} and should be at most {right}, {computed}; it is {difference} more.")
        }
    })
}

/// What a side of an equation is: a printed figure by its name, what computes by the operation. The parts of the figure
/// on the other side need no name.
fn side_words(side: &[Addend], parts: bool, scope: &Scope<'_>) -> String {
    let name = |addend: &Addend| {
        let figure = scope.disclosure.figure(&addend.address);
        figure.map(|figure| figure.name.get(scope.lang).clone()).unwrap_or_default()
    };
    let (zh, en) = match side {
        [one] => match one.derived.as_ref().map(|derived| &derived.expression) {
            None | Some(Expression::Cell(_)) => return name(one),
            Some(Expression::Change(..) | Expression::Base(..)) => ("两数之差", "the difference"),
            Some(Expression::GrowthFrom(..) | Expression::GrowthBy(..)) => ("增长率", "the rate of growth"),
            Some(Expression::FallBy(..)) => ("下降率", "the rate of decrease"),
            Some(Expression::Share(..)) => ("占比", "the share"),
            Some(Expression::Completion(..) | Expression::CompletionBy(..)) => ("完成率", "the rate of completion"),
            Some(Expression::Budget(..)) => ("两数之商", "the quotient"),
            Some(Expression::Sum(_)) => ("各项之和", "the sum of the parts"),
        },
        [first, rest @ ..] if !parts => {
            return match scope.lang {
                Lang::Zh => format!("{}等 {} 项之和", name(first), side.len()),
                Lang::En => format!("the sum of {} and {} more", name(first), rest.len()),
            };
        }
        _ => ("各项之和", "the sum of the parts"),
    };
    match scope.lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// The names of all columns with cells, with those of the groups above them.
pub(crate) fn paths(columns: &[Column], lang: Lang) -> Vec<String> {
    let mut paths = Vec::new();
    for column in columns {
        let name = column.name.get(lang);
        if column.children.is_empty() {
            paths.push(name.clone());
        } else {
            paths.extend(super::table::paths(&column.children, lang).iter().map(|below| format!("{name} · {below}")));
        }
    }
    paths
}

/// The digits of a cell: as printed in Chinese, grouped in English, a true minus sign in both; with a percent sign,
/// if the unit is one and is not said beside the cell.
pub(crate) fn digits(amount: Amount, unit: Option<&Unit>, lang: Lang) -> String {
    let digits = match lang {
        Lang::Zh => amount.to_string(),
        Lang::En => amount.grouped(),
    };
    let mut digits = if amount.is_negative() { digits.replace('-', "\u{2212}") } else { digits };
    if unit == Some(&Unit::Percent) {
        digits.push('%');
    }
    digits
}

fn span(attribute: &str, count: usize) -> String {
    if count > 1 { format!(" {attribute}=\"{count}\"") } else { String::new() }
}
