//! What is wrong with the templates of a theme, as findings at their lines.
//!
//! Tera says some mistakes as data and some only as text with `--> file:line:column` in it; both end here.

use std::collections::BTreeMap;

use tera::{ErrorKind, Tera};

use crate::diagnostics::{Finding, Place, catalogue};
use crate::parse::nearest;

use super::fields::{self, Data};
use super::layers::{Layer, ROOT, Template};
use super::loads;
use super::missing::Assets;

/// How long a list of names is said in full.
const MOST: usize = 120;

/// The templates of all layers, by `theme/path`.
#[derive(Debug)]
pub(super) struct Templates {
    texts: BTreeMap<String, Text>,
    /// The themes from the top of the chain down.
    themes: Vec<String>,
}

#[derive(Debug)]
struct Text {
    text: String,
    own: bool,
}

impl Templates {
    pub(super) fn of(layers: &[Layer]) -> Self {
        let texts = layers.iter().flat_map(|layer| {
            let named = |(path, Template { text, own }): (&String, &Template)| {
                (format!("{}/{path}", layer.name), Text { text: text.clone(), own: *own })
            };
            layer.templates.iter().map(named)
        });
        Templates { texts: texts.collect(), themes: layers.iter().map(|layer| layer.name.clone()).collect() }
    }

    /// Adds all templates to `tera`, or says what is wrong with them.
    pub(super) fn add_to(&self, tera: &mut Tera, findings: &mut Vec<Finding>) {
        let before = findings.len();
        for (name, text) in self.own() {
            // Alone, so that a mistake of one does not hide those of the others.
            if let Err(error) = Tera::default().add_raw_template(name, &text.text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                findings.extend(self.findings(&error));
            }
        }
        if findings.len() > before {
            return;
        }
        findings.extend(self.unused());
        let prefixes = self.themes.iter().map(|theme| format!("{theme}/"));
        let added = tera
            .set_fallback_prefixes(prefixes)
            .and_then(|()| tera.add_raw_templates(self.texts.iter().map(|(name, text)| (name, &text.text))));
        if let Err(error) = added {
            findings.extend(self.findings(&error));
        }
    }

    /// What the site's own templates read and do not get.
    pub(super) fn missing_fields(&self, data: &Data) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (name, text) in self.own() {
            for unknown in fields::unknown(&text.text, data.of(path_of(name))) {
                let known = unknown.known.join(", ");
                let (zh, en) = match nearest(&unknown.name, unknown.known.iter().map(String::as_str)) {
                    Some(close) => (format!("也许是 `{close}`"), format!("perhaps `{close}`")),
                    None if known.is_empty() || known.len() > MOST => {
                        ("数据一览见 docs/theming.zh.md".to_owned(), "docs/theming.md lists what there is".to_owned())
                    }
                    None => (format!("有：{known}"), format!("there are: {known}")),
                };
                let place = Place::Text(file_of(name), unknown.at);
                let finding = Finding::new(&catalogue::FIELD_UNKNOWN, place).with("path", unknown.path);
                findings.push(finding.with("help", zh).with("help-en", en));
            }
        }
        findings
    }

    /// What the site's own templates say that no page may.
    pub(super) fn breaches(&self) -> Vec<Finding> {
        self.own().flat_map(|(name, text)| loads::of_template(&file_of(name), &text.text)).collect()
    }

    /// What the site's own templates name in `assets/` and is not there.
    pub(super) fn missing_files(&self, known: &Assets<'_>) -> Vec<Finding> {
        self.own().flat_map(|(name, text)| known.missing_of_template(&file_of(name), &text.text)).collect()
    }

    /// Where one of the site's own templates says something, in capitals or not.
    pub(super) fn holding(&self, wanted: &str) -> Option<Place> {
        self.own().find_map(|(name, text)| Some(Place::Text(file_of(name), loads::mark(&text.text, wanted)?)))
    }

    /// The site's own frame, if it has one.
    pub(super) fn base(&self) -> Option<Place> {
        self.own().find(|(name, _)| path_of(name) == "base.html").map(|(name, _)| Place::File(file_of(name)))
    }

    /// What went wrong when a page was made.
    pub(super) fn rendering(&self, error: &tera::Error) -> Finding {
        let mut findings = self.findings(error);
        findings.swap_remove(0)
    }

    fn own(&self) -> impl Iterator<Item = (&String, &Text)> {
        self.texts.iter().filter(|(_, text)| text.own)
    }

    /// The site's own templates that stand in for none and that no other names.
    fn unused(&self) -> Vec<Finding> {
        let pages: Vec<&str> =
            self.texts.keys().filter_map(|name| name.strip_prefix(ROOT)?.strip_prefix('/')).collect();
        let built_in = |path: &str| super::built_in_text(&format!("themes/{ROOT}/templates/{path}")).is_some();
        let mut findings = Vec::new();
        for (name, text) in self.own() {
            let path = path_of(name);
            let others = || self.texts.iter().filter(|(other, _)| *other != name).map(|(_, other)| &other.text);
            let named = [format!("\"{path}\""), format!("\"{name}\"")];
            let used = built_in(path)
                || others().any(|other| named.iter().any(|named| other.contains(named)))
                || components(&text.text).any(|own| others().any(|other| other.contains(&format!("<{own}"))));
            if used {
                continue;
            }
            let pages = pages.iter().copied().filter(|page| built_in(page));
            let (zh, en) = match nearest(stem(path), pages.map(stem)) {
                Some(close) => (format!("也许是 `{close}.html`"), format!("perhaps `{close}.html`")),
                None => (
                    "在别的模板里用 include 或 extends 引用它，或删去".to_owned(),
                    "include or extend it in another template, or remove it".to_owned(),
                ),
            };
            let finding = Finding::new(&catalogue::TEMPLATE_UNUSED, Place::File(file_of(name)));
            findings.push(finding.with("template", path).with("help", zh).with("help-en", en));
        }
        findings
    }

    /// An error of Tera as findings, at least one.
    fn findings(&self, error: &tera::Error) -> Vec<Finding> {
        match error.kind() {
            ErrorKind::MissingParent { current, parent } => {
                vec![self.no_such(self.find(current, &format!("\"{parent}\"")), parent)]
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain } => {
                let way = inheritance_chain.join(" → ");
                vec![circle(self.find(tpl, "extends"), &format!("{tpl} → {way}"))]
            }
            ErrorKind::CircularInclude { tpl, include_chain } => {
                vec![circle(self.find(tpl, "include"), &include_chain.join(" → "))]
            }
            kind => {
                let said = kind.to_string();
                let reports: Vec<Report<'_>> = reports(&said);
                if reports.is_empty() {
                    return vec![self.unplaced(&said)];
                }
                let mut findings: Vec<Finding> = Vec::new();
                for report in reports {
                    let place = self.at(&report);
                    if report.kind == "error" || findings.is_empty() {
                        let (zh, en) = self.in_words(report.message);
                        let finding = Finding::new(&catalogue::TEMPLATE, place).with("detail", zh);
                        findings.push(finding.with("detail-en", en));
                    } else if let Some(last) = findings.last_mut() {
                        last.related.push(place);
                    }
                }
                let mut findings: Vec<Finding> = findings.into_iter().map(|finding| self.led_to_own(finding)).collect();
                // A block that one template lacks is missed by all pages.
                findings.dedup_by(|next, kept| next.place == kept.place && next.arguments == kept.arguments);
                findings
            }
        }
    }

    /// What Tera says, in Chinese and English, with the nearest name where a name is not known. What it says of syntax
    /// stays as it is.
    fn in_words(&self, message: &str) -> (String, String) {
        let name = message.split('`').nth(1).unwrap_or_default();
        let (zh, opening) = match message {
            _ if message.starts_with("Block ") && message.contains("not defined in any parent") => {
                (format!("上级模板中都没有块 `{name}`"), "block ")
            }
            _ if message.starts_with("Unknown component ") => (format!("没有组件 `{name}`"), "component "),
            _ if message.starts_with("Unknown filter ") => (format!("没有过滤器 `{name}`"), ""),
            _ if message.starts_with("Unknown function ") => (format!("没有函数 `{name}`"), ""),
            _ if message.starts_with("Unknown test ") => (format!("没有判断 `{name}`"), ""),
            _ => return (message.to_owned(), message.to_owned()),
        };
        let texts = self.texts.values().filter(|_| !opening.is_empty()).map(|text| text.text.as_str());
        let named = texts
            .flat_map(|text| text.split(opening).skip(1))
            .map(|rest| rest.split(|c: char| !(c == '_' || c.is_alphanumeric())).next().unwrap_or_default());
        match nearest(name, named.filter(|known| !known.is_empty() && *known != name)) {
            Some(close) => (format!("{zh}，也许是 `{close}`"), format!("{message}, perhaps `{close}`")),
            None => (zh, message.to_owned()),
        }
    }

    /// Where a built-in template fails because of what a site's own one gave it, or lacks, the own one is to be mended.
    fn led_to_own(&self, mut finding: Finding) -> Finding {
        let is_own = |place: &Place| self.own().any(|(name, _)| file_of(name) == place.file());
        if is_own(&finding.place) {
            return finding;
        }
        if let Some(caller) = finding.related.iter_mut().find(|place| is_own(place)) {
            std::mem::swap(&mut finding.place, caller);
        } else if let Some(replacing) = self.replacing(&finding) {
            let file = Place::File(file_of(replacing));
            finding.related.insert(0, std::mem::replace(&mut finding.place, file));
        }
        finding
    }

    /// The site's own template that lacks what the one that it stands in for had: a block or a component.
    fn replacing(&self, finding: &Finding) -> Option<&String> {
        let name = finding.fill("{detail}").split('`').nth(1)?.to_owned();
        let had = [format!("block {name} "), format!("component {name}(")];
        self.own().map(|(own, _)| own).find(|own| {
            let path = path_of(own);
            let mut below = self.texts.iter().filter(|(other, _)| *other != *own && path_of(other) == path);
            below.any(|(_, text)| had.iter().any(|had| text.text.contains(had)))
                && !had.iter().any(|had| self.texts[*own].text.contains(had))
        })
    }

    /// A mistake that Tera says without a place; the names of templates are in it.
    fn unplaced(&self, said: &str) -> Finding {
        let mut named: Vec<&String> = self.texts.keys().filter(|name| said.contains(&format!("`{name}`"))).collect();
        named.sort_by_key(|name| !self.texts[*name].own);
        let component = said.split('`').nth(1).unwrap_or_default();
        let mut places = named.into_iter().map(|name| self.find(name, &format!("component {component}")));
        let place = places.next().unwrap_or_else(|| Place::File(format!("themes/{}/templates", self.themes[0])));
        let mut finding = Finding::new(&catalogue::TEMPLATE, place).with("detail", said);
        finding.related.extend(places);
        finding
    }

    /// A template that is named and not there.
    fn no_such(&self, place: Place, template: &str) -> Finding {
        let known = self.texts.keys().flat_map(|name| [name.as_str(), path_of(name)]);
        let (zh, en) = match nearest(template, known) {
            Some(close) => (format!("，也许是 `{close}`"), format!(", perhaps `{close}`")),
            None => (String::new(), String::new()),
        };
        Finding::new(&catalogue::TEMPLATE, place)
            .with("detail", format!("没有模板 `{template}`{zh}"))
            .with("detail-en", format!("there is no template `{template}`{en}"))
    }

    /// Where a text first stands in a template.
    fn find(&self, template: &str, wanted: &str) -> Place {
        let start = self.texts.get(template).and_then(|text| text.text.find(wanted));
        match start {
            Some(start) => Place::Text(file_of(template), start..start + wanted.len()),
            None => Place::File(file_of(template)),
        }
    }

    /// The place of a report.
    fn at(&self, report: &Report<'_>) -> Place {
        let text = self.texts.get(report.template).map_or("", |text| text.text.as_str());
        let start: usize = text.split_inclusive('\n').take(report.line - 1).map(str::len).sum();
        let line = text[start..].lines().next().unwrap_or_default();
        let bytes = |characters: usize| line.chars().take(characters).map(char::len_utf8).sum::<usize>();
        let from = start + bytes(report.column - 1);
        Place::Text(file_of(report.template), from..(start + bytes(report.column - 1 + report.width)).max(from))
    }
}

/// A template's path below the `templates/` of its theme.
fn path_of(template: &str) -> &str {
    template.split_once('/').map_or(template, |(_, path)| path)
}

fn stem(path: &str) -> &str {
    path.strip_suffix(".html").unwrap_or(path)
}

/// The file of a template, from the site's root.
fn file_of(template: &str) -> String {
    let (theme, path) = template.split_once('/').unwrap_or((ROOT, template));
    format!("themes/{theme}/templates/{path}")
}

fn circle(place: Place, way: &str) -> Finding {
    Finding::new(&catalogue::TEMPLATE, place)
        .with("detail", format!("模板互相引用：{way}"))
        .with("detail-en", format!("the templates lead in a circle: {way}"))
}

/// The names of the components that a template defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.split("component ").enumerate().filter(|(at, _)| *at > 0).filter_map(|(_, rest)| {
        let end = rest.find('(')?;
        let name = rest[..end].trim();
        name.chars().all(|c| c.is_alphanumeric() || c == '_').then_some(name)
    })
}

/// One of Tera's reports: what, and where; lines and columns from 1, the width in characters.
#[derive(Debug, PartialEq, Eq)]
struct Report<'a> {
    /// `error` or `note`.
    kind: &'a str,
    message: &'a str,
    template: &'a str,
    line: usize,
    column: usize,
    width: usize,
}

/// The reports in what Tera says: `error: what`, `--> template:line:column`, the line, and `^^^` below it; a note has
/// message and place in one line.
fn reports(said: &str) -> Vec<Report<'_>> {
    let lines: Vec<&str> = said.lines().collect();
    let mut reports = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((kind, rest)) = line.split_once(": ").filter(|(kind, _)| ["error", "note"].contains(kind)) else {
            continue;
        };
        let (message, place) = match lines.get(at + 1).and_then(|next| next.trim_start().strip_prefix("--> ")) {
            Some(place) => (rest, place),
            None => match rest.rsplit_once(' ') {
                Some(both) => both,
                None => continue,
            },
        };
        let mut parts = place.rsplitn(3, ':');
        let (Some(column), Some(line), Some(template)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let (Ok(column), Ok(line)) = (column.parse::<usize>(), line.parse::<usize>()) else { continue };
        if column == 0 || line == 0 {
            continue;
        }
        let width = lines[at..].iter().take(6).find(|line| line.trim_end().ends_with('^'));
        let width = width.map_or(1, |line| line.chars().filter(|c| *c == '^').count());
        reports.push(Report { kind, message, template, line, column, width });
    }
    reports
}
