//! Idle connections to the upstream, one pool per worker thread: no lock, no wake-up of another
//! core.

use std::cell::RefCell;
use std::time::Duration;

use tokio::time::Instant;

use crate::connect::Sender;
use crate::deadline::Deadline;

/// Idle connections, the one that rested least last.
#[derive(Default)]
pub(crate) struct Pool {
    idle: RefCell<Vec<Idle>>,
}

/// A connection to the upstream, with the timer for what is expected on it.
pub(crate) struct UpstreamConnection {
    pub(crate) sender: Sender,
    pub(crate) deadline: Deadline,
}

struct Idle {
    connection: UpstreamConnection,
    since: Instant,
}

impl UpstreamConnection {
    pub(crate) fn new(sender: Sender) -> Self {
        Self {
            sender,
            deadline: Deadline::default(),
        }
    }
}

impl Pool {
    /// The connection that rested least, and for how long it did.
    pub(crate) fn take(&self) -> Option<(UpstreamConnection, Duration)> {
        let mut idle = self.idle.borrow_mut();
        let now = Instant::now();
        while let Some(Idle { connection, since }) = idle.pop() {
            let rested = now.saturating_duration_since(since);
            if rested > MAX_REST {
                // The others have rested longer still.
                idle.clear();
                return None;
            }
            if connection.sender.is_ready() {
                return Some((connection, rested));
            }
        }
        None
    }

    /// Keep a connection whose exchange is complete. One that is still busy, or one too many, is
    /// closed.
    pub(crate) fn put(&self, connection: UpstreamConnection) {
        let mut idle = self.idle.borrow_mut();
        if idle.len() < MAX_IDLE && connection.sender.is_ready() {
            idle.push(Idle {
                connection,
                since: Instant::now(),
            });
        }
    }

    /// Close what has rested too long.
    pub(crate) fn sweep(&self) {
        let now = Instant::now();
        self.idle.borrow_mut().retain(|idle| {
            now.saturating_duration_since(idle.since) <= MAX_REST && idle.connection.sender.is_ready()
        });
    }
}

/// Below the 5 s after which Node and Uvicorn close an idle connection: whoever closes first cannot
/// be surprised by a request.
pub(crate) const MAX_REST: Duration = Duration::from_secs(4);

/// Idle connections that a worker keeps.
const MAX_IDLE: usize = 256;
