//! What a callback tells: in the column of types, on one line, and in full.
//!
//! Who and to whom stand in columns of their own and are not told again.

use super::command::Family;
use super::decode::Callback;
use super::details::{Clock, Told};
use super::json::{Json, Kind as JsonKind};
use super::json_text::{Detail, expand, full, one_line, push, several, summarize};
use super::lang::{Lang, Localized};
use super::message::Kind;
use super::oddity::place;
use super::value::{get, integer, is_time, seconds, text};

/// Fields that columns or other lines tell.
const TOLD: [&str; 9] = [
    "CallbackCommand",
    "From_Account",
    "To_Account",
    "GroupId",
    "Operator_Account",
    "Report_Account",
    "RoomId",
    "Official_Account",
    "EventTime",
];

/// Fields of a message that have a place elsewhere on the screen.
const SHOWN: [&str; 18] = [
    "CallbackCommand",
    "From_Account",
    "To_Account",
    "GroupId",
    "Type",
    "Operator_Account",
    "MsgBody",
    "MsgSeq",
    "MsgRandom",
    "Random",
    "MsgTime",
    "MsgKey",
    "OnlineOnlyFlag",
    "SendMsgResult",
    "ErrorCode",
    "ErrorInfo",
    "UnreadMsgNum",
    "EventTime",
];

impl Callback<'_> {
    /// What it is, in a word or two: the kind of a message, else what happened,
    /// else the bare command word.
    pub fn kind_word(&self, lang: Lang) -> String {
        match (self.elements.as_slice(), self.command) {
            (_, None) if !self.word.is_empty() => one_line(&self.word),
            ([], None) => "?".to_owned(),
            (_, Some(command)) if self.elements.is_empty() || self.is_edit() => {
                command.words.text(lang).to_owned()
            }
            ([], Some(command)) => command.words.text(lang).to_owned(),
            ([first, rest @ ..], _) => {
                let word = match first.kind {
                    Kind::Other if !first.word.is_empty() => one_line(&first.word),
                    kind => kind.words().text(lang).to_owned(),
                };
                match rest.len() {
                    0 => word,
                    more => format!("{word}+{more}"),
                }
            }
        }
    }

    /// What happened, on one line. `clock` tells a point in time, given in
    /// seconds since the Unix epoch.
    pub fn summary(&self, lang: Lang, clock: Clock<'_>) -> String {
        let body = match &self.body {
            Err(_) if self.is_empty() => {
                return Localized::new("(empty body)", "（空正文）").text(lang).into();
            }
            Err(broken) => return place(broken, lang),
            Ok(body) => *body,
        };
        if body.kind() != JsonKind::Object {
            return summarize(body);
        }
        let parts = match self.command.map(|it| (it.word, it.family)) {
            Some(("C2C.CallbackAfterMsgReport", _)) => vec![self.read(lang, clock)],
            Some(("C2C.CallbackAfterMsgReadReceipt", _)) => vec![self.receipts(lang)],
            Some(("C2C.CallbackAfterMsgReadAll", _)) => vec![self.read_all(lang)],
            Some(("C2C.CallbackAfterC2CMsgExtension", _)) => vec![self.extension(lang)],
            Some(("Group.CallbackSendMsgException", _)) => {
                vec![self.not_sent(lang), self.preview(lang)]
            }
            Some(("Group.CallbackAfterChangeGroupOwner", _)) => vec![self.owners()],
            Some((_, Family::State)) => self.state(lang),
            Some((_, Family::Profile)) => vec![self.list("ProfileItem")],
            Some((_, Family::Friends)) => self.friends(lang),
            Some((_, Family::Follow)) => vec![self.more(lang)],
            Some((_, Family::Push)) => vec![self.pushes(lang)],
            _ if !self.elements.is_empty() => vec![self.edited(lang), self.preview(lang)],
            _ if self.field("CtxcbRequestId").is_some() => self.checked(),
            Some(_) => self.told(lang),
            None => self.first_fields(),
        };
        let parts: Vec<_> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        one_line(&parts.join(" · "))
    }

    /// Everything it tells, a line each: the elements of a message, else every
    /// field, with JSON inside strings unfolded.
    pub fn details(&self, lang: Lang, clock: Clock<'_>) -> Vec<Detail> {
        let mut out = Vec::new();
        for element in &self.elements {
            element.tell(Told { lang, clock, depth: 0, relays: 0 }, &mut out);
        }
        let message = !self.elements.is_empty();
        for (name, value) in &self.fields {
            let label = match &**name {
                _ if full(&out) => break,
                "CallbackCommand" => continue,
                name if message && SHOWN.contains(&name) => continue,
                _ if message && value.text() == "\"\"" => continue,
                "CloudCustomData" => {
                    Localized::new("custom data", "自定义数据").text(lang).to_owned()
                }
                name => name.to_owned(),
            };
            match moment(*value).filter(|_| name.ends_with("Time")) {
                Some(time) => {
                    let written = value.text().trim_matches('"');
                    push(&mut out, 0, label, format!("{written} ({})", clock(time)));
                }
                None => expand(label, *value, 0, &mut out),
            }
        }
        out
    }

    /// The elements of the message, one after the other.
    fn preview(&self, lang: Lang) -> String {
        let parts: Vec<_> = self.elements.iter().take(8).map(|it| it.preview(lang)).collect();
        parts.join(" ")
    }

    /// Who edited a message, if it was not who had sent it.
    fn edited(&self, lang: Lang) -> String {
        let operator = self.text("Operator_Account").filter(|_| self.is_edit() && !self.to_group);
        match operator.filter(|it| self.from.as_ref() != Some(it)) {
            Some(operator) => format!("{} {operator}", Localized::new("by", "编辑者").text(lang)),
            None => String::new(),
        }
    }

    fn is_edit(&self) -> bool {
        self.word.ends_with(".CallbackAfterModifyMsg")
    }

    fn owners(&self) -> String {
        format!("{} → {}", self.list("OldOwner_Account"), self.list("NewOwner_Account"))
    }

    fn read(&self, lang: Lang, clock: Clock<'_>) -> String {
        match self.field("LastReadTime").and_then(moment) {
            Some(time) => match lang {
                Lang::En => format!("up to {}", clock(time)),
                Lang::Zh => format!("读到 {}", clock(time)),
            },
            None => String::new(),
        }
    }

    fn receipts(&self, lang: Lang) -> String {
        let messages = self.field("C2CMsgInfo").map(Json::items).unwrap_or_default();
        let keys = messages.iter().filter_map(|it| it.get("MsgKey")).map(summarize);
        let keys = several(keys);
        match (lang, messages.len()) {
            (Lang::En, 1) => format!("1 message: {keys}"),
            (Lang::En, count) => format!("{count} messages: {keys}"),
            (Lang::Zh, count) => format!("{count} 条消息：{keys}"),
        }
    }

    fn read_all(&self, lang: Lang) -> String {
        let groups = self.field("GroupReadInfo").map_or(0, |it| it.items().len());
        match (lang, groups) {
            (Lang::En, 0) => "all read".into(),
            (Lang::En, 1) => "all read, and 1 group".into(),
            (Lang::En, _) => format!("all read, and {groups} groups"),
            (Lang::Zh, 0) => "全部已读".into(),
            (Lang::Zh, _) => format!("全部已读，含 {groups} 个群"),
        }
    }

    /// `set k1 = v1, k2 = v2`; 1 sets, 2 deletes (document 1047/76006).
    fn extension(&self, lang: Lang) -> String {
        let list = self.field("ExtensionList").map(Json::items).unwrap_or_default();
        let keys = list.iter().filter_map(|it| it.get("Key")).map(summarize);
        match self.field("OperateType").and_then(integer) {
            Some(1) => {
                let pairs = list.iter().map(|it| summarize(*it));
                format!("{} {}", Localized::new("set", "设置").text(lang), several(pairs))
            }
            Some(2) => {
                format!("{} {}", Localized::new("deleted", "删除").text(lang), several(keys))
            }
            _ => Localized::new("cleared", "清空").text(lang).into(),
        }
    }

    fn not_sent(&self, lang: Lang) -> String {
        let code = self.result.map(|it| it.to_string()).unwrap_or_default();
        let info = self.error_info.as_deref().unwrap_or_default();
        let label = Localized::new("not sent:", "未发送：").text(lang);
        let gap = Localized::new(" ", "").text(lang);
        format!("{label}{gap}{code} {info}").trim_end().to_owned()
    }

    /// `Login · Register · kicked Windows, Android`
    fn state(&self, lang: Lang) -> Vec<String> {
        let info = self.field("Info").map(Json::fields).unwrap_or_default();
        let say = |it: &str| get(&info, it).map(summarize).unwrap_or_default();
        let kicked = self.list("KickedDevice");
        let kicked = Some(kicked).filter(|it| !it.is_empty());
        let kicked =
            kicked.map(|it| format!("{} {it}", Localized::new("kicked", "踢下线").text(lang)));
        vec![say("Action"), say("Reason"), kicked.unwrap_or_default()]
    }

    fn friends(&self, lang: Lang) -> Vec<String> {
        let list = self.field("FriendItem").or_else(|| self.field("ResponseFriendItem"));
        let items = list.map(Json::items).unwrap_or_default();
        let first = items.first().map(|it| it.fields()).unwrap_or_default();
        let say = |it: &str| get(&first, it).and_then(text).map(|it| one_line(&it));
        let told = ["AddWording", "ResponseAction", "AddSource"].iter().find_map(|it| say(it));
        let forced = match self.field("ForceFlag").and_then(integer) {
            Some(1) => Localized::new("forced", "强制").text(lang).to_owned(),
            _ => String::new(),
        };
        vec![told.unwrap_or_default(), forced, self.more(lang)]
    }

    /// Whom else it was done to: only the first has a place in the columns.
    fn more(&self, lang: Lang) -> String {
        let lists = ["PairList", "FriendItem", "ResponseFriendItem", "FollowList", "To_Account"];
        let items = lists.iter().find_map(|it| self.field(it)).map(Json::items).unwrap_or_default();
        let others = items.iter().skip(1).map(|it| match it.kind() {
            JsonKind::Object => it.get("To_Account").map(summarize).unwrap_or_default(),
            _ => summarize(*it),
        });
        match items.len() {
            0 | 1 => String::new(),
            _ => format!("{} {}", Localized::new("and", "还有").text(lang), several(others)),
        }
    }

    fn pushes(&self, lang: Lang) -> String {
        let events = self.field("Events").map(Json::items).unwrap_or_default();
        let code = |it: &Json<'_>| it.get("ErrCode").and_then(integer);
        let failed = events.iter().filter(|it| code(it).is_some_and(|it| it != 0)).count();
        let count = events.len();
        match (lang, count, failed) {
            (Lang::En, 1, 0) => "1 push".into(),
            (Lang::En, 1, _) => "1 push, failed".into(),
            (Lang::En, _, 0) => format!("{count} pushes"),
            (Lang::En, ..) => format!("{count} pushes, {failed} failed"),
            (Lang::Zh, _, 0) => format!("{count} 条推送"),
            (Lang::Zh, ..) => format!("{count} 条推送，{failed} 条失败"),
        }
    }

    /// The verdict of the content check, and on what.
    fn checked(&self) -> Vec<String> {
        ["CtxcbSuggestion", "CtxcbLabel", "CtxcbKeywords", "TextContent", "FileURL"]
            .map(|it| self.field(it).map(summarize).unwrap_or_default())
            .into()
    }

    /// The fields by which the command tells what happened.
    fn told(&self, lang: Lang) -> Vec<String> {
        let Some(command) = self.command else { return Vec::new() };
        if command.fields.is_empty() {
            return self.first_fields();
        }
        let tell = |it: &&str| {
            let (label, name) = it.split_once('=').map_or((None, *it), |(l, n)| (Some(l), n));
            let value = self.field(name).map(summarize).filter(|it| !it.is_empty())?;
            Some(match label {
                None => value,
                Some("") => format!("{name} = {value}"),
                Some(label) => format!("{label} {value}"),
            })
        };
        let mut told: Vec<String> = command.tells.iter().filter_map(tell).collect();
        if let Some(count) = self.field("CreateGroupNum").and_then(integer) {
            told.push(format!(
                "{} {count}",
                Localized::new("groups so far", "已建群数").text(lang)
            ));
        }
        told
    }

    /// The first few fields, of what nobody documented.
    fn first_fields(&self) -> Vec<String> {
        let fields = self.fields.iter().filter(|(name, _)| !TOLD.contains(&&**name));
        fields
            .take(4)
            .map(|(name, value)| one_line(&format!("{name} {}", summarize(*value))))
            .collect()
    }

    fn list(&self, name: &str) -> String {
        self.field(name).map(summarize).unwrap_or_default()
    }
}

/// A point in time that a clock can tell, of seconds or milliseconds.
fn moment(value: Json<'_>) -> Option<i64> {
    integer(value).map(seconds).filter(|it| is_time(*it))
}
