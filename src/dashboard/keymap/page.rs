//! The key bindings of a page. The keys that move in a pane move there, too.

use crossterm::event::{KeyCode, KeyEvent};

use super::{Binding, action_in, code, key};
use crate::callback::Localized;
use crate::dashboard::action::PageAction as It;

/// The keys of a page, in the order in which help shows them.
pub const PAGE: &[Binding<It>] = &[
    Binding {
        label: "enter",
        keys: &[code(KeyCode::Enter, It::Open)],
        help: Localized::new(
            "show the callback of this step in Flow",
            "在消息流中显示这一步的回调",
        ),
        brief: Some(Localized::new("show in Flow", "在消息流中显示")),
    },
    Binding {
        label: "f",
        keys: &[key('f', It::Filter)],
        help: Localized::new("filter Flow by this user", "按该用户过滤消息流"),
        brief: Some(Localized::new("filter", "过滤")),
    },
    Binding {
        label: "esc",
        keys: &[code(KeyCode::Esc, It::Close)],
        help: Localized::new("close the page", "关闭本页"),
        brief: Some(Localized::new("back", "后退")),
    },
];

/// The action of a key on a page, if it has one.
pub fn page_action(pressed: KeyEvent) -> Option<It> {
    action_in(PAGE, pressed)
}
