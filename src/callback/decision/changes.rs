//! How a reply changes the message of its request.

use crate::callback::compare::{Difference, compare};
use crate::callback::json::{self, Json, JsonKind};

/// The fields of a message that a reply can replace, and their kind.
pub const REPLACED: [(&str, JsonKind); 2] =
    [("MsgBody", JsonKind::Array), ("CloudCustomData", JsonKind::String)];

/// The fields of the request's message that the reply changes, with JSON pointers
/// below those of the request; empty if it changes none. A field that the reply does
/// not have, or that is not of its documented type, changes nothing.
pub fn changes(request: &[u8], reply: &[u8]) -> Vec<Difference> {
    let Ok(reply) = json::read(reply) else { return Vec::new() };
    let request = json::read(request).ok();
    let replaced = REPLACED.iter().filter_map(|(name, kind)| {
        let value = reply.get(name).filter(|it| it.kind() == *kind)?;
        Some(changes_of(name, request.and_then(|it| it.get(name)), value))
    });
    replaced.flatten().collect()
}

/// The differences of one field.
fn changes_of(name: &str, first: Option<Json<'_>>, second: Json<'_>) -> Vec<Difference> {
    let at_once = |first: Option<Json<'_>>| Difference {
        pointer: format!("/{name}"),
        first: first.map(|it| it.raw().to_owned()),
        second: Some(second.raw().to_owned()),
    };
    let Some(first) = first else { return vec![at_once(None)] };
    if first.as_str().is_some_and(|it| second.as_str() == Some(it)) {
        return Vec::new();
    }
    if first.kind() != second.kind() || second.kind() == JsonKind::String {
        return vec![at_once(Some(first))];
    }
    let mut differences = compare(first.raw().as_bytes(), second.raw().as_bytes()).differences;
    for it in &mut differences {
        it.pointer.insert_str(0, &format!("/{name}"));
    }
    differences
}
