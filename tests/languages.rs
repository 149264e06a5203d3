//! Two whole sites, each in its own language: no Chinese left over in English, no English in Chinese, and every page has
//! its twin.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::html::{Document, Node};

/// Attributes whose value a reader sees or hears.
const SPOKEN: &[&str] = &[
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "content",
    "label",
    "placeholder",
    "summary",
    "title",
];

/// The words in Latin letters that Chinese pages may say: names of standards and products, that have no Chinese name.
const LATIN_IN_CHINESE: &[&str] = &["Ctrl", "DDOS", "HTML", "ICMP", "Internet", "MSTP", "Mbps", "WiFi"];

/// The mark of what is in no language (BCP 47): digests, whose digits may look like words.
const NO_LANGUAGE: &str = "zxx";

/// A text that a reader meets, and the language that the page says it is in.
struct Said {
    path: &'static str,
    lang: String,
    /// The element, with the attribute if it is one.
    place: String,
    text: String,
}

#[test]
fn no_chinese_in_the_english_tree_outside_what_is_marked_as_chinese() {
    let wrong: Vec<String> = said("en/")
        .into_iter()
        .filter(|said| !said.lang.starts_with("zh") && said.text.contains(is_chinese))
        .map(|said| format!("{}: {}: {}", said.path, said.place, said.text))
        .collect();
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
}

/// `lang` chooses the voice that reads a text aloud, and the test above trusts it.
#[test]
fn what_the_english_tree_marks_as_chinese_is_chinese() {
    let wrong: Vec<String> = said("en/")
        .into_iter()
        .filter(|said| {
            said.lang.starts_with("zh") && said.text.contains(char::is_alphabetic) && !said.text.contains(is_chinese)
        })
        .map(|said| format!("{}: {}: {}", said.path, said.place, said.text))
        .collect();
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_marked_as_no_language_is_a_digest_or_an_address() {
    let digest = |text: &str| text.len() == 64 && text.bytes().all(|b| b"0123456789abcdef".contains(&b));
    let address = |text: &str| text.contains(".html") && text.bytes().all(|b| b.is_ascii_graphic());
    for folder in ["", "en/"] {
        let marked: Vec<Said> = said(folder).into_iter().filter(|said| said.lang == NO_LANGUAGE).collect();
        assert!(marked.iter().any(|said| digest(&said.text)), "{folder}: no digest is shown");
        for said in marked {
            assert!(digest(&said.text) || address(&said.text), "{}: {}: {}", said.path, said.place, said.text);
        }
    }
}

#[test]
fn no_english_in_the_chinese_tree_outside_what_is_marked_as_english() {
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for said in said("").into_iter().filter(|said| !said.lang.starts_with("en") && said.lang != NO_LANGUAGE) {
        for word in said.text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3) {
            if LATIN_IN_CHINESE.contains(&word) {
                met.insert(word.to_owned());
            } else {
                wrong.push(format!("{}: {}: `{word}` in: {}", said.path, said.place, said.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
    let dead: Vec<_> = LATIN_IN_CHINESE.iter().filter(|word| !met.contains(**word)).collect();
    assert!(dead.is_empty(), "LATIN_IN_CHINESE has entries that no page needs: {dead:?}");
}

#[test]
fn each_interface_word_has_both_languages() {
    let words = |lang: &str| -> BTreeMap<String, String> {
        let path = format!("themes/default/words.{lang}.yaml");
        serde_yaml::from_slice(&common::SOURCES[&path]).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let (zh, en) = (words("zh"), words("en"));
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, text) in &zh {
        assert!(!text.contains(char::is_alphabetic) || *text != en[key], "`{key}` is `{text}` in both languages");
    }
    for (key, text) in &en {
        assert!(!text.contains(is_chinese), "`{key}` is `{text}` in English");
    }
}

#[test]
fn each_page_says_its_language() {
    for (path, page) in common::pages() {
        let html = page.first("html").expect("an html element");
        let lang = if path.starts_with("en/") { "en" } else { "zh-CN" };
        assert_eq!(page.elements[html].attribute("lang"), Some(lang), "{path}");
    }
}

#[test]
fn each_page_links_to_itself_in_the_other_language() {
    let pages = common::pages();
    for (path, page) in &pages {
        let twin = match path.strip_prefix("en/") {
            Some(chinese) => chinese.to_owned(),
            None => format!("en/{path}"),
        };
        assert!(pages.contains_key(twin.as_str()), "{path} has no twin {twin}");
        // The page for a missing address is shown at any depth and cannot know the way to anywhere.
        if path.ends_with("404.html") {
            continue;
        }
        let lang = if path.starts_with("en/") { "zh-CN" } else { "en" };
        let found: Vec<_> = page
            .all()
            .filter(|(_, element)| element.name == "a" && element.attribute("rel") == Some("alternate"))
            .filter(|(_, element)| element.attribute("hreflang") == Some(lang))
            .map(|(_, element)| follow(path, element.attribute("href").expect("an address")))
            .collect();
        assert!(!found.is_empty(), "{path}: no <a rel=\"alternate\"> to {lang}");
        assert!(found.iter().all(|found| *found == twin), "{path}: <a> leads to {found:?}, not to {twin}");
        // Search engines take whole addresses only: `link`s stand where the site has one (tests/web.rs).
        let relative = page
            .all()
            .filter(|(_, element)| element.name == "link" && element.attribute("hreflang").is_some())
            .any(|(_, element)| !element.attribute("href").unwrap_or_default().starts_with("http"));
        assert!(!relative, "{path}: a <link hreflang> without a whole address");
    }
}

/// A link to a cell or a heading holds on the twin too. Letters of the glossary's index are its own in each language.
#[test]
fn twins_have_the_same_anchors() {
    let pages = common::pages();
    let mut wrong = Vec::new();
    for (path, page) in &pages {
        let Some(english) = pages.get(format!("en/{path}").as_str()) else { continue };
        let (zh, en) = (anchors(page), anchors(english));
        for id in zh.symmetric_difference(&en) {
            wrong.push(format!("{path}: #{id} only in {}", if zh.contains(id) { "zh" } else { "en" }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn anchors(page: &Document) -> BTreeSet<String> {
    let main = page.first("main").expect("a main element");
    let inside = page.all().filter(|(handle, _)| page.line(*handle).any(|(around, _)| around == main));
    inside.filter_map(|(_, element)| element.id()).filter(|id| !id.starts_with("_letter-")).map(str::to_owned).collect()
}

/// All that the pages of a tree say: texts, and attributes that are read to someone.
fn said(tree: &str) -> Vec<Said> {
    let mut all = Vec::new();
    for (path, page) in common::pages().into_iter().filter(|(path, _)| path.starts_with("en/") == (tree == "en/")) {
        for (handle, element) in page.all().filter(|(_, element)| !matches!(element.name.as_str(), "style" | "script"))
        {
            let lang = page.lang(handle).to_owned();
            let heard = |(key, _): &&(String, String)| SPOKEN.contains(&key.as_str()) || key.starts_with("data-");
            // What a <meta> says is for people only where it says so by its name.
            let machine =
                element.name == "meta" && !matches!(element.attribute("name"), Some("description" | "author"));
            for (key, value) in element.attributes.iter().filter(heard).filter(|_| !machine) {
                let place = format!("{key} of <{}>", element.name);
                all.push(Said { path, lang: lang.clone(), place, text: value.clone() });
            }
            for child in &element.children {
                if let Node::Text(text) = child {
                    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    all.push(Said { path, lang: lang.clone(), place: format!("<{}>", element.name), text });
                }
            }
        }
    }
    assert!(!all.is_empty(), "no pages below {tree:?}");
    all
}

/// Han characters, Chinese punctuation and full-width forms.
fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3000}'..='\u{303f}' | '\u{3100}'..='\u{312f}' | '\u{31c0}'..='\u{31ef}'
        | '\u{3200}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Where a relative link of a page leads.
fn follow(from: &str, href: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in href.split('/') {
        match step {
            ".." => assert!(folders.pop().is_some(), "{from}: {href} leaves the site"),
            "." => {}
            name => folders.push(name),
        }
    }
    folders.join("/")
}
