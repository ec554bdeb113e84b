//! A file is named after the one thing in it, so no name that fits anything.

use super::Finding;
use super::source_tree::SourceTree;

/// Names that say nothing about what is inside.
const REFUSED: [&str; 6] = ["common", "helper", "helpers", "misc", "util", "utils"];

pub(super) fn check(tree: &SourceTree) -> Vec<Finding> {
    tree.rust_files()
        .filter_map(|file| {
            let name = refused_name(&file.path)?;
            let message = format!("`{name}` names nothing: call the file after the one thing in it");
            Some(Finding::on_file(&file.path, message))
        })
        .collect()
}

fn refused_name(path: &str) -> Option<&str> {
    path.trim_end_matches(".rs")
        .split('/')
        .find(|name| REFUSED.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_or_folder_called_utils_is_found() {
        let tree = SourceTree::of(&[("crates/a/src/utils.rs", ""), ("crates/a/src/helpers/b.rs", "")]);
        let found: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["crates/a/src/utils.rs", "crates/a/src/helpers/b.rs"]);
    }

    #[test]
    fn a_name_that_only_contains_such_a_word_is_not() {
        assert_eq!(
            check(&SourceTree::of(&[("crates/a/src/common_prefix.rs", "")])),
            []
        );
    }
}
