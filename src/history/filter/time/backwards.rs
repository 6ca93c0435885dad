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
            None => {
                let (day, time) = start.split_once(['T', 't'])?;
                let is_clock = |it: char| it.is_ascii_digit() || it == ':';
                let (clock, offset) =
                    time.split_at(time.find(|it| !is_clock(it)).unwrap_or(time.len()));
                Some(format!("{day}T{end}{offset}-{clock}"))
            }
        },
        _ => Some(format!("{end}-{start}")),
    }
}
