//! No command prints a hidden character, whatever a stranger or an argument holds.

use std::time::{Duration, Instant};

use imscope_test_support::printed::HostileWorld;

/// Pieces that are hard for what escapes and quotes.
const PIECES: [&str; 20] = [
    "\x1b[2J",
    "\x1b]0;owned\x07",
    "\u{9b}31m",
    "\u{9d}0;owned\u{9c}",
    "\r\n",
    "\x7f",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "👨\u{200d}👩",
    "\u{e0067}",
    "\"",
    "\\",
    "\\u009b",
    "'",
    "`",
    "{",
    "%1b",
    "小",
    "\u{301}",
];

/// Checks random texts for so many seconds, at least one text.
#[test]
#[expect(clippy::disallowed_methods, reason = "it only bounds the search")]
fn no_command_prints_a_hidden_character_of_random_texts() {
    let seconds = std::env::var("IMSCOPE_PRINT").map_or(0, |it| it.parse().unwrap());
    let (began, limit) = (Instant::now(), Duration::from_secs(seconds));
    let mut world = HostileWorld::default();
    for seed in 0.. {
        let text = random_text(&mut fastrand::Rng::with_seed(seed));
        world.check(&text);
        if limit <= began.elapsed() {
            return eprintln!("{} texts in {} outputs", seed + 1, world.checked);
        }
    }
}

/// Up to 30 pieces and characters, none of them NUL.
fn random_text(rng: &mut fastrand::Rng) -> String {
    let mut text = String::new();
    for _ in 0..rng.usize(1..30) {
        match rng.u8(0..4) {
            0 => text.push(rng.char('\x01'..='\u{ff}')),
            1 => text.push(rng.char('\u{2000}'..='\u{20ff}')),
            2 => text.push(rng.char('\x01'..=char::MAX)),
            _ => text += PIECES[rng.usize(0..PIECES.len())],
        }
    }
    text
}
