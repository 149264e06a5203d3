//! Numbers whose role only the numbers beside them tell: `占本年支出合计 18402.28 万元的 40.34%`, `由 3.15 万元降至 2.73 万元`,
//! `上年为 24.06 万元，今年减少 0.87 万元`, `与上年的 961.45 万元持平`.

use super::prove::{Fault, Sentence};
use super::read::{Kind, ends_with_any};
use super::roles::{Role, clause};
use crate::diagnostics::catalogue;

/// What an amount came to from another one.
const BECAME: &[&str] = &[
    "降至",
    "降到",
    "增至",
    "增加至",
    "增加到",
    "减少至",
    "减少到",
    "下降至",
    "下降到",
    "升至",
    "上升至",
    "上升到",
    "提高至",
    "提高到",
    "降低至",
    "降低到",
];
/// The year before, by its name.
const LAST: &[&str] =
    &["上年度", "上年", "去年", "上一年度", "上一年", "last year", "the year before", "the previous year"];
/// The report's own year, by its name.
const THIS: &[&str] = &["今年", "本年", "this year"];

impl Sentence<'_, '_> {
    /// Gives the roles that a number has by those beside it.
    pub(super) fn place_roles(&mut self) {
        for index in 0..self.tokens.len() {
            if self.tokens[index].kind == Kind::Money {
                if self.came_from(index).is_some() {
                    self.roles[index - 1] = Role::Base(String::new());
                    self.roles[index] = Role::Level(String::new());
                } else if self.is_last_years(index) && self.turns_to_this_year(index) {
                    self.roles[index] = Role::Base(String::new());
                }
            } else if let Some(whole) = self.whole_beside(index) {
                self.roles[index] = Role::Of(whole);
                if let Role::Level(label) = &self.roles[whole] {
                    self.roles[whole] = Role::Base(label.clone());
                }
            }
        }
    }

    /// The words between the number before, or the start of the sentence, and a number.
    fn lead(&self, index: usize) -> &str {
        let from = index.checked_sub(1).map_or(self.range.start, |last| self.tokens[last].at.end);
        &self.text[from..self.tokens[index].at.start]
    }

    /// The words between a number and the next one, or the end of the sentence.
    fn tail(&self, index: usize) -> &str {
        let to = self.tokens.get(index + 1).map_or(self.range.end, |next| next.at.start);
        &self.text[self.tokens[index].at.end..to]
    }

    fn is_amount(&self, index: usize) -> bool {
        let token = self.tokens[index];
        token.kind == Kind::Money && !token.about && !token.limit
    }

    /// The amount that another one came from: `由 3.15 万元降至 2.73 万元`, `from RMB 31,500 to RMB 27,300`.
    pub(super) fn came_from(&self, index: usize) -> Option<usize> {
        let from = index.checked_sub(1)?;
        let between = self.lead(index).trim();
        let lead = clause(self.lead(from));
        let zh = BECAME.contains(&between) && lead.contains(['由', '从']);
        let en = between == "to" && ends_with_any(lead, &["from"]);
        ((zh || en) && self.is_amount(index) && self.is_amount(from)).then_some(from)
    }

    /// Whether an amount is one of an earlier year, as far as the words before it say: `上年培训费为 24.06 万元`.
    pub(super) fn is_last_years(&self, index: usize) -> bool {
        let lead = self.lead(index).to_lowercase();
        let own = clause(&lead);
        let mut named = vec![own];
        // `2023年度，政府采购支出 …`: the year may stand by itself before the clause.
        if let Some((rest, _)) = lead.trim_end().rsplit_once(['，', ',']) {
            let year = clause(rest);
            if year.chars().count() <= 24
                && (own.starts_with("when ") || self.names_earlier(year).is_some_and(str::is_empty))
            {
                named.push(year);
            }
        }
        let carried = ["结转", "结余", "末", "底"];
        named.iter().any(|clause| {
            let behind = self.names_earlier(clause);
            behind.is_some_and(|behind| !carried.iter().any(|word| behind.starts_with(word)))
        })
    }

    /// What stands behind the name of an earlier year at the start of a clause.
    fn names_earlier<'c>(&self, clause: &'c str) -> Option<&'c str> {
        let start = ["compared with ", "compared to ", "in "].iter().find_map(|word| clause.strip_prefix(word));
        let named = start.unwrap_or(clause);
        if let Some(behind) = LAST.iter().find_map(|word| named.strip_prefix(word)) {
            return Some(behind.trim_start());
        }
        let year: u16 = named.get(..4)?.parse().ok()?;
        let behind = named[4..].trim_start();
        let is_year = behind.starts_with('年') || start.is_some();
        let behind = behind.strip_prefix('年').map_or(behind, |behind| behind.strip_prefix('度').unwrap_or(behind));
        (is_year && (1990..self.year).contains(&year)).then_some(behind)
    }

    /// Whether what follows an amount of an earlier year is said of this one.
    fn turns_to_this_year(&self, index: usize) -> bool {
        let own = format!("{}年", self.year);
        let tail = self.tail(index);
        let when = clause(self.lead(index)).starts_with("when ");
        when || THIS.iter().any(|word| tail.contains(word)) || tail.contains(&own)
    }

    /// The whole right beside a rate: `完成预算 20.00 万元的 89.25%`, `40.34% of the total of RMB 184,022,800`.
    fn whole_beside(&self, index: usize) -> Option<usize> {
        if !matches!(self.roles[index], Role::Unclear | Role::Share(_)) {
            return None;
        }
        let lead = self.lead(index).trim_start().trim_start_matches(['）', ')']).trim();
        if lead == "的" {
            let whole = index.checked_sub(1).filter(|at| self.is_amount(*at))?;
            let named = clause(self.lead(whole).trim_end().trim_end_matches(['（', '(']));
            let together = ["合计占", "共占", "共计占", "累计"].iter().any(|word| named.contains(word));
            let of = named.contains('占') || named.contains("完成") && named.contains("预算");
            return (of && !together).then_some(whole);
        }
        let whole = Some(index + 1).filter(|at| *at < self.tokens.len() && self.is_amount(*at))?;
        let tail = self.tail(index).trim().to_lowercase();
        let plain =
            tail.starts_with("of the total ") || tail.starts_with("of total ") || tail == "of the" || tail == "of";
        let ends = ends_with_any(&tail, &["of", "of the"]) && !tail.contains([',', '.', ';', ':', '(']);
        (clause(self.lead(index)) == "or" && plain && ends).then_some(whole)
    }

    /// The amount that a rate with its whole beside it is the rate of: the one before them, if it stands alone.
    fn part_of(&self, index: usize, whole: usize) -> Option<usize> {
        let mut at = index.min(whole);
        // `增加 3.00 万元，占支出合计 100.00 万元的 3%`: of what moved, perhaps; a budget is completed by the whole.
        let moved = at.checked_sub(1).is_some_and(|last| matches!(self.roles[last], Role::Change(_)));
        if moved && (whole > index || !clause(self.lead(whole)).contains("完成")) {
            return None;
        }
        loop {
            at = at.checked_sub(1)?;
            match &self.roles[at] {
                Role::Of(other) => at = at.min(*other),
                Role::Change(_) | Role::Growth(_) | Role::Base(_) => {}
                Role::Level(_) => break,
                _ => return None,
            }
        }
        let between = self.lead(at).to_lowercase();
        let inside = || ["其中", "of which", "including"].iter().any(|word| between.contains(word));
        let single = at == 0 || self.tokens[at - 1].kind == Kind::Percent || inside();
        (single && self.is_amount(at) && !self.is_of_budget(at) && !self.is_last_years(at)).then_some(at)
    }

    /// The fault of a rate with its whole beside it.
    pub(super) fn of(&self, index: usize, whole: usize) -> Option<Fault> {
        self.quotient(index, self.part_of(index, whole)?, whole)
    }

    /// Two amounts that are said to be the same and are not: `961.45 万元，与上年的 950.00 万元持平`.
    pub(super) fn same(&self, index: usize) -> Option<Fault> {
        let level = index.checked_sub(1)?;
        let lead = self.lead(index).to_lowercase();
        let named = clause(&lead);
        let zh = self.tail(index).trim_start().starts_with("持平") && named.starts_with(['与', '和', '同', '跟']);
        let en = named.starts_with("the same as ") || named.starts_with("unchanged from");
        let plain = matches!(self.roles[level], Role::Level(_)) && !self.is_of_budget(level);
        let alone = level == 0 && self.is_amount(level) && self.is_amount(index) && !self.is_last_years(level);
        let moved = self.tokens[level].value() - self.tokens[index].value();
        let rounding = self.rounds(level, index);
        ((zh || en) && plain && alone && !moved.is_zero() && !rounding)
            .then(|| self.found(&catalogue::TEXT_SIGN, index, moved, &[level, index]))
    }
}

/// Whether the base that an amount came from is what a later word of the sentence compares it with.
pub(super) fn compares_anew(between: &str) -> bool {
    let words = ["比", "较", "预算", "than ", "from ", "against ", "compared", "budget"];
    words.iter().any(|word| between.contains(word))
}
