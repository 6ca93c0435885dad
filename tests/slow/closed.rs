//! After the terminal is closed or SIGHUP the program ends by itself, and the
//! recording has every answered callback.

use std::collections::HashSet;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustix::process::Signal;

use crate::load::{address, bodies, flood};
use imscope_test_support::tail::deliveries;
use imscope_test_support::terminal::{Pty, WATCH};
use imscope_test_support::until;

/// How many are answered before the end comes.
const BEFORE: usize = 400;

/// Ends a recording dashboard under load; every callback that was answered must
/// be completely in the recording, and the program must have ended by itself.
fn check(end: impl FnOnce(&mut Pty)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chat.jsonl");
    let args = [&WATCH[..], &["--record", file.to_str().unwrap()]].concat();
    let mut pty = Pty::imscope(&args);
    let (address, count) = (address(&mut pty), &AtomicUsize::new(0));
    let answered = thread::scope(|scope| {
        let goes_on = |_| {
            count.fetch_add(1, Ordering::Relaxed);
            true
        };
        let clients = scope.spawn(move || flood(address, 3, goes_on));
        until("enough is answered", || count.load(Ordering::Relaxed) > BEFORE);
        end(&mut pty);
        let ended = pty.ends();
        assert_eq!(ended.signal(), None, "{ended:?}");
        assert!(ended.exit_code() < 2, "{ended:?}");
        clients.join().unwrap()
    });
    assert!(answered.concat().len() >= BEFORE - 3);
    let recorded = deliveries(&fs::read(file).unwrap());
    assert!(recorded.iter().map(|it| it.seq.0).eq(1..=recorded.len() as u64));
    let recorded: HashSet<_> = recorded.into_iter().map(|it| it.body.into_vec()).collect();
    let lost = bodies(&answered).flatten().filter(|it| !recorded.contains(it)).count();
    assert_eq!(lost, 0, "answered and not in the recording");
}

#[test]
fn a_closed_terminal_ends_it_with_the_recording_complete() {
    check(Pty::hang_up);
}

#[test]
fn a_terminal_that_stalls_and_then_closes_ends_it_too() {
    check(|pty| pty.stall(true).hang_up());
}

#[test]
fn a_hangup_signal_ends_it_with_the_recording_complete() {
    check(|pty| _ = pty.signal(Signal::HUP));
}

#[test]
fn a_hangup_signal_ends_it_while_the_terminal_is_stalled() {
    check(|pty| _ = pty.stall(true).signal(Signal::HUP));
}

#[test]
fn many_signals_at_once_are_one_end() {
    check(|pty| _ = pty.signal(Signal::HUP).signal(Signal::TERM).signal(Signal::INT));
}
