//! Prints the received deliveries that match the filter.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::text_line::TextFormat;
use crate::callback::lang::localize;
use crate::callback::{Delivery, Lang, jsonl};
use crate::command::cli::recording::{Format, TailOptions};
use crate::dashboard::Recording;
use crate::edge::clock;
use crate::edge::line_printer::{LinePrinter, Printed};
use crate::edge::queue::Receiver;
use crate::edge::recorder;
use crate::edge::stdio::print_status;
use crate::history::filter::Filter;
use crate::history::{History, HistoryConfig};

/// Deliveries that are received at once.
const BATCH: usize = 256;
/// Bytes of lines that are handed over at once, but for the last line.
const MAX_LINES: usize = 1 << 20;
/// Memory of the filter's history.
const FILTER_HISTORY: usize = 16 << 20;

/// The output, its format and its filter.
pub(super) struct Output {
    printer: LinePrinter,
    format: LineFormat,
    filter: Option<LineFilter>,
    recording: Option<RecordingReport>,
    lang: Lang,
}

impl Output {
    /// Format and filter are those of the options.
    pub(super) fn new(
        options: &TailOptions,
        printer: LinePrinter,
        recording: Option<Arc<recorder::Status>>,
    ) -> Self {
        let (format, filter) = (LineFormat::new(options), LineFilter::new(options));
        let recording = recording.map(|it| RecordingReport::new(it, options.lang));
        Self { printer, format, filter, recording, lang: options.lang }
    }

    /// Prints until no more deliveries can arrive. Returns what was printed.
    ///
    /// # Errors
    /// When the async runtime cannot be started.
    pub(super) fn copy(mut self, mut deliveries: Receiver) -> anyhow::Result<Printed> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        let mut batch = Vec::with_capacity(BATCH);
        let (mut lines, mut count) = (Vec::new(), 0);
        while runtime.block_on(deliveries.recv_many(&mut batch, BATCH)) > 0 {
            self.recording.iter_mut().for_each(RecordingReport::update);
            for delivery in batch.drain(..) {
                if self.filter.as_mut().is_none_or(|it| it.matches(&delivery)) {
                    self.format.write(&delivery, &mut lines);
                    count += 1;
                }
                if MAX_LINES < lines.len() {
                    self.printer.print(&mut lines, std::mem::take(&mut count));
                }
            }
            self.printer.print(&mut lines, std::mem::take(&mut count));
        }
        let lang = self.lang;
        match deliveries.canceled() {
            0 => {}
            count => {
                let text =
                    localize!(lang, "{count} requests were not answered", "{count} 个请求未应答");
                print_status(text);
            }
        }
        match deliveries.expired() {
            0 => {}
            count => print_status(localize!(
                lang,
                "{count} requests were answered, but neither printed nor recorded: \
                 the output was too slow",
                "{count} 个请求已应答，但输出过慢，既未输出也未录制"
            )),
        }
        Ok(self.printer.finish())
    }
}

/// Reports on standard error what happens to the file of the recording.
struct RecordingReport {
    status: Arc<recorder::Status>,
    last: Option<Recording>,
    lang: Lang,
}

impl RecordingReport {
    fn new(status: Arc<recorder::Status>, lang: Lang) -> Self {
        let mut report = Self { status, last: None, lang };
        report.update();
        report
    }

    /// Reports what is new since the last call.
    fn update(&mut self) {
        let recording = self.status.recording();
        for notice in recording.notices(self.last.as_ref()) {
            print_status(notice.text(self.lang));
        }
        self.last = Some(recording);
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
            Format::Text => Self::Text(TextFormat { lang: options.lang, zone: zone(options) }),
        }
    }

    fn write(&self, delivery: &Delivery, out: &mut Vec<u8>) {
        match self {
            Self::Json => jsonl::encode(delivery, out),
            Self::Text(text) => text.write(delivery, out),
        }
    }
}

/// The time zone of all times.
fn zone(options: &TailOptions) -> TimeZone {
    if options.utc { TimeZone::UTC } else { TimeZone::system() }
}

/// A filter with the recent history, from which it is decided whether a callback
/// is a duplicate or older.
struct LineFilter {
    filter: Filter,
    history: History,
}

impl LineFilter {
    fn new(options: &TailOptions) -> Option<Self> {
        let filter = options.filter.clone()?.in_zone(&zone(options), clock::now());
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
