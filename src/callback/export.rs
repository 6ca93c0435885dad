//! Encodes callbacks as a file for other programs and for people: a recording, HAR 1.2,
//! a script of curl lines, CSV, or a report in HTML.

mod csv;
mod curl_script;
mod har;
mod html;
#[cfg(test)]
mod tests;

use jiff::tz::TimeZone;

use super::curl::Destination;
use super::decode;
use super::delivery::Delivery;
use super::jsonl;
use super::lang::{Lang, Localized};
use super::timestamp::Timestamp;
use html::Report;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A recording.
    JsonLines,
    /// HTTP Archive 1.2.
    Har,
    /// A script of bash with a curl command for each callback.
    Curl,
    /// Comma-separated values.
    Csv,
    /// A report for people.
    Html,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::JsonLines, Self::Har, Self::Curl, Self::Csv, Self::Html];

    /// The extension of a file name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Har => "har",
            Self::Curl => "sh",
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }

    /// The key that chooses it in a menu.
    pub const fn key(self) -> char {
        match self {
            Self::JsonLines => 'j',
            Self::Har => 'h',
            Self::Curl => 'c',
            Self::Csv => 'v',
            Self::Html => 'r',
        }
    }

    /// Whether the file is a program.
    pub const fn is_program(self) -> bool {
        matches!(self, Self::Curl)
    }

    /// Its name.
    pub const fn label(self) -> Localized {
        match self {
            Self::JsonLines => Localized::new("JSON Lines, a recording", "JSON Lines（录制文件）"),
            Self::Har => Localized::new("HAR 1.2", "HAR 1.2"),
            Self::Curl => Localized::new("a script of curl lines", "curl 脚本"),
            Self::Csv => Localized::new("CSV, a row each", "CSV（每条一行）"),
            Self::Html => Localized::new("a report in HTML", "HTML 报告"),
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
    /// The time zone.
    pub zone: TimeZone,
    /// Where the listener is, for URLs.
    pub listener: Destination,
}

impl ExportOptions {
    /// Date, time and UTC offset: `2026-11-22T14:02:11.123456+08:00`; empty for a time
    /// out of range.
    fn date_time(&self, at: Timestamp) -> String {
        let Ok(stamp) = jiff::Timestamp::from_microsecond(at.0) else { return String::new() };
        stamp.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.6f%:z").to_string()
    }
}

/// A callback to be encoded.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The delivery.
    pub delivery: &'a Delivery,
    /// What is remarkable about it, in words of the filter: `duplicate odd`.
    pub signs: &'a str,
}

/// What a report says of all of its callbacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The failures by code, most frequent first.
    pub failures: Vec<CodeCount>,
    /// The latest unread count of each user, highest first.
    pub unread: Vec<UserCount>,
    /// The number of other users.
    pub other_users: usize,
    /// How many callbacks have each sign.
    pub signs: Vec<SignCount>,
}

/// The callbacks with one sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignCount {
    /// Its word in the filter.
    pub word: &'static str,
    /// What it means.
    pub meaning: Localized,
    /// How many have it.
    pub count: u64,
}

/// The failures with one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeCount {
    /// The code.
    pub code: i64,
    /// How many callbacks report it.
    pub count: u64,
    /// The different texts of `ErrorInfo`; of many the first.
    pub infos: Vec<String>,
    /// Whether there are more of them.
    pub has_other_infos: bool,
}

/// The unread count of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserCount {
    /// The user id.
    pub user: String,
    /// The latest count.
    pub count: u32,
    /// Whether it has changed since, in a callback that does not have it.
    pub is_doubtful: bool,
}

/// Encodes one file; the callbacks are given one after another.
#[derive(Debug)]
pub struct Encoder {
    options: ExportOptions,
    count: u64,
    report: Report,
}

impl Encoder {
    /// Begins a file: what comes before the first callback is appended to `out`.
    pub fn begin(options: ExportOptions, out: &mut Vec<u8>) -> Self {
        match options.format {
            Format::JsonLines => {}
            Format::Har => har::begin(out),
            Format::Curl => curl_script::begin(&options, out),
            Format::Csv => csv::begin(out),
            Format::Html => html::begin(options.lang, out),
        }
        Self { options, count: 0, report: Report::default() }
    }

    /// Appends a callback to `out`.
    pub fn push(&mut self, entry: Entry<'_>, out: &mut Vec<u8>) {
        let options = &self.options;
        match options.format {
            Format::JsonLines => jsonl::encode(entry.delivery, out),
            Format::Har => har::push(options, entry, self.count == 0, out),
            Format::Curl => curl_script::push(options, entry.delivery, self.count == 0, out),
            Format::Csv => csv::push(options, entry, &decode(entry.delivery), out),
            Format::Html => self.report.push(options, entry, &decode(entry.delivery), out),
        }
        self.count += 1;
    }

    /// Appends what comes after the last callback; returns their number.
    pub fn end(self, summary: &Summary, out: &mut Vec<u8>) -> u64 {
        match self.options.format {
            Format::JsonLines | Format::Curl | Format::Csv => {}
            Format::Har => har::end(out),
            Format::Html => self.report.end(&self.options, self.count, summary, out),
        }
        self.count
    }
}
