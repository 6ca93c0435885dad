//! Filters with names, which stand in others as `@NAME`.

use std::ops::Range;

use super::Filter;
use super::error::NameReason;
use crate::callback::nearest::nearest;

/// A filter with a name, of a config file.
#[derive(Debug, Clone)]
pub struct NamedFilter {
    /// The name.
    pub name: &'static str,
    /// The filter.
    pub filter: Filter,
}

/// Whether a filter can have this name.
pub fn is_name(text: &str) -> bool {
    let is_of_name = |it: char| it.is_alphanumeric() || matches!(it, '-' | '_');
    !text.is_empty() && text.chars().all(is_of_name)
}

/// The name in a word that stands for a filter; IDs of groups, `@TGS#…`, have none.
pub(super) fn name_of(word: &str) -> Option<&str> {
    word.strip_prefix('@').filter(|it| is_name(it))
}

/// The filter of a name; without names none is used there.
pub(super) fn find<'n>(
    name: &str,
    names: Option<&'n [NamedFilter]>,
) -> Result<&'n NamedFilter, NameReason> {
    let name_owned = || name.to_owned();
    let Some(names) = names else { return Err(NameReason::NotHere(name_owned())) };
    names.iter().find(|it| it.name == name).ok_or_else(|| match names {
        [] => NameReason::NoNames(name_owned()),
        _ => NameReason::Unknown {
            name: name_owned(),
            nearest: nearest(name, names.iter().map(|it| it.name)),
            known: names.iter().map(|it| format!("@{}", it.name)).collect::<Vec<_>>().join(" "),
        },
    })
}

/// A filter with others in place of their names.
pub(super) fn expanded(text: &str, found: &[(Range<usize>, &NamedFilter)]) -> String {
    if let [(at, it)] = found
        && text.trim() == &text[at.clone()]
    {
        return it.filter.text().to_owned();
    }
    let (mut expanded, mut end) = (String::new(), 0);
    for (at, it) in found {
        expanded.extend([&text[end..at.start], "(", it.filter.text(), ")"]);
        end = at.end;
    }
    expanded + &text[end..]
}
