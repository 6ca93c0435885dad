//! Output of a benchmark: medians, and measured values beside their goals.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

/// Prints `value / baseline` beside the greatest value allowed.
pub fn report(name: &str, value: f64, baseline: f64, goal: f64) {
    let value = value / baseline;
    let verdict = if value <= goal { "" } else { "  MISSED" };
    let decimals = if goal < 10.0 { 2 } else { 0 };
    println!("{name:<38} {value:>8.decimals$}   goal {goal:>6} at the most{verdict}");
}

/// The median, which one slow round on a busy machine does not change.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
