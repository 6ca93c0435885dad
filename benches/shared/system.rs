//! What the system tells of a process. Linux only.

/// The number behind a name in a file of `/proc`; none where there is none.
pub(crate) fn told(file: &str, name: &str) -> f64 {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let value = text.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(':'));
    let value = value.and_then(|it| it.split_whitespace().next()?.parse().ok());
    value.unwrap_or(f64::NAN)
}

/// Bytes of memory that a process has; `self` is this one.
pub(crate) fn resident(process: &str) -> f64 {
    told(&format!("/proc/{process}/status"), "VmRSS") * 1024.0
}
