//! Names of departments in a Chinese text, where it is certain that the report's own is meant.

use std::ops::Range;

/// What a report says of its own department behind the year, or behind the department's name.
const OWN: [&str; 8] = ["部门决算", "部门预算", "决算", "收入总计", "收、支总计", "收入支出", "总收入", "总支出"];
/// How a body may be called.
const BODIES: [&str; 11] = ["局", "委", "委员会", "办公室", "中心", "厅", "院", "署", "总队", "学校", "协会"];
/// How a department is called that has others below it.
const DEPARTMENTS: [&str; 6] = ["局", "委", "委员会", "办公室", "厅", "署"];

/// Names that a text gives to the report of `year` and that are not the department's: `某某局 2019 年度部门决算`,
/// `2019 年度，某某局收入总计`, `某某局（局本级）`.
pub(super) fn strangers(text: &str, year: u16, department: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let year = year.to_string();
    for (at, _) in text.match_indices(&year) {
        let behind = text[at + year.len()..].trim_start();
        let Some(behind) = behind.strip_prefix('年') else { continue };
        let behind = behind.trim_start_matches('度');
        if OWN.iter().any(|word| behind.starts_with(word)) {
            found.extend(name_before(text, at, &BODIES));
            continue;
        }
        let clause = behind.trim_start_matches(['，', ' ']);
        let name: &str = clause.split(|c: char| !is_han(c) && c != '、').next().unwrap_or_default();
        let Some(end) = OWN.iter().filter_map(|word| name.find(word)).min() else { continue };
        let start = text.len() - behind.len() + (behind.len() - clause.len());
        if !["下属", "所属"].iter().any(|word| name.starts_with(word)) {
            let own = name_before(&text[start..start + end], end, &DEPARTMENTS);
            found.extend(own.map(|at| start + at.start..start + at.end));
        }
    }
    for mark in ["（局本级）", "（委本级）", "（厅本级）", "（本级）"] {
        found.extend(text.match_indices(mark).filter_map(|(at, _)| name_before(text, at, &DEPARTMENTS)));
    }
    found.retain(|at| !is_of(&text[at.clone()], department));
    found.sort_by_key(|at| at.start);
    found
}

/// The name of a body that ends here.
fn name_before(text: &str, end: usize, bodies: &[&str]) -> Option<Range<usize>> {
    let before = text[..end].trim_end();
    let is_edge = |(_, c): &(usize, char)| !is_han(*c);
    let start = before.char_indices().rev().find(is_edge).map_or(0, |(at, c)| at + c.len_utf8());
    let name = &before[start..];
    let sound = name.chars().count() >= 4 && bodies.iter().any(|body| name.ends_with(body));
    sound.then_some(start..before.len())
}

/// Whether either name is the shorter form of the other: 数据管理局, or 本级为某市数据管理局.
fn is_of(name: &str, department: &str) -> bool {
    let both = name.chars().rev().zip(department.chars().rev());
    let common: usize = both.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    common >= name.len() || common >= department.len()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<&str> {
        strangers(text, 2019, "示例市甲区数据局").into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn another_department_is_seen_where_the_report_is_meant() {
        assert_eq!(named("示例市水务局 2019 年度部门决算"), ["示例市水务局"]);
        assert_eq!(named("2019 年度，示例市水务局收入总计 1 万元"), ["示例市水务局"]);
        assert_eq!(named("2019年度示例市水务局收、支总计"), ["示例市水务局"]);
        assert_eq!(named("示例市水务局（局本级）；示例市测绘中心（下属单位）"), ["示例市水务局"]);
    }

    #[test]
    fn the_department_itself_and_others_in_passing_are_none() {
        for text in [
            "2019 年度，示例市甲区数据局收入总计",
            "甲区数据局（局本级）",
            "数据局（本级）",
            "2019年度，本部门收入总计",
            "2019年度，下属单位示例市测绘局收入总计",
            "2019年度，示例市测绘中心收入总计",
            "2019年度，示例市水务局拨来的款项",
            "2018年度，示例市水务局收入总计",
        ] {
            assert_eq!(named(text), <[&str; 0]>::default(), "{text}");
        }
    }
}
