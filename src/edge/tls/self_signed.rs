//! A self-signed certificate for this machine, in DER (X.690) as RFC 5280 has it.

use std::net::{Ipv4Addr, Ipv6Addr};

use ring::error::Unspecified;
use ring::rand::{self, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const UTF8_STRING: u8 = 0x0c;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
/// `version` of a certificate.
const VERSION: u8 = 0xa0;
/// `extensions` of a certificate.
const EXTENSIONS: u8 = 0xa3;
/// `dNSName` of a `GeneralName`.
const DNS_NAME: u8 = 0x82;
/// `iPAddress` of a `GeneralName`.
const IP_ADDRESS: u8 = 0x87;

// Object identifiers with their tag and length.
const COMMON_NAME: &[u8] = b"\x06\x03\x55\x04\x03";
const SUBJECT_ALT_NAME: &[u8] = b"\x06\x03\x55\x1d\x11";
const EC_PUBLIC_KEY: &[u8] = b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01";
const P256: &[u8] = b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07";
const ECDSA_WITH_SHA256: &[u8] = b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02";

/// Creates a P-256 key, and a certificate for it that names `localhost` and the
/// loopback addresses. It never expires, because it is never stored.
///
/// # Errors
/// When the system has no random numbers.
pub(super) fn certificate() -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), Unspecified>
{
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random)?;
    let key = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random)?;
    let serial: [u8; 16] = rand::generate(&random)?.expose();
    let unsigned = unsigned(serial, key.public_key().as_ref());
    let signature = key.sign(&random, &unsigned)?;
    let signed = [unsigned, der(SEQUENCE, &[ECDSA_WITH_SHA256]), bits(signature.as_ref())];
    let signed = der(SEQUENCE, &signed);
    Ok((signed.into(), PrivatePkcs8KeyDer::from(pkcs8.as_ref().to_vec()).into()))
}

/// What is signed: `TBSCertificate`.
fn unsigned(mut serial: [u8; 16], public_key: &[u8]) -> Vec<u8> {
    // Positive, and without a leading zero.
    serial[0] = serial[0] & 0x7f | 0x40;
    let name = der(SEQUENCE, &[COMMON_NAME, &der(UTF8_STRING, &["imscope"])]);
    let name = der(SEQUENCE, &[der(SET, &[name])]);
    let validity = [der(UTC_TIME, &["750101000000Z"]), der(GENERALIZED_TIME, &["40960101000000Z"])];
    let key_algorithm = der(SEQUENCE, &[EC_PUBLIC_KEY, P256]);
    let parts = [
        der(VERSION, &[der(INTEGER, &[[2]])]),
        der(INTEGER, &[serial]),
        der(SEQUENCE, &[ECDSA_WITH_SHA256]),
        name.clone(),
        der(SEQUENCE, &validity),
        name,
        der(SEQUENCE, &[key_algorithm, bits(public_key)]),
        der(EXTENSIONS, &[der(SEQUENCE, &[alternative_names()])]),
    ];
    der(SEQUENCE, &parts)
}

/// The extension with the names of this machine.
fn alternative_names() -> Vec<u8> {
    let names = [
        der(DNS_NAME, &["localhost"]),
        der(IP_ADDRESS, &[Ipv4Addr::LOCALHOST.octets()]),
        der(IP_ADDRESS, &[Ipv6Addr::LOCALHOST.octets()]),
    ];
    der(SEQUENCE, &[SUBJECT_ALT_NAME, &der(OCTET_STRING, &[der(SEQUENCE, &names)])])
}

/// A bit string of whole bytes.
fn bits(content: &[u8]) -> Vec<u8> {
    der(BIT_STRING, &[&[0][..], content])
}

/// A value: tag, length, and the parts of its content.
fn der(tag: u8, parts: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let length: usize = parts.iter().map(|it| it.as_ref().len()).sum();
    let [.., high, low] = length.to_be_bytes();
    let mut out = match length {
        ..=0x7f => vec![tag, low],
        ..=0xff => vec![tag, 0x81, low],
        // A certificate has some four hundred bytes.
        _ => vec![tag, 0x82, high, low],
    };
    parts.iter().for_each(|it| out.extend_from_slice(it.as_ref()));
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio_rustls::rustls::RootCertStore;
    use tokio_rustls::rustls::client::WebPkiServerVerifier;
    use tokio_rustls::rustls::client::danger::ServerCertVerifier as _;
    use tokio_rustls::rustls::crypto::ring::default_provider;
    use tokio_rustls::rustls::pki_types::{ServerName, UnixTime};

    use super::*;

    #[test]
    fn the_certificate_is_valid_for_the_names_of_this_machine_only() {
        let (certificate, _) = certificate().unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(certificate.clone()).unwrap();
        let provider = Arc::new(default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider);
        let verifier = verifier.build().unwrap();
        let is_valid = |name, secs| {
            let (name, now) = (ServerName::try_from(name).unwrap(), Duration::from_secs(secs));
            let now = UnixTime::since_unix_epoch(now);
            verifier.verify_server_cert(&certificate, &[], &name, &[], now).is_ok()
        };
        for secs in [200_000_000, 1_700_000_000, 60_000_000_000] {
            assert!(["localhost", "127.0.0.1", "::1"].into_iter().all(|it| is_valid(it, secs)));
        }
        assert!(["example.com", "127.0.0.2", "::2"].into_iter().all(|it| !is_valid(it, 1)));
    }

    #[test]
    fn a_length_has_as_many_bytes_as_it_needs() {
        for (length, head) in [
            (0, &[4, 0][..]),
            (0x7f, &[4, 0x7f]),
            (0x80, &[4, 0x81, 0x80]),
            (0xff, &[4, 0x81, 0xff]),
            (0x100, &[4, 0x82, 1, 0]),
        ] {
            let value = der(OCTET_STRING, &[vec![7; length]]);
            assert_eq!(value.split_at(head.len()), (head, &vec![7; length][..]));
        }
    }
}
