//! What each fuzz target starts from: the project's own cases. Recorded scenarios are compressed,
//! so that target starts from those of the book.

use std::path::Path;

use anyhow::Context as _;
use serde_json::Value;

use crate::shell;

/// For each target, files or folders. Of a `.json` file every string is a seed, of a
/// `.jsonl` file every line, any other file is one seed.
const SOURCES: [(&str, &[&str]); 5] = [
    // Each byte is a choice, so any text will do.
    ("fetch", &["cases/vectors/acao-check.json"]),
    (
        "header_list",
        &[
            "cases/vectors/header-values.json",
            "cases/vectors/request-headers.json",
            "cases/vectors/expose-headers.json",
        ],
    ),
    ("origin", &["cases/vectors/origins.json"]),
    ("policy_file", &["cases/policy-file"]),
    ("scenario", &["docs/examples/scenarios.jsonl"]),
];

/// Write the seeds of a target into its corpus.
pub(super) fn write(target: &str, corpus: &Path) -> anyhow::Result<()> {
    let sources = SOURCES.iter().find(|(name, _)| *name == target);
    let (_, sources) = sources.with_context(|| format!("the target {target} has no seeds"))?;
    let mut seeds = Vec::new();
    for source in *sources {
        collect(&shell::root().join(source), &mut seeds)?;
    }
    for (number, seed) in seeds.iter().enumerate() {
        std::fs::write(corpus.join(format!("seed-{number}")), seed)?;
    }
    println!("{target}: {} seeds", seeds.len());
    Ok(())
}

fn collect(path: &Path, seeds: &mut Vec<Vec<u8>>) -> anyhow::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), seeds)?;
        }
        return Ok(());
    }
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => collect_strings(&serde_json::from_slice(&bytes)?, seeds),
        Some("jsonl") => seeds.extend(bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec)),
        _ => seeds.push(bytes),
    }
    Ok(())
}

fn collect_strings(value: &Value, seeds: &mut Vec<Vec<u8>>) {
    match value {
        Value::String(text) => seeds.push(text.clone().into_bytes()),
        Value::Array(items) => items.iter().for_each(|item| collect_strings(item, seeds)),
        Value::Object(fields) => fields.values().for_each(|field| collect_strings(field, seeds)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
