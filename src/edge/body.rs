//! Reading of request bodies, with limits on time, size and memory.

mod memory;

use std::error::Error;
use std::io;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Frame, Incoming};
use tokio::time::{Instant, timeout};

use super::timeout::in_time;
use crate::answer::own::BodyStatus;
use crate::callback::deadline::ANSWER_BUDGET;
use memory::{Buffer, Share};

pub(super) use memory::LargeBodies;

/// Maximum time to receive a body. Tencent closes the connection after
/// [`TENCENT_TIMEOUT`](crate::callback::deadline::TENCENT_TIMEOUT); a body typed by
/// hand needs more.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Time in which a part of a large body must arrive if others wait for its memory. Half
/// of what Tencent gives a callback, so that who waits gets the memory in time, also of
/// bodies that stop at that moment.
pub const BODY_STALL: Duration = Duration::from_secs(1);

const _: () = assert!(BODY_STALL.as_millis() + 500 < ANSWER_BUDGET.as_millis());

/// Bytes that are kept of the body of a refused request or a probe. In base64, with
/// its head, that is a line of some 3 KiB in a recording, which any client can cause.
pub const BEGINNING_BYTES: usize = 2 * 1024;

/// Bytes after those kept that are read and discarded: to close a connection with
/// unread bytes resets it, and the answer is lost.
const MAX_DISCARDED: u64 = 16 << 20;

/// Maximum time to discard them.
const DISCARD_TIMEOUT: Duration = Duration::from_secs(1);

/// A body that was read, possibly not to its end.
#[derive(Debug)]
pub(super) struct Received<'a> {
    /// Its bytes, or the first of them.
    pub(super) bytes: Box<[u8]>,
    /// How many more were announced or read.
    pub(super) omitted_bytes: u64,
    pub(super) status: BodyStatus,
    /// Whether its end was read; else bytes of it precede the next request on the
    /// connection.
    pub(super) is_at_end: bool,
    /// The memory that a large body holds.
    pub(super) share: Option<Share<'a>>,
}

/// Reads a body of at most `limit` bytes. `None` if the caller closed the
/// connection before its end.
pub(super) async fn receive(
    body: Incoming,
    limit: usize,
    large: &LargeBodies,
) -> Option<Received<'_>> {
    let now = Instant::now();
    let mut reader = Reader::new(body, limit, large, now + ANSWER_BUDGET);
    let status = match in_time(now + BODY_TIMEOUT, pin!(reader.read())).await {
        Some(status) => status?,
        None => BodyStatus::TooSlow(BODY_TIMEOUT),
    };
    if matches!(status, BodyStatus::TooLong(_) | BodyStatus::NoMemory) {
        // The answer is the same whether this succeeds or not.
        let _ = timeout(DISCARD_TIMEOUT, reader.discard()).await;
    }
    Some(reader.finish(status))
}

/// Reads the first [`BEGINNING_BYTES`] of a body and discards the rest, in less time
/// than a callback has. `None` if the caller closed the connection before its end.
pub(super) async fn receive_beginning(body: Incoming, large: &LargeBodies) -> Option<Received<'_>> {
    let now = Instant::now();
    let mut reader = Reader::new(body, BEGINNING_BYTES, large, now);
    let reading = async {
        let status = reader.read().await?;
        reader.discard().await;
        Some(status)
    };
    let status = match in_time(now + DISCARD_TIMEOUT, pin!(reading)).await {
        Some(status) => status?,
        None => BodyStatus::TooSlow(DISCARD_TIMEOUT),
    };
    Some(reader.finish(status))
}

/// A body that is being read.
struct Reader<'a> {
    body: Incoming,
    limit: usize,
    /// Its length by its head, if that has one.
    announced: u64,
    /// How many bytes of it were read.
    read: u64,
    is_at_end: bool,
    /// Those that are kept. They are copied out of the connection's read buffer,
    /// which would otherwise stay in memory as long as they do.
    buffer: Buffer<'a>,
}

impl<'a> Reader<'a> {
    /// Keeps at most `limit` bytes, and waits for memory until `until`.
    fn new(body: Incoming, limit: usize, large: &'a LargeBodies, until: Instant) -> Self {
        let announced = body.size_hint().exact().unwrap_or_default();
        let most = match usize::try_from(announced) {
            Ok(length @ 1..) => length.min(limit),
            _ => limit,
        };
        Self {
            body,
            limit,
            announced,
            read: 0,
            is_at_end: false,
            buffer: large.buffer(most, until),
        }
    }

    /// The next part of the body; `None` at its end.
    async fn frame(&mut self) -> Option<Result<Frame<Bytes>, hyper::Error>> {
        let frame = match self.body.is_end_stream() {
            true => None,
            false => self.body.frame().await,
        };
        self.is_at_end = frame.is_none();
        frame
    }

    /// The next part; `None` if the body is large, arrives too slowly, and others wait
    /// for the memory it holds.
    async fn unless_stalled(&mut self) -> Option<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Some(stall) = self.buffer.stall() else { return Some(self.frame().await) };
        let frame = async {
            tokio::select! {
                biased;
                frame = self.frame() => Some(frame),
                () = stall => None,
            }
        };
        Box::pin(frame).await
    }

    /// Reads until the end of the body or the limit. `None` if the caller is gone.
    async fn read(&mut self) -> Option<BodyStatus> {
        loop {
            let frame = match self.unless_stalled().await {
                Some(Some(frame)) => frame,
                Some(None) => return Some(BodyStatus::Complete),
                None => return Some(BodyStatus::Stalled),
            };
            let data = match frame {
                Ok(frame) => frame.into_data().unwrap_or_default(),
                Err(error) => return malformed(&error),
            };
            self.read += data.len() as u64;
            let part = &data[..data.len().min(self.limit - self.buffer.len())];
            if !self.buffer.append(part).await {
                return Some(BodyStatus::NoMemory);
            }
            if part.len() < data.len() {
                return Some(BodyStatus::TooLong(self.limit));
            }
        }
    }

    /// Reads on to the end of the body, up to [`MAX_DISCARDED`].
    async fn discard(&mut self) {
        let last = self.read.saturating_add(MAX_DISCARDED);
        while self.read <= last
            && let Some(Ok(frame)) = self.frame().await
        {
            self.read += frame.data_ref().map_or(0, Bytes::len) as u64;
        }
    }

    fn finish(self, status: BodyStatus) -> Received<'a> {
        let is_at_end = self.is_at_end || self.body.is_end_stream();
        let (bytes, share) = self.buffer.into_parts();
        let omitted_bytes = self.announced.max(self.read) - bytes.len() as u64;
        Received { bytes, omitted_bytes, status, is_at_end, share }
    }
}

/// Invalid chunks are the caller's mistake and answered; after any other error
/// the caller is gone.
fn malformed(error: &(dyn Error + 'static)) -> Option<BodyStatus> {
    let mut causes = std::iter::successors(Some(error), |&it| it.source());
    let cause = causes.find_map(|it| it.downcast_ref::<io::Error>())?;
    let invalid = matches!(cause.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData);
    invalid.then(|| BodyStatus::Malformed(cause.to_string()))
}
