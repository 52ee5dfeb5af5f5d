//! The server in process: a data folder of its own, a clock moved by hand, and
//! browsers with cookies and passkeys.

mod authenticator;
pub mod mailbox;

pub use authenticator::SoftAuthenticator;

use accounts::{invitation, origin::Origin};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use futures_util::StreamExt;
use model::{
    api::{Identity, PublicError},
    id::*,
    language::Language,
    mail::DigestKind,
    record::Role,
    time::Timestamp,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use storage::{
    attachment::Quota,
    clock::{Clock, random},
    db::{Advisor, AdvisorRole, Client, DbError, Firm, MailChoice, PersonRow, Tx},
};
use sync_server::{config::Config, router::router, state::AppState};
use tower::ServiceExt;

pub const ORIGIN: &str = "http://localhost:8080";
/// The moment at which tests start: 2 March 2026, 09:00 UTC.
pub const START: Timestamp = Timestamp(1_772_442_000_000);

pub struct TestApp {
    pub state: AppState,
    pub router: Router,
    now: Arc<AtomicI64>,
    folder: tempfile::TempDir,
}

/// A firm with an advisor, one client and its two people.
pub struct Household {
    pub firm: Firm,
    pub advisor: Advisor,
    pub client: Client,
    pub people: [PersonRow; 2],
}

impl TestApp {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// Starts a server with other settings than the usual ones.
    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        // The cause of a failure is only in the log. The first test sets it up for all of them.
        tracing_subscriber::fmt().with_test_writer().with_max_level(tracing::Level::WARN).try_init().ok();
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config {
            app: folder.path().join("app"),
            data: folder.path().join("data"),
            origin: Origin::parse(ORIGIN).unwrap(),
            demo: false,
            mails_at_once: false,
            smtp: None,
            mail_servers_inside: true,
            hsts_subdomains: false,
            max_upload: model::attachment::MAX_BYTES,
            storage: Quota { reserve_bytes: Some(0), ..Quota::default() },
            requests_per_minute: 0,
            trusted_proxies: 0,
            connections_per_address: 256,
            program: program(),
        };
        change(&mut config);
        let now = Arc::new(AtomicI64::new(START.0));
        let state = AppState::open(config, clock(&now)).unwrap();
        Self { router: router(state.clone()), state, now, folder }
    }

    /// Returns the folder with the app's files.
    pub fn app_folder(&self) -> &Path {
        &self.state.config.app
    }

    pub fn now(&self) -> Timestamp {
        self.state.clock.now()
    }

    /// Moves the clock.
    pub fn pass_seconds(&self, seconds: i64) {
        self.now.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// Returns a new process on the same data.
    pub fn restarted(self) -> Self {
        let config = (*self.state.config).clone();
        let state = AppState::open(config, clock(&self.now)).unwrap();
        Self { router: router(state.clone()), state, now: self.now, folder: self.folder }
    }

    /// Returns a browser that was never here.
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            authenticator: SoftAuthenticator::new(),
            origin: Some(ORIGIN.to_owned()),
        }
    }

    /// Adds a firm that serves one household.
    pub fn household(&self, name: &str) -> Household {
        let at = self.now();
        let firm = Firm {
            id: FirmId::from_random(random()),
            slug: name.to_lowercase(),
            name: format!("{name} Belastingadvies"),
            phone: "050 123 45 67".into(),
            sender_name: format!("{name} Belastingadvies"),
            sender_address: format!("portaal@{}.example", name.to_lowercase()),
            accent: "#2546a8".into(),
            statement_nl: "Ik heb de aangifte bekeken en ga akkoord.".into(),
            statement_en: "I have looked at the tax return and agree.".into(),
        };
        let advisor = Advisor {
            id: AdvisorId::from_random(random()),
            firm: firm.id,
            account: None,
            name: "Sanne de Wit".into(),
            given_name: "Sanne".into(),
            email: format!("sanne@{}.example", name.to_lowercase()),
            hours: String::new(),
            role: AdvisorRole::Administrator,
            language: Language::Nl,
        };
        let client = Client {
            id: ClientId::from_random(random()),
            firm: firm.id,
            number: "10417".into(),
            name: "Jansen en Bakker".into(),
            advisor: advisor.id,
        };
        let person = |id, name: &str, given_name: &str, language| PersonRow {
            id: PersonId::from_random(id),
            firm: firm.id,
            client: client.id,
            account: None,
            name: name.into(),
            given_name: given_name.into(),
            email: format!("{}@huis.example", given_name.to_lowercase()),
            language,
            role: Role::Approver,
            blocked: false,
            until: None,
        };
        // Lists that are ordered by id always begin with the same person.
        let mut ids: [[u8; 16]; 2] = [random(), random()];
        ids.sort_unstable();
        let people = [
            person(ids[0], "Marieke Jansen", "Marieke", Language::Nl),
            person(ids[1], "Thomas Bakker", "Thomas", Language::En),
        ];
        let household = Household { firm, advisor, client, people };
        let Household { firm, advisor, client, people } = household.clone();
        self.state
            .db
            .write_blocking::<_, DbError>(move |tx| {
                tx.add_firm(&firm, at)?;
                tx.add_advisor(&advisor, at)?;
                tx.add_client(&client, at)?;
                people.iter().try_for_each(|person| tx.add_person(person, at))
            })
            .unwrap();
        household
    }

    /// Tells the advisor about everything at once, and not in the daily digest.
    pub fn mail_at_once(&self, advisor: &Advisor) {
        let advisor = advisor.id;
        let choose = move |tx: &Tx<'_>| {
            DigestKind::ALL.iter().try_for_each(|kind| tx.set_mail_choice(advisor, *kind, MailChoice::AtOnce))
        };
        self.state.db.write_blocking::<_, DbError>(choose).unwrap();
    }

    pub fn invite(&self, person: &PersonRow) -> String {
        let (person, now) = (person.clone(), self.now());
        self.state.db.write_blocking::<_, DbError>(move |tx| invitation::invite_person(tx, &person, now)).unwrap()
    }

    /// Returns the token of a new invitation.
    pub fn invite_advisor(&self, advisor: &Advisor) -> String {
        let (advisor, now) = (advisor.clone(), self.now());
        self.state.db.write_blocking::<_, DbError>(move |tx| invitation::invite_advisor(tx, &advisor, now)).unwrap()
    }

    /// Returns a browser in which a person has registered.
    pub async fn person_browser(&self, person: &PersonRow) -> Browser {
        let mut browser = self.browser();
        let user_name = format!("user-{}", &person.id.to_string()[..8]);
        browser.register(&self.invite(person), &user_name, &person.email).await.unwrap();
        browser
    }

    /// Returns a browser in which an advisor has registered.
    pub async fn advisor_browser(&self, advisor: &Advisor) -> Browser {
        let mut browser = self.browser();
        let user_name = format!("user-{}", &advisor.id.to_string()[..8]);
        browser.register(&self.invite_advisor(advisor), &user_name, &advisor.email).await.unwrap();
        browser
    }
}

impl Clone for Household {
    fn clone(&self) -> Self {
        Self {
            firm: self.firm.clone(),
            advisor: self.advisor.clone(),
            client: self.client.clone(),
            people: self.people.clone(),
        }
    }
}

/// Returns the server's program, which cargo builds beside the tests that name it. Its workers look into files.
fn program() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().and_then(Path::parent).unwrap().join("sync-server");
    assert!(program.is_file(), "{} has to be built first, for example by `cargo build`", program.display());
    program
}

fn clock(now: &Arc<AtomicI64>) -> Clock {
    let now = now.clone();
    Clock::of(move || Timestamp(now.load(Ordering::SeqCst)))
}

/// Cookies, an authenticator and an origin.
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    pub authenticator: SoftAuthenticator,
    /// The origin that the browser sends.
    pub origin: Option<String>,
}

/// A response, read completely; of a stream of events only the first.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {} {}", self.status, self.text()))
    }

    pub fn header(&self, name: impl AsRef<str>) -> &str {
        self.headers.get(name.as_ref()).map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the refusal's code; an empty text for an answer that is no refusal.
    pub fn refusal(&self) -> String {
        if self.status.is_success() { String::new() } else { self.json::<PublicError>().error }
    }

    /// Returns what was asked for, or the refusal's code.
    pub fn result<T: DeserializeOwned>(&self) -> Result<T, String> {
        if self.status.is_success() { Ok(self.json()) } else { Err(self.refusal()) }
    }
}

impl Browser {
    /// Sends any request, with cookies and origin. Returns the response before its body is read.
    pub async fn begin(&mut self, mut request: Request<Body>) -> Response {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = request.headers_mut();
        if !cookies.is_empty() {
            headers.insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        if let Some(origin) = &self.origin {
            headers.entry(header::ORIGIN).or_insert(origin.parse().unwrap());
        }
        headers.entry(header::HOST).or_insert(ORIGIN.trim_start_matches("http://").parse().unwrap());
        if request.extensions().get::<ConnectInfo<SocketAddr>>().is_none() {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        }
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends any request, with cookies and origin, and reads the whole response.
    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let (parts, body) = self.begin(request).await.into_parts();
        let is_stream = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let body = match is_stream {
            true => body.into_data_stream().next().await.map_or_else(Vec::new, |piece| piece.unwrap().to_vec()),
            false => axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        };
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Opens an address, as if somebody typed it.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        if !headers.iter().any(|(name, _)| *name == "accept") {
            request = request.header(header::ACCEPT, "text/html,*/*");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post<T: Serialize>(&mut self, path: &str, body: &T) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json").body(body.into());
        self.send(request.unwrap()).await
    }

    /// Sends a form, as pages without script do.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html,*/*")
            .body(body.into());
        self.send(request.unwrap()).await
    }

    pub async fn send_empty(&mut self, method: Method, path: &str) -> Answer {
        self.send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await
    }

    /// Does a whole registration. `Err` is the refusal's code.
    pub async fn register(&mut self, token: &str, user_name: &str, email: &str) -> Result<Identity, String> {
        let end = self.prepare_registration(token, user_name, email).await?;
        self.post("/api/registration/finish", &end).await.result()
    }

    /// Does a registration up to the last step. Returns the body that finishes it.
    pub async fn prepare_registration(&mut self, token: &str, user_name: &str, email: &str) -> Result<Value, String> {
        let wish = json!({ "token": token, "user_name": user_name, "email": email });
        let ceremony: Value = self.post("/api/registration/start", &wish).await.result()?;
        let credential = self.authenticator.create(ORIGIN, &ceremony["options"]).await;
        Ok(json!({ "ceremony": ceremony["ceremony"], "credential": credential }))
    }

    /// Does a whole login. `Err` is the refusal's code.
    pub async fn log_in(&mut self) -> Result<Identity, String> {
        let end = self.prepare_login().await?;
        self.post("/api/login/finish", &end).await.result()
    }

    /// Does a login up to the last step. Returns the body that finishes it.
    pub async fn prepare_login(&mut self) -> Result<Value, String> {
        let ceremony: Value = self.post("/api/login/start", &json!({})).await.result()?;
        let credential = self.authenticator.get(ORIGIN, &ceremony["options"]).await;
        Ok(json!({ "ceremony": ceremony["ceremony"], "credential": credential }))
    }

    pub async fn me(&mut self) -> Result<Identity, String> {
        self.get("/api/me").await.result()
    }
}
