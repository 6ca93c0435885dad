//! Reading of request bodies, with limits on time, size and memory.

use std::error::Error;
use std::io;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use super::answer::BodyStatus;
use super::timeout::in_time;

/// Maximum time to receive a body. Tencent closes the connection after
/// [`TENCENT_TIMEOUT`](crate::callback::deadline::TENCENT_TIMEOUT); a body typed by
/// hand needs more.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Size in bytes up to which a body counts as small: nearly all are, and none of
/// them waits for memory.
const SMALL: usize = 16 * 1024;

/// KiB that all larger bodies may take while they are read; the next one waits.
const LARGE_KIB: usize = 128 * 1024;

/// Bytes of a body over the limit that are read and discarded: to close a
/// connection with unread bytes resets it, and the answer is lost.
const MAX_DRAINED: usize = 16 << 20;

/// Maximum time to discard them.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(1);

/// The memory that large bodies share while they are read.
#[derive(Debug)]
pub(super) struct LargeBodies(Semaphore);

impl Default for LargeBodies {
    fn default() -> Self {
        Self(Semaphore::new(LARGE_KIB))
    }
}

/// A body that was read, possibly not to its end.
#[derive(Debug)]
pub(super) struct Received<'a> {
    pub(super) bytes: Box<[u8]>,
    pub(super) status: BodyStatus,
    /// The memory of [`LargeBodies`] that a large body holds.
    pub(super) memory_permit: Option<SemaphorePermit<'a>>,
}

/// Reads a body of at most `limit` bytes. `None` if the caller closed the
/// connection before its end.
///
/// The bytes are copied out of the connection's read buffer, which would
/// otherwise stay in memory as long as they do.
pub(super) async fn receive(
    mut body: Incoming,
    limit: usize,
    large: &LargeBodies,
) -> Option<Received<'_>> {
    let mut bytes = Vec::new();
    let mut memory_permit = None;
    let status = if body.is_end_stream() {
        BodyStatus::Complete
    } else {
        let until = Instant::now() + BODY_TIMEOUT;
        match in_time(until, pin!(read(&mut bytes, &mut memory_permit, &mut body, limit, large)))
            .await
        {
            Some(status) => status?,
            None => BodyStatus::TooSlow(BODY_TIMEOUT),
        }
    };
    if matches!(status, BodyStatus::TooLong(_)) {
        // The answer is the same whether this succeeds or not.
        let _ = timeout(DRAIN_TIMEOUT, drain(&mut body)).await;
    }
    Some(Received { bytes: bytes.into_boxed_slice(), status, memory_permit })
}

/// Reads frames until the end of the body. Before a body grows large it waits
/// for its share of memory, so that `Content-Length` alone reserves nothing.
async fn read<'a>(
    bytes: &mut Vec<u8>,
    memory_permit: &mut Option<SemaphorePermit<'a>>,
    body: &mut Incoming,
    limit: usize,
    large: &'a LargeBodies,
) -> Option<BodyStatus> {
    while let Some(frame) = body.frame().await {
        let data = match frame {
            Ok(frame) => frame.into_data().unwrap_or_default(),
            Err(error) => return malformed(&error),
        };
        if memory_permit.is_none() && SMALL < bytes.len() + data.len() {
            let kib = u32::try_from(limit.div_ceil(1024).min(LARGE_KIB)).unwrap_or(u32::MAX);
            *memory_permit = Box::pin(large.0.acquire_many(kib)).await.ok();
        }
        let part = &data[..data.len().min(limit - bytes.len())];
        if bytes.is_empty() {
            // Most bodies are one frame: one copy into memory of the exact size.
            bytes.reserve_exact(part.len());
        }
        bytes.extend_from_slice(part);
        if part.len() < data.len() {
            return Some(BodyStatus::TooLong(limit));
        }
        if body.is_end_stream() {
            break;
        }
    }
    Some(BodyStatus::Complete)
}

/// Invalid chunks are the caller's mistake and answered; after any other error
/// the caller is gone.
fn malformed(error: &(dyn Error + 'static)) -> Option<BodyStatus> {
    let mut causes = std::iter::successors(Some(error), |&it| it.source());
    let cause = causes.find_map(|it| it.downcast_ref::<io::Error>())?;
    let invalid = matches!(cause.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData);
    invalid.then(|| BodyStatus::Malformed(cause.to_string()))
}

async fn drain(body: &mut Incoming) {
    let mut left = MAX_DRAINED;
    while let Some(Ok(frame)) = body.frame().await {
        let bytes = frame.data_ref().map_or(0, Bytes::len);
        match left.checked_sub(bytes) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}
