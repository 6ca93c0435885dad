//! The elements of a `MsgBody` in full: a line for each of their fields.

use std::borrow::Cow;

use super::format::{bytes, clock_time};
use super::json::{self, Json};
use super::json_text::{Detail, expand, is_full, one_line, push};
use super::lang::{Lang, Localized};
use super::message::{Content, Element, Kind, elements, image_format};
use super::value::integer;

/// How a point in time is context: seconds since the Unix epoch to text.
pub type Clock<'c> = &'c dyn Fn(i64) -> String;

/// How many combined messages inside one another are opened. The server ends
/// at 100 (code 8005), no reader comes that far.
const MAX_RELAYS: usize = 4;

/// How the value of a field is told.
#[derive(Clone, Copy)]
enum Form {
    /// As it is; JSON inside it is unfolded.
    Plain,
    /// Bytes.
    Size,
    /// Seconds.
    Length,
    /// The format of a picture.
    Format,
    /// Whether the link may be opened directly (2) or needs the old protocol.
    Download,
}

/// The fields of the elements: their label, and how their value is told.
static FIELDS: &[(&str, Localized, Form)] = &[
    ("Text", Localized::new("text", "文本"), Form::Plain),
    ("Index", Localized::new("index", "序号"), Form::Plain),
    ("Data", Localized::new("data", "数据"), Form::Plain),
    ("Desc", Localized::new("description", "描述"), Form::Plain),
    ("Ext", Localized::new("extension", "扩展"), Form::Plain),
    ("Sound", Localized::new("push sound", "推送铃声"), Form::Plain),
    ("Latitude", Localized::new("latitude", "纬度"), Form::Plain),
    ("Longitude", Localized::new("longitude", "经度"), Form::Plain),
    ("Url", Localized::new("link", "链接"), Form::Plain),
    ("URL", Localized::new("link", "链接"), Form::Plain),
    ("Size", Localized::new("size", "大小"), Form::Size),
    ("Second", Localized::new("length", "时长"), Form::Length),
    ("Download_Flag", Localized::new("download", "下载方式"), Form::Download),
    ("ImageFormat", Localized::new("format", "格式"), Form::Format),
    ("FileName", Localized::new("name", "文件名"), Form::Plain),
    ("fileName", Localized::new("name", "文件名"), Form::Plain),
    ("FileSize", Localized::new("size", "大小"), Form::Size),
    ("VideoUrl", Localized::new("link", "链接"), Form::Plain),
    ("VideoUUID", Localized::new("UUID", "UUID"), Form::Plain),
    ("VideoSize", Localized::new("size", "大小"), Form::Size),
    ("VideoSecond", Localized::new("length", "时长"), Form::Length),
    ("VideoFormat", Localized::new("format", "格式"), Form::Plain),
    ("VideoDownloadFlag", Localized::new("download", "下载方式"), Form::Download),
    ("ThumbUrl", Localized::new("cover link", "封面链接"), Form::Plain),
    ("ThumbUUID", Localized::new("cover UUID", "封面 UUID"), Form::Plain),
    ("ThumbSize", Localized::new("cover size", "封面大小"), Form::Size),
    ("ThumbWidth", Localized::new("cover width", "封面宽"), Form::Plain),
    ("ThumbHeight", Localized::new("cover height", "封面高"), Form::Plain),
    ("ThumbFormat", Localized::new("cover format", "封面格式"), Form::Plain),
    ("ThumbDownloadFlag", Localized::new("cover download", "封面下载方式"), Form::Download),
    ("Title", Localized::new("title", "标题"), Form::Plain),
    ("MsgNum", Localized::new("messages", "消息数"), Form::Plain),
    ("CompatibleText", Localized::new("for old clients", "旧端显示"), Form::Plain),
    ("AbstractList", Localized::new("abstract", "摘要"), Form::Plain),
    ("JsonMsgKey", Localized::new("key of the messages", "消息 key"), Form::Plain),
    ("Chunks", Localized::new("chunks", "分片"), Form::Plain),
    ("StreamMsgID", Localized::new("stream", "流 ID"), Form::Plain),
];

/// What an element has to have to be shown by a client.
const fn needed(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Text => &["Text"],
        Kind::Face => &["Index"],
        Kind::Location => &["Desc", "Latitude", "Longitude"],
        Kind::Sound => &["UUID", "Size", "Second"],
        Kind::Image => &["UUID", "ImageInfoArray"],
        Kind::File => &["UUID", "FileSize", "FileName"],
        Kind::Video => &["VideoUUID", "VideoSize", "VideoSecond"],
        Kind::Relay => &["Title", "MsgNum"],
        Kind::Custom => &["Data"],
        Kind::Stream | Kind::Other => &[],
    }
}

impl Element<'_> {
    /// The element in full, a line for each of its fields.
    pub fn details(&self, lang: Lang, clock: Clock<'_>) -> Vec<Detail> {
        let mut out = Vec::new();
        self.push_details(Context { lang, clock, depth: 0, relays: 0 }, &mut out);
        out
    }

    /// Adds the lines of the element.
    pub(super) fn push_details(&self, context: Context<'_>, out: &mut Vec<Detail>) {
        let Context { lang, depth, .. } = context;
        let content = Content(self.content.map(Json::fields).unwrap_or_default());
        let text = content.get("Text").and_then(Json::as_str).filter(|it| !it.is_empty());
        let first = match (self.kind, text) {
            (Kind::Text, Some(text)) => text.into_owned(),
            _ => self.preview(lang),
        };
        push(out, depth, self.kind.label().text(lang), first);
        let inner = Context { depth: depth + 1, ..context };
        for (name, value) in &content.0 {
            match (self.kind, &**name) {
                _ if is_full(out) => return,
                // The first line has said it.
                (Kind::Text, "Text") if value.kind() == json::Kind::String => {}
                _ if value.text() == "\"\"" => {}
                (Kind::Image, "ImageInfoArray") => images(*value, inner, out),
                (Kind::Relay, "MsgList") => relayed(*value, inner, out),
                _ => field(name, *value, inner, out),
            }
        }
        let missing = |it: &&&str| {
            content.get(it).is_none() && !(**it == "FileName" && content.get("fileName").is_some())
        };
        let missing: Vec<&str> = needed(self.kind).iter().filter(missing).copied().collect();
        if !missing.is_empty() && self.content.is_some() {
            push(out, depth + 1, Localized::new("missing", "缺少").text(lang), missing.join(", "));
        }
        if let Some(content) = self.content.filter(|it| it.kind() != json::Kind::Object) {
            expand("MsgContent", content, depth + 1, out);
        }
    }
}

/// How and where an element is told.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub(super) lang: Lang,
    pub(super) clock: Clock<'c>,
    /// The depth of its first line.
    pub(super) depth: usize,
    /// How many combined messages are around it.
    pub(super) relays: usize,
}

fn field(name: &str, value: Json<'_>, context: Context<'_>, out: &mut Vec<Detail>) {
    let Context { lang, depth, .. } = context;
    let known = FIELDS.iter().find(|(it, ..)| *it == name);
    let (label, form): (Cow<'static, str>, _) = match known {
        Some((_, label, form)) => (label.text(lang).into(), *form),
        None => (name.to_owned().into(), Form::Plain),
    };
    match formed(form, value, lang) {
        Some(text) => push(out, depth, label, text),
        None => expand(label, value, depth, out),
    }
}

/// A value in the form its field has; `None` for what is told as it is.
fn formed(form: Form, value: Json<'_>, lang: Lang) -> Option<String> {
    let number = match form {
        Form::Plain => return None,
        _ => integer(value).and_then(|it| u64::try_from(it).ok()),
    };
    let Some(number) = number else {
        let note = Localized::new("not a count", "不是数量").text(lang);
        return Some(format!("{} ({note})", one_line(value.text())));
    };
    Some(match form {
        Form::Plain => return None,
        Form::Size if 1000 <= number => format!("{} ({number} B)", bytes(number)),
        Form::Size => bytes(number),
        Form::Length if number < 60 => format!("{number} s"),
        Form::Length => format!("{} ({number} s)", clock_time(number)),
        Form::Format => match image_format(value) {
            Some(name) => name.to_owned(),
            None => format!("{} ({number})", Localized::new("other", "其他").text(lang)),
        },
        Form::Download if number == 2 => {
            Localized::new("by the link (2)", "通过链接（2）").text(lang).into()
        }
        Form::Download => number.to_string(),
    })
}

/// Each size of a picture: `original 2448×3264 · 1.9 MB`, and its link.
fn images(list: Json<'_>, context: Context<'_>, out: &mut Vec<Detail>) {
    let Context { lang, depth, .. } = context;
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
                _ => field(name, *value, Context { depth: depth + 1, ..context }, out),
            }
        }
    }
}

/// The messages in a combined message: who wrote each, when, and its elements.
fn relayed(list: Json<'_>, context: Context<'_>, out: &mut Vec<Detail>) {
    let Context { clock, depth, relays, .. } = context;
    let messages = list.items();
    if MAX_RELAYS <= relays || messages.is_empty() {
        return push(out, depth, "MsgList", one_line(list.text()));
    }
    for message in messages {
        if is_full(out) {
            return;
        }
        let fields = Content(message.fields());
        let to = fields.text("GroupId").or_else(|| fields.text("To_Account"));
        let from = fields.text("From_Account").unwrap_or_else(|| "?".into());
        let label = to.map_or_else(|| from.clone(), |to| format!("{from} → {to}"));
        let time = fields.get("MsgTimeStamp").and_then(integer).map(clock).unwrap_or_default();
        push(out, depth, one_line(&label), time);
        let inner = Context { depth: depth + 1, relays: relays + 1, ..context };
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
