//! The text of a message as a person reads it.

use std::borrow::Cow;

use crate::callback::Callback;
use crate::callback::json::Json;
use crate::callback::message::Element;

/// Names of the fields of an element that hold readable text. Numbers, links
/// and names of stored files are left out.
const NAMES: [&str; 9] = [
    "Text",
    "Desc",
    "Data",
    "Ext",
    "FileName",
    "Title",
    "CompatibleText",
    "AbstractList",
    "Markdown",
];

/// The texts of a callback's message.
pub(in crate::history) fn of_callback<'a>(callback: &Callback<'a>) -> Vec<Cow<'a, str>> {
    let custom = callback.fields.iter().rfind(|(it, _)| it == "CloudCustomData");
    of_message(&callback.elements, custom.map(|(_, it)| *it))
}

/// The texts of the elements, and the custom data of the message, with JSON
/// escapes decoded.
pub(super) fn of_message<'a>(
    elements: &[Element<'a>],
    custom: Option<Json<'a>>,
) -> Vec<Cow<'a, str>> {
    let mut texts: Vec<_> = custom.and_then(Json::as_str).into_iter().collect();
    let contents = elements.iter().filter_map(|it| it.content).flat_map(Json::fields);
    for (name, value) in contents.filter(|(name, _)| name != "MsgList") {
        if NAMES.iter().any(|it| it.eq_ignore_ascii_case(&name)) {
            texts.extend(value.as_str());
            texts.extend(value.items().into_iter().filter_map(Json::as_str));
        }
        if name == "Chunks" {
            let chunks = value.items().into_iter().filter_map(|it| it.get("Markdown"));
            texts.extend(chunks.filter_map(Json::as_str));
        }
    }
    texts
}
