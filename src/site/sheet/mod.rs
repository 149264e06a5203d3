//! The proof sheet (核对表): one page of its own that a finance officer prints, reads and signs.
//!
//! It shows what the page of checks shows, from the same [`Proof`], and every equation with its figures besides. It
//! stands alone: no theme, no script, no other file, nothing from another host, no date but the report's.

mod equations;
mod names;
mod open;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::check::{Digest, Proof};
use crate::diagnostics::{Severity, catalogue};
use crate::model::{Address, Department, Disclosure, Lang, ReportKind};

use super::html::escape;

/// What tells a proof sheet from other files, in its first lines.
pub const SHEET_MARK: &str = "<meta name=\"generator\" content=\"gongkai check --sheet\">";

static STYLE: &str = include_str!("sheet.css");

/// A finding in words, as it is shown on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The code.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// What to do about it, or why it stands.
    pub help: String,
    /// The file, with its line if it has one.
    pub place: String,
    /// Rule or part, and address.
    pub at: String,
    /// Whether it is accepted, and then whether readers of the site see it.
    pub accepted: Option<bool>,
    /// Whether a rule found it: it stands with its equation then.
    pub of_rule: bool,
}

impl Note {
    /// Whether it stands in the way of publishing.
    fn is_open(&self) -> bool {
        self.severity == Severity::Error && self.accepted.is_none()
    }
}

/// A report with all that was found in it.
#[derive(Debug)]
pub struct Sheet<'a> {
    /// Its department.
    pub department: &'a Department,
    /// The report.
    pub disclosure: &'a Disclosure,
    /// What was proved of it, with the equations that hold.
    pub proof: &'a Proof,
    /// The digest of its figures.
    pub digest: Digest,
    /// What was found in its files.
    pub notes: Vec<Note>,
}

/// The proof sheets of reports as one HTML page in one language.
pub fn sheet(sheets: &[Sheet<'_>], lang: Lang) -> String {
    let mut html = String::new();
    let title = match sheets {
        [one] => Writer { sheet: one, lang }.title(),
        _ => say(lang, "部门决算勾稽核对表", "Proof sheets of departmental accounts").to_owned(),
    };
    let mut pages = String::new();
    for (index, sheet) in sheets.iter().enumerate() {
        let writer = Writer { sheet, lang };
        let digest = &sheet.digest.to_string()[..16];
        let foot = format!("{} · {} {digest}…", writer.title(), writer.t("摘要", "digest"));
        let _ = writeln!(
            pages,
            "@page r{index} {{ @bottom-left {{ content: \"{}\" }} }}\n.r{index} {{ page: r{index} }}",
            css_string(&foot)
        );
    }
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n{SHEET_MARK}\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <style>\n{STYLE}{pages}</style>\n</head>\n<body>\n<main>\n",
        lang.tag(),
        escape(&title),
    );
    for (index, sheet) in sheets.iter().enumerate() {
        Writer { sheet, lang }.write(index, &mut html);
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// Writes the sheet of one report.
#[derive(Clone, Copy)]
struct Writer<'a> {
    sheet: &'a Sheet<'a>,
    lang: Lang,
}

impl<'a> Writer<'a> {
    /// The words of the sheet's language.
    fn t(self, zh: &'a str, en: &'a str) -> &'a str {
        say(self.lang, zh, en)
    }

    fn title(self) -> String {
        let name = self.sheet.department.name.get(self.lang);
        let report = self.report_name();
        let proof = self.t("勾稽核对表", "proof sheet");
        match self.lang {
            Lang::Zh => format!("{name}{report}{proof}"),
            Lang::En if name.is_empty() => format!("{report}: {proof}"),
            Lang::En => format!("{report}, {name}: {proof}"),
        }
    }

    fn report_name(self) -> String {
        let id = self.sheet.disclosure.id;
        match (id.kind, self.lang) {
            (ReportKind::Final, Lang::Zh) => format!("{} 年度部门决算", id.year),
            (ReportKind::Budget, Lang::Zh) => format!("{} 年度部门预算", id.year),
            (ReportKind::Final, Lang::En) => format!("Final accounts {}", id.year),
            (ReportKind::Budget, Lang::En) => format!("Budget {}", id.year),
        }
    }

    fn write(self, index: usize, html: &mut String) {
        let _ = writeln!(html, "<article class=\"r{index}\">");
        self.head(html);
        self.result(html);
        self.signatures(html);
        self.differences(html);
        self.other_notes(html);
        self.rules(html);
        self.not_checked(html);
        html.push_str("</article>\n");
    }

    fn head(self, html: &mut String) {
        let Sheet { disclosure, department, digest, .. } = self.sheet;
        let name = department.name.get(self.lang);
        // A report that lies outside of a site does not say whose it is: there is room to write it.
        let name = if name.is_empty() { "<span class=\"blank\"></span>".to_owned() } else { escape(name) };
        let _ = writeln!(
            html,
            "<header>\n<h1>{}{}{}</h1>\n<dl>",
            escape(&self.report_name()),
            self.t("", ": "),
            self.t("勾稽核对表", "proof sheet")
        );
        let mut row = |term: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(html, "<div><dt>{term}</dt><dd>{value}</dd></div>");
            }
        };
        let text = |value: Option<&String>| value.map(|value| escape(value)).unwrap_or_default();
        row(self.t("部门", "Department"), &name);
        row(self.t("表样", "Forms"), &escape(&disclosure.forms));
        row(self.t("来源", "Source"), &text(disclosure.source.as_ref().map(|source| source.get(self.lang))));
        row(self.t("批复日期", "Approved"), &text(disclosure.approved.as_ref()));
        row(self.t("公开日期", "Published"), &text(disclosure.published.as_ref()));
        let tables: usize = disclosure.tables.iter().map(crate::model::Table::amounts).sum();
        let facts: usize = disclosure.facts.groups.iter().map(|group| group.facts.len()).sum();
        let count = match self.lang {
            Lang::Zh => format!("{} 个：表内 {tables} 个，其他数据 {facts} 个", tables + facts),
            Lang::En => format!("{}: {tables} in tables, {facts} others", tables + facts),
        };
        row(self.t("数字", "Figures"), &count);
        let digest = digest.to_string();
        let mut groups = String::new();
        for group in 0..8 {
            let _ = write!(groups, "<span>{}</span>", &digest[group * 8..][..8]);
        }
        row(
            self.t("数据摘要（SHA-256）", "Digest of the figures (SHA-256)"),
            &format!("<code class=\"digest\" lang=\"zxx\">{groups}</code>"),
        );
        html.push_str("</dl>\n</header>\n");
    }

    /// What it all came to, in numbers and in a sentence.
    fn result(self, html: &mut String) {
        let proof = self.sheet.proof;
        let tails: usize = proof.proven.iter().map(|rule| rule.tails.len()).sum();
        let failures: usize = proof.proven.iter().map(|rule| rule.failures.len()).sum();
        let held = proof.equations() - tails - failures;
        let notes = self.notes();
        let open = notes.iter().filter(|note| note.is_open()).count();
        let accepted = notes.iter().filter(|note| note.accepted.is_some()).count() - in_words_of_both(&notes);
        let of_rules = notes.iter().filter(|note| note.accepted.is_some() && note.of_rule).count();
        let warnings =
            notes.iter().filter(|note| note.severity == Severity::Warning && note.accepted.is_none()).count();
        let _ = write!(html, "<section>\n<h2>{}</h2>\n<table class=\"counts\"><tbody>\n", self.t("结论", "Result"));
        let counts = [
            (self.t("规则", "Rules"), proof.proven.len()),
            (self.t("等式", "Equations"), proof.equations()),
            (self.t("等式相符", "Hold"), held),
            (self.t("等式有尾差", "Tails"), tails),
            (self.t("等式不符", "Do not hold"), failures),
        ];
        html.push_str("<tr>");
        for (term, count) in counts {
            let _ = write!(html, "<th scope=\"row\">{term}</th><td class=\"n\">{count}</td>");
        }
        html.push_str("</tr>\n");
        html.push_str("</tbody></table>\n");
        let mut said = vec![match (open, self.lang) {
            (0, Lang::Zh) => "没有未处理的错误。".to_owned(),
            (0, Lang::En) => "No error is open.".to_owned(),
            (_, Lang::Zh) => {
                format!("有 {open} 个错误没有处理，本表不能签字：改正，或在 report.yaml 中写明原因，再重新生成本表。")
            }
            (1, Lang::En) => {
                "One error is open, and this sheet is not to be signed: mend it, or accept it with a reason in \
                              report.yaml, and write the sheet again."
                    .to_owned()
            }
            (_, Lang::En) => format!(
                "{open} errors are open, and this sheet is not to be signed: mend them, or accept them with a reason in \
                 report.yaml, and write the sheet again."
            ),
        }];
        if accepted > 0 {
            let others = accepted - of_rules;
            said.push(match self.lang {
                Lang::Zh => format!(
                    "照原文保留并说明原因的 {accepted} 处：不符的等式 {of_rules} 处，文字和文件 {others} 处；中英文同一处只算一处。"
                ),
                Lang::En => format!(
                    "Kept as printed, with a reason: {accepted}, of which {of_rules} are equations that do not hold and \
                     {others} stand in the narrative and the files; one in both languages counts once."
                ),
            });
        }
        let stated = notes.iter().filter(|note| note.code == catalogue::FIGURE_TAIL.code).count();
        let counted = [
            (warnings, "提请注意的 {} 处。", "To be looked at: {}."),
            (
                tails + stated,
                "四舍五入产生的尾差 {} 处，均在允许范围内。",
                "Differences that rounding explains: {}, each within its bound.",
            ),
        ];
        let counted = counted.iter().filter(|(count, ..)| *count > 0);
        said.extend(counted.map(|(count, zh, en)| self.t(zh, en).replace("{}", &count.to_string())));
        let verdict = said.join(self.t("", " "));
        let class = if open == 0 { "verdict" } else { "verdict open" };
        let _ = writeln!(html, "<p class=\"{class}\">{verdict}</p>\n</section>");
    }

    /// Room for names, dates and the stamp; none while an error is open.
    fn signatures(self, html: &mut String) {
        if self.notes().iter().any(Note::is_open) {
            return;
        }
        let _ = writeln!(
            html,
            "<section class=\"sign\">\n<h2>{}</h2>\n<p>{}</p>\n<table>\n<thead><tr><td></td><th scope=\"col\">{}</th>\
             <th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
            self.t("签字", "Signatures"),
            self.t(
                "签字人已核对本表所列数字，其数据摘要如上；数字改动后摘要随之改变，须重新生成并签字。",
                "Those who sign have checked the figures of this sheet, whose digest is above. When a figure changes, so does \
                 the digest, and the sheet is written and signed again.",
            ),
            self.t("编制人", "Prepared by"),
            self.t("复核人", "Reviewed by"),
            self.t("负责人", "Head of the department"),
        );
        let date = self.t("年　　月　　日", "");
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\">{}</th><td></td><td></td><td></td></tr>\n\
             <tr class=\"date\"><th scope=\"row\">{}</th><td>{date}</td><td>{date}</td><td>{date}</td></tr>\n\
             <tr class=\"stamp\"><th scope=\"row\">{}</th><td colspan=\"3\"></td></tr>\n</tbody>\n</table>\n</section>",
            self.t("签名", "Name"),
            self.t("日期", "Date"),
            self.t("单位盖章", "Stamp"),
        );
    }

    /// The notes, each once: what stands in both languages alike is one finding to whoever signs.
    fn notes(self) -> Vec<Note> {
        let mut notes: Vec<Note> = Vec::new();
        for note in &self.sheet.notes {
            match notes
                .iter_mut()
                .find(|known| !note.at.is_empty() && known.at == note.at && known.message == note.message)
            {
                Some(known) => {
                    known.place = format!("{}{}{}", known.place, self.t("；", "; "), note.place);
                    known.accepted = known.accepted.and(note.accepted);
                }
                None => notes.push(note.clone()),
            }
        }
        notes
    }

    /// What was found beside the rules: in the narrative, in files, between the languages.
    fn other_notes(self, html: &mut String) {
        let notes: Vec<Note> = self.notes().into_iter().filter(|note| !note.of_rule).collect();
        let _ = writeln!(html, "<section>\n<h2>{}</h2>", self.t("二、文字和文件", "2. Narrative and files"));
        if notes.is_empty() {
            let _ = writeln!(html, "<p>{}</p>", self.t("没有发现问题。", "Nothing was found."));
        } else {
            let _ = writeln!(
                html,
                "<table>\n<thead><tr><th scope=\"col\" class=\"result\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
                self.t("结果", "Result"),
                self.t("问题", "Finding"),
            );
            for note in notes {
                let _ = writeln!(
                    html,
                    "<tr><td class=\"result\">{}</td><td>{}{}<p class=\"small\">{} <code>{}</code></p></td></tr>",
                    self.standing(&note),
                    escape(&self.with_names(&note.message)),
                    self.help(&note),
                    escape(&note.place),
                    escape(note.code),
                );
            }
            html.push_str("</tbody>\n</table>\n");
        }
        html.push_str("</section>\n");
    }

    /// A sentence with printed names in place of the addresses of figures.
    fn with_names(self, sentence: &str) -> String {
        let in_address = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '-');
        let mut named = String::new();
        let mut rest = sentence;
        while let Some(start) = rest.find(in_address) {
            let (before, from) = rest.split_at(start);
            let (word, behind) = from.split_at(from.find(|c| !in_address(c)).unwrap_or(from.len()));
            let figure = Address::parse(word).ok().and_then(|address| self.sheet.disclosure.figure(&address).ok());
            named.push_str(before);
            named.push_str(figure.as_ref().map_or(word, |figure| figure.name.get(self.lang)));
            rest = behind;
        }
        named + rest
    }

    /// Remedy or reason.
    fn help(self, note: &Note) -> String {
        if note.help.is_empty() {
            return String::new();
        }
        let word = match note.accepted {
            Some(_) => self.t("原因：", "Reason: "),
            None => self.t("改法：", "Remedy: "),
        };
        format!("<p>{word}{}</p>", escape(&note.help))
    }

    /// How a finding stands.
    fn standing(self, note: &Note) -> String {
        match (note.accepted, note.severity) {
            (Some(true), _) => self.t("已说明", "accepted").to_owned(),
            (Some(false), _) => format!("{}<br>{}", self.t("已说明", "accepted"), self.t("（不公开）", "(not public)")),
            (None, Severity::Error) => format!("<strong>{}</strong>", self.t("错误", "error")),
            (None, Severity::Warning) => self.t("注意", "warning").to_owned(),
            (None, Severity::Note) => self.t("提示", "note").to_owned(),
        }
    }
}

fn say<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The inside of a CSS string that stands in a `<style>`.
fn css_string(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '\n' | '\r' => {
                let _ = write!(escaped, "\\{:x} ", u32::from(c));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// How many places are accepted twice, by their words in either language: of one part, with one code.
fn in_words_of_both(notes: &[Note]) -> usize {
    let mut places: BTreeMap<(&str, &str), [usize; 2]> = BTreeMap::new();
    for note in notes.iter().filter(|note| note.accepted.is_some()) {
        let part = note.at.split(' ').next().unwrap_or_default();
        let [zh, en] = [".zh.md", ".en.md"].map(|of| note.place.contains(of));
        if zh != en {
            places.entry((note.code, part)).or_default()[usize::from(en)] += 1;
        }
    }
    places.into_values().map(|[zh, en]| zh.min(en)).sum()
}
