//! What is measured: a service that answers requests made beforehand.

use std::fmt::Display;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::scenario::{Head, Scenario};

/// A middleware around the inner service, in one framework.
pub trait Subject {
    /// A request as the framework's server hands it over.
    type Request;
    /// The answer, whose drop is measured with it.
    type Answer;

    /// Make a request; not measured.
    fn request(&mut self, head: Head) -> Self::Request;

    /// Answer it.
    fn call(&mut self, request: Self::Request) -> Self::Answer;

    /// Status and headers.
    fn show(answer: Self::Answer) -> String;
}

/// A [`Subject`] of any type.
pub trait Measured {
    /// The answer to a scenario, to compare: nobody is fast by answering something else.
    fn answer(&mut self, scenario: Scenario) -> String;

    /// Make a request, then answer it and drop the answer inside of `window`.
    fn run(&mut self, scenario: Scenario, window: Window<'_>);
}

/// Runs what it is given, and counts.
pub type Window<'a> = &'a mut dyn FnMut(&mut dyn FnMut());

impl<S: Subject> Measured for S {
    fn answer(&mut self, scenario: Scenario) -> String {
        let request = self.request(scenario.head());
        S::show(self.call(request))
    }

    fn run(&mut self, scenario: Scenario, window: Window<'_>) {
        let mut request = Some(self.request(scenario.head()));
        window(&mut || {
            if let Some(request) = request.take() {
                drop(std::hint::black_box(self.call(request)));
            }
        });
    }
}

/// The output of a future that never waits.
#[inline]
pub fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("the inner service answers at once"),
    }
}

/// `204; vary: Origin; …`, the headers in the order of their names.
pub fn show<N: Display, V: AsRef<[u8]>>(status: u16, headers: impl IntoIterator<Item = (N, V)>) -> String {
    let mut lines: Vec<String> = headers
        .into_iter()
        .map(|(name, value)| format!("; {name}: {}", String::from_utf8_lossy(value.as_ref())))
        .collect();
    lines.sort();
    format!("{status}{}", lines.concat())
}
