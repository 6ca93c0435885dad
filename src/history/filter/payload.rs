//! Fields of the body: `.MsgBody[0].MsgContent.Text:hi`, `.UnreadMsgNum>5`.
//!
//! The body is read along the path only, and JSON in strings as well as JSON in the body.
//! A name is found in any letter case of its ASCII letters.

use std::cmp::Ordering;
use std::fmt;

use memchr::memmem;

use super::needle::Needle;
use crate::callback::json::{self, Json, JsonKind};
use crate::callback::value::Decimal;

/// A condition on the fields at a path.
#[derive(Debug, Clone)]
pub(super) struct PayloadTerm {
    steps: Vec<Step>,
    test: Test,
    /// The last name of the path, unless it can be written in several ways.
    name: Option<Needle>,
}

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A field of an object, or of each object of an array.
    Name(String),
    /// An element of an array, from 0.
    Index(usize),
    /// Any element of an array.
    Each,
}

/// What is required of a value; of an array, of one of its elements.
#[derive(Debug, Clone)]
pub(super) enum Test {
    /// Nothing: it is there.
    Exists,
    /// A string contains the text, and a number lies within the bounds, if there are some.
    Contains(Box<Needle>, Option<Bounds>),
    /// A string is the text, and a number lies within the bounds.
    Equals(String, Option<Bounds>),
    /// A number, also in a string, lies within the bounds; the condition as written.
    Within(Bounds, String),
}

/// Bounds of a number.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    pub(super) low: Option<Decimal>,
    pub(super) high: Option<Decimal>,
    /// Whether the bounds themselves lie outside.
    pub(super) is_open: bool,
}

impl Bounds {
    /// Whether a value is a number, or a string of one, that lies within them.
    fn contain(&self, value: Json<'_>) -> bool {
        let lies = |bound: &Option<Decimal>, side: Ordering| match bound {
            None => true,
            Some(it) => match it.order_of(value) {
                Some(Ordering::Equal) => !self.is_open,
                order => order == Some(side),
            },
        };
        lies(&self.low, Ordering::Greater) && lies(&self.high, Ordering::Less)
    }
}

impl PayloadTerm {
    pub(super) fn new(steps: Vec<Step>, test: Test) -> Self {
        let last = steps.iter().rev().find_map(|it| match it {
            Step::Name(name) => Some(name),
            Step::Index(_) | Step::Each => None,
        });
        let is_plain =
            |it: &&String| !it.contains(|it: char| "\"\\/".contains(it) || it.is_control());
        let name = last.filter(is_plain).map(|it| Needle::folded(it));
        Self { steps, test, name }
    }

    /// Whether a body matches.
    pub(super) fn matches(&self, body: &[u8]) -> bool {
        if self.is_surely_absent(body) {
            return false;
        }
        let Some((Step::Name(name), rest)) = self.steps.split_first() else {
            return json::read(body).is_ok_and(|it| self.matches_at(it, &self.steps));
        };
        let mut found = Named::default();
        let json = json::read_each(body, |key, value| found.add(name, &key, value));
        json.is_ok_and(|json| match json.kind() {
            JsonKind::Object => found.last().is_some_and(|it| self.matches_at(it, rest)),
            _ => self.matches_at(json, &self.steps),
        })
    }

    /// The text that it searches for, if it does.
    pub(super) fn needle(&self) -> Option<&Needle> {
        match &self.test {
            Test::Contains(needle, _) => Some(needle),
            _ => None,
        }
    }

    /// Whether no field of the body can have the last name of the path: it is not written
    /// there, and `\u` is not either.
    fn is_surely_absent(&self, body: &[u8]) -> bool {
        let is_missing = |it: &Needle| !it.is_in(body);
        self.name.as_ref().is_some_and(is_missing) && memmem::find(body, b"\\u").is_none()
    }

    fn matches_at(&self, value: Json<'_>, steps: &[Step]) -> bool {
        let Some((step, rest)) = steps.split_first() else { return self.test.accepts(value) };
        match (step, value.kind()) {
            (_, JsonKind::String) => {
                let text = value.as_str().unwrap_or_default();
                let inner = json::read(text.as_bytes()).ok();
                inner.filter(is_nested).is_some_and(|it| self.matches_at(it, steps))
            }
            (Step::Name(name), JsonKind::Object) => {
                field(value, name).is_some_and(|it| self.matches_at(it, rest))
            }
            (Step::Name(_), JsonKind::Array) => {
                let mut objects = value.each_item().filter(|it| it.kind() == JsonKind::Object);
                objects.any(|it| self.matches_at(it, steps))
            }
            (Step::Index(nth), JsonKind::Array) => {
                value.each_item().nth(*nth).is_some_and(|it| self.matches_at(it, rest))
            }
            (Step::Each, JsonKind::Array) => value.each_item().any(|it| self.matches_at(it, rest)),
            _ => false,
        }
    }
}

/// The last field of an object with a name, and the last with it in another letter case.
#[derive(Default)]
struct Named<'a> {
    same: Option<Json<'a>>,
    like: Option<Json<'a>>,
}

impl<'a> Named<'a> {
    fn add(&mut self, name: &str, key: &str, value: Json<'a>) {
        if key.eq_ignore_ascii_case(name) {
            let found = if key == name { &mut self.same } else { &mut self.like };
            *found = Some(value);
        }
    }

    fn last(self) -> Option<Json<'a>> {
        self.same.or(self.like)
    }
}

/// The last field of an object with this name; without one, the last with it in another
/// letter case.
fn field<'a>(object: Json<'a>, name: &str) -> Option<Json<'a>> {
    let mut found = Named::default();
    for (key, value) in object.pairs() {
        if let Some(key) = key.as_str() {
            found.add(name, &key, value);
        }
    }
    found.last()
}

fn is_nested(value: &Json<'_>) -> bool {
    matches!(value.kind(), JsonKind::Object | JsonKind::Array)
}

impl Test {
    fn accepts(&self, value: Json<'_>) -> bool {
        if value.kind() == JsonKind::Array && !matches!(self, Self::Exists) {
            let mut elements = value.each_item().filter(|it| it.kind() != JsonKind::Array);
            return elements.any(|it| self.accepts(it));
        }
        let is_within = |it: &Option<Bounds>| it.as_ref().is_some_and(|it| it.contain(value));
        match self {
            Self::Exists => true,
            Self::Within(bounds, _) => bounds.contain(value),
            Self::Contains(needle, bounds) => match value.kind() {
                JsonKind::String => needle.is_in(value.as_str().unwrap_or_default().as_bytes()),
                JsonKind::Object => needle.is_in(value.raw().as_bytes()),
                _ => value.raw() == needle.text() || is_within(bounds),
            },
            Self::Equals(text, bounds) => match value.kind() {
                JsonKind::String => value.as_str().is_some_and(|it| it == *text),
                _ => value.raw() == text || is_within(bounds),
            },
        }
    }
}

/// Whether a text begins with a path, and not with a word such as `.5`.
pub(super) fn begins_path(text: &str) -> bool {
    let name = text.strip_prefix('.').and_then(|it| it.chars().next());
    name.is_some_and(|it| it.is_alphabetic() || matches!(it, '_' | '"'))
}

/// Whether a character can be in a name without quotes.
pub(super) fn is_name(it: char) -> bool {
    it.is_alphanumeric() || matches!(it, '_' | '-' | '$' | '@' | '#')
}

/// A text in quotes.
pub fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A name as a step of a path, in quotes if it needs them.
pub fn step(name: &str) -> String {
    let is_plain =
        name.starts_with(|it: char| it.is_alphabetic() || it == '_') && name.chars().all(is_name);
    if is_plain { name.to_owned() } else { in_quotes(name) }
}

impl PayloadTerm {
    /// The names of its path, without the places in lists.
    pub(super) fn names(&self) -> String {
        let names = self.steps.iter().filter_map(|it| match it {
            Step::Name(name) => Some(format!(".{}", self::step(name))),
            Step::Index(_) | Step::Each => None,
        });
        names.collect()
    }

    /// What is required of the value, after the path, with its text in quotes by `quote`.
    pub(super) fn test(&self, quote: fn(&str) -> String) -> String {
        match &self.test {
            Test::Exists => String::new(),
            Test::Contains(needle, _) => format!(":{}", quote(needle.text())),
            Test::Equals(text, _) => format!("={}", quote(text)),
            Test::Within(_, written) => written.clone(),
        }
    }
}

impl fmt::Display for PayloadTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            match step {
                Step::Name(name) => write!(f, ".{}", self::step(name))?,
                Step::Index(nth) => write!(f, "[{nth}]")?,
                Step::Each => f.write_str("[]")?,
            }
        }
        f.write_str(&self.test(in_quotes))
    }
}
