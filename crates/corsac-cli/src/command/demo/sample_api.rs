//! An API that knows nothing of CORS, as many are.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

/// A running sample API. It ends with the process.
pub(super) struct SampleApi {
    pub(super) address: SocketAddr,
}

impl SampleApi {
    /// Listen on a free port, on a thread of its own.
    pub(super) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        std::thread::Builder::new()
            .name("sample-api".to_owned())
            .spawn(move || runtime.block_on(serve(listener)))?;
        Ok(Self { address })
    }
}

async fn serve(listener: TcpListener) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            // Without descriptors there is nothing to do but wait for others to be closed.
            tokio::time::sleep(WITHOUT_DESCRIPTORS).await;
            continue;
        };
        let service = service_fn(|request| async move { Ok::<_, Infallible>(answer(&request)) });
        // How a client ends its connection is its own affair.
        tokio::spawn(async move {
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(socket), service)
                .await;
        });
    }
}

fn answer(request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let (status, body) = match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, "/items") => (StatusCode::OK, r#"[{"id":1,"name":"corsac"}]"#),
        (&Method::PUT, "/items/1") => (StatusCode::OK, r#"{"id":1,"saved":true}"#),
        (_, "/items" | "/items/1") => (
            StatusCode::METHOD_NOT_ALLOWED,
            r#"{"error":"method not allowed"}"#,
        ),
        _ => (StatusCode::NOT_FOUND, r#"{"error":"not found"}"#),
    };
    let mut response = Response::new(Full::new(Bytes::from_static(body.as_bytes())));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(X_REQUEST_ID, HeaderValue::from_static("demo-1"));
    response
}

const WITHOUT_DESCRIPTORS: Duration = Duration::from_millis(50);
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
