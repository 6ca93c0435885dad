//! Other formats that are sent in place of JSON, known by how they begin.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::callback::lang::Localized;

/// A format that is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `a=1&b=2`
    Form,
    /// A form in parts, with a boundary between them.
    Multipart,
    /// What `var_export`, `print_r`, `var_dump` or `serialize` of PHP print.
    Php,
    /// The bytes object of Python, printed: `b'…'`.
    PythonBytes,
    /// XML or HTML.
    Markup,
    /// JSON in base64.
    Base64,
    /// JSON in percent-encoding.
    PercentEncoded,
    /// JSON in UTF-16.
    Utf16,
    /// Compressed by gzip, zlib or zstd.
    Compressed,
}

impl Format {
    /// All of them, in the order of the enum.
    pub(super) const ALL: [Self; 9] = [
        Self::Form,
        Self::Multipart,
        Self::Php,
        Self::PythonBytes,
        Self::Markup,
        Self::Base64,
        Self::PercentEncoded,
        Self::Utf16,
        Self::Compressed,
    ];

    /// The format of a body that is not JSON, if it is one of these.
    pub(super) fn of(body: &[u8]) -> Option<Self> {
        if let Some(binary) = Self::of_bytes(body) {
            return Some(binary);
        }
        let text = std::str::from_utf8(body).ok()?.trim();
        let begins = |prefixes: &[&str]| {
            let starts = |it: &&str| {
                text.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it))
            };
            prefixes.iter().any(starts)
        };
        Some(match () {
            () if text.starts_with(['{', '[', '"']) => return None,
            () if text.starts_with('<') => Self::Markup,
            () if text.starts_with("--") && text.contains("Content-Disposition") => Self::Multipart,
            () if begins(&["array (", "array(", "array\n", "array\r\n"]) || is_serialized(text) => {
                Self::Php
            }
            () if begins(&["b'", "b\""]) => Self::PythonBytes,
            () if begins(&["%7B", "%5B"]) => Self::PercentEncoded,
            () if is_base64_of_json(text) => Self::Base64,
            () if is_form(text) => Self::Form,
            () => return None,
        })
    }

    fn of_bytes(body: &[u8]) -> Option<Self> {
        match body {
            [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Compressed),
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, rest @ ..] if std::str::from_utf8(rest).is_err() => {
                Some(Self::Compressed)
            }
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'{' | b'[', 0, ..] | [0, b'{' | b'[', ..] => {
                Some(Self::Utf16)
            }
            _ => None,
        }
    }

    /// Its name.
    pub(super) const fn name(self) -> Localized {
        match self {
            Self::Form => Localized::new("form data", "表单数据"),
            Self::Multipart => Localized::new("a form in parts", "分段表单"),
            Self::Php => Localized::new(
                "what PHP prints of an array (use json_encode)",
                "由 PHP 打印的数组（请用 json_encode）",
            ),
            Self::PythonBytes => {
                Localized::new("a printed Python bytes object", "打印出的 Python bytes 对象")
            }
            Self::Markup => Localized::new("XML or HTML", "标记语言（XML 或 HTML）"),
            Self::Base64 => Localized::new("JSON in base64", "经 base64 编码的 JSON"),
            Self::PercentEncoded => {
                Localized::new("JSON in percent-encoding", "经 URL 编码的 JSON")
            }
            Self::Utf16 => Localized::new("text in UTF-16", "采用 UTF-16 的文本"),
            Self::Compressed => Localized::new("compressed data", "压缩数据"),
        }
    }
}

/// Whether a text is `name=value` with `&` between them, and nothing else.
fn is_form(text: &str) -> bool {
    let is_name = |it: &str| {
        let may_be = |it: char| it.is_ascii_alphanumeric() || "_.-%+[]".contains(it);
        !it.is_empty() && it.chars().all(may_be)
    };
    let is_pair = |it: &str| it.split_once('=').is_some_and(|(name, _)| is_name(name));
    !text.contains(char::is_whitespace) && text.split('&').all(is_pair)
}

/// Whether a text is what PHP's `serialize` writes for an array: `a:2:{`.
fn is_serialized(text: &str) -> bool {
    let count = text.strip_prefix("a:").and_then(|it| it.split_once(":{"));
    count.is_some_and(|(it, _)| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

fn is_base64_of_json(text: &str) -> bool {
    let may_be = |it: u8| it.is_ascii_alphanumeric() || b"+/-_=\r\n".contains(&it);
    let start = text.get(..4).and_then(|it| STANDARD_NO_PAD.decode(it).ok());
    start.is_some_and(|it| it.starts_with(b"{") || it.starts_with(b"["))
        && text.len() >= 8
        && text.bytes().all(may_be)
}
