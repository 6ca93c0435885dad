//! What the end of an unfinished filter can become: the fields and words of the language,
//! and the values of the newest callbacks, the most recent first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::History;
use super::failures::Failure;
use super::filter::completion::{Choice, Choices, Slot, SlotKind, slot, times, words};
use super::filter::{Field, Wanted, paths};
use super::row_table::Column;
use crate::callback::message::ElementType;
use crate::callback::printable::is_hidden;
use crate::callback::{Lang, Localized, code, command, decode, format, json, query};

/// The maximum number of choices.
const MAX_CHOICES: usize = 100;
/// The number of newest rows that values are read of.
pub(super) const ROWS: usize = 100_000;
/// The number of newest callbacks that are decoded for values.
const DECODED: usize = 512;
/// The number of newest callbacks whose bodies are read for paths, and of paths.
const BODIES: usize = 64;
/// The number of newest callbacks among which some of each command and type are read for
/// paths as well, and of these some.
const CONSIDERED: usize = 10_000;
const OF_EACH: usize = 4;
const MAX_PATHS: usize = 1000;
/// The number of different texts of rows that are compared with what is typed: of 100,000
/// all of them would take 19 ms.
pub(super) const COMPARED: usize = 20_000;
/// The maximum length of a value in bytes; Tencent's user ids have up to 32.
const MAX_VALUE: usize = 128;

/// What the end of an unfinished filter can become. Without a history no values are
/// offered.
pub fn choices(text: &str, lang: Lang, history: Option<&History>) -> Choices {
    let Slot { start, typed, kind } = slot(text);
    let complete = |list| Choices { start, list, is_cut: false };
    let wanted = match (kind, history) {
        (SlotKind::Word, _) => return complete(words(&typed, lang)),
        (SlotKind::Time { has_age }, _) => return complete(times(&typed, has_age, lang)),
        (SlotKind::Type, history) => types(&typed, lang, history),
        (SlotKind::Value(Field::Command), history) => commands(&typed, lang, history),
        (SlotKind::Nothing, _) | (_, None) => {
            return Choices { start, ..Choices::default() };
        }
        (SlotKind::Path, Some(history)) => paths(&typed, history),
        (SlotKind::Code, Some(history)) => codes(&typed, lang, history),
        (SlotKind::Value(field), Some(history)) => values(&typed, field, history),
    };
    Choices { start, is_cut: wanted.is_cut(), list: wanted.found() }
}

/// The columns that hold a field.
pub(super) const fn columns(field: Field) -> &'static [Column] {
    match field {
        Field::From => &[Column::From],
        Field::To => &[Column::To],
        Field::User => &[Column::From, Column::To],
        Field::App => &[Column::App],
        Field::Command => &[Column::Word],
        _ => &[],
    }
}

fn values(typed: &str, field: Field, history: &History) -> Wanted<Choice> {
    let columns = columns(field);
    if columns.is_empty() {
        return decoded_values(typed, field, history);
    }
    let mut wanted = Wanted::new(typed, MAX_CHOICES);
    newest(columns, history, &mut wanted, |text| Choice::value(text, ""));
    wanted
}

/// Offers the texts of columns.
fn newest(
    columns: &[Column],
    history: &History,
    wanted: &mut Wanted<Choice>,
    choice: impl Fn(&str) -> Choice,
) {
    let mut left = COMPARED;
    let end = history.flow().accepted_rows().newest_texts(columns, ROWS, |text| {
        if wanted.is_full() || left == 0 {
            return ControlFlow::Break(());
        }
        left -= 1;
        if is_value(text) {
            wanted.offer(text, || choice(text));
        }
        ControlFlow::Continue(())
    });
    if end.is_break() {
        wanted.cut();
    }
}

fn is_value(text: &str) -> bool {
    (1..=MAX_VALUE).contains(&text.len()) && !text.contains(is_hidden)
}

/// The values of a field that is not indexed.
fn decoded_values(typed: &str, field: Field, history: &History) -> Wanted<Choice> {
    let (flow, mut seen) = (history.flow(), Vec::<String>::new());
    let mut wanted = Wanted::new(typed, MAX_CHOICES);
    let mut offer = |value: &str| {
        if is_value(value) && !seen.iter().any(|it| it == value) {
            wanted.offer(value, || Choice::value(value, ""));
            seen.push(value.to_owned());
        }
    };
    if field == Field::Rule {
        for it in history.rule_hits().newest() {
            offer(it);
        }
        return wanted;
    }
    if field == Field::Info {
        for it in newest_failures(history) {
            offer(&it.info);
        }
    }
    for id in flow.ids().rev().filter(|it| !it.is_refused()).take(DECODED) {
        let Some(delivery) = flow.delivery(id) else { continue };
        let query = query::read(delivery.query());
        let value = match field {
            Field::Platform => query.platform,
            Field::Ip => query.client_ip,
            Field::Peer => Some(delivery.source_address().into()),
            Field::Key => decode(&delivery).msg_key,
            Field::Info => {
                json::read(&delivery.answer.body).ok().and_then(|it| it.get("ErrorInfo")?.as_str())
            }
            _ => None,
        };
        if let Some(value) = value {
            offer(&value);
        }
    }
    wanted
}

/// The commands of the newest callbacks, then all others, with their labels. They are
/// found by these as well.
fn commands(typed: &str, lang: Lang, history: Option<&History>) -> Wanted<Choice> {
    let label = |word: &str| command::find(word).map_or("", |it| it.label.text(lang));
    let choice = |word: &str| Choice::value(word, label(word));
    let mut seen = Wanted::new("", MAX_CHOICES);
    if let Some(history) = history {
        newest(columns(Field::Command), history, &mut seen, choice);
    }
    let mut commands = seen.found();
    let known = command::TABLE.iter().filter(|it| !it.is_switch()).map(|it| choice(it.word));
    let known: Vec<_> = known.filter(|it| !commands.contains(it)).collect();
    commands.extend(known);
    wanted(typed, commands)
}

/// Those whose text begins with or contains what is typed, or whose meaning does.
fn wanted(typed: &str, choices: Vec<Choice>) -> Wanted<Choice> {
    let mut wanted = Wanted::new(typed, MAX_CHOICES);
    for it in choices {
        // The meaning after a line end: it is only contained.
        let text = format!("{}\n{}", it.text, it.meaning);
        wanted.offer(&text, || it);
    }
    wanted
}

/// The failures by code, the most recent first.
fn newest_failures(history: &History) -> Vec<&Failure> {
    let mut failures = history.failures().ranked();
    failures.sort_by_key(|it| Reverse(it.at));
    failures
}

/// The result codes of the newest callbacks and of all failures, with their meanings.
fn codes(typed: &str, lang: Lang, history: &History) -> Wanted<Choice> {
    let mut codes: Vec<i64> = Vec::new();
    let results = history.flow().accepted_rows().newest_results(ROWS);
    let results = results.map(i64::from).filter(|it| *it != 0);
    let failures = newest_failures(history);
    for code in results.chain(failures.iter().map(|it| it.code)) {
        if codes.len() < MAX_CHOICES && !codes.contains(&code) {
            codes.push(code);
        }
    }
    let meaning = |it| code::find(it).map_or("", |it| it.meaning().text(lang));
    let choices = codes.into_iter().map(|it| Choice::new(it.to_string(), meaning(it)));
    wanted(typed, choices.collect())
}

/// The paths of the fields of the newest callbacks.
fn paths(typed: &str, history: &History) -> Wanted<Choice> {
    let mut wanted = Wanted::new(typed, MAX_CHOICES);
    visit_paths(history, &mut |path: &str| {
        if let Some(text) = paths::as_typed(path, typed) {
            wanted.offer(&text, || Choice::new(text.clone(), ""));
        }
    });
    wanted
}

/// Takes each path of the fields of the newest callbacks, and of some of each command and
/// type among those before.
pub(super) fn visit_paths(history: &History, take: &mut dyn FnMut(&str)) {
    let (flow, mut seen) = (history.flow(), HashSet::<String>::new());
    let mut kinds = HashMap::<(&str, u16), usize>::new();
    let ids = flow.ids().rev().filter(|it| !it.is_refused()).take(CONSIDERED).enumerate();
    let read = ids.filter(|(nth, id)| {
        let Some(row) = flow.row(*id) else { return false };
        let of_kind = kinds.entry((row.word, row.kinds)).or_default();
        *of_kind += 1;
        *nth < BODIES || *of_kind <= OF_EACH
    });
    for (_, id) in read.take(2 * BODIES) {
        if MAX_PATHS <= seen.len() {
            break;
        }
        let Some(delivery) = flow.delivery(id) else { continue };
        paths::of_body(&delivery.body, &mut |path: &str| {
            if seen.len() < MAX_PATHS && is_value(path) && !seen.contains(path) {
                seen.insert(path.to_owned());
                take(path);
            }
        });
    }
}

/// The words of TYPE: those of the newest callbacks with their number, the most recent
/// first, then all others. They are found by their names in English as well.
fn types(typed: &str, lang: Lang, history: Option<&History>) -> Wanted<Choice> {
    let mut labels: Vec<(Localized, usize)> = Vec::new();
    let mut add = |label: Localized, count: usize| match labels.iter_mut().find(|it| it.0 == label)
    {
        Some(it) => it.1 += count,
        None => labels.push((label, count)),
    };
    let elements =
        |bits: u16| ElementType::ALL.into_iter().filter(move |it| bits & (1 << *it as u16) != 0);
    let seen = history.map(|it| it.flow().accepted_rows().newest_kinds(ROWS)).unwrap_or_default();
    for (word, kinds, count) in seen {
        // As in a filter: a message of each of its elements, and of its command.
        elements(kinds).for_each(|it| add(it.label(), count));
        if let Some(command) = command::find(word).filter(|it| !is_element(it.label)) {
            add(command.label, count);
        }
    }
    let commands = command::TABLE.iter().filter(|it| !it.is_switch()).map(|it| it.label);
    for label in ElementType::ALL.into_iter().map(ElementType::label).chain(commands) {
        add(label, 0);
    }
    let mut wanted = Wanted::new(typed, MAX_CHOICES);
    for (label, count) in labels {
        let count = if count == 0 { String::new() } else { format::grouped(count as u64) };
        let names = [label.text(lang), label.en];
        let _ = names.into_iter().any(|it| wanted.offer(it, || Choice::value(it, count.clone())));
    }
    wanted
}

/// Whether a type is that of an element.
fn is_element(label: Localized) -> bool {
    ElementType::ALL.into_iter().any(|it| it.label() == label)
}

#[cfg(test)]
mod tests;
