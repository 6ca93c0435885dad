//! The menus of what to copy, of what to save, and of rules for a callback.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Rect};

use super::{Titles, clear, framed, put_line, row};
use crate::callback::export::Format;
use crate::callback::lang::localize;
use crate::callback::redact::MASK;
use crate::callback::{Localized, command, format};
use crate::dashboard::app::App;
use crate::dashboard::menu::CopyTarget;
use crate::dashboard::rule_menu::RuleMenu;
use crate::dashboard::save_dialog::{SaveDialog, Scope, Step};
use crate::dashboard::text::{self, clean, fit};
use crate::dashboard::words;

/// Maximum width of a title.
const TITLE_CELLS: usize = 60;
/// The title of the dialog of key `s`.
const SAVE: Localized = Localized::new("Save", "保存");

/// A key of a menu, and what it chooses.
type Choice<'a> = (char, Cow<'a, str>);

pub(in crate::dashboard) fn draw_copy(app: &App, area: Rect, buffer: &mut Buffer) {
    let lang = app.settings.lang;
    let is_offered = |it: &CopyTarget| *it != CopyTarget::CurlToApp || app.local_app().is_some();
    let targets = CopyTarget::ALL.into_iter().filter(is_offered);
    let choices: Vec<Choice<'_>> =
        targets.map(|it| (it.key(), it.label().text(lang).into())).collect();
    draw(app, words::COPY.text(lang), &choices, None, area, buffer);
}

/// Draws what the dialog of key `s` asks for; nothing while it asks in the bottom line.
pub(in crate::dashboard) fn draw_save(
    app: &App,
    dialog: &SaveDialog,
    area: Rect,
    buffer: &mut Buffer,
) {
    let lang = app.settings.lang;
    let choices: Vec<Choice<'_>> = match dialog.step {
        Step::Scope => {
            let label = |it: Scope, count: usize| {
                let (label, count) = (it.label().text(lang), format::grouped(count as u64));
                localize!(lang, "{label} ({count})", "{label}（{count}）").into()
            };
            dialog.scopes().map(|(it, count)| (it.key(), label(it, count))).collect()
        }
        Step::Format(_) => {
            Format::ALL.into_iter().map(|it| (it.key(), it.label().text(lang).into())).collect()
        }
        Step::Name(..) => return,
    };
    draw(app, SAVE.text(lang), &choices, None, area, buffer);
}

/// Draws what a rule for a callback can answer.
pub(in crate::dashboard) fn draw_rules(
    app: &App,
    menu: &RuleMenu,
    area: Rect,
    buffer: &mut Buffer,
) {
    let lang = app.settings.lang;
    let choices: Vec<Choice<'_>> =
        menu.choices().iter().map(|it| (it.key, it.label.text(lang).into())).collect();
    let word =
        if app.is_private() && command::find(&menu.word).is_none() { MASK } else { &menu.word };
    let title = format!("{word} · {}", app.name(&menu.from));
    let title = fit(&clean(&title), TITLE_CELLS).into_owned();
    draw(app, &title, &choices, Some(menu.cursor), area, buffer);
}

/// Draws a menu; `selected` is the entry that enter chooses, if it does.
fn draw(
    app: &App,
    title: &str,
    choices: &[Choice<'_>],
    selected: Option<usize>,
    area: Rect,
    buffer: &mut Buffer,
) {
    let widest = choices.iter().map(|(_, it)| text::width(it)).max().unwrap_or(0);
    let width = (widest + 2).max(text::width(title)) + 6;
    let cells = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
    let is_low = usize::from(area.height) < choices.len() + 2;
    let width = if is_low { area.width.into() } else { width };
    let height = Constraint::Length(cells(choices.len() + 2));
    let popup = area.centered(Constraint::Length(cells(width)), height);
    clear(popup, buffer);
    let inner = framed(app, None, Titles { name: title, ..Titles::default() }, popup, buffer);
    // In a low screen side by side.
    let rows = usize::from(inner.height).max(1);
    let columns = cells(choices.len().div_ceil(rows)).max(1);
    let column = inner.width / columns;
    for (nth, (key, label)) in choices.iter().enumerate() {
        let Some(line) = row(inner, nth % rows) else { break };
        let x = line.x + cells(nth / rows) * column;
        let line = Rect { x, width: column, ..line };
        let key = format!(" {key}  ");
        put_line(buffer, line, &[(&key, app.theme.key), (label, app.theme.text)]);
        if selected == Some(nth) {
            buffer.set_style(line, app.theme.selected);
        }
    }
}
