//! The words of values that are codes: `PushPlatform` 1 is APNs.

use super::json::{Json, JsonKind};
use super::lang::{Lang, Localized, localize};
use super::value::{integer, is_time, seconds, string_or_number};

/// A field and the words of its values.
struct FieldWords {
    /// The start of the command words that have the field.
    commands: &'static str,
    field: &'static str,
    values: &'static [(&'static str, Localized)],
}

/// Seconds since the Unix epoch below which a nested number is no time: 2001. An
/// event that did not happen has 0.
const FIRST_TIME: i64 = 1_000_000_000;

/// Fields of battles that are durations in milliseconds.
const MILLIS: [&str; 2] = ["Duration", "Timeout"];

const fn words(en: &'static str, zh: &'static str) -> Localized {
    Localized::new(en, zh)
}

const OPERATE_TYPES: &[(&str, Localized)] = &[
    ("1", words("set", "设置")),
    ("2", words("deleted", "删除")),
    ("3", words("cleared", "清空")),
];

const TAKE_SEAT_MODES: &[(&str, Localized)] = &[
    ("None", words("seats are not taken", "不上麦")),
    ("FreeToTake", words("seats are free to take", "自由上麦")),
    ("ApplyToTake", words("seats on request", "申请上麦")),
];

const MEDIA: &[(&str, Localized)] =
    &[("Video", words("video", "视频")), ("Audio", words("audio", "语音"))];

const ROOM_ID_TYPES: &[(&str, Localized)] =
    &[("1", words("a number", "数字")), ("2", words("text", "字符串"))];

const fn row(
    commands: &'static str,
    field: &'static str,
    values: &'static [(&'static str, Localized)],
) -> FieldWords {
    FieldWords { commands, field, values }
}

#[rustfmt::skip]
static TABLE: &[FieldWords] = &[
    row("C2C.", "OperateType", OPERATE_TYPES),
    row("Group.", "OperateType", OPERATE_TYPES),
    row("Group.", "GroupAtAllFlag", &[
        ("0", words("one member", "单个成员")),
        ("1", words("all members", "全体成员")),
    ]),
    // In English they explain themselves.
    row("State.", "Action", &[
        ("Login", words("Login", "上线")),
        ("Logout", words("Logout", "下线")),
        ("Disconnect", words("Disconnect", "断线")),
        ("CustomStatusChange", words("CustomStatusChange", "自定义状态变更")),
    ]),
    row("State.", "Reason", &[
        ("Register", words("Register", "建立连接")),
        ("Unregister", words("Unregister", "注销登录")),
        ("LinkClose", words("LinkClose", "连接断开")),
        ("TimeOut", words("TimeOut", "心跳超时")),
        ("SetCustomStatus", words("SetCustomStatus", "设置自定义状态")),
    ]),
    row("Push.OfflinePush", "EventType", &[
        ("1", words("one-to-one", "单聊")),
        ("2", words("group", "群聊")),
    ]),
    row("Push.AllMemberPush", "EventType", &[
        ("1", words("offline push", "离线推送")),
        ("2", words("online push", "在线推送")),
    ]),
    row("Push.", "PushPlatform", &[
        ("0", words("unknown", "未知")),
        ("1", words("APNs", "APNs")),
        ("2", words("Xiaomi", "小米")),
        ("3", words("Huawei", "华为")),
        ("4", words("FCM", "FCM")),
        ("5", words("Meizu", "魅族")),
        ("6", words("OPPO", "OPPO")),
        ("7", words("vivo", "vivo")),
        ("8", words("Honor", "荣耀")),
    ]),
    row("Push.", "PushStage", &[
        ("1", words("sent to the vendor", "已发往厂商")),
        ("2", words("reached the device", "已到达设备")),
        ("3", words("tapped", "已点击")),
    ]),
    row("ContentCallback.", "Scene", &[
        ("C2C", words("one-to-one message", "单聊消息")),
        ("C2CCustom", words("one-to-one custom message", "单聊自定义消息")),
        ("Group", words("group message", "群聊消息")),
        ("GroupCustom", words("group custom message", "群聊自定义消息")),
        ("GroupInfo", words("group profile", "群资料")),
        ("GroupMemberInfo", words("group member profile", "群成员资料")),
        ("RelationChain", words("friends", "关系链")),
        ("UserInfo", words("user profile", "用户资料")),
    ]),
    row("ContentCallback.", "ContactType", &[
        ("1", words("one-to-one", "单聊")),
        ("2", words("group", "群聊")),
    ]),
    row("ContentCallback.", "ContentType", &[
        ("Text", words("text", "文本")),
        ("Image", words("image", "图片")),
        ("Audio", words("audio", "音频")),
        ("Video", words("video", "视频")),
    ]),
    row("", "CtxcbResult", &[
        ("0", words("passed", "放行")),
        ("1", words("stopped", "拦截")),
    ]),
    row("", "CtxcbSuggestion", &[
        ("Block", words("block", "建议拦截")),
        ("Review", words("review", "建议复审")),
        ("Normal", words("pass", "建议放行")),
    ]),
    row("", "CtxcbLabel", &[
        ("Normal", words("normal", "正常")),
        ("Polity", words("politics", "涉政")),
        ("Porn", words("pornography", "色情")),
        ("Sexy", words("suggestive", "性感")),
        ("Abuse", words("abuse", "谩骂")),
        ("Ad", words("advertising", "广告")),
        ("Illegal", words("illegal", "违法")),
        ("Terror", words("terror", "暴恐")),
        ("Spam", words("spam", "灌水")),
        ("Moan", words("moaning", "呻吟")),
        ("Custom", words("own list", "自定义词库")),
    ]),
    row("Live.CallbackAfterDestroyRoom", "EventType", &[
        ("DestroyByUser", words("ended by a user", "用户解散")),
        ("DestroyBySystem", words("ended by the system", "系统解散")),
    ]),
    row("Live.CallbackAfterMemberStateChanged", "EventType", &[
        ("Online", words("entered", "进入")),
        ("Offline", words("left", "离开")),
    ]),
    row("Live.", "TakeSeatMode", TAKE_SEAT_MODES),
    row("Live.", "opType", &[
        ("add", words("added", "添加")),
        ("delete", words("removed", "移除")),
    ]),
    row("Live.", "OpType", &[
        ("0", words("time is up", "时间到")),
        ("1", words("all have left", "全员退出")),
        ("2", words("never started", "未开始")),
    ]),
    row("Room.", "TakeSeatMode", TAKE_SEAT_MODES),
    row("Room.", "RoomStatus", &[
        ("None", words("not scheduled", "未预约")),
        ("NotStarted", words("not started", "未开始")),
        ("Running", words("running", "进行中")),
    ]),
    row("Room.", "Type", &[
        ("Enter", words("entered", "进入")),
        ("Leave", words("left", "离开")),
        ("Kicked", words("kicked", "被踢出")),
        ("Expired", words("timed out", "心跳超时")),
    ]),
    row("Call.", "CallMediaType", MEDIA),
    row("Call.", "MediaType", MEDIA),
    row("Call.", "RoomIdType", ROOM_ID_TYPES),
    row("Call.", "Status", &[
        ("Calling", words("in the call", "通话中")),
        ("Waiting", words("ringing", "等待接听")),
    ]),
    // Sample and table of the page spell some of them differently.
    row("Call.", "ActionType", &[
        ("Accept", words("accepted", "接听")),
        ("Answer", words("accepted", "接听")),
        ("Reject", words("rejected", "拒绝")),
        ("NotAnswer", words("did not answer", "未接听")),
        ("Hangup", words("hung up", "挂断")),
        ("Hang Up", words("hung up", "挂断")),
        ("Invite", words("invited", "邀请")),
        ("Invited", words("invited", "邀请")),
        ("Cancel_Invite", words("invitation withdrawn", "取消邀请")),
        ("Canncel_Invite", words("invitation withdrawn", "取消邀请")),
        ("Join", words("joined", "加入")),
        ("Offline", words("offline", "掉线")),
    ]),
    row("Call.", "CallType", &[
        ("SingleCall", words("two people", "单人通话")),
        ("MultiCall", words("several people", "多人通话")),
    ]),
    row("Call.", "AcceptTime", &[("0", words("never", "未接听"))]),
    row("Call.", "CallResult", &[
        ("Cancel", words("canceled", "已取消")),
        ("Reject", words("rejected", "被拒绝")),
        ("NotAnswer", words("not answered", "未接听")),
        ("NormalEnd", words("ended normally", "正常结束")),
        ("CallBusy", words("busy", "忙线")),
        ("Interrupt", words("interrupted", "中断")),
        ("Offline", words("offline", "掉线")),
    ]),
];

/// Each field with a value that has words.
#[cfg(test)]
pub(super) fn known_values() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().flat_map(|it| it.values.iter().map(|(value, _)| (it.field, *value)))
}

/// The words of a value of a field of a command, if it has some.
pub(super) fn find(command: &str, field: &str, value: Json<'_>) -> Option<Localized> {
    let mut rows = TABLE.iter().filter(|it| it.field == field && command.starts_with(it.commands));
    let value = string_or_number(value)?;
    let known = rows.find_map(|it| it.values.iter().find(|(code, _)| *code == value));
    known.map(|(_, words)| *words)
}

/// A nested value with what it means: `1 (APNs)`, a time as a date, a duration in
/// seconds; `None` if it explains itself.
pub(super) fn explained(
    command: &str,
    field: &str,
    value: Json<'_>,
    lang: Lang,
    format_time: &dyn Fn(i64) -> String,
) -> Option<String> {
    let written = || string_or_number(value).unwrap_or_default();
    if let Some(words) = find(command, field, value) {
        let (written, words) = (written(), words.text(lang));
        let differs = !written.eq_ignore_ascii_case(words);
        return differs.then(|| localize!(lang, "{written} ({words})", "{written}（{words}）"));
    }
    if value.kind() == JsonKind::Object || value.kind() == JsonKind::Array {
        return None;
    }
    let number = integer(value)?;
    if MILLIS.contains(&field) && command.starts_with("Live.") {
        let seconds = number / 1000;
        return Some(format!("{} ({seconds} s)", written()));
    }
    let is_named_so = ["Time", "Ts"].iter().any(|it| field.ends_with(it));
    let time = Some(seconds(number)).filter(|it| FIRST_TIME <= *it && is_time(*it));
    time.filter(|_| is_named_so).map(|it| format!("{} ({})", written(), format_time(it)))
}

#[cfg(test)]
mod tests;
