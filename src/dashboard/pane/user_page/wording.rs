//! A step of an unread count in words.

use std::borrow::Cow;

use ratatui::style::Style;

use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::words;
use crate::history::gauge_steps::{Cause, Misfit, Outcome, Step};

/// The name of the user who caused a step.
pub(super) fn by<'a>(app: &'a App, step: &'a Step<'_>) -> Cow<'a, str> {
    if step.by.is_empty() { "–".into() } else { app.name(step.by) }
}

/// What changed the count.
pub(super) fn cause(app: &App, step: &Step<'_>, by: &str) -> String {
    let lang = app.settings.lang;
    match step.cause {
        Cause::Message | Cause::FailedMessage(_) | Cause::OnlineMessage => {
            localize!(lang, "message from {by}", "{by} 发来消息")
        }
        Cause::Read => localize!(lang, "chat with {by} read", "已读与 {by} 的会话"),
        Cause::ReadAll => words::CAUSE_READ_ALL.text(lang).to_owned(),
        Cause::Recall => localize!(lang, "recall by {by}", "{by} 撤回消息"),
    }
}

/// Why a message does not count, if so.
pub(super) fn remark(app: &App, cause: Cause) -> String {
    let lang = app.settings.lang;
    match cause {
        Cause::FailedMessage(code) => {
            let code = app.code(code);
            localize!(lang, " (failed {code}, not counted)", "（失败 {code}，未计入）")
        }
        Cause::OnlineMessage => {
            localize!(lang, " (online only, not counted)", "（仅在线，未计入）")
        }
        _ => String::new(),
    }
}

/// What does not fit, or why the count is not the one of the callback.
pub(super) fn note(app: &App, step: &Step<'_>) -> (String, Style) {
    let (lang, theme) = (app.settings.lang, &app.theme);
    let text = match (&step.misfit, step.outcome) {
        (Some(misfit), _) => return (misfit_text(lang, misfit), theme.failure),
        (None, Outcome::Set(_)) => return (String::new(), theme.dim),
        (None, Outcome::Stale) => words::OUTCOME_STALE,
        (None, Outcome::Older) => words::OUTCOME_OLDER,
        (None, Outcome::Duplicate) => words::OUTCOME_DUPLICATE,
    };
    (text.text(lang).to_owned(), theme.warning)
}

/// The counts that would fit, and what is missing.
fn misfit_text(lang: Lang, misfit: &Misfit) -> String {
    let (expected, missing) = match misfit {
        Misfit::High(expected) => (expected, words::MESSAGE_MISSING),
        Misfit::Low(expected) => (expected, words::READ_MISSING),
    };
    let (least, most, missing) = (expected.start(), expected.end(), missing.text(lang));
    match (least, most) {
        (0, 1..) => {
            localize!(lang, "! expected at most {most}: {missing}", "! 应不超过 {most}：{missing}")
        }
        _ if least == most => {
            localize!(lang, "! expected {most}: {missing}", "! 应为 {most}：{missing}")
        }
        _ => localize!(
            lang,
            "! expected {least} or {most}: {missing}",
            "! 应为 {least} 或 {most}：{missing}"
        ),
    }
}
