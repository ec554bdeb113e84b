//! `gate`: fails when ours answers otherwise, costs more than `stored.tsv` says, or grows with a
//! stranger's input or a policy's list. `gate --store` writes what it measures, for a commit that means to.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bench_decision::bars::{BARS, HOSTILE, LONG_LIST, ours};
use bench_decision::counts::{Counts, answers};
use bench_decision::policies::List;
use bench_decision::scenario::Scenario;
use bench_decision::stored::Stored;
use bench_decision::subjects::Selection;

fn main() -> ExitCode {
    let is_storing = std::env::args().any(|argument| argument == "--store");
    let now_answers = answers_of_ours();
    let counts = Counts::measure(Selection::Ours);
    let now = Stored::of(&counts);
    if is_storing {
        std::fs::write(file("answers.txt"), &now_answers).unwrap();
        std::fs::write(file("stored.tsv"), now.write()).unwrap();
        println!("stored {} counts", now.counts.len());
    }
    let stored = Stored::read(&read("stored.tsv"));
    let mut failures = stored.regressions(&now);
    failures.extend(different_answers(&now_answers));
    failures.extend(growth(&counts));
    if stored.compiler != now.compiler {
        println!(
            "stored with {}, this is {}: instructions are not held against the stored ones",
            stored.compiler, now.compiler
        );
    }
    for bar in BARS {
        let count = ours(&counts, "tower", bar.list, bar.scenario);
        println!(
            "{}, {}: {:.0} instructions, aim {:.0}",
            bar.list.name(),
            bar.scenario.name(),
            count.instructions,
            bar.instructions
        );
    }
    for failure in &failures {
        println!("error: {failure}");
    }
    if failures.is_empty() {
        println!("{} counts hold", now.counts.len());
        return ExitCode::SUCCESS;
    }
    println!("if that is meant, store it in the same commit: cargo xtask bench decision --store");
    ExitCode::FAILURE
}

/// One line for each answer of ours; other middlewares may answer as they like.
fn answers_of_ours() -> String {
    answers(Selection::Ours)
        .lines()
        .filter(|line| line.contains("/corsac-tower/"))
        .map(|line| format!("{line}\n"))
        .collect()
}

fn different_answers(now: &str) -> Vec<String> {
    let stored = read("answers.txt");
    let stored: Vec<&str> = stored.lines().collect();
    now.lines()
        .filter(|line| !stored.contains(line))
        .map(|line| format!("another answer than in answers.txt: {line}"))
        .collect()
}

/// Neither a stranger nor a long list makes an answer dearer.
fn growth(counts: &Counts) -> Vec<String> {
    let mut failures = Vec::new();
    let of = |framework, list, scenario| ours(counts, framework, list, scenario).instructions;
    let most = of("tower", List::Ten, Scenario::PreflightRefused) * HOSTILE;
    for scenario in Scenario::HOSTILE {
        let count = of("tower", List::Ten, scenario);
        if count > most {
            failures.push(format!(
                "{}: {count:.0} instructions, at most {most:.0}",
                scenario.name()
            ));
        }
    }
    for framework in ["tower", "axum"] {
        for scenario in Scenario::ALL {
            let [few, many] = [List::Ten, List::HundredThousand].map(|list| of(framework, list, scenario));
            if many > few * LONG_LIST {
                failures.push(format!(
                    "{framework}, {}: {many:.0} instructions for 100,000 origins, {few:.0} for ten",
                    scenario.name()
                ));
            }
        }
    }
    failures
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    let path = file(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
