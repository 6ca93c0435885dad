//! The key bindings of the focused timeline. The other keys work there, too.

use crossterm::event::{KeyCode, KeyEvent};

use super::{Binding, action_in, code, key};
use crate::callback::Localized;
use crate::dashboard::action::{Direction, TimelineAction as It};

/// The keys of the timeline, in the order in which help shows them.
pub const TIMELINE: &[Binding<It>] = &[
    Binding {
        label: "h l ← →",
        keys: &[
            key('h', It::Move(Direction::Previous)),
            key('l', It::Move(Direction::Next)),
            code(KeyCode::Left, It::Move(Direction::Previous)),
            code(KeyCode::Right, It::Move(Direction::Next)),
        ],
        help: Localized::new("to the earlier, to the later bar", "到前一个、后一个柱"),
        brief: Some(Localized::new("move", "移动")),
    },
    Binding {
        label: "+ -",
        keys: &[
            key('+', It::Scale(Direction::Next)),
            key('=', It::Scale(Direction::Next)),
            key('-', It::Scale(Direction::Previous)),
        ],
        help: Localized::new("shorter, longer bars around the cursor", "以光标为中心放大、缩小"),
        brief: Some(Localized::new("scale", "缩放")),
    },
    Binding {
        label: "0",
        keys: &[key('0', It::ShowAll)],
        help: Localized::new("all of the time", "显示全部时间"),
        brief: Some(Localized::new("all", "全部")),
    },
    Binding {
        label: "enter",
        keys: &[code(KeyCode::Enter, It::Go)],
        help: Localized::new(
            "go to this time in Flow; with two marks, filter by them",
            "在消息流中定位；有两个标记时按其间的时间过滤",
        ),
        brief: Some(Localized::new("go", "定位")),
    },
    Binding {
        label: "m f",
        keys: &[key('m', It::Mark), key('f', It::Filter)],
        help: Localized::new(
            "mark a bar, up to two; filter by the time between",
            "标记柱（最多两个）；按两个标记之间的时间过滤",
        ),
        brief: Some(Localized::new("mark", "标记")),
    },
];

/// The action of a key in the focused timeline, if it has one there.
pub fn timeline_action(pressed: KeyEvent) -> Option<It> {
    action_in(TIMELINE, pressed)
}
