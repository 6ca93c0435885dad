//! What can be odd about a callback, each a plain sentence.

use std::borrow::Cow;

use super::command::{Kinds, kind_words};
use super::json::{Broken, Kind};
use super::lang::Lang;

/// Something odd about a callback: kept and shown, never a reason to refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Oddity<'a> {
    /// A field the command always has is not there.
    Missing(&'static str),
    /// A field the command is not known to have.
    Unknown(Cow<'a, str>),
    /// A field is there, but of another kind than documented.
    Type {
        /// The field.
        field: &'static str,
        /// The kinds it should have.
        expected: Kinds,
        /// The kind it has.
        found: Kind,
    },
    /// A field stands in the body more than once; the last one counts.
    Twice(Cow<'a, str>),
    /// Neither query nor body tells a command.
    NoCommand,
    /// A command word this version does not know.
    UnknownCommand(Cow<'a, str>),
    /// The query tells one command, the body another.
    CommandDiffers {
        /// The word in the query, which counts.
        query: Cow<'a, str>,
        /// The word in the body.
        body: Cow<'a, str>,
    },
    /// The URL has no query at all.
    NoQuery,
    /// The query has no `SdkAppid`.
    NoApp,
    /// The `SdkAppid` is no number.
    AppNotDigits(Cow<'a, str>),
    /// The application of the query is not that of the body.
    AppDiffers {
        /// `SdkAppid` of the query.
        query: Cow<'a, str>,
        /// `SdkAppId` of the body, as written.
        body: &'a str,
    },
    /// The call is for another application than the one expected (`--app`).
    OtherApp {
        /// The one expected.
        expected: String,
        /// `SdkAppid` of the query.
        found: Cow<'a, str>,
    },
    /// An HTTP method other than POST.
    Method(&'a str),
    /// The body is empty.
    Empty,
    /// The body is not JSON.
    Broken(Broken),
    /// The body is JSON, but no object.
    NotObject(Kind),
    /// A `MsgKey` that is not `MsgSeq_MsgRandom_MsgTime`.
    KeyForm(Cow<'a, str>),
    /// A part of the `MsgKey` is not what its field says.
    KeyDiffers {
        /// The `MsgKey`.
        key: Cow<'a, str>,
        /// The field.
        field: &'static str,
        /// The field's value, as written.
        value: &'a str,
    },
    /// `MsgTime` lies after the arrival, by so many seconds.
    Future(i64),
    /// `MsgTime` is in milliseconds; it was read as such.
    Millis(i64),
    /// `MsgTime` is no time of our days.
    NoTime(i64),
    /// More than one `TIMCustomElem`, of which a message may have one.
    Customs(usize),
    /// An element of a type this version does not know.
    UnknownElement(Cow<'a, str>),
    /// An element without a `MsgType`; which one, from 1.
    NoType(usize),
    /// An element without `MsgContent`, or with one that is no object.
    NoContent {
        /// Which one, from 1.
        at: usize,
        /// Its `MsgType`.
        word: Cow<'a, str>,
    },
    /// `MsgBody` has no element.
    NoElements,
    /// `UnreadMsgNum` is −1, which stands for a failure, yet the result is 0.
    UnreadUnknown,
    /// A batch of so many events, where 1 to 100 are documented
    /// (document 1047/67551).
    Batch(usize),
}

impl Oddity<'_> {
    /// The sentence, without a final dot.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Missing(field) => format!("the field {field} is missing"),
            Self::Unknown(field) => format!("the field {field} is not documented for this command"),
            Self::Type { field, expected, found } => {
                let (expected, found) = (expected.text(Lang::En), kind_words(*found).en);
                format!("{field} should be {expected}, but is {found}")
            }
            Self::Twice(field) => format!("the field {field} stands there twice; the last counts"),
            Self::NoCommand => "neither query nor body has a CallbackCommand".into(),
            Self::UnknownCommand(word) => format!("the command {word} is not known here"),
            Self::CommandDiffers { query, body } => {
                format!("the query says {query}, the body says {body}")
            }
            Self::NoQuery => "no query: Tencent always sends SdkAppid and CallbackCommand".into(),
            Self::NoApp => "the query has no SdkAppid".into(),
            Self::AppNotDigits(app) => format!("the SdkAppid “{app}” is not a number"),
            Self::AppDiffers { query, body } => {
                format!("the query says app {query}, the body says app {body}")
            }
            Self::OtherApp { expected, found } => {
                format!("it is for app {found}, not for {expected}")
            }
            Self::Method(method) => format!("the method is {method}; Tencent sends POST"),
            Self::Empty => "the body is empty".into(),
            Self::Broken(broken) => format!("the body is not JSON: {}", place(broken, Lang::En)),
            Self::NotObject(kind) => format!("the body is {}, not an object", kind_words(*kind).en),
            Self::KeyForm(key) => {
                format!("the MsgKey “{key}” is not of the form MsgSeq_MsgRandom_MsgTime")
            }
            Self::KeyDiffers { key, field, value } => {
                format!("the MsgKey {key} does not agree with {field} {value}")
            }
            Self::Future(ahead) => format!("MsgTime is {ahead} s after the arrival"),
            Self::Millis(time) => format!("MsgTime {time} is in milliseconds instead of seconds"),
            Self::NoTime(time) => format!("MsgTime {time} is no time in seconds"),
            Self::Customs(count) => {
                format!("{count} custom elements, where a message may have one")
            }
            Self::UnknownElement(word) => format!("the element type {word} is not known here"),
            Self::NoType(at) => format!("element {at} has no MsgType"),
            Self::NoContent { at, word } => format!("element {at} ({word}) has no MsgContent"),
            Self::NoElements => "MsgBody is empty".into(),
            Self::UnreadUnknown => "UnreadMsgNum is -1 although the message was sent".into(),
            Self::Batch(count) => format!("a batch of {count} events, where 1 to 100 are usual"),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::Missing(field) => format!("缺少字段 {field}"),
            Self::Unknown(field) => format!("该命令的文档中没有字段 {field}"),
            Self::Type { field, expected, found } => {
                let (expected, found) = (expected.text(Lang::Zh), kind_words(*found).zh);
                format!("{field} 应为{expected}，实际为{found}")
            }
            Self::Twice(field) => format!("字段 {field} 重复出现，以最后一个为准"),
            Self::NoCommand => "查询串和正文中都没有 CallbackCommand".into(),
            Self::UnknownCommand(word) => format!("未知命令 {word}"),
            Self::CommandDiffers { query, body } => format!("查询串为 {query}，正文为 {body}"),
            Self::NoQuery => "没有查询串：腾讯总会带上 SdkAppid 和 CallbackCommand".into(),
            Self::NoApp => "查询串中没有 SdkAppid".into(),
            Self::AppNotDigits(app) => format!("SdkAppid“{app}”不是数字"),
            Self::AppDiffers { query, body } => {
                format!("查询串中的应用为 {query}，正文中为 {body}")
            }
            Self::OtherApp { expected, found } => format!("应用为 {found}，应为 {expected}"),
            Self::Method(method) => format!("请求方法为 {method}，腾讯使用 POST"),
            Self::Empty => "正文为空".into(),
            Self::Broken(broken) => format!("正文不是 JSON：{}", place(broken, Lang::Zh)),
            Self::NotObject(kind) => format!("正文是{}，不是对象", kind_words(*kind).zh),
            Self::KeyForm(key) => format!("MsgKey“{key}”不是 MsgSeq_MsgRandom_MsgTime 的形式"),
            Self::KeyDiffers { key, field, value } => {
                format!("MsgKey {key} 与 {field} {value} 不一致")
            }
            Self::Future(ahead) => format!("MsgTime 比到达时间晚 {ahead} 秒"),
            Self::Millis(time) => format!("MsgTime {time} 的单位是毫秒，应为秒"),
            Self::NoTime(time) => format!("MsgTime {time} 不是以秒为单位的时间"),
            Self::Customs(count) => format!("有 {count} 个自定义元素，一条消息最多一个"),
            Self::UnknownElement(word) => format!("未知消息元素 {word}"),
            Self::NoType(at) => format!("第 {at} 个元素缺少 MsgType"),
            Self::NoContent { at, word } => format!("第 {at} 个元素（{word}）缺少 MsgContent"),
            Self::NoElements => "MsgBody 为空".into(),
            Self::UnreadUnknown => "消息已发送成功，但 UnreadMsgNum 为 -1".into(),
            Self::Batch(count) => format!("一批有 {count} 个事件，通常为 1 至 100 个"),
        }
    }
}

/// What is wrong with the JSON and where, in the words of a language.
pub(super) fn place(broken: &Broken, lang: Lang) -> String {
    let Broken { line, column, reason, .. } = broken;
    if lang == Lang::En {
        return broken.to_string();
    }
    let reason = match reason.as_str() {
        "the body is empty" => "正文为空",
        "a byte order mark before the JSON" => "JSON 之前有字节序标记（BOM）",
        "a comment, which JSON does not allow," => "JSON 不允许注释",
        "a comma with nothing after it" => "逗号之后没有内容",
        "a single quote, where JSON has double ones," => "使用了单引号，JSON 只允许双引号",
        "form data, not JSON," => "这是表单数据，不是 JSON",
        "expected `,` or `}`" => "此处应为 , 或 }",
        "expected `,` or `]`" => "此处应为 , 或 ]",
        "expected `:`" => "此处应为 :",
        "expected value" => "此处应为一个值",
        "trailing characters" => "JSON 之后还有多余内容",
        it if it.starts_with("EOF") => "内容不完整",
        it if it.starts_with("not UTF-8") => {
            return format!(
                "第 {line} 行第 {column} 列：{}",
                it.replace("not UTF-8: byte", "不是 UTF-8，字节")
            );
        }
        it => it,
    };
    format!("第 {line} 行第 {column} 列：{reason}")
}
