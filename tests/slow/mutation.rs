//! Mutations of the corpus are decoded, searched, shown as a tree and read from a
//! recording without a panic and within a time limit.
//!
//! The mutations are the same in every run; a longer run goes on from there.

use std::fs;
use std::io::Cursor;
use std::time::{Duration, Instant};

use imscope::callback::{Delivery, Lang, Seq, decode, json, jsonl};
use imscope::dashboard::json_tree;
use imscope::edge::recording_reader::RecordingReader;
use imscope::history::filter::Filter;
use imscope::history::{History, HistoryConfig};
use imscope_test_support::{corpus as files, fuzz_targets};

/// Seconds of each search by default.
const SECONDS: u64 = 1;
/// How much processor time one case may take.
const SOON: Duration = Duration::from_secs(2);
/// The longest case, in bytes.
const LONGEST: usize = 200_000;

/// Pieces that are hard for readers of JSON, numbers and times.
const PIECES: [&[u8]; 34] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"\\",
    b"\\u",
    b"\\ud800",
    b"\\u0000",
    b"\0",
    b"null",
    b"true",
    b"-",
    b"-0",
    b"1e999",
    b"-1e-999",
    b"9223372036854775808",
    b"-9223372036854775809",
    b"18446744073709551616",
    b"1795327320000",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\xe5\xb0",
    "小".as_bytes(),
    "\u{202e}".as_bytes(),
    "👨‍👩‍👧".as_bytes(),
    b"\"MsgBody\":[",
    b"\"Events\":[{",
    b"\"UnreadMsgNum\":-1,",
    b"\"MsgTime\":1e3,",
    b"\r\n",
    b"%zz&+",
];

fn seconds() -> Duration {
    let given = std::env::var("IMSCOPE_MUTATE").ok().map(|it| it.parse().unwrap());
    Duration::from_secs(given.unwrap_or(SECONDS))
}

fn corpus() -> Vec<Vec<u8>> {
    files::bodies().into_iter().map(|it| fs::read(it).unwrap()).collect()
}

/// Changes a text in some places, also by parts of other texts.
fn mutate(text: &mut Vec<u8>, others: &[Vec<u8>], rng: &mut fastrand::Rng) {
    for _ in 0..rng.usize(1..6) {
        let at = rng.usize(0..=text.len());
        let end = (at + rng.usize(0..40)).min(text.len());
        match rng.u8(0..8) {
            0 => drop(text.drain(at..end)),
            1 => _ = text.splice(at..end, PIECES[rng.usize(0..PIECES.len())].iter().copied()),
            2 => _ = text.splice(at..at, PIECES[rng.usize(0..PIECES.len())].iter().copied()),
            3 => text.truncate(at),
            4 => _ = text.splice(at..at, text[at..end].repeat(rng.usize(2..30))),
            5 if at < text.len() => text[at] ^= 1 << rng.u8(0..8),
            6 => {
                let other = &others[rng.usize(0..others.len())];
                let from = rng.usize(0..=other.len());
                let part = other[from..(from + rng.usize(0..400)).min(other.len())].to_vec();
                _ = text.splice(at..end, part);
            }
            _ => {
                let piece = PIECES[rng.usize(0..PIECES.len())];
                _ = text.splice(at..at, piece.repeat(rng.usize(1..2000)));
            }
        }
        text.truncate(LONGEST);
    }
}

/// Tries mutations of some texts until the time is over; a case that panics or
/// takes too long is reported with what reproduces it.
#[expect(clippy::disallowed_methods, reason = "it only bounds the search")]
fn search(texts: &[Vec<u8>], check: impl Fn(&[u8])) {
    let (began, limit) = (Instant::now(), seconds());
    let mut seed = 0;
    while began.elapsed() < limit {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut text = texts[rng.usize(0..texts.len())].clone();
        mutate(&mut text, texts, &mut rng);
        let report = Report(seed, &text);
        let before = processor_time();
        check(&text);
        let took = processor_time().saturating_sub(before);
        assert!(took < SOON, "it took {took:?}");
        std::mem::forget(report);
        seed += 1;
    }
    assert!(seed > 100, "only {seed} cases");
}

/// The processor time of this thread, to which a busy machine does not add; 0 where
/// the system is not Linux.
fn processor_time() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or_default())
}

/// Prints the case when it is dropped by a panic.
struct Report<'a>(u64, &'a [u8]);

impl Drop for Report<'_> {
    #[expect(clippy::print_stderr, reason = "it explains a failed test")]
    fn drop(&mut self) {
        eprintln!("seed {}: {}", self.0, self.1.escape_ascii());
    }
}

fn delivery(body: &[u8]) -> Delivery {
    let target = "/?SdkAppid=1400012345&ClientIP=127.0.0.1&OptPlatform=RESTAPI";
    Delivery {
        method: "POST".into(),
        target: target.into(),
        body: body.into(),
        ..Delivery::default()
    }
}

#[test]
fn any_body_is_decoded_folded_and_searched() {
    let filters =
        ["小 -x", "from:jared | to:bob", "re:/a+b?/", "unread>5 size>2k", "failed late odd"];
    let filters = filters.map(|it| Filter::parse(it).unwrap());
    search(&corpus(), |body| {
        let delivery = delivery(body);
        let callback = decode(&delivery);
        for lang in [Lang::En, Lang::Zh] {
            for oddity in &callback.oddities {
                let _ = oddity.sentence(lang);
            }
            for element in &callback.elements {
                let _ = element.preview(lang);
            }
        }
        let mut history = History::new(HistoryConfig::default());
        history.apply(&delivery);
        history.apply(&delivery);
        for filter in &filters {
            history.set_filter(Some(filter.clone()));
            while history.search(8) {}
        }
        assert_eq!(history.seen(), 2);
    });
}

#[test]
fn any_json_is_a_tree_whose_lines_have_their_pointers() {
    search(&corpus(), |body| {
        let Ok(json) = json::read(body) else { return };
        for open in [false, true] {
            let lines = json_tree::flatten(json, body, &|_| open);
            assert!(lines.len() <= json_tree::LINES);
            let step = lines.len() / 50 + 1;
            for at in (0..lines.len()).step_by(step) {
                assert!(lines[at].value.end <= body.len());
                json_tree::pointer(&lines, at, body).expect("every line has a pointer");
            }
        }
    });
}

#[test]
fn any_text_is_a_filter_or_a_mistake_with_its_place() {
    let seeds = [
        "from:jared to:小明 user:bob app:1400000000 cmd:after type:image",
        "text:\"red packet\" platform:ios ip:127. key:48374_ code:80001 code:20000-20999",
        "failed | (ok -refused) odd duplicate late online unread>5 size>2k lag>3s",
        "re:/pa+ttern/ (a | (b c)) -\"d e\"",
    ];
    let seeds = seeds.map(|it| it.as_bytes().to_vec());
    let subject = delivery(&corpus()[0]);
    search(&seeds, |text| {
        let text = String::from_utf8_lossy(text);
        if let Ok(filter) = Filter::parse(&text) {
            let mut history = History::new(HistoryConfig::default());
            history.set_filter(Some(filter.clone()));
            history.apply(&subject);
            for part in filter.highlights("red packet 小明 <jared>") {
                assert!("red packet 小明 <jared>".get(part).is_some());
            }
        }
    });
}

#[test]
fn any_file_is_read_as_a_recording_to_its_end() {
    let mut recordings = Vec::new();
    for bodies in corpus().chunks(5) {
        let mut text = Vec::new();
        for (body, seq) in bodies.iter().zip(1..) {
            jsonl::encode(&Delivery { seq: Seq(seq), ..delivery(body) }, &mut text);
        }
        recordings.push(text);
    }
    search(&recordings, |text| {
        let mut lines = RecordingReader::new(Cursor::new(text));
        let mut items = 0;
        while lines.read().unwrap().is_some() {
            items += 1;
        }
        assert!(items <= text.split(|it| *it == b'\n').count());
        assert_eq!(lines.bytes(), text.len() as u64);
        for text in text.split(|it| *it == b'\n') {
            fuzz_targets::line(text);
        }
    });
}
