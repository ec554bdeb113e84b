//! No Rust file has more than 500 lines before its tests. A long table or a generated file says
//! so in its module doc, with [`EXEMPTION`] and the reason.

use super::Finding;
use super::source_tree::SourceTree;

/// Opens the sentence of the module doc that says why the file is long.
const EXEMPTION: &str = "//! Long because";

const LIMIT: usize = 500;

pub(super) fn check(tree: &SourceTree) -> Vec<Finding> {
    tree.rust_files()
        .filter(|file| !file.path.contains("/tests/"))
        .filter(|file| !file.text.lines().any(|line| line.starts_with(EXEMPTION)))
        .filter_map(|file| {
            let length = lines_before_tests(&file.text);
            let message = format!("{length} lines without tests, the limit is {LIMIT}: split it by concept");
            (length > LIMIT).then(|| Finding::on_file(&file.path, message))
        })
        .collect()
}

fn lines_before_tests(text: &str) -> usize {
    text.lines().take_while(|line| *line != "#[cfg(test)]").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_501_lines_is_too_long_and_one_of_500_is_not() {
        let tree = SourceTree::of(&[("a.rs", &"x\n".repeat(501)), ("b.rs", &"x\n".repeat(500))]);
        let message = "501 lines without tests, the limit is 500: split it by concept";
        assert_eq!(check(&tree), [Finding::on_file("a.rs", message)]);
    }

    #[test]
    fn tests_do_not_count() {
        let with_tests = format!(
            "{}#[cfg(test)]\nmod tests {{\n{}}}\n",
            "x\n".repeat(500),
            "x\n".repeat(500)
        );
        let tree = SourceTree::of(&[
            ("a.rs", &with_tests),
            ("crates/a/tests/it.rs", &"x\n".repeat(501)),
        ]);
        assert_eq!(check(&tree), []);
    }

    #[test]
    fn a_table_that_says_so_may_be_long() {
        let table = format!(
            "//! A table.\n//! Long because it is one table.\n{}",
            "x\n".repeat(501)
        );
        assert_eq!(check(&SourceTree::of(&[("a.rs", &table)])), []);
    }
}
