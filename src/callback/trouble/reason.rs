//! Why something failed: reasons within other sentences, such as [`Trouble`](super::Trouble),
//! and errors of the system. Like those they are kept in English.

use std::borrow::Cow;

use super::pattern::PATTERN;
use super::template::{Template, templates};
use super::{failure, json_error};
use crate::callback::lang::{Lang, Localized};

/// The maximum depth of a reason within others; a deeper one stays in English.
const MAX_DEPTH: usize = 8;

/// The text of an error in a language; `": "` is between an error and its cause. What is
/// in no table stays as it is.
///
/// ```
/// use imscope::callback::{Lang, trouble::reason};
///
/// let error = "cannot read ca.pem: No such file or directory (os error 2)";
/// assert_eq!(reason::text(error, Lang::Zh), "无法读取 ca.pem：文件或目录不存在");
/// ```
pub fn text(english: &str, lang: Lang) -> Cow<'_, str> {
    lang.translate(english, chinese)
}

/// An error without its causes in a language.
pub fn localized(error: &impl ToString, lang: Lang) -> String {
    text(&error.to_string(), lang).into_owned()
}

/// The texts of all reasons, in the order of the tables; the names of values are in braces.
pub fn texts() -> impl Iterator<Item = Localized> {
    TABLE.iter().chain(failure::TABLE).map(|it| it.0).chain(SYSTEM.iter().chain(PATTERN).copied())
}

/// The Chinese of a reason, if it has one.
pub(super) fn chinese(english: &str) -> Option<String> {
    within(english, MAX_DEPTH)
}

/// As [`chinese`]; `depth` bounds the reasons within it, as recordings hold any text.
fn within(english: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let chinese = |it: &str| within(it, depth);
    let of_system = || of_system(english).map(str::to_owned);
    let tables = || failure::TABLE.iter().chain(TABLE);
    let of_table = || tables().find_map(|it| it.chinese(english, chinese));
    let found = of_system().or_else(of_table).or_else(|| json_error::chinese(english));
    found.or_else(|| {
        let (error, cause) = english.split_once(": ")?;
        let found = (chinese(error), chinese(cause));
        let is_found = found.0.is_some() || found.1.is_some();
        let (error, cause) =
            (found.0.as_deref().unwrap_or(error), found.1.as_deref().unwrap_or(cause));
        is_found.then(|| format!("{error}：{cause}"))
    })
}

/// The Chinese of an error of the system, with its number or without, or of a pattern.
fn of_system(english: &str) -> Option<&'static str> {
    let english = english.split_once(" (os error").map_or(english, |(it, _)| it);
    let found = SYSTEM.iter().chain(PATTERN).find(|it| it.en.eq_ignore_ascii_case(english));
    found.map(|it| it.zh)
}

/// The errors of `libc` that concern sockets, files and programs, and those of `std`.
const SYSTEM: &[Localized] = &[
    Localized::new("address already in use", "地址已被占用"),
    Localized::new("argument list too long", "参数过长"),
    Localized::new("broken pipe", "管道已断开"),
    Localized::new("cannot assign requested address", "本机没有该地址"),
    Localized::new("connection refused", "连接被拒绝"),
    Localized::new("connection reset by peer", "连接被对方重置"),
    Localized::new("connection timed out", "连接超时"),
    Localized::new("disk quota exceeded", "磁盘配额已用完"),
    Localized::new("failed to fill whole buffer", "内容不完整"),
    Localized::new("failed to write whole buffer", "未能全部写入"),
    Localized::new("file exists", "文件已存在"),
    Localized::new("file name too long", "文件名过长"),
    Localized::new("file too large", "文件过大"),
    Localized::new("host is down", "主机已关闭"),
    Localized::new("input/output error", "输入输出错误"),
    Localized::new("interrupted system call", "系统调用被中断"),
    Localized::new("invalid argument", "参数无效"),
    Localized::new("invalid input parameter", "参数无效"),
    Localized::new("is a directory", "是目录"),
    Localized::new("name or service not known", "找不到该域名"),
    Localized::new("network is unreachable", "网络不可达"),
    Localized::new("no address associated with hostname", "该域名没有地址"),
    Localized::new("no route to host", "没有到主机的路由"),
    Localized::new("no space left on device", "磁盘空间已满"),
    Localized::new("no such device or address", "没有该设备或地址"),
    Localized::new("no such file or directory", "文件或目录不存在"),
    Localized::new("not a directory", "不是目录"),
    Localized::new("operation not permitted", "不允许的操作"),
    Localized::new("permission denied", "没有权限"),
    Localized::new("read-only file system", "文件系统只读"),
    Localized::new("resource temporarily unavailable", "资源暂不可用"),
    Localized::new("stale file handle", "文件句柄已失效"),
    Localized::new("stream did not contain valid UTF-8", "内容不是 UTF-8"),
    Localized::new("temporary failure in name resolution", "域名解析暂时失败"),
    Localized::new("text file busy", "程序文件正被占用"),
    Localized::new("too many levels of symbolic links", "符号链接层数过多"),
    Localized::new("too many open files", "打开的文件过多"),
    Localized::new("transport endpoint is not connected", "连接尚未建立"),
    Localized::new("unexpected end of file", "内容提前结束"),
    Localized::new("write zero", "未能写入"),
];

templates! { String::from => String;
    // What a field of a reply must be.
    /// A text, even without content.
    a_string_even_empty() = "a string, which may be empty", "字符串（可为空）";
    /// A text.
    a_string() = "a string", "字符串";
    /// `RspData`.
    a_string_for_chatbot() =
        "a string: the chatbot gets no answer",
        "字符串，否则机器人得不到回答";
    /// A number.
    a_whole_number() = "a whole number", "整数";
    /// `ErrorCode` about friends.
    zero_because_items_decide() = "0: only ResultItem decides", "0：仅由 ResultItem 决定";
    /// A list.
    an_array() = "an array", "数组";
    /// A list of users.
    an_array_of_strings() = "an array of strings", "字符串数组";
    /// `ResultItem`.
    an_array_of_items() = "an array with an item a user", "数组，每个用户一项";
    /// The codes that a message may be answered with.
    codes_of_message(start, end) = "0, 1, 2 or {start} to {end}", "0、1、2 或 {start}–{end}";
    /// The codes that another "before" command may be answered with.
    codes_of_other(start, end) = "0, 1 or {start} to {end}", "0、1 或 {start}–{end}";
    /// A field of an item.
    code_of_item(nth) = "ResultCode of ResultItem[{nth}]", "ResultItem[{nth}] 的 ResultCode";

    // Why a reply did not arrive.
    /// A head of a response that is too large.
    response_head_too_large() =
        "the head of the response has more than 100 headers, or 400 KiB",
        "响应头超过 100 个或 400 KiB";
    /// A response of another protocol.
    not_http() = "not an HTTP response", "不是 HTTP 响应";
    /// No response.
    connection_closed() = "the connection was closed", "连接已被关闭";
    /// An https URL of an http server.
    not_tls() =
        "the server does not speak TLS; is it an http URL?",
        "对方不使用 TLS，URL 是否应为 http？";
    /// An error of `rustls`, in its words.
    invalid_certificate(why) = "invalid peer certificate: {why}", "对方证书无效：{why}";
    /// No address of a host.
    unknown_host(why) = "failed to lookup address information: {why}", "域名解析失败：{why}";

    // Why a callback is not sent to the local app.
    /// A path that leads elsewhere.
    unsafe_path() =
        "the path has a dot segment or a backslash",
        "路径中有“.”、“..”段或反斜杠";
    /// A path that the URL cannot have.
    bad_path() = "the path is too long or invalid", "路径过长或无效";
    /// A refused callback.
    refused_not_sent() =
        "a refused request is not sent to the local app",
        "已拒收的请求不会发给本地应用";
    /// A probe.
    only_callbacks_sent() =
        "only callbacks are sent again, and this is not a POST",
        "只能重发回调，而这不是 POST 请求";
    /// A partial body.
    body_incomplete() = "the body was not received completely", "正文未完整收到";
    /// A head of a body.
    body_shortened() = "only the beginning of the body was kept", "只保留了正文开头";
    /// A text in place of a URL.
    no_url(url) = "{url} is not a URL", "{url} 不是 URL";

    // Why a callback is not recorded.
    /// No result in time.
    slow_disk() = "the recording's disk is too slow", "录制所在的磁盘太慢";
    /// No thread writes.
    recorder_ended() = "the recorder has ended", "录制线程已结束";
    /// A file that does not stay.
    file_replaced_repeatedly() =
        "another program replaces the file again and again",
        "文件不断被其他程序替换";
    /// A file that is locked.
    file_is_recorded_to() = "another imscope records to it", "另一个 imscope 正在录制到该文件";
    /// A file that keeps nothing.
    keeps_no_recording(kind) =
        "it is {kind}, and only a regular file keeps a recording",
        "这是{kind}，只有普通文件才能保存录制";
    /// In `/proc` or `/sys`.
    a_kernel_file() = "a file of the kernel", "内核文件";
    /// A folder.
    a_directory() = "a directory", "目录";
    /// A FIFO.
    a_pipe() = "a pipe", "管道";
    /// A socket in the file system.
    a_socket() = "a socket", "套接字";
    /// A disk or a terminal.
    a_device() = "a device", "设备";
    /// A file with other content.
    not_a_recording() = "the file is not a recording", "该文件不是录制文件";

    // Files and programs.
    /// A folder for a new file.
    no_folder(folder) = "the folder {folder} does not exist", "文件夹 {folder} 不存在";
    /// No file for the editor.
    no_file_to_edit() = "cannot create a file to edit", "无法创建待编辑的文件";
    /// The file for the editor cannot be written.
    cannot_write_edited() = "cannot write the file to edit", "无法写入待编辑的文件";
    /// The file of the editor cannot be read.
    cannot_read_edited() = "cannot read the edited file", "无法读取编辑后的文件";
    /// No editor.
    cannot_start_editor(editor) = "cannot start the editor `{editor}`", "无法启动编辑器 `{editor}`";
    /// An editor that failed.
    editor_failed(editor, status) =
        "the editor `{editor}` ended with {status}",
        "编辑器 `{editor}` 异常结束：{status}";
    /// The status of a program, in the words of `std`.
    exit_status(code) = "exit status: {code}", "退出码 {code}";
    /// The end of a program by a signal, in the words of `std`.
    ended_by_signal(signal) = "signal: {signal}", "信号 {signal}";
    /// No file for what cannot be copied.
    no_file_written(why) = "no file can be written: {why}", "无法写入文件：{why}";
    /// A pipe, a device …
    not_a_regular_file() = "not a regular file", "不是普通文件";
    /// A file that is too large.
    larger_than_16_mib() = "larger than 16 MiB", "超过 16 MiB";
    /// A file of another encoding.
    not_utf8_in_line(line) = "not UTF-8 in line {line}", "第 {line} 行不是 UTF-8";
    /// A name that a rule file cannot hold.
    path_not_utf8() = "a path that is not UTF-8", "路径不是 UTF-8";
    /// A file that cannot be read.
    cannot_read(name) = "cannot read {name}", "无法读取 {name}";
    /// A certificate that cannot be used.
    invalid_certificate_in(name) = "invalid certificate in {name}", "{name} 中的证书无效";
    /// A file of another format.
    not_pem(name) = "{name} is not valid PEM", "{name} 不是有效的 PEM 文件";
    /// A file without a certificate.
    no_certificate(name) = "no certificate in {name}", "{name} 中没有证书";
}
