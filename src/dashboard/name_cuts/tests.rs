//! Tests of cut names.

use proptest::prelude::*;

use super::*;

fn cut(names: &[&str], cells: u16) -> Vec<String> {
    let cuts = NameCuts::default();
    for it in names {
        cuts.add(it, cells);
    }
    names.iter().map(|it| cuts.cut(it, cells)).collect()
}

const TIER_2: &str = "u_8f3c2d1e-4b7a-4c55-9f10-tier2@tenant-eu-west-1";
const TIER_3: &str = "u_8f3c2d1e-4b7a-4c55-9f10-tier3@tenant-eu-west-1";

#[test]
fn names_that_differ_near_their_end_show_what_differs_at_each_width() {
    assert_eq!(cut(&[TIER_2, TIER_3], 14), ["u_8…tier2@ten…", "u_8…tier3@ten…"]);
    assert_eq!(cut(&[TIER_2, TIER_3], 6), ["u…r2@…", "u…r3@…"]);
    for cells in 5..48 {
        let cut = cut(&[TIER_2, TIER_3], cells);
        assert!(cut[0].contains('2') && cut[1].contains('3') && cut[0] != cut[1], "{cut:?}");
    }
}

#[test]
fn a_name_that_is_alone_is_cut_in_its_middle() {
    assert_eq!(cut(&[TIER_2, "u_8f3c2d1e"], 14), [&*fit_middle(TIER_2, 14), "u_8f3c2d1e"]);
}

#[test]
fn a_name_differs_from_one_that_is_whole_in_another_width() {
    let cuts = NameCuts::default();
    cuts.add(TIER_3, 64);
    cuts.add(TIER_2, 14);
    assert_eq!(cuts.cut(TIER_2, 14), "u_8…tier2@ten…");
}

#[test]
fn each_of_three_names_is_told_apart_by_another_place() {
    let names = ["user-a-0000000000-x-1111111111", "user-b-0000000000-x-1111111111"];
    let third = "user-b-0000000000-y-1111111111";
    let cut = cut(&[names[0], names[1], third], 10);
    assert_eq!(cut.iter().collect::<HashSet<_>>().len(), 3, "{cut:?}");
}

#[test]
fn a_name_keeps_its_cut_when_others_come_and_go() {
    let cuts = NameCuts::default();
    for it in [TIER_2, TIER_3] {
        cuts.add(it, 14);
    }
    let before = cuts.cut(TIER_2, 14);
    for it in 0..100 {
        cuts.add(&format!("another_user_{it:03}_of_many"), 14);
    }
    cuts.add(TIER_2, 14);
    assert_eq!(cuts.cut(TIER_2, 14), before);
}

#[test]
fn memory_and_groups_are_bounded() {
    let cuts = NameCuts::default();
    for nth in 0..10_000 {
        cuts.add(&format!("{:04}-{nth:05}-0123456789", nth / 1000), 8);
        cuts.cut(&format!("{nth:05}-0123456789"), 8 + u16::try_from(nth % 40).unwrap());
        let cuts = cuts.0.borrow();
        assert!(cuts.names.len() <= MAX_NAMES && cuts.in_groups <= MAX_IN_GROUPS);
    }
    let cuts = cuts.0.borrow();
    let mut groups = cuts.by_width.values().flat_map(|it| it.groups.values());
    assert!(groups.all(|it| it.names.len() <= GROUP_NAMES));
}

#[test]
fn a_full_group_cuts_further_names_like_its_own() {
    let cuts = NameCuts::default();
    let name = |nth: u32| format!("0123456789-{nth:03}-0123456789");
    (0..40).for_each(|it| cuts.add(&name(it), 12));
    assert_ne!(cuts.cut(&name(38), 12), cuts.cut(&name(39), 12));
}

proptest! {
    #[test]
    fn any_two_names_that_part_within_them_differ(
        head in "[a-z_小]{0,30}", parts in prop::sample::subsequence(vec!["1", "2", "b", "小"], 2),
        tail in "[a-z@明]{0,30}", cells in 5_u16..40,
    ) {
        let names: Vec<_> = parts.iter().map(|it| format!("{head}{it}{tail}")).collect();
        let names: Vec<_> = names.iter().map(|it| &**it).collect();
        let cut = cut(&names, cells);
        // A wide character may need more space than there is.
        prop_assert!(cut[0] != cut[1] || (cells < 8 && names.concat().contains(['小', '明'])));
        prop_assert!(cut.iter().all(|it| width(it) <= cells.into()));
    }

    #[test]
    fn any_name_fits(names in prop::collection::vec(any::<String>(), 0..8), cells in 0_u16..20) {
        let names: Vec<_> = names.iter().map(|it| &**it).collect();
        for it in cut(&names, cells) {
            prop_assert!(width(&it) <= cells.into(), "{it:?}");
        }
    }
}
