//! The elements of a `MsgBody` and their one-line preview.

use std::borrow::Cow;

use super::format::{bytes, clock_time};
use super::json::{self, Json};
use super::json_text::{one_line, summarize, summarize_text};
use super::lang::{Lang, Localized, localize};
use super::value::{decimal, integer, unsigned};

/// The maximum number of elements that are read: no message of Tencent's 12 KB has more.
pub(super) const MAX_ELEMENTS: usize = 1000;

/// One element of a `MsgBody`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element<'a> {
    /// Its type.
    pub kind: ElementType,
    /// `MsgType` as written, such as `TIMTextElem`; empty without one.
    pub word: Cow<'a, str>,
    /// `MsgContent`, if present.
    pub content: Option<Json<'a>>,
}

/// The types of elements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ElementType {
    /// `TIMTextElem`
    Text,
    /// `TIMFaceElem`
    Face,
    /// `TIMLocationElem`
    Location,
    /// `TIMCustomElem`
    Custom,
    /// `TIMSoundElem`
    Sound,
    /// `TIMImageElem`
    Image,
    /// `TIMFileElem`
    File,
    /// `TIMVideoFileElem`
    Video,
    /// `TIMRelayElem`
    Relay,
    /// `TIMStreamElem`
    Stream,
    /// Any other type, shown by its name.
    #[default]
    Other,
}

impl ElementType {
    /// All types, in the order of their discriminants.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Face,
        Self::Location,
        Self::Custom,
        Self::Sound,
        Self::Image,
        Self::File,
        Self::Video,
        Self::Relay,
        Self::Stream,
        Self::Other,
    ];

    /// The type with this `MsgType`.
    pub fn of(word: &str) -> Self {
        match word {
            "TIMTextElem" => Self::Text,
            "TIMFaceElem" => Self::Face,
            "TIMLocationElem" => Self::Location,
            "TIMCustomElem" => Self::Custom,
            "TIMSoundElem" => Self::Sound,
            "TIMImageElem" => Self::Image,
            "TIMFileElem" => Self::File,
            "TIMVideoFileElem" => Self::Video,
            "TIMRelayElem" => Self::Relay,
            "TIMStreamElem" => Self::Stream,
            _ => Self::Other,
        }
    }

    /// Its name on the screen.
    pub const fn label(self) -> Localized {
        match self {
            Self::Text => Localized::new("text", "文本"),
            Self::Face => Localized::new("face", "表情"),
            Self::Location => Localized::new("location", "位置"),
            Self::Custom => Localized::new("custom", "自定义"),
            Self::Sound => Localized::new("sound", "语音"),
            Self::Image => Localized::new("image", "图片"),
            Self::File => Localized::new("file", "文件"),
            Self::Video => Localized::new("video", "视频"),
            Self::Relay => Localized::new("relay", "合并转发"),
            Self::Stream => Localized::new("stream", "流式"),
            Self::Other => Localized::new("other", "其他"),
        }
    }

    /// Its name in a filter, in every language.
    pub const fn name(self) -> &'static str {
        self.label().en
    }
}

/// The elements of a `MsgBody`, up to [`MAX_ELEMENTS`]; none if it is not an array.
pub(super) fn elements(body: Json<'_>) -> Vec<Element<'_>> {
    body.gather(MAX_ELEMENTS, |element: &mut Element<'_>, name, value| {
        if name.is("MsgType") {
            element.word = value.as_str().unwrap_or(Cow::Borrowed(value.raw()));
            element.kind = ElementType::of(&element.word);
        } else if name.is("MsgContent") {
            element.content = Some(value);
        }
    })
}

/// The fields of an element's content, to look up by name.
pub(super) struct Content<'a>(pub(super) Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Content<'a> {
    pub(super) fn get(&self, name: &str) -> Option<Json<'a>> {
        self.0.iter().rev().find(|(it, _)| it == name).map(|(_, value)| *value)
    }

    /// A string, decoded, or any other value as written; `None` if it is blank.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let value = self.get(name)?;
        let text = value.as_str().unwrap_or(Cow::Borrowed(value.raw()));
        (!text.trim().is_empty()).then(|| text.into_owned())
    }

    /// A count above 0.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        unsigned(self.get(name)?).filter(|it| 0 < *it)
    }

    fn size(&self, name: &str) -> Option<String> {
        self.count(name).map(bytes)
    }

    /// `1920×1080`
    fn measures(&self, width: &str, height: &str) -> Option<String> {
        Some(format!("{}×{}", self.count(width)?, self.count(height)?))
    }
}

impl Element<'_> {
    /// The element on one line.
    pub fn preview(&self, lang: Lang) -> String {
        let content = Content(self.content.map(Json::fields).unwrap_or_default());
        let text = match self.kind {
            ElementType::Text => content.get("Text").map(summarize),
            ElementType::Face => face(&content, lang),
            ElementType::Location => location(&content),
            ElementType::Custom => custom(&content),
            ElementType::Sound => {
                let length = content.count("Second").map(|it| format!("{it} s"));
                join([length, content.size("Size")])
            }
            ElementType::Image => image(&content),
            ElementType::File => join([file_name(&content), content.size("FileSize")]),
            ElementType::Video => join([
                content.count("VideoSecond").map(clock_time),
                content.size("VideoSize"),
                content.measures("ThumbWidth", "ThumbHeight"),
            ]),
            ElementType::Relay => relay(&content, lang),
            ElementType::Stream => stream(&content),
            ElementType::Other => self.content.map(|it| join_type(&self.word, &summarize(it))),
        };
        text.filter(|it| !it.is_empty()).unwrap_or_else(|| self.placeholder(lang))
    }

    /// Replaces the preview of an element that has nothing to show.
    fn placeholder(&self, lang: Lang) -> String {
        let (kind, reason) = match self.content {
            _ if self.word.is_empty() => {
                return Localized::new("(element without MsgType)", "（元素缺少 MsgType）")
                    .text(lang)
                    .into();
            }
            Some(it) if it.kind() == json::JsonKind::Object => {
                (self.kind.label().text(lang), Localized::new("nothing to show", "无内容"))
            }
            Some(_) => (
                self.kind.label().text(lang),
                Localized::new("MsgContent is not an object", "MsgContent 不是对象"),
            ),
            None => {
                (self.kind.label().text(lang), Localized::new("no MsgContent", "缺少 MsgContent"))
            }
        };
        let kind = if self.kind == ElementType::Other { &*self.word } else { kind };
        let reason = reason.text(lang);
        localize!(lang, "({kind}: {reason})", "（{kind}：{reason}）")
    }
}

/// The parts that are present, on one line.
fn join<const N: usize>(parts: [Option<String>; N]) -> Option<String> {
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Type and summary of an element of an unknown type; empty without a type, so that
/// the placeholder is shown.
fn join_type(word: &str, summary: &str) -> String {
    match (word.is_empty(), summary.is_empty()) {
        (true, _) => String::new(),
        (_, true) => word.to_owned(),
        _ => format!("{word} · {summary}"),
    }
}

/// `[发呆]`, or the number of the face in the app's own set.
fn face(content: &Content<'_>, lang: Lang) -> Option<String> {
    let index = || {
        content
            .get("Index")
            .map(|it| format!("{} {}", ElementType::Face.label().text(lang), it.raw()))
    };
    content.text("Data").map(|it| one_line(&it)).or_else(index)
}

fn location(content: &Content<'_>) -> Option<String> {
    let degrees = |name| {
        let value = content.get(name)?;
        Some(decimal(value).map_or_else(|| summarize(value), |it| format!("{it:.5}")))
    };
    let place = degrees("Latitude").zip(degrees("Longitude"));
    join([
        content.text("Desc").map(|it| one_line(&it)),
        place.map(|(latitude, longitude)| format!("{latitude}, {longitude}")),
    ])
}

/// `Desc`, which is written to be shown, else the summary of `Data` or `Ext`.
fn custom(content: &Content<'_>) -> Option<String> {
    ["Desc", "Data", "Ext"].iter().find_map(|it| content.text(it)).map(|it| summarize_text(&it))
}

/// Measures and size of the original image (`Type` 1), else of the first one.
fn image(content: &Content<'_>) -> Option<String> {
    let images: Vec<_> = content.get("ImageInfoArray").map(Json::items).unwrap_or_default();
    let images: Vec<_> = images.into_iter().map(|it| Content(it.fields())).collect();
    let original = images.iter().find(|it| it.count("Type") == Some(1)).or(images.first());
    let text = original.and_then(|it| join([it.measures("Width", "Height"), it.size("Size")]));
    text.or_else(|| image_format(content.get("ImageFormat")?).map(str::to_owned))
}

/// The name of an `ImageFormat`, if it has one.
pub(super) fn image_format(value: Json<'_>) -> Option<&'static str> {
    match integer(value)? {
        1 => Some("JPG"),
        2 => Some("GIF"),
        3 => Some("PNG"),
        4 => Some("BMP"),
        _ => None,
    }
}

/// The last part of the path, which clients send in full.
fn file_name(content: &Content<'_>) -> Option<String> {
    let path = content.text("FileName").or_else(|| content.text("fileName"))?;
    let name = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next();
    name.filter(|it| !it.is_empty()).map(one_line)
}

fn relay(content: &Content<'_>, lang: Lang) -> Option<String> {
    let listed = || content.get("MsgList").map(|it| it.items().len() as u64).filter(|it| 0 < *it);
    let count = content.count("MsgNum").or_else(listed).map(|count| match count {
        1 => localize!(lang, "1 message", "1 条消息"),
        _ => localize!(lang, "{count} messages", "{count} 条消息"),
    });
    join([content.text("Title").map(|it| one_line(&it)), count])
}

fn stream(content: &Content<'_>) -> Option<String> {
    let chunks = content.get("Chunks").map(Json::items).unwrap_or_default();
    let text: String =
        chunks.iter().filter_map(|it| Content(it.fields()).text("Markdown")).collect();
    let text = if text.is_empty() { content.text("CompatibleText")? } else { text };
    Some(one_line(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_duplicate_types_counts() {
        let body = br#"[{"MsgType":"TIMFaceElem","MsgType":"TIMTextElem"}]"#;
        assert_eq!(elements(json::read(body).unwrap())[0].kind, ElementType::Text);
    }
}
