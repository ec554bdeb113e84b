//! The policy file, `corsac.toml`.
//!
//! [`read`] checks the TOML, the keys, the types and every policy in one go, and gives either a
//! [`PolicyTable`] or all the mistakes together, each with its line and the bytes underlined.
//! [`write()`] turns drafts back into a file.
//!
//! Files are bounded: at most 1 MiB, and as many levels of nesting as the TOML library takes (80).
//! A byte order mark and CRLF line ends are fine.

mod allow_origins;
mod decode;
mod duration;
mod key;
mod place;
mod policy_problem;
mod problem;
mod report;
mod source;
mod value;
mod write;

use std::sync::Arc;

use corsac::{MaxAge, PolicyDraft, PolicyTable};
use toml::de::DeTable;

use decode::Decoded;
use problem::Problem;
pub use report::{PolicyFileErrors, Report};
use source::Source;
pub use write::write;

/// Read a policy file. `file_name` is what reports call it.
///
/// # Errors
/// All the mistakes, sorted by position.
///
/// ```
/// let source = r#"
/// version = 1
/// [[policy]]
/// name = "app"
/// paths = ["/api/*"]
/// allow_origins = ["https://app.example.com/"]
/// "#;
/// let errors = corsac_wire::policy_file::read(source, "corsac.toml").unwrap_err();
/// assert!(errors.to_string().contains("--> corsac.toml:6:18"));
/// ```
pub fn read(source: &str, file_name: &str) -> Result<(PolicyTable, Vec<Report>), PolicyFileErrors> {
    let source = without_mark(source);
    let mut problems = Vec::new();
    let decoded = decode(source, &mut problems);
    let built = build(&decoded, &mut problems);
    let reports = Reports::new(source, file_name, problems);
    match built {
        Some(table) if !reports.any_error() => Ok((table, reports.list)),
        _ => Err(PolicyFileErrors::new(reports.list, reports.source)),
    }
}

/// Read a `max_age` as the policy file writes it: `"2h"`, `"off"`.
///
/// # Errors
/// What is wrong, as the end of "`2x` …".
pub fn parse_max_age(text: &str) -> Result<MaxAge, &'static str> {
    duration::parse(text)
}

/// Read a policy file given as bytes, which need not be UTF-8.
///
/// # Errors
/// As [`read`], or the first bytes that are not UTF-8.
pub fn read_bytes(source: &[u8], file_name: &str) -> Result<(PolicyTable, Vec<Report>), PolicyFileErrors> {
    let error = match std::str::from_utf8(source) {
        Ok(source) => return read(source, file_name),
        Err(error) => error,
    };
    let text = String::from_utf8_lossy(source.get(..MAX_BYTES.min(source.len())).unwrap_or_default());
    let start = error.valid_up_to().min(text.len());
    let problem = Problem::error(
        "invalid-utf-8",
        "the file is not UTF-8",
        start..start + char::REPLACEMENT_CHARACTER.len_utf8(),
    )
    .label("these bytes are not UTF-8")
    .help("save the file as UTF-8");
    let reports = Reports::new(&text, file_name, vec![problem]);
    Err(PolicyFileErrors::new(reports.list, reports.source))
}

/// Read the drafts of a policy file without building policies: what [`write()`] takes.
///
/// # Errors
/// Mistakes of TOML, keys and types, sorted by position.
pub fn read_drafts(source: &str, file_name: &str) -> Result<Vec<PolicyDraft>, PolicyFileErrors> {
    let source = without_mark(source);
    let mut problems = Vec::new();
    let decoded = decode(source, &mut problems);
    let reports = Reports::new(source, file_name, problems);
    if reports.any_error() {
        return Err(PolicyFileErrors::new(reports.list, reports.source));
    }
    Ok(decoded.into_iter().map(|decoded| decoded.draft).collect())
}

/// A byte order mark is not part of the text.
fn without_mark(source: &str) -> &str {
    source.strip_prefix('\u{feff}').unwrap_or(source)
}

/// Parse and decode. What is wrong goes to `problems`.
fn decode(source: &str, problems: &mut Vec<Problem>) -> Vec<Decoded> {
    if source.len() > MAX_BYTES {
        problems.push(
            Problem::error(
                "file-too-large",
                format!("the file has more than {MAX_BYTES} bytes"),
                0..0,
            )
            .help("a policy file lists origins, methods and header names; is this the right file?"),
        );
        return Vec::new();
    }
    let (root, errors) = DeTable::parse_recoverable(source);
    if errors.is_empty() {
        return decode::document(&root, problems);
    }
    // What the parser recovered is guesswork: to judge it would add mistakes that are not there.
    problems.extend(first_of_each_line(source, errors));
    Vec::new()
}

/// What is wrong with the TOML. After its first error in a line, the parser is often lost.
fn first_of_each_line(source: &str, errors: Vec<toml::de::Error>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = errors
        .into_iter()
        .map(|error| Problem::error("invalid-toml", error.message(), error.span().unwrap_or_default()))
        .collect();
    problems.sort_by_key(|problem| problem.span.start);
    problems.dedup_by(|later, first| {
        let between = source.get(first.span.start..later.span.start);
        between.is_some_and(|between| !between.contains('\n'))
    });
    problems
}

/// Build the policies of what could be decoded, so that their mistakes come in the same report.
fn build(decoded: &[Decoded], problems: &mut Vec<Problem>) -> Option<PolicyTable> {
    let drafts = decoded.iter().map(|decoded| decoded.draft.clone()).collect();
    match PolicyTable::build(drafts) {
        Ok((table, warnings)) => {
            problems.extend(
                warnings
                    .iter()
                    .filter_map(|warning| policy_problem::of_warning(warning, decoded)),
            );
            Some(table)
        }
        Err(errors) => {
            problems.extend(
                errors
                    .iter()
                    .filter_map(|error| policy_problem::of_error(error, decoded)),
            );
            None
        }
    }
}

/// Sorted reports that share their source.
struct Reports {
    list: Vec<Report>,
    source: Arc<Source>,
}

impl Reports {
    fn new(text: &str, file_name: &str, mut problems: Vec<Problem>) -> Self {
        // Stable: problems at one place stay in the order in which they were found.
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        let source = Arc::new(Source {
            file_name: file_name.to_owned(),
            text: if text.len() > MAX_BYTES {
                String::new()
            } else {
                text.to_owned()
            },
        });
        Self {
            list: problems
                .into_iter()
                .map(|problem| Report::new(problem, Arc::clone(&source)))
                .collect(),
            source,
        }
    }

    fn any_error(&self) -> bool {
        self.list.iter().any(Report::is_error)
    }
}

/// A larger file is refused unread: 16 MiB, several hundred thousand origins.
pub const MAX_BYTES: usize = 16 << 20;
