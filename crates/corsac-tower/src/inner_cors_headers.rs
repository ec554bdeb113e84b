//! What becomes of the CORS headers that an inner service set by itself.

use corsac::CORS_RESPONSE_HEADER_NAMES;
use http::header::{self, HeaderValue};
use http::{Response, StatusCode};

/// What becomes of the CORS headers that an inner service set by itself: [`Replace`] or
/// [`RefuseInDebugBuilds`].
pub trait InnerCorsHeaders<B>: Copy + sealed::Sealed {
    /// The inner service's answer, or another one instead of it.
    #[doc(hidden)]
    fn judge(self, response: Response<B>) -> Response<B>;
}

/// They are replaced.
#[derive(Clone, Copy, Debug)]
pub struct Replace;

/// In builds with `debug_assertions` the answer becomes an error that names the header; in other
/// builds they are replaced.
#[derive(Clone, Copy, Debug)]
pub struct RefuseInDebugBuilds;

impl<B> InnerCorsHeaders<B> for Replace {
    fn judge(self, response: Response<B>) -> Response<B> {
        response
    }
}

impl<B: From<String>> InnerCorsHeaders<B> for RefuseInDebugBuilds {
    fn judge(self, response: Response<B>) -> Response<B> {
        if !cfg!(debug_assertions) {
            return response;
        }
        let names = CORS_RESPONSE_HEADER_NAMES;
        match names.iter().find(|name| response.headers().contains_key(**name)) {
            Some(name) => refusal(name),
            None => response,
        }
    }
}

fn refusal<B: From<String>>(name: &str) -> Response<B> {
    let text = format!(
        "A service inside of the Corsac layer set the header `{name}`. The layer sets it: remove it there.\n\
         A release build replaces the header; this is a debug build, and the layer was told to refuse it.\n"
    );
    let mut response = Response::new(B::from(text));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        const { HeaderValue::from_static("text/plain; charset=utf-8") },
    );
    response
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::Replace {}

    impl Sealed for super::RefuseInDebugBuilds {}
}
