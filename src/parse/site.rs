//! The files that belong to the whole site: `site.yaml`, `content/terms.yaml`, a department's name.

use crate::diagnostics::{DataPath, Finding, Found, catalogue};
use crate::forms::{Dictionary, check_id, is_code};
use crate::model::{Classification, Contact, Lang, Text};
use crate::source::SourceFile;
use crate::yaml;

use super::everyday;
use super::files::{DepartmentFile, SiteFile, TermsFile};
use super::official::{self, Column, Keys, Website};

/// The configuration of a site.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own in site.yaml, and any of them goes with any"
)]
pub struct SiteConfig {
    /// The title of the site.
    pub title: Text,
    /// The department, or the portal's owner.
    pub department: Text,
    /// The languages; the first stands at the root, the other in its own folder.
    pub languages: Vec<Lang>,
    /// Where the site is published, with a slash at the end, if that is known.
    pub base_url: Option<String>,
    /// The theme's folder below `themes/`.
    pub theme: String,
    /// A sentence or two for the home page.
    pub intro: Text,
    /// What every page says about the site, if anything.
    pub notice: Option<Text>,
    /// Whether readers can search; the site map is there without.
    pub search: bool,
    /// Whether each report has a page of checks.
    pub checks: bool,
    /// Lines of the footer.
    pub footer: Vec<Text>,
    /// The website that the pages belong to.
    pub website: Website,
    /// The column of the website in which they stand.
    pub column: Option<Column>,
    /// Whom readers may ask.
    pub contact: Contact,
    /// Whether figures are published as CSV beside their pages, and reports as fragments.
    pub downloads: bool,
    /// Whether every page is published in large type, too.
    pub large_type: bool,
}

/// Reads `site.yaml`.
pub fn site(source: &SourceFile) -> Found<Option<SiteConfig>> {
    // A damaged file is read through, so that its other mistakes, and those of all other files, are found in the same run.
    let read = yaml::read_through::<SiteFile>(&source.path, &source.text);
    let mut own = Vec::new();
    let value = read.value.map(|file| config(file, source, &mut own));
    let own = yaml::standing(own, &read.findings, &source.text);
    Found { value, findings: read.findings.into_iter().chain(own).collect() }
}

/// What the file says, and what is wrong with its values.
fn config(file: SiteFile, source: &SourceFile, findings: &mut Vec<Finding>) -> SiteConfig {
    check_header(&file, source, findings);
    let mut keys = Keys { file: &source.path, findings };
    let base_url = keys.base_url(file.base_url.filter(|url| !url.0.is_empty()));
    // A page is published in both languages; the order says which one stands at the root.
    let mut languages = file.languages.unwrap_or_default();
    languages.extend(Lang::ALL);
    let root = languages[0];
    let theme = file.theme.map_or_else(|| "default".to_owned(), |theme| theme.0);
    let website = keys.website(file.website);
    let contact = keys.contact(file.contact);
    let check = check_id(&theme);
    let is_id = check.is_ok();
    if let Err(suggestion) = check {
        findings.push(
            Finding::new(&catalogue::BAD_ID, DataPath::top().key("theme").in_file(&source.path))
                .with("id", &theme)
                .with("suggestion", suggestion),
        );
    }
    SiteConfig {
        title: file.title,
        department: file.department,
        languages: vec![root, root.other()],
        base_url: base_url.map(|url| if url.ends_with('/') { url } else { format!("{url}/") }),
        theme: if is_id { theme } else { "default".to_owned() },
        intro: file.intro.unwrap_or_default(),
        notice: file.notice,
        checks: file.checks.unwrap_or(true),
        search: file.search.unwrap_or(true),
        footer: file.footer,
        website,
        column: official::column(file.column),
        large_type: file.large_type.unwrap_or(false),
        downloads: file.downloads.unwrap_or(true),
        contact,
    }
}

/// What `site.yaml` says of itself.
fn check_header(file: &SiteFile, source: &SourceFile, findings: &mut Vec<Finding>) {
    let mut shape = |key: &str, detail: (&str, &str), expected: (&str, &str), help: (&str, &str)| {
        findings.push(
            Finding::new(&catalogue::YAML_TYPE, DataPath::top().key(key).in_file(&source.path))
                .with("detail", detail.0)
                .with("detail-en", detail.1)
                .with("expected", expected.0)
                .with("expected-en", expected.1)
                .with("help", help.0)
                .with("help-en", help.1),
        );
    };
    if file.format.is_some_and(|format| format != 1) {
        let detail = ("不认识的格式版本", "an unknown version of the format");
        shape("format", detail, (" 1", "1"), ("写 `format: 1`", "write `format: 1`"));
    }
    if let Some(languages) = &file.languages {
        let mut sorted = languages.clone();
        sorted.sort();
        if sorted != Lang::ALL {
            let expected = ("中英文各一次", "each language once");
            shape(
                "languages",
                ("网站以中英两种语言发布", "a site is published in two languages"),
                expected,
                ("写 `[zh, en]` 或 `[en, zh]`", "write `[zh, en]` or `[en, zh]`"),
            );
        }
    }
}

/// Reads `department.yaml`: the name, and whom to ask there, if it says that.
pub fn department_file(source: &SourceFile) -> Found<Option<(Text, Option<Contact>)>> {
    let Found { value, findings } = yaml::read_through::<DepartmentFile>(&source.path, &source.text);
    let mut own = Vec::new();
    let mut keys = Keys { file: &source.path, findings: &mut own };
    let value = value.map(|file| (file.name, file.contact.map(|contact| keys.contact(Some(contact)))));
    let own = yaml::standing(own, &findings, &source.text);
    Found { value: value.filter(|_| findings.is_empty()), findings: findings.into_iter().chain(own).collect() }
}

/// The built-in dictionary, with the names of `content/terms.yaml` before its own.
pub fn dictionary(terms: Option<&SourceFile>) -> Found<Dictionary> {
    let mut dictionary = Dictionary::built_in();
    let mut findings = Vec::new();
    if let Some(source) = terms {
        let read = yaml::read::<TermsFile>(&source.path, &source.text);
        findings = read.findings;
        if let Some(terms) = read.value {
            findings.extend(terms.everyday.iter().flat_map(|words| everyday::mistakes(words, &source.path)));
            let both = [(Classification::Functional, terms.functional), (Classification::Economic, terms.economic)];
            for (classification, names) in both {
                let list = match classification {
                    Classification::Functional => "functional",
                    Classification::Economic => "economic",
                };
                for (code, name) in names.into_iter().flat_map(|names| names.0) {
                    if is_code(&code) {
                        dictionary.add(classification, code, name);
                        continue;
                    }
                    let place = DataPath::top().key(list).key(&code).the_key().in_file(&source.path);
                    findings.push(
                        Finding::new(&catalogue::YAML_TYPE, place)
                            .with("detail", format!("`{code}` 不是科目编码"))
                            .with("detail-en", format!("`{code}` is no code of a classification"))
                            .with("expected", " 3、5 或 7 位数字")
                            .with("expected-en", "3, 5 or 7 digits")
                            .with("help", "类 3 位，款 5 位，项 7 位，中间不留空格")
                            .with("help-en", "3 digits for a class, 5 and 7 for what is below it, without spaces"),
                    );
                }
            }
        }
    }
    Found { value: dictionary, findings }
}
