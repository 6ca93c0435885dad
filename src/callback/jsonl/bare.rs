//! A line that is the bare body of a callback, as apps log them.

use super::{LineError, invalid};
use crate::callback::decode::{command_word, read};
use crate::callback::json::{self, JsonKind};
use crate::callback::trouble::failure;
use crate::callback::{Delivery, Origin, Timestamp};

/// Decodes a line that is a JSON object with a `CallbackCommand`, and no line of a
/// recording. The time is that of the message or of the event, else 0.
///
/// # Errors
/// Any other line.
pub fn decode_bare(line: &[u8]) -> Result<Delivery, LineError> {
    let line = line.trim_ascii();
    let body = json::read(line).ok().filter(|it| it.kind() == JsonKind::Object);
    let Some(body) = body else {
        return Err(invalid(failure::line_of_nothing()));
    };
    let mut delivery = Delivery {
        method: "POST".into(),
        target: "/".into(),
        body: line.into(),
        origin: Origin::BareBody,
        ..Delivery::default()
    };
    if body.get("v").is_some() || command_word(&delivery).is_empty() {
        return Err(invalid(failure::line_without_command()));
    }
    let callback = read(&delivery);
    let time = callback.msg_time.or_else(|| callback.event_time());
    delivery.at = time.map_or(Timestamp(0), Timestamp::from_secs);
    Ok(delivery)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(line: &str) -> String {
        decode_bare(line.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_body_on_a_line_of_its_own_is_a_callback_without_a_call() {
        let body = br#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgTime":1795800000}"#;
        let delivery = decode_bare(&[body, &b"\r\n"[..]].concat()).unwrap();
        assert_eq!((&*delivery.body, delivery.origin), (&body[..], Origin::BareBody));
        assert_eq!(delivery.at, Timestamp::from_secs(1_795_800_000));
        let event = br#"{"CallbackCommand":"State.StateChange","EventTime":1795800000123}"#;
        assert_eq!(decode_bare(event).unwrap().at, delivery.at);
    }

    #[test]
    fn other_lines_are_errors() {
        let several = "neither a recorded line nor the body of one callback";
        let body = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg"}"#;
        for line in ["{", "[]", &format!("{body}{body}")] {
            assert_eq!(error(line), several);
        }
        assert!(error(r#"{"level":"info"}"#).starts_with("neither a recorded line, which has `v`"));
    }
}
