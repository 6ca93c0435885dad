//! The scenarios that have a name.

use serde_json::{Value, json};

use super::{Parties, Step};
use crate::callback::friends::INVITE;
use crate::callback::sample::event::{AFTER_SEND, BEFORE_SEND};
use crate::command::cli::send::CallbackOptions;

const ROBOT: &str = "@RBT#001";
const CREATE: &str = "Group.CallbackBeforeCreateGroup";
const GROUP_SEND: &str = "Group.CallbackBeforeSendMsg";
const FRIEND_ADD: &str = "Sns.CallbackPrevFriendAdd";

/// The steps of a scenario.
type Steps = fn(&CallbackOptions) -> Vec<Step>;

const TABLE: [(&str, Steps); 4] =
    [("message", message), ("group", group), ("bot", bot), ("friend", friend)];

/// The steps of the scenario with a name.
pub(super) fn find(name: &str, options: &CallbackOptions) -> Option<Vec<Step>> {
    TABLE.iter().find(|(it, _)| *it == name).map(|(_, steps)| steps(options))
}

/// The names.
pub(super) fn names() -> [&'static str; TABLE.len()] {
    TABLE.map(|(name, _)| name)
}

impl Step {
    /// Sent only if these "before" commands were allowed.
    fn after_allowed(self, needs: &'static [&'static str]) -> Self {
        Self { needs, ..self }
    }

    /// With fields of the body in place of the generated ones.
    fn with(self, fields: fn(&Parties) -> Value) -> Self {
        Self { fields: Some(fields), ..self }
    }
}

/// One message: sent, read, recalled.
fn message(_: &CallbackOptions) -> Vec<Step> {
    let after = |word| Step::new(word).after_allowed(&[BEFORE_SEND]);
    vec![
        Step::new(BEFORE_SEND),
        after(AFTER_SEND),
        after("C2C.CallbackAfterMsgReport"),
        after("C2C.CallbackAfterMsgWithDraw"),
    ]
}

/// The life of a group, with a message in it.
fn group(_: &CallbackOptions) -> Vec<Step> {
    let in_group = |word| Step::new(word).after_allowed(&[CREATE]);
    vec![
        Step::new(CREATE)
            .with(|_| json!({"Name": "Tea circle", "CreateGroupNum": 1, "MemberList": []})),
        in_group("Group.CallbackAfterCreateGroup")
            .with(|_| json!({"Name": "Tea circle", "MemberList": []})),
        in_group(INVITE).with(|it| json!({"DestinationMembers": members(&it.others)})),
        Step::new("Group.CallbackAfterNewMemberJoin")
            .after_allowed(&[CREATE, INVITE])
            .with(|it| json!({"JoinType": "Invited", "NewMemberList": members(&it.others)})),
        in_group(GROUP_SEND),
        Step::new("Group.CallbackAfterSendMsg").after_allowed(&[CREATE, GROUP_SEND]),
        Step::new("Group.CallbackAfterMemberExit").after_allowed(&[CREATE, INVITE]).with(|it| {
            let first = it.others.iter().take(1);
            json!({
                "ExitType": "Quit",
                "Operator_Account": first.clone().next(),
                "ExitMemberList": members(first),
            })
        }),
        in_group("Group.CallbackAfterGroupDestroyed").with(|it| {
            let rest = std::iter::once(&it.from).chain(it.others.iter().skip(1));
            json!({"Name": "Tea circle", "MemberList": members(rest)})
        }),
    ]
}

/// A question to a robot, and its answer.
fn bot(options: &CallbackOptions) -> Vec<Step> {
    let robot = Some(options.to.clone().unwrap_or_else(|| ROBOT.to_owned()));
    let user = Some(options.from.clone());
    let to_robot = |word| Step { to: robot.clone(), ..Step::new(word) };
    let text = Some("Here is what I found.".to_owned());
    vec![
        to_robot(AFTER_SEND),
        to_robot("Bot.OnC2CMessage"),
        Step { from: robot.clone(), to: user, text, ..Step::new(AFTER_SEND) },
    ]
}

/// Friends: asked, added, and one of them deleted.
fn friend(_: &CallbackOptions) -> Vec<Step> {
    let after = |word| Step::new(word).after_allowed(&[FRIEND_ADD]);
    vec![
        Step::new(FRIEND_ADD).with(|it| {
            let item = |it| json!({"To_Account": it, "AddWording": "It is me."});
            let items: Vec<_> = it.others.iter().map(item).collect();
            json!({"FriendItem": items, "AddType": "Add_Type_Both", "ForceAddFlags": 0})
        }),
        after("Sns.CallbackFriendAdd").with(|it| {
            let pair = |to| {
                json!({"From_Account": it.from, "To_Account": to, "Initiator_Account": it.from})
            };
            let pairs: Vec<_> = it.others.iter().map(pair).collect();
            json!({"PairList": pairs, "ClientCmd": "friend_add", "ForceFlag": 0})
        }),
        after("Sns.CallbackFriendDelete").with(|it| {
            json!({"PairList": [{"From_Account": it.from, "To_Account": it.others.first()}]})
        }),
    ]
}

fn members<'a>(accounts: impl IntoIterator<Item = &'a String>) -> Vec<Value> {
    accounts.into_iter().map(|it| json!({"Member_Account": it})).collect()
}
