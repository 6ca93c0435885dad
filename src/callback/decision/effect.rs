//! What each "before" command asks for, in words.

use crate::callback::friends;
use crate::callback::lang::Localized;

/// What happens, or does not, by the answer to a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Effect {
    /// The command word; empty for all commands that are not in the table.
    word: &'static str,
    /// The event happens.
    pub happens: Localized,
    /// The event does not happen.
    pub fails: Localized,
    /// The event happens for a part of its users.
    pub is_for_each: Option<Localized>,
    /// The error code that the client gets for the code 1, where it is documented.
    pub client_code: Option<i64>,
    /// Whether the event does not happen either if there is no usable answer.
    pub needs_answer: bool,
}

const fn row(word: &'static str, happens: Localized, fails: Localized) -> Effect {
    Effect { word, happens, fails, is_for_each: None, client_code: None, needs_answer: false }
}

impl Effect {
    const fn with_code(self, code: i64) -> Self {
        Self { client_code: Some(code), ..self }
    }

    const fn for_each(self, one: Localized) -> Self {
        Self { is_for_each: Some(one), ..self }
    }

    /// Whether it is about a message.
    pub(super) fn is_message(&self) -> bool {
        super::codes(self.word).is_some_and(|it| it.is_message)
    }
}

const SENT: Localized = Localized::new("the message is delivered", "消息正常下发");
const NOT_SENT: Localized = Localized::new("the message is not delivered", "消息不下发");

/// The error code for an operation in a group that the app denied.
const GROUP_DENIED: i64 = 10_016;
/// The error code for a one-to-one message that the app denied.
const MESSAGE_DENIED: i64 = 20_006;

static TABLE: &[Effect] = &[
    row("C2C.CallbackBeforeSendMsg", SENT, NOT_SENT).with_code(MESSAGE_DENIED),
    row("Group.CallbackBeforeSendMsg", SENT, NOT_SENT).with_code(GROUP_DENIED),
    row("OfficialAccount.CallbackBeforeSendMsg", SENT, NOT_SENT).with_code(GROUP_DENIED),
    row(
        "Sns.CallbackPrevFriendAdd",
        Localized::new("the friend request goes on", "加好友请求继续"),
        Localized::new("the friend request is refused", "加好友请求被拒绝"),
    )
    .for_each(Localized::new("friend requests are refused", "个加好友请求被拒绝")),
    row(
        "Sns.CallbackPrevFriendResponse",
        Localized::new("the answer to the friend request goes on", "加好友回应继续"),
        Localized::new("the answer to the friend request is refused", "加好友回应被拒绝"),
    )
    .for_each(Localized::new("answers to friend requests are refused", "个加好友回应被拒绝")),
    row(
        "Group.CallbackBeforeCreateGroup",
        Localized::new("the group is created", "群组正常创建"),
        Localized::new("the group is not created", "群组不创建"),
    )
    .with_code(GROUP_DENIED),
    row(
        "Group.CallbackBeforeApplyJoinGroup",
        Localized::new("the request to join goes on", "加群申请继续"),
        Localized::new("the request to join is refused", "加群申请被拒绝"),
    )
    .with_code(GROUP_DENIED),
    row(
        friends::INVITE,
        Localized::new("the invitation goes on", "邀请入群继续"),
        Localized::new("the invitation is refused", "邀请入群被拒绝"),
    )
    .with_code(GROUP_DENIED)
    .for_each(Localized::new("invited members are refused", "名被邀请者被拒绝")),
    row(
        "Group.CallbackBeforeCreateTopic",
        Localized::new("the topic is created", "话题正常创建"),
        Localized::new("the topic is not created", "话题不创建"),
    )
    .with_code(GROUP_DENIED),
    row(
        "OfficialAccount.CallbackBeforeCreateOfficialAccount",
        Localized::new("the official account is created", "公众号正常创建"),
        Localized::new("the official account is not created", "公众号不创建"),
    ),
    row(
        "OfficialAccount.CallbackBeforeAddSubscriber",
        Localized::new("the subscription goes on", "订阅继续"),
        Localized::new("the subscription is refused", "订阅被拒绝"),
    ),
    Effect {
        needs_answer: true,
        ..row(
            "Live.CallbackBeforeSendGift",
            Localized::new("the gift is sent", "礼物正常送出"),
            Localized::new("the gift is refused", "送礼被拒绝"),
        )
    },
];

static OTHER: Effect = row(
    "",
    Localized::new("the event happens", "事件照常发生"),
    Localized::new("the event does not happen", "事件不发生"),
);

/// What a command asks for.
pub(super) fn effect(word: &str) -> &'static Effect {
    TABLE.iter().find(|it| it.word == word).unwrap_or(&OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::command;

    #[test]
    fn every_before_command_has_its_effect() {
        let before = command::TABLE.iter().filter(|it| it.when == command::When::Before);
        let before: Vec<_> = before.map(|it| it.word).collect();
        assert!(before.iter().all(|it| effect(it).word == *it), "{before:?}");
        assert_eq!(before.len(), TABLE.len());
        assert_eq!(effect("Group.CallbackBeforeUnheardOf"), &OTHER);
    }
}
