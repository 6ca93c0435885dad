//! The wait for the first callback that imscope did not send itself, and the sentence
//! that ends it.

use std::time::Duration;

use super::app::App;
use super::notice::Notice;
use super::settings::CallbackSource;
use super::status::Arrival;
use super::{text, words};
use crate::callback::lang::localize;
use crate::callback::redact::{MASK, is_app_id};
use crate::callback::{Delivery, Verdict, decode, format, own_request};

/// How long the dashboard has waited before the first callback is worth a sentence.
const WAIT: Duration = Duration::from_secs(5);
/// Width of the application, which the caller names.
const APP_CELLS: usize = 40;

impl App {
    /// Whether Tencent's first callback is still to come.
    pub(super) fn awaits_first(&self) -> bool {
        self.settings.source == CallbackSource::Listener && self.status.arrival != Arrival::Callback
    }

    /// Notes what has arrived, and announces the first callback.
    pub(super) fn note_arrival(&mut self, delivery: &Delivery) {
        let arrival = &mut self.status.arrival;
        if *arrival == Arrival::Callback || delivery.is_probe() {
            return;
        }
        if !own_request::is_own(&delivery.headers) {
            *arrival = Arrival::Callback;
            self.announce_first(delivery);
        } else if !delivery.is_refused() {
            *arrival = Arrival::Sample;
        }
    }

    /// Shows a sentence about the first callback, if the user has seen the dashboard wait
    /// for it.
    fn announce_first(&mut self, delivery: &Delivery) {
        let has_waited = WAIT <= delivery.at.since(self.status.started);
        if has_waited && self.settings.source == CallbackSource::Listener {
            self.notify(self.first_callback(delivery));
        }
    }

    fn first_callback(&self, delivery: &Delivery) -> Notice {
        let lang = self.settings.lang;
        if let Some(reason) = delivery.refusal_reason(lang) {
            let reason = text::clean(&reason);
            let text = localize!(
                lang,
                "the first callback was refused: {reason}",
                "首个回调被拒收：{reason}"
            );
            return Notice::from(text);
        }
        let signed = match delivery.signature {
            Verdict::Valid { .. } => words::FIRST_SIGNED,
            _ => words::FIRST_UNSIGNED,
        };
        let signed = signed.text(lang);
        let took = format::duration(Duration::from_micros(delivery.answer.took.into()));
        let sentence = |app: &str| {
            localize!(
                lang,
                "first callback from {app} · {signed} · answered in {took}",
                "首个回调来自 {app} · {signed} · {took} 内应答"
            )
        };
        let callback = decode(delivery);
        let app = if callback.app.is_empty() { &*delivery.peer } else { &*callback.app };
        let redacted = sentence(if is_app_id(app) { app } else { MASK });
        let app = text::clean(app);
        Notice::from(sentence(&text::fit(&app, APP_CELLS))).redacted_as(redacted)
    }
}
