//! Equations on the sheet: what differs with its arithmetic, then every rule with its figures.

use std::fmt::Write as _;

use crate::check::{Addend, Equation, Proven, Verdict};
use crate::model::{Address, Amount, Lang, Relation, Unit};

use super::super::formula;
use super::super::html::escape;
use super::super::table::digits;
use super::{Note, Writer};

impl Writer<'_> {
    /// Every equation that does not hold exactly, with why.
    pub(super) fn differences(self, html: &mut String) {
        let _ = writeln!(html, "<section>\n<h2>{}</h2>", self.t("一、差异", "1. Differences"));
        let differing: Vec<(&Proven, &Equation)> = self
            .sheet
            .proof
            .proven
            .iter()
            .flat_map(|rule| rule.failures.iter().chain(&rule.tails).map(move |equation| (rule, equation)))
            .collect();
        if differing.is_empty() {
            let _ = writeln!(html, "<p>{}</p>\n</section>", self.t("没有差异。", "There are none."));
            return;
        }
        let _ = writeln!(
            html,
            "<table>\n<thead><tr><th scope=\"col\" class=\"result\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" \
             class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{}</th></tr></thead>\n<tbody>",
            self.t("结果", "Result"),
            self.t("规则、数字和算式", "Rule, figures, arithmetic"),
            self.t("左边", "Left"),
            self.t("右边", "Right"),
            self.t("差", "Diff."),
        );
        for (rule, equation) in differing {
            let note = self.note(rule, equation);
            let _ = writeln!(
                html,
                "<tr><td class=\"result\">{}</td><td><span class=\"form\">{}</span>{} {}<p>{}</p>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
                 <td class=\"n\">{}</td></tr>",
                self.verdict(rule, equation, false),
                self.form_title(&rule.form),
                escape(&rule.id),
                escape(rule.name.get(self.lang)),
                self.arithmetic(rule, equation),
                note.as_ref().filter(|note| note.accepted.is_some()).map(|note| self.help(note)).unwrap_or_default(),
                digits(equation.shown(&equation.left), None, self.lang),
                digits(equation.shown(&equation.right), None, self.lang),
                self.difference(equation),
            );
        }
        html.push_str("</tbody>\n</table>\n</section>\n");
    }

    /// The figures of an equation, and the bound within which rounding explains a difference.
    fn arithmetic(self, rule: &Proven, equation: &Equation) -> String {
        let [left, right] = self.sides(&rule.form, equation);
        let sides = format!("{left} {} {right}", relation(rule.relation, equation.verdict));
        let Verdict::Tail(_) = equation.verdict else { return sides };
        let bound =
            Amount::from_decimal(Amount::from_decimal(equation.bound(rule.tolerance)).rounded(4).value().normalize());
        let (bound, said) = (digits(bound, None, self.lang), digits(equation.difference(), None, self.lang));
        match self.lang {
            Lang::Zh => format!("{sides}；差 {said}，四舍五入允许 {bound}"),
            Lang::En => format!("{sides}; a difference of {said}, and rounding allows {bound}"),
        }
    }

    /// Every rule, table by table.
    pub(super) fn rules(self, html: &mut String) {
        let _ =
            writeln!(html, "<section>\n<h2>{}</h2>", self.t("三、全部规则和数字", "3. All rules with their figures"));
        let _ = writeln!(
            html,
            "<p class=\"intro\">{}</p>",
            self.t(
                "为 0 的加数不列；两边都是 0 的等式只计个数。",
                "Addends of zero are left out; equations with zero on both sides are counted and not listed.",
            )
        );
        let mut forms: Vec<&str> = Vec::new();
        for rule in &self.sheet.proof.proven {
            if !forms.contains(&rule.form.as_str()) {
                forms.push(&rule.form);
            }
        }
        for form in forms {
            let title = self.form_title(form);
            let _ = writeln!(
                html,
                "<h3>{title}</h3>\n<table class=\"rules\">\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
                 <th scope=\"col\">{}</th></tr></thead>",
                self.t("左边", "Left"),
                self.t("右边", "Right"),
                self.t("结果", "Result"),
            );
            for rule in self.sheet.proof.proven.iter().filter(|rule| rule.form == form) {
                self.rule(rule, html);
            }
            html.push_str("</table>\n");
        }
        html.push_str("</section>\n");
    }

    fn rule(self, rule: &Proven, html: &mut String) {
        let held = rule.held.iter().filter(|equation| !is_zero(equation));
        let shown: Vec<&Equation> = rule.failures.iter().chain(&rule.tails).chain(held).collect();
        let (all, zeros) = (rule.equations, rule.equations - shown.len());
        let counts = match (zeros == all, self.lang) {
            (true, Lang::Zh) => format!("{all} 个等式，两边都是 0，相符"),
            (true, Lang::En) => format!("{}, zero on both sides, held", equations(all)),
            (false, Lang::Zh) if zeros == 0 => format!("{all} 个等式"),
            (false, Lang::En) if zeros == 0 => equations(all),
            (false, Lang::Zh) => format!("{all} 个等式，其中 {zeros} 个两边都是 0，不列"),
            (false, Lang::En) => format!("{}, {zeros} of them zero on both sides and not listed", equations(all)),
        };
        let _ = writeln!(
            html,
            "<tbody>\n<tr class=\"head\"><th scope=\"rowgroup\" colspan=\"3\"><b>{}</b> {} <span>{counts}</span></th></tr>",
            escape(&rule.id),
            escape(rule.name.get(self.lang)),
        );
        for equation in shown {
            let [left, right] = self.sides(&rule.form, equation);
            let _ = writeln!(
                html,
                "<tr><td>{left}</td><td>{} {right}</td><td class=\"result\">{}</td></tr>",
                relation(rule.relation, equation.verdict),
                self.verdict(rule, equation, true),
            );
        }
        html.push_str("</tbody>\n");
    }

    /// How an equation stands.
    fn verdict(self, rule: &Proven, equation: &Equation, with_amount: bool) -> String {
        match equation.verdict {
            Verdict::Holds => self.t("相符", "holds").to_owned(),
            Verdict::Tail(_) if !with_amount => self.t("尾差", "tail").to_owned(),
            Verdict::Tail(_) => format!("{} {}", self.t("尾差", "tail"), self.difference(equation)),
            Verdict::Fails(_) | Verdict::Blank => match self.note(rule, equation) {
                Some(note) => self.standing(&note),
                None => format!("<strong>{}</strong>", self.t("不符", "does not hold")),
            },
        }
    }

    /// Left − right.
    fn difference(self, equation: &Equation) -> String {
        let size = digits(equation.difference(), None, self.lang);
        let below = Equation::sum(&equation.left) < Equation::sum(&equation.right);
        if below { format!("\u{2212}{size}") } else { size }
    }

    /// What was found by an equation.
    fn note(self, rule: &Proven, equation: &Equation) -> Option<Note> {
        let lead = equation.left.first().or(equation.right.first())?;
        let at = format!("{} {}", rule.id, lead.address);
        self.notes().into_iter().find(|note| note.of_rule && note.at == at)
    }

    /// Both sides: each figure with what tells it from the others.
    fn sides(self, form: &str, equation: &Equation) -> [String; 2] {
        let all = || equation.left.iter().chain(&equation.right);
        let Some(lead) = equation.left.first().or(equation.right.first()) else {
            return [String::new(), String::new()];
        };
        let one_row = all().all(|addend| {
            addend.address.row == lead.address.row
                && addend.address.form == lead.address.form
                && addend.report == lead.report
        });
        let one_column = all().all(|addend| addend.address.column == lead.address.column);
        let is_lead = |report, address: &Address| report == lead.report && *address == lead.address;
        let print = |report, address: &Address, amount: Option<Amount>| {
            let figure = self.figure(address, report);
            let percent = figure.as_ref().map(|figure| &figure.unit).filter(|unit| **unit == Unit::Percent);
            // What is computed from is named in full; of other figures what they have in common is said once.
            let whole = amount.is_none() || is_lead(report, address);
            let name = self.name((report, address), form, whole || !one_row, whole || !one_column || one_row);
            let amount = amount.or(figure.as_ref().map(|figure| figure.amount))?;
            Some(format!("{name} <b>{}</b>", digits(amount, percent, self.lang)))
        };
        let side = |addends: &[Addend]| {
            let shown = formula::side(addends, &print);
            match addends {
                [] => {
                    let own = self.sheet.disclosure;
                    let absent = equation.absent.as_ref().filter(|(report, _)| *report == own.id);
                    let why = absent.map(|(_, at)| escape(&formula::nothing(at, own, self.lang)));
                    format!("<b>{shown}</b>{}", why.unwrap_or_default())
                }
                [first, ..] if addends.iter().any(|addend| addend.derived.is_some()) => {
                    let is_rate = first.derived.as_ref().is_some_and(|derived| derived.expression.is_percent());
                    let unit = is_rate.then_some(Unit::Percent);
                    format!("{shown} = <b>{}</b>", digits(equation.shown(addends), unit.as_ref(), self.lang))
                }
                _ => shown,
            }
        };
        [side(&equation.left), side(&equation.right)]
    }
}

/// `1 equation`, `2 equations`.
fn equations(count: usize) -> String {
    format!("{count} equation{}", if count == 1 { "" } else { "s" })
}

fn is_zero(equation: &Equation) -> bool {
    equation.left.iter().chain(&equation.right).all(|addend| addend.amount.is_zero())
}

/// The sign between the sides.
fn relation(relation: Relation, verdict: Verdict) -> &'static str {
    match (relation, verdict) {
        (Relation::Equal, Verdict::Holds) => "=",
        (Relation::Equal, Verdict::Tail(_)) => "≈",
        (Relation::Equal, _) => "≠",
        (Relation::AtMost, Verdict::Fails(_)) => "&gt;",
        (Relation::AtMost, _) => "≤",
    }
}
