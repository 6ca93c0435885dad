//! What was received that is like what a filter searches for in vain.

use std::ops::ControlFlow;

use super::History;
use super::choices::{COMPARED, ROWS, columns, visit_paths};
use super::filter::{Field, Filter, Remark, SearchedPath, SearchedValue};

/// What stands in place of the middle of a text on the screen.
const CUT: char = '…';

impl History {
    /// What is probably meant in a filter that nothing matches, by the values and paths of
    /// what was received.
    pub fn remark_without_match(&self, filter: &Filter) -> Option<Remark> {
        let values = filter.searched_values().into_iter().filter(|it| it.field != Field::Command);
        let mut values = values.filter_map(|it| {
            let near = it.with(&self.near_value(&it)?);
            Some(Remark::meant(0..0, it.written(), near))
        });
        values.next().or_else(|| {
            let paths = filter.searched_paths().into_iter();
            let mut paths = paths.filter_map(|it| {
                let near = self.near_path(&it)? + &it.rest;
                Some(Remark::meant(0..0, it.written, near))
            });
            paths.next()
        })
    }

    /// The newest value like one that is searched for: with its cut part, in another letter
    /// case, or else a few letters from it; `None` if that is there already.
    fn near_value(&self, searched: &SearchedValue) -> Option<String> {
        let (mut is_there, mut found, mut near) = (false, None, None);
        let mut left = COMPARED;
        let value = searched.value.to_lowercase();
        let parts = searched.value.split_once(CUT);
        let _ = self.flow().accepted_rows().newest_texts(columns(searched.field), ROWS, |it| {
            let folded = it.to_lowercase();
            is_there = match searched.is_exact {
                true => it == searched.value,
                false => folded.contains(&value),
            };
            let is_whole = || {
                parts.is_some_and(|(start, end)| {
                    let is_long = start.len() + end.len() <= it.len();
                    is_long && it.starts_with(start) && it.ends_with(end)
                })
            };
            if found.is_none() && (folded == value || is_whole()) {
                found = Some(it.to_owned());
            } else if near.is_none() && found.is_none() && is_near(&folded, &value) {
                near = Some(it.to_owned());
            }
            left -= 1;
            match is_there || left == 0 {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        found.or(near).filter(|_| !is_there)
    }

    /// The path of which one that is searched for is the end, or that is a few letters from
    /// it; `None` if there is such a path already.
    fn near_path(&self, searched: &SearchedPath) -> Option<String> {
        let (mut is_there, mut ending, mut near) = (false, None::<String>, None);
        let path = searched.path.to_ascii_lowercase();
        visit_paths(self, &mut |seen: &str| {
            let folded = seen.to_ascii_lowercase();
            is_there |= folded == path && searched.is_path;
            if folded.ends_with(&path) {
                let shorter = ending.take().filter(|it| it.len() <= seen.len());
                ending = shorter.or_else(|| Some(seen.to_owned()));
            } else if near.is_none() && is_near(&folded, &path) {
                near = Some(seen.to_owned());
            }
        });
        ending.or(near).filter(|_| !is_there)
    }
}

/// Whether texts of some letters differ in one or two of them.
fn is_near(text: &str, other: &str) -> bool {
    const MOST: usize = 2;
    // The length in bytes first: it costs nothing, and tells most texts apart.
    if MOST * 4 < text.len().abs_diff(other.len()) {
        return false;
    }
    let length = text.chars().count();
    let allowed = if length < 5 { 1 } else { MOST };
    length.abs_diff(other.chars().count()) <= allowed
        && 3 <= length
        && strsim::osa_distance(text, other) <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::{Delivery, Lang};

    fn history() -> History {
        let mut history = History::default();
        let users = [("alicf", "carol"), ("alice", "u_8f3c2d1eeu-west-1_tier2"), ("小明", "bob")];
        for (from, to) in users {
            let inner = r#"{\"order\":{\"items\":[{\"sku\":\"a-1\"}]}}"#;
            let content = format!(r#"{{"Text":"红包","Data":"{inner}"}}"#);
            let element = format!(r#"[{{"MsgType":"TIMCustomElem","MsgContent":{content}}}]"#);
            let body = format!(
                r#"{{"CallbackCommand":"C2C.CallbackAfterSendMsg","From_Account":"{from}","To_Account":"{to}","MsgBody":{element}}}"#
            );
            let delivery = Delivery {
                method: "POST".into(),
                body: body.into_bytes().into(),
                ..Delivery::default()
            };
            history.apply(&delivery);
        }
        history
    }

    fn meant(text: &str) -> Option<String> {
        let remark = history().remark_without_match(&Filter::parse(text).unwrap())?;
        let message = remark.message(Lang::En);
        Some(message.split('`').nth(1)?.to_owned())
    }

    #[test]
    fn a_value_like_one_that_was_seen_has_a_remark() {
        for (text, near) in [
            ("from=ALICE", "from=alice"),
            ("user:alcie odd", "user:alice"),
            ("to:bbo", "to:bob"),
            ("to:u_8f3c…tier2", "to:u_8f3c2d1eeu-west-1_tier2"),
        ] {
            assert_eq!(meant(text).as_deref(), Some(near), "{text}");
        }
        for text in [
            "from:bob",
            "-user:alcie",
            "user:mallory",
            "user:al",
            "to:u_8…tier3",
            "小名",
            "from:alice odd",
            "from:ALICE odd",
            "from=alice odd",
            "user:alic odd",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_path_that_was_seen_has_a_remark() {
        for (text, near) in [
            (".Text:红包", ".MsgBody.MsgContent.Text:红包"),
            (".order.items.sku=b", ".MsgBody.MsgContent.Data.order.items.sku=b"),
            ("sku=b", ".MsgBody.MsgContent.Data.order.items.sku=b"),
            ("order.items.sku:b", ".MsgBody.MsgContent.Data.order.items.sku:b"),
            (".MsgBdoy", ".MsgBody"),
        ] {
            assert_eq!(meant(text).as_deref(), Some(near), "{text}");
        }
        for text in [".MsgBody:x", ".msgbody.msgtype:x", ".Nothing", "a.b", "x=y"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
