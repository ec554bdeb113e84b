//! Every serialised shape Corsac promises: the policy file, scenarios and their outcomes.
//!
//! Conversions and calls only; nothing is decided here.

pub mod check_report;
pub mod compare;
pub mod compare_known;
pub mod gateway_event;
pub mod observed;
pub mod outcome;
pub mod outcome_reason;
pub mod outcome_trace;
mod page_options;
pub mod policy_file;
pub mod policy_flags;
pub mod profiles;
pub mod scenario;
mod scenario_request;
mod scenario_words;
pub mod scripted_answer;
pub mod sequence;
pub mod simulate;
mod simulate_cookies;
mod simulate_effects;
pub mod simulate_error;
pub mod simulate_lines;
mod simulate_run;
mod simulate_server;
pub mod simulate_session;
