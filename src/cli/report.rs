//! Findings as text, the way compilers print them: what, where, the line itself, and what to type instead.
//!
//! Positions are looked up here, when somebody wants to see them. Nothing is printed: the caller does that.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostics::{DataPath, Finding, Place, Severity};
use crate::model::Lang;
use crate::site::built_in_text;
use crate::source;
use crate::yaml;

/// How wide an excerpt may be; longer lines are cut around the place.
const WIDTH: usize = 160;
/// How many characters of a place are underlined.
const MARK: usize = 60;

/// The words of a finding in one language, with its values in them. Label and help may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentences {
    /// What is wrong.
    pub(super) message: String,
    /// What stands beside the excerpt.
    pub(super) label: String,
    /// What to type instead.
    pub(super) help: String,
}

/// The words of a finding. A value `{detail}` that has an English half `{detail-en}` is said by it in English.
pub(super) fn sentences(finding: &Finding, lang: Lang) -> Sentences {
    let words = match lang {
        Lang::Zh => &finding.entry.zh,
        Lang::En => &finding.entry.en,
    };
    let fill = |sentence: &str| {
        let mut sentence = sentence.to_owned();
        if lang == Lang::En {
            for (name, _) in &finding.arguments {
                if let Some(base) = name.strip_suffix("-en") {
                    sentence = sentence.replace(&format!("{{{base}}}"), &format!("{{{name}}}"));
                }
            }
        }
        finding.fill(&sentence).trim().to_owned()
    };
    // What is accepted needs no remedy: it has a reason.
    let help = match (finding.accepted(), lang) {
        (Some(accepted), Lang::Zh) => accepted.reason_zh.clone(),
        (Some(accepted), Lang::En) => accepted.reason_en.clone(),
        (None, _) => fill(words.help),
    };
    Sentences { message: fill(words.message), label: fill(words.label), help }
}

/// The text of a site's file, or of a built-in theme's, where the site has no such file.
pub(super) fn text(site: &Path, path: &str) -> Option<String> {
    let own = source::read_text(site, path).ok().map(|file| file.text);
    own.or_else(|| built_in_text(path).map(str::to_owned))
}

/// All findings as text, by report, causes first, then by file and position, each once. `texts` gives the text of a file, where it has one.
pub(super) fn render(findings: &[Finding], texts: &dyn Fn(&str) -> Option<String>, lang: Lang, colour: bool) -> String {
    let sources = Sources::load(findings, texts);
    let locators = sources.locators(findings);
    let spot = |place| sources.spot(place, &locators);
    let located = sources.in_order(findings, &locators);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // The renderer's other style has box-drawing characters, which Chinese terminals may draw two columns wide.
    let renderer = renderer.term_width(WIDTH).hyperlink(false);
    let mut seen = HashSet::new();
    let mut text = String::new();
    for (main, finding) in located {
        let related: Vec<Spot<'_>> = finding.related.iter().map(spot).collect();
        let report = one(finding, &main, &related, lang, &renderer);
        if seen.insert(report.clone()) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&report);
            text.push('\n');
        }
    }
    text
}

/// A place with its line and column, both from 1; a file as a whole has none.
pub(super) struct Position {
    /// The file.
    pub(super) file: String,
    /// Line and column, the column in characters.
    pub(super) at: Option<(usize, usize)>,
}

/// All findings with their positions, in the order of [`render`].
pub(super) fn positions<'a>(
    findings: &'a [Finding],
    texts: &dyn Fn(&str) -> Option<String>,
) -> Vec<(&'a Finding, Position, Vec<Position>)> {
    let sources = Sources::load(findings, texts);
    let locators = sources.locators(findings);
    let spot = |place| sources.spot(place, &locators);
    let located = sources.in_order(findings, &locators);
    located
        .into_iter()
        .map(|(main, finding)| {
            let related = finding.related.iter().map(|place| spot(place).position()).collect();
            (finding, main.position(), related)
        })
        .collect()
}

/// One finding.
fn one(finding: &Finding, main: &Spot<'_>, related: &[Spot<'_>], lang: Lang, renderer: &Renderer) -> String {
    let (level, name, help) = match (finding.entry.severity, lang) {
        (_, Lang::Zh) if finding.accepted().is_some() => (Level::NOTE, "已接受", "原因："),
        (_, Lang::En) if finding.accepted().is_some() => (Level::NOTE, "accepted", "reason: "),
        (Severity::Error, Lang::Zh) => (Level::ERROR, "错误", "改法："),
        (Severity::Warning, Lang::Zh) => (Level::WARNING, "警告", "改法："),
        (Severity::Note, Lang::Zh) => (Level::NOTE, "提示", "改法："),
        (Severity::Error, Lang::En) => (Level::ERROR, "error", "help: "),
        (Severity::Warning, Lang::En) => (Level::WARNING, "warning", "help: "),
        (Severity::Note, Lang::En) => (Level::NOTE, "note", "help: "),
    };
    let words = sentences(finding, lang);
    let mut group = Group::with_title(level.with_name(name).primary_title(words.message).id(finding.entry.code));
    let mut files = vec![main.file];
    for spot in related {
        if !files.contains(&spot.file) {
            files.push(spot.file);
        }
    }
    for file in files {
        let here = related.iter().filter(|spot| spot.file == file && *spot != main).map(|spot| (spot, false));
        let here: Vec<_> = (main.file == file).then_some((main, true)).into_iter().chain(here).collect();
        let excerpt = Excerpt::of(&here);
        if let Some(excerpt) = excerpt {
            let annotations = excerpt.marks.into_iter().map(|(range, primary)| {
                let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                let label = Some(words.label.clone()).filter(|label| primary && !label.is_empty());
                kind.span(range).label(label)
            });
            let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(file.to_owned());
            group = group.element(snippet.annotations(annotations));
        } else {
            group = group.element(Origin::path(here.first().map_or_else(|| file.to_owned(), |(spot, _)| spot.name())));
        }
    }
    if !words.help.is_empty() {
        group = group.element(Level::HELP.no_name().message(format!("{help}{}", words.help)));
    }
    renderer.render(&[group])
}

/// The texts of the files that findings are in, without byte order marks.
struct Sources<'a> {
    texts: BTreeMap<&'a str, Source>,
}

struct Source {
    text: String,
    /// The bytes of a byte order mark.
    skipped: usize,
}

type Locator<'s> = Box<dyn Fn(&DataPath) -> Option<Range<usize>> + 's>;

impl<'a> Sources<'a> {
    fn load(findings: &'a [Finding], texts: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut sources = BTreeMap::new();
        for place in findings.iter().flat_map(|finding| std::iter::once(&finding.place).chain(&finding.related)) {
            if matches!(place, Place::File(_)) || sources.contains_key(place.file()) {
                continue;
            }
            if let Some(text) = texts(place.file()) {
                let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
                let source = Source { skipped: text.len() - body.len(), text: body.to_owned() };
                sources.insert(place.file(), source);
            }
        }
        Sources { texts: sources }
    }

    /// A way from paths to positions for each file that needs one: a file is parsed once for all its findings.
    fn locators(&self, findings: &'a [Finding]) -> BTreeMap<&'a str, Locator<'_>> {
        let places = findings.iter().flat_map(|finding| std::iter::once(&finding.place).chain(&finding.related));
        let files: BTreeSet<&str> = places.filter(|place| matches!(place, Place::Data(..))).map(Place::file).collect();
        let locator = |file| {
            let source: &Source = self.texts.get(file)?;
            Some((file, Box::new(yaml::locator(&source.text)) as Locator<'_>))
        };
        files.into_iter().filter_map(locator).collect()
    }

    /// Findings with their spots, by file and position.
    fn in_order<'f: 'a>(
        &'a self,
        findings: &'f [Finding],
        locators: &BTreeMap<&str, Locator<'_>>,
    ) -> Vec<(Spot<'a>, &'f Finding)> {
        let mut located: Vec<(Spot<'a>, &'f Finding)> =
            findings.iter().map(|finding| (self.spot(&finding.place, locators), finding)).collect();
        located.sort_by_key(|(spot, finding)| {
            (report_of(spot.file), rank(finding.entry.code), spot.file, spot.start(), finding.entry.code)
        });
        located
    }

    fn spot(&'a self, place: &'a Place, locators: &BTreeMap<&str, Locator<'_>>) -> Spot<'a> {
        let file = place.file();
        let source = self.texts.get(file);
        let range = match place {
            Place::File(_) => None,
            Place::Text(_, range) => source
                .map(|source| range.start.saturating_sub(source.skipped)..range.end.saturating_sub(source.skipped)),
            Place::Data(_, path) => locators.get(file).and_then(|locate| locate(path)),
        };
        let path = match place {
            Place::Data(_, path) if range.is_none() && !path.steps.is_empty() => Some(path),
            _ => None,
        };
        Spot { file, at: source.zip(range).map(|(source, range)| (source.text.as_str(), range)), path }
    }
}

/// The report that a file belongs to, by its folder; of another file, the file.
fn report_of(file: &str) -> &str {
    let end = ["/final/", "/budget/"].iter().find_map(|kind| file.find(kind).map(|at| at + kind.len()));
    &file[..end.unwrap_or(file.len())]
}

/// Causes come before what follows from them: files, YAML and tables that could not be read, then Markdown and what it
/// refers to, then tables that contradict themselves or each other, then sentences that contradict the tables, one
/// language that contradicts the other, and acceptances of what came out otherwise.
fn rank(code: &str) -> u8 {
    match code.split_once('/') {
        Some(("sum" | "cross" | "year" | "rate" | "rule", _)) => 2,
        Some(("figure", "stated" | "tail") | ("text", _)) => 3,
        Some(("markdown" | "figure" | "glossary", _)) => 1,
        Some(("translation", _)) => 4,
        Some(("publish", "accepted-nothing")) => 5,
        _ => 0,
    }
}

/// A place that has been looked up.
#[derive(PartialEq, Eq)]
struct Spot<'a> {
    file: &'a str,
    /// The text of the file, and the bytes.
    at: Option<(&'a str, Range<usize>)>,
    /// The path into its data, when that could not be found in the text.
    path: Option<&'a DataPath>,
}

impl Spot<'_> {
    fn start(&self) -> Option<usize> {
        self.at.as_ref().map(|(_, range)| range.start)
    }

    fn position(&self) -> Position {
        let at = self.at.as_ref().map(|(text, range)| {
            let before = &text[..range.start];
            let line = before.rfind('\n').map_or(0, |at| at + 1);
            (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
        });
        Position { file: self.file.to_owned(), at }
    }

    fn name(&self) -> String {
        match self.path {
            Some(path) => format!("{} ({path})", self.file),
            None => self.file.to_owned(),
        }
    }
}

/// The lines of one file that a finding shows.
struct Excerpt {
    text: String,
    /// The number of the first line.
    line: usize,
    /// Bytes of the excerpt, and whether they are the place itself.
    marks: Vec<(Range<usize>, bool)>,
}

impl Excerpt {
    /// From the first line with a place to the last; the renderer folds what lies between.
    fn of(spots: &[(&Spot<'_>, bool)]) -> Option<Self> {
        let text = spots.iter().find_map(|(spot, _)| spot.at.as_ref())?.0;
        let ranges: Vec<(Range<usize>, bool)> = spots
            .iter()
            .filter_map(|(spot, primary)| spot.at.as_ref().map(|(_, range)| (in_one_line(text, range), *primary)))
            .collect();
        let first = ranges.iter().map(|(range, _)| range.start).min()?;
        let last = ranges.iter().map(|(range, _)| range.end).max()?;
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
        let line = text[..start].matches('\n').count() + 1;
        let shift = |at: usize| at - start - text[start..at].matches("\r\n").count();
        let marks =
            ranges.into_iter().map(|(range, primary)| (shift(range.start)..shift(range.end), primary)).collect();
        let text = text[start..end].replace("\r\n", "\n");
        Some(Excerpt { text: text.strip_suffix('\r').map(str::to_owned).unwrap_or(text), line, marks })
    }
}

/// A range that lies within the text, on character boundaries, and in the line that it begins in.
fn in_one_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let start = boundary(range.start);
    let end = boundary(range.end).max(start);
    let line = text[start..end].lines().next().unwrap_or_default();
    // A place that begins at the very end of a line with CR LF stays before the break.
    let start = if text[..start].ends_with('\r') && text[start..].starts_with('\n') { start - 1 } else { start };
    // No longer than can be shown.
    let length = line.char_indices().nth(MARK).map_or(line.len(), |(at, _)| at);
    start..start + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::catalogue;

    const TABLE: &str =
        "title: {zh: 甲, en: A}\r\nrows:\r\n  行政运行（小计）: [二, 3]\r\n  201: [1]\r\n\r\n  201: [2]\r\n";

    fn texts(file: &str) -> Option<String> {
        match file {
            "tables/a.yaml" => Some(format!("\u{feff}{TABLE}")),
            "long.md" => Some(format!("# 一\n{}这里{}\n", "好的，".repeat(150), "长".repeat(300))),
            _ => None,
        }
    }

    fn text(file: &str, wanted: &str) -> Place {
        let text = texts(file).unwrap();
        let start = text.rfind(wanted).unwrap();
        Place::Text(file.to_owned(), start..start + wanted.len())
    }

    fn shown(findings: &[Finding], lang: Lang) -> String {
        render(findings, &texts, lang, false)
    }

    #[test]
    fn points_at_the_place_in_both_languages() {
        let path = DataPath::top().key("rows").key("行政运行（小计）").index(0);
        let findings = [Finding::new(&catalogue::AMOUNT, path.in_file("tables/a.yaml"))
            .with("text", "二")
            .with("why", "不是数字")
            .with("why-en", "not a number")
            .with("help", "核对原表")
            .with("help-en", "see the form")];
        insta::assert_snapshot!(shown(&findings, Lang::Zh), @r"
    错误[form/amount]: `二` 不是金额：不是数字
     --> tables/a.yaml:3:14
      |
    3 |   行政运行（小计）: [二, 3]
      |                      ^^ 应为半角数字，如 1066.66
      |
      = 改法：核对原表
    ");
        insta::assert_snapshot!(shown(&findings, Lang::En), @r"
    error[form/amount]: `二` is not an amount: not a number
     --> tables/a.yaml:3:14
      |
    3 |   行政运行（小计）: [二, 3]
      |                      ^^ expected plain digits, as 1066.66
      |
      = help: see the form
    ");
    }

    #[test]
    fn shows_both_ends() {
        let first = TABLE.find("201").unwrap() + 3;
        let finding = Finding::new(&catalogue::YAML_DUPLICATE_KEY, text("tables/a.yaml", "201"))
            .with("key", 201)
            .beside(Place::Text("tables/a.yaml".to_owned(), first..first + 3))
            .beside(text("long.md", "一"))
            .beside(Place::File("files/b.pdf".to_owned()));
        insta::assert_snapshot!(shown(&[finding], Lang::Zh), @r"
    错误[yaml/duplicate-key]: 键 `201` 重复
     --> tables/a.yaml:6:3
      |
    4 |   201: [1]
      |   ---
    5 |
    6 |   201: [2]
      |   ^^^ 此处再次出现
      |
     ::: long.md:1:3
      |
    1 | # 一
      |   --
     ::: files/b.pdf
      = 改法：保留一处，删去另一处
    ");
    }

    #[test]
    fn cuts_long_lines_around_the_place() {
        insta::assert_snapshot!(shown(&[stated(text("long.md", "这里"))], Lang::En), @r"
    error[figure/stated]: stated as 1, computed as 2 (a)
     --> long.md:2:451
      |
    2 | ... ，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，这里长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长...
      |                                                                         ^^^^ here
      |
      = help: check the document; if it says so, accept it with a reason in report.yaml
    ");
        let whole = Place::Text("long.md".to_owned(), 6..2000);
        insta::assert_snapshot!(shown(&[stated(whole)], Lang::Zh), @r"
    错误[figure/stated]: 原文写 1，按有关数字计算为 2（a）
     --> long.md:2:1
      |
    2 | 好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好的，好...
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 此处
      |
      = 改法：核对原文；原文确实如此的，在 report.yaml 的 accepted 中写明原因
    ");
    }

    fn stated(place: Place) -> Finding {
        Finding::new(&catalogue::FIGURE_STATED, place).with("stated", 1).with("computed", 2).with("figures", "a")
    }

    #[test]
    fn sorts_and_says_each_once() {
        let missing = |file: &str| {
            Finding::new(&catalogue::FILE_MISSING, Place::File(file.to_owned())).with("file", "x").with("advice", "")
        };
        let unlocated = DataPath::top().key("rows").index(1).in_file("no-text.yaml");
        let findings = [
            stated(text("tables/a.yaml", "201")),
            missing("z"),
            Finding::new(&catalogue::BAD_ID, unlocated).with("id", "A").with("suggestion", "a"),
            stated(text("tables/a.yaml", "title")),
            missing("tables/a.yaml"),
            missing("z"),
        ];
        insta::assert_snapshot!(shown(&findings, Lang::Zh), @r"
    错误[form/bad-id]: `A` 不能用作标识
    --> no-text.yaml (rows › 2)
     = 改法：改写为 `a`

    错误[source/missing]: 缺少文件 x
    --> tables/a.yaml

    错误[figure/stated]: 原文写 1，按有关数字计算为 2（a）
     --> tables/a.yaml:1:1
      |
    1 | title: {zh: 甲, en: A}
      | ^^^^^ 此处
      |
      = 改法：核对原文；原文确实如此的，在 report.yaml 的 accepted 中写明原因

    错误[figure/stated]: 原文写 1，按有关数字计算为 2（a）
     --> tables/a.yaml:6:3
      |
    6 |   201: [2]
      |   ^^^ 此处
      |
      = 改法：核对原文；原文确实如此的，在 report.yaml 的 accepted 中写明原因

    错误[source/missing]: 缺少文件 x
    --> z
    ");
    }

    #[test]
    fn within_a_report_causes_come_before_what_follows_from_them() {
        let at = |entry, file: &str| Finding::new(entry, Place::File(file.to_owned()));
        let findings = [
            at(&catalogue::FIGURE_STATED, "content/2019/final/01-a.zh.md"),
            at(&catalogue::TEXT_PERCENT, "content/2018/final/01-a.zh.md"),
            at(&catalogue::SUM_DIFFERS, "content/2019/final/tables/b.yaml"),
            at(&catalogue::FIGURE_SYNTAX, "content/2019/final/02-b.zh.md"),
            at(&catalogue::UNKNOWN_EMBED, "content/2019/final/01-a.zh.md"),
            at(&catalogue::YAML_SYNTAX, "content/2019/final/tables/c.yaml"),
            at(&catalogue::LANGUAGE_MISSING, "content/2019/final/04-d.zh.md"),
            at(&catalogue::BAD_ID, "site.yaml"),
            at(&catalogue::SUM_DIFFERS, "content/2018/final/tables/a.yaml"),
        ];
        let said: Vec<(&str, &str)> = positions(&findings, &texts)
            .iter()
            .map(|(finding, ..)| (finding.entry.code, finding.place.file().rsplit('/').next().unwrap()))
            .collect();
        let expected = [
            ("sum/differs", "a.yaml"),
            ("text/percent", "01-a.zh.md"),
            ("source/language-missing", "04-d.zh.md"),
            ("yaml/syntax", "c.yaml"),
            ("markdown/unknown-embed", "01-a.zh.md"),
            ("figure/syntax", "02-b.zh.md"),
            ("sum/differs", "b.yaml"),
            ("figure/stated", "01-a.zh.md"),
            ("form/bad-id", "site.yaml"),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn an_english_half_is_said_in_english() {
        let finding = Finding::new(&catalogue::YAML_SYNTAX, Place::File("a".to_owned()))
            .with("detail", "冒号")
            .with("detail-en", "a colon");
        assert_eq!(sentences(&finding, Lang::Zh).message, "YAML 语法错误：冒号");
        assert_eq!(sentences(&finding, Lang::En).message, "YAML syntax: a colon");
    }

    #[test]
    fn colour_is_only_colour() {
        let findings = [stated(text("tables/a.yaml", "行政"))];
        let coloured = render(&findings, &texts, Lang::Zh, true);
        assert!(coloured.contains("\u{1b}["));
        let mut plain = String::new();
        for part in coloured.split('\u{1b}') {
            plain.push_str(part.strip_prefix('[').and_then(|part| part.split_once('m')).map_or(part, |(_, text)| text));
        }
        assert_eq!(plain, shown(&findings, Lang::Zh));
    }

    #[test]
    fn no_range_is_too_wrong() {
        let text = "一\r\n\ttwo\r\n\n三\u{7}\u{200d}\r";
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let place = |start, end| Place::Text("a".to_owned(), start..end);
                let finding = stated(place(start, end)).beside(place(end, start)).beside(place(end, usize::MAX));
                assert!(render(&[finding], &|_| Some(text.to_owned()), Lang::Zh, false).contains("a:"));
            }
        }
        assert!(
            render(&[stated(Place::Text("a".to_owned(), 5..9))], &|_| Some(String::new()), Lang::En, true).len() > 9
        );
    }
}
