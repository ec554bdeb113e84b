//! Where a redirect leads.

use alloc::string::String;
use alloc::vec::Vec;
use core::str;

use url::Url;

use crate::block_reason::BlockReason;
use crate::header_list::HeaderList;
use crate::profile::{EmptyLocation, Profile, SeveralLocations};

/// Whether a status is a redirect status, <https://fetch.spec.whatwg.org/#redirect-status>.
#[must_use]
pub const fn is_redirect_status(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The location URL of a response with a redirect status,
/// <https://fetch.spec.whatwg.org/#concept-response-location-url>; `None` when it has no `Location`.
///
/// # Errors
/// The standard's failure, as the reason that blocks a redirect.
pub fn location_url(headers: &HeaderList, response_url: &Url) -> Result<Option<Url>, BlockReason> {
    location_url_by(&Profile::STANDARD, headers, response_url)
}

/// The location URL as this user agent reads it.
pub(crate) fn location_url_by(
    profile: &Profile,
    headers: &HeaderList,
    response_url: &Url,
) -> Result<Option<Url>, BlockReason> {
    let Some(joined) = headers.get("location") else {
        return Ok(None);
    };
    let mut lines = headers.lines("location");
    let first = lines.next().unwrap_or_default();
    let location = match (lines.next(), profile.several_locations) {
        (None, _) => first,
        (Some(_), SeveralLocations::Joined) => joined.as_slice(),
        (Some(_), SeveralLocations::EqualLines) if headers.lines("location").all(|line| line == first) => {
            first
        }
        // Extract header list values: "If the ABNF for name allows a single header and list
        // contains more than one, then return failure."
        (Some(_), SeveralLocations::EqualLines | SeveralLocations::Error) => {
            return Err(BlockReason::LocationMultiple);
        }
    };
    if location.is_empty() {
        match profile.empty_location {
            EmptyLocation::SameUrl => {}
            EmptyLocation::NoRedirect => return Ok(None),
            EmptyLocation::Error => return Err(BlockReason::LocationInvalid(Vec::new())),
        }
    }
    // DIFFERS: the standard parses the value as it is, without its ABNF, and does not say how bytes
    // become a string. Browsers take UTF-8; other bytes are taken one by one.
    let decoded = match str::from_utf8(location) {
        Ok(text) => String::from(text),
        Err(_) => location.iter().copied().map(char::from).collect(),
    };
    let Ok(mut location_url) = response_url.join(&decoded) else {
        return Err(BlockReason::LocationInvalid(location.to_vec()));
    };
    // "If location is a URL whose fragment is null, then set location's fragment to
    // requestFragment."
    if location_url.fragment().is_none() {
        location_url.set_fragment(response_url.fragment());
    }
    Ok(Some(location_url))
}

/// Whether a URL includes credentials, <https://url.spec.whatwg.org/#include-credentials>.
#[must_use]
pub fn includes_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some_and(|password| !password.is_empty())
}
