//! Reads the accounts of a callback: the one that acted, and the one acted upon.

use std::borrow::Cow;

use super::{Callback, first_of};
use crate::callback::command::Family;
use crate::callback::json::{Fields, Json};
use crate::callback::value::{get, string_or_number};

impl<'a> Callback<'a> {
    /// Sets `from`, `to` and `to_group`. Found by field rather than by command,
    /// so that an unknown command has them too.
    pub(super) fn set_parties(&mut self, event: &Fields<'a>) {
        match self.family() {
            Some(Family::State) => {
                let info = self.state_info().and_then(|it| it.get("To_Account"));
                self.from = info.and_then(string_or_number);
                return;
            }
            Some(Family::Profile) => {
                let owner = self.text("From_Account");
                self.from = self.text("Operator_Account").or_else(|| owner.clone());
                self.to = owner.filter(|it| self.from.as_ref() != Some(it));
                return;
            }
            Some(Family::Live | Family::Room | Family::Mic | Family::Call) => {
                return self.set_room_parties();
            }
            // An event of TRTC.
            None if self.field("EventInfo").is_some() => return self.set_room_parties(),
            _ => {}
        }
        let pair = match self.family() {
            Some(Family::Friends) | None => first_of(&self.fields, "PairList"),
            Some(_) => Fields::new(),
        };
        match if pair.is_empty() { event } else { &pair } {
            inner if inner.is_empty() => self.set_outer_parties(),
            inner => self.set_inner_parties(inner),
        }
    }

    /// Sets them from the event, or from the first pair of friends.
    fn set_inner_parties(&mut self, inner: &Fields<'a>) {
        self.from = get(inner, "From_Account").and_then(string_or_number);
        self.to = get(inner, "To_Account").and_then(string_or_number);
        self.msg_key =
            self.msg_key.take().or_else(|| get(inner, "MsgKey").and_then(string_or_number));
    }

    /// Sets them from the fields of the callback itself.
    fn set_outer_parties(&mut self) {
        self.to = self.text("GroupId").or_else(|| self.text("RoomId"));
        self.to_group = self.to.is_some();
        self.from = self.read_actor();
        if self.to.is_none() {
            self.set_target();
        }
        // An official account sends and recalls its messages itself.
        if self.family() == Some(Family::Official) && self.from.is_none() && !self.is_full() {
            self.from = self.to.take();
        }
    }

    /// Whether the account can have no more subscribers.
    fn is_full(&self) -> bool {
        self.word == "OfficialAccount.CallbackAfterOfficialAccountFull"
    }

    /// `Info` of a login; the first one of an array, which some servers' tests send.
    pub(in crate::callback) fn state_info(&self) -> Option<Json<'a>> {
        let info = self.field("Info")?;
        info.each_item().next().or(Some(info))
    }

    fn read_actor(&self) -> Option<Cow<'a, str>> {
        let names = [
            "From_Account",
            "Report_Account",
            "Operator_Account",
            "Requester_Account",
            "Requestor_Account",
            "Owner_Account",
        ];
        let member = || {
            get(&first_of(&self.fields, "MemberList"), "Member_Account").and_then(string_or_number)
        };
        names.iter().find_map(|it| self.text(it)).or_else(member)
    }

    fn set_target(&mut self) {
        let names = ["To_Account", "Peer_Account", "Official_Account"];
        let lists = ["FollowList", "FriendItem", "ResponseFriendItem"];
        let in_list =
            |it: &str| get(&first_of(&self.fields, it), "To_Account").and_then(string_or_number);
        self.to = names.iter().find_map(|it| self.text(it)).or_else(|| {
            let accounts = self.field("To_Account").map(Json::items).unwrap_or_default();
            let account = accounts.into_iter().find_map(string_or_number);
            account.or_else(|| lists.iter().find_map(|it| in_list(it)))
        });
        if let (None, Some(contact)) = (&self.to, self.field("ContactItem")) {
            let group = contact.get("ToGroupId").or_else(|| contact.get("GroupId"));
            let group = group.and_then(string_or_number);
            self.to_group = group.is_some();
            self.to = group.or_else(|| contact.get("To_Account").and_then(string_or_number));
        }
    }
}
