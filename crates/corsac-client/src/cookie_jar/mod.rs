//! Cookies: what servers set is kept and sent back,
//! <https://www.rfc-editor.org/rfc/rfc6265bis#section-5>.
//!
//! Whether a cookie may be kept, and whether it goes along with a request, says `corsac-fetch`
//! (credentials, SameSite, Secure, the user agent's differences). Here is what it leaves to a store:
//! names, domains, paths, prefixes, expiry, partitions and limits.
//!
//! NOT IMPLEMENTED: `document.cookie`; so `HttpOnly` changes nothing.

mod date;
mod set_cookie;
mod store;

pub(crate) use store::CookieJar;
