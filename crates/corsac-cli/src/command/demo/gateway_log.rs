//! The gateway's log. While the requests are shown, each line is printed with its request; afterwards
//! lines go to standard error as they come.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Where the gateway writes.
pub(super) struct LogWriter(Sender<String>);

/// The other end.
pub(super) struct LogReader {
    lines: Receiver<String>,
}

pub(super) fn log() -> (LogWriter, LogReader) {
    let (sender, lines) = channel();
    (LogWriter(sender), LogReader { lines })
}

impl io::Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in String::from_utf8_lossy(bytes).lines() {
            // Without a reader, the demo is over.
            self.0.send(line.to_owned()).map_err(io::Error::other)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl LogReader {
    /// The line of a request that was just answered, without its time. It is written by another
    /// thread, so it may take a moment.
    pub(super) fn line(&self) -> Option<String> {
        let line = self.lines.recv_timeout(LONGEST).ok()?;
        let (_time, words) = line.split_once(' ')?;
        Some(words.to_owned())
    }

    /// Pass on what comes from here on, on a thread of its own.
    pub(super) fn pass_on(self, mut output: impl io::Write + Send + 'static) -> io::Result<()> {
        std::thread::Builder::new()
            .name("demo-log".to_owned())
            .spawn(move || {
                while let Ok(line) = self.lines.recv() {
                    // Nobody is left to tell when the log itself cannot be written.
                    let _ = writeln!(output, "{line}");
                }
            })
            .map(|_| ())
    }
}

const LONGEST: Duration = Duration::from_secs(2);

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::log;

    #[test]
    fn lines_written_together_come_one_by_one_without_their_times() {
        let (mut writer, reader) = log();
        writer
            .write_all(b"T1 allowed GET / 200\nT2 refused GET /x 200\n")
            .unwrap();
        assert_eq!(reader.line().as_deref(), Some("allowed GET / 200"));
        assert_eq!(reader.line().as_deref(), Some("refused GET /x 200"));
    }
}
