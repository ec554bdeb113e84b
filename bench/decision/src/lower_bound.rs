//! The least that the same answers take: written by hand for these policies, every value static,
//! every comparison the cheapest there is for the list, no reason kept, no path looked at.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};

use crate::Subject;
use crate::nothing::inner;
use crate::policies::{HEADERS, List, METHODS};

/// One policy, by hand.
pub enum LowerBound {
    One(String),
    Set(HashTable<Box<[u8]>>),
    Subdomains,
    Any,
}

impl LowerBound {
    pub fn new(list: List) -> Self {
        match list {
            List::One => Self::One(list.origins().pop().unwrap()),
            List::Ten | List::HundredThousand => {
                let mut set = HashTable::new();
                for origin in list.origins() {
                    let origin = origin.into_bytes().into_boxed_slice();
                    set.insert_unique(hash(&origin), origin, |origin| hash(origin));
                }
                Self::Set(set)
            }
            List::Subdomains => Self::Subdomains,
            List::Any => Self::Any,
        }
    }

    #[inline]
    fn allows(&self, origin: &[u8]) -> bool {
        origin.len() <= 327
            && match self {
                Self::One(listed) => origin == listed.as_bytes(),
                Self::Set(set) => set.find(hash(origin), |listed| **listed == *origin).is_some(),
                Self::Subdomains => origin
                    .strip_prefix(b"https://")
                    .and_then(|host| host.strip_suffix(b".example.com"))
                    .is_some_and(|labels| {
                        labels.split(|&byte| byte == b'.').all(|label| {
                            !label.is_empty()
                                && label.len() < 64
                                && label
                                    .iter()
                                    .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
                        })
                    }),
                Self::Any => true,
            }
    }

    #[inline]
    fn allow_origin(&self, headers: &mut HeaderMap, origin: Option<&HeaderValue>) {
        match (self, origin) {
            (Self::Any, _) => {
                headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            }
            (_, Some(origin)) => {
                headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
                headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            }
            (_, None) => {}
        }
    }

    fn preflight(&self, request: &Request<()>, origin: &HeaderValue, method: &HeaderValue) -> Response<()> {
        let mut response = Response::new(());
        let allowed = self.allows(origin.as_bytes())
            && METHODS.iter().any(|listed| method == listed)
            && request
                .headers()
                .get(ACCESS_CONTROL_REQUEST_HEADERS)
                .is_none_or(|names| {
                    names.len() <= 1024
                        && names
                            .as_bytes()
                            .split(|&byte| byte == b',')
                            .all(|name| HEADERS.iter().any(|listed| listed.as_bytes() == name))
                });
        if allowed {
            *response.status_mut() = StatusCode::NO_CONTENT;
            let headers = response.headers_mut();
            self.allow_origin(headers, Some(origin));
            headers.insert(
                ACCESS_CONTROL_ALLOW_METHODS,
                HeaderValue::from_static("PUT, PATCH, DELETE, OPTIONS"),
            );
            headers.insert(
                ACCESS_CONTROL_ALLOW_HEADERS,
                HeaderValue::from_static("authorization, content-type, x-request-id"),
            );
            headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
        } else {
            *response.status_mut() = StatusCode::FORBIDDEN;
        }
        let vary = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
        response
            .headers_mut()
            .insert(VARY, HeaderValue::from_static(vary));
        response
    }
}

impl Subject for LowerBound {
    fn call(&mut self, request: Request<()>) -> Response<()> {
        let origin = request.headers().get(ORIGIN);
        if request.method() == Method::OPTIONS
            && let (Some(origin), Some(method)) =
                (origin, request.headers().get(ACCESS_CONTROL_REQUEST_METHOD))
        {
            return self.preflight(&request, origin, method);
        }
        let mut response = inner(&request);
        let headers = response.headers_mut();
        let allowed = origin.filter(|origin| self.allows(origin.as_bytes()));
        self.allow_origin(headers, allowed);
        if allowed.is_some() || matches!(self, Self::Any) {
            headers.insert(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static("x-request-id"),
            );
        }
        if !matches!(self, Self::Any) {
            headers.insert(VARY, HeaderValue::from_static("Origin"));
        }
        response
    }
}

fn hash(origin: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(origin)
}
