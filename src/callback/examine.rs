//! Finds the oddities of a callback: deviations from what is documented.
//!
//! Only what the documentation and recorded traffic agree on counts as odd; a
//! field that is sent for some accounts and not for others is never missed.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::browser;
use super::command::{Command, Family};
use super::decode::Callback;
use super::delivery::{Delivery, DeliveryKind, Origin};
use super::json::{Json, JsonKind};
use super::message::{ElementType, MAX_ELEMENTS};
use super::oddity::{Oddities, Oddity};
use super::query;
use super::timestamp::MAX_CLOCK_SKEW;
use super::value::{Notation, get, integer, is_time, notation, seconds, string_or_number};

/// How many events a batch has
/// (<https://cloud.tencent.com/document/product/1047/67551>).
const BATCH: RangeInclusive<usize> = 1..=100;

/// The oddities of a callback that was read from `delivery`.
pub(super) fn oddities<'a>(it: &Callback<'a>, delivery: &'a Delivery) -> Vec<Oddity<'a>> {
    let mut found = Oddities::default();
    let oddities = &mut found;
    if delivery.kind() != DeliveryKind::Callback {
        oddities.push(Oddity::Method(&delivery.method));
    }
    if delivery.refusal.is_none() && browser::is_from_page(&delivery.headers) {
        oddities.push(Oddity::Browser);
    }
    if let Some(product) = other_product(it, delivery) {
        oddities.push(product);
        return found.into_vec();
    }
    if delivery.origin != Origin::BareBody {
        check_query(it, delivery, oddities);
    }
    match &it.json {
        Err(_) if it.is_empty() => oddities.push(Oddity::Empty),
        Err(error) => oddities.push(Oddity::NotJson(error.clone())),
        Ok(body) if body.kind() != JsonKind::Object => {
            oddities.push(Oddity::NotObject(body.kind()));
        }
        Ok(_) => {
            check_command(it, oddities);
            check_elements(it, oddities);
            check_message(it, delivery.at.secs(), oddities);
            check_batch(it, oddities);
        }
    }
    found.into_vec()
}

/// A callback of another product, which has no command word of IM. Nothing else about
/// it is odd.
fn other_product<'a>(it: &Callback<'a>, delivery: &'a Delivery) -> Option<Oddity<'a>> {
    if !it.word.is_empty() {
        return None;
    }
    if it.field("EventGroupId").is_some() && it.field("EventInfo").is_some() {
        return Some(Oddity::TrtcEvent);
    }
    let mut parameters = query::pairs(delivery.query());
    let command = parameters.find(|(name, _)| *name == "command")?.1;
    Some(Oddity::Conferencing(query::unescape(command)))
}

/// Whether a batch has as many events as documented.
fn check_batch<'a>(it: &Callback<'a>, oddities: &mut Oddities<'a>) {
    if it.family() != Some(Family::Push) || !is_array(it, "Events") {
        return;
    }
    let events = it.field("Events").map_or(0, |it| it.each_item().count());
    if !BATCH.contains(&events) {
        oddities.push(Oddity::Batch(events));
    }
}

fn check_query<'a>(it: &Callback<'a>, delivery: &Delivery, oddities: &mut Oddities<'a>) {
    if delivery.query().is_empty() {
        return oddities.push(Oddity::NoQuery);
    }
    oddities.extend(it.query.repeated.iter().map(|name| Oddity::ParameterTwice(name)));
    match &it.query.sdk_app_id {
        None => oddities.push(Oddity::NoSdkAppId),
        Some(app) if app.is_empty() || !app.bytes().all(|it| it.is_ascii_digit()) => {
            oddities.push(Oddity::SdkAppIdNotDigits(app.clone()));
        }
        Some(app) => {
            // Only the results of the content check repeat the application.
            let content = matches!(it.family(), Some(Family::Content) | None);
            let written = if content { it.field("SdkAppId") } else { None };
            if let Some(body) = written.and_then(string_or_number).filter(|it| it != app) {
                oddities.push(Oddity::SdkAppIdDiffers { query: app.clone(), body });
            }
        }
    }
}

fn check_command<'a>(it: &Callback<'a>, oddities: &mut Oddities<'a>) {
    let written = it.text("CallbackCommand");
    if let Some(body) = written.filter(|body| *body != it.word) {
        oddities.push(Oddity::CommandDiffers { query: it.word.clone(), body });
    }
    match it.command {
        Some(command) if !command.fields.is_empty() => check_fields(command, it, oddities),
        Some(command) => {
            if command.is_switch() {
                oddities.push(Oddity::NotAnEvent(command.word));
            }
            repeated_fields(it.fields.iter().map(|(name, _)| name), oddities);
        }
        None => {
            oddities.push(match &*it.word {
                "" => Oddity::NoCommand,
                _ => Oddity::UnknownCommand(it.word.clone()),
            });
            repeated_fields(it.fields.iter().map(|(name, _)| name), oddities);
        }
    }
}

/// Compares the body's fields with those that the command has.
fn check_fields<'a>(command: &'static Command, it: &Callback<'a>, oddities: &mut Oddities<'a>) {
    let known = command.fields;
    let mut seen = 0_u32;
    let mut next = 0;
    let mut unknown = Vec::new();
    for (name, value) in &it.fields {
        // Bodies have their fields mostly in the order of the table, so the
        // search starts behind the last one found.
        let found = known[next..].iter().position(|it| it.name == name).map(|it| next + it);
        let found = found.or_else(|| known[..next].iter().position(|it| it.name == name));
        let Some(at) = found else {
            unknown.push(name);
            continue;
        };
        let field = &known[at];
        if seen & 1 << at != 0 {
            oddities.push(Oddity::Twice(Cow::Borrowed(field.name)));
        }
        if !field.kinds.contains(*value) {
            let found = value.kind();
            oddities.push(Oddity::Type { field: field.name, expected: field.kinds, found });
        }
        if field.kinds.contains_numbers() {
            check_number(field.name, *value, oddities);
        }
        seen |= 1 << at;
        next = at + 1;
    }
    for (at, field) in known.iter().enumerate() {
        if field.required && seen & 1 << at == 0 {
            oddities.push(Oddity::Missing(field.name));
        }
    }
    unknown.sort_unstable();
    oddities.extend(unknown.chunk_by(|a, b| a == b).map(|it| Oddity::Unknown(it[0].clone())));
    repeated_fields(unknown.into_iter(), oddities);
}

/// Checks how a number that should be whole is written. One body is written by one
/// program: its first float stands for all.
fn check_number<'a>(field: &'static str, value: Json<'a>, oddities: &mut Oddities<'a>) {
    match notation(value) {
        Notation::Digits => {}
        Notation::Float if oddities.iter().any(|it| matches!(it, Oddity::Float { .. })) => {}
        Notation::Float => oddities.push(Oddity::Float { field, value: value.raw() }),
        Notation::NotWhole => oddities.push(Oddity::NotWhole { field, value: value.raw() }),
    }
}

/// Adds each name that occurs more than once.
fn repeated_fields<'a, 'f>(
    names: impl Iterator<Item = &'f Cow<'a, str>>,
    oddities: &mut Oddities<'a>,
) where
    'a: 'f,
{
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    let twice = names.chunk_by(|a, b| a == b).filter(|it| 1 < it.len());
    oddities.extend(twice.map(|it| Oddity::Twice(it[0].clone())));
}

fn check_elements<'a>(it: &Callback<'a>, oddities: &mut Oddities<'a>) {
    if it.elements.is_empty() && is_array(it, "MsgBody") {
        oddities.push(Oddity::NoElements);
    }
    if it.elements.len() == MAX_ELEMENTS {
        let count = it.field("MsgBody").map_or(0, |it| it.each_item().count());
        if MAX_ELEMENTS < count {
            oddities.push(Oddity::ManyElements { count, read: MAX_ELEMENTS });
        }
    }
    for (element, at) in it.elements.iter().zip(1..) {
        if element.word.is_empty() {
            oddities.push(Oddity::ElementWithoutType(at));
            continue;
        }
        if element.kind == ElementType::Other {
            oddities.push(Oddity::UnknownElement(element.word.clone()));
        }
        if element.content.is_none_or(|it| it.kind() != JsonKind::Object) {
            oddities.push(Oddity::ElementWithoutContent { at, word: element.word.clone() });
        }
    }
    let customs = it.elements.iter().filter(|it| it.kind == ElementType::Custom).count();
    if 1 < customs {
        oddities.push(Oddity::SeveralCustomElements(customs));
    }
}

fn is_array(it: &Callback<'_>, field: &str) -> bool {
    it.field(field).is_some_and(|it| it.kind() == JsonKind::Array)
}

/// Checks time, key and unread count of a message.
fn check_message<'a>(it: &Callback<'a>, arrival: i64, oddities: &mut Oddities<'a>) {
    match it.field("MsgTime").and_then(integer) {
        Some(time) if !is_time(seconds(time)) => oddities.push(Oddity::MsgTimeImplausible(time)),
        Some(time) if seconds(time) != time => oddities.push(Oddity::MsgTimeInMilliseconds(time)),
        _ => {}
    }
    if let Some(ahead) = it.msg_time.map(|it| it - arrival).filter(|it| MAX_CLOCK_SKEW < *it) {
        oddities.push(Oddity::MsgTimeInFuture(ahead));
    }
    if let (Some(Family::OneToOne | Family::Bot), Some(key)) = (it.family(), it.text("MsgKey")) {
        check_key(it, key, oddities);
    }
    let unknown = it.field("UnreadMsgNum").and_then(integer) == Some(-1);
    if unknown && it.result == Some(0) {
        oddities.push(Oddity::UnreadUnknown);
    }
}

/// Compares a `MsgKey` with the fields it is made of.
fn check_key<'a>(it: &Callback<'a>, key: Cow<'a, str>, oddities: &mut Oddities<'a>) {
    // By bytes: the text is short, so a search for each `_` would cost more.
    let mut parts = key.as_bytes().split(|it| *it == b'_');
    // Each is a `u32`, of ten digits at most.
    let is_part = |it: &&[u8]| matches!(it.len(), 1..=10) && it.iter().all(u8::is_ascii_digit);
    let mut part = || parts.next().filter(is_part);
    let (Some(seq), Some(random), Some(time), None) = (part(), part(), part(), parts.next()) else {
        return oddities.push(Oddity::MsgKeyForm(key));
    };
    for (field, part) in [("MsgSeq", seq), ("MsgRandom", random), ("MsgTime", time)] {
        // As written first: that costs less, and nearly always holds.
        let other = get(&it.fields, field).filter(|it| it.raw().as_bytes() != part);
        let value = other.and_then(string_or_number);
        if let Some(value) = value.filter(|it| it.as_bytes() != part) {
            return oddities.push(Oddity::MsgKeyDiffers { key: key.clone(), field, value });
        }
    }
}
