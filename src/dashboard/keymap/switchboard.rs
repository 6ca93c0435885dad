//! The key bindings of the switchboard. The keys that move in a pane move there, too.

use crossterm::event::{KeyCode, KeyEvent};

use super::{Binding, action_in, code, key};
use crate::callback::Localized;
use crate::dashboard::action::{Direction, SwitchboardAction as It};

/// The labels of the keys that a narrow bottom line does without, the first one first.
pub const DISPENSABLE: [&str; 3] = ["J K", "u", "d"];

/// The keys of the switchboard, in the order in which help shows them.
pub const SWITCHBOARD: &[Binding<It>] = &[
    Binding {
        label: "1 2 3 4 5 6",
        keys: &[
            key('1', It::Answer(0)),
            key('2', It::Answer(1)),
            key('3', It::Answer(2)),
            key('4', It::Answer(3)),
            key('5', It::Answer(4)),
            key('6', It::Answer(5)),
        ],
        help: Localized::new("the answer without a rule", "无规则时的应答"),
        brief: None,
    },
    Binding {
        label: "space",
        keys: &[key(' ', It::Toggle)],
        help: Localized::new("turn the rule off, on again", "停用、启用规则"),
        brief: Some(Localized::new("off/on", "停用/启用")),
    },
    Binding {
        label: "a",
        keys: &[key('a', It::Add)],
        help: Localized::new("add a rule: FILTER => ACTION", "添加规则：过滤条件 => 动作"),
        brief: Some(Localized::new("add", "添加")),
    },
    Binding {
        label: "e enter",
        keys: &[key('e', It::Edit), code(KeyCode::Enter, It::Edit)],
        help: Localized::new("edit the rule", "编辑规则"),
        brief: Some(Localized::new("edit", "编辑")),
    },
    Binding {
        label: "d",
        keys: &[key('d', It::Delete)],
        help: Localized::new("delete the rule", "删除规则"),
        brief: Some(Localized::new("delete", "删除")),
    },
    Binding {
        label: "J K",
        keys: &[key('J', It::Swap(Direction::Next)), key('K', It::Swap(Direction::Previous))],
        help: Localized::new("move the rule down, up", "下移、上移规则"),
        brief: Some(Localized::new("move", "移动")),
    },
    Binding {
        label: "u",
        keys: &[key('u', It::Undo)],
        help: Localized::new("undo the last change", "撤销上一次更改"),
        brief: Some(Localized::new("undo", "撤销")),
    },
    Binding {
        label: "w",
        keys: &[key('w', It::Write)],
        help: Localized::new("write the rules to a file", "将规则写入文件"),
        brief: Some(Localized::new("write", "写入")),
    },
    Binding {
        label: "R",
        keys: &[key('R', It::Read)],
        help: Localized::new("read the file of the rules again", "重新读取规则文件"),
        brief: Some(Localized::new("read", "重读")),
    },
    Binding {
        label: "O",
        keys: &[key('O', It::Reset)],
        help: Localized::new("answer as by default: all rules off", "恢复默认应答：停用全部规则"),
        brief: Some(Localized::new("all off", "全部停用")),
    },
    Binding {
        label: "?",
        keys: &[key('?', It::Help)],
        help: Localized::new("all keys", "全部按键"),
        brief: Some(Localized::new("help", "帮助")),
    },
    Binding {
        label: "esc o q",
        keys: &[code(KeyCode::Esc, It::Close), key('o', It::Close), key('q', It::Close)],
        help: Localized::new("close the switchboard", "关闭应答设置"),
        brief: Some(Localized::new("close", "关闭")),
    },
];

/// The action of a key in the switchboard, if it has one.
pub fn switchboard_action(pressed: KeyEvent) -> Option<It> {
    action_in(SWITCHBOARD, pressed)
}
