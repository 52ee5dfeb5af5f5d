//! Tests of those who hold connections, sockets and queues without using them: they lose them, and others never notice.

use axum::http::StatusCode;
use documents::{
    protocol::{self, ToDevice, ToServer},
    replay::ProposedChange,
};
use model::{api::Identity, id::DocumentId, section::Write, time::TaxYear};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write as _},
    net::TcpStream,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};
use storage::{
    clock::random,
    db::{DbError, NewChange, PersonRow},
};
use sync_server::{
    line::{self, Limits, Register},
    router::router,
};
use testkit::{
    console_page::{ConsolePage, YEAR},
    harness::{Browser, ORIGIN, TestApp},
    server_process::Socket,
};
use tokio::sync::oneshot;

/// The server of a test behind a port, on a thread of its own.
struct Served {
    port: u16,
    register: Arc<Register>,
    /// The server ends with this.
    _stop: oneshot::Sender<()>,
}

/// Limits that a test need not wait for. What has a limit of its own is set to it.
fn short() -> Limits {
    let (short, long) = (Duration::from_millis(300), Duration::from_secs(600));
    Limits { head: short, idle: long, stuck: short, body: short, body_per_second: 1 << 20, ping: long, gone: long }
}

fn serve(app: &TestApp, limits: Limits, per_address: usize) -> Served {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut state = app.state.clone();
    state.lines = limits;
    let register = Register::new(600, per_address, limits, storage::clock::Clock::system());
    let (stop, stopped) = oneshot::channel();
    let (router, own) = (router(state), register.clone());
    std::thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let stopped = async { drop(stopped.await) };
            tokio::select! {
                () = line::serve(listener, router, own, true, std::future::pending()) => {}
                () = stopped => {}
            }
        });
    });
    Served { port, register, _stop: stop }
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends bytes, and returns everything until the server closes the connection.
    fn say(&self, words: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(words.as_bytes()).unwrap();
        rest(&mut stream)
    }

    fn socket(&self, browser: &Browser) -> Result<Socket, u16> {
        let (socket, status) =
            Socket::over(self.connect(), ORIGIN.trim_start_matches("http://"), &cookie(browser)).unwrap();
        if status == 101 { Ok(socket) } else { Err(status) }
    }

    fn is_well(&self) -> bool {
        self.say("GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").ends_with("ok")
    }
}

fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection that was reset was closed, too.
    stream.read_to_end(&mut answer).ok();
    String::from_utf8_lossy(&answer).into_owned()
}

fn cookie(browser: &Browser) -> String {
    browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

#[test]
fn who_says_nothing_or_never_ends_a_head_or_a_body_is_cut_off() {
    let served = serve(&TestApp::new(), short(), 100);
    assert_eq!(served.say(""), "");
    assert_eq!(served.say("GET / HTTP/1.1\r\nhost: a\r\n"), "");
    let head =
        format!("POST /api/login/finish HTTP/1.1\r\nhost: a\r\norigin: {ORIGIN}\r\ncontent-type: application/json\r\n");
    let answer = served.say(&format!("{head}content-length: 100\r\n\r\n{{"));
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("too_slow"), "{answer}");
    let answer = served.say(&format!("{head}transfer-encoding: chunked\r\n\r\n1\r\n{{\r\n"));
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(served.is_well());
}

#[test]
fn a_connection_that_was_used_is_kept_for_the_next_request() {
    let served = serve(&TestApp::new(), short(), 100);
    let mut stream = served.connect();
    for _ in 0..2 {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\nok") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            answer.extend(byte);
        }
        // Those who said nothing are gone by now.
        assert_eq!(served.say(""), "");
    }
    // The head of a further request has its own time.
    stream.write_all(b"GET /healthz HTTP/1.1\r\n").unwrap();
    assert_eq!(rest(&mut stream), "");
}

#[test]
fn who_does_not_read_the_answer_is_cut_off() {
    let app = TestApp::new();
    fs::create_dir_all(app.app_folder()).unwrap();
    let size = 40 << 20;
    fs::write(app.app_folder().join("large.bin"), vec![7; size]).unwrap();
    let served = serve(&app, short(), 100);
    let mut slow = served.connect();
    slow.write_all(b"GET /large.bin HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    while served.register.is_empty() {
        std::thread::yield_now();
    }
    while !served.register.is_empty() {
        std::thread::yield_now();
    }
    assert!(rest(&mut slow).len() < size);
    let all = served.say("GET /large.bin HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    assert!(all.len() > size, "who reads gets all of it");
}

#[test]
fn those_who_only_hold_the_connections_of_an_address_give_way_to_a_request() {
    let long = Limits { head: Duration::from_secs(600), ..short() };
    let served = serve(&TestApp::new(), long, 3);
    let silent: Vec<_> = (0..20).map(|_| served.connect()).collect();
    assert!((0..5).all(|_| served.is_well()));
    assert!(served.register.len() <= 3);
    drop(silent);
}

#[tokio::test]
async fn a_device_has_four_sockets_a_login_sixteen_and_a_silent_one_is_closed() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let marieke = app.person_browser(&home.people[0]).await;
    let thomas = app.person_browser(&home.people[1]).await;
    let limits = Limits { ping: Duration::from_millis(100), ..short() };
    let served = serve(&app, limits, 100);
    let open: Vec<_> = (0..4).map(|_| served.socket(&marieke).ok().unwrap()).collect();
    assert_eq!(served.socket(&marieke).err(), Some(429));
    assert!(served.socket(&thomas).is_ok(), "another login has its own");
    let mut passkey = marieke.authenticator;
    let mut opened = Vec::new();
    for _ in 0..4 {
        let mut device = app.browser();
        std::mem::swap(&mut device.authenticator, &mut passkey);
        device.log_in().await.unwrap();
        std::mem::swap(&mut device.authenticator, &mut passkey);
        opened.push((0..4).map(|_| served.socket(&device).ok()).collect::<Vec<_>>());
    }
    let counts: Vec<_> = opened.iter().map(|of_device| of_device.iter().flatten().count()).collect();
    assert_eq!(counts, [4, 4, 4, 0], "the seventeenth is refused");
    // Nobody answers the pings.
    app.pass_seconds(700);
    while !served.register.is_empty() {
        std::thread::yield_now();
    }
    drop((open, opened));
}

/// Somebody with a socket, a document and what is to be written.
struct Writer {
    socket: Socket,
    document: DocumentId,
    change: ProposedChange,
}

impl Writer {
    fn push(&mut self) {
        let push = ToServer::Push { document: self.document, batch: 1, changes: vec![self.change.clone()] };
        assert!(self.socket.send(&protocol::encode(&push)));
    }

    /// Waits until the server acknowledges the change.
    fn is_acknowledged(&mut self) -> bool {
        loop {
            match protocol::decode(&self.socket.receive().unwrap()).unwrap() {
                ToDevice::Refused { .. } => return false,
                ToDevice::Changes { document, .. } if document == self.document => return true,
                _ => {}
            }
        }
    }
}

/// Returns somebody who has heard everything that there is.
fn writer(served: &Served, console: &ConsolePage, browser: &Browser, person: &PersonRow) -> Writer {
    let (document, mut replica) = console.replica();
    let message = model::record::Message {
        by: person.id,
        at: console.app.now(),
        body: "dag".into(),
        about: None,
        answer: None,
        attachments: Vec::new(),
    };
    let write = Write::of(&model::id::MessageId::from_random(random()), &message);
    let change = ProposedChange::make(&mut replica, random(), console.app.now(), vec![write]).unwrap().unwrap().0;
    let mut socket = served.socket(browser).ok().unwrap();
    let hello = ToServer::Hello { version: protocol::VERSION, app_version: "1".into(), documents: Vec::new() };
    assert!(socket.send(&protocol::encode(&hello)));
    let mut heard = false;
    while !heard {
        let message: ToDevice = protocol::decode(&socket.receive().unwrap()).unwrap();
        heard = matches!(message, ToDevice::Changes { document: of, .. } if of == document);
    }
    Writer { socket, document, change }
}

#[tokio::test]
async fn a_year_that_is_kept_busy_holds_up_nobody_else_and_who_hangs_up_leaves_its_queue() {
    let console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let browser = console.app.person_browser(&marieke).await;
    let mut hers = console.app.person_browser(&thomas).await;
    let served = serve(&console.app, short(), 100);
    let dossiers = &console.app.state.dossiers;
    let login = |identity: Identity| Some(identity.account);
    let turn = dossiers.work().turn((marieke.client, YEAR), login(hers.me().await.unwrap())).await.unwrap();
    let mut flood: Vec<_> = (0..4).map(|_| writer(&served, &console, &browser, &marieke)).collect();
    flood.iter_mut().for_each(Writer::push);

    let (elsewhere, tax_year) = (&console.home.client, TaxYear(2026));
    dossiers.open_year(&console.home.advisor, elsewhere.id, tax_year).unwrap();
    assert_eq!(hers.get("/api/me").await.status, StatusCode::OK);
    let other_year = dossiers.work().turn((marieke.client, tax_year), None).await;
    assert!(other_year.is_some() && served.is_well());

    let last = flood.pop().unwrap();
    let before = log_of(&console, last.document);
    drop(flood);
    while served.register.len() > 1 {
        std::thread::yield_now();
    }
    drop(turn);
    let mut last = last;
    assert!(last.is_acknowledged());
    assert_eq!(log_of(&console, last.document), before + 1, "what those wanted who hung up was never done");
}

fn log_of(console: &ConsolePage, document: DocumentId) -> usize {
    let changes = console.app.state.db.read::<_, DbError>(|q| q.changes_after(document, 0, usize::MAX));
    changes.unwrap().len()
}

/// What a device has not read yet stays in the log until its turn comes, as a device shows that is logged out meanwhile.
#[tokio::test]
async fn one_message_at_a_time_waits_for_who_does_not_read() {
    let console = ConsolePage::new().await;
    let mut browser = console.app.person_browser(&console.home.people[0]).await;
    let (document, _) = console.replica();
    // More than the system keeps for a connection.
    let (each, count, now) = (200 << 10, 120, console.app.now());
    let changes: Vec<_> = (0..count)
        .map(|n| NewChange { hash: [n; 32], actor: random(), device: None, bytes: vec![n; each], writes: Vec::new() })
        .collect();
    let head = log_of(&console, document) as u64;
    let append = move |tx: &storage::db::Tx<'_>| tx.append_changes(document, head, &changes, now);
    console.app.state.db.write_blocking::<_, DbError>(append).unwrap();
    let served = serve(&console.app, Limits { stuck: Duration::from_secs(600), ..short() }, 100);
    let mut socket = served.socket(&browser).ok().unwrap();
    let hello = ToServer::Hello { version: protocol::VERSION, app_version: "1".into(), documents: Vec::new() };
    assert!(socket.send(&protocol::encode(&hello)));
    while socket.receive().unwrap().len() < each {}
    assert!(browser.post("/api/logout", &serde_json::json!({})).await.status.is_success());
    let mut further = 1;
    while socket.receive().is_some() {
        further += 1;
    }
    assert!(further < count, "only what was written already arrives");
}

#[test]
fn the_limit_of_open_files_is_raised_at_the_start() {
    let app = TestApp::new();
    let lower = "ulimit -Sn 256; exec \"$0\" --port 0 --app /none --data \"$1\"";
    let mut command = Command::new("sh");
    command.args(["-c", lower, crate::PROGRAM]).arg(&app.state.config.data);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap());
    let mut listening = String::new();
    said.read_line(&mut listening).unwrap();
    // The limit is raised before the first connection is accepted, which may be after the address was told.
    let mut connection = TcpStream::connect(listening.trim().strip_prefix("listening on http://").unwrap()).unwrap();
    connection.write_all(b"GET /healthz HTTP/1.0\r\n\r\n").unwrap();
    assert!(connection.read_to_string(&mut String::new()).unwrap() > 0);
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    let [soft, hard]: [&str; 2] = files.split_whitespace().take(2).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(soft, hard, "{files}");
}

#[tokio::test]
async fn behind_a_proxy_the_requests_of_an_address_are_counted_and_not_the_connections_of_the_proxy() {
    let app = TestApp::with(|config| (config.trusted_proxies, config.connections_per_address) = (1, 2));
    // A slow request that a limit cut off while the machine is busy would be waited for without end.
    let long = Duration::from_secs(600);
    let served = serve(&app, Limits { head: long, body: long, ..short() }, 100);
    let head = |from: &str, more: &str| {
        format!("POST /api/logout HTTP/1.1\r\nhost: a\r\norigin: {ORIGIN}\r\nx-forwarded-for: {from}\r\n{more}")
    };
    let form = head("10.0.0.7", "content-type: application/json\r\ncontent-length: 9\r\n\r\n{");
    let slow: Vec<_> = (0..2)
        .map(|_| {
            let mut stream = served.connect();
            stream.write_all(form.replace("/api/logout", "/api/login/finish").as_bytes()).unwrap();
            stream
        })
        .collect();
    let ask = |from: &str| served.say(&head(from, "connection: close\r\ncontent-length: 0\r\n\r\n"))[9..12].to_owned();
    while ask("10.0.0.7") != "429" {}
    assert_eq!(ask("10.0.0.8"), "200");
    drop(slow);
    while ask("10.0.0.7") != "200" {}
}
