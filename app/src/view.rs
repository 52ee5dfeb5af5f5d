//! What a screen shows of one year at one moment: a plain value, taken from the client when something changed. It
//! never changes anything itself.

use crate::client::{Client, Connection, Identity, Saving, UploadState, Waiting, YearKey};
use documents::dossier::{ApprovalState, ConsentState, DossierYear, GivenRevision, GivenTask, TaskState};
use model::{
    approval::SignedRevision,
    hash::ContentHash,
    id::{ApprovalId, AttachmentId, ChecklistId, ClientId, PersonId, TaskId},
    language::Language,
    record::{AdvisorProfile, MAX_ITEMS, Role, TaskKind},
    section::Section,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};
use ui::format;

/// Data that all screens show in their frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// Language of the person.
    pub language: Language,
    /// Full name of the person.
    pub name: String,
    /// Given name of the person.
    pub given_name: String,
    /// Hour of the day at the person's place.
    pub hour: i8,
    /// Name of the firm.
    pub firm: String,
    /// Hash that names the firm's logo.
    pub logo: Option<ContentHash>,
    /// State of the connection to the server.
    pub connection: Connection,
    /// State of saving on the device.
    pub saving: Saving,
    /// Number of records and files that the firm does not have yet.
    pub unsent: usize,
    /// True if the device has a network. What cannot be sent is then the server's fault.
    pub network: bool,
    /// Reason why something waits although the server answers, if there is one.
    pub waiting: Option<Waiting>,
    /// True if the clock of this device is wrong, as the server said.
    pub is_clock_wrong: bool,
    /// Dossiers to choose from, if there are several.
    pub dossiers: Vec<OtherDossier>,
}

/// Approvals that this device gave with one signature, and that the passkey has to confirm.
#[derive(Debug, Clone, PartialEq)]
pub struct Unconfirmed {
    /// The list that was signed.
    pub signed: Vec<SignedRevision>,
    /// The approvals that still need it.
    pub approvals: Vec<ApprovalId>,
    /// The names of their returns.
    pub names: Vec<String>,
}

/// One of several dossiers that a login belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherDossier {
    /// Client that the dossier belongs to.
    pub client: ClientId,
    /// Name of the firm.
    pub firm: String,
    /// Names of the people of the household, as far as this device knows them.
    pub people: String,
    /// Number of open tasks in that dossier.
    pub open: usize,
    /// True if it is the dossier on the screen.
    pub current: bool,
}

impl Workspace {
    /// Takes the frame's data for somebody who is signed in.
    pub fn of(client: &Client, identity: &Identity) -> Self {
        let person = client.membership();
        let person = person.as_ref();
        Self {
            language: client.language(),
            name: person.map_or_else(|| identity.user_name.clone(), |p| p.name.clone()),
            given_name: person.map_or_else(|| identity.user_name.clone(), |p| p.given_name.clone()),
            hour: client.now().at_offset(client.utc_offset_minutes()).hour(),
            firm: person.map(|p| p.firm_name.clone()).unwrap_or_default(),
            logo: person.and_then(|p| p.logo),
            connection: client.connection(),
            saving: client.saving(),
            unsent: client.unsent(),
            network: client.has_network(),
            waiting: client.waiting(),
            is_clock_wrong: client.is_clock_wrong(),
            dossiers: dossiers(client),
        }
    }

    /// Returns true if the login belongs to a dossier.
    pub fn has_dossier(&self) -> bool {
        !self.firm.is_empty()
    }

    /// Returns true if the device has a network and unsent work, but the server does not take it.
    pub fn is_stuck(&self) -> bool {
        self.is_offline() && self.network && self.unsent > 0
    }

    /// Returns true if nothing can be sent at present.
    pub fn is_offline(&self) -> bool {
        matches!(self.connection, Connection::Offline)
    }
}

/// One year of one client.
#[derive(Debug, Clone)]
pub struct View {
    /// Key of the year.
    pub key: YearKey,
    /// Everything that client and firm exchanged.
    pub year: Rc<DossierYear>,
    /// The person who looks, among the client's people.
    pub me: Option<PersonId>,
    /// Data of the frame.
    pub workspace: Workspace,
    /// Present minute. It has no seconds, because a screen is not drawn again for every moment.
    pub now: Timestamp,
    /// Minutes by which local time is ahead of UTC.
    pub offset: i32,
    /// Records of this client that are only on this device.
    pub unsent_records: Rc<BTreeSet<(Section, String)>>,
    /// State of the upload of each of the client's files.
    pub uploads: Rc<BTreeMap<AttachmentId, UploadState>>,
}

impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        // The client returns the same pointer until something is written.
        Rc::ptr_eq(&self.year, &other.year)
            && (self.key, self.me, self.now, self.offset) == (other.key, other.me, other.now, other.offset)
            && self.workspace == other.workspace
            && self.unsent_records == other.unsent_records
            && self.uploads == other.uploads
    }
}

impl View {
    /// Takes the year `key` as it is now.
    pub fn of(client: &Client, key: YearKey, workspace: Workspace) -> Self {
        let year = client.year(key);
        let uploads = year.attachments.iter().map(|a| (a.id, client.upload(a.id))).collect();
        Self {
            key,
            me: client.me(key.client),
            workspace,
            now: client.now().to_minute(),
            offset: client.utc_offset_minutes(),
            unsent_records: Rc::new(client.unsent_records(key)),
            uploads: Rc::new(uploads),
            year,
        }
    }

    /// Returns the language of the person.
    pub fn language(&self) -> Language {
        self.workspace.language
    }

    /// Returns the tax year in digits, such as `2025`.
    pub fn tax_year(&self) -> String {
        self.key.tax_year.to_string()
    }

    /// Returns true if a record of this client is only on this device.
    pub fn is_unsent(&self, section: Section, key: &str) -> bool {
        self.unsent_records.contains(&(section, key.to_owned()))
    }

    /// Returns true if the hand-in of a checklist is only on this device.
    pub fn is_hand_in_unsent(&self, checklist: ChecklistId) -> bool {
        let id = self.year.hand_in_ids.get(&checklist);
        id.is_some_and(|id| self.is_unsent(Section::HandIns, &id.to_string()))
    }

    /// Counts the records of one kind that are only on this device.
    pub fn count_unsent(&self, section: Section) -> usize {
        self.unsent_records.iter().filter(|(s, _)| *s == section).count()
    }

    /// Writes a moment as short as possible.
    pub fn moment(&self, at: Timestamp) -> String {
        format::moment(at, self.now, self.offset, self.language())
    }

    /// Writes a day in words, with the year.
    pub fn day(&self, at: Timestamp) -> String {
        format::date_long(at.at_offset(self.offset).date(), self.language())
    }

    /// Returns the name of the firm.
    pub fn firm(&self) -> &str {
        self.year.cover.as_ref().map_or(&self.workspace.firm, |c| &c.firm.name)
    }

    /// Returns who looks after the client, if that is known.
    pub fn advisor(&self) -> Option<&AdvisorProfile> {
        self.year.cover.as_ref().map(|c| &c.advisor)
    }

    /// Returns the name that clients use for the advisor, or the firm's name if that is not known.
    pub fn advisor_name(&self) -> &str {
        match self.advisor() {
            Some(advisor) if !advisor.given_name.is_empty() => &advisor.given_name,
            _ => self.firm(),
        }
    }

    /// Returns the given name of the person who looks.
    pub fn given_name(&self) -> &str {
        self.me.map_or(self.workspace.name.as_str(), |me| self.year.given_name(me))
    }

    /// Returns the role of the person who looks.
    pub fn role(&self) -> Option<Role> {
        Some(self.year.people.get(&self.me?)?.role)
    }

    /// Returns true if the person who looks may fill in and send.
    pub fn may_fill_in(&self) -> bool {
        matches!(self.role(), Some(Role::Approver | Role::Filler))
    }

    /// Counts the firm's messages that the person who looks has not read.
    pub fn unread(&self) -> usize {
        self.me.map_or(0, |me| self.year.unread_by(me))
    }

    /// Returns the state of a task for the person who looks.
    pub fn state(&self, task: &GivenTask) -> TaskState {
        self.me.map_or(TaskState::Waiting, |me| self.year.task_state(task, me))
    }

    /// Returns true if something that the person gave has arrived at the firm. The app has then shown its use.
    pub fn has_given(&self) -> bool {
        let Some(me) = self.me else { return false };
        let sent = self.year.attachments.iter().any(|a| a.attachment.by == me && a.receipt.is_some());
        let approved = self.year.revisions.iter().filter_map(|r| r.consents.get(&me));
        sent || !self.year.hand_ins.is_empty() || approved.into_iter().any(|c| c.state() == ConsentState::Approved)
    }

    /// Returns the open tasks, the most urgent first: approvals before other work, then by due date.
    pub fn open_tasks(&self) -> Vec<GivenTask> {
        let mut open: Vec<_> = self.year.tasks.iter().filter(|t| self.state(t) == TaskState::Open).cloned().collect();
        open.sort_by_key(|t| {
            let approval = matches!(t.task.kind, TaskKind::Approval(_));
            (!approval, t.task.due.is_none(), t.task.due, t.task.at, t.id)
        });
        open
    }

    /// Returns the newest revision that the approval task `task` is about.
    pub fn revision_of(&self, task: TaskId) -> Option<&GivenRevision> {
        match self.year.task(task)?.task.kind {
            TaskKind::Approval(tax_return) => self.year.latest_revision(tax_return),
            _ => None,
        }
    }

    /// Returns the newest replaced revision of the same tax return that the person who looks answered, with that answer.
    pub fn replaced(&self, given: &GivenRevision) -> Option<(&GivenRevision, ConsentState)> {
        let me = self.me?;
        let replaced = |r: &&GivenRevision| {
            r.void.is_some() && given.revision.tax_returns.iter().any(|tax_return| r.is_of(*tax_return))
        };
        let answered = |r: &'_ GivenRevision| r.consents.get(&me).map(|c| c.state());
        let mut answers = self.year.revisions.iter().filter(replaced).filter_map(|r| Some((r, answered(r)?)));
        answers.find(|(_, state)| *state != ConsentState::Asked)
    }

    /// Returns the approvals of the person who looks that this device signed and the passkey still has to confirm: one
    /// list for each signature of the device.
    pub fn to_countersign(&self) -> Vec<Unconfirmed> {
        let Some(me) = self.me else { return Vec::new() };
        let mut all: Vec<Unconfirmed> = Vec::new();
        for given in self.year.revisions.iter().filter(|r| r.void.is_none()) {
            let Some(consent) = given.consents.get(&me) else { continue };
            let open =
                consent.to_countersign().and_then(|id| consent.approvals.iter().find(|(known, ..)| *known == id));
            let Some((id, approval, _)) = open else { continue };
            let name = given.title(self.language());
            match all.iter_mut().find(|known| known.signed == approval.signed) {
                Some(known) => {
                    known.approvals.push(*id);
                    known.names.push(name);
                }
                None => {
                    all.push(Unconfirmed { signed: approval.signed.clone(), approvals: vec![*id], names: vec![name] })
                }
            }
        }
        all
    }

    /// Returns the open approvals of small returns, such as those of a quarter or a month, if there are several: they
    /// are read one after the other, and signed with one signature.
    pub fn to_approve_together(&self) -> Vec<GivenTask> {
        let together = |task: &GivenTask| {
            self.revision_of(task.id).is_some_and(|given| {
                let is_small = given.tax_return().is_some_and(|tax_return| tax_return.kind.is_periodic());
                let state = given.approval_state(self.me);
                is_small && matches!(state, ApprovalState::Asked | ApprovalState::Refused(_)) && given.void.is_none()
            })
        };
        let mut tasks = self.open_tasks();
        tasks.retain(together);
        tasks.truncate(MAX_ITEMS);
        if tasks.len() > 1 { tasks } else { Vec::new() }
    }

    /// Returns the state of the upload of a client's file.
    pub fn upload(&self, attachment: AttachmentId) -> UploadState {
        self.uploads.get(&attachment).cloned().unwrap_or(UploadState::Waiting)
    }
}

fn dossiers(client: &Client) -> Vec<OtherDossier> {
    let all = client.memberships();
    if all.len() < 2 {
        return Vec::new();
    }
    let current = client.membership().map(|m| m.client);
    let years = client.years();
    all.into_iter()
        .map(|m| {
            let of_client = || years.iter().filter(|key| key.client == m.client).map(|key| client.year(*key));
            let open = |year: &Rc<DossierYear>| {
                year.tasks.iter().filter(|t| year.task_state(t, m.person) == TaskState::Open).count()
            };
            let names = |year: Rc<DossierYear>| year.people.values().map(|p| p.name.clone()).collect::<Vec<_>>();
            OtherDossier {
                client: m.client,
                firm: m.firm_name,
                people: of_client().next().map_or_else(|| m.name.clone(), |year| names(year).join(", ")),
                open: of_client().map(|year| open(&year)).sum(),
                current: Some(m.client) == current,
            }
        })
        .collect()
}
