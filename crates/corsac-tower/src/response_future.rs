//! The future of an answer: the inner service's, or one that was decided already.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use corsac::HeaderEdits;
use http::{HeaderValue, Response, StatusCode};
use pin_project_lite::pin_project;

use crate::RequestDecision;
use crate::inner_cors_headers::{InnerCorsHeaders, Replace};

pin_project! {
    /// The answer of a [`Corsac`](crate::Corsac) service.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F, I = Replace> {
        #[pin]
        pub(crate) answer: Answer<F>,
        pub(crate) headers: HeaderEdits<HeaderValue>,
        // For the response's extensions; boxed, because few services want it and futures are moved.
        pub(crate) decision: Option<Box<RequestDecision>>,
        pub(crate) inner_cors_headers: I,
    }
}

pin_project! {
    /// Whose answer it is.
    #[derive(Debug)]
    #[project = AnswerProjection]
    pub(crate) enum Answer<F> {
        Inner { #[pin] future: F },
        Own { status: StatusCode },
    }
}

impl<F> Answer<F> {
    /// An answer without a body.
    pub(crate) fn own(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::Own { status }
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
                if this.headers.are_applied() {
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
        this.headers.apply(response.headers_mut());
        if let Some(decision) = this.decision.take() {
            response.extensions_mut().insert(*decision);
        }
        Poll::Ready(Ok(response))
    }
}
