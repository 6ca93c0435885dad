//! The stream of a connection, plain or TLS. It keeps the first bytes it reads, by which
//! TLS on a plain port and HTTP/2 are recognized.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// The first three bytes that were read, 0 before.
pub(super) type Beginning = Arc<AtomicU32>;

/// The stream of a connection, with the [`Beginning`] of what is read from it.
///
/// One type for both kinds of connection: code that is generic over the stream, such as
/// all of hyper, is compiled once.
pub(super) struct Stream {
    transport: Transport,
    beginning: Beginning,
    has_beginning: bool,
}

enum Transport {
    Plain(TcpStream),
    /// Boxed: it is larger by a kilobyte.
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    pub(super) fn plain(stream: TcpStream) -> Self {
        Self::new(Transport::Plain(stream))
    }

    pub(super) fn tls(stream: TlsStream<TcpStream>) -> Self {
        Self::new(Transport::Tls(stream.into()))
    }

    fn new(transport: Transport) -> Self {
        Self { transport, beginning: Beginning::default(), has_beginning: false }
    }

    /// The first bytes, to be read when the stream is gone.
    pub(super) fn beginning(&self) -> Beginning {
        self.beginning.clone()
    }
}

/// Three bytes as a number.
pub(super) const fn number([a, b, c]: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, a, b, c])
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let start = buffer.filled().len();
        let polled = match &mut self.transport {
            Transport::Plain(it) => Pin::new(it).poll_read(cx, buffer),
            Transport::Tls(it) => Pin::new(it).poll_read(cx, buffer),
        };
        if polled.is_ready() && !self.has_beginning {
            self.has_beginning = true;
            if let Some(first) = buffer.filled()[start..].first_chunk() {
                self.beginning.store(number(*first), Ordering::Relaxed);
            }
        }
        polled
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.transport {
            Transport::Plain(it) => Pin::new(it).poll_write(cx, bytes),
            Transport::Tls(it) => Pin::new(it).poll_write(cx, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.transport {
            Transport::Plain(it) => Pin::new(it).poll_flush(cx),
            Transport::Tls(it) => Pin::new(it).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.transport {
            Transport::Plain(it) => Pin::new(it).poll_shutdown(cx),
            Transport::Tls(it) => Pin::new(it).poll_shutdown(cx),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match &mut self.transport {
            Transport::Plain(it) => Pin::new(it).poll_write_vectored(cx, slices),
            Transport::Tls(it) => Pin::new(it).poll_write_vectored(cx, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match &self.transport {
            Transport::Plain(it) => it.is_write_vectored(),
            Transport::Tls(it) => it.is_write_vectored(),
        }
    }
}
