//! Where the servers of a run listen, and what the names of the run stand for. All of it exists in
//! the run's own network namespace only, so that the ports and addresses can be fixed.
//!
//! The recordings in `cases/browsers` were made with the same origins; profiles and lists of what
//! is known depend on them.

/// Ports that speak http. The first one is the pages', the others are other origins.
pub const HTTP_PORTS: [u16; 3] = [23001, 23002, 23003];

/// Ports that speak https; the first one is the pages'.
pub const HTTPS_PORTS: [u16; 2] = [23444, 23445];

/// Names, with the address of each. An address that is not loopback is what makes the names in it
/// public or local for Local Network Access.
pub const HOSTS: [(&str, &str); 5] = [
    ("localhost", "127.0.0.1"),
    ("app.example.test", "127.0.0.1"),
    ("api.example.test", "127.0.0.1"),
    ("public.example.test", "203.0.113.10"),
    ("local.example.test", "10.9.8.7"),
];

/// The page that the opaque page `null` is a frame of.
pub const FRAMES_ARE_IN: &str = "http://localhost:23001";

/// Every origin that is visited before the run, so that it sets its cookies; in this order.
pub const VISITED: [&str; 16] = [
    "http://localhost:23001",
    "http://localhost.:23003",
    "http://127.0.0.1:23001",
    "http://app.example.test:23001",
    "http://api.example.test:23002",
    "http://public.example.test:23001",
    "http://local.example.test:23001",
    "http://203.0.113.10:23002",
    "http://10.9.8.7:23002",
    "https://localhost:23445",
    "https://localhost.:23445",
    "https://127.0.0.1:23445",
    "https://api.example.test:23445",
    "https://public.example.test:23445",
    "https://local.example.test:23445",
    "https://app.example.test:23444",
];

/// Where each page asks for cookies as a third party, for browsers that keep them apart by page.
pub const ASKED_FOR_COOKIES: [&str; 16] = [
    "http://127.0.0.1:23002",
    "http://localhost:23003",
    "http://localhost.:23003",
    "http://api.example.test:23002",
    "http://app.example.test:23002",
    "http://public.example.test:23002",
    "http://local.example.test:23002",
    "http://203.0.113.10:23002",
    "http://10.9.8.7:23002",
    "https://api.example.test:23445",
    "https://127.0.0.1:23445",
    "https://localhost:23445",
    "https://localhost.:23445",
    "https://app.example.test:23445",
    "https://public.example.test:23445",
    "https://local.example.test:23445",
];
