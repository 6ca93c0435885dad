//! Which event a callback tells of, so that a repeated one is known again.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;

use super::command::{Family, When};
use super::decode::Callback;
use super::json::Json;

impl<'a> Callback<'a> {
    /// Feeds a hasher with what identifies the event.
    ///
    /// Tencent names no key. Services in the field tell repeated calls by
    /// `MsgKey` (with both users), a group message by group and `MsgSeq`, a
    /// login by user, `EventTime` and `Action`. What can happen to one message
    /// more than once (an edit), and all the rest, is known by its whole body:
    /// a repeated call has the same bytes.
    pub fn identity(&self, hasher: &mut impl Hasher) {
        self.word.hash(hasher);
        let known = match self.command.map(|it| it.word) {
            Some(
                "C2C.CallbackAfterSendMsg"
                | "C2C.CallbackBeforeSendMsg"
                | "C2C.CallbackAfterMsgWithDraw"
                | "Bot.OnC2CMessage",
            ) => self.msg_key.as_ref().map(|key| (key, &self.from, &self.to).hash(hasher)),
            Some("Group.CallbackAfterSendMsg" | "Bot.OnGroupMessage") => {
                self.msg_seq.map(|seq| (seq, &self.to, self.topic()).hash(hasher))
            }
            Some("State.StateChange") => self.field("EventTime").map(|time| {
                let action = self.field("Info").and_then(|it| it.get("Action"));
                (time.text(), &self.from, action.map(Json::text)).hash(hasher);
            }),
            _ => None,
        };
        if known.is_none() {
            self.raw.hash(hasher);
        }
    }

    /// The event's identity as one number, the same in every run. Whoever may
    /// send callbacks could make two that collide; they would be called
    /// duplicates, and nothing else would follow.
    pub fn duplicate_key(&self) -> u64 {
        let mut hasher = FixedState::default().build_hasher();
        self.identity(&mut hasher);
        hasher.finish()
    }

    /// The chat that a message was sent in: both users of a one-to-one chat in
    /// the same order whoever wrote, or group and topic. `None` for what is no
    /// sent message. A key to compare, not a text to show.
    pub fn chat(&self) -> Option<(&str, &str)> {
        let command = self.command.filter(|it| it.when == When::After)?;
        let sent = matches!(command.family, Family::OneToOne | Family::Group | Family::Bot)
            && (command.word.ends_with(".CallbackAfterSendMsg")
                || command.word.starts_with("Bot."));
        let to = self.to.as_deref().filter(|_| sent)?;
        if self.to_group {
            return Some((to, self.topic()));
        }
        let from = self.from.as_deref()?;
        Some(if from <= to { (from, to) } else { (to, from) })
    }

    /// The topic of a community's message as it was written, empty without one.
    fn topic(&self) -> &'a str {
        self.field("TopicId").map_or("", Json::text)
    }
}
