//! The threads of a terminal: one reads its output, one waits for the end of the program.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use portable_pty::{Child, ExitStatus};

use super::{Shared, Stalled};

pub(super) fn watch(
    mut reader: Box<dyn Read + Send>,
    seen: &Shared,
    hung_up: &Arc<AtomicBool>,
    stalled: &Stalled,
) {
    let (seen, hung_up, stalled) = (Arc::clone(seen), Arc::clone(hung_up), Arc::clone(stalled));
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            let gate = stalled.0.lock().unwrap();
            drop(stalled.1.wait_while(gate, |it| *it).unwrap());
            let (seen, changed) = &*seen;
            let mut seen = seen.lock().unwrap();
            seen.bytes.extend_from_slice(&bytes[..count]);
            seen.terminal.process(&bytes[..count]);
            changed.notify_all();
            if hung_up.load(Ordering::SeqCst) {
                return;
            }
        }
    });
}

pub(super) fn wait_in_a_thread(mut child: Box<dyn Child + Send + Sync>) -> Receiver<ExitStatus> {
    let (sender, ended) = channel();
    thread::spawn(move || sender.send(child.wait().unwrap()));
    ended
}
