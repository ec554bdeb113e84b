//! What elements ask for: mode and credentials by their `crossorigin` attribute,
//! <https://html.spec.whatwg.org/#create-a-potential-cors-request>.

use alloc::string::String;

use crate::body_with_type::implied_content_type;
use crate::cors_safelisted_request_header::is_cors_safelisted_request_header;
use crate::request_init::{Body, Initiator, RequestInit};
use crate::request_modes::{CredentialsMode, Mode};

/// The states of a `crossorigin` attribute, <https://html.spec.whatwg.org/#cors-settings-attributes>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CorsSettings {
    /// The attribute is absent.
    #[default]
    NoCors,
    /// `anonymous`, the empty string, and every other value.
    Anonymous,
    /// `use-credentials`. For `EventSource` and `XMLHttpRequest`: `withCredentials`.
    UseCredentials,
}

impl RequestInit {
    /// What an element or API asks for when nothing but its `crossorigin` attribute is set.
    ///
    /// ```
    /// use corsac_fetch::{CorsSettings, CredentialsMode, Initiator, Mode, RequestInit};
    ///
    /// let image = RequestInit::of_element(Initiator::Image, "https://cdn.example/a.png", CorsSettings::NoCors);
    /// assert_eq!((image.mode, image.credentials), (Mode::NoCors, CredentialsMode::Include));
    /// ```
    #[must_use]
    pub fn of_element(initiator: Initiator, url: impl Into<String>, cors: CorsSettings) -> Self {
        // "Let credentialsMode be "include". If corsAttributeState is Anonymous, set credentialsMode
        // to "same-origin"."
        let credentials = match cors {
            CorsSettings::NoCors | CorsSettings::UseCredentials => CredentialsMode::Include,
            CorsSettings::Anonymous => CredentialsMode::SameOrigin,
        };
        // The credentials mode for modules, which event streams have, too.
        let credentials_mode_for_modules = match cors {
            CorsSettings::NoCors | CorsSettings::Anonymous => CredentialsMode::SameOrigin,
            CorsSettings::UseCredentials => CredentialsMode::Include,
        };
        let (mode, credentials) = match initiator {
            // "Let mode be "no-cors" if corsAttributeState is No CORS, and "cors" otherwise."
            Initiator::Image
            | Initiator::Script
            | Initiator::Style
            | Initiator::Media
            | Initiator::Audio
            | Initiator::Preload => match cors {
                CorsSettings::NoCors => (Mode::NoCors, credentials),
                CorsSettings::Anonymous | CorsSettings::UseCredentials => (Mode::Cors, credentials),
            },
            // "If same-origin fallback flag is set and mode is "no-cors", set mode to "same-origin"."
            Initiator::Track => match cors {
                CorsSettings::NoCors => (Mode::SameOrigin, credentials),
                CorsSettings::Anonymous | CorsSettings::UseCredentials => (Mode::Cors, credentials),
            },
            Initiator::Fetch | Initiator::Xhr | Initiator::EventSource | Initiator::ModuleScript => {
                (Mode::Cors, credentials_mode_for_modules)
            }
            Initiator::Font => (Mode::Cors, CredentialsMode::SameOrigin),
            Initiator::Beacon => (Mode::NoCors, CredentialsMode::Include),
            Initiator::Worker => (Mode::SameOrigin, CredentialsMode::SameOrigin),
            Initiator::Iframe | Initiator::Form => (Mode::Navigate, CredentialsMode::Include),
            Initiator::WebSocket => (Mode::WebSocket, CredentialsMode::Include),
        };
        let mut init = Self {
            mode,
            credentials,
            initiator,
            ..Self::new(url)
        };
        if initiator == Initiator::Beacon {
            init.method = String::from("POST");
        }
        init
    }

    /// What `sendBeacon()` asks for, <https://w3c.github.io/beacon/#sendbeacon-method>.
    #[must_use]
    pub fn of_beacon(url: impl Into<String>, body: Option<Body>) -> Self {
        let init = Self::of_element(Initiator::Beacon, url, CorsSettings::NoCors);
        // "If contentType value is a CORS-safelisted request-header value for the Content-Type header,
        // set corsMode to "no-cors"." (Where the body has no type, it stays so too.)
        let kind = body.as_ref().and_then(implied_content_type);
        let is_safelisted =
            kind.is_none_or(|kind| is_cors_safelisted_request_header(b"content-type", kind.as_bytes()));
        Self {
            mode: if is_safelisted { Mode::NoCors } else { Mode::Cors },
            body,
            ..init
        }
    }
}
