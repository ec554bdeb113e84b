//! The value of a `Range` header with one range,
//! <https://fetch.spec.whatwg.org/#simple-range-header-value>.

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
