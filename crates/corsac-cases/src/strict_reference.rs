//! A second reading of the CORS check, from header lines to yes or no,
//! <https://fetch.spec.whatwg.org/#concept-cors-check>.
//!
//! It shares no code with `corsac-fetch`, so that a fault there is not repeated here.

/// Whether an answer with these header lines may be shared with the page whose request carried
/// this `Origin`.
///
/// ```
/// use corsac_cases::strict_reference::shares;
///
/// let lines = [(&b"Access-Control-Allow-Origin"[..], &b"*"[..])];
/// assert!(shares(&lines, b"https://app.example", false));
/// assert!(!shares(&lines, b"https://app.example", true));
/// ```
#[must_use]
pub fn shares(lines: &[(&[u8], &[u8])], origin: &[u8], with_credentials: bool) -> bool {
    let allowed = joined(lines, b"access-control-allow-origin");
    if !with_credentials {
        return allowed == b"*" || allowed == origin;
    }
    allowed == origin && joined(lines, b"access-control-allow-credentials") == b"true"
}

/// All values of a name, a comma and a space between; empty where the name is absent, which no
/// value that passes is.
fn joined(lines: &[(&[u8], &[u8])], wanted: &[u8]) -> Vec<u8> {
    let values: Vec<&[u8]> = lines
        .iter()
        .filter(|(name, _)| name.to_ascii_lowercase() == wanted)
        .map(|&(_, value)| value)
        .collect();
    values.join(&b", "[..])
}
