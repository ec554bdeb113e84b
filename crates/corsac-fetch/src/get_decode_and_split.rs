//! Get, decode, and split: a header value cut at the commas that stand outside quoted strings.

use alloc::vec::Vec;

use corsac::header::trim_http_tab_or_space;

use crate::header_list::HeaderList;

/// Get, decode, and split a name from a header list,
/// <https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split>; `None` when there is no
/// such header. The values stay bytes: isomorphic decoding changes none of them.
#[must_use]
pub fn get_decode_and_split(headers: &HeaderList, name: &str) -> Option<Vec<Vec<u8>>> {
    headers.get(name).map(|value| decode_and_split(&value))
}

/// Get, decode, and split a header value,
/// <https://fetch.spec.whatwg.org/#header-value-get-decode-and-split>.
#[must_use]
pub fn decode_and_split(value: &[u8]) -> Vec<Vec<u8>> {
    let mut values = Vec::new();
    let mut temporary_value = Vec::new();
    let mut quoted = false;
    let mut input = value.iter().copied();
    while let Some(byte) = input.next() {
        match byte {
            b'"' => {
                quoted = !quoted;
                temporary_value.push(byte);
            }
            // "Collect an HTTP quoted string": a backslash and the byte after it belong together.
            b'\\' if quoted => {
                temporary_value.push(byte);
                temporary_value.extend(input.next());
            }
            b',' if !quoted => {
                // "Remove all HTTP tab or space from the start and end of temporaryValue."
                values.push(trim_http_tab_or_space(&temporary_value).to_vec());
                temporary_value.clear();
            }
            _ => temporary_value.push(byte),
        }
    }
    values.push(trim_http_tab_or_space(&temporary_value).to_vec());
    values
}
