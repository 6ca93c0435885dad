//! The Rust files of the crate as text.

use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file, by its path from the root of the crate.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// The lines of code with their numbers from 1; an import over several lines
    /// is one.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, String)> {
        let lines = self.text.lines().zip(1..).map(|(line, number)| (line.trim(), number));
        let mut lines = lines.filter(|(line, _)| !line.starts_with("//"));
        std::iter::from_fn(move || {
            let (line, number) = lines.next()?;
            let mut complete = line.to_owned();
            while line.contains("use ") && line.ends_with('{') && !complete.ends_with(';') {
                complete += lines.next()?.0;
            }
            Some((number, complete))
        })
    }

    /// The layer of the file: its own name, or that of its folder.
    pub(crate) fn layer(&self) -> Option<&str> {
        layer(&self.path)
    }
}

/// The layer of a path.
pub(crate) fn layer(path: &str) -> Option<&str> {
    path.strip_prefix("src/")?.split(['/', '.']).next()
}

/// All Rust files below some folders.
pub(crate) fn sources(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open: Vec<PathBuf> = folders.iter().map(|it| root.join(it)).collect();
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|it| it.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
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

/// Asserts that a check finds nothing in any line of code of some files.
pub(crate) fn assert_none<T: std::fmt::Display>(
    sources: &[Source],
    rule: &str,
    check: impl Fn(&Source, &str) -> Option<T>,
) {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.code() {
            if let Some(reason) = check(source, &line) {
                found.push(format!("{}:{number}: {reason}: {line}", source.path));
            }
        }
    }
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

/// Whether a line has a word on its own and outside of quotes.
pub(crate) fn names(line: &str, word: &str) -> bool {
    let part = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    line.match_indices(word).any(|(at, _)| {
        let quoted = line[..at].matches('"').count() % 2 == 1;
        let ends = !part(line[at + word.len()..].chars().next()) || word.ends_with(['!', '(']);
        !quoted && ends && !part(line[..at].chars().next_back())
    })
}
