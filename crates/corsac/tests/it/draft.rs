//! Policy drafts as the case files write them: the keys of the policy file, in JSON.

use corsac::{AllowOrigins, Csrf, MaxAge, Mode, OriginEntry, PolicyDraft};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftCase {
    name: String,
    #[serde(default)]
    hosts: Vec<String>,
    paths: Option<Vec<String>>,
    #[serde(default)]
    allow_origins: Origins,
    dangerously_allow_null_origin: Option<String>,
    #[serde(default)]
    allow_credentials: bool,
    #[serde(default)]
    allow_methods: Vec<String>,
    #[serde(default)]
    allow_headers: Vec<String>,
    #[serde(default)]
    expose_headers: Vec<String>,
    max_age: Option<Age>,
    csrf: Option<String>,
    #[serde(default)]
    csrf_exempt_paths: Vec<String>,
    #[serde(default)]
    websocket: bool,
    mode: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Origins {
    Any(String),
    List(Vec<Entry>),
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Entry {
    Plain(String),
    WithSwitches {
        origin: String,
        dangerously_allow_insecure: Option<String>,
        dangerously_allow_public_suffix: Option<String>,
        #[serde(default)]
        allow_private_network: bool,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Age {
    Seconds(u32),
    Word(String),
}

impl Default for Origins {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl From<DraftCase> for PolicyDraft {
    fn from(case: DraftCase) -> Self {
        let all = PolicyDraft::new(case.name);
        Self {
            paths: case.paths.unwrap_or_else(|| all.paths.clone()),
            allow_origins: match case.allow_origins {
                Origins::Any(star) => {
                    assert_eq!(star, "*", "allow_origins is `*` or a list");
                    AllowOrigins::Any
                }
                Origins::List(entries) => entries.into_iter().map(OriginEntry::from).collect(),
            },
            dangerously_allow_null_origin: case.dangerously_allow_null_origin,
            allow_credentials: case.allow_credentials,
            allow_methods: case.allow_methods,
            allow_headers: case.allow_headers,
            expose_headers: case.expose_headers,
            max_age: match case.max_age {
                None => MaxAge::Default,
                Some(Age::Seconds(seconds)) => MaxAge::Seconds(seconds),
                Some(Age::Word(off)) => {
                    assert_eq!(off, "off", "max_age is `off` or seconds");
                    MaxAge::Off
                }
            },
            hosts: case.hosts,
            csrf: match case.csrf.as_deref() {
                None | Some("off") => Csrf::Off,
                Some("enforce") => Csrf::Enforce {
                    exempt_paths: case.csrf_exempt_paths,
                },
                Some(other) => panic!("csrf is `off` or `enforce`, not `{other}`"),
            },
            websocket: case.websocket,
            mode: match case.mode.as_deref() {
                None | Some("enforce") => Mode::Enforce,
                Some("report-only") => Mode::ReportOnly,
                Some(other) => panic!("mode is `enforce` or `report-only`, not `{other}`"),
            },
            ..all
        }
    }
}

impl From<Entry> for OriginEntry {
    fn from(entry: Entry) -> Self {
        match entry {
            Entry::Plain(pattern) => Self {
                pattern,
                dangerously_allow_insecure: None,
                dangerously_allow_public_suffix: None,
                allow_private_network: false,
            },
            Entry::WithSwitches {
                origin,
                dangerously_allow_insecure,
                dangerously_allow_public_suffix,
                allow_private_network,
            } => Self {
                pattern: origin,
                dangerously_allow_insecure,
                dangerously_allow_public_suffix,
                allow_private_network,
            },
        }
    }
}

/// The case files of a folder below `cases/`, with their names.
pub(crate) fn read_cases<T: serde::de::DeserializeOwned>(folder: &str) -> Vec<(String, T)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../cases")
        .join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no case in {}", folder.display());
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let cases =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path.file_name().unwrap().to_string_lossy().into_owned(), cases)
        })
        .collect()
}
