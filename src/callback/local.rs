//! Whether a host is this machine.

use core::net::IpAddr;

/// Whether a host, as it is written in a URL, is this machine: `localhost`, or
/// an address for which [`is_local_address`] holds. No name is resolved.
pub fn is_local_host(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || address(host).is_some_and(is_local_address)
}

/// Whether an address is this machine: one of the loopback network, or one of
/// `0.0.0.0/8` or `::`, which as a destination are this machine as well.
pub fn is_local_address(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(it) => matches!(it.octets(), [127 | 0, ..]),
        IpAddr::V6(it) => it.is_loopback() || it.is_unspecified(),
    }
}

/// A host of a URL as an address, with or without the brackets of IPv6; `None`
/// for a name.
pub fn address(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    bare.unwrap_or(host).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_localhost_and_addresses_of_this_machine_are_local() {
        for host in
            ["localhost", "LocalHost", "127.0.0.1", "127.0.0.2", "0.0.0.0", "::1", "[::1]", "[::]"]
        {
            assert!(is_local_host(host), "{host}");
        }
        assert!(is_local_host("[::ffff:127.0.0.1]"));
        for host in ["", "example.com", "localhost.example.com", "a.localhost", "10.0.0.1", "[::2]"]
        {
            assert!(!is_local_host(host), "{host}");
        }
    }
}
