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
use crate::history::row::Row;

/// The symbol of a denial, before its code.
pub(in crate::dashboard) const DENIED: &str = "↛";

/// The decision with its code, or how many users it refuses; where that is wider than
/// `cells`, of a denial the symbol and these numbers, or else the word. `None` if there is
/// none.
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
    let fitting = [Some(full), short].into_iter().flatten().find(|it| text::width(it) <= cells);
    Some((fitting.unwrap_or_else(|| decision.word(None, lang)), style(app, decision)))
}

fn style(app: &App, decision: Decision) -> Style {
    let theme = &app.theme;
    match decision {
        Decision::Allowed => theme.good,
        Decision::Changed => theme.accent,
        Decision::Denied | Decision::Dropped => theme.warning,
        Decision::Late | Decision::Invalid => theme.failure,
    }
}

/// Writes the decision with its reason in a line; nothing if the answer decides nothing.
pub(super) fn write_summary(app: &App, id: RowId, sheet: &mut Sheet) {
    if let Some(judgment) = app.judgment(id) {
        let style = style(app, judgment.decision);
        sheet.line(vec![(judgment.summary(app.settings.lang), style)]);
    }
}

/// Writes what Tencent does with the answer, and what it changes field by field; nothing
/// if the answer decides nothing.
pub(super) fn write(app: &App, id: RowId, sheet: &mut Sheet) {
    let Some(judgment) = app.judgment(id) else { return };
    let (lang, theme) = (app.settings.lang, &app.theme);
    let style = style(app, judgment.decision);
    sheet.paragraph(app, words::DECISION.text(lang), &judgment.sentence(lang), style);
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
