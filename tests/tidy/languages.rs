//! Texts that a user sees are in English and in Chinese.

use crate::source::sources;
use crate::tokens::{Token, is_literal, tokens_and_literals, without_tests};

/// Sentences in one language, by file and text, and why.
const EXCEPTIONS: [(&str, &str, &str); 11] = [
    ("src/edge/stdio.rs", "", "a panic, as the standard library prints it"),
    ("src/edge/handler.rs", "", "the ErrorInfo of answers, for programs"),
    ("src/edge/tls.rs", "ENCRYPTED PRIVATE KEY", "a word of PEM"),
    ("src/edge/listen/connection.rs", "URI too long", "a text of hyper"),
    ("src/edge/http_client/error.rs", "connection refused", "an error of the system"),
    (
        "src/edge/http_client/error.rs",
        "failed to lookup address information: ",
        "of the standard library, and taken away",
    ),
    ("src/command/send/scenario/named.rs", "", "messages of made-up chats"),
    ("src/command/examples.rs", "", "command lines"),
    ("src/command/demo/signing.rs", "not the token", "a token"),
    ("src/command/demo/script.rs", "", "messages of the simulated chat"),
    ("src/command/demo/chat/random.rs", "", "messages of the simulated chat"),
];

/// Functions whose text no user sees: of broken invariants, and of attributes.
const UNSEEN: [&str; 6] = ["expect", "unreachable", "panic", "reason", "write_str", "name"];

/// A text in English with that in Chinese beside it.
struct Pair {
    place: String,
    en: String,
    zh: String,
}

/// Whether a text has at least as many characters in Chinese as words in English.
fn is_chinese(text: &str) -> bool {
    let is_wide = |it: &char| ('\u{3000}'..='\u{9fff}').contains(it) || ('！'..='～').contains(it);
    let wide = text.chars().filter(is_wide).count();
    wide > 0 && words(text).count() <= wide
}

/// The English words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_word = |it: &&str| it.len() > 1 && it.chars().all(|it| it.is_ascii_alphabetic());
    text.split([' ', ',', ';', ':']).filter(is_word)
}

/// Whether this sentence may be in one language.
fn is_exception(path: &str, text: &str) -> bool {
    EXCEPTIONS.iter().any(|it| it.0 == path && (it.1.is_empty() || it.1 == text))
}

/// A literal as it is read: without quotes, and in one line.
fn content(literal: &str) -> String {
    let text = literal.trim_start_matches(['r', 'b', '#']).trim_end_matches('#').trim_matches('"');
    let lines = text.split("\\\n").map(str::trim_start);
    lines.collect::<String>().replace("\\\"", "\"").replace("\\n", "\n")
}

/// Whether a text has two words outside of its placeholders.
fn is_sentence(text: &str) -> bool {
    let mut depth = 0;
    let outside: String = text
        .chars()
        .filter(|it| {
            depth += i32::from(*it == '{') - i32::from(*it == '}');
            depth == 0 && *it != '}'
        })
        .collect();
    words(&outside).count() > 1
}

/// The texts in both languages, and the places of those in one.
fn texts(folders: &[&str]) -> (Vec<Pair>, Vec<String>) {
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for source in sources(folders) {
        if source.path.contains("/tests") {
            continue;
        }
        let tokens = without_tests(tokens_and_literals(&source.text));
        for (nth, (literal, line)) in tokens.iter().enumerate() {
            if !literal.ends_with('"') || is_chinese(literal) {
                continue;
            }
            let (en, place) = (content(literal), format!("{}:{line}", source.path));
            let after: Vec<_> = tokens[nth + 1..].iter().take(2).map(|it| it.0.as_str()).collect();
            match after[..] {
                [",", zh] if is_literal(zh) && is_chinese(zh) => {
                    pairs.push(Pair { place, en, zh: content(zh) });
                }
                _ if is_sentence(&en)
                    && !is_unseen(&tokens[..nth])
                    && !is_exception(&source.path, &en) =>
                {
                    alone.push(format!("{place}: {en}"));
                }
                _ => {}
            }
        }
    }
    pairs.sort_by(|a, b| a.place.cmp(&b.place));
    (pairs, alone)
}

/// Whether a literal after these tokens is the text of a broken invariant, or of an
/// attribute.
fn is_unseen(before: &[Token]) -> bool {
    let names = before.iter().rev().filter(|it| !matches!(&*it.0, "(" | "!" | "="));
    names.take(1).any(|it| UNSEEN.contains(&&*it.0))
}

#[test]
fn every_sentence_is_in_both_languages() {
    let (_, alone) = texts(&["src/command", "src/edge"]);
    assert!(alone.is_empty(), "use Localized or localize!:\n{}", alone.join("\n"));
}

#[test]
fn chinese_sentences_have_full_width_punctuation_without_spaces() {
    let (pairs, _) = texts(&["src"]);
    let mut found = Vec::new();
    for Pair { place, zh, .. } in &pairs {
        // The last character has a neighbour, too.
        let chars: Vec<_> = zh.chars().chain([' ']).collect();
        for window in chars.windows(3) {
            let (before, after) = (window[0], window[1]);
            let is_wide = |it: char| ('\u{4e00}'..='\u{9fff}').contains(&it);
            let half = is_wide(before) && matches!(after, ',' | ';' | ':' | '?' | '!');
            let spaced = before == ' ' && "，。；：、？！）".contains(after)
                || "，。；：、？！（".contains(before) && after == ' ' && window[2] != ' ';
            if half || spaced {
                found.push(format!("{place}: {zh}"));
            }
        }
    }
    found.dedup();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Printed by `.ci/run` for reading: `cargo test --test tidy all_chinese -- --nocapture`.
#[test]
fn all_chinese_texts_are_printed_with_their_english() {
    let (pairs, _) = texts(&["src"]);
    for Pair { place, en, zh } in &pairs {
        println!("{place}\n  {en}\n  {zh}");
    }
    assert!(pairs.len() > 1000, "{} texts", pairs.len());
}
