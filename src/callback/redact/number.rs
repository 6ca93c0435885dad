//! Which numbers are of the protocol, and what replaces another.

use std::borrow::Cow;

use crate::callback::json::Json;
use crate::callback::value::{Notation, digits_of, notation, whole_digits};

/// How many digits a number of the protocol may have: those of a `u32`, or of a time in
/// milliseconds. A Chinese phone number has 11.
const NUMBER_DIGITS: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13];
/// The maximum number of digits of a replacement, which has to fit into 64 bits.
const MAX_DIGITS: usize = NINES.len();
const NINES: &str = "9999999999999999999";

/// Whether a whole number has as many digits as one of the protocol.
pub fn is_protocol_number(number: i64) -> bool {
    NUMBER_DIGITS.contains(&digits_of(number))
}

/// Whether a value is a number of the protocol, also in a string.
pub(super) fn is_of_protocol(json: Json<'_>) -> bool {
    whole_digits(json).is_some_and(|it| NUMBER_DIGITS.contains(&it))
}

/// A number with as many digits before the point, all 9, in the same notation.
pub(super) fn nines(json: Json<'_>) -> Cow<'static, str> {
    let text = json.as_str().unwrap_or_else(|| json.raw().into());
    let integral = text.trim_start_matches(|it: char| !it.is_ascii_digit());
    let written = integral.bytes().take_while(u8::is_ascii_digit).count();
    let digits = whole_digits(json).and_then(|it| usize::try_from(it).ok()).unwrap_or(written);
    let fraction = match notation(json) {
        Notation::Digits => "",
        Notation::Float => ".0",
        Notation::NotWhole => ".9",
    };
    let nines = &NINES[..digits.clamp(1, MAX_DIGITS)];
    if fraction.is_empty() { nines.into() } else { [nines, fraction].concat().into() }
}
