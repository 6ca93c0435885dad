//! What is printed about the replies: a line each while they are few, and a
//! summary.

use std::io::{self, Write};
use std::time::Duration;

/// How many replies get a line; after these, only what is wrong does.
const SHOWN: usize = 20;

/// The replies so far.
#[derive(Debug, Default)]
pub(in crate::command) struct Report {
    /// Only what is wrong gets a line from the start.
    brief: bool,
    sent: usize,
    well: usize,
    wrong_shown: usize,
    untold: usize,
    took: Vec<Duration>,
}

impl Report {
    /// A report without a line for what is right.
    pub(in crate::command) fn of_what_is_wrong() -> Self {
        Self { brief: true, ..Self::default() }
    }

    /// A reply came.
    pub(in crate::command) fn replied(
        &mut self,
        status: u16,
        took: Duration,
        checked: Result<(), Vec<String>>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        self.took.push(took);
        let well = checked.is_ok();
        let verdict =
            checked.map_or_else(|it| it.join("; "), |()| "as Tencent requires".to_owned());
        self.line(well, &format!("{status}  {:>7}  {verdict}", time(took)), out)
    }

    /// No reply came.
    pub(in crate::command) fn silent(&mut self, why: &str, out: &mut impl Write) -> io::Result<()> {
        self.line(false, &format!("---  {why}"), out)
    }

    fn line(&mut self, well: bool, text: &str, out: &mut impl Write) -> io::Result<()> {
        self.sent += 1;
        self.well += usize::from(well);
        let few = self.sent <= SHOWN && !self.brief;
        if !few && (well || self.wrong_shown >= SHOWN) {
            self.untold += 1;
            return Ok(());
        }
        self.wrong_shown += usize::from(!well);
        writeln!(out, "{:>3}  {text}", self.sent)
    }

    /// The last lines: how many there were, how many were right, how fast.
    pub(in crate::command) fn end(&mut self, out: &mut impl Write) -> io::Result<()> {
        let untold = if self.brief { self.untold_wrong() } else { self.untold };
        if untold > 0 {
            writeln!(out, "  …  {untold} more")?;
        }
        write!(out, "{} sent, {} answered as Tencent requires", self.sent, self.well)?;
        self.took.sort_unstable();
        match self.took.get(self.took.len() / 2) {
            Some(median) => writeln!(out, ", p50 {}", time(*median)),
            None => writeln!(out),
        }
    }

    fn untold_wrong(&self) -> usize {
        self.wrong() - self.wrong_shown
    }

    /// How many were sent.
    pub(in crate::command) const fn sent(&self) -> usize {
        self.sent
    }

    /// How many were not answered, or not as required.
    pub(in crate::command) const fn wrong(&self) -> usize {
        self.sent - self.well
    }

    /// Whether none was sent.
    pub(in crate::command) const fn is_empty(&self) -> bool {
        self.sent == 0
    }

    /// Whether every call was answered as Tencent requires.
    pub(in crate::command) const fn all_well(&self) -> bool {
        self.well == self.sent
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

    fn told(replies: impl IntoIterator<Item = bool>) -> String {
        let mut report = Report::default();
        let mut out = Vec::new();
        for well in replies {
            let checked = if well { Ok(()) } else { Err(vec!["wrong".to_owned()]) };
            report.replied(200, Duration::from_micros(420), checked, &mut out).unwrap();
        }
        report.end(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn few_replies_have_a_line_each_and_a_summary() {
        assert_eq!(
            told([true, false]),
            "  1  200   0.4 ms  as Tencent requires\n  2  200   0.4 ms  wrong\n\
             2 sent, 1 answered as Tencent requires, p50 0.4 ms\n"
        );
    }

    #[test]
    fn of_many_only_the_first_are_told_and_what_is_wrong() {
        let told = told((0..1000).map(|it| it != 500));
        assert_eq!(told.lines().count(), 23, "{told}");
        assert!(told.contains("501  200   0.4 ms  wrong\n  …  979 more\n"), "{told}");
    }
}
