//! The entries of the language, and how they are written.

use super::{Entry, Item};
use crate::callback::command::When;
use crate::callback::decision::Decision;
use crate::callback::incomplete::PARTIAL;
use crate::callback::json::BROKEN;
use crate::callback::{Localized, result_word};
use crate::history::filter::field::Field;
use crate::history::filter::keyword::Keyword;
use crate::history::filter::number::NumericField;
use crate::history::filter::time::TimeField;
use crate::history::row::Flags;
use crate::history::sign;

const fn form(
    name: [&'static str; 2],
    example: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Entry {
    let name = Localized::new(name[0], name[1]);
    let meaning = Localized::new(en, zh);
    Entry { name, aliases: &[], example, meaning, sign: "", item: Item::Form }
}

const fn field(
    item: Item,
    name: &'static str,
    aliases: &'static [&'static str],
    example: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Entry {
    let (name, meaning) = (Localized::new(name, name), Localized::new(en, zh));
    Entry { name, aliases, example, meaning, sign: "", item }
}

const fn word(
    keyword: Keyword,
    sign: &'static str,
    name: Localized,
    en: &'static str,
    zh: &'static str,
) -> Entry {
    let meaning = Localized::new(en, zh);
    Entry { name, aliases: &[], example: name.en, meaning, sign, item: Item::Keyword(keyword) }
}

const fn flag(
    flag: Flags,
    sign: &'static str,
    name: Localized,
    en: &'static str,
    zh: &'static str,
) -> Entry {
    word(Keyword::Flag(flag), sign, name, en, zh)
}

const fn decision(it: Decision, en: &'static str, zh: &'static str) -> Entry {
    word(Keyword::Decision(it), "", it.label(), en, zh)
}

const fn name(en: &'static str, zh: &'static str) -> Localized {
    Localized::new(en, zh)
}

#[rustfmt::skip]
pub(super) static TABLE: &[Entry] = &[
    form(["a word", "文字"], "packet", "the body contains it, in any letter case; either may write it as \\u7ea2", "正文包含该文字，不区分大小写；正文与过滤均可写成 \\u7ea2"),
    form(["text in quotes", "引号"], "\"red packet\"", "the body contains it, spaces and all; \\\" is a quote", "正文包含引号内的文字（可含空格）；\\\" 表示引号"),
    form(["a space", "空格"], "red packet", "and: both match", "与：两者都匹配"),
    form(["|", "|"], "red | green", "or: one of them matches", "或：至少一个匹配"),
    form(["-", "-"], "-from:bob", "not: what comes right after it does not match", "非：紧跟其后的条件不匹配"),
    form(["( )", "( )"], "red (from:bob | to:bob)", "a group", "分组"),
    form([":", ":"], "from:jar", "a field contains it, in any letter case; a number equals it", "字段包含该值，不区分大小写；数值则为相等"),
    form([".Field", ".Field"], ".MsgBody[0].MsgContent.Text:hi", "a field of the body, in any letter case, also in a list (any element without [0]) and in JSON inside a string: .CloudCustomData.trace=abc, .UnreadMsgNum>5, .\"odd name\"; alone: it exists", "正文中的字段，名称不区分大小写，可进入数组（不写 [0] 则为任一元素）和字符串内的 JSON：.CloudCustomData.trace=abc、.UnreadMsgNum>5、.\"特殊名称\"；单独写表示字段存在"),
    form(["=", "="], "from=jared", "a field is exactly this", "字段与该值完全相同"),

    field(Item::Field(Field::From), "from", &["发送方"], "from:jared", "the acting user", "操作者、发送方"),
    field(Item::Field(Field::To), "to", &["接收方"], "to:小明", "the recipient, a user or a group", "接收方：用户或群"),
    field(Item::Field(Field::User), "user", &["用户"], "user=bob", "either of the two", "发送方或接收方"),
    field(Item::Field(Field::Command), "cmd", &["回调命令", "命令"], "cmd:group.", "the callback command", "回调命令"),
    field(Item::Type, "type", &["类型"], "type:image", "a word of the column TYPE, in either language: type:read, type:撤回, type:\"read all\"", "类型列中的词，中英文均可：type:read、type:撤回、type:\"全部已读\""),
    field(Item::Field(Field::Text), "text", &["消息", "内容", "文字"], "text:\"see you\"", "the text of the message as it is in the body, with titles, file names and custom data, without the words that MESSAGE adds", "正文中消息的文字，含标题、文件名和自定义数据，不含消息列附加的说明"),
    field(Item::Field(Field::Key), "key", &[], "key:48374_", "MsgKey", "MsgKey"),
    field(Item::Field(Field::App), "app", &["应用"], "app:1400000000", "SdkAppid", "SdkAppid"),
    field(Item::Field(Field::Platform), "platform", &["平台"], "platform:ios", "OptPlatform", "OptPlatform"),
    field(Item::Field(Field::Ip), "ip", &["客户端IP"], "ip:127.", "ClientIP", "ClientIP"),
    field(Item::Field(Field::Peer), "peer", &["调用方地址"], "peer=203.0.113.7", "the address that the call came from: the first of X-Forwarded-For, which a tunnel sets, else that of the connection", "调用方地址：X-Forwarded-For 中的第一个（由隧道设置），没有则为连接的对端地址"),
    field(Item::Field(Field::Info), "info", &["错误信息"], "info:blocked", "ErrorInfo of the callback or of the answer: why it failed or was denied", "回调或应答中的 ErrorInfo：失败或拒绝的原因"),
    field(Item::Field(Field::Rule), "rule", &["规则"], "rule:mallory", "the rule that decided the answer", "决定应答的规则"),
    field(Item::Pattern, "re", &["正则"], "re:/pa+ttern/i", "the body matches a regular expression; i ignores the letter case", "正文匹配正则表达式；i 表示不区分大小写"),

    field(Item::Number(NumericField::Code), "code", &["错误码", "结果", "结果码"], "code:20000-20999", "the result, or the code of the decision", "结果码，或应答决定的错误码"),
    field(Item::Number(NumericField::Unread), "unread", &["未读", "未读数"], "unread>5", "the unread count it reports", "上报的未读数"),
    field(Item::Number(NumericField::Size), "size", &["大小"], "size>2k", "the length of the body in bytes, k or M", "正文长度：字节、k 或 M"),
    field(Item::Number(NumericField::Lag), "lag", &["延迟"], "lag>3s", "the time from MsgTime to the arrival: ms, s (also without a unit), m or h", "从 MsgTime 到到达的时间：ms、s（不写单位也是秒）、m 或 h"),
    field(Item::Number(NumericField::Took), "took", &["耗时", "应答耗时"], "took>500ms", "the time to the answer: ms, s (also without a unit), m or h", "应答耗时：ms、s（不写单位也是秒）、m 或 h"),

    field(Item::Time(TimeField::At), "at", &["时间", "到达时间"], "at:14:02:11-14:05", "the arrival, to the end of the last second, minute or day written, in the time zone shown; without a date on each day, without a year the last such day: 14:02, 23:50-00:10, 2026-11-27 14:02, 11-27; at:14:02- from then on, at:-14:02 up to then, also at>=14:02", "到达时间，含所写的最后一秒、一分钟或一天，按界面的时区；不写日期则为每一天，不写年份则为最近的这一天：14:02、23:50-00:10、2026-11-27 14:02、11-27；at:14:02- 为此后，at:-14:02 为到此为止，也可写 at>=14:02"),
    field(Item::Time(TimeField::Since), "since", &["起始时间"], "since:5m", "the arrival, from 5 minutes (s, m, h, d) before now on, or from a time: since:14:00; in a recording its end is now", "到达时间：从现在之前 5 分钟（s、m、h、d）起，或从某时间起：since:14:00；打开录制文件时以其末尾为现在"),
    field(Item::Time(TimeField::Before), "before", &["截止时间"], "before:14:00", "the arrival, before a time or an age", "到达时间：早于某时间或时长"),
    field(Item::Time(TimeField::Sent), "sent", &["发送时间"], "sent:14:02", "MsgTime, written as at:", "MsgTime，写法同 at:"),

    word(Keyword::Failed, sign::FAILED, name("failed", "失败"), "a message that was not sent: the result is not 0", "消息未发送：结果码不为 0"),
    word(Keyword::Ok, "", result_word::OK, "a message that was sent: the result is 0", "消息已发送：结果码为 0"),
    flag(Flags::REFUSED, sign::REFUSED, result_word::REFUSED, "refused by imscope, such as with a wrong signature", "被 imscope 拒收，例如签名错误"),
    flag(Flags::ODD, sign::ODD, name("odd", "异常"), "it departs from Tencent's documents", "与腾讯云文档不符"),
    flag(Flags::DUPLICATE, sign::DUPLICATE, name("duplicate", "重复"), "an earlier callback reported the same event, or has the same body", "此前的回调已报告同一事件，或正文相同"),
    flag(Flags::OLDER, sign::OLDER, name("older", "乱序"), "it came after a newer message of its chat", "晚于本会话中更新的消息到达"),
    flag(Flags::ONLINE, "", name("online", "仅在线"), "for online users only, not stored", "仅发给在线用户，不存储"),
    word(Keyword::When(When::Before), sign::BEFORE, name("before", "之前回调"), "a before-callback: the answer decides", "之前回调：由应答决定"),
    word(Keyword::When(When::After), "", name("after", "之后回调"), "an after-callback", "之后回调"),
    decision(Decision::Allowed, "a before-callback whose answer lets it happen", "之前回调：应答允许"),
    decision(Decision::Changed, "a before-callback whose answer changes the message", "之前回调：应答改写了消息"),
    decision(Decision::Denied, "a before-callback that is denied; code:120001 by its code", "之前回调：应答拒绝；code:120001 按错误码查找"),
    decision(Decision::Dropped, "a before-callback whose message is dropped silently", "之前回调：应答静默丢弃消息"),
    decision(Decision::Late, "a before-callback answered after Tencent's 2 s, or never", "之前回调：应答超过腾讯云的 2 秒，或没有应答"),
    decision(Decision::Invalid, "a before-callback whose answer Tencent cannot use", "之前回调：腾讯云无法使用该应答"),
    word(Keyword::ToRobot, sign::TO_ROBOT, name("robot", "机器人"), "a message to a robot", "发给机器人的消息"),
    word(Keyword::Read, sign::READ, name("read", "已读"), "a read report or receipt", "已读上报或已读回执"),
    flag(Flags::BROKEN, sign::FAILED, BROKEN, "the body is not JSON", "正文不是 JSON"),
    word(Keyword::Partial, "", PARTIAL, "only a part of the body was received", "只收到部分正文"),
    flag(Flags::TROUBLE, sign::TROUBLE, name("trouble", "有问题"), "a warning about how it was answered, forwarded or recorded", "应答、转发或录制时有警告"),
    flag(Flags::RESENT, sign::RESENT, name("resent", "重发"), "sent to the local app again", "已重新发给本地应用"),
];
