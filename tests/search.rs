//! What a search finds is on the page that it leads to, all of it can be found, and a portal's index comes in small
//! pieces that depend on nothing but their own department.
#![allow(clippy::disallowed_methods, reason = "a test looks at the disk")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use common::html::{Document, Element};
use common::{SITE, Site, Tree, differences, pages, text};
use serde_json::Value;

/// How large a piece may be: a long report of one year, before the server compresses it to a quarter.
const PIECE: usize = 192 * 1024;

/// What stands in a text behind a figure that contradicts others.
const SIC: &str = "\u{fffc}";

/// The pieces of the index of a site of one department, with the folder that their links start from.
fn pieces(tree: &Tree) -> Vec<(&str, &'static str, Value)> {
    let names = tree.keys().filter(|path| path.ends_with("/search-index.json"));
    let read = |path: &str| serde_json::from_slice(&tree[path]).unwrap_or_else(|error| panic!("{path}: {error}"));
    names.map(|path| (path.as_str(), if path.starts_with("en/") { "en/" } else { "" }, read(path))).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn said<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Which of the page's sets of columns an entry has.
fn heads(entry: &Value) -> usize {
    usize::try_from(entry["h"].as_u64().unwrap_or(0)).expect("a small number")
}

/// The id of a cell, as `address` in `assets/search.js` makes it.
fn cell(id: &str, head: &str) -> String {
    if head.is_empty() {
        id.to_owned()
    } else if id.contains('*') {
        id.replace('*', head)
    } else {
        format!("{id}/{head}")
    }
}

#[test]
fn every_result_leads_to_what_it_says() {
    let pages = pages();
    let mut checked = 0;
    for (path, folder, piece) in pieces(&SITE) {
        for page in list(&piece, "pages") {
            let href = format!("{folder}{}", said(page, "href"));
            let document =
                pages.get(href.as_str()).unwrap_or_else(|| panic!("{path} leads to {href}, which is no page"));
            let ids: BTreeMap<&str, usize> =
                document.all().filter_map(|(handle, element)| Some((element.id()?, handle))).collect();
            for entry in list(page, "entries") {
                let id = said(entry, "a");
                assert!(id.is_empty() || id.contains('*') || ids.contains_key(id), "{href} has no #{id}");
                for (at, value) in list(entry, "v").iter().enumerate() {
                    let Some(value) = value.as_str() else { continue };
                    let id = cell(id, page["heads"][heads(entry)][at][0].as_str().unwrap());
                    let shown = ids.get(id.as_str()).map(|handle| document.text(*handle));
                    let value = value.trim_end_matches(SIC);
                    assert_eq!(shown.as_deref().map(str::trim), Some(value), "{href}#{id}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 1000, "only {checked} cells");
}

#[test]
fn every_amount_term_heading_and_paragraph_can_be_found() {
    let mut cells: BTreeSet<String> = BTreeSet::new();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut texts = String::new();
    for (_, folder, piece) in pieces(&SITE) {
        for page in list(&piece, "pages") {
            let href = format!("{folder}{}", said(page, "href"));
            for entry in list(page, "entries") {
                let id = said(entry, "a");
                ids.insert(format!("{href}#{id}"));
                for head in page["heads"][heads(entry)].as_array().into_iter().flatten() {
                    cells.insert(format!("{href}#{}", cell(id, head[0].as_str().unwrap())));
                }
                for paragraph in list(entry, "t") {
                    texts.push_str(&folded(paragraph.as_str().unwrap()).replace(SIC, ""));
                }
            }
        }
    }
    let mut missing = Vec::new();
    let mut seen = 0;
    for (path, document) in pages() {
        if path.ends_with("report.html") {
            continue; // All of it stands on other pages, too.
        }
        let part = document.all().any(|(_, element)| element.has_class("kind-part"));
        let table = document.all().any(|(_, element)| element.has_class("kind-table"));
        for (handle, element) in document.all() {
            let prose = part && inside(&document, handle, "prose");
            let drawn = ["form", "chart"].iter().any(|class| inside(&document, handle, class));
            let place = format!("{path}#{}", element.id().unwrap_or_default());
            let found = match element.name.as_str() {
                // A form that prose shows has a page of its own.
                "td" if element.has_class("amount")
                    && !inside(&document, handle, "prose")
                    && element.id().is_some() =>
                {
                    cells.contains(&place)
                }
                "h2" | "h3" if prose && !drawn => ids.contains(&place),
                "section" if element.has_class("term-entry") => ids.contains(&place),
                "figure" if table && element.has_class("chart") => ids.contains(&place),
                "p" if prose && !drawn => {
                    let said = document.text_without(handle, &|element| element.has_class("sic"));
                    texts.contains(&folded(&said))
                }
                _ => continue,
            };
            seen += 1;
            if !found {
                missing.push(format!("{place} {}", document.text(handle).trim()));
            }
        }
    }
    assert!(seen > 1500, "only {seen} places were looked at");
    assert!(missing.is_empty(), "{} of {seen}:\n{}", missing.len(), missing.join("\n"));
}

/// What is stated against the tables is not found without a word of that, and the page of checks says why.
#[test]
fn what_contradicts_is_marked_in_the_index_and_can_be_looked_for() {
    let pages = pages();
    let sic = |document: &Document| {
        // A form that stands among prose is found on its own page.
        let own = document.all().any(|(_, element)| element.has_class("kind-table"));
        // The mark of an amount's cell has a number and stands beside a value of the index, not in a text of it.
        let is_in_text = |element: &Element| element.has_class("sic") && element.attribute("data-number").is_none();
        let marks = document.all().filter(|(_, element)| is_in_text(element));
        marks.filter(|(handle, _)| own || !inside(document, *handle, "form")).count()
    };
    for (path, folder, piece) in pieces(&SITE) {
        let mut marks = 0;
        for page in list(&piece, "pages") {
            let href = format!("{folder}{}", said(page, "href"));
            let texts = list(page, "entries").iter().flat_map(|entry| list(entry, "t"));
            let found: usize = texts.map(|text| text.as_str().unwrap().matches(SIC).count()).sum();
            if href.contains(".html") && !href.ends_with("checks.html") && !href.ends_with("report.html") {
                assert_eq!(found, sic(&pages[href.as_str()]), "{href}");
            }
            marks += found;
            let Some(checks) = href.ends_with("checks.html").then(|| &pages[href.as_str()]) else { continue };
            let names: BTreeMap<&str, &str> =
                list(page, "entries").iter().map(|entry| (said(entry, "a"), said(entry, "n"))).collect();
            let headed =
                checks.all().filter(|(_, element)| element.id().is_some_and(|id| id.starts_with("_accepted-")));
            let contradictions: Vec<_> = headed.map(|(handle, element)| (element.id().unwrap(), handle)).collect();
            assert!(contradictions.len() > 2, "{href}");
            for (id, handle) in contradictions {
                let heading = checks.text(handle);
                let said = heading.trim().strip_prefix(id.trim_start_matches("_accepted-")).expect("its number");
                assert_eq!(names[id], said.trim(), "{href}#{id}");
            }
            assert!(names.contains_key("_tails") && names.contains_key("_rules"), "{names:?}");
        }
        assert!(marks > 0, "{path}: no contradiction in prose");
    }
}

#[test]
fn the_amount_of_a_contradicted_cell_is_marked_in_the_index_and_no_other() {
    let site = Site::small();
    site.edit("content/2019/final/tables/three-public.yaml", "  决算数: [1.00,", "  决算数: [1.10,");
    let report = "content/2019/final/report.yaml";
    let accepted = "accepted:\n  - {code: sum/differs, at: R17 three-public/actual/total, stated: 1.10, computed: 1.00, \
                    visible: public, reason: {zh: 示例, en: Example}}\n";
    site.write(report, site.read(report) + accepted);
    let files = site.build();
    for (path, _, piece) in pieces(&files) {
        let mut marked = Vec::new();
        for page in list(&piece, "pages") {
            for entry in list(page, "entries") {
                for (at, value) in list(entry, "v").iter().enumerate() {
                    let head = page["heads"][heads(entry)][at][0].as_str().unwrap();
                    let amount = value.as_str().and_then(|value| value.strip_suffix(SIC));
                    marked.extend(amount.map(|amount| (cell(said(entry, "a"), head), amount)));
                }
            }
        }
        assert_eq!(marked, [("three-public/actual/total".to_owned(), "1.10")], "{path}");
    }
}

/// Who asks that finds the sentence of the year's page, whether or not the report gives a date.
#[test]
fn who_approved_the_accounts_is_answered() {
    for (path, _, piece) in pieces(&SITE) {
        let entries = list(&piece, "pages").iter().flat_map(|page| list(page, "entries"));
        let approved: Vec<&Value> =
            entries.filter(|entry| ["批复日期", "Approved"].contains(&said(entry, "n"))).collect();
        assert_eq!(approved.len(), 1, "{path}");
        let says = list(approved[0], "t")[0].as_str().unwrap();
        assert!(says.contains("第十四条") || says.contains("Article 14"), "{path}: {says}");
    }
    for (lang, word, term) in [("zh", "谁批准", "批复日期"), ("en", "who approved", "approved")] {
        let words: Value = serde_json::from_slice(&SITE[&format!("assets/search/words-{lang}.json")]).unwrap();
        assert_eq!(words[word], serde_json::json!([term]), "{word}");
    }
}

/// A number to call stands on the page of the year, and is found by it and by the words for it.
#[test]
fn whom_to_ask_is_found() {
    let site = Site::small();
    let contact = "contact: {office: {zh: 示例局办公室, en: Example office}, phone: 010-12345678}\n";
    site.write("site.yaml", format!("{}{contact}", site.read("site.yaml")));
    let files = site.build();
    let mut met = 0;
    for (path, folder, piece) in pieces(&files) {
        for page in list(&piece, "pages") {
            for entry in list(page, "entries").iter().filter(|entry| list(entry, "t") == ["010-12345678"]) {
                assert!(["联系电话", "Telephone"].contains(&said(entry, "n")), "{path}: {entry}");
                assert!(text(&files[&format!("{folder}{}", said(page, "href"))]).contains("010-12345678"), "{path}");
                met += 1;
            }
        }
    }
    assert_eq!(met, 2, "in both languages");
    for (lang, word, terms) in [("zh", "联系人", vec!["联系电话", "咨询部门"]), ("en", "contact", vec!["questions to"])]
    {
        let words: Value = serde_json::from_slice(&files[&format!("assets/search/words-{lang}.json")]).unwrap();
        assert_eq!(words[word], serde_json::json!(terms), "{word}");
    }
}

#[test]
fn the_search_page_is_the_site_map_and_says_so() {
    let pages = pages();
    for (lang, note) in [("", "网站地图列出全部页面"), ("en/", "site map below lists every page")] {
        let path = format!("{lang}search.html");
        let document = &pages[path.as_str()];
        let linked: BTreeSet<String> = document
            .all()
            .filter(|(handle, element)| element.name == "a" && inside(document, *handle, "site-map"))
            .filter_map(|(_, element)| element.attribute("href"))
            .map(|href| format!("{lang}{}", href.split('#').next().unwrap()))
            .collect();
        let own = |page: &&&str| page.starts_with("en/") != lang.is_empty();
        let left: Vec<_> = pages
            .keys()
            .filter(own)
            .filter(|page| !linked.contains(**page) && !page.ends_with("404.html") && **page != path)
            .collect();
        assert!(left.is_empty(), "{path} does not list {left:?}");
        let form = document.first("form").expect("a form");
        assert!(document.elements[form].attribute("hidden").is_some(), "a form that would do nothing");
        assert!(document.text(0).contains(note));
    }
}

#[test]
fn every_page_leads_to_the_search() {
    for (path, document) in pages().into_iter().filter(|(path, _)| !path.ends_with("404.html")) {
        let up = "../".repeat(path.matches('/').count() - usize::from(path.starts_with("en/")));
        let search = format!("{up}search.html");
        let leads = |element: &common::html::Element| element.attribute("href") == Some(search.as_str());
        assert!(document.all().any(|(_, element)| leads(element)), "{path}");
    }
}

#[test]
fn a_piece_of_the_index_is_small() {
    for (path, _, _) in pieces(&SITE) {
        assert!(SITE[path].len() <= PIECE, "{path}: {} bytes", SITE[path].len());
    }
}

/// Without script the form of a home page would lead to a map: the page says so in its place.
#[test]
fn a_form_says_what_it_needs() {
    let portal = portal(&["arts", "health"]).build();
    for files in [&*SITE, &portal] {
        for (path, map) in [("index.html", "网站地图"), ("en/index.html", "Site map")] {
            let page = text(&files[path]);
            let said = page.split_once("<noscript>").and_then(|(_, rest)| rest.split_once("</noscript>"));
            let (said, after) = said.expect("words for readers without script");
            assert!(said.contains(&format!("<a href=\"search.html#_site-map\">{map}</a>")), "{path}: {said}");
            assert!(after.trim_start().starts_with("<form"), "{path}: in the place of the form");
        }
    }
    let style = text(&SITE["assets/search.css"]);
    assert!(style.contains("(scripting:none)") || style.contains("(scripting: none)"), "{style}");
}

#[test]
fn a_wrong_address_is_answered_in_both_languages_with_a_way_out() {
    let site = Site::small();
    for (address, links) in [("", ["", ""]), ("https://www.example.gov.cn/czgk/", ["index.html", "en/index.html"])] {
        let base = if address.is_empty() { String::new() } else { format!("base_url: {address}\n") };
        site.write("site.yaml", format!("{}{base}", Site::small().read("site.yaml")));
        let files = site.build();
        for (path, own) in [("404.html", 0), ("en/404.html", 1)] {
            let page = Document::parse(path, text(&files[path]));
            let hrefs: Vec<&str> = page
                .all()
                .filter(|(_, element)| element.name == "a")
                .filter_map(|(_, e)| e.attribute("href"))
                .collect();
            let expected = [links[own], links[1 - own]].map(|link| format!("{address}{link}"));
            // What is not known is no link: the words say how to go up.
            let expected: Vec<String> = expected.into_iter().filter(|link| !link.is_empty()).collect();
            assert_eq!(hrefs, expected, "{path}");
            let said = page.text(0);
            assert!(said.contains("找不到这个页面") && said.contains("Page not found"), "{path}: {said}");
            assert_eq!(said.contains("previous “/”") && said.contains("前一个“/”"), address.is_empty(), "{path}");
        }
        let told = common::said(&site.run(&[])).contains("base_url");
        assert_eq!(told, address.is_empty(), "the build says what 404.html lacks");
    }
}

#[test]
fn a_portal_says_what_it_has() {
    let files = portal(&["arts", "health"]).build();
    for (path, said) in [
        ("index.html", "2 个部门，2019 年度；"),
        ("search.html", "2 个部门，2019 年度；搜索"),
        ("en/index.html", "2 departments, 2019; "),
        ("en/search.html", "2 departments, 2019; search"),
    ] {
        let page = text(&files[path]);
        let description =
            page.split("<meta name=\"description\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(description.is_some_and(|description| description.contains(said)), "{path}: {description:?}");
    }
}

#[test]
fn a_department_called_files_has_large_pages() {
    let site = portal(&["arts", "files"]);
    site.write("site.yaml", format!("{}large_type: true\n", site.read("site.yaml")));
    let files = site.build();
    let large = |slug: &str| files.keys().filter(|path| path.starts_with(&format!("large/{slug}/"))).count();
    assert!(large("files") > 10);
    assert_eq!(large("files"), large("arts"));
}

/// The licence of the table asks that its notice goes with every copy.
#[test]
fn what_is_of_others_goes_with_its_licence() {
    let notice = text(&SITE["assets/traditional.license.txt"]);
    assert!(notice.contains("UNICODE LICENSE V3") && notice.contains("COPYRIGHT AND PERMISSION NOTICE"), "{notice}");
    assert!(SITE.contains_key("assets/traditional.json"));
}

#[test]
fn a_site_may_have_no_search() {
    let site = Site::small();
    site.write("site.yaml", format!("{}search: false\n", site.read("site.yaml")));
    let files = site.build();
    assert!(pieces(&files).is_empty());
    let page = text(&files["search.html"]);
    assert!(page.contains("<h1>网站地图</h1>") && !page.contains("<script") && !page.contains("<form"), "{page}");
    assert!(!text(&files["index.html"]).contains("<form"));
}

/// What a reader types instead of a term is worth its place only where the term can be found: in the index of this
/// site, or among the words and forms that other sites have.
#[test]
fn words_of_everyday_life_stand_for_terms_that_accounts_use() {
    let mut sources: String =
        common::tree(Path::new("src/forms")).into_values().map(|bytes| folded(text(&bytes))).collect();
    for words in ["themes/default/words.zh.yaml", "themes/default/words.en.yaml"] {
        sources.push_str(&folded(&fs::read_to_string(words).unwrap()));
    }
    for (path, ..) in pieces(&SITE) {
        sources.push_str(&folded(text(&SITE[path])));
    }
    let mut missing = Vec::new();
    let mut seen = 0;
    for lang in ["zh", "en"] {
        let words: BTreeMap<String, Vec<String>> =
            serde_json::from_slice(&SITE[&format!("assets/search/words-{lang}.json")]).unwrap();
        seen += words.len();
        for (word, term) in words.iter().flat_map(|(word, terms)| terms.iter().map(move |term| (word, term))) {
            if !sources.contains(&folded(term)) {
                missing.push(format!("{word}: {term}"));
            }
        }
    }
    assert!(seen > 150 && missing.is_empty(), "{seen} words, {missing:#?}");
}

#[test]
fn a_site_adds_its_own_words_of_everyday_life() {
    let site = Site::small();
    site.write("content/terms.yaml", "everyday:\n  zh: {公务接待费: [下馆子]}\n  en: {official receptions: [nosh]}\n");
    let files = site.build();
    for (lang, own, built_in, term) in
        [("zh", "下馆子", "吃饭", "公务接待费"), ("en", "nosh", "meals", "official receptions")]
    {
        let words: Value = serde_json::from_slice(&files[&format!("assets/search/words-{lang}.json")]).unwrap();
        for word in [own, built_in] {
            assert_eq!(words[word], serde_json::json!([term]), "{word}");
        }
    }
}

/// A portal of departments that are alike but for their names, and one that has a word of its own.
fn portal(departments: &[&str]) -> Site {
    let single = Site::small();
    let site = Site::empty();
    site.write("site.yaml", single.read("site.yaml"));
    for slug in departments {
        for (path, bytes) in common::tree(&single.path("content/2019")) {
            site.write(&format!("content/{slug}/2019/{path}"), bytes);
        }
        let name = format!("name: {{zh: 示例局{slug}, en: Example bureau {slug}}}\n");
        site.write(&format!("content/{slug}/department.yaml"), name);
    }
    site
}

#[test]
fn a_portal_finds_departments_by_what_they_alone_have() {
    let site = portal(&["arts", "health", "water"]);
    let overview = "content/water/2019/final/01-overview.zh.md";
    site.write(overview, format!("{}\n水獭保护。\n", site.read(overview)));
    let files = site.build();
    let portal: Value = serde_json::from_slice(&files["assets/search/zh.json"]).unwrap();
    let names: Vec<_> = list(&portal, "departments").iter().map(|department| said(department, "slug")).collect();
    assert_eq!(names, ["arts", "health", "water"]);
    // FNV-1a of 水獭 and of 2019, as a reader's browser computes them.
    for (gram, holders) in [("水獭", Some("[2]")), ("2019", Some("0")), ("恐龙", None)] {
        let hash = gram.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let file = u64::from(hash) % portal["files"].as_u64().unwrap();
        let grams: Value = serde_json::from_slice(&files[&format!("assets/search/zh-{file}.json")]).unwrap();
        let found = grams.get(format!("{hash:08x}")).map(Value::to_string);
        assert_eq!(found.as_deref(), holders, "{gram}");
    }
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("assets/search/")) {
        assert!(bytes.len() <= 32 * 1024, "{path}: {} bytes", bytes.len());
    }
}

/// What only the page of checks says is known to a portal, too.
#[test]
fn a_portal_knows_where_reports_contradict_themselves() {
    let site = portal(&["arts", "health"]);
    // The total of the health department is not the sum of its parts, which is accepted.
    let gallery = Path::new("tests/findings/accepted");
    let report = fs::read(gallery.join("site/content/2019/final/report.yaml")).unwrap();
    site.write("content/health/2019/final/report.yaml", report);
    let change = fs::read_to_string(gallery.join("change")).unwrap();
    let [_, before, after] = change.lines().collect::<Vec<_>>()[..] else { panic!("one change: {change}") };
    site.edit("content/health/2019/final/tables/three-public.yaml", &before[1..], &after[1..]);
    let files = site.build();
    let portal: Value = serde_json::from_slice(&files["assets/search/zh.json"]).unwrap();
    let slugs: Vec<&str> =
        portal["departments"].as_array().unwrap().iter().map(|shelf| shelf["slug"].as_str().unwrap()).collect();
    let health = slugs.iter().position(|slug| *slug == "health").unwrap();
    let everyone = serde_json::json!(0);
    let only = serde_json::json!([health]);
    for (gram, who) in [("勾稽", &everyone), ("全文", &everyone), ("矛盾", &only), ("照原", &only)] {
        let hash = gram.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let file = u64::from(hash) % portal["files"].as_u64().unwrap();
        let grams: Value = serde_json::from_slice(&files[&format!("assets/search/zh-{file}.json")]).unwrap();
        assert_eq!(&grams[format!("{hash:08x}")], who, "{gram}");
    }
}

#[test]
fn a_department_has_the_same_index_whoever_stands_beside_it() {
    let small = portal(&["water"]).build();
    let large = portal(&["arts", "health", "water"]).build();
    let own = |files: &Tree| -> Tree {
        let files = files.iter().filter(|(path, _)| path.contains("water/"));
        files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert!(own(&small).keys().any(|path| path.ends_with("search-index.json")));
    assert_eq!(differences(&own(&small), &own(&large)), <[String; 0]>::default());
}

fn inside(document: &Document, handle: usize, class: &str) -> bool {
    document.line(handle).any(|(_, element)| element.has_class(class))
}

/// Without what depends on the markup between the words.
fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”')).flat_map(char::to_lowercase).collect()
}
