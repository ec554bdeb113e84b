//! Counts instructions with callgrind, allocations with a counting allocator, and prints the table
//! of `bench/RESULTS.md`. Build with `--release` first; needs `valgrind`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use bench_decision::policies::List;
use bench_decision::scenario::Scenario;

/// Subject, list, scenario.
type Key = (String, String, String);

fn main() {
    let binaries = std::env::current_exe().unwrap().parent().unwrap().to_path_buf();
    let instructions = count_instructions(&binaries.join("instructions"));
    let allocations = count_allocations(&binaries.join("allocations"));
    let nothing =
        |scenario: &String| instructions[&("nothing".to_owned(), "1 origin".to_owned(), scenario.clone())];

    println!(
        "| list | scenario | lower bound | corsac | ratio | tower-http | allocations: bound, corsac, tower-http |"
    );
    println!("|---|---|---|---|---|---|---|");
    let mut worst: f64 = 0.0;
    let rows = List::ALL
        .iter()
        .flat_map(|list| Scenario::ALL.map(|scenario| (list.name().to_owned(), scenario.name().to_owned())));
    for (list, scenario) in rows {
        let of = |subject: &str| (subject.to_owned(), list.clone(), scenario.clone());
        let above = |subject: &str| instructions[&of(subject)] - nothing(&scenario);
        let (bound, ours, theirs) = (above("lower bound"), above("corsac"), above("tower-http"));
        let ratio = ours / bound;
        worst = worst.max(ratio);
        let allocated =
            ["lower bound", "corsac", "tower-http"].map(|subject| allocations[&of(subject)].clone());
        println!(
            "| {list} | {scenario} | {bound:.0} | {ours:.0} | {ratio:.2} | {theirs:.0} | {} |",
            allocated.join(", ")
        );
    }
    println!("\nWorst ratio to the lower bound: {worst:.2}.");
}

/// Instructions per call, from one run of callgrind that writes a file per window.
fn count_instructions(binary: &Path) -> BTreeMap<Key, f64> {
    let folder = std::env::temp_dir().join(format!("bench-decision-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--collect-atstart=no",
            "--toggle-collect=*::window",
            "--dump-after=*::window",
        ])
        .arg(format!("--callgrind-out-file={}/window", folder.display()))
        .arg(binary)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .output()
        .expect("valgrind runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names = lines_of(Command::new(binary).arg("names"));
    let counts = names.iter().enumerate().map(|(index, line)| {
        let [key @ .., calls] = line.split('|').collect::<Vec<_>>()[..]
            .try_into()
            .unwrap_or([""; 4]);
        let total = total_of(folder.join(format!("window.{}", index + 1)));
        (
            key.map(str::to_owned).into(),
            total / calls.parse::<f64>().unwrap(),
        )
    });
    let counts = counts.collect();
    std::fs::remove_dir_all(&folder).unwrap();
    counts
}

/// Allocations and bytes of one call.
fn count_allocations(binary: &Path) -> BTreeMap<Key, String> {
    let lines = lines_of(&mut Command::new(binary));
    let counts = lines.iter().map(|line| {
        let [subject, list, scenario, count, bytes] = line.split('|').collect::<Vec<_>>()[..]
            .try_into()
            .unwrap_or([""; 5]);
        let key = (subject.to_owned(), list.to_owned(), scenario.to_owned());
        (key, format!("{count} ({bytes} B)"))
    });
    counts.collect()
}

fn lines_of(command: &mut Command) -> Vec<String> {
    let output = command.output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// The `totals:` line of a callgrind file.
fn total_of(file: PathBuf) -> f64 {
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    total
        .expect("a callgrind file has totals")
        .trim()
        .parse()
        .unwrap()
}
