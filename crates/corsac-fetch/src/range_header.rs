//! The value of a `Range` header with one range,
//! <https://fetch.spec.whatwg.org/#simple-range-header-value>.

use alloc::string::ToString;
use alloc::vec::Vec;

use crate::profile::SafelistedRange;

/// A single range. Positions are kept as digits: the standard sets no limit to their size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SingleRange<'a> {
    /// First position, `None` for a suffix range such as `bytes=-500`.
    pub start: Option<&'a [u8]>,
    /// Last position, `None` for an open range such as `bytes=0-`.
    pub end: Option<&'a [u8]>,
}

/// Parse a single range header value, without white space ("allowWhitespace" false).
///
/// `None` is the standard's failure.
#[must_use]
pub fn parse_single_range_header_value(value: &[u8]) -> Option<SingleRange<'_>> {
    // "If data does not start with "bytes", then return failure." (Case counts.)
    let rest = value.strip_prefix(b"bytes")?;
    // "If the code point at position within data is not U+003D (=), then return failure."
    let rest = rest.strip_prefix(b"=")?;
    let (start, rest) = collect_ascii_digits(rest);
    // "If the code point at position within data is not U+002D (-), then return failure."
    let rest = rest.strip_prefix(b"-")?;
    let (end, rest) = collect_ascii_digits(rest);
    // "If position is not past the end of data, then return failure."
    if !rest.is_empty() {
        return None;
    }
    match (start, end) {
        // "If rangeEndValue and rangeStartValue are null, then return failure."
        (None, None) => None,
        // "If rangeStartValue and rangeEndValue are numbers, and rangeStartValue is greater than
        // rangeEndValue, then return failure."
        (Some(start), Some(end)) if is_greater(start, end) => None,
        _ => Some(SingleRange { start, end }),
    }
}

/// Whether a `Range` value is one that this user agent safelists: one range with a first position.
pub(crate) fn is_simple_range_by(rules: SafelistedRange, value: &[u8]) -> bool {
    let lenient;
    let value = if rules.lenient {
        lenient = without_leniency(value);
        lenient.as_slice()
    } else {
        value
    };
    let Some(range) = parse_single_range_header_value(value) else {
        return false;
    };
    let within_limit = |position: Option<&[u8]>| match (position, rules.limit) {
        (Some(position), Some(limit)) => !is_greater(position, limit.to_string().as_bytes()),
        _ => true,
    };
    range.start.is_some() && within_limit(range.start) && within_limit(range.end)
}

/// The value as a lenient reader takes it: `bytes` in lower case, without `+` before a position.
fn without_leniency(value: &[u8]) -> Vec<u8> {
    let (unit, rest) = value.split_at(value.len().min(b"bytes".len()));
    let mut strict = unit.to_ascii_lowercase();
    let mut before = None;
    for &byte in rest {
        if byte != b'+' || !matches!(before, Some(b'=' | b'-')) {
            strict.push(byte);
        }
        before = Some(byte);
    }
    strict
}

/// The leading digits (`None` when there are none) and what follows them.
fn collect_ascii_digits(data: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let length = data.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = data.split_at(length);
    ((length > 0).then_some(digits), rest)
}

/// Compares two rows of digits as decimal numbers of any size.
fn is_greater(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = (without_leading_zeros(a), without_leading_zeros(b));
    (a.len(), a) > (b.len(), b)
}

fn without_leading_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    digits.split_at(zeros).1
}
