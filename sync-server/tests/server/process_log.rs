//! Tests of what the process log holds, with the real process: refusals with who and from where, and at no level
//! what somebody wrote.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};
use testkit::{
    console_page::{ConsolePage, PAGE},
    harness::Browser,
    server_process::{Socket, http},
};

/// A process whose log is kept in a file.
struct Process {
    child: Child,
    port: u16,
    log: PathBuf,
}

impl Process {
    fn start(data: &Path, level: &str, more: &[(&str, &str)]) -> Self {
        let log = data.join("process.log");
        let mut command = Command::new(crate::PROGRAM);
        command.args(["--port", "0", "--app", "/none", "--data"]).arg(data);
        command.env("AKKOORD_LOG", level).envs(more.iter().copied());
        let mut child = command.stdout(Stdio::piped()).stderr(File::create(&log).unwrap()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        Self { child, port: first.trim().rsplit(':').next().unwrap().parse().unwrap(), log }
    }

    /// Sends a request of a browser, and returns the status of its answer.
    fn ask(&self, browser: &Browser, first: &str, origin: &str, body: &str) -> u16 {
        let head = format!(
            "{first} HTTP/1.1\r\nhost: localhost:{}\r\norigin: {origin}\r\ncookie: {}\r\naccept: text/html\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            self.port,
            cookies(browser),
            body.len()
        );
        http(self.port, &head, body.as_bytes()).unwrap().split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// Ends the process, and returns its log.
    fn log(mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::fs::read_to_string(&self.log).unwrap()
    }
}

fn cookies(browser: &Browser) -> String {
    browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

/// Lets the sessions of a test's clock go on by the clock of the machine.
fn keep_sessions(data: &Path) {
    let far = "update session set expires_at = 9000000000000, last_used_at = 8000000000000,
               console_used_at = 8000000000000, proven_at = 8000000000000";
    rusqlite::Connection::open(data.join("akkoord.db")).unwrap().execute_batch(far).unwrap();
}

#[tokio::test]
async fn at_the_finest_level_the_log_holds_no_content() {
    let mut console = ConsolePage::new().await;
    console.set_out_checklist().await;
    let person = console.app.person_browser(&console.home.people[0].clone()).await;
    let data = console.app.state.config.data.clone();
    keep_sessions(&data);
    let process = Process::start(&data, "trace", &[]);
    let origin = format!("http://localhost:{}", process.port);
    for path in [PAGE, "/kantoor/klanten?q=zoekgeheim", "/kantoor/zoek?q=zoekgeheim", "/kantoor"] {
        process.ask(&console.browser, &format!("GET {path}"), &origin, "");
    }
    let form = "host=smtp.voorbeeld.example&port=587&security=starttls&user=noord&password=postgeheim&action=save";
    process.ask(&console.browser, "POST /kantoor/mailserver", &origin, form);
    process.ask(&console.browser, &format!("POST {PAGE}/bericht"), &origin, "text=berichtgeheim");
    let mut socket = Socket::open(process.port, &cookies(&person)).unwrap();
    socket.send(b"lijngeheim lijngeheim lijngeheim");
    // It closes the socket, so it has read the message.
    while socket.receive_or_end().is_some() {}
    let session = person.cookies["__Host-sid"].clone();
    let log = process.log();
    for secret in ["zoekgeheim", "postgeheim", "berichtgeheim", "lijngeheim", "Marieke", &session] {
        let place = log.find(secret).map(|at| log[..at].lines().last().unwrap_or_default().to_owned());
        assert_eq!(place, None, "{secret}");
    }
    assert!(!log.is_empty());
}

#[tokio::test]
async fn a_refusal_says_what_who_and_from_where() {
    let console = ConsolePage::new().await;
    let mut person = console.app.person_browser(&console.home.people[0].clone()).await;
    let account = person.me().await.unwrap().account.to_string();
    let data = console.app.state.config.data.clone();
    keep_sessions(&data);
    let process = Process::start(&data, "info", &[("AKKOORD_TRUSTED_PROXIES", "0")]);
    let origin = format!("http://localhost:{}", process.port);
    assert_eq!(process.ask(&person, "GET /kantoor/logboek", &origin, ""), 403);
    assert_eq!(process.ask(&person, "GET /api/none/%1b[31m%0d%0aforged", &origin, ""), 404);
    assert_eq!(process.ask(&person, "POST /api/logout", "https://evil.example", ""), 403);
    assert_eq!(process.ask(&console.browser, &format!("GET {PAGE}/akkoord/bewijs/x.zip"), &origin, ""), 404);
    let log = process.log();
    let line = |words: &[&str]| {
        let found = log.lines().find(|line| line.contains("refused") && words.iter().all(|word| line.contains(word)));
        assert!(found.is_some(), "{words:?} in {log}");
    };
    line(&["status=403", "not_allowed", "GET", "/kantoor/logboek", &account, "from=127.0.0.1"]);
    line(&["status=404", "not_found", "/api/none/"]);
    line(&["status=403", "origin_refused", "POST", "/api/logout"]);
    line(&["status=404", "/kantoor/klanten/{number}/{year}/akkoord/bewijs/{file}"]);
    assert!(!log.contains('\u{1b}') && !log.contains("\nforged"), "{log}");

    let process = Process::start(&data, "info", &[("AKKOORD_LOG_FORMAT", "json")]);
    assert_eq!(process.ask(&person, "GET /kantoor/logboek", &format!("http://localhost:{}", process.port), ""), 403);
    let log = process.log();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["fields"]["refusal"] == "not_allowed"), "{log}");
}
