//! The CORS-preflight cache, <https://fetch.spec.whatwg.org/#cors-preflight-cache>.

/// A preflight cache: bounded, keyed and capped as the profile says.
#[derive(Clone, Debug, Default)]
pub struct PreflightCache {
    // The browser half's author fills this.
}
