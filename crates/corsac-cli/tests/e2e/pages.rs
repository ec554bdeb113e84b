//! README.md and the pages of `docs/`: each command in a `console` block that ends by itself is run,
//! and the page must show exactly what it prints (`UPDATE_EXPECT=1` writes that into the page; read
//! the difference); each `toml` block that is a whole policy file is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::command::Demo;

#[test]
fn commands_print_what_the_pages_show() {
    let demo = Demo::start();
    for page in pages() {
        let shown = fs::read_to_string(&page).unwrap();
        let printed = with_fresh_output(&shown, &demo);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&page, printed).unwrap();
        } else {
            assert_eq!(printed, shown, "{}: UPDATE_EXPECT=1 mends it", page.display());
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
    let commands: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("$ "))
        .collect();
    assert_eq!(commands.first(), Some(&"cargo run --release -- demo"));
    assert_eq!(commands.get(1), Some(&"cargo xtask test"));
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

/// The page with what its commands print now.
fn with_fresh_output(page: &str, demo: &Demo) -> String {
    let mut fresh = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        let Some(command) = line.strip_prefix("$ ").filter(|command| ends_by_itself(command)) else {
            continue;
        };
        while lines
            .next_if(|line| !line.starts_with("$ ") && *line != "```")
            .is_some()
        {}
        for line in demo.as_shown(&run(&demo.as_running(command))).trim_end().lines() {
            fresh.push_str(line.trim_end());
            fresh.push('\n');
        }
    }
    fresh
}

/// A gateway stays up, and Cargo cannot be told which of its builds to use: other tests have those.
fn ends_by_itself(command: &str) -> bool {
    !command.starts_with("corsac gateway ") && !command.starts_with("cargo ")
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
