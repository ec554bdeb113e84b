//! The bytes: connections, HTTP/1.1 and HTTP/2.

mod connect;
mod http1;
mod http2;
mod response_head;
mod tls;
pub(crate) mod transport;
mod wire_headers;
