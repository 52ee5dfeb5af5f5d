//! What waits on a device, and for how long: a budget that is used up, a clock that is wrong, a document that cannot be
//! read. None of it is ever lost, and none of it holds up what could go.

use super::{MARIEKE, NOW, Scene, YEAR, answer, identity};
use app::client::Waiting;
use documents::{
    document::Document,
    protocol::{self, Capabilities, ToDevice, ToServer},
};
use model::{
    checklist::AnswerValue,
    hash::ContentHash,
    id::*,
    record::{Answer, Attachment, Message, Withdrawal},
    section::{Section, Write},
    time::Timestamp,
};

const DAY: i64 = 24 * 60 * 60 * 1000;

impl Scene {
    /// Goes on until neither side has anything to say. The server's clock shows `now`.
    fn talk(&mut self, now: Timestamp) {
        for _ in 0..50 {
            let sent = self.engine.take_outgoing();
            if sent.is_empty() {
                return self.keep();
            }
            for frame in sent {
                match protocol::decode(&frame).unwrap() {
                    ToServer::AskClock => self.receive(&ToDevice::Clock(now)),
                    ToServer::Hello { documents, .. } => {
                        let known = documents.first().map_or(0, |(_, seq)| *seq);
                        self.announce_with(Capabilities::of_this_release());
                        self.stream(usize::try_from(known).unwrap());
                    }
                    ToServer::Push { batch, changes, .. } => {
                        let known = self.log.len();
                        match self.judge(&changes, MARIEKE) {
                            Ok(()) => self.stream(known),
                            Err(refused) => self.refuse(batch, u32::try_from(refused.index).unwrap(), refused.reason),
                        }
                    }
                }
            }
        }
        panic!("they never come to an end");
    }

    fn greet(&mut self, now: Timestamp) {
        self.engine.disconnected();
        self.engine.connected();
        self.talk(now);
    }

    fn say(&mut self, write: Write) {
        self.engine.write(YEAR, vec![write], self.clock).unwrap();
    }

    fn attach(&mut self, n: u8) -> AttachmentId {
        let id = AttachmentId::from_bytes([n; 16]);
        let attachment = Attachment {
            name: "woz.pdf".into(),
            media_type: "application/pdf".into(),
            size: 10,
            hash: ContentHash([n; 32]),
            by: MARIEKE,
            at: self.clock,
            answers: None,
            task: None,
            item: None,
            kind: None,
            replaces: None,
            year: None,
            note: String::new(),
        };
        self.say(Write::of(&id, &attachment));
        id
    }

    fn withdraw(&mut self, id: AttachmentId) {
        self.say(Write::of(&id, &Withdrawal { by: MARIEKE, at: self.clock }));
    }

    fn waits(&self) -> (usize, Option<Waiting>) {
        (self.engine.unsent(), self.engine.waiting())
    }
}

#[test]
fn what_is_over_the_budget_of_a_day_waits_for_the_next_and_withdrawals_go_on() {
    let mut scene = Scene::new();
    scene.greet(NOW);
    let arrived = scene.attach(60);
    scene.talk(NOW);
    scene.engine.disconnected();
    scene.room.today = 2;
    for question in ["moved", "home"] {
        scene.write(question, AnswerValue::Yes);
    }
    let late = scene.attach(61);
    scene.write("moved", AnswerValue::No);
    scene.greet(NOW);
    assert_eq!(scene.waits(), (2, Some(Waiting::Day)), "two had room");
    assert!(scene.engine.take_outgoing().is_empty(), "and the server is not asked again and again");
    scene.withdraw(arrived);
    scene.withdraw(late);
    scene.talk(NOW);
    assert_eq!(scene.waits(), (3, Some(Waiting::Day)), "a withdrawal of what waits waits with it");
    assert!(scene.server.contains(Section::Withdrawals, &arrived.to_string()));

    scene.greet(NOW);
    assert_eq!(scene.waits().0, 3, "the day is not over");
    scene.room.today = 2_000;
    scene.greet(Timestamp(NOW.0 + DAY));
    assert_eq!((scene.waits(), scene.quarantined()), ((0, None), 0));
    assert_eq!(scene.given("moved"), [AnswerValue::No], "in the order in which it was written");
    assert!(scene.server.contains(Section::Withdrawals, &late.to_string()));
}

#[test]
fn what_has_no_room_in_a_full_year_stays_on_the_device_and_says_so() {
    let mut scene = Scene::new();
    scene.room.records = 0;
    scene.write("moved", AnswerValue::Yes);
    scene.greet(NOW);
    assert_eq!(scene.waits(), (1, Some(Waiting::Year)));
    scene.engine.open(identity(), scene.kept.clone().into_iter().collect(), true);
    scene.greet(NOW);
    assert_eq!((scene.waits(), scene.given("moved")), ((1, Some(Waiting::Year)), vec![AnswerValue::Yes]));
    scene.room.records = 10;
    scene.greet(Timestamp(NOW.0 + DAY));
    assert_eq!((scene.waits(), scene.quarantined()), ((0, None), 0));
}

#[test]
fn a_device_with_a_wrong_clock_is_told_and_loses_nothing() {
    for clock in [-1, 0, 1_000_000_000_000, NOW.0 + 400 * DAY, 8_000_000_000_000_000] {
        let mut scene = Scene::new();
        scene.engine.disconnected();
        scene.clock = Timestamp(clock);
        let message = Message {
            by: MARIEKE,
            at: scene.clock,
            body: "van ver".into(),
            about: None,
            answer: None,
            attachments: Vec::new(),
        };
        let id = MessageId::from_bytes([70; 16]);
        scene.say(Write::of(&id, &message));
        scene.clock = Timestamp(clock + 60_000);
        assert!(!scene.engine.is_clock_wrong(), "nobody said so yet");
        scene.greet(NOW);
        assert_eq!((scene.engine.unsent(), scene.quarantined()), (0, 0), "{clock}");
        assert!(scene.engine.is_clock_wrong(), "{clock}");
        let year = scene.engine.year(YEAR);
        assert_eq!(year.messages[0].at, Timestamp(NOW.0 - 60_000), "a minute before the server's clock, as it was");
        assert_eq!(scene.server.record::<Message>(&id).unwrap().body, "van ver");
    }
    let mut scene = Scene::new();
    scene.clock = Timestamp(NOW.0 - 600_000);
    scene.write("moved", AnswerValue::Yes);
    scene.greet(NOW);
    assert!(!scene.engine.is_clock_wrong(), "ten minutes are nothing");
}

#[test]
fn a_device_goes_on_while_more_changes_stand_side_by_side_than_it_may_name() {
    let mut scene = Scene::new();
    for n in 0..40 {
        let mut other = Document::blank(model::section::Party::Client).unwrap().0;
        let key = model::checklist::AnswerKey { row: Some(RowId::from_bytes([n; 16])), ..super::key("moved") };
        let record = Answer { value: AnswerValue::Row(true), by: MARIEKE, at: NOW };
        let raw = other.write(&[1 + n; 16], NOW, &[Write::of(&key, &record)]).unwrap().unwrap();
        scene.server.apply([raw.bytes.as_slice()]).unwrap();
        scene.log.push(raw.bytes);
    }
    scene.stream(1);
    scene.write("moved", AnswerValue::Yes);
    scene.write("moved", AnswerValue::No);
    scene.talk(NOW);
    assert_eq!((scene.engine.unsent(), scene.given("moved")), (0, vec![AnswerValue::No]));
    scene.say(answer("home", AnswerValue::Yes, MARIEKE));
    scene.talk(NOW);
    assert_eq!((scene.engine.unsent(), scene.given("home")), (0, vec![AnswerValue::Yes]));
}

#[test]
fn a_document_that_cannot_be_read_is_left_alone_and_the_outbox_stays() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    scene.engine.take_outgoing();
    scene.log.push(vec![0xff; 40]);
    scene.engine.disconnected();
    scene.engine.connected();
    scene.talk(NOW);
    assert_eq!(scene.waits(), (1, Some(Waiting::Unreadable)), "it was fetched again, and then no more");
    scene.log.pop();
    scene.engine.open(identity(), scene.kept.clone().into_iter().collect(), true);
    scene.greet(NOW);
    assert_eq!((scene.waits(), scene.given("moved")), ((0, None), vec![AnswerValue::Yes]));
}

#[test]
fn an_app_that_gave_up_twice_starts_without_reading_and_keeps_what_was_not_sent() {
    let mut scene = Scene::new();
    scene.write("moved", AnswerValue::Yes);
    scene.engine.take_outgoing();
    scene.keep();
    let kept = scene.kept.clone();
    scene.engine.open(identity(), kept.clone().into_iter().collect(), false);
    scene.greet(NOW);
    assert_eq!(scene.waits(), (1, Some(Waiting::Unreadable)));
    assert_eq!(scene.kept, kept, "nothing on the device was touched");
    scene.engine.open(identity(), scene.kept.clone().into_iter().collect(), true);
    scene.greet(NOW);
    assert_eq!((scene.waits(), scene.given("moved")), ((0, None), vec![AnswerValue::Yes]));
}
