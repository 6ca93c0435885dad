//! Tests of the layout: the panes of each size of the screen.

use proptest::prelude::*;

use super::*;
use crate::dashboard::action::PANES;

fn layout(columns: u16, rows: u16) -> Layout {
    Layout::of(Rect::new(0, 0, columns, rows)).unwrap()
}

/// Columns and rows of each pane: Flow, Unread, Failures, Traffic, Detail, Timeline.
fn sizes(columns: u16, rows: u16) -> [Option<(u16, u16)>; 6] {
    let it = layout(columns, rows);
    let areas = [Some(it.flow), it.unread, it.failures, it.traffic, it.detail, it.timeline];
    areas.map(|it| it.map(|it| (it.width, it.height)))
}

#[test]
fn each_size_has_the_panes_that_it_has_space_for() {
    let flow = |width, height| [Some((width, height)), None, None, None, None, None];
    let all = |panes: [(u16, u16); 6]| panes.map(Some);
    assert_eq!(sizes(50, 8), flow(50, 6));
    assert_eq!(sizes(120, 12), flow(120, 10));
    assert_eq!(sizes(60, 10), flow(60, 8));
    let with_detail = [Some((79, 7)), None, None, None, Some((79, 5)), None];
    assert_eq!(sizes(79, 14), with_detail);
    let with_unread = [Some((84, 10)), Some((36, 10)), None, None, Some((120, 6)), None];
    assert_eq!(sizes(120, 18), with_unread);
    let with_failures = [Some((56, 14)), Some((24, 7)), Some((24, 7)), None, Some((80, 7)), None];
    assert_eq!(sizes(80, 23), with_failures);
    let all_but_timeline =
        [Some((56, 15)), Some((24, 5)), Some((24, 5)), Some((24, 5)), Some((80, 7)), None];
    assert_eq!(sizes(80, 24), all_but_timeline);
    assert_eq!(sizes(120, 36), all([(84, 19), (36, 9), (36, 9), (36, 6), (120, 10), (84, 5)]));
    let narrow = [Some((60, 19)), Some((30, 7)), Some((30, 7)), None, Some((60, 10)), None];
    assert_eq!(sizes(60, 38), narrow);
    assert_eq!(sizes(160, 40), all([(120, 22), (40, 11), (40, 11), (40, 11), (40, 38), (120, 5)]));
    assert_eq!(sizes(200, 50), all([(130, 28), (44, 14), (43, 14), (43, 14), (70, 48), (130, 6)]));
    assert_eq!(sizes(160, 15), [Some((120, 13)), None, None, None, Some((40, 13)), None]);
}

#[test]
fn the_detail_stands_below_the_flow_up_to_159_columns_and_then_beside_it() {
    let [below, beside] = [159, 160].map(|it| layout(it, 50));
    assert_eq!(below.detail.unwrap().width, 159);
    assert_eq!(beside.detail.unwrap().height, beside.middle.height);
}

#[test]
fn a_screen_that_is_too_small_has_no_layout() {
    for (columns, rows) in [(49, 8), (50, 7), (0, 0), (1000, 1), (1, 1000)] {
        assert_eq!(Layout::of(Rect::new(0, 0, columns, rows)), None);
    }
}

#[test]
fn a_pane_in_full_is_alone() {
    for pane in PANES {
        let zoomed = layout(50, 8).zoomed(pane);
        for other in PANES {
            assert_eq!(zoomed.area(other), (pane == other).then_some(zoomed.middle));
        }
    }
}

proptest! {
    #[test]
    fn the_areas_fill_the_screen_and_do_not_overlap(columns in 50_u16..400, rows in 8_u16..200) {
        let it = layout(columns, rows);
        let panes = [Some(it.flow), it.unread, it.failures, it.traffic, it.detail, it.timeline];
        let panes: Vec<_> = panes.into_iter().flatten().collect();
        let cells: u32 = panes.iter().map(|it| it.area()).sum();
        prop_assert_eq!(cells, it.middle.area());
        for (nth, pane) in panes.iter().enumerate() {
            prop_assert!(20 <= pane.width && 5 <= pane.height, "{:?}", it);
            prop_assert_eq!(pane.intersection(it.middle), *pane);
            prop_assert!(panes[..nth].iter().all(|other| !other.intersects(*pane)), "{:?}", it);
        }
        prop_assert_eq!((it.header.height, it.bottom.height), (1, 1));
        prop_assert_eq!(it.middle.height + 2, rows);
    }

    #[test]
    fn a_larger_screen_has_no_pane_less(columns in 50_u16..400, rows in 8_u16..200) {
        let it = layout(columns, rows);
        let higher = layout(columns, rows + 1);
        for pane in PANES {
            prop_assert!(it.area(pane).is_none() || higher.area(pane).is_some(), "{:?}", it);
        }
    }
}
