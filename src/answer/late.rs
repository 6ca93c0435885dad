//! Trouble of an answer after Tencent's time-out.

use std::time::Duration;

use crate::callback::deadline::TENCENT_TIMEOUT;
use crate::callback::{Answer, format, trouble};

/// Adds to the trouble of an answer that it takes longer than [`TENCENT_TIMEOUT`].
/// `took` must be its whole time, a delay included.
pub fn warn_if_late(answer: &mut Answer) {
    let took = Duration::from_micros(answer.took.into());
    if took <= TENCENT_TIMEOUT || answer.status == 0 {
        return;
    }
    let (took, limit) = (format::duration(took), TENCENT_TIMEOUT.as_secs());
    answer.trouble.push(trouble::too_late(took, limit));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::trouble::Trouble;

    #[test]
    fn an_answer_after_the_time_out_is_trouble() {
        let late = "the answer takes 2.5 s, but Tencent waits only 2 s";
        for (took, status, expected) in
            [(2_000_000, 200, None), (2_500_000, 200, Some(late)), (2_500_000, 0, None)]
        {
            let mut answer = Answer { status, ..Answer::ok(took) };
            warn_if_late(&mut answer);
            assert_eq!(answer.trouble.first().map(Trouble::sentence), expected);
        }
    }
}
