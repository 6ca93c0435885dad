//! What is documented of each command, in `facts.tsv`, compared with the tables of
//! the program and with the bodies of the corpus.
//!
//! A line is a command word, `before` or `after`, the fields that are always
//! present, and those that may be. A field has the kinds of its values: n number,
//! s string, a array, o object, b true or false, `*` anything.

use imscope::callback::command::{self, Command, When};
use imscope::callback::{Delivery, decode, json};
use imscope_test_support::corpus;

use super::delivery;

const FACTS: &str = include_str!("facts.tsv");

/// The command as a line of the facts.
fn line(command: &Command) -> String {
    let when = if command.when == When::Before { "before" } else { "after" };
    let fields = |required| {
        let mut fields: Vec<_> =
            command.fields.iter().filter(|it| it.required == required).collect();
        fields.sort_by_key(|it| it.name);
        let fields = fields.iter().map(|it| format!("{}:{}", it.name, kinds(it.kinds)));
        fields.collect::<Vec<_>>().join(" ")
    };
    format!("{}\t{when}\t{}\t{}", command.word, fields(true), fields(false))
}

fn kinds(kinds: command::Kinds) -> String {
    let values = [("n", "1"), ("s", "\"\""), ("a", "[]"), ("o", "{}"), ("b", "true")];
    let has = |it: &(&str, &str)| kinds.contains(json::read(it.1.as_bytes()).unwrap());
    values.iter().filter(|it| has(it)).map(|it| it.0).collect()
}

fn facts() -> Vec<String> {
    FACTS.lines().filter(|it| !it.starts_with('#')).map(str::to_owned).collect()
}

#[test]
fn the_commands_and_their_fields_are_those_of_the_documents() {
    let mut known: Vec<_> = command::TABLE.iter().map(line).collect();
    let mut facts = facts();
    known.sort();
    facts.sort();
    let only = |these: &[String], others: &[String]| {
        let only = these.iter().filter(|it| !others.contains(it));
        only.cloned().collect::<Vec<_>>().join("\n")
    };
    let [program, documents] = [only(&known, &facts), only(&facts, &known)];
    assert_eq!(
        known, facts,
        "only the program has\n{program}\nonly the documents have\n{documents}"
    );
}

#[test]
fn every_command_has_a_body_in_the_corpus_that_is_not_odd() {
    let calls: Vec<Delivery> = corpus::bodies().iter().map(|it| delivery(it)).collect();
    let callbacks: Vec<_> = calls.iter().map(decode).collect();
    for fact in facts() {
        let word = fact.split('\t').next().unwrap();
        let bodies = || callbacks.iter().filter(|it| it.word == word);
        assert!(bodies().next().is_some(), "{word}");
        let odd: Vec<_> = bodies().map(|it| &it.oddities).collect();
        assert!(odd.iter().any(|it| it.is_empty()), "{word}: {odd:?}");
    }
}
