//! Requests per second and CPU time per request of `corsac-client` and of a bare hyper-util client.

mod server;

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use corsac_client::{Browser, Page};
use corsac_fetch::UserAgent;
use http_body_util::{BodyExt as _, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustix::time::{ClockId, clock_gettime};
use tokio::task::LocalSet;

const IN_FLIGHT: usize = 64;
const ROUNDS: usize = 11;

type Hyper = Client<HttpConnector, Empty<Bytes>>;

/// What one round measured.
#[derive(Clone, Copy)]
struct Measured {
    per_second: f64,
    cpu_micros: f64,
}

fn main() {
    let url: Rc<str> = format!("http://{}/items", server::start()).into();
    let uri: http::Uri = url.parse().expect("a URL");
    let hyper: Hyper = Client::builder(TokioExecutor::new()).build_http();
    let page = Rc::new(Browser::new(UserAgent::Standard).page("https://app.example"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    // For profilers: only one of the two, with fewer requests.
    let only = std::env::args().nth(1);
    let requests = std::env::args()
        .nth(2)
        .and_then(|number| number.parse().ok())
        .unwrap_or(50_000);
    let (mut by_hyper, mut by_corsac) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for turn in 0..2 {
            let is_hyper = (round + turn) % 2 == 0;
            let is_wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
            if is_hyper && is_wanted("hyper") {
                by_hyper.push(runtime.block_on(measure(requests, {
                    let (hyper, uri) = (hyper.clone(), uri.clone());
                    move || ask_with_hyper(hyper.clone(), uri.clone())
                })));
            }
            if !is_hyper && is_wanted("corsac") {
                by_corsac.push(runtime.block_on(measure(requests, {
                    let (page, url) = (Rc::clone(&page), Rc::clone(&url));
                    move || ask_with_corsac(Rc::clone(&page), Rc::clone(&url))
                })));
            }
        }
    }
    println!("| client | requests/s | CPU µs per request |\n|---|---|---|");
    for (name, rounds) in [
        ("hyper-util, legacy client", &by_hyper),
        ("corsac-client, `Page::fetch`", &by_corsac),
    ] {
        let median = |of: fn(&Measured) -> f64| median(rounds.iter().map(of).collect());
        println!(
            "| {name} | {:.0} | {:.1} |",
            median(|m| m.per_second),
            median(|m| m.cpu_micros)
        );
    }
    let pairs = || by_hyper.iter().zip(&by_corsac);
    let rates: Vec<f64> = pairs()
        .map(|(hyper, corsac)| corsac.per_second / hyper.per_second)
        .collect();
    let costs: Vec<f64> = pairs()
        .map(|(hyper, corsac)| hyper.cpu_micros / corsac.cpu_micros)
        .collect();
    for (name, ratios) in [("requests/s", rates), ("requests per CPU second", costs)] {
        println!(
            "{name}, corsac to hyper-util in the same round: {}",
            spread(ratios)
        );
    }
}

/// Makes all requests of a round.
async fn measure<F>(requests: usize, ask: impl Fn() -> F + Clone + 'static) -> Measured
where
    F: Future<Output = ()> + 'static,
{
    let left = Rc::new(Cell::new(requests));
    let (started, cpu) = (Instant::now(), cpu_time());
    let all = LocalSet::new();
    for _ in 0..IN_FLIGHT {
        let (left, ask) = (Rc::clone(&left), ask.clone());
        all.spawn_local(async move {
            while let Some(rest) = left.get().checked_sub(1) {
                left.set(rest);
                ask().await;
            }
        });
    }
    all.await;
    let (wall, cpu) = (started.elapsed(), cpu_time() - cpu);
    Measured {
        per_second: requests as f64 / wall.as_secs_f64(),
        cpu_micros: cpu.as_secs_f64() * 1e6 / requests as f64,
    }
}

async fn ask_with_hyper(client: Hyper, url: http::Uri) {
    let mut request = http::Request::new(Empty::new());
    *request.uri_mut() = url;
    let answer = client.request(request).await.expect("an answer");
    let body = answer.into_body().collect().await.expect("a body");
    assert_eq!(body.to_bytes().len(), 100);
}

async fn ask_with_corsac(page: Rc<Page>, url: Rc<str>) {
    let settled = page.fetch(&url, ()).await;
    let response = settled.into_response().expect("a response");
    assert_eq!(response.bytes().await.expect("a body").len(), 100);
}

/// Of this thread.
fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        u32::try_from(time.tv_nsec).expect("nanoseconds"),
    )
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Median, least and most.
fn spread(ratios: Vec<f64>) -> String {
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let most = ratios.iter().copied().fold(0.0, f64::max);
    format!("{:.2} ({least:.2} to {most:.2})", median(ratios))
}
