//! The table of the language: each form, field and keyword, with an example and what it
//! means. The parser takes the names from it, and all pages about the language are made
//! of it.

use super::field::Field;
use super::keyword::Keyword;
use super::number::NumericField;
use super::time::TimeField;
use crate::callback::command::When;
use crate::callback::decision::Decision;
use crate::callback::{Lang, Localized};
use crate::history::row::Flags;

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The name as it is written; of a form its description.
    pub name: Localized,
    /// A filter with it.
    pub example: &'static str,
    /// The callbacks that it matches.
    pub meaning: Localized,
    pub(super) item: Item,
}

/// What the name of an entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// No name: a way to write or to combine terms.
    Form,
    /// A field that holds text.
    Field(Field),
    /// `type:`
    Type,
    /// `re:`
    Pattern,
    /// A field that holds a number.
    Number(NumericField),
    /// A field that holds a time.
    Time(TimeField),
    /// A word.
    Keyword(Keyword),
}

/// The parts of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Ways to write and to combine terms.
    Forms,
    /// Fields of a callback.
    Fields,
    /// Fields that are compared.
    Numbers,
    /// Fields that hold a time.
    Times,
    /// Single words.
    Keywords,
}

impl Group {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 5] =
        [Self::Forms, Self::Fields, Self::Numbers, Self::Times, Self::Keywords];

    /// Its heading.
    pub const fn label(self) -> Localized {
        match self {
            Self::Forms => Localized::new("forms", "写法"),
            Self::Fields => Localized::new("fields", "字段"),
            Self::Numbers => Localized::new("numbers", "数值"),
            Self::Times => Localized::new("times", "时间"),
            Self::Keywords => Localized::new("words", "关键词"),
        }
    }
}

impl Entry {
    /// The part of the table that it is in.
    pub const fn group(&self) -> Group {
        match self.item {
            Item::Form => Group::Forms,
            Item::Field(_) | Item::Type | Item::Pattern => Group::Fields,
            Item::Number(_) => Group::Numbers,
            Item::Time(_) => Group::Times,
            Item::Keyword(_) => Group::Keywords,
        }
    }

    /// Whether an operator follows its name.
    const fn is_field(&self) -> bool {
        matches!(self.group(), Group::Fields | Group::Numbers | Group::Times)
    }

    /// What is typed for it, without a value: `from:`, `unread`, `failed`; `None` for a
    /// form.
    pub fn typed(&self, lang: Lang) -> Option<String> {
        let name = self.name.text(lang);
        match self.group() {
            Group::Forms => None,
            Group::Fields | Group::Times => Some(format!("{name}:")),
            Group::Numbers | Group::Keywords => Some(name.to_owned()),
        }
    }
}

const fn form(
    name: [&'static str; 2],
    example: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Entry {
    let name = Localized::new(name[0], name[1]);
    Entry { name, example, meaning: Localized::new(en, zh), item: Item::Form }
}

const fn field(
    item: Item,
    name: &'static str,
    example: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Entry {
    Entry { name: Localized::new(name, name), example, meaning: Localized::new(en, zh), item }
}

const fn word(
    keyword: Keyword,
    name: [&'static str; 2],
    en: &'static str,
    zh: &'static str,
) -> Entry {
    Entry {
        name: Localized::new(name[0], name[1]),
        example: name[0],
        meaning: Localized::new(en, zh),
        item: Item::Keyword(keyword),
    }
}

const fn flag(flag: Flags, name: [&'static str; 2], en: &'static str, zh: &'static str) -> Entry {
    word(Keyword::Flag(flag), name, en, zh)
}

const fn decision(
    it: Decision,
    name: [&'static str; 2],
    en: &'static str,
    zh: &'static str,
) -> Entry {
    word(Keyword::Decision(it), name, en, zh)
}

/// The table, in the order of the documentation: the entries of a group are together.
#[rustfmt::skip]
pub static TABLE: &[Entry] = &[
    form(["a word", "文字"], "packet", "the body contains it, in any letter case, also where it is written as \\u7ea2", "正文包含该文字，不区分大小写，包括写成 \\u7ea2 的文字"),
    form(["text in quotes", "引号"], "\"red packet\"", "the body contains it, spaces and all; \\\" is a quote", "正文包含引号内的文字（可含空格）；\\\" 表示引号"),
    form(["a space", "空格"], "red packet", "and: both match", "与：两者都匹配"),
    form(["|", "|"], "red | green", "or: one of them matches", "或：至少一个匹配"),
    form(["-", "-"], "-from:bob", "not: what comes right after it does not match", "非：紧跟其后的条件不匹配"),
    form(["( )", "( )"], "red (from:bob | to:bob)", "a group", "分组"),
    form([":", ":"], "from:jar", "a field contains it, in any letter case; a number equals it", "字段包含该值，不区分大小写；数值则为相等"),
    form([".Field", ".Field"], ".MsgBody[0].MsgContent.Text:hi", "a field of the body, also in a list (any element without [0]) and in JSON inside a string: .CloudCustomData.trace=abc, .UnreadMsgNum>5, .\"odd name\"; alone: it exists", "正文中的字段，可进入数组（不写 [0] 则为任一元素）和字符串内的 JSON：.CloudCustomData.trace=abc、.UnreadMsgNum>5、.\"特殊名称\"；单独写表示字段存在"),
    form(["=", "="], "from=jared", "a field is exactly this", "字段与该值完全相同"),

    field(Item::Field(Field::From), "from", "from:jared", "the acting user", "操作者、发送方"),
    field(Item::Field(Field::To), "to", "to:小明", "the recipient, a user or a group", "接收方：用户或群"),
    field(Item::Field(Field::User), "user", "user=bob", "either of the two", "发送方或接收方"),
    field(Item::Field(Field::Command), "cmd", "cmd:group.", "the callback command", "回调命令"),
    field(Item::Type, "type", "type:image", "a word of the column TYPE, in either language: type:read, type:撤回, type:\"read all\"", "类型列中的词，中英文均可：type:read、type:撤回、type:\"全部已读\""),
    field(Item::Field(Field::Text), "text", "text:\"see you\"", "the readable text of the message", "消息的可读文字"),
    field(Item::Field(Field::Key), "key", "key:48374_", "MsgKey", "MsgKey"),
    field(Item::Field(Field::App), "app", "app:1400000000", "SdkAppid", "SdkAppid"),
    field(Item::Field(Field::Platform), "platform", "platform:ios", "OptPlatform", "OptPlatform"),
    field(Item::Field(Field::Ip), "ip", "ip:127.", "ClientIP", "ClientIP"),
    field(Item::Field(Field::Info), "info", "info:blocked", "ErrorInfo of the callback or of the answer: why it failed or was denied", "回调或应答中的 ErrorInfo：失败或拒绝的原因"),
    field(Item::Field(Field::Rule), "rule", "rule:mallory", "the rule that decided the answer", "决定应答的规则"),
    field(Item::Pattern, "re", "re:/pa+ttern/i", "the body matches a regular expression; i ignores the letter case", "正文匹配正则表达式；i 表示不区分大小写"),

    field(Item::Number(NumericField::Code), "code", "code:20000-20999", "the result, or the code of the decision", "结果码，或应答决定的错误码"),
    field(Item::Number(NumericField::Unread), "unread", "unread>5", "the unread count it reports", "上报的未读数"),
    field(Item::Number(NumericField::Size), "size", "size>2k", "the length of the body in bytes, k or M", "正文长度：字节、k 或 M"),
    field(Item::Number(NumericField::Lag), "lag", "lag>3s", "the time from MsgTime to the arrival: ms, s, m or h", "从 MsgTime 到到达的时间：ms、s、m 或 h"),
    field(Item::Number(NumericField::Took), "took", "took>500ms", "the time to the answer: ms, s, m or h", "应答耗时：ms、s、m 或 h"),

    field(Item::Time(TimeField::At), "at", "at:14:02:11-14:05", "the arrival, to the end of the last second, minute or day written, in the time zone shown; without a date on each day: 14:02, 2026-11-27T14:02, 2026-11-27; also at>=14:02", "到达时间，含所写的最后一秒、一分钟或一天，按界面的时区；不写日期则为每一天：14:02、2026-11-27T14:02、2026-11-27；也可写 at>=14:02"),
    field(Item::Time(TimeField::Since), "since", "since:5m", "the arrival, from 5 minutes (s, m, h, d) before now on, or from a time: since:14:00", "到达时间：从现在之前 5 分钟（s、m、h、d）起，或从某时间起：since:14:00"),
    field(Item::Time(TimeField::Before), "before", "before:14:00", "the arrival, before a time or an age", "到达时间：早于某时间或时长"),
    field(Item::Time(TimeField::Sent), "sent", "sent:14:02", "MsgTime, written as at:", "MsgTime，写法同 at:"),

    word(Keyword::Failed, ["failed", "失败"], "✗ a message that was not sent: the result is not 0", "✗ 消息未发送：结果码不为 0"),
    word(Keyword::Ok, ["ok", "成功"], "a message that was sent: the result is 0", "消息已发送：结果码为 0"),
    flag(Flags::REFUSED, ["refused", "拒收"], "⊘ refused by imscope, such as with a wrong signature", "⊘ 被 imscope 拒收，例如签名错误"),
    flag(Flags::ODD, ["odd", "异常"], "? it departs from Tencent's documents", "? 与腾讯云文档不符"),
    flag(Flags::DUPLICATE, ["duplicate", "重复"], "↺ an earlier callback reported the same event", "↺ 此前的回调已报告同一事件"),
    flag(Flags::OLDER, ["older", "乱序"], "‹ it came after a newer message of its chat", "‹ 晚于本会话中更新的消息到达"),
    flag(Flags::ONLINE, ["online", "仅在线"], "for online users only, not stored", "仅发给在线用户，不存储"),
    word(Keyword::When(When::Before), ["before", "之前回调"], "⇢ a before-callback: the answer decides", "⇢ 之前回调：由应答决定"),
    word(Keyword::When(When::After), ["after", "之后回调"], "an after-callback", "之后回调"),
    decision(Decision::Allowed, ["allowed", "允许"], "a before-callback whose answer lets it happen", "之前回调：应答允许"),
    decision(Decision::Changed, ["changed", "已改写"], "a before-callback whose answer changes the message", "之前回调：应答改写了消息"),
    decision(Decision::Denied, ["denied", "拒绝"], "a before-callback whose answer denies it; code:120001 finds one by its code", "之前回调：应答拒绝；code:120001 按错误码查找"),
    decision(Decision::Dropped, ["dropped", "已丢弃"], "a before-callback whose answer drops the message silently", "之前回调：应答静默丢弃消息"),
    decision(Decision::Late, ["late", "超时"], "a before-callback whose answer came after Tencent's 2 s, or never", "之前回调：应答超过腾讯云的 2 秒，或没有应答"),
    decision(Decision::Invalid, ["invalid", "无效应答"], "a before-callback whose answer Tencent cannot use", "之前回调：腾讯云无法使用该应答"),
    flag(Flags::BROKEN, ["broken", "非JSON"], "✗ the body is not JSON", "✗ 正文不是 JSON"),
    flag(Flags::TROUBLE, ["trouble", "有问题"], "! a warning about how it was answered, forwarded or recorded", "! 应答、转发或录制时有警告"),
    flag(Flags::RESENT, ["resent", "重发"], "→ sent to the local app again", "→ 已重新发给本地应用"),
];

/// The names of keywords in English, in the order of the table.
pub fn keywords() -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter(|it| it.group() == Group::Keywords).map(|it| it.name.en)
}

/// The keywords of flags.
pub fn flag_words(flags: Flags) -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter_map(move |it| match it.item {
        Item::Keyword(Keyword::Flag(flag)) => flags.contains(flag).then_some(it.name.en),
        _ => None,
    })
}

/// The names of fields, which an operator follows.
pub(super) fn fields() -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter(|it| it.is_field()).map(|it| it.name.en)
}

/// The field with this name, in any letter case.
pub(super) fn find_field(name: &str) -> Option<Item> {
    let mut fields = TABLE.iter().filter(|it| it.is_field());
    fields.find(|it| it.name.en.eq_ignore_ascii_case(name)).map(|it| it.item)
}

/// The keyword with this name in one of the languages, in any letter case.
pub(super) fn find_keyword(name: &str) -> Option<Keyword> {
    TABLE.iter().find_map(|it| match it.item {
        Item::Keyword(keyword) => {
            let is = |it: &str| it.eq_ignore_ascii_case(name);
            (is(it.name.en) || is(it.name.zh)).then_some(keyword)
        }
        _ => None,
    })
}

/// The name of what is in the table.
pub(super) fn name(item: Item) -> &'static str {
    TABLE.iter().find(|it| it.item == item).map_or("", |it| it.name.en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::filter::Filter;

    #[test]
    fn each_example_is_a_filter_and_each_name_is_there_once() {
        for (nth, entry) in TABLE.iter().enumerate() {
            let filter = Filter::parse(entry.example).unwrap();
            assert!(!filter.is_empty(), "{}", entry.example);
            let group = entry.group();
            let earlier = || TABLE[..nth].iter().filter(|it| it.group() == group);
            assert!(earlier().all(|it| it.name.en != entry.name.en), "{}", entry.name.en);
            assert!(earlier().all(|it| it.name.zh != entry.name.zh), "{}", entry.name.zh);
            let named = entry.item == Item::Form || entry.example.contains(entry.name.en);
            assert!(named, "{}", entry.example);
        }
    }

    #[test]
    fn the_groups_follow_each_other() {
        let groups: Vec<_> = TABLE.iter().map(Entry::group).collect();
        let mut seen = groups.clone();
        seen.dedup();
        assert_eq!(seen, Group::ALL);
    }

    #[test]
    fn a_keyword_is_the_same_in_both_languages() {
        for entry in TABLE.iter().filter(|it| it.group() == Group::Keywords) {
            let [en, zh] = [entry.name.en, entry.name.zh].map(|it| Filter::parse(it).unwrap());
            assert_eq!(en, zh);
            let as_text = Filter::parse(&format!("\"{}\"", entry.name.zh)).unwrap();
            assert_ne!(as_text, zh);
            assert_eq!(Filter::parse(&as_text.to_string()).unwrap(), as_text);
        }
    }
}
