//! What reaches the port and is no request is reported.

use std::io::Write as _;
use std::sync::mpsc;

use imscope::dashboard::Unreadable;
use imscope::edge::listen::{HEAD_BYTES, ListenerConfig};
use imscope::edge::unreadable::UnreadableReports;
use imscope_test_support::GUARD;

use crate::harness::{Scope, setup};

#[test]
fn tls_http2_and_heads_that_cannot_be_read_are_reported() {
    let (sender, reports) = mpsc::channel();
    let unreadable = UnreadableReports::new(move |it| sender.send(it).unwrap());
    let scope = Scope::start(ListenerConfig { unreadable, ..setup() });
    let long = "a".repeat(HEAD_BYTES + 1);
    let cases = [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), Unreadable::Tls),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), Unreadable::Http2),
        (b"no request\r\n\r\n".to_vec(), Unreadable::Head(400)),
        (format!("GET / HTTP/1.1\r\nX: {long}").into_bytes(), Unreadable::Head(431)),
        (
            format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(65_535)).into_bytes(),
            Unreadable::Head(414),
        ),
    ];
    for (bytes, expected) in cases {
        // It may be closed before all is sent.
        let _ = scope.connect().0.write_all(&bytes);
        assert_eq!(reports.recv_timeout(GUARD), Ok(expected));
    }
}
