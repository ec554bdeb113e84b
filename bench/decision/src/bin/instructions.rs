//! Runs each scenario once per subject inside [`window`], for callgrind to count; `run` drives it.
//!
//! With `names`, prints what the windows are, in order. With `answers`, prints every answer, so
//! that nobody is fast by answering something else. With `only 'SUBJECT|LIST|SCENARIO'`, runs one
//! window, for a profile.

use std::hint::black_box;

use bench_decision::policies::List;
use bench_decision::scenario::Scenario;
use bench_decision::{Subject, subjects};
use http::Request;

fn main() {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let only = std::env::args().nth(2);
    for (subject, list, mut service) in subjects() {
        for scenario in Scenario::ALL {
            let key = format!("{subject}|{}|{}", list.name(), scenario.name());
            if only.as_ref().is_some_and(|only| *only != key) {
                continue;
            }
            match mode.as_str() {
                "names" => println!("{key}|{}", calls(subject, list)),
                "answers" => {
                    let response = service.call(scenario.request());
                    println!("{key}: {response:?}");
                }
                _ => {
                    drop(service.call(scenario.request()));
                    let requests = (0..calls(subject, list)).map(|_| scenario.request()).collect();
                    window(service.as_mut(), requests);
                }
            }
        }
    }
}

/// What is counted: the answers and their drop.
#[inline(never)]
fn window(service: &mut dyn Subject, requests: Vec<Request<()>>) {
    for request in requests {
        drop(black_box(service.call(request)));
    }
}

/// A linear search through 100,000 origins takes valgrind long; a few calls tell as much.
fn calls(subject: &str, list: List) -> usize {
    if subject == "tower-http" && list == List::HundredThousand {
        4
    } else {
        200
    }
}
