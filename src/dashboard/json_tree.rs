//! The body as a foldable JSON tree: lines that point into the bytes.
//!
//! Only branches that are open are read, with a stack of our own: nesting of
//! any depth can be looked at.

use std::hash::BuildHasher as _;
use std::ops::Range;
use std::rc::Rc;

use foldhash::quality::FixedState;

use super::app::{App, Form, Tab};
use crate::callback::json::{Json, Kind, read};
use crate::history::RowId;

/// Branches deeper than this are folded until somebody opens them.
const OPEN_DEPTH: usize = 12;
/// Lines that a tree may have; a body that needs more is shown as text.
pub const LINES: usize = 200_000;

/// One line of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How deep it stands.
    pub depth: usize,
    /// Where the field's name stands in the body, with its quotes.
    pub name: Option<Range<usize>>,
    /// Where the value stands in the body.
    pub value: Range<usize>,
    /// What the line shows of the value.
    pub part: Part,
    /// Whether a comma follows.
    pub comma: bool,
    /// The node of the value: the same in every body of this shape.
    pub node: NodeId,
}

/// A value of the tree, as the hash of its path: an open branch of a hostile
/// body may have members by the hundred thousand, each with a long path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NodeId(u64);

impl NodeId {
    fn step(self, step: &str) -> Self {
        Self(FixedState::with_seed(self.0).hash_one(step))
    }
}

/// What a line shows of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Leaf(Kind),
    /// The bracket that opens it.
    Open(Kind),
    /// All of it, folded to a count of its members.
    Folded(Kind, usize),
    /// The bracket that closes it.
    Close(Kind),
}

/// A tree once built, for as long as nothing it depends on changes.
#[derive(Debug)]
pub(super) struct Memo {
    id: RowId,
    toggled: u64,
    lines: Rc<Vec<Line>>,
}

/// The lines of the tree of the callback that shows; none if its body is not
/// JSON.
pub(super) fn lines(app: &App, id: RowId, body: &[u8]) -> Rc<Vec<Line>> {
    let mut memo = app.detail.tree.borrow_mut();
    let toggled = fingerprint(app);
    if let Some(memo) = &*memo
        && memo.id == id
        && memo.toggled == toggled
    {
        return Rc::clone(&memo.lines);
    }
    let is_toggled = |node: NodeId| app.detail.toggled.contains(&node);
    let lines =
        Rc::new(read(body).map(|json| flatten(json, body, &is_toggled)).unwrap_or_default());
    *memo = Some(Memo { id, toggled, lines: Rc::clone(&lines) });
    lines
}

/// Changes whenever a branch is toggled; the order of the set does not matter.
fn fingerprint(app: &App) -> u64 {
    let toggled = &app.detail.toggled;
    toggled.iter().fold(toggled.len() as u64, |sum, it| sum.wrapping_add(it.0))
}

struct Todo<'a> {
    depth: usize,
    name: Option<Json<'a>>,
    json: Json<'a>,
    node: NodeId,
    comma: bool,
    closes: bool,
}

/// All lines of a value. `is_toggled` tells of a branch whether it is not as it
/// is by default: open down to a depth, folded below.
pub fn flatten(json: Json<'_>, body: &[u8], is_toggled: &dyn Fn(NodeId) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let root =
        Todo { depth: 0, name: None, json, node: NodeId::default(), comma: false, closes: false };
    let mut todo = vec![root];
    while let Some(it) = todo.pop() {
        if lines.len() >= LINES {
            break;
        }
        let part = part_of(&it, is_toggled);
        lines.push(Line {
            depth: it.depth,
            name: it.name.filter(|_| !it.closes).map(|name| span(name, body)),
            value: span(it.json, body),
            part,
            comma: it.comma && !matches!(part, Part::Open(_)),
            node: it.node,
        });
        if matches!(part, Part::Open(_)) {
            open(it, &mut todo);
        }
    }
    lines
}

fn part_of(it: &Todo<'_>, is_toggled: &dyn Fn(NodeId) -> bool) -> Part {
    let kind = it.json.kind();
    if !matches!(kind, Kind::Array | Kind::Object) {
        return Part::Leaf(kind);
    }
    if it.closes {
        return Part::Close(kind);
    }
    let open = (it.depth < OPEN_DEPTH) != is_toggled(it.node);
    match it.json.members().len() {
        0 => Part::Leaf(kind),
        count if !open => Part::Folded(kind, count),
        _ => Part::Open(kind),
    }
}

/// Puts the members on the stack, last first, below the closing bracket.
#[expect(clippy::needless_pass_by_value, reason = "it is taken from the stack and put back")]
fn open<'a>(it: Todo<'a>, todo: &mut Vec<Todo<'a>>) {
    let members = it.json.members();
    let depth = it.depth + 1;
    let last = members.len().saturating_sub(1);
    let parent = it.node;
    todo.push(Todo { closes: true, ..it });
    for (index, (name, json)) in members.into_iter().enumerate().rev() {
        let node = match name {
            Some(name) => parent.step(name.text()),
            None => parent.step(&index.to_string()),
        };
        todo.push(Todo { depth, name, json, node, comma: index < last, closes: false });
    }
}

/// A field's name as a step of a JSON pointer (RFC 6901).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn span(json: Json<'_>, body: &[u8]) -> Range<usize> {
    let start = json.offset_in(body);
    start..start + json.text().len()
}

/// The JSON pointer (RFC 6901) of a line's value.
pub fn pointer(lines: &[Line], at: usize, body: &[u8]) -> Option<String> {
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
            Some(name) => escaped(&read(body.get(name.clone())?).ok()?.as_str()?),
            None => {
                let brothers = lines[parent..at].iter().filter(|it| it.depth == depth);
                brothers.filter(|it| !matches!(it.part, Part::Close(_))).count().to_string()
            }
        });
        (at, depth) = (parent, depth - 1);
    }
    Some(steps.iter().rev().fold(String::new(), |pointer, step| pointer + "/" + step))
}

/// The node of the branch under the cursor of the payload's tree.
pub(super) fn branch_at(app: &App) -> Option<NodeId> {
    if app.detail.tab != Tab::Payload || app.detail.form != Form::Tree {
        return None;
    }
    let id = app.shown()?;
    let delivery = app.delivery(id)?;
    let lines = lines(app, id, &delivery.body);
    let branch = |line: &Line| !matches!(line.part, Part::Leaf(_));
    let at = app.detail.line.min(lines.len().saturating_sub(1));
    lines.get(at).filter(|it| branch(it)).map(|it| it.node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(body: &str, toggled: &[&str]) -> Vec<String> {
        let json = read(body.as_bytes()).unwrap();
        let node = |pointer: &&str| {
            pointer.split('/').skip(1).fold(NodeId::default(), |node, step| {
                node.step(&if step.parse::<u8>().is_ok() {
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
    fn a_toggled_branch_is_folded_to_a_count() {
        assert_eq!(
            picture(r#"{"a":[1,2],"b":3}"#, &["/a"]),
            ["( ", " \"a\"(2), /a", " \"b\"3 /b", ") "]
        );
    }

    #[test]
    fn deep_nesting_is_folded_until_somebody_opens_it() {
        let body = "[".repeat(5000) + &"]".repeat(5000);
        assert_eq!(picture(&body, &[]).len(), 2 * OPEN_DEPTH + 1);
    }
}
