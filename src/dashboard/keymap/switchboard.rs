//! The key bindings of the switchboard. The keys that move in a pane move there, too.

use super::binding::{Binding, on};
use crate::callback::Localized;
use crate::dashboard::action::{Direction, SwitchboardAction as It};

/// The keys of the switchboard, in the order in which help shows them.
pub(super) const SWITCHBOARD: &[Binding<It>] = &[
    Binding::new(
        &[
            on("switchboard-answer-1", "1", It::Answer(0)),
            on("switchboard-answer-2", "2", It::Answer(1)),
            on("switchboard-answer-3", "3", It::Answer(2)),
            on("switchboard-answer-4", "4", It::Answer(3)),
            on("switchboard-answer-5", "5", It::Answer(4)),
            on("switchboard-answer-6", "6", It::Answer(5)),
        ],
        Localized::new("the answer without a rule", "无规则时的应答"),
    ),
    Binding::new(
        &[on("switchboard-toggle", "space", It::Toggle)],
        Localized::new("turn the rule off, on again", "停用、启用规则"),
    )
    .brief(Localized::new("off/on", "停用/启用")),
    Binding::new(
        &[on("switchboard-add", "a", It::Add)],
        Localized::new("add a rule: FILTER => ACTION", "添加规则：过滤条件 => 动作"),
    )
    .brief(Localized::new("add", "添加")),
    Binding::new(
        &[on("switchboard-edit", "e enter", It::Edit)],
        Localized::new("edit the rule", "编辑规则"),
    )
    .brief(Localized::new("edit", "编辑")),
    Binding::new(
        &[on("switchboard-delete", "d", It::Delete)],
        Localized::new("delete the rule", "删除规则"),
    )
    .brief(Localized::new("delete", "删除")),
    Binding::new(
        &[
            on("switchboard-move-down", "J", It::Swap(Direction::Next)),
            on("switchboard-move-up", "K", It::Swap(Direction::Previous)),
        ],
        Localized::new("move the rule down, up", "下移、上移规则"),
    )
    .brief_of_two(Localized::new("move", "移动")),
    Binding::new(
        &[on("switchboard-undo", "u", It::Undo)],
        Localized::new("undo the last change", "撤销上一次更改"),
    )
    .brief(Localized::new("undo", "撤销")),
    Binding::new(
        &[on("switchboard-write", "w", It::Write)],
        Localized::new("write the rules to a file", "将规则写入文件"),
    )
    .brief(Localized::new("write", "写入")),
    Binding::new(
        &[on("switchboard-read", "R", It::Read)],
        Localized::new("read the file of the rules again", "重新读取规则文件"),
    )
    .brief(Localized::new("read", "重读")),
    Binding::new(
        &[on("switchboard-reset", "O", It::Reset)],
        Localized::new("answer as by default: all rules off", "恢复默认应答：停用全部规则"),
    )
    .brief(Localized::new("all off", "全部停用")),
    Binding::new(&[on("switchboard-help", "?", It::Help)], Localized::new("all keys", "全部按键"))
        .brief(Localized::new("help", "帮助")),
    Binding::new(
        &[on("switchboard-close", "esc o q", It::Close)],
        Localized::new("close the switchboard", "关闭应答设置"),
    )
    .brief(Localized::new("close", "关闭")),
];
