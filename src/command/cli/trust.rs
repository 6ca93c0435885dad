//! What the file of settings of a project may set before the user has trusted it: it comes
//! with whatever was cloned.

use super::value;
use crate::answer::rule::{Reply, Rule};
use crate::callback::Lang;

/// Whether a project's file may set an option before it is trusted. It must not before if
/// a value names a file, runs a program, reaches another machine or is reached from one,
/// or turns a check off.
#[derive(Debug, Clone, Copy)]
pub enum TrustNeed {
    /// It may.
    Harmless,
    /// It must be trusted first.
    Required,
    /// It must be trusted first, unless this holds for the value.
    RequiredUnless(fn(&str) -> bool),
}

impl TrustNeed {
    /// Whether a project's file must be trusted before it sets this value.
    pub fn is_required_for(self, value: &str) -> bool {
        match self {
            Self::Harmless => false,
            Self::Required => true,
            Self::RequiredUnless(is_harmless) => !is_harmless(value),
        }
    }
}

/// Whether only programs of this machine reach an address.
pub(super) fn is_loopback(address: &str) -> bool {
    value::address(address, Lang::En).is_ok_and(|it| it.ip().to_canonical().is_loopback())
}

/// Whether a rule answers by itself: it asks no local app and names no file.
pub(super) fn answers_itself(rule: &str) -> bool {
    let mut names_file = false;
    let mut read = |_: &str| {
        names_file = true;
        Ok(b"{}".to_vec())
    };
    let rule = Rule::parse(rule, &mut read);
    rule.is_ok_and(|it| !matches!(it.reply, Some(Reply::Forward(_)))) && !names_file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_harmless_on_this_machine_only() {
        let is_required = |it| TrustNeed::RequiredUnless(is_loopback).is_required_for(it);
        for address in ["9527", "localhost:0", "127.0.0.2:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
            assert!(!is_required(address), "{address}");
        }
        for address in ["0.0.0.0:9527", "[::]:1", "10.0.0.1:1", "potato", ""] {
            assert!(is_required(address), "{address}");
        }
    }

    #[test]
    fn a_rule_is_harmless_if_it_names_no_file_and_no_app() {
        for rule in ["=> allow", "before => deny 120001 \"@x\"", "=> hang", "=> reply {}"] {
            assert!(answers_itself(rule), "{rule}");
        }
        for rule in ["=> forward http://localhost:1", "=> reply @/etc/passwd", "=> potato", ""] {
            assert!(!answers_itself(rule), "{rule}");
        }
    }
}
