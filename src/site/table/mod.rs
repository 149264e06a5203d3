//! A filled form as HTML, as printed: heads as a tree, lanes side by side, every cell with its address as id.

mod cells;
mod heads;
mod lane;
mod rows;
mod tails;
mod words;

use std::fmt::Write as _;

use crate::diagnostics::Finding;
use crate::model::{Form, Lane, Lang, Layout, Table, Text};

use super::fold::Fold;
use super::html::{Escaped, escape};
use super::scope::Scope;
use lane::LaneForm;
use tails::{Tail, tails};

pub(crate) use cells::sic;
pub(crate) use tails::tail_words;
pub(crate) use words::{digits, paths};

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
    notes(table, &tails, scope, &mut html)?;
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

/// What stands below the lanes: the notes of the form and of the year, and a footnote for each rounding tail.
fn notes(table: &Table, tails: &[Tail<'_>], scope: &Scope<'_>, html: &mut String) -> Result<(), Finding> {
    let notes: Vec<&Text> = table.form.note.iter().chain(&table.note).collect();
    if notes.is_empty() && tails.is_empty() {
        return Ok(());
    }
    let label = format!("{}{}", scope.word("note_label")?, scope.word("colon")?);
    html.push_str("<div class=\"form-notes\">");
    for (index, note) in notes.iter().enumerate() {
        let label = if index == 0 { label.as_str() } else { "" };
        let _ = write!(html, "<p>{}{}</p>", escape(label), escape(note.get(scope.lang)));
    }
    let word = escape(scope.word("rounding_tail")?);
    let explained = scope.tails_href().map(|href| format!("<a href=\"{}\">{word}</a>", escape(&href)));
    for (index, (rule, tail)) in tails.iter().enumerate() {
        let words = escape(&tail_words(rule, tail, scope)?);
        let words = explained.as_ref().map_or(words.clone(), |link| words.replacen(&word, link, 1));
        let (id, number) = (Escaped(&table.form.id), index + 1);
        let back = tail.left.first().map(|lead| escape(&lead.address.to_string())).unwrap_or_default();
        let _ = write!(html, "<p id=\"_tail-{id}-{number}\"><a href=\"#{back}\">*{number}</a> {words}</p>");
    }
    html.push_str("</div>\n");
    Ok(())
}
