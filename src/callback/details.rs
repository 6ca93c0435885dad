//! The elements of a `MsgBody` in full, a line for each field.

use std::borrow::Cow;

use super::format::{bytes, clock_time};
use super::json::{self, Json};
use super::json_text::{Detail, expand, is_full, one_line, push};
use super::lang::{Lang, Localized};
use super::message::{Content, Element, ElementType, elements, image_format};
use super::value::{integer, unsigned};

/// Formats a time given in seconds since the Unix epoch.
pub type FormatTime<'c> = &'c dyn Fn(i64) -> String;

/// The maximum depth at which combined messages are shown; the server allows 100
/// (code 8005).
const MAX_RELAYS: usize = 4;

/// The format of a field's value.
#[derive(Clone, Copy)]
enum Format {
    /// As written; JSON inside it is expanded.
    Plain,
    /// A size in bytes.
    Size,
    /// A length in seconds.
    Length,
    /// The format of an image.
    Image,
    /// Whether the link can be opened directly (2) or needs the old protocol.
    Download,
}

/// The labels and formats of the elements' fields.
static FIELDS: &[(&str, Localized, Format)] = &[
    ("Text", Localized::new("text", "文本"), Format::Plain),
    ("Index", Localized::new("index", "序号"), Format::Plain),
    ("Data", Localized::new("data", "数据"), Format::Plain),
    ("Desc", Localized::new("description", "描述"), Format::Plain),
    ("Ext", Localized::new("extension", "扩展"), Format::Plain),
    ("Sound", Localized::new("push sound", "推送铃声"), Format::Plain),
    ("Latitude", Localized::new("latitude", "纬度"), Format::Plain),
    ("Longitude", Localized::new("longitude", "经度"), Format::Plain),
    ("Url", Localized::new("link", "链接"), Format::Plain),
    ("URL", Localized::new("link", "链接"), Format::Plain),
    ("Size", Localized::new("size", "大小"), Format::Size),
    ("Second", Localized::new("length", "时长"), Format::Length),
    ("Download_Flag", Localized::new("download", "下载方式"), Format::Download),
    ("ImageFormat", Localized::new("format", "格式"), Format::Image),
    ("FileName", Localized::new("name", "文件名"), Format::Plain),
    ("fileName", Localized::new("name", "文件名"), Format::Plain),
    ("FileSize", Localized::new("size", "大小"), Format::Size),
    ("VideoUrl", Localized::new("link", "链接"), Format::Plain),
    ("VideoUUID", Localized::new("UUID", "UUID"), Format::Plain),
    ("VideoSize", Localized::new("size", "大小"), Format::Size),
    ("VideoSecond", Localized::new("length", "时长"), Format::Length),
    ("VideoFormat", Localized::new("format", "格式"), Format::Plain),
    ("VideoDownloadFlag", Localized::new("download", "下载方式"), Format::Download),
    ("ThumbUrl", Localized::new("cover link", "封面链接"), Format::Plain),
    ("ThumbUUID", Localized::new("cover UUID", "封面 UUID"), Format::Plain),
    ("ThumbSize", Localized::new("cover size", "封面大小"), Format::Size),
    ("ThumbWidth", Localized::new("cover width", "封面宽"), Format::Plain),
    ("ThumbHeight", Localized::new("cover height", "封面高"), Format::Plain),
    ("ThumbFormat", Localized::new("cover format", "封面格式"), Format::Plain),
    ("ThumbDownloadFlag", Localized::new("cover download", "封面下载方式"), Format::Download),
    ("Title", Localized::new("title", "标题"), Format::Plain),
    ("MsgNum", Localized::new("messages", "消息数"), Format::Plain),
    ("CompatibleText", Localized::new("for old clients", "兼容文本"), Format::Plain),
    ("AbstractList", Localized::new("abstract", "摘要"), Format::Plain),
    ("JsonMsgKey", Localized::new("key of the messages", "消息 key"), Format::Plain),
    ("Chunks", Localized::new("chunks", "分片"), Format::Plain),
    ("StreamMsgID", Localized::new("stream", "流 ID"), Format::Plain),
];

/// The fields without which clients cannot show an element.
const fn required(kind: ElementType) -> &'static [&'static str] {
    match kind {
        ElementType::Text => &["Text"],
        ElementType::Face => &["Index"],
        ElementType::Location => &["Desc", "Latitude", "Longitude"],
        ElementType::Sound => &["UUID", "Size", "Second"],
        ElementType::Image => &["UUID", "ImageInfoArray"],
        ElementType::File => &["UUID", "FileSize", "FileName"],
        ElementType::Video => &["VideoUUID", "VideoSize", "VideoSecond"],
        ElementType::Relay => &["Title", "MsgNum"],
        ElementType::Custom => &["Data"],
        ElementType::Stream | ElementType::Other => &[],
    }
}

impl Element<'_> {
    /// The element in full, a line for each of its fields.
    pub fn details(&self, lang: Lang, format_time: FormatTime<'_>) -> Vec<Detail> {
        let mut out = Vec::new();
        self.push_details(ElementContext { lang, format_time, depth: 0, relays: 0 }, &mut out);
        out
    }

    /// Appends the lines of the element.
    pub(super) fn push_details(&self, context: ElementContext<'_>, out: &mut Vec<Detail>) {
        let ElementContext { lang, depth, .. } = context;
        let content = Content(self.content.map(Json::fields).unwrap_or_default());
        let text = content.get("Text").and_then(Json::as_str).filter(|it| !it.is_empty());
        let first = match (self.kind, text) {
            (ElementType::Text, Some(text)) => text.into_owned(),
            _ => self.preview(lang),
        };
        push(out, depth, self.kind.label().text(lang), first);
        let inner = ElementContext { depth: depth + 1, ..context };
        for (name, value) in &content.0 {
            match (self.kind, &**name) {
                _ if is_full(out) => return,
                // Shown in the first line.
                (ElementType::Text, "Text") if value.kind() == json::JsonKind::String => {}
                _ if value.raw() == "\"\"" => {}
                (ElementType::Image, "ImageInfoArray") => images(*value, inner, out),
                (ElementType::Relay, "MsgList") => relayed(*value, inner, out),
                _ => field(name, *value, inner, out),
            }
        }
        let missing = |it: &&&str| {
            content.get(it).is_none() && !(**it == "FileName" && content.get("fileName").is_some())
        };
        let missing: Vec<&str> = required(self.kind).iter().filter(missing).copied().collect();
        if !missing.is_empty() && self.content.is_some() {
            push(
                out,
                depth + 1,
                Localized::new("missing", "缺少").text(lang),
                missing.join(lang.comma()),
            );
        }
        if let Some(content) = self.content.filter(|it| it.kind() != json::JsonKind::Object) {
            expand("MsgContent", content, depth + 1, out);
        }
    }
}

/// The context in which an element is shown.
#[derive(Clone, Copy)]
pub(super) struct ElementContext<'c> {
    pub(super) lang: Lang,
    pub(super) format_time: FormatTime<'c>,
    /// The depth of its first line.
    pub(super) depth: usize,
    /// How many combined messages it is nested in.
    pub(super) relays: usize,
}

fn field(name: &str, value: Json<'_>, context: ElementContext<'_>, out: &mut Vec<Detail>) {
    let ElementContext { lang, depth, .. } = context;
    let known = FIELDS.iter().find(|(it, ..)| *it == name);
    let (label, format): (Cow<'static, str>, _) = match known {
        Some((_, label, format)) => (label.text(lang).into(), *format),
        None => (name.to_owned().into(), Format::Plain),
    };
    match formatted(format, value, lang) {
        Some(text) => push(out, depth, label, text),
        None => expand(label, value, depth, out),
    }
}

/// A value in its format; `None` for [`Format::Plain`].
fn formatted(format: Format, value: Json<'_>, lang: Lang) -> Option<String> {
    let number = match format {
        Format::Plain => return None,
        _ => unsigned(value),
    };
    let Some(number) = number else {
        let note = Localized::new("not a count", "不是数量").text(lang);
        return Some(format!("{} ({note})", one_line(value.raw())));
    };
    Some(match format {
        Format::Plain => return None,
        Format::Size if 1000 <= number => format!("{} ({number} B)", bytes(number)),
        Format::Size => bytes(number),
        Format::Length if number < 60 => format!("{number} s"),
        Format::Length => format!("{} ({number} s)", clock_time(number)),
        Format::Image => match image_format(value) {
            Some(name) => name.to_owned(),
            None => format!("{} ({number})", Localized::new("other", "其他").text(lang)),
        },
        Format::Download if number == 2 => {
            Localized::new("by the link (2)", "通过链接（2）").text(lang).into()
        }
        Format::Download => number.to_string(),
    })
}

/// The sizes of an image, `original 2448×3264 · 1.9 MB`, each with its link.
fn images(list: Json<'_>, context: ElementContext<'_>, out: &mut Vec<Detail>) {
    let ElementContext { lang, depth, .. } = context;
    let items = list.items();
    if items.is_empty() {
        return expand("ImageInfoArray", list, depth, out);
    }
    for item in items {
        if is_full(out) {
            return;
        }
        let image = Content(item.fields());
        let label: Cow<'static, str> = match image.count("Type") {
            Some(1) => Localized::new("original", "原图").text(lang).into(),
            Some(2) => Localized::new("large", "大图").text(lang).into(),
            Some(3) => Localized::new("thumbnail", "缩略图").text(lang).into(),
            _ => format!("Type {}", image.text("Type").unwrap_or_default()).into(),
        };
        let measures = image.count("Width").zip(image.count("Height"));
        let measures = measures.map(|(width, height)| format!("{width}×{height}"));
        let parts: Vec<_> = measures.into_iter().chain(image.count("Size").map(bytes)).collect();
        push(out, depth, label, parts.join(" · "));
        for (name, value) in &image.0 {
            match &**name {
                "Type" | "Size" | "Width" | "Height" => {}
                _ => field(name, *value, ElementContext { depth: depth + 1, ..context }, out),
            }
        }
    }
}

/// The messages of a combined message: sender, time and elements of each.
fn relayed(list: Json<'_>, context: ElementContext<'_>, out: &mut Vec<Detail>) {
    let ElementContext { format_time, depth, relays, .. } = context;
    let messages = list.items();
    if MAX_RELAYS <= relays || messages.is_empty() {
        return push(out, depth, "MsgList", one_line(list.raw()));
    }
    for message in messages {
        if is_full(out) {
            return;
        }
        let fields = Content(message.fields());
        let to = fields.text("GroupId").or_else(|| fields.text("To_Account"));
        let from = fields.text("From_Account").unwrap_or_else(|| "?".into());
        let label = to.map_or_else(|| from.clone(), |to| format!("{from} → {to}"));
        let time =
            fields.get("MsgTimeStamp").and_then(integer).map(format_time).unwrap_or_default();
        push(out, depth, one_line(&label), time);
        let inner = ElementContext { depth: depth + 1, relays: relays + 1, ..context };
        for element in fields.get("MsgBody").map(elements).unwrap_or_default() {
            element.push_details(inner, out);
        }
        if let Some(custom) = fields.get("CloudCustomData") {
            expand(
                Localized::new("custom", "自定义数据").text(context.lang),
                custom,
                depth + 1,
                out,
            );
        }
    }
}
