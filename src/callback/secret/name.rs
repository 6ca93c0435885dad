//! Names under which secrets stand.

use crate::callback::query::{PARAMETERS, unescape};

/// Parts of names of secrets, in lower case and without anything but letters and
/// digits: `X-Api-Key` has `apikey`.
const PARTS: [&str; 18] = [
    "accesskey",
    "apikey",
    "authkey",
    "authorization",
    "cookie",
    "credential",
    "hmac",
    "jwt",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "session",
    "signature",
    "subscriptionkey",
    "token",
    "usersig",
];
/// Last words of such names, alone or as in `X-Sign` and `AppSign`.
const LAST_WORDS: [&str; 4] = ["auth", "pwd", "sig", "sign"];
/// Headers of nearly every request.
const COMMON_HEADERS: [&str; 7] = [
    "host",
    "content-type",
    "content-length",
    "user-agent",
    "accept",
    "accept-encoding",
    "connection",
];
/// How much of a name is read, in bytes.
const MAX_NAME: usize = 64;

/// Whether the value of this name is a secret, in any spelling of the name.
pub fn is_secret_name(name: &str) -> bool {
    if COMMON_HEADERS.contains(&name) {
        return false;
    }
    let mut buffer = [0; MAX_NAME];
    let letters = letters(name, &mut buffer);
    has_part(letters) || may_end_with_word(letters) && has_last_word(name)
}

/// Whether the value of a parameter, whose name is as written, is a secret.
pub(super) fn is_secret_parameter(name: &str) -> bool {
    !is_common(name) && is_secret_name(&unescape(name))
}

/// Whether it is a parameter that nearly every callback has, and not a secret.
pub(super) fn is_common(name: &str) -> bool {
    PARAMETERS.contains(&name) && name != "Sign"
}

/// The bytes that [`PARTS`] begin with.
const FIRST_LETTERS: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < PARTS.len() {
        table[PARTS[at].as_bytes()[0] as usize] = true;
        at += 1;
    }
    table
};

/// Whether some letters contain one of [`PARTS`]. A search for each costs more: names
/// are short.
fn has_part(letters: &[u8]) -> bool {
    (0..letters.len())
        .filter(|at| FIRST_LETTERS[usize::from(letters[*at])])
        .any(|at| PARTS.iter().any(|it| letters[at..].starts_with(it.as_bytes())))
}

/// Whether the last letter may be that of one of [`LAST_WORDS`]. Of a long name it is not
/// known.
fn may_end_with_word(letters: &[u8]) -> bool {
    let is_last = |it: &u8| LAST_WORDS.iter().any(|word| word.as_bytes().last() == Some(it));
    letters.len() == MAX_NAME || letters.last().is_some_and(is_last)
}

fn has_last_word(name: &str) -> bool {
    let last = last_word(name);
    LAST_WORDS.iter().any(|it| last.eq_ignore_ascii_case(it))
}

/// Whether it is the name of a signature of Tencent: `Sign` or `UserSig`.
pub(super) fn is_signature_name(name: &str) -> bool {
    let mut buffer = [0; MAX_NAME];
    matches!(letters(name, &mut buffer), b"sign" | b"usersig")
}

/// The letters and digits of a name, in lower case.
fn letters<'a>(name: &str, buffer: &'a mut [u8; MAX_NAME]) -> &'a [u8] {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    let mut count = 0;
    for (slot, letter) in buffer.iter_mut().zip(letters) {
        *slot = letter.to_ascii_lowercase();
        count += 1;
    }
    &buffer[..count]
}

/// The last word of a name in kebab, snake or camel case.
fn last_word(name: &str) -> &str {
    let name = name.trim_matches(|it: char| !it.is_ascii_alphanumeric());
    let bytes = name.as_bytes();
    let starts = |at: &usize| {
        let (before, it) = (bytes[at - 1], bytes[*at]);
        !before.is_ascii_alphanumeric() || before.is_ascii_lowercase() && it.is_ascii_uppercase()
    };
    // A boundary is beside an ASCII character, and so one of the text.
    let start = (1..bytes.len()).rev().find(starts).unwrap_or(0);
    name.get(start..).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_have_many_spellings() {
        for name in [
            "Sign",
            "SIGN",
            "sign",
            "x-sign",
            "appSign",
            " Sign ",
            "sig",
            "UserSig",
            "user_sig",
            "Authorization",
            "proxy-authorization",
            "cookie",
            "Set-Cookie",
            "X-Api-Key",
            "apiKey",
            "x-auth-token",
            "cf-access-client-secret",
            "password",
            "db_passwd",
            "pwd",
            "session_id",
            "aws-credentials",
            "X-Signature",
            "access_token",
            "X-Shop-Hmac-Sha256",
            "Ocp-Apim-Subscription-Key",
            &format!("{}-sign", "x".repeat(MAX_NAME)),
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "",
            "design",
            "Assign",
            "signal",
            "MsgKey",
            "RequestTime",
            "SdkAppid",
            "author",
            "key",
            "www-authenticate",
            "x-request-id",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn names_of_signatures_are_two() {
        assert!(["Sign", "userSig", "UserSig"].iter().all(|it| is_signature_name(it)));
        assert!(!["Signature", "Design", "token"].iter().any(|it| is_signature_name(it)));
    }
}
