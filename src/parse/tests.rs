//! Reports from their texts: references across reports, charts of a report's own, text cells, embeds.

use super::*;
use crate::diagnostics::{DataPath, Finding, Place};
use crate::model::{Disclosure, Expression, Lang, Localized, ReportId, ReportKind};
use crate::source::{PartTexts, ReportTexts, SourceFile};

const EXPENDITURE: &str = "columns: [total, basic]\nunlisted: 0.00\nrows:\n  合计: [100.00, 60.00]\n  201: [60.00, 60.00]\n  206: [40.00, 0.00]\n";
const SUM: &str = "kind: pie, title: {zh: 甲, en: A}, classes: expenditure/total";

/// A report whose other files were not read: what is missing is not reported.
fn report(year: u16, yaml: &str, tables: &[(&str, &str)], prose: [&str; 2]) -> ReportSource {
    let folder = format!("content/{year}/final");
    let file = |name: &str, text: &str| SourceFile { path: format!("{folder}/{name}"), text: text.to_owned() };
    let part =
        |lang: &str, text: &str| Some(file(&format!("01-overview.{lang}.md"), &format!("# 概况 {{#top}}\n\n{text}\n")));
    let texts = ReportTexts {
        id: ReportId { year, kind: ReportKind::Final },
        report: Some(file("report.yaml", &format!("format: 1\nforms: cn-2019\n{yaml}"))),
        facts: None,
        tables: tables
            .iter()
            .map(|(form, text)| ((*form).to_owned(), file(&format!("tables/{form}.yaml"), text)))
            .collect(),
        parts: vec![PartTexts {
            number: Some(1),
            slug: "overview".to_owned(),
            texts: Localized { zh: part("zh", prose[0]), en: part("en", prose[1]) },
        }],
        glossary: Localized::default(),
    };
    ReportSource { folder, texts, incomplete: true, unread: true }
}

fn read(reports: Vec<ReportSource>) -> (Vec<Disclosure>, Vec<Finding>) {
    let library = Library::load(&[], dictionary(None).value).value;
    let found = department(None, Text::default(), None, reports, &library);
    (found.value.disclosures, found.findings)
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.entry.code).collect()
}

#[test]
fn a_mistake_of_another_year_is_reported_there_only() {
    let last = |table: &str| report(2018, "", &[("expenditure", table)], ["", ""]);
    let prose = "{change expenditure/total/basic from expenditure/total/basic@2018}";
    let this = || report(2019, "", &[("expenditure", EXPENDITURE)], [prose, prose]);
    let (_, findings) = read(vec![last(EXPENDITURE), this()]);
    assert_eq!(codes(&findings), Vec::<&str>::new());
    let (_, findings) = read(vec![last(&EXPENDITURE.replace("60.00]", "6O.00]")), this()]);
    assert!(
        !findings.is_empty() && findings.iter().all(|finding| finding.place.file().contains("2018")),
        "{findings:?}"
    );
    let mut failed = last(EXPENDITURE);
    failed.texts.report.as_mut().unwrap().text = "forms: [".to_owned();
    let (_, findings) = read(vec![failed, this()]);
    assert!(
        !findings.is_empty() && findings.iter().all(|finding| finding.place.file().contains("2018")),
        "{findings:?}"
    );
}

#[test]
fn a_form_is_suggested_from_the_report_that_is_meant() {
    let last = report(2018, "", &[("expenditure", EXPENDITURE)], ["", ""]);
    let prose = "{expenditur/total/basic@2018}";
    let (_, findings) = read(vec![last, report(2019, "", &[], [prose, prose])]);
    let help = |finding: &Finding| finding.fill(finding.entry.en.help);
    assert_eq!(findings.iter().map(help).collect::<Vec<_>>(), ["perhaps `expenditure`"; 2]);
}

#[test]
fn a_whole_keeps_its_year() {
    let last = report(2018, "", &[("expenditure", &EXPENDITURE.replace("100.00", "200.00"))], ["", ""]);
    let yaml = format!("charts:\n  - {{id: mine, {SUM}, whole: expenditure/total/total@2018}}\n");
    let (disclosures, findings) = read(vec![last, report(2019, &yaml, &[("expenditure", EXPENDITURE)], ["", ""])]);
    assert_eq!(codes(&findings), Vec::<&str>::new());
    let share = disclosures[1].charts[0].marks[0].share.as_ref().unwrap();
    assert_eq!((share.figures[1].report.year, share.value.number().unwrap().to_string()), (2018, "30.00".to_owned()));
    assert!(matches!(&share.derivation.expression, Expression::Share(_, whole) if whole.year == Some(2018)));
}

#[test]
fn own_charts_replace_those_of_the_set() {
    let yaml = format!("charts:\n  - {{id: functional-shares, {SUM}}}\n");
    let (disclosures, findings) = read(vec![report(2019, &yaml, &[("expenditure", EXPENDITURE)], ["", ""])]);
    assert_eq!(codes(&findings), Vec::<&str>::new());
    let titles: Vec<&str> = disclosures[0].charts.iter().map(|chart| chart.title.zh.as_str()).collect();
    assert_eq!(titles, ["甲", "每 100 元支出花在哪"]);
}

#[test]
fn a_key_figure_is_compared_with_the_year_before_where_there_is_one() {
    let yaml = "figures:\n  - name: {zh: 支出, en: Expenditure}\n    figure: expenditure/total/total\n    below:\n      - {name: {zh: 比上年, en: Against last year}, figure: \"growth expenditure/total/total from expenditure/total/total@{last-year}\"}\n";
    let last = report(2018, "", &[("expenditure", &EXPENDITURE.replace("100.00", "200.00"))], ["", ""]);
    let this = || report(2019, yaml, &[("expenditure", EXPENDITURE)], ["", ""]);
    let (disclosures, findings) = read(vec![last, this()]);
    assert_eq!(codes(&findings), Vec::<&str>::new());
    let below = &disclosures[1].highlights.last().unwrap().below;
    assert_eq!(below[0].value.say(Lang::Zh), "下降\u{a0}50.00%");
    assert_eq!(below[0].value.moved(), Some(std::cmp::Ordering::Less));
    // What a report types itself must be there; a set's is left out.
    let (_, findings) = read(vec![this()]);
    assert_eq!(codes(&findings), ["figure/unknown-address"]);
    let path = DataPath::top().key("figures").index(0).key("below").index(0).key("figure");
    assert_eq!(findings[0].place, path.in_file("content/2019/final/report.yaml"));
}

/// What is read in place of a missing key is no mistake beside it; what is typed beside it is.
#[test]
fn a_missing_key_of_a_chart_or_a_key_figure_is_one_mistake() {
    let tables = [("expenditure", EXPENDITURE)];
    for (yaml, expected) in [
        (format!("charts:\n  - {{{SUM}}}\n"), vec!["yaml/missing-key"]),
        ("figures:\n  - {name: {zh: 甲, en: A}}\n".to_owned(), vec!["yaml/missing-key"]),
        (format!("charts:\n  - {{{SUM}}}\n  - {{id: \u{fffd}, {SUM}}}\n"), vec!["yaml/missing-key", "form/bad-id"]),
    ] {
        let (_, findings) = read(vec![report(2019, &yaml, &tables, ["", ""])]);
        assert_eq!(codes(&findings), expected, "{yaml}");
    }
}

/// A chart that was not read is not missed again; a name that no chart has is, whatever else is wrong with the file.
#[test]
fn a_chart_that_nobody_typed_is_missed_beside_other_mistakes() {
    let tables = [("expenditure", EXPENDITURE)];
    let embed = ["![图](chart:mine)", "![chart](chart:mine)"];
    for (yaml, expected) in [
        ("bogus: 1\n".to_owned(), vec!["markdown/unknown-embed", "markdown/unknown-embed", "yaml/unknown-key"]),
        (format!("charts:\n  - {{{SUM}}}\n"), vec!["yaml/missing-key"]),
        ("charts: 5\n".to_owned(), vec!["yaml/type"]),
    ] {
        let (_, findings) = read(vec![report(2019, &yaml, &tables, embed)]);
        let mut codes = codes(&findings);
        codes.sort_unstable();
        assert_eq!(codes, expected, "{yaml}");
    }
}

#[test]
fn mistyped_charts_are_findings() {
    for (chart, code) in [
        ("whole: sum expenditure/total/total + expenditure/total/basic, classes: expenditure/total", "figure/syntax"),
        ("whole: expenditure/total/total stated=1, classes: expenditure/total", "figure/syntax"),
        ("classes: expenditur/total", "figure/unknown-address"),
        ("classes: expenditure", "figure/unknown-address"),
        ("classes: expenditure/basik", "figure/unknown-address"),
    ] {
        let yaml = format!("charts:\n  - {{id: mine, kind: pie, title: {{zh: 甲, en: A}}, {chart}}}\n");
        let (_, findings) = read(vec![report(2019, &yaml, &[("expenditure", EXPENDITURE)], ["", ""])]);
        assert_eq!(codes(&findings), [code], "{chart}");
    }
}

#[test]
fn findings_of_a_text_cell_stand_at_its_row_as_typed() {
    let table = "rows:\n  年度目标:\n    goal: {zh: \"{a b}\", en: B}\n    achieved: {zh: 甲, en: A}\n  digital-upgrade:\n    name: {zh: 甲, en: A}\n    goal: {zh: \"## 目标\", en: \"{a b}\"}\n    result: {zh: 乙, en: B}\n    amount: 1.00\n";
    let (_, findings) = read(vec![report(2019, "", &[("performance", table)], ["", ""])]);
    assert_eq!(codes(&findings), ["figure/syntax", "markdown/heading-misplaced", "figure/syntax"]);
    let paths = findings.iter().map(|finding| match &finding.place {
        Place::Data(_, path) => path.to_string(),
        place => panic!("{place:?}"),
    });
    let row = "rows › digital-upgrade › goal";
    assert_eq!(
        paths.collect::<Vec<_>>(),
        ["rows › 年度目标 › goal › zh".to_owned(), format!("{row} › zh"), format!("{row} › en")]
    );
}

#[test]
fn embeds_stand_once_and_in_both_languages() {
    let chart = "![图](chart:functional-shares)";
    let tables = [("general-budget-expenditure", EXPENDITURE)];
    let said = |zh: &str, en: &str| codes(&read(vec![report(2019, "", &tables, [zh, en])]).1);
    assert_eq!(said(chart, chart), Vec::<&str>::new());
    assert_eq!(said(chart, "text"), ["markdown/embeds-differ"]);
    let twice = format!("{chart}\n\n{chart}");
    assert_eq!(said(&twice, &twice), ["markdown/embed", "markdown/embed"]);
    let typo = "![图](chart:functional-share)";
    assert_eq!(said(typo, chart), ["markdown/unknown-embed"]);
}

#[test]
fn a_term_is_no_broken_link_where_the_glossary_could_not_be_read() {
    let prose = "见[某词](term:some)。";
    let unread = report(2019, "", &[("expenditure", EXPENDITURE)], [prose, prose]);
    let none = ReportSource { incomplete: false, ..report(2019, "", &[("expenditure", EXPENDITURE)], [prose, prose]) };
    assert!(!codes(&read(vec![unread]).1).contains(&"markdown/broken-link"));
    assert!(codes(&read(vec![none]).1).contains(&"markdown/broken-link"), "there is no glossary");
}
