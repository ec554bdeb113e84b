//! The future of an answer: the inner service's, or one that was decided already.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{Response, StatusCode};
use pin_project_lite::pin_project;

use crate::RequestDecision;
use crate::inner_cors_headers::{InnerCorsHeaders, Replace};
use crate::settings::Settings;

pin_project! {
    /// The answer of a [`Corsac`](crate::Corsac) service.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F, I = Replace> {
        #[pin]
        answer: Answer<F>,
        decision: RequestDecision,
        has_decision_extensions: bool,
        inner_cors_headers: I,
    }
}

pin_project! {
    /// Whose answer it is.
    #[derive(Debug)]
    #[project = AnswerProjection]
    enum Answer<F> {
        Inner { #[pin] future: F },
        Own { status: StatusCode },
    }
}

impl<F, I: Copy> ResponseFuture<F, I> {
    /// The answer of the inner service.
    pub(crate) fn inner(future: F, decision: RequestDecision, settings: &Settings<I>) -> Self {
        Self::new(Answer::Inner { future }, decision, settings)
    }

    /// An answer without a body.
    pub(crate) fn own(status: u16, decision: RequestDecision, settings: &Settings<I>) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(Answer::Own { status }, decision, settings)
    }

    fn new(answer: Answer<F>, decision: RequestDecision, settings: &Settings<I>) -> Self {
        Self {
            answer,
            decision,
            has_decision_extensions: settings.has_decision_extensions,
            inner_cors_headers: settings.inner_cors_headers,
        }
    }
}

impl<F, I, B, E> Future for ResponseFuture<F, I>
where
    F: Future<Output = Result<Response<B>, E>>,
    I: InnerCorsHeaders<B>,
    B: Default,
{
    type Output = Result<Response<B>, E>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = match this.answer.project() {
            AnswerProjection::Inner { future } => {
                let response = ready!(future.poll(context))?;
                if this.decision.is_enforced() {
                    this.inner_cors_headers.judge(response)
                } else {
                    response
                }
            }
            AnswerProjection::Own { status } => {
                let mut response = Response::new(B::default());
                *response.status_mut() = *status;
                response
            }
        };
        this.decision.headers.apply(response.headers_mut());
        if *this.has_decision_extensions {
            response.extensions_mut().insert(this.decision.clone());
        }
        Poll::Ready(Ok(response))
    }
}
