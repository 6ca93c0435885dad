//! A new request from a recorded callback.

use std::borrow::Cow;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Uri};

use crate::callback::decode::command_word;
use crate::callback::signature::Token;
use crate::callback::target::origin_form;
use crate::callback::{Delivery, Origin, Timestamp, query};
use crate::edge::http_client::with_target;

/// Headers that describe the body; the others belong to the recorded connection.
const BODY_HEADERS: [&str; 2] = ["content-type", "content-encoding"];

/// The recorded request, addressed to another URL: method, path, query, body and the
/// headers that describe it are kept. With a token it is signed at `now`; without
/// one, its signature is removed. A path of `to` other than `/` replaces the recorded
/// one.
pub(super) fn request(
    delivery: &Delivery,
    to: &Uri,
    token: Option<&Token>,
    now: Timestamp,
) -> anyhow::Result<Request<Full<Bytes>>> {
    let recorded = origin_form(delivery.path());
    let path = if to.path() == "/" { &recorded } else { to.path() };
    // Tencent repeats the command word in the query, and apps read it there.
    let bare = delivery.origin == Origin::BareBody;
    let word = if bare { command_word(delivery) } else { Cow::Borrowed("") };
    let known = match bare {
        true => Cow::Owned(format!("CallbackCommand={}&contenttype=json", query::escape(&word))),
        false => Cow::Borrowed(delivery.query()),
    };
    let query = query::resign(&known, token, now);
    let target = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let mut request = Request::builder().method(&*delivery.method).uri(with_target(to, &target)?);
    if bare {
        request = request.header(BODY_HEADERS[0], "application/json");
    }
    for name in BODY_HEADERS {
        if let Some(value) = delivery.headers.get(name) {
            request = request.header(name, value);
        }
    }
    Ok(request.body(Full::new(Bytes::copy_from_slice(&delivery.body)))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_body_gets_the_query_that_names_its_command() {
        let delivery = Delivery {
            method: "POST".into(),
            target: "/".into(),
            body: Box::from(&br#"{"CallbackCommand":"C2C.CallbackAfterSendMsg"}"#[..]),
            origin: Origin::BareBody,
            ..Delivery::default()
        };
        let sent = request(&delivery, &"http://h:1/im".parse().unwrap(), None, NOW).unwrap();
        let query = "CallbackCommand=C2C.CallbackAfterSendMsg&contenttype=json";
        assert_eq!(sent.uri().to_string(), format!("http://h:1/im?{query}"));
        assert_eq!(sent.headers()["content-type"], "application/json");
    }

    const NOW: Timestamp = Timestamp::from_secs(1_669_872_112);

    #[test]
    fn method_query_body_and_its_headers_are_kept() {
        let headers: [(&str, &[u8]); 2] = [("host", b"a"), ("content-type", b"text/\xe5")];
        let delivery = Delivery {
            method: "PUT".into(),
            target: "/old?x=1".into(),
            headers: headers.into_iter().collect(),
            body: Box::from(&b"\xff{}"[..]),
            ..Delivery::default()
        };
        let sent = |to: &str| request(&delivery, &to.parse().unwrap(), None, NOW).unwrap();
        assert_eq!(sent("http://h:1").uri(), "http://h:1/old?x=1");
        let crafted = Delivery { target: "@evil.example/x".into(), ..delivery.clone() };
        let crafted = request(&crafted, &"http://h:1".parse().unwrap(), None, NOW).unwrap();
        assert_eq!(crafted.uri(), "http://h:1/@evil.example/x");
        let sent = sent("http://h:1/new");
        assert_eq!(
            (sent.uri().to_string(), sent.method().as_str()),
            ("http://h:1/new?x=1".into(), "PUT")
        );
        let headers: Vec<_> =
            sent.headers().iter().map(|(it, value)| (it.as_str(), value.as_bytes())).collect();
        assert_eq!(headers, [("content-type", &b"text/\xe5"[..])]);
    }
}
