//! The commands' faces: arguments, words, colours. The only code that prints.

mod build;
mod check;
mod help;
mod machine;
mod report;
mod sheet;
mod words;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::diagnostics::{Finding, Severity};
use crate::model::Lang;

/// 把部门决算做成中英双语的静态网站 / Publish departmental final accounts as a bilingual static site
#[derive(Debug, Parser)]
#[command(name = "gongkai", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    face: FaceArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 生成网站 / Build the site
    Build(BuildArguments),
    /// 只检查，不生成：列出全部问题、尾差和已接受的问题 / Check only: all findings, rounding tails and accepted ones
    Check(CheckArguments),
}

#[derive(Debug, Args)]
struct CheckArguments {
    /// 报告的文件夹、report.yaml 或站点目录，可以写多个；不写则检查 --site / Folders of reports, their report.yaml, or whole sites; by default that of --site
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 站点目录（site.yaml 所在处） / The site's folder, with site.yaml in it
    #[arg(long, value_name = "DIR", default_value = ".", conflicts_with = "files")]
    site: PathBuf,
    /// 报告的年度，文件夹名里没有时写 / The year of the reports, where no folder says it
    #[arg(long, value_name = "YEAR", requires = "files", value_parser = clap::value_parser!(u16).range(1949..=2099))]
    year: Option<u16>,
    /// 报告的种类，文件夹名里没有时写，默认为决算 / The kind of the reports, where no folder says it; by default final
    #[arg(long, value_enum, requires = "files")]
    kind: Option<KindName>,
    /// 另写一份核对表（HTML），供打印签字 / Write a proof sheet (HTML), to be printed and signed
    #[arg(long, value_name = "FILE.html")]
    sheet: Option<PathBuf>,
    /// 输出格式 / How findings are written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// For whom findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// People.
    Text,
    /// Other programs; the shape is in docs/findings.md.
    Json,
    /// Workflow annotations.
    Github,
}

/// The kind of a report.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindName {
    /// 决算 / Final accounts
    Final,
    /// 预算 / The budget
    Budget,
}

#[derive(Debug, Args)]
struct BuildArguments {
    /// 站点目录（site.yaml 所在处） / The site's folder, with site.yaml in it
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// 输出目录，默认为站点目录下的 output / Where to write the site; by default output/ in the site's folder
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct FaceArguments {
    /// 提示文字的语言，默认随系统 / The language of messages; by default the locale's
    #[arg(long, value_enum, global = true)]
    lang: Option<LangName>,
    /// 何时使用颜色 / When to use colours
    #[arg(long, value_enum, default_value = "auto", global = true)]
    color: Colour,
    /// 只列错误和警告，不列提示、已接受的问题和进度 / Only errors and warnings: no notes, nothing accepted, no progress
    #[arg(short, long, conflicts_with = "verbose", global = true)]
    quiet: bool,
    /// 报告每一步 / Say more
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LangName {
    Zh,
    En,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// How the program speaks.
#[derive(Clone, Copy, Debug)]
struct Face {
    lang: Lang,
    colour: bool,
    quiet: bool,
    verbose: bool,
}

/// Runs the program: 0 done, 1 errors in the site, 2 usage or I/O.
pub fn run() -> ExitCode {
    let typed: Vec<_> = std::env::args_os().collect();
    let parsed = help::in_language(Arguments::command(), help::asked_for(&typed)).try_get_matches_from(typed);
    let arguments = match parsed.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for; anything else is a mistake of usage.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let face = Face::of(&arguments.face);
    let site = match &arguments.command {
        Command::Build(arguments) => &arguments.site,
        Command::Check(arguments) => &arguments.site,
    };
    if !crate::source::is_folder(site) {
        warn(&words::no_site(&site.display().to_string(), face.lang));
        return ExitCode::from(2);
    }
    match arguments.command {
        Command::Build(arguments) => {
            let output = arguments.output.clone().unwrap_or_else(|| match arguments.site.as_os_str() {
                here if here == "." => PathBuf::from("output"),
                _ => arguments.site.join("output"),
            });
            build::run(&arguments.site, &output, face)
        }
        Command::Check(arguments) => check::run(&arguments, face),
    }
}

impl Face {
    fn of(arguments: &FaceArguments) -> Self {
        let lang = match arguments.lang {
            Some(LangName::Zh) => Lang::Zh,
            Some(LangName::En) => Lang::En,
            None => locale(|name| std::env::var(name).ok()),
        };
        let colour = match arguments.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        Face { lang, colour, quiet: arguments.quiet, verbose: arguments.verbose }
    }
}

/// Whether there is something to do about a finding: no rounding tail or other note, and nobody has accepted it.
fn is_open(finding: &Finding) -> bool {
    finding.accepted().is_none() && finding.entry.severity != Severity::Note
}

/// Says something on standard output. Whoever closed it does not want to hear more: that is no mistake.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Says something on standard error.
fn warn(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// The language of the locale, as POSIX orders its variables. Without any of them, as on Windows: Chinese, the
/// language of those who publish.
fn locale(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    match ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set) {
        Some(value) if !value.starts_with("zh") => Lang::En,
        _ => Lang::Zh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_chooses_the_language() {
        let with = |values: &'static [(&str, &str)]| {
            locale(|name| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(with(&[("LANG", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(with(&[("LANG", "en_GB.UTF-8")]), Lang::En);
        assert_eq!(with(&[("LC_ALL", "zh_CN.UTF-8"), ("LANG", "C.UTF-8")]), Lang::Zh);
        assert_eq!(with(&[("LC_ALL", ""), ("LANG", "C.UTF-8")]), Lang::En);
        assert_eq!(with(&[]), Lang::Zh);
    }
}
