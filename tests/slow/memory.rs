//! The bound on memory holds for the process, whatever comes; as Linux tells it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may")]

use imscope::callback::{Answer, Delivery};
use imscope::history::{History, HistoryConfig};

const KEEP: usize = 32 << 20;

/// Bytes of memory that the process has.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<usize>().unwrap() * 1024
}

/// Callbacks of these sizes in turn, twice as much as is kept, of bytes
/// that nothing makes smaller.
fn check(sizes: &[usize]) {
    let mut noise = fastrand::Rng::with_seed(7);
    let before = resident();
    let mut history = History::new(HistoryConfig { max_bytes: KEEP, app: None });
    let (mut came, mut most) = (0, 0);
    for size in sizes.iter().cycle() {
        history.apply(&Delivery {
            method: "POST".into(),
            target: "/".into(),
            body: std::iter::repeat_with(|| noise.u8(..)).take(*size).collect(),
            answer: Answer::ok(1),
            ..Delivery::default()
        });
        assert!(history.bytes() <= KEEP);
        came += size;
        if 2 * KEEP < came {
            break;
        }
        most = most.max(resident() - before.min(resident()));
    }
    assert!(most <= KEEP * 11 / 10, "{sizes:?}: {most} of {KEEP}");
    assert!(KEEP * 8 / 10 <= history.bytes(), "{sizes:?}: {}", history.bytes());
}

#[test]
fn what_is_kept_stays_within_the_bound_whatever_comes() {
    check(&[500, 700, 90_000, 3_000, 40_000]);
    check(&[3_000]);
    check(&[1 << 20]);
}
