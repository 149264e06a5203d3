//! x
use super::*;
use crate::model::Text;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Text,
    year: u16,
    unit: Option<Scalar>,
    note: Option<Text>,
    #[serde(default)]
    draft: bool,
    columns: Option<Vec<Scalar>>,
    #[serde(default)]
    rows: Pairs<Vec<Scalar>>,
    lang: Option<crate::model::Lang>,
}

fn shown(text: &str) -> String {
    let found = read::<File>("a.yaml", text);
    let mut out = String::new();
    for f in &found.findings {
        let Place::Text(_, r) = &f.place else { panic!() };
        let line = text[..r.start].matches('\n').count() + 1;
        let col = text[..r.start].rsplit('\n').next().unwrap().chars().count() + 1;
        out += &format!(
            "{line}:{col} {:?} {} | {} | {}\n",
            &text[r.clone()],
            f.fill(f.entry.zh.message),
            f.fill(f.entry.zh.label),
            f.fill(f.entry.zh.help)
        );
    }
    if found.value.is_some() {
        out += "ok\n";
    }
    out
}

#[test]
fn look() {
    for t in [
        "title: {zh: 甲, en: A}\nyear: 2019\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nunknown: 1\nrow:\n  201: [1.00]\ndraft: ja\n",
        "title：{zh: 甲, en: A}\nyear: 2019\n",
        "title:\n  zh：甲\n  en：A\nyear：2019\nrows:\n  201: [1.00, 2]\n",
        "title:\n  zh:甲\n  en: A\nyear: 2019\n",
        "title:\n  zh: 甲\n  en:A\nyear:2019\n",
        "title: {zh：甲, en:A}\nyear: 2019\n",
        "title: {zh: 甲，en: A}\nyear: 2019\n",
        "title: {zh: 甲 en: A}\nyear: 2019\n",
        "title: {zh: 甲: 乙, en: A}\nyear: 2019\n",
        "title: {zh: 甲, en: A\nyear: 2019\nrows:\n  201: [1, 2\n  202: [2]\n  203: [3}\n  204: [4]]\n",
        "title: {zh: \"甲, en: A}\nyear: 2019\nrows:\n  201: [1]\n  202: ['2]\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nunit: %\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nrows:\n\t201: [1]\n\t202: [2]\nunit: %\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nrows:\n  201: [1]\n\t202: [2]\n\t203: [2]\nunit: %\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nrows:\n  201:\t[1]\n  202: [2]\nunit: x: y\nnotes: 1\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nrows:\n  201: [1]\n   202: [2]\n  203: [2]\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nrows:\n  201: [1]\n 202: [2]\n  203: [2]\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nyear: 2020\nrows:\n  201: [1]\n  '201': [1]\n",
        "title: {zh: 甲}\nrows:\n  201: 1\n  202: {a: b}\n",
        "title: 甲\nyear: 二〇一九\ncolumns: 本年\nlang: cn\nnote: {expenditure/x}\n",
        "",
        "# x\n",
        "abc",
        "- a\n- b\n",
        "[1,2]",
        "title:\nyear:\n",
        "\u{feff}title: {zh: 甲}\r\nyear: 2019\r\nunit: {a}\r\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nunit: a\u{7}b\n",
        "title: {zh: 甲, en: A}\nyear: 2019\n---\nx: 1\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nunit: *x\n",
        "title: &t {zh: 甲, en: A}\nyear: 2019\nnote: *t\nunit: !x y\nfoo: 1",
        "title: &t [*t]\nyear: 2019\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nfoo\nunit: x\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nnote:\n  zh: |\n  甲乙\n  en: |\n    abc\n",
        "title: {zh: 甲, en: A}\nyear: 2019\nnote:\n  zh: \"甲\"乙\"\n  en: \"a\\d\"\n",
        "title: {zh: 甲, en: A}\nyear: 2019\ncolumns:\n  - a\n  b\n  - c\n",
        "title: {zh: 甲, en: A}\nyear: 2019\ncolumns: - a\n",
        "title: {zh: 甲, en: A}\nyear: 300000\n　unit: x\ndraft: \"true\"\n",
        "标题: {zh: 甲, en: A}\nyear: 2019\n",
    ] {
        println!("=== {t}---\n{}", shown(t));
    }
}
