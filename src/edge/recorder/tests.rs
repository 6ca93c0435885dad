//! Tests of the recorder on a storage with scripted failures.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};

use super::file::{Burst, FileState, Tail};
use super::*;
use crate::callback::command::When;
use crate::callback::jsonl;
use crate::callback::{AnsweredBy, Timestamp, Verdict};
use crate::edge::queue::{Receiver, Sender, queue};

/// What the next writes and syncs do; without an entry they succeed.
#[derive(Debug, Default)]
struct Script {
    bytes: Vec<u8>,
    writes: usize,
    /// How many bytes the next writes accept; after a partial one the disk is full.
    limits: VecDeque<usize>,
    syncs: VecDeque<bool>,
    can_truncate: bool,
}

#[derive(Debug, Clone, Default)]
struct FakeDisk(Arc<Mutex<Script>>);

impl Storage for FakeDisk {
    fn refresh(&mut self, _: u64) -> io::Result<FileState> {
        Ok(FileState::Unchanged)
    }

    fn holds(&mut self, _: &Burst<'_>) -> io::Result<bool> {
        Ok(true)
    }

    fn is_open_to_others(&self) -> bool {
        false
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut script = self.0.lock().unwrap();
        script.writes += 1;
        match script.limits.pop_front() {
            Some(0) => Err(io::ErrorKind::StorageFull.into()),
            Some(limit) if limit < bytes.len() => {
                script.bytes.extend_from_slice(&bytes[..limit]);
                script.limits.push_front(0);
                Ok(limit)
            }
            _ => {
                script.bytes.extend_from_slice(bytes);
                Ok(bytes.len())
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        match self.0.lock().unwrap().syncs.pop_front() {
            Some(false) => Err(io::Error::other("input/output error")),
            _ => Ok(()),
        }
    }

    fn remove(&mut self, last: &[u8]) -> io::Result<()> {
        let mut script = self.0.lock().unwrap();
        if !script.can_truncate {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let length = script.bytes.len() - last.len();
        assert_eq!(script.bytes.split_off(length), last);
        Ok(())
    }
}

fn delivery(body: &str) -> Delivery {
    Delivery {
        at: Timestamp(0),
        method: "POST".into(),
        target: "/".into(),
        body: body.as_bytes().into(),
        signature: Verdict::Unchecked,
        answer: Answer::ok(0),
        ..Delivery::default()
    }
}

struct Scene {
    disk: FakeDisk,
    recorder: Recorder,
    sender: Sender,
    deliveries: Receiver,
}

impl Scene {
    fn new(script: Script, fsync: bool) -> Self {
        let disk = FakeDisk(Arc::new(Mutex::new(script)));
        let journal = Journal::new(disk.clone(), Tail::default(), fsync);
        let recorder = start(journal, "chat.jsonl".to_owned()).unwrap();
        let (sender, deliveries) = queue();
        Self { disk, recorder, sender, deliveries }
    }

    /// Records a request; returns its answer and the delivery received.
    async fn record(&mut self, body: &str) -> (Answer, Delivery) {
        let delivery = delivery(body);
        let permit = self.sender.reserve(&delivery).await.unwrap();
        let answer = self.recorder.record(delivery, permit, Instant::now(), When::After).await;
        let mut received = Vec::new();
        self.deliveries.recv_many(&mut received, 1).await;
        (answer, received.pop().unwrap())
    }

    fn text(&self) -> String {
        String::from_utf8(self.disk.0.lock().unwrap().bytes.clone()).unwrap()
    }

    fn bodies(&self) -> Vec<String> {
        let read = |it: &str| jsonl::decode(it.as_bytes()).map_err(|it| it.to_string());
        let text = self.text();
        let body =
            |it| read(it).map_or_else(|it| it, |it| String::from_utf8(it.body.into()).unwrap());
        text.lines().map(body).collect()
    }
}

fn full(limits: impl Into<VecDeque<usize>>, can_truncate: bool) -> Script {
    Script { limits: limits.into(), can_truncate, ..Script::default() }
}

#[tokio::test]
async fn a_request_answered_ok_is_in_the_file_under_its_number() {
    let mut scene = Scene::new(Script::default(), false);
    for seq in 1..=3 {
        let (answer, delivery) = scene.record("{}").await;
        assert_eq!((answer, delivery.seq.0), (Answer::ok(0), seq));
        let last = scene.text().lines().last().unwrap().to_owned();
        assert_eq!(jsonl::decode(last.as_bytes()).unwrap(), delivery);
    }
    assert_eq!(scene.recorder.status().file_size(), scene.text().len() as u64);
}

#[tokio::test]
async fn all_waiting_requests_share_one_write() {
    let mut scene = Scene::new(Script::default(), true);
    let mut requests = Vec::new();
    // While the sequence is locked here, the writing thread waits with its first job.
    let sequence = scene.sender.reserve(&delivery("")).await.unwrap().sequence();
    {
        let _sequencer = sequence.lock();
        for nth in 0..500 {
            let (recorder, delivery) = (&scene.recorder, delivery(&nth.to_string()));
            let permit = scene.sender.reserve(&delivery).await.unwrap();
            let mut request =
                Box::pin(recorder.record(delivery, permit, Instant::now(), When::After));
            let poll = request.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(poll.is_pending());
            requests.push(request);
        }
    }
    for request in requests {
        assert_eq!(request.await, Answer::ok(0));
    }
    let writes = scene.disk.0.lock().unwrap().writes;
    assert!(writes <= 2, "{writes} writes");
    let mut received = Vec::new();
    while received.len() < 500 {
        scene.deliveries.recv_many(&mut received, 500).await;
    }
    let bodies: Vec<_> =
        received.iter().map(|it| String::from_utf8_lossy(&it.body).into_owned()).collect();
    assert_eq!(bodies, scene.bodies(), "lines and deliveries have the same order");
    assert!(received.iter().map(|it| it.seq.0).eq(1..=500));
}

#[tokio::test]
async fn a_dropped_waiter_does_not_keep_others_from_their_answer() {
    let scene = Scene::new(Script::default(), false);
    let mut requests = Vec::new();
    {
        let permit = scene.sender.reserve(&delivery("")).await.unwrap();
        let sequence = permit.sequence();
        let _sequencer = sequence.lock();
        for nth in 0..50 {
            let delivery = delivery(&nth.to_string());
            let permit = scene.sender.reserve(&delivery).await.unwrap();
            let mut request =
                Box::pin(scene.recorder.record(delivery, permit, Instant::now(), When::After));
            assert!(request.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            requests.push(request);
        }
    }
    // Some are dropped before they are woken, and some perhaps after.
    requests.drain(..20).for_each(drop);
    for request in requests {
        assert_eq!(request.await, Answer::ok(0));
    }
}

#[tokio::test]
async fn the_answer_is_fail_while_the_disk_is_full() {
    let mut scene = Scene::new(full([1000, 40, 0], true), false);
    assert_eq!(scene.record("1").await.0, Answer::ok(0));
    for body in ["2", "3"] {
        let (answer, delivery) = scene.record(body).await;
        assert_eq!(answer, delivery.answer);
        assert_eq!(
            (answer.status, answer.trouble.as_slice()),
            (200, &[trouble::not_recorded("no storage space")][..])
        );
        let expected =
            r#"{"ActionStatus":"FAIL","ErrorInfo":"not recorded: no storage space","ErrorCode":1}"#;
        assert_eq!(*answer.body, *expected.as_bytes());
        assert!(scene.recorder.status().is_failing());
        assert_eq!(scene.bodies(), ["1"], "the partial line is truncated");
    }
    assert_eq!(scene.record("4").await.0, Answer::ok(0));
    assert_eq!(scene.bodies(), ["1", "4"]);
    assert!(!scene.recorder.status().is_failing());
}

#[tokio::test]
async fn where_nothing_can_be_truncated_only_the_partial_line_is_lost() {
    let mut scene = Scene::new(full([40], false), false);
    assert_ne!(scene.record("1").await.0, Answer::ok(0));
    assert_eq!(scene.record("2").await.0, Answer::ok(0));
    assert_eq!(scene.bodies(), ["the line is incomplete", "2"]);
}

#[tokio::test]
async fn a_request_that_is_not_synced_is_not_answered_ok() {
    let script = Script { syncs: [true, false].into(), can_truncate: true, ..Script::default() };
    let mut scene = Scene::new(script, true);
    assert_eq!(scene.record("1").await.0, Answer::ok(0));
    let (answer, _) = scene.record("2").await;
    assert_eq!(answer.trouble, ["not recorded: input/output error"]);
    assert_eq!(scene.bodies(), ["1"]);
}

#[tokio::test]
async fn refusals_and_probes_keep_their_answers_on_a_full_disk() {
    let scene = Scene::new(full([0, 0], true), false);
    for (method, status) in [("POST", 403), ("GET", 200)] {
        let before = Answer { status, body: (&b"as it was"[..]).into(), ..Answer::ok(7) };
        let request = Delivery { method: method.into(), answer: before.clone(), ..delivery("") };
        let permit = scene.sender.reserve(&request).await.unwrap();
        let answer = scene.recorder.record(request, permit, Instant::now(), When::After).await;
        let trouble = vec![trouble::not_recorded("no storage space")];
        assert_eq!(answer, Answer { trouble, ..before });
    }
}

#[tokio::test]
async fn a_full_disk_neither_denies_nor_allows_what_has_not_happened_yet() {
    let denied = br#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":1}"#.as_slice();
    let denied = Answer { by: AnsweredBy::App, body: denied.into(), ..Answer::ok(0) };
    for before in [Answer::ok(0), denied] {
        let scene = Scene::new(full([0], true), false);
        let request = Delivery { answer: before.clone(), ..delivery("1") };
        let permit = scene.sender.reserve(&request).await.unwrap();
        let answer = scene.recorder.record(request, permit, Instant::now(), When::Before).await;
        let trouble = vec![trouble::not_recorded("no storage space")];
        assert_eq!(answer, Answer { trouble, ..before });
    }
}

#[tokio::test(start_paused = true)]
#[expect(clippy::await_holding_lock, reason = "the lock makes the disk hang")]
async fn a_disk_that_hangs_does_not_block_the_answer() {
    let mut scene = Scene::new(Script::default(), false);
    let request = delivery("1");
    let permit = scene.sender.reserve(&request).await.unwrap();
    let hung = scene.disk.clone();
    let script = hung.0.lock().unwrap();
    let answer = scene.recorder.record(request, permit, Instant::now(), When::After).await;
    assert_eq!(answer.trouble, ["not recorded: the recording's disk is too slow"]);
    assert!(answer.body.starts_with(br#"{"ActionStatus":"FAIL""#));
    drop(script);
    let mut received = Vec::new();
    scene.deliveries.recv_many(&mut received, 1).await;
    assert_eq!(&*received[0].body, b"1", "it is shown nevertheless");
}

#[tokio::test(start_paused = true)]
#[expect(clippy::await_holding_lock, reason = "the lock makes the disk hang")]
async fn the_time_limit_of_a_write_does_not_count_a_delay_that_is_still_to_come() {
    let scene = Scene::new(Script::default(), false);
    let request = Delivery { answer: Answer::ok(2_000_000), ..delivery("1") };
    let permit = scene.sender.reserve(&request).await.unwrap();
    let disk = scene.disk.clone();
    let hung = disk.0.lock().unwrap();
    let start = Instant::now();
    scene.recorder.record(request, permit, Instant::now(), When::After).await;
    let limit = ANSWER_BUDGET + HANDOVER_TIMEOUT;
    let elapsed = start.elapsed();
    drop(hung);
    assert!(limit <= elapsed, "{elapsed:?} of {limit:?}");
}
