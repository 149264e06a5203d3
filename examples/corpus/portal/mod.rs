//! A portal in the shape of the published accounts of a district's departments, with made-up names and amounts.
//!
//! Amounts are made in whole yuan and balance exactly; what is written is rounded to 万元, as in real accounts, so that
//! real rounding tails appear. The same numbers give the same portal on every machine.

mod accounts;
mod facts;
mod narrative;
mod random;
mod sentences;
mod tables;

use accounts::{Account, Profile};
use random::Random;

/// A path below the site's root, and its text.
pub(crate) type File = (String, String);

/// The first year of every department.
const FIRST_YEAR: u16 = 2019;

/// What belongs to the portal as a whole.
pub(crate) fn site() -> Vec<File> {
    let text = "\
format: 1
title: {zh: 示例公开平台, en: Example disclosure portal}
department: {zh: 示例区, en: Example District}
intro:
  zh: 示例数据：部门、金额和说明都由程序生成，用来测量速度。
  en: \"Example data: departments, amounts and notes are made up by a program, to measure speed.\"
notice:
  zh: 示例数据，非真实决算。
  en: Example data, not real accounts.
";
    vec![("site.yaml".to_owned(), text.to_owned())]
}

/// All files of a department.
pub(crate) fn department(number: u16, years: u16) -> Vec<File> {
    let mut random = Random::seeded(u64::from(number));
    let profile = Profile::choose(&mut random);
    let folder = format!("content/d{number:03}");
    let (zh, en) = (format!("示例{}（{number}）", profile.zh), format!("Example {} ({number})", profile.en));
    let mut files = vec![(format!("{folder}/department.yaml"), format!("name: {{zh: {zh}, en: {en}}}\n"))];
    let mut last = Account::before(FIRST_YEAR - 1, &profile, &mut random);
    for year in FIRST_YEAR..FIRST_YEAR + years {
        let account = Account::after(&last, &mut random);
        let report = Report { zh: &zh, en: &en, this: &account, last: &last, is_first: year == FIRST_YEAR };
        let folder = format!("{folder}/{year}/final");
        files.extend(report.files(&mut random).into_iter().map(|(path, text)| (format!("{folder}/{path}"), text)));
        last = account;
    }
    files
}

/// What a report is written from.
struct Report<'a> {
    /// The department, in Chinese.
    zh: &'a str,
    /// The department, in English.
    en: &'a str,
    this: &'a Account,
    last: &'a Account,
    /// Whether the year before has no report: its figures are then facts of this one.
    is_first: bool,
}

impl Report<'_> {
    fn files(&self, random: &mut Random) -> Vec<File> {
        let year = self.this.year;
        let forms = if year == 2019 { "cn-2019" } else { "cn-2020" };
        let next = year + 1;
        let report = format!(
            "format: 1\nforms: {forms}\napproved: {next}-08-20\npublished: {next}-09-02\n\
             source: {{zh: 示例数据，非真实决算, en: \"Example data, not real accounts\"}}\n"
        );
        let mut files = vec![("report.yaml".to_owned(), report), ("facts.yaml".to_owned(), facts::facts(self))];
        files.extend(tables::tables(self.this));
        files.extend(narrative::parts(self, random));
        files
    }
}
