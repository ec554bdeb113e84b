//! The least that the same answers take: written by hand for these policies, every value static,
//! every comparison the cheapest there is for the list, no reason kept, no path looked at.

use std::convert::Infallible;
use std::future::Future;
use std::hash::BuildHasher;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::policies::{HEADERS, List, METHODS};

/// One policy, by hand.
#[derive(Clone)]
pub struct LowerBoundLayer(Arc<Policy>);

struct Policy {
    origins: Origins,
    /// Of a preflight that is passed; cloned as a whole, which is cheaper than six insertions.
    preflight: HeaderMap,
}

enum Origins {
    One(String),
    Set(HashTable<Box<[u8]>>),
    Subdomains,
    Any,
}

impl LowerBoundLayer {
    pub fn new(list: List) -> Self {
        let origins = match list {
            List::One => Origins::One(list.origins().pop().unwrap()),
            List::Ten | List::HundredThousand => {
                let mut set = HashTable::new();
                for origin in list.origins() {
                    let origin = origin.into_bytes().into_boxed_slice();
                    set.insert_unique(hash(&origin), origin, |origin| hash(origin));
                }
                Origins::Set(set)
            }
            List::Subdomains => Origins::Subdomains,
            List::Any => Origins::Any,
        };
        let preflight = origins.preflight();
        Self(Arc::new(Policy { origins, preflight }))
    }
}

impl Origins {
    #[inline]
    fn allow(&self, origin: &[u8]) -> bool {
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

    fn preflight(&self) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(6);
        self.set_allow_origin(&mut headers, HeaderValue::from_static(""));
        headers.insert(
            ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("PUT, PATCH, DELETE, OPTIONS"),
        );
        headers.insert(
            ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("authorization, content-type, x-request-id"),
        );
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
        headers.insert(VARY, HeaderValue::from_static(PREFLIGHT_VARY));
        headers
    }

    #[inline]
    fn set_allow_origin(&self, headers: &mut HeaderMap, origin: HeaderValue) {
        if let Self::Any = self {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        } else {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
    }
}

impl Policy {
    fn answer_preflight<B: Default>(
        &self,
        headers: &HeaderMap,
        origin: &HeaderValue,
        method: &HeaderValue,
    ) -> Response<B> {
        let mut response = Response::new(B::default());
        let is_allowed = self.origins.allow(origin.as_bytes())
            && METHODS.iter().any(|listed| method == listed)
            && headers.get(ACCESS_CONTROL_REQUEST_HEADERS).is_none_or(|names| {
                names.len() <= 1024
                    && names
                        .as_bytes()
                        .split(|&byte| byte == b',')
                        .all(|name| HEADERS.iter().any(|listed| listed.as_bytes() == name))
            });
        if is_allowed {
            *response.status_mut() = StatusCode::NO_CONTENT;
            *response.headers_mut() = self.preflight.clone();
            if !matches!(self.origins, Origins::Any)
                && let Some(value) = response.headers_mut().get_mut(ACCESS_CONTROL_ALLOW_ORIGIN)
            {
                *value = origin.clone();
            }
        } else {
            *response.status_mut() = StatusCode::FORBIDDEN;
            response
                .headers_mut()
                .insert(VARY, HeaderValue::from_static(PREFLIGHT_VARY));
        }
        response
    }

    #[inline]
    fn set_headers(&self, headers: &mut HeaderMap, allowed: Option<HeaderValue>) {
        let is_any = matches!(self.origins, Origins::Any);
        if allowed.is_some() || is_any {
            if !headers.is_empty() {
                headers.reserve(4);
            }
            self.origins
                .set_allow_origin(headers, allowed.unwrap_or(HeaderValue::from_static("*")));
            headers.insert(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static("x-request-id"),
            );
        }
        if !is_any {
            headers.insert(VARY, HeaderValue::from_static("Origin"));
        }
    }
}

/// The layer's service.
#[derive(Clone)]
pub struct LowerBound<S> {
    inner: S,
    policy: Arc<Policy>,
}

impl<S> Layer<S> for LowerBoundLayer {
    type Service = LowerBound<S>;

    fn layer(&self, inner: S) -> LowerBound<S> {
        LowerBound {
            inner,
            policy: Arc::clone(&self.0),
        }
    }
}

impl<S, B, R> Service<Request<B>> for LowerBound<S>
where
    S: Service<Request<B>, Response = Response<R>, Error = Infallible>,
    R: Default,
{
    type Response = Response<R>;
    type Error = Infallible;
    type Future = Answer<S::Future, R>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    #[inline]
    fn call(&mut self, request: Request<B>) -> Self::Future {
        let headers = request.headers();
        let origin = headers.get(ORIGIN);
        if request.method() == Method::OPTIONS
            && let (Some(origin), Some(method)) = (origin, headers.get(ACCESS_CONTROL_REQUEST_METHOD))
        {
            let response = Some(self.policy.answer_preflight(headers, origin, method));
            return Answer::Preflight { response };
        }
        let allowed = origin
            .filter(|origin| self.policy.origins.allow(origin.as_bytes()))
            .cloned();
        Answer::Inner {
            future: self.inner.call(request),
            policy: Arc::clone(&self.policy),
            allowed,
        }
    }
}

pin_project! {
    /// What the lower bound answers.
    #[project = AnswerProjection]
    pub enum Answer<F, R> {
        Preflight { response: Option<Response<R>> },
        Inner { #[pin] future: F, policy: Arc<Policy>, allowed: Option<HeaderValue> },
    }
}

impl<F, R> Future for Answer<F, R>
where
    F: Future<Output = Result<Response<R>, Infallible>>,
{
    type Output = Result<Response<R>, Infallible>;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project() {
            AnswerProjection::Preflight { response } => {
                Poll::Ready(Ok(response.take().expect("polled once")))
            }
            AnswerProjection::Inner {
                future,
                policy,
                allowed,
            } => {
                let Ok(mut response) = ready!(future.poll(context));
                policy.set_headers(response.headers_mut(), allowed.take());
                Poll::Ready(Ok(response))
            }
        }
    }
}

fn hash(origin: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(origin)
}

const PREFLIGHT_VARY: &str = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
