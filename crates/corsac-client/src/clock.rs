//! The time that caches and cookies go by.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// The time that the preflight cache and cookies go by. Time limits of the network are real ones in any
/// case.
#[derive(Clone)]
pub struct Clock(Kind);

#[derive(Clone)]
enum Kind {
    System(Instant),
    Manual(Arc<AtomicU64>),
}

/// Moves a [`Clock::manual`].
#[derive(Clone, Debug)]
pub struct ManualTime(Arc<AtomicU64>);

impl Clock {
    /// The machine's.
    #[must_use]
    pub fn system() -> Self {
        Self(Kind::System(Instant::now()))
    }

    /// A clock that stands at the first second of 2026 until it is moved, and what moves it.
    ///
    /// ```
    /// use std::time::Duration;
    /// use corsac_client::Clock;
    ///
    /// let (clock, time) = Clock::manual();
    /// time.advance(Duration::from_secs(7200));
    /// # let _ = clock;
    /// ```
    #[must_use]
    pub fn manual() -> (Self, ManualTime) {
        let moved = Arc::new(AtomicU64::new(0));
        (Self(Kind::Manual(Arc::clone(&moved))), ManualTime(moved))
    }

    /// Milliseconds that do not go back, since some moment.
    pub(crate) fn monotonic(&self) -> u64 {
        match &self.0 {
            Kind::System(started) => u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            Kind::Manual(moved) => moved.load(Ordering::Relaxed),
        }
    }

    /// Seconds since the beginning of 1970.
    pub(crate) fn unix_seconds(&self) -> i64 {
        match &self.0 {
            Kind::System(_) => SystemTime::now()
                .duration_since(SystemTime::UNIX_EPOCH)
                .ok()
                .and_then(|since| i64::try_from(since.as_secs()).ok())
                .unwrap_or_default(),
            Kind::Manual(moved) => {
                let seconds = moved.load(Ordering::Relaxed) / 1000;
                i64::try_from(seconds)
                    .unwrap_or(i64::MAX)
                    .saturating_add(MANUAL_START)
            }
        }
    }
}

impl ManualTime {
    /// Lets so much time pass.
    pub fn advance(&self, time: Duration) {
        let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let add = |moved: u64| Some(moved.saturating_add(milliseconds));
        // The closure never says no.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::System(_) => "Clock::system()",
            Kind::Manual(_) => "Clock::manual()",
        })
    }
}

/// 2026-01-01T00:00:00Z
const MANUAL_START: i64 = 1_767_225_600;
