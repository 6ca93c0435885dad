//! The table of error codes, sorted by number.
//!
//! Where the documentation contradicts itself on a limit, no number is given.

#![expect(clippy::unreadable_literal, reason = "codes are searched for as they are printed")]

use super::super::lang::Localized;
use super::Code;
use super::Place::{
    Account as X, Before as B, Group as G, Recall as H, Rest as R, Result as A, Sdk as S,
};

const fn code(
    number: i64,
    place: super::Place,
    symbol: &'static str,
    en: &'static str,
    zh: &'static str,
) -> Code {
    let brief = Localized::new(en, zh);
    Code { first: number, last: number, symbol, place, brief, meaning: brief }
}

impl Code {
    const fn to(mut self, last: i64) -> Self {
        self.last = last;
        self
    }

    const fn more(mut self, en: &'static str, zh: &'static str) -> Self {
        self.meaning = Localized::new(en, zh);
        self
    }
}

/// Every code of Tencent's page of error codes and of the headers of its SDKs.
#[rustfmt::skip]
pub(super) static TABLE: &[Code] = &[
    code(-20009, S, "", "terminal calls too often", "终端超频"),
    code(-10114, S, "", "access layer overloaded", "接入层过载"),
    code(-10113, S, "", "user rate limit (access layer)", "用户请求超频"),
    code(0, A, "", "sent", "发送成功"),
    code(4005, S, "", "forbidden file", "违规文件"),
    code(6006, S, "", "upload not authorized", "文件鉴权失败").more("authorization of the file upload failed", "文件上传鉴权失败"),
    code(6008, S, "", "file upload failed", "上传失败"),
    code(6012, S, "", "request timed out", "请求超时"),
    code(6013, S, "", "SDK not initialized", "SDK 未初始化"),
    code(6014, S, "", "not logged in or kicked", "未登录或被踢"),
    code(6015, S, "", "call still in progress", "执行中"),
    code(6016, S, "", "message element not valid", "消息元素非法"),
    code(6017, S, "", "parameter not valid", "参数无效"),
    code(6200, S, "", "no network when sending", "请求时无网络"),
    code(6201, S, "", "no network for the reply", "响应时无网络").more("no network when receiving the reply", "响应时无网络"),
    code(6206, S, "", "UserSig expired", "UserSig 过期"),
    code(6208, S, "", "kicked by another login", "被踢下线"),
    code(6223, S, "", "too late to recall", "撤回超时"),
    code(7008, S, "", "API call rate too high", "API 超频"),
    code(7015, S, "", "blocked by the SDK itself", "本地审核命中").more("blocked by local word check of the SDK", "本地审核命中"),
    code(8001, S, "", "message too large", "消息超长").more("the message is over the size limit", "消息超过大小限制"),
    code(8006, S, "", "edit conflict", "消息修改冲突"),
    code(8021, S, "", "message was cancelled", "消息已取消"),
    code(9508, S, "", "no network", "网络断开"),
    code(9510, S, "", "connect timed out", "建连超时"),
    code(9518, S, "", "queued request timed out", "排队超时"),
    code(9519, S, "", "write timed out", "等待写入超时").more("waiting to be written timed out", "等待写入超时"),
    code(9520, S, "", "reply timed out", "等待回包超时").more("waiting for the reply timed out", "等待回包超时"),
    code(10002, G, "", "group backend error", "群后台错误"),
    code(10004, G, "", "parameter not valid", "参数非法"),
    code(10006, G, "", "rate limit", "操作超频"),
    code(10007, G, "", "no permission", "权限不足"),
    code(10010, G, "", "no such group", "群不存在").more("group does not exist or was disbanded", "群不存在"),
    code(10015, G, "", "group id not valid", "群 ID 非法"),
    code(10016, G, "", "denied by the app (group)", "群：回调拒绝").more("denied by the app callback (group)", "群：回调拒绝"),
    code(10017, G, "", "muted in the group", "群：被禁言"),
    code(10023, G, "", "group message rate limit", "群：消息超频"),
    code(10030, H, "", "no such group message", "群：撤回消息不存在")
        .more("group message to recall does not exist", "群：撤回消息不存在"),
    code(10031, H, "", "too late to recall (group)", "群：撤回超时"),
    code(10100, G, "", "app's own code (group)", "应用自定义错误码（群）").to(10200)
        .more("a code chosen by the app in a group before-callback", "应用在群组前回调中返回的错误码"),
    code(20001, A, "ERR_SVR_MSG_PKG_PARSE_FAILED", "request packet not valid", "请求包非法"),
    code(20002, A, "ERR_SVR_MSG_INTERNAL_AUTH_FAILED", "UserSig or A2 no longer valid", "UserSig/A2 失效"),
    code(20003, A, "ERR_SVR_MSG_INVALID_ID", "sender or recipient unknown", "收发方 UserID 无效或未导入")
        .more("sender or recipient unknown (not imported)", "收发方 UserID 无效或未导入"),
    code(20004, A, "ERR_SVR_MSG_NET_ERROR", "network error, try again", "网络异常，重试")
        .more("backend network error, try again", "网络异常，重试"),
    code(20005, A, "ERR_SVR_MSG_INTERNAL_ERROR1", "internal error, try again", "服务端内部错误")
        .more("backend internal error, try again", "服务端内部错误"),
    code(20006, B, "ERR_SVR_MSG_PUSH_DENY", "denied by the app", "前回调返回禁止下发")
        .more("the app denied the message in its before-send callback", "应用在前回调中禁止下发"),
    code(20007, A, "ERR_SVR_MSG_IN_PEER_BLACKLIST", "sender is blocklisted", "被对方拉黑")
        .more("the sender is on the recipient's blocklist", "发送方在接收方的黑名单中"),
    code(20008, A, "", "users of different apps", "收发方 SDKAppID 不同")
        .more("sender and recipient belong to different apps", "收发方 SDKAppID 不同"),
    code(20009, A, "ERR_SVR_MSG_BOTH_NOT_FRIEND", "not friends", "双方互非好友")
        .more("sender and recipient are not friends, and the friend check is on", "双方互非好友，且开启了好友校验"),
    code(20010, A, "ERR_SVR_MSG_NOT_PEER_FRIEND", "not in their friend list", "自己不是对方好友")
        .more("sender is not in the recipient friend list", "自己不是对方好友"),
    code(20011, A, "ERR_SVR_MSG_NOT_SELF_FRIEND", "recipient is not a friend", "对方不是自己好友")
        .more("recipient is not in the sender friend list", "对方不是自己好友"),
    code(20012, A, "ERR_SVR_MSG_SHUTUP_DENY", "sender is muted", "发送方被禁言"),
    code(20016, H, "ERR_SVR_MSG_REVOKE_TIME_LIMIT", "too late to recall", "撤回超时")
        .more("too late to recall (2 min by default)", "撤回超时"),
    code(20018, H, "ERR_SVR_MSG_DEL_RAMBLE_INTERNAL_ERROR", "error deleting roaming copies", "删除漫游内部错误")
        .more("error while deleting roaming messages", "删除漫游内部错误"),
    code(20022, H, "", "no such message to recall", "待撤回消息不存在").more("message to recall does not exist", "待撤回消息不存在"),
    code(20023, H, "", "message already recalled", "消息已被撤回"),
    code(20028, H, "", "two edits collided", "并发修改冲突"),
    code(21005, S, "", "push token set before login", "登录前设置 token"),
    code(22001, S, "", "no push certificate", "未上传离线推送证书").more("no offline-push certificate uploaded", "未上传离线推送证书"),
    code(22002, S, "", "network error (push set-up)", "网络异常"),
    code(22003, S, "", "push token empty", "token 为空"),
    code(22004, S, "", "push token over 256 bytes", "token 超长"),
    code(22005, S, "", "login data over 1024 bytes", "登录数据超长"),
    code(22006, S, "", "request rate too high", "请求超频"),
    code(23001, H, "ERR_SVR_MSG_EXTENSION_CONFLICT", "extension edits collided", "消息扩展冲突")
        .more("the message extension was edited by several people at once", "多人同时修改消息扩展"),
    code(23004, H, "ERR_SVR_MSG_EXTENSION_NOT_EXIST", "no such message extension", "消息扩展不存在")
        .more("message extension to delete does not exist", "消息扩展不存在"),
    code(30515, X, "", "target is on own blocklist", "对方在自己黑名单")
        .more("friend add refused: target is on own blocklist", "对方在自己黑名单"),
    code(30525, X, "", "you are on their blocklist", "自己在对方黑名单")
        .more("friend add refused: you are on their blocklist", "自己在对方黑名单"),
    code(38000, G, "", "app's own code (friends)", "应用自定义错误码（关系链）").to(39000)
        .more("a code chosen by the app in a friend before-callback", "应用在关系链前回调中返回的错误码"),
    code(60002, R, "", "HTTP request not readable", "HTTP 解析错误")
        .more("HTTP request could not be parsed", "HTTP 解析错误"),
    code(60003, R, "", "request JSON not readable", "HTTP 请求 JSON 错误")
        .more("JSON of the HTTP request could not be parsed", "HTTP 请求 JSON 错误"),
    code(60004, R, "", "wrong UserID or UserSig", "UserID/UserSig 错误"),
    code(60005, R, "", "wrong UserID or UserSig", "UserID/UserSig 错误"),
    code(60006, R, "", "SDKAppID not valid", "SDKAppID 非法"),
    code(60007, R, "", "REST rate limit", "REST 调用超频"),
    code(60008, R, "", "time-out or bad HTTP", "服务超时或格式错").more("service time-out or bad HTTP format", "服务超时或格式错"),
    code(60009, R, "", "wrong resource (URL)", "请求资源错误"),
    code(60010, R, "", "needs app administrator", "需 App 管理员")
        .more("caller must be an app administrator", "需 App 管理员"),
    code(60011, R, "", "app rate limit", "SDKAppID 超频"),
    code(60012, R, "", "SDKAppID missing", "缺少 SDKAppID"),
    code(60013, R, "", "reply JSON not readable", "应答 JSON 错误")
        .more("JSON of the HTTP reply could not be parsed", "应答 JSON 错误"),
    code(60014, R, "", "account exchange timed out", "置换账号超时"),
    code(60015, R, "", "UserID is not a string", "UserID 类型错误")
        .more("UserID type wrong (must be a string)", "UserID 类型错误"),
    code(60016, R, "", "SDKAppID disabled", "SDKAppID 被禁用"),
    code(60017, R, "", "request disabled", "请求被禁用"),
    code(60018, R, "", "too many requests", "请求过于频繁"),
    code(60019, R, "", "too many requests", "请求过于频繁"),
    code(60020, R, "", "plan expired", "套餐过期停用"),
    code(60021, R, "", "caller IP not allowed", "来源 IP 非法"),
    code(70001, X, "", "UserSig expired", "UserSig 过期"),
    code(70002, X, "", "UserSig empty", "UserSig 长度 0"),
    code(70003, X, "", "UserSig check failed", "UserSig 校验失败"),
    code(70005, X, "", "UserSig check failed", "UserSig 校验失败"),
    code(70009, X, "", "UserSig made with another key", "密钥不匹配").more("UserSig made with another app key", "密钥不匹配"),
    code(70013, X, "", "UserID differs from UserSig", "UserID 不匹配")
        .more("UserID differs from the one in UserSig", "UserID 不匹配"),
    code(70014, X, "", "SDKAppID differs from UserSig", "SDKAppID 不匹配")
        .more("SDKAppID differs from the one in UserSig", "SDKAppID 不匹配"),
    code(70016, X, "", "public key missing", "密钥不存在"),
    code(70020, X, "", "SDKAppID not found", "SDKAppID 未找到"),
    code(70050, X, "", "too many UserSig failures", "UserSig 验证次数过多"),
    code(70051, X, "", "account on the block list", "账号被拉黑"),
    code(70107, X, "", "account does not exist", "账号不存在"),
    code(70114, X, "", "login limited for safety", "安全原因限制登录"),
    code(70169, X, "", "server time-out", "服务端超时"),
    code(70202, X, "", "server time-out", "服务端超时"),
    code(70402, X, "", "parameter not valid", "参数非法"),
    code(70403, X, "", "needs app administrator", "需管理员权限"),
    code(70500, X, "", "server internal error", "服务端内部错误"),
    code(80001, A, "", "text blocked", "文本被拦截").more("the text was blocked by the content check", "文本含敏感内容，未通过内容审核"),
    code(80002, A, "", "packet too large", "包体过长").more("the packet is over the size limit", "包体超过大小限制"),
    code(80003, A, "", "before-callback failed", "前回调失败或超时")
        .more("the before-send callback failed or timed out, and the console says not to deliver then", "前回调失败或超时，且控制台设置为此时不下发"),
    code(80004, A, "", "image blocked", "图片被拦截").more("an image was blocked by the content check", "图片含敏感内容，未通过内容审核"),
    code(90001, R, "ERR_SVR_MSG_JSON_PARSE_FAILED", "JSON not valid", "JSON 解析失败"),
    code(90002, R, "ERR_SVR_MSG_INVALID_JSON_BODY_FORMAT", "MsgBody has the wrong form", "MsgBody 格式错误"),
    code(90003, R, "ERR_SVR_MSG_INVALID_TO_ACCOUNT", "To_Account missing or wrong", "缺少/非法 To_Account"),
    code(90005, R, "ERR_SVR_MSG_INVALID_RAND", "MsgRandom missing or wrong", "缺少/非法 MsgRandom")
        .more("MsgRandom missing or not an integer", "缺少/非法 MsgRandom"),
    code(90006, R, "ERR_SVR_MSG_INVALID_TIMESTAMP", "MsgTimeStamp missing or wrong", "缺少/非法 MsgTimeStamp")
        .more("MsgTimeStamp missing or not an integer", "缺少/非法 MsgTimeStamp"),
    code(90007, R, "ERR_SVR_MSG_BODY_NOT_ARRAY", "MsgBody is not an array", "MsgBody 非数组"),
    code(90008, R, "", "From_Account missing or wrong", "缺少/非法 From_Account")
        .more("From_Account missing or unknown", "缺少/非法 From_Account"),
    code(90009, R, "ERR_SVR_MSG_ADMIN_REQUIRED", "needs app administrator", "需管理员权限"),
    code(90010, R, "", "not a valid message element", "不符合消息格式"),
    code(90011, R, "", "more than 500 targets", "目标超 500"),
    code(90012, R, "", "To_Account not registered", "To_Account 未注册"),
    code(90018, R, "", "too many accounts", "账号数超限"),
    code(90026, R, "", "offline keep time wrong", "离线时间错误").more("offline keep time wrong (max 7 days)", "离线时间错误"),
    code(90030, R, "", "attribute length 0 or over 50", "属性长度错误"),
    code(90031, R, "", "SyncOtherMachine not a number", "SyncOtherMachine 非整数")
        .more("SyncOtherMachine not an integer", "SyncOtherMachine 非整数"),
    code(90043, R, "", "OfflinePushInfo malformed", "OfflinePushInfo 格式错")
        .more("OfflinePushInfo has the wrong form", "OfflinePushInfo 格式错"),
    code(90044, R, "", "MsgLifeTime not an integer", "MsgLifeTime 非整数"),
    code(90045, R, "", "push to all not enabled", "未开通全员推送"),
    code(90047, R, "", "daily push quota used up", "推送次数超限"),
    code(90048, R, "", "account does not exist", "账号不存在"),
    code(90054, H, "", "MsgKey of the recall not valid", "撤回 MsgKey 不合法"),
    code(90055, R, "", "batch packet too large", "批量包体过长")
        .more("a packet of the batch is over the size limit", "批量请求的包体超过大小限制"),
    code(90992, R, "", "backend error, check replies", "后台错误/检查回调应答")
        .more("backend error; if it persists, check the app's replies to callbacks", "后台错误；若持续出现，请检查回调应答"),
    code(90994, R, "", "backend error, try again", "服务内部错误"),
    code(90995, R, "", "backend error, try again", "服务内部错误"),
    code(91000, R, "", "backend error, try again", "服务内部错误"),
    code(91101, S, "", "web client kicked", "Web 多实例被踢")
        .more("web client kicked (too many web instances)", "Web 多实例被踢"),
    code(93000, R, "", "JSON too large", "JSON 超长")
        .more("the JSON is over the size limit; the documents disagree on how much that is", "JSON 超过大小限制；文档给出的上限不一致"),
    code(120001, B, "", "app's own code", "应用自定义错误码").to(130000)
        .more("a code chosen by the app in its before-send callback", "应用在发消息前回调中返回的错误码"),
];
