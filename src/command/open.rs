//! `imscope open`: a recording in the dashboard.

use std::process::ExitCode;
use std::thread;

use anyhow::Context as _;
use tokio::sync::mpsc;

use super::cli::recording::OpenOptions;
use super::effects::EffectHandler;
use super::session::{self, Inputs, MESSAGES};
use crate::dashboard::App;
use crate::dashboard::{Settings, Source as From};
use crate::edge::clock;
use crate::edge::event_loop::Message;
use crate::edge::queue::{Sender, queue};
use crate::edge::recording_reader::{Entry, RecordingReader, SkippedLines, Source};
use crate::edge::terminal::Screen;
use crate::history::HistoryConfig;

/// Shows a recording until the user leaves; a pipe is followed to its end.
///
/// # Errors
/// A file that is no recording, or one of a newer imscope; no terminal.
pub fn run(options: OpenOptions) -> anyhow::Result<ExitCode> {
    let OpenOptions { file, app, screen } = options;
    let source = Source::new(&file);
    let lines = source.open()?;
    let settings = Settings {
        source: From::Recording,
        ..session::settings(&screen, source.name(), app.clone())
    };
    let (to_loop, deliveries) = queue();
    let (tell, news) = mpsc::channel(MESSAGES);
    let mut surface = Screen::open()?;
    let mut app = App::new(settings, HistoryConfig { max_bytes: screen.keep, app }, clock::now());
    app.set_filter(screen.filter);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let reader =
        Reader { lines, name: source.name(), to_loop: to_loop.clone(), tell: tell.clone() };
    thread::Builder::new().name("read".to_owned()).spawn(move || reader.run())?;
    let effects = EffectHandler { messages: tell, lang: screen.lang, listener: None };
    let inputs = Inputs { deliveries, messages: news, recording: None };
    runtime.block_on(session::run(&mut app, &mut surface, inputs, effects))?;
    // Only now: without it the loop would end with the recording.
    drop(to_loop);
    Ok(ExitCode::SUCCESS)
}

/// Reads on a thread of its own, so that neither a slow disk nor a pipe in
/// which nothing comes makes a key wait.
struct Reader<R> {
    lines: RecordingReader<R>,
    name: String,
    to_loop: Sender,
    tell: mpsc::Sender<Message>,
}

impl<R: std::io::BufRead> Reader<R> {
    fn run(mut self) {
        let mut broken = SkippedLines::default();
        let end = self.read(&mut broken);
        let told = match end {
            Err(error) => Some(format!("{error:#}")),
            Ok(()) => broken.summary(&self.name),
        };
        if let Some(told) = told {
            let _ = self.tell.blocking_send(Message::Notice(told));
        }
    }

    fn read(&mut self, broken: &mut SkippedLines) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        loop {
            let item = self.lines.read().with_context(|| format!("cannot read {}", self.name))?;
            match item {
                None => return Ok(()),
                Some(Entry::Delivery(delivery)) => {
                    if runtime.block_on(self.to_loop.send_numbered(*delivery)).is_err() {
                        // The user has left.
                        return Ok(());
                    }
                }
                Some(Entry::Broken(number, mistake)) => {
                    broken.add(number, mistake);
                    // Told at once, for a pipe may have no end; if the loop is
                    // behind with such news, the next one has the new count.
                    if let Some(told) = broken.summary(&self.name) {
                        let _ = self.tell.try_send(Message::Notice(told));
                    }
                }
            }
        }
    }
}
