//! Reads values from `/proc`. Linux only.

/// The number after `name:` in a file; NaN where there is none.
pub fn field(file: &str, name: &str) -> f64 {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let value = text.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(':'));
    let value = value.and_then(|it| it.split_whitespace().next()?.parse().ok());
    value.unwrap_or(f64::NAN)
}

/// Resident memory in bytes of a process, by its id or `self`.
pub fn resident(process: &str) -> f64 {
    field(&format!("/proc/{process}/status"), "VmRSS") * 1024.0
}
