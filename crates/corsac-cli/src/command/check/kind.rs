//! `--as`: what asks for the URL, and which of the other flags that leaves open.

use anyhow::bail;
use clap::ValueEnum;
use corsac_fetch::{Body, BodyKind, CorsSettings, EmbedderPolicy, Initiator, RequestInit};

use super::Args;

/// What asks for the URL.
#[expect(
    rustdoc::invalid_html_tags,
    reason = "a terminal shows these texts as they are"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// fetch()
    Fetch,
    /// XMLHttpRequest
    Xhr,
    /// <img>
    Image,
    /// <script>
    Script,
    /// <script type=module> and import()
    Module,
    /// <link rel=stylesheet>
    Style,
    /// @font-face
    Font,
    /// <video>
    Media,
    /// <iframe>
    Iframe,
    /// <form> that replaces the page
    Form,
    /// navigator.sendBeacon()
    Beacon,
    /// EventSource
    #[value(name = "eventsource")]
    EventSource,
    /// WebSocket: the handshake
    #[value(name = "websocket")]
    WebSocket,
}

/// The `crossorigin` attribute.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum CrossOrigin {
    /// CORS, with credentials to the page's own origin only
    Anonymous,
    /// CORS, with credentials; of EventSource: withCredentials
    UseCredentials,
}

/// The page's Cross-Origin-Embedder-Policy.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Coep {
    /// What is embedded has to agree
    RequireCorp,
    /// What is embedded comes without cookies
    Credentialless,
}

impl Kind {
    /// The word after `--as`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Xhr => "xhr",
            Self::Image => "image",
            Self::Script => "script",
            Self::Module => "module",
            Self::Style => "style",
            Self::Font => "font",
            Self::Media => "media",
            Self::Iframe => "iframe",
            Self::Form => "form",
            Self::Beacon => "beacon",
            Self::EventSource => "eventsource",
            Self::WebSocket => "websocket",
        }
    }

    const fn initiator(self) -> Initiator {
        match self {
            Self::Fetch => Initiator::Fetch,
            Self::Xhr => Initiator::Xhr,
            Self::Image => Initiator::Image,
            Self::Script => Initiator::Script,
            Self::Module => Initiator::ModuleScript,
            Self::Style => Initiator::Style,
            Self::Font => Initiator::Font,
            Self::Media => Initiator::Media,
            Self::Iframe => Initiator::Iframe,
            Self::Form => Initiator::Form,
            Self::Beacon => Initiator::Beacon,
            Self::EventSource => Initiator::EventSource,
            Self::WebSocket => Initiator::WebSocket,
        }
    }

    /// Whether a script chooses method, headers and body.
    const fn is_script_api(self) -> bool {
        matches!(self, Self::Fetch | Self::Xhr)
    }

    const fn has_crossorigin(self) -> bool {
        matches!(
            self,
            Self::Image | Self::Script | Self::Module | Self::Style | Self::Media | Self::EventSource
        )
    }
}

/// What the flags ask for; `script` makes what a script's flags ask for.
///
/// # Errors
/// A flag that the kind decides itself.
pub(super) fn request_init(
    args: &Args,
    body: Option<Vec<u8>>,
    script: impl FnOnce(Option<Vec<u8>>) -> RequestInit,
) -> anyhow::Result<RequestInit> {
    let kind = args.kind.unwrap_or(Kind::Fetch);
    refuse_idle_flags(kind, args)?;
    let url = args.url.as_str();
    let body = |kind| body.map(|bytes| Body { kind, bytes });
    Ok(match kind {
        Kind::Fetch | Kind::Xhr => RequestInit {
            initiator: kind.initiator(),
            ..script(body(BodyKind::String).map(|body| body.bytes))
        },
        Kind::Beacon => RequestInit::of_beacon(url, body(BodyKind::String)),
        Kind::Form => {
            let default_method = if args.data.is_some() { "POST" } else { "GET" };
            RequestInit {
                method: args.method.clone().unwrap_or_else(|| default_method.to_owned()),
                body: body(BodyKind::UrlSearchParams),
                ..RequestInit::of_element(Initiator::Form, url, CorsSettings::NoCors)
            }
        }
        _ => RequestInit::of_element(kind.initiator(), url, cors_settings(args)),
    })
}

/// The embedder policy of the page.
pub(super) fn embedder_policy(args: &Args) -> EmbedderPolicy {
    match args.coep {
        None => EmbedderPolicy::UnsafeNone,
        Some(Coep::RequireCorp) => EmbedderPolicy::RequireCorp,
        Some(Coep::Credentialless) => EmbedderPolicy::Credentialless,
    }
}

fn cors_settings(args: &Args) -> CorsSettings {
    match args.crossorigin {
        None => CorsSettings::NoCors,
        Some(CrossOrigin::Anonymous) => CorsSettings::Anonymous,
        Some(CrossOrigin::UseCredentials) => CorsSettings::UseCredentials,
    }
}

/// A flag that would do nothing is a mistake.
fn refuse_idle_flags(kind: Kind, args: &Args) -> anyhow::Result<()> {
    let name = kind.name();
    let is_socket = matches!(args.url.scheme(), "ws" | "wss");
    if is_socket && kind != Kind::WebSocket {
        bail!("`{}` URLs are for `--as websocket`", args.url.scheme());
    }
    if args.mode.is_some() && kind != Kind::Fetch {
        bail!("`--mode` is fetch()'s; with `--as {name}` the mode follows from that");
    }
    if args.redirect.is_some() && kind != Kind::Fetch {
        bail!("`--redirect` is fetch()'s; with `--as {name}` the redirect mode follows from that");
    }
    if args.credentials.is_some() && !kind.is_script_api() {
        let hint = match kind.has_crossorigin() {
            true => "`--crossorigin use-credentials` asks for them with CORS",
            false => "what goes along follows from that",
        };
        bail!("`--credentials` is a script's; with `--as {name}` {hint}");
    }
    if !args.headers.is_empty() && !kind.is_script_api() {
        bail!("with `--as {name}` a page cannot set headers");
    }
    if args.data.is_some() && !(kind.is_script_api() || matches!(kind, Kind::Form | Kind::Beacon)) {
        bail!("with `--as {name}` there is no body; leave `--data` out");
    }
    if args.crossorigin.is_some() && !kind.has_crossorigin() {
        bail!("with `--as {name}` there is no `crossorigin`");
    }
    match args.method.as_deref() {
        Some(_) if kind.is_script_api() => Ok(()),
        Some(method) if kind == Kind::Form => {
            let is_of_form = ["get", "post"]
                .iter()
                .any(|known| method.eq_ignore_ascii_case(known));
            match is_of_form {
                true => Ok(()),
                false => bail!("a form's method is GET or POST, not `{method}`"),
            }
        }
        Some(_) => bail!("with `--as {name}` the method follows from that; leave it out"),
        None => Ok(()),
    }
}
