//! Encodes callbacks as a file for other programs and for people: a recording, HAR 1.2,
//! a script of curl lines, CSV, or a report in HTML.

use jiff::tz::TimeZone;

use super::delivery::Delivery;
use super::jsonl;
use super::lang::{Lang, Localized};

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A recording.
    JsonLines,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 1] = [Self::JsonLines];

    /// The extension of a file name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
        }
    }

    /// The key that chooses it in a menu.
    pub const fn key(self) -> char {
        match self {
            Self::JsonLines => 'j',
        }
    }

    /// Its name.
    pub const fn label(self) -> Localized {
        match self {
            Self::JsonLines => Localized::new("JSON Lines, a recording", "JSON Lines（录制文件）"),
        }
    }
}

/// What a file depends on besides its callbacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOptions {
    /// The format.
    pub format: Format,
    /// The language of what is written for people.
    pub lang: Lang,
    /// The time zone of what is written for people.
    pub zone: TimeZone,
}

/// A callback to be encoded.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The delivery.
    pub delivery: &'a Delivery,
}

/// Encodes one file; the callbacks are given one after another.
#[derive(Debug)]
pub struct Encoder {
    options: ExportOptions,
    count: u64,
}

impl Encoder {
    /// Begins a file: what comes before the first callback is appended to `out`.
    pub fn begin(options: ExportOptions, _out: &mut Vec<u8>) -> Self {
        Self { options, count: 0 }
    }

    /// Appends a callback to `out`.
    pub fn push(&mut self, entry: Entry<'_>, out: &mut Vec<u8>) {
        self.count += 1;
        match self.options.format {
            Format::JsonLines => jsonl::encode(entry.delivery, out),
        }
    }

    /// Appends what comes after the last callback; returns their number.
    pub fn end(self, _out: &mut Vec<u8>) -> u64 {
        self.count
    }
}
