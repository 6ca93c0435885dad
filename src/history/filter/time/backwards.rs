//! What is meant by a range that ends before it begins.

use super::moment::Moment;

/// The range that is meant: to the next day of its year if only its beginning has a date,
/// else the other way round.
pub(super) fn instead(range: &str) -> Option<String> {
    let (from, rest) = Moment::parse(range)?;
    let (start, end) = (&range[..range.len() - rest.len()], rest.strip_prefix('-')?);
    let (to, _) = Moment::parse(end)?;
    match (from.date, to.date) {
        (Some(day), None) => match day.next() {
            Some(next) => Some(format!("{start}-{next}T{end}")),
            None => start.split_once('T').map(|(day, time)| format!("{day}T{end}-{time}")),
        },
        _ => Some(format!("{end}-{start}")),
    }
}
