//! What the fuzzer in `fuzz/` found worth keeping is looked at in every run;
//! `tests/fuzz/run` looks for more.

use std::fs;
use std::path::Path;

use imscope_test_support::corpus::files;
use imscope_test_support::fuzz_targets;

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
    for (name, target) in fuzz_targets::ALL {
        let kept = files(&format!("fuzz/corpus/{name}"));
        assert!(!kept.is_empty() && !bodies.is_empty(), "nothing is kept for {name}");
        for file in kept.iter().chain(&bodies) {
            let _told = Told(name, file);
            target(&fs::read(file).unwrap());
        }
    }
}
