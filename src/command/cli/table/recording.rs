//! Options of recording, and of the commands that read or write recordings.

use super::choices::FORMATS;
use super::listener::{APP, TOKEN_FILE};
use crate::callback::lang::Localized;
use crate::command::cli::parser::{file, one_of, parsed};
use crate::command::cli::spec::{FileContent, OptionGroup, OptionSpec};
use crate::command::cli::trust::TrustNeed;
use crate::command::cli::value;

/// Options of recording.
pub(super) const RECORDING: OptionGroup = OptionGroup {
    heading: Some(Localized::new("Recording", "录制")),
    options: &[
        OptionSpec::file("record", FileContent::Recording)
            .help(
                "Append each callback to this file before answering OK",
                "将每个回调追加到此文件，然后才应答 OK",
            )
            .variable("IMSCOPE_RECORD", TrustNeed::Required),
        OptionSpec::flag("fsync")
            .help(
                "Sync the file to disk before answering, against power failure",
                "应答前将文件同步到磁盘，以防断电",
            )
            .variable("IMSCOPE_FSYNC", TrustNeed::Harmless)
            .requires(&["record"]),
    ],
};

/// The recording that a command reads.
const FILE: OptionSpec = OptionSpec::argument("file", "FILE", file)
    .help("Recording to read; - reads standard input", "要读取的录制文件；- 表示标准输入")
    .required();

/// Options of `tail`.
pub(super) const TAIL: OptionGroup = OptionGroup {
    heading: None,
    options: &[
        OptionSpec::value("format", "FORMAT", |it| one_of(it, FORMATS))
            .help("Output format", "输出格式")
            .variable("IMSCOPE_FORMAT", TrustNeed::Harmless)
            .default("json"),
        OptionSpec::filter("filter", "EXPR")
            .help(
                "Print only callbacks that match this filter; @NAME is one of the config file",
                "只输出匹配此过滤条件的回调；@名称 取自配置文件",
            )
            .variable("IMSCOPE_FILTER", TrustNeed::Harmless),
        OptionSpec::flag("utc")
            .help(
                "Print times in UTC instead of local time, and read those of --filter so",
                "以 UTC 而非本地时间输出，--filter 中的时间亦同",
            )
            .variable("IMSCOPE_UTC", TrustNeed::Harmless),
    ],
};

/// Options of `open`.
pub(super) const OPEN: OptionGroup = OptionGroup { heading: None, options: &[FILE, APP] };

/// Options of `replay`.
pub(super) const REPLAY: OptionGroup = OptionGroup {
    heading: None,
    options: &[
        FILE,
        OptionSpec::value("to", "URL", |it| parsed(it, value::base))
            .help(
                "URL to send to, without a query; a path in it replaces the recorded paths",
                "发送到的 URL，不含查询参数；其中的路径会替换录制的路径",
            )
            .required(),
        OptionSpec::value("speed", "SPEED", |it| parsed(it, value::speed))
            .help(
                "Speed relative to the recording, such as 10x; max sends without pauses",
                "相对录制的速度，如 10x；max 表示不停顿",
            )
            .default("1x"),
        TOKEN_FILE,
    ],
};
