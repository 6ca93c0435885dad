//! A timeout that sets a timer only for futures that are not ready at once.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use tokio::time::{Instant, timeout_at};

/// The output of `future`, or `None` if it is not ready by `until`.
///
/// The future is polled twice before a timer is set: hyper gives a body that
/// arrived together with its head, as nearly all do, on the second poll.
pub(super) async fn in_time<T>(
    until: Instant,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    let mut polled = false;
    let without_timer = poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(it) => Poll::Ready(Some(it)),
        Poll::Pending if polled => Poll::Ready(None),
        Poll::Pending => {
            polled = true;
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    });
    match without_timer.await {
        Some(it) => Some(it),
        None => Box::pin(timeout_at(until, future)).await.ok(),
    }
}
