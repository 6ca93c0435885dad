//! Names under which secrets stand.

use super::plain::Plain;
use crate::callback::query::PARAMETERS;

/// Parts of names of secrets, in lower case and without anything but letters and
/// digits: `X-Api-Key` has `apikey`.
const PARTS: [&str; 22] = [
    "accesskey",
    "apikey",
    "authkey",
    "authorization",
    "cookie",
    "credential",
    "dpop",
    "hmac",
    "jwt",
    "masterkey",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "sessid",
    "session",
    "signature",
    "signkey",
    "subscriptionkey",
    "token",
    "usersig",
];
/// Words of such names, alone or as in `X-Sign`, `AppSign` and `Sign2`; `key` is one
/// after another word.
const WORDS: [&str; 19] = [
    "auth", "bearer", "cert", "cred", "creds", "csrf", "key", "keys", "otp", "pass", "passcode",
    "pwd", "sess", "sid", "sig", "sign", "signed", "signing", "xsrf",
];
/// Words before `key` in names that are not those of secrets: Tencent's, and those of
/// data bases, caches and queues.
const PLAIN_KEYS: [&str; 19] = [
    "cache",
    "error",
    "foreign",
    "group",
    "hot",
    "idempotency",
    "index",
    "lookup",
    "message",
    "msg",
    "object",
    "order",
    "partition",
    "primary",
    "public",
    "routing",
    "row",
    "sort",
    "unique",
];
/// Parts of words that contain a part of [`PARTS`], and are not secrets.
const PLAIN_PARTS: [&str; 4] = ["tokeniz", "secretar", "possession", "obsession"];
/// Names in Chinese, and what they end with.
const CHINESE: [&str; 6] = ["密码", "密钥", "令牌", "口令", "签名", "凭证"];
/// How much of a name is read, in bytes.
pub(super) const MAX_NAME: usize = 64;
/// How much is read before and after a name, in bytes.
pub(super) const NEAR: usize = 256;

/// Whether the value of this name is a secret, in any spelling of the name.
pub fn is_secret_name(name: impl AsRef<[u8]>) -> bool {
    let name = name.as_ref();
    if is_common_header(name) {
        return false;
    }
    let mut buffer = [0; MAX_NAME];
    let letters = letters(name, &mut buffer);
    // Of a long name the end is not among the letters.
    let may_be = letters.windows(2).any(begins) || letters.len() == MAX_NAME;
    may_be && (has_part(letters) || has_word(name))
}

/// Whether it is the name of a header of nearly every request.
const fn is_common_header(name: &[u8]) -> bool {
    matches!(
        name,
        b"host"
            | b"content-type"
            | b"content-length"
            | b"user-agent"
            | b"accept"
            | b"accept-encoding"
            | b"connection"
    )
}

/// As [`is_secret_name`], also in Chinese.
pub(super) fn is_secret_label(name: &[u8]) -> bool {
    match name.is_ascii() {
        true => is_secret_name(name),
        false => CHINESE.iter().any(|it| name.ends_with(it.as_bytes())),
    }
}

/// Whether a byte may belong to a name.
pub(super) const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$' | 0x80..)
}

/// Whether the value of a parameter, whose name is as written, is a secret.
pub(super) fn is_secret_parameter(name: &str) -> bool {
    if is_common(name) {
        return false;
    }
    if name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_') {
        return is_secret_name(name);
    }
    let plain = Plain::of(name.as_bytes());
    is_secret_name(String::from_utf8_lossy(&plain.bytes).replace('+', " "))
}

/// Whether it is a parameter that nearly every callback has, and not a secret.
pub(super) fn is_common(name: &str) -> bool {
    PARAMETERS.contains(&name) && name != "Sign"
}

/// By the first letter of a part or a word, a bit for the second.
const BEGINNINGS: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < PARTS.len() {
        let part = PARTS[at].as_bytes();
        table[part[0] as usize] |= 1 << (part[1] & 31);
        at += 1;
    }
    at = 0;
    while at < WORDS.len() {
        let word = WORDS[at].as_bytes();
        table[word[0] as usize] |= 1 << (word[1] & 31);
        at += 1;
    }
    table
};

/// Whether a part or a word may begin with two letters.
fn begins(pair: &[u8]) -> bool {
    BEGINNINGS[usize::from(pair[0])] >> (pair[1] & 31) & 1 == 1
}

/// Whether some letters contain one of [`PARTS`]. A search for each costs more: names
/// are short.
fn has_part(letters: &[u8]) -> bool {
    let is_at =
        |at: usize, parts: &[&str]| parts.iter().any(|it| letters[at..].starts_with(it.as_bytes()));
    let has = |parts: &[&str]| (0..letters.len()).any(|at| is_at(at, parts));
    has(&PARTS) && !has(&PLAIN_PARTS)
}

/// Whether a word of a name in kebab, snake or camel case is one of [`WORDS`].
fn has_word(name: &[u8]) -> bool {
    let (mut before, mut rest) = (&b""[..], name);
    while let Some((word, after)) = next_word(rest) {
        let is_any = |words: &[&str], word: &[u8]| {
            words.iter().any(|it| it.as_bytes().eq_ignore_ascii_case(word))
        };
        let is_secret = match is_any(&WORDS, word) {
            true if is_any(&["key", "keys"], word) => {
                !before.is_empty() && !is_any(&PLAIN_KEYS, before)
            }
            true if is_any(&["sign"], word) => !next_word(after)
                .is_some_and(|(next, _)| is_any(&["in", "off", "on", "out", "up"], next)),
            is_word => is_word,
        };
        if is_secret {
            return true;
        }
        (before, rest) = (word, after);
    }
    false
}

/// The first word of a name, and what follows.
fn next_word(name: &[u8]) -> Option<(&[u8], &[u8])> {
    let start = name.iter().position(u8::is_ascii_alphabetic)?;
    let name = &name[start..];
    let ends = |at: &usize| {
        let (before, it) = (name[at - 1], name[*at]);
        let begins = name.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        !it.is_ascii_alphabetic()
            || it.is_ascii_uppercase() && (before.is_ascii_lowercase() || begins)
    };
    Some(name.split_at((1..name.len()).find(ends).unwrap_or(name.len())))
}

/// Whether it is the name of a signature of Tencent: `Sign` or `UserSig`.
pub(super) fn is_signature_name(name: &str) -> bool {
    let mut buffer = [0; MAX_NAME];
    matches!(letters(name.as_bytes(), &mut buffer), b"sign" | b"usersig")
}

/// The letters and digits of a name, in lower case.
fn letters<'a>(name: &[u8], buffer: &'a mut [u8; MAX_NAME]) -> &'a [u8] {
    let letters = name.iter().filter(|it| it.is_ascii_alphanumeric());
    let mut count = 0;
    for (slot, letter) in buffer.iter_mut().zip(letters) {
        *slot = letter.to_ascii_lowercase();
        count += 1;
    }
    &buffer[..count]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_have_many_spellings() {
        for name in
            "Sign, SIGN, sign, x-sign, appSign, sig, UserSig, user_sig, Authorization, proxy- \
             authorization, cookie, Set-Cookie, X-Api-Key, apiKey, x-auth-token, cf-access- \
             client-secret, password, db_passwd, pwd, session_id, aws-credentials, X-Signature, \
             access_token, X-Shop-Hmac-Sha256, Ocp-Apim-Subscription-Key, X-Functions-Key, \
             X-Pass, X-SignKey, X-Sign-Value, Sign2, x-sdk-signed, Dpop, X-Client-Cert, \
             X-Passcode, PHPSESSID, connect.sid, APIKey, AccountKey, csrfmiddlewaretoken"
                .split(", ")
        {
            assert!(is_secret_name(name), "{name}");
        }
        assert!(is_secret_name(" Sign "));
        assert!(is_secret_name(format!("{}-sign", "x".repeat(MAX_NAME))));
        for name in "design, Assign, signal, MsgKey, RequestTime, SdkAppid, author, key, www- \
             authenticate, GroupKey, JsonMsgKey, primary_key, Monkey, tokenizer, secretary, \
             Possession, sign_in_count, signUp, compass, passenger, keyboard, Keys, insiders, \
             x-request-id"
            .split(", ")
        {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn names_of_signatures_are_two() {
        assert!(["Sign", "userSig", "UserSig"].iter().all(|it| is_signature_name(it)));
        assert!(!["Signature", "Design", "token"].iter().any(|it| is_signature_name(it)));
    }
}
