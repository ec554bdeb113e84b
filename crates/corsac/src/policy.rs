//! A policy that cannot be wrong, and what it decides.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use crate::cors_request::{CorsRequest, RequestClass};
use crate::csrf::CsrfGuard;
use crate::decision::{Action, Decision, Verdict};
use crate::header_edits::{AllowOrigin, HeaderEdits, Prebuilt, Vary};
use crate::header_name_set::HeaderNameSet;
use crate::list_texts::ListPosition;
use crate::method::is_method;
use crate::method_set::MethodSet;
use crate::origin_set::{OriginMatch, OriginSet};
use crate::policy_draft::{AllowOrigins, Csrf, MaxAge, Mode, PolicyDraft};
use crate::policy_error::PolicyErrors;
use crate::policy_index::PolicyIndex;
use crate::policy_report::PolicyReport;
use crate::policy_warning::PolicyWarning;
use crate::prebuilt_headers::PrebuiltHeaders;
use crate::reason::{NameText, Reason};
use crate::request_headers::{RequestHeaderName, RequestHeaders, Single, single};
use crate::sender::Admission;
use crate::websocket_guard;

/// A checked policy. `Policy::build(policy.to_draft())` gives the same policy; a clone costs a count.
#[derive(Clone)]
pub struct Policy(pub(crate) Arc<CheckedPolicy>);

/// What a policy is made of.
#[derive(Clone)]
pub(crate) struct CheckedPolicy {
    /// Its position among the policies that were built together.
    pub(crate) position: usize,
    pub(crate) name: String,
    pub(crate) hosts: Vec<String>,
    pub(crate) paths: Vec<String>,
    pub(crate) origins: Origins,
    pub(crate) null_origin: Option<String>,
    pub(crate) allow_credentials: bool,
    pub(crate) methods: MethodSet,
    pub(crate) headers: HeaderNameSet,
    pub(crate) expose_headers: Vec<String>,
    pub(crate) max_age: MaxAge,
    pub(crate) csrf: Csrf,
    pub(crate) csrf_guard: Option<CsrfGuard>,
    pub(crate) websocket: bool,
    pub(crate) mode: Mode,
    /// What the answer to an allowed actual request has besides Access-Control-Allow-Origin.
    pub(crate) actual: PrebuiltHeaders,
    /// What the answer to a preflight that is passed has besides Access-Control-Allow-Origin.
    pub(crate) preflight: PrebuiltHeaders,
    /// What other answers to actual requests have, if they vary.
    pub(crate) other_actual: PrebuiltHeaders,
    /// What the answer to a preflight that is refused has.
    pub(crate) other_preflight: PrebuiltHeaders,
}

/// The origins a policy allows.
#[derive(Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "one stands in each policy, behind a count"
)]
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
        PolicyIndex::build(core::slice::from_ref(&policy), &mut report);
        let warnings = report.finish()?;
        Ok((policy, warnings))
    }

    /// The draft that this policy was built from, with its methods normalised.
    #[must_use]
    pub fn to_draft(&self) -> PolicyDraft {
        let policy = &*self.0;
        PolicyDraft {
            name: policy.name.clone(),
            hosts: policy.hosts.clone(),
            paths: policy.paths.clone(),
            allow_origins: match &policy.origins {
                Origins::Any => AllowOrigins::Any,
                Origins::Set(set) => AllowOrigins::List(set.to_entries()),
            },
            dangerously_allow_null_origin: policy.null_origin.clone(),
            allow_credentials: policy.allow_credentials,
            allow_methods: policy.methods.listed().to_vec(),
            allow_headers: policy.headers.listed().to_vec(),
            expose_headers: policy.expose_headers.clone(),
            max_age: policy.max_age,
            csrf: policy.csrf.clone(),
            websocket: policy.websocket,
            mode: policy.mode,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The hosts it covers, as written; none: every host.
    #[must_use]
    pub fn hosts(&self) -> &[String] {
        &self.0.hosts
    }

    /// The paths it covers, as written.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.0.paths
    }

    /// Whether its decisions are carried out.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.0.mode
    }

    /// Decide a request for a host and path that this policy covers.
    #[must_use]
    pub fn decide<H: RequestHeaders + ?Sized>(&self, request: &CorsRequest<'_, H>) -> Decision<H::Value> {
        let mut decision = self.decide_cors(request);
        if self.0.csrf_guard.is_some() || self.0.websocket {
            decision = self.guard(request, decision);
        }
        match self.0.mode {
            Mode::Enforce => decision,
            Mode::ReportOnly => decision.report_only(),
        }
    }

    fn decide_cors<H: RequestHeaders + ?Sized>(&self, request: &CorsRequest<'_, H>) -> Decision<H::Value> {
        let refused = |reason, status, vary| Decision::refused(reason, status, Some(self.clone()), vary);
        match *request.class() {
            RequestClass::NotCors => Decision {
                verdict: Verdict::NotCors,
                reason: Reason::NoOrigin,
                action: Action::Forward,
                headers: self.edits_for_everyone(),
                matched: None,
                is_admitted_by_list: false,
            },
            RequestClass::Actual { origin } => match self.check_origin(origin.as_ref()) {
                Ok(found) => Decision {
                    verdict: Verdict::Allowed,
                    reason: found.reason,
                    action: Action::Forward,
                    headers: self.edits(origin, Prebuilt::Actual, self.vary()),
                    matched: found.position,
                    is_admitted_by_list: false,
                },
                Err(reason) => refused(reason, None, self.vary()),
            },
            RequestClass::Preflight { origin, method } => {
                match self.check_preflight::<H>(origin, method, request.headers) {
                    Ok(found) => {
                        let mut headers = self.edits(origin, Prebuilt::Preflight, self.vary_of_preflight());
                        headers.allow_private_network = self.allows_private_network(found.position, request);
                        Decision {
                            verdict: Verdict::Allowed,
                            reason: found.reason,
                            action: Action::Answer { status: 204 },
                            headers,
                            matched: found.position,
                            is_admitted_by_list: false,
                        }
                    }
                    Err(reason) => refused(reason, Some(403), self.vary_of_preflight()),
                }
            }
            RequestClass::Malformed(malformed) => Decision::malformed(malformed, Some(self.clone())),
        }
    }

    /// Let the guards have their say about a request that is well formed.
    fn guard<H: RequestHeaders + ?Sized>(
        &self,
        request: &CorsRequest<'_, H>,
        mut decision: Decision<H::Value>,
    ) -> Decision<H::Value> {
        if matches!(request.class(), RequestClass::Malformed(_)) {
            return decision;
        }
        let csrf = self.0.csrf_guard.as_ref().map(|guard| guard.check(self, request));
        let websocket = self.0.websocket.then(|| websocket_guard::check(self, request));
        for admission in [csrf, websocket].into_iter().flatten() {
            match admission {
                Ok(Admission::NotCrossOrigin) => {}
                Ok(Admission::Listed) => decision.is_admitted_by_list = true,
                Err(reason) => return Decision::refused(reason, Some(403), Some(self.clone()), self.vary()),
            }
        }
        decision
    }

    /// The edits for an origin that [`Self::check_origin`] let through.
    fn edits<V: Clone>(&self, origin: &V, prebuilt: Prebuilt, vary: Vary) -> HeaderEdits<V> {
        HeaderEdits {
            allow_origin: self.allow_origin(origin),
            prebuilt,
            ..HeaderEdits::nothing(Some(self.clone()), vary)
        }
    }

    /// "If `Access-Control-Allow-Origin` is set to `*` or a static origin for a particular resource,
    /// then configure the server to always send `Access-Control-Allow-Origin` in responses for the
    /// resource — even for non-CORS requests — and do not use `Vary`."
    /// <https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches>
    fn edits_for_everyone<V>(&self) -> HeaderEdits<V> {
        let edits = HeaderEdits::nothing(Some(self.clone()), self.vary());
        match &self.0.origins {
            Origins::Any => HeaderEdits {
                allow_origin: AllowOrigin::Any,
                prebuilt: Prebuilt::Actual,
                ..edits
            },
            Origins::Set(_) => edits,
        }
    }

    /// The headers of an answer that lets no page read it.
    pub(crate) fn vary_only(&self, vary: Vary) -> &PrebuiltHeaders {
        match vary {
            Vary::None => PrebuiltHeaders::EMPTY,
            Vary::Origin => &self.0.other_actual,
            Vary::Preflight | Vary::PreflightOfPrivateNetwork => &self.0.other_preflight,
        }
    }

    fn vary(&self) -> Vary {
        vary_of_actual(&self.0.origins, self.0.null_origin.is_some())
    }

    fn vary_of_preflight(&self) -> Vary {
        vary_of_preflight(&self.0.origins)
    }

    fn check_origin(&self, origin: &[u8]) -> Result<Found, Reason> {
        let found = |reason, position| Found { reason, position };
        match &self.0.origins {
            // Nothing of the request's origin goes into the answer.
            Origins::Any => Ok(found(Reason::AnyOrigin, None)),
            Origins::Set(set) => match set.find(origin) {
                OriginMatch::Listed(position) => Ok(found(Reason::OriginListed, Some(position))),
                OriginMatch::Null if self.0.null_origin.is_some() => {
                    Ok(found(Reason::NullOriginAllowed, None))
                }
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
    ) -> Result<Found, Reason> {
        let found = self.check_origin(origin.as_ref())?;
        let method = method.ok_or(Reason::RequestMethodMalformed)?.as_ref();
        if !self.0.methods.allows(method) {
            return Err(if is_method(method) {
                Reason::MethodNotListed(NameText::new(method))
            } else {
                Reason::RequestMethodMalformed
            });
        }
        let names = headers.lines(RequestHeaderName::AccessControlRequestHeaders);
        self.0.headers.check(names.map(AsRef::as_ref))?;
        Ok(found)
    }

    /// <https://wicg.github.io/private-network-access/#cors-preflight>
    fn allows_private_network<H: RequestHeaders + ?Sized>(
        &self,
        position: Option<ListPosition>,
        request: &CorsRequest<'_, H>,
    ) -> bool {
        let (Origins::Set(set), Some(position)) = (&self.0.origins, position) else {
            return false;
        };
        set.allows_private_network(position)
            && matches!(
                single(request.headers, RequestHeaderName::AccessControlRequestPrivateNetwork),
                Single::One(value) if value.as_ref() == b"true"
            )
    }
}

impl Policy {
    /// The same policy, as the first of a table.
    pub(crate) fn at_first_position(mut self) -> Self {
        if self.0.position != 0 {
            Arc::make_mut(&mut self.0).position = 0;
        }
        self
    }
}

/// An origin that was let through.
struct Found {
    reason: Reason,
    /// Where the list has it.
    position: Option<ListPosition>,
}

/// Which headers the answers to actual requests depend on.
pub(crate) fn vary_of_actual(origins: &Origins, allows_null_origin: bool) -> Vary {
    match origins {
        Origins::Any => Vary::None,
        Origins::Set(set) if set.is_empty() && !allows_null_origin => Vary::None,
        Origins::Set(_) => Vary::Origin,
    }
}

/// Which headers the answers to preflights depend on.
pub(crate) fn vary_of_preflight(origins: &Origins) -> Vary {
    match origins {
        Origins::Set(set) if set.has_private_network() => Vary::PreflightOfPrivateNetwork,
        Origins::Set(_) | Origins::Any => Vary::Preflight,
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
