//! The key bindings of a page. The keys that move in a pane move there, too.

use crossterm::event::{KeyCode, KeyEvent};

use super::binding::{Binding, action_in, code, key};
use crate::callback::Localized;
use crate::dashboard::action::{Direction, PageAction as It};

/// The keys of a page, in the order in which help shows them.
pub const PAGE: &[Binding<It>] = &[
    Binding {
        label: "enter",
        keys: &[code(KeyCode::Enter, It::Open)],
        help: Localized::new(
            "show the step's callback in Flow; filter by the value",
            "在消息流中显示该步的回调；按所选的值过滤",
        ),
        brief: Some(Localized::new("filter by value", "按此值过滤")),
    },
    Binding {
        label: "f",
        keys: &[key('f', It::Filter)],
        help: Localized::new("filter Flow by the user or the code", "按该用户或该错误码过滤消息流"),
        brief: Some(Localized::new("filter", "过滤")),
    },
    Binding {
        label: "h l ← →",
        keys: &[
            key('h', It::Dimension(Direction::Previous)),
            key('l', It::Dimension(Direction::Next)),
            code(KeyCode::Left, It::Dimension(Direction::Previous)),
            code(KeyCode::Right, It::Dimension(Direction::Next)),
        ],
        help: Localized::new("break down by another field", "按另一字段统计"),
        brief: Some(Localized::new("field", "字段")),
    },
    Binding {
        label: "x",
        keys: &[key('x', It::Sort)],
        help: Localized::new(
            "sort by failures and denials, or by count",
            "按失败与拒绝或按数量排序",
        ),
        brief: Some(Localized::new("sort", "排序")),
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
