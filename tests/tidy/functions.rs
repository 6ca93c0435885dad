//! How long a function may be.

use crate::source::{Source, sources};
use crate::tokens::{is_name, tokens, without_tests};

/// How many lines a function may have, from its name to its closing brace.
const LINES: usize = 40;
/// Functions that may be longer: a sentence or a call for each variant.
const TABLES: [(&str, &str); 6] = [
    ("src/answer/rule/error.rs", "message"),
    ("src/callback/callback_url.rs", "message"),
    ("src/callback/json/error.rs", "text"),
    ("src/callback/oddity.rs", "sentence"),
    ("src/command/demo/chat/scripted.rs", "sample_of"),
    ("src/command/token_remark.rs", "describe"),
];

/// The functions with a body in Rust code, outside of tests: their name, their first
/// line and how many they have.
fn functions(text: &str) -> Vec<(String, usize, usize)> {
    let tokens = without_tests(tokens(text));
    let mut found = Vec::new();
    for (at, (text, start)) in tokens.iter().enumerate() {
        let name = tokens.get(at + 1).filter(|(it, _)| text == "fn" && is_name(it));
        let Some((name, _)) = name else { continue };
        let mut depth = 0;
        for (text, line) in &tokens[at..] {
            match &**text {
                ";" if depth == 0 => break,
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => depth -= 1,
                _ => {}
            }
            if text == "}" && depth == 0 {
                found.push((name.clone(), *start, line - start + 1));
                break;
            }
        }
    }
    found
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    let mut excepted = TABLES.to_vec();
    let is_test = |it: &Source| it.path.ends_with("/tests.rs") || it.path.contains("/tests/");
    for Source { path, text } in sources(&["src"]).into_iter().filter(|it| !is_test(it)) {
        for (name, line, lines) in functions(&text).into_iter().filter(|it| it.2 > LINES) {
            match excepted.iter().position(|it| *it == (&*path, &*name)) {
                Some(nth) => _ = excepted.remove(nth),
                None => long.push(format!("{path}:{line}: {name} has {lines} lines")),
            }
        }
    }
    assert!(long.is_empty(), "split it by meaning\n{}", long.join("\n"));
    assert!(excepted.is_empty(), "short enough, or gone: {excepted:?}");
}

#[test]
fn a_function_is_measured_from_its_name_to_its_brace() {
    let code = "trait A { fn a(x: [u8; 2]); }\nfn b(\n) where C: Fn(u8),\n{\n if x { y() }\n}\n\
        #[cfg(test)]\nmod tests {\nfn c() {\n}\n}\nconst D: fn(u8) = e;\n";
    assert_eq!(functions(code), [("b".to_owned(), 2, 5)]);
}
