//! The real server on a real port, which dies and comes back on the same data,
//! and the real headless client on a device of its own.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a step of a test that fails ends the test")]

use accounts::origin::Origin;
use app::{
    client::{Client, DeviceStore, Network, Status, YearKey},
    platform::{Arrival, Request, network},
};
use documents::dossier::DossierYear;
use model::{
    api::{Ceremony, FinishCeremony, Identity, StartRegistration},
    checklist::{AnswerKey, AnswerValue, Template},
    id::*,
    time::TaxYear,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, net::TcpListener, path::PathBuf, rc::Rc, sync::Arc, time::Duration};
use sync_server::service;
use testkit::harness::{Household, SoftAuthenticator, TestApp};
use tokio::{
    runtime::Runtime,
    sync::{Notify, oneshot},
};

pub const TAX_YEAR: TaxYear = TaxYear(2025);

const TEMPLATE: &str = r#"{"id":"t","version":1,"year":2025,"title":{"nl":"Vragen","en":"Questions"},"sections":[
 {"id":"all","title":{"nl":"Alles","en":"All"},"questions":[
  {"id":"moved","kind":"yes_no","text":{"nl":"Verhuisd?","en":"Moved?"}},
  {"id":"home","kind":"yes_no","text":{"nl":"Koopwoning?","en":"Own home?"}},
  {"id":"savings","kind":"amount","text":{"nl":"Spaargeld","en":"Savings"}}]}]}"#;

/// A running server. Its tasks have a runtime of their own, so that all of
/// them die at once.
pub struct Server {
    pub origin: String,
    pub home: Household,
    pub checklist: ChecklistId,
    pub app: Option<TestApp>,
    running: Rc<RefCell<Option<Runtime>>>,
    gone: Option<oneshot::Receiver<()>>,
    port: u16,
}

impl Server {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let origin = format!("http://localhost:{port}");
        let app = TestApp::with(|config| config.origin = Origin::parse(&origin).unwrap());
        let home = app.household("Wilgenhof");
        let dossiers = &app.state.dossiers;
        dossiers.open_year(&home.advisor, home.client.id, TAX_YEAR).unwrap();
        let template = Template::from_json(TEMPLATE).unwrap();
        let checklist =
            dossiers.set_out_checklist(&home.advisor, home.client.id, TAX_YEAR, template, None, false).unwrap();
        let mut server = Self { origin, home, checklist, app: Some(app), running: Rc::default(), gone: None, port };
        server.serve(listener);
        server
    }

    fn serve(&mut self, listener: TcpListener) {
        listener.set_nonblocking(true).unwrap();
        let state = self.app.as_ref().unwrap().state.clone();
        let runtime = Runtime::new().unwrap();
        let (dies, gone) = oneshot::channel::<()>();
        runtime.spawn(async move {
            // It ends with the listener, which ends with this task.
            let _dies = dies;
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            service::serve(state, listener, std::future::pending()).await.unwrap();
        });
        self.running.replace(Some(runtime));
        self.gone = Some(gone);
    }

    /// Returns a function that ends everything at once, as far as the other side can see.
    pub fn killer(&self) -> impl Fn() + 'static {
        let running = self.running.clone();
        move || {
            if let Some(runtime) = running.borrow_mut().take() {
                runtime.shutdown_background();
            }
        }
    }

    pub async fn kill(&mut self) {
        self.killer()();
        if let Some(gone) = self.gone.take() {
            gone.await.expect_err("the task ends with its runtime");
        }
    }

    /// Starts the server on the same data and the same port.
    pub async fn start(&mut self) {
        self.kill().await;
        self.app = self.app.take().map(TestApp::restarted);
        self.serve(TcpListener::bind(("127.0.0.1", self.port)).unwrap());
    }

    pub fn app(&self) -> &TestApp {
        self.app.as_ref().unwrap()
    }

    /// Returns the year as the server has it.
    pub fn year(&self) -> Arc<DossierYear> {
        self.app().state.dossiers.read(self.home.client.id, TAX_YEAR).unwrap()
    }

    pub fn key(&self) -> YearKey {
        YearKey { client: self.home.client.id, tax_year: TAX_YEAR }
    }

    pub fn question(&self, question: &str) -> AnswerKey {
        AnswerKey { checklist: self.checklist, question: question.into(), person: None, row: None }
    }

    pub fn answers(&self, question: &str) -> Vec<AnswerValue> {
        values(&self.year(), &self.question(question))
    }

    pub fn sql(&self, statement: &str) {
        let path = self.app().state.config.data.join("akkoord.db");
        rusqlite::Connection::open(path).unwrap().execute_batch(statement).unwrap();
    }
}

pub fn values(year: &DossierYear, key: &AnswerKey) -> Vec<AnswerValue> {
    year.answers.given.get(key).map(|all| all.iter().map(|a| a.value.clone()).collect()).unwrap_or_default()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.killer()();
    }
}

/// A person's device, whose app can be closed and opened.
pub struct Device {
    pub client: Client,
    pub authenticator: SoftAuthenticator,
    origin: String,
    folder: tempfile::TempDir,
}

impl Device {
    pub async fn new(server: &Server) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let client = open(&server.origin, folder.path().join("device.db")).await;
        Self { client, authenticator: SoftAuthenticator::new(), origin: server.origin.clone(), folder }
    }

    /// Returns a device of one of the two people, registered, with the year on it.
    pub async fn of(server: &Server, person: usize) -> Self {
        let row = &server.home.people[person];
        let token = server.app().invite(row);
        let device =
            Self::register(server, &StartRegistration::of(&token, &format!("user-{person}"), &row.email)).await;
        let key = server.key();
        device.until("the checklist is here", |c| !c.year(key).checklists.is_empty()).await;
        device
    }

    /// Accepts an invitation, as the page behind its link does, and starts the app of who just registered there.
    pub async fn register(server: &Server, start: &StartRegistration) -> Self {
        let network = Network::new(&server.origin);
        let mut authenticator = SoftAuthenticator::new();
        let ceremony: Ceremony = post(&network, "/api/registration/start", start).await;
        let credential = authenticator.create(&server.origin, &ceremony.options).await;
        let finish = FinishCeremony { ceremony: ceremony.ceremony, credential };
        let identity: Identity = post(&network, "/api/registration/finish", &finish).await;
        let folder = tempfile::tempdir().unwrap();
        let store = DeviceStore::open(&folder.path().join("device.db"));
        let client = Client::start_soon(network, std::future::ready(store), Some(Arrival { identity, secret: None }));
        let device = Self { client, authenticator, origin: server.origin.clone(), folder };
        device.until("the app is open", |c| matches!(c.status(), Status::SignedIn(_))).await;
        device
    }

    pub async fn log_in(&mut self) {
        let ceremony = self.client.start_login().await.unwrap();
        let credential = self.authenticator.get(&self.origin, &ceremony.options).await;
        self.client.finish_login(ceremony.ceremony, credential, None).await.unwrap();
        assert!(matches!(self.client.status(), Status::SignedIn(_)));
    }

    pub fn store_path(&self) -> PathBuf {
        self.folder.path().join("device.db")
    }

    /// Returns another client on the same storage, as another start of the app would find it.
    pub async fn another_start(&self) -> Client {
        open("http://localhost:1", self.store_path()).await
    }

    pub async fn until(&self, what: &str, is_so: impl Fn(&Client) -> bool) {
        let (client, changed) = (self.client.clone(), Rc::new(Notify::new()));
        let signal = changed.clone();
        client.subscribe(move || signal.notify_one());
        let waited = async {
            while !is_so(&client) {
                changed.notified().await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(40), waited).await.is_err() {
            panic!("never: {what}; {:?}, {:?}, {} unsent", client.connection(), client.saving(), client.unsent());
        }
    }

    /// Waits until everything is stored here and in the server's log.
    pub async fn until_sent(&self) {
        self.until("all is sent", |c| c.unsent() == 0 && c.saving() == app::client::Saving::Saved).await;
    }
}

async fn post<B: Serialize, T: DeserializeOwned>(network: &Network, path: &str, body: &B) -> T {
    let headers = vec![("content-type", "application/json".to_owned())];
    let body = serde_json::to_vec(body).unwrap();
    let request = Request { method: "POST", path: path.to_owned(), headers, body };
    let answer = network::request(network, request).await.unwrap();
    assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    serde_json::from_slice(&answer.body).unwrap()
}

async fn open(origin: &str, path: PathBuf) -> Client {
    Client::start(Network::new(origin), DeviceStore::open(&path)).await
}

/// Runs a test's people on one thread, as a browser does.
pub async fn on_one_thread(work: impl Future<Output = ()>) {
    tokio::task::LocalSet::new().run_until(work).await;
}
