//! The environment variables that are read, and what for.

use crate::callback::lang::Localized;

/// A variable that sets no option.
#[derive(Debug)]
pub struct Variable {
    /// Its name, or several.
    pub names: &'static [&'static str],
    /// What it is for.
    pub meaning: Localized,
}

/// All variables that set no option; those that do are in the table of options.
pub static TABLE: [Variable; 16] = [
    Variable {
        names: &["IMSCOPE_TOKEN"],
        meaning: Localized::new(
            "The callback token; with it unsigned callbacks are refused, and those that are sent are signed",
            "回调 Token；设置后拒收未签名的回调，并为发出的回调签名",
        ),
    },
    Variable {
        names: &["LC_ALL", "LC_MESSAGES", "LANG"],
        meaning: Localized::new(
            "The language without --lang: that of the first which is set; Chinese if it begins with zh",
            "未指定 --lang 时的语言：取最先设置的一个，以 zh 开头则为中文",
        ),
    },
    Variable {
        names: &["LC_ALL", "LC_CTYPE", "LANG"],
        meaning: Localized::new(
            "ASCII signs, if the first that is set has another encoding than UTF-8",
            "取最先设置的一个，其编码不是 UTF-8 则使用 ASCII 符号",
        ),
    },
    Variable {
        names: &["XDG_CONFIG_HOME"],
        meaning: Localized::new(
            "Folder of imscope/config.toml instead of ~/.config",
            "imscope/config.toml 所在的文件夹，代替 ~/.config",
        ),
    },
    Variable {
        names: &["XDG_STATE_HOME"],
        meaning: Localized::new(
            "Folder of imscope/history and imscope/trusted instead of ~/.local/state",
            "imscope/history 与 imscope/trusted 所在的文件夹，代替 ~/.local/state",
        ),
    },
    Variable { names: &["HOME"], meaning: Localized::new("The folder ~", "文件夹 ~") },
    Variable {
        names: &["TMPDIR"],
        meaning: Localized::new(
            "Folder of temporary files instead of /tmp",
            "临时文件的文件夹，代替 /tmp",
        ),
    },
    Variable {
        names: &["VISUAL", "EDITOR"],
        meaning: Localized::new(
            "Editor of key e, the first that is set, else vi",
            "按键 e 使用的编辑器，取最先设置的一个，否则为 vi",
        ),
    },
    Variable {
        names: &["NO_COLOR"],
        meaning: Localized::new("No colors, if it is not empty", "不为空则不使用颜色"),
    },
    Variable {
        names: &["TERM"],
        meaning: Localized::new(
            "The text of tail without colors, if it is dumb; true colors of terminals that have them",
            "为 dumb 则如 tail 输出无颜色的文字；据此判断终端是否支持真彩色",
        ),
    },
    Variable {
        names: &["COLORTERM"],
        meaning: Localized::new(
            "True colors, if it is truecolor or 24bit",
            "为 truecolor 或 24bit 则使用真彩色",
        ),
    },
    Variable {
        names: &["COLORFGBG"],
        meaning: Localized::new(
            "The background of the terminal, until that reports it",
            "终端报告背景色之前所用的背景色",
        ),
    },
    Variable {
        names: &["TMUX", "TERM_PROGRAM", "WAYLAND_DISPLAY", "DISPLAY"],
        meaning: Localized::new(
            "Which clipboards keys y and Y set: those of tmux, Wayland, X11, beside that of the terminal",
            "按键 y、Y 复制到哪些剪贴板：除终端外，还有 tmux、Wayland、X11 的剪贴板",
        ),
    },
    Variable {
        names: &["TERM_PROGRAM", "LC_TERMINAL", "KITTY_WINDOW_ID", "STY"],
        meaning: Localized::new(
            "How --bell notifies: in iTerm2 and kitty by OSC 9, within screen wrapped",
            "--bell 的通知方式：iTerm2 与 kitty 用 OSC 9，在 screen 中则加以包装",
        ),
    },
    Variable {
        names: &["TZ"],
        meaning: Localized::new(
            "The time zone without --utc, if it is not that of the system",
            "未指定 --utc 时的时区（与系统时区不同时）",
        ),
    },
    Variable {
        names: &["PATH"],
        meaning: Localized::new(
            "Where tunnel programs, editors and clipboards are searched",
            "查找隧道程序、编辑器与剪贴板程序的文件夹",
        ),
    },
];
