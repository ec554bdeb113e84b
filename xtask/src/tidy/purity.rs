//! The pure crates cannot reach a clock, a socket, a file or the environment: they are `no_std`, and
//! their `clippy.toml` bans what `extern crate std` would bring back. No crate may hold `unsafe`
//! code.

use super::Finding;
use super::source_tree::SourceTree;

/// Policy in, facts out.
const PURE_CRATES: [&str; 3] = ["corsac", "corsac-fetch", "corsac-diagnostics"];

/// What each of these `clippy.toml` files must ban.
const BANNED: [&str; 9] = [
    "std::env::var",
    "std::env::vars",
    "std::fs::File",
    "std::net::TcpListener",
    "std::net::TcpStream",
    "std::net::UdpSocket",
    "std::thread::spawn",
    "std::time::Instant",
    "std::time::SystemTime",
];

/// What the root's `Cargo.toml` must hold, and what hands it to each crate.
const FORBID_UNSAFE: &str = "unsafe_code = \"forbid\"";
const WORKSPACE_LINTS: &str = "[lints]\nworkspace = true";

pub(super) fn check(tree: &SourceTree) -> Vec<Finding> {
    let mut findings = Vec::new();
    require_line(tree, "Cargo.toml", FORBID_UNSAFE, &mut findings);
    for name in PURE_CRATES {
        let path = format!("crates/{name}/src/lib.rs");
        require_line(tree, &path, "#![no_std]", &mut findings);
        let path = format!("crates/{name}/clippy.toml");
        let text = tree.text(&path).unwrap_or_default();
        for banned in BANNED {
            if !text.contains(&format!("path = \"{banned}\", reason = ")) {
                findings.push(Finding::on_file(
                    &path,
                    format!("`{banned}` is not banned with a reason"),
                ));
            }
        }
    }
    for file in tree.files().filter(|file| is_manifest_of_member(&file.path)) {
        if !file.text.contains(WORKSPACE_LINTS) {
            findings.push(Finding::on_file(
                &file.path,
                "the workspace's lints are not taken over",
            ));
        }
    }
    findings
}

fn require_line(tree: &SourceTree, path: &str, line: &str, findings: &mut Vec<Finding>) {
    let text = tree.text(path).unwrap_or_default();
    if !text.lines().any(|present| present == line) {
        findings.push(Finding::on_file(path, format!("`{line}` is missing")));
    }
}

fn is_manifest_of_member(path: &str) -> bool {
    path == "xtask/Cargo.toml"
        || path
            .strip_prefix("crates/")
            .and_then(|path| path.strip_suffix("/Cargo.toml"))
            .is_some_and(|name| !name.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree in which all is well, but for the replaced file.
    fn findings_with(path: &str, text: &str) -> Vec<Finding> {
        let bans: String = BANNED
            .iter()
            .map(|path| format!("{{ path = \"{path}\", reason = \"pure\" }},\n"))
            .collect();
        let mut files = vec![("Cargo.toml".to_owned(), FORBID_UNSAFE.to_owned())];
        for name in PURE_CRATES {
            files.push((
                format!("crates/{name}/src/lib.rs"),
                "//! Doc.\n#![no_std]\n".to_owned(),
            ));
        }
        for name in PURE_CRATES {
            files.push((format!("crates/{name}/clippy.toml"), bans.clone()));
        }
        files.retain(|(present, _)| present != path);
        files.push((path.to_owned(), text.to_owned()));
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        check(&SourceTree::of(&files))
    }

    #[test]
    fn a_tree_in_order_has_no_finding() {
        assert_eq!(
            findings_with(
                "crates/other/Cargo.toml",
                "[package]\n\n[lints]\nworkspace = true\n"
            ),
            []
        );
    }

    #[test]
    fn an_engine_with_std_is_found() {
        let path = "crates/corsac-fetch/src/lib.rs";
        assert_eq!(
            findings_with(path, "//! Doc.\n"),
            [Finding::on_file(path, "`#![no_std]` is missing")]
        );
    }

    #[test]
    fn a_workspace_that_allows_unsafe_code_is_found() {
        assert_eq!(
            findings_with("Cargo.toml", "[workspace.lints.rust]\nunsafe_code = \"warn\"\n"),
            [Finding::on_file(
                "Cargo.toml",
                "`unsafe_code = \"forbid\"` is missing"
            )]
        );
    }

    #[test]
    fn a_pure_crate_that_may_read_the_clock_is_found() {
        let path = "crates/corsac-diagnostics/clippy.toml";
        let bans: String = BANNED[..8]
            .iter()
            .map(|path| format!("{{ path = \"{path}\", reason = \"pure\" }},\n"))
            .collect();
        assert_eq!(
            findings_with(path, &bans),
            [Finding::on_file(
                path,
                "`std::time::SystemTime` is not banned with a reason"
            )]
        );
    }

    #[test]
    fn a_crate_without_the_lints_of_the_workspace_is_found() {
        let path = "crates/other/Cargo.toml";
        assert_eq!(
            findings_with(path, "[package]\n"),
            [Finding::on_file(path, "the workspace's lints are not taken over")]
        );
    }
}
