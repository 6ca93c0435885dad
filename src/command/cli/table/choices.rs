//! Values that are one of a few words, with what they mean.

use crate::callback::sample::Shape;
use crate::command::cli::choice::Choice;
use crate::command::cli::recording::Format;
use crate::dashboard::theme::ThemeChoice;

/// The values of `--theme`.
pub(super) const THEMES: &[Choice<ThemeChoice>] = &[
    Choice::new(
        ThemeChoice::Auto,
        "auto",
        "By the background, on a terminal with true colors; else as terminal",
        "终端支持真彩色时按背景选择；否则同 terminal",
    ),
    Choice::new(ThemeChoice::Dark, "dark", "For dark backgrounds", "用于深色背景"),
    Choice::new(ThemeChoice::Light, "light", "For light backgrounds", "用于浅色背景"),
    Choice::new(
        ThemeChoice::Terminal,
        "terminal",
        "A choice of the terminal's own sixteen colors that reads on dark and light backgrounds",
        "终端自身十六色的固定组合，深色与浅色背景下均可读",
    ),
    Choice::new(
        ThemeChoice::Mono,
        "mono",
        "No colors: bold, dim, underlined and reversed text only",
        "不用颜色：仅用粗体、暗色、下划线与反色",
    ),
];

/// The values of `--format`.
pub(super) const FORMATS: &[Choice<Format>] = &[
    Choice::new(
        Format::Json,
        "json",
        "Everything, as a line of a recording",
        "全部内容，与录制文件的行相同",
    ),
    Choice::new(Format::Text, "text", "A readable summary", "便于阅读的摘要"),
];

/// The values of `--type`.
pub(super) const SHAPES: &[Choice<Shape>] = &[
    Choice::new(Shape::Text, "text", "A text", "文本"),
    Choice::new(Shape::Face, "face", "A sticker", "表情"),
    Choice::new(Shape::Location, "location", "A place on the map", "地理位置"),
    Choice::new(
        Shape::Custom,
        "custom",
        "The app's own kind, with JSON in a string",
        "自定义消息，字符串中为 JSON",
    ),
    Choice::new(Shape::Sound, "sound", "A voice message", "语音"),
    Choice::new(Shape::Image, "image", "A picture", "图片"),
    Choice::new(Shape::File, "file", "A file", "文件"),
    Choice::new(Shape::Video, "video", "A video", "视频"),
    Choice::new(Shape::Relay, "relay", "Several messages forwarded as one", "合并转发的多条消息"),
    Choice::new(
        Shape::Several,
        "several",
        "A text, a picture, a sticker and a custom element in one message",
        "一条消息含文本、图片、表情与自定义元素",
    ),
];
