//! Days of the calendar, as `report.yaml` and `facts.yaml` write them.

use crate::diagnostics::{DataPath, Finding, catalogue};
use crate::model::{Facts, Lang, Localized};

/// Year, month and day.
type Day = (u32, u32, u32);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether a text is a day, or a minute of a day as `2020-09-15 10:30`, Beijing time.
pub(super) fn is_day_or_minute(text: &str) -> bool {
    let Some((day, time)) = text.split_once(' ') else { return is_date(text) };
    let part = |text: &str, below: u32| text.len() == 2 && text.parse::<u32>().is_ok_and(|number| number < below);
    is_date(day) && time.split_once(':').is_some_and(|(hour, minute)| part(hour, 24) && part(minute, 60))
}

/// Whether a text is a day of the calendar, as `2020-09-15`.
pub(super) fn is_date(text: &str) -> bool {
    calendar(text).is_some_and(exists)
}

/// Why a text is no date: `2020-09-31` is one but for the day.
pub(super) fn date_words(text: &str) -> (String, String) {
    match calendar(text.split(' ').next().unwrap_or_default()) {
        Some((year, month, day)) if day > 0 && !exists((year, month, day)) => too_late(year, month),
        _ => ("不是日期".to_owned(), "not a date".to_owned()),
    }
}

/// How many days a month has, for a day behind its last.
fn too_late(year: u32, month: u32) -> (String, String) {
    let days = days_of(year, month);
    (format!("{year} 年 {month} 月只有 {days} 天"), format!("{} {year} has {days} days", MONTHS[month as usize - 1]))
}

/// Year, month and day of a text like `2020-09-15`, whatever the day.
fn calendar(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let number = |part: &str, width: usize| (part.len() == width).then(|| part.parse::<u32>().ok()).flatten();
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    (1..=12).contains(&month).then_some((year, month, day))
}

fn exists((year, month, day): Day) -> bool {
    (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day)
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 => 28 + u32::from(year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What is wrong with the days for which facts hold: one that no calendar has, or another in each language.
pub(super) fn of_facts(facts: &Facts, findings: &mut Vec<Finding>) {
    for group in &facts.groups {
        for fact in &group.facts {
            let Some(text) = &fact.as_of else { continue };
            let path = DataPath::top().key(&group.id).key("figures").key(&fact.id).key("as-of");
            let place = |lang: Lang| path.key(lang.code()).in_file(&facts.file);
            let days = Localized { zh: chinese(&text.zh), en: english(&text.en) };
            let before = findings.len();
            for lang in Lang::ALL {
                let Some(day) = days.get(lang).filter(|day| !exists(*day)) else { continue };
                let (detail, detail_en) = if (1..=12).contains(&day.1) && day.2 > 0 {
                    too_late(day.0, day.1)
                } else {
                    ("没有这一天".to_owned(), "there is no such day".to_owned())
                };
                findings.push(
                    Finding::new(&catalogue::YAML_TYPE, place(lang))
                        .with("detail", detail)
                        .with("detail-en", detail_en)
                        .with("expected", "有这一天的日期")
                        .with("expected-en", "a day of the calendar")
                        .with("help", "照原文核对后改正，两种语言一并改")
                        .with("help-en", "check it against the document and correct it, in both languages"),
                );
            }
            if let (Some(zh), Some(en)) = (days.zh, days.en)
                && zh != en
                && findings.len() == before
            {
                findings.push(
                    Finding::new(&catalogue::TRANSLATION_FIGURES, place(Lang::En))
                        .with("language", "英文")
                        .with("language-en", "English")
                        .with("figures", in_english(zh))
                        .with("file", &facts.file)
                        .beside(place(Lang::Zh)),
                );
            }
        }
    }
}

fn in_english((year, month, day): Day) -> String {
    format!("{day} {} {year}", MONTHS[month as usize - 1])
}

/// The one full date in a Chinese text: `截至 2019年12月31日`. Of a text with several days, as a period, nothing is said.
fn chinese(text: &str) -> Option<Day> {
    if text.matches('日').count() + text.matches('号').count() > 1 {
        return None;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    text.match_indices('年').find_map(|(at, _)| {
        let digits = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let (month, rest) = text[at + '年'.len_utf8()..].split_once('月')?;
        let (day, _) = rest.split_once('日')?;
        Some((number(&text[at - digits..at])?, number(month)?, number(day)?))
    })
}

/// The one full date in an English text: `31 December 2019`, `30th of December 2019`, or `December 31, 2019`.
fn english(text: &str) -> Option<Day> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty() && *word != "of").collect();
    let is_month = |word: &&&str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word));
    if words.iter().filter(is_month).count() > 1 {
        return None;
    }
    words.iter().enumerate().find_map(|(at, word)| {
        let month = MONTHS.iter().zip(1..).find(|(month, _)| month.eq_ignore_ascii_case(word))?.1;
        let beside = |at: Option<usize>| at.and_then(|at| number(words.get(at)?));
        // A year has four digits, a day one or two.
        let day = |at| beside(at).filter(|number| *number < 100);
        let year = |at| beside(Some(at)).filter(|number| *number >= 1000);
        match (day(at.checked_sub(1)), year(at + 1)) {
            (Some(day), Some(year)) => Some((year, month, day)),
            _ => Some((year(at + 2)?, month, day(Some(at + 1))?)),
        }
    })
}

/// A number of at most four digits, whatever stands around it.
fn number(text: &str) -> Option<u32> {
    let digits = text.trim_matches(|c: char| !c.is_ascii_digit());
    (digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_both_languages() {
        assert_eq!(chinese("截至2019年12月31日"), Some((2019, 12, 31)));
        assert_eq!(chinese("2019 年 2 月 30 日"), Some((2019, 2, 30)));
        assert_eq!(chinese("2018年起，至2019年6月1日"), Some((2019, 6, 1)));
        assert_eq!(english("as of 31 December 2019."), Some((2019, 12, 31)));
        assert_eq!(english("December 31, 2019"), Some((2019, 12, 31)));
        for text in ["2019年底", "2019年12月", "2019年末"] {
            assert_eq!(chinese(text), None, "{text}");
        }
        assert_eq!(english("30th of December 2019"), Some((2019, 12, 30)));
        for text in ["2019年1月1日至12月31日", "2018年12月31日和2019年12月31日"] {
            assert_eq!(chinese(text), None, "{text}: a period is no day");
        }
        for text in [
            "end of 2019",
            "December 2019",
            "mid-May 2019",
            "may be 2019",
            "at the end of 2018, May 2019",
            "1 January to 31 December 2019",
        ] {
            assert_eq!(english(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_exists_or_does_not() {
        assert!(exists((2020, 2, 29)) && !exists((2019, 2, 29)) && !exists((2019, 11, 31)) && !exists((2019, 13, 1)));
        assert!(is_date("2019-11-30") && !is_date("2019-11-31") && !is_date("2019-1-1"));
        assert_eq!(date_words("2019-11-31").0, "2019 年 11 月只有 30 天");
        assert_eq!(date_words("2019-11-00").0, "不是日期");
    }
}
