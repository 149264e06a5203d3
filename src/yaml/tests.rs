//! Each kind of mistake, alone and with others; what must be read although it looks odd; and where things stand.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, Visitor};

use super::{Pairs, STAND_IN, Scalar, locator, read, read_through};
use crate::diagnostics::{DataPath, Place};
use crate::model::{Lang, Text};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only read")]
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
    lang: Option<Lang>,
}

/// The head of a file that is in order.
const HEAD: &str = "title: {zh: 甲, en: A}\nyear: 2019\n";

/// What is found: line, column, the text there, the words.
fn found(text: &str) -> String {
    let read = read::<File>("a.yaml", text);
    assert_eq!(read.value.is_some(), read.findings.is_empty());
    let mut shown = String::new();
    for finding in &read.findings {
        let Place::Text(_, range) = &finding.place else { panic!("a place in the text") };
        let before = &text[..range.start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let words = &finding.entry.zh;
        let said = [words.message, words.label, words.help].map(|sentence| finding.fill(sentence));
        let generic = finding.entry.code == "yaml/syntax";
        let said = if generic { said[0].clone() } else { said.join("｜") };
        let _ = writeln!(shown, "{line}:{column} «{}» {said}", &text[range.clone()]);
    }
    shown
}

fn after_head(text: &str) -> String {
    found(&format!("{HEAD}{text}"))
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

#[test]
fn a_good_file_is_read() {
    let file = read::<File>("a.yaml", &format!("{HEAD}rows:\n  201: [0.00, 001, 1e3, NO, ~]\n")).value.unwrap();
    let row: Vec<&str> = file.rows.0[0].1.iter().map(|scalar| scalar.0.as_str()).collect();
    assert_eq!((file.rows.0[0].0.as_str(), row), ("201", vec!["0.00", "001", "1e3", "NO", "~"]));
}

/// A value that must not become a number on the way.
#[derive(Debug, PartialEq)]
enum Exact {
    Nothing,
    Text(String),
    Many(Vec<Scalar>),
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ExactVisitor;
        impl<'de> Visitor<'de> for ExactVisitor {
            type Value = Exact;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("金额 | an amount")
            }

            fn visit_unit<E>(self) -> Result<Exact, E> {
                Ok(Exact::Nothing)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
                if text == "x" {
                    return Err(E::custom("不能写 x | no x here"));
                }
                Ok(Exact::Text(text.to_owned()))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Exact, A::Error> {
                Deserialize::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Exact::Many)
            }
        }
        deserializer.deserialize_any(ExactVisitor)
    }
}

#[test]
fn a_type_that_refuses_numbers_gets_texts() {
    let text = "\u{feff}a: 0.00\r\nb: 001\r\nc: 1e3\r\nd: true\r\ne:\r\nf: ~\r\ng: [8.80, '']\r\nh:\t-0\r\n";
    let found = read::<Pairs<Exact>>("a.yaml", text);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
    let exact = |text: &str| Exact::Text(text.to_owned());
    let many = Exact::Many(vec![Scalar("8.80".into()), Scalar(String::new())]);
    let values: Vec<Exact> = found.value.unwrap().0.into_iter().map(|(_, value)| value).collect();
    let expected =
        [exact("0.00"), exact("001"), exact("1e3"), exact("true"), Exact::Nothing, Exact::Nothing, many, exact("-0")];
    assert_eq!(values, expected);
}

#[test]
fn a_visitor_speaks_two_languages() {
    let found = read::<Pairs<Exact>>("a.yaml", "a: x\nb: {c: d}\n");
    let said: Vec<String> = found
        .findings
        .iter()
        .flat_map(|finding| &finding.arguments)
        .filter(|(name, _)| !name.starts_with("help"))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    detail: 不能写 x
    detail-en: no x here
    expected: 金额
    expected-en: an amount
    detail: 这里是一组键值
    detail-en: a map stands here
    expected: 金额
    expected-en: an amount
    ");
}

#[test]
fn wrong_shapes() {
    insta::assert_snapshot!(found("title: 甲\nyear: 二〇一九\ncolumns: 本年\nlang: cn\ndraft: ja\nrows: 1\n"), @r"
    1:8 «甲» 内容的形式不对：`甲`｜应为一组键值：`zh`、`en`｜写成 `{zh: …, en: …}`
    2:7 «二〇一九» 内容的形式不对：`二〇一九`｜应为 0 至 65535 的整数｜只写半角数字，不加引号，如 `2`
    3:10 «本年» 内容的形式不对：`本年`｜应为列表 `[…, …]`｜写成 `[本年]`
    4:7 «cn» 内容的形式不对：`cn`｜应为 `zh`、`en` 之一｜也许是 `en`
    5:8 «ja» 内容的形式不对：`ja`｜应为 `true` 或 `false`｜写 `true` 或 `false`，不加引号
    6:7 «1» 内容的形式不对：`1`｜应为一组 `键: 值`｜
    ");
    insta::assert_snapshot!(found("title: {zh: [甲], en: A}\nyear: 300000\nunit: {a: b, c: d}\ndraft: \"true\"\n"), @r#"
    1:13 «[甲]» 内容的形式不对：这里是列表｜应为一段文字｜若是文字，整段加上引号
    2:7 «300000» 内容的形式不对：`300000`｜应为 0 至 65535 的整数｜只写半角数字，不加引号，如 `2`
    3:7 «{a: b, c: d}» 内容的形式不对：这里是一组键值｜应为一段文字｜若是文字，整段加上引号
    4:8 «"true"» 内容的形式不对：`true`｜应为 `true` 或 `false`｜写 `true` 或 `false`，不加引号
    "#);
    insta::assert_snapshot!(after_head("note: {expenditure/total}\nrows:\n  201: 1\n  202: {a: b}\n"), @r"
    3:7 «{expenditure/total}» 内容的形式不对：`{expenditure/total}`｜应为一组键值：`zh`、`en`｜若是文字，整段加上引号
    5:8 «1» 内容的形式不对：`1`｜应为列表 `[…, …]`｜写成 `[1]`
    6:8 «{a: b}» 内容的形式不对：这里是一组键值｜应为列表 `[…, …]`｜
    ");
    insta::assert_snapshot!(found("title:\nyear:\n"), @r"
    1:1 «title» 内容的形式不对：这里没有内容｜应为一组键值：`zh`、`en`｜填上内容，或删去这一项
    2:1 «year» 内容的形式不对：这里没有内容｜应为 0 至 65535 的整数｜填上内容，或删去这一项
    ");
    insta::assert_snapshot!(found("# nothing\n"), @"1:1 «» 内容的形式不对：文件是空的｜应为一组键值：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜填上内容，或删去这一项");
    insta::assert_snapshot!(found("- a\n- b\n"), @"1:1 «- a» 内容的形式不对：这里是列表｜应为一组键值：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜另起一行，缩进两格，每行写一个 `键: 值`");
}

#[test]
fn unknown_and_missing_keys() {
    insta::assert_snapshot!(found("titel: {zh: 甲, en: A}\nyear: 2019\nfoo: 1\nnotes: 1\n"), @r"
    1:1 «titel» 不认识的键 `titel`｜应为：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜也许是 `title`
    3:1 «foo» 不认识的键 `foo`｜应为：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜删去这个键，或改为所列之一
    4:1 «notes» 不认识的键 `notes`｜应为：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜也许是 `note`
    4:8 «1» 内容的形式不对：`1`｜应为一组键值：`zh`、`en`｜写成 `{zh: …, en: …}`
    ");
    insta::assert_snapshot!(found("title: {zh: 甲}\nunit: 万元\n"), @r"
    1:1 «title» 缺少键 `year`｜此处应有 `year:`｜补上 `year:`
    1:8 «{zh: 甲}» 缺少键 `en`｜此处应有 `en:`｜补上 `en:`
    ");
    insta::assert_snapshot!(after_head("\u{3000}unit: 万元\n"), @"3:1 «　unit» 不认识的键 `　unit`｜应为：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜键前后有全角空格，改用半角空格");
    insta::assert_snapshot!(found("title: {zh 甲, en: A}\nyear: 2019\n"), @"1:9 «zh 甲» YAML 语法错误：这里缺少冒号，应为 `键: 值`");
}

#[test]
fn keys_that_stand_twice() {
    let text = format!("{HEAD}year: 2020\nrows:\n  201: [1]\n  \"201\": [1]\n");
    insta::assert_snapshot!(found(&text), @r#"
    3:1 «year» 键 `year` 重复｜此处再次出现｜保留一处，删去另一处
    6:3 «"201"» 键 `201` 重复｜此处再次出现｜保留一处，删去另一处
    "#);
    let related = read::<File>("a.yaml", &text).findings[0].related.clone();
    let first = text.find("year").unwrap();
    assert_eq!(related, [Place::Text("a.yaml".into(), first..first + 4)]);
}

#[test]
fn colons() {
    insta::assert_snapshot!(found("title：{zh: 甲, en: A}\nyear：2019\n"), @r"
    1:6 «：» YAML 语法错误：`：` 是全角冒号，应为半角冒号加空格 `: `
    2:5 «：» YAML 语法错误：`：` 是全角冒号，应为半角冒号加空格 `: `
    ");
    insta::assert_snapshot!(found("title:\n  zh：甲\n  en：A\nyear:2019\nunit: 万元\n"), @r"
    2:5 «：» YAML 语法错误：`：` 是全角冒号，应为半角冒号加空格 `: `
    3:5 «：» YAML 语法错误：`：` 是全角冒号，应为半角冒号加空格 `: `
    4:5 «:» YAML 语法错误：冒号后缺少空格
    ");
    insta::assert_snapshot!(found("title:\n  zh:甲\n  en: A\nyear: 2019\n"), @"2:5 «:» YAML 语法错误：冒号后缺少空格");
    insta::assert_snapshot!(found("title: {zh：甲, en:A}\nyear: 2019\n"), @r"
    1:11 «：» YAML 语法错误：`：` 是全角冒号，应为半角冒号加空格 `: `
    1:17 «:» YAML 语法错误：冒号后缺少空格
    ");
    insta::assert_snapshot!(found("title: {zh: 甲，en: A}\nyear: 2019\nunit: 甲: 乙\n"), @r"
    1:14 «，» YAML 语法错误：`，` 是全角逗号，应为半角逗号 `, `
    3:7 «甲: 乙» YAML 语法错误：内容里有 `: `，整段内容要加引号
    ");
    insta::assert_snapshot!(found("title：甲"), @"1:6 «：» YAML 语法错误：`：` 是全角冒号，应为半角冒号加空格 `: `");
    insta::assert_snapshot!(after_head("rows\n  201: [1]\n  202: [1]\nunit: x\n"), @"3:1 «rows» YAML 语法错误：这里缺少冒号，应为 `键: 值`");
    insta::assert_snapshot!(after_head("note {zh: 甲, en: A}\n"), @"3:1 «note» YAML 语法错误：这里缺少冒号，应为 `键: 值`");
}

#[test]
fn brackets_and_quotes() {
    insta::assert_snapshot!(
        after_head("rows:\n  201: [1, 2\n  202: [2]\n  203: [3}\n  204: [4]]\n  205: [5] 6\n  206: [a: b: c]\nunit: %\n"),
        @r"
    4:8 «[» YAML 语法错误：括号 `[` 没有闭合
    6:10 «}» YAML 语法错误：括号不成对：`[` 与 `}`
    7:11 «]» YAML 语法错误：多余的 `]`
    8:12 «6» YAML 语法错误：括号闭合之后还有内容
    9:13 «:» YAML 语法错误：这里不能有 `: `：前面缺少逗号，或整段内容要加引号
    10:7 «%» YAML 语法错误：以 `%` 开头的内容要加引号
    ");
    insta::assert_snapshot!(
        after_head("note: {zh: \"甲, en: A}\nrows:\n  201: ['1]\n  202: [\"a\\d\"]\n  203: '甲'乙'\nunit: @x\n"),
        @r#"
    3:12 «"» YAML 语法错误：引号没有闭合
    5:9 «'» YAML 语法错误：引号没有闭合
    6:11 «\» YAML 语法错误：双引号内的 `\` 要写成 `\\`，或改用单引号
    7:11 «乙'» YAML 语法错误：引号之后还有内容；整段只用一对引号，其中的引号换成“”或写两次
    8:7 «@» YAML 语法错误：以 `@` 开头的内容要加引号
    "#);
    insta::assert_snapshot!(after_head("rows: {\n  201: [1]\n  202: [2],\n}\nunit: [a\n"), @r"
    5:3 «2» YAML 语法错误：括号内缺少逗号，或缩进不够
    7:7 «[» YAML 语法错误：括号 `[` 没有闭合
    ");
}

#[test]
fn indents() {
    insta::assert_snapshot!(after_head("rows:\n\t201: [1]\n\t202: [2]\nunit: %\n"), @r"
    4:1 «	» YAML 语法错误：缩进用了制表符（Tab），应为空格
    6:7 «%» YAML 语法错误：以 `%` 开头的内容要加引号
    ");
    insta::assert_snapshot!(after_head("rows:\n  201: [1]\n\t202: [2]\n\t203: [2]\nfoo: 1\n"), @r"
    5:1 «	» YAML 语法错误：缩进用了制表符（Tab），应为空格
    7:1 «foo» 不认识的键 `foo`｜应为：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜删去这个键，或改为所列之一
    ");
    insta::assert_snapshot!(after_head("rows:\n  201: [1]\n   202: [2]\n  203: [2]\n  204: x\n"), @r"
    5:4 «202: [2]» YAML 语法错误：缩进与同级的行不一致
    7:8 «x» 内容的形式不对：`x`｜应为列表 `[…, …]`｜写成 `[x]`
    ");
    insta::assert_snapshot!(after_head("rows:\n   201: [1]\n  202: [2]\n  203: [2]\n"), @"4:4 «201: [1]» YAML 语法错误：缩进与同级的行不一致");
    insta::assert_snapshot!(after_head("rows:\n  201: [1]\n202: [2]\n  203: [3]\n  204: x\n"), @r"
    5:1 «202: [2]» YAML 语法错误：缩进与同级的行不一致
    7:8 «x» 内容的形式不对：`x`｜应为列表 `[…, …]`｜写成 `[x]`
    ");
    insta::assert_snapshot!(after_head("rows:\n  201: [1]\n202: [2]\n"), @"5:1 «202» 不认识的键 `202`｜应为：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜与上一行同级的，改为与它同样的缩进");
    insta::assert_snapshot!(after_head("rows:\n  201: [1]\nunit: x\n  203: [3]\n"), @"6:3 «203: [3]» YAML 语法错误：缩进过多：上一行已有内容，其下不能再有内容");
    insta::assert_snapshot!(after_head("unit: x\n  201: [1]\n  202: [2]\n"), @"4:3 «201: [1]» YAML 语法错误：缩进过多：上一行已有内容，其下不能再有内容");
    insta::assert_snapshot!(after_head("note:\n  zh: |\n  甲\n  乙\n\n  丙\n  en: |\n    a\n"), @"5:3 «甲» YAML 语法错误：`|` 之下的每一行都要比它的键多空两格，粘贴来的内容也一样");
    insta::assert_snapshot!(after_head("columns:\n  - a\n  b\n  - c\nlang: - zh\n"), @r"
    5:3 «b» YAML 语法错误：列表的每一项都要以 `- ` 开头
    7:7 «-» YAML 语法错误：`- ` 要另起一行
    ");
}

#[test]
fn what_else_is_no_yaml() {
    insta::assert_snapshot!(after_head("unit: a\u{7}b\n"), @"3:8 «» YAML 语法错误：不可见的控制字符 U+0007");
    insta::assert_snapshot!(after_head("---\nx: 1\n"), @"3:1 «---» YAML 语法错误：一个文件只能有一份内容，`---` 及其后多余");
    insta::assert_snapshot!(after_head("unit: *x\nlang: `zh`\n"), @r"
    3:7 «*» YAML 语法错误：以 `*` 开头的内容要加引号
    4:7 «`» YAML 语法错误：以反引号开头的内容要加引号
    ");
    insta::assert_snapshot!(found("title: &t [*t]\n"), @"1:12 «*t]» YAML 语法错误：别名（`*`）引用自身或展开过多；内容以 `*` 开头的要加引号");
    let bomb = (1..12).fold("a0: &a0 [x, x]\n".to_owned(), |text, i| {
        format!("{text}a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", "))
    });
    assert!(found(&bomb).contains("展开过多"), "{}", found(&bomb));
}

#[test]
fn many_mistakes_in_one_run() {
    let text = "title: {zh: 甲}\nyaer: 2019\nrows:\n  201：[1.00]\n  202: [1\n  203: 5\n  204: [1]\n  204: [1]\ndraft: ja\nunit: %\n";
    insta::assert_snapshot!(found(text), @r"
    1:8 «{zh: 甲}» 缺少键 `en`｜此处应有 `en:`｜补上 `en:`
    2:1 «yaer» 不认识的键 `yaer`｜应为：`title`、`year`、`unit`、`note`、`draft`、`columns`、`rows`、`lang`｜也许是 `year`
    4:6 «：» YAML 语法错误：`：` 是全角冒号，应为半角冒号加空格 `: `
    5:8 «[» YAML 语法错误：括号 `[` 没有闭合
    6:8 «5» 内容的形式不对：`5`｜应为列表 `[…, …]`｜写成 `[5]`
    8:3 «204» 键 `204` 重复｜此处再次出现｜保留一处，删去另一处
    9:8 «ja» 内容的形式不对：`ja`｜应为 `true` 或 `false`｜写 `true` 或 `false`，不加引号
    10:7 «%» YAML 语法错误：以 `%` 开头的内容要加引号
    ");
    let unix = found(text);
    let windows = found(&format!("\u{feff}{}", text.replace('\n', "\r\n")));
    assert_eq!(windows.replace("\n1:9 ", "\n1:8 ").trim_start_matches("1:9"), unix.trim_start_matches("1:8"));
}

#[test]
fn a_mistake_does_not_hide_the_rest_of_its_file() {
    // One stand-in after the other, until the whole file has been read.
    let rows = lines(200, |row| format!("  r{row}: {row}\n"));
    assert_eq!(after_head(&format!("rows:\n{rows}")).lines().count(), 100);
    assert_eq!(after_head(&format!("rows:\n{}", rows.replace(": ", "："))).lines().count(), 100);
}

#[test]
fn a_value_can_be_had_with_its_mistakes() {
    let through = read_through::<File>("a.yaml", "title: {zh: 甲}\nyear: x\nrows:\n  201: [1]\n  202: 5\nfoo: 1\n");
    let file = through.value.unwrap();
    let keys: Vec<&str> = file.rows.0.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!((file.title.zh.as_str(), file.title.en.as_str(), keys), ("甲", STAND_IN, vec!["201", "202"]));
    assert_eq!(through.findings.len(), 4);
}

#[test]
fn deep_nesting_is_refused_before_parsing() {
    for deep in ["[", "{a: ", "- ", "? ", "- [", "? - "] {
        let text = format!("a: 1\nb:\n  {}", deep.repeat(100_000));
        let read = read::<IgnoredAny>("a.yaml", &text);
        let codes: Vec<_> = read.findings.iter().map(|finding| finding.entry.code).collect();
        assert_eq!(codes, ["yaml/too-deep"], "{deep}");
    }
    let unclosed = lines(80, |row| format!("a{row}: [1\n"));
    let findings = read::<BTreeMap<String, serde_yaml::Value>>("a.yaml", &unclosed).findings;
    assert_eq!((findings.len(), findings[0].entry.code), (80, "yaml/syntax"));
    let wide = lines(500, |row| format!("a{row}: [[1], [2], {{b: c}}]\n"));
    assert!(read::<BTreeMap<String, serde_yaml::Value>>("a.yaml", &wide).findings.is_empty());
}

#[test]
fn places_of_paths() {
    let text = "\u{feff}甲: 1\r\nrows:\r\n  合计: [2795.08, '718.34']\r\n  \"201\":\r\nnote:\r\n  zh: |\r\n    第一行\r\n    第二行\r\n\
                list:\r\n  - {id: a}\r\n  - id: b\r\n    name: x\r\n";
    let locate = locator(text);
    let at = |path: DataPath| locate(&path).map(|range| &text[range]);
    let top = DataPath::top();
    let rows = top.key("rows");
    assert_eq!(at(rows.key("合计").index(1)), Some("'718.34'"));
    assert_eq!(at(rows.key("合计").the_key()), Some("合计"));
    assert_eq!(at(rows.key("合计")), Some("[2795.08, '718.34']"));
    assert_eq!(at(rows.key("合计").index(7)), Some("[2795.08, '718.34']"), "the nearest above");
    assert_eq!(at(rows.key("201")), Some("\"201\""), "nothing is shown by its key");
    assert_eq!(at(rows.key("202").the_key()), Some("rows"));
    assert_eq!(at(rows.clone()), Some("rows"));
    assert_eq!(at(top.key("note").key("zh")), Some("第一行"));
    assert_eq!(at(top.key("list").index(0).key("id")), Some("a"));
    assert_eq!(at(top.key("list").index(1)), Some("id"));
    assert_eq!(at(top.key("list").index(1).key("name").key("deeper")), Some("x"));
    assert_eq!(at(top.clone()), Some("甲"));
    assert_eq!(at(top.key("missing")), Some("甲"));
    let pasted = "\u{feff}rows: |\n\n  \t合计\t 1 \t\n\n  201\t\t2\nnote: x\n";
    let locate = locator(pasted);
    let at = |path: DataPath| locate(&path).map(|range| &pasted[range]);
    assert_eq!(at(rows.index(1)), Some("合计\t 1"));
    assert_eq!(at(rows.index(1).index(2)), Some("1"));
    assert_eq!(at(rows.index(1).the_key()), Some("合计\t 1"));
    assert_eq!(at(rows.index(3).index(2)), Some("2"));
    assert_eq!(at(rows.index(3).index(1)), Some("201\t\t2"), "a blank cell is shown by its line");
    let broken = locator("a: 1\nb: [2\nc: 3\n")(&top.key("a"));
    assert_eq!(broken, Some(3..4), "before a syntax error");
    assert_eq!(locator("")(&top), Some(0..0));
}
