//! How callbacks are answered, in the first line.

use crate::answer::Switchboard;
use crate::callback::Localized;
use crate::callback::lang::localize;
use crate::dashboard::app::App;
use crate::dashboard::pane::StyledText;
use crate::dashboard::text::{clean, fit};
use crate::dashboard::words;

/// Width of an answer mode, and in short.
const MODE_CELLS: [usize; 2] = [24, 10];

/// How callbacks are answered, where it is not the default: the answer mode, and the
/// number of rules that are on.
pub(super) fn answers(app: &App, short: bool) -> Vec<StyledText> {
    let (lang, switchboard) = (app.settings.lang, &app.status.switchboard);
    if switchboard.is_default() {
        return Vec::new();
    }
    let rules = match switchboard.rules.iter().filter(|it| it.is_on).count() {
        0 => None,
        1 => Some(localize!(lang, "1 rule", "1 条规则")),
        count => Some(localize!(lang, "{count} rules", "{count} 条规则")),
    };
    let mode = (!switchboard.mode.is_default()).then(|| {
        let mode = switchboard.mode.to_string();
        // The text of a FAIL was typed by the user.
        let mode = match mode.split_once(':') {
            Some((kind @ "fail", text)) => format!("{kind}:{}", app.unless_private(text)),
            _ => mode,
        };
        let mode = clean(&mode);
        let mode = fit(&mode, MODE_CELLS[usize::from(short)]);
        format!("{} {mode}", words::ANSWERING.text(lang))
    });
    let parts: Vec<_> = [mode, rules].into_iter().flatten().collect();
    vec![(format!(" {} ", parts.join(" · ")), app.theme.banner)]
}

/// What key `O` does.
pub(super) fn reset(switchboard: &Switchboard, short: bool) -> Localized {
    match switchboard.rules.iter().filter(|it| it.is_on).count() {
        _ if !switchboard.mode.is_default() && short => words::RESET,
        _ if !switchboard.mode.is_default() => words::RESET_ANSWER,
        _ if short => words::STOP_RULES,
        1 => words::TURN_RULE_OFF,
        _ => words::TURN_RULES_OFF,
    }
}

/// The default answer, while it is in use.
pub(super) fn reply(app: &App) -> Vec<StyledText> {
    if !app.status.switchboard.is_default() {
        return Vec::new();
    }
    let (lang, theme) = (app.settings.lang, &app.theme);
    let answer = app.settings.default_answer().text(lang).to_owned();
    vec![(format!("   {} ", words::REPLY.text(lang)), theme.dim), (answer, theme.good)]
}

/// That the local app does not reply, while callbacks are passed on to it.
pub(super) fn silent_app(app: &App) -> Vec<StyledText> {
    let text = format!("   {}", words::APP_SILENT.text(app.settings.lang));
    let is_shown = app.status.switchboard.is_default();
    is_shown.then_some((text, app.theme.failure)).into_iter().collect()
}
