//! The files that are read and written without being named, and what is in them.

use crate::callback::lang::Localized;

/// A file.
#[derive(Debug)]
pub(super) struct UserFile {
    /// Its name, with variables.
    pub(super) name: &'static str,
    /// What is in it.
    pub(super) meaning: Localized,
}

/// All of them.
pub(super) static TABLE: [UserFile; 6] = [
    UserFile {
        name: "$XDG_CONFIG_HOME/imscope/config.toml (~/.config)",
        meaning: Localized::new(
            "The config file: imscope config init writes one, and config show shows what is set where",
            "配置文件：imscope config init 写出一个，config show 显示各项设置及其来源",
        ),
    },
    UserFile {
        name: ".imscope.toml",
        meaning: Localized::new(
            "The config file of a project, before that of the user; what it may set until imscope \
             config trust is in the help of that",
            "项目的配置文件，优先于用户的配置文件；受信任之前可设置什么，见 imscope config trust 的帮助",
        ),
    },
    UserFile {
        name: "$XDG_STATE_HOME/imscope/trusted (~/.local/state)",
        meaning: Localized::new(
            "Fingerprints of the trusted files of projects",
            "受信任的项目配置文件的指纹",
        ),
    },
    UserFile {
        name: "$XDG_STATE_HOME/imscope/history (~/.local/state)",
        meaning: Localized::new("The filters and rules entered before", "输入过的过滤条件与规则"),
    },
    UserFile {
        name: "$TMPDIR/imscope-copy-*",
        meaning: Localized::new(
            "What was copied, if there is no clipboard that takes it",
            "没有可用的剪贴板时，所复制的内容",
        ),
    },
    UserFile {
        name: "$TMPDIR/imscope-*.json",
        meaning: Localized::new(
            "A body that is being edited; removed afterwards",
            "正在编辑的正文；编辑后删除",
        ),
    },
];
