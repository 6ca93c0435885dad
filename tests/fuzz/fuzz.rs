//! The fuzzer: libFuzzer feeds the one target that `IMSCOPE_FUZZ` names.

#![no_main]

mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("IMSCOPE_FUZZ").unwrap_or_default();
    let target = targets::ALL.into_iter().find(|(it, _)| *it == name);
    target.expect("IMSCOPE_FUZZ names no target").1
});

fuzz_target!(|data: &[u8]| TARGET(data));
