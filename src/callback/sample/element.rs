//! Generates the elements of messages.

use serde_json::{Value, json};

use super::Maker;

/// The elements of a generated message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shape {
    /// A text
    #[default]
    Text,
    /// A sticker
    Face,
    /// A place on the map
    Location,
    /// The app's own kind, with JSON in a string
    Custom,
    /// A voice message
    Sound,
    /// A picture
    Image,
    /// A file
    File,
    /// A video
    Video,
    /// Several messages forwarded as one
    Relay,
    /// A text, a picture, a sticker and a custom element in one message
    Several,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Face,
        Self::Location,
        Self::Custom,
        Self::Sound,
        Self::Image,
        Self::File,
        Self::Video,
        Self::Relay,
        Self::Several,
    ];
}

/// A text element.
pub fn text(text: &str) -> Value {
    json!({"MsgType": "TIMTextElem", "MsgContent": {"Text": text}})
}

/// A custom element; `data` is any string.
pub fn custom(data: &str, desc: &str) -> Value {
    json!({
        "MsgType": "TIMCustomElem",
        "MsgContent": {"Data": data, "Desc": desc, "Ext": "", "Sound": ""},
    })
}

const TEXTS: [&str; 16] = [
    "red packet",
    "are you there?",
    "好的，收到！",
    "on my way 🚲",
    "ok",
    "今天晚上一起吃饭吗？",
    "哈哈哈哈 😂😂",
    "the build is green again",
    "see you at 7",
    "麻烦把合同再发一遍，谢谢",
    "👨‍👩‍👧‍👦 says hello",
    "can you resend the invoice?",
    "稍等，我在开会",
    "深圳 → 北京 CA1368 14:05",
    "👍",
    "line one\nline two",
];

const FACES: [&str; 4] = ["[发呆]", "[微笑]", "tt01", "[OK]"];

const PLACES: [(&str, f64, f64); 3] = [
    ("腾讯滨海大厦", 22.522_917, 113.935_324),
    ("West Lake, Hangzhou", 30.243_05, 120.150_82),
    ("798 艺术区", 39.984_104, 116.495_148),
];

const FILES: [&str; 4] =
    ["invoice-2026-11.pdf", "合同（终稿）v3.docx", "IMG_4031.HEIC", "backup.tar.gz"];

impl Maker {
    /// The body of a message of a shape. `text` replaces the generated one, if the
    /// shape has any.
    pub fn body(&mut self, shape: Shape, text: Option<&str>) -> Vec<Value> {
        match shape {
            Shape::Several => vec![
                self.element(Shape::Text, text),
                self.element(Shape::Image, None),
                self.element(Shape::Face, None),
                self.element(Shape::Custom, None),
            ],
            one => vec![self.element(one, text)],
        }
    }

    fn element(&mut self, shape: Shape, text: Option<&str>) -> Value {
        match shape {
            Shape::Text | Shape::Several => {
                let generated = self.pick(&TEXTS);
                self::text(text.unwrap_or(generated))
            }
            Shape::Face => self.face(text),
            Shape::Location => self.location(text),
            Shape::Custom => self.order(text),
            Shape::Sound => self.sound(),
            Shape::Image => self.image(),
            Shape::File => self.file(text),
            Shape::Video => self.video(),
            Shape::Relay => self.relay(text),
        }
    }

    fn face(&mut self, text: Option<&str>) -> Value {
        let data = self.pick(&FACES);
        let index = self.rng.u32(0..40);
        let content = json!({"Index": index, "Data": text.unwrap_or(data)});
        json!({"MsgType": "TIMFaceElem", "MsgContent": content})
    }

    fn location(&mut self, text: Option<&str>) -> Value {
        let (desc, latitude, longitude) = self.pick(&PLACES);
        let desc = text.unwrap_or(desc);
        json!({
            "MsgType": "TIMLocationElem",
            "MsgContent": {"Desc": desc, "Latitude": latitude, "Longitude": longitude},
        })
    }

    /// A custom element as apps use it: JSON in a string in JSON.
    fn order(&mut self, text: Option<&str>) -> Value {
        let desc = text.unwrap_or("[order]");
        let number = self.rng.u32(100_000..999_999);
        let inner = json!({"sku": "A-17", "qty": self.rng.u32(1..9), "note": "红色 / red"});
        let data = json!({
            "businessID": "order",
            "version": 4,
            "order": number,
            "data": inner.to_string(),
        });
        custom(&data.to_string(), desc)
    }

    fn sound(&mut self) -> Value {
        let (url, uuid) = self.stored();
        let seconds = self.rng.u32(1..60);
        json!({
            "MsgType": "TIMSoundElem",
            "MsgContent": {
                "Url": url,
                "UUID": uuid,
                "Size": seconds * 2_000 + self.rng.u32(0..999),
                "Second": seconds,
                "Download_Flag": 2,
            },
        })
    }

    fn image(&mut self) -> Value {
        let (url, uuid) = self.stored();
        let (width, height) = self.pick(&[(1920, 1080), (2448, 3264), (1080, 2400), (640, 640)]);
        let size = self.rng.u32(90_000..2_400_000);
        let copy = |kind: u8, size: u32, width: u32, height: u32, pixels: u32| {
            let url = format!("{url}/{pixels}");
            json!({"Type": kind, "Size": size, "Width": width, "Height": height, "URL": url})
        };
        json!({
            "MsgType": "TIMImageElem",
            "MsgContent": {
                "UUID": format!("{size}_{}", uuid.to_uppercase()),
                "ImageFormat": 1,
                "ImageInfoArray": [
                    copy(1, size, width, height, 0),
                    copy(2, size / 4, width / 2, height / 2, 720),
                    copy(3, size / 90, width * 198 / height, 198, 198),
                ],
            },
        })
    }

    fn file(&mut self, text: Option<&str>) -> Value {
        let (url, uuid) = self.stored();
        let name = self.pick(&FILES);
        json!({
            "MsgType": "TIMFileElem",
            "MsgContent": {
                "Url": url,
                "UUID": uuid,
                "FileSize": self.rng.u32(800..40_000_000),
                "FileName": text.unwrap_or(name),
                "Download_Flag": 2,
            },
        })
    }

    fn video(&mut self) -> Value {
        let (url, uuid) = self.stored();
        let (thumb_url, thumb_uuid) = self.stored();
        let seconds = self.rng.u32(1..90);
        json!({
            "MsgType": "TIMVideoFileElem",
            "MsgContent": {
                "VideoUrl": url,
                "VideoUUID": uuid,
                "VideoSize": seconds * 240_000,
                "VideoSecond": seconds,
                "VideoFormat": "mp4",
                "VideoDownloadFlag": 2,
                "ThumbUrl": thumb_url,
                "ThumbUUID": thumb_uuid,
                "ThumbSize": self.rng.u32(9_000..30_000),
                "ThumbWidth": 720,
                "ThumbHeight": 1280,
                "ThumbFormat": "JPG",
                "ThumbDownloadFlag": 2,
            },
        })
    }

    fn relay(&mut self, text: Option<&str>) -> Value {
        let group = "@TGS#2J4SZEAEL";
        let messages = [("alice", "What do you think of this?"), ("小明", "很好，就这样吧 👍")];
        let list = messages.map(|(from, text)| {
            json!({
                "From_Account": from,
                "GroupId": group,
                "MsgSeq": self.rng.u32(1..999),
                "MsgRandom": self.rng.u32(1..=u32::MAX),
                "MsgTimeStamp": 1_664_437_702,
                "MsgBody": [self::text(text)],
            })
        });
        json!({
            "MsgType": "TIMRelayElem",
            "MsgContent": {
                "Title": text.unwrap_or("Group chat history"),
                "MsgNum": list.len(),
                "CompatibleText": "This version cannot show combined messages",
                "AbstractList": messages.map(|(from, text)| format!("{from}: {text}")),
                "MsgList": list,
            },
        })
    }

    /// URL and UUID of a generated file.
    fn stored(&mut self) -> (String, String) {
        let uuid = self.hex(32);
        let folder = self.hex(4);
        let url = format!("https://cos.example.com/{}-im/{folder}/{uuid}", self.app);
        (url, uuid)
    }

    /// A number of random hex digits.
    pub(super) fn hex(&mut self, digits: usize) -> String {
        (0..digits).map(|_| self.rng.digit(16)).collect()
    }

    /// A random choice. Panics if there are none.
    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.rng.usize(0..choices.len())]
    }
}
