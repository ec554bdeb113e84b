//! No Rust file holds a mark of work left undone, nor a test that does not run. Clippy's own lints
//! for some of these do not reach `fuzz/` and `bench/`.

use super::Finding;
use super::source_tree::SourceTree;

/// Written in two parts, so that this file does not hold them.
const MARKS: [&str; 6] = [
    concat!("#[", "ignore"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

pub(super) fn check(tree: &SourceTree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust_files() {
        for (index, line) in file.text.lines().enumerate() {
            for mark in MARKS.iter().filter(|mark| line.contains(**mark)) {
                findings.push(Finding::on_line(
                    &file.path,
                    index,
                    format!("unfinished: `{mark}`"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_is_found() {
        for mark in MARKS {
            let tree = SourceTree::of(&[("a.rs", &format!("\n    {mark}\n"))]);
            assert_eq!(
                check(&tree),
                [Finding::on_line("a.rs", 1, format!("unfinished: `{mark}`"))]
            );
        }
    }

    #[test]
    fn other_macros_are_not() {
        assert_eq!(
            check(&SourceTree::of(&[("a.rs", "assert!(true); // a todo list\n")])),
            []
        );
    }
}
