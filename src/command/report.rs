//! The replies to callbacks sent: one line each for the first, then a summary.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

/// Number of lines printed; after these, only invalid replies, up to this number of
/// them.
const SHOWN: usize = 20;

/// The exit status after ^C, as of shells.
const INTERRUPTED: u8 = 130;

/// Counts and times of the replies received so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// Whether valid replies get no line.
    errors_only: bool,
    sent: usize,
    /// Those without a reply.
    unanswered: usize,
    valid: usize,
    invalid_printed: usize,
    /// Lines not printed.
    omitted: usize,
    times: Vec<Duration>,
}

impl Report {
    /// A report that prints no line for valid replies.
    pub(super) fn errors_only() -> Self {
        Self { errors_only: true, ..Self::default() }
    }

    /// Counts and prints a reply; `checked` holds what is invalid about it.
    pub(super) fn add_reply(
        &mut self,
        status: u16,
        took: Duration,
        checked: Result<(), Vec<String>>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        self.times.push(took);
        let valid = checked.is_ok();
        let verdict =
            checked.map_or_else(|it| it.join("; "), |()| "as Tencent requires".to_owned());
        self.line(valid, &format!("{status}  {:>7}  {verdict}", time(took)), out)
    }

    /// Counts and prints a callback without a reply.
    pub(super) fn add_failure(&mut self, error: &str, out: &mut impl Write) -> io::Result<()> {
        self.unanswered += 1;
        self.line(false, &format!("---  {error}"), out)
    }

    fn line(&mut self, valid: bool, text: &str, out: &mut impl Write) -> io::Result<()> {
        self.sent += 1;
        self.valid += usize::from(valid);
        let few = self.sent <= SHOWN && !self.errors_only;
        if !few && (valid || self.invalid_printed >= SHOWN) {
            self.omitted += 1;
            return Ok(());
        }
        self.invalid_printed += usize::from(!valid);
        writeln!(out, "{:>3}  {text}", self.sent)
    }

    /// Prints the summary: number sent, number of valid replies, median time.
    pub(super) fn finish(&mut self, out: &mut impl Write) -> io::Result<()> {
        let omitted = if self.errors_only { self.omitted_invalid() } else { self.omitted };
        if omitted > 0 {
            writeln!(out, "  …  {omitted} more")?;
        }
        let (sent, valid) = (self.sent, self.valid);
        match sent - self.unanswered {
            it if it == sent => write!(out, "{sent} sent, {valid} answered as Tencent requires")?,
            // Whether one without a reply was delivered is not known.
            0 => write!(out, "{sent} tried, none was answered")?,
            it => write!(out, "{sent} tried, {it} answered, {valid} as Tencent requires")?,
        }
        self.times.sort_unstable();
        match self.times.get(self.times.len() / 2) {
            Some(median) => writeln!(out, ", p50 {}", time(*median)),
            None => writeln!(out),
        }
    }

    fn omitted_invalid(&self) -> usize {
        self.invalid() - self.invalid_printed
    }

    /// Number of callbacks sent.
    pub(super) const fn sent(&self) -> usize {
        self.sent
    }

    /// Number of callbacks without a valid reply.
    pub(super) const fn invalid(&self) -> usize {
        self.sent - self.valid
    }

    /// Whether no callback was sent.
    pub(super) const fn is_empty(&self) -> bool {
        self.sent == 0
    }

    /// The exit status: 0 if every callback got a valid reply.
    pub(super) fn exit_code(&self, interrupted: bool) -> ExitCode {
        match (interrupted, self.valid == self.sent) {
            (true, _) => ExitCode::from(INTERRUPTED),
            (false, true) => ExitCode::SUCCESS,
            (false, false) => ExitCode::FAILURE,
        }
    }
}

fn time(took: Duration) -> String {
    match took.as_secs_f64() * 1000.0 {
        ms if ms < 9.95 => format!("{ms:.1} ms"),
        ms => format!("{ms:.0} ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(replies: impl IntoIterator<Item = bool>) -> String {
        let mut report = Report::default();
        let mut out = Vec::new();
        for valid in replies {
            let checked = if valid { Ok(()) } else { Err(vec!["wrong".to_owned()]) };
            report.add_reply(200, Duration::from_micros(420), checked, &mut out).unwrap();
        }
        report.finish(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_few_replies_have_a_line_each_and_a_summary() {
        assert_eq!(
            printed([true, false]),
            "  1  200   0.4 ms  as Tencent requires\n  2  200   0.4 ms  wrong\n\
             2 sent, 1 answered as Tencent requires, p50 0.4 ms\n"
        );
    }

    #[test]
    fn what_got_no_reply_is_not_counted_as_sent() {
        let mut report = Report::default();
        report.add_failure("cannot connect", &mut Vec::new()).unwrap();
        let summary = |report: &mut Report| {
            let mut out = Vec::new();
            report.finish(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(summary(&mut report), "1 tried, none was answered\n");
        report.add_reply(200, Duration::ZERO, Ok(()), &mut Vec::new()).unwrap();
        let expected = "2 tried, 1 answered, 1 as Tencent requires, p50 0.0 ms\n";
        assert_eq!(summary(&mut report), expected);
    }

    #[test]
    fn of_many_replies_only_the_first_and_invalid_ones_are_printed() {
        let text = printed((0..1000).map(|it| it != 500));
        assert_eq!(text.lines().count(), 23, "{text}");
        assert!(text.contains("501  200   0.4 ms  wrong\n  …  979 more\n"), "{text}");
    }
}
