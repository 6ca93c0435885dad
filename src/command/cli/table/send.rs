//! Options of `send`.

use super::choices::SHAPES;
use super::listener::TOKEN_FILE;
use crate::callback::lang::Localized;
use crate::callback::sample::event;
use crate::command::cli::parser::{file, one_of, parsed, text};
use crate::command::cli::spec::{FileContent, OptionGroup, OptionSpec};
use crate::command::cli::trust::TrustNeed;
use crate::command::cli::{expectation, value};

/// Where, when and how often is sent, and what is expected.
pub(super) const SEND: OptionGroup = OptionGroup {
    heading: None,
    options: &[
        OptionSpec::argument("url", "URL", |it| parsed(it, value::url))
            .help("URL to send to", "发送到的 URL")
            .default("http://127.0.0.1:9527"),
        OptionSpec::value("count", "N", |it| parsed(it, value::count))
            .help("Number of callbacks", "回调数量")
            .default("1"),
        OptionSpec::value("rate", "N", |it| parsed(it, value::rate)).help(
            "Callbacks per second; without it, each is sent after the reply to the last",
            "每秒回调数；不填则收到应答后再发下一个",
        ),
        OptionSpec::flag("duplicate").help("Send each callback twice", "每个回调发送两次"),
        OptionSpec::flag("shuffle")
            .help("Send the callbacks in random order", "以随机顺序发送回调"),
        OptionSpec::value("stale", "DURATION", |it| parsed(it, value::duration))
            .help("Sign with a RequestTime this long ago", "用此时长之前的 RequestTime 签名"),
        OptionSpec::value("seed", "N", |it| parsed(it, value::seed)).help(
            "Seed of the random numbers; the same seed gives the same callbacks, except for their times",
            "随机数种子；种子相同，回调相同（时间除外）",
        ),
        OptionSpec::value("expect", "DECISION|CODE", |it| parsed(it, expectation::parse))
            .help(
                "Exit with status 1 unless each reply is this decision on a before-callback: \
                 allowed, denied, changed, dropped, late, invalid, or a code",
                "除非每个应答对之前回调都作出此决定，否则退出码为 1：allowed、denied、changed、\
                 dropped、late、invalid，或错误码",
            )
            .details(
                "denied is met by any denial, also one for some of the friends or invited \
                 members; late by a reply after 2 s, or none; invalid by one that Tencent cannot \
                 use. A CODE is met by this ErrorCode; about friends, by denials that all have \
                 this ResultCode, of all friends or of some.",
                "denied：任何拒绝，包括只拒绝部分好友或被邀成员；late：超过 2 秒才应答，或没有应答；\
                 invalid：腾讯云无法使用的应答。填错误码时须与 ErrorCode 一致；对好友回调，所有拒绝的 \
                 ResultCode 都须为该值（拒绝全部或部分好友均可）。",
            ),
        OptionSpec::file("ca", FileContent::Authorities)
            .help(
                "Trust the CAs in this file (PEM) if the URL is https; default: public CAs, and \
                 any certificate on this machine",
                "URL 为 https 时，信任此文件（PEM）中的 CA；默认信任公共 CA，以及本机的任何证书",
            )
            .variable("IMSCOPE_CA", TrustNeed::Required),
        TOKEN_FILE,
    ],
};

/// Contents of the callbacks sent.
pub(super) const CALLBACK: OptionGroup = OptionGroup {
    heading: Some(Localized::new("Callback", "回调内容")),
    options: &[
        OptionSpec::value("command", "WORD", text)
            .help("CallbackCommand; any word is accepted", "回调命令 CallbackCommand；可填任意词")
            .default(event::AFTER_SEND),
        OptionSpec::value("from", "USER", text)
            .help("User who sends the message", "消息发送方")
            .default("jared"),
        OptionSpec::value("to", "USER", text).help(
            "User or group that receives it; default: Jonh, or a group for Group.* commands",
            "消息接收方（用户或群）；默认为 Jonh，Group.* 回调命令则为某个群",
        ),
        OptionSpec::value("type", "TYPE", |it| one_of(it, SHAPES))
            .help("Type of the message", "消息类型")
            .default("text"),
        OptionSpec::value("text", "TEXT", text)
            .help("Text of the message, if its type has one", "消息文本（若该类型有文本）"),
        OptionSpec::value("result", "CODE", |it| parsed(it, value::integer))
            .help("SendMsgResult: 0, or an error code", "SendMsgResult：0 或错误码")
            .default("0")
            .negative(),
        OptionSpec::value("error-info", "TEXT", text)
            .help("ErrorInfo, the text of the result", "ErrorInfo，结果的说明"),
        OptionSpec::value("unread", "N", |it| parsed(it, value::integer))
            .help(
                "UnreadMsgNum; without it, it increases by 1 with each message",
                "UnreadMsgNum；不填则每条消息加 1",
            )
            .negative(),
        OptionSpec::value("app", "SDKAPPID", |it| parsed(it, value::app))
            .help("SdkAppid", "SdkAppid")
            .variable("IMSCOPE_APP", TrustNeed::Harmless)
            .default("1400000000"),
        OptionSpec::value("scenario", "NAME|FILE", file)
            .help(
                "Send the callbacks of a scenario, one after another: message, group, bot, \
                 friend, or those of a file",
                "依次发送一个场景的回调：message、group、bot、friend，或文件中的场景",
            )
            .details(SCENARIO.en, SCENARIO.zh)
            .conflicts(&[
                "command",
                "result",
                "error-info",
                "unread",
                "body",
                "count",
                "rate",
                "duplicate",
                "shuffle",
            ]),
        OptionSpec::value("body", "FILE", file)
            .help(
                "Send the bytes of this file unchanged; - reads standard input",
                "原样发送此文件的内容；- 表示标准输入",
            )
            .conflicts(&["type", "text", "result", "error-info", "unread"]),
    ],
};

const SCENARIO: Localized = Localized::new(
    "message: sent, read, recalled; group: from its creation to its end; bot: a question and its \
     answer; friend: asked, added, deleted. They have the same keys, users and times, and go on \
     as Tencent would: what is denied or dropped is not followed by its after-callbacks, and what \
     is changed is sent as changed.\n\n\
     A file (- reads standard input) has one step a line, and comments after #: \
     {\"command\": \"C2C.CallbackBeforeSendMsg\", \"from\": \"a\", \"to\": \"b\", \"text\": \"hi\", \
     \"after\": \"300ms\", \"expect\": \"denied\"}. Only the command is required; \"body\" is a \
     body of your own. All steps are sent. A new message begins with each BeforeSendMsg, and \
     with an AfterSendMsg that follows another.",
    "message：发送、已读、撤回；group：从建群到解散；bot：提问与回答；friend：申请、添加、删除。\
     各步的消息键、用户与时间前后一致，并像腾讯云那样继续：被拒绝或丢弃的，不再有之后回调；\
     被改写的，按改写后的内容发送。\n\n\
     场景文件（- 表示标准输入）每行一步，# 之后为注释：\
     {\"command\": \"C2C.CallbackBeforeSendMsg\", \"from\": \"a\", \"to\": \"b\", \"text\": \"hi\", \
     \"after\": \"300ms\", \"expect\": \"denied\"}。只有 command 必填；body 为自定义正文。所有步骤都会发送。\
     每个 BeforeSendMsg，以及紧跟另一个 AfterSendMsg 的 AfterSendMsg，都开始一条新消息。",
);
