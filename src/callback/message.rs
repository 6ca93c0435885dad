//! The elements of a `MsgBody` and their one-line preview.

use std::borrow::Cow;

use super::json::Json;

/// One element of a `MsgBody`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<'a> {
    /// What kind it is.
    pub kind: Kind,
    /// `MsgType` as written, such as `TIMTextElem`.
    pub word: Cow<'a, str>,
    /// `MsgContent`, if it is there.
    pub content: Option<Json<'a>>,
}

/// The kinds of elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
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
    /// Any other, shown by its name.
    Other,
}
