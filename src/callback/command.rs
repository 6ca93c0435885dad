//! The known command words: family, before or after, in words, and their fields.

mod fields;
mod table;

use super::json::{self, Json};
use super::lang::{Lang, Localized};

/// A command this version knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    /// The word on the wire, such as `C2C.CallbackAfterSendMsg`.
    pub word: &'static str,
    /// What it is about.
    pub family: Family,
    /// Whether Tencent waits for the answer to decide, or only notifies.
    pub when: When,
    /// What happened, in words: `sent`, `read`, `login`.
    pub words: Localized,
    /// The fields its body is known to have; empty where the documents do not
    /// list them, and then no field is odd.
    pub fields: &'static [Field],
    /// The fields that tell in one line what happened: `Field`, `=Field` to
    /// tell the name too, or `name=Field` to tell another name.
    pub tells: &'static [&'static str],
}

/// What a command is about.
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
    /// `Push.*`: offline pushes, many in one call.
    Push,
    /// `ContentCallback.*`: verdicts of the content check.
    Content,
    /// `Alert.*`: warnings of Tencent to the app.
    Alert,
    /// `OfficialAccount.*`: official accounts.
    Official,
    /// `Live.*`: live rooms.
    Live,
}

/// Whether a callback comes before or after what it tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// The answer decides whether it happens.
    Before,
    /// It has happened; the answer is ignored.
    After,
}

/// A field of a command's body.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// The kinds of values it may have.
    pub kinds: Kinds,
    /// Whether it is always there, in old and new traffic alike.
    pub must: bool,
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
    /// Anything at all.
    pub const ANY: Self = Self(u8::MAX);

    /// The kinds of this set and those of another.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a value is of one of these kinds.
    pub fn take(self, value: Json<'_>) -> bool {
        let bit = match value.kind() {
            json::Kind::Number => Self::NUMBER.0,
            json::Kind::String => Self::STRING.0,
            json::Kind::Array => Self::ARRAY.0,
            json::Kind::Object => Self::OBJECT.0,
            json::Kind::Null | json::Kind::Bool => 1 << 7,
        };
        self.0 & bit != 0
    }

    /// The kinds in words: `a number or a string`.
    pub fn text(self, lang: Lang) -> String {
        let names = [
            (Self::NUMBER, json::Kind::Number),
            (Self::STRING, json::Kind::String),
            (Self::ARRAY, json::Kind::Array),
            (Self::OBJECT, json::Kind::Object),
        ];
        let names = names.iter().filter(|(it, _)| self.0 & it.0 != 0);
        let names: Vec<_> = names.map(|(_, kind)| kind_words(*kind).text(lang)).collect();
        names.join(Localized::new(" or ", "或").text(lang))
    }
}

/// A kind of JSON value in words.
pub(super) const fn kind_words(kind: json::Kind) -> Localized {
    match kind {
        json::Kind::Null => Localized::new("null", "null"),
        json::Kind::Bool => Localized::new("true or false", "布尔值"),
        json::Kind::Number => Localized::new("a number", "数字"),
        json::Kind::String => Localized::new("a string", "字符串"),
        json::Kind::Array => Localized::new("an array", "数组"),
        json::Kind::Object => Localized::new("an object", "对象"),
    }
}

/// Every command this version knows, the frequent ones first.
pub static TABLE: &[Command] = table::TABLE;

/// The command with this word; the word's letter case counts.
///
/// Of `Live.*` the documents name only some: any other is known by its family.
pub fn find(word: &str) -> Option<&'static Command> {
    // Strings of different length differ at once, and the frequent words come
    // first, so that walking the table is cheaper than hashing the word.
    TABLE.iter().find(|it| it.word == word).or_else(|| {
        let rest = word.strip_prefix("Live.")?;
        Some(if rest.starts_with("CallbackBefore") { &table::LIVE_BEFORE } else { &table::LIVE })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_stands_once() {
        for (i, command) in TABLE.iter().enumerate() {
            assert_eq!(find(command.word), Some(command));
            assert!(TABLE[i + 1..].iter().all(|it| it.word != command.word), "{command:?}");
            assert!(!command.words.en.is_empty() && !command.words.zh.is_empty());
            assert_eq!(command.when == When::Before, before(command.word), "{}", command.word);
        }
        assert_eq!(find(""), None);
        assert_eq!(find("c2c.callbackaftersendmsg"), None, "letter case counts");
    }

    fn before(word: &str) -> bool {
        word.contains(".CallbackBefore") || word.contains(".CallbackPrev")
    }

    #[test]
    fn every_field_stands_once_and_fits_the_set_of_seen_fields() {
        for command in TABLE {
            assert!(command.fields.len() <= 32, "{}", command.word);
            for (i, field) in command.fields.iter().enumerate() {
                let rest = &command.fields[i + 1..];
                assert!(rest.iter().all(|it| it.name != field.name), "{command:?}");
            }
            for name in command.tells.iter().filter_map(|it| it.rsplit('=').next()) {
                let open = command.fields.is_empty();
                let known = command.fields.iter().any(|it| it.name == name);
                assert!(open || known, "{} tells {name}", command.word);
            }
        }
    }

    #[test]
    fn a_live_word_nobody_documented_is_known_by_its_family() {
        assert_eq!(find("Live.CallbackAfterRoomClosed").map(|it| it.when), Some(When::After));
        assert_eq!(find("Live.CallbackBeforeJoin").map(|it| it.when), Some(When::Before));
    }
}
