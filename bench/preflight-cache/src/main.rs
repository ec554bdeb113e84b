//! Memory and look-ups of the preflight cache with 1,000, 10,000 and 100,000 requests in it.
//!
//! The cache is filled and asked as browsers do it: through fetches. A look-up is thus the start of a fetch
//! whose preflight is cached, up to the request to send; what that costs with one entry is the first row.

use std::hint::black_box;
use std::time::Instant;

use corsac::Origin;
use corsac_fetch::{
    Client, Fetch, HeaderList, HttpRequestKind, HttpResponse, Need, PreflightCache, Request, RequestInit,
    UserAgent,
};

fn main() {
    println!("| pages | requests | bytes an entry | allocations an entry | ns a fetch from the cache |");
    println!("|---|---|---|---|---|");
    for (pages, sizes) in [
        (1, &[1, 1_000, 10_000, 100_000][..]),
        (1_000, &[100_000]),
        (100_000, &[100_000]),
    ] {
        for &requests in sizes {
            row(pages, requests);
        }
    }
}

fn row(pages: usize, requests: usize) {
    let mut cache = PreflightCache::with_capacity(requests);
    let used = allocation_counter::measure(|| fill(&mut cache, pages, requests));
    assert_eq!(cache.len(), requests);
    let per_entry = |count: i64| count as f64 / requests as f64;
    println!(
        "| {pages} | {requests} | {:.0} | {:.2} | {:.0} |",
        per_entry(used.bytes_current),
        per_entry(used.count_current),
        nanoseconds(&mut cache, pages, requests)
    );
}

fn fill(cache: &mut PreflightCache, pages: usize, requests: usize) {
    for number in 0..requests {
        let Need::Send(fetch, sent) = Fetch::start(request(number, pages), cache, 0) else {
            panic!("nothing is sent");
        };
        assert_eq!(sent.kind, HttpRequestKind::Preflight);
        drop(fetch.resume(Ok(allow(number, pages)), cache, 0));
    }
}

/// The fastest of rounds of look-ups, each of requests that lie far apart: others use the machine, too.
fn nanoseconds(cache: &mut PreflightCache, pages: usize, requests: usize) -> f64 {
    let rounds = (0..ROUNDS).map(|round| {
        let asked: Vec<Request> = (0..ROUND)
            .map(|number| request((round * ROUND + number).wrapping_mul(PRIME) % requests, pages))
            .collect();
        let start = Instant::now();
        for request in asked {
            let Need::Send(_, sent) = black_box(Fetch::start(request, cache, 1)) else {
                panic!("nothing is sent");
            };
            assert_eq!(sent.kind, HttpRequestKind::Actual);
        }
        start.elapsed()
    });
    rounds
        .min()
        .map_or(0.0, |fastest| fastest.as_nanos() as f64 / ROUND as f64)
}

/// PUT with a header to a URL of 60 characters.
fn request(number: usize, pages: usize) -> Request {
    let init = RequestInit {
        method: "PUT".to_owned(),
        headers: vec![("X-Request-Kind".to_owned(), "1".to_owned())],
        ..RequestInit::new(format!(
            "https://api.example.com/v1/accounts/0000/items/{number:013}"
        ))
    };
    let page = Client::new(Origin::from_serialization(&page(number, pages)).unwrap());
    Request::new(init, page, UserAgent::Standard).unwrap()
}

fn allow(number: usize, pages: usize) -> HttpResponse {
    let headers = HeaderList::from_iter([
        ("Access-Control-Allow-Origin", page(number, pages).as_str()),
        ("Access-Control-Allow-Methods", "PUT"),
        ("Access-Control-Allow-Headers", "x-request-kind"),
        ("Access-Control-Max-Age", "600"),
    ]);
    HttpResponse {
        headers,
        ..HttpResponse::new(204)
    }
}

fn page(number: usize, pages: usize) -> String {
    format!("https://app-{:06}.example.com", number % pages)
}

const ROUNDS: usize = 200;
const ROUND: usize = 1_000;
/// Requests that follow each other are not neighbours.
const PRIME: usize = 7_919;
