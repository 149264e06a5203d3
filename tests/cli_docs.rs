//! What README.md and README.en.md show is what the program does: the table binds, each figure reads on the page as
//! the table says, the finding is printed as shown, the options exist.

#![allow(clippy::disallowed_methods, reason = "a test reads a form")]

mod common;

use common::html::Document;
use common::{SOURCES, Site, program, said, text};

const READMES: [&str; 2] = ["README.md", "README.en.md"];

const TABLE: &str = "content/2019/final/tables/expenditure.yaml";

#[test]
fn the_example_of_a_table_binds_as_it_stands() {
    for readme in READMES {
        let example = example(readme);
        let site = Site::small();
        site.write(TABLE, &example);
        // An excerpt of a table does not add up: it is bound to the form without its rules.
        let form =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/forms/sets/cn-2019/expenditure.yaml"));
        let form = form.unwrap();
        site.write("content/forms/expenditure.yaml", form.split("\nrules:").next().unwrap());
        let files = site.build();
        let page = |path: &str| Document::parse(path, text(&files[path]));
        let (zh, en) = (page("2019/final/expenditure.html"), page("en/2019/final/expenditure.html"));
        let mut cells = 0;
        for line in example.lines().filter(|line| line.starts_with(' ')) {
            let (key, amounts) = line.split_once(':').unwrap();
            let row = if key.trim() == "合计" { "total" } else { key.trim() };
            let amounts = amounts.trim_matches([' ', '[', ']']).split(", ");
            for (column, amount) in ["total", "basic", "project"].into_iter().zip(amounts) {
                let address = format!("expenditure/{row}/{column}");
                assert_eq!(shown(&zh, &address), amount, "{readme}: {address}");
                assert_eq!(shown(&en, &address).replace(',', ""), amount, "{readme}: {address}");
                cells += 1;
            }
            assert_eq!(
                shown(&zh, &format!("expenditure/{row}/remittances-up")),
                "0.00",
                "{readme}: what is not listed"
            );
        }
        assert!(cells >= 9, "{readme}: only {cells} cells");
    }
}

#[test]
fn the_examples_of_figures_read_on_the_page_as_shown() {
    let overview = |lang: &str| format!("content/2019/final/01-overview.{lang}.md");
    for readme in READMES {
        let document = read(readme);
        // | `{address}` | Chinese | English |
        let examples: Vec<[&str; 3]> = document
            .lines()
            .filter_map(|line| {
                let cells: Vec<&str> = line.strip_prefix("| `{")?.trim_end_matches(" |").split(" | ").collect();
                let [figure, zh, en] = cells[..] else { panic!("{readme}: three cells: {line}") };
                Some([figure.trim_end_matches("}`"), zh, en])
            })
            .collect();
        assert!(examples.len() >= 4, "{readme} shows {} figures", examples.len());
        let site = Site::copy();
        for lang in ["zh", "en"] {
            let mut prose = site.read(&overview(lang));
            for [figure, ..] in &examples {
                prose.push_str(&["\n- Example: {", figure, "}.\n"].concat());
            }
            site.write(&overview(lang), prose);
        }
        let files = site.build();
        for (path, which) in [("2019/final/overview.html", 1), ("en/2019/final/overview.html", 2)] {
            let page = Document::parse(path, text(&files[path]));
            let items = page.all().filter(|(_, element)| element.name == "li").map(|(handle, _)| page.text(handle));
            let found: Vec<String> = items.filter_map(|item| Some(spaces(item.strip_prefix("Example: ")?))).collect();
            let expected: Vec<String> = examples.iter().map(|example| format!("{}.", example[which])).collect();
            assert_eq!(found, expected, "{readme}");
        }
    }
}

#[test]
fn the_example_of_a_finding_is_what_the_program_says() {
    for (readme, lang) in READMES.into_iter().zip(["zh", "en"]) {
        let document = read(readme);
        let shown = blocks(&document, "text").find(|block| block.contains("12O.50")).expect("a finding");
        let site = Site::small();
        site.write(TABLE, text(&SOURCES[TABLE]).replacen("1066.66", "12O.50", 1));
        // As a webmaster runs it: in the site's folder, without further arguments.
        let ran = program().args(["build", "--lang", lang]).current_dir(site.folder()).output().unwrap();
        assert_eq!(ran.status.code(), Some(1));
        assert_eq!(
            said(&ran).trim_end(),
            shown.trim_end(),
            "the program (left) does not say what {readme} shows (right)"
        );
    }
}

#[test]
fn the_options_that_are_named_are_those_that_the_program_has() {
    let help: String = ["build", "check"]
        .map(|command| text(&program().args([command, "--help"]).output().unwrap().stdout).to_owned())
        .concat();
    for readme in READMES {
        let document = read(readme);
        let named: Vec<&str> = document
            .split('`')
            .skip(1)
            .step_by(2)
            .filter_map(|code| code.split([' ', '\n']).next())
            .filter(|code| code.starts_with('-') && code.len() > 1)
            .collect();
        assert!(named.len() >= 4, "{readme} names {named:?}");
        for option in named {
            assert!(help.contains(option), "{readme} names {option}, which neither `build` nor `check` has:\n{help}");
        }
    }
}

/// The table that a README shows.
fn example(readme: &str) -> String {
    let document = read(readme);
    let block = blocks(&document, "yaml").find(|block| block.starts_with(&format!("# {TABLE}")));
    block.unwrap_or_else(|| panic!("{readme} shows no {TABLE}")).to_owned()
}

/// The fenced blocks of a kind.
fn blocks<'a>(document: &'a str, kind: &'a str) -> impl Iterator<Item = &'a str> {
    let open = format!("\n```{kind}\n");
    let starts: Vec<usize> = document.match_indices(&open).map(|(at, _)| at + open.len()).collect();
    starts.into_iter().filter_map(|start| document[start..].split("\n```").next())
}

fn shown(page: &Document, address: &str) -> String {
    let (handle, _) =
        page.all().find(|(_, element)| element.id() == Some(address)).unwrap_or_else(|| panic!("no {address}"));
    page.text(handle)
}

/// Spaces that do not break a line look like others.
fn spaces(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn read(readme: &str) -> String {
    let path = common::repository().join(readme);
    String::from_utf8(common::read(&path)).expect("UTF-8")
}
