//! Extract header list values, <https://fetch.spec.whatwg.org/#extract-header-list-values>, for the
//! response headers of the CORS protocol, after their ABNF,
//! <https://fetch.spec.whatwg.org/#http-new-header-syntax>.

use alloc::vec::Vec;

use corsac::header::{is_token, trim_http_tab_or_space};

use crate::header_list::HeaderList;

/// Extracting failed: a value does not match its ABNF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtractFailure {
    /// The first item that does not parse, as received.
    pub item: Vec<u8>,
}

/// Extract the values of a header whose ABNF is a list of tokens: `Access-Control-Allow-Methods`
/// (`#method`), `Access-Control-Allow-Headers` and `Access-Control-Expose-Headers`
/// (`#field-name`). `None` when the header is absent; an empty value is an empty list.
///
/// # Errors
/// The first item that is not a token.
pub fn extract_token_list(headers: &HeaderList, name: &str) -> Result<Option<Vec<Vec<u8>>>, ExtractFailure> {
    let mut values = Vec::new();
    let mut present = false;
    for line in headers.lines(name) {
        present = true;
        for item in line.split(|&byte| byte == b',') {
            let item = trim_http_tab_or_space(item);
            // RFC 9110, 5.6.1.2: "A recipient MUST parse and ignore a reasonable number of empty
            // list elements".
            if item.is_empty() {
                continue;
            }
            // "If extract is failure, then return failure."
            if !is_token(item) {
                return Err(ExtractFailure { item: item.to_vec() });
            }
            values.push(item.to_vec());
        }
    }
    // "If list does not contain name, then return null."
    Ok(present.then_some(values))
}

/// Extract the value of a header whose ABNF is `delta-seconds`: `Access-Control-Max-Age`. A number
/// above [`u64::MAX`] becomes that.
///
/// # Errors
/// The value that is not a row of digits, or the second line.
pub fn extract_delta_seconds(headers: &HeaderList, name: &str) -> Result<Option<u64>, ExtractFailure> {
    let mut lines = headers.lines(name);
    let Some(line) = lines.next() else {
        return Ok(None);
    };
    // "If the ABNF for name allows a single header and list contains more than one, then return
    // failure."
    if let Some(second) = lines.next() {
        return Err(ExtractFailure {
            item: second.to_vec(),
        });
    }
    let line = trim_http_tab_or_space(line);
    if line.is_empty() || !line.iter().all(u8::is_ascii_digit) {
        return Err(ExtractFailure { item: line.to_vec() });
    }
    Ok(Some(line.iter().fold(0_u64, |seconds, digit| {
        seconds.saturating_mul(10).saturating_add(u64::from(digit - b'0'))
    })))
}
