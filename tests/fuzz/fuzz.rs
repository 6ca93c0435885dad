//! The fuzzer: libFuzzer with the target that `IMSCOPE_FUZZ` names.

#![no_main]

use std::sync::LazyLock;

use imscope_test_support::fuzz_targets;
use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("IMSCOPE_FUZZ").unwrap_or_default();
    let target = fuzz_targets::ALL.into_iter().find(|(it, _)| *it == name);
    target.expect("IMSCOPE_FUZZ names no target").1
});

fuzz_target!(|data: &[u8]| TARGET(data));
