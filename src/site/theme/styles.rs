//! A theme's variables are written into the style sheets that declare them, in place of its values.
//!
//! Laid over the style sheet they would also win over what it says for print and for high contrast; so would a dark
//! theme's colours on paper.

use std::ops::Range;

use crate::diagnostics::{DataPath, Finding, catalogue};
use crate::parse::{ThemeConfig, nearest};

/// Writes the variables of a theme into the style sheets; `file` is the theme's `theme.yaml`.
pub(super) fn apply(sheets: &mut [String], config: &ThemeConfig, file: &str, findings: &mut Vec<Finding>) {
    let read: Vec<Sheet<'_>> = sheets.iter().map(|css| Sheet::read(css)).collect();
    // Each declaration with its sheet's place among them.
    let declared = || read.iter().enumerate().flat_map(|(at, sheet)| sheet.declared.iter().map(move |one| (at, one)));
    let mut edits: Vec<(usize, Range<usize>, String)> = Vec::new();
    for (key, values, scheme) in [("variables", &config.variables, Scheme::Any), ("dark", &config.dark, Scheme::Dark)] {
        let mut added = vec![String::new(); read.len()];
        for (name, value) in values {
            let place = DataPath::top().key(key).key(name);
            let known = || declared().filter(|(_, declared)| declared.scheme == Scheme::Any);
            let Some((home, _)) = known().find(|(_, declared)| declared.name == name) else {
                let close = nearest(name.trim_start_matches('-'), known().map(|(_, declared)| declared.name));
                let finding = Finding::new(&catalogue::THEME_VARIABLE, place.the_key().in_file(file));
                findings.push(
                    finding.with("variable", name).with("help", advice(close).0).with("help-en", advice(close).1),
                );
                continue;
            };
            if let Some(why) = refused(value) {
                let finding = Finding::new(&catalogue::THEME_VALUE, place.in_file(file)).with("variable", name);
                let finding = finding.with("detail", why.detail.0).with("detail-en", why.detail.1);
                findings.push(finding.with("help", why.help.0).with("help-en", why.help.1));
                continue;
            }
            let places = declared().filter(|(_, declared)| declared.name == name && declared.scheme == scheme);
            let before = edits.len();
            edits.extend(places.map(|(at, declared)| (at, declared.value.clone(), value.clone())));
            if edits.len() == before {
                added[home].extend([" --", name, ": ", value, ";"]);
            }
        }
        for (at, added) in added.into_iter().enumerate().filter(|(_, added)| !added.is_empty()) {
            if let Some(dark) = read[at].dark {
                edits.push((at, dark..dark, added));
            } else {
                let rule = format!("\n@media screen and (prefers-color-scheme: dark) {{ :root {{{added} }} }}\n");
                edits.push((at, sheets[at].len()..sheets[at].len(), rule));
            }
        }
    }
    edits.sort_by_key(|(_, range, _)| std::cmp::Reverse(range.start));
    for (at, range, value) in edits {
        sheets[at].replace_range(range, &value);
    }
}

/// Why a value cannot be written into a style sheet, and what to write: in Chinese and in English.
struct Why {
    detail: (String, String),
    help: (&'static str, &'static str),
}

fn refused(value: &str) -> Option<Why> {
    let why = |zh: &str, en: &str, help| Some(Why { detail: (zh.to_owned(), en.to_owned()), help });
    if value.trim().is_empty() {
        let help = (
            "写上值；以 # 开头的颜色要加引号：`\"#8c1c13\"`",
            "write one; a colour that begins with # is quoted: `\"#8c1c13\"`",
        );
        return why("是空的", "it is empty", help);
    }
    if value.contains(|c: char| ";{}<\\".contains(c) || c.is_control()) {
        let help = ("只写值本身；分号不写", "write the value alone; leave semicolons out");
        return why("含有分号、花括号等样式表的符号", "it has semicolons, braces or the like in it", help);
    }
    // A browser would pass over a colour that is none, and show the page without it.
    let colour = value.trim().strip_prefix('#')?.split([' ', ',', ')', '/']).next().unwrap_or_default();
    let digits = colour.chars().count();
    let help = ("写作 `\"#8c1c13\"` 或 `\"#fff\"`", "write it as `\"#8c1c13\"` or `\"#fff\"`");
    if let Some(other) = colour.chars().find(|c| !c.is_ascii_hexdigit()) {
        let zh = format!("# 后面的 `{other}` 不是十六进制数字（0–9、a–f）");
        return why(&zh, &format!("`{other}` behind the # is no hexadecimal digit (0–9, a–f)"), help);
    }
    if ![3, 4, 6, 8].contains(&digits) {
        let zh = format!("# 后面有 {digits} 位，颜色应为 3、4、6 或 8 位十六进制数字");
        let plural = if digits == 1 { "digit" } else { "digits" };
        let en = format!("{digits} {plural} behind the #, a colour has 3, 4, 6 or 8 hexadecimal digits");
        return why(&zh, &en, help);
    }
    None
}

/// Gives a style inside a page the theme's values for the variables that it declares; `sheet` is the finished `style.css`.
pub(super) fn alike(inside: &str, sheet: &str) -> String {
    let (own, theirs) = (Sheet::read(inside), Sheet::read(sheet));
    let mut alike = inside.to_owned();
    for declared in own.declared.iter().rev() {
        let same = |one: &&Declared<'_>| one.name == declared.name && one.scheme == declared.scheme;
        // What refers to another variable would mean nothing without it.
        let mut values = theirs.declared.iter().filter(same).map(|one| &sheet[one.value.clone()]);
        if let Some(value) = values.next_back().filter(|value| !value.contains("var(")) {
            alike.replace_range(declared.value.clone(), value);
        }
    }
    alike
}

fn advice(close: Option<&str>) -> (String, String) {
    match close {
        Some(name) => (format!("也许是 `{name}`"), format!("perhaps `{name}`")),
        None => (
            "可用的变量见 assets/style.css 开头的 :root".to_owned(),
            "see :root at the top of assets/style.css for the variables that there are".to_owned(),
        ),
    }
}

/// When a declaration holds: without a condition, or on a dark screen. Others, as print, are not a theme's to set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Any,
    Dark,
}

/// A custom property of `:root`.
struct Declared<'a> {
    name: &'a str,
    value: Range<usize>,
    scheme: Scheme,
}

/// What a style sheet declares on `:root`.
struct Sheet<'a> {
    declared: Vec<Declared<'a>>,
    /// Where the first rule for dark screens opens.
    dark: Option<usize>,
}

impl<'a> Sheet<'a> {
    fn read(css: &'a str) -> Self {
        let mut sheet = Sheet { declared: Vec::new(), dark: None };
        let mut open: Vec<&str> = Vec::new();
        // Where the current prelude or declaration begins.
        let mut begin = 0;
        let mut at = 0;
        while let Some(next) = css[at..].chars().next() {
            let after = at + next.len_utf8();
            match next {
                '/' if css[after..].starts_with('*') => {
                    at = css[after..].find("*/").map_or(css.len(), |end| after + end + 2);
                    if css[begin..at].trim_start().starts_with("/*") {
                        begin = at;
                    }
                    continue;
                }
                '"' | '\'' => {
                    at = css[after..].find(next).map_or(css.len(), |end| after + end + 1);
                    continue;
                }
                '{' => {
                    open.push(css[begin..at].trim());
                    if scheme(&open) == Some(Scheme::Dark) {
                        sheet.dark = sheet.dark.or(Some(after));
                    }
                    begin = after;
                }
                ';' | '}' => {
                    if let (Some(scheme), Some((name, value))) = (scheme(&open), css[begin..at].split_once(':'))
                        && let Some(name) = name.trim().strip_prefix("--")
                    {
                        let start = at - value.trim_start().len();
                        sheet.declared.push(Declared { name, value: start..start + value.trim().len(), scheme });
                    }
                    if next == '}' {
                        open.pop();
                    }
                    begin = after;
                }
                _ => {}
            }
            at = after;
        }
        sheet
    }
}

/// When the innermost rule holds, if it is one for `:root` and says so without more conditions.
fn scheme(open: &[&str]) -> Option<Scheme> {
    let (selectors, conditions) = open.split_last()?;
    if !selectors.split(',').any(|selector| selector.trim() == ":root") {
        return None;
    }
    match conditions {
        [] => Some(Scheme::Any),
        [one]
            if one.starts_with("@media")
                && one.replace(": ", ":").contains("(prefers-color-scheme:dark)")
                && !one.contains("contrast") =>
        {
            Some(Scheme::Dark)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSS: &str = "/* :root { --ink: red } */\n:root { --ink: #111; --a: \"};\" ; --wide: 4rem }\n\
         @media screen and (prefers-color-scheme: dark) { :root { --ink: #eee } }\n\
         @media print { :root { --ink: #000 } }\n.x { --ink: blue }";

    fn applied(css: &str, variables: &[(&str, &str)], dark: &[(&str, &str)]) -> (String, Vec<String>) {
        let owned = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let config = ThemeConfig { extends: None, variables: owned(variables), dark: owned(dark) };
        let mut findings = Vec::new();
        let mut sheets = [css.to_owned()];
        apply(&mut sheets, &config, "theme.yaml", &mut findings);
        let [css] = sheets;
        (css, findings.iter().map(|finding| finding.entry.code.to_owned()).collect())
    }

    #[test]
    fn a_value_is_replaced_where_it_is_declared_and_nowhere_else() {
        let (css, findings) = applied(CSS, &[("ink", "#222")], &[("ink", "#ddd"), ("wide", "5rem")]);
        let expected = CSS
            .replace("#111", "#222")
            .replace("#eee", "#ddd")
            .replace("{ :root { --ink: #ddd", "{ :root { --wide: 5rem; --ink: #ddd");
        assert_eq!((css, findings), (expected, Vec::new()));
    }

    #[test]
    fn a_style_inside_a_page_gets_the_values_of_the_sheet_as_it_is_served() {
        let inside = "\n:root { --ink: #333; --own: 1px; --a: 'x' }\n@media (prefers-color-scheme: dark) { :root { --ink: #ddd } }\n\
                      body { color: var(--ink) }\n";
        let sheet = super::super::squeeze(&CSS.replace("--a: \"};\"", "--a: var(--ink)"));
        assert_eq!(alike(inside, &sheet), inside.replace("#333", "#111").replace("#ddd", "#eee"));
    }

    #[test]
    fn a_style_sheet_without_a_dark_part_gets_one() {
        let (css, _) = applied(":root { --ink: #111 }", &[], &[("ink", "#eee")]);
        assert_eq!(
            css,
            ":root { --ink: #111 }\n@media screen and (prefers-color-scheme: dark) { :root { --ink: #eee; } }\n"
        );
    }

    #[test]
    fn a_variable_is_set_in_the_sheet_that_declares_it() {
        let config = ThemeConfig {
            variables: [("band".to_owned(), "#333".to_owned())].into(),
            dark: [("band".to_owned(), "#ccc".to_owned())].into(),
            ..ThemeConfig::default()
        };
        let mut sheets = [CSS.to_owned(), ":root { --band: red }".to_owned()];
        let mut findings = Vec::new();
        apply(&mut sheets, &config, "theme.yaml", &mut findings);
        assert!(findings.is_empty() && sheets[0] == CSS);
        assert_eq!(
            sheets[1],
            ":root { --band: #333 }\n@media screen and (prefers-color-scheme: dark) { :root { --band: #ccc; } }\n"
        );
    }

    #[test]
    fn what_the_style_sheet_does_not_declare_or_could_not_read_is_refused() {
        let (css, findings) =
            applied(CSS, &[("inc", "#222"), ("ink", ""), ("wide", "1px } body { color: red")], &[("x", "1")]);
        assert_eq!(css, CSS);
        assert_eq!(findings, ["theme/unknown-variable", "theme/value", "theme/value", "theme/unknown-variable"]);
    }
}
