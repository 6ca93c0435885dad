//! Deviations of a callback from what is documented, with a sentence for each.

use std::borrow::Cow;

use super::command::{Kinds, kind_name};
use super::json::{BROKEN, JsonKind, ParseError};
use super::lang::{Lang, localize};

/// A deviation from what is documented: shown, never a reason to refuse a callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity<'a> {
    /// A field that the command always has is missing.
    Missing(&'static str),
    /// A field the command is not known to have.
    Unknown(Cow<'a, str>),
    /// A field has another kind of value than documented.
    Type {
        /// The field.
        field: &'static str,
        /// The documented kinds.
        expected: Kinds,
        /// The kind of the value.
        found: JsonKind,
    },
    /// A whole number is written as a float; it is read all the same.
    Float {
        /// The field, the first of several.
        field: &'static str,
        /// Its value as written.
        value: &'a str,
    },
    /// A number is not whole, or too large for 64 bits.
    NotWhole {
        /// The field.
        field: &'static str,
        /// Its value as written.
        value: &'a str,
    },
    /// A field occurs more than once; the last one counts.
    Twice(Cow<'a, str>),
    /// Neither query nor body has a command.
    NoCommand,
    /// A command word this version does not know.
    UnknownCommand(Cow<'a, str>),
    /// An event of TRTC, the audio and video service, which is signed and shaped
    /// otherwise.
    TrtcEvent,
    /// A callback of the old conferencing product, with its command
    /// (<https://cloud.tencent.com/document/product/1690/92699>).
    Conferencing(Cow<'a, str>),
    /// The command word is a switch and no event: it never arrives.
    NotAnEvent(&'static str),
    /// Query and body have different commands.
    CommandDiffers {
        /// The word of the query, which counts.
        query: Cow<'a, str>,
        /// The word of the body.
        body: Cow<'a, str>,
    },
    /// The URL has no query at all.
    NoQuery,
    /// A parameter of the query occurs more than once, in any letter case; the first
    /// one counts.
    ParameterTwice(&'static str),
    /// The query has no `SdkAppid`.
    NoSdkAppId,
    /// The `SdkAppid` is not a number.
    SdkAppIdNotDigits(Cow<'a, str>),
    /// Query and body have different applications.
    SdkAppIdDiffers {
        /// `SdkAppid` of the query.
        query: Cow<'a, str>,
        /// `SdkAppId` of the body.
        body: Cow<'a, str>,
    },
    /// The application is not the one expected (`--app`).
    OtherSdkAppId {
        /// The expected one.
        expected: String,
        /// `SdkAppid` of the query.
        found: Cow<'a, str>,
    },
    /// An HTTP method other than POST.
    Method(&'a str),
    /// A web page made the call.
    Browser,
    /// The body is empty.
    Empty,
    /// The body is not JSON.
    NotJson(ParseError),
    /// The body is JSON, but not an object.
    NotObject(JsonKind),
    /// A `MsgKey` that is not `MsgSeq_MsgRandom_MsgTime`.
    MsgKeyForm(Cow<'a, str>),
    /// A part of the `MsgKey` differs from its field.
    MsgKeyDiffers {
        /// The `MsgKey`.
        key: Cow<'a, str>,
        /// The field.
        field: &'static str,
        /// The field's value.
        value: Cow<'a, str>,
    },
    /// `MsgTime` is after the arrival, by this many seconds.
    MsgTimeInFuture(i64),
    /// `MsgTime` is in milliseconds, and is converted.
    MsgTimeInMilliseconds(i64),
    /// `MsgTime` is not a plausible time.
    MsgTimeImplausible(i64),
    /// This many `TIMCustomElem`, of which a message may have one.
    SeveralCustomElements(usize),
    /// An element of a type this version does not know.
    UnknownElement(Cow<'a, str>),
    /// The element with this number, from 1, has no `MsgType`.
    ElementWithoutType(usize),
    /// An element has no `MsgContent`, or one that is not an object.
    ElementWithoutContent {
        /// The number of the element, from 1.
        at: usize,
        /// Its `MsgType`.
        word: Cow<'a, str>,
    },
    /// `MsgBody` has no elements.
    NoElements,
    /// `UnreadMsgNum` is −1, which stands for a failure, but the result is 0.
    UnreadUnknown,
    /// A batch has this many events, where 1 to 100 are documented
    /// (<https://cloud.tencent.com/document/product/1047/67551>).
    Batch(usize),
    /// `MsgBody` has more elements than are read.
    ManyElements {
        /// The number of elements.
        count: usize,
        /// How many of them are read.
        read: usize,
    },
    /// This many oddities more.
    More(usize),
}

/// Oddities of one callback that are kept; a body of 16 MiB could have millions.
const MAX_KEPT: usize = 100;

/// The oddities found so far: the first ones, and the number of the others.
#[derive(Debug, Default)]
pub(super) struct Oddities<'a> {
    kept: Vec<Oddity<'a>>,
    more: usize,
}

impl<'a> Oddities<'a> {
    pub(super) fn push(&mut self, oddity: Oddity<'a>) {
        match self.kept.len() < MAX_KEPT {
            true => self.kept.push(oddity),
            false => self.more += 1,
        }
    }

    pub(super) fn extend(&mut self, oddities: impl Iterator<Item = Oddity<'a>>) {
        oddities.for_each(|it| self.push(it));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Oddity<'a>> {
        self.kept.iter()
    }

    /// Those kept, and how many more there are.
    pub(super) fn into_vec(mut self) -> Vec<Oddity<'a>> {
        self.kept.extend((0 < self.more).then_some(Oddity::More(self.more)));
        self.kept
    }
}

impl Oddity<'_> {
    /// The oddity as a sentence, without a final dot.
    // A table with a row for each.
    #[rustfmt::skip]
    pub fn sentence(&self, lang: Lang) -> String {
        macro_rules! text {
            ($($texts:tt)*) => { localize!(lang, $($texts)*) };
        }
        match self {
            Self::Missing(field) => text!("the field {field} is missing", "缺少字段 {field}"),
            Self::Unknown(field) =>
                text!("the field {field} is not documented for this command", "该回调命令的文档中没有字段 {field}"),
            Self::Type { field, expected, found } => {
                let (expected, found) = (expected.text(lang), kind_name(*found).text(lang));
                text!("{field} should be {expected}, but is {found}", "{field} 应为{expected}，实际为{found}")
            }
            Self::Float { field, value } => text!(
                "whole numbers are written as floats, such as {field} {value}",
                "整数写成了浮点数，如 {field} {value}"
            ),
            Self::NotWhole { field, value } =>
                text!("{field} {value} is not a whole number of 64 bits", "{field} {value} 不是 64 位整数"),
            Self::Twice(field) =>
                text!("the field {field} occurs twice; the last one counts", "字段 {field} 重复出现，以最后一个为准"),
            Self::NoCommand =>
                text!("neither query nor body has a CallbackCommand", "查询参数和正文中都没有 CallbackCommand"),
            Self::UnknownCommand(word) => text!("the command {word} is not known", "未知回调命令 {word}"),
            Self::TrtcEvent => text!("this is an event of TRTC, not of IM", "这是 TRTC 事件，不属于 IM"),
            Self::Conferencing(command) => text!(
                "{command} is a callback of the old conferencing product, not of IM",
                "{command} 是旧版会议产品的回调，不属于 IM"
            ),
            Self::NotAnEvent(word) => text!(
                "{word} is a switch in the list of commands, not an event: Tencent never sends it",
                "{word} 是命令列表中的开关，不是事件，腾讯云不会发送"
            ),
            Self::CommandDiffers { query, body } =>
                text!("the query has {query}, the body has {body}", "查询参数为 {query}，正文为 {body}"),
            Self::NoQuery => text!(
                "no query: Tencent always sends SdkAppid and CallbackCommand",
                "没有查询参数：腾讯云总会带上 SdkAppid 和 CallbackCommand"
            ),
            Self::ParameterTwice(name) => text!(
                "the query has {name} twice; the first one counts here, the last one in PHP",
                "查询参数 {name} 重复出现：此处以第一个为准，PHP 以最后一个为准"
            ),
            Self::NoSdkAppId => text!("the query has no SdkAppid", "查询参数中没有 SdkAppid"),
            Self::SdkAppIdNotDigits(app) => text!("the SdkAppid “{app}” is not a number", "SdkAppid“{app}”不是数字"),
            Self::SdkAppIdDiffers { query, body } =>
                text!("the query has app {query}, the body has app {body}", "查询参数中的应用为 {query}，正文中为 {body}"),
            Self::OtherSdkAppId { expected, found } =>
                text!("it is for app {found}, not for {expected}", "应用为 {found}，应为 {expected}"),
            Self::Method(method) =>
                text!("the method is {method}; Tencent sends POST", "请求方法为 {method}，腾讯云使用 POST"),
            Self::Browser => text!(
                "a web page made this call (Origin, Sec-Fetch-Site): it is not from Tencent",
                "该请求由网页发出（Origin、Sec-Fetch-Site），并非来自腾讯云"
            ),
            Self::Empty => text!("the body is empty", "正文为空"),
            Self::NotJson(error) => {
                let (broken, error) = (BROKEN.text(lang), error.text(lang));
                text!("{broken}, not JSON: {error}", "{broken}：{error}")
            }
            Self::NotObject(kind) => {
                let kind = kind_name(*kind).text(lang);
                text!("the body is {kind}, not an object", "正文是{kind}，不是对象")
            }
            Self::MsgKeyForm(key) => text!(
                "the MsgKey “{key}” is not of the form MsgSeq_MsgRandom_MsgTime",
                "MsgKey“{key}”不是 MsgSeq_MsgRandom_MsgTime 的形式"
            ),
            Self::MsgKeyDiffers { key, field, value } =>
                text!("the MsgKey {key} does not agree with {field} {value}", "MsgKey {key} 与 {field} {value} 不一致"),
            Self::MsgTimeInFuture(ahead) => text!("MsgTime is {ahead} s after the arrival", "MsgTime 比到达时间晚 {ahead} 秒"),
            Self::MsgTimeInMilliseconds(time) =>
                text!("MsgTime {time} is in milliseconds instead of seconds", "MsgTime {time} 的单位是毫秒，应为秒"),
            Self::MsgTimeImplausible(time) =>
                text!("MsgTime {time} is not a time in seconds", "MsgTime {time} 不是以秒为单位的时间"),
            Self::SeveralCustomElements(count) =>
                text!("{count} custom elements, where a message may have one", "有 {count} 个自定义元素，一条消息最多一个"),
            Self::UnknownElement(word) => text!("the element type {word} is not known", "未知消息元素 {word}"),
            Self::ElementWithoutType(at) => text!("element {at} has no MsgType", "第 {at} 个元素缺少 MsgType"),
            Self::ElementWithoutContent { at, word } =>
                text!("element {at} ({word}) has no MsgContent", "第 {at} 个元素（{word}）缺少 MsgContent"),
            Self::NoElements => text!("MsgBody is empty", "MsgBody 为空"),
            Self::UnreadUnknown =>
                text!("UnreadMsgNum is -1 although the message was sent", "消息已发送成功，但 UnreadMsgNum 为 -1"),
            Self::Batch(count) =>
                text!("a batch of {count} events, where 1 to 100 are usual", "一批有 {count} 个事件，通常为 1 至 100 个"),
            Self::ManyElements { count, read } =>
                text!("MsgBody has {count} elements, of which the first {read} are read", "MsgBody 有 {count} 个元素，仅读取前 {read} 个"),
            Self::More(count) => text!("{count} more oddities", "另有 {count} 处异常"),
        }
    }
}
