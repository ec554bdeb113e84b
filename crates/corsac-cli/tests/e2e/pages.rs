//! README.md and the pages of `docs/`: each command in a `console` block that ends by itself is run,
//! and what it prints is compared with what the page shows; each `toml` block that is a whole policy
//! file is read.
//!
//! In a page, `…` on a line of its own stands for lines that are left out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::command::Demo;

#[test]
fn commands_print_what_the_pages_show() {
    let demo = Demo::start();
    for page in pages() {
        for shown in Shown::all(&page) {
            if shown.is_run_elsewhere() {
                continue;
            }
            let printed = demo.as_shown(&run(&demo.as_running(&shown.command)));
            assert!(
                matches(&shown.output, &printed.lines().collect::<Vec<_>>()),
                "{}: `{}` prints\n{printed}",
                page.display(),
                shown.command
            );
        }
    }
}

#[test]
fn policy_files_in_the_pages_have_no_mistake() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for block in blocks(&text, "toml")
            .iter()
            .filter(|block| block.starts_with("version = "))
        {
            match corsac_wire::policy_file::read(block, "corsac.toml") {
                Ok((_, warnings)) => assert_eq!(warnings.len(), 0, "{}:\n{block}", page.display()),
                Err(errors) => panic!("{}:\n{errors}", page.display()),
            }
        }
    }
}

#[test]
fn the_readme_has_the_two_commands_and_at_most_200_lines() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let commands: Vec<String> = Shown::all(&root().join("README.md"))
        .into_iter()
        .map(|shown| shown.command)
        .collect();
    assert_eq!(
        commands.first().map(String::as_str),
        Some("cargo run --release -- demo")
    );
    assert!(commands.iter().any(|command| command == "cargo xtask test"));
    assert!(readme.lines().count() <= 200);
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for (at, mark) in text.match_indices("](") {
            let rest = text.get(at + mark.len()..).unwrap_or_default();
            let link = rest.split([')', '#']).next().unwrap_or_default();
            if link.is_empty() || link.contains("://") {
                continue;
            }
            assert!(
                page.parent().unwrap().join(link).exists(),
                "{}: {link}",
                page.display()
            );
        }
    }
}

/// A command, and what the page shows below it.
struct Shown {
    command: String,
    output: Vec<String>,
}

impl Shown {
    fn all(page: &Path) -> Vec<Self> {
        let text = fs::read_to_string(page).unwrap();
        let mut all: Vec<Self> = Vec::new();
        for block in blocks(&text, "console") {
            for line in block.lines() {
                if let Some(command) = line.strip_prefix("$ ") {
                    all.push(Self {
                        command: command.to_owned(),
                        output: Vec::new(),
                    });
                } else if let Some(shown) = all.last_mut() {
                    shown.output.push(line.to_owned());
                }
            }
        }
        all
    }

    /// A gateway stays up, and Cargo cannot be told which of its builds to use: other tests have those.
    fn is_run_elsewhere(&self) -> bool {
        self.command.starts_with("corsac gateway ") || self.command.starts_with("cargo ")
    }
}

/// Run it as a shell does, with the built `corsac` first on the path.
fn run(command: &str) -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_corsac"))
        .parent()
        .unwrap()
        .to_owned();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::env::join_paths([folder].into_iter().chain(std::env::split_paths(&paths))).unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("{command} 2>&1")])
        .current_dir(root())
        .env("PATH", paths)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Whether the lines are those shown, where `…` matches any number of them.
fn matches(shown: &[String], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.iter().all(|line| line.is_empty()),
        Some((first, rest)) if first.trim() == "…" => {
            (0..=printed.len()).any(|skipped| matches(rest, &printed[skipped..]))
        }
        Some((first, rest)) => printed
            .split_first()
            .is_some_and(|(line, printed)| line.trim_end() == first.trim_end() && matches(rest, printed)),
    }
}

/// The fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut lines = text.lines();
    let mut blocks = Vec::new();
    while lines.any(|line| line.strip_prefix("```") == Some(language)) {
        let block = lines.by_ref().take_while(|line| *line != "```");
        blocks.push(block.flat_map(|line| [line, "\n"]).collect());
    }
    blocks
}

fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let pages = docs
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut pages: Vec<PathBuf> = pages.chain([root().join("README.md")]).collect();
    pages.sort();
    pages
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
