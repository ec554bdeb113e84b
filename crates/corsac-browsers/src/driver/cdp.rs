//! The Chrome DevTools Protocol over a pair of pipes: JSON messages, each ended by a zero byte.
//! The browser ends when the pipes close, so it cannot outlive this program.
//!
//! A client of its own because a run sends ten commands and reads five events; the crates that know
//! the whole protocol take minutes to build.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

/// The browser's end of the protocol.
#[derive(Clone)]
pub(super) struct Connection {
    outgoing: UnboundedSender<Vec<u8>>,
    waiting: Arc<Mutex<Waiting>>,
}

/// An event of a session.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    pub(super) method: String,
    #[serde(default)]
    pub(super) params: Value,
}

#[derive(Default)]
struct Waiting {
    last_id: u64,
    answers: BTreeMap<u64, oneshot::Sender<anyhow::Result<Value>>>,
}

#[derive(Deserialize)]
struct Answer {
    id: u64,
    #[serde(default)]
    result: Value,
    error: Option<Value>,
}

impl Connection {
    /// Speak over these pipes; events go to `on_event`, in order.
    pub(super) fn new(
        mut to_browser: impl AsyncWrite + Unpin + Send + 'static,
        from_browser: impl AsyncRead + Unpin + Send + 'static,
        mut on_event: impl FnMut(&Connection, Event) + Send + 'static,
    ) -> Self {
        let (outgoing, mut messages) = unbounded_channel::<Vec<u8>>();
        tokio::spawn(async move {
            while let Some(message) = messages.recv().await {
                if to_browser.write_all(&message).await.is_err() || to_browser.flush().await.is_err() {
                    break;
                }
            }
        });
        let connection = Self {
            outgoing,
            waiting: Arc::default(),
        };
        let own = connection.clone();
        tokio::spawn(async move {
            let mut from_browser = BufReader::new(from_browser);
            let mut message = Vec::new();
            while let Ok(1..) = from_browser.read_until(0, &mut message).await {
                message.pop();
                if let Ok(answer) = serde_json::from_slice::<Answer>(&message) {
                    own.answered(answer);
                } else if let Ok(event) = serde_json::from_slice::<Event>(&message) {
                    on_event(&own, event);
                }
                message.clear();
            }
            // Whoever waits learns that the browser is gone.
            own.waiting().answers.clear();
        });
        connection
    }

    /// Send a command and wait for its result.
    pub(super) async fn command(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> anyhow::Result<Value> {
        let answer = self.send(session, method, params);
        let result = answer
            .await
            .with_context(|| format!("the browser ended during {method}"))?;
        result.with_context(|| format!("{method} failed"))
    }

    /// Send a command; its result can be waited for.
    pub(super) fn send(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> oneshot::Receiver<anyhow::Result<Value>> {
        let (sender, receiver) = oneshot::channel();
        let id = {
            let mut waiting = self.waiting();
            waiting.last_id += 1;
            let id = waiting.last_id;
            waiting.answers.insert(id, sender);
            id
        };
        let mut message = json!({"id": id, "method": method, "params": params});
        if let (Some(session), Some(members)) = (session, message.as_object_mut()) {
            members.insert(String::from("sessionId"), session.into());
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        // When the browser is gone, the reader has noticed and nobody waits for ever.
        let _ = self.outgoing.send(bytes);
        receiver
    }

    fn answered(&self, answer: Answer) {
        let Some(sender) = self.waiting().answers.remove(&answer.id) else {
            return;
        };
        let result = match answer.error {
            None => Ok(answer.result),
            Some(error) => (|| bail!("{error}"))(),
        };
        let _ = sender.send(result);
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[tokio::test]
    async fn answers_find_their_commands_and_events_come_in_order() {
        let (own, mut browser) = tokio::io::duplex(4096);
        let (from_browser, to_browser) = tokio::io::split(own);
        let (events, heard) = channel();
        let connection = Connection::new(to_browser, from_browser, move |_, event| {
            events.send(event.method).expect("the test listens");
        });
        let messages = concat!(
            r#"{"method":"a"}"#,
            "\0",
            r#"{"id":2,"error":{"message":"no"}}"#,
            "\0",
            r#"{"method":"b","params":{}}"#,
            "\0",
            r#"{"id":1,"result":{"x":1}}"#,
            "\0"
        );
        let first = connection.send(None, "first", json!({}));
        let second = connection.send(Some("s"), "second", json!({}));
        browser
            .write_all(messages.as_bytes())
            .await
            .expect("the browser can write");
        let first = first.await.expect("an answer").expect("a result");
        assert_eq!(first, json!({"x": 1}));
        let second = second.await.expect("an answer").expect_err("an error");
        assert_eq!(second.to_string(), r#"{"message":"no"}"#);
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[tokio::test]
    async fn a_command_fails_when_the_browser_ends() {
        let (own, browser) = tokio::io::duplex(4096);
        let (from_browser, to_browser) = tokio::io::split(own);
        let connection = Connection::new(to_browser, from_browser, |_, _| {});
        let answer = connection.send(None, "x", json!({}));
        drop(browser);
        assert!(answer.await.is_err());
    }
}
