//! Nothing that is committed names a place of one machine: a folder of its own, a package
//! registry's host, or the material that lies beside the repository.

use super::Finding;
use super::source_tree::{SourceFile, SourceTree};

/// Folders at the root of a machine that only its user knows.
const MACHINE_FOLDERS: [&str; 5] = ["farm", "home", "root", "tmp", "work"];

/// Parts of the hosts of package registries.
const REGISTRY_WORDS: [&str; 6] = ["crates", "debian", "golang", "npm", "pypi", "pythonhosted"];

pub(super) fn check(tree: &SourceTree) -> Vec<Finding> {
    tree.files()
        .filter(|file| !is_lock_file(&file.path))
        .flat_map(check_file)
        .collect()
}

fn check_file(file: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        if let Some(folder) = machine_folder(line) {
            findings.push(Finding::on_line(
                &file.path,
                index,
                format!("a path of one machine: its `{folder}` folder"),
            ));
        }
        if let Some(host) = registry_host(line) {
            findings.push(Finding::on_line(
                &file.path,
                index,
                format!("a registry's host: `{host}`"),
            ));
        }
        if line.contains(SHARED_MATERIAL) {
            findings.push(Finding::on_line(
                &file.path,
                index,
                "material outside the repository",
            ));
        }
    }
    findings
}

/// Lock files name their registry by design.
fn is_lock_file(path: &str) -> bool {
    path.ends_with("Cargo.lock")
}

/// A path that starts with one of the folders: not the middle of a longer path or of a URL.
fn machine_folder(line: &str) -> Option<&'static str> {
    MACHINE_FOLDERS.into_iter().find(|folder| {
        line.match_indices(&format!("/{folder}/")).any(|(at, _)| {
            let before = line.get(..at).and_then(|start| start.chars().next_back());
            !before.is_some_and(|char| char.is_alphanumeric() || "./_-}*)~$:".contains(char))
        })
    })
}

fn registry_host(line: &str) -> Option<&str> {
    line.match_indices("//").find_map(|(at, slashes)| {
        let rest = line.get(at + slashes.len()..)?;
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && !".-".contains(char));
        let host = rest.get(..end.unwrap_or(rest.len()))?;
        let is_registry = |label: &str| REGISTRY_WORDS.iter().any(|word| label.starts_with(word));
        (host.contains('.') && host.split('.').any(is_registry)).then_some(host)
    })
}

/// Written in two parts, so that this file does not name it.
const SHARED_MATERIAL: &str = concat!("../", "shared");

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(line: &str) -> Vec<String> {
        let findings = check(&SourceTree::of(&[("a.md", line)]));
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_path_of_a_machine_is_found() {
        assert_eq!(
            messages(concat!("see /ho", "me/me/notes")),
            ["a path of one machine: its `home` folder"]
        );
        assert_eq!(
            messages(concat!("\"/tm", "p/x\"")),
            ["a path of one machine: its `tmp` folder"]
        );
    }

    #[test]
    fn a_path_inside_a_url_is_not_a_path_of_a_machine() {
        assert_eq!(
            messages("https://example.com/home/x file:///tmp/x target/tmp/x"),
            [""; 0]
        );
    }

    #[test]
    fn the_host_of_a_registry_is_found() {
        assert_eq!(
            messages(concat!("https://static.cra", "tes.io/x")),
            [concat!("a registry's host: `static.cra", "tes.io`")]
        );
        assert_eq!(
            messages("https://example.com/crates.io https://github.com"),
            [""; 0]
        );
    }

    #[test]
    fn material_outside_the_repository_is_found() {
        assert_eq!(
            messages(concat!("see ../", "shared/x")),
            ["material outside the repository"]
        );
    }
}
