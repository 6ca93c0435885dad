//! The key bindings of the dashboard: the panes, and what is everywhere.

use super::binding::{Binding, on};
use crate::callback::Localized;
use crate::dashboard::action::{Action, Direction, Pane, Step};
use crate::dashboard::words;

/// The keys of the dashboard, in the order in which help shows them.
pub(super) const DASHBOARD: &[Binding] = &[
    Binding::new(
        &[
            on("move-down", "j down", Action::Move(Step::Down)),
            on("move-up", "k up", Action::Move(Step::Up)),
        ],
        Localized::new("move by a row", "逐行移动"),
    ),
    Binding::new(
        &[
            on("first-row-or-time", "g", Action::GoTo(true)),
            on("last-row", "G", Action::Move(Step::Bottom)),
            on("first-row", "home", Action::Move(Step::Top)),
            on("go-to-time", ":", Action::GoTo(false)),
        ],
        Localized::new(
            "to the first row (twice: to a time), the last row; to a time",
            "到第一行（两次：到某时间）、最后一行；到某时间",
        ),
    ),
    Binding::new(
        &[
            on("page-up", "pageup", Action::Move(Step::PageUp)),
            on("page-down", "pagedown", Action::Move(Step::PageDown)),
            on("half-page-up", "ctrl-u", Action::Move(Step::HalfUp)),
            on("half-page-down", "ctrl-d", Action::Move(Step::HalfDown)),
        ],
        Localized::new("move by a screen, by half a screen", "整屏、半屏移动"),
    ),
    Binding::new(
        &[
            on("focus-next", "tab", Action::CycleFocus(Direction::Next)),
            on("focus-previous", "shift-tab", Action::CycleFocus(Direction::Previous)),
        ],
        Localized::new("focus the next, the previous pane", "焦点移到下一个、上一个窗格"),
    ),
    Binding::new(
        &[
            on("focus-flow", "1", Action::Focus(Pane::Flow)),
            on("focus-unread", "2", Action::Focus(Pane::Unread)),
            on("focus-failures", "3", Action::Focus(Pane::Failures)),
            on("focus-detail", "4", Action::Focus(Pane::Detail)),
            on("focus-timeline", "5", Action::Focus(Pane::Timeline)),
        ],
        Localized::new(
            "focus Flow, Unread, Failures, Detail, Timeline",
            "焦点移到消息流、未读、失败、详情、时间线",
        ),
    ),
    Binding::new(
        &[
            on("previous-tab", "h left", Action::Tab(Direction::Previous)),
            on("next-tab", "l right", Action::Tab(Direction::Next)),
        ],
        Localized::new("previous, next tab of the detail", "详情的上一个、下一个标签"),
    )
    .brief_of_two(Localized::new("tab", "标签")),
    Binding::new(
        &[on("filter", "/", Action::Filter)],
        Localized::new(
            "filter: words, from: to: user: code: type: failed denied …",
            "过滤：文字、from: to: user: code: type: failed denied …",
        ),
    )
    .brief(Localized::new("filter", "过滤")),
    Binding::new(
        &[on("open", "enter", Action::Open)],
        Localized::new(
            "open the detail, the page of a user, of a code; fold, unfold",
            "打开详情、用户或错误码的页面；折叠、展开",
        ),
    )
    .brief(Localized::new("open", "打开")),
    Binding::new(
        &[on("zoom", "z", Action::Zoom)],
        Localized::new("zoom the focused pane", "放大当前窗格"),
    )
    .brief(Localized::new("zoom", "放大")),
    Binding::new(
        &[on("back", "esc", Action::Back)],
        Localized::new(
            "stop a save; undo zoom, focus, filter, selection, marks",
            "停止保存；后退一步：放大、焦点、过滤、选择、标记",
        ),
    )
    .brief(Localized::new("back", "后退")),
    Binding::new(
        &[on("pause", "space", Action::Pause)],
        Localized::new("pause the view; nothing is lost meanwhile", "暂停画面，期间不丢消息"),
    )
    .brief(Localized::new("pause", "暂停")),
    Binding::new(
        &[on("follow", "F end", Action::Follow)],
        Localized::new("follow the newest again", "重新跟随最新"),
    ),
    Binding::new(
        &[
            on("next-failure", "]", Action::Failure(Direction::Next)),
            on("previous-failure", "[", Action::Failure(Direction::Previous)),
        ],
        Localized::new(
            "next, previous of failed | refused | broken | trouble",
            "下一个、上一个：失败、拒收、非 JSON、有问题",
        ),
    )
    .brief(Localized::new("failure", "失败")),
    Binding::new(
        &[
            on("next-match", "n", Action::Match(Direction::Next)),
            on("previous-match", "N", Action::Match(Direction::Previous)),
        ],
        Localized::new(
            "next, previous match of the filter, also within the detail",
            "下一个、上一个匹配，在详情中同样",
        ),
    ),
    Binding::new(
        &[on("wrap", "w", Action::Wrap)],
        Localized::new("wrap long lines in the detail", "详情自动换行"),
    )
    .brief(Localized::new("wrap", "换行")),
    Binding::new(
        &[on("payload-form", "x", Action::Form)],
        Localized::new("payload as a tree, text, raw, bytes", "正文：树、文本、原文、字节"),
    )
    .brief(Localized::new("form", "形式")),
    Binding::new(
        &[on("break-down", "b", Action::Breakdown), on("named-filter", "f", Action::NamedFilter)],
        Localized::new(
            "break down; a named filter, in the tree that of the field",
            "统计；命名的过滤条件，在正文的树中按光标处的字段",
        ),
    ),
    Binding::new(
        &[on("copy-body", "y", Action::CopyBody), on("copy", "Y", Action::CopyMenu)],
        Localized::new("copy the body; choose what to copy", "复制正文；选择复制内容"),
    )
    .brief(Localized::new("copy", "复制")),
    Binding::new(
        &[on("copy-url", "u", Action::CopyUrl)],
        Localized::new("copy the public URL for the console", "复制填写到控制台的公网 URL"),
    ),
    Binding::new(
        &[on("save", "s", Action::Save)],
        Localized::new("save: JSON Lines, HAR, curl, CSV, HTML", "保存为 HAR、CSV 等文件"),
    )
    .brief(Localized::new("save", "保存")),
    Binding::new(
        &[
            on("resend", "r", Action::Resend),
            on("show-resent", "R", Action::ShowResent),
            on("edit", "e", Action::Edit),
        ],
        Localized::new(
            "resend (all marked) to the app; go to it; edit",
            "重发（有标记则全部）；转到重发的一条；先编辑",
        ),
    )
    .brief(Localized::new("resend", "重发")),
    Binding::new(
        &[on("switchboard", "o", Action::Switchboard)],
        Localized::new("the switchboard: answers, and rules for them", "应答设置：应答与规则"),
    ),
    Binding::new(
        &[on("add-rule", "A", Action::AnswerSelected)],
        Localized::new("a rule for this command from this user", "为该用户的该回调命令设置规则"),
    ),
    Binding::new(
        &[on("reset-answers", "O", Action::ResetAnswers)],
        Localized::new("answer as by default: all rules off", "恢复默认应答：停用全部规则"),
    ),
    Binding::new(
        &[on("mark", "m", Action::Mark), on("compare", "D", Action::Compare)],
        Localized::new("mark several; compare the last two", "标记多条；比较最后标记的两条"),
    ),
    Binding::new(
        &[on("privacy", "p", Action::Privacy)],
        Localized::new(
            "hide personal data, also in what is copied; show it again",
            "隐藏个人数据（复制时同样隐藏）；再按恢复",
        ),
    ),
    Binding::new(
        &[on("send-sample", "t", Action::Sample)],
        Localized::new("send one sample through the real listener", "向监听端发送一条示例"),
    ),
    Binding::new(
        &[on("clear", "C", Action::Clear)],
        Localized::new("clear everything, after a question", "清空（先询问）"),
    ),
    Binding::new(
        &[on("mouse", "M", Action::Mouse)],
        Localized::new(
            "use the mouse; again, to select text with it",
            "启用鼠标；再按改为选择文字",
        ),
    ),
    Binding::new(
        &[on("redraw", "ctrl-l", Action::Redraw)],
        Localized::new("redraw the screen", "重绘屏幕"),
    ),
    Binding::new(
        &[on("suspend", "ctrl-z", Action::Suspend)],
        Localized::new("suspend; fg resumes", "挂起，fg 返回"),
    ),
    Binding::new(&[on("help", "?", Action::Help)], Localized::new("all keys", "全部按键"))
        .brief(Localized::new("help", "帮助")),
    Binding::new(
        &[on("quit", "q", Action::Quit), on("quit-at-once", "ctrl-c", Action::QuitAtOnce)],
        Localized::new(
            "quit; q asks if callbacks were neither recorded nor saved",
            "退出；有回调既未录制也未保存时，q 会先询问",
        ),
    )
    .brief(words::QUIT),
];
