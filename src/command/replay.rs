//! `imscope replay`: sends the callbacks of a recording again.

mod schedule;
mod progress;
mod request;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use hyper::Uri;

use super::cli::recording::ReplayOptions;
use super::report::Report;
use crate::callback::Delivery;
use crate::callback::decode::command_word;
use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::signature::Token;
use crate::edge::clock;
use crate::edge::http_client::HttpClient;
use crate::edge::recording_reader::{Entry, RecordingReader, SkippedLines, Source};
use progress::Progress;
use schedule::Schedule;

/// Sends the callbacks of a recording, one after the other, and prints invalid
/// replies and a summary; the exit status is 0 if all replies are valid.
///
/// # Errors
/// A file that is not a recording, a token that cannot be read, or an output that
/// cannot be written.
pub fn run(options: &ReplayOptions, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let source = Source::new(&options.file);
    let mut replay = Replay {
        to: &options.to,
        token: options.token.read()?,
        schedule: Schedule::new(options.speed),
        client: HttpClient::default(),
        report: Report::errors_only(),
        skipped_lines: SkippedLines::default(),
        not_sent: 0,
        cut: 0,
    };
    let mut lines = source.open()?;
    let mut progress = Progress::new(source.size());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the async runtime")?;
    let sent = runtime.block_on(replay.send_all(&mut lines, &mut progress, out));
    progress.clear();
    sent.with_context(|| format!("cannot replay {}", source.name()))?;
    replay.finish(&source.name(), out)
}

struct Replay<'a> {
    to: &'a Uri,
    token: Option<Token>,
    schedule: Schedule,
    client: HttpClient,
    report: Report,
    skipped_lines: SkippedLines,
    /// Number of recorded requests that were refused, or that are not callbacks.
    not_sent: u64,
    /// Number of callbacks of whose body only the beginning is in the recording.
    cut: u64,
}

impl Replay<'_> {
    async fn send_all(
        &mut self,
        lines: &mut RecordingReader<impl BufRead>,
        progress: &mut Progress,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        while let Some(entry) = lines.read()? {
            match entry {
                Entry::Broken(number, error) => self.skipped_lines.add(number, error),
                // A refused request is not signed again: a forged one would become valid.
                Entry::Delivery(it) if it.is_refused() || it.is_probe() => self.not_sent += 1,
                Entry::Delivery(it) if it.omitted_bytes > 0 => self.cut += 1,
                Entry::Delivery(delivery) => {
                    self.schedule.wait(delivery.at).await;
                    let mut text = Vec::new();
                    self.send(&delivery, &mut text).await?;
                    if !text.is_empty() {
                        progress.clear();
                        out.write_all(&text)?;
                    }
                    progress.show(lines.bytes(), &self.report);
                }
            }
        }
        Ok(())
    }

    async fn send(&mut self, delivery: &Delivery, out: &mut impl Write) -> io::Result<()> {
        let request = request::request(delivery, self.to, self.token.as_ref(), clock::now());
        let reply = match request {
            Ok(request) => self.client.send(request).await,
            Err(error) => Err(error),
        };
        match reply {
            Ok(reply) => {
                let word = command_word(delivery);
                let expected = Expected::of(&word, &delivery.body);
                let checked = check_reply(expected, reply.status, &reply.body);
                self.report.add_reply(reply.status, reply.took, checked, out)
            }
            Err(error) => self.report.add_failure(&format!("{error:#}"), out),
        }
    }

    fn finish(mut self, name: &str, out: &mut impl Write) -> anyhow::Result<ExitCode> {
        if let Some(summary) = self.skipped_lines.summary(name) {
            writeln!(out, "{summary}")?;
        }
        if self.not_sent > 0 {
            writeln!(out, "{} not sent: refused when recorded, or not callbacks", self.not_sent)?;
        }
        if self.cut > 0 {
            writeln!(out, "{} not sent: only the beginning of the body was kept", self.cut)?;
        }
        if self.report.is_empty() && self.not_sent + self.cut == 0 {
            bail!("no callbacks in {name}");
        }
        self.report.finish(out)?;
        Ok(if self.report.all_valid() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
