//! Accepted findings: what a published document got wrong stays as it is, said and with its reason.
//!
//! An acceptance names code, place, stated and computed value. A changed value voids it, and one that meets nothing
//! is itself a finding: nothing stays accepted that is no longer there.

use crate::diagnostics::{Acceptance, Claim, DataPath, Finding, catalogue};
use crate::model::{Accepted, Department, Disclosure};

/// Marks the findings that the reports accept, and says which acceptances meet none.
pub(super) fn accept(department: &Department, findings: &mut Vec<Finding>) {
    // Where a file could not be read, what is accepted in it could not be found either.
    let damaged = super::damaged(findings);
    let (mut unmet, mut public) = (Vec::new(), Vec::new());
    for disclosure in &department.disclosures {
        let report = disclosure.id.to_string();
        for (index, accepted) in disclosure.accepted.iter().enumerate() {
            if accepted.public && is_of_files(&accepted.code) {
                let place = DataPath::top().key("accepted").index(index).key("visible").in_file(&disclosure.file);
                public.push(Finding::new(&catalogue::ACCEPTED_PUBLIC, place).with("code", &accepted.code));
            }
            let met = mark(accepted, &report, findings);
            let twice = disclosure.accepted[..index].iter().any(|other| key(other) == key(accepted));
            if twice || (!met && !(can_be_accepted(&accepted.code) && (damaged || disclosure.unread))) {
                unmet.push((disclosure, index, twice));
            }
        }
    }
    // What is still open is known when all are marked.
    let said: Vec<Finding> = unmet.into_iter().map(|(of, index, twice)| nothing(of, index, twice, findings)).collect();
    findings.extend(said);
    findings.extend(public);
}

fn key(accepted: &Accepted) -> (&str, &str, &str, &str) {
    (&accepted.code, &accepted.at, &accepted.stated, &accepted.computed)
}

/// Marks what an acceptance meets; whether that is anything.
fn mark(accepted: &Accepted, report: &str, findings: &mut [Finding]) -> bool {
    let mut met = false;
    for finding in findings.iter_mut().filter(|finding| finding.entry.code == accepted.code) {
        let Some(claim) = &mut finding.claim else { continue };
        let same = (&claim.at, &claim.stated, &claim.computed) == (&accepted.at, &accepted.stated, &accepted.computed);
        if claim.report == report && same {
            met = true;
            claim.accepted = Some(Acceptance {
                reason_zh: accepted.reason.zh.clone(),
                reason_en: accepted.reason.en.clone(),
                public: accepted.public,
            });
        }
    }
    met
}

/// Whether findings of a code can be accepted: they say what is stated, and may be what the document says.
fn can_be_accepted(code: &str) -> bool {
    let family = code.split('/').next().unwrap_or_default();
    matches!(family, "sum" | "cross" | "rate" | "year" | "text") && code != catalogue::TEXT_SENSITIVE.code
        || code == catalogue::FIGURE_STATED.code
        || is_of_files(code)
}

/// Whether findings of a code are about the files of the report: a reader of the document could not find what they say in it.
fn is_of_files(code: &str) -> bool {
    [&catalogue::OLDER_FORM_SET, &catalogue::REPORT_LEFT_OVER].iter().any(|entry| entry.code == code)
}

/// An acceptance that meets nothing, with what to do about it.
fn nothing(disclosure: &Disclosure, index: usize, twice: bool, findings: &[Finding]) -> Finding {
    let accepted = &disclosure.accepted[index];
    let report = disclosure.id.to_string();
    let open = |finding: &&Finding| finding.claim.as_ref().is_some_and(|claim| claim.report == report);
    let open: Vec<&Finding> =
        findings.iter().filter(open).filter(|finding| finding.accepted().is_none() && finding.is_error()).collect();
    let alike = || findings.iter().filter(|finding| finding.entry.code == accepted.code);
    let claims = || alike().filter_map(|finding| finding.claim.as_deref()).filter(|claim| claim.report == report);
    let at_the_place = claims().find(|claim| claim.at == accepted.at);
    let elsewhere = || claims().find(|claim| claim.accepted.is_none());
    let is_cause = |finding: &&Finding| finding.entry.code != accepted.code && !finding.entry.code.starts_with("text/");
    let (zh, en) = if twice {
        ("前面已有相同的一条，删去这一条".to_owned(), "it stands above already; remove this".to_owned())
    } else if catalogue::ALL.iter().all(|entry| entry.code != accepted.code) {
        let family = accepted.code.split('/').next().unwrap_or_default();
        let known = catalogue::ALL.iter().map(|entry| entry.code);
        let known: Vec<&str> =
            known.filter(|code| code.split('/').next() == Some(family) && can_be_accepted(code)).collect();
        (
            format!("没有这个代码；{}", listed(&known, "可用的有 ", "代码见 docs/findings.zh.md")),
            format!("there is no such code; {}", listed(&known, "there are ", "docs/findings.md lists them")),
        )
    } else if !can_be_accepted(&accepted.code) {
        (
            "这类问题不能接受，只能改正；删去这一条".to_owned(),
            "findings of this code cannot be accepted, only corrected; remove this".to_owned(),
        )
    } else if accepted.code == catalogue::TEXT_WORDS.code {
        (
            "stated 须照正文、名词解释或表中文字的写法，在同一段之内；computed 须与之不同，并另见于文中或某行、某栏的名称；核对后改写或删去"
                .to_owned(),
            "`stated` has to stand in the text, a term or a cell of words, within one paragraph; `computed` has to be other words, \
             and stand elsewhere in the text or in the name of a row or a column; check both, then change or remove this"
                .to_owned(),
        )
    } else if open.iter().any(is_cause) {
        (
            "多半因为有关的数变了：先改正上面的错误，再运行一次；这一条先不要删".to_owned(),
            "most likely a figure that it rests on has changed: correct the errors above and run again before you remove this"
                .to_owned(),
        )
    } else if let Some(claim) = at_the_place {
        (
            format!("现在是 {}；核对后改正或删去", in_keys(claim, false)),
            format!("it is now {}; check it, then change or remove this", in_keys(claim, false)),
        )
    } else if let Some(claim) = elsewhere() {
        (
            format!("这个代码还没有接受的有 {}；核对 at 和 stated", in_keys(claim, true)),
            format!("not accepted yet of this code: {}; check at and stated", in_keys(claim, true)),
        )
    } else {
        ("问题已不存在，删去这一条".to_owned(), "the finding is no longer there; remove this".to_owned())
    };
    let place = DataPath::top().key("accepted").index(index).in_file(&disclosure.file);
    Finding::new(&catalogue::ACCEPTED_NOTHING, place)
        .with("code", &accepted.code)
        .with("at", &accepted.at)
        .with("help", zh)
        .with("help-en", en)
}

fn listed(codes: &[&str], some: &str, none: &str) -> String {
    let quoted: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    if quoted.is_empty() { none.to_owned() } else { format!("{some}{}", quoted.join(" ")) }
}

/// A claim in the keys of an acceptance, which are the same in both languages.
fn in_keys(claim: &Claim, place: bool) -> String {
    let at = if place { format!("at: {}, ", claim.at) } else { String::new() };
    let computed = if claim.computed.is_empty() { String::new() } else { format!(", computed: {}", claim.computed) };
    format!("`{at}stated: {}{computed}`", claim.stated)
}
