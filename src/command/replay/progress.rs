//! Progress of a replay, on one line of standard error that is updated in place.

use std::time::Duration;

use tokio::time::Instant;

use crate::callback::format::grouped;
use crate::callback::lang::localize;
use crate::command::report::Report;
use crate::edge::stdio::{replace_line, stderr_is_terminal};

/// Minimum interval between two updates.
const INTERVAL: Duration = Duration::from_millis(100);
/// Width of the bar.
const CELLS: usize = 20;

/// The progress line; printed only on a terminal.
pub(super) struct Progress {
    shown: bool,
    on_terminal: bool,
    /// Size of the recording in bytes, if known.
    size: Option<u64>,
    started: Instant,
    last_shown: Option<Instant>,
}

impl Progress {
    pub(super) fn new(size: Option<u64>) -> Self {
        let on_terminal = stderr_is_terminal();
        Self { shown: false, on_terminal, size, started: Instant::now(), last_shown: None }
    }

    /// Prints position and counts, unless the last update was just before.
    pub(super) fn show(&mut self, bytes: u64, report: &Report) {
        let now = Instant::now();
        if !self.on_terminal || self.last_shown.is_some_and(|it| now < it + INTERVAL) {
            return;
        }
        (self.last_shown, self.shown) = (Some(now), true);
        replace_line(&line(self.size.map(|it| (bytes, it)), now - self.started, report));
    }

    /// Removes the line, so that something else can be printed.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            replace_line("");
        }
    }
}

/// Position in bytes of size, if known; `elapsed` is the time since the start.
fn line(position: Option<(u64, u64)>, elapsed: Duration, report: &Report) -> String {
    let bar = position.map_or_else(String::new, |(bytes, size)| {
        let share = (bytes as f64 / size.max(1) as f64).min(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20")]
        let full = (share * CELLS as f64) as usize;
        format!("{}{} {:3.0} %  ", "█".repeat(full), "░".repeat(CELLS - full), share * 100.0)
    });
    let lang = report.lang();
    let sent = report.sent() as u64;
    let rate = sent as f64 / elapsed.as_secs_f64().max(0.001);
    let invalid = match report.invalid() as u64 {
        0 => String::new(),
        count => {
            let count = grouped(count);
            let text =
                localize!(lang, "{count} not as Tencent requires", "{count} 个不符合腾讯云要求");
            format!("  {text}")
        }
    };
    let sent = localize!(lang, "{} sent", "已发送 {} 个", grouped(sent));
    format!("{bar}{sent}  {rate:.0}/s{invalid}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::Lang;
    use crate::command::checked_reply::CheckedReply;

    #[test]
    fn the_line_has_position_rate_and_number_of_invalid_replies() {
        let mut report = Report::remarkable_only(Lang::En);
        for nth in 0..1204 {
            let checked = CheckedReply {
                word: String::new(),
                reply: Some((200, Duration::ZERO)),
                judgment: None,
                text: String::new(),
                is_valid: nth != 7,
                is_expected: true,
                is_lost: false,
                expected: None,
            };
            report.add(&checked, &mut Vec::new()).unwrap();
        }
        assert_eq!(
            line(Some((45, 100)), Duration::from_secs(4), &report),
            "█████████░░░░░░░░░░░  45 %  1 204 sent  301/s  1 not as Tencent requires"
        );
    }
}
