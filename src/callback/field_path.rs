//! Paths to nested fields of a body: `RoomInfo.RoomId`. A list on the way stands
//! for each of its items: `UserList.User_Account`.

use super::json::{Fields, Json, JsonKind};
use super::value::get;

/// The first result of `read` on the values at a path.
pub(super) fn find<'a, T>(
    fields: &Fields<'a>,
    path: &str,
    read: &mut dyn FnMut(Json<'a>) -> Option<T>,
) -> Option<T> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    walk(get(fields, first)?, rest, read)
}

/// The values at a path.
pub(super) fn all<'a>(fields: &Fields<'a>, path: &str) -> Vec<Json<'a>> {
    let mut found = Vec::new();
    find(fields, path, &mut |it| {
        found.push(it);
        None::<()>
    });
    found
}

fn walk<'a, T>(
    value: Json<'a>,
    path: &str,
    read: &mut dyn FnMut(Json<'a>) -> Option<T>,
) -> Option<T> {
    if path.is_empty() {
        return read(value);
    }
    if value.kind() == JsonKind::Array {
        let objects = value.each_item().filter(|it| it.kind() == JsonKind::Object);
        return objects.into_iter().find_map(|it| walk(it, path, read));
    }
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    walk(value.get(first)?, rest, read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::json::read_fields;

    #[test]
    fn a_list_stands_for_each_of_its_items() {
        let body = br#"{"a":{"b":1},"list":[{"x":2},7,[{"x":8}],{"y":3},{"x":4}]}"#;
        let fields = read_fields(body).unwrap().1;
        let texts = |path| all(&fields, path).into_iter().map(Json::raw).collect::<Vec<_>>();
        assert_eq!(texts("a.b"), ["1"]);
        assert_eq!(texts("list.x"), ["2", "4"]);
        assert_eq!(texts("a.b.c"), [""; 0]);
        assert_eq!(texts("no"), [""; 0]);
        let first = find(&fields, "list.x", &mut |it| Some(it.raw()));
        assert_eq!(first, Some("2"));
    }
}
