//! `max_age` as people write it: `"2h"`, `"off"`, `600`.

use corsac::MaxAge;

/// Read `max_age` given as a string.
///
/// # Errors
/// What is wrong, as the end of "`2x` …".
pub(super) fn parse(text: &str) -> Result<MaxAge, &'static str> {
    if text == "off" {
        return Ok(MaxAge::Off);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    if number.is_empty() {
        return Err("does not start with a number");
    }
    let seconds_per_unit = UNITS
        .iter()
        .find(|(name, _)| *name == unit)
        .map(|(_, seconds)| *seconds)
        .ok_or(if unit.is_empty() {
            "has no unit"
        } else {
            "has an unknown unit"
        })?;
    number
        .parse::<u32>()
        .ok()
        .and_then(|number| number.checked_mul(seconds_per_unit))
        .map(MaxAge::Seconds)
        .ok_or("is more than a header can say")
}

/// Write seconds in the largest unit that loses nothing.
pub(super) fn write(seconds: u32) -> String {
    UNITS
        .iter()
        .find(|(_, per_unit)| seconds > 0 && seconds.is_multiple_of(*per_unit))
        .map_or_else(
            || String::from("0s"),
            |(unit, per_unit)| format!("{}{unit}", seconds / per_unit),
        )
}

/// Largest first.
const UNITS: [(&str, u32); 4] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_read() {
        for (text, seconds) in [("0s", 0), ("90s", 90), ("10m", 600), ("2h", 7200), ("1d", 86_400)] {
            assert_eq!(parse(text), Ok(MaxAge::Seconds(seconds)), "{text}");
            assert_eq!(parse(&write(seconds)), Ok(MaxAge::Seconds(seconds)), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_duration_is_refused() {
        for text in [
            "",
            "h",
            "2",
            "2 h",
            "2H",
            "-1h",
            "1.5h",
            "2h30m",
            "4294967296s",
            "1193047h",
            "٢h",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
