//! The memory limit of the history holds for the anonymous memory of the process.

use std::process;

use imscope::callback::{Answer, Delivery};
use imscope::history::{History, HistoryConfig};
use imscope_test_support::program::child_test;

use crate::load::resident;

/// The limit, in bytes.
const KEEP: usize = 32 << 20;

/// Applies callbacks of these sizes in turn, twice as many bytes as the limit
/// and incompressible.
fn check(sizes: &[usize]) {
    let mut rng = fastrand::Rng::with_seed(7);
    let mut random = |size| {
        let mut bytes = vec![0; size];
        rng.fill(&mut bytes);
        bytes.into()
    };
    let before = resident(process::id());
    let mut history = History::new(HistoryConfig { max_bytes: KEEP, sdk_app_id: None });
    let (mut applied, mut most) = (0, 0);
    for size in sizes.iter().cycle() {
        history.apply(&Delivery {
            method: "POST".into(),
            target: "/".into(),
            body: random(*size),
            answer: Answer::ok(1),
            ..Delivery::default()
        });
        assert!(history.memory_bytes() <= KEEP);
        applied += size;
        if 2 * KEEP < applied {
            break;
        }
        most = most.max(resident(process::id()) - before.min(resident(process::id())));
    }
    assert!(most <= KEEP * 11 / 10, "{sizes:?}: {most} of {KEEP}");
    assert!(KEEP * 8 / 10 <= history.memory_bytes(), "{sizes:?}: {}", history.memory_bytes());
}

/// Names the sizes that the child process applies.
const SIZES: &str = "TEST_SIZES";

#[test]
#[ignore = "child process of the test below"]
fn child() {
    let sizes = std::env::var(SIZES).expect("sizes of bodies");
    let sizes: Vec<_> = sizes.split(' ').map(|it| it.parse().unwrap()).collect();
    check(&sizes);
}

/// Each in a process of its own: other tests allocate as well, and what they
/// free may be used again.
#[test]
fn anonymous_memory_stays_within_the_limit_for_bodies_of_any_size() {
    for sizes in ["500 700 90000 3000 40000", "3000", "1048576"] {
        let output = child_test("memory::child").env(SIZES, sizes).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("test result: ok. 1 passed"), "{output:?}");
    }
}
