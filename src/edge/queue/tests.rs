//! Tests of the queue from the listener to the event loop.

use tokio::time::Instant;

use super::pace::{BUSY_FACTOR, BUSY_THRESHOLD, POLL_INTERVAL};
use super::*;
use crate::callback::{Answer, Headers, Origin, Timestamp, Verdict};

fn delivery(bytes: usize) -> Delivery {
    Delivery {
        seq: Seq(0),
        at: Timestamp(0),
        peer: "127.0.0.1:1".into(),
        method: "POST".into(),
        target: "/".into(),
        headers: Headers::default(),
        body: vec![b' '; bytes].into(),
        omitted_bytes: 0,
        signature: Verdict::Unchecked,
        refusal: None,
        answer: Answer::ok(0),
        origin: Origin::Caller,
    }
}

#[tokio::test]
async fn deliveries_are_numbered_in_the_order_they_are_sent() {
    let (sender, mut deliveries) = queue();
    for seq in 1..=10 {
        assert_eq!(sender.send(delivery(0)).await, Ok(Seq(seq)));
    }
    let mut taken = Vec::new();
    assert_eq!(deliveries.recv_many(&mut taken, 4).await, 4);
    assert_eq!((deliveries.queued(), deliveries.try_recv_many(&mut taken, 100)), (6, 6));
    assert_eq!(deliveries.try_recv_many(&mut taken, 100), 0);
    assert!(taken.iter().map(|it| it.seq.0).eq(1..=10));
    drop(sender);
    assert_eq!(deliveries.recv_many(&mut taken, 100).await, 0, "no more can come");
}

#[tokio::test]
async fn a_receive_returns_a_bounded_number_of_bytes() {
    let (sender, mut deliveries) = queue();
    for _ in 0..8 {
        sender.send(delivery(1 << 20)).await.unwrap();
    }
    let mut taken = Vec::new();
    assert_eq!(deliveries.recv_many(&mut taken, 100).await, 3);
    assert_eq!(deliveries.queued(), 5);
    assert_eq!(deliveries.try_recv_many(&mut taken, 100), 3);
    sender.send(delivery(16 << 20)).await.unwrap();
    drop(sender);
    for count in [2, 1, 0] {
        assert_eq!(deliveries.recv_many(&mut taken, 100).await, count);
    }
    assert!(taken.iter().map(|it| it.seq.0).eq(1..=9), "in their order");
}

#[tokio::test(start_paused = true)]
async fn the_first_is_received_at_once_and_later_ones_at_intervals() {
    let (sender, mut deliveries) = queue();
    let start = Instant::now();
    let mut taken = Vec::new();
    for seq in 1..=3 {
        sender.send(delivery(0)).await.unwrap();
        assert_eq!(deliveries.recv_many(&mut taken, 2).await, 1);
        assert!(
            start.elapsed() >= POLL_INTERVAL * (seq - 1) && start.elapsed() < POLL_INTERVAL * seq
        );
    }
    // A receive up to the limit means that there may be more.
    for _ in 0..4 {
        sender.send(delivery(0)).await.unwrap();
    }
    for seq in [4, 4] {
        assert_eq!(deliveries.recv_many(&mut taken, 2).await, 2);
        assert!(start.elapsed() < POLL_INTERVAL * seq);
    }
}

/// Sends batches of these sizes one after another and returns after how many
/// intervals each was received, with at most `limit` a receive.
async fn intervals(batches: &[usize], limit: usize) -> Vec<f32> {
    let (sender, mut deliveries) = queue();
    let start = Instant::now();
    let mut intervals = Vec::new();
    for size in batches {
        for _ in 0..*size {
            sender.send(delivery(0)).await.unwrap();
        }
        while deliveries.recv_many(&mut Vec::new(), limit).await == limit {}
        intervals.push(start.elapsed().div_duration_f32(POLL_INTERVAL));
    }
    intervals
}

#[tokio::test(start_paused = true)]
async fn many_deliveries_are_received_less_often() {
    let few_after_many =
        [BUSY_THRESHOLD - 1, BUSY_THRESHOLD, 4 * BUSY_THRESHOLD, 4 * BUSY_THRESHOLD - 1, 1];
    assert_eq!(intervals(&few_after_many, 1000).await, [0.0, 1.0, 5.0, 9.0, 10.0]);
    assert_eq!(
        intervals(&[BUSY_THRESHOLD, 1], BUSY_THRESHOLD - 1).await,
        [0.0, 4.0],
        "receives add up"
    );
}

#[tokio::test(start_paused = true)]
async fn deliveries_received_during_a_pause_count_as_well() {
    let (sender, mut deliveries) = queue();
    let (start, mut taken) = (Instant::now(), Vec::new());
    for many in [1, BUSY_THRESHOLD] {
        for _ in 0..many {
            sender.send(delivery(0)).await.unwrap();
        }
        deliveries.try_recv_many(&mut taken, BUSY_THRESHOLD - 1);
        sender.send(delivery(0)).await.unwrap();
        deliveries.recv_many(&mut taken, 1000).await;
    }
    sender.send(delivery(0)).await.unwrap();
    deliveries.recv_many(&mut taken, 1000).await;
    assert_eq!(start.elapsed(), POLL_INTERVAL * (1 + BUSY_FACTOR));
}

#[tokio::test]
async fn a_full_queue_makes_senders_wait_and_loses_nothing() {
    let (sender, mut deliveries) = queue();
    let all = CAPACITY as u64 + 10;
    let sending = async {
        for _ in 0..all {
            sender.send(delivery(0)).await.unwrap();
        }
    };
    let mut taken = Vec::new();
    let receiving = async {
        while (taken.len() as u64) < all {
            assert!(deliveries.recv_many(&mut taken, 1000).await > 0);
        }
    };
    tokio::join!(sending, receiving);
    assert!(taken.iter().map(|it| it.seq.0).eq(1..=all));
}

#[tokio::test]
async fn bytes_are_limited_and_a_delivery_over_the_limit_passes() {
    let (sender, mut deliveries) = queue();
    sender.send(delivery(CAPACITY_KIB * 1024 + 1)).await.unwrap();
    let waiting = tokio::spawn(async move { sender.send(delivery(0)).await });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished(), "the large one takes the capacity of the queue");
    let mut taken = Vec::new();
    assert_eq!(deliveries.recv_many(&mut taken, 10).await, 1);
    assert_eq!(waiting.await.unwrap(), Ok(Seq(2)));
    assert_eq!(deliveries.recv_many(&mut taken, 10).await, 1);
}

#[tokio::test]
async fn the_reserved_capacity_is_released_even_if_the_size_has_changed() {
    let (sender, mut deliveries) = queue();
    for (before, after) in [(9000, 10), (10, 9000)] {
        let permit = sender.reserve(&delivery(before)).await.unwrap();
        permit.send(delivery(after));
        deliveries.try_recv_many(&mut Vec::new(), 10);
        assert_eq!(sender.shared.free_kib.available_permits(), CAPACITY_KIB);
    }
}

#[tokio::test]
async fn a_send_that_is_canceled_while_it_waits_is_counted() {
    let (sender, mut deliveries) = queue();
    sender.send(delivery(CAPACITY_KIB * 1024)).await.unwrap();
    let waiting = tokio::spawn(async move { sender.send(delivery(0)).await });
    tokio::task::yield_now().await;
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    assert_eq!(deliveries.canceled(), 1);
    assert_eq!(deliveries.try_recv_many(&mut Vec::new(), 10), 1);
}

#[tokio::test(start_paused = true)]
async fn a_reservation_that_times_out_is_counted_as_expired() {
    let (sender, mut deliveries) = queue();
    sender.send(delivery(CAPACITY_KIB * 1024)).await.unwrap();
    let deadline = Instant::now() + POLL_INTERVAL;
    let reserved = sender.reserve_until(deadline, &delivery(0)).await;
    assert!(matches!(reserved, Ok(None)), "the queue is full");
    assert_eq!((deliveries.canceled(), deliveries.expired()), (0, 1), "it is answered 503");
    assert_eq!(deliveries.try_recv_many(&mut Vec::new(), 10), 1);
}

#[tokio::test]
async fn a_dropped_receiver_is_an_error_also_for_waiting_senders() {
    let (sender, deliveries) = queue();
    sender.send(delivery(CAPACITY_KIB * 1024)).await.unwrap();
    let waiting = tokio::spawn(async move {
        assert_eq!(sender.send(delivery(0)).await, Err(Closed));
        sender.send(delivery(0)).await
    });
    tokio::task::yield_now().await;
    drop(deliveries);
    assert_eq!(waiting.await.unwrap(), Err(Closed));
}
