//! Runs every scenario of every subject inside [`window`], for callgrind to count.
//!
//! `instructions run [ours]`; with `names` in place of `run`, prints what the windows are, in order;
//! with `answers`, prints every answer. `instructions only NAME SCENARIO` runs one, for a profile.

use bench_decision::scenario::Scenario;
use bench_decision::subject::Measured;
use bench_decision::subjects::{Entry, Selection};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["names", ref selection @ ..] => each(selection, |entry, scenario| {
            let calls = entry.calls();
            for _ in 0..Entry::WINDOWS {
                println!("{}\t{}\t{calls}", entry.name(), scenario.name());
            }
        }),
        ["answers", ref selection @ ..] => each(selection, |entry, scenario| {
            let answer = entry.subject.answer(scenario);
            println!("{}, {}: {answer}", entry.name(), scenario.name());
        }),
        ["only", name, wanted] => each(&[], |entry, scenario| {
            if entry.name() == name && scenario.name() == wanted {
                let calls = entry.calls();
                count(entry.subject.as_mut(), scenario, calls);
            }
        }),
        ["run", ref selection @ ..] => each(selection, |entry, scenario| {
            let calls = entry.calls();
            entry.subject.answer(scenario);
            for _ in 0..Entry::WINDOWS {
                count(entry.subject.as_mut(), scenario, calls);
            }
        }),
        _ => panic!("instructions run|names|answers [ours], or instructions only NAME SCENARIO"),
    }
}

fn each(selection: &[&str], mut run: impl FnMut(&mut Entry, Scenario)) {
    for mut entry in Selection::of_arguments(selection).entries() {
        for scenario in Scenario::ALL {
            run(&mut entry, scenario);
        }
    }
}

fn count(subject: &mut dyn Measured, scenario: Scenario, calls: usize) {
    for _ in 0..calls {
        subject.run(scenario, &mut |run| window(run));
    }
    end();
}

/// What is counted: one answer and its drop.
#[inline(never)]
fn window(run: &mut dyn FnMut()) {
    run();
}

/// Where callgrind writes down what it counted since the last time.
#[inline(never)]
fn end() {
    std::hint::black_box(());
}
