//! A delivery that is not answered yet, as the subject of a filter.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::classify;
use super::filter::Subject;
use super::filter::readable::of_callback;
use super::row::{Row, RowId};
use crate::callback::command::When;
use crate::callback::{Callback, Delivery, decode, query};

/// A delivery that is not answered yet. It is decoded when a filter reads more than the
/// command word and the application, which mostly stand in the query.
///
/// What depends on earlier callbacks or on the answer is not known of it: it is no
/// duplicate, not older, and has no trouble.
#[derive(Debug)]
pub struct Incoming<'a> {
    delivery: &'a Delivery,
    decoded: &'a Decoded<'a>,
    word: OnceCell<Cow<'a, str>>,
    app: OnceCell<Cow<'a, str>>,
    row: OnceCell<Row<'a>>,
    texts: OnceCell<Vec<Cow<'a, str>>>,
}

/// The place of the decoded callback, which outlives the [`Incoming`] that borrows it.
#[derive(Debug, Default)]
pub struct Decoded<'a>(OnceCell<Callback<'a>>);

impl<'a> Incoming<'a> {
    /// The subject of a delivery.
    pub fn new(delivery: &'a Delivery, decoded: &'a Decoded<'a>) -> Self {
        let [word, app] = [const { OnceCell::new() }; 2];
        Self { delivery, decoded, word, app, row: OnceCell::new(), texts: OnceCell::new() }
    }

    fn decode_once(&self) -> &'a Callback<'a> {
        self.decoded.0.get_or_init(|| decode(self.delivery))
    }

    /// A parameter of the query, else a field of the decoded callback.
    fn text<'s>(
        &'s self,
        cell: &'s OnceCell<Cow<'a, str>>,
        parameter: fn(query::Query<'a>) -> Option<Cow<'a, str>>,
        field: fn(&'a Callback<'a>) -> &'a str,
    ) -> &'s str {
        cell.get_or_init(|| match parameter(query::read(self.delivery.query())) {
            Some(text) if !text.is_empty() => text,
            _ => Cow::Borrowed(field(self.decode_once())),
        })
    }
}

impl Subject for Incoming<'_> {
    fn row(&self) -> &Row<'_> {
        self.row.get_or_init(|| {
            let callback = self.decode_once();
            let flags = classify::flags(callback, self.delivery, None);
            classify::row(callback, self.delivery, flags, None, RowId::FIRST)
        })
    }

    fn word(&self) -> &str {
        self.text(&self.word, |it| it.command, |it| &it.word)
    }

    fn app(&self) -> &str {
        self.text(&self.app, |it| it.sdk_app_id, |it| &it.app)
    }

    fn when(&self) -> Option<When> {
        (!self.word().is_empty()).then(|| When::of(self.word()))
    }

    fn body(&self) -> &[u8] {
        &self.delivery.body
    }

    fn delivery(&self) -> Cow<'_, Delivery> {
        Cow::Borrowed(self.delivery)
    }

    fn callback(&self) -> Option<&Callback<'_>> {
        Some(self.decode_once())
    }

    fn texts(&self) -> Option<&[Cow<'_, str>]> {
        Some(self.texts.get_or_init(|| of_callback(self.decode_once())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::filter::Filter;

    fn matches(filter: &str, target: &str, body: &str) -> (bool, bool) {
        let delivery = Delivery {
            method: "POST".into(),
            target: target.into(),
            body: body.as_bytes().into(),
            ..Delivery::default()
        };
        let decoded = Decoded::default();
        let matches = Filter::parse(filter).unwrap().matches(&Incoming::new(&delivery, &decoded));
        (matches, decoded.0.get().is_some())
    }

    #[test]
    fn a_delivery_is_decoded_only_for_what_is_not_in_its_query() {
        let target = "/?SdkAppid=1400000000&CallbackCommand=C2C.CallbackBeforeSendMsg&ClientIP=::1";
        let body = r#"{"From_Account":"alice","MsgBody":[]}"#;
        for (filter, expected) in [
            ("cmd:before", (true, false)),
            ("cmd:after from:alice", (false, false)),
            ("app:1400000000 ip=::1", (true, false)),
            ("alice", (true, false)),
            ("before", (true, false)),
            ("after", (false, false)),
            ("from:alice", (true, true)),
            ("cmd:before from:bob", (false, true)),
        ] {
            assert_eq!(matches(filter, target, body), expected, "{filter}");
        }
        let body = r#"{"CallbackCommand":"C2C.CallbackBeforeSendMsg"}"#;
        assert_eq!(matches("cmd:before before", "/", body), (true, true));
        let body = r#"{"MsgKey":"1_2_3","MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a\nb"}}]}"#;
        for (filter, expected) in [
            ("key:1_2_3", (true, true)),
            ("key:1_2_4", (false, true)),
            ("text:\"a\nb\"", (true, true)),
            ("text:c", (false, true)),
        ] {
            assert_eq!(matches(filter, target, body), expected, "{filter}");
        }
    }
}
