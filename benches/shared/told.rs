//! What was measured, beside its goal.

/// Prints a value, or the ratio to another, beside the most it may be.
pub(crate) fn compared(what: &str, value: f64, against: f64, goal: f64) {
    let value = value / against;
    let met = if value <= goal { "" } else { "  MISSED" };
    let decimals = if goal < 10.0 { 2 } else { 0 };
    println!("{what:<38} {value:>8.decimals$}   goal {goal:>6} at the most{met}");
}
