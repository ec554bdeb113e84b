//! The service: decides about each request and goes over each answer.

use std::task::{Context, Poll};

use corsac::Action;
use http::{Request, Response};
use tower_service::Service;

use crate::RequestDecision;
use crate::inner_cors_headers::{InnerCorsHeaders, Replace};
use crate::response_future::{Answer, ResponseFuture};
use crate::settings::Settings;

/// Cross-origin access control around a service; made by [`CorsacLayer`](crate::CorsacLayer).
///
/// Preflights and refused requests are answered here, with an empty body; everything else goes to the
/// inner service. Every answer, whoever made it, gets the headers that the policy says. An `Err` of the
/// inner service is passed on as it is: there is no answer that could carry headers.
///
/// Cloning it allocates nothing but what cloning the inner service does.
#[derive(Clone, Debug)]
pub struct Corsac<S, I = Replace> {
    pub(crate) inner: S,
    pub(crate) settings: Settings<I>,
}

impl<S, I: Copy> Corsac<S, I> {
    /// Do with the request what the decision says.
    pub(crate) fn carry_out<B>(
        &mut self,
        decision: RequestDecision,
        mut request: Request<B>,
    ) -> ResponseFuture<S::Future, I>
    where
        S: Service<Request<B>>,
    {
        let kept = self
            .settings
            .has_decision_extensions
            .then(|| Box::new(decision.clone()));
        ResponseFuture {
            answer: match decision.action {
                Action::Forward => {
                    if let Some(decision) = &kept {
                        request.extensions_mut().insert(RequestDecision::clone(decision));
                    }
                    Answer::Inner {
                        future: self.inner.call(request),
                    }
                }
                Action::Answer { status } => Answer::own(status),
            },
            headers: decision.headers,
            decision: kept,
            inner_cors_headers: self.settings.inner_cors_headers,
        }
    }
}

impl<S, I, RequestBody, ResponseBody> Service<Request<RequestBody>> for Corsac<S, I>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    I: InnerCorsHeaders<ResponseBody>,
    ResponseBody: Default,
{
    type Response = Response<ResponseBody>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future, I>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let decision = self.settings.decide(&request);
        self.carry_out(decision, request)
    }
}
