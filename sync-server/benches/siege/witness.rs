//! The people who go on with their work during a siege: two devices of a household, an advisor who looks at pages,
//! and another firm that waits for a mail.

use super::{
    device::Device,
    line::{PATIENCE, ask, status},
    world::{Employee, Orders, Person},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// The pause between two things that somebody does.
const PAUSE: Duration = Duration::from_millis(120);
/// The longest time for which a mail is waited for.
const MAIL: Duration = Duration::from_secs(120);

/// What was noticed so far.
#[derive(Default)]
struct Notes {
    /// Times of pushes and of what the other device heard of them, and of pages, in milliseconds. What failed counts
    /// as long as it was waited for.
    pushes: Mutex<Vec<f64>>,
    pages: Mutex<Vec<f64>>,
    failed: Mutex<usize>,
    /// The changes on their way to the other device, and those that were acknowledged.
    sent: Mutex<BTreeMap<[u8; 32], Instant>>,
    received: Mutex<BTreeSet<[u8; 32]>>,
    is_over: AtomicBool,
    /// True once the other device has stopped. Until then there is something for it to hear.
    is_heard: AtomicBool,
}

/// All who go on.
pub struct Witnesses {
    notes: Arc<Notes>,
    hands: Vec<JoinHandle<()>>,
    told: Mutex<(usize, usize)>,
    mail: Mutex<Option<(String, Instant)>>,
    slowest_mail: Mutex<f64>,
    other_firm: Employee,
    port: u16,
    mails: PathBuf,
}

impl Witnesses {
    pub fn start(orders: &Orders, data: &Path) -> Self {
        let notes = Arc::new(Notes::default());
        let spawn = |work: Box<dyn FnOnce(&Notes) + Send>| {
            let notes = notes.clone();
            std::thread::spawn(move || work(&notes))
        };
        let port = orders.port;
        let [one, other] = orders.honest.clone();
        let advisor = orders.advisor.clone();
        let hands = vec![
            spawn(Box::new(move |notes| push(notes, port, &one))),
            spawn(Box::new(move |notes| listen(notes, port, &other))),
            spawn(Box::new(move |notes| look(notes, port, &advisor))),
        ];
        Self {
            notes: notes.clone(),
            hands,
            told: Mutex::default(),
            mail: Mutex::default(),
            slowest_mail: Mutex::default(),
            other_firm: orders.other_firm.clone(),
            port,
            mails: data.join("mail"),
        }
    }

    /// Tells what was noticed since the last time.
    pub fn tell(&self, attack: &str) {
        let (pushes, pages) = (self.notes.pushes.lock().unwrap(), self.notes.pages.lock().unwrap());
        let mut told = self.told.lock().unwrap();
        let (new_pushes, new_pages) = (&pushes[told.0..], &pages[told.1..]);
        eprintln!(
            "{attack}: {} pushes, p50 {:.0} ms, p99 {:.0} ms; {} pages, p50 {:.0} ms, p99 {:.0} ms; {} failed so far; mail {:.1} s at most",
            new_pushes.len(),
            percentile(new_pushes, 0.5),
            percentile(new_pushes, 0.99),
            new_pages.len(),
            percentile(new_pages, 0.5),
            percentile(new_pages, 0.99),
            self.notes.failed.lock().unwrap(),
            self.slowest_mail.lock().unwrap()
        );
        *told = (pushes.len(), pages.len());
    }

    /// Lets the other firm invite somebody new.
    pub fn ask_for_mail(&self, attack: &str) {
        let address = format!("{attack}@nieuw.example");
        let number = format!("9{:04}", attack.bytes().map(u32::from).sum::<u32>());
        let form = format!(
            "number={number}&name=Nieuw+{number}&name_1=Nieuw+{number}&given_name_1=Nieuw&email_1={attack}%40nieuw.example&language_1=nl&action=invite"
        );
        let Employee { from, cookie, .. } = &self.other_firm;
        let what = ("POST", "/kantoor/klanten/nieuw");
        let answer = ask(*from, self.port, what, cookie, "application/x-www-form-urlencoded", form.as_bytes()).unwrap();
        assert_eq!(status(&answer), 303, "{}", String::from_utf8_lossy(&answer));
        *self.mail.lock().unwrap() = Some((address, Instant::now()));
    }

    /// Waits until that mail has left.
    pub fn wait_for_mail(&self) {
        let (address, asked) = self.mail.lock().unwrap().take().unwrap();
        let mut known = BTreeSet::new();
        let left = loop {
            let files = std::fs::read_dir(&self.mails).into_iter().flatten().flatten().map(|file| file.path());
            let new: Vec<_> = files.filter(|file| known.insert(file.clone())).collect();
            let texts = new.iter().filter_map(|file| Some((file, std::fs::read_to_string(file).ok()?)));
            if let Some((file, _)) = texts.into_iter().find(|(_, text)| text.contains(&address)) {
                let written = std::fs::metadata(file).unwrap().modified().unwrap();
                break asked.elapsed().saturating_sub(written.elapsed().unwrap_or_default());
            }
            if asked.elapsed() > MAIL {
                break MAIL;
            }
            std::thread::sleep(PAUSE);
        };
        let mut slowest = self.slowest_mail.lock().unwrap();
        *slowest = slowest.max(left.as_secs_f64());
    }

    /// Lets everybody stop. Returns the 99th percentiles of pushes and pages, the slowest mail, and the changes that
    /// were acknowledged.
    pub fn end(self) -> (f64, f64, f64, BTreeSet<[u8; 32]>) {
        self.notes.is_over.store(true, Ordering::SeqCst);
        self.hands.into_iter().for_each(|hand| hand.join().unwrap());
        let p99 = |times: &Mutex<Vec<f64>>| percentile(&times.lock().unwrap(), 0.99);
        let received = self.notes.received.lock().unwrap().clone();
        (p99(&self.notes.pushes), p99(&self.notes.pages), *self.slowest_mail.lock().unwrap(), received)
    }
}

fn percentile(times: &[f64], part: f64) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let at = (times.len() as f64 * part) as usize;
    times.get(at.min(times.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

impl Notes {
    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    fn fail(&self, times: &Mutex<Vec<f64>>, waited: Duration) {
        *self.failed.lock().unwrap() += 1;
        times.lock().unwrap().push(waited.max(Duration::from_secs(1)).as_secs_f64() * 1000.0);
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// Connects, as an app does: again and again.
fn connect(notes: &Notes, port: u16, person: &Person) -> Option<Device> {
    while !notes.is_over() {
        let began = Instant::now();
        match Device::connect(port, person) {
            Some(device) => return Some(device),
            None => notes.fail(&notes.pushes, began.elapsed()),
        }
        std::thread::sleep(PAUSE);
    }
    None
}

/// Pushes one message after the other, until the other device has heard enough.
fn push(notes: &Notes, port: u16, person: &Person) {
    while let Some(mut device) = connect(notes, port, person) {
        while !notes.is_heard.load(Ordering::SeqCst) {
            let began = Instant::now();
            let mut written = [0; 32];
            let tell = |hash, sent| {
                written = hash;
                notes.sent.lock().unwrap().insert(hash, sent);
            };
            let Some(sent) = device.write(tell) else {
                notes.fail(&notes.pushes, began.elapsed());
                break;
            };
            notes.pushes.lock().unwrap().push(milliseconds(sent));
            notes.received.lock().unwrap().insert(written);
            std::thread::sleep(PAUSE);
        }
    }
}

/// Hears what the other device pushes.
fn listen(notes: &Notes, port: u16, person: &Person) {
    while let Some(mut device) = connect(notes, port, person) {
        while !notes.is_over() {
            let Some(hashes) = device.receive() else {
                notes.fail(&notes.pushes, PATIENCE);
                break;
            };
            let mut sent = notes.sent.lock().unwrap();
            for hash in hashes {
                if let Some(sent) = sent.remove(&hash) {
                    notes.pushes.lock().unwrap().push(milliseconds(sent));
                }
            }
        }
    }
    notes.is_heard.store(true, Ordering::SeqCst);
}

/// Looks at one page after the other.
fn look(notes: &Notes, port: u16, advisor: &Employee) {
    let pages = ["/kantoor".to_owned(), "/kantoor/klanten".into(), format!("/kantoor/klanten/{}/2025", advisor.number)];
    for page in pages.iter().cycle() {
        if notes.is_over() {
            return;
        }
        let began = Instant::now();
        match ask(advisor.from, port, ("GET", page), &advisor.cookie, "text/plain", b"") {
            Ok(answer) if status(&answer) == 200 => notes.pages.lock().unwrap().push(milliseconds(began)),
            _ => notes.fail(&notes.pages, began.elapsed()),
        }
        std::thread::sleep(PAUSE);
    }
}
