//! What is a secret, and its replacement: [`MASK`].
//!
//! A secret is the value of a name that looks like one ([`is_secret_name`]), in a
//! query, a header or any text such as an app's debug page; user and password of a
//! URL; and, wherever it occurs, the token, or a value that came with the same
//! request under such a name. In a callback's body, which is the data of the app,
//! only these values and the fields named `Sign` and `UserSig` are masked.
//!
//! Target and headers stay in memory as they were received, for the local app to
//! which a callback is sent again; they are masked by [`Secrets`] where they are shown,
//! copied or recorded. Everything else is masked by [`mask`] when a delivery arrives.
//! The path of a callback's URL is shown: it has to be compared with the console.

mod form;
mod gap;
mod markup;
mod name;
mod page;
mod pair;
mod plain;
mod target;
mod text;
mod token;
mod value;
mod work;

use std::borrow::Cow;
use std::fmt;

use super::delivery::{Answer, Delivery, OK_BODY};
use super::headers::Headers;
use super::query::{self, escape, pairs, unescape};
use super::signature::Token;
pub use name::is_secret_name;
use name::is_secret_parameter;
use plain::Plain;
pub use token::TokenSpellings;

/// Replaces a secret.
pub const MASK: &str = "***";
/// The minimum length in bytes of a value that is masked wherever it occurs; a
/// shorter one would be found by chance.
const MIN_VALUE: usize = 6;
/// The maximum number of such values of one request.
const MAX_VALUES: usize = 64;
/// Words before the secret in a header.
const SCHEMES: [&[u8]; 9] = [
    b"apikey",
    b"aws4-hmac-sha256",
    b"basic",
    b"bearer",
    b"digest",
    b"dpop",
    b"hmac",
    b"negotiate",
    b"ntlm",
];

/// Values that are masked wherever they occur.
#[derive(Default)]
pub struct Secrets<'a> {
    values: Vec<Cow<'a, [u8]>>,
    token: Option<&'a TokenSpellings>,
    /// The query, if there is nothing to mask in it but other values.
    plain_query: Option<&'a str>,
}

impl fmt::Debug for Secrets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.values.len())
    }
}

impl<'a> Secrets<'a> {
    /// The secrets that came with a request.
    pub fn of(delivery: &'a Delivery) -> Self {
        let mut secrets = Self::default();
        secrets.add_query(delivery.query());
        secrets.add_headers(&delivery.headers);
        secrets
    }

    fn add_headers(&mut self, headers: &'a Headers) {
        for (_, value) in headers.bytes().filter(|(name, _)| is_secret_name(name)) {
            self.add(value.into());
            // Without the scheme; and the value of each cookie.
            let parts = value.split(|it| matches!(it, b' ' | b';'));
            for part in
                parts.filter(|it| !SCHEMES.iter().any(|scheme| it.eq_ignore_ascii_case(scheme)))
            {
                let at = memchr::memchr(b'=', part).filter(|at| at + MIN_VALUE < part.len());
                self.add(part[at.map_or(0, |at| at + 1)..].into());
            }
        }
    }

    /// Adds the secrets of a query.
    fn add_query(&mut self, query: &'a str) {
        let read = query::read(query);
        if !read.may_have_secrets() {
            let has_pairs = |it: &Cow<'_, str>| text::may_have_pairs(it.as_bytes());
            let is_plain = read.plain_values().is_some_and(|mut it| !it.any(has_pairs));
            self.plain_query = is_plain.then_some(query);
            return;
        }
        if read.plain_values().is_some()
            && let Some(Cow::Borrowed(sign)) = read.sign
        {
            return self.add(sign.as_bytes().into());
        }
        for (_, value) in pairs(query).filter(|(name, _)| is_secret_parameter(name)) {
            self.add(value.as_bytes().into());
            if let Cow::Owned(once) = unescape(value) {
                self.add(Cow::Owned(once.into_bytes()));
                self.add(Cow::Owned(Plain::of(value.as_bytes()).bytes.into_owned()));
            }
        }
    }

    /// Adds a value, if it is long enough and not masked already.
    fn add(&mut self, value: Cow<'a, [u8]>) {
        let is_masked =
            str::from_utf8(&value).is_ok_and(|it| it.chars().all(|it| "*•".contains(it)));
        let is_new = !is_masked && !self.values.contains(&value);
        if MIN_VALUE <= value.len() && is_new && self.values.len() < MAX_VALUES {
            self.values.push(value);
        }
    }

    /// The secrets of a request that is sent: those of its query, and the token.
    pub fn of_target(target: &'a str, token: Option<&'a Token>) -> Self {
        let mut secrets = Self::default();
        let token = token.filter(|it| !it.is_public());
        if let Some(token) = token {
            secrets.add_token(token.expose());
        }
        secrets.add_query(target.split_once('?').map_or("", |(_, query)| query));
        secrets
    }

    /// Adds the token, as it is and as URLs and JSON have it.
    fn add_token(&mut self, token: &'a str) {
        self.add(token.as_bytes().into());
        if token.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return;
        }
        let quoted = serde_json::Value::from(token).to_string();
        let quoted = quoted[1..quoted.len() - 1].to_owned();
        let lower = token.bytes().map(|it| match it.is_ascii_alphanumeric() {
            true => char::from(it).to_string(),
            false => format!("%{it:02x}"),
        });
        let forms = [escape(token), lower.collect(), quoted.replace('/', "\\/"), quoted];
        for form in forms {
            self.add(Cow::Owned(form.into_bytes()));
        }
    }

    /// As [`Self::masked`], of a text in UTF-8.
    pub fn masked_text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.masked(text.as_bytes()) {
            Cow::Borrowed(_) => Cow::Borrowed(text),
            Cow::Owned(masked) => Cow::Owned(String::from_utf8_lossy(&masked).into_owned()),
        }
    }

    fn masked_values<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        let mut text = Cow::Borrowed(text);
        for spelling in self.token.into_iter().flat_map(TokenSpellings::iter) {
            if spelling.find(&text).is_some() {
                text = Cow::Owned(text::replaced(&text, spelling.needle()));
            }
        }
        for value in &self.values {
            if text::contains(&text, value) {
                text = Cow::Owned(text::replaced(&text, value));
            }
        }
        text
    }

    fn masked_body<'t>(&self, body: &'t [u8]) -> Cow<'t, [u8]> {
        let body = self.masked_values(body);
        match text::may_have_signature(&body) {
            true => then(body, text::masked_signatures),
            false => body,
        }
    }

    /// The value of a header without secrets.
    pub fn masked_header<'t>(&self, name: &str, value: &'t [u8]) -> Cow<'t, [u8]> {
        match is_secret_name(name) {
            true => Cow::Borrowed(MASK.as_bytes()),
            false => self.masked(value),
        }
    }

    /// Headers without secrets.
    pub fn masked_headers(&self, headers: &Headers) -> Headers {
        let masked: Vec<_> =
            headers.iter().map(|(name, it)| (name, self.masked_header(name, it))).collect();
        masked.iter().map(|(name, it)| (*name, &**it)).collect()
    }
}

/// Applies another step to a masked text.
fn then<'t>(
    text: Cow<'t, [u8]>,
    step: impl for<'s> Fn(&'s [u8]) -> Cow<'s, [u8]>,
) -> Cow<'t, [u8]> {
    match text {
        Cow::Borrowed(text) => step(text),
        Cow::Owned(text) => Cow::Owned(step(&text).into_owned()),
    }
}

/// Masks a delivery that arrives: the token wherever it occurs, and all secrets in
/// its body and its answer. Returns the answer as it has to be sent, if it was masked.
pub fn mask(delivery: &mut Delivery, token: &TokenSpellings) -> Option<Box<Answer>> {
    mask_received(delivery, token, true)
}

/// As [`mask`], where it is known whether the query may have secrets
/// ([`may_have_secrets`](query::Query::may_have_secrets)).
pub fn mask_received(
    delivery: &mut Delivery,
    token: &TokenSpellings,
    in_query: bool,
) -> Option<Box<Answer>> {
    let mut secrets = Secrets { token: Some(token), ..Secrets::default() };
    mask_head(delivery, &secrets);
    if in_query {
        secrets.add_query(delivery.query());
    }
    secrets.add_headers(&delivery.headers);
    let body = match secrets.masked_body(&delivery.body) {
        Cow::Borrowed(_) => None,
        Cow::Owned(body) => Some(body.into()),
    };
    let answer = match is_plain(&delivery.answer) {
        true => None,
        false => secrets.masked_answer(&delivery.answer),
    };
    drop(secrets);
    if let Some(body) = body {
        delivery.body = body;
    }
    answer.map(|masked| Box::new(std::mem::replace(&mut delivery.answer, masked)))
}

/// Whether it is the answer OK, with nothing that could be masked.
fn is_plain(answer: &Answer) -> bool {
    // Without `..`: what is added must be decided on. A status, a word of imscope and a
    // time have nothing to mask.
    let Answer { status: _, by: _, took: _, body, content_type, headers, rule, trouble, app_reply } =
        answer;
    let is_alone = rule.is_none() && trouble.is_empty() && app_reply.is_none();
    is_alone && content_type.is_none() && headers.as_bytes().is_empty() && **body == *OK_BODY
}

/// Masks the token in target and headers.
fn mask_head(delivery: &mut Delivery, token: &Secrets<'_>) {
    if let Cow::Owned(block) = token.masked_values(delivery.headers.as_bytes()) {
        delivery.headers = Headers::from_block(block);
    }
    if let Cow::Owned(target) = token.masked_values(delivery.target.as_bytes()) {
        delivery.target = String::from_utf8_lossy(&target).into();
    }
}

/// A URL as typed, which may not even be one, without secrets.
pub fn masked_url(url: &str) -> String {
    let secrets = Secrets::of_target(url, None);
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let masked = secrets.masked_text(url.strip_suffix(query).unwrap_or(url)).into_owned();
    masked + &secrets.masked_query(query)
}

#[cfg(test)]
mod tests;
