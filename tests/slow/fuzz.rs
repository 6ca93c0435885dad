//! What the fuzzer in `fuzz/` found worth keeping is looked at in every run;
//! `tests/fuzz/run` looks for more.

use std::fs;
use std::path::{Path, PathBuf};

use crate::targets;

/// The files of a folder, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut files: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.is_file());
    files.sort();
    files
}

/// Told when a file does harm.
struct Told<'a>(&'a str, &'a Path);

impl Drop for Told<'_> {
    #[expect(clippy::print_stderr, reason = "for who reads why a test failed")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: {}", self.0, self.1.display());
        }
    }
}

#[test]
fn what_the_fuzzer_found_is_looked_at_without_harm() {
    let bodies = files("corpus");
    for (name, target) in targets::ALL {
        let kept = files(&format!("fuzz/corpus/{name}"));
        assert!(!kept.is_empty() && !bodies.is_empty(), "nothing is kept for {name}");
        for file in kept.iter().chain(&bodies) {
            let _told = Told(name, file);
            target(&fs::read(file).unwrap());
        }
    }
}
