//! What file names mean, and what a name that means nothing was probably meant to be.

use crate::model::{Lang, Text};

/// A Markdown file of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Prose {
    /// `03-explanation.zh.md`; the number may be left out.
    Part { number: Option<u32>, slug: String, lang: Lang },
    /// `glossary.zh.md`.
    Glossary(Lang),
}

/// Pages that the program makes itself beside the narrative parts. Those of forms are known only when
/// the forms are, and looked after there.
const TAKEN: [&str; 6] = ["index", "report", "checks", "glossary", "facts", "tables"];

/// Folders that the program makes itself beside the departments.
const TAKEN_TOP: [&str; 5] = ["assets", "en", "zh", "forms", "large"];

/// What people write for a language.
const LANGUAGES: [(Lang, &[&str]); 2] = [
    (Lang::Zh, &["zh-hans-cn", "zh-hans", "zh-cn", "zh_cn", "chinese", "chs", "zh", "cn", "中文"]),
    (Lang::En, &["english", "en-us", "en_us", "en-gb", "en_gb", "eng", "en", "英文"]),
];

/// Names of parts that departments really have, for suggestions.
const KNOWN: [(&str, &str); 7] = [
    ("名词解释", "glossary"),
    ("部门概况", "overview"),
    ("概况", "overview"),
    ("情况说明", "explanation"),
    ("说明", "explanation"),
    ("绩效", "performance"),
    ("附件", "annex"),
];

/// Whether a name may stand in addresses and URLs: `a-z`, `0-9` and hyphens, none of them at an end.
pub(super) fn is_slug(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.is_empty()
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// Whether the program itself uses the name for a folder at the top.
pub(super) fn is_taken_at_top(slug: &str) -> bool {
    TAKEN_TOP.contains(&slug)
}

/// The year of a folder, `2019`.
pub(super) fn year(name: &str) -> Option<u16> {
    let digits = name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit());
    name.parse().ok().filter(|year| digits && (1949..=2099).contains(year))
}

/// The only year in a name such as `2019年` or `FY2019`.
pub(super) fn year_within(name: &str) -> Option<u16> {
    let mut runs = name.split(|c: char| !c.is_ascii_digit()).filter_map(year);
    let year = runs.next()?;
    runs.next().is_none().then_some(year)
}

/// The nearest slug to a name, if there is an obvious one.
pub(super) fn slugify(name: &str) -> Option<String> {
    let mut slug = name.trim().to_lowercase();
    for (chinese, english) in KNOWN {
        slug = slug.replace(chinese, english);
    }
    let slug: String = slug.chars().map(|c| if matches!(c, '_' | ' ' | '.' | '、') { '-' } else { c }).collect();
    let slug = slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    is_slug(&slug).then_some(slug)
}

/// The name without `.yaml` or `.yml`.
pub(super) fn yaml_stem(name: &str) -> Option<&str> {
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
}

/// `name` with the extension `.yaml` that it was meant to have: `a.YAML`, `a.yaml.txt`.
pub(super) fn meant_as_yaml(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let lower = lower.strip_suffix(".txt").unwrap_or(&lower);
    yaml_stem(lower).and_then(slugify).map(|stem| format!("{stem}.yaml"))
}

/// A Markdown file with a name that a report does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misnamed {
    /// Certainly meant to be called so.
    Rename(String),
    /// Without a language; the name up to there.
    Language(String),
    /// Called like a page of the program; the name up to the language.
    Taken(String, Lang),
    /// Nobody can tell.
    Unclear,
}

impl Misnamed {
    /// What to do.
    pub(super) fn advice(&self) -> Text {
        match self {
            Misnamed::Rename(name) => rename_to(name),
            Misnamed::Language(base) => Text::new(
                format!("文件名要写明语言：改名为 {base}.zh.md（中文）或 {base}.en.md（英文）"),
                format!(
                    "the name has to tell the language: rename it to {base}.zh.md (Chinese) or {base}.en.md (English)"
                ),
            ),
            Misnamed::Taken(base, lang) => Text::new(
                format!("程序自己会生成同名页面；改名为 {base}-text.{}.md", lang.code()),
                format!("the program makes a page of this name itself; rename it to {base}-text.{}.md", lang.code()),
            ),
            Misnamed::Unclear => Text::new(
                "改名为“序号-名称.语言.md”，如 03-explanation.zh.md；名称只用小写英文字母、数字和连字符",
                "rename it to number-name.language.md, as 03-explanation.zh.md; \
                 the name takes lower-case letters, digits and hyphens",
            ),
        }
    }
}

/// Reads the name of a Markdown file, or tells what it was meant to be.
pub(super) fn prose(name: &str) -> Result<Prose, Misnamed> {
    let parts = name.strip_suffix(".md").and_then(|stem| stem.rsplit_once('.'));
    let lang = parts.and_then(|(_, code)| Lang::ALL.into_iter().find(|lang| lang.code() == code));
    match (parts, lang) {
        (Some((base, _)), Some(lang)) => named(base, lang).unwrap_or_else(|| Err(meant(name))),
        _ => Err(meant(name)),
    }
}

/// What a file `<base>.<lang>.md` is; `None` if `base` is not written as a name.
fn named(base: &str, lang: Lang) -> Option<Result<Prose, Misnamed>> {
    let (number, slug) = numbered(base);
    if !is_slug(slug) || slug.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(match (number, slug) {
        (None, "glossary") => Ok(Prose::Glossary(lang)),
        (Some(_), "glossary") => Err(Misnamed::Rename(format!("glossary.{}.md", lang.code()))),
        _ if TAKEN.contains(&slug) => Err(Misnamed::Taken(base.to_owned(), lang)),
        _ => Ok(Prose::Part { number, slug: slug.to_owned(), lang }),
    })
}

/// `03-explanation` → 3 and `explanation`. Four digits are a year and belong to the name.
fn numbered(base: &str) -> (Option<u32>, &str) {
    match base.split_once('-') {
        Some((digits, slug)) if (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) => {
            (digits.parse().ok(), slug)
        }
        _ => (None, base),
    }
}

/// The advice to use another name.
pub(super) fn rename_to(name: &str) -> Text {
    Text::new(format!("改名为 {name}"), format!("rename it to {name}"))
}

/// What a Markdown file with another name was probably meant to be called.
fn meant(name: &str) -> Misnamed {
    let lower = name.to_lowercase();
    let stem = [".md.txt", ".markdown", ".md"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    let (base, lang) = without_language(stem);
    let Some(base) = slugify(base) else { return Misnamed::Unclear };
    match named(&base, lang.unwrap_or(Lang::Zh)) {
        None => Misnamed::Unclear,
        Some(Err(Misnamed::Rename(_))) if lang.is_none() => Misnamed::Language("glossary".to_owned()),
        Some(Err(misnamed)) => misnamed,
        Some(Ok(_)) => match lang {
            Some(lang) => Misnamed::Rename(format!("{base}.{}.md", lang.code())),
            None => Misnamed::Language(base),
        },
    }
}

/// Takes the language off the end of a name, however it is set apart.
fn without_language(stem: &str) -> (&str, Option<Lang>) {
    let before = |alias: &str| {
        let base = stem.strip_suffix(alias)?;
        let chinese = !alias.is_ascii();
        base.strip_suffix(['.', '_', '-', ' ']).or(if chinese { Some(base) } else { None })
    };
    LANGUAGES
        .iter()
        .find_map(|(lang, aliases)| aliases.iter().find_map(|alias| before(alias)).map(|base| (base, Some(*lang))))
        .unwrap_or((stem, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_of_parts() {
        let part = |number, slug: &str, lang| Ok(Prose::Part { number, slug: slug.to_owned(), lang });
        assert_eq!(prose("03-explanation.zh.md"), part(Some(3), "explanation", Lang::Zh));
        assert_eq!(prose("overview.en.md"), part(None, "overview", Lang::En));
        assert_eq!(prose("2019-plan.en.md"), part(None, "2019-plan", Lang::En));
        assert_eq!(prose("glossary.en.md"), Ok(Prose::Glossary(Lang::En)));
    }

    #[test]
    fn says_what_to_name_a_file() {
        for (name, zh) in [
            ("03_Explanation.zh.md", "改名为 03-explanation.zh.md"),
            ("03-explanation.zh-CN.md", "改名为 03-explanation.zh.md"),
            ("03-explanation_en.MD", "改名为 03-explanation.en.md"),
            ("03-explanation.zh.md.txt", "改名为 03-explanation.zh.md"),
            ("03-说明中文.md", "改名为 03-explanation.zh.md"),
            ("05-glossary.zh.md", "改名为 glossary.zh.md"),
            ("05-名词解释.cn.md", "改名为 glossary.zh.md"),
            (
                "03-explanation.md",
                "文件名要写明语言：改名为 03-explanation.zh.md（中文）或 03-explanation.en.md（英文）",
            ),
            (
                "03-工作动态.md",
                "改名为“序号-名称.语言.md”，如 03-explanation.zh.md；名称只用小写英文字母、数字和连字符",
            ),
            ("checks.zh.md", "程序自己会生成同名页面；改名为 checks-text.zh.md"),
        ] {
            assert_eq!(prose(name).unwrap_err().advice().zh, zh, "{name}");
        }
        assert!(prose("03.zh.md").is_err());
        assert!(prose("-a.zh.md").is_err());
    }

    #[test]
    fn reads_years() {
        assert_eq!(year("2019"), Some(2019));
        assert_eq!((year("0219"), year("19"), year("+201"), year("2019年")), (None, None, None, None));
        assert_eq!((year_within("2019年"), year_within("2019-2020"), year_within("abc")), (Some(2019), None, None));
    }

    #[test]
    fn suggests_slugs_and_extensions() {
        assert_eq!(slugify("Civil_Affairs Bureau").as_deref(), Some("civil-affairs-bureau"));
        assert_eq!(slugify("民政局"), None);
        assert_eq!(meant_as_yaml("Expenditure.YML.txt").as_deref(), Some("expenditure.yaml"));
        assert_eq!(meant_as_yaml("expenditure.xlsx"), None);
    }
}
