//! What callgrind and the counting allocator say.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::scenario::Scenario;
use crate::subjects::{BARE, Selection};

/// One call above the framework's bare service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    pub instructions: f64,
    pub allocations: i64,
    pub bytes: i64,
}

/// The counts of every subject but the bare ones, by [`Entry::name`] and [`Scenario::name`].
pub struct Counts(BTreeMap<(String, String), Count>);

impl Counts {
    /// Run the other programs of this package, which stand beside the one that runs.
    pub fn measure(selection: Selection) -> Self {
        let binaries = std::env::current_exe().unwrap().parent().unwrap().to_path_buf();
        let instructions = instructions(&binaries.join("instructions"), selection);
        let allocations = allocations(&binaries.join("allocations"), selection);
        let mut counts = BTreeMap::new();
        for entry in selection.entries() {
            if entry.middleware == BARE {
                continue;
            }
            for scenario in Scenario::ALL {
                let key = (entry.name(), scenario.name().to_owned());
                let bare = (entry.name_of_bare(), scenario.name().to_owned());
                let (own, below) = (allocations[&key], allocations[&bare]);
                let count = Count {
                    instructions: instructions[&key] - instructions[&bare],
                    allocations: own.0 - below.0,
                    bytes: own.1 - below.1,
                };
                counts.insert(key, count);
            }
        }
        Self(counts)
    }

    /// The count of a subject; `None`: it is not built in.
    pub fn get(&self, name: &str, scenario: Scenario) -> Option<Count> {
        self.0
            .get(&(name.to_owned(), scenario.name().to_owned()))
            .copied()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, Count)> {
        self.0
            .iter()
            .map(|((name, scenario), count)| (name.as_str(), scenario.as_str(), *count))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.0}\t{}\t{}",
            self.instructions, self.allocations, self.bytes
        )
    }
}

/// Instructions per call, the least of the windows, from one run of callgrind that writes a file for
/// each.
fn instructions(binary: &Path, selection: Selection) -> BTreeMap<(String, String), f64> {
    let folder = std::env::temp_dir().join(format!("bench-decision-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args([
            "--tool=callgrind",
            "--collect-atstart=no",
            "--toggle-collect=*::window",
            "--dump-after=*::end",
        ])
        .arg(format!("--callgrind-out-file={}/window", folder.display()))
        .arg(binary)
        .arg("run")
        .args(selection.arguments())
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        // Machines differ in what their memcpy may use; all have this one.
        .env(
            "GLIBC_TUNABLES",
            "glibc.cpu.hwcaps=-AVX2,-AVX512F,-AVX512VL,-ERMS,-FSRM",
        );
    output_of(&mut valgrind);
    let names = output_of(Command::new(binary).arg("names").args(selection.arguments()));
    let mut least = BTreeMap::new();
    for (index, line) in names.lines().enumerate() {
        let [name, scenario, calls] = fields(line);
        let total = total_of(folder.join(format!("window.{}", index + 1)));
        let per_call = total / calls.parse::<f64>().unwrap();
        least
            .entry((name.to_owned(), scenario.to_owned()))
            .and_modify(|least: &mut f64| *least = least.min(per_call))
            .or_insert(per_call);
    }
    std::fs::remove_dir_all(&folder).unwrap();
    least
}

/// Allocations and bytes of one call.
fn allocations(binary: &Path, selection: Selection) -> BTreeMap<(String, String), (i64, i64)> {
    let lines = output_of(Command::new(binary).args(selection.arguments()));
    lines
        .lines()
        .map(|line| {
            let [name, scenario, count, bytes] = fields(line);
            let key = (name.to_owned(), scenario.to_owned());
            (key, (count.parse().unwrap(), bytes.parse().unwrap()))
        })
        .collect()
}

/// Every answer, a line each.
pub fn answers(selection: Selection) -> String {
    let binary = std::env::current_exe().unwrap().with_file_name("instructions");
    output_of(Command::new(binary).arg("answers").args(selection.arguments()))
}

fn output_of(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

fn fields<const N: usize>(line: &str) -> [&str; N] {
    let fields: Vec<&str> = line.split('\t').collect();
    fields
        .try_into()
        .unwrap_or_else(|_| panic!("not {N} fields: {line}"))
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
