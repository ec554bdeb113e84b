//! The gateway's log, held back while the requests are shown: these lines would stand between them.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Passes on what is written once `open` is set, and drops what is written before.
pub(super) struct QuietLog<W> {
    output: W,
    open: Arc<AtomicBool>,
}

impl<W> QuietLog<W> {
    pub(super) fn new(output: W, open: Arc<AtomicBool>) -> Self {
        Self { output, open }
    }
}

impl<W: io::Write> io::Write for QuietLog<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.open.load(Ordering::Relaxed) {
            self.output.write(bytes)
        } else {
            Ok(bytes.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
