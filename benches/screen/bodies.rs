//! Keys on a screen full of large bodies, each of a shape that is costly to show.

use std::fs;
use std::time::Duration;

use imscope_test_support::bench::http::post;
use imscope_test_support::bench::report::{median, report};
use imscope_test_support::bench::system::field;

use crate::driver::Driver;

/// The default limit of the listener.
const BODY_BYTES: usize = 1 << 20;
/// Callbacks of each shape: more than the screen has rows.
const CALLBACKS: usize = 60;
/// Bytes of the longest line that `open` reads as a body.
const LINE_BYTES: usize = 16 << 20;
/// The greatest latency of a key, in milliseconds.
const GOAL_MS: f64 = 50.0;
/// Bytes of memory for each byte of a line of empty elements.
const GOAL_BYTES: f64 = 8.0;

/// Keys among many rows, in an order that leads back to where it began.
const ROW_KEYS: [(&str, &str); 12] = [
    ("a row up", "k"),
    ("the first row", "g"),
    ("a row down", "j"),
    ("a screen down", "\x1b[6~"),
    ("half a screen up", "\x15"),
    ("mark", "m"),
    ("another row", "k"),
    ("compare", "D"),
    ("compare back", "\x1b"),
    ("zoom", "z"),
    ("zoom back", "\x1b"),
    ("the last row", "G"),
];
/// Keys of the detail, in such an order too.
const DETAIL_KEYS: [(&str, &str); 26] = [
    ("focus detail", "4"),
    ("message, a line down", "j"),
    ("message, the last line", "G"),
    ("message, wrap", "w"),
    ("message, no wrap", "w"),
    ("payload", "l"),
    ("payload, a line down", "j"),
    ("payload, the last line", "G"),
    ("payload, a line up", "k"),
    ("payload, the first line", "g"),
    ("payload, fold", "\r"),
    ("payload, unfold", "\r"),
    ("payload, wrap", "w"),
    ("text", "x"),
    ("text, the last line", "G"),
    ("text, no wrap", "w"),
    ("bytes", "x"),
    ("tree", "x"),
    ("request", "l"),
    ("answer", "l"),
    ("life line", "l"),
    ("message", "l"),
    ("zoom detail", "z"),
    ("zoom detail back", "\x1b"),
    ("privacy", "p"),
    ("privacy back", "p"),
];

/// A body of `unit`, repeated to a length.
fn filled(before: &str, unit: &str, after: &str, bytes: usize) -> String {
    let units = bytes.saturating_sub(before.len() + after.len()) / unit.len();
    [before, &unit.repeat(units), after].concat()
}

/// Bodies of a MiB by the name of their shape.
fn shapes() -> [(&'static str, String); 5] {
    const HEAD: &str =
        r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"a","To_Account":"b","#;
    let within = |before: &str, unit: &str, after: &str| {
        filled(&[HEAD, before].concat(), unit, after, BODY_BYTES)
    };
    let deep = BODY_BYTES / 2 - HEAD.len();
    let deep = [HEAD, r#""X":"#, &"[".repeat(deep), &"]".repeat(deep), "}"].concat();
    [
        ("500k numbers", within(r#""MsgBody":["#, "1,", "1]}")),
        ("170k fields", within("", r#""a":1,"#, r#""b":1}"#)),
        ("170k strings", within(r#""X":["#, r#""abc","#, r#"""]}"#)),
        (
            "escapes",
            within(
                r#""MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":""#,
                "\\u4e2d",
                r#""}}]}"#,
            ),
        ),
        ("deep nesting", deep),
    ]
}

/// Keys with each shape of body, and with a long line of empty elements, as received
/// and in private mode.
pub(crate) fn run(rounds: usize) {
    println!("\nslowest key, 1 MiB bodies, {CALLBACKS} of each shape");
    for (name, body) in shapes() {
        let mut driver = Driver::open();
        for _ in 0..CALLBACKS {
            post(driver.program.port, &body).unwrap();
        }
        driver.bytes_in(Duration::from_secs(1));
        both_modes(&mut driver, name, &[&ROW_KEYS[..], &DETAIL_KEYS].concat(), rounds);
    }
    line_of_elements(rounds);
}

/// Presses the keys as received, then in private mode.
fn both_modes(driver: &mut Driver, name: &str, keys: &[(&str, &str)], rounds: usize) {
    slowest(driver, name, keys, rounds);
    driver.key("p");
    slowest(driver, &format!("{name}, private"), keys, rounds);
}

/// Presses keys and prints the slowest of their medians.
fn slowest(driver: &mut Driver, name: &str, keys: &[(&str, &str)], rounds: usize) {
    let mut times = vec![Vec::new(); keys.len()];
    for _ in 0..rounds {
        // Only then a row is selected, and the flow has the focus.
        driver.key("1");
        driver.key("G");
        for ((_, key), times) in keys.iter().zip(&mut times) {
            let before = processor_ms(driver.program.pid);
            let frame = driver.key(key);
            times.push((frame, processor_ms(driver.program.pid) - before));
        }
    }
    let of = |of: fn(&(f64, f64)) -> f64, times: &[(f64, f64)]| median(times.iter().map(of));
    let medians =
        keys.iter().zip(&times).map(|((key, _), it)| (of(|it| it.0, it), of(|it| it.1, it), key));
    let (frame, processor, key) = medians.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    report(&format!("  {name}, ms"), frame, 1.0, GOAL_MS);
    println!("      at “{key}”, of which processor time {processor:.0} ms");
}

/// Processor time of all threads.
fn processor_ms(pid: u32) -> f64 {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let of = |task: &std::path::Path| {
        let text = fs::read_to_string(task.join("schedstat")).unwrap_or_default();
        text.split_whitespace().next().map_or(0.0, |it| it.parse().unwrap())
    };
    tasks.map(|it| of(&it.unwrap().path())).sum::<f64>() / 1e6
}

/// The peak memory of `open` at a line of empty elements, and keys on its body.
fn line_of_elements(rounds: usize) {
    let before = r#"{"CallbackCommand":"C2C.CallbackAfterSendMsg","MsgBody":["#;
    let line = filled(before, "{},", "{}]}", LINE_BYTES - 1) + "\n";
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, &line).unwrap();
    let mut driver = Driver::replay(file.path());
    driver.bytes_in(Duration::from_secs(2));
    let pid = driver.program.pid;
    let peak = field(&format!("/proc/{pid}/status"), "VmHWM") * 1024.0;
    println!();
    report("16 MiB line, peak bytes / its bytes", peak, line.len() as f64, GOAL_BYTES);
    both_modes(&mut driver, "16 MiB line", &DETAIL_KEYS, rounds);
}
