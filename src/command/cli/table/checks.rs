//! Options of `answers` and `doctor`.

use super::listener::{SIGN_WINDOW, TOKEN_FILE};
use crate::command::cli::parser::{file, parsed, text};
use crate::command::cli::spec::{OptionGroup, OptionSpec};
use crate::command::cli::trust::{TrustNeed, is_loopback};
use crate::command::cli::value;

/// Arguments of `answers check`.
pub(super) const ANSWERS_CHECK: OptionGroup = OptionGroup {
    heading: None,
    options: &[OptionSpec::argument("file", "FILE", file)
        .help(
            "The file, one rule a line: FILTER => ACTION; - reads standard input",
            "规则文件，每行一条：过滤条件 => 动作；- 表示标准输入",
        )
        .required()],
};

/// Options of `answers try`.
pub(super) const ANSWERS_TRY: OptionGroup = OptionGroup {
    heading: None,
    options: &[
        OptionSpec::argument("file", "FILE", file)
            .help(
                "The file, one rule a line: FILTER => ACTION",
                "规则文件，每行一条：过滤条件 => 动作",
            )
            .required(),
        OptionSpec::value("command", "WORD", text)
            .help("CallbackCommand of the query of a body", "正文对应的查询参数 CallbackCommand"),
        OptionSpec::value("app", "SDKAPPID", |it| parsed(it, value::app))
            .help("SdkAppid of the query of a body", "正文对应的查询参数 SdkAppid"),
    ],
};

/// Options of `doctor`.
pub(super) const DOCTOR: OptionGroup = OptionGroup {
    heading: None,
    options: &[
        OptionSpec::value("public-url", "URL", text)
            .help(
                "Callback URL set in the console; without it, the URL of a tunnel",
                "控制台中填写的回调 URL；不填则取隧道的 URL",
            )
            .variable("IMSCOPE_PUBLIC_URL", TrustNeed::Required),
        OptionSpec::value("connect-to", "ADDR", |it| parsed(it, value::address)).help(
            "Connect to this address for the public URL instead of resolving its host, for a name \
             that is not in DNS yet",
            "访问公网 URL 时直接连接此地址而不解析域名，用于尚未生效的域名",
        ),
        OptionSpec::value("listen", "ADDR", |it| parsed(it, value::address))
            .help(
                "Address and port that imscope listens on, or would",
                "imscope 正在或将要监听的地址与端口",
            )
            .variable("IMSCOPE_LISTEN", TrustNeed::RequiredUnless(is_loopback))
            .default("127.0.0.1:9527"),
        OptionSpec::value("forward", "URL", |it| parsed(it, value::url))
            .help(
                "Also send a test callback to the local app at this URL",
                "也向此 URL 的本地应用发送一个测试回调",
            )
            .variable("IMSCOPE_FORWARD", TrustNeed::Required),
        OptionSpec::value("app", "SDKAPPID", |it| parsed(it, value::app))
            .help("SdkAppid of the test callbacks", "测试回调的 SdkAppid")
            .variable("IMSCOPE_APP", TrustNeed::Harmless)
            .default("1400000000"),
        TOKEN_FILE,
        SIGN_WINDOW,
        OptionSpec::flag("json")
            .help("Print the results as one JSON object", "将结果输出为一个 JSON 对象"),
    ],
};
