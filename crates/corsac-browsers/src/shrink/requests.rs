//! Simpler requests.

use corsac_wire::scenario::{Api, RequestFields};

/// The request with one thing left out or made plain, in every way.
pub(super) fn simpler(request: &RequestFields) -> Vec<RequestFields> {
    let mut found = Vec::new();
    let mut add = |change: &dyn Fn(&mut RequestFields)| {
        let mut changed = request.clone();
        change(&mut changed);
        found.push(changed);
    };
    add(&|request| {
        *request = RequestFields {
            page_origin: request.page_origin.take(),
            url: request.url.clone(),
            ..RequestFields::default()
        };
    });
    add(&|request| request.api = Api::Fetch);
    add(&|request| {
        request.method = String::from("GET");
        request.body = None;
    });
    add(&|request| request.method = String::from("POST"));
    add(&|request| request.body = None);
    add(&|request| request.credentials = None);
    add(&|request| request.mode = None);
    add(&|request| request.redirect = None);
    add(&|request| request.cache = None);
    add(&|request| request.referrer_policy = None);
    add(&|request| request.keepalive = None);
    add(&|request| request.crossorigin = None);
    add(&|request| request.integrity = None);
    add(&|request| request.upload_listeners = false);
    add(&|request| request.headers.clear());
    for index in 0..request.headers.len() {
        add(&|request| {
            request.headers.remove(index);
        });
        add(&|request| {
            if let Some((_, value)) = request.headers.get_mut(index) {
                *value = halved(value);
            }
        });
    }
    if request.page_origin.is_some() {
        add(&|request| request.page_origin = Some(PLAIN_PAGE.to_owned()));
    }
    if let Some(path) = path_of(&request.url) {
        add(&|request| request.url = format!("{PLAIN_SERVER}{path}"));
    }
    found
}

/// What follows scheme, host and port, if it is a scenario's path.
pub(super) fn path_of(url: &str) -> Option<&str> {
    url.find("/s/").and_then(|start| url.get(start..))
}

/// The first half of a text.
pub(super) fn halved(text: &str) -> String {
    text.chars().take(text.chars().count() / 2).collect()
}

/// Where requests come from when it does not matter.
pub(super) const PLAIN_PAGE: &str = "http://localhost:23001";
/// Where they go.
pub(super) const PLAIN_SERVER: &str = "http://api.example.test:23002";
