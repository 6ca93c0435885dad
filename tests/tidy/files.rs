//! How long a file may be, how it begins, and what it may not contain.

use crate::source::{Source, assert_none, names, sources};
use crate::tokens::tokens;

/// Marks of unfinished work, and attributes without a reason.
const UNFINISHED: [&str; 5] = ["todo!", "unimplemented!", "dbg!", "#[ignore]", "[allow("];
/// How many lines a file may have.
const LINES: usize = 300;
/// Files that may be longer, because they are tables of facts.
const TABLES: [&str; 2] = ["src/callback/code/table.rs", "src/callback/redact/fields/table.rs"];
/// Identifiers that were given up for a technical term.
const RETIRED: [&str; 56] = [
    "By",
    "Desk",
    "Ended",
    "Gone",
    "Holder",
    "Intake",
    "Judged",
    "Lookout",
    "Lost",
    "Marks",
    "Micros",
    "News",
    "Others",
    "Performer",
    "Pieces",
    "Poster",
    "Quality",
    "Said",
    "Setting",
    "Stage",
    "Still",
    "Switch",
    "Told",
    "Trust",
    "Turn",
    "Typed",
    "Way",
    "World",
    "anybody",
    "came",
    "go_on",
    "heard",
    "is_look",
    "is_turned",
    "lend",
    "lent",
    "let_go",
    "let_oldest_go",
    "lookout",
    "looks",
    "nobody",
    "said",
    "say",
    "says",
    "somebody",
    "spoken",
    "stands",
    "tell",
    "tells",
    "told",
    "unfold",
    "veil",
    "who",
    "whoever",
    "whole",
    "whom",
];

#[test]
fn files_are_short() {
    for Source { path, text } in sources(&["src", "tests", "benches"]) {
        let lines = text.lines().count();
        assert!(lines <= LINES || TABLES.contains(&&*path), "{path} has {lines} lines");
    }
}

#[test]
fn every_file_begins_with_a_sentence() {
    for Source { path, text } in sources(&["src", "tests", "benches"]) {
        let head = text.lines().take_while(|it| it.starts_with("//!"));
        let head = head.map(|it| it[3..].trim()).collect::<Vec<_>>().join(" ");
        let first = head.chars().next().unwrap_or_default();
        assert!(head.contains(['.', ':']), "{path} does not begin with a sentence: {head:?}");
        assert!(!first.is_lowercase() || head.starts_with("imscope"), "{path}: {head:?}");
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let mut all = sources(&["src", "tests", "benches"]);
    all.retain(|it| it.path != "tests/tidy/files.rs");
    assert_none(&all, "finish it or remove it", |_, line| {
        UNFINISHED.into_iter().find(|it| names(line, it))
    });
}

#[test]
fn retired_identifiers_do_not_come_back() {
    let mut found = Vec::new();
    for Source { path, text } in sources(&["src"]) {
        for (token, line) in tokens(&text) {
            if RETIRED.contains(&&*token) {
                found.push(format!("{path}:{line}: {token}"));
            }
        }
    }
    assert!(found.is_empty(), "name it by the term of its field\n{}", found.join("\n"));
}

#[test]
fn only_the_module_of_languages_matches_on_one() {
    let mut found = Vec::new();
    for Source { path, text } in sources(&["src"]) {
        let tokens = tokens(&text);
        let text = |at: usize| tokens.get(at).map_or("", |it| &*it.0);
        for (at, (_, line)) in tokens.iter().enumerate() {
            let variant = text(at) == "Lang" && text(at + 1) == ":" && text(at + 2) == ":";
            let pattern = text(at + 4) == "=" && text(at + 5) == ">" || text(at + 4) == "|";
            let compared = at > 1 && text(at - 1) == "=" && matches!(text(at - 2), "=" | "!");
            if variant && (pattern || compared) && path != "src/callback/lang.rs" {
                found.push(format!("{path}:{line}"));
            }
        }
    }
    assert!(found.is_empty(), "use Localized or localize!\n{}", found.join("\n"));
}

#[test]
fn every_module_file_is_declared() {
    let all = sources(&["src"]);
    for Source { path, .. } in &all {
        let (folder, file) = path.rsplit_once('/').unwrap();
        let name = file.strip_suffix(".rs").unwrap();
        if folder == "src" && matches!(name, "main" | "lib") {
            continue;
        }
        let parent = match folder {
            "src" => "src/lib.rs".to_owned(),
            folder => format!("{folder}.rs"),
        };
        let declared = all
            .iter()
            .filter(|it| it.path == parent)
            .any(|it| it.code().any(|(_, line)| line.ends_with(&format!("mod {name};"))));
        assert!(declared, "{path} is not declared in {parent}");
    }
}
