//! A denial of the local app in the form that the documents require.

use super::signs::{Code, Item, Signs};
use crate::answer::reply_body;
use crate::callback::command::When;
use crate::callback::decision::codes;
use crate::callback::friends::{INVITE, friends, is_about_friends};
use crate::callback::json;
use crate::callback::reply_check::Expected;

/// The code of a denial whose own code is in no document.
const DENIED: i64 = 1;

/// A denial of the local app.
#[derive(Debug)]
pub(super) struct Denial<'a> {
    word: &'a str,
    /// The body of the callback.
    request: &'a [u8],
    signs: Signs,
}

/// What a reply decides.
#[derive(Debug)]
pub(super) enum Meaning<'a> {
    /// It is denied, at least in part.
    Denied(Denial<'a>),
    /// It may be denied, in a form or in a part of the reply that cannot be read.
    Unclear,
    /// It is allowed, or the reply holds no decision, or the callback needs none.
    Other,
}

impl<'a> Meaning<'a> {
    /// What the body of a reply means, of which a part may be unread.
    pub(super) fn of(expected: Expected<'a>, reply: &[u8], has_unread_part: bool) -> Self {
        let (word, request) = (expected.word(), expected.request());
        if When::of(word) == When::After {
            return Self::Other;
        }
        let mut signs = Signs::read(reply);
        if word != INVITE {
            signs.members.clear();
            signs.has_unreadable_member = false;
        }
        if signs.deny() {
            return Self::Denied(Denial { word, request, signs });
        }
        if has_unread_part || signs.is_unclear { Self::Unclear } else { Self::Other }
    }
}

impl Denial<'_> {
    /// Whether parsers differ in what they take as the code of the reply.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.signs.are_ambiguous()
    }

    /// The body that denies the same, as documented.
    pub(super) fn body(&self) -> Vec<u8> {
        let Self { word, signs, .. } = self;
        if is_about_friends(word) {
            return self.body_for_friends();
        }
        let is_partial = !signs.deny_the_event() && signs.items.is_empty();
        if is_partial && !signs.has_unreadable_member {
            return reply_body::without_members(&signs.members, &signs.info);
        }
        let items = signs.items.iter().flat_map(|it| &it.codes);
        let code = self.documented(signs.codes.iter().chain(items));
        reply_body::decision(word, None, code, &signs.info)
    }

    /// The last of these codes that denies and is documented for the command, or 1.
    fn documented<'c>(&self, found: impl Iterator<Item = &'c Code>) -> i64 {
        let codes = codes(self.word);
        let is_known = |it: i64| codes.as_ref().is_none_or(|codes| codes.contains(it));
        let denying = found.filter_map(|it| match it {
            Code::Number(code) if *code != 0 && is_known(*code) => Some(*code),
            _ => None,
        });
        denying.last().unwrap_or(DENIED)
    }

    /// An item for each friend: refused if its own item denies. If nothing says which
    /// friends are refused, all are that no item allows, or simply all.
    fn body_for_friends(&self) -> Vec<u8> {
        let Self { word, request, signs } = self;
        let request = json::read(request).ok();
        let accounts = request.map(|it| friends(word, it)).unwrap_or_default();
        if accounts.is_empty() {
            let (code, info) = self.refusal(&[]);
            return reply_body::decision(word, None, code, info);
        }
        let items_of = |account: &str| {
            let of_account = move |it: &&Item| it.account.as_deref() == Some(account);
            signs.items.iter().filter(of_account).collect::<Vec<_>>()
        };
        let own: Vec<_> = accounts.iter().map(|it| items_of(it)).collect();
        let is_any_refused = own.iter().flatten().any(|it| is_refused(it));
        let is_stray = |it: &Item| {
            is_refused(it) && !accounts.iter().any(|account| it.account.as_deref() == Some(account))
        };
        let are_others_refused = signs.deny_the_event() || signs.items.iter().any(is_stray);
        let are_all_allowed = own.iter().all(|it| !it.is_empty()) && !is_any_refused;
        let refuses = |items: &[&Item]| {
            let is_allowed = !items.is_empty() && !are_all_allowed;
            items.iter().any(|it| is_refused(it)) || (are_others_refused && !is_allowed)
        };
        let results = accounts.iter().zip(&own).map(|(account, items)| {
            let (code, info) = match refuses(items) {
                true => self.refusal(items),
                false => (0, ""),
            };
            reply_body::Item { account, code, info }
        });
        reply_body::for_each(&results.collect::<Vec<_>>())
    }

    /// Code and reason for a friend that is refused, by its items or like the others.
    fn refusal<'s>(&'s self, items: &[&'s Item]) -> (i64, &'s str) {
        let refused = items.iter().rfind(|it| is_refused(it)).copied();
        let stray = || self.signs.items.iter().rfind(|it| is_refused(it));
        match refused {
            Some(it) => (self.documented(it.codes.iter()), &it.info),
            None if self.signs.deny_the_event() => {
                (self.documented(self.signs.codes.iter()), &self.signs.info)
            }
            None => stray()
                .map_or((DENIED, ""), |it| (self.documented(it.codes.iter()), it.info.as_str())),
        }
    }
}

/// Whether the friend of this item is refused: beside a denial, also by what is unclear.
fn is_refused(item: &Item) -> bool {
    item.codes.iter().any(|it| it.is_denial() || *it == Code::Unclear)
}
