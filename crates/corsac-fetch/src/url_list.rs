//! A request's URL list, which is never empty,
//! <https://fetch.spec.whatwg.org/#concept-request-url-list>.

use alloc::vec::Vec;

use url::Url;

/// The URLs of a request: the one asked for, then one for each redirect followed.
#[derive(Clone, Debug)]
pub(crate) struct UrlList(Vec<Url>);

impl UrlList {
    pub(crate) fn new(url: Url) -> Self {
        Self(Vec::from([url]))
    }

    pub(crate) fn push(&mut self, url: Url) {
        self.0.push(url);
    }

    pub(crate) fn as_slice(&self) -> &[Url] {
        &self.0
    }

    /// "A request has an associated current URL. It is a pointer to the last URL in request's URL
    /// list."
    #[expect(clippy::expect_used, reason = "made with one URL, and nothing takes one away")]
    pub(crate) fn current(&self) -> &Url {
        self.0.last().expect("a URL list is never empty")
    }

    #[expect(clippy::expect_used, reason = "made with one URL, and nothing takes one away")]
    pub(crate) fn current_mut(&mut self) -> &mut Url {
        self.0.last_mut().expect("a URL list is never empty")
    }
}
