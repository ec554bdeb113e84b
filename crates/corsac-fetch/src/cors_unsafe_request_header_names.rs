//! The names that a preflight has to ask for.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::cors_safelisted_request_header::is_cors_safelisted_request_header;
use crate::header_list::HeaderList;

/// The CORS-unsafe request-header names of a header list, lower case, sorted, each once,
/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>.
#[must_use]
pub fn cors_unsafe_request_header_names(headers: &HeaderList) -> Vec<Vec<u8>> {
    let mut unsafe_names = BTreeSet::new();
    let mut potentially_unsafe_names = Vec::new();
    let mut safelist_value_size = 0;
    for (name, value) in headers.iter() {
        // "If header is not a CORS-safelisted request-header, then append header's name to
        // unsafeNames."
        if is_cors_safelisted_request_header(name, value) {
            potentially_unsafe_names.push(name);
            safelist_value_size += value.len();
        } else {
            unsafe_names.insert(name.to_ascii_lowercase());
        }
    }
    // "If safelistValueSize is greater than 1024, then for each name of potentiallyUnsafeNames,
    // append name to unsafeNames."
    if safelist_value_size > 1024 {
        unsafe_names.extend(
            potentially_unsafe_names
                .iter()
                .map(|name| name.to_ascii_lowercase()),
        );
    }
    // "Return the result of convert header names to a sorted-lowercase set with unsafeNames."
    unsafe_names.into_iter().collect()
}
