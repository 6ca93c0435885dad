//! What is answered, given what the local app said. Policy only.
//!
//! A reply that Tencent accepts goes back as it is. Anything else is replaced
//! by the answer of imscope's own, so that a broken app breaks no chat; with
//! `--strict` it goes back too, and a missing one becomes a 502 or a 504.

use std::time::Duration;

use crate::callback::format;
use crate::callback::reply_check::{Expected, check_reply};
use crate::callback::{Answer, AnsweredBy, AppReply};
use crate::edge::reply;

/// How much is kept of a reply that was not passed on.
const KEPT: usize = 64 << 10;

/// What came of asking the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A reply, to its end.
    Reply {
        /// The reply.
        reply: AppReply,
        /// How its body is compressed, if it is.
        encoding: Option<String>,
    },
    /// No reply that could be passed on.
    NoReply {
        /// Why.
        error: ForwardError,
        /// What came of it; its status is 0 if nothing did.
        partial: AppReply,
    },
}

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForwardError {
    /// Its time was over; this is how long the app had at most.
    Timeout(Duration),
    /// The connection was closed before the first byte.
    Closed,
    /// It broke off.
    Interrupted,
    /// It is longer than this many bytes.
    TooLarge(usize),
    /// Anything else, as a sentence.
    Other(String),
}

/// What Tencent is answered. `ours` is what it would be without an app.
pub fn decide(ours: Answer, expected: Expected, said: Outcome, strict: bool) -> Answer {
    let trouble = trouble(expected, &said);
    match said {
        Outcome::Reply { reply, .. } if trouble.is_empty() || (strict && sendable(&reply)) => {
            passed_on(reply, trouble)
        }
        Outcome::Reply { reply, .. } | Outcome::NoReply { partial: reply, .. } if !strict => {
            let all = [ours.trouble.clone(), trouble].concat();
            Answer { trouble: all, app: kept(reply), ..ours }
        }
        Outcome::Reply { reply, .. } => failure(502, reply, trouble),
        Outcome::NoReply { error: ForwardError::Timeout(_), partial } => {
            failure(504, partial, trouble)
        }
        Outcome::NoReply { partial, .. } => failure(502, partial, trouble),
    }
}

/// The answer as the app gave it, where nobody else waits for one: status 0 if
/// it gave none.
pub fn passthrough(expected: Expected, said: Outcome) -> Answer {
    let trouble = trouble(expected, &said);
    match said {
        Outcome::Reply { reply, .. } => passed_on(reply, trouble),
        Outcome::NoReply { partial, .. } => {
            Answer { trouble, app: kept(partial), ..Answer::default() }
        }
    }
}

/// Everything that is wrong, a sentence each.
fn trouble(expected: Expected, said: &Outcome) -> Vec<String> {
    match said {
        Outcome::Reply { reply, encoding } => {
            let mut wrong = match encoding {
                Some(how) => {
                    let how = how.escape_debug();
                    let mut wrong =
                        vec![format!("the body is compressed ({how}), but must be JSON")];
                    if reply.status != 200 {
                        wrong.insert(0, format!("the status is {}, but must be 200", reply.status));
                    }
                    wrong
                }
                None => check_reply(expected, reply.status, &reply.body).err().unwrap_or_default(),
            };
            if !wrong.is_empty() {
                let (status, took) =
                    (reply.status, format::duration(Duration::from_micros(reply.took.into())));
                wrong.insert(0, format!("the local app answered {status} after {took}"));
            }
            wrong
        }
        Outcome::NoReply { error, partial } => vec![describe(error, partial)],
    }
}

fn describe(error: &ForwardError, partial: &AppReply) -> String {
    let took = format::duration(Duration::from_micros(partial.took.into()));
    match error {
        ForwardError::Timeout(budget) => {
            let budget = budget.as_secs_f64();
            let what = if partial.status == 0 { "answer" } else { "end its answer" };
            format!("the local app did not {what} within {budget} s: too late")
        }
        ForwardError::Closed => {
            format!("the local app closed the connection after {took}, unanswered")
        }
        ForwardError::Interrupted => {
            let (status, bytes) = (partial.status, partial.body.len());
            format!("the local app's answer {status} broke off after {took} and {bytes} bytes")
        }
        ForwardError::TooLarge(limit) => {
            format!("the local app's answer {} is longer than {limit} bytes", partial.status)
        }
        ForwardError::Other(why) => format!("{why} (after {took})"),
    }
}

/// Whether a status can be that of an answer; 1xx only come before one.
fn sendable(reply: &AppReply) -> bool {
    reply.status >= 200
}

fn passed_on(reply: AppReply, trouble: Vec<String>) -> Answer {
    let AppReply { status, took, content_type, body, .. } = reply;
    let content_type = (*content_type != *"application/json").then_some(content_type);
    Answer {
        status,
        by: AnsweredBy::App,
        took,
        body: body.into(),
        content_type,
        trouble,
        app: None,
    }
}

fn failure(status: u16, partial: AppReply, trouble: Vec<String>) -> Answer {
    let why = trouble.first().map(String::as_str).unwrap_or_default();
    let answer = reply::fail(status, why);
    Answer { trouble, app: kept(partial), ..answer }
}

/// What the app had said, if anything, at a length that can be kept.
fn kept(mut partial: AppReply) -> Option<Box<AppReply>> {
    if partial.body.len() > KEPT {
        partial.body.truncate(KEPT);
        partial.complete = false;
    }
    partial.body.shrink_to_fit();
    (partial.status != 0).then(|| Box::new(partial))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::delivery::OK_BODY;

    const OURS: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;
    const DENIED: &str = r#"{"ActionStatus":"OK","ErrorInfo":"no","ErrorCode":120001}"#;

    fn whole(status: u16, content_type: &str, body: &str) -> Outcome {
        let body = body.as_bytes().to_vec();
        let content_type = content_type.into();
        let reply = AppReply { status, took: 12_000, content_type, body, complete: true };
        Outcome::Reply { reply, encoding: None }
    }

    fn nothing(error: ForwardError, status: u16) -> Outcome {
        let partial = AppReply { status, took: 1_800_000, ..AppReply::default() };
        Outcome::NoReply { error, partial }
    }

    fn decided(said: &Outcome, strict: bool) -> (u16, AnsweredBy, String, Answer) {
        let answer = decide(Answer::ok(0), Expected::Receipt, said.clone(), strict);
        let body = String::from_utf8(answer.body.to_vec()).unwrap();
        (answer.status, answer.by, body, answer)
    }

    #[test]
    fn what_tencent_accepts_goes_back_as_it_is() {
        let body = " {\"ErrorCode\":0, \"ErrorInfo\":\"x\",\"ActionStatus\":\"OK\"}\n";
        for strict in [false, true] {
            for (content_type, kept) in
                [("application/json", None), ("", Some("")), ("a/b", Some("a/b"))]
            {
                let (status, by, said, answer) = decided(&whole(200, content_type, body), strict);
                assert_eq!((status, by, said.as_str()), (200, AnsweredBy::App, body));
                assert_eq!((answer.content_type.as_deref(), answer.took), (kept, 12_000));
                assert!(answer.trouble.is_empty() && answer.app.is_none());
            }
        }
    }

    #[test]
    fn a_decision_of_the_app_counts_where_one_is_asked_for() {
        let said = whole(200, "application/json", DENIED);
        let answer = decide(Answer::ok(0), Expected::Decision, said.clone(), false);
        assert_eq!((answer.by, &*answer.body), (AnsweredBy::App, DENIED.as_bytes()));
        let answer = decide(Answer::ok(0), Expected::Receipt, said, false);
        assert_eq!((answer.by, &*answer.body), (AnsweredBy::Imscope, OK_BODY));
    }

    #[test]
    fn each_failure_has_its_sentence_and_its_answer() {
        let silent =
            ForwardError::Other("cannot connect to http://a/: connection refused".to_owned());
        let cases = [
            (whole(500, "", OURS), "the local app answered 500 after 12 ms", 500),
            (whole(200, "", "ok"), "the local app answered 200 after 12 ms", 200),
            (whole(204, "", ""), "the local app answered 204 after 12 ms", 204),
            (
                nothing(ForwardError::Timeout(Duration::from_millis(1800)), 0),
                "did not answer within 1.8 s",
                504,
            ),
            (
                nothing(ForwardError::Timeout(Duration::from_millis(1800)), 200),
                "did not end its answer",
                504,
            ),
            (nothing(ForwardError::Closed, 0), "closed the connection after 1.8 s", 502),
            (
                nothing(ForwardError::Interrupted, 200),
                "answer 200 broke off after 1.8 s and 0 bytes",
                502,
            ),
            (nothing(ForwardError::TooLarge(1 << 20), 200), "longer than 1048576 bytes", 502),
            (nothing(silent, 0), "connection refused (after 1.8 s)", 502),
            (whole(101, "", ""), "the local app answered 101", 502),
        ];
        for (said, sentence, strict) in cases {
            let (status, by, body, answer) = decided(&said, false);
            assert_eq!((status, by, body.as_str()), (200, AnsweredBy::Imscope, OURS), "{sentence}");
            assert!(answer.trouble[0].contains(sentence), "{sentence} in {:?}", answer.trouble);
            let partial = match &said {
                Outcome::Reply { reply, .. } | Outcome::NoReply { partial: reply, .. } => {
                    reply.clone()
                }
            };
            assert_eq!(answer.app.map(|it| *it), Some(partial).filter(|it| it.status != 0));
            let (status, by, body, answer) = decided(&said, true);
            assert_eq!(status, strict, "{sentence}");
            assert!(answer.trouble[0].contains(sentence), "{sentence} in {:?}", answer.trouble);
            if by == AnsweredBy::Imscope {
                assert!(body.contains("\"FAIL\"") && body.contains("\"ErrorCode\":1"), "{body}");
            }
        }
    }

    #[test]
    fn everything_that_is_wrong_with_a_reply_is_said() {
        let (.., answer) =
            decided(&whole(500, "", r#"{"ActionStatus":"OK","ErrorCode":"0"}"#), false);
        assert_eq!(
            answer.trouble,
            [
                "the local app answered 500 after 12 ms",
                "the status is 500, but must be 200",
                "ErrorInfo is missing, and must be a string, which may be empty",
                "ErrorCode is \"0\", but must be a whole number",
            ]
        );
        let Outcome::Reply { reply, .. } = whole(200, "", OURS) else { panic!("whole") };
        let packed = Outcome::Reply { reply, encoding: Some("gz\u{1b}ip".to_owned()) };
        let (.., answer) = decided(&packed, false);
        assert_eq!(answer.trouble[1], "the body is compressed (gz\\u{1b}ip), but must be JSON");
    }

    #[test]
    fn our_own_answer_stays_what_it_is() {
        let ours = reply::fail(200, "the body is not JSON");
        let answer = decide(ours.clone(), Expected::Receipt, whole(500, "", "x"), false);
        assert_eq!((answer.status, answer.body), (ours.status, ours.body));
    }

    #[test]
    fn much_is_kept_of_what_the_app_said_but_not_all() {
        let (.., answer) = decided(&whole(200, "text/html", &"<p>".repeat(100_000)), false);
        let kept = answer.app.unwrap();
        assert_eq!(
            (kept.body.len(), kept.complete, &*kept.content_type),
            (KEPT, false, "text/html")
        );
    }

    #[test]
    fn where_nobody_waits_for_an_answer_it_is_as_the_app_gave_it() {
        let answer = passthrough(Expected::Receipt, whole(500, "text/plain", "no"));
        assert_eq!((answer.status, answer.by, &*answer.body), (500, AnsweredBy::App, &b"no"[..]));
        assert_eq!(answer.trouble.len(), 3);
        let answer = passthrough(Expected::Receipt, nothing(ForwardError::Closed, 0));
        assert_eq!((answer.status, answer.body.len(), answer.trouble.len()), (0, 0, 1));
    }
}
