//! Reads who did what where in a room, a battle or a call.

use super::Callback;
use crate::callback::field_path;
use crate::callback::value::string_or_number;

/// Where it happens: room, battle, or call.
const PLACES: [&str; 7] = [
    "RoomId",
    "BattleId",
    "CallId",
    "RoomInfo.RoomId",
    "CallInfo.CallId",
    "CallRecord.CallId",
    "EventInfo.RoomId",
];
/// Who did it.
const ACTORS: [&str; 8] = [
    "Operator_Account",
    "CallRecord.Caller_Account",
    "ChangedUserList.User_Account",
    "UserList.User_Account",
    "MemberList.Member_Account",
    "SeatList.Member_Account",
    "FromRoomInfo.Owner_Account",
    "EventInfo.UserId",
];

impl Callback<'_> {
    /// Sets the parties of a callback of the families Live, Room, Mic and Call.
    pub(super) fn set_room_parties(&mut self) {
        let first = |it: &&str| field_path::find(&self.fields, it, &mut string_or_number);
        let (place, actor) = (PLACES.iter().find_map(first), ACTORS.iter().find_map(first));
        self.to_group = place.is_some();
        (self.from, self.to) = (actor, place);
    }
}
