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
