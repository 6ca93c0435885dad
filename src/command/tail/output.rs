//! Prints the received deliveries that match the filter.

use std::sync::Arc;

use jiff::tz::TimeZone;
use tokio::time::timeout;

use super::alerts::TailAlerts;
use super::text_line::TextFormat;
use crate::callback::lang::localize;
use crate::callback::{Delivery, Lang, jsonl};
use crate::command::cli::recording::{Format, PrintOptions};
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

/// The output, its format and its filter, and the alerts.
pub(super) struct Output {
    printer: LinePrinter,
    format: LineFormat,
    matcher: Matcher,
    alerts: TailAlerts,
    recording: Option<RecordingReport>,
    lang: Lang,
}

impl Output {
    /// Format, filter and alerts are those of the options.
    ///
    /// # Errors
    /// When the commands of alerts cannot be run.
    pub(super) fn new(
        options: &PrintOptions,
        printer: LinePrinter,
        recording: Option<Arc<recorder::Status>>,
    ) -> anyhow::Result<Self> {
        let lang = options.lang;
        let alerts = TailAlerts::new(options, &zone(options), clock::now())?;
        Ok(Self {
            printer,
            format: LineFormat::new(options),
            matcher: Matcher::new(options, alerts.are_off()),
            alerts,
            recording: recording.map(|it| RecordingReport::new(it, lang)),
            lang,
        })
    }

    /// Prints until no more deliveries can arrive. Returns what was printed.
    ///
    /// # Errors
    /// When the async runtime cannot be started.
    pub(super) fn copy(mut self, mut deliveries: Receiver) -> anyhow::Result<Printed> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        let mut batch = Vec::with_capacity(BATCH);
        while runtime.block_on(self.receive(&mut deliveries, &mut batch)) {
            self.recording.iter_mut().for_each(RecordingReport::update);
            self.print(&mut batch);
        }
        report_missing(&deliveries, self.lang);
        let printed = self.printer.finish();
        self.alerts.end();
        Ok(printed)
    }

    /// Waits for deliveries, or until an alert is due; `false` when no more can arrive.
    async fn receive(&self, deliveries: &mut Receiver, batch: &mut Vec<Delivery>) -> bool {
        let receive = deliveries.recv_many(batch, BATCH);
        match self.alerts.wait(clock::now()) {
            None => receive.await > 0,
            Some(wait) => timeout(wait, receive).await.map_or(true, |count| count > 0),
        }
    }

    /// Prints those that match the filter, and rings where it is due.
    fn print(&mut self, batch: &mut Vec<Delivery>) {
        let (mut lines, mut count) = (Vec::new(), 0);
        let now = clock::now();
        for delivery in batch.drain(..) {
            let is_printed = self.matcher.apply(&delivery);
            self.alerts.note(now, &delivery, |it| self.matcher.newest_matches(it, &delivery));
            if is_printed {
                self.format.write(&delivery, &mut lines);
                count += 1;
            }
            if MAX_LINES < lines.len() {
                self.printer.print(&mut lines, std::mem::take(&mut count));
            }
        }
        self.alerts.perform(now, &mut lines);
        self.printer.print(&mut lines, count);
    }
}

/// Reports the requests that are missing in the output.
fn report_missing(deliveries: &Receiver, lang: Lang) {
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
    fn new(options: &PrintOptions) -> Self {
        match options.format {
            Format::Json => Self::Json,
            Format::Text => Self::Text(TextFormat {
                lang: options.lang,
                zone: zone(options),
                signs: options.signs,
            }),
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
fn zone(options: &PrintOptions) -> TimeZone {
    if options.utc { TimeZone::UTC } else { TimeZone::system() }
}

/// The filter, and the recent history if there is any filter: from it is decided whether a
/// callback is a duplicate or older.
struct Matcher {
    filter: Option<Filter>,
    history: Option<History>,
}

impl Matcher {
    fn new(options: &PrintOptions, no_alerts: bool) -> Self {
        let filter = options.filter.clone().map(|it| it.in_zone(&zone(options), clock::now()));
        let config =
            HistoryConfig { max_bytes: FILTER_HISTORY, sdk_app_id: options.sdk_app_id.clone() };
        let history = (filter.is_some() || !no_alerts).then(|| History::new(config));
        Self { filter, history }
    }

    /// Adds a delivery to the history; whether it is to be printed.
    fn apply(&mut self, delivery: &Delivery) -> bool {
        self.history.iter_mut().for_each(|it| it.apply(delivery));
        self.filter.as_ref().is_none_or(|it| self.newest_matches(it, delivery))
    }

    /// Whether the delivery that was applied last matches a filter.
    fn newest_matches(&self, filter: &Filter, delivery: &Delivery) -> bool {
        self.history.as_ref().is_some_and(|it| it.newest_matches(filter, delivery))
    }
}
