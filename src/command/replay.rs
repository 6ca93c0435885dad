//! `imscope replay`: a recording is sent again.

mod request;
mod progress;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use hyper::Uri;
use tokio::time::{Instant, sleep_until};

use super::cli::recording::{ReplayOptions, Speed};
use super::send::report::Report;
use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::signature::Token;
use crate::callback::{Delivery, Timestamp, decode};
use crate::edge::clock;
use crate::edge::http_client::HttpClient;
use crate::edge::recording_reader::{Entry, RecordingReader, SkippedLines, Source};
use progress::Progress;

/// Sends every callback of a recording, one after the other, and tells what was
/// answered; the exit status is 0 if all were answered as Tencent requires.
///
/// # Errors
/// A file that is no recording, a token that cannot be read, or an output that
/// cannot be written.
pub fn run(options: &ReplayOptions, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let source = Source::new(&options.file);
    let mut replay = Replay {
        to: &options.to,
        token: options.token.read()?,
        pace: Pace { speed: options.speed, began: None },
        poster: HttpClient::default(),
        report: Report::of_what_is_wrong(),
        broken: SkippedLines::default(),
        left_out: 0,
    };
    let mut lines = source.open()?;
    let mut progress = Progress::new(source.size());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start")?;
    let sent = runtime.block_on(replay.send(&mut lines, &mut progress, out));
    progress.clear();
    sent.with_context(|| format!("cannot replay {}", source.name()))?;
    replay.end(&source.name(), out)
}

/// When which callback is due.
struct Pace {
    speed: Speed,
    /// The first callback's time, and when it was sent.
    began: Option<(Timestamp, Instant)>,
}

impl Pace {
    /// Waits until a callback that came at this time is due.
    async fn wait(&mut self, at: Timestamp) {
        let Some(speed) = self.speed.0 else { return };
        let (first, began) = *self.began.get_or_insert_with(|| (at, Instant::now()));
        sleep_until(began + at.since(first).div_f64(speed)).await;
    }
}

struct Replay<'a> {
    to: &'a Uri,
    token: Option<Token>,
    pace: Pace,
    poster: HttpClient,
    report: Report,
    broken: SkippedLines,
    /// Calls that were refused, or no callbacks at all.
    left_out: u64,
}

impl Replay<'_> {
    async fn send(
        &mut self,
        lines: &mut RecordingReader<impl BufRead>,
        progress: &mut Progress,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        while let Some(item) = lines.read()? {
            match item {
                Entry::Broken(number, mistake) => self.broken.add(number, mistake),
                // To sign what was refused would make a forgery true.
                Entry::Delivery(it) if it.is_refused() || it.is_probe() => self.left_out += 1,
                Entry::Delivery(delivery) => {
                    self.pace.wait(delivery.at).await;
                    let mut said = Vec::new();
                    self.one(&delivery, &mut said).await?;
                    if !said.is_empty() {
                        progress.clear();
                        out.write_all(&said)?;
                    }
                    progress.show(lines.bytes(), &self.report);
                }
            }
        }
        Ok(())
    }

    async fn one(&mut self, delivery: &Delivery, out: &mut impl Write) -> io::Result<()> {
        let request = request::request(delivery, self.to, self.token.as_ref(), clock::now());
        let replied = match request {
            Ok(request) => self.poster.send(request).await,
            Err(error) => Err(error),
        };
        match replied {
            Ok(reply) => {
                let expected = Expected::of(&decode::command_word(delivery));
                let checked = check_reply(expected, reply.status, &reply.body);
                self.report.replied(reply.status, reply.took, checked, out)
            }
            Err(error) => self.report.silent(&format!("{error:#}"), out),
        }
    }

    fn end(mut self, name: &str, out: &mut impl Write) -> anyhow::Result<ExitCode> {
        if let Some(told) = self.broken.summary(name) {
            writeln!(out, "{told}")?;
        }
        if self.left_out > 0 {
            writeln!(out, "{} left out: refused then, or no callbacks", self.left_out)?;
        }
        if self.report.is_empty() && self.left_out == 0 {
            bail!("there is no callback in {name}");
        }
        self.report.end(out)?;
        Ok(if self.report.all_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn pauses_are_as_long_as_they_were_or_shorter_by_the_speed() {
        for (speed, seconds) in [(Some(1.0), 3600), (Some(10.0), 360), (None, 0)] {
            let mut pace = Pace { speed: Speed(speed), began: None };
            let began = Instant::now();
            // The second came before the first: two clocks, or two files in one.
            for second in [1_700_000_000, 1_600_000_000, 1_700_003_600] {
                pace.wait(Timestamp::from_secs(second)).await;
            }
            let waited = began.elapsed().as_secs_f64().round();
            assert!((waited - f64::from(seconds)).abs() < 0.5, "{waited} s at {speed:?}");
        }
    }
}
