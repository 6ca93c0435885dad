//! Options of the dashboard and of `demo`.

use super::choices::THEMES;
use crate::callback::lang::Localized;
use crate::command::cli::parser::{one_of, parsed};
use crate::command::cli::spec::{OptionGroup, OptionSpec};
use crate::command::cli::trust::TrustNeed;
use crate::command::cli::value;

/// Options of the dashboard.
pub(super) const DASHBOARD: OptionGroup = OptionGroup {
    heading: Some(Localized::new("Dashboard", "界面")),
    options: &[
        OptionSpec::value("keep", "SIZE", |it| parsed(it, value::size))
            .help("Memory limit for the callbacks kept", "保留回调所用内存的上限")
            .variable("IMSCOPE_KEEP", TrustNeed::Harmless)
            .default("256MiB"),
        OptionSpec::filter("filter", "EXPR")
            .help("Initial filter (see /); @NAME is one of the config file", "初始过滤条件（见 /）；@名称 取自配置文件")
            .variable("IMSCOPE_FILTER", TrustNeed::Harmless),
        OptionSpec::value("theme", "NAME", |it| one_of(it, THEMES))
            .help("Color theme", "配色主题")
            .variable("IMSCOPE_THEME", TrustNeed::Harmless)
            .default("auto"),
        OptionSpec::flag("ascii")
            .help(
                "Draw borders, bars and signs in ASCII, as where the locale is not UTF-8",
                "边框、条形与符号以 ASCII 绘制；区域设置不是 UTF-8 时默认如此",
            )
            .details(
                "Letters of texts stay as they are, with --lang zh those of Chinese as well.",
                "文字保持不变；使用 --lang zh 时，中文文字亦然。",
            )
            .variable("IMSCOPE_ASCII", TrustNeed::Harmless),
        OptionSpec::flag("mouse")
            .help(
                "Use the mouse (see M); then text is selected with shift held down",
                "使用鼠标（见 M）；此时按住 Shift 选择文本",
            )
            .variable("IMSCOPE_MOUSE", TrustNeed::Harmless),
        OptionSpec::flag("quit-at-once")
            .help(
                "Let q quit without a question about callbacks that were neither recorded nor saved",
                "按 q 立即退出，不询问未录制也未保存的回调",
            )
            .variable("IMSCOPE_QUIT_AT_ONCE", TrustNeed::Harmless),
        OptionSpec::flag("no-history")
            .help(
                "Neither read nor write the file of the filters and rules entered before",
                "不读写历史文件（输入过的过滤条件与规则）",
            )
            .variable("IMSCOPE_NO_HISTORY", TrustNeed::Harmless),
        OptionSpec::flag("utc")
            .help("Show times in UTC instead of local time", "以 UTC 而非本地时间显示")
            .variable("IMSCOPE_UTC", TrustNeed::Harmless),
    ],
};

/// Options of `demo`.
pub(super) const DEMO: OptionGroup = OptionGroup {
    heading: None,
    options: &[
        OptionSpec::value("rate", "N", |it| parsed(it, value::rate))
            .help("Callbacks per second after the scripted part", "固定剧本之后每秒的回调数")
            .default("5"),
        OptionSpec::value("seed", "N", |it| parsed(it, value::seed))
            .help(
                "Seed of the random numbers; the same seed gives the same chat",
                "随机数种子；种子相同，聊天相同",
            )
            .default("9527"),
        OptionSpec::value("for", "DURATION", |it| parsed(it, value::duration))
            .help("Stop sending after this time", "在此时间后停止发送"),
    ],
};
