//! Whether a request needs a preflight, for which headers, and from which origin: the standard's
//! condition in main fetch, and what user agents make of it after redirects.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use corsac::method::is_cors_safelisted_method;

use crate::cors_unsafe_request_header_names::unsafe_names_by;
use crate::header_list::HeaderList;
use crate::profile::PreflightAfterRedirect;
use crate::request::Request;
use crate::request_modes::Mode;

impl Request {
    /// Whether main fetch takes the branch that makes a CORS-preflight,
    /// <https://fetch.spec.whatwg.org/#main-fetch>.
    pub(crate) fn needs_cors_preflight(&self) -> bool {
        self.needed_preflight || self.needs_cors_preflight_as_it_stands()
    }

    /// Before main fetch: what some user agents decide or remember once for all redirects.
    pub(crate) fn remember_for_redirects(&mut self) {
        match self.user_agent.profile().preflight_after_redirect {
            PreflightAfterRedirect::AsNeeded => {}
            PreflightAfterRedirect::IfFirstNeeded => {
                self.needed_preflight = self.mode == Mode::Cors && self.needs_cors_preflight_as_it_stands();
                self.first_headers = Some(self.headers.clone());
            }
            PreflightAfterRedirect::AfterPreflight => {
                self.first_headers = Some(self.headers.clone());
                self.preflighted_headers = Some(self.headers.clone());
            }
        }
    }

    /// A redirect takes headers away: the first headers without those, where the next preflight asks
    /// for them.
    pub(crate) fn remember_headers_taken_by_redirect<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        if self.user_agent.profile().preflight_after_redirect == PreflightAfterRedirect::IfFirstNeeded
            && let Some(mut headers) = self.first_headers.clone()
        {
            names.for_each(|name| headers.delete(name));
            self.preflighted_headers = Some(headers);
        }
    }

    /// When the branch is taken.
    pub(crate) fn remember_preflight(&mut self) {
        if self.user_agent.profile().preflight_after_redirect == PreflightAfterRedirect::AfterPreflight {
            self.needed_preflight = true;
        }
    }

    /// The CORS-unsafe request-header names that the preflight asks for.
    pub(crate) fn unsafe_header_names(&self) -> Vec<Vec<u8>> {
        unsafe_names_by(self.user_agent.profile(), self.preflighted_headers())
    }

    /// The headers that a preflight asks for and its answer has to allow.
    pub(crate) fn preflighted_headers(&self) -> &HeaderList {
        self.preflighted_headers.as_ref().unwrap_or(&self.headers)
    }

    /// The origin that the preflight says, and that its answer has to allow.
    pub(crate) fn preflight_origin(&self) -> String {
        if self.user_agent.profile().preflight_origin_ignores_redirects {
            self.origin().to_string()
        } else {
            self.serialized_origin()
        }
    }

    fn needs_cors_preflight_as_it_stands(&self) -> bool {
        // "request's use-CORS-preflight flag is set", or "request's unsafe-request flag is set and
        // either request's method is not a CORS-safelisted method or CORS-unsafe request-header
        // names with request's header list is not empty"
        self.use_cors_preflight_flag
            || (self.unsafe_request_flag
                && (!is_cors_safelisted_method(&self.method) || !self.unsafe_header_names().is_empty()))
    }
}
