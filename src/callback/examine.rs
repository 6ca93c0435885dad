//! What is odd about a call, found in one walk over it.
//!
//! Only what the documents and real traffic are sure of counts as odd; a field
//! that some accounts have and some have not is never missed.

use std::borrow::Cow;

use super::command::{Command, Family};
use super::decode::{Callback, get, is_time, seconds, text};
use super::delivery::Delivery;
use super::json::{Json, Kind as JsonKind};
use super::message::Kind;
use super::oddity::Oddity;
use super::unfold::whole;

/// How many seconds a clock may be ahead before it is worth a word.
const AHEAD: i64 = 60;

/// Adds what is odd. `events` is how many events a batch has.
pub(super) fn examine<'a>(it: &mut Callback<'a>, delivery: &'a Delivery, events: usize) {
    let mut odd = Vec::new();
    if delivery.method != "POST" {
        odd.push(Oddity::Method(&delivery.method));
    }
    query(it, delivery, &mut odd);
    match &it.body {
        Err(_) if it.is_empty() => odd.push(Oddity::Empty),
        Err(broken) => odd.push(Oddity::Broken(broken.clone())),
        Ok(body) if body.kind() != JsonKind::Object => odd.push(Oddity::NotObject(body.kind())),
        Ok(_) => {
            command(it, &mut odd);
            elements(it, &mut odd);
            message(it, delivery.at.secs(), &mut odd);
            let batch = it.family() == Some(Family::Push) && is_array(it, "Events");
            if batch && !(1..=100).contains(&events) {
                odd.push(Oddity::Batch(events));
            }
        }
    }
    it.oddities = odd;
}

fn query<'a>(it: &Callback<'a>, delivery: &Delivery, odd: &mut Vec<Oddity<'a>>) {
    if delivery.query().is_empty() {
        return odd.push(Oddity::NoQuery);
    }
    match &it.query.app {
        None => odd.push(Oddity::NoApp),
        Some(app) if app.is_empty() || !app.bytes().all(|it| it.is_ascii_digit()) => {
            odd.push(Oddity::AppNotDigits(app.clone()));
        }
        Some(app) => {
            // Only the verdicts of the content check tell the application.
            let content = matches!(it.family(), Some(Family::Content) | None);
            let written = if content { it.field("SdkAppId") } else { None };
            let written = written.map(|it| it.text().trim_matches('"'));
            if let Some(body) = written.filter(|it| *it != app) {
                odd.push(Oddity::AppDiffers { query: app.clone(), body });
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
        Some(_) => doubles(it.fields.iter().map(|(name, _)| name), odd),
        None => {
            odd.push(match &*it.word {
                "" => Oddity::NoCommand,
                _ => Oddity::UnknownCommand(it.word.clone()),
            });
            doubles(it.fields.iter().map(|(name, _)| name), odd);
        }
    }
}

/// Holds the body's fields against those that the command has.
fn fields<'a>(command: &'static Command, it: &Callback<'a>, odd: &mut Vec<Oddity<'a>>) {
    let known = command.fields;
    let mut seen = 0_u32;
    let mut next = 0;
    let mut strange = Vec::new();
    for (name, value) in &it.fields {
        // Bodies have their fields in much the same order as the table, so the
        // next one is mostly the right one.
        let found = known[next..].iter().position(|it| it.name == name).map(|it| next + it);
        let found = found.or_else(|| known[..next].iter().position(|it| it.name == name));
        let Some(at) = found else {
            strange.push(name);
            continue;
        };
        let field = &known[at];
        if seen & 1 << at != 0 {
            odd.push(Oddity::Twice(Cow::Borrowed(field.name)));
        }
        if !field.kinds.take(*value) {
            let came = value.kind();
            odd.push(Oddity::Type { field: field.name, expected: field.kinds, came });
        }
        seen |= 1 << at;
        next = at + 1;
    }
    for (at, field) in known.iter().enumerate() {
        if field.must && seen & 1 << at == 0 {
            odd.push(Oddity::Missing(field.name));
        }
    }
    strange.sort_unstable();
    odd.extend(strange.chunk_by(|a, b| a == b).map(|it| Oddity::Unknown(it[0].clone())));
    doubles(strange.into_iter(), odd);
}

/// Names that stand there more than once.
fn doubles<'a, 'f>(names: impl Iterator<Item = &'f Cow<'a, str>>, odd: &mut Vec<Oddity<'a>>)
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
            odd.push(Oddity::NoType(at));
            continue;
        }
        if element.kind == Kind::Other {
            odd.push(Oddity::UnknownElement(element.word.clone()));
        }
        if element.content.is_none_or(|it| it.kind() != JsonKind::Object) {
            odd.push(Oddity::NoContent { at, word: element.word.clone() });
        }
    }
    let customs = it.elements.iter().filter(|it| it.kind == Kind::Custom).count();
    if 1 < customs {
        odd.push(Oddity::Customs(customs));
    }
}

fn is_array(it: &Callback<'_>, field: &str) -> bool {
    it.field(field).is_some_and(|it| it.kind() == JsonKind::Array)
}

/// Whether time, key and unread count of a message agree.
fn message<'a>(it: &Callback<'a>, arrival: i64, odd: &mut Vec<Oddity<'a>>) {
    match it.field("MsgTime").and_then(whole) {
        Some(time) if !is_time(seconds(time)) => odd.push(Oddity::NoTime(time)),
        Some(time) if seconds(time) != time => odd.push(Oddity::Millis(time)),
        _ => {}
    }
    if let Some(ahead) = it.msg_time.map(|it| it - arrival).filter(|it| AHEAD < *it) {
        odd.push(Oddity::Future(ahead));
    }
    if let (Some(Family::OneToOne | Family::Bot), Some(key)) = (it.family(), it.text("MsgKey")) {
        self::key(it, key, odd);
    }
    let unknown = it.field("UnreadMsgNum").and_then(whole) == Some(-1);
    if unknown && it.result == Some(0) {
        odd.push(Oddity::UnreadUnknown);
    }
}

/// Holds a `MsgKey` against the fields it is made of.
fn key<'a>(it: &Callback<'a>, key: Cow<'a, str>, odd: &mut Vec<Oddity<'a>>) {
    // Bytes, for a search for each `_` costs more than to look at all of them.
    let mut parts = key.as_bytes().split(|it| *it == b'_');
    let mut part = || parts.next().filter(|it| !it.is_empty() && it.iter().all(u8::is_ascii_digit));
    let (Some(seq), Some(random), Some(time), None) = (part(), part(), part(), parts.next()) else {
        return odd.push(Oddity::KeyForm(key));
    };
    let written = |it: Json<'a>| it.text().trim_matches('"');
    for (field, part) in [("MsgSeq", seq), ("MsgRandom", random), ("MsgTime", time)] {
        let value = get(&it.fields, field).filter(|it| text(*it).is_some()).map(written);
        if let Some(value) = value.filter(|it| it.as_bytes() != part) {
            return odd.push(Oddity::KeyDiffers { key: key.clone(), field, value });
        }
    }
}
