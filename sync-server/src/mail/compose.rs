//! Writes mails and puts them in the outbox, in the caller's transaction. It
//! decides who gets one and in which language, never when one is due.

use super::{
    Notice,
    template::{self, Audience, Values, one_line},
};
use crate::{
    auth::session::hash_of,
    clock::random,
    db::{Advisor, Client, DbError, Firm, Mail, PersonRow, Query, Tx},
};
use model::{
    id::*,
    language::Language,
    time::{Date, TaxYear, Timestamp},
};
use std::sync::Arc;
use tokio::sync::Notify;
use ui::format;

/// Writes mails. One per server.
pub struct Composer {
    base_url: String,
    host: String,
    queued: Arc<Notify>,
}

/// A person with all that their mails name.
struct Household {
    firm: Firm,
    client: Client,
    advisor: Advisor,
    person: PersonRow,
}

/// A mail that is about to be written.
struct Draft {
    template: &'static str,
    audience: Audience,
    language: Language,
    /// Path on this server.
    path: String,
    values: Values,
    tax_year: Option<TaxYear>,
}

impl Composer {
    /// `base_url` is where people open the portal: scheme, host and port.
    pub fn new(base_url: &str) -> Self {
        let host = url::Url::parse(base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        Self {
            base_url: base_url.trim_end_matches('/').to_owned(),
            host: host.unwrap_or_else(|| "localhost".to_owned()),
            queued: Arc::default(),
        }
    }

    /// Rings when a mail was queued, before its commit.
    pub fn queued(&self) -> Arc<Notify> {
        self.queued.clone()
    }

    /// Writes the mail of an occasion and queues it in the caller's
    /// transaction. Who is blocked gets none.
    pub fn queue(&self, tx: &Tx<'_>, notice: &Notice, at: Timestamp) -> Result<(), DbError> {
        let mail = match notice {
            Notice::AdvisorInvitation { advisor, token } => Some(self.to_newcomer(tx, *advisor, token, at)?),
            _ => self.about_person(tx, notice, at)?,
        };
        if let Some(mail) = mail {
            tx.queue_mail(&mail, at)?;
            self.queued.notify_one();
        }
        Ok(())
    }

    fn to_newcomer(&self, tx: &Tx<'_>, advisor: AdvisorId, token: &str, at: Timestamp) -> Result<Mail, DbError> {
        let advisor = tx.advisor(advisor)?.ok_or(DbError::Malformed("advisor of a mail"))?;
        let firm = tx.firm(advisor.firm)?.ok_or(DbError::Malformed("firm of an advisor"))?;
        let draft = Draft {
            template: "advisor_invitation",
            audience: Audience::Newcomer,
            language: advisor.language,
            path: format!("/kantoor/welkom#{token}"),
            values: Values::from([
                ("given_name", advisor.given_name.clone()),
                ("firm", firm.name.clone()),
                ("expires", expiry(tx, token, at, advisor.language)?),
            ]),
            tax_year: None,
        };
        self.write(&firm, draft, &advisor.email, |mail| mail.advisor = Some(advisor.id))
    }

    fn about_person(&self, tx: &Tx<'_>, notice: &Notice, at: Timestamp) -> Result<Option<Mail>, DbError> {
        let Some(person) = person_of(notice) else { return Ok(None) };
        let Household { firm, client, advisor, person } = household(tx, person)?;
        let draft = match draft(tx, notice, &person, &client, at)? {
            draft if draft.audience == Audience::Person && person.blocked => {
                tracing::debug!(person = %person.id, kind = draft.template, "a blocked person gets no mail");
                return Ok(None);
            }
            draft => draft,
        };
        if matches!(notice, Notice::FirmMessage { .. })
            && tx.preferences_of(person.id)?.is_some_and(|wanted| !wanted.messages)
        {
            return Ok(None);
        }
        let mut draft = draft;
        let to_advisor = draft.audience == Audience::Advisor;
        if to_advisor {
            draft.language = advisor.language;
            draft.values.extend([
                ("given_name", advisor.given_name.clone()),
                ("person", person.name.clone()),
                ("client", client.name.clone()),
                ("client_number", client.number.clone()),
            ]);
        } else {
            draft.values.extend([
                ("given_name", person.given_name.clone()),
                ("advisor", advisor.name.clone()),
                ("phone", firm.phone.clone()),
            ]);
        }
        let moment = format::moment_long(at, offset_at_office(at), draft.language);
        draft.values.extend([("firm", firm.name.clone()), ("moment", moment)]);
        let to = match notice {
            Notice::AddressChanged { to, .. } => to,
            _ if to_advisor => &advisor.email,
            _ => &person.email,
        };
        let mail = self.write(&firm, draft, to, |mail| {
            mail.client = Some(client.id);
            mail.person = Some(person.id);
            if to_advisor {
                mail.advisor = Some(advisor.id);
            } else {
                mail.reply_to.clone_from(&advisor.email);
            }
        })?;
        Ok(Some(mail))
    }

    fn write(&self, firm: &Firm, draft: Draft, to: &str, address: impl FnOnce(&mut Mail)) -> Result<Mail, DbError> {
        let Draft { template, audience, language, path, values, tax_year } = draft;
        let link = format!("{}{path}", self.base_url);
        // Mails to the firm's own people wear Akkoord's colour, not the firm's.
        let accent = if audience == Audience::Person { firm.accent.as_str() } else { "" };
        let written = template::write(template, language, audience, accent, &link, &values)?;
        let mut mail = Mail {
            firm: firm.id,
            message_id: format!("{}@{}", hexadecimal(&random::<16>()), self.host),
            kind: template.to_owned(),
            client: None,
            tax_year,
            person: None,
            advisor: None,
            from_name: one_line(&firm.sender_name),
            from_address: firm.sender_address.clone(),
            reply_to: String::new(),
            to_address: to.to_owned(),
            subject: written.subject,
            body_text: written.text,
            body_html: written.html,
        };
        address(&mut mail);
        Ok(mail)
    }
}

fn person_of(notice: &Notice) -> Option<PersonId> {
    match notice {
        Notice::AdvisorInvitation { .. } => None,
        Notice::Invitation { person, .. }
        | Notice::Task { person, .. }
        | Notice::Revision { person, .. }
        | Notice::FirmMessage { person, .. }
        | Notice::ProposalAnswered { person, .. }
        | Notice::AddressChanged { person, .. }
        | Notice::ChangeProposed { person, .. }
        | Notice::DocumentSentBack { person, .. }
        | Notice::Delivered { person, .. }
        | Notice::PasskeyAdded { person }
        | Notice::DocumentReceived { person, .. }
        | Notice::HandedIn { person, .. }
        | Notice::Approved { person, .. }
        | Notice::ApprovalNotAccepted { person, .. }
        | Notice::Declined { person, .. }
        | Notice::MessageReceived { person, .. } => Some(*person),
    }
}

fn household(q: &Query<'_>, person: PersonId) -> Result<Household, DbError> {
    let person = q.person(person)?.ok_or(DbError::Malformed("person of a mail"))?;
    let firm = q.firm(person.firm)?.ok_or(DbError::Malformed("firm of a person"))?;
    let client = q.client(person.firm, person.client)?.ok_or(DbError::Malformed("client of a person"))?;
    let advisor = q.advisor(client.advisor)?.ok_or(DbError::Malformed("advisor of a client"))?;
    Ok(Household { firm, client, advisor, person })
}

/// What is said on an occasion, and where its button leads.
fn draft(tx: &Tx<'_>, notice: &Notice, person: &PersonRow, client: &Client, at: Timestamp) -> Result<Draft, DbError> {
    let language = person.language;
    let to_person = |template, tax_year: Option<TaxYear>, path: &str, more: Vec<(&'static str, String)>| {
        let mut values = Values::from_iter(more);
        values.extend(tax_year.map(|year| ("year", year.to_string())));
        Draft { template, audience: Audience::Person, language, path: path.to_owned(), values, tax_year }
    };
    let to_advisor = |template, tax_year: TaxYear, page: &str, number: Option<u32>| {
        let mut values = Values::from([("year", tax_year.to_string())]);
        values.extend(number.map(|n| ("number", n.to_string())));
        let path = format!("/kantoor/klanten/{}/{tax_year}{page}", path_segment(&client.number));
        Draft { template, audience: Audience::Advisor, language, path, values, tax_year: Some(tax_year) }
    };
    let last_day = |due: &Option<Date>| ("due", due.map_or_else(String::new, |d| format::date_long(d, language)));
    Ok(match notice {
        Notice::AdvisorInvitation { .. } => return Err(DbError::Malformed("occasion of a mail to a person")),
        Notice::Invitation { token, .. } => {
            let expires = expiry(tx, token, at, language)?;
            to_person("invitation", None, &format!("/welkom#{token}"), vec![("expires", expires)])
        }
        Notice::Task { tax_year, title, due, .. } => {
            let title = ("title", title.get(language).to_owned());
            to_person("task", Some(*tax_year), "/", vec![title, last_day(due)])
        }
        Notice::Revision { tax_year, number, due, .. } => {
            let template = if *number > 1 { "revision_again" } else { "revision" };
            to_person(template, Some(*tax_year), "/", vec![("number", number.to_string()), last_day(due)])
        }
        Notice::FirmMessage { tax_year, .. } => to_person("firm_message", Some(*tax_year), "/berichten", Vec::new()),
        Notice::ProposalAnswered { tax_year, .. } => {
            to_person("proposal_answered", Some(*tax_year), "/gegevens", Vec::new())
        }
        Notice::AddressChanged { tax_year, .. } => {
            to_person("address_changed", Some(*tax_year), "/gegevens", Vec::new())
        }
        Notice::ChangeProposed { tax_year, .. } => to_advisor("change_proposed", *tax_year, "/berichten", None),
        Notice::DocumentSentBack { tax_year, .. } => to_person("document_sent_back", Some(*tax_year), "/", Vec::new()),
        Notice::Delivered { tax_year, .. } => {
            to_person("delivered", Some(*tax_year), &format!("/archief/{tax_year}"), Vec::new())
        }
        Notice::PasskeyAdded { .. } => to_person("passkey_added", None, "/", Vec::new()),
        Notice::DocumentReceived { tax_year, .. } => to_advisor("document_received", *tax_year, "", None),
        Notice::HandedIn { tax_year, .. } => to_advisor("handed_in", *tax_year, "", None),
        Notice::Approved { tax_year, number, .. } => to_advisor("approved", *tax_year, "/akkoord", Some(*number)),
        Notice::ApprovalNotAccepted { tax_year, .. } => {
            to_advisor("approval_not_accepted", *tax_year, "/akkoord", None)
        }
        Notice::Declined { tax_year, number, .. } => to_advisor("declined", *tax_year, "/akkoord", Some(*number)),
        Notice::MessageReceived { tax_year, .. } => to_advisor("message_received", *tax_year, "/berichten", None),
    })
}

/// The last day on which an invitation works, as people count: the day before
/// its hour comes round.
fn expiry(q: &Query<'_>, token: &str, at: Timestamp, language: Language) -> Result<String, DbError> {
    let expires_at = q.invitation(&hash_of(token))?.map_or(at, |invitation| invitation.expires_at);
    let last = expires_at.plus_seconds(-24 * 3600);
    Ok(format::date_long(last.at_offset(offset_at_office(last)).date(), language))
}

/// Minutes east of UTC in the Netherlands at a moment.
pub(super) fn offset_at_office(at: Timestamp) -> i32 {
    let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    jiff::tz::TimeZone::get("Europe/Amsterdam").map_or(60, |zone| zone.to_offset(moment).seconds() / 60)
}

/// A firm chooses its own client numbers: only plain characters stay as they are.
fn path_segment(number: &str) -> String {
    let mut segment = String::new();
    for byte in number.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => segment.push(char::from(byte)),
            _ => segment.push_str(&format!("%{byte:02X}")),
        }
    }
    segment
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
