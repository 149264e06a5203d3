//! A lane of a form: a table in a region of its own.

use std::fmt::Write as _;

use crate::diagnostics::Finding;
use crate::model::{Form, Lane, LaneRows, Lang, Leaf, Table, Term, Text};

use super::super::fold::Fold;
use super::super::html::escape;
use super::super::scope::Scope;
use super::tails::Tail;
use super::{Setting, is_wide};

/// A lane of a form, with what is needed to write it.
pub(super) struct LaneForm<'a> {
    pub(super) table: &'a Table,
    pub(super) form: &'a Form,
    pub(super) lane: &'a Lane,
    pub(super) rows: &'a LaneRows,
    pub(super) leaves: Vec<Leaf<'a>>,
    /// The rounding tails of the form.
    pub(super) tails: &'a [Tail<'a>],
    /// Rows of the longest lane of the form.
    pub(super) longest: usize,
    /// What folds away of the form, and which of its lanes this is.
    pub(super) fold: (&'a Fold, usize),
    pub(super) setting: Setting,
    pub(super) scope: &'a Scope<'a>,
}

impl LaneForm<'_> {
    pub(super) fn write(&self, html: &mut String, number: &mut usize) -> Result<(), Finding> {
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
        self.heads(html);
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

    /// A name, linked to its glossary term; in English with the Chinese name below it.
    pub(super) fn label(&self, name: &Text, term: Option<&Term>) -> String {
        let href = term.and_then(|term| self.scope.term_href(term));
        self.named(name, &href.map(|href| format!("<a class=\"term\" href=\"{}\">", escape(&href))).unwrap_or_default())
    }

    /// A name, inside the link that this tag opens, if any.
    pub(super) fn named(&self, name: &Text, link: &str) -> String {
        let text = escape(name.get(self.scope.lang));
        let linked = if link.is_empty() { text } else { format!("{link}{text}</a>") };
        match self.scope.lang {
            Lang::Zh => linked,
            Lang::En => format!("{linked} <span class=\"original\" lang=\"zh-CN\">{}</span>", escape(&name.zh)),
        }
    }
}
