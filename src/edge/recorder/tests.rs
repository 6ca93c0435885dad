//! Tests of the recorder on a medium that fails as it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};

use super::journal::Tail;
use super::*;
use crate::callback::{Timestamp, Verdict};
use crate::edge::queue::{Receiver, Sender, queue};

/// What the next writes do; when there is nothing left, they write everything.
#[derive(Debug, Default)]
struct Tape {
    bytes: Vec<u8>,
    writes: usize,
    /// How many bytes the next writes take before the disk is full.
    limits: VecDeque<usize>,
    syncs: VecDeque<bool>,
    cuttable: bool,
}

#[derive(Debug, Clone, Default)]
struct Reel(Arc<Mutex<Tape>>);

impl Storage for Reel {
    fn reopen_if_removed(&mut self) -> io::Result<Option<Tail>> {
        Ok(None)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut tape = self.0.lock().unwrap();
        tape.writes += 1;
        match tape.limits.pop_front() {
            Some(0) => Err(io::ErrorKind::StorageFull.into()),
            Some(limit) if limit < bytes.len() => {
                tape.bytes.extend_from_slice(&bytes[..limit]);
                tape.limits.push_front(0);
                Ok(limit)
            }
            _ => {
                tape.bytes.extend_from_slice(bytes);
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

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        let mut tape = self.0.lock().unwrap();
        if !tape.cuttable {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        tape.bytes.truncate(usize::try_from(length).unwrap());
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
    reel: Reel,
    recorder: Recorder,
    sender: Sender,
    deliveries: Receiver,
}

impl Scene {
    fn new(tape: Tape, fsync: bool) -> Self {
        let reel = Reel(Arc::new(Mutex::new(tape)));
        let journal = Journal::new(reel.clone(), Tail::default(), fsync);
        let recorder = start(journal, "chat.jsonl".to_owned()).unwrap();
        let (sender, deliveries) = queue();
        Self { reel, recorder, sender, deliveries }
    }

    /// Settles a call; returns its answer and the delivery handed over.
    async fn record(&mut self, body: &str) -> (Answer, Delivery) {
        let delivery = delivery(body);
        let permit = self.sender.reserve(&delivery).await.unwrap();
        let answer = self.recorder.record(delivery, permit).await;
        let mut taken = Vec::new();
        self.deliveries.recv_many(&mut taken, 1).await;
        (answer, taken.pop().unwrap())
    }

    fn text(&self) -> String {
        String::from_utf8(self.reel.0.lock().unwrap().bytes.clone()).unwrap()
    }

    fn bodies(&self) -> Vec<String> {
        let read = |it: &str| jsonl::decode(it.as_bytes()).map_err(|it| it.to_string());
        let text = self.text();
        let body =
            |it| read(it).map_or_else(|it| it, |it| String::from_utf8(it.body.into()).unwrap());
        text.lines().map(body).collect()
    }
}

fn full(limits: impl Into<VecDeque<usize>>, cuttable: bool) -> Tape {
    Tape { limits: limits.into(), cuttable, ..Tape::default() }
}

#[tokio::test]
async fn what_is_answered_ok_is_in_the_file_under_its_number() {
    let mut scene = Scene::new(Tape::default(), false);
    for seq in 1..=3 {
        let (answer, delivery) = scene.record("{}").await;
        assert_eq!((answer, delivery.seq.0), (Answer::ok(0), seq));
        let last = scene.text().lines().last().unwrap().to_owned();
        assert_eq!(jsonl::decode(last.as_bytes()).unwrap(), delivery);
    }
    assert_eq!(scene.recorder.status().bytes(), scene.text().len() as u64);
}

#[tokio::test]
async fn one_write_is_for_all_that_wait() {
    let mut scene = Scene::new(Tape::default(), true);
    let mut calls = Vec::new();
    // While somebody else has the turn, the thread waits with what it has.
    let sequence = scene.sender.reserve(&delivery("")).await.unwrap().sequence();
    {
        let _turn = sequence.lock();
        for nth in 0..500 {
            let (recorder, delivery) = (&scene.recorder, delivery(&nth.to_string()));
            let permit = scene.sender.reserve(&delivery).await.unwrap();
            let mut call = Box::pin(recorder.record(delivery, permit));
            let waits = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(waits.is_pending());
            calls.push(call);
        }
    }
    for call in calls {
        assert_eq!(call.await, Answer::ok(0));
    }
    let writes = scene.reel.0.lock().unwrap().writes;
    assert!(writes <= 2, "{writes} writes");
    let mut taken = Vec::new();
    while taken.len() < 500 {
        scene.deliveries.recv_many(&mut taken, 500).await;
    }
    let shown: Vec<_> =
        taken.iter().map(|it| String::from_utf8_lossy(&it.body).into_owned()).collect();
    assert_eq!(shown, scene.bodies(), "the order of lines is the order of what is shown");
    assert!(taken.iter().map(|it| it.seq.0).eq(1..=500));
}

#[tokio::test]
async fn who_leaves_keeps_no_answer_from_the_others() {
    let scene = Scene::new(Tape::default(), false);
    let mut calls = Vec::new();
    {
        let permit = scene.sender.reserve(&delivery("")).await.unwrap();
        let sequence = permit.sequence();
        let _turn = sequence.lock();
        for nth in 0..50 {
            let delivery = delivery(&nth.to_string());
            let permit = scene.sender.reserve(&delivery).await.unwrap();
            let mut call = Box::pin(scene.recorder.record(delivery, permit));
            assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            calls.push(call);
        }
    }
    // Some leave before they are told, and some perhaps after.
    calls.drain(..20).for_each(drop);
    for call in calls {
        assert_eq!(call.await, Answer::ok(0));
    }
}

#[tokio::test]
async fn on_a_full_disk_the_answer_is_fail_until_there_is_room() {
    let mut scene = Scene::new(full([1000, 40, 0], true), false);
    assert_eq!(scene.record("1").await.0, Answer::ok(0));
    for body in ["2", "3"] {
        let (answer, delivery) = scene.record(body).await;
        assert_eq!(answer, delivery.answer);
        assert_eq!(
            (answer.status, answer.trouble.as_slice()),
            (200, &["not recorded: no storage space".to_owned()][..])
        );
        let said =
            r#"{"ActionStatus":"FAIL","ErrorInfo":"not recorded: no storage space","ErrorCode":1}"#;
        assert_eq!(*answer.body, *said.as_bytes());
        assert!(scene.recorder.status().is_failing());
        assert_eq!(scene.bodies(), ["1"], "the partial_line line is cut off");
    }
    assert_eq!(scene.record("4").await.0, Answer::ok(0));
    assert_eq!(scene.bodies(), ["1", "4"]);
    assert!(!scene.recorder.status().is_failing());
}

#[tokio::test]
async fn where_nothing_can_be_cut_only_the_torn_line_is_lost() {
    let mut scene = Scene::new(full([40], false), false);
    assert_ne!(scene.record("1").await.0, Answer::ok(0));
    assert_eq!(scene.record("2").await.0, Answer::ok(0));
    assert_eq!(scene.bodies(), ["it ends too early", "2"]);
}

#[tokio::test]
async fn what_is_not_synced_is_not_answered_ok() {
    let tape = Tape { syncs: [true, false].into(), cuttable: true, ..Tape::default() };
    let mut scene = Scene::new(tape, true);
    assert_eq!(scene.record("1").await.0, Answer::ok(0));
    let (answer, _) = scene.record("2").await;
    assert_eq!(answer.trouble, ["not recorded: input/output error"]);
    assert_eq!(scene.bodies(), ["1"]);
}

#[tokio::test]
async fn a_refusal_stays_one_and_a_look_is_let_in_on_a_full_disk() {
    let scene = Scene::new(full([0, 0], true), false);
    for (method, status) in [("POST", 403), ("GET", 200)] {
        let before = Answer { status, body: (&b"as it was"[..]).into(), ..Answer::ok(7) };
        let call = Delivery { method: method.into(), answer: before.clone(), ..delivery("") };
        let permit = scene.sender.reserve(&call).await.unwrap();
        let answer = scene.recorder.record(call, permit).await;
        let trouble = vec!["not recorded: no storage space".to_owned()];
        assert_eq!(answer, Answer { trouble, ..before });
    }
}

#[tokio::test(start_paused = true)]
#[expect(clippy::await_holding_lock, reason = "the lock is the disk that hangs")]
async fn a_disk_that_hangs_holds_no_answer_back() {
    let mut scene = Scene::new(Tape::default(), false);
    let call = delivery("1");
    let permit = scene.sender.reserve(&call).await.unwrap();
    let hung = scene.reel.clone();
    let tape = hung.0.lock().unwrap();
    let answer = scene.recorder.record(call, permit).await;
    assert_eq!(answer.trouble, ["not recorded: the recording's disk is too slow"]);
    assert!(answer.body.starts_with(br#"{"ActionStatus":"FAIL""#));
    drop(tape);
    let mut taken = Vec::new();
    scene.deliveries.recv_many(&mut taken, 1).await;
    assert_eq!(&*taken[0].body, b"1", "it is shown all the same");
}
