//! What one file owns, no other does by hand.

use crate::source::sources;
use crate::tokens::{is_literal, tokens, tokens_and_literals, without_tests};
use imscope::command::environment;
use imscope::dashboard::sign_set;

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
    let allowed =
        ["edge/event_loop/state.rs", "edge/clock.rs", "replay/schedule.rs", "simulator.rs"];
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

#[test]
fn only_their_owners_mask_secrets_and_personal_data() {
    let masks = [("***", "src/callback/secret"), ("•••", "src/callback/redact")];
    let mut found = Vec::new();
    for source in sources(&["src"]).iter().filter(|it| !it.path.contains("/tests")) {
        let tests = source.text.lines().position(|it| it == "#[cfg(test)]");
        for (line, code) in source.code().take_while(|it| tests.is_none_or(|at| it.0 <= at)) {
            let by_hand = |(mask, owner): &(&str, &str)| {
                code.contains(mask) && !source.path.starts_with(owner)
            };
            found.extend(
                masks.iter().find(|it| by_hand(it)).map(|_| format!("{}:{line}", source.path)),
            );
        }
    }
    assert!(found.is_empty(), "use callback/secret.rs or callback/redact.rs: {found:?}");
}

/// Tokens, and the files of the dashboard that may have them.
const PRIVATE: [(&[&str], &[&str]); 6] = [
    (&["flow", "(", ")", ".", "delivery", "("], &["privacy.rs"]),
    (&["flow", "(", ")", ".", "head", "("], &["privacy.rs"]),
    (&["redact", "("], &["privacy.rs", "pseudonyms.rs"]),
    (&["pseudonyms"], &["privacy.rs", "pseudonyms.rs", "app.rs", "saving.rs"]),
    (&["next_portion", "("], &["privacy.rs"]),
    // To send it again, and to compare kinds of values.
    (&["original", "("], &["privacy.rs", "local_app.rs", "resending.rs", "pane/message.rs"]),
];

#[test]
fn what_the_dashboard_shows_of_a_delivery_comes_from_one_file() {
    let mut found = Vec::new();
    for source in sources(&["src/dashboard", "src/edge", "src/command"]) {
        let path = source.path.strip_prefix("src/dashboard/").unwrap_or(&source.path);
        let tokens = without_tests(tokens(&source.text));
        for (words, _) in PRIVATE.iter().filter(|(_, files)| !files.contains(&path)) {
            let places = tokens
                .windows(words.len())
                .filter(|it| it.iter().map(|it| &*it.0).eq(words.iter().copied()));
            found.extend(
                places.map(|it| format!("{}:{}: {}", source.path, it[0].1, words.concat())),
            );
        }
    }
    assert!(found.is_empty(), "use dashboard/privacy.rs: {found:?}");
}

#[test]
fn every_style_comes_from_the_table_of_roles() {
    let mut found = Vec::new();
    for source in sources(&["src/dashboard"]) {
        if source.path.starts_with("src/dashboard/theme") {
            continue;
        }
        let tokens = without_tests(tokens(&source.text));
        let named = tokens.iter().filter(|it| it.0 == "Color" || it.0 == "Modifier");
        found.extend(named.map(|it| format!("{}:{}", source.path, it.1)));
    }
    assert!(found.is_empty(), "use a role of dashboard/theme/table.rs: {found:?}");
}

/// Characters of Chinese texts: letters, and the marks between them.
fn is_chinese(it: char) -> bool {
    let is_letter = it.is_alphabetic() && it != 'µ';
    is_letter || matches!(it, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '‘'..='”')
}

#[test]
fn each_sign_of_the_dashboard_is_in_the_table_for_ascii() {
    let mut found = Vec::new();
    for source in sources(&["src/dashboard", "src/history/sign.rs", "src/callback/format.rs"]) {
        let tokens = without_tests(tokens_and_literals(&source.text));
        for (literal, line) in tokens.iter().filter(|it| is_literal(&it.0)) {
            let is_missing =
                |it: &char| !it.is_ascii() && !is_chinese(*it) && sign_set::ascii(*it).is_none();
            found.extend(
                literal.chars().find(is_missing).map(|it| format!("{}:{line}: {it}", source.path)),
            );
        }
    }
    assert!(found.is_empty(), "add it to dashboard/sign_set.rs: {found:?}");
}

#[test]
fn every_variable_that_is_read_is_in_the_manual() {
    let known: Vec<_> = environment::TABLE.iter().flat_map(|it| it.names).collect();
    let is_name =
        |it: &str| it.len() > 1 && it.chars().all(|it| it.is_ascii_uppercase() || it == '_');
    let mut found = Vec::new();
    for source in sources(&["src/edge", "src/command"]) {
        if !source.text.contains("env::var") || source.path.contains("/tests") {
            continue;
        }
        for (literal, line) in without_tests(tokens_and_literals(&source.text)) {
            let name = literal.trim_matches('"');
            if literal.starts_with('"') && is_name(name) {
                found.push((name.to_owned(), format!("{}:{line}", source.path)));
            }
        }
    }
    assert!(found.len() > 10, "{found:?}");
    found.retain(|(name, _)| !known.contains(&&&**name));
    assert!(found.is_empty(), "describe it in command/environment.rs: {found:?}");
}
