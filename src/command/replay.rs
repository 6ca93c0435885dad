//! `imscope replay`: sends the callbacks of a recording again.

mod schedule;
mod progress;
mod request;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use hyper::Uri;
use tokio::sync::mpsc;

use super::checked_reply::CheckedReply;
use super::cli::recording::ReplayOptions;
use super::report::Report;
use super::words;
use crate::callback::Delivery;
use crate::callback::decode::command_word;
use crate::callback::lang::localize;
use crate::callback::secret::Secrets;
use crate::callback::signature::Token;
use crate::edge::http_client::HttpClient;
use crate::edge::recording_reader::{Entry, RecordingReader, SkippedLines, Source};
use crate::edge::signals::interrupted;
use crate::edge::{clock, task};
use progress::Progress;
use schedule::Schedule;

/// Number of entries that are read before the last one is sent.
const READ_AHEAD: usize = 4;

/// Sends the callbacks of a recording, one after the other, and prints the replies that
/// are invalid or do not allow what a "before" command asks, and a summary; the exit status is 0 if all replies are valid.
///
/// # Errors
/// A file that is not a recording, a token that cannot be read, or an output that
/// cannot be written.
pub fn run(options: &ReplayOptions, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let source = Source::new(&options.file);
    let mut replay = Replay {
        to: &options.to,
        token: options.token.read(options.lang)?,
        schedule: Schedule::new(options.speed),
        client: HttpClient::default(),
        report: Report::remarkable_only(options.lang),
        skipped_lines: SkippedLines::default(),
        not_sent: 0,
        cut: 0,
    };
    let entries = read_on_thread(source.open()?)?;
    let mut progress = Progress::new(source.size());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context(words::NO_RUNTIME.text(options.lang))?;
    let sent = runtime.block_on(async {
        tokio::select! {
            biased;
            () = interrupted() => Ok(Progressed::Interrupted),
            sent = replay.send_all(entries, &mut progress, out) => sent.map(|()| Progressed::ToTheEnd),
        }
    });
    progress.clear();
    let name = source.name(options.lang);
    let sent = sent
        .with_context(|| localize!(options.lang, "cannot replay {name}", "无法重新发送 {name}"))?;
    replay.finish(&name, sent, out)
}

/// How far a replay came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progressed {
    ToTheEnd,
    Interrupted,
}

/// An entry of a recording, and how many bytes were read up to it.
type ReadEntry = io::Result<(Entry, u64)>;

/// Reads on a thread of its own: a pipe that is idle must not delay a signal.
fn read_on_thread(
    mut lines: RecordingReader<impl BufRead + Send + 'static>,
) -> io::Result<mpsc::Receiver<ReadEntry>> {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    let reading = move || {
        while let Some(entry) = lines.read().transpose() {
            let entry = entry.map(|it| (it, lines.bytes()));
            let failed = entry.is_err();
            if sender.blocking_send(entry).is_err() || failed {
                return;
            }
        }
    };
    task::start_thread("read", reading)?;
    Ok(receiver)
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
        mut entries: mpsc::Receiver<ReadEntry>,
        progress: &mut Progress,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        while let Some(entry) = entries.recv().await {
            let (entry, bytes) = entry?;
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
                    progress.show(bytes, &self.report);
                }
            }
        }
        Ok(())
    }

    async fn send(&mut self, delivery: &Delivery, out: &mut impl Write) -> io::Result<()> {
        let request = request::request(delivery, self.to, self.token.as_ref(), clock::now());
        let target = request.as_ref().map(|it| it.uri().to_string()).unwrap_or_default();
        let reply = match request {
            Ok(request) => self.client.send(request).await,
            Err(error) => Err(error),
        };
        let secrets = Secrets::of_target(&target, self.token.as_ref());
        let word = command_word(delivery);
        let checked =
            CheckedReply::new(&word, &delivery.body, &reply, &secrets, self.report.lang());
        self.report.add(&checked, out)
    }

    fn finish(
        mut self,
        name: &str,
        sent: Progressed,
        out: &mut impl Write,
    ) -> anyhow::Result<ExitCode> {
        let lang = self.report.lang();
        if let Some(summary) = self.skipped_lines.summary(name, lang) {
            writeln!(out, "{summary}")?;
        }
        if self.not_sent > 0 {
            let text = localize!(
                lang,
                "{} not sent: refused when recorded, or not callbacks",
                "{} 个未发送：录制时已拒收，或不是回调",
                self.not_sent
            );
            writeln!(out, "{text}")?;
        }
        if self.cut > 0 {
            let text = localize!(
                lang,
                "{} not sent: only the beginning of the body was kept",
                "{} 个未发送：正文只保留了开头",
                self.cut
            );
            writeln!(out, "{text}")?;
        }
        let interrupted = sent == Progressed::Interrupted;
        if self.report.is_empty() && self.not_sent + self.cut == 0 && !interrupted {
            bail!(localize!(lang, "no callbacks in {name}", "{name} 中没有回调"));
        }
        self.report.finish(out)?;
        Ok(self.report.exit_code(interrupted))
    }
}
