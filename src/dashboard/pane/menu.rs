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
use crate::dashboard::overlay::Overlay;
use crate::dashboard::rule_menu::RuleMenu;
use crate::dashboard::save_dialog::{SaveDialog, Scope, Step};
use crate::dashboard::text::{self, clean, fit};
use crate::dashboard::viewport::{Extent, Popup};
use crate::dashboard::words;

/// Maximum width of a title.
const TITLE_CELLS: usize = 60;
/// Width of a key with the cells around it.
const KEY_CELLS: usize = 4;
/// The title of the dialog of key `s`.
const SAVE: Localized = Localized::new("Save", "保存");

/// A key of a menu, what it chooses, and that in a few words.
type Choice<'a> = (char, Cow<'a, str>, Cow<'a, str>);

/// A menu of entries with a key each.
struct Menu<'a> {
    title: Cow<'a, str>,
    choices: Vec<Choice<'a>>,
    /// The entry that enter chooses, if it does.
    selected: Option<usize>,
}

/// Draws the menu that is open; returns where. Nothing where the dialog of key `s` asks in
/// the bottom line.
pub(in crate::dashboard) fn draw(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Popup> {
    let menu = menu(app)?;
    let Menu { title, choices, .. } = &menu;
    let widest = choices.iter().map(|(_, it, _)| text::width(it)).max().unwrap_or(0);
    let width = (widest + 2).max(text::width(title)) + 6;
    let cells = |it: usize| u16::try_from(it).unwrap_or(u16::MAX);
    let is_low = usize::from(area.height) < choices.len() + 2;
    let width = if is_low { area.width.into() } else { width };
    let height = Constraint::Length(cells(choices.len() + 2));
    let popup = area.centered(Constraint::Length(cells(width)), height);
    clear(popup, buffer);
    let inner = framed(app, None, Titles { name: title, ..Titles::default() }, popup, buffer);
    // In a low screen side by side.
    let columns = cells(choices.len().div_ceil(usize::from(inner.height).max(1))).max(1);
    let content = Extent { columns, ..Extent::of(inner, choices.len()) };
    draw_choices(app, &menu, content, buffer);
    Some(Popup::of(popup, content))
}

/// The key of an entry of the menu that is open, by its place.
pub(in crate::dashboard) fn key_at(app: &App, nth: usize) -> Option<char> {
    menu(app)?.choices.get(nth).map(|(key, ..)| *key)
}

fn draw_choices(app: &App, menu: &Menu<'_>, content: Extent, buffer: &mut Buffer) {
    let width = content.area.width / content.columns;
    // Of all or of none, so that the entries read alike.
    let fits = |(_, it, _): &Choice<'_>| text::width(it) + KEY_CELLS < width.into();
    let is_brief = !menu.choices.iter().all(fits);
    for (nth, (key, label, brief)) in menu.choices.iter().enumerate() {
        let (column, nth_row) = (nth / content.rows.max(1), nth % content.rows.max(1));
        let Some(line) = row(content.area, nth_row) else { break };
        let x = line.x + u16::try_from(column).unwrap_or(0) * width;
        let line = Rect { x, width, ..line };
        let key = format!(" {key}  ");
        let label = if is_brief { brief } else { label };
        put_line(buffer, line, &[(&key, app.theme.key), (label, app.theme.text)]);
        if menu.selected == Some(nth) {
            buffer.set_style(line, app.theme.selected);
        }
    }
}

/// The menu that is open.
fn menu(app: &App) -> Option<Menu<'_>> {
    match &app.overlay {
        Overlay::CopyMenu => Some(of_copy(app)),
        Overlay::Save(dialog) => of_save(app, dialog),
        Overlay::RuleMenu(menu) => Some(of_rules(app, menu)),
        _ => None,
    }
}

fn of_copy(app: &App) -> Menu<'_> {
    let lang = app.settings.lang;
    let is_offered = |it: &CopyTarget| *it != CopyTarget::CurlToApp || app.local_app().is_some();
    let targets = CopyTarget::ALL.into_iter().filter(is_offered);
    let choices =
        targets.map(|it| (it.key(), it.label().text(lang).into(), it.brief().text(lang).into()));
    let choices = choices.collect();
    Menu { title: words::COPY.text(lang).into(), choices, selected: None }
}

/// A choice that has one text.
fn same(key: char, text: Cow<'_, str>) -> Choice<'_> {
    (key, text.clone(), text)
}

/// What the dialog of key `s` asks for; `None` while it asks in the bottom line.
fn of_save<'a>(app: &App, dialog: &'a SaveDialog) -> Option<Menu<'a>> {
    let lang = app.settings.lang;
    let label = |it: Scope, count: usize| {
        let (label, count) = (it.label().text(lang), format::grouped(count as u64));
        localize!(lang, "{label} ({count})", "{label}（{count}）")
    };
    let choices = match dialog.step {
        Step::Scope => {
            dialog.scopes().map(|(it, count)| same(it.key(), label(it, count).into())).collect()
        }
        Step::Format(_) => {
            let choice = |it: Format| same(it.key(), it.label().text(lang).into());
            Format::ALL.into_iter().map(choice).collect()
        }
        Step::Name(..) => return None,
    };
    let save = SAVE.text(lang);
    let title = match dialog.step {
        Step::Format(chosen) => {
            let scope = dialog.scopes().find(|(it, _)| *it == chosen);
            let scope = scope.map_or(String::new(), |(it, count)| label(it, count));
            format!("{save} · {scope}").into()
        }
        _ => save.into(),
    };
    Some(Menu { title, choices, selected: None })
}

/// What a rule for a callback can answer.
fn of_rules<'a>(app: &App, menu: &'a RuleMenu) -> Menu<'a> {
    let lang = app.settings.lang;
    let choices = menu.choices().into_iter().map(|it| same(it.key, it.label.text(lang).into()));
    let choices = choices.collect();
    let word =
        if app.is_private() && command::find(&menu.word).is_none() { MASK } else { &menu.word };
    let title = format!("{word} · {}", app.name(&menu.from));
    let title = fit(&clean(&title), TITLE_CELLS).into_owned().into();
    Menu { title, choices, selected: Some(menu.cursor) }
}
