//! Checks `Sign` = hex(SHA-256(token + `RequestTime`)).
//!
//! The signature covers neither the body nor other parameters; only the time
//! window limits replays: more than a minute from now may be treated as invalid
//! (<https://cloud.tencent.com/document/product/269/117703>). Copies of the
//! documentation of Chat from 2023 print an example token that does not match its
//! signature; see [`EXAMPLE`].

mod remark;

use std::fmt;

use ring::digest::{Context, SHA256};
use subtle::ConstantTimeEq;

use super::timestamp::Timestamp;
use super::value::{is_milliseconds, seconds};
pub use remark::Remark;

/// The token that is set with the callback URL in the console. It is a secret:
/// `Debug` does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token without surrounding white space, such as the line end of a file, and
    /// without a byte order mark; `None` if nothing is left.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('\u{feff}').trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The token as text, to compare received text with it.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

/// The documented maximum length of a token in characters
/// (<https://cloud.tencent.com/document/product/647/118333>).
pub const MAX_TOKEN: usize = 128;

/// The token that older copies of the documentation of Chat print with the signature
/// of [`EXAMPLE`]; the page of today is right
/// (<https://www.tencentcloud.com/document/product/1047/34354>).
pub const MISPRINT: &str = "xxxyyy";

/// The documented example that is correct
/// (<https://cloud.tencent.com/document/product/269/117703>).
pub const EXAMPLE: Example = Example {
    token: "xxxxyyyy",
    request_time: "1669872112",
    sign: "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061",
};

/// A token, a time, and their signature.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The token.
    pub token: &'static str,
    /// `RequestTime`.
    pub request_time: &'static str,
    /// `Sign`.
    pub sign: &'static str,
}

impl Example {
    /// Whether [`sign`] gives the documented signature.
    pub fn is_correct(&self) -> bool {
        Token::new(self.token).is_some_and(|it| sign(&it, self.request_time) == self.sign)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The result of a signature check. Ages are seconds from `RequestTime` to the
/// arrival, negative if the clock of the sender is ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// Not checked, because no token is set.
    #[default]
    Unchecked,
    /// The signature is correct.
    Valid {
        /// In seconds.
        age: i64,
    },
    /// `Sign` or `RequestTime` is missing or empty.
    Absent,
    /// The signature is wrong.
    Wrong,
    /// The signature is correct, but too old or too far in the future.
    Stale {
        /// In seconds.
        age: i64,
    },
}

impl Verdict {
    /// Whether the delivery is refused.
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::Absent | Self::Wrong | Self::Stale { .. })
    }

    /// Whether it is stale because `RequestTime` is in milliseconds instead of seconds.
    pub const fn is_in_milliseconds(self) -> bool {
        matches!(self, Self::Stale { age } if is_milliseconds(age.saturating_neg()))
    }
}

/// The signature of a request time, in lower-case hex.
pub fn sign(token: &Token, request_time: &str) -> String {
    let mut context = Context::new(&SHA256);
    context.update(token.0.as_bytes());
    context.update(request_time.as_bytes());
    context.finish().as_ref().iter().fold(String::with_capacity(64), |mut hex, byte| {
        hex.extend(
            [byte >> 4, byte & 15].map(|it| char::from(b"0123456789abcdef"[usize::from(it)])),
        );
        hex
    })
}

/// Checks a signature, given the values of `Sign` and `RequestTime`. `window` is
/// how many seconds `RequestTime` may differ from `now`, in either direction;
/// `None` checks no window.
pub fn check(
    token: Option<&Token>,
    given: Option<&str>,
    request_time: Option<&str>,
    now: Timestamp,
    window: Option<u32>,
) -> Verdict {
    let Some(token) = token else { return Verdict::Unchecked };
    let (Some(given), Some(request_time)) = (given, request_time) else { return Verdict::Absent };
    if given.is_empty() || request_time.is_empty() {
        return Verdict::Absent;
    }
    let expected = sign(token, request_time);
    let matches: bool = expected.as_bytes().ct_eq(given.to_ascii_lowercase().as_bytes()).into();
    let Ok(time) = request_time.parse::<i64>() else { return Verdict::Wrong };
    let Some(age) = now.secs().checked_sub(time) else { return Verdict::Wrong };
    match (matches, window) {
        (false, _) => Verdict::Wrong,
        (true, Some(window)) if age.unsigned_abs() > u64::from(window) => Verdict::Stale { age },
        (true, Some(_)) => Verdict::Valid { age },
        (true, None) => Verdict::Valid { age: now.secs() - seconds(time) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGN: &str = EXAMPLE.sign;
    const TIME: &str = EXAMPLE.request_time;

    fn verdict(sign: Option<&str>, now: i64, window: Option<u32>) -> Verdict {
        let token = Token::new("xxxxyyyy\n");
        check(token.as_ref(), sign, Some(TIME), Timestamp::from_secs(now), window)
    }

    #[test]
    fn known_tokens_and_times_give_the_known_signatures() {
        let pairs = [
            ("xxxxyyyy", "1669872112", SIGN),
            (
                "mytoken",
                "1700000000",
                "72caf68fb3e52f224089e013c820014df8fc47dc62eb61acd7d2b0f49b32cb77",
            ),
            (
                "令牌",
                "1700000000",
                "f07c084b29615645866fc1be4f0541bbc8256d9910fdde2da1a5ee54d63b3792",
            ),
        ];
        for (token, time, expected) in pairs {
            assert_eq!(sign(&Token::new(token).unwrap(), time), expected);
        }
    }

    #[test]
    fn the_verdict_names_the_reason() {
        let valid = Some(SIGN);
        assert_eq!(verdict(valid, 1_669_872_115, Some(60)), Verdict::Valid { age: 3 });
        let upper = SIGN.to_uppercase();
        assert_eq!(verdict(Some(&upper), 1_669_872_112, Some(60)), Verdict::Valid { age: 0 });
        assert_eq!(verdict(valid, 1_669_872_173, Some(60)), Verdict::Stale { age: 61 });
        assert_eq!(verdict(valid, 1_669_872_000, Some(60)), Verdict::Stale { age: -112 });
        assert_eq!(verdict(valid, 1_700_000_000, None), Verdict::Valid { age: 30_127_888 });
        assert_eq!(verdict(Some("ab"), 1_669_872_112, None), Verdict::Wrong);
        assert_eq!(verdict(Some(""), 1_669_872_112, None), Verdict::Absent);
        assert_eq!(verdict(None, 1_669_872_112, None), Verdict::Absent);
        assert_eq!(check(None, valid, Some(TIME), Timestamp(0), Some(60)), Verdict::Unchecked);
    }

    #[test]
    fn a_request_time_in_milliseconds_is_told_apart() {
        let token = Token::new("t").unwrap();
        let at = |secs: i64, window| {
            let time = (secs * 1000).to_string();
            let now = Timestamp::from_secs(1_700_000_007);
            check(Some(&token), Some(&sign(&token, &time)), Some(&time), now, window)
        };
        for secs in [1_700_000_000, 1_800_000_000, 110_000_000] {
            let verdict = at(secs, Some(60));
            assert!(verdict.is_in_milliseconds() && verdict.is_refusal(), "{verdict:?}");
        }
        assert_eq!(at(1_700_000_000, None), Verdict::Valid { age: 7 });
        assert!(!Verdict::Stale { age: -100_000 }.is_in_milliseconds());
        assert!(!Verdict::Stale { age: 1_795_000_000_000 }.is_in_milliseconds());
    }

    #[test]
    fn the_documented_example_is_correct_and_its_misprint_is_not() {
        assert!(EXAMPLE.is_correct());
        assert!(!Example { token: MISPRINT, ..EXAMPLE }.is_correct());
    }

    #[test]
    fn a_token_is_never_printed() {
        assert_eq!(format!("{:?}", Token::new("secret")), "Some(Token(…))");
    }
}
