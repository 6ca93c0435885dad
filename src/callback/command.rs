//! The known commands: word, family, time, label, and the fields of their bodies.

mod fields;
mod table;

use super::json::{self, Json};
use super::lang::{Lang, Localized};
use super::nearest;

/// A command this version knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    /// The word on the wire, such as `C2C.CallbackAfterSendMsg`.
    pub word: &'static str,
    /// Its family.
    pub family: Family,
    /// Whether it comes before or after the event.
    pub when: When,
    /// The event in a word or two: `sent`, `read`, `login`.
    pub label: Localized,
    /// The fields of its body; empty where they are not documented, and then no
    /// field is odd.
    pub fields: &'static [Field],
    /// The fields that make the summary: `Field` for its value, `=Field` for
    /// `Field = value`, `name=Field` for `name value`. A field inside another is a
    /// [path](super::field_path).
    pub summary_fields: &'static [&'static str],
}

/// A group of commands, by the first part of their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// `C2C.*`: one-to-one messages.
    OneToOne,
    /// `Bot.*` and `Chatbot.*`: messages to robots.
    Bot,
    /// `Group.*`: groups, topics and their messages.
    Group,
    /// `State.*`: logins and logouts.
    State,
    /// `Profile.*`: user profiles.
    Profile,
    /// `Sns.*`: friends and blocklists.
    Friends,
    /// `Follow.*`: followers.
    Follow,
    /// `Push.*`: offline pushes, many in one callback.
    Push,
    /// `ContentCallback.*`: results of the content check.
    Content,
    /// `Alert.*`: alerts about the application, such as rate limits.
    Alert,
    /// `OfficialAccount.*`: official accounts.
    Official,
    /// `Live.*`: live rooms.
    Live,
    /// `Room.*`: meeting rooms.
    Room,
    /// `Mic.*`: the seats of live and of meeting rooms.
    Mic,
    /// `Call.*`: audio and video calls.
    Call,
}

/// Whether a callback comes before or after its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Before: the answer decides whether the event happens.
    Before,
    /// After: the answer is ignored.
    After,
}

impl When {
    /// When the callbacks of a command word come. An unknown word is read by Tencent's
    /// convention: `CallbackBefore` or `CallbackPrev`.
    pub fn of(word: &str) -> Self {
        match find(word) {
            Some(command) => command.when,
            None => Self::by_convention(word),
        }
    }

    pub(super) fn by_convention(word: &str) -> Self {
        let is_before = word.contains("CallbackBefore") || word.contains("CallbackPrev");
        if is_before { Self::Before } else { Self::After }
    }
}

/// A field of a command's body.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The kinds of values that are documented or recorded.
    pub kinds: Kinds,
    /// Whether it is always present, in old and new traffic.
    pub required: bool,
}

/// A set of kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

impl Kinds {
    /// Only a number.
    pub const NUMBER: Self = Self(1);
    /// Only a string.
    pub const STRING: Self = Self(1 << 1);
    /// Only an array.
    pub const ARRAY: Self = Self(1 << 2);
    /// Only an object.
    pub const OBJECT: Self = Self(1 << 3);
    /// Only true or false.
    pub const BOOL: Self = Self(1 << 4);

    /// The union of two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the kind of a value is in the set.
    pub fn contains(self, value: Json<'_>) -> bool {
        let bit = match value.kind() {
            json::JsonKind::Number => Self::NUMBER.0,
            json::JsonKind::String => Self::STRING.0,
            json::JsonKind::Array => Self::ARRAY.0,
            json::JsonKind::Object => Self::OBJECT.0,
            json::JsonKind::Bool => Self::BOOL.0,
            json::JsonKind::Null => 1 << 7,
        };
        self.0 & bit != 0
    }

    /// Whether numbers are in the set.
    pub const fn contains_numbers(self) -> bool {
        self.0 & Self::NUMBER.0 != 0
    }

    /// The kinds by name: `a number or a string`.
    pub fn text(self, lang: Lang) -> String {
        let names = [
            (Self::NUMBER, json::JsonKind::Number),
            (Self::STRING, json::JsonKind::String),
            (Self::ARRAY, json::JsonKind::Array),
            (Self::OBJECT, json::JsonKind::Object),
            (Self::BOOL, json::JsonKind::Bool),
        ];
        let names = names.iter().filter(|(it, _)| self.0 & it.0 != 0);
        let names: Vec<_> = names.map(|(_, kind)| kind_name(*kind).text(lang)).collect();
        names.join(Localized::new(" or ", "或").text(lang))
    }
}

/// The name of a kind of JSON value, with its article.
pub(super) const fn kind_name(kind: json::JsonKind) -> Localized {
    match kind {
        json::JsonKind::Null => Localized::new("null", "null"),
        json::JsonKind::Bool => Localized::new("true or false", "布尔值"),
        json::JsonKind::Number => Localized::new("a number", "数字"),
        json::JsonKind::String => Localized::new("a string", "字符串"),
        json::JsonKind::Array => Localized::new("an array", "数组"),
        json::JsonKind::Object => Localized::new("an object", "对象"),
    }
}

/// The command whose reply is passed on to a chatbot.
pub const SIGNAL: &str = "Chatbot.OnC2CSignalMessage";

/// All known commands, the frequent ones first.
pub static TABLE: &[Command] = table::TABLE;

/// The command with this word, case-sensitive. Undocumented words of the room and
/// call products are known by their family.
pub fn find(word: &str) -> Option<&'static Command> {
    // Words of different length compare fast and the frequent ones come first:
    // a linear search costs less than a hash of the word.
    TABLE.iter().find(|it| it.word == word).or_else(|| {
        if word == table::SWITCH.word {
            return Some(&table::SWITCH);
        }
        table::OTHERS.iter().find(|(prefix, _)| word.starts_with(prefix)).map(|(_, it)| it)
    })
}

/// Whether callbacks with a word are about messages that were read.
pub fn is_read(word: &str) -> bool {
    matches!(
        word,
        "C2C.CallbackAfterMsgReport"
            | "C2C.CallbackAfterMsgReadReceipt"
            | "C2C.CallbackAfterMsgReadAll"
            | "Group.CallbackAfterReadReceipt"
    )
}

/// All known commands and the families of undocumented ones.
pub fn all() -> impl Iterator<Item = &'static Command> {
    let families = table::OTHERS.iter().map(|(_, it)| it);
    TABLE.iter().chain([&table::SWITCH]).chain(families)
}

/// The known command that a word is most like.
pub fn nearest(word: &str) -> Option<&'static str> {
    nearest::nearest(word, TABLE.iter().map(|it| it.word))
}

impl Command {
    /// Whether it is about a message to a robot.
    pub fn is_to_robot(&self) -> bool {
        self.family == Family::Bot && self.reply_field().is_none()
    }

    /// Whether a callback with this word is of it: its own word, or of a family that of no
    /// other command.
    pub fn is_of(&self, word: &str) -> bool {
        match self.word.strip_suffix('*') {
            None => self.word == word,
            Some(family) => word.starts_with(family) && find(word) == Some(self),
        }
    }

    /// Whether it is no event but a switch among the commands, which never arrives.
    pub fn is_switch(&self) -> bool {
        self.word == table::SWITCH.word
    }

    /// The field of the reply that is used although the event has happened: what a
    /// chatbot receives
    /// (<https://cloud.tencent.com/document/product/269/103730>).
    pub fn reply_field(&self) -> Option<&'static str> {
        (self.word == SIGNAL).then_some("RspData")
    }
}

#[cfg(test)]
mod tests;
