//! The bytes: connections and the pool of them, HTTP/1.1 and HTTP/2, bodies and their codings.

mod chunked;
mod connect;
pub(crate) mod decode;
mod http1;
mod http1_body;
mod http2;
pub(crate) mod incoming;
mod pool;
pub(crate) mod response_head;
mod stream;
mod tls;
pub(crate) mod transport;
pub(crate) mod web_socket;
pub(crate) mod wire_headers;
