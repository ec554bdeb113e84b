//! Filling in what a browser's text leaves open.

use alloc::string::String;

/// Replace each `{name}` of a template by its value. Values are not searched again.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, open) = rest.split_at(start);
        filled.push_str(before);
        let end = open.find('}').map_or(open.len(), |end| end + 1);
        let (placeholder, after) = open.split_at(end);
        let name = placeholder.trim_matches(['{', '}']);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(placeholder),
        }
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_are_put_in_once() {
        assert_eq!(
            fill("at {url}: {x}.", &[("url", "{x}"), ("x", "1")]),
            "at {x}: 1."
        );
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
    }
}
