//! Every Rust file opens with `//!`: what it does.

use super::Finding;
use super::source_tree::SourceTree;

pub(super) fn check(tree: &SourceTree) -> Vec<Finding> {
    tree.rust_files()
        .filter(|file| !opens_with_doc(&file.text))
        .map(|file| Finding::on_file(&file.path, "the module doc (`//!`) is missing at the top"))
        .collect()
}

/// Crate attributes may stand above the doc.
fn opens_with_doc(text: &str) -> bool {
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with("#!["));
    first.is_some_and(|line| line.starts_with("//! "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_module_doc_is_found() {
        let tree = SourceTree::of(&[
            ("a.rs", "use std::fmt;\n"),
            ("b.rs", "// No doc.\n"),
            ("c.rs", ""),
        ]);
        let message = "the module doc (`//!`) is missing at the top";
        assert_eq!(
            check(&tree),
            ["a.rs", "b.rs", "c.rs"].map(|path| Finding::on_file(path, message))
        );
    }

    #[test]
    fn a_doc_after_crate_attributes_is_at_the_top() {
        let tree = SourceTree::of(&[("a.rs", "//! A.\n"), ("b.rs", "#![no_main]\n//! B.\n")]);
        assert_eq!(check(&tree), []);
    }
}
