//! The digest of a report's figures: anybody can recompute it from the published pages as docs/digest.md says, the way in
//! which files are typed does not change it, and every figure does.

mod common;

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use common::html::Document;
use common::{SITE, Site, Tree, pages, repository, text};

/// The figures of the published Chinese pages, as the lines of docs/digest.md: nothing of `src/check` is used.
fn lines() -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (_, page) in pages().into_iter().filter(|(path, _)| path.starts_with("2019/final/")) {
        for (handle, element) in page.all().filter(|(_, element)| element.has_class("amount")) {
            let Some(address) = element.id() else { continue };
            let shown = page.text(handle).replace('\u{2212}', "-");
            let (digits, unit) = match shown.strip_suffix('%') {
                Some(digits) => (digits, "%".to_owned()),
                None if address.starts_with("facts/") => (&*shown, unit(&page, handle)),
                None => (&*shown, "万元".to_owned()),
            };
            if !digits.is_empty() {
                lines.insert(format!("final:{address}@2019 {digits} {unit}\n"));
            }
        }
    }
    lines
}

/// The cell behind the amount of a fact.
fn unit(page: &Document, amount: usize) -> String {
    let row = page.elements[amount].parent.expect("a row");
    let mut cells = page.all().filter(|(_, element)| element.parent == Some(row) && element.has_class("unit"));
    page.text(cells.next().expect("a unit").0)
}

#[test]
fn anybody_can_recompute_it_from_the_published_pages() {
    let lines = lines();
    assert!(lines.len() > 750, "only {} figures", lines.len());
    let digest = format!("{:x}", HexSlice(&Sha256::digest(lines.into_iter().collect::<String>())));
    assert_eq!(shown(&SITE, ""), digest);
    assert_eq!(shown(&SITE, "en/"), digest);
}

/// It is published, once for both languages.
#[test]
fn the_text_of_the_digest_is_a_file() {
    assert_eq!(text(&SITE["2019/final/figures.txt"]), lines().into_iter().collect::<String>());
    assert!(!SITE.contains_key("en/2019/final/figures.txt"));
    for path in ["2019/final/checks.html", "en/2019/final/checks.html", "2019/index.html", "en/2019/index.html"] {
        assert!(text(&SITE[path]).contains("figures.txt\""), "{path}");
    }
}

#[test]
fn the_example_of_the_document_is_true() {
    let document = String::from_utf8(common::read(&repository().join("docs/digest.md"))).expect("UTF-8");
    let block = document.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let (lines, shown) = (lines(), block.split_inclusive('\n').collect::<Vec<_>>());
    assert!(shown.len() >= 4 && shown.is_sorted(), "{shown:?}");
    for line in shown {
        assert!(lines.contains(line), "no figure reads {line}");
    }
}

#[test]
fn the_way_of_typing_does_not_change_it_and_every_kind_of_figure_does() {
    let digest = |change: &dyn Fn(&Site)| {
        let site = Site::small();
        change(&site);
        shown(&site.build(), "")
    };
    let as_it_is = digest(&|_| {});
    let tables = "content/2019/final/tables";
    let typed_otherwise = digest(&|site| {
        let path = format!("{tables}/general-budget-expenditure.yaml");
        // The same rows by printed name, with fewer decimals, in columns of another order.
        site.edit(&path, "rows:\n", "columns: [project, 基本支出, total]\nrows: # 示例\n");
        site.edit(&path, "  合计: [100.00, 60.00, 40.00]", "  合计: [40, 60.0, 100.00]");
        for (code, name) in [("201", "一般公共服务支出"), ("20103", "20103"), ("2010301", "2010301")] {
            site.edit(&path, &format!("  {code}: [60.00, 60.00, 0.00]"), &format!("  {name}: [0, 60, 60.00]"));
        }
    });
    assert_eq!(typed_otherwise, as_it_is);
    let mut digests = vec![as_it_is];
    let changes: [(&str, &str, &str); 4] = [
        ("facts.yaml", "value: 1,", "value: 2,"),
        ("facts.yaml", "value: 1,", "value: 1.0,"),
        ("facts.yaml", "zh: 辆", "zh: 台"),
        (
            "tables/three-public.yaml",
            "决算数: [1.00, 0.00, 0.80, 0.00, 0.80, 0.20]",
            "决算数: [1.01, 0.00, 0.80, 0.00, 0.80, 0.21]",
        ),
    ];
    for (file, old, new) in changes {
        digests.push(digest(&|site| site.edit(&format!("content/2019/final/{file}"), old, new)));
    }
    assert_eq!(digests.iter().collect::<BTreeSet<_>>().len(), digests.len(), "{digests:#?}");
}

/// The digest on the page of checks.
fn shown(files: &Tree, language: &str) -> String {
    let path = format!("{language}2019/final/checks.html");
    let page = Document::parse(&path, text(&files[&path]));
    let (handle, _) = page.all().find(|(_, element)| element.has_class("digest")).expect("a digest");
    page.text(handle)
}

/// Bytes as hexadecimal digits.
struct HexSlice<'a>(&'a [u8]);

impl std::fmt::LowerHex for HexSlice<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
