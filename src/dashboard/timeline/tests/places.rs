//! Tests of where the bars and the cursor are.

use super::*;

#[test]
fn a_recording_fills_the_width_with_wider_bars() {
    let history = history([START, START + 45 * 60 - 1]);
    let scope = Scope { fills: true, ..scope(&history, &UTC, 80) };
    let mut state = TimelineState::default();
    let window = state.window(&scope);
    assert_eq!((window.width, window.len(), window.start()), (60, 45, Some(START)));
    let cells: Vec<_> = (0..45).flat_map(|it| window.cells_of(it, 80)).collect();
    assert_eq!(cells, (0..80).collect::<Vec<_>>());
    for nth in [0, 20, 43] {
        state.point_at(&scope, window.cells_of(nth, 80).end - 1);
        assert_eq!(state.window(&scope).cursor, nth);
    }
    state.scale(&scope, Direction::Next);
    state.show_all();
    assert_eq!(state.window(&scope).len(), 45);
    let short = super::history([START]);
    let scope = Scope { fills: true, ..super::scope(&short, &UTC, 80) };
    assert_eq!(TimelineState::default().window(&scope).len(), 10, "no bar is too wide");
}

#[test]
fn the_cursor_goes_to_a_second_and_to_no_other_scale() {
    let history = history([START, START + 3_000]);
    let scope = scope(&history, &UTC, 60);
    let mut state = TimelineState::default();
    state.go_to(&scope, START + 119);
    assert_eq!(cursor(&state, &scope), START + 60);
    state.go_to(&scope, START + 9_000);
    assert!(state.follows());
}
