//! Every rule of every form of a department: what holds is counted, what does not is a finding.

use crate::diagnostics::{Claim, DataPath, Entry, Finding, Place, catalogue};
use crate::model::{Address, Department, Lang, Operand, Relation, ReportId, Rule, Shelf, Text, Tolerance};

use super::equation::{Addend, Equation, Reason, Reports, Verdict};
use super::sheet::Sheets;

/// What was proved of one report.
#[derive(Debug, Default)]
pub struct Proof {
    /// The rules that the report has figures for, in the order of its tables.
    pub proven: Vec<Proven>,
    /// The rules that it has none for; empty unless the check was thorough.
    pub passed_over: Vec<PassedOver>,
}

/// A rule without figures, and why.
#[derive(Debug)]
pub struct PassedOver {
    /// The form that states the rule.
    pub form: String,
    /// The number of the rule.
    pub id: String,
    /// What it says.
    pub name: Text,
    /// Why it had none.
    pub reason: Reason,
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
    /// The form that states the rule, or `facts`.
    pub form: String,
    /// The number of the rule.
    pub id: String,
    /// What it says.
    pub name: Text,
    /// How many equations it made.
    pub equations: usize,
    /// How the sides relate.
    pub relation: Relation,
    /// How far they may be apart.
    pub tolerance: Tolerance,
    /// The equations that hold exactly; empty unless the check was thorough.
    pub held: Vec<Equation>,
    /// The equations that hold but for a rounding tail.
    pub tails: Vec<Equation>,
    /// The equations that do not hold.
    pub failures: Vec<Equation>,
}

/// Solves all rules of all reports. `thorough` keeps what holds, and what had no figures.
pub(super) fn prove(department: &Department, thorough: bool, findings: &mut Vec<Finding>) -> Vec<Proof> {
    let sheets: Vec<Sheets<'_>> = department.disclosures.iter().map(Sheets::of).collect();
    // What a rule names may be missing because it could not be read.
    let damaged = super::damaged(findings);
    let mut proofs = Vec::new();
    for this in &sheets {
        let id = this.disclosure.id;
        let last = sheets.iter().find(|other| {
            let other = other.disclosure.id;
            other.kind == id.kind && other.year + 1 == id.year
        });
        let reports = Reports { this, last, shelf: Shelf { home: id, disclosures: &department.disclosures } };
        let mut proof = Proof::default();
        let own = this.disclosure.own_rules.iter().map(|own| (Address::FACTS, &own.rule, Some(own.index)));
        let of_facts = this.disclosure.rules.iter().map(|rule| (Address::FACTS, rule, None));
        // A form that is declared empty has nothing to prove, as a performance form of a year without an evaluation.
        let filled = this.disclosure.tables.iter().filter(|table| table.empty.is_none());
        let of_forms =
            filled.flat_map(|table| table.form.rules.iter().map(|rule| (table.form.id.as_str(), rule, None)));
        for (form, rule, own) in of_forms.chain(of_facts).chain(own) {
            let equations = reports.equations(form, rule);
            if equations.is_empty() {
                let reason = reports.without(form, rule);
                findings.extend(
                    own.filter(|_| !damaged && !this.disclosure.unread)
                        .and_then(|index| nothing(this, rule, index, &reason)),
                );
                if thorough {
                    let (id, name) = (rule.id.clone(), rule.name.clone());
                    let form = form.to_owned();
                    proof.passed_over.push(PassedOver { form, id, name, reason });
                }
                continue;
            }
            let mut proven = Proven {
                form: form.to_owned(),
                id: rule.id.clone(),
                name: rule.name.clone(),
                equations: equations.len(),
                relation: rule.relation,
                tolerance: rule.tolerance,
                held: Vec::new(),
                tails: Vec::new(),
                failures: Vec::new(),
            };
            for equation in equations {
                match equation.verdict {
                    Verdict::Holds if thorough => proven.held.push(equation),
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
        proofs.push(proof);
    }
    proofs
}

/// A report's own rule that proves nothing: what it names is not there. Before the second year, nothing can be said of
/// one that compares years.
fn nothing(sheets: &Sheets<'_>, rule: &Rule, index: usize, reason: &Reason) -> Option<Finding> {
    let (why, why_en) = match reason {
        Reason::NoReport(_) => return None,
        Reason::NoForm(form) => (format!("报告中没有表 `{form}`"), format!("the report has no table `{form}`")),
        Reason::NoFigures => {
            ("所指的格没有数字，或没有所指的行".to_owned(), "the cells are blank, or there is no such row".to_owned())
        }
    };
    let place = DataPath::top().key("rules").index(index).in_file(&sheets.disclosure.file);
    let finding = Finding::new(&catalogue::RULE_NOTHING, place).with("rule", &rule.id);
    Some(finding.with("name", &rule.name.zh).with("name-en", &rule.name.en).with("why", why).with("why-en", why_en))
}

/// A tail or a failure as a finding: the total in front, its parts beside it.
fn finding(sheets: &Sheets<'_>, rule: &Rule, equation: &Equation) -> Finding {
    let (stated, computed) = (equation.shown(&equation.left), equation.shown(&equation.right));
    let lead = equation.left.first().or(equation.right.first());
    let at = lead.map_or_else(String::new, |addend| addend.address.to_string());
    let figure = |lang| {
        let figure = lead.and_then(|lead| sheets.disclosure.figure(&lead.address).ok());
        figure.map_or_else(|| at.clone(), |figure| figure.name.get(lang).clone())
    };
    // Beside the leading figure stand those that count.
    let counts = |(at, addend): &(usize, &Addend)| *at == 0 || !addend.amount.is_zero();
    let shown = equation.left.iter().chain(&equation.right).enumerate().filter(counts);
    let mut places = shown.flat_map(|(_, addend)| places(sheets, addend));
    let home = sheets.disclosure.id;
    let first = places.next().unwrap_or_else(|| Place::File(sheets.disclosure.file.clone()));
    let entry = match equation.verdict {
        Verdict::Blank => &catalogue::SUM_BLANK,
        Verdict::Tail(_) | Verdict::Holds => entry(rule, true),
        Verdict::Fails(_) => entry(rule, false),
    };
    let mut finding = Finding::new(entry, first)
        .with("rule", &rule.id)
        .with("name", &rule.name.zh)
        .with("name-en", &rule.name.en)
        .with("figure", figure(Lang::Zh))
        .with("figure-en", figure(Lang::En))
        .with("left", side(&equation.left))
        .with("right", side(&equation.right))
        .with("stated", stated)
        .with("computed", computed)
        .with("difference", equation.difference());
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
    let cells = || rule.operands().filter_map(Operand::cells);
    // Two facts that are to be equal are two places of the document, as two forms are.
    let two = rule.left.len() == 1 && rule.right.len() == 1 && cells().all(|operand| operand.form.is_some());
    let across = two || cells().any(|operand| operand.form.as_deref().is_some_and(|form| form != Address::FACTS));
    let years = cells().any(|operand| operand.last_year);
    match (tail, rule.warning, years, across, rule.relation) {
        (true, ..) if across => &catalogue::CROSS_TAIL,
        (true, ..) => &catalogue::SUM_TAIL,
        (_, true, ..) => &catalogue::CROSS_UNUSUAL,
        _ if rule.tolerance == Tolerance::Printed => &catalogue::RATE_DIFFERS,
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
        .map(|addend| match &addend.derived {
            Some(derived) => format!("{} {}", derived.expression, addend.amount.rounded(2)),
            None => format!("{} {}", addend.address, addend.amount),
        })
        .collect();
    if shown.is_empty() { "0".to_owned() } else { shown.join(" + ") }
}

/// Where the figures of an addend were typed. Only those of this report.
fn places(sheets: &Sheets<'_>, addend: &Addend) -> Vec<Place> {
    match &addend.derived {
        Some(derived) => {
            derived.figures.iter().filter_map(|(report, address)| place(sheets, *report, address)).collect()
        }
        None => place(sheets, addend.report, &addend.address).into_iter().collect(),
    }
}

/// Where a figure was typed: its cell in the file of its table, or its value among the facts.
fn place(sheets: &Sheets<'_>, report: ReportId, address: &Address) -> Option<Place> {
    if report != sheets.disclosure.id {
        return None;
    }
    if address.form == Address::FACTS {
        let path = DataPath::top().key(&address.row).key("figures").key(address.column.as_deref()?).key("value");
        return Some(path.in_file(&sheets.disclosure.facts.file));
    }
    let sheet = sheets.get(&address.form)?;
    Some(sheet.path(&address.row, address.column.as_deref()).in_file(&sheet.table.file))
}
