//! The key bindings of a page. The keys that move in a pane move there, too.

use super::binding::{Binding, on};
use crate::callback::Localized;
use crate::dashboard::action::{Direction, PageAction as It};

/// The keys of a page, in the order in which help shows them.
pub(super) const PAGE: &[Binding<It>] = &[
    Binding::new(
        &[on("page-open", "enter", It::Open)],
        Localized::new(
            "show the step's callback in Flow; filter by the value",
            "在消息流中显示该步的回调；按所选的值过滤",
        ),
    )
    .brief(Localized::new("filter by value", "按此值过滤")),
    Binding::new(
        &[on("page-filter", "f", It::Filter)],
        Localized::new("filter Flow by the user or the code", "按该用户或该错误码过滤消息流"),
    )
    .brief(Localized::new("filter", "过滤")),
    Binding::new(
        &[
            on("page-previous-field", "h left", It::Dimension(Direction::Previous)),
            on("page-next-field", "l right", It::Dimension(Direction::Next)),
        ],
        Localized::new("break down by another field", "按另一字段统计"),
    )
    .brief_of_two(Localized::new("field", "字段")),
    Binding::new(
        &[on("page-sort", "x", It::Sort)],
        Localized::new("sort by failures and denials, or by count", "按失败与拒绝或按数量排序"),
    )
    .brief(Localized::new("sort", "排序")),
    Binding::new(
        &[on("page-close", "esc", It::Close)],
        Localized::new("close the page", "关闭本页"),
    )
    .brief(Localized::new("back", "后退")),
];
