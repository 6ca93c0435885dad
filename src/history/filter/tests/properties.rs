//! The filter language against a naive implementation.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::slow_clock::Period;
use super::{Example, example};
use crate::callback::Timestamp;
use crate::callback::decision::Decision;
use crate::history::filter::Filter;
use crate::history::filter::needle::Needle;
use crate::history::row::{Flags, Row};

/// A filter as a syntax tree, with a naive evaluation.
#[derive(Debug, Clone)]
pub(super) enum Naive {
    Word(String),
    Field(&'static str, String),
    Exact(&'static str, String),
    Code(&'static str, i32),
    Range(i32, i32),
    Took(&'static str, u32),
    Keyword(&'static str),
    Time(Period),
    Not(Box<Naive>),
    And(Vec<Naive>),
    Or(Vec<Naive>),
}

const KEYWORDS: [&str; 11] = [
    "failed", "ok", "odd", "refused", "before", "allowed", "changed", "denied", "dropped", "late",
    "invalid",
];

const NAMES: [&str; 6] = ["", "Jared", "jar", "小明", "ÉTÉ red", "a\"b\\ (c"];

impl Naive {
    pub(super) fn text(&self) -> String {
        let quote = |it: &str| format!("\"{}\"", it.replace('\\', "\\\\").replace('"', "\\\""));
        let join = |parts: &[Self], by: &str| {
            let all: Vec<_> = parts.iter().map(Self::text).collect();
            format!("({})", all.join(by))
        };
        match self {
            Self::Word(word) => quote(word),
            Self::Field(name, value) => format!("{name}:{}", quote(value)),
            Self::Exact(name, value) => format!("{name}={}", quote(value)),
            Self::Code(sign, code) => format!("code{sign}{code}"),
            Self::Range(low, high) => format!("code:{low}-{high}"),
            Self::Took(sign, millis) => format!("took{sign}{millis}ms"),
            Self::Keyword(flag) => (*flag).to_owned(),
            Self::Time(period) => period.text(),
            Self::Not(inner) => format!("-{}", inner.text()),
            Self::And(parts) => join(parts, " "),
            Self::Or(parts) => join(parts, " | "),
        }
    }

    /// Whether it matches a callback, with times in a zone; `now` is in seconds.
    pub(super) fn matches(&self, it: &Example, zone: &TimeZone, now: i64) -> bool {
        let has = |hay: &str, word: &str| hay.to_lowercase().contains(&word.to_lowercase());
        match self {
            Self::Word(word) => {
                let mut body = String::from_utf8_lossy(&it.body).into_owned();
                (0..4).any(|level| {
                    body = if level == 0 { body.clone() } else { decoded(&body) };
                    has(&body, word)
                })
            }
            Self::Field("from", value) => has(it.row.from, value),
            Self::Field("to", value) => has(it.row.to, value),
            Self::Field("user", value) => has(it.row.from, value) || has(it.row.to, value),
            Self::Field(_, value) => has(it.row.app, value),
            Self::Exact("from", value) => it.row.from == value,
            Self::Exact(_, value) => it.row.from == value || it.row.to == value,
            Self::Code(sign, code) => it.row.result.is_some_and(|it| match *sign {
                ">" => it > *code,
                ">=" => it >= *code,
                "<" => it < *code,
                "<=" => it <= *code,
                _ => it == *code,
            }),
            Self::Range(low, high) => it.row.result.is_some_and(|it| *low <= it && it <= *high),
            Self::Took(_, _) if it.row.took == 0 => false,
            Self::Took(">", millis) => it.row.took > millis * 1000,
            Self::Took(_, millis) => it.row.took <= millis * 1000,
            Self::Keyword(word) => has_keyword(word, it.row.flags, it.row.result),
            Self::Time(period) => period.matches(it, zone, now),
            Self::Not(inner) => !inner.matches(it, zone, now),
            Self::And(parts) => parts.iter().all(|part| part.matches(it, zone, now)),
            Self::Or(parts) => parts.iter().any(|part| part.matches(it, zone, now)),
        }
    }
}

/// A text with those JSON escapes decoded that the bodies of these tests can have.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let escaped = chars.peek().filter(|it| char == '\\' && matches!(it, '"' | '\\' | 'b'));
        match escaped.copied() {
            None => out.push(char),
            Some(it) => {
                chars.next();
                out.push(if it == 'b' { '\u{8}' } else { it });
            }
        }
    }
    out
}

/// Whether a keyword is true of a callback.
fn has_keyword(word: &str, flags: Flags, result: Option<i32>) -> bool {
    let is_before = flags.contains(Flags::BEFORE);
    match word {
        "failed" => !is_before && result.is_some_and(|it| it != 0),
        "ok" => !is_before && result == Some(0) && !flags.contains(Flags::REFUSED),
        "odd" => flags.contains(Flags::ODD),
        "refused" => flags.contains(Flags::REFUSED),
        "before" => is_before,
        "allowed" => flags.decision() == Some(Decision::Allowed),
        "changed" => flags.decision() == Some(Decision::Changed),
        "denied" => flags.decision() == Some(Decision::Denied),
        "dropped" => flags.decision() == Some(Decision::Dropped),
        "late" => flags.decision() == Some(Decision::Late),
        "invalid" => flags.decision() == Some(Decision::Invalid),
        _ => panic!("{word}"),
    }
}

/// The flags of an "after" callback, or of a "before" one with or without a decision.
fn flags() -> impl Strategy<Value = Flags> {
    let decision = prop::option::of(prop::sample::select(Decision::ALL.to_vec()));
    (0_u16..4, any::<bool>(), decision).prop_map(|(bits, is_before, decision)| {
        let flags = Flags(bits).with(Flags::BEFORE, is_before);
        decision.filter(|_| is_before).map_or(flags, |it| flags.with_decision(it))
    })
}

fn word() -> impl Strategy<Value = String> {
    "[abAB1é É小\"\\\\(|:-]{1,3}"
}

/// A condition that is not on a time.
pub(super) fn leaf() -> impl Strategy<Value = Naive> {
    let names = prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned);
    let signs = prop::sample::select(vec![">", ">=", "<", "<=", "=", ":"]);
    prop_oneof![
        3 => word().prop_map(Naive::Word),
        3 => (prop::sample::select(vec!["from", "to", "user", "app"]), "[jJaA1é小É ]{1,2}")
            .prop_map(|(name, value)| Naive::Field(name, value)),
        1 => (prop::sample::select(vec!["from", "user"]), names)
            .prop_map(|(name, value)| Naive::Exact(name, value)),
        1 => (signs, -3..4).prop_map(|(sign, code)| Naive::Code(sign, code)),
        1 => (-3..1, 1..4).prop_map(|(low, high)| Naive::Range(low, high)),
        1 => (prop::sample::select(vec![">", "<="]), 0_u32..4)
            .prop_map(|(sign, millis)| Naive::Took(sign, millis)),
        2 => prop::sample::select(KEYWORDS.to_vec()).prop_map(Naive::Keyword),
    ]
}

/// Combinations of conditions.
pub(super) fn tree(leaf: impl Strategy<Value = Naive> + 'static) -> impl Strategy<Value = Naive> {
    leaf.prop_recursive(4, 24, 4, |inner| {
        let some = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            inner.prop_map(|it| Naive::Not(Box::new(it))),
            some.clone().prop_map(Naive::And),
            some.prop_map(Naive::Or),
        ]
    })
}

pub(super) fn subject() -> impl Strategy<Value = Example> {
    let names = || prop::sample::select(NAMES.to_vec());
    let apps = prop::sample::select(vec!["", "1", "14", "231"]);
    let body = "[abAB1é É小\"\\\\(|:-]{0,60}";
    let took = prop::sample::select(vec![0_u32, 1, 999, 1000, 1001, 2000, 3001, u32::MAX]);
    (body, names(), names(), prop::option::of(-3..4), flags(), apps, took).prop_map(
        |(body, from, to, result, flags, app, took)| Example {
            row: Row { app, from, to, result, took, flags, at: Timestamp(0), ..example().row },
            body: body.into(),
            ..example()
        },
    )
}

proptest! {
    #[test]
    fn a_filter_matches_what_the_naive_one_matches(naive in tree(leaf()), it in subject()) {
        let filter = Filter::parse(&naive.text()).unwrap();
        prop_assert_eq!(filter.matches(&it), naive.matches(&it, &TimeZone::UTC, 0), "{}", filter);
    }

    #[test]
    fn the_normal_form_of_a_filter_is_an_equal_filter(naive in tree(leaf())) {
        let filter = Filter::parse(&naive.text()).unwrap();
        prop_assert_eq!(&Filter::parse(&filter.to_string()).unwrap(), &filter, "{}", filter);
    }

    #[test]
    fn any_text_is_a_filter_or_an_error_with_a_place(
        text in prop_oneof![
            any::<String>(),
            "([-()|:\"/=<>! aé小\\\\]|from:|re:/|code:|lag>|took<|type:|at:|since:|14:02|\\.a|\\[\\]|[0-9]){0,12}",
        ],
        shown in any::<String>(),
    ) {
        match Filter::parse(&text) {
            Ok(filter) => {
                prop_assert_eq!(filter.text(), &text);
                prop_assert_eq!(&Filter::parse(&filter.to_string()).unwrap(), &filter);
                let flags = filter.highlights(&shown);
                prop_assert!(flags.is_sorted_by(|a, b| a.end < b.start));
                prop_assert!(flags.iter().all(|it| shown.get(it.clone()).is_some()));
            }
            Err(error) => {
                prop_assert!(text.get(error.at.clone()).is_some(), "{error:?}");
                prop_assert!(!error.to_string().ends_with('.'));
            }
        }
    }

    #[test]
    fn a_word_is_found_at_every_offset(
        before in "[aAbBzZ小]{0,70}", word in "[aAbBcCzZ小]{1,5}", after in "[aAbBzZ小]{0,70}",
    ) {
        let body = format!("{before}{}{after}", word.to_uppercase());
        let first = body.to_lowercase().find(&word.to_lowercase()).unwrap();
        let found = Needle::folded(&word).find(body.as_bytes());
        prop_assert_eq!(found, Some(first..first + word.len()));
    }
}
