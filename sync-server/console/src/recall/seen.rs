//! Who has seen something of the firm, or may have it on a device.

use super::text::Seen as Text;
use crate::part::{frame::Frame, year::Loaded};
use documents::dossier::DossierYear;
use model::{event::Event, id::PersonId, record::*, time::Timestamp};
use storage::db::{Actor, Db, DbError, DeviceRow, FileReading, PastEvent};

/// The number of events of a year that are searched, newest first.
const EVENTS: u32 = 10_000;

/// What is known of one person.
pub struct Sight {
    pub name: String,
    /// What the person did with it, in sentences.
    pub lines: Vec<String>,
    /// The person's devices that were in contact since it was there, in sentences.
    pub devices: Vec<String>,
}

/// Returns what is known of each person of the client.
pub fn of(db: &Db, loaded: &Loaded, target: RecallTarget, frame: &Frame) -> Result<Vec<Sight>, DbError> {
    let year = &*loaded.year;
    let (files, since) = (year.files_of(target), set_out_at(year, target));
    let taken_back = year.recall(target).map(|recall| recall.at);
    let readings = db.read(|q| q.file_readings(loaded.client.id))?;
    let approvals = year.approvals_of(target);
    let of_approval =
        |past: &PastEvent| matches!(&past.event, Event::EvidenceRead { approval } if approvals.contains(approval));
    let mut packs = db.read(|q| q.events(loaded.client.id, loaded.tax_year, EVENTS))?;
    packs.retain(of_approval);
    let mut all = Vec::new();
    for (person, _) in &loaded.people {
        let devices = match person.account {
            // A device that was revoked since may still have it.
            Some(account) => db.read(|q| q.all_devices(account))?,
            None => Vec::new(),
        };
        let given = readings.iter().filter(|r| r.person == person.id && files.contains(&r.hash));
        let mut lines: Vec<_> = given.map(|reading| given_line(frame, *reading)).collect();
        lines.extend(done(year, target, person.id).into_iter().map(|(at, what)| line(frame, at, what)));
        let taken = packs.iter().filter(|past| past.actor == Actor::Person(person.id));
        lines.extend(taken.map(|past| Text(frame.language()).pack(&frame.time_format.exact(past.at))));
        let devices = devices.into_iter().filter(|device| device.last_seen_at >= since);
        let devices = devices.map(|device| device_line(frame, &device, taken_back)).collect();
        all.push(Sight { name: person.name.clone(), lines, devices });
    }
    Ok(all)
}

/// Something that a person did, by which the thing was seen.
enum Done {
    Opened,
    Approved,
    Declined,
    Read,
    Answered,
    Sent,
}

fn given_line(frame: &Frame, reading: FileReading) -> String {
    let t = Text(frame.language());
    let exact = |at| frame.time_format.exact(at);
    match reading.first_at == reading.last_at {
        true => t.given_once(&exact(reading.first_at)),
        false => t.given(&exact(reading.first_at), &exact(reading.last_at)),
    }
}

fn line(frame: &Frame, at: Timestamp, done: Done) -> String {
    let (t, at) = (Text(frame.language()), frame.time_format.exact(at));
    match done {
        Done::Opened => t.opened(&at),
        Done::Approved => t.approved(&at),
        Done::Declined => t.declined(&at),
        Done::Read => t.read(&at),
        Done::Answered => t.answered(&at),
        Done::Sent => t.sent(&at),
    }
}

fn device_line(frame: &Frame, device: &DeviceRow, taken_back: Option<Timestamp>) -> String {
    let t = Text(frame.language());
    let at = frame.time_format.exact(device.last_seen_at);
    match taken_back {
        None => t.device(&device.name, &at),
        Some(recalled) if device.last_seen_at > recalled => t.device_gone(&device.name, &at),
        Some(_) => t.device_open(&device.name, &at),
    }
}

fn set_out_at(year: &DossierYear, target: RecallTarget) -> Timestamp {
    let at = match target {
        RecallTarget::Revision(id) => year.revision(id).map(|r| r.revision.at),
        RecallTarget::Delivery(id) => year.deliveries.iter().find(|(known, _)| *known == id).map(|(_, d)| d.at),
        RecallTarget::Message(id) => year.messages.iter().find(|m| m.id == id).map(|m| m.at),
        RecallTarget::Checklist(id) => {
            year.tasks.iter().find(|t| t.task.kind == TaskKind::Checklist(id)).map(|t| t.task.at)
        }
        RecallTarget::Request(id) => year.task(id).map(|t| t.task.at),
    };
    at.unwrap_or_default()
}

/// Returns what a person did with a thing, and when.
fn done(year: &DossierYear, target: RecallTarget, person: PersonId) -> Vec<(Timestamp, Done)> {
    let mut all = Vec::new();
    match target {
        RecallTarget::Revision(id) => {
            let consent = year.revision(id).and_then(|r| r.consents.get(&person));
            all.extend(consent.and_then(|c| c.opened).map(|at| (at, Done::Opened)));
            let approvals = consent.into_iter().flat_map(|c| c.approvals.iter());
            all.extend(approvals.map(|(_, approval, _)| (approval.at, Done::Approved)));
            let declines = consent.into_iter().flat_map(|c| c.declines.iter());
            all.extend(declines.map(|(_, decline)| (decline.at, Done::Declined)));
        }
        RecallTarget::Message(id) => {
            let message = year.messages.iter().find(|m| m.id == id);
            let reading = year.readings.get(&person).filter(|r| message.is_some_and(|m| r.through >= m.at));
            all.extend(reading.map(|r| (r.at, Done::Read)));
        }
        RecallTarget::Checklist(id) => {
            let of = year.answers.given.iter().filter(|(key, _)| key.checklist == id).flat_map(|(_, answers)| answers);
            let first = of.filter(|answer| answer.by == person).map(|answer| answer.at).min();
            all.extend(first.map(|at| (at, Done::Answered)));
        }
        RecallTarget::Request(id) => {
            let sent = year.attachments.iter().map(|a| &a.attachment);
            let sent = sent.filter(|a| a.task == Some(id) && a.by == person).map(|a| a.at);
            let replies = year.item_replies.iter().filter(|(key, reply)| key.task == id && reply.by == person);
            let first = sent.chain(replies.map(|(_, reply)| reply.at)).min();
            all.extend(first.map(|at| (at, Done::Sent)));
        }
        RecallTarget::Delivery(_) => {}
    }
    all
}
