//! The table of [`Trouble`]: its sentences in English, as they are recorded, and Chinese.

use super::Trouble;
use super::template::{Template, templates};
use crate::callback::lang::Localized;

templates! { Trouble::recorded => Trouble;
    // Facts.
    /// The local app replied.
    app_answered(status, took) =
        "the local app answered {status} after {took}",
        "本地应用在 {took} 后返回 {status}";
    /// imscope wrote the answer for a denial of the local app.
    denial_passed_on() =
        "the denial of the local app is passed on in the documented form",
        "本地应用的拒绝已按文档规定的形式转达";
    /// The reason that the sender of a reply gives.
    error_info(info) =
        "ErrorInfo: {info}",
        "ErrorInfo：{info}";

    // Forwarding.
    /// Tencent gets a reply that may be a denial as it is.
    unclear_passed_on() =
        "the local app neither clearly allows nor denies: Tencent gets its reply unchanged",
        "本地应用既未明确允许，也未明确拒绝：其返回已原样交给腾讯云";
    /// Tencent gets this status for a reply that may be a denial.
    unclear(status) =
        "the local app neither clearly allows nor denies: Tencent gets {status}, and decides itself",
        "本地应用既未明确允许，也未明确拒绝：返回 {status}，由腾讯云自行决定";
    /// A gift is refused.
    refused_without_answer() =
        "refused, as Tencent does without a usable answer",
        "已拒绝：没有可用的应答时，腾讯云同样会拒绝";
    /// The callback was sent over a second connection.
    sent_over_new_connection() =
        "a kept connection was closed before the callback was written to it; it was sent over a new one",
        "保持的连接在写入回调前已被关闭，已改用新连接发送";
    /// The local app is imscope itself.
    came_back() =
        "the callback came back: the URL of the local app leads to imscope",
        "回调又回到了 imscope：本地应用的 URL 指向 imscope 自身";
    /// No reply in time.
    no_answer_within(seconds) =
        "the local app did not answer within {seconds} s: too late",
        "本地应用未在 {seconds} 秒内应答，已超时";
    /// No complete reply in time.
    no_end_within(seconds) =
        "the local app did not end its answer within {seconds} s: too late",
        "本地应用未在 {seconds} 秒内发完应答，已超时";
    /// The connection was closed before the first byte of a reply.
    closed_unanswered(took) =
        "the local app closed the connection after {took}, unanswered",
        "本地应用在 {took} 后关闭了连接，没有应答";
    /// The connection was closed before the last byte of a reply.
    broke_off(status, took, bytes) =
        "the local app's answer {status} broke off after {took} and {bytes} bytes",
        "本地应用的应答 {status} 在 {took} 后中断，仅收到 {bytes} 字节";
    /// A reply of more bytes than are read.
    answer_too_long(status, limit) =
        "the local app's answer {status} is longer than {limit} bytes",
        "本地应用的应答 {status} 超过 {limit} 字节";
    /// No connection to the local app.
    cannot_connect(url, why, took) =
        "cannot connect to {url}: {why} (after {took})",
        "无法连接 {url}：{why}（{took} 后）";
    /// The connection brought no reply.
    no_answer(why, took) =
        "the local app gave no answer: {why} (after {took})",
        "本地应用没有应答：{why}（{took} 后）";
    /// No request can be made of the callback.
    cannot_ask(why, took) =
        "cannot ask the local app: {why} (after {took})",
        "无法向本地应用发送请求：{why}（{took} 后）";
    /// The local app of a rule cannot be used.
    not_forwarded(why) =
        "not forwarded: {why}",
        "未转发：{why}";

    // imscope's own answers.
    /// An answer after Tencent's time-out.
    too_late(took, limit) =
        "the answer takes {took}, but Tencent waits only {limit} s",
        "应答耗时 {took}，而腾讯云只等待 {limit} 秒";
    /// A body over `--max-body`.
    body_too_long(limit) =
        "the body is longer than {limit} bytes",
        "正文超过 {limit} 字节";
    /// A body that took too long.
    body_too_slow(seconds) =
        "the body did not arrive within {seconds} s",
        "正文未在 {seconds} 秒内到达";
    /// A large body that others waited for.
    body_stalled() =
        "the body arrived too slowly while others waited for its memory",
        "正文到达过慢，而其他请求在等待它占用的内存";
    /// Chunks that cannot be read.
    malformed_chunks(why) =
        "malformed chunks in the body: {why}",
        "正文的分块格式有误：{why}";
    /// No memory for a large body.
    too_many_large_bodies() =
        "too many large bodies arrive at once",
        "同时到达的大正文过多";
    /// The answer mode or a rule is `hang`.
    set_to_no_answer() =
        "imscope is set to give no answer",
        "imscope 已设为不应答";
    /// A chatbot needs more than imscope can answer.
    no_answer_to_chatbot() =
        "imscope's own answer has no RspData: the chatbot gets no answer",
        "imscope 自身的应答没有 RspData：机器人得不到回答";
    /// A rule that changes what is no message.
    only_messages_change() =
        "a rule can change messages only",
        "规则只能修改消息";
    /// A rule that changes what a callback does not have.
    nothing_to_change(pointer) =
        "the callback has no {pointer}: nothing was changed",
        "回调中没有 {pointer}，未作任何修改";
    /// A request of which only the beginning is kept.
    head_shortened(kept, length) =
        "of the head only {kept} of {length} bytes were kept",
        "请求头共 {length} 字节，仅保留前 {kept} 字节";
    /// A delivery that is not in the recording.
    not_recorded(why) =
        "not recorded: {why}",
        "未录制：{why}";

    // Replies that Tencent does not accept.
    /// Another status than 200.
    status_differs(status) =
        "the status is {status}, but must be 200",
        "状态码为 {status}，应为 200";
    /// No body.
    body_is_empty() =
        "the body is empty, but must be a JSON object",
        "正文为空，应为 JSON 对象";
    /// A body with a `Content-Encoding`.
    body_is_compressed(coding) =
        "the body is compressed ({coding}), but must be JSON",
        "正文经过压缩（{coding}），应为 JSON";
    /// A body that is no JSON.
    body_is_not_json(body, why) =
        "the body {body} is not JSON: {why}",
        "正文 {body} 不是 JSON：{why}";
    /// A body that is no object.
    body_is_no_object(body) =
        "the body {body} is not a JSON object",
        "正文 {body} 不是 JSON 对象";
    /// No field with this name, but one with the same letters.
    misspelled(name, near, must) =
        "{name} is missing ({near} is not the same), and must be {must}",
        "缺少 {name}（{near} 大小写不同），应为{must}";
    /// No field with this name.
    missing(name, must) =
        "{name} is missing, and must be {must}",
        "缺少 {name}，应为{must}";
    /// A field with another value than it must have.
    differs(name, found, must) =
        "{name} is {found}, but must be {must}",
        "{name} 为 {found}，应为{must}";
    /// A field that is there several times.
    code_repeated(count) =
        "ErrorCode occurs {count} times",
        "ErrorCode 出现了 {count} 次";
    /// A field that Tencent reads only if it is allowed.
    no_effect(name, code) =
        "{name} has no effect with ErrorCode {code}, only with 0",
        "ErrorCode 为 {code} 时 {name} 无效，仅为 0 时有效";
    /// An item of a decision that lacks a field.
    incomplete_item(nth) =
        "ResultItem[{nth}] needs To_Account and ResultCode",
        "ResultItem[{nth}] 缺少 To_Account 或 ResultCode";
    /// Friends without an item, of which some are named.
    items_missing(names, more) =
        "ResultItem has no item for {names}, {more} more",
        "ResultItem 中缺少 {names} 等用户，另有 {more} 个";
    /// Friends without an item.
    item_missing(names) =
        "ResultItem has no item for {names}",
        "ResultItem 中缺少 {names}";
}

/// The row for the reply of the local app.
pub(super) const APP_ANSWERED: Template = TABLE[0];

/// The rows for a local app without a complete reply: from `no_answer_within` to
/// `no_answer`.
pub(super) const APP_SILENT: &[Template] = TABLE.split_at(8).1.split_at(7).0;

/// The rows for a local app that cannot be asked: `cannot_ask` and `not_forwarded`.
pub(super) const APP_NOT_ASKED: &[Template] = TABLE.split_at(15).1.split_at(2).0;

/// The rows that are facts: the first ones.
pub(super) const FACTS: &[Template] = TABLE.split_at(3).0;
