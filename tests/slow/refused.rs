//! Large bodies without a signature, in great number: they evict no callback and hardly
//! grow the recording.

use std::fs;
use std::thread;

use imscope::callback::signature::{Token, sign};
use imscope::edge::clock;
use imscope_test_support::http::Client;
use imscope_test_support::terminal::{Pty, WATCH};

use crate::load::{CLIENTS, address, seconds, seen};

const TOKEN: &str = "secret";
/// Callbacks with a signature.
const SIGNED: usize = 200;
/// Bodies without one, by default.
const REFUSED: usize = 100;
/// The size of such a body.
const BODY_BYTES: usize = 1 << 20;
/// What one may add to a recording: 2,000 at most 8 MiB.
const LINE_BYTES: usize = 8 * 1024 * 1024 / 2000;

#[test]
fn refused_bodies_evict_no_callback_and_hardly_grow_the_recording() {
    let refused = seconds("IMSCOPE_REFUSED", REFUSED);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("calls.jsonl");
    let options = ["--keep", "2MiB", "--record", file.to_str().unwrap()];
    let mut pty = Pty::with(&[&WATCH[..], &options].concat(), &[("IMSCOPE_TOKEN", TOKEN)]);
    let address = address(&mut pty);
    let time = clock::now().secs().to_string();
    let sign = sign(&Token::new(TOKEN).unwrap(), &time);
    let target = format!("/?Sign={sign}&RequestTime={time}");
    let mut client = Client::connect(address).unwrap();
    for nth in 0..SIGNED {
        let body = format!(r#"{{"CallbackCommand":"A.B","From_Account":"signed{nth}"}}"#);
        assert!(client.post(&target, body.as_bytes()).unwrap().contains("OK"));
    }
    let before = fs::metadata(&file).unwrap().len();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|nth| {
            thread::spawn(move || {
                let mut client = Client::connect(address).unwrap();
                let mut body = vec![0; BODY_BYTES];
                fastrand::Rng::with_seed(nth as u64).fill(&mut body);
                for _ in 0..refused / CLIENTS {
                    assert!(client.post("/", &body).unwrap().contains("no Sign"));
                }
            })
        })
        .collect();
    for it in clients {
        it.join().unwrap();
    }
    let grown = fs::metadata(&file).unwrap().len() - before;
    assert!(grown <= (refused * LINE_BYTES) as u64, "{grown} bytes of {refused} refused bodies");
    pty.shows(&seen((SIGNED + refused) as u64));
    pty.press("/from:signed\r").shows("200 of ");
    assert!(pty.press("q").ends().success());
}
