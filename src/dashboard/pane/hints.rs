//! The keys in the bottom line: those that do something where the focus is.

use crate::callback::Localized;
use crate::dashboard::action::{
    Action, Direction, PageAction, Pane, Step, SwitchboardAction, TimelineAction,
};
use crate::dashboard::app::App;
use crate::dashboard::detail::{Form, Tab};
use crate::dashboard::help::Help;
use crate::dashboard::keymap::{Binding, KeyTable, Keymap};
use crate::dashboard::overlay::Overlay;
use crate::dashboard::page::Page;
use crate::dashboard::pane::help;
use crate::dashboard::pane::tree::Fold;
use crate::dashboard::text::width;
use crate::dashboard::viewport::{Popup, Viewport, Wrapping};

/// The name of a key, and what it does.
pub(super) type Hint = (String, &'static str);

/// The actions of the switchboard whose keys a narrow bottom line does without, the first
/// one first.
pub(super) const DISPENSABLE: [SwitchboardAction; 3] =
    [SwitchboardAction::Swap(Direction::Next), SwitchboardAction::Undo, SwitchboardAction::Delete];
const SCROLL: Localized = Localized::new("scroll", "滚动");
const SEARCH: Localized = Localized::new("search", "搜索");
const END_SEARCH: Localized = Localized::new("end the search", "结束搜索");
const SELECT: Localized = Localized::new("select", "选择");
const SET: Localized = Localized::new("filter", "过滤");
const CLOSE: Localized = Localized::new("close", "关闭");
/// The key that closes every overlay.
const ESC: &str = "esc";
/// The width below which a line begins with how to leave.
const NARROW: u16 = 60;
const HIT: Localized = Localized::new("hit", "匹配");
const WHOM: Localized = Localized::new("when, whom", "何时、何人");
const IN_FLOW: Localized = Localized::new("show in Flow", "在消息流中显示");
const STEPS: Localized = Localized::new("step by step", "逐步查看");
const BETWEEN_MARKS: Localized = Localized::new("filter by the marks", "按标记过滤");
const CUT_LINES: Localized = Localized::new("cut lines", "不换行");
const FOLD: Localized = Localized::new("fold", "折叠");
const UNFOLD: Localized = Localized::new("unfold", "展开");
const OPEN: Localized = Localized::new("open", "打开");
const GO_THERE: Localized = Localized::new("go there", "转到该条");

/// The keys of the overlay, as it was drawn, else those of the focused pane.
pub(super) fn of_dashboard(app: &App, viewport: &Viewport) -> Vec<Hint> {
    let overlay = viewport.overlay;
    match &app.overlay {
        Overlay::Help(help) => of_help(app, help, overlay),
        Overlay::Compare(_) => scroll(app, overlay).into_iter().chain([close(app)]).collect(),
        Overlay::Filters(_) => vec![select(app), set(app), close(app)],
        Overlay::CopyMenu | Overlay::RuleMenu(_) | Overlay::Save(_) => vec![close(app)],
        _ => match &app.page {
            Some(page) => of_page(app, page),
            None if app.focus.pane == Pane::Timeline => of_timeline(app),
            None => {
                hints(app, &app.settings.keymap.dashboard, |it| effect(app, viewport, it)).collect()
            }
        },
    }
}

/// The hints of the rows of a table that have a text.
fn hints<A: Copy + PartialEq>(
    app: &App,
    table: &KeyTable<A>,
    text: impl Fn(&Binding<A>) -> Option<Localized>,
) -> impl Iterator<Item = Hint> {
    let lang = app.settings.lang;
    table.hints(move |row| Some(text(row)?.text(lang)))
}

/// The hints of the keys of the dashboard whose actions do something.
fn of_everywhere(app: &App, is_useful: impl Fn(Action) -> bool) -> impl Iterator<Item = Hint> {
    let text = move |it: &Binding| it.brief.filter(|_| is_useful(it.actions[0].action));
    hints(app, &app.settings.keymap.dashboard, text)
}

/// The keys of the help: those of its search, if there is one.
fn of_help(app: &App, help: &Help, overlay: Option<Popup>) -> Vec<Hint> {
    let (lang, table) = (app.settings.lang, &app.settings.keymap.dashboard);
    let keys = [Direction::Next, Direction::Previous].map(|it| table.label(Action::Match(it)));
    let has_others = help.search().is_some_and(|it| 1 < it.matches(&help::lines(app, 80)).len());
    let others = has_others.then(|| (keys.join(" "), HIT.text(lang)));
    let search = (table.label(Action::Filter), SEARCH.text(lang));
    let leave = match help.search() {
        Some(_) => (ESC.to_owned(), END_SEARCH.text(lang)),
        None => close(app),
    };
    others.into_iter().chain([search]).chain(scroll(app, overlay)).chain([leave]).collect()
}

/// The keys that scroll an overlay, if not all of it is shown.
fn scroll(app: &App, overlay: Option<Popup>) -> Option<Hint> {
    let table = &app.settings.keymap.dashboard;
    let keys = [Step::Down, Step::Up].map(|it| table.label(Action::Move(it)));
    let is_cut = overlay.is_some_and(|it| it.content.rows < it.content.lines);
    is_cut.then(|| (keys.join(" "), SCROLL.text(app.settings.lang)))
}

fn select(app: &App) -> Hint {
    (app.settings.keymap.filled("{up} {down}").into_owned(), SELECT.text(app.settings.lang))
}

fn set(app: &App) -> Hint {
    ("enter".to_owned(), SET.text(app.settings.lang))
}

fn close(app: &App) -> Hint {
    (ESC.to_owned(), CLOSE.text(app.settings.lang))
}

/// The keys of a page, and those of the dashboard that do something there.
fn of_page(app: &App, page: &Page) -> Vec<Hint> {
    let is_breakdown = matches!(page, Page::Breakdown(_));
    let text = |it: &Binding<PageAction>| match it.actions[0].action {
        PageAction::Dimension(_) | PageAction::Sort if !is_breakdown => None,
        PageAction::Filter if is_breakdown => None,
        PageAction::Open if matches!(page, Page::User(_)) => Some(IN_FLOW),
        _ => it.brief,
    };
    let is_useful = |it| matches!(it, Action::Pause | Action::Help | Action::Quit);
    hints(app, &app.settings.keymap.page, text).chain(of_everywhere(app, is_useful)).collect()
}

/// The keys of the timeline, and those of the dashboard that do something there.
fn of_timeline(app: &App) -> Vec<Hint> {
    let table = &app.settings.keymap.timeline;
    let is_useful = |it| match it {
        Action::Zoom => !app.focus.zoomed,
        action => {
            matches!(action, Action::Filter | Action::Back | Action::Help | Action::Quit)
        }
    };
    let key = Some(table.label(TimelineAction::Filter)).filter(|it| !it.is_empty());
    let filters = key.filter(|_| app.timeline.has_both_marks());
    let filters = filters.map(|it| (it, BETWEEN_MARKS.text(app.settings.lang)));
    let own_text = |it: &Binding<TimelineAction>| {
        let is_idle = it.actions[0].action == TimelineAction::ShowAll && app.timeline.shows_all();
        it.brief.filter(|_| !is_idle)
    };
    let own = filters.into_iter().chain(hints(app, table, own_text));
    own.chain(of_everywhere(app, is_useful)).collect()
}

/// The keys of the switchboard, but for those of some actions.
pub(super) fn of_switchboard(app: &App, left_out: &[SwitchboardAction]) -> Vec<Hint> {
    let rules = app.status.switchboard.rules.len();
    let is_useful = |action| match action {
        SwitchboardAction::Toggle | SwitchboardAction::Edit | SwitchboardAction::Delete => {
            0 < rules
        }
        SwitchboardAction::Swap(_) => 1 < rules,
        _ => true,
    };
    let text = |it: &Binding<SwitchboardAction>| {
        let action = it.actions[0].action;
        it.brief.filter(|_| is_useful(action) && !left_out.contains(&action))
    };
    hints(app, &app.settings.keymap.switchboard, text).collect()
}

/// The width of hints in a line.
pub(super) fn width_of(hints: &[Hint]) -> usize {
    hints.iter().map(|(label, brief)| width(label) + width(brief) + 3).sum()
}

/// As many hints as fit into a line. How to leave and where all keys are stays to the last;
/// in a narrow line how to leave is first.
pub(super) fn fitting(app: &App, mut hints: Vec<Hint>, cells: u16) -> Vec<Hint> {
    let [leave, help] = leave_and_help(app);
    let quit = app.settings.keymap.dashboard.label(Action::Quit);
    if cells < NARROW {
        let mut leave = [&*leave, &*quit].into_iter();
        let at = |label: &str| hints.iter().position(|it| it.0 == label);
        if let Some(at) = leave.find_map(at) {
            hints[..=at].rotate_right(1);
        }
    }
    let kept = [&*leave, &*help];
    while usize::from(cells) < width_of(&hints) {
        let is_kept = |nth: usize| (cells < NARROW && nth == 0) || kept.contains(&&*hints[nth].0);
        let Some(last) = (0..hints.len()).rfind(|it| !is_kept(*it)) else { break };
        hints.remove(last);
    }
    hints
}

/// The labels of the keys that leave what is open and that show all keys.
fn leave_and_help(app: &App) -> [String; 2] {
    let Keymap { dashboard, page, switchboard, .. } = &app.settings.keymap;
    let help = dashboard.label(Action::Help);
    match (&app.overlay, &app.page) {
        (Overlay::Switchboard(_), _) => {
            [SwitchboardAction::Close, SwitchboardAction::Help].map(|it| switchboard.label(it))
        }
        (Overlay::None, Some(_)) => [page.label(PageAction::Close), help],
        (Overlay::None, None) => [dashboard.label(Action::Back), help],
        _ => [ESC.to_owned(), help],
    }
}

/// What a key does in the focused pane; `None` if that is nothing, or the line has no
/// space for it.
fn effect(app: &App, viewport: &Viewport, binding: &Binding) -> Option<Localized> {
    let (pane, detail) = (app.focus.pane, &app.detail);
    let in_detail = pane == Pane::Detail;
    let is_useful = match binding.actions[0].action {
        Action::Open => return open(app),
        Action::Form => return detail.next_form().filter(|_| in_detail).map(form),
        Action::Match(_) => return (in_detail && app.filter().is_some()).then_some(HIT),
        Action::Back => app.focus.zoomed || pane != Pane::Flow,
        Action::Wrap => match viewport.detail.wrapping.filter(|_| in_detail)? {
            Wrapping::Wraps => true,
            Wrapping::Cuts => return Some(CUT_LINES),
        },
        Action::Tab(_) | Action::Zoom => in_detail,
        Action::Filter | Action::Pause | Action::Failure(_) | Action::Save => !in_detail,
        Action::Resend => app.settings.forward.is_some(),
        _ => true,
    };
    binding.brief.filter(|_| is_useful)
}

/// What Enter does.
fn open(app: &App) -> Option<Localized> {
    match app.focus.pane {
        Pane::Flow => Some(OPEN),
        Pane::Unread => Some(STEPS),
        Pane::Failures => Some(WHOM),
        Pane::Detail if app.detail.tab == Tab::LifeLine => {
            app.leads_elsewhere().then_some(GO_THERE)
        }
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
