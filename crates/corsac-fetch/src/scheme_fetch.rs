//! Scheme fetch: URLs that no server answers, <https://fetch.spec.whatwg.org/#scheme-fetch>.

use alloc::string::{String, ToString};
use core::convert::Infallible;

use data_url::DataUrl;
use url::Url;

use crate::block_reason::BlockReason;
use crate::header_list::HeaderList;
use crate::http_message::HttpResponse;
use crate::request::Request;
use crate::request_init::Initiator;

/// The response to a URL whose scheme is not an HTTP(S) scheme.
///
/// # Errors
/// "Return a network error": what is neither `about:blank` nor a `data:` URL that parses.
// NOT IMPLEMENTED: `blob:` URLs are without an entry, so they are network errors. `file:` is "left
// as an exercise for the reader"; "when in doubt, return a network error".
pub(crate) fn scheme_fetch(request: &Request) -> Result<HttpResponse, BlockReason> {
    let url = request.current_url();
    let (content_type, length) = match url.scheme() {
        // "If request's current URL's path is the string "blank""
        "about" if url.path() == "blank" => (String::from("text/html;charset=utf-8"), None),
        "data" => {
            let data = DataUrl::process(url.as_str()).map_err(|_| refused(url))?;
            let has_length =
                request.user_agent.profile().data_url_has_length && request.initiator == Initiator::Fetch;
            // "If body is failure, then return failure": base64 that is none.
            let mut length = 0;
            let count = |bytes: &[u8]| {
                length += bytes.len();
                Ok::<(), Infallible>(())
            };
            data.decode(count).map_err(|_| refused(url))?;
            (data.mime_type().to_string(), has_length.then_some(length))
        }
        _ => return Err(refused(url)),
    };
    let mut headers = HeaderList::new();
    headers.append("Content-Type", content_type);
    if let Some(length) = length {
        headers.append("Content-Length", length.to_string());
    }
    Ok(HttpResponse {
        headers,
        ..HttpResponse::new(200)
    })
}

fn refused(url: &Url) -> BlockReason {
    BlockReason::SchemeNotHttp(url.scheme().to_string())
}
