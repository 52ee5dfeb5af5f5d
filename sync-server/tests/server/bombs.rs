//! A test with the real process: whatever files strangers send, the server and its workers together need little memory,
//! give it back, and an honest file still arrives.

use model::{hash::ContentHash, id::ClientId, section::Party, time::TaxYear};
use std::{
    collections::BTreeMap,
    fs,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use storage::db::DbError;
use testkit::{
    announcer::Announcer,
    bomb,
    harness::{Browser, TestApp},
    server_process::{ServerProcess, http, upload},
    upload::pdf,
};

const YEAR: TaxYear = TaxYear(2025);
/// The memory that the server and its workers may need together at one moment, and that one worker may ever need, in
/// MiB.
const MOST: u64 = 400;
const MOST_OF_WORKER: u64 = 144;

/// Returns a number of KiB from Linux's account of a process; None if the process is gone.
fn memory(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix("kB")?.trim().parse().ok())
}

/// Returns the workers of a server, and the memory that each has now and has needed at most, in KiB.
fn workers(server: u32) -> BTreeMap<u32, (u64, u64)> {
    let all = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |process: &u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse::<u32>().ok());
        parent == Some(server)
    };
    // One that has ended has no memory any more, and is not listed.
    let of = |process| Some((memory(process, "VmRSS:")?, memory(process, "VmHWM:")?));
    all.filter(is_child).filter_map(|process| Some((process, of(process)?))).collect()
}

fn cookie(browser: &Browser) -> String {
    browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

struct Siege {
    process: ServerProcess,
    client: ClientId,
    of_client: String,
    of_advisor: String,
    /// The device of the client, which announces each file.
    announcer: Mutex<Announcer>,
    _app: TestApp,
}

impl Siege {
    async fn begin() -> Self {
        let app = TestApp::new();
        let home = app.household("Wilgenhof");
        app.state.dossiers.open_year(&home.advisor, home.client.id, YEAR).unwrap();
        let of_client = cookie(&app.person_browser(&home.people[0]).await);
        let of_advisor = cookie(&app.advisor_browser(&home.advisor).await);
        // The process uses the real clock, by which the sessions of a test's clock would have ended.
        let far = "update session set expires_at = 9000000000000, last_used_at = 8000000000000,
                   console_used_at = 8000000000000, proven_at = 8000000000000";
        rusqlite::Connection::open(app.state.config.data.join("akkoord.db")).unwrap().execute_batch(far).unwrap();
        let process = ServerProcess::start(crate::PROGRAM, &app.state.config.data);
        let (document, log) = app
            .state
            .db
            .read::<_, DbError>(|q| {
                let rows = q.documents_of_client(home.client.id)?;
                let id = rows.iter().find(|row| row.info.party == Party::Client).unwrap().info.document;
                Ok((id, q.changes_after(id, 0, usize::MAX)?))
            })
            .unwrap();
        let announcer = Announcer::connect(&process, &of_client, home.people[0].id, document, &log).unwrap();
        let announcer = Mutex::new(announcer);
        Self { process, client: home.client.id, of_client, of_advisor, announcer, _app: app }
    }

    /// Sends a file of the client. Returns the status of the last answer.
    fn upload(&self, bytes: &[u8]) -> u16 {
        let hash = ContentHash::of(bytes);
        let id = self.announcer.lock().unwrap().announce(hash, bytes.len()).unwrap();
        upload(self.process.port, &self.of_client, self.client, YEAR, (id, hash), bytes).unwrap()
    }

    /// Sends a form of the advisor. A server that does not want to hear all of it may hang up.
    fn form(&self, path: &str, fields: &[(&str, usize)], file: &[u8]) -> Option<u16> {
        let mut body = Vec::new();
        for (name, size) in fields {
            body.extend(format!("--grens\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").bytes());
            body.resize(body.len() + size, b'a');
            body.extend(b"\r\n");
        }
        body.extend(b"--grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--grens--\r\n");
        let (port, cookie, length) = (self.process.port, &self.of_advisor, body.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost:{port}\r\norigin: http://localhost:{port}\r\ncookie: {cookie}\r\nconnection: close\r\n\
             content-type: multipart/form-data; boundary=grens\r\ncontent-length: {length}\r\n\r\n"
        );
        http(port, &head, &body)?.split(' ').nth(1)?.parse().ok()
    }

    /// Plays the whole corpus, several at a time.
    fn play(&self) {
        let pdfs = [
            bomb::packed_array(5_000_000),
            bomb::packed_array(30_000_000),
            bomb::packed_array(500_000_000),
            bomb::long_array(12_000_000),
            bomb::wide_dictionary(2_000_000),
            bomb::many_kids(4_000_000),
            bomb::many_objects(400_000),
            bomb::deep_array(12_000_000),
            bomb::backslashes(12_000_000),
        ];
        let logos = [bomb::png(6000, 0), bomb::png(2000, 0), bomb::png(64, 550_000)];
        let sheets = [bomb::wide_row(10_000_000), bomb::full_table()];
        std::thread::scope(|scope| {
            for pdf in &pdfs {
                scope.spawn(|| {
                    let status = self.upload(pdf);
                    assert!([204, 415, 422].contains(&status), "{status} for {} bytes", pdf.len());
                });
            }
            for logo in logos.iter().cycle().take(24) {
                scope.spawn(|| self.form("/kantoor/portaal", &[("name", 5)], logo));
            }
            for sheet in sheets.iter().cycle().take(6) {
                scope.spawn(|| self.form("/kantoor/importeren", &[], sheet));
            }
            for _ in 0..4 {
                scope.spawn(|| self.form("/kantoor/portaal", &[("welcome_nl", 40_000_000)], b""));
            }
            // In the middle of it all somebody sends a document.
            scope.spawn(|| assert_eq!(self.upload(&pdf()), 204));
        });
    }
}

#[tokio::test]
async fn the_whole_corpus_takes_little_memory_and_gives_it_back() {
    let siege = Siege::begin().await;
    let server = siege.process.id();
    let (over, of_all, of_worker) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                let mut all = memory(server, "VmRSS:").unwrap();
                for (now, most) in workers(server).into_values() {
                    all += now;
                    of_worker.fetch_max(most, Ordering::Relaxed);
                }
                of_all.fetch_max(all, Ordering::Relaxed);
                std::thread::park_timeout(Duration::from_millis(10));
            }
        });
        let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| siege.play()));
        over.store(true, Ordering::Relaxed);
        played.unwrap();
    });
    let (all, worker) = (of_all.into_inner(), of_worker.into_inner());
    println!("all {all} KiB, the server {:?} KiB, a worker {worker} KiB", memory(server, "VmHWM:"));
    assert!(worker > 0 && worker <= MOST_OF_WORKER * 1024, "{} MiB", worker / 1024);
    assert!(all <= MOST * 1024, "{} MiB", all / 1024);
    // Workers that nobody needs end, and the server goes on.
    let ended = async {
        while !workers(server).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), ended).await.unwrap();
    println!("server afterwards {:?} KiB", memory(server, "VmRSS:"));
    let other = [pdf(), b"\n".to_vec()].concat();
    assert_eq!(siege.upload(&other), 204);
    let worker = workers(server).into_keys().next().unwrap();
    println!("an idle worker {:?} KiB", memory(worker, "VmRSS:"));
}
