//! Firefox's remote control: JSON messages over TCP, each with its length in front
//! (`17:[0,1,"name",{}]`). A command is `[0, id, name, parameters]`, its answer
//! `[1, id, error, result]`.

use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

/// The browser's end of the protocol.
pub(super) struct Marionette<S> {
    stream: S,
    last_id: u64,
}

impl<S: AsyncBufRead + AsyncWrite + Unpin> Marionette<S> {
    /// Read the greeting, which comes before anything is asked.
    pub(super) async fn new(stream: S) -> anyhow::Result<Self> {
        let mut marionette = Self { stream, last_id: 0 };
        let greeting = marionette.read().await?;
        if greeting.get("marionetteProtocol") != Some(&json!(3)) {
            bail!("this is not Marionette's protocol 3: {greeting}");
        }
        Ok(marionette)
    }

    /// Send a command and wait for its result.
    pub(super) async fn command(&mut self, name: &str, parameters: Value) -> anyhow::Result<Value> {
        self.last_id += 1;
        let message = json!([0, self.last_id, name, parameters]).to_string();
        let message = format!("{}:{message}", message.len());
        self.stream.write_all(message.as_bytes()).await?;
        self.stream.flush().await?;
        let answer = self.read().await?;
        match answer.as_array().map(Vec::as_slice) {
            Some([_, _, Value::Null, result]) => Ok(result.clone()),
            Some([_, _, error, _]) => bail!("{name} failed: {error}"),
            _ => bail!("this is no answer of Marionette's: {answer}"),
        }
    }

    /// Run a script with the browser's own rights, and return what it returns.
    pub(super) async fn script(&mut self, script: &str, arguments: Value) -> anyhow::Result<Value> {
        self.command("Marionette:SetContext", json!({"value": "chrome"}))
            .await?;
        let parameters =
            json!({"script": script, "args": arguments, "sandbox": "system", "newSandbox": false});
        let result = self.command("WebDriver:ExecuteScript", parameters).await?;
        Ok(result.get("value").cloned().unwrap_or_default())
    }

    async fn read(&mut self) -> anyhow::Result<Value> {
        let mut length = Vec::new();
        self.stream.read_until(b':', &mut length).await?;
        let length = length
            .strip_suffix(b":")
            .context("Firefox closed the connection")?;
        let length: usize = str::from_utf8(length)?
            .parse()
            .context("the message has no length")?;
        let mut message = vec![0; length];
        self.stream.read_exact(&mut message).await?;
        Ok(serde_json::from_slice(&message)?)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::BufStream;

    use super::*;

    /// A peer that says all this at once, whatever it is asked.
    async fn peer(says: &str) -> Marionette<BufStream<tokio::io::DuplexStream>> {
        let (own, mut other) = tokio::io::duplex(4096);
        other
            .write_all(says.as_bytes())
            .await
            .expect("the peer can write");
        tokio::spawn(async move { tokio::io::copy(&mut other, &mut tokio::io::sink()).await });
        Marionette::new(BufStream::new(own))
            .await
            .expect("the greeting is good")
    }

    #[tokio::test]
    async fn the_greeting_is_not_taken_for_an_answer() {
        let greeting = r#"{"applicationType":"gecko","marionetteProtocol":3}"#;
        let mut marionette = peer(&format!(r#"50:{greeting}18:[1,1,null,{{"a":2}}]"#)).await;
        let result = marionette.command("x", json!({})).await.expect("an answer");
        assert_eq!(result, json!({"a": 2}));
    }

    #[tokio::test]
    async fn a_failed_command_says_why() {
        let greeting = r#"{"applicationType":"gecko","marionetteProtocol":3}"#;
        let mut marionette = peer(&format!(r#"50:{greeting}16:[1,1,"why",null]"#)).await;
        let error = marionette.command("x", json!({})).await.expect_err("no result");
        assert_eq!(error.to_string(), "x failed: \"why\"");
    }
}
