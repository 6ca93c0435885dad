//! A timeout that sets a timer only for futures that are not ready at once.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use tokio::time::{Instant, timeout_at};

/// The output of `future`, or `None` if it is not ready by `until`.
///
/// The future is polled once before a timer is set: a body that arrived together
/// with its head, as nearly all do, and capacity in the queue are ready then.
pub(super) async fn in_time<T>(
    until: Instant,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    let first = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await;
    match first {
        Poll::Ready(output) => Some(output),
        Poll::Pending => Box::pin(timeout_at(until, future)).await.ok(),
    }
}
