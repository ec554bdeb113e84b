//! Simpler answers.

use corsac_wire::scenario::{Answer, Hop, Server};

use super::requests::{PLAIN_SERVER, halved, path_of};

/// The server with one answer made simpler, in every way.
pub(super) fn simpler(server: &Server) -> Vec<Server> {
    let mut found = Vec::new();
    for (index, hop) in server.hops.iter().enumerate() {
        for simpler in simpler_hops(hop) {
            let mut changed = server.clone();
            if let Some(hop) = changed.hops.get_mut(index) {
                *hop = simpler;
            }
            found.push(changed);
        }
    }
    let preflights = server.preflight.iter().flat_map(simpler_answers);
    found.extend(preflights.map(|preflight| Server {
        preflight: Some(preflight),
        ..server.clone()
    }));
    let actuals = server.actual.iter().flat_map(simpler_answers);
    found.extend(actuals.map(|actual| Server {
        actual: Some(actual),
        ..server.clone()
    }));
    found
}

fn simpler_hops(hop: &Hop) -> Vec<Hop> {
    let preflights = hop.preflight.iter().flat_map(simpler_answers);
    let mut found: Vec<Hop> = preflights
        .map(|preflight| Hop {
            preflight: Some(preflight),
            ..hop.clone()
        })
        .collect();
    let actuals = hop.actual.iter().flat_map(simpler_answers);
    found.extend(actuals.map(|actual| Hop {
        actual: Some(actual),
        ..hop.clone()
    }));
    found
}

fn simpler_answers(answer: &Answer) -> Vec<Answer> {
    let mut found = Vec::new();
    let mut add = |change: &dyn Fn(&mut Answer)| {
        let mut changed = answer.clone();
        change(&mut changed);
        found.push(changed);
    };
    add(&|answer| answer.headers.clear());
    add(&|answer| answer.body = None);
    add(&|answer| answer.close = None);
    add(&|answer| answer.action = None);
    add(&|answer| answer.status = 200);
    add(&|answer| answer.status = 302);
    for index in 0..answer.headers.len() {
        add(&|answer| {
            answer.headers.remove(index);
        });
        add(&|answer| simplify_value(answer, index));
        add(&|answer| {
            if let Some((_, value)) = answer.headers.get_mut(index) {
                *value = halved(value);
            }
        });
    }
    found
}

/// A value that is right for this name; of a Location, the plain server.
fn simplify_value(answer: &mut Answer, index: usize) {
    let Some((name, value)) = answer.headers.get_mut(index) else {
        return;
    };
    let plain = match name.to_ascii_lowercase().as_str() {
        "access-control-allow-origin" => "*",
        "access-control-allow-credentials" => "true",
        "access-control-allow-methods" => "{acrm}",
        "access-control-allow-headers" => "{acrh}",
        "location" => match path_of(value) {
            Some(path) => &format!("{PLAIN_SERVER}{path}"),
            None => return,
        },
        _ => return,
    };
    *value = plain.to_owned();
}
