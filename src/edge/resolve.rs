//! Name resolution of the HTTP client: by the system, or to one fixed address.

use std::future::{self, Ready};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use futures_util::future::Either;
use hyper_util::client::legacy::connect::dns::Name;
use tower::Service;

/// Resolves host names. An IP address in a URL is not resolved.
#[derive(Debug, Clone)]
pub(super) struct Resolver(Option<SocketAddr>);

type Addresses = vec::IntoIter<SocketAddr>;
type Lookup = Pin<Box<dyn Future<Output = io::Result<Addresses>> + Send>>;

impl Resolver {
    /// Asks the system.
    pub(super) const fn system() -> Self {
        Self(None)
    }

    /// Resolves every name to this address, for names that have no DNS record
    /// yet. Its port is used where a URL has none.
    pub(super) const fn fixed(address: SocketAddr) -> Self {
        Self(Some(address))
    }
}

impl Service<Name> for Resolver {
    type Response = Addresses;
    type Error = io::Error;
    type Future = Either<Ready<io::Result<Addresses>>, Lookup>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        if let Some(address) = self.0 {
            return Either::Left(future::ready(Ok(vec![address].into_iter())));
        }
        Either::Right(Box::pin(async move {
            // With port 0 the client fills in the port of the URL.
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(found.into_iter())
        }))
    }
}
