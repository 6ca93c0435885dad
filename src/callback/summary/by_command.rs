//! The parts of a summary, by command.

use super::time;
use crate::callback::command::{self, Command};
use crate::callback::decode::Callback;
use crate::callback::details::FormatTime;
use crate::callback::field_path;
use crate::callback::json::{Json, JsonKind};
use crate::callback::json_text::{one_line, several, summarize};
use crate::callback::lang::{Lang, localize};
use crate::callback::value::{code, get, integer, string_or_number};
use crate::callback::value_words;

/// Fields that columns or other lines show.
const IN_COLUMNS: [&str; 9] = [
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
/// How many elements of a message are shown.
const MAX_ELEMENTS: usize = 8;
/// How many fields of an unknown command are shown.
const MAX_FIELDS: usize = 4;

impl Callback<'_> {
    /// The elements of the message in sequence.
    pub(super) fn preview(&self, lang: Lang) -> String {
        let elements = self.elements.iter().take(MAX_ELEMENTS);
        elements.map(|it| it.preview(lang)).collect::<Vec<_>>().join(" ")
    }

    /// The account that edited a message, if it is not the sender.
    pub(super) fn summary_of_editor(&self, lang: Lang) -> String {
        let operator = self.text("Operator_Account").filter(|_| self.is_edit() && !self.to_group);
        match operator.filter(|it| self.from.as_ref() != Some(it)) {
            Some(operator) => localize!(lang, "by {operator}", "修改者 {operator}"),
            None => String::new(),
        }
    }

    /// `old → new`
    pub(super) fn summary_of_owners(&self, fields: [&str; 2]) -> String {
        let [old, new] = fields.map(|it| self.summary_of_field(it));
        format!("{old} → {new}")
    }

    pub(super) fn summary_of_read(&self, lang: Lang, format_time: FormatTime<'_>) -> String {
        match self.field("LastReadTime").and_then(time).map(format_time) {
            Some(time) => localize!(lang, "up to {time}", "已读至 {time}"),
            None => String::new(),
        }
    }

    pub(super) fn summary_of_receipts(&self, lang: Lang) -> String {
        let messages = self.field("C2CMsgInfo").map(Json::items).unwrap_or_default();
        let keys = several(messages.iter().filter_map(|it| it.get("MsgKey")).map(summarize));
        match messages.len() {
            1 => localize!(lang, "1 message: {keys}", "1 条消息：{keys}"),
            count => localize!(lang, "{count} messages: {keys}", "{count} 条消息：{keys}"),
        }
    }

    pub(super) fn summary_of_read_all(&self, lang: Lang) -> String {
        match self.field("GroupReadInfo").map_or(0, |it| it.items().len()) {
            0 => localize!(lang, "all read", "全部已读"),
            1 => localize!(lang, "all read, and 1 group", "全部已读，含 1 个群"),
            groups => {
                localize!(lang, "all read, and {groups} groups", "全部已读，含 {groups} 个群")
            }
        }
    }

    /// `set k1 = v1, k2 = v2`; of a group message with its `MsgSeq`. `OperateType` 1
    /// sets, 2 deletes (<https://cloud.tencent.com/document/product/1047/76006>).
    pub(super) fn summary_of_extension(&self, lang: Lang) -> Vec<String> {
        let list = self.field("ExtensionList").map(Json::items).unwrap_or_default();
        let seq = self.msg_seq.filter(|_| self.to_group).map(|it| format!("MsgSeq {it}"));
        let change = match self.field("OperateType").and_then(integer) {
            Some(1) => {
                let pairs = several(list.into_iter().map(summarize));
                localize!(lang, "set {pairs}", "设置 {pairs}")
            }
            Some(2) => {
                let keys = several(list.iter().filter_map(|it| it.get("Key")).map(summarize));
                localize!(lang, "deleted {keys}", "删除 {keys}")
            }
            _ => localize!(lang, "cleared", "清空"),
        };
        vec![seq.unwrap_or_default(), change]
    }

    pub(super) fn summary_of_not_sent(&self, lang: Lang) -> String {
        let code = self.result.map(|it| it.to_string()).unwrap_or_default();
        let info = self.error_info.as_deref().unwrap_or_default();
        let text = localize!(lang, "not sent: {code} {info}", "未发送：{code} {info}");
        text.trim_end().to_owned()
    }

    /// `Login · Register · kicked Windows, Android`. The custom status comes first: it is
    /// what is new, and the column is narrow.
    pub(super) fn summary_of_state(&self, lang: Lang) -> Vec<String> {
        let info = self.state_info().map(Json::fields).unwrap_or_default();
        let part = |it: &str| get(&info, it).map(summarize).unwrap_or_default();
        let devices = self.summary_of_field("KickedDevice");
        let kicked = match devices.is_empty() {
            true => String::new(),
            false => localize!(lang, "kicked {devices}", "踢下线 {devices}"),
        };
        let word = |name: &str| {
            let words = get(&info, name).and_then(|it| value_words::find(&self.word, name, it));
            words.map_or_else(|| part(name), |it| it.text(lang).to_owned())
        };
        vec![part("CustomStatus"), word("Action"), word("Reason"), kicked]
    }

    pub(super) fn summary_of_friends(&self, lang: Lang) -> Vec<String> {
        let list = self.field("FriendItem").or_else(|| self.field("ResponseFriendItem"));
        let first = list.and_then(|it| it.each_item().next()).map(Json::fields).unwrap_or_default();
        let part = |it: &str| get(&first, it).and_then(string_or_number).map(|it| one_line(&it));
        let label = ["AddWording", "ResponseAction", "AddSource"].iter().find_map(|it| part(it));
        let forced = match self.field("ForceFlag").and_then(integer) {
            Some(1) => localize!(lang, "forced", "强制"),
            _ => String::new(),
        };
        vec![label.unwrap_or_default(), forced, self.other_targets(lang)]
    }

    /// All accounts acted upon but the first, which is in the column `to`.
    pub(super) fn other_targets(&self, lang: Lang) -> String {
        let lists = ["PairList", "FriendItem", "ResponseFriendItem", "FollowList", "To_Account"];
        let items = lists.iter().find_map(|it| self.field(it)).map(Json::items).unwrap_or_default();
        if items.len() < 2 {
            return String::new();
        }
        let others = several(items.iter().skip(1).map(|it| match it.kind() {
            JsonKind::Object => it.get("To_Account").map(summarize).unwrap_or_default(),
            _ => summarize(*it),
        }));
        localize!(lang, "and {others}", "还有 {others}")
    }

    pub(super) fn summary_of_pushes(&self, lang: Lang) -> Vec<String> {
        let events = self.field("Events").map(Json::items).unwrap_or_default();
        let code_of = |it: &Json<'_>| it.get("ErrCode").and_then(code);
        let failed = events.iter().filter(|it| code_of(it).is_some_and(|it| it != 0)).count();
        vec![match (events.len(), failed) {
            (1, _) => return self.summary_of_one_push(failed == 1, lang),
            (count, 0) => localize!(lang, "{count} pushes", "{count} 条推送"),
            (count, _) => localize!(
                lang,
                "{count} pushes, {failed} failed",
                "{count} 条推送，{failed} 条失败"
            ),
        }]
    }

    /// `1 push · APNs · reached the device`
    fn summary_of_one_push(&self, is_failed: bool, lang: Lang) -> Vec<String> {
        let count = match is_failed {
            true => localize!(lang, "1 push, failed", "1 条推送，失败"),
            false => localize!(lang, "1 push", "1 条推送"),
        };
        let [platform, stage] =
            ["Events.PushPlatform", "Events.PushStage"].map(|it| self.summary_of_path(it, lang));
        vec![count, platform, stage]
    }

    /// The result of the content check, and what was checked, where the body alone
    /// is known to be one.
    pub(super) fn summary_of_content_check(&self, lang: Lang) -> Vec<String> {
        let command = command::find("ContentCallback.ResultNotify");
        command.map(|it| self.summary_of_command_fields(it, lang)).unwrap_or_default()
    }

    /// The summary fields of the command.
    pub(super) fn summary_of_command_fields(&self, command: &Command, lang: Lang) -> Vec<String> {
        if command.fields.is_empty() {
            return self.summary_of_first_fields();
        }
        let part = |it: &&str| {
            let (label, path) = it.split_once('=').map_or((None, *it), |(l, n)| (Some(l), n));
            let value = self.summary_of_path(path, lang);
            match label.filter(|_| !value.is_empty()) {
                None => value,
                Some("") => format!("{path} = {value}"),
                Some(label) => format!("{label} {value}"),
            }
        };
        let mut parts: Vec<String> = command.summary_fields.iter().map(part).collect();
        if let Some(count) = self.field("CreateGroupNum").and_then(integer) {
            parts.push(localize!(lang, "groups so far {count}", "已建群数 {count}"));
        }
        parts
    }

    /// The values at a path: each in words if it has some, else summarized.
    pub(super) fn summary_of_path(&self, path: &str, lang: Lang) -> String {
        let name = path.rsplit('.').next().unwrap_or(path);
        let text = |it| match value_words::find(&self.word, name, it) {
            Some(words) => words.text(lang).to_owned(),
            None => summarize(it),
        };
        several(field_path::all(&self.fields, path).into_iter().map(text))
    }

    /// The first few fields, for a command without documented fields.
    pub(super) fn summary_of_first_fields(&self) -> Vec<String> {
        let fields = self.fields.iter().filter(|(name, _)| !IN_COLUMNS.contains(&&**name));
        let parts = fields.map(|(name, value)| one_line(&format!("{name} {}", summarize(*value))));
        parts.take(MAX_FIELDS).collect()
    }

    pub(super) fn summary_of_field(&self, field: &str) -> String {
        self.field(field).map(summarize).unwrap_or_default()
    }
}
