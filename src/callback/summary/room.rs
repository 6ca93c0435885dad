//! The parts of a summary of rooms, battles, gifts, seats and calls.

use crate::callback::decode::Callback;
use crate::callback::field_path;
use crate::callback::format::clock_time;
use crate::callback::json::Json;
use crate::callback::json_text::{one_line, several, summarize};
use crate::callback::lang::{Lang, localize};
use crate::callback::value::{get, integer};

/// How many changed fields of a room are shown.
const MAX_CHANGES: usize = 4;

impl Callback<'_> {
    /// The parts of the summary, for commands whose summary fields do not suffice.
    pub(super) fn summary_of_room(&self, lang: Lang) -> Option<Vec<String>> {
        Some(match self.command?.word {
            "Live.CallbackAfterUpdateRoomInfo"
            | "Room.CallbackAfterUpdateRoomInfo"
            | "Room.CallbackUpdateRoomInfo" => self.summary_of_room_info(),
            "Live.CallbackAfterChangeOwner" => {
                vec![self.summary_of_owners(["OriginalOwner_Account", "CurrentOwner_Account"])]
            }
            "Live.CallbackAfterCreateBattle" => {
                let rooms = ["FromRoomId", "ToRoomIdList"].map(|it| self.summary_of_field(it));
                vec![rooms.join(" – "), self.length_of_battle(lang)]
            }
            "Live.CallbackAfterStartBattle" | "Live.CallbackAfterEndBattle" => vec![
                self.rooms_of_battle(),
                self.summary_of_path("OpType", lang),
                self.length_of_battle(lang),
            ],
            "Live.CallbackBeforeSendGift" => self.summary_of_gift(lang),
            "Mic.CallbackAfterSeatInfoChanged" => vec![self.summary_of_seats()],
            "Call.CallbackAfterEndCall" => self.summary_of_call(lang),
            _ => return None,
        })
    }

    /// `RoomName Stand-up · MaxMemberCount 20`: the changed fields.
    fn summary_of_room_info(&self) -> Vec<String> {
        let info = self.field("RoomInfo").map(Json::fields).unwrap_or_default();
        let changed = info.iter().filter(|(name, value)| name != "RoomId" && value.raw() != "\"\"");
        let parts = changed.map(|(name, value)| one_line(&format!("{name} {}", summarize(*value))));
        parts.take(MAX_CHANGES).collect()
    }

    /// `night-radio 1280 – day-radio 940`: the rooms, with their scores at the end.
    fn rooms_of_battle(&self) -> String {
        let room = |it: &Json<'_>| {
            let part = |name| it.get(name).map(summarize).unwrap_or_default();
            format!("{} {}", part("RoomId"), part("Score")).trim_end().to_owned()
        };
        let from = self.field("FromRoomInfo").as_ref().map(room).unwrap_or_default();
        let to = self.field("ToRoomList").map(Json::items).unwrap_or_default();
        format!("{from} – {}", several(to.iter().map(room)))
    }

    /// The length of a battle, which is sent in milliseconds.
    fn length_of_battle(&self, lang: Lang) -> String {
        match self.field("Duration").and_then(integer).filter(|it| 0 < *it) {
            Some(millis) => {
                let seconds = millis / 1000;
                localize!(lang, "{seconds} s", "{seconds} 秒")
            }
            None => String::new(),
        }
    }

    /// `3 × paper-crane · for lin · 30 coins`
    fn summary_of_gift(&self, lang: Lang) -> Vec<String> {
        let gift = self.field("GiftWater").map(Json::fields).unwrap_or_default();
        let part = |name| get(&gift, name).map(summarize).unwrap_or_default();
        let [id, count, to, coins] = ["GiftId", "Count", "To_Account", "Coins"].map(part);
        vec![
            format!("{count} × {id}"),
            localize!(lang, "for {to}", "送给 {to}"),
            localize!(lang, "{coins} coins", "{coins} 金币"),
        ]
    }

    /// `0 mei, 1 –`: who is on which seat.
    fn summary_of_seats(&self) -> String {
        let seats = self.field("SeatList").map(Json::items).unwrap_or_default();
        several(seats.iter().map(|it| {
            let index = it.get("Index").map(summarize).unwrap_or_default();
            let member = it.get("Member_Account").map(summarize).filter(|it| !it.is_empty());
            format!("{index} {}", member.as_deref().unwrap_or("–"))
        }))
    }

    /// `video · ended normally · 3:02 · tom`: how a call ended, how long it took
    /// from its acceptance, and the accounts called.
    fn summary_of_call(&self, lang: Lang) -> Vec<String> {
        let time = |path: &str| field_path::find(&self.fields, path, &mut integer);
        let accepted = time("CallRecord.AcceptTime").filter(|it| 0 < *it);
        let length = time("CallRecord.EndTime").zip(accepted).map(|(end, start)| end - start);
        let length = length.and_then(|it| u64::try_from(it).ok()).map(clock_time);
        vec![
            self.summary_of_path("CallRecord.MediaType", lang),
            self.summary_of_path("CallRecord.CallResult", lang),
            length.unwrap_or_default(),
            self.summary_of_path("CallRecord.CalleeList_Account", lang),
        ]
    }
}
