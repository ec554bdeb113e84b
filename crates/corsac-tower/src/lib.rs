//! Cross-origin access control for axum, hyper, tonic and everything else that is a tower service.
//!
//! [`CorsacLayer`] answers preflights, refuses what its policies refuse, and goes over the headers of
//! every answer, whoever made it. It decides nothing itself: `corsac` does.
//!
//! ```
//! use axum::body::Body;
//! use axum::http::{Request, StatusCode, header};
//! use axum::routing::get;
//! use axum::Router;
//! use corsac::{MaxAge, PolicyDraft, PolicyTable};
//! use corsac_tower::CorsacLayer;
//! use tower::ServiceExt;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let api = PolicyDraft {
//!     paths: vec!["/api/*".to_owned()],
//!     allow_origins: ["https://app.example.com", "https://*.preview.example.com"].into_iter().collect(),
//!     allow_credentials: true,
//!     allow_methods: vec!["PUT".to_owned(), "DELETE".to_owned()],
//!     allow_headers: vec!["Content-Type".to_owned()],
//!     expose_headers: vec!["X-Request-Id".to_owned()],
//!     max_age: MaxAge::Seconds(600),
//!     ..PolicyDraft::new("api")
//! };
//! // All mistakes come back together. Warnings stop nothing.
//! let (policies, warnings) = PolicyTable::build(vec![api])?;
//! assert!(warnings.is_empty());
//!
//! let app: Router = Router::new()
//!     .route("/api/items", get(async || "items"))
//!     .layer(CorsacLayer::new(policies));
//! // axum::serve(listener, app).await?;
//!
//! let request = Request::get("/api/items")
//!     .header(header::ORIGIN, "https://pr-7.preview.example.com")
//!     .body(Body::empty())?;
//! let response = app.clone().oneshot(request).await?;
//! assert_eq!(
//!     response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN],
//!     "https://pr-7.preview.example.com"
//! );
//! assert_eq!(response.headers()[header::VARY], "Origin");
//!
//! let preflight = Request::options("/api/items")
//!     .header(header::ORIGIN, "https://app.example.com")
//!     .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PATCH")
//!     .body(Body::empty())?;
//! let response = app.oneshot(preflight).await?;
//! assert_eq!(response.status(), StatusCode::FORBIDDEN);
//! # Ok(())
//! # }
//! ```
//!
//! # Where it stands
//!
//! Outermost, or as far out as can be. A layer that is added later stands further out; in a
//! `ServiceBuilder` it is the other way round, and Corsac comes first. What stands inside may reject,
//! fail and panic (under a layer that catches panics): its answers get headers, so pages can read what
//! went wrong.
//!
//! Authentication outside of it is wrong: a preflight carries no credentials, so it never gets
//! through, and a page cannot read that it was 401.
//!
//! ```
//! # use axum::body::Body;
//! # use axum::http::{HeaderMap, Request, StatusCode, header};
//! # use axum::middleware::{from_fn, Next};
//! # use axum::response::{IntoResponse, Response};
//! # use axum::routing::put;
//! # use axum::Router;
//! # use corsac::{Policy, PolicyDraft};
//! # use corsac_tower::CorsacLayer;
//! # use tower::ServiceExt;
//! # async fn require_login(headers: HeaderMap, request: Request<Body>, next: Next) -> Response {
//! #     if headers.contains_key(header::COOKIE) { next.run(request).await } else { StatusCode::UNAUTHORIZED.into_response() }
//! # }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let draft = PolicyDraft {
//! #     allow_origins: ["https://app.example.com"].into_iter().collect(),
//! #     allow_credentials: true,
//! #     allow_methods: vec!["PUT".to_owned()],
//! #     ..PolicyDraft::new("app")
//! # };
//! # let corsac = CorsacLayer::new(Policy::build(draft)?.0);
//! # let preflight = || Request::options("/items")
//! #     .header(header::ORIGIN, "https://app.example.com")
//! #     .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
//! #     .body(Body::empty());
//! let routes: Router = Router::new().route("/items", put(async || "done"));
//!
//! let wrong = routes.clone().layer(corsac.clone()).layer(from_fn(require_login));
//! assert_eq!(wrong.oneshot(preflight()?).await?.status(), StatusCode::UNAUTHORIZED);
//!
//! let right = routes.layer(from_fn(require_login)).layer(corsac);
//! assert_eq!(right.oneshot(preflight()?).await?.status(), StatusCode::NO_CONTENT);
//! # Ok(())
//! # }
//! ```
//!
//! `route_layer` is wrong, too. On a method router it stands around the methods that have a handler,
//! and a preflight is an OPTIONS, which has none. On a router it leaves unknown paths without headers.
//!
//! ```
//! # use axum::body::Body;
//! # use axum::http::{Request, StatusCode, header};
//! # use axum::routing::put;
//! # use axum::Router;
//! # use corsac::{Policy, PolicyDraft};
//! # use corsac_tower::CorsacLayer;
//! # use tower::ServiceExt;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let draft = PolicyDraft {
//! #     allow_origins: ["https://app.example.com"].into_iter().collect(),
//! #     allow_methods: vec!["PUT".to_owned()],
//! #     ..PolicyDraft::new("app")
//! # };
//! # let corsac = CorsacLayer::new(Policy::build(draft)?.0);
//! # let preflight = || Request::options("/items")
//! #     .header(header::ORIGIN, "https://app.example.com")
//! #     .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
//! #     .body(Body::empty());
//! let wrong: Router = Router::new().route("/items", put(async || "done").route_layer(corsac.clone()));
//! assert_eq!(wrong.oneshot(preflight()?).await?.status(), StatusCode::METHOD_NOT_ALLOWED);
//!
//! // A policy for this route alone.
//! let right: Router = Router::new().route("/items", put(async || "done").layer(corsac));
//! assert_eq!(right.oneshot(preflight()?).await?.status(), StatusCode::NO_CONTENT);
//! # Ok(())
//! # }
//! ```
//!
//! # What it does
//!
//! | | |
//! |---|---|
//! | preflights | answered here: 204, or 403 without a word about the policy |
//! | any other OPTIONS | the inner service's |
//! | requests that no browser sends (two `Origin` lines) | 400 |
//! | forged requests and foreign WebSockets, where the policy guards | 403 |
//! | CORS headers that an inner service set | replaced, or [refused](CorsacLayer::refuse_inner_cors_headers) in debug builds |
//! | `Vary` | merged: every line stays, no name comes twice |
//! | an inner service's `Err` | passed on as it is; turn it into an answer inside of the layer |
//! | the body | untouched; answers made here have the body type's default |
//!
//! Per request it allocates what the answer's header map needs, at most twice; nothing when the map has
//! room. Neither the body nor the future is boxed, and cloning allocates nothing.
//!
//! # Features
//!
//! - `origin-source`: asks a table of tenants about origins that a policy lists by a pattern
//!   ([`origin_source`]); needs Tokio's timer.
mod inner_cors_headers;
mod layer;
#[cfg(feature = "origin-source")]
pub mod origin_source;
#[cfg(feature = "origin-source")]
mod origin_source_future;
#[cfg(feature = "origin-source")]
mod origin_source_layer;
#[cfg(feature = "origin-source")]
mod origin_source_service;
mod response_future;
mod service;
mod settings;

pub use inner_cors_headers::{InnerCorsHeaders, RefuseInDebugBuilds, Replace};
pub use layer::CorsacLayer;
#[cfg(feature = "origin-source")]
pub use origin_source_future::OriginSourceFuture;
#[cfg(feature = "origin-source")]
pub use origin_source_layer::OriginSourceLayer;
#[cfg(feature = "origin-source")]
pub use origin_source_service::CorsacWithOriginSource;
pub use response_future::ResponseFuture;
pub use service::Corsac;

/// The decision about a request: what [`CorsacLayer::with_decision_extensions`] puts into extensions.
///
/// Its `Display` is one line that is safe to log.
pub type RequestDecision = corsac::Decision<http::HeaderValue>;

/// The pages of the book, for their examples.
#[cfg(doctest)]
mod book {
    #[doc = include_str!("../../../docs/tower.md")]
    struct Tower;

    #[doc = include_str!("../../../docs/migrate.md")]
    struct Migrate;

    #[doc = include_str!("../../../README.md")]
    struct Readme;
}
