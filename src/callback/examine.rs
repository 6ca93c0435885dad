//! Finds the oddities of a callback: deviations from what is documented.
//!
//! Only what the documentation and recorded traffic agree on counts as odd; a
//! field that is sent for some accounts and not for others is never missed.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::command::{Command, Family};
use super::decode::Callback;
use super::delivery::{Delivery, DeliveryKind};
use super::json::{Json, JsonKind};
use super::message::ElementType;
use super::oddity::Oddity;
use super::value::{get, integer, is_time, seconds, string_or_number};

/// How many seconds `MsgTime` may be ahead of the arrival: clocks differ.
const AHEAD: i64 = 60;
/// How many events a batch has
/// (<https://cloud.tencent.com/document/product/1047/67551>).
const BATCH: RangeInclusive<usize> = 1..=100;

/// The oddities of a callback that was read from `delivery`.
pub(super) fn oddities<'a>(it: &Callback<'a>, delivery: &'a Delivery) -> Vec<Oddity<'a>> {
    let mut odd = Vec::new();
    if delivery.kind() != DeliveryKind::Callback {
        odd.push(Oddity::Method(&delivery.method));
    }
    query(it, delivery, &mut odd);
    match &it.json {
        Err(_) if it.is_empty() => odd.push(Oddity::Empty),
        Err(error) => odd.push(Oddity::NotJson(error.clone())),
        Ok(body) if body.kind() != JsonKind::Object => odd.push(Oddity::NotObject(body.kind())),
        Ok(_) => {
            command(it, &mut odd);
            elements(it, &mut odd);
            message(it, delivery.at.secs(), &mut odd);
            batch(it, &mut odd);
        }
    }
    odd
}

/// Whether a batch has as many events as documented.
fn batch<'a>(it: &Callback<'a>, odd: &mut Vec<Oddity<'a>>) {
    if it.family() != Some(Family::Push) || !is_array(it, "Events") {
        return;
    }
    let events = it.field("Events").map_or(0, |it| it.each_item().count());
    if !BATCH.contains(&events) {
        odd.push(Oddity::Batch(events));
    }
}

fn query<'a>(it: &Callback<'a>, delivery: &Delivery, odd: &mut Vec<Oddity<'a>>) {
    if delivery.query().is_empty() {
        return odd.push(Oddity::NoQuery);
    }
    match &it.query.sdk_app_id {
        None => odd.push(Oddity::NoSdkAppId),
        Some(app) if app.is_empty() || !app.bytes().all(|it| it.is_ascii_digit()) => {
            odd.push(Oddity::SdkAppIdNotDigits(app.clone()));
        }
        Some(app) => {
            // Only the results of the content check repeat the application.
            let content = matches!(it.family(), Some(Family::Content) | None);
            let written = if content { it.field("SdkAppId") } else { None };
            let written = written.map(|it| it.raw().trim_matches('"'));
            if let Some(body) = written.filter(|it| *it != app) {
                odd.push(Oddity::SdkAppIdDiffers { query: app.clone(), body });
            }
        }
    }
}

fn command<'a>(it: &Callback<'a>, odd: &mut Vec<Oddity<'a>>) {
    let written = it.text("CallbackCommand");
    if let Some(body) = written.filter(|body| *body != it.word) {
        odd.push(Oddity::CommandDiffers { query: it.word.clone(), body });
    }
    match it.command {
        Some(command) if !command.fields.is_empty() => fields(command, it, odd),
        Some(_) => duplicates(it.fields.iter().map(|(name, _)| name), odd),
        None => {
            odd.push(match &*it.word {
                "" => Oddity::NoCommand,
                _ => Oddity::UnknownCommand(it.word.clone()),
            });
            duplicates(it.fields.iter().map(|(name, _)| name), odd);
        }
    }
}

/// Compares the body's fields with those that the command has.
fn fields<'a>(command: &'static Command, it: &Callback<'a>, odd: &mut Vec<Oddity<'a>>) {
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
            odd.push(Oddity::Twice(Cow::Borrowed(field.name)));
        }
        if !field.kinds.contains(*value) {
            let found = value.kind();
            odd.push(Oddity::Type { field: field.name, expected: field.kinds, found });
        }
        seen |= 1 << at;
        next = at + 1;
    }
    for (at, field) in known.iter().enumerate() {
        if field.required && seen & 1 << at == 0 {
            odd.push(Oddity::Missing(field.name));
        }
    }
    unknown.sort_unstable();
    odd.extend(unknown.chunk_by(|a, b| a == b).map(|it| Oddity::Unknown(it[0].clone())));
    duplicates(unknown.into_iter(), odd);
}

/// Adds each name that occurs more than once.
fn duplicates<'a, 'f>(names: impl Iterator<Item = &'f Cow<'a, str>>, odd: &mut Vec<Oddity<'a>>)
where
    'a: 'f,
{
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    let twice = names.chunk_by(|a, b| a == b).filter(|it| 1 < it.len());
    odd.extend(twice.map(|it| Oddity::Twice(it[0].clone())));
}

fn elements<'a>(it: &Callback<'a>, odd: &mut Vec<Oddity<'a>>) {
    if it.elements.is_empty() && is_array(it, "MsgBody") {
        odd.push(Oddity::NoElements);
    }
    for (element, at) in it.elements.iter().zip(1..) {
        if element.word.is_empty() {
            odd.push(Oddity::ElementWithoutType(at));
            continue;
        }
        if element.kind == ElementType::Other {
            odd.push(Oddity::UnknownElement(element.word.clone()));
        }
        if element.content.is_none_or(|it| it.kind() != JsonKind::Object) {
            odd.push(Oddity::ElementWithoutContent { at, word: element.word.clone() });
        }
    }
    let customs = it.elements.iter().filter(|it| it.kind == ElementType::Custom).count();
    if 1 < customs {
        odd.push(Oddity::SeveralCustomElements(customs));
    }
}

fn is_array(it: &Callback<'_>, field: &str) -> bool {
    it.field(field).is_some_and(|it| it.kind() == JsonKind::Array)
}

/// Checks time, key and unread count of a message.
fn message<'a>(it: &Callback<'a>, arrival: i64, odd: &mut Vec<Oddity<'a>>) {
    match it.field("MsgTime").and_then(integer) {
        Some(time) if !is_time(seconds(time)) => odd.push(Oddity::MsgTimeImplausible(time)),
        Some(time) if seconds(time) != time => odd.push(Oddity::MsgTimeInMilliseconds(time)),
        _ => {}
    }
    if let Some(ahead) = it.msg_time.map(|it| it - arrival).filter(|it| AHEAD < *it) {
        odd.push(Oddity::MsgTimeInFuture(ahead));
    }
    if let (Some(Family::OneToOne | Family::Bot), Some(key)) = (it.family(), it.text("MsgKey")) {
        self::key(it, key, odd);
    }
    let unknown = it.field("UnreadMsgNum").and_then(integer) == Some(-1);
    if unknown && it.result == Some(0) {
        odd.push(Oddity::UnreadUnknown);
    }
}

/// Compares a `MsgKey` with the fields it is made of.
fn key<'a>(it: &Callback<'a>, key: Cow<'a, str>, odd: &mut Vec<Oddity<'a>>) {
    // By bytes: the text is short, so a search for each `_` would cost more.
    let mut parts = key.as_bytes().split(|it| *it == b'_');
    let mut part = || parts.next().filter(|it| !it.is_empty() && it.iter().all(u8::is_ascii_digit));
    let (Some(seq), Some(random), Some(time), None) = (part(), part(), part(), parts.next()) else {
        return odd.push(Oddity::MsgKeyForm(key));
    };
    let unquoted = |it: Json<'a>| it.raw().trim_matches('"');
    for (field, part) in [("MsgSeq", seq), ("MsgRandom", random), ("MsgTime", time)] {
        let value =
            get(&it.fields, field).filter(|it| string_or_number(*it).is_some()).map(unquoted);
        if let Some(value) = value.filter(|it| it.as_bytes() != part) {
            return odd.push(Oddity::MsgKeyDiffers { key: key.clone(), field, value });
        }
    }
}
