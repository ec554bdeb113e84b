//! The requests: twelve headers whose values are slices of one buffer, as hyper makes them.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use crate::policies::{ALLOWED_ORIGIN, REFUSED_ORIGIN};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    NoOrigin,
    ActualAllowed,
    ActualRefused,
    PreflightAllowed,
    PreflightRefused,
    TenThousandNames,
    SixteenKibCommas,
    EightKibOrigin,
}

impl Scenario {
    pub const ALL: [Self; 8] = [
        Self::NoOrigin,
        Self::ActualAllowed,
        Self::ActualRefused,
        Self::PreflightAllowed,
        Self::PreflightRefused,
        Self::TenThousandNames,
        Self::SixteenKibCommas,
        Self::EightKibOrigin,
    ];

    /// The ones that no browser sends.
    pub const HOSTILE: [Self; 3] = [
        Self::TenThousandNames,
        Self::SixteenKibCommas,
        Self::EightKibOrigin,
    ];

    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoOrigin => "no Origin",
            Self::ActualAllowed => "actual, allowed",
            Self::ActualRefused => "actual, refused",
            Self::PreflightAllowed => "preflight, allowed",
            Self::PreflightRefused => "preflight, refused",
            Self::TenThousandNames => "preflight, 10,000 names",
            Self::SixteenKibCommas => "preflight, 16 KiB of commas",
            Self::EightKibOrigin => "actual, 8 KiB Origin",
        }
    }

    /// One request; the caller makes as many as it measures beforehand.
    pub fn head(self) -> Head {
        let preflight = |origin: &str, names: String| {
            let method = ("access-control-request-method", "PUT".to_owned());
            let names = ("access-control-request-headers", names);
            (
                Method::OPTIONS,
                vec![("origin", origin.to_owned()), method, names],
            )
        };
        let three = "authorization,content-type,x-request-id".to_owned();
        let actual = |origin: String| (Method::GET, vec![("origin", origin)]);
        let (method, extra) = match self {
            Self::NoOrigin => (Method::GET, vec![]),
            Self::ActualAllowed => actual(ALLOWED_ORIGIN.to_owned()),
            Self::ActualRefused => actual(REFUSED_ORIGIN.to_owned()),
            Self::PreflightAllowed => preflight(ALLOWED_ORIGIN, three),
            Self::PreflightRefused => preflight(REFUSED_ORIGIN, three),
            Self::TenThousandNames => preflight(ALLOWED_ORIGIN, "a,".repeat(10_000)),
            Self::SixteenKibCommas => preflight(ALLOWED_ORIGIN, ",".repeat(16_384)),
            Self::EightKibOrigin => actual(format!("https://{}.example.com", "a".repeat(8_172))),
        };
        Head {
            method,
            fields: fields(&extra),
        }
    }
}

/// Method and headers of a request, before a framework makes its own of them.
pub struct Head {
    pub method: Method,
    pub fields: Vec<(HeaderName, Bytes)>,
}

impl Head {
    /// A request of the `http` crate.
    pub fn request<B>(self, body: B) -> Request<B> {
        let mut request = Request::new(body);
        *request.method_mut() = self.method;
        *request.uri_mut() = Uri::from_static(PATH);
        *request.headers_mut() = HeaderMap::with_capacity(self.fields.len());
        for (name, value) in self.fields {
            let value = HeaderValue::from_maybe_shared(value).unwrap();
            request.headers_mut().insert(name, value);
        }
        request
    }
}

fn fields(extra: &[(&str, String)]) -> Vec<(HeaderName, Bytes)> {
    let filler = FILLER.iter().take(12 - extra.len());
    let lines: Vec<(&str, &str)> = filler
        .copied()
        .chain(extra.iter().map(|(name, value)| (*name, value.as_str())))
        .collect();
    let buffer: String = lines.iter().map(|(_, value)| *value).collect();
    let buffer = Bytes::from(buffer);
    let mut start = 0;
    let field = |(name, value): (&str, &str)| {
        let end = start + value.len();
        let value = buffer.slice(start..end);
        start = end;
        (HeaderName::try_from(name).unwrap(), value)
    };
    lines.into_iter().map(field).collect()
}

/// What is asked for.
pub const PATH: &str = "/items";

const FILLER: [(&str, &str); 12] = [
    ("host", "api.example.com"),
    ("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"),
    ("accept", "*/*"),
    ("accept-language", "en-US,en;q=0.9"),
    ("accept-encoding", "gzip, deflate, br, zstd"),
    ("referer", "https://app-17.example.com/"),
    ("sec-fetch-mode", "cors"),
    ("sec-fetch-site", "same-site"),
    ("sec-fetch-dest", "empty"),
    ("cache-control", "no-cache"),
    ("pragma", "no-cache"),
    ("dnt", "1"),
];
