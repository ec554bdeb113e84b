//! Ours: classify, decide, do what the decision says.

use corsac::{Action, AllowOrigins, CorsRequest, MaxAge, PolicyDraft, PolicyTable};
use http::{Request, Response, StatusCode};

use crate::Subject;
use crate::nothing::inner;
use crate::policies::{EXPOSED, HEADERS, List, MAX_AGE, METHODS, PATTERN};

/// The adapter that a tower layer or a gateway is.
pub struct CorsacService(PolicyTable);

impl CorsacService {
    pub fn new(list: List) -> Self {
        let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let draft = PolicyDraft {
            allow_origins: match list {
                List::Any => AllowOrigins::Any,
                List::Subdomains => [PATTERN].into_iter().collect(),
                _ => list.origins().into_iter().collect(),
            },
            allow_credentials: list != List::Any,
            allow_methods: strings(&METHODS),
            allow_headers: strings(&HEADERS),
            expose_headers: strings(&[EXPOSED]),
            max_age: MaxAge::Seconds(MAX_AGE),
            ..PolicyDraft::new("bench")
        };
        Self(PolicyTable::build(vec![draft]).unwrap().0)
    }
}

impl Subject for CorsacService {
    fn call(&mut self, request: Request<()>) -> Response<()> {
        let cors_request = CorsRequest::of(&request);
        let decision = self.0.decide(&cors_request);
        let mut response = match decision.action {
            Action::Forward => inner(&request),
            Action::Answer { status } => {
                let mut response = Response::new(());
                *response.status_mut() = StatusCode::from_u16(status).unwrap();
                response
            }
        };
        decision.headers.apply(response.headers_mut());
        response
    }
}
