//! The future of an answer that may wait for an origin source first.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use corsac::Reason;
use http::{Request, Response};
use pin_project_lite::pin_project;
use tokio::time::Timeout;
use tokio::time::error::Elapsed;
use tower_service::Service;

use crate::RequestDecision;
use crate::inner_cors_headers::{InnerCorsHeaders, Replace};
use crate::origin_source::OriginVerdict;
use crate::response_future::ResponseFuture;
use crate::service::Corsac;

pin_project! {
    /// The answer of a [`CorsacWithOriginSource`](crate::CorsacWithOriginSource) service. Dropping it
    /// drops the question to the source, too.
    #[must_use = "futures do nothing unless polled"]
    pub struct OriginSourceFuture<S, V, I = Replace, B = ()>
    where
        S: Service<Request<B>>,
    {
        #[pin]
        state: State<S, V, I, B>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<S, V, I, B>
    where
        S: Service<Request<B>>,
    {
        Asking {
            #[pin]
            verdict: Timeout<V>,
            waiting: Option<Waiting<S, I, B>>,
        },
        Answering {
            #[pin]
            answer: ResponseFuture<S::Future, I>,
        },
    }
}

/// What goes on once the source has spoken.
struct Waiting<S, I, B> {
    corsac: Corsac<S, I>,
    decision: RequestDecision,
    request: Request<B>,
}

impl<S, V, I, B> OriginSourceFuture<S, V, I, B>
where
    S: Service<Request<B>>,
{
    pub(crate) fn answering(answer: ResponseFuture<S::Future, I>) -> Self {
        Self {
            state: State::Answering { answer },
        }
    }

    pub(crate) fn asking(
        verdict: Timeout<V>,
        corsac: Corsac<S, I>,
        decision: RequestDecision,
        request: Request<B>,
    ) -> Self {
        let waiting = Some(Waiting {
            corsac,
            decision,
            request,
        });
        Self {
            state: State::Asking { verdict, waiting },
        }
    }
}

impl<S, V, E, I, RequestBody, ResponseBody> Future for OriginSourceFuture<S, V, I, RequestBody>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
    V: Future<Output = Result<OriginVerdict, E>>,
    I: InnerCorsHeaders<ResponseBody>,
    ResponseBody: Default,
{
    type Output = Result<Response<ResponseBody>, S::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.project().state;
        loop {
            let answer = match state.as_mut().project() {
                StateProjection::Answering { answer } => return answer.poll(context),
                StateProjection::Asking { verdict, waiting } => {
                    let refused = refusal(ready!(verdict.poll(context)));
                    #[expect(clippy::expect_used, reason = "the state changes as soon as it is taken")]
                    let waiting = waiting.take().expect("the source is asked once");
                    waiting.go_on(refused)
                }
            };
            state.set(State::Answering { answer });
        }
    }
}

impl<S, I: Copy, B> Waiting<S, I, B>
where
    S: Service<Request<B>>,
{
    fn go_on(mut self, refused: Option<Reason>) -> ResponseFuture<S::Future, I> {
        let decision = match refused {
            None => self.decision,
            Some(reason) => self.decision.refused_by_source(reason),
        };
        let decision = self.corsac.settings.settle(decision, &self.request);
        self.corsac.carry_out(decision, self.request)
    }
}

fn refusal<E>(verdict: Result<Result<OriginVerdict, E>, Elapsed>) -> Option<Reason> {
    match verdict {
        Ok(Ok(OriginVerdict::Allow)) => None,
        Ok(Ok(OriginVerdict::Refuse)) => Some(Reason::OriginSourceRefused),
        Ok(Err(_)) => Some(Reason::OriginSourceFailed),
        Err(_) => Some(Reason::OriginSourceTimedOut),
    }
}

impl<S, V, I, B> fmt::Debug for OriginSourceFuture<S, V, I, B>
where
    S: Service<Request<B>>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OriginSourceFuture").finish_non_exhaustive()
    }
}
