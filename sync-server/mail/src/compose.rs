//! Writes mails and puts them in the outbox, in the caller's transaction. It
//! decides who gets a mail, in which language and from which moment on; it never decides
//! that a mail is due.

use super::{
    Notice, check,
    household::Household,
    kind::{Audience, MailProperties},
    occasion::{Draft, draft},
    passage::Values,
    template::{Item, ParsedMailText, Setting, Written, one_line},
    timing::{Schedule, day_of, local, moment, offset_at_office, plus_days},
    unwritten::Unwritten,
};
use data_encoding::HEXLOWER;
use model::{
    language::Language,
    mail::{MailKind, MailRank},
    time::Timestamp,
};
use std::sync::Arc;
use storage::{
    apart::caught,
    clock::random,
    db::{DbError, Firm, Mail, MailChoice, MailState, Query, ReminderRow, Tx},
};
use tokio::sync::Notify;
use ui::format;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// The time within which a mail about something that may be undone can be stopped, in seconds.
const TO_UNDO: i64 = 600;
/// The number of mails to advisors that a person can cause in a day, other than about access. Beyond it they are told in
/// the daily digest; what is in no digest is told once a day.
const CAUSED_A_DAY: u32 = 30;

/// Writes mails. A server has one of it.
pub struct Composer {
    base_url: String,
    host: String,
    queued: Arc<Notify>,
    at_once: bool,
}

impl Composer {
    /// Returns a composer. `base_url` is the address at which people open the portal: scheme, host and port.
    /// With `at_once`, no mail waits for the morning or a digest, which helps when trying things out.
    pub fn new(base_url: &str, at_once: bool) -> Self {
        let host = url::Url::parse(base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            host: host.unwrap_or_else(|| "localhost".to_owned()),
            queued: Arc::default(),
            at_once,
        }
    }

    /// Returns what is notified when a mail was queued. This happens before the commit.
    pub fn queued(&self) -> Arc<Notify> {
        self.queued.clone()
    }

    /// Writes the mails of an occasion and queues them in the caller's
    /// transaction. People who are blocked get none.
    pub fn queue(&self, tx: &Tx<'_>, notice: &Notice, at: Timestamp) -> Result<(), DbError> {
        match (notice, notice.person()) {
            (_, Some(person)) => {
                let household = Household::of(tx, person)?;
                let draft = draft(tx, notice, &household, at)?;
                let wanted = tx.preferences_of(person)?;
                if matches!(notice, Notice::FirmMessage { .. }) && wanted.is_some_and(|wanted| !wanted.messages) {
                    return Ok(());
                }
                if let Some(to) = notice.own_address() {
                    let mail = Mail { to_address: to.to_owned(), ..self.written(tx, &household, &draft, at)? };
                    return self.put(tx, &mail, at, at).map(|_| ());
                }
                match MailProperties::of(draft.kind).audience {
                    Audience::Person => self.to_person(tx, &household, draft, at),
                    Audience::Advisor | Audience::Newcomer => self.to_advisor(tx, &household, draft, at),
                }
            }
            (_, None) => self.to_colleague(tx, notice, at),
        }
    }

    /// Writes to an advisor about their own access, or to an administrator about a colleague's.
    fn to_colleague(&self, tx: &Tx<'_>, notice: &Notice, at: Timestamp) -> Result<(), DbError> {
        let (Notice::AdvisorInvitation { advisor, .. }
        | Notice::AdvisorSecurity { advisor, .. }
        | Notice::ColleagueAlarm { administrator: advisor, .. }
        | Notice::AdvisorWayIn { advisor, .. }) = notice
        else {
            return Err(DbError::given_up(Unwritten::WrongAudience));
        };
        let advisor = tx.advisor(*advisor)?.ok_or(DbError::Missing("advisor of a mail"))?;
        let firm = tx.firm(advisor.firm)?.ok_or(DbError::Missing("firm of an advisor"))?;
        let draft = super::occasion::to_colleague(tx, notice, advisor.language, at)?;
        let mut values = Values::from([
            ("given_name", advisor.given_name.clone()),
            ("firm", firm.name.clone()),
            ("moment", format::moment_long(at, offset_at_office(at), advisor.language)),
        ]);
        values.extend(draft.values_in(advisor.language));
        let mail = self.mail(tx, &firm, &draft, advisor.language, &values)?;
        let to_address = notice.own_address().map_or(advisor.email, str::to_owned);
        let mail = Mail { advisor: Some(advisor.id), to_address, ..mail };
        self.put(tx, &mail, at, at).map(|_| ())
    }

    /// Writes to the advisor at once, adds to the digest, or does nothing, as the advisor chose. What a person causes
    /// beyond the budget of a day goes into the digest, if it may.
    fn to_advisor(&self, tx: &Tx<'_>, household: &Household, draft: Draft, at: Timestamp) -> Result<(), DbError> {
        let (advisor, person) = (household.advisor.id, household.person.id);
        let kind = MailProperties::of(draft.kind);
        if self.at_once || kind.rank == MailRank::Access {
            let mail = self.written(tx, household, &draft, at)?;
            return self.put(tx, &mail, at, at).map(|_| ());
        }
        let choice = kind.choosable.map(|kind| tx.mail_choice(advisor, kind)).transpose()?;
        let is_over = tx.mails_caused_by(person, at.plus_seconds(-DAY))? >= CAUSED_A_DAY;
        match (kind.choosable, choice, draft.tax_year) {
            (_, Some(MailChoice::Never), _) => Ok(()),
            (Some(kind), Some(choice), Some(year)) if choice == MailChoice::Digest || is_over => {
                tx.add_digest_item(advisor, (household.client.id, person), year, kind, at)
            }
            _ => self.fold(tx, household, draft, if is_over { DAY } else { HOUR }, at),
        }
    }

    /// Writes to the advisor about something that a person did. If the advisor got a mail of the same kind about the
    /// same person less than `pause` seconds ago, the next one waits, and says how often it happened until it leaves.
    fn fold(&self, tx: &Tx<'_>, household: &Household, draft: Draft, pause: i64, at: Timestamp) -> Result<(), DbError> {
        let last = tx.last_mail_about(household.advisor.id, household.person.id, draft.kind)?;
        let leaves = match last.as_ref().map(|last| (last, last.state)) {
            Some((held, MailState::Waiting { next_attempt_at })) if held.attempts == 0 && at < next_attempt_at => {
                let draft = Draft { times: held.mail.times.saturating_add(1), ..draft };
                return tx.rewrite_mail(held.id, &self.written(tx, household, &draft, at)?);
            }
            Some((_, MailState::Sent { at: left } | MailState::Waiting { next_attempt_at: left })) => {
                left.plus_seconds(pause).max(at)
            }
            Some((_, MailState::Failed { .. })) | None => at,
        };
        self.put(tx, &self.written(tx, household, &draft, at)?, at, leaves).map(|_| ())
    }

    /// Writes to a person. Urgent mails leave at once. Others leave by day and at most one a day: a second
    /// one waits for the next morning, and mails that wait are merged into one.
    fn to_person(&self, tx: &Tx<'_>, household: &Household, draft: Draft, at: Timestamp) -> Result<(), DbError> {
        let person = &household.person;
        if person.blocked || draft.tax_year.is_some_and(|year| !person.is_in(year)) {
            tracing::debug!(person = %person.id, kind = draft.kind.word(), "somebody without access gets no mail");
            return Ok(());
        }
        let schedule = Schedule::of(tx, household.firm.id)?;
        if let (Some(due), Some(tax_year)) = (draft.due, draft.tax_year) {
            let today = day_of(at);
            let row =
                ReminderRow { person: person.id, client: household.client.id, tax_year, due, done_through: today };
            tx.plan_reminder(&row, schedule.next_check(due, today))?;
        }
        let mail = self.written(tx, household, &draft, at)?;
        if mail.about.is_some() {
            let leaves = self.awake(&schedule, at.plus_seconds(TO_UNDO));
            return self.put(tx, &mail, at, leaves).map(|_| ());
        }
        if mail.rank != MailRank::Other || self.at_once {
            return self.put(tx, &mail, at, at).map(|_| ());
        }
        if let Some(held) = tx.held_mail(person.id, at)? {
            let both = [items(&held.mail), items(&mail)].concat();
            let several = Draft { items: both, ..Draft::to_person(MailKind::Several, "/") };
            let mail = self.written(tx, household, &several, at)?;
            return tx.rewrite_mail(held.id, &mail);
        }
        let today = moment(day_of(at), 0);
        let tomorrow = moment(plus_days(local(at).date(), 1), 0);
        let leaves =
            if tx.was_mailed(person.id, today, tomorrow)? { schedule.next_morning(at) } else { schedule.awake(at) };
        self.put(tx, &mail, at, leaves).map(|_| ())
    }

    /// Returns the first moment from `at` on at which a mail that is not urgent may leave.
    pub(super) fn awake(&self, schedule: &Schedule, at: Timestamp) -> Timestamp {
        if self.at_once { at } else { schedule.awake(at) }
    }

    /// Puts a written mail in the outbox, to be sent from the moment `leaves` on.
    pub fn put(&self, tx: &Tx<'_>, mail: &Mail, at: Timestamp, leaves: Timestamp) -> Result<i64, DbError> {
        let id = tx.queue_mail(mail, at, leaves)?;
        self.queued.notify_one();
        Ok(id)
    }

    /// Writes the mail of a draft, to the person or to the advisor depending on its kind.
    pub(super) fn written(
        &self,
        q: &Query<'_>,
        household: &Household,
        draft: &Draft,
        at: Timestamp,
    ) -> Result<Mail, DbError> {
        let Household { firm, client, advisor, person } = household;
        let audience = MailProperties::of(draft.kind).audience;
        let language = if audience == Audience::Person { person.language } else { advisor.language };
        let mut values = household.values(audience, at, language);
        values.extend(draft.values_in(language));
        let mail = self.mail(q, firm, draft, language, &values)?;
        let mail = Mail { client: Some(client.id), person: Some(person.id), ..mail };
        Ok(if audience == Audience::Person {
            Mail { to_address: person.email.clone(), reply_to: advisor.email.clone(), ..mail }
        } else {
            Mail { to_address: advisor.email.clone(), advisor: Some(advisor.id), ..mail }
        })
    }

    /// Writes a mail without its addresses.
    fn mail(
        &self,
        q: &Query<'_>,
        firm: &Firm,
        draft: &Draft,
        language: Language,
        values: &Values,
    ) -> Result<Mail, DbError> {
        let parsed = check::parsed(q, firm.id, MailProperties::of(draft.kind), language)?;
        Ok(self.mail_of(&parsed, firm, draft, language, values))
    }

    /// Writes a mail from a text, without its addresses.
    pub(super) fn mail_of(
        &self,
        parsed: &ParsedMailText,
        firm: &Firm,
        draft: &Draft,
        language: Language,
        values: &Values,
    ) -> Mail {
        let kind = MailProperties::of(draft.kind);
        let link = format!("{}{}", self.base_url, draft.path);
        // Mails to the firm's own people have Akkoord's colour, not the firm's.
        let accent = if kind.audience == Audience::Person { firm.accent.as_str() } else { "" };
        let setting = Setting { kind, language, accent, link: &link, items: &draft.items, times: draft.times };
        let written = write(parsed, &setting, values);
        Mail {
            firm: firm.id,
            message_id: format!("{}@{}", HEXLOWER.encode(&random::<16>()), self.host),
            kind: draft.kind,
            client: None,
            tax_year: draft.tax_year,
            person: None,
            advisor: None,
            from_name: one_line(&firm.sender_name),
            from_address: firm.sender_address.clone(),
            reply_to: String::new(),
            to_address: String::new(),
            subject: written.subject,
            body_text: written.text,
            body_html: written.html,
            rank: kind.rank,
            times: draft.times,
            items: serde_json::to_string(&draft.items).unwrap_or_default(),
            about: draft.about,
        }
    }
}

/// Writes a mail. One that cannot be drawn leaves all the same, without the frame: what it tells counts.
fn write(parsed: &ParsedMailText, setting: &Setting<'_>, values: &Values) -> Written {
    let filled = parsed.fill(setting, values);
    caught(|| filled.draw()).unwrap_or_else(|error| {
        tracing::error!(error, kind = setting.kind.id.word(), "a mail cannot be drawn and leaves plain");
        filled.plain(setting.language)
    })
}

fn items(mail: &Mail) -> Vec<Item> {
    let items: Vec<Item> = serde_json::from_str(&mail.items).unwrap_or_default();
    if items.is_empty() { vec![Item { title: mail.subject.clone(), detail: String::new() }] } else { items }
}
