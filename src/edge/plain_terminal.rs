//! Terminals that show nothing but lines of text.

/// Values of `TERM` of terminals that do not move the cursor or have no alternate screen:
/// terminfo has neither `cup` nor `smcup` for the first ones, and no `smcup` for the consoles
/// of FreeBSD before 9 and of Mach. That of Linux has none either, and is not among them: what
/// it shows stays there at the end, and is right until then.
const PLAIN: [&str; 12] = [
    "",
    "dumb",
    "unknown",
    "emacs",
    "network",
    "dialup",
    "switch",
    "cons25",
    "cons25-debian",
    "mach",
    "hurd",
    "vt52",
];

/// Whether the terminal of a value of `TERM`, which is empty if there is none, cannot show the
/// dashboard, and prints escape codes as they are.
pub fn is_plain(term: &str) -> bool {
    PLAIN.contains(&term)
}
