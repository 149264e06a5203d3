//! The words of the program itself, in Chinese and English.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::diagnostics::{Finding, Severity};
use crate::model::Lang;
use crate::pipeline::Outcome;

/// `3 个错误，1 个警告` or `3 errors, 1 warning`; nothing when there are no findings.
pub(super) fn counts(findings: &[Finding], lang: Lang) -> String {
    let mut said = Vec::new();
    for (severity, zh, en) in
        [(Severity::Error, "错误", "error"), (Severity::Warning, "警告", "warning"), (Severity::Note, "提示", "note")]
    {
        let open = |finding: &&Finding| finding.entry.severity == severity && finding.accepted().is_none();
        let count = findings.iter().filter(open).count();
        match (count, lang) {
            (0, _) => {}
            (_, Lang::Zh) => said.push(format!("{count} 个{zh}")),
            (1, Lang::En) => said.push(format!("1 {en}")),
            (_, Lang::En) => said.push(format!("{count} {en}s")),
        }
    }
    // What both languages state alike is accepted once, and is one place.
    let accepted = findings.iter().filter(|finding| finding.accepted().is_some());
    let accepted: BTreeSet<_> = accepted
        .filter_map(|finding| {
            let claim = finding.claim.as_ref()?;
            Some((finding.entry.code, &claim.report, &claim.at, &claim.stated, &claim.computed))
        })
        .collect();
    let accepted = accepted.len();
    match (accepted, lang) {
        (0, _) => {}
        (_, Lang::Zh) => said.push(format!("{accepted} 处已接受的问题")),
        (_, Lang::En) => said.push(format!("{accepted} accepted")),
    }
    said.join(if lang == Lang::Zh { "，" } else { ", " })
}

/// What a build does not list, and the command that does.
pub(super) fn unlisted(command: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("提示和已接受的问题没有列出，用 {command} 查看"),
        Lang::En => format!("Notes and accepted findings are not listed: {command} shows them"),
    }
}

/// What was built, in a line or two.
pub(super) fn summary(outcome: &Outcome, output: &str, took: Duration, lang: Lang) -> String {
    let reports: usize = outcome.summaries.iter().map(|summary| summary.years.len()).sum();
    let amounts: usize = outcome.summaries.iter().flat_map(|summary| &summary.years).map(|year| year.amounts).sum();
    let departments = outcome.summaries.len();
    let counts = counts(&outcome.findings, lang);
    let seconds = format!("{:.1}", took.as_secs_f64());
    let unchanged =
        outcome.published.as_ref().is_some_and(|published| published.changed == 0 && published.removed == 0);
    match lang {
        Lang::Zh => {
            let findings = if counts.is_empty() { "没有问题".to_owned() } else { counts };
            let state = if unchanged { "内容没有变化，文件未改动" } else { "已生成" };
            format!(
                "{state}：{departments} 个部门，{reports} 份报告，{amounts} 个表内数字；{} 个页面，{} 种语言；{findings}；用时 {seconds} 秒\n输出目录：{output}",
                outcome.pages, outcome.languages
            )
        }
        Lang::En => {
            let findings = if counts.is_empty() { "no findings".to_owned() } else { counts };
            let state = if unchanged { "Nothing changed, no file was touched" } else { "Built" };
            let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
            format!(
                "{state}: {}, {}, {} in tables; {} in {}; {findings}; {seconds} s\nOutput: {output}",
                plural(departments, "department"),
                plural(reports, "report"),
                plural(amounts, "figure"),
                plural(outcome.pages, "page"),
                plural(outcome.languages, "language"),
            )
        }
    }
}

/// What a site lacks that does not say where it is published.
pub(super) fn no_base(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => {
            "site.yaml 没有写 base_url：404.html 不知道首页在哪里，只能说明怎样找到；sitemap.xml 和订阅源也不生成。"
        }
        Lang::En => {
            "site.yaml has no base_url: 404.html cannot link to the home page and says how to find it; there is no sitemap.xml and no feed."
        }
    }
}

/// The proof sheet was written.
pub(super) fn sheet(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("核对表：{path}"),
        Lang::En => format!("Proof sheet: {path}"),
    }
}

/// The proof sheet was not written, because a report could not be read.
pub(super) fn no_sheet(lang: Lang) -> String {
    match lang {
        Lang::Zh => "没有写核对表：有报告读不出来，见上面的错误。".to_owned(),
        Lang::En => "No proof sheet was written: a report could not be read, see the errors.".to_owned(),
    }
}

/// What a check came to.
pub(super) fn checked(findings: &[Finding], equations: usize, took: Duration, lang: Lang) -> String {
    let counts = counts(findings, lang);
    let seconds = format!("{:.1}", took.as_secs_f64());
    match lang {
        Lang::Zh if counts.is_empty() => format!("检查了 {equations} 个等式，没有问题；用时 {seconds} 秒"),
        Lang::Zh => format!("检查了 {equations} 个等式；{counts}；用时 {seconds} 秒"),
        Lang::En if counts.is_empty() => format!("{equations} equations checked, no findings; {seconds} s"),
        Lang::En => format!("{equations} equations checked; {counts}; {seconds} s"),
    }
}

/// The folder that was named as the site's is none.
pub(super) fn no_site(folder: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("没有 {folder} 这个文件夹。--site 后面写 site.yaml 所在的文件夹。"),
        Lang::En => format!("There is no folder {folder}. Name the folder with site.yaml in it behind --site."),
    }
}

/// Why nothing was published.
pub(super) fn refused(findings: &[Finding], output: &str, lang: Lang) -> String {
    let counts = counts(findings, lang);
    match lang {
        Lang::Zh => format!("未生成：{counts}。{output} 保持原样，改正后再运行一次。"),
        Lang::En => format!("Not built: {counts}. {output} is as it was; fix this and run again."),
    }
}

/// How far a long build is.
pub(super) fn progress(done: usize, total: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已完成 {done}/{total} 个部门"),
        Lang::En => format!("{done} of {total} departments done"),
    }
}
