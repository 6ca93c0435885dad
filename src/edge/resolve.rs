//! Where a host is, as the HTTP client asks: of the system, or told beforehand.

use std::future::{self, Ready};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use futures_util::future::Either;
use hyper_util::client::legacy::connect::dns::Name;
use tower::Service;

/// Looks names up. An address in a URL is no name and never asked for.
#[derive(Debug, Clone)]
pub(super) struct Names(Option<SocketAddr>);

type Addresses = vec::IntoIter<SocketAddr>;
type Asking = Pin<Box<dyn Future<Output = io::Result<Addresses>> + Send>>;

impl Names {
    /// As every other program of this system does.
    pub(super) const fn of_the_system() -> Self {
        Self(None)
    }

    /// Every name is at this address, as when the name server does not know it
    /// yet. The port counts where the URL has none.
    pub(super) const fn all_at(address: SocketAddr) -> Self {
        Self(Some(address))
    }
}

impl Service<Name> for Names {
    type Response = Addresses;
    type Error = io::Error;
    type Future = Either<Ready<io::Result<Addresses>>, Asking>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        if let Some(address) = self.0 {
            return Either::Left(future::ready(Ok(vec![address].into_iter())));
        }
        Either::Right(Box::pin(async move {
            // Port 0 leaves the port to the client.
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(found.into_iter())
        }))
    }
}
