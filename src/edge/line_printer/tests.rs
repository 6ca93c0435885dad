//! Tests on pipes whose reader is slow, stalled or gone.

use std::io::{BufRead as _, BufReader};
use std::thread;

use super::*;

fn pipe() -> (BufReader<io::PipeReader>, File) {
    let (reader, writer) = io::pipe().unwrap();
    (BufReader::new(reader), File::from(std::os::fd::OwnedFd::from(writer)))
}

/// Lines of 1,000 bytes with their numbers.
fn line(number: u64) -> Vec<u8> {
    format!("{number:0>999}\n").into_bytes()
}

fn numbers(reader: impl io::Read) -> Vec<u64> {
    let lines = BufReader::new(reader).split(b'\n').map(Result::unwrap);
    let complete = lines.filter(|it| it.len() == 999);
    complete.map(|it| String::from_utf8(it).unwrap().parse().unwrap()).collect()
}

#[test]
fn what_a_stalled_reader_misses_is_counted_and_the_rest_is_in_order() {
    let (reader, writer) = pipe();
    let mut printer = LinePrinter::start(writer, WhenSlow::Skip, Lang::En, || {}).unwrap();
    let count = 40_000;
    (0..count).for_each(|it| printer.print(&mut line(it), 1));
    let reading = thread::spawn(move || numbers(reader));
    let printed = printer.finish();
    let read = reading.join().unwrap();
    assert!(printed.missing > 0 && !printed.abandoned && printed.error.is_none());
    assert_eq!(read.len() as u64 + printed.missing, count);
    assert!(read.is_sorted() && read[..1000].iter().copied().eq(0..1000));
}

#[test]
fn of_an_abandoned_pipe_it_is_exactly_known_what_it_got() {
    let (reader, writer) = pipe();
    let mut printer = LinePrinter::start(writer, WhenSlow::Wait, Lang::En, || {}).unwrap();
    let abandon = printer.abandon();
    let abandoning = thread::spawn(move || {
        // The rest waits for the reader, which reads nothing.
        let full = |it: &State| it.printed < 60;
        drop(abandon.0.wait_while(abandon.0.lock(), |it| full(it) && !it.closed));
        abandon.now();
    });
    (0..900).for_each(|it| printer.print(&mut line(it), 1));
    let printed = printer.finish();
    abandoning.join().unwrap();
    assert!(printed.abandoned);
    assert_eq!(numbers(reader).len() as u64 + printed.missing, 900);
}

#[test]
fn a_reader_that_is_gone_is_not_waited_for() {
    let (reader, writer) = pipe();
    drop(reader);
    let (sender, failed) = std::sync::mpsc::channel();
    let on_error = move || sender.send(()).unwrap();
    let mut printer = LinePrinter::start(writer, WhenSlow::Wait, Lang::En, on_error).unwrap();
    (0..5000).for_each(|it| printer.print(&mut line(it), 1));
    let printed = printer.finish();
    failed.recv().unwrap();
    assert_eq!(printed.missing, 5000);
    assert_eq!(printed.error.unwrap().kind(), io::ErrorKind::BrokenPipe);
}
