//! Why a command cannot do its work: ports, files, certificates, the terminal.

use super::template::{Template, templates};
use crate::callback::lang::Localized;

templates! { String::from => String;
    // The listener.
    /// An address that is not bound.
    cannot_listen(address, why) = "cannot listen on {address}: {why}", "无法监听 {address}：{why}";
    /// A port of another program.
    port_in_use() =
        "the port is in use (is another imscope running? try --listen 127.0.0.1:0)",
        "端口已被占用（是否已有 imscope 在运行？可试 --listen 127.0.0.1:0）";
    /// A port below 1024.
    port_needs_rights() =
        "this port needs more rights (try one above 1023)",
        "该端口需要更高权限（请试 1023 以上的端口）";
    /// An address of another machine.
    no_such_address() = "this machine has no such address", "本机没有该地址";
    /// A panic.
    listener_panicked(why) = "the listener panicked: {why}", "监听线程异常终止：{why}";
    /// A panic elsewhere.
    task_panicked() =
        "internal error: a task panicked, see above",
        "内部错误：任务异常终止，见上文";
    /// A low limit.
    few_open_files(limit) =
        "only {limit} files may be open, too few: raise the limit (ulimit -n 1024)",
        "最多只能打开 {limit} 个文件，太少：请提高上限（ulimit -n 1024）";

    // Replies.
    /// No connection.
    cannot_connect(url, why) = "cannot connect to {url}: {why}", "无法连接 {url}：{why}";
    /// A connection without a reply.
    no_reply(url, why) = "no reply from {url}: {why}", "{url} 没有应答：{why}";
    /// No reply in time.
    no_reply_within(url, time) = "no reply from {url} within {time}", "{url} 在 {time} 内没有应答";
    /// A reply that is not read.
    reply_too_large(url) =
        "the reply from {url} is larger than 1 MiB",
        "{url} 的应答超过 1 MiB";
    /// Half a reply.
    reply_broke_off(url) = "the reply from {url} broke off", "{url} 的应答中断";
    /// A target with characters that it must not have.
    invalid_target() = "invalid request target", "请求路径无效";

    // Recordings.
    /// The recording cannot be opened.
    cannot_record(name) = "cannot record to {name}", "无法录制到 {name}";
    /// No thread.
    cannot_start_recorder() = "cannot start the recorder", "无法启动录制线程";
    /// Nothing is piped into it.
    input_is_terminal() =
        "standard input is the terminal: pipe a recording into it",
        "标准输入是终端：请用管道传入录制文件";
    /// A file with other lines.
    is_no_recording(name, line) =
        "{name} is not a recording: line {line}",
        "{name} 不是录制文件：第 {line} 行";
    /// A newer format.
    made_by_newer(format, known) =
        "made by a newer imscope (format {format}; this one reads {known})",
        "由更新版本的 imscope 录制（格式 {format}；本版本支持到 {known}）";
    /// A line that ends too early.
    line_incomplete() = "the line is incomplete", "该行不完整";
    /// A line that is not read.
    line_too_long(limit) = "it is longer than {limit} MiB", "该行超过 {limit} MiB";
    /// A line of another format.
    line_not_json(column, why) = "not JSON at column {column}: {why}", "第 {column} 列不是 JSON：{why}";
    /// A line of something else.
    line_of_nothing() =
        "neither a recorded line nor the body of one callback",
        "既不是录制的行，也不是一个回调的正文";
    /// A line of JSON that is no recorded one, and names no command.
    line_without_command() =
        "neither a recorded line, which has `v`, nor a callback, which has `CallbackCommand`",
        "既不是录制的行（有 `v`），也不是回调（有 `CallbackCommand`）";
    /// A version that is none.
    line_version_zero() = "`v` is 0, which is not a version", "`v` 为 0，不是版本号";
    /// A program that is none.
    line_by_unknown(found) =
        "`by` is {found}, but must be imscope or app",
        "`by` 为 {found}，须为 imscope 或 app";
    /// An origin that is none.
    line_origin_unknown(found) =
        "`origin` is {found}, but must be resent, edited or body",
        "`origin` 为 {found}，须为 resent、edited 或 body";
    /// A word that is none of a few.
    line_field_not_one_of(name, found, words) =
        "`{name}` is {found}, but must be one of {words}",
        "`{name}` 为 {found}，须为 {words} 之一";
    /// A field that is no time.
    line_no_time(name, found) = "`{name}` is {found}, which is not a time", "`{name}` 为 {found}，不是时间";
    /// A field that is written twice.
    line_both_fields(name) =
        "both `{name}` and `{name}_base64` are given",
        "`{name}` 与 `{name}_base64` 只能有一个";
    /// A field with other characters.
    line_not_base64(name, why) = "`{name}` is not base64: {why}", "`{name}` 不是 base64：{why}";
    /// A field that must be there.
    line_field_missing(name) = "missing field `{name}`", "缺少字段 `{name}`";

    // Certificates.
    /// Two files that do not belong together.
    key_of_another(key, certificate) =
        "the key in {key} does not belong to the certificate in {certificate}",
        "{key} 中的私钥与 {certificate} 中的证书不匹配";
    /// Two files that rustls refuses.
    unusable_pair(certificate, key) =
        "cannot use the certificate in {certificate} with the key in {key}",
        "{certificate} 中的证书与 {key} 中的私钥无法一起使用";
    /// No random numbers.
    no_certificate_made() = "cannot create a certificate", "无法生成证书";
    /// A key with a passphrase.
    encrypted_key(name) =
        "the key in {name} is encrypted; `openssl pkey -in {name}` decrypts it",
        "{name} 中的私钥已加密；可用 `openssl pkey -in {name}` 解密";
    /// A file without a key.
    no_private_key(name) = "no private key in {name}", "{name} 中没有私钥";
    /// A client CA without a certificate of the listener.
    client_ca_alone() =
        "--tls-client-ca requires --tls-cert and --tls-key, or --tls-self-signed",
        "--tls-client-ca 需要 --tls-cert 与 --tls-key，或 --tls-self-signed";
    /// A connection that does not become one of TLS.
    handshake_failed(peer, why) =
        "TLS handshake with {peer} failed: {why}",
        "与 {peer} 的 TLS 握手失败：{why}";
    /// A handshake without an end.
    handshake_slow(seconds) = "it took longer than {seconds} s", "耗时超过 {seconds} 秒";
    /// A client that speaks HTTP.
    client_without_tls() =
        "the client does not speak TLS; the URL needs https://",
        "客户端未使用 TLS；URL 应以 https:// 开头";
    /// A client without a certificate.
    no_client_certificate() = "no client certificate was presented", "未出示客户端证书";
    /// A client that refuses the listener.
    untrusted_by_client() =
        "the client does not trust this certificate",
        "客户端不信任该证书";
    /// A client that the listener refuses.
    client_refused(why) =
        "the client certificate is refused: {why}",
        "客户端证书被拒绝：{why}";

    // The terminal and signals.
    /// A pipe or a file in its place.
    no_terminal() =
        "the dashboard needs a terminal, but standard output is not one; `imscope tail` prints callbacks without one",
        "界面需要终端，而标准输出不是终端；`imscope tail` 无需终端即可输出回调";
    /// A terminal without a size.
    no_terminal_size() = "cannot get the size of the terminal", "无法获取终端大小";
    /// A terminal that cannot be used.
    no_raw_mode() = "cannot set the terminal to raw mode", "无法将终端设为原始模式";
    /// No thread writes.
    terminal_writer_ended() =
        "the thread that writes to the terminal has ended",
        "写入终端的线程已结束";
    /// Signals that are not delivered.
    cannot_watch_signals() = "cannot watch signals", "无法监视信号";
    /// An output whose end is not noticed.
    cannot_watch_output() = "cannot watch the output", "无法监视输出";
}
