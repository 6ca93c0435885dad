//! What Tencent makes of the answer to a "before" callback, in a word and in full.

use std::time::Duration;

use ratatui::style::Style;

use super::sheet::Sheet;
use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::decision::Decision;
use crate::callback::lang::localize;
use crate::callback::{Answer, format};
use crate::dashboard::app::App;
use crate::dashboard::{text, words};
use crate::history::RowId;
use crate::history::row::{Flags, Row};
use crate::history::sign::TROUBLE;

/// The symbol of a denial, before its code.
pub(in crate::dashboard) const DENIED: &str = "↛";

/// The decision with its code, or how many users it refuses; where that is wider than
/// `cells`, of a denial the symbol and these numbers, or else the word. One of imscope in
/// place of the local app has the sign of trouble after it. `None` if there is none.
pub(super) fn word(app: &App, row: &Row<'_>, cells: usize) -> Option<(String, Style)> {
    let decision = row.flags.decision()?;
    let lang = app.settings.lang;
    // Of the few digits that a row holds none are personal.
    let code = row.result.map(i64::from);
    let full = match row.refused {
        Some(part) => part.word(lang),
        None => decision.word(code, lang),
    };
    let code = code.filter(|_| decision == Decision::Denied).map(|it| it.to_string());
    let number = row.refused.map(|it| it.to_string()).or(code);
    let short = number.map(|it| format!("{DENIED}{it}"));
    let replaces_app = row.flags.contains(Flags::REPLACES_APP);
    let signed = |word: String, gap: &str| match replaces_app {
        true => [&*word, gap, TROUBLE].concat(),
        false => word,
    };
    let forms = [Some(signed(full, " ")), short.map(|it| signed(it, ""))];
    let fitting = forms.into_iter().flatten().find(|it| text::width(it) <= cells);
    let word = fitting.unwrap_or_else(|| signed(decision.word(None, lang), ""));
    Some((word, style(app, decision, replaces_app)))
}

/// The style of a decision; one of imscope in place of the local app is a failure.
fn style(app: &App, decision: Decision, replaces_app: bool) -> Style {
    let theme = &app.theme;
    match decision {
        _ if replaces_app => theme.failure,
        Decision::Allowed => theme.good,
        Decision::Changed => theme.accent,
        Decision::Denied | Decision::Dropped => theme.warning,
        Decision::Late | Decision::Invalid => theme.failure,
    }
}

/// Writes the decision with its reason in a line; nothing if the answer decides nothing.
pub(super) fn write_summary(app: &App, id: RowId, sheet: &mut Sheet) {
    if let Some(judgment) = app.judgment(id) {
        let lang = app.settings.lang;
        let summary = judgment.summary(lang);
        let replaces_app = replaces_app(app, id);
        let summary = match replaces_app {
            false => summary,
            true => localize!(
                lang,
                "{summary}  ·  by imscope, in place of the local app",
                "{summary}（由 imscope 代替本地应用决定）"
            ),
        };
        sheet.line(vec![(summary, style(app, judgment.decision, replaces_app))]);
    }
}

/// Writes what Tencent does with the answer, and what it changes field by field; nothing
/// if the answer decides nothing.
pub(super) fn write(app: &App, id: RowId, sheet: &mut Sheet) {
    let Some(judgment) = app.judgment(id) else { return };
    let (lang, theme) = (app.settings.lang, &app.theme);
    let replaces_app = replaces_app(app, id);
    let style = style(app, judgment.decision, replaces_app);
    let mut sentence = judgment.sentence(lang);
    if replaces_app {
        sentence += words::REPLACES_APP.text(lang);
    }
    sheet.paragraph(app, words::DECISION.text(lang), &sentence, style);
    if judgment.decision != Decision::Changed {
        return;
    }
    for it in app.changes(id) {
        let side = |side: Option<String>| side.unwrap_or_else(|| "–".to_owned());
        sheet.line(vec![
            (format!("  {}  ", it.pointer), theme.key),
            (side(it.first), theme.failure),
            (" → ".to_owned(), theme.dim),
            (side(it.second), theme.good),
        ]);
    }
}

/// Whether imscope answered in place of the local app.
fn replaces_app(app: &App, id: RowId) -> bool {
    app.history().flow().row(id).is_some_and(|it| it.flags.contains(Flags::REPLACES_APP))
}

/// The time of an answer beside the time that Tencent waits, and whether it is more; none
/// if there is no answer, which no time within the limit fits.
pub(super) fn time_used(app: &App, answer: &Answer) -> (String, Style) {
    let took = Duration::from_micros(answer.took.into());
    if answer.status == 0 && took <= TENCENT_TIMEOUT {
        return ("–".to_owned(), app.theme.dim);
    }
    let (text, limit) = (format::duration(took), TENCENT_TIMEOUT.as_secs());
    let style = if TENCENT_TIMEOUT < took { app.theme.failure } else { app.theme.number };
    (localize!(app.settings.lang, "{text} of {limit} s", "{text}，上限 {limit} 秒"), style)
}
