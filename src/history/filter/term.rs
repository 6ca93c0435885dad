//! The terms of the filter language: what each one asks of a callback.

use std::borrow::Cow;
use std::fmt;

use regex::bytes::Regex;

use super::expr::Look;
use super::needle::Needle;
use super::number::Measure;
use super::{Reads, Subject};
use crate::callback::decode;
use crate::callback::json::Json;
use crate::callback::message::{Element, Kind};
use crate::callback::query;
use crate::history::row::{Flags, Row};

/// One question.
#[derive(Debug, Clone)]
pub(super) enum Term {
    /// `failed`, `odd`: a word of its own.
    Flag(Flag),
    /// `type:image`
    Type(Kind),
    /// `unread>5`: a number between two, both included; and how it was written.
    Number { measure: Measure, written: String, low: i64, high: i64 },
    /// `from:jared`, or `from=jared` for the whole of it.
    Text { field: Field, needle: Needle, whole: bool },
    /// Any other word, anywhere in the raw body.
    Word(Needle),
    /// `re:/pattern/` in the raw body.
    Pattern { source: String, folded: bool, regex: Regex },
}

/// What stands as a word of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    /// A result other than 0.
    Failed,
    /// Nothing failed: neither the message, nor its signature, nor its JSON.
    Ok,
    /// One of the flags.
    Marked(Flags),
}

/// The words that stand alone; in quotes they are looked for as text.
pub(super) const FLAGS: [(&str, Flag); 11] = [
    ("failed", Flag::Failed),
    ("ok", Flag::Ok),
    ("refused", Flag::Marked(Flags::REFUSED)),
    ("odd", Flag::Marked(Flags::ODD)),
    ("duplicate", Flag::Marked(Flags::DUPLICATE)),
    ("late", Flag::Marked(Flags::LATE)),
    ("online", Flag::Marked(Flags::ONLINE)),
    ("before", Flag::Marked(Flags::BEFORE)),
    ("broken", Flag::Marked(Flags::BROKEN)),
    ("trouble", Flag::Marked(Flags::TROUBLE)),
    ("resent", Flag::Marked(Flags::RESENT)),
];

/// A flag by its word.
pub(super) fn flag(word: &str) -> Option<Flag> {
    FLAGS.into_iter().find(|(it, _)| it.eq_ignore_ascii_case(word)).map(|(_, flag)| flag)
}

impl Flag {
    fn holds(self, row: &Row<'_>) -> bool {
        match self {
            Self::Failed => row.failed(),
            Self::Ok => {
                let wrong = row.flags.has(Flags::REFUSED) || row.flags.has(Flags::BROKEN);
                !row.failed() && !wrong
            }
            Self::Marked(flags) => row.flags.has(flags),
        }
    }
}

/// What holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Who acted.
    From,
    /// To whom, a user or a group.
    To,
    /// Either of the two.
    User,
    /// The command word.
    Command,
    /// `SdkAppid` of the query.
    App,
    /// `OptPlatform` of the query.
    Platform,
    /// `ClientIP` of the query.
    Ip,
    /// `MsgKey`.
    Key,
    /// What a person reads in the message.
    Text,
}

/// The fields that hold text, by name.
pub(super) const FIELDS: [(&str, Field); 9] = [
    ("from", Field::From),
    ("to", Field::To),
    ("user", Field::User),
    ("cmd", Field::Command),
    ("app", Field::App),
    ("platform", Field::Platform),
    ("ip", Field::Ip),
    ("key", Field::Key),
    ("text", Field::Text),
];

/// The kinds of elements, by name.
pub(super) const TYPES: [(&str, Kind); 11] = [
    ("text", Kind::Text),
    ("face", Kind::Face),
    ("location", Kind::Location),
    ("custom", Kind::Custom),
    ("sound", Kind::Sound),
    ("image", Kind::Image),
    ("file", Kind::File),
    ("video", Kind::Video),
    ("relay", Kind::Relay),
    ("stream", Kind::Stream),
    ("other", Kind::Other),
];

impl Term {
    /// How dear it is to ask, so that the cheap is asked first.
    pub(super) const fn cost(&self) -> u8 {
        match self {
            Self::Flag(_) | Self::Type(_) | Self::Number { .. } => 0,
            Self::Text { field, .. } => match field {
                Field::From | Field::To | Field::User | Field::Command => 1,
                Field::App | Field::Platform | Field::Ip => 4,
                Field::Key => 5,
                Field::Text => 6,
            },
            Self::Word(_) => 2,
            Self::Pattern { .. } => 3,
        }
    }

    /// What it looks at.
    pub(super) const fn reads(&self) -> Reads {
        match self.cost() {
            0 | 1 => Reads::Row,
            2 | 3 => Reads::Body,
            _ => Reads::Delivery,
        }
    }

    /// Whether a callback passes.
    pub(super) fn holds<S: Subject>(&self, look: &Look<'_, S>) -> bool {
        match self {
            Self::Flag(flag) => flag.holds(look.row()),
            Self::Type(kind) => look.row().kinds & (1 << *kind as u16) != 0,
            Self::Number { measure, low, high, .. } => {
                measure.of(look.row()).is_some_and(|it| (*low..=*high).contains(&it))
            }
            Self::Text { field, needle, whole } => {
                field.holds(look, &|it| is(*field, needle, *whole, it), needle, *whole)
            }
            Self::Word(needle) => needle.is_in(look.body()),
            Self::Pattern { regex, .. } => regex.is_match(look.body()),
        }
    }
}

/// Whether the value of a field is what was asked for.
fn is(field: Field, needle: &Needle, whole: bool, value: &str) -> bool {
    match (whole, field) {
        (false, _) => needle.is_in(value.as_bytes()),
        // Tencent writes `iOS`, `Android`, `RESTAPI`: nobody remembers which.
        (true, Field::Platform) => value.eq_ignore_ascii_case(needle.text()),
        (true, _) => value == needle.text(),
    }
}

impl Field {
    fn holds<S: Subject>(
        self,
        look: &Look<'_, S>,
        is: &dyn Fn(&str) -> bool,
        needle: &Needle,
        whole: bool,
    ) -> bool {
        let row = look.row();
        let given = |it: &Option<Cow<'_, str>>| is(it.as_deref().unwrap_or_default());
        match self {
            Self::From => is(row.from),
            Self::To => is(row.to),
            Self::User => is(row.from) || is(row.to),
            Self::Command => is(row.word),
            Self::App => given(&query::read(look.delivery().query()).app),
            Self::Platform => given(&query::read(look.delivery().query()).platform),
            Self::Ip => given(&query::read(look.delivery().query()).client_ip),
            Self::Key => given(&decode(look.delivery()).msg_key),
            Self::Text => {
                let body = look.body();
                // Without an escape in the body its strings are read as they
                // stand, so that what is not there is not in a string either.
                let certain = (!whole || !needle.text().is_empty())
                    && memchr::memchr(b'\\', body).is_none()
                    && !needle.is_in(body);
                !certain && {
                    let callback = decode(look.delivery());
                    let custom = callback.fields.iter().rfind(|(it, _)| it == "CloudCustomData");
                    readable(&callback.elements, custom.map(|(_, it)| *it)).iter().any(|it| is(it))
                }
            }
        }
    }

    /// The name in the language.
    fn name(self) -> &'static str {
        FIELDS.iter().find(|(_, it)| *it == self).map_or("text", |(name, _)| name)
    }
}

/// What a person reads in a message, its escapes undone: the texts of its
/// elements, and the data that the sender's app added.
pub(super) fn readable<'a>(
    elements: &[Element<'a>],
    custom: Option<Json<'a>>,
) -> Vec<Cow<'a, str>> {
    // Not here: numbers, links and the names that files have in the storage.
    const READ: [&str; 9] = [
        "Text",
        "Desc",
        "Data",
        "Ext",
        "FileName",
        "Title",
        "CompatibleText",
        "AbstractList",
        "Markdown",
    ];
    let mut texts: Vec<_> = custom.and_then(Json::as_str).into_iter().collect();
    let contents = elements.iter().filter_map(|it| it.content).flat_map(Json::fields);
    for (name, value) in contents.filter(|(name, _)| name != "MsgList") {
        if READ.iter().any(|it| it.eq_ignore_ascii_case(&name)) {
            texts.extend(value.as_str());
            texts.extend(value.items().into_iter().filter_map(Json::as_str));
        }
        if name == "Chunks" {
            let chunks = value.items().into_iter().filter_map(|it| it.get("Markdown"));
            texts.extend(chunks.filter_map(Json::as_str));
        }
    }
    texts
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => {
                f.write_str(FLAGS.iter().find(|(_, it)| it == flag).map_or("", |(name, _)| name))
            }
            Self::Type(kind) => {
                let name = TYPES.iter().find(|(_, it)| it == kind).map_or("", |(name, _)| name);
                write!(f, "type:{name}")
            }
            Self::Number { measure, written, .. } => write!(f, "{}{written}", measure.name()),
            Self::Text { field, needle, whole } => {
                let sign = if *whole { '=' } else { ':' };
                write!(f, "{}{sign}{}", field.name(), quoted(needle.text(), false))
            }
            Self::Word(needle) => f.write_str(&quoted(needle.text(), true)),
            Self::Pattern { source, folded, .. } => {
                write!(f, "re:/{source}/{}", if *folded { "i" } else { "" })
            }
        }
    }
}

/// A text in quotes, if it would be read as something else without them;
/// `alone` when no field stands before it.
fn quoted(text: &str, alone: bool) -> Cow<'_, str> {
    let speaks = text.starts_with('-') || text.contains([':', '<', '>', '=', '!']);
    let reserved = alone && (speaks || flag(text).is_some());
    if !text.is_empty() && !reserved && !text.contains(super::parse::ends_a_word) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}
