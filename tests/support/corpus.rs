//! The files of `tests/corpus` and of `tests/fuzz/corpus`.

use std::fs;
use std::path::{Path, PathBuf};

/// A path below `tests`.
pub fn path(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(below)
}

/// The files of a folder below `tests`, in the order of their names.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let folder = path(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut files: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.is_file());
    files.sort();
    files
}

/// The files of the corpus that hold a body.
pub fn bodies() -> Vec<PathBuf> {
    let mut files = files("corpus");
    files.retain(|it| it.extension().is_some_and(|it| it != "request"));
    files
}
