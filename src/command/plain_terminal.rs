//! Terminals that cannot show the dashboard: callbacks are printed there as by `tail`.

use std::env;

use anyhow::bail;

use super::cli::recording::{Format, PrintOptions};
use super::cli::screen::ScreenOptions;
use super::session;
use crate::callback::Lang;
use crate::callback::lang::localize;
use crate::callback::printable::clean;
use crate::dashboard::alerts::AlertRules;
use crate::edge::plain_terminal::is_plain;
use crate::edge::stdio::{print_status, stdout_is_terminal};

/// The value of `TERM`, if standard output is a terminal that cannot show the dashboard.
pub(super) fn detect() -> Option<String> {
    let term = env::var("TERM").unwrap_or_default();
    (is_plain(&term) && stdout_is_terminal()).then_some(term)
}

/// Refuses a terminal that cannot show the dashboard.
///
/// # Errors
/// That it cannot.
pub(super) fn refuse(lang: Lang) -> anyhow::Result<()> {
    detect().map_or(Ok(()), |term| bail!(refusal(&term, lang)))
}

/// Why nothing can be shown there.
fn refusal(term: &str, lang: Lang) -> String {
    let term = clean(term);
    localize!(
        lang,
        "this terminal (TERM={term}) has no screen for the dashboard",
        "该终端（TERM={term}）无法显示界面"
    )
}

/// Prints why there is no dashboard, and returns how callbacks are printed instead.
pub(super) fn print_options(
    term: &str,
    screen: &ScreenOptions,
    sdk_app_id: Option<String>,
    alerts: AlertRules,
) -> PrintOptions {
    let lang = screen.lang;
    let why = refusal(term, lang);
    print_status(localize!(
        lang,
        "{why}; callbacks are printed as by imscope tail --format text, until ctrl-c",
        "{why}；改为像 imscope tail --format text 那样逐行输出回调，按 ctrl-c 结束"
    ));
    PrintOptions {
        format: Format::Text,
        filter: screen.filter.clone(),
        lang,
        utc: screen.utc,
        signs: session::signs::of(screen),
        sdk_app_id,
        alerts,
    }
}
