//! No command prints a character that a terminal executes or hides.

use imscope_test_support::printed::HostileWorld;

#[test]
fn no_command_prints_a_hidden_character() {
    let mut world = HostileWorld::default();
    world.check("\x1b]0;owned\x07\x1b[2J\r\u{9b}31m\u{9d}0;owned\u{9c}\x7f");
    world.check("\u{202e}abc\u{2066}\u{200f}\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}\n\u{2028}");
}
