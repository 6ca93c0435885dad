//! Output of a benchmark: a measured value beside its goal.

/// Prints `value / baseline` beside the greatest value allowed.
pub(crate) fn report(name: &str, value: f64, baseline: f64, goal: f64) {
    let value = value / baseline;
    let verdict = if value <= goal { "" } else { "  MISSED" };
    let decimals = if goal < 10.0 { 2 } else { 0 };
    println!("{name:<38} {value:>8.decimals$}   goal {goal:>6} at the most{verdict}");
}
