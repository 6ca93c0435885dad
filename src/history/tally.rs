//! Counts callbacks that were read from the flow, as the side panes count all of them.

use std::collections::HashMap;

use super::counts::Counts;
use super::failures::{Failures, MAX_CODES};
use super::flow_reader::KeptCallback;
use super::row::Flags;
use super::statistics::{Statistics, failures};
use super::unread::Unread;
use crate::callback::decode;

/// Memory for the unread counts in bytes.
const UNREAD_BYTES: usize = 16 << 20;

/// Different texts of `ErrorInfo` that are kept of a code, and the length of each in bytes.
const MAX_INFOS: usize = 8;
const MAX_INFO: usize = 512;

/// The counts of some callbacks.
#[derive(Debug)]
pub struct Tally {
    statistics: Statistics,
    infos: HashMap<i64, Infos>,
}

/// The texts of `ErrorInfo` of a code.
#[derive(Debug, Default)]
pub struct Infos {
    texts: Vec<Box<str>>,
    has_others: bool,
}

impl Infos {
    fn add(&mut self, info: &str) {
        let info = &info[..info.floor_char_boundary(MAX_INFO)];
        if info.is_empty() || self.texts.iter().any(|it| **it == *info) {
            return;
        }
        match self.texts.len() < MAX_INFOS {
            true => self.texts.push(info.into()),
            false => self.has_others = true,
        }
    }

    /// The first different ones, and whether there were others.
    pub fn texts(&self) -> (&[Box<str>], bool) {
        (&self.texts, self.has_others)
    }
}

impl Default for Tally {
    fn default() -> Self {
        Self { statistics: Statistics::with_limit(UNREAD_BYTES), infos: HashMap::new() }
    }
}

impl Tally {
    /// Counts a callback; those that follow must have arrived later.
    pub fn add(&mut self, kept: &KeptCallback) {
        let KeptCallback { delivery, flags } = kept;
        if flags.contains(Flags::REFUSED) {
            self.statistics.counts.refuse(delivery.refusal);
        } else if !delivery.origin.is_resent() {
            let callback = decode(delivery);
            self.statistics.count(&callback, delivery, *flags);
            for (code, info) in failures(&callback, *flags) {
                if self.infos.len() < MAX_CODES || self.infos.contains_key(&code) {
                    self.infos.entry(code).or_default().add(info);
                }
            }
        }
    }

    /// The unread counts of all users.
    pub fn unread(&self) -> &Unread {
        &self.statistics.unread
    }

    /// The failures by code.
    pub fn failures(&self) -> &Failures {
        &self.statistics.failures
    }

    /// The texts of `ErrorInfo` of a code.
    pub fn infos(&self, code: i64) -> Option<&Infos> {
        self.infos.get(&code)
    }

    /// The numbers of duplicate, older, odd and refused callbacks.
    pub fn counts(&self) -> Counts {
        self.statistics.counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Delivery;

    #[test]
    fn each_text_of_a_code_is_kept_once_within_a_bound() {
        let mut tally = Tally::default();
        for nth in (0..20).chain(0..20) {
            let body = format!(
                r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","SendMsgResult":80001,
                "ErrorInfo":"{}{nth}"}}"#,
                if nth < 10 { "" } else { "later " }
            );
            let delivery = Delivery { body: body.into_bytes().into(), ..Delivery::default() };
            tally.add(&KeptCallback { delivery, flags: Flags::default() });
        }
        let (texts, has_others) = tally.infos(80001).unwrap().texts();
        assert_eq!((texts.len(), &*texts[0], &*texts[7], has_others), (MAX_INFOS, "0", "7", true));
        assert!(tally.infos(1).is_none());
    }
}
