//! Every amount of the printed tables against an independent transcription of the document, in both languages.
//!
//! `tests/transcription/tables.tsv` was made from the document by a script that knows neither `content/` nor `src/`:
//! a slip in the YAML, in the binding of rows to forms or in the rendering of a cell shows here.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::html::Document;

/// How many amounts the nine tables print.
const PRINTED: usize = 664;

/// The transcription: addresses (`form/row/column`) with the amount as printed.
static TABLES: &str = include_str!("transcription/tables.tsv");

/// The way in which a language shows an amount.
type Shown = fn(&str) -> String;

/// The languages, with the folder of each.
const LANGUAGES: [(&str, &str, Shown); 2] = [("zh", "", as_printed), ("en", "en/", grouped)];

#[test]
fn every_printed_amount_is_on_its_page_and_no_other() {
    compare(|form| format!("2019/final/{form}.html"));
}

#[test]
fn every_printed_amount_is_in_the_one_page_report_and_no_other() {
    compare(|_| "2019/final/report.html".to_owned());
}

#[test]
fn english_groups_by_thousands() {
    assert_eq!(
        ["0.00", "12.50", "999.99", "2795.08", "-1066.66", "123456.78", "1234567"].map(grouped),
        ["0.00", "12.50", "999.99", "2,795.08", "\u{2212}1,066.66", "123,456.78", "1,234,567"]
    );
}

/// Compares all cells in both languages; the message of a failure lists each cell that differs.
fn compare(page_of: impl Fn(&str) -> String) {
    let printed = transcription();
    let forms: BTreeSet<&str> = printed.keys().map(|address| form_of(address)).collect();
    let mut right = Vec::new();
    let mut wrong = Vec::new();
    for (name, folder, shown) in LANGUAGES {
        let pages: BTreeSet<String> = forms.iter().map(|form| format!("{folder}{}", page_of(form))).collect();
        let mut cells: BTreeMap<String, String> = BTreeMap::new();
        for path in &pages {
            for (address, amount) in amounts(path, &common::page(path), &forms) {
                let twice = cells.insert(address.clone(), amount);
                wrong.extend(twice.map(|_| format!("{name} {address}: stands twice")));
            }
        }
        let mut agreeing = 0;
        for (address, amount) in &printed {
            let expected = shown(amount);
            match cells.remove(address) {
                Some(found) if found == expected => agreeing += 1,
                Some(found) => wrong.push(format!("{name} {address}: printed {expected}, on the page {found}")),
                None => wrong.push(format!("{name} {address}: printed {expected}, not on the page")),
            }
        }
        wrong.extend(cells.into_iter().map(|(address, amount)| format!("{name} {address}: {amount} is not printed")));
        right.push(format!("{agreeing} of {} {}in {name}", printed.len(), if name == "zh" { "cells " } else { "" }));
    }
    println!("{}", right.join(", "));
    assert!(wrong.is_empty(), "{}\n{}", right.join(", "), wrong.join("\n"));
}

fn transcription() -> BTreeMap<String, &'static str> {
    let mut printed = BTreeMap::new();
    for line in TABLES.lines().filter(|line| !line.starts_with('#')) {
        let (cell, amount) = line.rsplit_once('\t').expect("four fields");
        let address = cell.replace('\t', "/");
        assert_eq!(address.split('/').count(), 3, "{line}");
        assert!(printed.insert(address, amount).is_none(), "{line} stands twice in the transcription");
    }
    assert_eq!(printed.len(), PRINTED, "the transcription is whole");
    printed
}

/// The amounts of a page that belong to these forms. A cell that shows something has an address.
fn amounts(path: &str, page: &Document, forms: &BTreeSet<&str>) -> Vec<(String, String)> {
    let mut amounts = Vec::new();
    for (handle, element) in page.all() {
        let named = element.id().filter(|id| id.split('/').count() == 3 && forms.contains(form_of(id)));
        let in_form = || {
            let form = page.line(handle).find_map(|(_, around)| around.id()?.strip_prefix("_f-"));
            form.is_some_and(|form| forms.contains(form))
        };
        match named {
            Some(address) => amounts.push((address.to_owned(), page.text(handle))),
            None if element.has_class("amount") && in_form() => {
                assert_eq!(page.text(handle), "", "{path}: an amount without an address");
            }
            None => {}
        }
    }
    amounts
}

fn form_of(address: &str) -> &str {
    address.split('/').next().unwrap_or_default()
}

fn as_printed(amount: &str) -> String {
    amount.replace('-', "\u{2212}")
}

/// `-2795.08` as `−2,795.08`.
fn grouped(amount: &str) -> String {
    let (whole, decimals) = amount.split_at(amount.find('.').unwrap_or(amount.len()));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let first = match digits.len() % 3 {
        0 => 3.min(digits.len()),
        odd => odd,
    };
    let mut groups = vec![&digits[..first]];
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    as_printed(&format!("{sign}{}{decimals}", groups.join(",")))
}
