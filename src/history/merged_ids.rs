//! Two sorted lists of row ids, read as one: those of accepted and of refused
//! callbacks.

use std::collections::VecDeque;

use super::row::RowId;

/// Row ids in order.
pub(super) trait SortedIds {
    /// The number of row ids.
    fn len(&self) -> usize;
    /// The row id at a position.
    fn get(&self, position: usize) -> Option<RowId>;
    /// The number of row ids before this one.
    fn count_before(&self, id: RowId) -> usize;
}

/// Row ids of refused callbacks.
impl SortedIds for &VecDeque<RowId> {
    fn len(&self) -> usize {
        VecDeque::len(self)
    }

    fn get(&self, position: usize) -> Option<RowId> {
        VecDeque::get(self, position).copied()
    }

    fn count_before(&self, id: RowId) -> usize {
        self.partition_point(|it| *it < id)
    }
}

/// The merge of two lists. The second one is short: each access searches it.
#[derive(Debug, Clone, Copy)]
pub(super) struct MergedIds<A, B>(pub(super) A, pub(super) B);

impl<A: SortedIds, B: SortedIds> MergedIds<A, B> {
    /// The number of row ids.
    pub(super) fn len(&self) -> usize {
        self.0.len() + self.1.len()
    }

    /// The number of row ids before this one.
    pub(super) fn position(&self, id: RowId) -> usize {
        self.0.count_before(id) + self.1.count_before(id)
    }

    /// The row id at a position.
    pub(super) fn get(&self, position: usize) -> Option<RowId> {
        let is_before = |nth| self.1.get(nth).is_some_and(|id| self.position(id) < position);
        let (mut low, mut high) = (0, self.1.len());
        while low < high {
            let middle = low.midpoint(high);
            match is_before(middle) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let second = self.1.get(low).filter(|id| self.position(*id) == position);
        second.or_else(|| self.0.get(position - low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lists_are_read_as_one() {
        let ids = |list: &[(u64, u64)]| -> VecDeque<RowId> {
            list.iter().map(|(accepted, refused)| RowId::refused(*refused, *accepted)).collect()
        };
        let all = ids(&[(0, 1), (1, 0), (2, 0), (2, 2), (2, 3), (3, 0)]);
        let (first, second) = (ids(&[(1, 0), (2, 0), (3, 0)]), ids(&[(0, 1), (2, 2), (2, 3)]));
        let merged = MergedIds(&first, &second);
        for (position, id) in all.iter().enumerate() {
            assert_eq!((merged.position(*id), merged.get(position)), (position, Some(*id)));
        }
        assert_eq!((merged.len(), merged.get(all.len())), (all.len(), None));
    }
}
