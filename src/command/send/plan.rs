//! What is to be sent: each sample a function of seed, number and start, so
//! that a million of them need no room and any order gives the same.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use anyhow::Context;

use super::super::cli::send::{CallbackOptions, SendOptions};
use crate::callback::Timestamp;
use crate::callback::json;
use crate::callback::sample::{Maker, Outcome, Sample};

/// What is to be sent.
pub(super) struct Plan<'a> {
    options: &'a SendOptions,
    seed: u64,
    start: Timestamp,
    /// The user's own bytes and their command word.
    given: Option<(Vec<u8>, String)>,
}

impl<'a> Plan<'a> {
    /// The plan of some options. Without a seed the time is one, so that two
    /// runs are not taken for duplicates of each other.
    pub(super) fn new(options: &'a SendOptions, start: Timestamp) -> anyhow::Result<Self> {
        let given = match &options.callback.body {
            Some(path) => Some(read(path, &options.callback)?),
            None => None,
        };
        let seed = options.seed.unwrap_or(start.0.unsigned_abs());
        Ok(Self { options, seed, start, given })
    }

    /// The command word of all that is sent.
    pub(super) fn word(&self) -> &str {
        self.given.as_ref().map_or(&self.options.callback.command, |(_, word)| word)
    }

    /// The numbers of the samples in the order in which to send them.
    pub(super) fn order(&self) -> Vec<u32> {
        let times = if self.options.duplicate { 2 } else { 1 };
        let mut order: Vec<u32> =
            (0..self.options.count).flat_map(|nth| std::iter::repeat_n(nth, times)).collect();
        if self.options.shuffle {
            fastrand::Rng::with_seed(self.seed).shuffle(&mut order);
        }
        order
    }

    /// The sample of a number, from 0.
    pub(super) fn sample(&self, nth: u32) -> Sample {
        let what = &self.options.callback;
        if let Some((body, word)) = &self.given {
            return Sample::new(&what.app, word, &what.from, body.clone());
        }
        let mut maker = Maker::new(self.seed.wrapping_add(u64::from(nth)), &what.app);
        let elements = maker.body(what.shape, what.text.as_deref());
        let mut message = maker.message(&what.from, &what.to, self.time(nth), elements);
        // Rising, so that what was shuffled can be told from what was not.
        message.seq = (fastrand::Rng::with_seed(self.seed).u32(..) >> 1).wrapping_add(nth);
        maker.of_word(&what.command, &message, &outcome(what, nth))
    }

    /// When the message of a number was sent: a paced run's are as far apart as
    /// their callbacks.
    fn time(&self, nth: u32) -> Timestamp {
        let seconds = self.options.rate.map_or(0.0, |it| f64::from(nth) / it);
        self.start.plus(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
    }
}

fn outcome(what: &CallbackOptions, nth: u32) -> Outcome {
    let mut outcome = match what.result {
        0 if what.command.ends_with("MsgReport") => Outcome::sent(0),
        0 => Outcome::sent(i64::from(nth) + 1),
        code => Outcome::failed(code),
    };
    outcome.unread = what.unread.or(outcome.unread);
    if let Some(info) = &what.error_info {
        outcome.info.clone_from(info);
    }
    outcome
}

/// The user's own bytes, and the command word they hold if they hold one.
fn read(path: &Path, what: &CallbackOptions) -> anyhow::Result<(Vec<u8>, String)> {
    let body = if path == Path::new("-") {
        let mut body = Vec::new();
        io::stdin().read_to_end(&mut body).context("cannot read standard input")?;
        body
    } else {
        fs::read(path).with_context(|| format!("cannot read {}", path.display()))?
    };
    let held = json::read(&body).ok().and_then(|it| it.get("CallbackCommand")?.as_str());
    let word = held.map_or_else(|| what.command.clone(), std::borrow::Cow::into_owned);
    Ok((body, word))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::super::cli::{Cli, Command};
    use super::*;

    const START: Timestamp = Timestamp(1_557_481_126_000_000);

    fn options(line: &str) -> SendOptions {
        let words = ["imscope", "send"].into_iter().chain(line.split_whitespace());
        match Cli::try_parse_from(words).unwrap().command {
            Some(Command::Send(options)) => *options,
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
    fn the_same_seed_plans_the_same_in_any_order() {
        let straight = bodies("--seed 7 --count 20 --type several");
        let mut shuffled = bodies("--seed 7 --count 20 --type several --shuffle");
        assert_ne!(straight, shuffled);
        assert_eq!(shuffled, bodies("--seed 7 --count 20 --type several --shuffle"));
        shuffled.sort();
        let mut sorted = straight.clone();
        sorted.sort();
        assert_eq!(sorted, shuffled);
        assert_ne!(straight, bodies("--seed 8 --count 20 --type several"));
    }

    #[test]
    fn duplicates_are_the_same_to_the_byte() {
        let twice = bodies("--seed 7 --count 2 --duplicate");
        assert_eq!(twice.len(), 4);
        assert!(twice[0] == twice[1] && twice[1] != twice[2]);
    }

    #[test]
    fn options_find_their_way_into_the_body() {
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
    fn unread_rises_by_itself_and_a_read_report_says_zero() {
        let rising = bodies("--count 3");
        assert!(rising[2].contains(r#""UnreadMsgNum":3"#));
        let read = bodies("--command C2C.CallbackAfterMsgReport");
        assert!(read[0].contains(r#""UnreadMsgNum":0"#), "{}", read[0]);
    }
}
