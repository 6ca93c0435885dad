//! Masks the secrets in any text that is not the body of a callback: the reply of an
//! app, a header, an error.

use std::borrow::Cow;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use memchr::memmem::Finder;

use super::plain::Plain;
use super::text::{masked, may_have_pairs};
use super::{Secrets, TokenSpellings, pair};
use crate::callback::delivery::{Answer, AnsweredBy};
use crate::callback::headers::Headers;
use crate::callback::trouble::Trouble;

/// How many times a masked text is read again: a mask may change what is read before it.
const PASSES: usize = 4;
/// How many values are looked for in base64.
const MAX_ENCODED: usize = 8;

/// The text without secrets: the values, in any encoding, and what looks like one.
fn masked_page<'t>(text: &'t [u8], values: &[Cow<'_, [u8]>]) -> Cow<'t, [u8]> {
    let values: Vec<_> = values.iter().map(|it| it.to_ascii_lowercase()).collect();
    let mut text = Cow::Borrowed(text);
    for _ in 0..PASSES {
        let ranges = secrets(&text, &values);
        if ranges.is_empty() {
            break;
        }
        text = Cow::Owned(masked(&text, &ranges));
    }
    text
}

/// The places of secrets in the original text, in order and apart.
fn secrets(text: &[u8], values: &[Vec<u8>]) -> Vec<Range<usize>> {
    let plain = Plain::of(text);
    let mut found = pair::secrets(&plain);
    add_values(&plain, values, &mut found);
    found.sort_by_key(|it| it.start);
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found.into_iter().map(|it| plain.original(it)) {
        match ranges.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => ranges.push(range),
        }
    }
    ranges
}

/// Adds where the values stand, which are in lower case.
fn add_values(plain: &Plain<'_>, values: &[Vec<u8>], found: &mut Vec<Range<usize>>) {
    if values.is_empty() {
        return;
    }
    let text = plain.bytes.to_ascii_lowercase();
    for value in values {
        found.extend(memchr::memmem::find_iter(&text, value).map(|at| at..at + value.len()));
    }
}

/// Values, and the first of them in base64, without the end that depends on what follows.
fn with_base64(mut values: Vec<Cow<'_, [u8]>>) -> Vec<Cow<'_, [u8]>> {
    let encoded = values.iter().take(MAX_ENCODED).flat_map(|value| {
        let triples = &value[..value.len() / 3 * 3];
        [STANDARD_NO_PAD.encode(triples), URL_SAFE_NO_PAD.encode(triples)]
    });
    let encoded: Vec<_> = encoded.collect();
    values.extend(encoded.into_iter().map(|it| Cow::Owned(it.into_bytes())));
    values
}

impl Secrets<'_> {
    /// The text with all secrets masked; a header or a part of a target.
    pub fn masked<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        match may_have_pairs(text) {
            true => masked_page(text, &self.all_values()),
            false => self.masked_values(text),
        }
    }

    fn all_values(&self) -> Vec<Cow<'_, [u8]>> {
        let token = self.token.into_iter().flat_map(TokenSpellings::iter);
        let values = self.values.iter().map(|it| &**it);
        token.map(Finder::needle).chain(values).map(Cow::Borrowed).collect()
    }

    /// The reply of an app, or a part of it, with all secrets masked.
    pub(super) fn masked_reply<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        masked_page(text, &with_base64(self.all_values()))
    }

    /// Sentences about a reply, which may quote it, with all secrets masked.
    pub fn masked_all(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|it| self.masked_reply_text(it)).collect()
    }

    fn masked_reply_text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.masked_reply(text.as_bytes())).into_owned()
    }

    /// The headers of an app's reply without secrets.
    fn masked_reply_headers(&self, headers: &Headers) -> Headers {
        let masked = self.masked_headers(headers);
        let masked: Vec<_> =
            masked.iter().map(|(name, it)| (name, self.masked_reply(it))).collect();
        masked.iter().map(|(name, it)| (*name, &**it)).collect()
    }

    /// An answer with all secrets masked; `None` if there are none.
    pub(super) fn masked_answer(&self, answer: &Answer) -> Option<Answer> {
        let mut masked = answer.clone();
        let body = match answer.by {
            // Its sentences name fields, `Sign` among them.
            AnsweredBy::Imscope if answer.rule.is_none() => self.masked_body(&answer.body),
            _ => self.masked_reply(&answer.body),
        };
        if let Cow::Owned(body) = body {
            masked.body = Cow::Owned(body);
        }
        masked.headers = self.masked_reply_headers(&answer.headers);
        masked.rule = masked.rule.as_deref().map(|it| self.masked_text(it).into());
        let masked_trouble =
            |it: &Trouble| Trouble::recorded(self.masked_reply_text(it.sentence()));
        masked.trouble = masked.trouble.iter().map(masked_trouble).collect();
        masked.content_type = masked.content_type.map(|it| self.masked_reply_text(&it).into());
        if let Some(reply) = &mut masked.app_reply {
            reply.body = self.masked_reply(&reply.body).into_owned();
            reply.headers = self.masked_reply_headers(&reply.headers);
            reply.content_type = self.masked_reply_text(&reply.content_type).into();
        }
        (masked != *answer).then_some(masked)
    }
}
