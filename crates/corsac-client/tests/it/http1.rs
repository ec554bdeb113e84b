//! Servers that answer before they have read everything.

use corsac_client::{BodyLength, Trust};
use corsac_fetch::{Body, BodyKind, OutcomeKind, RequestInit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::{block_on, browser, fetch};

#[test]
fn an_answer_that_comes_before_the_body_was_read_is_taken() {
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
        let mut init = RequestInit::new(url);
        init.method = "POST".to_owned();
        init.body = Some(Body {
            kind: BodyKind::String,
            // More than the buffers between the two hold.
            bytes: vec![b'x'; 16 * 1024 * 1024],
        });
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut start = [0; 1024];
            let _ = stream.read(&mut start).await.unwrap();
            stream
                .write_all(b"HTTP/1.1 413 Content Too Large\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nno")
                .await
                .unwrap();
            stream
        };
        let browser = browser(Trust::System);
        let (fetched, _stream) = tokio::join!(fetch(&browser, init), serve);
        let OutcomeKind::Shared(response) = fetched.outcome.kind else {
            panic!("{:?}", fetched.outcome.kind);
        };
        assert_eq!(response.status, 413);
        assert_eq!(
            fetched.exchanges[0].answer.as_ref().unwrap().body,
            BodyLength::Whole(2)
        );
    });
}
