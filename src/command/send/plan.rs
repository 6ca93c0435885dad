//! The callbacks to send: each a function of seed, index and start time, so that a
//! million of them need no memory and their order does not change them.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use anyhow::Context;

use crate::callback::json;
use crate::callback::sample::event::recipient;
use crate::callback::sample::{Maker, Outcome, Sample};
use crate::callback::{Lang, Timestamp};
use crate::command::cli::send::{CallbackOptions, SendOptions};
use crate::command::words;

/// The callbacks to send, generated one by one.
pub(super) struct Plan<'a> {
    options: &'a SendOptions,
    seed: u64,
    start: Timestamp,
    /// The body of `--body`, and its `CallbackCommand`.
    body: Option<(Vec<u8>, String)>,
}

impl<'a> Plan<'a> {
    /// Without a seed, `start` is the seed, so that two runs are not duplicates of
    /// each other.
    ///
    /// # Errors
    /// A body that cannot be read.
    pub(super) fn new(options: &'a SendOptions, start: Timestamp) -> anyhow::Result<Self> {
        let body = match &options.callback.body {
            Some(path) => Some(read(path, &options.callback, options.lang)?),
            None => None,
        };
        let seed = options.seed.unwrap_or(start.0.unsigned_abs());
        Ok(Self { options, seed, start, body })
    }

    /// `CallbackCommand` of the callbacks.
    pub(super) fn word(&self) -> &str {
        self.body.as_ref().map_or(&self.options.callback.command, |(_, word)| word)
    }

    /// The indices of the samples, in the order in which to send them.
    pub(super) fn order(&self) -> Vec<u32> {
        let times = if self.options.duplicate { 2 } else { 1 };
        let mut order: Vec<u32> =
            (0..self.options.count).flat_map(|nth| std::iter::repeat_n(nth, times)).collect();
        if self.options.shuffle {
            fastrand::Rng::with_seed(self.seed).shuffle(&mut order);
        }
        order
    }

    /// The sample of an index, from 0.
    pub(super) fn sample(&self, nth: u32) -> Sample {
        let callback = &self.options.callback;
        if let Some((body, word)) = &self.body {
            return Sample::new(&callback.sdk_app_id, word, &callback.from, body.clone());
        }
        let mut maker = Maker::new(self.seed.wrapping_add(u64::from(nth)), &callback.sdk_app_id);
        let elements = maker.body(callback.shape, callback.text.as_deref());
        let to = callback.to.as_deref().unwrap_or_else(|| recipient(&callback.command));
        let mut message = maker.message(&callback.from, to, self.time(nth), elements);
        // Increasing, so that shuffled messages are out of order.
        message.seq = (fastrand::Rng::with_seed(self.seed).u32(..) >> 1).wrapping_add(nth);
        maker.of_word(&callback.command, &message, &outcome(callback, nth))
    }

    /// The `MsgTime` of an index: with a rate, times are as far apart as the callbacks.
    fn time(&self, nth: u32) -> Timestamp {
        let seconds = self.options.rate.map_or(0.0, |it| f64::from(nth) / it);
        self.start.plus(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
    }
}

fn outcome(callback: &CallbackOptions, nth: u32) -> Outcome {
    let mut outcome = match callback.result {
        0 if callback.command.ends_with("MsgReport") => Outcome::sent(0),
        0 => Outcome::sent(i64::from(nth) + 1),
        code => Outcome::failed(code),
    };
    outcome.unread = callback.unread.or(outcome.unread);
    if let Some(info) = &callback.error_info {
        outcome.info.clone_from(info);
    }
    outcome
}

/// The bytes of `--body`, and their `CallbackCommand` or that of the options.
fn read(path: &Path, callback: &CallbackOptions, lang: Lang) -> anyhow::Result<(Vec<u8>, String)> {
    let body = if path == Path::new("-") {
        let mut body = Vec::new();
        io::stdin().read_to_end(&mut body).context(words::UNREADABLE_INPUT.text(lang))?;
        body
    } else {
        fs::read(path).with_context(|| words::unreadable(path, lang))?
    };
    let stated = json::read(&body).ok().and_then(|it| it.get("CallbackCommand")?.as_str());
    let word = stated.map_or_else(|| callback.command.clone(), std::borrow::Cow::into_owned);
    Ok((body, word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::cli::file_settings::FileSettings;
    use crate::command::cli::{Cli, Command};

    const START: Timestamp = Timestamp(1_557_481_126_000_000);

    fn options(line: &str) -> SendOptions {
        let words = ["imscope", "send"].into_iter().chain(line.split_whitespace());
        let words: Vec<_> = words.map(Into::into).collect();
        match Cli::parse(&words, &FileSettings::default(), Lang::En).unwrap().command {
            Command::Send(options) => *options,
            _ => panic!("should be send"),
        }
    }

    fn bodies(line: &str) -> Vec<String> {
        let options = options(line);
        let plan = Plan::new(&options, START).unwrap();
        let text = |nth| String::from_utf8(plan.sample(nth).body).unwrap();
        plan.order().into_iter().map(text).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_callbacks_in_any_order() {
        let ordered = bodies("--seed 7 --count 20 --type several");
        let mut shuffled = bodies("--seed 7 --count 20 --type several --shuffle");
        assert_ne!(ordered, shuffled);
        assert_eq!(shuffled, bodies("--seed 7 --count 20 --type several --shuffle"));
        shuffled.sort();
        let mut sorted = ordered.clone();
        sorted.sort();
        assert_eq!(sorted, shuffled);
        assert_ne!(ordered, bodies("--seed 8 --count 20 --type several"));
    }

    #[test]
    fn duplicates_are_identical_to_the_byte() {
        let twice = bodies("--seed 7 --count 2 --duplicate");
        assert_eq!(twice.len(), 4);
        assert!(twice[0] == twice[1] && twice[1] != twice[2]);
    }

    #[test]
    fn the_body_contains_the_values_of_the_options() {
        let line = "--from 李雷 --to bob --result 80001 --error-info no --text hi --unread -1";
        let body = &bodies(line)[0];
        for wanted in [
            r#""From_Account":"李雷""#,
            r#""To_Account":"bob""#,
            r#""SendMsgResult":80001,"ErrorInfo":"no","UnreadMsgNum":-1"#,
            r#""Text":"hi""#,
            r#""MsgTime":1557481126"#,
        ] {
            assert!(body.contains(wanted), "{wanted} in {body}");
        }
    }

    #[test]
    fn a_group_command_goes_to_the_group_that_is_given() {
        for (command, to, group) in [
            ("Group.CallbackAfterSendMsg", " --to g1", "g1"),
            ("Group.CallbackBeforeSendMsg", " --to g1", "g1"),
            ("Group.CallbackAfterGroupFull", " --to g1", "g1"),
            ("Group.CallbackAfterGroupFull", "", "@TGS#2J4SZEAEL"),
        ] {
            let body = &bodies(&format!("--command {command}{to}"))[0];
            assert!(body.contains(&format!(r#""GroupId":"{group}""#)), "{body}");
        }
        assert!(bodies("")[0].contains(r#""To_Account":"Jonh""#));
    }

    #[test]
    fn unread_increases_and_is_zero_in_a_read_report() {
        let sent = bodies("--count 3");
        assert!(sent[2].contains(r#""UnreadMsgNum":3"#));
        let read = bodies("--command C2C.CallbackAfterMsgReport");
        assert!(read[0].contains(r#""UnreadMsgNum":0"#), "{}", read[0]);
    }
}
