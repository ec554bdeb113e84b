//! The service that asks an [`OriginSource`] before it lets a listed origin in.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use corsac::Reason;
use http::{Request, Response, header};
use tower_service::Service;

use crate::inner_cors_headers::{InnerCorsHeaders, Replace};
use crate::origin_source::{OriginQuestion, OriginSource};
use crate::origin_source_future::OriginSourceFuture;
use crate::service::Corsac;

/// [`Corsac`] with an [`OriginSource`]; made by
/// [`CorsacLayer::with_origin_source`](crate::CorsacLayer::with_origin_source).
///
/// While the source is asked, a clone of the inner service waits with the request.
#[derive(Debug)]
pub struct CorsacWithOriginSource<S, O, I = Replace> {
    pub(crate) corsac: Corsac<S, I>,
    pub(crate) source: Arc<O>,
    pub(crate) time_limit: Duration,
}

impl<S, O, I, RequestBody, ResponseBody> Service<Request<RequestBody>> for CorsacWithOriginSource<S, O, I>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>> + Clone,
    O: OriginSource,
    I: InnerCorsHeaders<ResponseBody>,
    ResponseBody: Default,
{
    type Response = Response<ResponseBody>;
    type Error = S::Error;
    type Future = OriginSourceFuture<S, O::Future, I, RequestBody>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.corsac.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        let decision = self.corsac.settings.judge(&request);
        let origin = match decision.reason {
            Reason::OriginListed => request.headers().get(header::ORIGIN),
            _ => None,
        };
        let Some(origin) = origin else {
            let decision = self.corsac.settings.settle(decision, &request);
            return OriginSourceFuture::answering(self.corsac.carry_out(decision, request));
        };
        let question = OriginQuestion::new(origin.clone(), decision.clone());
        // The clone has yet to become ready; the one that is waits with the request.
        let clone = self.corsac.clone();
        let ready = std::mem::replace(&mut self.corsac, clone);
        let verdict = tokio::time::timeout(self.time_limit, self.source.verdict(question));
        OriginSourceFuture::asking(verdict, ready, decision, request)
    }
}

impl<S: Clone, O, I: Clone> Clone for CorsacWithOriginSource<S, O, I> {
    fn clone(&self) -> Self {
        Self {
            corsac: self.corsac.clone(),
            source: Arc::clone(&self.source),
            time_limit: self.time_limit,
        }
    }
}
