//! The names that a preflight has to ask for.

use alloc::vec::Vec;

use crate::cors_safelisted_request_header::is_safelisted_by;
use crate::header_list::HeaderList;
use crate::profile::{Profile, RepeatedRequestHeaders};

/// The CORS-unsafe request-header names of a header list, lower case, sorted, each once,
/// <https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names>.
#[must_use]
pub fn cors_unsafe_request_header_names(headers: &HeaderList) -> Vec<Vec<u8>> {
    unsafe_names_by(&Profile::STANDARD, headers)
}

/// The CORS-unsafe request-header names as this user agent sees and lists them.
#[must_use]
pub(crate) fn unsafe_names_by(profile: &Profile, headers: &HeaderList) -> Vec<Vec<u8>> {
    let combined;
    let headers = match profile.repeated_request_headers {
        RepeatedRequestHeaders::Lines | RepeatedRequestHeaders::LinesRepeated => headers,
        RepeatedRequestHeaders::Combined => {
            combined = combine(headers);
            &combined
        }
    };
    let mut unsafe_names = Vec::new();
    let mut potentially_unsafe_names = Vec::new();
    let mut safelist_value_size = 0;
    for (name, value) in headers.iter() {
        // "If header is not a CORS-safelisted request-header, then append header's name to
        // unsafeNames."
        if is_safelisted_by(profile, name, value) {
            potentially_unsafe_names.push(name.to_ascii_lowercase());
            safelist_value_size += value.len();
        } else {
            unsafe_names.push(name.to_ascii_lowercase());
        }
    }
    // "If safelistValueSize is greater than 1024, then for each name of potentiallyUnsafeNames,
    // append name to unsafeNames."
    if safelist_value_size > 1024 && !profile.safelist_ignores_total_size {
        unsafe_names.append(&mut potentially_unsafe_names);
    }
    // "Return the result of convert header names to a sorted-lowercase set with unsafeNames."
    unsafe_names.sort_unstable();
    if profile.repeated_request_headers != RepeatedRequestHeaders::LinesRepeated {
        unsafe_names.dedup();
    }
    unsafe_names
}

fn combine(headers: &HeaderList) -> HeaderList {
    let mut combined = HeaderList::new();
    for (name, value) in headers.iter() {
        combined.combine(name, value);
    }
    combined
}
