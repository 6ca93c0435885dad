//! Searches text that is not JSON for the fields of a decision.

use super::{Code, Item, Signs};

impl Signs {
    /// Adds the fields in a text with their values; whether there are any.
    pub(super) fn add_text(&mut self, text: &str) -> bool {
        let mut item = Item::default();
        let fields = fields_of_text(text);
        let has_fields = !fields.is_empty();
        for (name, value) in fields {
            match name {
                "errorcode" | "error_code" => self.codes.extend(Code::of_text(value)),
                "resultcode" | "result_code" => item.codes.extend(Code::of_text(value)),
                "actionstatus" | "action_status" => self.add_status_text(value),
                "refusedmembers_account" => {
                    self.has_unreadable_member |= !matches!(value, "" | "[" | "null");
                }
                _ => value.clone_into(&mut self.info),
            }
        }
        if !item.codes.is_empty() {
            self.items.push(item);
        }
        has_fields
    }
}

/// The names of the fields, in lower case, and the values that follow them.
fn fields_of_text(text: &str) -> Vec<(&'static str, &str)> {
    const NAMES: [&str; 9] = [
        "errorcode",
        "error_code",
        "resultcode",
        "result_code",
        "actionstatus",
        "action_status",
        "refusedmembers_account",
        "errorinfo",
        "error_info",
    ];
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for name in NAMES {
        let is_closing = |at: usize| text[..at].ends_with('/');
        let starts = lower.match_indices(name).map(|(at, _)| at).filter(|at| !is_closing(*at));
        let ends = starts.map(|it| it + name.len());
        found.extend(ends.filter_map(|end| Some((name, value_after(&text[end..])?))));
    }
    found
}

/// The value after a name: `": 1,`, `' => 'x'`, `=1&`, `>1<`.
fn value_after(name_end: &str) -> Option<&str> {
    const QUOTES: [char; 2] = ['"', '\''];
    let rest = name_end.trim_start_matches('\\').trim_start_matches(QUOTES).trim_start();
    let value = rest.trim_start_matches([':', '=', '>']);
    if value.len() == rest.len() {
        return None;
    }
    let value = value.trim_start().trim_start_matches('\\');
    match value.strip_prefix(QUOTES) {
        Some(inner) => inner.split(['"', '\'', '\\']).next(),
        None => value.split([',', ';', '}', ']', '&', '<', ')', '\n', ' ', '\r', '\t']).next(),
    }
}
