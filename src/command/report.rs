//! The replies to callbacks sent: one line each for the first, then a summary.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use super::checked_reply::CheckedReply;
use super::exit_status::{INTERRUPTED, NO_REPLY};
use crate::callback::Lang;
use crate::callback::decision::Decision;
use crate::callback::lang::{Localized, localize};

/// Number of lines printed; after these, only wrong replies, up to this number of
/// them.
const SHOWN: usize = 20;

/// Counts and times of the replies received so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    lang: Lang,
    /// Whether replies that change nothing get no line.
    remarkable_only: bool,
    /// Whether each line has the command word.
    has_words: bool,
    sent: usize,
    /// Those without a reply.
    unanswered: usize,
    valid: usize,
    /// Those without a reply for another reason than time.
    lost: usize,
    /// Those that are not as the user expects.
    unexpected: usize,
    /// Replies that are not valid or not as expected, and those that are late.
    wrong: usize,
    /// Lines printed of replies that are wrong, and of the others.
    wrong_printed: usize,
    right_printed: usize,
    /// Lines not printed.
    omitted: usize,
    /// The number of each decision, in the order of the enum.
    decisions: [usize; Decision::ALL.len()],
    times: Vec<Duration>,
}

impl Report {
    /// A report in a language.
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, ..Self::default() }
    }

    /// A report that prints no line for replies that change nothing.
    pub(super) fn remarkable_only(lang: Lang) -> Self {
        Self { remarkable_only: true, ..Self::with_words(lang) }
    }

    /// A report of callbacks of different commands.
    pub(super) fn with_words(lang: Lang) -> Self {
        Self { has_words: true, ..Self::new(lang) }
    }

    /// Counts and prints a reply, or that there is none.
    pub(super) fn add(&mut self, checked: &CheckedReply, out: &mut impl Write) -> io::Result<()> {
        self.sent += 1;
        self.unanswered += usize::from(checked.reply.is_none());
        self.valid += usize::from(checked.is_valid);
        self.lost += usize::from(checked.is_lost);
        self.unexpected += usize::from(!checked.is_expected);
        self.wrong += usize::from(checked.is_wrong() && !checked.is_lost);
        self.times.extend(checked.reply.map(|(_, took)| took));
        if let Some(it) = &checked.judgment {
            self.decisions[it.decision as usize] += 1;
        }
        self.line(checked, out)
    }

    fn line(&mut self, checked: &CheckedReply, out: &mut impl Write) -> io::Result<()> {
        if self.remarkable_only && !checked.is_remarkable() {
            return Ok(());
        }
        let is_wrong = checked.is_wrong();
        let printed = if is_wrong { &mut self.wrong_printed } else { &mut self.right_printed };
        let is_among_first = self.sent <= SHOWN && !self.remarkable_only;
        let is_few = *printed < SHOWN && (is_wrong || self.remarkable_only);
        if !is_among_first && !is_few {
            self.omitted += 1;
            return Ok(());
        }
        *printed += 1;
        let reply = match checked.reply {
            Some((status, took)) => format!("{status}  {:>7}", time(took)),
            None => "---".to_owned(),
        };
        let word = if self.has_words { format!("{}  ", checked.word) } else { String::new() };
        writeln!(out, "{:>3}  {reply}  {word}{}", self.sent, checked.text)
    }

    /// Prints the summary: number sent, number of valid replies, median time, decisions.
    pub(super) fn finish(&mut self, out: &mut impl Write) -> io::Result<()> {
        let lang = self.lang;
        if self.omitted > 0 {
            let text = localize!(lang, "{} more", "另有 {} 条", self.omitted);
            writeln!(out, "  …  {text}")?;
        }
        let (sent, valid) = (self.sent, self.valid);
        let counted = match sent - self.unanswered {
            it if it == sent => localize!(
                lang,
                "{sent} sent, {valid} answered as Tencent requires",
                "已发送 {sent} 个，{valid} 个应答符合腾讯云要求"
            ),
            // Whether one without a reply was delivered is not known.
            0 => localize!(lang, "{sent} tried, none was answered", "尝试 {sent} 个，均无应答"),
            it => localize!(
                lang,
                "{sent} tried, {it} answered, {valid} as Tencent requires",
                "尝试 {sent} 个，{it} 个有应答，{valid} 个符合腾讯云要求"
            ),
        };
        write!(out, "{counted}")?;
        self.times.sort_unstable();
        if let Some(median) = self.times.get(self.times.len() / 2) {
            write!(out, "{}", localize!(lang, ", p50 {}", "，p50 {}", time(*median)))?;
        }
        let counts = Decision::ALL.iter().zip(self.decisions).filter(|(_, count)| *count > 0);
        let counts = counts.map(|(it, count)| format!("{count} {}", it.word(None, lang)));
        let mut counts: Vec<_> = counts.collect();
        if self.unexpected > 0 {
            let text = localize!(lang, "{} not as expected", "{} 不符合预期", self.unexpected);
            counts.push(text);
        }
        if counts.is_empty() {
            return writeln!(out);
        }
        let counts = counts.join(Localized::new(", ", "，").text(lang));
        writeln!(out, "{}", localize!(lang, "; {counts}", "；{counts}"))
    }

    /// The language of what is printed.
    pub(super) const fn lang(&self) -> Lang {
        self.lang
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

    /// The exit status: 0 if every callback got a valid reply, or the one expected; 1 if one
    /// is wrong or late; 3 if there were only some without a reply for another reason.
    pub(super) fn exit_code(&self, interrupted: bool) -> ExitCode {
        match (self.wrong, self.lost) {
            _ if interrupted => ExitCode::from(INTERRUPTED),
            (0, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::from(NO_REPLY),
            _ => ExitCode::FAILURE,
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
    use crate::callback::Answer;
    use crate::callback::decision::judge;

    fn checked(is_valid: bool) -> CheckedReply {
        CheckedReply {
            word: "A.B".to_owned(),
            reply: Some((200, Duration::from_micros(420))),
            judgment: None,
            text: if is_valid { "fine" } else { "wrong" }.to_owned(),
            is_valid,
            is_expected: true,
            is_lost: false,
            expected: None,
        }
    }

    /// A reply that is late.
    fn late() -> CheckedReply {
        let answer = Answer { status: 0, ..Answer::default() };
        let judgment = judge("C2C.CallbackBeforeSendMsg", b"", &answer);
        let text = "late: no reply".to_owned();
        CheckedReply { reply: None, judgment, text, ..checked(false) }
    }

    fn printed(mut report: Report, replies: impl IntoIterator<Item = CheckedReply>) -> String {
        let mut out = Vec::new();
        for it in replies {
            report.add(&it, &mut out).unwrap();
        }
        report.finish(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_few_replies_have_a_line_each_and_a_summary() {
        assert_eq!(
            printed(Report::default(), [true, false].map(checked)),
            "  1  200   0.4 ms  fine\n  2  200   0.4 ms  wrong\n\
             2 sent, 1 answered as Tencent requires, p50 0.4 ms\n"
        );
    }

    #[test]
    fn what_got_no_reply_is_not_counted_as_sent() {
        let late_only = printed(Report::remarkable_only(Lang::En), [late()]);
        assert_eq!(
            late_only,
            "  1  ---  A.B  late: no reply\n1 tried, none was answered; 1 late\n"
        );
        let both = printed(Report::default(), [late(), checked(true)]);
        let expected = "2 tried, 1 answered, 1 as Tencent requires, p50 0.4 ms; 1 late\n";
        assert!(both.ends_with(expected), "{both}");
    }

    #[test]
    fn what_is_not_as_expected_is_counted_and_decides_the_exit_status() {
        let unexpected = || CheckedReply { is_expected: false, ..checked(true) };
        let text = printed(Report::default(), [unexpected(), checked(true)]);
        assert!(text.ends_with("requires, p50 0.4 ms; 1 not as expected\n"), "{text}");
        let mut report = Report::default();
        report.add(&checked(true), &mut Vec::new()).unwrap();
        assert_eq!(report.exit_code(false), ExitCode::SUCCESS);
        report.add(&unexpected(), &mut Vec::new()).unwrap();
        assert_eq!(report.exit_code(false), ExitCode::FAILURE);
    }

    #[test]
    fn what_got_no_reply_has_an_exit_status_of_its_own_unless_a_reply_is_wrong() {
        let lost = || CheckedReply { reply: None, is_lost: true, ..checked(false) };
        for (replies, status) in [
            (vec![checked(true), lost()], ExitCode::from(3)),
            (vec![CheckedReply { is_expected: false, ..lost() }], ExitCode::from(3)),
            (vec![lost(), checked(false)], ExitCode::FAILURE),
            (vec![lost(), late()], ExitCode::FAILURE),
        ] {
            let mut report = Report::default();
            for it in &replies {
                report.add(it, &mut Vec::new()).unwrap();
            }
            assert_eq!(report.exit_code(false), status);
            assert_eq!(report.exit_code(true), ExitCode::from(130));
        }
    }

    #[test]
    fn of_many_replies_only_the_first_and_wrong_ones_are_printed() {
        let text = printed(Report::default(), (0..1000).map(|it| checked(it != 500)));
        assert_eq!(text.lines().count(), 23, "{text}");
        assert!(text.contains("501  200   0.4 ms  wrong\n  …  979 more\n"), "{text}");
        let text = printed(Report::remarkable_only(Lang::En), (0..1000).map(|it| checked(it > 29)));
        assert_eq!(text.lines().count(), 22, "{text}");
        assert!(text.contains(" 20  200   0.4 ms  A.B  wrong\n  …  10 more\n"), "{text}");
    }
}
