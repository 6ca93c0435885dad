//! The app as a process of its own, which goes away and comes back.
//!
//! The process is this test's own binary, told by a variable to be an app.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use imscope::callback::AnsweredBy;
use imscope_test_support::GUARD;
use imscope_test_support::http::{Server, ok, post};

use crate::forward::asking;
use crate::harness::Scope;

/// Names the address at which the app is to listen.
const PORT: &str = "TEST_APP_ADDRESS";

/// Not a test unless the variable is set: then it is the app, until killed.
#[test]
fn be_the_app() {
    let Ok(address) = std::env::var(PORT) else { return };
    let listener = TcpListener::bind(&address).unwrap();
    println!("\nlistening on {}", listener.local_addr().unwrap());
    let _app = Server::listening(listener, |_, stream| stream.write_all(&ok()).is_ok());
    // Until the test kills it, or has ended without doing so.
    std::thread::sleep(GUARD);
}

struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn start(address: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "forward::process::be_the_app", "--nocapture"])
            .env(PORT, address)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .find_map(|line| line.unwrap().strip_prefix("listening on ").map(str::to_owned))
            .expect("an address")
            .parse()
            .unwrap();
        Self { child, address }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Already gone if the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_app_that_is_restarted_is_asked_again_and_told_as_down_between() {
    let mut app = Process::start("127.0.0.1:0");
    let address = app.address.to_string();
    let mut scope = Scope::start(asking(&format!("http://{address}")));
    let mut client = scope.connect();
    let mut ask = || {
        client.ask(post("/", "", b"{}")).assert_ok();
        scope.take().answer
    };
    for _ in 0..3 {
        let answer = ask();
        assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::App, 0), "{answer:?}");
        app.kill();
        app = Process::start(&address);
        let answer = ask();
        assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::App, 0), "{answer:?}");
    }
    app.kill();
    let answer = ask();
    assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::Imscope, 1));
    assert!(answer.trouble[0].contains("connection refused"), "{answer:?}");
    let _app = Process::start(&address);
    assert_eq!(ask().by, AnsweredBy::App);
}

#[test]
fn a_kept_connection_closed_just_then_is_no_failure() {
    let calls = AtomicUsize::new(0);
    // Every second call meets a connection that closes under it.
    let app = Server::handling(move |_, stream| {
        calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) && stream.write_all(&ok()).is_ok()
    });
    let mut scope = Scope::start(asking(&app.url()));
    for _ in 0..5 {
        scope.ask(post("/", "", b"{}")).assert_ok();
        let answer = scope.take().answer;
        assert_eq!((answer.by, answer.trouble.len()), (AnsweredBy::App, 0), "{answer:?}");
    }
}
