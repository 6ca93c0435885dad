//! The constant texts of the dashboard in every language.
//!
//! Formatted texts are beside the code that formats them. Texts of keys are in the
//! keymap, whose actions stand in braces where a text names a key; those of the answer menu in `menu`, those of commands, elements and
//! codes in their own tables in `callback`.

use crate::callback::Localized;

/// Defines a constant for each text. They are visible only inside the crate, so
/// that the compiler reports unused ones; tests use `ALL`.
macro_rules! table {
    ($($name:ident = $en:literal, $zh:literal;)*) => {
        $(pub(crate) const $name: Localized = Localized::new($en, $zh);)*

        /// All texts by the names of their constants, for tests of the screen.
        pub const ALL: &[(&str, Localized)] =
            &[$((stringify!($name), Localized::new($en, $zh)),)*];
    };
}

table! {
    QUIT = "quit", "退出";

    FLOW = "Flow", "消息流";
    UNREAD = "Unread", "未读";
    FAILURES = "Failures", "失败";
    TRAFFIC = "Traffic", "流量";
    DETAIL = "Detail", "详情";
    TIMELINE = "Timeline", "时间线";
    HELP = "Help", "使用帮助";
    LANGUAGE = "The language of filters", "过滤语法";

    TAB_MESSAGE = "Message", "消息";
    TAB_PAYLOAD = "Payload", "正文";
    TAB_REQUEST = "Request", "请求";
    TAB_ANSWER = "Answer", "应答";
    TAB_LIFE_LINE = "Life line", "消息轨迹";

    COLUMN_TIME = "TIME", "时间";
    COLUMN_FROM = "FROM", "发送方";
    COLUMN_TO = "TO", "接收方";
    COLUMN_TYPE = "TYPE", "类型";
    COLUMN_MESSAGE = "MESSAGE", "消息";
    COLUMN_RESULT = "RESULT", "结果";
    COLUMN_UNREAD = "UNREAD", "未读";

    APP = "app", "应用";
    SIGN = "sign", "签名";
    NO_TOKEN = "no token", "未设 Token";
    ANYONE_CAN_CALL = ": anyone can call the app", "：任何人可调用应用";
    STRICT = "strict", "严格";
    SIGN_OFF = "off", "未校验";
    SIGN_ON = "on", "校验";
    DEMO = "demo", "演示";
    RECORDING = "a recording", "录制文件";
    EMPTY_RECORDING = "Nothing in the recording so far.", "录制文件中暂无内容。";
    BARE_BODY = "only a body in a log: method, query, headers, answer and time of arrival are unknown", "仅为日志中的正文：方法、查询参数、头部、应答和到达时间均未知";
    BARE_BODIES = "a log of bodies: calls, answers and times of arrival are not in it", "正文日志：其中没有请求、应答和到达时间";
    REC = "rec", "录制";
    IN_NEW_FILE = "(new file)", "（新文件）";
    NEW_FILE = "recording goes on in a new file: the last one was moved, removed or replaced", "原录制文件已被移动、删除或替换；继续录制到新文件";
    FOREIGN_WRITE = "another program changed the recording's file; recording goes on at its end", "录制文件已被其他程序改动；从文件末尾继续录制";
    OPEN_TO_OTHERS = "other users can open the recording's file: chmod 600 protects it", "其他用户可打开录制文件：可用 chmod 600 保护";
    FOLLOWING = "following", "跟随最新";
    RECALLED = "recalled", "被撤回的消息";
    AT_END = "at the end", "已到末尾";
    PAUSED = "paused", "已暂停";
    UNANSWERED = "not answered", "未应答";
    UNREADABLE = "unreadable", "无法读取";
    UNSHOWN = "not shown", "未显示";
    EVICTED = "evicted", "已淘汰";
    SEARCHING = "searching", "搜索中";
    NOTHING_MATCHES = "nothing matches; {back} shows all", "无匹配；{back} 显示全部";

    ANSWER_TIME = "answer", "应答";
    DUPLICATES = "dup", "重复";
    OLDER = "older", "乱序";
    ODD = "odd", "异常";
    KEPT = "kept", "保留";
    PROBES = "probes", "探测";
    PER_SECOND = "/s", "/秒";
    PER_MINUTE = "/min", "/分钟";
    OF_ALL = "all", "全部";
    NO_FAILURE = "no failure so far", "暂无失败";
    NO_UNREAD = "no count reported so far", "暂无未读数";
    UNKNOWN_CODE = "unknown code", "未收录的错误码";
    OTHER_CODES = "other codes", "其他错误码";

    COMMAND = "command", "回调命令";
    BEFORE = "before: the answer decides", "之前回调：由应答决定";
    AFTER = "after: the answer is ignored", "之后回调：应答被忽略";
    AFTER_WITH_REPLY = "after: the answer's RspData goes to the robot", "之后回调：应答中的 RspData 会发给机器人";
    NO_REPLY_FIELD = "missing: the robot receives nothing", "缺少：机器人收不到回复";
    UNKNOWN_COMMAND = "unknown to this version", "本版本未收录";
    LAG = "lag", "延迟";
    KEY = "key", "MsgKey";
    UNREAD_OF = "unread", "未读数";
    ONLINE_ONLY = "online users only, not stored", "仅在线用户，不存储";
    BODY = "body", "正文";
    APP_BODY = "its body", "返回的正文";
    EMPTY = "empty", "空";
    DUPLICATE_OF = "duplicate of an earlier callback", "与此前的回调重复";
    OLDER_IN_CHAT = "older than a message already received in this chat", "早于本会话已收到的消息";

    PEER = "peer", "对端";
    RECEIVED_AT = "received at", "到达时间";
    METHOD = "method", "方法";
    SIGNATURE = "signature", "签名";

    DECISION = "decision", "决定";
    RULE = "rule", "规则";
    STATUS = "status", "状态码";
    ANSWERED_BY = "answered by", "应答方";
    BY_APP = "the local app", "本地应用";
    BY_IMSCOPE_FOR_APP = "imscope, for the denial of the local app", "由 imscope 按文档格式转达本地应用的拒绝";
    BY_IMSCOPE_WITHOUT_APP = "imscope, in place of the local app", "由 imscope 代替本地应用";
    REPLACES_APP = " imscope decided this, as the local app gave no usable reply.", "本地应用未给出可用的应答，此决定由 imscope 作出。";
    TOOK = "took", "耗时";
    TROUBLE = "trouble", "有问题";
    APP_REPLY = "the app's reply", "本地应用返回";
    NO_ANSWER = "none", "未应答";

    ANSWERS = "Answer callbacks with", "应答设置";
    NOT_WRITTEN = "changed, not written ({switchboard-write})", "有更改未写入（{switchboard-write}）";
    ANSWERING = "answering", "当前应答";
    RESET_ANSWER = "{reset-answers} resets it", "{reset-answers} 恢复默认";
    RESET = "{reset-answers} resets", "{reset-answers} 恢复";
    TURN_RULE_OFF = "{reset-answers} turns it off", "{reset-answers} 停用";
    TURN_RULES_OFF = "{reset-answers} turns them off", "{reset-answers} 全部停用";
    STOP_RULES = "{reset-answers} stops", "{reset-answers} 全部停用";
    RULES = "Rules: the first that matches decides", "规则：第一条匹配的规则生效";
    NO_RULE = "no rule; {switchboard-add} adds one, such as", "没有规则；按 {switchboard-add} 添加，例如";
    COLUMN_HITS = "HITS", "次数";
    COLUMN_LAST = "LAST", "最近";
    ALREADY_DEFAULT = "the answers are the default already", "应答已是默认设置";
    RESET_DONE = "the answers are the default, all rules are off; {switchboard-undo} in the switchboard undoes it", "已恢复默认应答并停用全部规则；可在应答设置按 {switchboard-undo} 撤销";
    RULE_DELETED = "deleted; {switchboard-undo} restores it", "已删除；按 {switchboard-undo} 恢复";
    NOTHING_TO_UNDO = "there is nothing to undo", "没有可撤销的更改";
    NO_RULE_HERE = "there is no rule; {switchboard-add} adds one", "没有规则；按 {switchboard-add} 添加";
    NO_RULE_FILE = "no file to read: start imscope with --answers FILE, or write one with {switchboard-write}", "没有可读取的文件：请用 --answers FILE 启动，或按 {switchboard-write} 写入一个";
    RULE_NOT_ADDED = "the rule is not added; why is hidden in private mode", "未添加规则；隐私模式下不显示原因";
    RULES_NOT_READ = "the rules are not read; why is hidden in private mode", "未读取规则；隐私模式下不显示原因";
    RULES_NOT_WRITTEN = "the rules are not written; why is hidden in private mode", "未写入规则；隐私模式下不显示原因";
    FIRST_SIGNED = "signed", "签名有效";
    FIRST_UNSIGNED = "signature not checked", "未校验签名";
    COPY_PUBLIC_URL = "public URL", "公网 URL";
    NO_PUBLIC_URL = "no public URL is known; looking for a tunnel", "尚无已知的公网 URL；正在查找隧道";
    NO_TUNNEL = "no tunnel found: start one, or set --public-url", "未找到隧道：请启动一个，或设置 --public-url";
    NO_URL_WHILE_PRIVATE = "the public URL is hidden in private mode: press {privacy} first", "隐私模式下不复制公网 URL：请先按 {privacy}";
    TUNNEL_BACK = "the tunnel is there again", "隧道已恢复";
    NO_RULE_WHILE_PRIVATE = "an input line would show hidden data: press {privacy} first", "输入行会显示已隐藏的数据：请先按 {privacy}";
    ANSWER_IGNORED = "the answer to an after-callback decides nothing: select a before-callback", "之后回调的应答不起决定作用：请选择一条之前回调";
    NO_CALLBACK = "there is no callback", "没有回调";
    PAGE_KEYS = "On a page", "在页面中";
    IS_EVICTED = "this callback is evicted", "该回调已淘汰";
    FILTER_OFF = "the filter does not match it and is off; {back} goes back to both", "过滤条件与之不匹配，已关闭；按 {back} 恢复";
    BREAKDOWN = "Breakdown", "统计";
    COUNTING = "counting", "统计中";
    WITHOUT_VALUE = "none", "无";
    COLUMN_COUNT = "COUNT", "数量";
    COLUMN_SHARE = "SHARE", "占比";
    COLUMN_FAILED = "FAILED", "失败";
    COLUMN_DENIED = "DENIED", "拒绝";
    DIMENSION_COMMAND = "command", "回调命令";
    DIMENSION_PLATFORM = "platform", "平台";
    DIMENSION_APP = "app", "应用";
    DIMENSION_ADDRESS = "ClientIP", "ClientIP";
    DIMENSION_PEER = "peer", "对端";
    DIMENSION_SENDER = "sender", "发送方";
    DIMENSION_RECEIVER = "receiver", "接收方";
    GROUP_PAIR = "pair", "收发双方";
    NO_STEP = "no callback about this count is kept", "没有与该未读数相关的回调";
    EARLIER_EVICTED = "earlier ones evicted", "更早的已淘汰";
    CAUSE_READ_ALL = "all read", "全部已读";
    OUTCOME_STALE = "no count: stale since", "不含未读数：此后可能已过时";
    MESSAGE_MISSING = "message missing", "缺少对应的消息";
    READ_MISSING = "read or recall missing", "缺少对应的已读或撤回";
    OUTCOME_OLDER = "older: ignored", "乱序：已忽略";
    OUTCOME_DUPLICATE = "duplicate: ignored", "重复：已忽略";
    TIMELINE_KEYS = "In the timeline", "在时间线中";
    ONLY_IN_FULL = "this screen shows it only in full; {back} goes back", "当前屏幕只能全屏显示；{back} 返回";
    NO_DETAIL = "the detail is not on the screen; {open} opens it", "详情不在屏幕上；{open} 打开";
    SHORTEST_BARS = "a bar is 1 s at least", "每条至少为 1 秒";
    ALL_IS_SHOWN = "all of the time is shown", "已显示全部时间";
    NO_TIME = "no time of arrival is known", "到达时间未知";
    SWITCHBOARD_KEYS = "In the switchboard", "在应答设置中";
    COPY_KEYS = "What the copy menu copies", "复制菜单可复制的内容";
    SAVE_KEYS = "Formats of saved files", "保存文件的格式";
    REPLY = "reply", "应答";
    REPLY_OK = "OK", "OK";
    REPLY_OF_APP = "local app", "由本地应用决定";
    APP_SILENT = "no answer from the app", "本地应用无应答";
    NO_LOCAL_APP = "no local app: start imscope with --forward URL", "没有本地应用：请用 --forward URL 启动";
    NO_APP_OF_RECORDING = "a recording has no local app: imscope replay FILE --to URL", "录制文件没有本地应用：请用 imscope replay FILE --to URL";
    PAUSE_ENDED = "the pause has ended", "暂停已结束";
    NO_LISTENER = "a recording has no listener", "录制文件没有监听端";
    UNCHANGED = "nothing changed, nothing sent", "未修改，未发送";
    COPY = "Copy", "复制";
    COPY_BODY = "body", "正文";
    COPY_CURL = "curl line", "curl 命令";
    COPY_CURL_TO_APP = "curl line to the local app", "发往本地应用的 curl 命令";
    SIGNED = ", signed with $IMSCOPE_TOKEN", "（以 $IMSCOPE_TOKEN 签名）";
    COPY_KEY = "MsgKey", "MsgKey";
    COPY_FIELD = "field under the cursor", "光标处的字段";
    COPY_POINTER = "path of the field, as JSON pointer", "字段路径（JSON Pointer）";
    COPY_DELIVERY = "complete delivery, a JSON line", "整条记录（一行 JSON）";
    COPY_LIST = "all rows of Flow, as JSON Lines", "当前列表（JSON Lines）";
    TERMINAL_CLIPBOARD = "the terminal (OSC 52)", "终端（OSC 52）";
    LIST_AND = " and ", "、";
    LIST_COMMA = ", ", "，";
    NOTHING_TO_COPY = "there is nothing to copy", "没有可复制的内容";
    STILL_SENDING = "still sending; {back} stops it", "仍在重发；{back} 停止";
    NOTHING_RESENT = "nothing was sent again; {resend} sends the callback to the local app", "尚未重发；按 {resend} 将该回调发往本地应用";
    WRAPPED = "lines are wrapped to show the hit: {wrap}", "为显示匹配已自动换行：按 {wrap} 还原";
    LANGUAGE_KEYS = "{move-down} {move-up} scroll   esc closes the page", "{move-down} {move-up} 滚动   esc 关闭本页";
    STILL_SAVING = "still saving; {back} stops it", "仍在保存；{back} 停止";
    PRIVATE = "private", "隐私模式";
    NO_EDIT_WHILE_PRIVATE = "an editor would show hidden data: press {privacy} first", "编辑器会显示已隐藏的数据：请先按 {privacy}";
    COMPARE = "Compare", "比较";
    MARKED = "marked", "已标记";
    SHOWN = "shown", "当前";
    NOTHING_MARKED = "no callback is marked: press {mark} to mark one", "尚未标记：按 {mark} 标记一条回调";
    IN_THIS_CHAT = "the chat: when sent (~ received), by MsgTime and MsgSeq", "会话：发送时间（~ 为接收时间），按 MsgTime、MsgSeq 排序";
    THIS_MESSAGE = "this message: when received", "本消息：接收时间";

    CLEAR_QUESTION = "Clear everything?  y yes   n no", "清空全部记录？  y 是   n 否";
    CLEAR_RECORDING_QUESTION = "Clear the screen? The file stays as it is.  y yes   n no", "清空界面？文件保持不变。  y 是   n 否";
    QUIT_QUESTION = "Quit?  s save   y quit   n no", "仍要退出？  s 保存   y 退出   n 否";
    SEND_QUESTION = "Send it?  y yes   n no", "仍要发送？  y 是   n 否";
    NO_LATER_FAILURE = "no later failure", "后面没有失败";
    NO_EARLIER_FAILURE = "no earlier failure", "前面没有失败";
    PASTE_IGNORED = "a paste is ignored here; press {filter} to filter by it", "此处不接受粘贴；请先按 {filter}";
    SAMPLE_ANSWERED = "the sample was answered in", "示例已应答，耗时";
    TERMS = "Words and figures on the screen", "界面中的词和数字";
    TERM_LAG = "from MsgTime, a whole second, to the arrival: exact to a second", "从 MsgTime（整秒）到到达的时间，精确到秒";
    TERM_QUANTILES = "p50 p99", "p50 p99";
    TERM_QUANTILES_MEANING = "half of the answers, and 99 % of them, took at most so long", "一半、99% 的应答耗时不超过该值";
    TERM_DUPLICATES = "duplicates: a callback that came before", "重复：此前已收到的回调";
    TERM_KEPT = "callbacks in memory, and how much that is; --keep limits it", "内存中的回调及其占用，上限由 --keep 设定";
    TERM_BARS = "▁▃█", "▁▃█";
    TERM_BARS_MEANING = "callbacks in each of the last seconds, at most 30", "最近每秒的回调数，最多 30 秒";
    TERM_SEVERAL = "text+3", "文本+3";
    TERM_SEVERAL_MEANING = "a message of a text and three more elements", "含一个文本和另外 3 个元素的消息";
    TERM_RELAY = "relay", "合并转发";
    TERM_RELAY_MEANING = "several messages forwarded as one", "多条消息合并为一条转发";
    LEGEND = "Signs and results in Flow, which are words of filters as well", "消息流中的符号和结果，也是过滤关键词";
    OTHER_SIGNS = "Signs that no filter has", "不能用于过滤的符号";
    SIGN_MARKED = "marked; no word of filters finds what is marked", "已标记；标记不能用于过滤";
    SIGN_DENIED = "denied with this code in short; a denied 1 is 20006 to the client", "以该错误码拒绝的简写；拒绝 1 时客户端收到 20006";
    SIGN_REPLACES_APP = "by imscope, as the app gave no usable reply; a gift is denied", "由 imscope 决定：本地应用未给出可用的应答；礼物则为拒绝";
    SIGN_DOUBTFUL = "in Unread: the count has changed since", "在未读中：该数此后有变化";
    SAMPLE_FAILED = "the sample was not answered:", "示例未获应答：";

    EMPTY_TITLE = "Listening. No callback received yet.", "正在监听，尚未收到回调。";
    EMPTY_SAMPLE = "press {send-sample} to send a sample through this listener, or try", "按 {send-sample} 向本监听端发送一条示例，或执行";
    EMPTY_SAMPLE_SIGNED = "press {send-sample} to send a sample through this listener, or try with the same IMSCOPE_TOKEN", "按 {send-sample} 向本监听端发送一条示例，或以相同的 IMSCOPE_TOKEN 执行";
    SAMPLE_ARRIVED = "✓ a sample arrived; nothing of Tencent so far", "✓ 示例已到达，尚未收到腾讯云的首个回调";
    SILENT_TITLE = "No callback for a minute. Possible reasons:", "一分钟没有消息，可能的原因：";
    SILENT_SWITCH = "its switch in the console is off, or the change is not saved", "控制台未勾选该事件，或修改未保存";
    SILENT_URL = "the URL leads elsewhere, or the tunnel's has changed", "URL 指向别处，或隧道地址已变";
    SILENT_HOST = "the host is not reachable from outside", "外网不可达";
    SILENT_CERTIFICATE = "the certificate is not trusted (self-signed)", "证书不受信任（自签名证书不被接受）";
    SILENT_REST = "sent by REST with ForbidCallbackControl, or imported", "消息经 REST 发送且带 ForbidCallbackControl，或为导入消息";
    CHECK_SWITCHBOARD = "key {switchboard}", "按 {switchboard} 查看应答设置";
    SILENT_DENIED = "a before-callback denied it, and none follows", "之前回调拒绝了消息，此时没有之后回调";
}
