//! A recorded call as a new request.

use anyhow::Context as _;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Uri};

use crate::callback::signature::{self, Token};
use crate::callback::{Delivery, Timestamp, query};

/// The headers that tell what the body is; all others were of another
/// connection.
const KEPT: [&str; 2] = ["content-type", "content-encoding"];

/// The same call, for another place: method, path, query, what the body is and
/// the body as they were. With a token it is signed as of now, where the old
/// signature stood; without one, what is left of that goes.
pub(super) fn request(
    delivery: &Delivery,
    to: &Uri,
    token: Option<&Token>,
    now: Timestamp,
) -> anyhow::Result<Request<Full<Bytes>>> {
    let path = if to.path() == "/" { delivery.path() } else { to.path() };
    let query = signed(delivery.query(), token, now);
    let target = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let mut parts = to.clone().into_parts();
    parts.path_and_query = Some(target.parse().context("its path is none")?);
    let mut request = Request::builder().method(&*delivery.method).uri(Uri::from_parts(parts)?);
    for name in KEPT {
        if let Some(value) = delivery.headers.get(name) {
            request = request.header(name, value);
        }
    }
    Ok(request.body(Full::new(Bytes::copy_from_slice(&delivery.body)))?)
}

fn signed(query: &str, token: Option<&Token>, now: Timestamp) -> String {
    let time = now.secs().to_string();
    let sign = token.map(|it| signature::sign(it, &time));
    let mut fresh =
        sign.map(|sign| vec![("RequestTime", time), ("Sign", sign)]).unwrap_or_default();
    let mut parts = Vec::new();
    for part in query.split('&').filter(|it| !it.is_empty()) {
        let name = part.split_once('=').map_or(part, |(name, _)| name);
        if ["Sign", "RequestTime"].iter().any(|it| name.eq_ignore_ascii_case(it)) {
            let at = fresh.iter().position(|(it, _)| name.eq_ignore_ascii_case(it));
            parts.extend(at.map(|at| format!("{name}={}", fresh.remove(at).1)));
        } else {
            parts.push(part.to_owned());
        }
    }
    parts.extend(fresh.into_iter().map(|(name, value)| format!("{name}={value}")));
    debug_assert!(token.is_none() || query::read(&parts.join("&")).sign.is_some());
    parts.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_secs(1_669_872_112);
    const SIGN: &str = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061";

    #[test]
    fn the_old_signature_makes_room_for_a_new_one_or_goes() {
        let token = Token::new("xxxxyyyy");
        let old = "a=1&sign=***&RequestTime=5&b=%20&Sign=***";
        let new = format!("a=1&sign={SIGN}&RequestTime=1669872112&b=%20");
        assert_eq!(signed(old, token.as_ref(), NOW), new);
        assert_eq!(signed(old, None, NOW), "a=1&b=%20");
        assert_eq!(signed("", token.as_ref(), NOW), format!("RequestTime=1669872112&Sign={SIGN}"));
    }

    #[test]
    fn a_call_is_made_again_as_it_was() {
        let headers: [(&str, &[u8]); 2] = [("host", b"a"), ("content-type", b"text/\xe5")];
        let delivery = Delivery {
            method: "PUT".into(),
            target: "/old?x=1".into(),
            headers: headers.into_iter().collect(),
            body: Box::from(&b"\xff{}"[..]),
            ..Delivery::default()
        };
        let made = |to: &str| request(&delivery, &to.parse().unwrap(), None, NOW).unwrap();
        assert_eq!(made("http://h:1").uri(), "http://h:1/old?x=1");
        let made = made("http://h:1/new");
        assert_eq!(
            (made.uri().to_string(), made.method().as_str()),
            ("http://h:1/new?x=1".into(), "PUT")
        );
        let headers: Vec<_> =
            made.headers().iter().map(|(it, value)| (it.as_str(), value.as_bytes())).collect();
        assert_eq!(headers, [("content-type", &b"text/\xe5"[..])]);
    }
}
