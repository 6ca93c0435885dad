//! The rules of the house, held by reading its files.

#![expect(clippy::unwrap_used, reason = "a test may")]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first: each may use those before it.
const LAYERS: [&str; 5] = ["callback", "history", "dashboard", "edge", "command"];
/// The layers that touch nothing but their arguments.
const PURE: [&str; 3] = ["callback", "history", "dashboard"];
/// What touches the world.
const WORLD: [&str; 14] = [
    "tokio",
    "axum",
    "hyper",
    "std::fs",
    "std::io",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "Instant",
    "SystemTime",
    "Mutex",
    "RwLock",
    "async fn",
];
/// The one file that reads the clock.
const CLOCK: &str = "src/edge/clock.rs";
/// What reads it.
const READS_CLOCK: [&str; 3] = ["SystemTime::now", "Timestamp::now", "Zoned::now"];
/// What is not left behind.
const LEFT_BEHIND: [&str; 5] = ["todo!", "unimplemented!", "dbg!", "#[ignore]", "[allow("];
/// How long a file may be.
const LINES: usize = 400;

/// A file of the house.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines that are code, with their numbers from 1; what is imported
    /// over several lines is told as one.
    fn code(&self) -> impl Iterator<Item = (usize, String)> {
        let lines = self.text.lines().zip(1..).map(|(line, number)| (line.trim(), number));
        let mut lines = lines.filter(|(line, _)| !line.starts_with("//"));
        std::iter::from_fn(move || {
            let (line, number) = lines.next()?;
            let mut whole = line.to_owned();
            while line.contains("use ") && line.ends_with('{') && !whole.ends_with(';') {
                whole += lines.next()?.0;
            }
            Some((number, whole))
        })
    }

    /// The layer the file belongs to: its own name, or that of its folder.
    fn layer(&self) -> Option<&str> {
        let name = self.path.strip_prefix("src/")?;
        Some(name.split(['/', '.']).next().unwrap())
    }
}

/// All Rust files below some folders, by their paths from the root.
fn sources(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut todo: Vec<PathBuf> = folders.iter().map(|it| root.join(it)).collect();
    let mut found = Vec::new();
    while let Some(folder) = todo.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|it| it.unwrap().path()) {
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(Source { path, text });
            }
        }
    }
    assert!(!found.is_empty(), "no files in {folders:?}");
    found
}

/// Asserts that no line of code of some files is wrong in some way.
fn assert_none<T: std::fmt::Display>(
    sources: &[Source],
    rule: &str,
    wrong: impl Fn(&Source, &str) -> Option<T>,
) {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.code() {
            if let Some(why) = wrong(source, &line) {
                found.push(format!("{}:{number}: {why}: {line}", source.path));
            }
        }
    }
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

/// Whether a word stands in a line on its own, and not in quotes before it.
fn names(line: &str, word: &str) -> bool {
    let part = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    line.match_indices(word).any(|(at, _)| {
        let quoted = line[..at].matches('"').count() % 2 == 1;
        let ends = !part(line[at + word.len()..].chars().next()) || word.ends_with(['!', '(']);
        !quoted && ends && !part(line[..at].chars().next_back())
    })
}

#[test]
fn layers_look_down_only() {
    let rank = |layer: &str| LAYERS.iter().position(|it| *it == layer);
    assert_none(&sources(&["src"]), "a layer may use those below it", |source, line| {
        let own = rank(source.layer()?)?;
        // A file may reach its own layer by `super`, and never what is above.
        let depth = source.path.matches('/').count();
        let out = "super::".repeat(depth);
        LAYERS[own + 1..].iter().find(|it| {
            let uses = |path: &str| {
                line.contains(&format!("{path}{it}"))
                    || line.contains(&format!("{path}{{")) && names(line, it)
            };
            uses("crate::") || uses("imscope::") || uses(&out)
        })
    });
}

#[test]
fn the_core_is_pure() {
    let mut pure = sources(&["src"]);
    pure.retain(|it| it.layer().is_some_and(|it| PURE.contains(&it)));
    assert_none(&pure, "the core is a function of its arguments", |_, line| {
        let grouped = |it: &str| {
            let name = it.strip_prefix("std::");
            name.is_some_and(|name| line.contains("std::{") && names(line, name))
        };
        WORLD.into_iter().find(|it| names(line, it) || grouped(it))
    });
}

#[test]
fn one_file_reads_the_clock() {
    let mut others = sources(&["src"]);
    others.retain(|it| it.path != CLOCK);
    assert_none(&others, "time is an argument", |_, line| {
        let std = ["Instant", "SystemTime"].into_iter().find(|it| names(line, it));
        let std = std.filter(|_| line.contains("std::time") || line.contains("std::{"));
        std.or_else(|| READS_CLOCK.into_iter().find(|it| names(line, it)))
    });
}

#[test]
fn files_are_short() {
    for Source { path, text } in sources(&["src", "tests", "benches"]) {
        let lines = text.lines().count();
        assert!(lines <= LINES, "{path} has {lines} lines");
    }
}

#[test]
fn every_file_begins_with_a_sentence() {
    for Source { path, text } in sources(&["src", "tests", "benches"]) {
        let head = text.lines().take_while(|it| it.starts_with("//!"));
        let said = head.map(|it| it[3..].trim()).collect::<Vec<_>>().join(" ");
        let first = said.chars().next().unwrap_or_default();
        assert!(said.contains(['.', ':']), "{path} does not begin with a sentence: {said:?}");
        assert!(!first.is_lowercase() || said.starts_with("imscope"), "{path}: {said:?}");
    }
}

#[test]
fn nothing_is_left_behind() {
    let mut all = sources(&["src", "tests", "benches"]);
    all.retain(|it| it.path != "tests/tidy/main.rs");
    assert_none(&all, "finish it, or take it away", |_, line| {
        LEFT_BEHIND.into_iter().find(|it| names(line, it))
    });
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
