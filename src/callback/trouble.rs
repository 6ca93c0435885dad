//! Facts among the sentences of [`Answer::trouble`](super::Answer::trouble): they explain
//! the others, and are no trouble by themselves.

/// How the fact begins that the local app replied: its status and its time follow.
pub const APP_ANSWERED: &str = "the local app answered ";
/// The fact that imscope wrote the answer for a denial of the local app.
pub const DENIAL_PASSED_ON: &str =
    "the denial of the local app is passed on in the documented form";
/// How the fact begins that a reply has a reason.
pub const ERROR_INFO: &str = "ErrorInfo: ";

/// Whether a sentence is a fact.
pub fn is_fact(sentence: &str) -> bool {
    [APP_ANSWERED, DENIAL_PASSED_ON, ERROR_INFO].into_iter().any(|it| sentence.starts_with(it))
}
