//! What one file owns, no other does by hand.

use crate::source::sources;
use crate::tokens::{tokens, without_tests};

#[test]
fn only_its_owner_reads_a_number_of_a_body() {
    let mut found = Vec::new();
    for source in sources(&["src/callback", "src/history", "src/dashboard"]) {
        if source.path.starts_with("src/callback/value") {
            continue;
        }
        let tokens = without_tests(tokens(&source.text));
        // The text of a JSON value, and then its number, in one chain of calls.
        for window in tokens.windows(10).filter(|it| ["raw", "as_str"].contains(&&*it[0].0)) {
            let chain = window.iter().take_while(|it| it.0 != ";" && it.0 != ",");
            if chain.clone().any(|it| it.0 == "parse") {
                found.push(format!("{}:{}", source.path, window[0].1));
            }
        }
    }
    assert!(found.is_empty(), "use callback/value.rs: {found:?}");
}

#[test]
fn a_duration_is_no_difference_of_times_of_day() {
    // The wait for a time of day, and differences of times in a recording or a script.
    let allowed = ["edge/event_loop.rs", "edge/clock.rs", "replay/schedule.rs", "simulator.rs"];
    let mut found = Vec::new();
    for source in sources(&["src/edge", "src/command"]) {
        if allowed.iter().any(|it| source.path.ends_with(it)) {
            continue;
        }
        let tokens = without_tests(tokens(&source.text));
        let differences = tokens.iter().filter(|it| it.0 == "since");
        found.extend(differences.map(|it| format!("{}:{}", source.path, it.1)));
    }
    assert!(found.is_empty(), "measure with Instant: {found:?}");
}
