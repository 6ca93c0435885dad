//! The unread counts, by the slow model.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{is_message, time};

/// The unread count of a user, and the time of a later change without a count.
pub(super) struct Gauge {
    count: u64,
    time: i64,
    message: Option<(String, u64)>,
    doubt: i64,
}

impl Gauge {
    pub(super) fn text(&self) -> String {
        format!("{}{}", if self.doubt > 0 { "~" } else { "" }, self.count)
    }
}

/// A change of the unread count of a user.
pub(super) struct Change {
    user: String,
    count: Option<u64>,
    time: i64,
    message: Option<(String, u64)>,
}

impl Change {
    pub(super) fn apply(self, gauges: &mut BTreeMap<String, Gauge>) {
        let Self { user, count, time, message } = self;
        let gauge = gauges.get(&user);
        let late = gauge.is_some_and(|it| match (&message, &it.message) {
            (Some((from, seq)), Some((other, last))) if time == it.time && from == other => {
                seq < last
            }
            _ => time < it.time,
        });
        let doubt = gauge.map_or(0, |it| it.doubt);
        match count {
            _ if late => {}
            Some(count) => {
                let doubt = if time < doubt { doubt } else { 0 };
                gauges.insert(user, Gauge { count, time, message, doubt });
            }
            None => {
                if let Some(gauge) = gauges.get_mut(&user) {
                    gauge.doubt = doubt.max(time);
                }
            }
        }
    }
}

/// The change of an unread count in a callback.
pub(super) fn change(json: &Value) -> Option<Change> {
    let count = json["UnreadMsgNum"].as_u64();
    if is_message(json) {
        let from = json["From_Account"].as_str().unwrap().to_owned();
        let message = Some((from, json["MsgSeq"].as_u64().unwrap()));
        let user = json["To_Account"].as_str().unwrap().to_owned();
        let changes = count.is_some() || json["SendMsgResult"] == 0;
        changes.then(|| Change { user, count, time: time(json), message })
    } else {
        // What is only asked for changes nothing.
        let user = json["Report_Account"].as_str()?.to_owned();
        Some(Change { user, count, time: json["EventTime"].as_i64()? / 1000, message: None })
    }
}
