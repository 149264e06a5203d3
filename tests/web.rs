//! What pages say to machines, and what official pages must say: only what the site gives, and what it gives everywhere.
#![allow(clippy::disallowed_methods, reason = "a test makes sites")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "the program names its files itself")]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::html::Document;
use common::{SITE, Site, Tree, text};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// A small site that gives everything; each key on its own is in [`KEYS`].
fn official() -> Site {
    let site = Site::small();
    let mut config = site.read("site.yaml");
    for key in KEYS {
        config.push_str(key.yaml);
    }
    site.write("site.yaml", config);
    site.edit("content/2019/final/report.yaml", "format: 1\n", REPORT);
    site
}

/// A key of `site.yaml`, and what stands in the output because of it and for no other reason.
struct Key {
    yaml: &'static str,
    marks: &'static [&'static str],
}

const KEYS: &[Key] = &[
    Key {
        yaml: "base_url: https://www.example.gov.cn/czgk/\n",
        marks: &["rel=\"canonical\"", "og:url", "https://www.example.gov.cn"],
    },
    Key {
        yaml: "website:\n  name: {zh: 示例网, en: Example Web}\n  code: 4401040001\n  organizer: {zh: 示例区政府, en: Example District}\n  \
               operator: {zh: 示例中心, en: Example Centre}\n  icp: 京ICP备12345678号\n  police: 京公网安备 11000000000001号\n  \
               report_errors: https://errors.example.gov.cn/report?site_code=4401040001\n",
        marks: &[
            "SiteName",
            "SiteDomain",
            "SiteIDCode",
            "主办单位",
            "承办单位",
            "网站标识码",
            "ICP备案号",
            "公安备案号",
            "我为政府网站找错",
        ],
    },
    Key {
        yaml: "column:\n  name: {zh: 部门决算栏, en: Accounts column}\n  description: {zh: 栏目描述, en: About the column}\n  \
               keywords: {zh: 决算, en: accounts}\n  type: {zh: 信息公开, en: Disclosure}\n",
        marks: &["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"],
    },
    Key {
        yaml: "contact:\n  office: {zh: 示例局办公室, en: Example office}\n  phone: 010-12345678\n  email: accounts@example.gov.cn\n  \
               address: {zh: 示例路1号, en: 1 Example Road}\n",
        marks: &["咨询部门", "联系电话", "电子邮箱", "地址：示例路1号"],
    },
];

const REPORT: &str = "format: 1\napproved: 2020-08-01\npublished: 2020-09-15 10:30\ninformation:\n  index: 11000000/2020-00001\n  \
    category: {zh: 财政、金融, en: Finance}\n  issuer: {zh: 示例局办公室, en: Example office}\n  written: 2020-09-10\n  \
    number: 示例函〔2020〕5号\n  validity: 有效\n";

/// Marks of `report.yaml` in the pages.
const REPORT_MARKS: &[&str] =
    &["索引号", "主题分类", "发布机构", "成文日期", "文号", "有效性", "批复日期", "公开日期", "datePublished"];

#[test]
fn a_key_that_is_not_given_leaves_no_trace() {
    let given = html(&official().build());
    let plain = html(&Site::small().build());
    for mark in KEYS.iter().flat_map(|key| key.marks).chain(REPORT_MARKS).chain(&["PubDate", "ArticleTitle"]) {
        assert!(given.contains(mark), "{mark} is nowhere, though the site gives it");
        assert!(!plain.contains(mark), "{mark} is there, though no site gives it");
    }
    for key in KEYS {
        let site = official();
        site.edit("site.yaml", key.yaml, "");
        let without = html(&site.build());
        for mark in key.marks {
            assert!(!without.contains(mark), "{mark} is there without:\n{}", key.yaml);
        }
    }
}

#[test]
fn whom_to_ask_can_be_dialled_and_written_to_from_every_page() {
    let files = official().build();
    for path in ["index.html", "en/2019/index.html", "2019/final/report.html"] {
        let page = text(&files[path]);
        assert!(page.contains("<a href=\"tel:01012345678\">010-12345678</a>"), "{path}");
        let mail = "<a href=\"mailto:accounts@example.gov.cn\">accounts@example.gov.cn</a>";
        assert!(page.contains(mail), "{path}");
        // In the head of the information as well as in the foot.
        let heads = if path == "index.html" { 1 } else { 2 };
        assert_eq!(page.matches(mail).count(), heads, "{path}");
    }
}

#[test]
fn labels_are_those_of_the_page_type() {
    let files = official().build();
    let column = labels(&files, "index.html");
    assert_eq!(
        column,
        [
            ("SiteName", "示例网"),
            ("SiteDomain", "www.example.gov.cn"),
            ("SiteIDCode", "4401040001"),
            ("ColumnName", "部门决算栏"),
            ("ColumnDescription", "栏目描述"),
            ("ColumnKeywords", "决算"),
            ("ColumnType", "信息公开"),
        ]
        .map(|(name, content)| (name.to_owned(), content.to_owned()))
    );
    assert_eq!(labels(&files, "archive.html"), column);
    let article = labels(&files, "en/2019/final/expenditure.html");
    let title = article.iter().find(|(name, _)| name == "ArticleTitle").map(|(_, title)| title.clone()).unwrap();
    assert!(text(&files["en/2019/final/expenditure.html"]).contains(&format!("<h1>{title}</h1>")));
    for (name, content) in [
        ("SiteIDCode", "4401040001"),
        ("ColumnName", "Accounts column"),
        ("ColumnType", "Disclosure"),
        ("PubDate", "2020-09-15 10:30"),
        ("ContentSource", "Example office"),
        ("Url", "https://www.example.gov.cn/czgk/en/2019/final/expenditure.html"),
    ] {
        assert!(article.contains(&(name.to_owned(), content.to_owned())), "{name}: {content} is not in {article:?}");
    }
    assert!(article.iter().all(|(name, _)| name != "ColumnKeywords" && name != "ColumnDescription"));
    // Every page says which website it belongs to.
    for (path, bytes) in pages(&files) {
        assert!(text(bytes).contains("<meta name=\"SiteIDCode\" content=\"4401040001\">"), "{path} has no SiteIDCode");
    }
}

#[test]
fn a_day_is_enough_for_a_publication() {
    let site = official();
    site.edit("content/2019/final/report.yaml", "published: 2020-09-15 10:30", "published: 2020-09-15");
    let files = site.build();
    let article = labels(&files, "2019/index.html");
    assert!(
        article.contains(&("PubDate".to_owned(), "2020-09-15".to_owned())),
        "no time of day is made up: {article:?}"
    );
    assert!(text(&files["feed.xml"]).contains("<published>2020-09-15T00:00:00+08:00</published>"));
}

#[test]
fn the_footer_leads_to_the_registries() {
    let files = official().build();
    let page = text(&files["2019/final/expenditure.html"]);
    let footer = page.split("<footer").nth(1).unwrap();
    for href in [
        "https://beian.miit.gov.cn/",
        "https://beian.mps.gov.cn/#/query/webSearch?code=11000000000001",
        "https://errors.example.gov.cn/report?site_code=4401040001",
    ] {
        let link = format!("<a class=\"external\" rel=\"external noopener\" href=\"{href}\">");
        assert!(footer.contains(&link), "no link to {href} in {footer}");
    }
    assert_eq!(footer.matches("（外部链接）").count(), 3, "each is marked with a word");
}

#[test]
fn with_an_address_every_page_has_one_and_its_languages() {
    let files = official().build();
    for (path, bytes) in pages(&files) {
        let page = text(bytes);
        let base = "https://www.example.gov.cn/czgk/";
        assert!(
            page.contains(&format!("<link rel=\"canonical\" href=\"{base}{path}\">")),
            "{path} has no canonical address"
        );
        let (zh, en) =
            (path.strip_prefix("en/").unwrap_or(path), format!("en/{}", path.strip_prefix("en/").unwrap_or(path)));
        for (language, path) in [("zh-CN", zh), ("en", en.as_str()), ("x-default", zh)] {
            let link = format!("<link rel=\"alternate\" hreflang=\"{language}\" href=\"{base}{path}\">");
            assert!(page.contains(&link), "{path} does not say where {language} is");
        }
    }
}

#[test]
fn the_site_map_has_every_page_in_both_languages() {
    let files = official().build();
    let map = Document::parse("sitemap.xml", xml(&files, "sitemap.xml"));
    let base = "https://www.example.gov.cn/czgk/";
    let listed: BTreeSet<String> =
        elements(&map, "loc").into_iter().map(|handle| map.text(handle).replace(base, "")).collect();
    assert_eq!(listed, pages(&files).map(|(path, _)| path.to_owned()).collect());
    let alternates: Vec<&str> = map
        .all()
        .filter(|(_, element)| element.name == "xhtml:link")
        .filter_map(|(_, link)| link.attribute("href"))
        .collect();
    assert_eq!(alternates.len(), 3 * listed.len());
    assert!(alternates.iter().all(|href| files.contains_key(href.strip_prefix(base).unwrap_or_default())));
    assert!(text(&files["sitemap.xml"]).contains("<lastmod>2020-09-15</lastmod>"));
    assert_eq!(text(&files["robots.txt"]).lines().last(), Some("Sitemap: https://www.example.gov.cn/czgk/sitemap.xml"));
}

#[test]
fn feeds_list_what_was_published_and_when() {
    let files = official().build();
    for (path, title, page) in [
        ("feed.xml", "示例局、2019 年部门决算", "2019/index.html"),
        ("en/feed.xml", "Example Bureau, Departmental final accounts 2019", "en/2019/index.html"),
    ] {
        let feed = Document::parse(path, xml(&files, path));
        let said = |name: &str| elements(&feed, name).into_iter().map(|handle| feed.text(handle)).collect::<Vec<_>>();
        assert_eq!(said("title")[1], title);
        assert_eq!(said("updated"), ["2020-09-15T10:30:00+08:00"; 2]);
        assert_eq!(said("id").len(), 2);
        assert!(text(&files[path]).contains(&format!("href=\"https://www.example.gov.cn/czgk/{page}\"")));
    }
    assert!(text(&files["en/2019/final/revenue.html"]).contains("type=\"application/atom+xml\""));
    let undated = official();
    undated.edit("content/2019/final/report.yaml", "published: 2020-09-15 10:30\n", "");
    assert!(!undated.build().contains_key("feed.xml"), "a feed needs dates");
}

#[test]
fn without_an_address_nothing_absolute_is_made() {
    for (path, bytes) in SITE.iter() {
        assert!(!["sitemap.xml", "feed.xml", "robots.txt"].iter().any(|name| path.ends_with(name)), "{path}");
        if is_page(path) {
            let page = text(bytes);
            let absolute = ["rel=\"canonical\" href=\"http", "og:", "<meta property", "hreflang=\"x-default\""];
            assert!(absolute.iter().all(|mark| !page.contains(mark)), "{path}");
        }
    }
}

#[test]
fn a_portal_has_a_site_map_and_a_feed_for_each_department_and_for_all() {
    let site = official();
    for (path, bytes) in common::tree(&site.path("content/2019")) {
        for department in ["finance", "schools"] {
            site.write(&format!("content/{department}/2019/{path}"), &bytes);
        }
    }
    std::fs::remove_dir_all(site.path("content/2019")).unwrap();
    let contact = "contact: {phone: 010-87654321}\n";
    site.write("content/finance/department.yaml", format!("name: {{zh: 甲局, en: Bureau A}}\n{contact}"));
    site.write("content/schools/department.yaml", "name: {zh: 乙局, en: Bureau B}\n");
    let files = site.build();
    let index = Document::parse("sitemap.xml", xml(&files, "sitemap.xml"));
    let mut listed = BTreeSet::new();
    for map in elements(&index, "loc").into_iter().map(|handle| index.text(handle)) {
        let path = map.strip_prefix("https://www.example.gov.cn/czgk/").unwrap().to_owned();
        let map = Document::parse(&path, xml(&files, &path));
        for handle in elements(&map, "loc") {
            assert!(listed.insert(map.text(handle)), "{} is listed twice", map.text(handle));
        }
    }
    assert_eq!(listed.len(), pages(&files).count(), "every page is in one of the maps");
    let feed = text(&files["feed.xml"]);
    assert!(feed.contains("甲局、2019 年部门决算") && feed.contains("乙局、2019 年部门决算"), "{feed}");
    assert_eq!(text(&files["en/schools/feed.xml"]).matches("<entry>").count(), 1);
    // A department answers for itself, the others for the site's contact.
    assert!(text(&files["finance/2019/index.html"]).contains("010-87654321"));
    assert!(text(&files["schools/2019/index.html"]).contains("010-12345678"));
}

#[test]
fn structured_data_says_what_the_cells_say() {
    let mut figures = 0;
    let mut downloads = 0;
    for (path, page) in common::pages() {
        for (handle, _) in page.all().filter(|(_, element)| element.attribute("type") == Some("application/ld+json")) {
            let data: Value =
                serde_json::from_str(&page.text(handle)).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(data["@context"], "https://schema.org", "{path}");
            for figure in data["variableMeasured"].as_array().into_iter().flatten().filter(|figure| figure.is_object())
            {
                let address = figure["propertyID"].as_str().unwrap();
                let tree = if path.starts_with("en/") { "en/" } else { "" };
                let form = address.split('/').next().unwrap();
                let pages = common::whole(&format!("{tree}2019/final/{form}.html"));
                let on = |page: &Document| {
                    page.all().find(|(_, cell)| cell.id() == Some(address)).map(|(cell, _)| page.text(cell))
                };
                let printed = pages.iter().find_map(on).unwrap().replace(',', "").replace('\u{2212}', "-");
                assert_eq!(figure["value"].as_str(), Some(printed.as_str()), "{path}: {address}");
                figures += 1;
            }
            for file in data["distribution"].as_array().into_iter().flatten() {
                let url = file["contentUrl"].as_str().unwrap();
                let folder = Path::new(path).parent().unwrap();
                assert!(SITE.contains_key(folder.join(url).to_str().unwrap()), "{path}: no file {url}");
                downloads += 1;
            }
            for term in data["hasDefinedTerm"].as_array().into_iter().flatten() {
                let id = term["termCode"].as_str().unwrap();
                assert!(page.all().any(|(_, element)| element.id() == Some(id)), "{path}: no term {id}");
            }
        }
    }
    assert!(figures >= 10 && downloads >= 40, "{figures} figures, {downloads} files");
    for (path, kind) in
        [("2019/index.html", "Dataset"), ("2019/final/revenue.html", "Dataset"), ("en/glossary.html", "DefinedTermSet")]
    {
        assert!(text(&SITE[path]).contains(&format!("\"@type\":\"{kind}\"")), "{path}");
    }
}

/// From a download back to its cell, and no figure of a page is left out.
#[test]
fn each_line_of_a_data_file_leads_to_its_cell() {
    let mut lines = 0;
    for (path, bytes) in SITE.iter().filter(|(path, _)| path.ends_with(".csv")) {
        let file = text(bytes).strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{path}: no byte order mark"));
        assert!(
            file.ends_with("\r\n") && file.replace("\r\n", "").find(['\r', '\n']).is_none(),
            "{path}: lines end in CRLF"
        );
        let page_path = path.replace(".csv", ".html");
        // The figures of a whole report stand on its tables and on the pages of other figures.
        let folder = path.strip_suffix("/report.csv");
        let pages: Vec<Document> = match folder {
            Some(folder) => {
                let own = |page: &str| page.starts_with(&format!("{folder}/")) && !page.ends_with("/report.html");
                common::pages().into_iter().filter(|(page, _)| own(page)).map(|(_, page)| page).collect()
            }
            None => common::whole(&page_path),
        };
        let on = |page: &Document| -> Vec<(String, String)> {
            page.all()
                .filter(|(_, cell)| cell.has_class("amount") && cell.name == "td")
                .filter_map(|(handle, cell)| Some((cell.id()?.to_owned(), page.text(handle))))
                .collect()
        };
        let mut cells: Vec<(String, String)> = pages.iter().flat_map(on).collect();
        if folder.is_some() {
            // The page of a part shows a table, too.
            cells.sort();
            cells.dedup();
        }
        let rows: Vec<Vec<String>> = file.lines().skip(1).map(fields).collect();
        assert_eq!(rows.len(), cells.len(), "{path}: a line for each figure of the page");
        let figure =
            fields(file.lines().next().unwrap()).iter().position(|name| name == "数值" || name == "Figure").unwrap();
        for row in rows {
            let (_, printed) =
                cells.iter().find(|(id, _)| *id == row[0]).unwrap_or_else(|| panic!("{path}: no cell {}", row[0]));
            let printed = printed.replace(',', "").replace('\u{2212}', "-");
            assert_eq!(row[figure], printed.trim_end_matches('%'), "{path}: {}", row[0]);
            lines += 1;
        }
        let (page_path, href) = match folder {
            Some(folder) => (format!("{}/index.html", folder.rsplit_once('/').unwrap().0), "final/report.csv"),
            None => (page_path, path.rsplit('/').next().unwrap()),
        };
        assert!(text(&SITE[&page_path]).contains(&format!("href=\"{href}\"")), "{page_path}: {href}");
    }
    assert!(lines > 1500, "{lines} lines");
}

#[test]
fn downloads_can_be_left_out() {
    let site = Site::small();
    site.write("site.yaml", format!("{}downloads: false\n", site.read("site.yaml")));
    let files = site.build();
    assert!(files.keys().all(|path| !path.ends_with(".csv")));
    assert!(!html(&files).contains("DataDownload"));
}

/// The fields of a line of CSV.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => fields.last_mut().unwrap().push(other),
        }
    }
    fields
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html") && !path.ends_with("404.html") && !path.ends_with(".fragment.html")
}

/// The pages of a tree but those for wrong addresses.
fn pages(files: &Tree) -> impl Iterator<Item = (&str, &Vec<u8>)> {
    files.iter().map(|(path, bytes)| (path.as_str(), bytes)).filter(|(path, _)| is_page(path))
}

/// All pages as one text.
fn html(files: &Tree) -> String {
    pages(files).map(|(_, bytes)| text(bytes)).collect()
}

/// An XML file behind its declaration.
fn xml<'a>(files: &'a Tree, path: &str) -> &'a str {
    let file = files.get(path).unwrap_or_else(|| panic!("no {path}"));
    text(file).strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap_or_else(|| panic!("{path}: no XML"))
}

fn elements(document: &Document, name: &str) -> Vec<usize> {
    document.all().filter(|(_, element)| element.name == name).map(|(handle, _)| handle).collect()
}

/// The labels of government websites on a page: those that begin with a capital.
fn labels(files: &Tree, path: &str) -> Vec<(String, String)> {
    let page = Document::parse(path, text(&files[path]));
    let metas = page.all().filter(|(_, element)| element.name == "meta");
    let named =
        metas.filter_map(|(_, meta)| Some((meta.attribute("name")?.to_owned(), meta.attribute("content")?.to_owned())));
    named.filter(|(name, _)| name.starts_with(char::is_uppercase)).collect()
}

/// What a browser may do with a page, by directive.
fn policy(path: &str, page: &Document) -> std::collections::BTreeMap<String, BTreeSet<String>> {
    let metas: Vec<&str> = page
        .all()
        .filter(|(_, element)| element.attribute("http-equiv") == Some("Content-Security-Policy"))
        .filter_map(|(_, meta)| meta.attribute("content"))
        .collect();
    let [policy] = metas[..] else { panic!("{path}: {} policies", metas.len()) };
    directives(policy)
}

fn directives(policy: &str) -> std::collections::BTreeMap<String, BTreeSet<String>> {
    let directive = |text: &str| {
        let mut words = text.split_whitespace().map(str::to_owned);
        Some((words.next()?, words.collect()))
    };
    policy.split(';').filter_map(directive).collect()
}

/// A digest as a policy writes it. `openssl dgst -sha256 -binary | base64` says the same.
fn digest(text: &str) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().concat();
    let sign = |six: &[u8]| {
        let six = format!("{:0<6}", std::str::from_utf8(six).unwrap());
        char::from(SIGNS[usize::from_str_radix(&six, 2).unwrap()])
    };
    format!("'sha256-{}='", bits.as_bytes().chunks(6).map(sign).collect::<String>())
}

#[test]
fn every_page_has_a_policy_that_allows_what_it_has_and_no_more() {
    let mut hashed = 0;
    for (path, bytes) in SITE.iter().filter(|(path, _)| path.ends_with(".html") && !path.ends_with(".fragment.html")) {
        let page = Document::parse(path, text(bytes));
        let policy = policy(path, &page);
        assert_eq!(policy["default-src"], BTreeSet::from(["'none'".to_owned()]), "{path}");
        let allowed: Vec<&String> = policy.values().flatten().collect();
        for source in &allowed {
            let known =
                ["'none'", "'self'", "file:", "data:"].contains(&source.as_str()) || source.starts_with("'sha256-");
            assert!(known, "{path} allows {source}");
        }
        assert!(
            !policy.contains_key("script-src") || text(bytes).contains("<script src="),
            "{path}: a script without need"
        );
        for (handle, element) in page.all() {
            let styled = element.attributes.iter().find(|(name, _)| name == "style" || name.starts_with("on"));
            assert!(styled.is_none(), "{path}: {styled:?} in <{}> is not allowed", element.name);
            let data = element.attribute("type") == Some("application/ld+json");
            if element.name == "style" || (element.name == "script" && element.attribute("src").is_none() && !data) {
                let inside: String = page.elements[handle]
                    .children
                    .iter()
                    .map(|node| match node {
                        common::html::Node::Text(text) => text.as_str(),
                        common::html::Node::Element(_) => "",
                    })
                    .collect();
                let hash = digest(&inside);
                assert!(
                    allowed.iter().any(|source| **source == hash),
                    "{path}: <{}> is not allowed by {hash}",
                    element.name
                );
                hashed += 1;
            }
            for address in ["src", "href"].iter().filter_map(|name| element.attribute(name)) {
                let loaded = !["a", "area"].contains(&element.name.as_str());
                assert!(
                    !loaded || address.starts_with("data:") || !address.contains("://"),
                    "{path}: <{}> loads {address}",
                    element.name
                );
            }
        }
    }
    assert!(hashed >= 2, "the answer to a wrong address has its style inside, in both languages");
}

#[test]
fn what_a_theme_writes_into_a_page_is_allowed_by_its_digest() {
    let site = Site::small();
    let base = std::fs::read_to_string(common::repository().join("themes/default/templates/base.html")).unwrap();
    let script = "document.body.title = \"1 < 2\";";
    let own =
        base.replace("</head>", &format!("<script>{script}</script>\n<style>p > b {{ color: red }}</style>\n</head>"));
    site.write("themes/default/templates/base.html", own);
    let files = site.build();
    let page = Document::parse("2019/index.html", text(&files["2019/index.html"]));
    let policy = policy("2019/index.html", &page);
    assert_eq!(policy["script-src"], BTreeSet::from([digest(script)]));
    assert!(policy["style-src"].contains(&digest("p > b { color: red }")) && policy["style-src"].contains("'self'"));
}

#[test]
fn a_theme_brings_fonts_and_film_however_it_writes_them() {
    let site = Site::small();
    site.write("site.yaml", format!("{}theme: city\nlarge_type: true\n", site.read("site.yaml")));
    site.write("themes/city/assets/theme.css", "@font-face { font-family: 'S'; src: url(s.woff2) }");
    for file in ["s.woff2", "s.png", "s.webm"] {
        site.write(&format!("themes/city/assets/{file}"), "示例");
    }
    site.write(
        "themes/city/templates/base.html",
        "{% extends \"default/base.html\" %}{% block footer %}<VIDEO\nPOSTER='{{ page.root }}assets/s.png' title=\"1 > 2\">\
         <source srcset=x src={{page.root}}assets/s.webm></VIDEO>{{ super() }}{% endblock footer %}",
    );
    let files = site.build();
    // The parser of these tests takes quotes in our own manner only.
    for path in ["2019/index.html", "large/2019/index.html"] {
        let policy = text(&files[path]).split("Content-Security-Policy\" content=\"").nth(1).unwrap();
        let policy = policy.split('"').next().unwrap();
        assert!(policy.contains("; font-src 'self' file:; media-src 'self' file:; "), "{path}: {policy}");
    }
    let twin = text(&files["large/2019/index.html"]);
    assert!(twin.contains("poster=\"../../assets/s.png\"") && twin.contains("src=\"../../assets/s.webm\""), "{twin}");
    assert!(files.contains_key("assets/s.woff2"));
}

/// Both policies hold, so a header that forbids what a page needs would break it.
#[test]
fn the_headers_for_servers_allow_what_the_pages_need() {
    let (mut policies, mut fragments) = (Vec::new(), Vec::new());
    for file in ["docs/hosting/nginx.conf", "docs/hosting/apache.conf"] {
        let config = std::fs::read_to_string(common::repository().join(file)).unwrap();
        let (all, fragment) = config.split_once("\\.fragment\\.html$").expect("a rule for the fragment");
        for (part, policies) in [(all, &mut policies), (fragment, &mut fragments)] {
            let line = part.lines().find(|line| line.contains("Content-Security-Policy")).unwrap();
            policies.push(line.split('"').nth(1).unwrap().to_owned());
        }
        // In nginx a block with headers of its own inherits none.
        let headers = |part: &str| part.matches("add_header ").count();
        assert_eq!(headers(all), headers(fragment), "{file}");
    }
    assert_eq!(policies[0], policies[1], "nginx and Apache say the same");
    assert_eq!(fragments[0], fragments[1], "nginx and Apache say the same of the fragment");
    // The article has styles in its tags, and is told by its address.
    let fragment = directives(&fragments[0]);
    assert_eq!(fragment["style-src"], BTreeSet::from(["'unsafe-inline'".to_owned()]));
    assert!(["default-src", "base-uri", "form-action"].iter().all(|name| fragment[*name].contains("'none'")));
    for path in ["2019/final/report.fragment.html", "en/2019/final/report.fragment.html"] {
        let article = text(&SITE[path]);
        assert!(article.contains(" style=\"") && !article.contains("Content-Security-Policy"), "{path}");
    }
    let header = directives(&policies[0]);
    assert_eq!(header["frame-ancestors"], BTreeSet::from(["'self'".to_owned()]));
    let mut needed = std::collections::BTreeMap::<String, BTreeSet<String>>::new();
    let classic = Site::copy();
    classic.edit("site.yaml", "theme: default", "theme: classic");
    let pages = SITE.clone().into_iter().chain(classic.build());
    for (path, bytes) in pages.filter(|(path, _)| path.ends_with(".html") && !path.ends_with(".fragment.html")) {
        let (path, bytes) = (path.as_str(), &bytes);
        for (directive, sources) in policy(path, &Document::parse(path, text(bytes))) {
            // From a server nothing is loaded from `file:`.
            needed.entry(directive).or_default().extend(sources.into_iter().filter(|source| source != "file:"));
        }
    }
    for (directive, sources) in &header {
        let needed = needed.remove(directive).unwrap_or_default();
        // A search or a form of the site's own may be there or not.
        let beyond: Vec<&String> = sources.difference(&needed).filter(|source| *source != "'self'").collect();
        assert!(beyond.is_empty(), "docs/hosting: no page needs {directive} {beyond:?}");
        let missing: Vec<&String> = needed.difference(sources).filter(|source| *source != "'none'").collect();
        assert!(missing.is_empty(), "docs/hosting: {directive} lacks {missing:?}");
    }
    assert!(needed.is_empty(), "docs/hosting lacks {needed:?}");
}

#[test]
fn every_page_is_there_in_large_type_with_the_same_content() {
    let mut compared = 0;
    for (path, page) in common::pages().into_iter().filter(|(path, _)| !path.ends_with("404.html")) {
        let twin_path = format!("large/{path}");
        let twin = Document::parse(&twin_path, text(SITE.get(&twin_path).unwrap_or_else(|| panic!("no {twin_path}"))));
        assert!(twin.elements[twin.first("html").unwrap()].has_class("large"), "{twin_path}");
        assert_eq!(page.text(page.first("main").unwrap()), twin.text(twin.first("main").unwrap()), "{path}");
        let link = |page: &Document| {
            let links: Vec<(String, String)> = page
                .all()
                .filter(|(_, element)| element.has_class("large-link"))
                .map(|(handle, link)| (page.text(handle), link.attribute("href").unwrap().to_owned()))
                .collect();
            let [link] = &links[..] else { panic!("{path}: {} links to large type", links.len()) };
            link.clone()
        };
        let (there, back) = (link(&page), link(&twin));
        assert_ne!(there.0, back.0);
        assert_eq!((resolved(path, &there.1), resolved(&twin_path, &back.1)), (twin_path.clone(), path.to_owned()));
        // Every other link between pages stays among the large ones; what is loaded or downloaded is there once.
        for (_, element) in twin.all() {
            let canonical = element.attribute("rel") == Some("canonical");
            for address in ["href", "src", "action"].iter().filter_map(|name| element.attribute(name)) {
                if address.contains(':') || address.starts_with('#') {
                    continue;
                }
                let target = resolved(&twin_path, address);
                assert!(SITE.contains_key(&target), "{twin_path}: {address} leads to {target}, which is not there");
                let stays = is_page(&target) && !canonical && !element.has_class("large-link");
                assert_eq!(target.starts_with("large/"), stays, "{twin_path}: {address}");
            }
        }
        let canonical = twin.all().find(|(_, element)| element.attribute("rel") == Some("canonical")).unwrap().1;
        assert_eq!(resolved(&twin_path, canonical.attribute("href").unwrap()), path);
        compared += 1;
    }
    let large = SITE.keys().filter(|path| path.starts_with("large/")).count();
    assert_eq!(large, compared, "nothing else is below large/");
}

#[test]
fn large_type_is_only_there_where_it_is_asked_for() {
    let files = Site::small().build();
    assert!(files.keys().all(|path| !path.starts_with("large/")));
    assert!(!html(&files).contains("large-link"));
    let site = official();
    site.write("site.yaml", format!("{}large_type: true\n", site.read("site.yaml")));
    let files = site.build();
    let twin = text(&files["large/en/2019/final/revenue.html"]);
    let canonical = "<link rel=\"canonical\" href=\"https://www.example.gov.cn/czgk/en/2019/final/revenue.html\">";
    assert_eq!(twin.matches("rel=\"canonical\"").count(), 1);
    assert!(twin.contains(canonical));
    for path in ["sitemap.xml", "feed.xml", "en/feed.xml"] {
        assert!(!text(&files[path]).contains("/large/"), "{path} lists the large pages");
    }
}

#[test]
fn the_fragment_holds_the_whole_report_and_nothing_that_a_filter_drops() {
    for tree in ["", "en/"] {
        let path = format!("{tree}2019/final/report.fragment.html");
        let file = text(&SITE[&path]).strip_prefix('\u{feff}').expect("a byte order mark");
        let fragment = Document::parse(&path, file);
        let whole = common::page(&format!("{tree}2019/final/report.html"));
        for (_, element) in fragment.all() {
            assert!(
                !["script", "style", "svg", "link", "img", "input", "nav"].contains(&element.name.as_str()),
                "<{}>",
                element.name
            );
            for (name, value) in &element.attributes {
                assert!(
                    ["colspan", "href", "lang", "rowspan", "scope", "start", "style"].contains(&name.as_str()),
                    "{name}"
                );
                assert!(name != "href" || value.contains("://"), "{path}: {value} leads nowhere from elsewhere");
            }
        }
        // Every figure of every table, in order, and every heading but the title.
        let cells = |page: &Document| -> Vec<String> {
            let cells = page.all().filter(|(_, element)| element.name == "td").map(|(handle, _)| page.text(handle));
            cells.filter(|text| text.contains('.') && text.starts_with(|c: char| c.is_ascii_digit())).collect()
        };
        assert_eq!(cells(&fragment), cells(&whole));
        assert!(cells(&fragment).len() > 600);
        for level in ["h2", "h3"] {
            let of = |page: &Document| -> Vec<String> {
                let headings =
                    page.all().filter(|(_, element)| element.name == level && !element.has_class("toc-title"));
                headings.map(|(handle, _)| page.text(handle)).collect()
            };
            assert_eq!(of(&fragment), of(&whole), "{path}: {level}");
        }
        let notice = fragment.text(fragment.first("p").unwrap());
        assert!(text(&SITE[&format!("{tree}index.html")]).contains(&notice), "it says first whose it is: {notice}");
        let year = text(&SITE[&format!("{tree}2019/index.html")]);
        assert!(year.contains("href=\"final/report.fragment.html\""));
    }
    let files = official().build();
    let fragment = text(&files["2019/final/report.fragment.html"]);
    assert!(
        fragment
            .contains("<a href=\"https://www.example.gov.cn/czgk/2019/final/report.html#expenditure/total/basic\">"),
        "{fragment}"
    );
}

/// The path of what an address leads to.
fn resolved(from: &str, address: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in address.split(['?', '#']).next().unwrap().split('/') {
        match step {
            ".." => drop(folders.pop().unwrap_or_else(|| panic!("{from}: {address} leaves the site"))),
            step => folders.push(step),
        }
    }
    folders.join("/")
}

#[test]
fn the_keys_of_the_site_are_all_explained() {
    let site = Site::small();
    site.write("site.yaml", format!("{}no_such_key: 1\n", site.read("site.yaml")));
    let (report, facts) = ("content/2019/final/report.yaml", "content/2019/final/facts.yaml");
    let lists = "information: {no_such_key: 1}\nfigures: [{no_such_key: 1}]\ncharts: [{no_such_key: 1, marks: [{no_such_key: 1}]}]\n";
    site.write(report, format!("{}no_such_key: 1\n{lists}", site.read(report)));
    let group = "no-such-group: {no_such_key: 1, figures: {no-such-fact: {no_such_key: 1}}}\n";
    site.write(facts, format!("{}{group}", site.read(facts)));
    let said = common::said(&site.run(&[]));
    for page in ["docs/site.md", "docs/site.zh.md"] {
        let page_text = std::fs::read_to_string(common::repository().join(page)).unwrap();
        let mut keys = 0;
        for list in said.lines().filter_map(|line| line.split_once("expected one of: ")) {
            let expected: Vec<&str> = list.1.split(", ").map(|key| key.trim_matches('`')).collect();
            // A file's own keys may stand in several tables; those below it stand together.
            let whole = expected.contains(&"format");
            let blocks = page_text.split(if whole { "\0" } else { "\n\n" });
            let missing = blocks.map(|block| {
                let explains =
                    |key: &str| block.contains(&format!("| `{key}` |")) || block.contains(&format!("  {key}: "));
                expected.iter().filter(|key| !explains(key)).collect::<Vec<_>>()
            });
            let missing = missing.min_by_key(Vec::len).unwrap_or_default();
            assert!(missing.is_empty(), "{page} does not explain {missing:?} of {expected:?}");
            keys += expected.len();
        }
        assert!(keys > 50, "{keys} keys in:\n{said}");
    }
}

#[test]
fn no_two_entries_of_a_list_of_contents_have_one_name() {
    for path in ["2019/index.html", "search.html", "en/2019/index.html", "en/search.html"] {
        let mut names = 0;
        for list in text(&SITE[path]).split("<ol>").skip(1).filter_map(|rest| rest.split("</ol>").next()) {
            let entries: Vec<&str> = list.lines().filter(|line| line.starts_with("<li><a href=")).collect();
            let name = |entry: &str| {
                entry.split_once('>').and_then(|(_, rest)| rest.split_once('>')).map(|(_, name)| name.to_owned())
            };
            let distinct: BTreeSet<Option<String>> = entries.iter().map(|entry| name(entry)).collect();
            assert_eq!(distinct.len(), entries.len(), "{path}: {entries:#?}");
            names += entries.len();
        }
        assert!(names > 12, "{path}: {names} entries");
    }
}
