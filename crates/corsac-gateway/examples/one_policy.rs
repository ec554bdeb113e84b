//! A gateway with one policy: `cargo run -p corsac-gateway --example one_policy -- 127.0.0.1:8080
//! http://127.0.0.1:8000 https://app.example`. It stops when its standard input ends.

use std::error::Error;
use std::io::Read as _;
use std::time::Duration;

use corsac::{AllowOrigins, MaxAge, PolicyDraft, PolicyTable};
use corsac_gateway::{Config, Gateway};

fn main() -> Result<(), Box<dyn Error>> {
    let [listen, upstream, origin] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "usage: one_policy LISTEN UPSTREAM ORIGIN")?;
    let draft = PolicyDraft {
        allow_origins: AllowOrigins::List(vec![origin.as_str().into()]),
        allow_credentials: true,
        allow_methods: vec!["PUT".to_owned(), "DELETE".to_owned()],
        allow_headers: vec!["Content-Type".to_owned(), "Authorization".to_owned()],
        expose_headers: vec!["X-Request-Id".to_owned()],
        max_age: MaxAge::Seconds(600),
        ..PolicyDraft::new("app")
    };
    let (policies, _warnings) = PolicyTable::build(vec![draft])?;
    let mut config = Config::new(upstream.parse()?, policies);
    config.listen = listen.parse()?;
    let gateway = Gateway::bind(config)?.start()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    let cut = gateway.stop(Duration::from_secs(5));
    if cut > 0 {
        return Err(format!("{cut} connections had to be cut").into());
    }
    Ok(())
}
