//! What ours cost when it was last looked at, in `stored.tsv`: what CI holds a change against.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use crate::counts::{Count, Counts};

/// Counts by subject and scenario, and the compiler that made them.
pub struct Stored {
    pub compiler: String,
    pub counts: BTreeMap<(String, String), Count>,
}

impl Stored {
    /// Ours of a measurement.
    pub fn of(counts: &Counts) -> Self {
        let ours = counts
            .iter()
            .filter(|(name, _, _)| name.contains("/corsac-tower/"))
            .map(|(name, scenario, count)| ((name.to_owned(), scenario.to_owned()), count));
        Self {
            compiler: compiler(),
            counts: ours.collect(),
        }
    }

    /// What [`Self::write`] wrote.
    pub fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let compiler = lines.next().unwrap_or_default().trim_start_matches("# ");
        let counts = lines.map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [name, scenario, instructions, allocations, bytes] = fields[..] else {
                panic!("not five fields: {line}");
            };
            let count = Count {
                instructions: instructions.parse().unwrap(),
                allocations: allocations.parse().unwrap(),
                bytes: bytes.parse().unwrap(),
            };
            ((name.to_owned(), scenario.to_owned()), count)
        });
        Self {
            compiler: compiler.to_owned(),
            counts: counts.collect(),
        }
    }

    /// A line with the compiler, then one for each count: subject, scenario, instructions,
    /// allocations, bytes.
    pub fn write(&self) -> String {
        let mut text = format!("# {}\n", self.compiler);
        for ((name, scenario), count) in &self.counts {
            writeln!(text, "{name}\t{scenario}\t{count}").unwrap();
        }
        text
    }

    /// What is dearer now. Another compiler makes other code; an `axum::Router`, and a header map that
    /// grows, take some 200 instructions more in one place or run than in the next: there only
    /// allocations are held.
    pub fn regressions(&self, now: &Self) -> Vec<String> {
        let is_same_compiler = self.compiler == now.compiler;
        let mut regressions = Vec::new();
        for (key, count) in &now.counts {
            let (name, scenario) = key;
            let Some(stored) = self.counts.get(key) else {
                regressions.push(format!("{name}, {scenario}: not stored"));
                continue;
            };
            let most = (stored.instructions * 1.03).max(stored.instructions + 60.0);
            let is_steady = is_same_compiler && name.starts_with("tower/") && !name.ends_with("headers");
            if is_steady && count.instructions > most {
                let instructions = count.instructions;
                regressions.push(format!(
                    "{name}, {scenario}: {instructions:.0} instructions, stored {:.0}",
                    stored.instructions
                ));
            }
            if (count.allocations, count.bytes) != (stored.allocations, stored.bytes) {
                regressions.push(format!(
                    "{name}, {scenario}: {} allocations of {} bytes, stored {} of {}",
                    count.allocations, count.bytes, stored.allocations, stored.bytes
                ));
            }
        }
        regressions
    }
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
