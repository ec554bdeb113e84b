//! A policy that cannot be wrong, and what it decides.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::cors_request::CorsRequest;
use crate::decision::{Action, Decision, Verdict};
use crate::header_edits::{AllowOrigin, HeaderEdits, Vary};
use crate::header_name_set::HeaderNameSet;
use crate::method::is_method;
use crate::method_set::MethodSet;
use crate::origin_set::{OriginMatch, OriginSet};
use crate::policy_draft::{AllowOrigins, MaxAge, PolicyDraft};
use crate::policy_error::PolicyErrors;
use crate::policy_report::PolicyReport;
use crate::policy_table::PathIndex;
use crate::policy_warning::PolicyWarning;
use crate::prebuilt_headers::PrebuiltHeaders;
use crate::reason::{NameText, Reason};
use crate::request_headers::{RequestHeaderName, RequestHeaders};

/// A checked policy. `Policy::build(policy.to_draft())` gives the same policy.
#[derive(Clone)]
pub struct Policy {
    pub(crate) name: String,
    pub(crate) paths: Vec<String>,
    pub(crate) origins: Origins,
    pub(crate) null_origin: Option<String>,
    pub(crate) allow_credentials: bool,
    pub(crate) methods: MethodSet,
    pub(crate) headers: HeaderNameSet,
    pub(crate) expose_headers: Vec<String>,
    pub(crate) max_age: MaxAge,
    /// What the answer to an allowed actual request has besides Access-Control-Allow-Origin.
    pub(crate) actual: PrebuiltHeaders,
    /// What the answer to a preflight that is passed has besides Access-Control-Allow-Origin.
    pub(crate) preflight: PrebuiltHeaders,
}

/// The origins a policy allows.
#[derive(Clone)]
pub(crate) enum Origins {
    Any,
    Set(OriginSet),
}

impl Policy {
    /// Check a draft.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn build(draft: PolicyDraft) -> Result<(Self, Vec<PolicyWarning>), PolicyErrors> {
        let mut report = PolicyReport::default();
        let policy = Self::from_draft(&draft, &mut report.draft(0, &draft.name));
        PathIndex::build(core::slice::from_ref(&policy), &mut report);
        let warnings = report.finish()?;
        Ok((policy, warnings))
    }

    /// The draft that this policy was built from, with its methods normalised.
    #[must_use]
    pub fn to_draft(&self) -> PolicyDraft {
        PolicyDraft {
            name: self.name.clone(),
            paths: self.paths.clone(),
            allow_origins: match &self.origins {
                Origins::Any => AllowOrigins::Any,
                Origins::Set(set) => AllowOrigins::List(set.to_entries()),
            },
            dangerously_allow_null_origin: self.null_origin.clone(),
            allow_credentials: self.allow_credentials,
            allow_methods: self.methods.listed().to_vec(),
            allow_headers: self.headers.listed().to_vec(),
            expose_headers: self.expose_headers.clone(),
            max_age: self.max_age,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The paths it covers, as written.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Decide a request for a path that this policy covers.
    #[must_use]
    pub fn decide<'p, H: RequestHeaders + ?Sized>(
        &'p self,
        request: &CorsRequest<'_, H>,
    ) -> Decision<'p, H::Value> {
        match request {
            CorsRequest::NotCors => Decision {
                verdict: Verdict::NotCors,
                reason: Reason::NoOrigin,
                action: Action::Forward,
                headers: self.edits_for_everyone(),
                policy_name: Some(&self.name),
            },
            CorsRequest::Actual { origin } => match self.check_origin(origin.as_ref()) {
                Ok(reason) => self.allowed(reason, Action::Forward, origin, &self.actual, self.vary()),
                Err(reason) => Decision::refused(reason, false, self.vary(), Some(&self.name)),
            },
            CorsRequest::Preflight {
                origin,
                method,
                headers,
            } => match self.check_preflight::<H>(origin, *method, headers) {
                Ok(reason) => {
                    let action = Action::Answer { status: 204 };
                    self.allowed(reason, action, origin, &self.preflight, Vary::Preflight)
                }
                Err(reason) => Decision::refused(reason, true, Vary::Preflight, Some(&self.name)),
            },
            CorsRequest::Malformed(malformed) => Decision::malformed(*malformed, Some(&self.name)),
        }
    }

    /// The decision about an origin that [`Self::check_origin`] let through.
    fn allowed<'p, V: Clone>(
        &'p self,
        reason: Reason,
        action: Action,
        origin: &V,
        prebuilt: &'p PrebuiltHeaders,
        vary: Vary,
    ) -> Decision<'p, V> {
        let allow_origin = match &self.origins {
            Origins::Any => AllowOrigin::Any,
            Origins::Set(_) => AllowOrigin::Listed(origin.clone()),
        };
        Decision {
            verdict: Verdict::Allowed,
            reason,
            action,
            headers: HeaderEdits {
                allow_origin,
                prebuilt,
                vary,
            },
            policy_name: Some(&self.name),
        }
    }

    /// "If `Access-Control-Allow-Origin` is set to `*` or a static origin for a particular resource,
    /// then configure the server to always send `Access-Control-Allow-Origin` in responses for the
    /// resource — even for non-CORS requests — and do not use `Vary`."
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    fn edits_for_everyone<V>(&self) -> HeaderEdits<'_, V> {
        match &self.origins {
            Origins::Any => HeaderEdits {
                allow_origin: AllowOrigin::Any,
                prebuilt: &self.actual,
                vary: Vary::None,
            },
            Origins::Set(_) => HeaderEdits::nothing(self.vary()),
        }
    }

    /// Whether the answers to actual requests depend on their origin.
    fn vary(&self) -> Vary {
        match &self.origins {
            Origins::Any => Vary::None,
            Origins::Set(set) if set.is_empty() && self.null_origin.is_none() => Vary::None,
            Origins::Set(_) => Vary::Origin,
        }
    }

    fn check_origin(&self, origin: &[u8]) -> Result<Reason, Reason> {
        match &self.origins {
            // Nothing of the request's origin goes into the answer.
            Origins::Any => Ok(Reason::AnyOrigin),
            Origins::Set(set) => match set.find(origin) {
                OriginMatch::Listed => Ok(Reason::OriginListed),
                OriginMatch::Null if self.null_origin.is_some() => Ok(Reason::NullOriginAllowed),
                OriginMatch::Null => Err(Reason::OriginNull),
                OriginMatch::NotListed => Err(Reason::OriginNotListed),
                OriginMatch::Malformed => Err(Reason::OriginMalformed),
            },
        }
    }

    fn check_preflight<H: RequestHeaders + ?Sized>(
        &self,
        origin: &H::Value,
        method: Option<&H::Value>,
        headers: &H,
    ) -> Result<Reason, Reason> {
        let reason = self.check_origin(origin.as_ref())?;
        let method = method.ok_or(Reason::RequestMethodMalformed)?.as_ref();
        if !self.methods.allows(method) {
            return Err(if is_method(method) {
                Reason::MethodNotListed(NameText::new(method))
            } else {
                Reason::RequestMethodMalformed
            });
        }
        let names = headers.lines(RequestHeaderName::AccessControlRequestHeaders);
        self.headers.check(names.map(AsRef::as_ref))?;
        Ok(reason)
    }
}

/// Two policies are the same when they were built from the same draft.
impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.to_draft() == other.to_draft()
    }
}

impl Eq for Policy {}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Policy").field(&self.to_draft()).finish()
    }
}
