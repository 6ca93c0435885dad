//! Tests of the way from the listener to the loop.

use super::*;
use crate::callback::{Answer, Headers, Origin, Timestamp, Verdict};

fn delivery(bytes: usize) -> Delivery {
    Delivery {
        seq: 0,
        at: Timestamp(0),
        peer: "127.0.0.1:1".into(),
        method: "POST".into(),
        target: "/".into(),
        headers: Headers::default(),
        body: vec![b' '; bytes].into(),
        signature: Verdict::Unchecked,
        answer: Answer::ok(0),
        origin: Origin::Caller,
    }
}

#[tokio::test]
async fn numbers_are_the_order_of_handing_over() {
    let (intake, mut deliveries) = intake();
    for seq in 1..=10 {
        assert_eq!(intake.hand_over(delivery(0)).await, Ok(seq));
    }
    let mut taken = Vec::new();
    assert_eq!(deliveries.take(&mut taken, 4).await, 4);
    assert_eq!((deliveries.waiting(), deliveries.try_take(&mut taken, 100)), (6, 6));
    assert_eq!(deliveries.try_take(&mut taken, 100), 0);
    assert!(taken.iter().map(|it| it.seq).eq(1..=10));
    drop(intake);
    assert_eq!(deliveries.take(&mut taken, 100).await, 0, "no more can come");
}

#[tokio::test(start_paused = true)]
async fn the_first_is_taken_at_once_and_the_next_ones_at_a_pace() {
    let (intake, mut deliveries) = intake();
    let start = Instant::now();
    let mut taken = Vec::new();
    for seq in 1..=3 {
        intake.hand_over(delivery(0)).await.unwrap();
        assert_eq!(deliveries.take(&mut taken, 2).await, 1);
        assert!(start.elapsed() >= PACE * (seq - 1) && start.elapsed() < PACE * seq);
    }
    // A full taking says that there may be more.
    for _ in 0..4 {
        intake.hand_over(delivery(0)).await.unwrap();
    }
    for seq in [4, 4] {
        assert_eq!(deliveries.take(&mut taken, 2).await, 2);
        assert!(start.elapsed() < PACE * seq);
    }
}

/// After how many paces each of these many, handed over one after another,
/// is taken in takings of at most so many.
async fn paces(many: &[usize], at_most: usize) -> Vec<f32> {
    let (intake, mut deliveries) = intake();
    let start = Instant::now();
    let mut paces = Vec::new();
    for many in many {
        for _ in 0..*many {
            intake.hand_over(delivery(0)).await.unwrap();
        }
        while deliveries.take(&mut Vec::new(), at_most).await == at_most {}
        paces.push(start.elapsed().div_duration_f32(PACE));
    }
    paces
}

#[tokio::test(start_paused = true)]
async fn when_many_come_they_are_taken_less_often() {
    let few_after_many = [MANY - 1, MANY, 4 * MANY, 4 * MANY - 1, 1];
    assert_eq!(paces(&few_after_many, 1000).await, [0.0, 1.0, 5.0, 9.0, 10.0]);
    assert_eq!(paces(&[MANY, 1], MANY - 1).await, [0.0, 4.0], "takings add up");
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_in_a_pause_counts_as_well() {
    let (intake, mut deliveries) = intake();
    let (start, mut taken) = (Instant::now(), Vec::new());
    for many in [1, MANY] {
        for _ in 0..many {
            intake.hand_over(delivery(0)).await.unwrap();
        }
        deliveries.try_take(&mut taken, MANY - 1);
        intake.hand_over(delivery(0)).await.unwrap();
        deliveries.take(&mut taken, 1000).await;
    }
    intake.hand_over(delivery(0)).await.unwrap();
    deliveries.take(&mut taken, 1000).await;
    assert_eq!(start.elapsed(), PACE * (1 + FLOOD));
}

#[tokio::test]
async fn a_full_way_makes_wait_and_loses_nothing() {
    let (intake, mut deliveries) = intake();
    let all = DELIVERIES as u64 + 10;
    let sending = async {
        for _ in 0..all {
            intake.hand_over(delivery(0)).await.unwrap();
        }
    };
    let mut taken = Vec::new();
    let taking = async {
        while (taken.len() as u64) < all {
            assert!(deliveries.take(&mut taken, 1000).await > 0);
        }
    };
    tokio::join!(sending, taking);
    assert!(taken.iter().map(|it| it.seq).eq(1..=all));
}

#[tokio::test]
async fn bytes_are_bounded_too_and_one_giant_still_passes() {
    let (intake, mut deliveries) = intake();
    intake.hand_over(delivery(KIB * 1024 + 1)).await.unwrap();
    let waiting = tokio::spawn(async move { intake.hand_over(delivery(0)).await });
    tokio::task::yield_now().await;
    assert!(!waiting.is_finished(), "the giant takes all the room");
    let mut taken = Vec::new();
    assert_eq!(deliveries.take(&mut taken, 10).await, 1);
    assert_eq!(waiting.await.unwrap(), Ok(2));
    assert_eq!(deliveries.take(&mut taken, 10).await, 1);
}

#[tokio::test]
async fn the_room_that_was_kept_is_given_back_whatever_became_of_the_delivery() {
    let (intake, mut deliveries) = intake();
    for (before, after) in [(9000, 10), (10, 9000)] {
        let room = intake.room(&delivery(before)).await.unwrap();
        room.hand_over(delivery(after));
        deliveries.try_take(&mut Vec::new(), 10);
        assert_eq!(intake.shared.room.available_permits(), KIB);
    }
}

#[tokio::test]
async fn who_leaves_while_waiting_is_counted() {
    let (intake, mut deliveries) = intake();
    intake.hand_over(delivery(KIB * 1024)).await.unwrap();
    let waiting = tokio::spawn(async move { intake.hand_over(delivery(0)).await });
    tokio::task::yield_now().await;
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    assert_eq!(deliveries.left(), 1);
    assert_eq!(deliveries.try_take(&mut Vec::new(), 10), 1);
}

#[tokio::test]
async fn a_loop_that_is_gone_is_an_error_also_for_who_waits() {
    let (intake, deliveries) = intake();
    intake.hand_over(delivery(KIB * 1024)).await.unwrap();
    let waiting = tokio::spawn(async move {
        assert_eq!(intake.hand_over(delivery(0)).await, Err(Gone));
        intake.hand_over(delivery(0)).await
    });
    tokio::task::yield_now().await;
    drop(deliveries);
    assert_eq!(waiting.await.unwrap(), Err(Gone));
}
