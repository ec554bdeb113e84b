//! salvo-cors.

use std::sync::Arc;
use std::time::Duration;

use salvo_core::http::{Method, ReqBody, Request, Response};
use salvo_core::{Depot, FlowCtrl, Handler, async_trait};
use salvo_cors::{Any, Cors};

use crate::inner::Inner;
use crate::policies::{EXPOSED, HEADERS, List, MAX_AGE, METHODS};
use crate::scenario::Head;
use crate::subject::{Subject, ready, show};

/// Handlers, called one after the other.
pub struct Salvo(Vec<Arc<dyn Handler>>);

impl Salvo {
    pub fn bare(inner: Inner) -> Self {
        Self(vec![Arc::new(inner)])
    }
}

/// `Cors` before the inner handler.
pub fn salvo_cors(inner: Inner, list: List) -> Salvo {
    let cors = Cors::new()
        .allow_methods(METHODS.map(|method| Method::from_bytes(method.as_bytes()).unwrap()))
        .allow_headers(HEADERS.to_vec())
        .expose_headers(vec![EXPOSED])
        .max_age(Duration::from_secs(MAX_AGE.into()));
    let cors = match list {
        List::Any => cors.allow_origin(Any),
        List::Subdomains => cors
            .allow_credentials(true)
            .allow_origin(salvo_cors::AllowOrigin::dynamic(|origin, _, _| {
                origin
                    .filter(|origin| {
                        origin.as_bytes().starts_with(b"https://")
                            && origin.as_bytes().ends_with(b".example.com")
                    })
                    .cloned()
            })),
        _ => cors.allow_credentials(true).allow_origin(&list.origins()),
    };
    Salvo(vec![Arc::new(cors.into_handler()), Arc::new(inner)])
}

/// What a handler is called with.
pub struct Call {
    request: Request,
    depot: Depot,
    response: Response,
    flow: FlowCtrl,
}

impl Subject for Salvo {
    type Request = Call;
    type Answer = Call;

    fn request(&mut self, head: Head) -> Call {
        let mut request = Request::from_hyper(head.request(ReqBody::None), http::uri::Scheme::HTTP);
        *request.body_mut() = ReqBody::None;
        Call {
            request,
            depot: Depot::new(),
            response: Response::new(),
            flow: FlowCtrl::new(self.0.clone()),
        }
    }

    #[inline]
    fn call(&mut self, mut call: Call) -> Call {
        ready(
            call.flow
                .call_next(&mut call.request, &mut call.depot, &mut call.response),
        );
        call
    }

    fn show(call: Call) -> String {
        let status = call.response.status_code.map_or(200, |status| status.as_u16());
        show(status, call.response.headers())
    }
}

#[async_trait]
impl Handler for Inner {
    async fn handle(&self, _: &mut Request, _: &mut Depot, response: &mut Response, _: &mut FlowCtrl) {
        if *self != Inner::None {
            response.headers_mut().extend(self.headers());
        }
    }
}
