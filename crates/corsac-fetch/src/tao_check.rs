//! The TAO check: may the page see this fetch's timing in detail?

use corsac::Origin;
use url::Url;

use crate::get_decode_and_split::get_decode_and_split;
use crate::header_list::HeaderList;
use crate::redirect_taint::serialize_request_origin;
use crate::request_modes::{Mode, ResponseTainting};

/// Which step of the TAO check returned failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaoCheckFailure {
    /// An earlier answer of the redirect chain failed the check.
    TimingAllowFailed,
    /// A navigation whose answer comes from another origin.
    CrossOriginNavigation,
    /// `Timing-Allow-Origin` is absent or does not list the request's origin.
    NotListed,
}

/// The TAO check, <https://fetch.spec.whatwg.org/#concept-tao-check>.
///
/// # Errors
/// The step that returns failure.
pub fn tao_check(
    origin: &Origin,
    url_list: &[Url],
    mode: Mode,
    response_tainting: ResponseTainting,
    timing_allow_failed: bool,
    headers: &HeaderList,
) -> Result<(), TaoCheckFailure> {
    // "If request's timing allow failed flag is set, then return failure."
    if timing_allow_failed {
        return Err(TaoCheckFailure::TimingAllowFailed);
    }
    let values = get_decode_and_split(headers, "timing-allow-origin").unwrap_or_default();
    // "If values contains "*", then return success."
    if values.iter().any(|value| value == b"*") {
        return Ok(());
    }
    // "If values contains the result of serializing a request origin with request, then return
    // success."
    if !values.is_empty() {
        let serialized_origin = serialize_request_origin(origin, url_list);
        if values.iter().any(|value| value == serialized_origin.as_bytes()) {
            return Ok(());
        }
    }
    // "If request's mode is "navigate" and request's current URL's origin is not same origin with
    // request's origin, then return failure."
    if mode == Mode::Navigate
        && !url_list
            .last()
            .is_some_and(|url| Origin::of_url(url).same_origin(origin))
    {
        return Err(TaoCheckFailure::CrossOriginNavigation);
    }
    // "If request's response tainting is "basic", then return success."
    match response_tainting {
        ResponseTainting::Basic => Ok(()),
        ResponseTainting::Cors | ResponseTainting::Opaque => Err(TaoCheckFailure::NotListed),
    }
}
