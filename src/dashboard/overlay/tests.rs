//! Tests of keys in overlays.

use crossterm::event::KeyModifiers;

use super::*;

fn press(overlay: &mut Overlay, code: KeyCode, extent: Option<Extent>) -> KeyOutcome {
    overlay.on_key(KeyEvent::from(code), extent, &Entered::default(), &Keymap::default())
}

#[test]
fn scrolling_stops_at_both_ends() {
    let extent = Some(Extent { rows: 10, lines: 25, ..Extent::default() });
    let cases = [
        (0, KeyCode::Up, 0),
        (0, KeyCode::PageDown, 9),
        (9, KeyCode::PageDown, 15),
        (15, KeyCode::Down, 15),
        (40, KeyCode::Up, 14),
        (14, KeyCode::PageUp, 5),
        (3, KeyCode::Char('G'), 15),
        (3, KeyCode::End, 15),
        (14, KeyCode::Char('g'), 0),
        (0, KeyCode::Char(' '), 9),
    ];
    for (from, key, to) in cases {
        let mut pair = Overlay::Compare(from);
        assert!(matches!(press(&mut pair, key, extent), KeyOutcome::Handled(None)));
        assert!(
            matches!(pair, Overlay::Compare(line) if line == to),
            "{key} from {from}: {pair:?}"
        );
    }
}

#[test]
fn any_key_closes_a_menu_and_one_of_its_keys_chooses() {
    let mut menu = Overlay::CopyMenu;
    let outcome = press(&mut menu, KeyCode::Char('c'), None);
    assert!(matches!(outcome, KeyOutcome::Handled(Some(Choice::Copy(CopyTarget::Curl)))));
    assert!(matches!(menu, Overlay::None));
    let mut question = Overlay::Clear;
    let outcome = press(&mut question, KeyCode::Char('n'), None);
    assert!(matches!(outcome, KeyOutcome::Handled(None)));
    assert!(matches!(question, Overlay::None));
}

#[test]
fn keys_that_work_everywhere_are_left_to_the_app() {
    let quit = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
    let mut menu = Overlay::CopyMenu;
    assert!(matches!(
        menu.on_key(quit, None, &Entered::default(), &Keymap::default()),
        KeyOutcome::Ignored
    ));
    assert!(matches!(menu, Overlay::CopyMenu));
    assert!(matches!(press(&mut Overlay::None, KeyCode::Esc, None), KeyOutcome::Ignored));
}
