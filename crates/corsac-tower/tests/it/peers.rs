//! `docs/peers.md` is written from the matrix. `UPDATE_EXPECT=1` writes it.

use std::fmt::Write;

use expect_test::expect_file;

use crate::case_file::{self, Case};

#[test]
fn the_page_about_other_libraries_says_what_the_matrix_says() {
    let (_, matrix) = case_file::read()
        .into_iter()
        .find(|(file, _)| file == "matrix.json")
        .unwrap();
    let mut page = INTRODUCTION.to_owned();
    for case in &matrix.cases {
        write_row(&mut page, case).unwrap();
    }
    page.push_str(REMARKS);
    expect_file!["../../../../docs/peers.md"].assert_eq(&page);
}

fn write_row(page: &mut String, case: &Case) -> std::fmt::Result {
    let row = case.row.as_deref().unwrap_or_default();
    let expect = &case.expect;
    let who = if expect.handler_ran {
        "the handler"
    } else {
        "Corsac"
    };
    let may_read = expect
        .response
        .iter()
        .any(|(name, _)| name == "access-control-allow-origin");
    let grants = match (may_read, expect.status) {
        (true, 204) => "passed",
        (true, _) => "the page may read",
        (false, 200) => "no page may read",
        (false, _) => "refused",
    };
    write!(page, "| {row} | {}, {who}: {grants} |", expect.status)?;
    if case.peers.is_empty() {
        page.push_str(" all the same |\n");
        return Ok(());
    }
    for (index, peers) in case.peers.iter().enumerate() {
        let separator = if index == 0 { " " } else { "<br>" };
        write!(
            page,
            "{separator}**{}**: {}",
            peers.libraries.join(", "),
            peers.differs
        )?;
    }
    page.push_str(" |\n");
    Ok(())
}

const INTRODUCTION: &str = "\
# How other libraries answer

The same policy and the same requests, given to Corsac's tower layer and to eight libraries: jub0bs/cors 1.0.2, rs/cors (c9e5260, after
1.11.1), tower-http 0.7.1, actix-cors 0.7.2, express cors 2.8.6, @fastify/cors 11.4.3, Starlette 1.10.0, django-cors-headers 4.9.0.
The policy: the origins `https://a.example` and `https://b.example`, with credentials; the methods GET, POST and PUT; the request
headers X-Token and Content-Type; the exposed header X-Rate; 600 seconds. Each library was called in its own process, without a
socket. A test holds this page against `cases/tower/matrix.json`, and Corsac's answers against what that file says.

A row names libraries only where a browser, a cache or the handler can tell the difference.

| request | Corsac | who differs |
|---|---|---|
";

const REMARKS: &str = "
What makes no difference, and is left out above:

- The status of a preflight that is passed: 200 and 204 are both \"an ok status\".
- Whether its answer has the whole lists or only what was asked for.
- `Vary` on an answer to OPTIONS: such answers are not cacheable by HTTP's own rules. Corsac sends it, for the caches that have rules
  of their own; jub0bs/cors does not, on purpose.
- Access-Control-Expose-Headers on an answer to a preflight, where it means nothing.
- Servers of Node and Python join several lines of one header before the library sees them.
";
