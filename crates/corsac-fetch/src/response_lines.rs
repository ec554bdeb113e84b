//! The header lines of an answer as a user agent takes them: lines that may not repeat, and lines
//! that say nothing.

use alloc::string::String;
use alloc::vec::Vec;
use core::str;

use corsac::header::trim_http_tab_or_space;

use crate::header_list::HeaderList;
use crate::profile::Profile;

/// Whether an answer is refused because a header came twice with different values.
pub(crate) fn has_conflicting_lines(profile: &Profile, headers: &HeaderList) -> bool {
    profile.unrepeatable_response_headers.iter().any(|name| {
        let mut lines = headers.lines(name);
        let first = lines.next();
        lines.any(|line| Some(line) != first)
    })
}

/// Without white space at the end of names, and without what follows a bare CR in a value: that is a
/// line of its own, without a colon.
pub(crate) fn read_leniently(headers: &HeaderList) -> HeaderList {
    headers
        .iter()
        .map(|(name, value)| {
            let end = value.iter().position(|&byte| byte == b'\r');
            (
                trim_http_tab_or_space(name),
                end.and_then(|end| value.get(..end)).unwrap_or(value),
            )
        })
        .collect()
}

/// With one line for each header that the user agent takes only once: the first, or for `Content-Type` all,
/// joined by a comma.
pub(crate) fn with_single_lines(profile: &Profile, headers: &HeaderList) -> HeaderList {
    let is_single = |name: &[u8]| {
        let names = profile.single_response_headers.iter();
        names
            .copied()
            .any(|single| name.eq_ignore_ascii_case(single.as_bytes()))
    };
    let mut single = HeaderList::new();
    for (name, value) in headers.iter() {
        let known = str::from_utf8(name).is_ok_and(|name| single.contains(name));
        if name.eq_ignore_ascii_case(b"content-type") && is_single(name) {
            if !known {
                let lines: Vec<&[u8]> = headers.lines("content-type").collect();
                single.append(name, lines.join(&b','));
            }
        } else if !known || !is_single(name) {
            single.append(name, value);
        }
    }
    single
}

/// Each value as UTF-8, U+FFFD standing for what is none.
pub(crate) fn as_utf8(headers: &HeaderList) -> HeaderList {
    headers
        .iter()
        .map(|(name, value)| (name, String::from_utf8_lossy(value).into_owned().into_bytes()))
        .collect()
}

/// Without the empty lines of headers that came before or come again; of lines that are all empty one
/// stays. The lines of `Access-Control-Allow-Origin` are counted as they came.
pub(crate) fn without_empty_lines(headers: &HeaderList) -> HeaderList {
    let has_value = |name: &[u8]| {
        headers
            .iter()
            .any(|(other, value)| other.eq_ignore_ascii_case(name) && !value.is_empty())
    };
    let mut kept = HeaderList::new();
    for (name, value) in headers.iter() {
        let is_known = str::from_utf8(name).is_ok_and(|name| kept.contains(name));
        let is_spare = value.is_empty()
            && !name.eq_ignore_ascii_case(b"access-control-allow-origin")
            && (is_known || has_value(name));
        if !is_spare {
            kept.append(name, value);
        }
    }
    kept
}
