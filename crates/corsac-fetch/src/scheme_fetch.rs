//! Scheme fetch: URLs that no server answers, <https://fetch.spec.whatwg.org/#scheme-fetch>.

use alloc::string::ToString;

use data_url::DataUrl;
use url::Url;

use crate::block_reason::BlockReason;
use crate::fetch::HttpResponse;
use crate::header_list::HeaderList;

/// The response to a URL whose scheme is not an HTTP(S) scheme.
///
/// # Errors
/// "Return a network error": what is neither `about:blank` nor a `data:` URL that parses.
// NOT IMPLEMENTED: `blob:` URLs are without an entry, so they are network errors. `file:` is "left
// as an exercise for the reader"; "when in doubt, return a network error".
pub(crate) fn scheme_fetch(url: &Url) -> Result<HttpResponse, BlockReason> {
    let content_type = match url.scheme() {
        // "If request's current URL's path is the string "blank""
        "about" if url.path() == "blank" => Some("text/html;charset=utf-8".to_string()),
        "data" => DataUrl::process(url.as_str())
            .ok()
            .map(|data| data.mime_type().to_string()),
        _ => None,
    };
    match content_type {
        Some(content_type) => Ok(HttpResponse {
            status: 200,
            headers: HeaderList::from_iter([("Content-Type", content_type.into_bytes())]),
        }),
        None => Err(BlockReason::SchemeNotHttp(url.scheme().to_string())),
    }
}
