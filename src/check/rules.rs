//! Every rule of every form of a department: what holds is counted, what does not is a finding.

use rust_decimal::Decimal;

use crate::diagnostics::{Claim, DataPath, Entry, Finding, Place, catalogue};
use crate::model::{Amount, Department, Operand, Relation, Rule, Text};

use super::equation::{Addend, Equation, Reports, Verdict};
use super::sheet::Sheets;

/// What was proved of one report.
#[derive(Debug, Default)]
pub struct Proof {
    /// The rules that the report has figures for, in the order of its tables.
    pub proven: Vec<Proven>,
}

impl Proof {
    /// How many equations the rules made.
    pub fn equations(&self) -> usize {
        self.proven.iter().map(|rule| rule.equations).sum()
    }
}

/// A rule and what it came to.
#[derive(Debug)]
pub struct Proven {
    /// The form that states the rule.
    pub form: String,
    /// The number of the rule.
    pub id: String,
    /// What it says.
    pub name: Text,
    /// How many equations it made.
    pub equations: usize,
    /// The equations that hold but for a rounding tail.
    pub tails: Vec<Equation>,
    /// The equations that do not hold.
    pub failures: Vec<Equation>,
}

/// Solves all rules of all reports.
pub(super) fn prove(department: &Department, findings: &mut Vec<Finding>) -> Vec<Proof> {
    let sheets: Vec<Sheets<'_>> = department.disclosures.iter().map(Sheets::of).collect();
    let mut proofs = Vec::new();
    for this in &sheets {
        let id = this.disclosure.id;
        let last = sheets.iter().find(|other| {
            let other = other.disclosure.id;
            other.kind == id.kind && other.year + 1 == id.year
        });
        let reports = Reports { this, last };
        let mut proof = Proof::default();
        for table in &this.disclosure.tables {
            for rule in &table.form.rules {
                let equations = reports.equations(&table.form.id, rule);
                if equations.is_empty() {
                    continue;
                }
                let mut proven = Proven {
                    form: table.form.id.clone(),
                    id: rule.id.clone(),
                    name: rule.name.clone(),
                    equations: equations.len(),
                    tails: Vec::new(),
                    failures: Vec::new(),
                };
                for equation in equations {
                    match equation.verdict {
                        Verdict::Holds => {}
                        Verdict::Tail(_) => {
                            findings.push(finding(this, rule, &equation));
                            proven.tails.push(equation);
                        }
                        Verdict::Fails(_) | Verdict::Blank => {
                            findings.push(finding(this, rule, &equation));
                            proven.failures.push(equation);
                        }
                    }
                }
                proof.proven.push(proven);
            }
        }
        proofs.push(proof);
    }
    proofs
}

/// A tail or a failure as a finding: the total in front, its parts beside it.
fn finding(sheets: &Sheets<'_>, rule: &Rule, equation: &Equation) -> Finding {
    let (difference, tail) = match equation.verdict {
        Verdict::Tail(difference) => (difference, true),
        Verdict::Fails(difference) => (difference, false),
        Verdict::Blank => (Equation::sum(&equation.left) - Equation::sum(&equation.right), false),
        Verdict::Holds => (Decimal::ZERO, true),
    };
    let stated = Equation::sum(&equation.left);
    let computed = Equation::sum(&equation.right);
    let lead = equation.left.first().or(equation.right.first());
    let at = lead.map_or_else(String::new, |addend| addend.address.to_string());
    let mut places = equation.left.iter().chain(&equation.right).filter_map(|addend| place(sheets, addend));
    let home = sheets.disclosure.id;
    let first = places.next().unwrap_or_else(|| Place::File(format!("content/{home}")));
    let entry = if equation.verdict == Verdict::Blank { &catalogue::SUM_BLANK } else { entry(rule, tail) };
    let mut finding = Finding::new(entry, first)
        .with("rule", &rule.id)
        .with("name", &rule.name.zh)
        .with("name-en", &rule.name.en)
        .with("left", side(&equation.left))
        .with("right", side(&equation.right))
        .with("stated", stated)
        .with("computed", computed)
        .with("difference", Amount::from_decimal(difference.abs()));
    for place in places {
        if place != finding.place && !finding.related.contains(&place) {
            finding.related.push(place);
        }
    }
    finding.claim = Some(Box::new(Claim {
        report: home.to_string(),
        at: format!("{} {at}", rule.id),
        stated: stated.to_string(),
        computed: computed.to_string(),
        accepted: None,
    }));
    finding
}

/// The code of a breach: within a form, between forms, or between years.
fn entry(rule: &Rule, tail: bool) -> &'static Entry {
    let operands = || rule.left.iter().chain(&rule.right);
    let across = operands().any(|operand: &Operand| operand.form.is_some());
    let years = operands().any(|operand| operand.last_year);
    match (tail, rule.warning, years, across, rule.relation) {
        (true, ..) if across => &catalogue::CROSS_TAIL,
        (true, ..) => &catalogue::SUM_TAIL,
        (_, true, ..) => &catalogue::CROSS_UNUSUAL,
        (_, _, true, ..) => &catalogue::YEAR_DIFFERS,
        (.., Relation::AtMost) => &catalogue::CROSS_EXCEEDS,
        (_, _, _, true, _) => &catalogue::CROSS_DIFFERS,
        _ => &catalogue::SUM_DIFFERS,
    }
}

/// `a = 1.00`, or `a = 1.00 + b = 2.00`: addresses with their amounts; zeros add nothing to read.
fn side(addends: &[Addend]) -> String {
    let shown: Vec<String> = addends
        .iter()
        .filter(|addend| addends.len() == 1 || !addend.amount.is_zero())
        .map(|addend| format!("{} {}", addend.address, addend.amount))
        .collect();
    if shown.is_empty() { "0".to_owned() } else { shown.join(" + ") }
}

/// Where a figure was typed: its row, in the file of its table. Only for figures of this report.
fn place(sheets: &Sheets<'_>, addend: &Addend) -> Option<Place> {
    if addend.report != sheets.disclosure.id {
        return None;
    }
    let sheet = sheets.get(&addend.address.form)?;
    let rows = DataPath::top().key("rows");
    let path = match sheet.typed(&addend.address.row) {
        Some(typed) => rows.key(typed),
        None => rows,
    };
    Some(path.in_file(&sheet.table.file))
}
