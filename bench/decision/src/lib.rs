//! What a CORS decision with its header edits costs, in instructions and allocations.
//!
//! Each subject answers the same requests: [`corsac_service`], [`lower_bound`] (the least that the
//! same answer takes, written by hand for the benchmark's own policies), [`tower_http_service`]
//! (the usual Rust middleware) and [`nothing`] (the service without CORS, which is subtracted).

pub mod corsac_service;
pub mod lower_bound;
pub mod nothing;
pub mod policies;
pub mod scenario;
pub mod tower_http_service;

use http::{Request, Response};

/// A service that answers at once.
pub trait Subject {
    /// Answer one request.
    fn call(&mut self, request: Request<()>) -> Response<()>;
}

/// Every subject with every list, in a fixed order: `(subject, list, service)`.
pub fn subjects() -> Vec<(&'static str, policies::List, Box<dyn Subject>)> {
    let mut subjects: Vec<(&str, policies::List, Box<dyn Subject>)> =
        vec![("nothing", policies::List::One, Box::new(nothing::Nothing))];
    for list in policies::List::ALL {
        subjects.push(("lower bound", list, Box::new(lower_bound::LowerBound::new(list))));
        subjects.push(("corsac", list, Box::new(corsac_service::CorsacService::new(list))));
        subjects.push((
            "tower-http",
            list,
            Box::new(tower_http_service::TowerHttp::new(list)),
        ));
    }
    subjects
}
