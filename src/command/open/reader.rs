//! Reads a recording on a thread of its own, so that a slow disk or an idle pipe
//! does not delay keys.

use std::io::BufRead;

use anyhow::Context as _;
use tokio::sync::mpsc;

use crate::callback::secret::{self, TokenSpellings};
use crate::callback::trouble::reason;
use crate::callback::{Lang, Origin};
use crate::command::sentence;
use crate::dashboard::Notice;
use crate::dashboard::words::BARE_BODIES;
use crate::edge::event_loop::Message;
use crate::edge::queue::Sender;
use crate::edge::recording_reader::{Entry, RecordingReader, SkippedLines};

/// A recording, and where its deliveries go.
pub(super) struct Reader<R> {
    pub(super) lines: RecordingReader<R>,
    /// The name of the recording, for error messages.
    pub(super) name: String,
    pub(super) lang: Lang,
    pub(super) deliveries: Sender,
    pub(super) messages: mpsc::Sender<Message>,
}

impl<R: BufRead> Reader<R> {
    /// Reads to the end, and reports an error or the number of skipped lines.
    pub(super) fn run(mut self) {
        let mut skipped = SkippedLines::default();
        let notice = match self.read(&mut skipped) {
            Err(error) => Some(sentence(&error, self.lang)),
            Ok(()) => skipped.summary(&self.name, self.lang),
        };
        if let Some(notice) = notice {
            let _ = self.messages.blocking_send(Message::Notice(notice.into()));
        }
    }

    fn read(&mut self, skipped: &mut SkippedLines) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let mut bare = false;
        loop {
            let entry = self.lines.read().with_context(|| reason::cannot_read(&self.name))?;
            match entry {
                None => return Ok(()),
                Some(Entry::Delivery(mut delivery)) => {
                    secret::mask(&mut delivery, &TokenSpellings::default());
                    if delivery.origin == Origin::BareBody && !std::mem::replace(&mut bare, true) {
                        let notice = Notice::harmless(BARE_BODIES.text(self.lang));
                        let _ = self.messages.try_send(Message::Notice(notice));
                    }
                    if runtime.block_on(self.deliveries.send_numbered(*delivery)).is_err() {
                        // The event loop has ended.
                        return Ok(());
                    }
                }
                Some(Entry::Broken(number, error)) => {
                    skipped.add(number, error);
                    // At once, because a pipe may never end. With the channel full
                    // it is dropped: the next notice holds the new count.
                    if let Some(notice) = skipped.summary(&self.name, self.lang) {
                        let _ = self.messages.try_send(Message::Notice(notice.into()));
                    }
                }
            }
        }
    }
}
