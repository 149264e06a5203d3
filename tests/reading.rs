//! What leads a reader on: from a table to the sentences that quote it, to a citation that can be found again, and on the
//! printed report to the reasons behind its marks.
#![allow(clippy::disallowed_methods, reason = "a test reads how forms are called")]

mod common;

use common::html::Document;
use common::{SITE, Site, page, pages, text};

/// The links of a list with a heading of its own.
fn links(page: &Document, heading: &str) -> Vec<(String, String)> {
    let Some((heading, _)) = page.all().find(|(_, element)| element.id() == Some(heading)) else { return Vec::new() };
    let around = page.elements[heading].parent.expect("a section");
    let inside = |handle: usize| page.line(handle).any(|(outer, _)| outer == around);
    let links = page.all().filter(|(handle, element)| element.name == "a" && inside(*handle));
    links.map(|(handle, link)| (page.text(handle), link.attribute("href").unwrap_or_default().to_owned())).collect()
}

/// What a form is called for short, in both languages, in the set of this report or among the site's own.
fn shown(form: &str) -> Vec<String> {
    let own = ["src/forms/sets/cn-2019", "content/forms"].map(|set| common::repository().join(set));
    let files = own.iter().filter_map(|set| std::fs::read_to_string(set.join(format!("{form}.yaml"))).ok());
    let short = |file: String| {
        let line = file.lines().find(|line| line.starts_with("short: {zh: "))?.to_owned();
        let (zh, en) = line["short: {zh: ".len()..].trim_end_matches('}').split_once(", en: ")?;
        Some([zh, en].map(|name| name.trim_matches('"').to_owned()))
    };
    files.filter_map(short).flatten().collect()
}

/// From a heading to the next one of the page.
fn section(page: &Document, id: &str) -> std::ops::Range<usize> {
    let is_heading = |name: &str| name.len() == 2 && name.starts_with('h') && name != "hr";
    let (start, _) = page.all().find(|(_, element)| element.id() == Some(id)).unwrap_or_else(|| panic!("no #{id}"));
    let next = page.all().find(|(handle, element)| *handle > start && is_heading(&element.name));
    start..next.map_or(page.elements.len(), |(handle, _)| handle)
}

#[test]
fn a_table_leads_to_the_sections_that_quote_it() {
    let mut below = 0;
    for (path, table) in pages() {
        for (name, href) in links(&table, "_used-in") {
            let folder = path.rsplit_once('/').expect("a folder").0;
            let (file, id) = href.split_once('#').unwrap_or((&href, ""));
            let there = page(&format!("{folder}/{file}"));
            let own = path.rsplit('/').next().expect("a file");
            // What the section links to is a cell of the table.
            let places = if id.is_empty() { 0..there.elements.len() } else { section(&there, id) };
            let quotes = there.all().any(|(handle, element)| {
                let leads = element.attribute("href").is_some_and(|href| href.starts_with(&format!("{own}#")));
                places.contains(&handle) && leads
            });
            // A derived figure leads to its first figure's cell, and its title names the others, each with its form.
            let forms = shown(own.trim_end_matches(".html"));
            let derived = there.all().any(|(handle, element)| {
                let rests = |title: &str| {
                    let said = title.split([';', '；', '/']).filter_map(|said| said.split(" · ").next());
                    said.map(str::trim).any(|said| forms.iter().any(|form| form == said))
                };
                places.contains(&handle) && element.has_class("figure") && element.attribute("title").is_some_and(rests)
            });
            assert!(!forms.is_empty(), "{path} has no short name");
            assert!(quotes || derived, "{path}: {name} ({href}) does not quote it");
            below += usize::from(quotes && !id.is_empty());
        }
    }
    assert!(below >= 30, "{below} ways to a section");
    // Where an item is compared with its budget.
    for prefix in ["", "en/"] {
        let table = page(&format!("{prefix}2019/final/general-budget-expenditure.html"));
        let ways = links(&table, "_used-in");
        assert!(ways.iter().any(|(_, href)| href.ends_with("#general-budget-completion")), "{prefix}: {ways:?}");
    }
}

#[test]
fn what_a_table_is_used_for_stands_before_how_it_is_cited() {
    for path in ["2019/final/expenditure.html", "en/2019/final/expenditure.html"] {
        let table = page(path);
        let at =
            |id: &str| table.all().find(|(_, element)| element.id() == Some(id)).unwrap_or_else(|| panic!("{id}")).0;
        assert!(at("_used-in") < at("_cite") && at("_terms-used") < at("_cite"), "{path}");
    }
}

#[test]
fn a_citation_says_what_its_address_is() {
    let path = "2019/final/three-public.html";
    let said = |files: &common::Tree, path: &str| {
        let page = Document::parse(path, text(&files[path]));
        let (cite, _) = page.all().find(|(_, element)| element.has_class("cite")).expect("a citation");
        page.text(cite)
    };
    let own = Site::small();
    let config = own.read("site.yaml");
    let unknown = own.build();
    assert!(
        said(&unknown, path).contains(&format!("站内地址（本站网址之后的部分）\n{path}")),
        "{}",
        said(&unknown, path)
    );
    own.write("site.yaml", format!("{config}base_url: https://example.gov.cn/open/\n"));
    let known = own.build();
    assert!(
        said(&known, path).contains(&format!("网址\nhttps://example.gov.cn/open/{path}")),
        "{}",
        said(&known, path)
    );
    assert!(!said(&known, path).contains("站内地址"));
    for (path, says) in [("2019/final/revenue.csv", "单元格地址"), ("en/2019/final/revenue.csv", "Address of the cell")]
    {
        assert!(text(&SITE[path]).trim_start_matches(['\u{feff}', '"']).starts_with(says), "{path}");
    }
}

#[test]
fn the_report_has_the_reasons_of_its_marks_behind_it() {
    for (path, contents) in [("2019/final/report.html", "目录"), ("en/2019/final/report.html", "Contents")] {
        let report = page(path);
        let title = report.all().find(|(_, element)| element.id() == Some("_toc-title")).expect("contents").0;
        assert_eq!(report.text(title), contents, "{path}");
        let annex =
            report.all().filter(|(_, element)| element.has_class("report-section")).last().expect("a section").0;
        let inside = |handle: usize| report.line(handle).any(|(outer, _)| outer == annex);
        let reasons: Vec<(String, String)> = report
            .all()
            .filter(|(handle, element)| element.name == "li" && inside(*handle))
            .map(|(handle, item)| (item.id().expect("an id").to_owned(), report.text(handle)))
            .collect();
        assert_eq!(reasons.len(), 11, "{path}");
        let mut marks = 0;
        for (handle, mark) in report.all().filter(|(_, element)| element.has_class("sic")) {
            let id = mark.attribute("href").expect("a way").trim_start_matches('#');
            let (_, reason) = reasons.iter().find(|(own, _)| own == id).unwrap_or_else(|| panic!("{path}: no {id}"));
            // On paper the number leads there, and the reason names the figure that bears it.
            // Beside a figure of a table it is no text of the cell.
            let said = report.text(handle);
            let number =
                mark.attribute("data-number").unwrap_or(said.trim_start_matches(|c: char| !c.is_ascii_digit()));
            assert_eq!(format!("_accepted-{number}"), id);
            if mark.id().is_some() {
                // The mark behind words: the reason quotes what stands before it.
                let block = report.text(mark.parent.expect("a sentence"));
                let (before, _) = block.split_once(said.trim()).expect("the mark");
                let words: String =
                    before.trim_end().chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
                assert!(reason.contains(&words), "{path}: {id} does not quote {words}: {reason}");
                marks += 1;
                continue;
            }
            let before = report.all().take_while(|(at, _)| *at < handle).filter(|(_, e)| e.has_class("figure")).last();
            let cell = mark.parent.filter(|_| mark.attribute("data-number").is_some());
            let figure = report.text(cell.or(before.map(|(at, _)| at)).expect("a figure"));
            assert!(reason.contains(&figure), "{path}: {id} does not say {figure}: {reason}");
            marks += 1;
        }
        assert!(marks >= 12, "{path}: {marks}");
    }
}

#[test]
fn an_article_has_a_heading() {
    for (path, page) in pages() {
        for (article, _) in page.all().filter(|(_, element)| element.name == "article") {
            let heading = |handle: usize, name: &str| {
                ["h1", "h2", "h3", "h4"].contains(&name) && page.line(handle).any(|(outer, _)| outer == article)
            };
            assert!(page.all().any(|(handle, element)| heading(handle, &element.name)), "{path}");
        }
    }
}

/// What a side of a printed equation comes to, if it is a sum of figures.
fn sum(side: &str) -> Option<rust_decimal::Decimal> {
    side.split(" + ").map(|term| term.trim().replace(['\u{2212}', ','], "").parse::<rust_decimal::Decimal>().ok()).sum()
}

/// Equations are printed whole, those that go back to another year as well: both sides come to the same.
#[test]
fn every_equation_that_holds_is_printed_with_both_its_sides() {
    for (name, carried) in [("full", "12.00 = 12.00"), ("finance", "340.44 = 340.44")] {
        let files = Site::named(name).build();
        let (mut seen, mut lines) = (0, String::new());
        for (path, bytes) in
            files.iter().filter(|(path, _)| path.ends_with("final/checks.html") && !path.starts_with("large/"))
        {
            let page = Document::parse(path, text(bytes));
            for (handle, _) in page.all().filter(|(_, element)| element.name == "li") {
                let printed = page.text(handle);
                let link = page.all().find(|(at, element)| *at > handle && element.name == "a");
                let name = link.map(|(at, _)| page.text(at)).unwrap_or_default();
                // Behind the name of the row stand its equations, each behind the names of the columns for which it holds.
                for equation in printed.strip_prefix(&name).unwrap_or(&printed).split(['；', ';']) {
                    let Some((left, right)) = equation.split_once(" = ") else { continue };
                    let columns = left.match_indices(' ').map(|(space, _)| &left[space..]);
                    // What is computed on the way has its own tests.
                    let (Some(left), Some(right)) = (columns.chain([left]).find_map(sum), sum(right)) else { continue };
                    assert_eq!(left, right, "{path}: {printed}");
                    seen += 1;
                }
                lines.push_str(&printed);
            }
        }
        assert!(seen > 200, "{name}: {seen} equations");
        assert!(lines.contains(carried), "{name}: what was carried over from the year before");
    }
}

#[test]
fn the_year_says_who_approves_the_accounts_and_that_no_date_of_it_is_given() {
    let words = |document: &Document| {
        (0..document.elements.len()).map(|handle| document.text(handle)).max_by_key(String::len).unwrap_or_default()
    };
    let undated =
        [("2019/index.html", "本页没有批复的日期"), ("en/2019/index.html", "This page gives no date of approval")];
    for (path, undated) in undated {
        let said = words(&page(path));
        assert!(said.contains("第十四条") || said.contains("Article 14"), "{path}");
        assert!(said.contains(undated), "{path}");
    }
    let site = Site::copy();
    site.edit("content/2019/final/report.yaml", "forms: cn-2019", "forms: cn-2019\napproved: 2020-09-01");
    let built = site.build();
    for (path, undated) in undated {
        let said = words(&Document::parse(path, text(&built[path])));
        assert!(said.contains("2020-09-01") && !said.contains(undated), "{path}");
    }
}

/// The name of a row without code and line number is the link to the row. Where the name leads to a term, a mark is the link: it
/// says which row it leads to, and is no part of what is heard as the head of each cell.
#[test]
fn a_row_leads_to_itself_by_its_name_or_by_a_mark_that_says_it() {
    let site = Site::named("full");
    let interest = "{id: interest, name: {zh: 利息收入, en: Interest}, level: 2}";
    let term = interest.replace("level: 2", "level: 2, term: basic-expenditure");
    site.edit("content/forms/non-tax-revenue.yaml", interest, &term);
    let files = site.build();
    for (path, name, term, mark) in [
        ("2019/final/non-tax-revenue.html", "合计", "利息收入", "本行链接：利息收入"),
        ("en/2019/final/non-tax-revenue.html", "Total", "Interest", "Link to row: Interest"),
    ] {
        let table = Document::parse(path, text(&files[path]));
        let links = |href: &str| {
            let found = table.all().filter(|(_, element)| element.attribute("href") == Some(href));
            found.map(|(handle, element)| (handle, element.attribute("aria-label"))).collect::<Vec<_>>()
        };
        let [(own, None)] = links("#non-tax-revenue/total")[..] else { panic!("{path}: no link to the row") };
        assert_eq!(table.text(own), name);
        let [(own, Some(label))] = links("#non-tax-revenue/interest")[..] else { panic!("{path}: no mark") };
        assert_eq!((table.text(own).as_str(), label), ("", mark));
        let (_, head) = table.line(own).find(|(_, outer)| outer.name == "th").expect("a head");
        assert_eq!(head.attribute("aria-label"), Some(term), "{path}");
    }
}
