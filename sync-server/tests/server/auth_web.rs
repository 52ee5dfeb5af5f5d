//! Tests of headers, files of the app, pages for refusals, and health.

use accounts::Origin;
use axum::{body::Body, extract::ConnectInfo, http::Request};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use testkit::{
    console_page::{ConsolePage, PAGE},
    harness::TestApp,
};

fn with_files(files: &[(&str, &str)]) -> TestApp {
    let app = TestApp::new();
    std::fs::create_dir_all(app.app_folder().join("fonts")).unwrap();
    for (name, content) in files {
        std::fs::write(app.app_folder().join(name), content).unwrap();
    }
    app
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let app = with_files(&[("index.html", "<p>app"), ("app.css", ""), ("app.js", ""), ("app_bg.wasm", "")]);
    let mut browser = app.browser();
    for path in ["/", "/healthz", "/api/me", "/api/none", "/kantoor/none", "/none.js"] {
        let answer = browser.get(path).await;
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
             font-src 'self'; connect-src 'self'; object-src 'none'; frame-src 'self' blob:; worker-src 'self'; \
             base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(!answer.header("permissions-policy").is_empty(), "{path}");
    }
    assert_eq!(browser.get("/api/me").await.header("cache-control"), "no-store");
    // A part of a page that somebody opens by itself loads nothing and is in no frame.
    for path in ["/app.css", "/app.js", "/app_bg.wasm"] {
        let policy = browser.get(path).await.header("content-security-policy").to_owned();
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
    }
}

#[tokio::test]
async fn screens_of_the_app_are_its_first_page_and_routes_of_the_server_are_not() {
    let app = with_files(&[("index.html", "<p>app")]);
    let mut browser = app.browser();
    for path in ["/", "/archief", "/taken/1b2c", "/apikaart", "/kantoren", "/index.html"] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, "<p>app"), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    }
    std::fs::write(app.app_folder().join("../outside.js"), "secret").unwrap();
    std::fs::write(app.app_folder().join(".hidden.js"), "secret").unwrap();
    for path in
        ["/api", "/api/none", "/sync/none", "/none.js", "/../outside.js", "/fonts/../../outside.js", "/.hidden.js"]
    {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    assert_eq!(browser.submit("/archief", &[]).await.status, 404);
}

#[tokio::test]
async fn a_file_is_asked_for_again_each_time_unless_its_address_has_its_hash() {
    let content = "console.log(1)";
    let app = with_files(&[("index.html", ""), ("app.js", content)]);
    let mut browser = app.browser();
    let answer = browser.get("/app.js").await;
    assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-cache");
    let etag = answer.header("etag").to_owned();
    let again = browser.get_with("/app.js", &[("if-none-match", &etag)]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    std::fs::write(app.app_folder().join("app.js"), "console.log(2)").unwrap();
    assert_eq!(browser.get_with("/app.js", &[("if-none-match", &etag)]).await.status, 200);

    std::fs::write(app.app_folder().join("app.js"), content).unwrap();
    let hash = STANDARD.encode(Sha256::digest(content));
    let query: String = url::form_urlencoded::byte_serialize(hash.as_bytes()).collect();
    let answer = browser.get(&format!("/app.js?h={query}")).await;
    assert!(answer.header("cache-control").contains("immutable"), "{}", answer.header("cache-control"));
    assert_eq!(browser.get("/app.js?h=other").await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn a_compressed_copy_goes_to_who_can_read_it() {
    let app = with_files(&[("index.html", ""), ("app_bg.wasm", "wasm"), ("app_bg.wasm.br", "br")]);
    let mut browser = app.browser();
    let answer = browser.get_with("/app_bg.wasm", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!((answer.text().as_str(), answer.header("content-encoding")), ("br", "br"));
    assert_eq!((answer.header("content-type"), answer.header("vary")), ("application/wasm", "accept-encoding"));
    for encodings in ["gzip", "br;q=0, gzip"] {
        let answer = browser.get_with("/app_bg.wasm", &[("accept-encoding", encodings)]).await;
        assert_eq!((answer.text().as_str(), answer.header("content-encoding")), ("wasm", ""), "{encodings}");
    }
}

#[tokio::test]
async fn a_refusal_is_a_page_for_people_and_json_for_programs() {
    let app = TestApp::new();
    let mut browser = app.browser();
    let page = browser.get("/kantoor/none").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(page.text().contains("Dit bestaat niet, of niet meer."), "{}", page.text());
    let english = browser.get_with("/kantoor/none", &[("accept-language", "en-GB,nl"), ("accept", "text/html")]).await;
    assert!(english.text().contains("This does not exist"));
    assert_eq!(browser.get("/api/none").await.refusal(), "not_found");
}

#[tokio::test]
async fn health_and_readiness() {
    let app = TestApp::new();
    let mut browser = app.browser();
    assert_eq!(browser.get("/healthz").await.text(), "ok");
    assert_eq!(browser.get("/readyz").await.text(), "ok");
}

#[tokio::test]
async fn on_a_full_disk_reading_goes_on_writing_says_why_and_readiness_tells_the_operator() {
    let mut console = ConsolePage::new().await;
    let mut person = console.app.person_browser(&console.home.people[0].clone()).await;
    assert_eq!(console.browser.get("/readyz").await.text(), "ok");
    console.app.state.db.play_full_disk(true);
    // Long enough for the use of a session to be written down again.
    for _ in 0..3 {
        console.app.pass_seconds(90);
        assert_eq!(console.browser.get(PAGE).await.status, 200);
        assert_eq!(person.get("/api/me").await.status, 200);
    }
    assert_eq!(console.browser.get("/readyz").await.status, 503);
    assert_eq!(console.browser.get("/healthz").await.status, 200);
    assert_eq!(person.log_in().await.unwrap_err(), "disk_full");
    let refused = console.browser.submit(&format!("{PAGE}/checklist"), &[("template", "ib-2025")]).await;
    assert_eq!(refused.status, 507);
    assert!(refused.text().contains("De server heeft geen ruimte meer"), "{}", refused.text());

    console.app.state.db.play_full_disk(false);
    console.app.pass_seconds(5);
    assert_eq!(console.browser.get("/readyz").await.text(), "ok");
    person.log_in().await.unwrap();
    console.set_out_checklist().await;
}

#[tokio::test]
async fn the_development_mailbox_opens_for_a_browser_on_this_machine_under_our_own_name_only() {
    let app = TestApp::new();
    let mut browser = app.browser();
    for path in ["/dev/mailbox", "/dev/mailbox.json"] {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
        for host in ["evil.example", "127.0.0.1:8080", "localhost", "localhost:9", "localhost:8080.evil.example"] {
            assert_eq!(browser.get_with(path, &[("host", host)]).await.status, 404, "{host}");
        }
        for peer in ["192.168.1.9:1", "172.17.0.2:1", "[fd00::1]:1", "[::ffff:10.0.0.1]:1"] {
            let mut request = Request::get(path).header("accept", "text/html").body(Body::empty()).unwrap();
            request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
            assert_eq!(browser.send(request).await.status, 404, "{peer}");
        }
    }
}

#[tokio::test]
async fn browsers_are_told_to_use_tls_for_this_host_and_for_its_subdomains_if_the_operator_wants() {
    for (origin, hsts_subdomains, policy) in [
        ("http://localhost:8080", true, ""),
        ("https://portaal.example.nl", false, "max-age=31536000"),
        ("https://portaal.example.nl", true, "max-age=31536000; includeSubDomains"),
    ] {
        let app = TestApp::with(|config| {
            config.origin = Origin::parse(origin).unwrap();
            config.hsts_subdomains = hsts_subdomains;
        });
        assert_eq!(app.browser().get("/healthz").await.header("strict-transport-security"), policy, "{origin}");
    }
}
