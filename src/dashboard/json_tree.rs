//! The body as a foldable JSON tree: lines that point into the bytes.
//!
//! Only open branches are read, and with an explicit stack: nesting of any depth
//! is safe.

use std::collections::HashSet;
use std::hash::BuildHasher as _;
use std::ops::Range;

use foldhash::quality::FixedState;

use crate::callback::json::{Json, JsonKind, read};
use crate::callback::json_pointer;

/// Branches deeper than this are folded by default.
const OPEN_DEPTH: usize = 12;
/// The number of lines after which a tree is cut off.
pub const LINES: usize = 200_000;

/// One line of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of branches around it.
    pub depth: usize,
    /// The range of the field's name in the body, with its quotes.
    pub name: Option<Range<usize>>,
    /// The range of the value in the body.
    pub value: Range<usize>,
    /// The part of the value on this line.
    pub part: Part,
    /// Whether a comma follows.
    pub comma: bool,
    /// The node of the value.
    pub node: NodeId,
}

impl Line {
    /// Whether the value has members, so that it can be folded.
    pub(super) fn is_branch(&self) -> bool {
        !matches!(self.part, Part::Leaf(_))
    }
}

/// A value of the tree: the hash of its path from the root, equal in all bodies
/// of the same shape. The path itself may be long, and an open branch may have
/// hundreds of thousands of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NodeId(u64);

impl NodeId {
    fn child(self, step: &str) -> Self {
        Self(FixedState::with_seed(self.0).hash_one(step))
    }
}

/// The part of a value on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A scalar, or an empty array or object.
    Leaf(JsonKind),
    /// The opening bracket.
    Open(JsonKind),
    /// A folded array or object, with the number of its members.
    Folded(JsonKind, usize),
    /// The closing bracket.
    Close(JsonKind),
}

/// The lines of a body's tree; none if it is not JSON.
pub(super) fn lines(body: &[u8], toggled: &HashSet<NodeId>) -> Vec<Line> {
    read(body).map(|json| flatten(json, body, &|node| toggled.contains(&node))).unwrap_or_default()
}

/// A hash of the toggled nodes that does not depend on their order.
pub(super) fn fingerprint(toggled: &HashSet<NodeId>) -> u64 {
    toggled.iter().fold(toggled.len() as u64, |sum, it| sum.wrapping_add(it.0))
}

/// A value whose lines are not made yet, or its closing bracket.
struct Pending<'a> {
    depth: usize,
    name: Option<Json<'a>>,
    json: Json<'a>,
    node: NodeId,
    comma: bool,
    is_end: bool,
}

/// All lines of a value. Branches are open down to a fixed depth and folded
/// below it; where `is_toggled` returns true it is the opposite.
pub fn flatten(json: Json<'_>, body: &[u8], is_toggled: &dyn Fn(NodeId) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let root = Pending {
        depth: 0,
        name: None,
        json,
        node: NodeId::default(),
        comma: false,
        is_end: false,
    };
    let mut stack = vec![root];
    while let Some(it) = stack.pop() {
        if lines.len() >= LINES {
            break;
        }
        let part = part_of(&it, is_toggled);
        lines.push(Line {
            depth: it.depth,
            name: it.name.filter(|_| !it.is_end).map(|name| span(name, body)),
            value: span(it.json, body),
            part,
            comma: it.comma && !matches!(part, Part::Open(_)),
            node: it.node,
        });
        if matches!(part, Part::Open(_)) {
            open(it, &mut stack);
        }
    }
    lines
}

fn part_of(it: &Pending<'_>, is_toggled: &dyn Fn(NodeId) -> bool) -> Part {
    let kind = it.json.kind();
    if !matches!(kind, JsonKind::Array | JsonKind::Object) {
        return Part::Leaf(kind);
    }
    if it.is_end {
        return Part::Close(kind);
    }
    let open = (it.depth < OPEN_DEPTH) != is_toggled(it.node);
    match it.json.members().len() {
        0 => Part::Leaf(kind),
        count if !open => Part::Folded(kind, count),
        _ => Part::Open(kind),
    }
}

/// Pushes the closing bracket and then the members, last first.
#[expect(clippy::needless_pass_by_value, reason = "it is popped from the stack and pushed back")]
fn open<'a>(it: Pending<'a>, stack: &mut Vec<Pending<'a>>) {
    let members = it.json.members();
    let depth = it.depth + 1;
    let last = members.len().saturating_sub(1);
    let parent = it.node;
    stack.push(Pending { is_end: true, ..it });
    for (index, (name, json)) in members.into_iter().enumerate().rev() {
        let node = match name {
            Some(name) => parent.child(name.raw()),
            None => parent.child(&index.to_string()),
        };
        stack.push(Pending { depth, name, json, node, comma: index < last, is_end: false });
    }
}

fn span(json: Json<'_>, body: &[u8]) -> Range<usize> {
    let start = json.offset_in(body);
    start..start + json.raw().len()
}

/// A step of a path.
pub(super) enum PathStep {
    /// Into a field.
    Name(String),
    /// Into an element, from 0.
    Index(usize),
}

/// The JSON pointer (RFC 6901) of the value on line `at`; `None` if there is no
/// such line.
pub fn pointer(lines: &[Line], at: usize, body: &[u8]) -> Option<String> {
    let steps = path(lines, at, body)?;
    Some(steps.into_iter().fold(String::new(), |pointer, step| match step {
        PathStep::Name(name) => pointer + "/" + &json_pointer::escape(&name),
        PathStep::Index(index) => format!("{pointer}/{index}"),
    }))
}

/// The path of the value on line `at` as jq has it: `.a[0]["b c"]`; `None` if there is
/// no such line.
pub(super) fn jq_path(lines: &[Line], at: usize, body: &[u8]) -> Option<String> {
    let is_plain = |name: &str| {
        let is_letter = |it: char| it.is_ascii_alphabetic() || it == '_';
        name.starts_with(is_letter) && name.chars().all(|it| is_letter(it) || it.is_ascii_digit())
    };
    let steps = path(lines, at, body)?;
    let path = steps.into_iter().fold(String::new(), |path, step| match step {
        PathStep::Name(name) if is_plain(&name) => path + "." + &name,
        PathStep::Name(name) => format!("{path}[{}]", serde_json::Value::from(name)),
        PathStep::Index(index) => format!("{path}[{index}]"),
    });
    // A path begins with a dot.
    Some(if path.starts_with('.') { path } else { format!(".{path}") })
}

/// The steps from the root to the value on line `at`.
pub(super) fn path(lines: &[Line], at: usize, body: &[u8]) -> Option<Vec<PathStep>> {
    let line = lines.get(at)?;
    let opening = |line: &Line| matches!(line.part, Part::Open(_));
    let mut steps = Vec::new();
    let (mut at, mut depth) = (at, line.depth);
    if matches!(line.part, Part::Close(_)) {
        at = lines[..at].iter().rposition(|it| it.value == line.value && opening(it))?;
    }
    while 0 < depth {
        let parent = lines[..at].iter().rposition(|it| it.depth + 1 == depth && opening(it))?;
        steps.push(match &lines[at].name {
            Some(name) => {
                PathStep::Name(read(body.get(name.clone())?).ok()?.as_str()?.into_owned())
            }
            None => {
                let siblings = lines[parent..at].iter().filter(|it| it.depth == depth);
                let before = siblings.filter(|it| !matches!(it.part, Part::Close(_)));
                PathStep::Index(before.count())
            }
        });
        (at, depth) = (parent, depth - 1);
    }
    steps.reverse();
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(body: &str, toggled: &[&str]) -> Vec<String> {
        let json = read(body.as_bytes()).unwrap();
        let node = |pointer: &&str| {
            pointer.split('/').skip(1).fold(NodeId::default(), |node, step| {
                node.child(&if step.parse::<u8>().is_ok() {
                    step.to_owned()
                } else {
                    format!("{step:?}")
                })
            })
        };
        let toggled: Vec<_> = toggled.iter().map(node).collect();
        let lines = flatten(json, body.as_bytes(), &|it| toggled.contains(&it));
        (0..lines.len())
            .map(|at| {
                let line = &lines[at];
                let name = line.name.clone().map_or("", |it| &body[it]);
                let shown = match line.part {
                    Part::Leaf(_) => body[line.value.clone()].to_owned(),
                    Part::Open(_) => "(".to_owned(),
                    Part::Folded(_, count) => format!("({count})"),
                    Part::Close(_) => ")".to_owned(),
                };
                let comma = if line.comma { "," } else { "" };
                let path = pointer(&lines, at, body.as_bytes()).unwrap();
                format!("{}{name}{shown}{comma} {path}", " ".repeat(line.depth))
            })
            .collect()
    }

    #[test]
    fn every_value_has_its_line_and_its_pointer() {
        assert_eq!(
            picture(r#"{"a":[1.0,{"b/c":null}],"d":[]}"#, &[]),
            [
                "( ",
                " \"a\"( /a",
                "  1.0, /a/0",
                "  ( /a/1",
                "   \"b/c\"null /a/1/b~1c",
                "  ) /a/1",
                " ), /a",
                " \"d\"[] /d",
                ") ",
            ]
        );
    }

    #[test]
    fn a_path_of_jq_has_names_that_are_no_words_in_brackets() {
        let body = r#"{"a_1":[{"b c":1}],"1":2,"小":{"\u0022":3}}"#;
        let lines = flatten(read(body.as_bytes()).unwrap(), body.as_bytes(), &|_| false);
        let paths: Vec<_> =
            (0..lines.len()).map(|at| jq_path(&lines, at, body.as_bytes())).collect();
        let mut expected = vec![".", ".a_1", ".a_1[0]", r#".a_1[0]["b c"]"#, ".a_1[0]", ".a_1"];
        expected.extend([r#".["1"]"#, r#".["小"]"#, r#".["小"]["\""]"#, r#".["小"]"#, "."]);
        assert_eq!(paths, expected.into_iter().map(|it| Some(it.to_owned())).collect::<Vec<_>>());
    }

    #[test]
    fn a_toggled_branch_is_folded_to_a_count() {
        assert_eq!(
            picture(r#"{"a":[1,2],"b":3}"#, &["/a"]),
            ["( ", " \"a\"(2), /a", " \"b\"3 /b", ") "]
        );
    }

    #[test]
    fn deep_nesting_is_folded_by_default() {
        let body = "[".repeat(5000) + &"]".repeat(5000);
        assert_eq!(picture(&body, &[]).len(), 2 * OPEN_DEPTH + 1);
    }
}
