//! Keeps `.github/CONTRIBUTING.md` and `.github/SECURITY.md` true: what they name exists.

use std::fs;
use std::path::Path;

use crate::source::sources;

/// The rows of the table of a document in `.github` under a heading, as lists of cells.
fn table(document: &str, heading: &str) -> Vec<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join(".github").join(document)).unwrap();
    let section = text.split("\n## ").find(|it| it.starts_with(heading));
    let lines = section.unwrap_or_default().lines().filter(|it| it.starts_with("| "));
    let rows: Vec<_> = lines
        .skip(1)
        .map(|it| it.trim_matches('|').split(" | ").map(|it| it.trim().to_owned()).collect())
        .collect();
    assert!(!rows.is_empty(), "no table under {heading:?}");
    rows
}

/// What stands between backticks.
fn code(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn the_glossary_names_what_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = sources(&["src"]);
    let kinds = ["struct", "enum", "trait", "fn", "const", "macro_rules!"];
    let defined = |name: &str| {
        let heads = kinds.map(|it| format!("{it} {name}"));
        let defines = |line: &str| {
            heads.iter().any(|head| {
                let rest = line.split_once(head.as_str()).map(|(_, rest)| rest.chars().next());
                rest.is_some_and(|next| !next.is_some_and(|it| it.is_alphanumeric() || it == '_'))
            })
        };
        sources.iter().any(|it| it.code().any(|(_, line)| defines(&line)))
    };
    let rows = table("CONTRIBUTING.md", "Glossary");
    let wrong: Vec<_> = rows
        .iter()
        .flat_map(|row| code(&row[1]))
        .filter(|name| match name.contains('.') || name.contains('/') {
            true => !root.join("src").join(name).exists(),
            false => !defined(name.rsplit("::").next().unwrap()),
        })
        .collect();
    assert!(wrong.is_empty(), "not in src: {wrong:?}");
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    assert_tested("CONTRIBUTING.md", "Architecture");
}

#[test]
fn every_promise_of_security_names_a_test_that_exists() {
    assert_tested("SECURITY.md", "What is promised");
}

/// Each row of a table names tests in its second cell.
fn assert_tested(document: &str, heading: &str) {
    let sources = sources(&["src", "tests"]);
    let exists = |name: &str| {
        let head = format!("fn {name}(");
        sources.iter().any(|it| it.code().any(|(_, line)| line.contains(&head)))
    };
    for row in table(document, heading) {
        let tests: Vec<_> = code(&row[1]).collect();
        assert!(!tests.is_empty(), "no test holds {:?}", row[0]);
        let missing: Vec<_> = tests.into_iter().filter(|it| !exists(it)).collect();
        assert!(missing.is_empty(), "no such test: {missing:?}");
    }
}
