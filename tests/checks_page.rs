//! The page of checks: every tail has its arithmetic and its bound; a site may leave the page out, and then nothing leads to
//! it, and its tables mark their tails all the same. Where the document contradicts itself, the sentence and the reason
//! lead to each other.

mod common;

use common::html::Document;
use common::html::Element;
use common::{SITE, Site, Tree, page, pages, text};

/// Where a link of a page leads: the page, and the id on it.
fn target(from: &str, href: &str) -> (String, String) {
    let (file, id) = href.split_once('#').unwrap_or((href, ""));
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = if file.is_empty() { from.to_owned() } else { format!("{folder}/{file}") };
    (path, id.to_owned())
}

fn with_id(page: &Document, id: &str) -> usize {
    page.all().find(|(_, element)| element.id() == Some(id)).unwrap_or_else(|| panic!("no #{id}")).0
}

/// The elements of a name below another, in the order of the page.
fn below<'a>(page: &'a Document, handle: usize, name: &str) -> Vec<(usize, &'a Element)> {
    let inside = |inner: usize| page.line(inner).any(|(outer, _)| outer == handle);
    page.all().filter(|(inner, element)| element.name == name && inside(*inner)).collect()
}

/// What an entry sets against each other: where each side stands, and its value.
fn sides(page: &Document, entry: usize) -> Vec<(String, String)> {
    let rows = below(page, entry, "div").into_iter().filter(|(row, _)| !below(page, *row, "strong").is_empty());
    rows.map(|(row, _)| {
        let text = |name: &str| page.text(below(page, row, name)[0].0);
        (text("dt"), text("strong"))
    })
    .collect()
}

#[test]
fn a_contradiction_and_its_sentence_lead_to_each_other() {
    for (path, units, allows, elsewhere) in [
        ("2019/final/checks.html", ["万元", "%", "单"], ["四舍五入", "应完全一致"], "原文其他处"),
        ("en/2019/final/checks.html", ["RMB 10,000)", "%", "faults"], ["round", "agree exactly"], "Elsewhere"),
    ] {
        let checks = page(path);
        let entries: Vec<usize> = below(&checks, 0, "article").into_iter().map(|(handle, _)| handle).collect();
        assert_eq!(entries.len(), 11, "{path}");
        let mut in_words = 0;
        for (index, &entry) in entries.iter().enumerate() {
            let own = format!("_accepted-{}", index + 1);
            let links = below(&checks, entry, "a");
            let heading = with_id(&checks, &own);
            // The first link leads to the statement, which stands behind it.
            let (first, link) = links[0];
            let place = checks.text(checks.line(first).nth(1).expect("a place").0);
            let sentence = place.strip_prefix(&checks.text(first)).expect("the link first").to_owned();
            // The heading is understood alone: what it is about, with the year, then both of the values.
            let title = checks.text(heading);
            assert!(title.contains("2019"), "{path} {own}: {title}");
            let sides = sides(&checks, entry);
            assert_eq!(sides.len(), 2, "{path} {own}: what is stated, and what stands against it");
            assert_ne!(sides[0].1, sides[1].1, "{path} {own}");
            for (_, value) in &sides {
                assert!(title.contains(value), "{path} {own}: {title} does not say {value}");
            }
            let only_words = sides[1].0 == elsewhere;
            // What only repeats a cell has no arithmetic; any other says how far it may be off.
            let said = checks.text(entry);
            let repeats = !["÷", "−"].iter().any(|sign| said.contains(sign));
            assert!(repeats || allows.iter().any(|words| said.contains(words)), "{path} {own}: {said}");
            for (_, value) in sides.iter().filter(|_| !only_words) {
                assert!(units.iter().any(|unit| value.contains(unit)), "{path} {own}: {value} has no unit");
            }
            let (there, id) = target(path, link.attribute("href").expect("a way"));
            let prose = page(&there);
            let said = with_id(&prose, &id);
            // The mark behind the figure is the way back, in a sentence and in the cell of a table. Words have only the mark.
            let is_mark = |(handle, element): &(usize, &Element)| {
                element.has_class("sic") && (*handle > said || only_words && *handle == said)
            };
            let sic = prose.all().find(is_mark).expect("a mark");
            let back = sic.1.attribute("href").expect("a way back");
            assert_eq!(target(&there, back), (path.to_owned(), own.clone()), "{there}#{id}");
            if only_words {
                in_words += 1;
                let words: String = sides[0].1.split_whitespace().collect();
                assert!(sentence.split_whitespace().collect::<String>().contains(&words), "{path} {own}: {sentence}");
                continue;
            }
            let digits = prose.text(said);
            assert!(sentence.contains(&digits), "{path} {own} does not quote {digits} of {there}#{id}");
            // Every figure that it rests on leads to a cell that prints it.
            let mut counted = 0;
            for (handle, link) in links.iter().filter(|(_, link)| link.has_class("figure")) {
                let (there, id) = target(path, link.attribute("href").expect("a cell"));
                let cells = page(&there);
                let cell = cells.text(with_id(&cells, &id));
                // A side of an entry names its figure and prints the value behind it.
                let row = checks.line(*handle).find(|(_, element)| element.name == "div" || element.name == "li");
                let shown = checks.text(row.expect("a row").0);
                assert!(
                    shown.contains(cell.trim_end_matches('%')),
                    "{path} {own}: {shown}, but {there}#{id} is {cell}"
                );
                counted += 1;
            }
            assert!(counted > 0, "{path} {own} has no figure");
        }
        assert_eq!(in_words, 1, "{path}");
    }
}

#[test]
fn each_side_of_a_contradiction_says_what_it_is() {
    for (path, [text, table, computed, elsewhere], cell) in [
        ("2019/final/checks.html", ["文字所写", "表中所列", "计算结果", "原文其他处"], "表 9 非税收入"),
        (
            "en/2019/final/checks.html",
            ["In the text", "In a table", "Computed", "Elsewhere"],
            "Table 9 Non-tax revenue",
        ),
    ] {
        let checks = page(path);
        let kinds = |number: usize| {
            let heading = with_id(&checks, &format!("_accepted-{number}"));
            let entry = checks.line(heading).nth(1).expect("an entry").0;
            let kinds = sides(&checks, entry).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
            (checks.text(entry), kinds)
        };
        // A rate, two sums, words, a cell that a sentence repeats wrongly, a cell, two statements of the text.
        for (number, expected) in [
            (1, [text, computed]),
            (5, [computed, computed]),
            (8, [text, elsewhere]),
            (9, [text, table]),
            (10, [table, computed]),
            (11, [text, text]),
        ] {
            assert_eq!(kinds(number).1, expected, "{path} {number}");
        }
        assert!(kinds(9).0.contains(cell), "{path}: a cell is called by its table: {}", kinds(9).0);
        // A sentence that has both of the figures is one place.
        let places = below(&checks, checks.line(with_id(&checks, "_accepted-11")).nth(1).expect("an entry").0, "li");
        let places: Vec<String> = places.into_iter().map(|(place, _)| checks.text(place)).collect();
        assert_eq!(places.len(), 2, "{path}: {places:?}");
        assert_ne!(places[0], places[1], "{path}");
    }
}

#[test]
fn every_mark_has_a_reason_on_the_page_of_checks_and_behind_the_report() {
    for (prefix, reasons) in [("", "2019/final/checks.html"), ("en/", "en/2019/final/checks.html")] {
        let mut met = std::collections::BTreeSet::new();
        for (path, page) in pages().into_iter().filter(|(path, _)| path.starts_with(&format!("{prefix}2019/final/"))) {
            for (_, mark) in page.all().filter(|(_, element)| element.has_class("sic")) {
                let to = target(path, mark.attribute("href").expect("every contradiction is explained"));
                // On paper the reasons are those behind the report itself.
                let own = if path.ends_with("/report.html") { path } else { reasons };
                assert_eq!(to.0, own, "{path}");
                with_id(&common::page(&to.0), &to.1);
                met.insert(to.1);
            }
        }
        assert_eq!(met.len(), 11, "{prefix}: {met:?}");
    }
}

#[test]
fn a_tail_says_what_it_is_and_names_its_operation() {
    for (path, [quotient, sum], explains) in [
        ("2019/final/checks.html", ["按完成率推算的预算", "各项之和"], "半个单位（保留两位小数时为 0.005）"),
        (
            "en/2019/final/checks.html",
            ["the budget implied by the rate", "the sum of the parts"],
            "half a unit of that decimal",
        ),
    ] {
        let checks = page(path);
        let section = checks.line(with_id(&checks, "_tails")).nth(1).expect("the section of tails").0;
        assert!(checks.text(section).contains(explains), "{path}");
        let mut stated = 0;
        for (item, _) in below(&checks, section, "li") {
            let paragraphs: Vec<String> =
                below(&checks, item, "p").into_iter().map(|(handle, _)| checks.text(handle)).collect();
            let (name, link) = below(&checks, item, "a")[0];
            let (there, id) = target(path, link.attribute("href").expect("a way"));
            let place = page(&there);
            let there = place.text(with_id(&place, &id));
            assert!(there.contains(&checks.text(name)), "{path}: {} leads to {there}", checks.text(name));
            if !id.starts_with("_rule-") {
                // What the text states stands under its heading, against what the printed figures make of it.
                stated += 1;
                let mut rates = paragraphs[0].matches('%');
                assert!(rates.next().is_some() && rates.next().is_some(), "{path}: {paragraphs:?}");
                continue;
            }
            let right = paragraphs[1].split('≈').nth(1).expect("two sides");
            assert_eq!(paragraphs[0].contains(sum), right.contains(" + "), "{path}: {paragraphs:?}");
            let divides = right.contains('÷') && !right.contains(" + ");
            assert_eq!(paragraphs[0].contains(quotient), divides, "{path}: {paragraphs:?}");
        }
        assert_eq!(stated, 3, "{path}");
    }
}

/// The numbers of a summary, each with the word behind it.
fn counts(summary: &str) -> Vec<(usize, String)> {
    let parts = summary.split([',', '，', '；', ';', ':', '：']).map(str::trim);
    let counts = parts.filter_map(|part| part.split_once(' '));
    counts.filter_map(|(number, word)| Some((number.parse().ok()?, word.to_owned()))).collect()
}

const SIGNS: [char; 4] = ['=', '≈', '≠', '≤'];

/// How many equations a row of the Chinese page has: one for each column before it, or for the row itself.
fn in_columns(equations: &str) -> usize {
    let columns = equations.split('；').map(|one| one.split(|c: char| c.is_ascii_digit() || "(（".contains(c)).next());
    columns.map(|columns| columns.expect("a first part").matches('、').count() + 1).sum()
}

#[test]
fn a_rule_has_all_its_equations() {
    for (prefix, [zeros, tail]) in [("", ["都是 0", "尾差"]), ("en/", ["zero on both sides", "rounding difference"])]
    {
        let path = &format!("{prefix}2019/final/checks.html");
        let checks = page(path);
        let rules = checks.all().filter(|(_, rule)| rule.id().is_some_and(|id| id.starts_with("_rule-")));
        let (mut all, mut listed) = (0, 0);
        for (rule, element) in rules {
            let id = element.id().expect("an id");
            let summary = below(&checks, rule, "summary").first().map_or(rule, |(summary, _)| *summary);
            let (_, said) = checks.text(summary).rsplit_once([':', '：']).map_or_else(
                || panic!("{path} {id} has no numbers"),
                |(name, said)| (name.to_owned(), said.to_owned()),
            );
            let counts = counts(&checks.text(summary));
            let equations = counts.iter().find(|(_, word)| word.starts_with("equation") || word.starts_with("个等式"));
            let own = equations.unwrap_or_else(|| panic!("{path} {id}: {said}")).0;
            let of = |words: &str| counts.iter().find(|(_, word)| word.contains(words)).map_or(0, |(count, _)| *count);
            all += own;
            // Row by row: columns that have one equation stand before it together.
            let mut shown = 0;
            for (item, _) in below(&checks, rule, "li") {
                let (name, link) = below(&checks, item, "a")[0];
                let (there, cell) = target(path, link.attribute("href").expect("a cell"));
                assert!(text(&SITE[&there]).contains(&format!("id=\"{cell}\"")), "{path} {id}: no {there}#{cell}");
                let equations = checks.text(item);
                let equations =
                    equations.strip_prefix(&checks.text(name)).expect("the name of the row first").to_owned();
                assert!(equations.contains(SIGNS), "{path}: {equations}");
                let tails = equations.matches('≈').count();
                assert!(tails == 0 || of(tail) > 0, "{path} {id}: {equations}");
                shown += if prefix.is_empty() { in_columns(&equations) } else { equations.matches(SIGNS).count() };
            }
            // In English a comma stands in the names of columns, too: how often an equation holds cannot be counted.
            let least = if prefix.is_empty() { own - of(zeros) } else { 0 };
            assert!((least..=own - of(zeros)).contains(&shown), "{path} {id}: {shown} of {own}");
            assert_eq!(shown == 0, own == of(zeros), "{path} {id}: what is not zero is listed");
            listed += shown;
        }
        let [_, total, ..] = below(&checks, 0, "dd")[..] else { panic!("no totals") };
        assert_eq!(checks.text(total.0), all.to_string(), "{path}");
        assert!(listed > 250, "{path}: {listed}");
    }
}

/// All money of the year is of the general public budget: tables 3 and 5 say the same, cell for cell.
#[test]
fn two_tables_of_the_same_money_agree_exactly() {
    let checks = page("2019/final/checks.html");
    let summary = |id: &str| {
        let (summary, _) = below(&checks, with_id(&checks, id), "summary")[0];
        checks.text(summary)
    };
    let said = summary("_rule-facts/S27");
    assert!(said.contains("60 个等式，全部成立"), "{said}");
    // The bound of the form set says, too, how often it is reached.
    let said = summary("_rule-general-budget-expenditure/R38");
    assert!(said.contains("60 个两边相等"), "{said}");
}

#[test]
fn the_year_says_first_that_the_document_contradicts_itself() {
    for (path, says) in [
        ("2019/index.html", ["原文有 11 处自相矛盾（已注明）", " 条勾稽关系逐一核对："]),
        ("en/2019/index.html", ["The document contradicts itself in 11 places (explained)", " equations checked: "]),
    ] {
        let checks = page(&path.replace("index.html", "final/checks.html"));
        let [_, equations, ..] = below(&checks, 0, "dd")[..] else { panic!("no totals") };
        let says = [says[0].to_owned(), format!("{}{}", checks.text(equations.0), says[1])];
        let year = page(path);
        let lines: Vec<usize> =
            year.all().filter(|(_, element)| element.has_class("proof")).map(|(handle, _)| handle).collect();
        assert_eq!(lines.len(), says.len(), "{path}");
        for (line, says) in lines.iter().zip(says) {
            assert!(year.text(*line).starts_with(&says), "{path}: {}", year.text(*line));
            assert!(!year.text(*line).contains('✓'), "{path}: not all is in order");
        }
        // All equations come to one of three ends.
        let proof = year.text(lines[1]);
        let counts: Vec<u32> =
            proof.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
        let [all, held, failed, tails] = counts[..] else { panic!("{path}: {proof}") };
        assert_eq!((all, failed > 0, tails > 0), (held + failed + tails, true, true), "{path}: {proof}");
        let (_, link) = below(&year, lines[0], "a")[0];
        let (there, id) = target(path, link.attribute("href").expect("a way"));
        with_id(&page(&there), &id);
    }
    // Where there is none, nothing is said of it, and the mark stands.
    let files = Site::small().build();
    let year = Document::parse("2019/index.html", text(&files["2019/index.html"]));
    let lines: Vec<String> =
        year.all().filter(|(_, element)| element.has_class("proof")).map(|(handle, _)| year.text(handle)).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with('✓'), "{lines:?}");
}

/// The cells that a page marks as totals with a rounding tail.
fn marked(files: &Tree, path: &str) -> Vec<String> {
    let page = Document::parse(path, text(&files[path]));
    let cells = page.all().filter(|(_, element)| element.name == "td" && element.has_class("tail"));
    cells.map(|(_, element)| element.id().expect("an address").to_owned()).collect()
}

#[test]
fn every_tail_has_its_arithmetic_and_what_rounding_allows() {
    for (path, allows) in [
        ("2019/final/checks.html", [("四舍五入最多可差 ", " 万元"), ("四舍五入之前，结果不小于 ", "%")]),
        (
            "en/2019/final/checks.html",
            [("rounding allows RMB ", " × RMB 10,000)"), ("before rounding put it between ", "%")],
        ),
    ] {
        let page = page(path);
        let items: Vec<String> =
            page.all().filter(|(_, element)| element.name == "li").map(|(handle, _)| page.text(handle)).collect();
        let tails: Vec<&String> = items.iter().filter(|item| item.contains('≈')).collect();
        assert!(tails.len() >= 16, "{path}: {} tails", tails.len());
        for tail in tails {
            // With its unit.
            let says = |(words, unit): &(&str, &str)| {
                let tail = tail.replace('\u{a0}', " ");
                tail.split_once(words).is_some_and(|(_, bound)| bound.contains(unit))
            };
            assert!(allows.iter().any(says), "{path}: {tail}");
        }
        // A tail of figures that are computed shows what from.
        assert!(items.iter().any(|item| item.contains('≈') && item.contains('÷')), "{path}");
    }
}

#[test]
fn the_page_can_be_left_out_and_tables_mark_their_tails_still() {
    let site = Site::copy();
    site.write("site.yaml", format!("{}checks: false\n", site.read("site.yaml")));
    let files = site.build();
    assert!(!files.keys().any(|path| path.contains("checks.")), "the page is not there");
    for (path, bytes) in &files {
        if let Ok(page) = std::str::from_utf8(bytes) {
            assert!(!page.contains("checks.html"), "{path} leads to it");
        }
    }
    let table = "2019/final/expenditure.html";
    assert_eq!(marked(&files, table), marked(&SITE, table));
    assert!(marked(&files, table).contains(&"expenditure/total/total".to_owned()));
}

#[test]
fn marks_are_numbered_as_they_are_read_and_their_notes_lead_back() {
    for path in ["2019/final/expenditure.html", "en/2019/final/expenditure.html"] {
        let page = text(&SITE[path]);
        let marks: Vec<&str> = page.split("data-mark=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(marks, ["1", "2", "3", "4"], "{path}");
        for (number, cell) in (1..).zip(marked(&SITE, path)) {
            let note = format!("<p id=\"_tail-expenditure-{number}\"><a href=\"#{cell}\">*{number}</a>");
            assert!(page.contains(&note), "{path}: {note}");
        }
    }
}

/// A cell that its parts contradict has a mark, no text of its own, that leads to the reason; the reason leads to the cell.
#[test]
fn a_wrong_cell_and_its_reason_lead_to_each_other() {
    let site = Site::small();
    site.edit("content/2019/final/tables/three-public.yaml", "决算数: [1.00,", "决算数: [1.10,");
    let report = "content/2019/final/report.yaml";
    let accepted = common::repository().join("tests/findings/accepted/site").join(report);
    site.write(report, common::read(&accepted));
    let files = site.build();
    for (prefix, word) in [("", "［原文如此］"), ("en/", "[sic]")] {
        for (page, reasons) in [("three-public.html", "checks.html"), ("report.html", "report.html")] {
            let path = format!("{prefix}2019/final/{page}");
            let page = Document::parse(&path, text(&files[&path]));
            let marks: Vec<(usize, &Element)> = page
                .all()
                .filter(|(at, mark)| {
                    let cell = page.all().find(|(cell, _)| mark.parent == Some(*cell) && at > cell);
                    mark.has_class("sic") && cell.is_some_and(|(_, cell)| cell.name == "td")
                })
                .collect();
            let [(at, mark)] = marks[..] else { panic!("{path}: {} marks", marks.len()) };
            assert_eq!((page.text(at).as_str(), mark.attribute("aria-label")), ("", Some(word)), "{path}");
            assert_eq!(mark.attribute("data-number"), Some("1"), "{path}: on paper the number is the way");
            let cell = mark.parent.expect("a cell");
            assert_eq!(page.text(cell), "1.10", "{path}");
            let (there, id) = target(&path, mark.attribute("href").expect("a way"));
            assert_eq!(
                (there.as_str(), id.as_str()),
                (format!("{prefix}2019/final/{reasons}").as_str(), "_accepted-1")
            );
            let page_of_reasons = Document::parse(&there, text(&files[&there]));
            with_id(&page_of_reasons, &id);
            let address = page.all().find(|(at, _)| *at == cell).and_then(|(_, cell)| cell.id()).expect("an address");
            let back = page_of_reasons.all().any(|(_, link)| {
                link.attribute("href").is_some_and(|href| target(&there, href).1 == address && link.name == "a")
            });
            assert!(back, "{there} does not lead to {address}");
        }
    }
}

/// What only words say is accepted by its words, in each language by its own: that is one place, not two.
#[test]
fn a_contradiction_in_words_is_one_place_in_both_languages() {
    let site = Site::small();
    let report = "content/2019/final";
    let zh = "经费 4321.09 万元，比上年的 4000.00 万元增加 300.00 万元。";
    // A line may end within a paragraph, before what is in doubt.
    let (before, only) = ("另列如下。这一句说别的事。", "又有\n33.70 万元。");
    let (before_en, only_en) = ("This says something else.", "Another\nRMB 337,000.");
    site.edit(
        &format!("{report}/01-overview.zh.md"),
        "## 支出",
        &format!("## 经费 {{#funds}}\n\n{zh}\n\n{before}\n{only}\n\n## 支出"),
    );
    let en = "Funds came to RMB 43,210,900, an increase of RMB 3,000,000 on the RMB 40,000,000 of the year before.";
    let english = format!("{report}/01-overview.en.md");
    site.edit(
        &english,
        "## Expenditure",
        &format!("## Funds {{#funds}}\n\n{en}\n\n{before_en}\n{only_en}\n\n## Expenditure"),
    );
    let accepted = "accepted:
  - {code: text/change, at: overview 300.00 万元, stated: 300.00, computed: 321.09, visible: public, reason: {zh: 示例, en: Example}}
  - {code: text/unbacked, at: overview, stated: 4000.00 万元, visible: public, reason: {zh: 示例, en: Example}}
  - {code: text/unbacked, at: overview, stated: \"RMB 40,000,000\", visible: public, reason: {zh: 示例, en: Example}}
  - {code: text/unbacked, at: overview, stated: 33.70 万元, visible: public, reason: {zh: 示例, en: Example}}
  - {code: text/unbacked, at: overview, stated: \"RMB 337,000\", visible: public, reason: {zh: 示例, en: Example}}
";
    let file = format!("{report}/report.yaml");
    site.write(&file, site.read(&file) + accepted);
    let files = site.build();
    for (prefix, sentence, year) in
        [("", zh, "原文有 1 处自相矛盾"), ("en/", "300.00 万元", "The document contradicts itself in 1 place ")]
    {
        let path = format!("{prefix}2019/final/checks.html");
        let checks = Document::parse(&path, text(&files[&path]));
        let entries = below(&checks, 0, "article");
        assert_eq!(entries.len(), 3, "{path}: the contradiction, and the doubts");
        let first = checks.text(below(&checks, entries[0].0, "h3")[0].0);
        assert!(first.contains("300.00 万元") && first.contains("321.09 万元"), "{path}: {first}");
        assert!(checks.text(entries[0].0).contains(sentence), "{path}: {}", checks.text(entries[0].0));
        let doubt = checks.text(entries[1].0);
        assert!(doubt.contains(if prefix.is_empty() { zh } else { en }), "{path}: {doubt}");
        let (_, link) = below(&checks, entries[1].0, "a")[0];
        let (there, id) = target(&path, link.attribute("href").expect("a way"));
        with_id(&Document::parse(&there, text(&files[&there])), &id);
        // A doubt stands under a heading that does not say that other figures contradict it, and is not counted with those.
        let section = |id: &str| checks.line(with_id(&checks, id)).nth(1).expect("a section").0;
        assert_eq!(below(&checks, section("_accepted"), "article").len(), 1, "{path}");
        let doubts = section("_doubts");
        assert_eq!(below(&checks, doubts, "article").len(), 2, "{path}");
        let totals: Vec<String> = below(&checks, 0, "dd").iter().take(5).map(|(at, _)| checks.text(*at)).collect();
        assert_eq!(totals[3..], ["1", "2"], "{path}");
        let second = checks.text(below(&checks, entries[2].0, "li")[0].0).replace('\u{a0}', " ");
        let own = if prefix.is_empty() { "又有 33.70 万元。" } else { "Another RMB 337,000." };
        assert_eq!(
            second.rsplit_once([':', '：']).map(|(_, said)| said.trim_start()),
            Some(own),
            "{path}: the sentence that has the words, and no other"
        );
        // What only the Chinese text says is marked as Chinese on the English page.
        let is_foreign = |(_, element): &(usize, &Element)| element.attribute("lang") == Some("zh-CN");
        let foreign = below(&checks, entries[0].0, "span").into_iter().filter(is_foreign);
        let foreign: Vec<String> = foreign.map(|(handle, _)| checks.text(handle)).collect();
        let said: &[&str] = if prefix.is_empty() { &[] } else { &["300.00 万元", "321.09 万元", "300.00 万元"] };
        assert_eq!(foreign, said, "{path}");
        let report = format!("{prefix}2019/final/report.html");
        let whole = Document::parse(&report, text(&files[&report]));
        let annex = whole.line(with_id(&whole, "_doubts")).nth(1).expect("an annex").0;
        assert_eq!(below(&whole, annex, "li").len(), 2, "{report}");
        let index = format!("{prefix}2019/index.html");
        assert!(text(&files[&index]).contains(year), "{index}");
    }
}

/// The same cell of another year is another figure: only the one that its parts contradict is marked.
#[test]
fn a_figure_of_another_year_has_no_mark_of_this_one() {
    let site = Site::named("full");
    let report = "content/2020/final";
    site.edit(&format!("{report}/tables/three-public.yaml"), "actual: [8.00,", "actual: [8.10,");
    let file = format!("{report}/report.yaml");
    let accepted = "accepted:\n  - {code: sum/differs, at: R17 three-public/actual/total, stated: 8.10, computed: 8.00, visible: public, reason: {zh: 示例, en: Example}}\n";
    site.write(&file, site.read(&file) + accepted);
    for lang in ["zh", "en"] {
        let file = format!("{report}/01-overview.{lang}.md");
        let quoted = "\n{three-public/actual/total} {three-public/actual/total@2019}\n";
        site.write(&file, site.read(&file) + quoted);
    }
    let files = site.build();
    for path in ["2020/final/overview.html", "en/2020/final/overview.html"] {
        let page = Document::parse(path, text(&files[path]));
        assert_eq!(page.all().filter(|(_, element)| element.has_class("sic")).count(), 1, "{path}");
    }
}

/// What is accepted is the title: a sentence with the same words is not marked, and the reason leads to the part.
#[test]
fn a_title_in_doubt_marks_no_sentence() {
    let site = Site::small();
    site.edit("content/2019/final/01-overview.zh.md", "# 示例局概况", "# 2018 年概况");
    site.edit("content/2019/final/01-overview.zh.md", "## 支出", "示例：2018 年概况已另行公开。\n\n## 支出");
    let report = "content/2019/final/report.yaml";
    let accepted = "accepted:\n  - {code: text/year, at: overview, stated: 2018 年概况, visible: public, reason: {zh: 示例, en: Example}}\n";
    site.write(report, site.read(report) + accepted);
    let tree = site.build();
    assert!(!text(&tree["2019/final/overview.html"]).contains("class=\"sic\""));
    for path in ["2019/final/checks.html", "en/2019/final/checks.html"] {
        let checks = text(&tree[path]);
        assert!(checks.contains("2018 年概况") && checks.contains("href=\"overview.html\""), "{path}");
    }
}
