//! A terminal that takes nothing: the listener does not notice, and the screen
//! is right again after.

use crate::load::{address, flood, resident, seen};
use crate::tail::Client;
use crate::terminal::{Pty, WATCH};

/// How many callbacks come meanwhile.
const EACH: usize = 1250;
const CLIENTS: usize = 4;
/// More than a screen's frame and what is kept of the callbacks.
const GROWTH: usize = 48 << 20;

/// The rows of the screen up to where time alone would change them.
fn rows(pty: &Pty) -> Vec<String> {
    pty.screen().lines().map(|it| it.chars().take(55).collect()).collect()
}

#[test]
fn a_stalled_terminal_costs_no_callback_and_little_memory() {
    let mut pty = Pty::imscope(&WATCH);
    let address = address(&mut pty);
    Client::connect(address).unwrap().post_ok("{}");
    pty.shows(&seen(1)).stall(true);
    let before = resident(pty.pid);
    let answered = flood(address, CLIENTS, |sent| sent < EACH).concat();
    assert_eq!(answered.len(), CLIENTS * EACH);
    let grown = resident(pty.pid).saturating_sub(before);
    assert!(grown < GROWTH, "grown by {grown} bytes");
    let last = r#"{"CallbackCommand":"Stall.IsOver","From_Account":"the_last_one"}"#;
    Client::connect(address).unwrap().post_ok(last);
    pty.stall(false).shows(&seen((CLIENTS * EACH) as u64 + 2)).shows("the_last_one");
    // What is painted in steps is what is painted at once.
    let painted = rows(&pty);
    let bytes = pty.bytes().len();
    pty.press("\x0c");
    pty.until("painted anew", |it| it.contents().contains("the_last_one"));
    crate::tail::until("the whole screen is painted anew", || pty.bytes().len() > bytes + 2000);
    crate::tail::until("the screen is as it was", || rows(&pty) == painted);
    assert!(pty.press("q").ends().success());
    pty.assert_given_back();
}

#[test]
fn keys_count_while_the_terminal_takes_nothing() {
    let mut pty = Pty::imscope(&WATCH);
    let address = address(&mut pty);
    pty.stall(true);
    flood(address, 2, |sent| sent < 300);
    // Into the filter, a word, and out of it again.
    pty.press("/nobody says this\r").stall(false).shows("nobody says this").shows(&seen(600));
    assert!(pty.press("q").ends().success());
}

#[test]
fn who_leaves_a_stalled_terminal_is_not_held_up() {
    let mut pty = Pty::imscope(&WATCH);
    let address = address(&mut pty);
    pty.stall(true);
    flood(address, 2, |sent| sent < 1000);
    assert!(pty.press("q").ends().success());
}

#[test]
fn half_of_a_sequence_from_the_terminal_holds_up_nobody() {
    let mut pty = Pty::imscope(&WATCH);
    let address = address(&mut pty);
    // A key before it, so that the loop is just about to read the next.
    for half in ["j\x1b[", "1;", "\x1b[200~pas"] {
        pty.press(half);
        flood(address, 2, |sent| sent < 100);
    }
    pty.shows(&seen(600)).signal(rustix::process::Signal::TERM);
    assert!(pty.ends().success());
}
