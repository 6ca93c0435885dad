//! The key bindings of the focused timeline. The other keys work there, too.

use super::binding::{Binding, on};
use crate::callback::Localized;
use crate::dashboard::action::{Direction, TimelineAction as It};

/// The keys of the timeline, in the order in which help shows them.
pub(super) const TIMELINE: &[Binding<It>] = &[
    Binding::new(
        &[
            on("timeline-earlier", "h left", It::Move(Direction::Previous)),
            on("timeline-later", "l right", It::Move(Direction::Next)),
        ],
        Localized::new("to the earlier, to the later bar", "到前一个、后一个柱"),
    )
    .brief_of_two(Localized::new("move", "移动")),
    Binding::new(
        &[
            on("timeline-shorter", "+ =", It::Scale(Direction::Next)),
            on("timeline-longer", "-", It::Scale(Direction::Previous)),
        ],
        Localized::new("shorter, longer bars around the cursor", "以光标为中心放大、缩小"),
    )
    .brief(Localized::new("scale", "缩放")),
    Binding::new(
        &[on("timeline-all", "0", It::ShowAll)],
        Localized::new("all of the time", "显示全部时间"),
    )
    .brief(Localized::new("all", "全部")),
    Binding::new(
        &[on("timeline-go", "enter", It::Go)],
        Localized::new(
            "go to this time in Flow; with two marks, filter by them",
            "在消息流中定位；有两个标记时按其间的时间过滤",
        ),
    )
    .brief(Localized::new("go", "定位")),
    Binding::new(
        &[on("timeline-mark", "m", It::Mark), on("timeline-filter", "f", It::Filter)],
        Localized::new(
            "mark a bar, up to two; filter by the time between",
            "标记柱（最多两个）；按两个标记之间的时间过滤",
        ),
    )
    .brief(Localized::new("mark", "标记")),
];
