//! What the documents of the project say is true: their examples stand in the content, their links lead somewhere.
#![allow(clippy::disallowed_methods, reason = "a test of the documents reads them")]

use std::fs;
use std::path::Path;

const DOCUMENTS: &[&str] = &["README.md", "README.en.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"];

/// An example opens with the file that it is taken from, `# content/…`; its lines stand there in this order. Comments
/// are the document's own.
#[test]
fn examples_are_taken_from_the_content() {
    for document in ["README.md", "README.en.md"] {
        let text = read(document);
        let mut examples = 0;
        for block in text.split("\n```yaml\n").skip(1) {
            let block = block.split("\n```").next().unwrap_or_default();
            let mut lines = block.lines();
            let file = lines.next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
            let source = read(file);
            let mut rest = source.lines().map(bare);
            for line in lines.map(bare).filter(|line| !line.is_empty()) {
                assert!(
                    rest.any(|known| known == line),
                    "{document}: the line `{line}` does not stand in {file}, or not in this order. Copy the example again."
                );
            }
            examples += 1;
        }
        assert!(
            examples > 0,
            "{document} shows no YAML. Show a table, in a ```yaml block that opens with `# content/…`."
        );
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    for document in DOCUMENTS {
        // What stands in code is shown, not linked: the odd pieces between backticks.
        let text = read(document);
        let prose: String = text.split('`').step_by(2).collect();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            assert!(
                file.is_empty() || link.starts_with("https://") || root().join(file).exists(),
                "{document} links to {link}, which does not exist. Make the file, or mend the link."
            );
        }
    }
}

/// A line without comment and without the space that lines it up.
fn bare(line: &str) -> String {
    let line = line.split(" #").next().unwrap_or_default();
    let line = if line.trim_start().starts_with('#') { "" } else { line };
    let indent = line.len() - line.trim_start().len();
    format!("{}{}", " ".repeat(indent), line.split_whitespace().collect::<Vec<_>>().join(" ")).trim_end().to_owned()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
