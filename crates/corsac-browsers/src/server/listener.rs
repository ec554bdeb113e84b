//! The ports: each connection is read request by request until one side closes it.

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite, BufStream};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::request::{Body, Head};
use super::respond::{After, respond};
use super::{Stage, control};
use crate::origins::{HTTP_PORTS, HTTPS_PORTS};

pub(super) async fn listen(stage: &Arc<Stage>, acceptor: &TlsAcceptor) -> anyhow::Result<()> {
    for port in HTTP_PORTS {
        let listener = TcpListener::bind(("0.0.0.0", port)).await?;
        tokio::spawn(accept(listener, None, Arc::clone(stage)));
    }
    for port in HTTPS_PORTS {
        let listener = TcpListener::bind(("0.0.0.0", port)).await?;
        tokio::spawn(accept(listener, Some(acceptor.clone()), Arc::clone(stage)));
    }
    Ok(())
}

async fn accept(listener: TcpListener, acceptor: Option<TlsAcceptor>, stage: Arc<Stage>) {
    // A connection that cannot be accepted or read is the browser's to report.
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        let stage = Arc::clone(&stage);
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let _ = match acceptor {
                None => serve(stream, "http", &stage).await,
                Some(acceptor) => match acceptor.accept(stream).await {
                    Ok(stream) => serve(stream, "https", &stage).await,
                    Err(error) => Err(error),
                },
            };
        });
    }
}

/// Answer requests until the connection ends.
async fn serve<S>(stream: S, scheme: &'static str, stage: &Stage) -> std::io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut stream = BufStream::new(stream);
    while let Some(head) = Head::read(&mut stream).await? {
        // What arrives is kept in the order of arrival, so before the body is waited for.
        let answer = stage.scripts().arrived(&head);
        let body = Body::read(&mut stream, &head).await?;
        let after = match answer {
            Some(answer) => respond(&mut stream, &head, answer).await?,
            None => control::answer(&mut stream, scheme, &head, &body, stage).await?,
        };
        if after == After::Close || head.wants_close() {
            break;
        }
    }
    tokio::io::AsyncWriteExt::shutdown(&mut stream).await
}
