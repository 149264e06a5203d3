//! What the sheet does not prove, said as plainly as what it does: rules without figures, figures without a rule.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::check::Reason;
use crate::model::{Address, Lang, Unit};

use super::super::html::escape;
use super::super::table::digits;
use super::Writer;

impl Writer<'_> {
    /// What was not checked, and why.
    pub(super) fn not_checked(self, html: &mut String) {
        let _ = writeln!(html, "<section>\n<h2>{}</h2>", self.t("四、没有核对的", "4. What was not checked"));
        self.rules_passed_over(html);
        self.figures_of_no_rule(html);
        let _ = writeln!(
            html,
            "<h3>{}</h3>\n<p>{}</p>\n</section>",
            self.t("其他", "Other"),
            self.t(
                "本表核对数字之间是否一致，不核对数字与会计账簿、原始凭证是否一致。文字中的数字与表内数字和其他数据比对，\
                 比对中发现的问题列在第二部分；只在文字中出现一次、与表内数字无关的数字无从核对。",
                "The sheet proves that figures agree with each other, not that they agree with the books. Figures in the \
                 narrative are compared with tables and facts, and what was found is in section 2; a figure that stands in \
                 the narrative only, and once, has nothing to be compared with.",
            )
        );
    }

    fn rules_passed_over(self, html: &mut String) {
        let passed = &self.sheet.proof.passed_over;
        if passed.is_empty() {
            return;
        }
        let _ = writeln!(
            html,
            "<h3>{}</h3>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"why\">{}</th></tr></thead>\n<tbody>",
            self.t("没有数字可用的规则", "Rules that had no figures"),
            self.t("规则", "Rule"),
            self.t("原因", "Why"),
        );
        for rule in passed {
            let why = match (&rule.reason, self.lang) {
                (Reason::NoReport(report), Lang::Zh) => format!("没有 {} 年的同类报告", report.year),
                (Reason::NoReport(report), Lang::En) => format!("there is no such report for {}", report.year),
                (Reason::NoForm(form), Lang::Zh) => format!("报告没有这张表：{}", escape(form)),
                (Reason::NoForm(form), Lang::En) => format!("the report has no form {}", escape(form)),
                (Reason::NoFigures, Lang::Zh) => match self.empty(&rule.form) {
                    Some(empty) => format!("表中没有数字：{}", escape(&empty)),
                    None => "有关的格为空白，或没有这样的行".to_owned(),
                },
                (Reason::NoFigures, Lang::En) => match self.empty(&rule.form) {
                    Some(empty) => format!("the table has no figures: {}", escape(&empty)),
                    None => "the cells are blank, or there is no such row".to_owned(),
                },
            };
            let _ = writeln!(
                html,
                "<tr><td>{} {}</td><td>{why}</td></tr>",
                escape(&rule.id),
                escape(rule.name.get(self.lang))
            );
        }
        html.push_str("</tbody>\n</table>\n");
    }

    /// What an empty table says.
    fn empty(self, form: &str) -> Option<String> {
        let table = self.sheet.disclosure.table(form)?;
        table.empty.as_ref().map(|empty| empty.get(self.lang).clone())
    }

    fn figures_of_no_rule(self, html: &mut String) {
        let disclosure = self.sheet.disclosure;
        let proven: HashSet<&Address> = self
            .sheet
            .proof
            .proven
            .iter()
            .flat_map(|rule| rule.held.iter().chain(&rule.tails).chain(&rule.failures))
            .flat_map(|equation| equation.left.iter().chain(&equation.right))
            .flat_map(|addend| match &addend.derived {
                Some(derived) => derived.figures.iter().map(|(report, address)| (*report, address)).collect(),
                None => vec![(addend.report, &addend.address)],
            })
            .filter(|(report, _)| *report == disclosure.id)
            .map(|(_, address)| address)
            .collect();
        let mut forms: Vec<(String, Vec<String>)> = Vec::new();
        for table in &disclosure.tables {
            let mut alone = Vec::new();
            for (lane, rows) in table.form.lanes.iter().zip(&table.lanes) {
                for row in &rows.rows {
                    let Some(id) = &row.id else { continue };
                    for (leaf, cell) in lane.leaves().iter().zip(&row.cells) {
                        let Some(amount) = cell.amount() else { continue };
                        let address = Address::cell(&table.form.id, id, leaf.id);
                        if !proven.contains(&address) {
                            let unit = table.unit(row, leaf.column);
                            alone.push(format!(
                                "{} {}",
                                self.full_name(&address),
                                digits(amount, Some(unit), self.lang)
                            ));
                        }
                    }
                }
            }
            forms.push((self.form_title(&table.form.id), alone));
        }
        for group in &disclosure.facts.groups {
            let unproven =
                group.facts.iter().filter(|fact| !proven.contains(&Address::cell(Address::FACTS, &group.id, &fact.id)));
            let said = unproven.map(|fact| {
                let sign = if fact.value.is_negative() { "\u{2212}" } else { "" };
                let said = fact.unit.say(fact.value.abs(), self.lang);
                // What is counted is named by the sentence elsewhere; here it stands alone.
                let noun = match &fact.unit {
                    Unit::Counted(noun) => format!("\u{a0}{}", noun.get(self.lang)),
                    _ => String::new(),
                };
                format!("{} {sign}{said}{noun}", fact.name.get(self.lang))
            });
            forms.push((escape(group.name.get(self.lang)), said.collect()));
        }
        forms.retain(|(_, alone)| !alone.is_empty());
        if forms.is_empty() {
            return;
        }
        let _ = writeln!(
            html,
            "<h3>{}</h3>\n<p>{}</p>",
            self.t("没有规则涉及的数字", "Figures of no rule"),
            self.t(
                "下列数字照原文录入，没有别的数字可以相互印证（正文引用它们时，引用处的计算仍经核对）：",
                "These are as typed; no other figure proves them (where the narrative computes with them, that is checked):",
            )
        );
        for (form, alone) in forms {
            let separator = self.t("；", "; ");
            let _ = writeln!(html, "<p class=\"small\"><b>{form}</b> {}</p>", escape(&alone.join(separator)));
        }
    }
}
