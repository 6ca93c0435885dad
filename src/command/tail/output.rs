//! Prints the received deliveries that match the filter.

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::Arc;

use anyhow::Context as _;
use jiff::tz::TimeZone;
use tokio::runtime::Runtime;

use super::text_line::TextFormat;
use crate::callback::{Delivery, Lang, jsonl};
use crate::command::cli::recording::{Format, TailOptions};
use crate::dashboard::Recording;
use crate::edge::queue::Receiver;
use crate::edge::recorder;
use crate::edge::stdio::print_status;
use crate::history::filter::Filter;
use crate::history::{History, HistoryConfig};

/// Deliveries per write.
const BATCH: usize = 256;
/// Memory of the filter's history.
const FILTER_HISTORY: usize = 16 << 20;

/// The output, its format and its filter.
pub(super) struct Output {
    out: File,
    format: LineFormat,
    filter: Option<LineFilter>,
    recording: Option<RecordingReport>,
    lines: Vec<u8>,
}

impl Output {
    /// Format and filter are those of the options.
    pub(super) fn new(
        options: &TailOptions,
        out: File,
        recording: Option<Arc<recorder::Status>>,
    ) -> Self {
        let (format, filter) = (LineFormat::new(options), LineFilter::new(options));
        let recording = recording.map(RecordingReport::new);
        Self { out, format, filter, recording, lines: Vec::new() }
    }

    /// Prints until no more deliveries can arrive, one write per batch. Returns
    /// how many could not be printed because the output was closed.
    ///
    /// # Errors
    /// When the output cannot be written for another reason.
    pub(super) fn copy(&mut self, mut deliveries: Receiver) -> anyhow::Result<u64> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        let mut batch = Vec::with_capacity(BATCH);
        while runtime.block_on(deliveries.recv_many(&mut batch, BATCH)) > 0 {
            let count = batch.len() as u64;
            self.recording.iter_mut().for_each(RecordingReport::update);
            for delivery in batch.drain(..) {
                if self.filter.as_mut().is_none_or(|it| it.matches(&delivery)) {
                    self.format.write(&delivery, &mut self.lines);
                }
            }
            match self.out.write_all(&self.lines) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    return Ok(count + count_rest(&runtime, deliveries));
                }
                Err(error) => return Err(error).context("cannot write to standard output"),
            }
            self.lines.clear();
            self.lines.shrink_to(1 << 20);
        }
        match deliveries.canceled() {
            0 => {}
            count => print_status(format_args!("{count} requests were not answered")),
        }
        Ok(0)
    }
}

/// Reports on standard error what happens to the file of the recording.
struct RecordingReport {
    status: Arc<recorder::Status>,
    last: Option<Recording>,
}

impl RecordingReport {
    fn new(status: Arc<recorder::Status>) -> Self {
        let mut report = Self { status, last: None };
        report.update();
        report
    }

    /// Reports what is new since the last call.
    fn update(&mut self) {
        let recording = self.status.recording();
        if let Some(notice) = recording.notice(self.last.as_ref()) {
            print_status(notice.text(Lang::En));
        }
        self.last = Some(recording);
    }
}

/// Counts the deliveries still received after the output was closed; the closed
/// output stops the listener too.
fn count_rest(runtime: &Runtime, mut deliveries: Receiver) -> u64 {
    let mut batch = Vec::new();
    let mut count = 0;
    loop {
        let received = runtime.block_on(deliveries.recv_many(&mut batch, BATCH));
        if received == 0 {
            return count;
        }
        count += received as u64;
        batch.clear();
    }
}

enum LineFormat {
    Json,
    Text(TextFormat),
}

impl LineFormat {
    fn new(options: &TailOptions) -> Self {
        match options.format {
            Format::Json => Self::Json,
            Format::Text => {
                let zone = if options.utc { TimeZone::UTC } else { TimeZone::system() };
                Self::Text(TextFormat { lang: options.lang, zone })
            }
        }
    }

    fn write(&self, delivery: &Delivery, out: &mut Vec<u8>) {
        match self {
            Self::Json => jsonl::encode(delivery, out),
            Self::Text(text) => text.write(delivery, out),
        }
    }
}

/// A filter with the recent history, from which it is decided whether a callback
/// is a duplicate or late.
struct LineFilter {
    filter: Filter,
    history: History,
}

impl LineFilter {
    fn new(options: &TailOptions) -> Option<Self> {
        let filter = options.filter.clone()?;
        let config = HistoryConfig {
            max_bytes: FILTER_HISTORY,
            sdk_app_id: options.listen.sdk_app_id.clone(),
        };
        Some(Self { filter, history: History::new(config) })
    }

    fn matches(&mut self, delivery: &Delivery) -> bool {
        self.history.apply(delivery);
        self.history.newest_matches(&self.filter, delivery)
    }
}
