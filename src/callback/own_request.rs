//! Recognizes what imscope itself has sent: the key `t`, `send`, `doctor` and `demo`.

use super::headers::Headers;

/// The header `User-Agent` of what imscope makes up and sends.
pub const USER_AGENT: &str = concat!("imscope/", env!("CARGO_PKG_VERSION"));

/// Whether imscope, of any version, has sent a request. A copied curl line of such a
/// request has the header as well.
pub fn is_own(headers: &Headers) -> bool {
    headers.get("user-agent").is_some_and(|it| it.starts_with(b"imscope/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_imscope_has_sent_is_its_own() {
        let by = |agent: &str| is_own(&[("user-agent", agent.as_bytes())].into_iter().collect());
        assert!(by(USER_AGENT) && by("imscope/0.0.1"));
        assert!(!by("curl/8.5.0") && !by("") && !is_own(&Headers::default()));
    }
}
