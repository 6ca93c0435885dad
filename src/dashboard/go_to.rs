//! Going to a time in Flow.

use std::time::Duration;

use super::action::{Pane, Step};
use super::app::App;
use super::notice::Notice;
use super::overlay::Overlay;
use super::prompt::{LEAVE, Parsed, Prompt};
use crate::callback::lang::localize;
use crate::callback::{Localized, Timestamp, format};
use crate::history::filter::{Destination, NamedFilter, ParseError};

/// The time that is meant by an entered one at most.
const MINUTE: Duration = Duration::from_secs(60);

impl App {
    /// Opens the input line for a time; with `from_top` only if the last key went to the
    /// first row, which otherwise this one does.
    pub(super) fn ask_for_time(&mut self, from_top: bool) {
        if from_top && !(self.focus.pane == Pane::Flow && self.went_to_top) {
            self.step(Step::Top);
            self.went_to_top = true;
            return;
        }
        self.show(Overlay::Time(Box::new(Prompt::new(String::new()))));
    }

    /// Selects the first callback of Flow that was received at a time or later, or notifies
    /// the user that there is none. The cursor of the focused timeline goes there as well.
    pub(super) fn go_to(&mut self, destination: Destination) {
        let flow = self.history.flow();
        let shown = self.detail_callback().and_then(|it| flow.row(it));
        let (now, zone) = (self.present(), &self.settings.zone);
        let Some(time) = destination.timestamp(zone, now, shown.map_or(now, |it| it.at)) else {
            return;
        };
        match self.rows().received_in(&(time..Timestamp(i64::MAX))) {
            Some((id, at)) => {
                // Those of the minute that was entered are meant.
                let is_later = time.plus(MINUTE) <= at && self.rows().at(0) == Some(id);
                if is_later {
                    let first = format::time_seen_on(now, at, zone);
                    self.notify(Notice::harmless(localize!(
                        self.settings.lang,
                        "the first callback is of {first}",
                        "第一条回调的时间是 {first}"
                    )));
                }
                if self.focus.pane == Pane::Timeline {
                    self.point_at_second(time.secs());
                } else {
                    self.focus.pane = Pane::Flow;
                }
                self.select(Some(id));
            }
            None => {
                let time = format::time_seen_on(now, time, zone);
                self.notify(localize!(
                    self.settings.lang,
                    "no callback at {time} or later",
                    "{time} 及之后没有回调"
                ));
            }
        }
    }
}

impl Parsed for Destination {
    type Mistake = ParseError;

    const LABEL: Localized = Localized::new(" go to : ", " 跳到 : ");
    const HINT: &'static [Localized] = &[
        Localized::new("2026-11-27T14:02  -5m", "2026-11-27T14:02  -5m"),
        Localized::new("14:02  14:02:11", "14:02  14:02:11"),
        Localized::new("enter goes there", "enter 跳转"),
        LEAVE,
    ];

    fn parse(text: &str, _: &[NamedFilter]) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}
