//! Names that are cut to a width such that different ones look different: where the
//! usual cut makes some of them alike, all of these are cut to what they differ in, also
//! those that are on another pane in another width.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::FixedState;
use unicode_segmentation::UnicodeSegmentation;

use super::text::{clean, fit, fit_middle, split, width};

/// The length in bytes up to which a name is compared with others.
const MAX_BYTES: usize = 256;
/// Different names, and names of all groups, and of one; a group that is full cuts further
/// names like most of its own.
const MAX_NAMES: usize = 2048;
const MAX_IN_GROUPS: usize = 8192;
const GROUP_NAMES: usize = 32;
/// The width from which a name that is whole is compared with those that are cut.
const LONG_NAME: usize = 13;
/// Places of one group where its names part that are considered.
const MAX_PLACES: usize = 8;
/// The width below which a name is cut in the usual way.
const LEAST_CELLS: usize = 5;

/// The names that were drawn, so that a name is cut the same way in each frame. It begins
/// again when it is full. To be cleared when private mode begins or ends.
#[derive(Debug, Default)]
pub(super) struct NameCuts(RefCell<Cuts>);

#[derive(Debug, Default)]
struct Cuts {
    /// In the order in which they were added.
    names: Vec<Box<str>>,
    known: HashSet<Box<str>, FixedState>,
    by_width: HashMap<usize, Groups, FixedState>,
    /// The number of names in all groups.
    in_groups: usize,
}

/// The names that are cut to a width.
#[derive(Debug, Default)]
struct Groups {
    /// By what the usual cut leaves of a name.
    groups: HashMap<Box<str>, Group, FixedState>,
    /// How many of all names are in them, or need not be.
    compared: usize,
}

/// Names that the usual cut makes alike.
#[derive(Debug, Default)]
struct Group {
    names: Vec<Box<str>>,
    /// The cell at which the part begins that is shown of each name; `None` for the
    /// usual cut.
    starts: Vec<Option<usize>>,
    /// Of most names.
    usual: Option<usize>,
    is_stale: bool,
}

impl NameCuts {
    /// Adds a name that is going to be drawn in a width. All of a frame are added before
    /// the first one is drawn.
    pub(super) fn add(&self, name: &str, cells: u16) {
        let name = clean(name);
        if name.len() <= MAX_BYTES && usize::from(cells).min(LONG_NAME - 1) < width(&name) {
            self.0.borrow_mut().add(&name);
        }
    }

    /// The name without hidden characters, cut to a width.
    pub(super) fn cut(&self, name: &str, cells: u16) -> String {
        let (name, cells) = (clean(name), usize::from(cells));
        if !is_compared(&name, cells) {
            return fit_middle(&name, cells).into_owned();
        }
        self.0.borrow_mut().cut(&name, cells)
    }

    /// Drops all names.
    pub(super) fn clear(&mut self) {
        self.0.take();
    }
}

fn is_compared(name: &str, cells: usize) -> bool {
    LEAST_CELLS <= cells && name.len() <= MAX_BYTES && cells < width(name)
}

impl Cuts {
    fn add(&mut self, name: &str) {
        if self.known.contains(name) {
            return;
        }
        if MAX_NAMES <= self.names.len() || MAX_IN_GROUPS <= self.in_groups {
            *self = Self::default();
        }
        self.known.insert(name.into());
        self.names.push(name.into());
    }

    fn cut(&mut self, name: &str, cells: usize) -> String {
        let width = self.by_width.entry(cells).or_default();
        for it in &self.names[width.compared..] {
            if self.in_groups < MAX_IN_GROUPS && is_compared(it, cells) {
                self.in_groups += usize::from(width.add(it, cells));
            }
        }
        width.compared = self.names.len();
        width.cut(name, cells)
    }
}

impl Groups {
    /// Adds a name; returns whether its group was not full.
    fn add(&mut self, name: &str, cells: usize) -> bool {
        let group = self.groups.entry(fit_middle(name, cells).into()).or_default();
        let has_space = group.names.len() < GROUP_NAMES;
        if has_space {
            group.names.push(name.into());
            group.is_stale = true;
        }
        has_space
    }

    fn cut(&mut self, name: &str, cells: usize) -> String {
        let usual = fit_middle(name, cells);
        let Some(group) = self.groups.get_mut(&*usual) else { return usual.into_owned() };
        if std::mem::take(&mut group.is_stale) {
            group.set_starts(cells);
        }
        let at = group.names.iter().position(|it| **it == *name);
        match at.map_or(group.usual, |at| group.starts[at]) {
            Some(start) => part(name, start, cells),
            None => usual.into_owned(),
        }
    }
}

impl Group {
    /// Chooses for each name the part that no other one has; the same for as many as
    /// possible.
    fn set_starts(&mut self, cells: usize) {
        self.starts = vec![None; self.names.len()];
        let candidates = candidates(&self.names, cells);
        let mut taken = HashSet::new();
        let mut open: Vec<_> = (0..self.names.len()).collect();
        loop {
            let parts = candidates.iter().map(|it| (*it, self.unique(&open, *it, cells, &taken)));
            // Of equal ones the first.
            let best = parts.rev().max_by_key(|(_, unique)| unique.len());
            let Some((start, unique)) = best.filter(|(_, it)| !it.is_empty()) else { break };
            if taken.is_empty() {
                self.usual = Some(start);
            }
            open.retain(|it| !unique.contains_key(it));
            for (nth, part) in unique {
                self.starts[nth] = Some(start);
                taken.insert(part);
            }
        }
        for nth in open.into_iter().filter(|_| self.usual.is_some()) {
            self.starts[nth] = self.usual;
        }
    }

    /// Those of some names whose part from a cell on is that of no other one and not taken.
    fn unique(
        &self,
        open: &[usize],
        start: usize,
        cells: usize,
        taken: &HashSet<String>,
    ) -> BTreeMap<usize, String> {
        let mut by_part: HashMap<String, Vec<usize>> = HashMap::new();
        for nth in open {
            by_part.entry(part(&self.names[*nth], start, cells)).or_default().push(*nth);
        }
        let alone = by_part.into_iter().filter(|(part, of)| of.len() == 1 && !taken.contains(part));
        alone.map(|(part, of)| (of[0], part)).collect()
    }
}

/// The cells from which on a part may be shown: around the places where neighbors in the
/// alphabet part, the place in the middle first.
fn candidates(names: &[Box<str>], cells: usize) -> Vec<usize> {
    let mut sorted: Vec<_> = names.iter().collect();
    sorted.sort_unstable();
    let mut places: Vec<_> = sorted.windows(2).map(|it| common_cells(it[0], it[1])).collect();
    places.sort_unstable();
    places.dedup();
    let shown = cells - head_cells(cells) - 2;
    let around =
        |it: usize| [it.saturating_sub(shown / 2), it.saturating_sub(shown.saturating_sub(1)), it];
    places.into_iter().take(MAX_PLACES).flat_map(around).collect()
}

/// The cells of the beginning that two names share.
fn common_cells(one: &str, other: &str) -> usize {
    let graphemes = one.graphemes(true).zip(other.graphemes(true));
    graphemes.take_while(|(one, other)| one == other).map(|(it, _)| width(it)).sum()
}

/// The cells of a name's beginning that are shown before a part.
const fn head_cells(cells: usize) -> usize {
    cells / 4
}

/// The beginning of a name, and the part from a cell on, as much as fits.
fn part(name: &str, start: usize, cells: usize) -> String {
    let (head, rest) = split(name, head_cells(cells));
    let used = width(head);
    let space = cells.saturating_sub(used + 1);
    // No cell stays free at the end.
    let left_out = start.saturating_sub(used).min(width(rest).saturating_sub(space)).max(1);
    let shown: Cow<'_, str> = fit(split(rest, left_out).1, space);
    format!("{head}…{shown}")
}
