//! The keys in the bottom line: those that do something where the focus is.

use crate::callback::Localized;
use crate::dashboard::action::{Action, PageAction, Pane};
use crate::dashboard::app::App;
use crate::dashboard::detail::{Form, Tab};
use crate::dashboard::keymap::{BINDINGS, Binding, PAGE, SWITCHBOARD, TIMELINE};
use crate::dashboard::overlay::Overlay;
use crate::dashboard::page::Page;
use crate::dashboard::pane::tree::Fold;
use crate::dashboard::text::width;

/// The name of a key, and what it does.
pub(super) type Hint = (&'static str, &'static str);

const SCROLL: (&str, Localized) = ("j k", Localized::new("scroll", "滚动"));
const CLOSE: (&str, Localized) = ("esc", Localized::new("close", "关闭"));
/// The key that shows all keys.
const ALL_KEYS: &str = "?";
/// The key that ends the program.
const QUIT: &str = "q";
/// The width below which a line begins with how to leave.
const NARROW: u16 = 60;
const HIT: Localized = Localized::new("hit", "匹配");
const WHOM: Localized = Localized::new("when, whom", "何时、何人");
const IN_FLOW: Localized = Localized::new("show in Flow", "在消息流中显示");
const STEPS: Localized = Localized::new("step by step", "逐步查看");
const BETWEEN_MARKS: Localized = Localized::new("filter by the marks", "按标记过滤");
const FOLD: Localized = Localized::new("fold", "折叠");
const UNFOLD: Localized = Localized::new("unfold", "展开");
const GO_THERE: Localized = Localized::new("go there", "转到该条");

/// The keys of the overlay, else those of the focused pane.
pub(super) fn of_dashboard(app: &App) -> Vec<Hint> {
    let hint = |(label, text): (&'static str, Localized)| (label, text.text(app.settings.lang));
    match app.overlay {
        Overlay::Help(..) | Overlay::Compare(_) => [SCROLL, CLOSE].map(hint).into(),
        Overlay::CopyMenu | Overlay::RuleMenu(_) | Overlay::Save(_) => vec![hint(CLOSE)],
        _ => match &app.page {
            Some(page) => of_page(page).into_iter().map(hint).collect(),
            None if app.focus.pane == Pane::Timeline => of_timeline(app).map(hint).collect(),
            None => {
                BINDINGS.iter().filter_map(|it| Some(hint((label(it), effect(app, it)?)))).collect()
            }
        },
    }
}

/// The keys of a page, and those of the dashboard that do something there.
fn of_page(page: &Page) -> Vec<(&'static str, Localized)> {
    let is_breakdown = matches!(page, Page::Breakdown(_));
    let is_own = |it: &&Binding<PageAction>| match it.keys[0].2 {
        PageAction::Dimension(_) | PageAction::Sort => is_breakdown,
        PageAction::Filter => !is_breakdown,
        _ => true,
    };
    let text = |it: &Binding<PageAction>| match (it.keys[0].2, page) {
        (PageAction::Open, Page::User(_)) => Some((label(it), IN_FLOW)),
        _ => Some((label(it), it.brief?)),
    };
    let is_useful =
        |it: &&Binding| matches!(it.keys[0].2, Action::Pause | Action::Help | Action::Quit);
    let others = BINDINGS.iter().filter(is_useful);
    let own = PAGE.iter().filter(is_own).filter_map(text);
    own.chain(others.filter_map(|it| Some((label(it), it.brief?)))).collect()
}

/// The keys of the timeline, and those of the dashboard that do something there.
fn of_timeline(app: &App) -> impl Iterator<Item = (&'static str, Localized)> {
    let is_useful = |it: &&Binding| match it.keys[0].2 {
        Action::Zoom => !app.focus.zoomed,
        action => {
            matches!(action, Action::Filter | Action::Back | Action::Help | Action::Quit)
        }
    };
    let filters = app.timeline.has_both_marks().then_some(("f", BETWEEN_MARKS));
    let own = TIMELINE.iter().filter_map(|it| Some((label(it), it.brief?)));
    let own = filters.into_iter().chain(own);
    let others = BINDINGS.iter().filter(is_useful);
    own.chain(others.filter_map(|it| Some((label(it), it.brief?))))
}

/// The keys of the switchboard, but for those with some labels.
pub(super) fn of_switchboard(app: &App, left_out: &[&str]) -> Vec<Hint> {
    let bindings = SWITCHBOARD.iter().filter(|it| !left_out.contains(&it.label));
    let brief = bindings.filter_map(|it| Some((label(it), it.brief?)));
    brief.map(|(label, text)| (label, text.text(app.settings.lang))).collect()
}

/// The keys of a switchboard that is too narrow for all of them, and how to close it.
pub(super) fn of_narrow_switchboard(app: &App) -> Vec<Hint> {
    let close = (CLOSE.0, CLOSE.1.text(app.settings.lang));
    of_switchboard(app, &[]).into_iter().chain([close]).collect()
}

/// As many hints as fit into a line. How to leave and where all keys are stays to the last;
/// in a narrow line how to leave is first.
pub(super) fn fitting(mut hints: Vec<Hint>, cells: u16) -> Vec<Hint> {
    let width = |hints: &[Hint]| -> usize {
        hints.iter().map(|(label, brief)| width(label) + width(brief) + 3).sum()
    };
    if cells < NARROW {
        let mut leave = [CLOSE.0, QUIT].into_iter();
        let at = |label: &str| hints.iter().position(|it| it.0 == label);
        if let Some(at) = leave.find_map(at) {
            hints[..=at].rotate_right(1);
        }
    }
    while usize::from(cells) < width(&hints) {
        let is_kept = |nth: usize| {
            (cells < NARROW && nth == 0) || [CLOSE.0, ALL_KEYS].contains(&hints[nth].0)
        };
        let Some(last) = (0..hints.len()).rfind(|it| !is_kept(*it)) else { break };
        hints.remove(last);
    }
    hints
}

/// The first of the names of a key, or the first two of a pair.
fn label<A>(binding: &Binding<A>) -> &'static str {
    let label = binding.label;
    if ["h l ", "n N", "J K"].iter().any(|it| label.starts_with(it)) {
        return &label[..3];
    }
    label.split(' ').next().unwrap_or(label)
}

/// What a key does in the focused pane; `None` if that is nothing, or the line has no
/// space for it.
fn effect(app: &App, binding: &Binding) -> Option<Localized> {
    let (pane, detail) = (app.focus.pane, &app.detail);
    let in_detail = pane == Pane::Detail;
    let (_, _, action) = binding.keys.first()?;
    let is_useful = match action {
        Action::Open => return open(app),
        Action::Form => return detail.next_form().filter(|_| in_detail).map(form),
        Action::Match(_) => return (in_detail && app.filter().is_some()).then_some(HIT),
        Action::Back => app.focus.zoomed || pane != Pane::Flow,
        Action::Wrap => in_detail && !(detail.tab == Tab::Payload && detail.form == Form::Bytes),
        Action::Tab(_) | Action::Zoom => in_detail,
        Action::Filter | Action::Pause | Action::Failure(_) | Action::Save => !in_detail,
        Action::Resend => app.settings.forward.is_some(),
        _ => true,
    };
    binding.brief.filter(|_| is_useful)
}

/// What Enter does.
fn open(app: &App) -> Option<Localized> {
    let action = Action::Open;
    match app.focus.pane {
        Pane::Flow => BINDINGS.iter().find(|it| it.keys[0].2 == action).and_then(|it| it.brief),
        Pane::Unread => Some(STEPS),
        Pane::Failures => Some(WHOM),
        Pane::Detail if app.detail.tab == Tab::LifeLine => Some(GO_THERE),
        Pane::Detail => Some(match app.fold()?.1 {
            Fold::Close => FOLD,
            Fold::Open => UNFOLD,
        }),
        Pane::Timeline => None,
    }
}

/// The name of a form of the payload.
const fn form(form: Form) -> Localized {
    match form {
        Form::Tree => Localized::new("tree", "树"),
        Form::Text => Localized::new("text", "文本"),
        Form::Raw => Localized::new("raw", "原文"),
        Form::Bytes => Localized::new("bytes", "字节"),
    }
}
