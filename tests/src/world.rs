//! A whole world in one process: the real server core on a real database,
//! real clients without a screen, and a network that loses, delays, repeats
//! and reorders as a seed says. The same seed always plays the same world.

mod device;
mod dice;
mod household;

use app::client::{LocalStore, YearKey, keys};
use device::{Device, Line, open_engine};
use dice::Dice;
use documents::{
    dossier::{DossierYear, Sender},
    protocol,
};
use dossiers::Pusher;
use futures_util::FutureExt;
use household::{Server, add_device, found_firm};
use model::{
    checklist::{AnswerKey, AnswerValue, Template},
    id::*,
    record::*,
    section::Write,
    time::{TaxYear, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use storage::{clock::Clock, db::Advisor};
use sync_server::sync::Connection;

const TAX_YEAR: TaxYear = TaxYear(2025);
const QUESTIONS: [&str; 4] = ["moved", "home", "savings", "jobs"];

const TEMPLATE: &str = r#"{"id":"world","version":1,"year":2025,"title":{"nl":"Vragen","en":"Questions"},"sections":[
 {"id":"all","title":{"nl":"Alles","en":"All"},"questions":[
  {"id":"moved","kind":"yes_no","text":{"nl":"Verhuisd?","en":"Moved?"}},
  {"id":"home","kind":"yes_no","text":{"nl":"Koopwoning?","en":"Own home?"}},
  {"id":"savings","kind":"amount","text":{"nl":"Spaargeld","en":"Savings"}},
  {"id":"jobs","kind":"rows","text":{"nl":"Werkgevers","en":"Employers"},"columns":[
    {"id":"employer","kind":"text","text":{"nl":"Naam","en":"Name"}}]}]}]}"#;

/// A world, as the text of this module describes it.
pub struct World {
    dice: Dice,
    time: Arc<AtomicI64>,
    server: Server,
    advisor: Advisor,
    client: ClientId,
    checklist: ChecklistId,
    devices: Vec<Device>,
    /// The events of the world so far, for a person who looks into a failure.
    pub story: Vec<String>,
}

impl World {
    /// Returns a firm with one client of two partners; the first has two devices.
    pub fn new(seed: u64) -> Self {
        let dice = Dice::of(seed);
        let time = Arc::new(AtomicI64::new(1_770_000_000_000));
        let now = time.clone();
        let clock = Clock::of(move || Timestamp(now.load(Ordering::Relaxed)));
        let mut server = Server { folder: tempfile::tempdir().expect("a folder"), clock, running: None };
        server.start();
        let (advisor, client, partners) = found_firm(server.db(), &dice);
        let dossiers = server.dossiers();
        dossiers.open_year(&advisor, client, TAX_YEAR).expect("opened");
        let template = Template::from_json(TEMPLATE).expect("a template");
        let checklist = dossiers.set_out_checklist(&advisor, client, TAX_YEAR, template, None, false).expect("set out");
        let names = [("marieke-phone", 0), ("marieke-laptop", 0), ("thomas-phone", 1)];
        let devices = names.map(|(name, partner): (&'static str, usize)| {
            add_device(server.db(), &partners[partner], name, client, &dice)
        });
        Self { dice, time, server, advisor, client, checklist, devices: devices.into(), story: Vec::new() }
    }

    fn year(&self) -> YearKey {
        YearKey { client: self.client, tax_year: TAX_YEAR }
    }

    fn tell(&mut self, what: String) {
        self.story.push(what);
    }

    /// Lets one thing happen.
    pub fn step(&mut self) {
        self.time.fetch_add(1 + self.dice.below(50_000) as i64, Ordering::Relaxed);
        let device = self.dice.below(self.devices.len());
        match self.dice.below(100) {
            0..30 => self.write(device),
            30..45 => self.devices[device].keep_one(),
            45..48 => self.promise(device),
            48..58 => self.connect(device),
            58..62 => {
                self.tell(format!("{} is cut off", self.devices[device].name));
                self.devices[device].cut();
            }
            62..64 => {
                self.tell(format!("{} is killed", self.devices[device].name));
                let dice = self.dice.clone();
                self.devices[device].restart(&dice);
            }
            64..65 => self.restart_server(),
            65..67 => self.firm_writes(),
            67..69 => self.disturb(device),
            _ => {
                if self.dice.one_in(2) {
                    self.deliver_to_server(device);
                } else {
                    self.deliver_to_device(device);
                }
            }
        }
    }

    fn write(&mut self, device: usize) {
        let question = QUESTIONS[self.dice.below(QUESTIONS.len())];
        let at = Timestamp(self.time.load(Ordering::Relaxed));
        let year = self.year();
        let by = self.devices[device].person();
        let key = AnswerKey { checklist: self.checklist, question: question.to_owned(), person: None, row: None };
        let write = match question {
            "savings" => {
                let value = AnswerValue::Amount(model::money::Cents(self.dice.below(5) as i64 * 100));
                Write::of(&key, &Answer { value, by, at })
            }
            "jobs" => {
                let id = MessageId::from_random(self.dice.bytes());
                Write::of(
                    &id,
                    &Message { by, at, body: "Een vraag".into(), about: None, answer: None, attachments: Vec::new() },
                )
            }
            _ => {
                let value = if self.dice.one_in(2) { AnswerValue::Yes } else { AnswerValue::No };
                Write::of(&key, &Answer { value, by, at })
            }
        };
        // The checklist's id is left out, because the server chooses it and it differs each time.
        let written = format!("{} writes {question} {}", self.devices[device].name, write.value);
        // Before the first sync there is no year to write in.
        if self.devices[device].engine.write(year, vec![write], at).is_ok() {
            self.tell(written);
        }
        self.pass_on(device);
    }

    /// Notes what this device has on its disk, so that the screen says so: from
    /// now on it must arrive.
    fn promise(&mut self, device: usize) {
        let year = self.year();
        let device = &mut self.devices[device];
        device.keep_all();
        let by = device.person();
        let own = device
            .engine
            .year(year)
            .messages
            .iter()
            .filter(|m| m.from == Sender::Person(by))
            .map(|m| m.id.to_string())
            .collect::<Vec<_>>();
        device.promised.extend(own);
    }

    fn connect(&mut self, device: usize) {
        let dossiers = self.server.dossiers().clone();
        let device = &mut self.devices[device];
        if device.line.is_some() {
            return;
        }
        let pusher = Pusher { account: device.identity.account, device: device.identity.device };
        let connection = Connection::new(dossiers, pusher, Box::new(|| Ok(true)));
        device.line = Some(Line { connection, to_server: VecDeque::new(), to_device: VecDeque::new() });
        device.engine.connected();
        let told = format!("{} connects", device.name);
        self.tell(told);
        let index = self.devices.iter().position(|d| d.line.is_some()).unwrap_or(0);
        self.pass_on(index);
    }

    /// Puts what the engine wants to send onto the connection.
    fn pass_on(&mut self, device: usize) {
        let device = &mut self.devices[device];
        if let Some(line) = &mut device.line {
            line.to_server.extend(device.engine.take_outgoing());
        }
    }

    fn deliver_to_server(&mut self, device: usize) {
        self.pass_on(device);
        let Some(line) = &mut self.devices[device].line else { return };
        let Some(frame) = line.to_server.pop_front() else { return };
        let message = Connection::read(&frame).expect("a message");
        let answer = line.connection.receive(message).expect("the server keeps the connection");
        line.to_device.extend(answer.iter().map(protocol::encode));
        self.ring();
    }

    /// Lets the hub tell every connection that something grew.
    fn ring(&mut self) {
        for device in &mut self.devices {
            if let Some(line) = &mut device.line {
                while let Some(grown) = line.connection.next_message().expect("the log is read") {
                    line.to_device.push_back(protocol::encode(&grown));
                }
            }
        }
    }

    fn deliver_to_device(&mut self, device: usize) {
        let at = Timestamp(self.time.load(Ordering::Relaxed));
        let device = &mut self.devices[device];
        if let Some(line) = &mut device.line
            && let Some(frame) = line.to_device.pop_front()
        {
            device.engine.receive(&frame, at);
            line.to_server.extend(device.engine.take_outgoing());
        }
    }

    /// Swaps two messages, repeats one, or loses one.
    fn disturb(&mut self, device: usize) {
        let kind = self.dice.below(3);
        let Some(line) = &mut self.devices[device].line else { return };
        let queue = &mut line.to_device;
        match (kind, queue.len()) {
            (0, 2..) => queue.swap(0, 1),
            (1, 1..) => queue.extend(queue.front().cloned()),
            (2, 1..) => drop(queue.pop_front()),
            _ => return,
        }
        let told = format!("a message to {} is disturbed", self.devices[device].name);
        self.tell(told);
    }

    fn restart_server(&mut self) {
        self.tell("the server is killed".into());
        self.devices.iter_mut().for_each(Device::cut);
        self.server.running = None;
        self.server.start();
    }

    fn firm_writes(&mut self) {
        self.tell("the firm writes".into());
        let dossiers = self.server.dossiers();
        dossiers.write_message(&self.advisor, self.client, TAX_YEAR, "Goedemorgen".into()).expect("written");
        self.ring();
    }

    /// Lets the network work again, so that everything arrives.
    pub fn settle(&mut self) {
        for device in 0..self.devices.len() {
            self.promise(device);
            self.devices[device].cut();
        }
        for _ in 0..200 {
            for device in 0..self.devices.len() {
                self.connect(device);
                self.pass_on(device);
                while self.devices[device].line.as_ref().is_some_and(|l| !l.to_server.is_empty()) {
                    self.deliver_to_server(device);
                }
                while self.devices[device].line.as_ref().is_some_and(|l| !l.to_device.is_empty()) {
                    self.deliver_to_device(device);
                }
                self.devices[device].keep_all();
            }
            if self.is_quiet() {
                return;
            }
        }
    }

    fn is_quiet(&self) -> bool {
        self.devices.iter().all(|device| {
            let line = device.line.as_ref();
            device.engine.unsent() == 0 && line.is_some_and(|l| l.to_server.is_empty() && l.to_device.is_empty())
        })
    }

    /// Checks what must be true once everything arrived. The error says what is not.
    pub fn check(&mut self) -> Result<(), String> {
        let truth = self.server.dossiers().read(self.client, TAX_YEAR).map_err(|e| e.to_string())?;
        self.server.running = None;
        self.server.start();
        let from_log = self.server.dossiers().read(self.client, TAX_YEAR).map_err(|e| e.to_string())?;
        if *truth != *from_log {
            return Err("the log gives another year than the server had in memory".into());
        }
        for device in &self.devices {
            self.check_device(device, &truth)?;
        }
        Ok(())
    }

    fn check_device(&self, device: &Device, truth: &DossierYear) -> Result<(), String> {
        let name = device.name;
        if device.engine.unsent() > 0 {
            return Err(format!("{name} has {} changes that never arrived", device.engine.unsent()));
        }
        if *device.engine.year(self.year()) != *truth {
            return Err(format!("{name} sees another year than the server"));
        }
        let there: BTreeSet<_> = truth.messages.iter().map(|m| m.id.to_string()).collect();
        if let Some(lost) = device.promised.difference(&there).next() {
            return Err(format!("{name}: {lost} was kept and is lost"));
        }
        let stored =
            device.store.load(&keys::all_quarantined(device.identity.account)).now_or_never().expect("at once");
        let quarantined = stored.expect("read").len();
        if quarantined > 0 {
            return Err(format!("{name} put {quarantined} honest changes into quarantine"));
        }
        let again = open_engine(&device.identity, &device.store, &self.dice);
        if *again.year(self.year()) != *truth {
            return Err(format!("{name} sees another year after a restart"));
        }
        Ok(())
    }

    /// Returns the number of questions with differing answers at present.
    pub fn differing(&self) -> usize {
        let year = self.server.dossiers().read(self.client, TAX_YEAR).expect("read");
        year.answers.given.values().filter(|answers| answers.len() > 1).count()
    }
}

/// Plays the world of `seed` to its end. Returns the number of questions that ended with differing answers,
/// or the story and the reason if something is wrong.
pub fn play(seed: u64, steps: usize) -> Result<usize, String> {
    let mut world = World::new(seed);
    for _ in 0..steps {
        world.step();
    }
    world.settle();
    match world.check() {
        Ok(()) => Ok(world.differing()),
        Err(reason) => Err(format!("{}\nseed {seed}: {reason}", world.story.join("\n"))),
    }
}

/// The number of times that each number of differing answers occurred.
pub type Tally = BTreeMap<usize, usize>;
