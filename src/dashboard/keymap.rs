//! The key bindings: one table for the dispatcher, the bottom line, the help and
//! the README.

mod binding;
mod page;
mod switchboard;
mod timeline;
#[cfg(test)]
mod tests;

use crossterm::event::{KeyCode, KeyEvent};

use super::action::{Action, Direction, Pane, Step};
use super::words;
use crate::callback::Localized;
pub use binding::Binding;
use binding::{action_in, code, ctrl, key};
pub use page::{PAGE, page_action};
pub use switchboard::{DISPENSABLE, SWITCHBOARD, switchboard_action};
pub use timeline::{TIMELINE, timeline_action};

/// All keys, in the order in which help shows them.
pub const BINDINGS: &[Binding] = &[
    Binding {
        label: "j k ↑ ↓",
        keys: &[
            key('j', Action::Move(Step::Down)),
            key('k', Action::Move(Step::Up)),
            code(KeyCode::Down, Action::Move(Step::Down)),
            code(KeyCode::Up, Action::Move(Step::Up)),
        ],
        help: Localized::new("move by a row", "逐行移动"),
        brief: None,
    },
    Binding {
        label: "g G Home :",
        keys: &[
            key('g', Action::GoTo(true)),
            key('G', Action::Move(Step::Bottom)),
            code(KeyCode::Home, Action::Move(Step::Top)),
            key(':', Action::GoTo(false)),
        ],
        help: Localized::new(
            "to the first row (twice: to a time), the last row; to a time",
            "到第一行（两次：到某时间）、最后一行；到某时间",
        ),
        brief: None,
    },
    Binding {
        label: "PgUp PgDn ^u ^d",
        keys: &[
            code(KeyCode::PageUp, Action::Move(Step::PageUp)),
            code(KeyCode::PageDown, Action::Move(Step::PageDown)),
            ctrl('u', Action::Move(Step::HalfUp)),
            ctrl('d', Action::Move(Step::HalfDown)),
        ],
        help: Localized::new("move by a screen, by half a screen", "整屏、半屏移动"),
        brief: None,
    },
    Binding {
        label: "tab 1 2 3 4 5",
        keys: &[
            code(KeyCode::Tab, Action::CycleFocus(Direction::Next)),
            code(KeyCode::BackTab, Action::CycleFocus(Direction::Previous)),
            key('1', Action::Focus(Pane::Flow)),
            key('2', Action::Focus(Pane::Unread)),
            key('3', Action::Focus(Pane::Failures)),
            key('4', Action::Focus(Pane::Detail)),
            key('5', Action::Focus(Pane::Timeline)),
        ],
        help: Localized::new(
            "focus: next, Flow, Unread, Failures, Detail, Timeline",
            "切换焦点：消息流、未读、失败、详情、时间线",
        ),
        brief: None,
    },
    Binding {
        label: "h l ← →",
        keys: &[
            key('h', Action::Tab(Direction::Previous)),
            key('l', Action::Tab(Direction::Next)),
            code(KeyCode::Left, Action::Tab(Direction::Previous)),
            code(KeyCode::Right, Action::Tab(Direction::Next)),
        ],
        help: Localized::new("previous, next tab of the detail", "详情的上一个、下一个标签"),
        brief: Some(Localized::new("tab", "标签")),
    },
    Binding {
        label: "/",
        keys: &[key('/', Action::Filter)],
        help: Localized::new(
            "filter: words, from: to: user: code: type: failed denied …",
            "过滤：文字、from: to: user: code: type: failed denied …",
        ),
        brief: Some(Localized::new("filter", "过滤")),
    },
    Binding {
        label: "enter",
        keys: &[code(KeyCode::Enter, Action::Open)],
        help: Localized::new(
            "open the detail, the page of a user, of a code; fold, unfold",
            "打开详情、用户或错误码的页面；折叠、展开",
        ),
        brief: Some(Localized::new("open", "打开")),
    },
    Binding {
        label: "z",
        keys: &[key('z', Action::Zoom)],
        help: Localized::new("zoom the focused pane", "放大当前窗格"),
        brief: Some(Localized::new("zoom", "放大")),
    },
    Binding {
        label: "esc",
        keys: &[code(KeyCode::Esc, Action::Back)],
        help: Localized::new(
            "stop a save; undo zoom, focus, filter, selection, marks",
            "停止保存；后退一步：放大、焦点、过滤、选择、标记",
        ),
        brief: Some(Localized::new("back", "后退")),
    },
    Binding {
        label: "space",
        keys: &[key(' ', Action::Pause)],
        help: Localized::new("pause the view; nothing is lost meanwhile", "暂停画面，期间不丢消息"),
        brief: Some(Localized::new("pause", "暂停")),
    },
    Binding {
        label: "F End",
        keys: &[key('F', Action::Follow), code(KeyCode::End, Action::Follow)],
        help: Localized::new("follow the newest again", "重新跟随最新"),
        brief: None,
    },
    Binding {
        label: "] [",
        keys: &[
            key(']', Action::Failure(Direction::Next)),
            key('[', Action::Failure(Direction::Previous)),
        ],
        help: Localized::new(
            "next, previous failure, refusal or trouble",
            "下一个、上一个失败、拒收或有问题的回调",
        ),
        brief: Some(Localized::new("failure", "失败")),
    },
    Binding {
        label: "n N",
        keys: &[
            key('n', Action::Match(Direction::Next)),
            key('N', Action::Match(Direction::Previous)),
        ],
        help: Localized::new(
            "next, previous match of the filter, also within the detail",
            "下一个、上一个匹配，在详情中同样",
        ),
        brief: None,
    },
    Binding {
        label: "w",
        keys: &[key('w', Action::Wrap)],
        help: Localized::new("wrap long lines in the detail", "详情自动换行"),
        brief: Some(Localized::new("wrap", "换行")),
    },
    Binding {
        label: "x",
        keys: &[key('x', Action::Form)],
        help: Localized::new("payload as a tree, text, raw, bytes", "正文：树、文本、原文、字节"),
        brief: Some(Localized::new("form", "形式")),
    },
    Binding {
        label: "b f",
        keys: &[key('b', Action::Breakdown), key('f', Action::FilterByField)],
        help: Localized::new(
            "break down by sender …; filter by the payload's field",
            "统计：按发送方等；按正文中光标处的字段过滤",
        ),
        brief: None,
    },
    Binding {
        label: "y Y",
        keys: &[key('y', Action::CopyBody), key('Y', Action::CopyMenu)],
        help: Localized::new("copy the body; choose what to copy", "复制正文；选择复制内容"),
        brief: Some(Localized::new("copy", "复制")),
    },
    Binding {
        label: "u",
        keys: &[key('u', Action::CopyUrl)],
        help: Localized::new("copy the public URL for the console", "复制填写到控制台的公网 URL"),
        brief: None,
    },
    Binding {
        label: "s",
        keys: &[key('s', Action::Save)],
        help: Localized::new("save: JSON Lines, HAR, curl, CSV, HTML", "保存为 HAR、CSV 等文件"),
        brief: Some(Localized::new("save", "保存")),
    },
    Binding {
        label: "r R e",
        keys: &[key('r', Action::Resend), key('R', Action::ShowResent), key('e', Action::Edit)],
        help: Localized::new(
            "resend (all marked) to the app; go to it; edit",
            "重发（有标记则全部）；转到重发的一条；先编辑",
        ),
        brief: Some(Localized::new("resend", "重发")),
    },
    Binding {
        label: "o",
        keys: &[key('o', Action::Switchboard)],
        help: Localized::new(
            "the switchboard: answers, and rules for them",
            "应答设置：应答与规则",
        ),
        brief: None,
    },
    Binding {
        label: "A",
        keys: &[key('A', Action::AnswerSelected)],
        help: Localized::new(
            "a rule for this command from this user",
            "为该用户的该回调命令设置规则",
        ),
        brief: None,
    },
    Binding {
        label: "O",
        keys: &[key('O', Action::ResetAnswers)],
        help: Localized::new("answer as by default: all rules off", "恢复默认应答：停用全部规则"),
        brief: None,
    },
    Binding {
        label: "m D",
        keys: &[key('m', Action::Mark), key('D', Action::Compare)],
        help: Localized::new("mark several; compare the last two", "标记多条；比较最后标记的两条"),
        brief: None,
    },
    Binding {
        label: "p",
        keys: &[key('p', Action::Privacy)],
        help: Localized::new(
            "hide personal data, also in what is copied; show it again",
            "隐藏个人数据（复制时同样隐藏）；再按恢复",
        ),
        brief: None,
    },
    Binding {
        label: "t",
        keys: &[key('t', Action::Sample)],
        help: Localized::new("send one sample through the real listener", "向监听端发送一条示例"),
        brief: None,
    },
    Binding {
        label: "C",
        keys: &[key('C', Action::Clear)],
        help: Localized::new("clear everything, after a question", "清空（先询问）"),
        brief: None,
    },
    Binding {
        label: "M",
        keys: &[key('M', Action::Mouse)],
        help: Localized::new(
            "use the mouse; again, to select text with it",
            "启用鼠标；再按改为选择文字",
        ),
        brief: None,
    },
    Binding {
        label: "^l",
        keys: &[ctrl('l', Action::Redraw)],
        help: Localized::new("redraw the screen", "重绘屏幕"),
        brief: None,
    },
    Binding {
        label: "^z",
        keys: &[ctrl('z', Action::Suspend)],
        help: Localized::new("suspend; fg resumes", "挂起，fg 返回"),
        brief: None,
    },
    Binding {
        label: "?",
        keys: &[key('?', Action::Help)],
        help: Localized::new("all keys", "全部按键"),
        brief: Some(Localized::new("help", "帮助")),
    },
    Binding {
        label: "q ^c",
        keys: &[key('q', Action::Quit), ctrl('c', Action::QuitAtOnce)],
        help: Localized::new(
            "quit; q asks if callbacks were neither recorded nor saved",
            "退出；有回调既未录制也未保存时，q 会先询问",
        ),
        brief: Some(words::QUIT),
    },
];

/// The action of a key, if it has one.
pub fn action(pressed: KeyEvent) -> Option<Action> {
    action_in(BINDINGS, pressed)
}
