//! A policy written as command-line flags: the policy file's keys as `--allow-origin` and the like.
//!
//! One policy, without the danger switches: those carry a written reason, and reasons belong where
//! they are reviewed, in a policy file.

mod report;
mod wording;

use corsac::{AllowOrigins, Csrf, MaxAge, Mode, PolicyDraft, PolicyTable};

use crate::policy_file::parse_max_age;
pub use report::{FlagReport, PolicyFlagErrors};

/// The flags as given. Lists of names may be one flag each, or several names with commas between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyFlags {
    /// `--path`; none is every path.
    pub paths: Vec<String>,
    /// `--allow-origin`; a single `*` is every origin.
    pub allow_origins: Vec<String>,
    /// `--allow-credentials`
    pub allow_credentials: bool,
    /// `--allow-method`
    pub allow_methods: Vec<String>,
    /// `--allow-header`
    pub allow_headers: Vec<String>,
    /// `--expose-header`
    pub expose_headers: Vec<String>,
    /// `--max-age`: seconds, a duration as in the policy file, or `off`.
    pub max_age: Option<String>,
    /// `--csrf`; paths can be exempt in a policy file only.
    pub csrf: bool,
    /// `--websocket`
    pub websocket: bool,
    /// `--report-only`
    pub report_only: bool,
}

impl PolicyFlags {
    /// The policy, and what its author should look at.
    ///
    /// # Errors
    /// All the mistakes, each with its flag and the value as given.
    ///
    /// ```
    /// use corsac_wire::policy_flags::PolicyFlags;
    ///
    /// let flags = PolicyFlags {
    ///     allow_origins: vec!["http://localhost:5176/".to_owned()],
    ///     ..PolicyFlags::default()
    /// };
    /// let errors = flags.read("command line").unwrap_err().to_string();
    /// assert!(errors.contains("fix: write `--allow-origin http://localhost:5176`"));
    /// ```
    pub fn read(&self, name: &str) -> Result<(PolicyTable, Vec<FlagReport>), PolicyFlagErrors> {
        let mut draft = PolicyDraft::new(name);
        if !self.paths.is_empty() {
            draft.paths.clone_from(&self.paths);
        }
        draft.allow_origins = match self.allow_origins.as_slice() {
            [any] if any == "*" => AllowOrigins::Any,
            list => list.iter().map(String::as_str).collect(),
        };
        draft.allow_credentials = self.allow_credentials;
        draft.allow_methods = names(&self.allow_methods);
        draft.allow_headers = names(&self.allow_headers);
        draft.expose_headers = names(&self.expose_headers);
        if self.csrf {
            draft.csrf = Csrf::Enforce {
                exempt_paths: Vec::new(),
            };
        }
        draft.websocket = self.websocket;
        if self.report_only {
            draft.mode = Mode::ReportOnly;
        }
        let mut errors = Vec::new();
        if let Some(text) = self.max_age.as_deref() {
            match max_age(text) {
                Ok(max_age) => draft.max_age = max_age,
                Err(fault) => errors.push(FlagReport::invalid_duration(text, fault)),
            }
        }
        match PolicyTable::build(vec![draft]) {
            Ok((table, warnings)) if errors.is_empty() => {
                let warnings = warnings.iter().map(FlagReport::of_warning);
                Ok((table, warnings.map(|report| self.as_given(report)).collect()))
            }
            Ok(_) => Err(PolicyFlagErrors(errors)),
            Err(policy_errors) => {
                let of_policy = policy_errors.iter().map(FlagReport::of_error);
                let of_policy = of_policy.map(|report| self.as_given(report));
                Err(PolicyFlagErrors(of_policy.chain(errors).collect()))
            }
        }
    }

    /// A draft has seconds where the flag may have had `1d`.
    fn as_given(&self, report: FlagReport) -> FlagReport {
        match &self.max_age {
            Some(text) => report.with_max_age(text),
            None => report,
        }
    }
}

/// Each name of a list of lists.
fn names(lists: &[String]) -> Vec<String> {
    lists
        .iter()
        .flat_map(|list| list.split(','))
        .map(|name| name.trim_matches([' ', '\t']).to_owned())
        .collect()
}

/// Bare digits are seconds, as a number in the policy file is.
fn max_age(text: &str) -> Result<MaxAge, &'static str> {
    match text.parse() {
        Ok(seconds) => Ok(MaxAge::Seconds(seconds)),
        Err(_) => parse_max_age(text),
    }
}
