//! The same line under another id: its paths name it, so they change with it.

use corsac_wire::scenario::OwnedLine;

/// The line with this id, in its paths too.
///
/// # Errors
/// When the line's JSON cannot be read back, which no line that was read has shown.
pub fn renamed(line: &OwnedLine, id: &str) -> anyhow::Result<OwnedLine> {
    let old = format!("/s/{}/", line.id);
    let json = line.to_json().replace(&old, &format!("/s/{id}/"));
    let mut line: OwnedLine = serde_json::from_str(&json)?;
    id.clone_into(&mut line.id);
    Ok(line)
}

#[cfg(test)]
mod tests {
    use corsac_wire::scenario::RequestFields;

    use super::*;

    #[test]
    fn the_paths_change_with_the_id() {
        let line = |id: &str| OwnedLine {
            id: id.to_owned(),
            request: Some(RequestFields::new(
                "null",
                format!("http://x.test/s/{id}/0?/s/other/1"),
            )),
            ..OwnedLine::default()
        };
        assert_eq!(renamed(&line("a"), "b").expect("a line"), line("b"));
    }
}
