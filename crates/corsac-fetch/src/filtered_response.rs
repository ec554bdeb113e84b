//! What the page may see of a response,
//! <https://fetch.spec.whatwg.org/#concept-filtered-response>.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use corsac::header::{is_cors_safelisted_response_header_name, is_forbidden_response_header_name};

use crate::extract_header_list_values::extract_token_list;
use crate::header_list::{Header, HeaderList};
use crate::http_message::HttpResponse;
use crate::outcome::{FilteredResponse, ResponseType};
use crate::request::Request;
use crate::request_modes::{CredentialsMode, ResponseTainting};

impl FilteredResponse {
    /// The filtered response that main fetch makes of a response, by the request's response
    /// tainting.
    pub(crate) fn new(request: &Request, response: &HttpResponse) -> Self {
        let (response_type, (headers, hidden_header_names)) = match request.response_tainting {
            ResponseTainting::Basic => (
                ResponseType::Basic,
                filter_headers(&response.headers, is_readable_in_basic_filtered_response),
            ),
            ResponseTainting::Cors => {
                let exposed = cors_exposed_header_names(&response.headers, request.credentials);
                (
                    ResponseType::Cors,
                    filter_headers(&response.headers, |name| {
                        is_readable_in_cors_filtered_response(name, &exposed)
                    }),
                )
            }
            // "URL list is « », status is 0, [...] header list is « », body is null"
            ResponseTainting::Opaque => {
                return Self {
                    response_type: ResponseType::Opaque,
                    status: 0,
                    url: None,
                    redirected: false,
                    headers: Vec::new(),
                    hidden_header_names: filter_headers(&response.headers, |_| false).1,
                    timing_allow_passed: !request.timing_allow_failed,
                };
            }
        };
        Self {
            response_type,
            status: response.status,
            url: Some(request.current_url().clone()),
            redirected: request.url_list().len() > 1,
            headers,
            hidden_header_names,
            timing_allow_passed: !request.timing_allow_failed,
        }
    }

    /// An opaque-redirect filtered response,
    /// <https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect>.
    pub(crate) fn opaque_redirect(request: &Request, response: &HttpResponse) -> Self {
        Self {
            response_type: ResponseType::OpaqueRedirect,
            status: 0,
            url: Some(request.current_url().clone()),
            redirected: false,
            headers: Vec::new(),
            hidden_header_names: filter_headers(&response.headers, |_| false).1,
            timing_allow_passed: !request.timing_allow_failed,
        }
    }
}

/// A response's CORS-exposed header-name list, as main fetch sets it,
/// <https://fetch.spec.whatwg.org/#main-fetch>. Lower case.
#[must_use]
pub fn cors_exposed_header_names(headers: &HeaderList, credentials: CredentialsMode) -> BTreeSet<Vec<u8>> {
    // "Otherwise, if headerNames is non-null or failure": of these two only a list can be set.
    let Ok(Some(header_names)) = extract_token_list(headers, "access-control-expose-headers") else {
        return BTreeSet::new();
    };
    // "If request's credentials mode is not "include" and headerNames contains `*`, then set
    // response's CORS-exposed header-name list to all unique header names in response's header
    // list."
    if credentials != CredentialsMode::Include && header_names.iter().any(|name| name == b"*") {
        return headers
            .iter()
            .map(|(name, _)| name.to_ascii_lowercase())
            .collect();
    }
    header_names
        .iter()
        .map(|name| name.to_ascii_lowercase())
        .collect()
}

/// Whether a CORS filtered response keeps a header,
/// <https://fetch.spec.whatwg.org/#concept-filtered-response-cors>: "any item in list that is not a
/// forbidden response-header name", or one of the seven names that are always safelisted.
#[must_use]
pub fn is_readable_in_cors_filtered_response(name: &[u8], exposed: &BTreeSet<Vec<u8>>) -> bool {
    is_cors_safelisted_response_header_name(name)
        || (!is_forbidden_response_header_name(name)
            && exposed.contains(name.to_ascii_lowercase().as_slice()))
}

/// Whether a basic filtered response keeps a header,
/// <https://fetch.spec.whatwg.org/#concept-filtered-response-basic>.
#[must_use]
pub fn is_readable_in_basic_filtered_response(name: &[u8]) -> bool {
    !is_forbidden_response_header_name(name)
}

/// Splits the headers of an internal response into those that the page can read, as `Headers` lists
/// them (sorted and combined), and the names of those that it cannot.
#[must_use]
pub fn filter_headers(
    headers: &HeaderList,
    is_readable: impl Fn(&[u8]) -> bool,
) -> (Vec<Header>, Vec<Vec<u8>>) {
    let mut readable = HeaderList::new();
    let mut hidden_names = BTreeSet::new();
    for (name, value) in headers.iter() {
        if is_readable(name) {
            readable.append(name, value);
        } else {
            hidden_names.insert(name.to_ascii_lowercase());
        }
    }
    (readable.sort_and_combine(), hidden_names.into_iter().collect())
}
