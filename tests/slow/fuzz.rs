//! The inputs that the fuzzer kept run through its targets without a panic;
//! `tests/fuzz/run` searches for more.

use std::fs;
use std::path::Path;

use imscope_test_support::corpus::files;
use imscope_test_support::fuzz_targets;

/// Prints the file when it is dropped by a panic.
struct Report<'a>(&'a str, &'a Path);

impl Drop for Report<'_> {
    #[expect(clippy::print_stderr, reason = "it explains a failed test")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: {}", self.0, self.1.display());
        }
    }
}

#[test]
fn inputs_kept_by_the_fuzzer_cause_no_panic() {
    let bodies = files("corpus");
    for (name, target) in fuzz_targets::ALL {
        let kept = files(&format!("fuzz/corpus/{name}"));
        assert!(!kept.is_empty() && !bodies.is_empty(), "nothing is kept for {name}");
        for file in kept.iter().chain(&bodies) {
            let _report = Report(name, file);
            target(&fs::read(file).unwrap());
        }
    }
}
