//! The contents of the mail on each occasion, and the page that its button opens.

use super::{
    FilingGround, Notice, Security, household::Household, passage::Values, template::Item, timing::offset_at_office,
    unwritten::Unwritten,
};
use model::{
    hash::hash_of,
    id::RevisionId,
    language::{Bilingual, Language},
    mail::MailKind,
    time::{Date, TaxYear, Timestamp},
};
use storage::db::{DbError, Query};
use ui::format;

/// A mail before it is written.
pub(super) struct Draft {
    pub kind: MailKind,
    /// The path of the page that the button opens.
    pub path: String,
    pub tax_year: Option<TaxYear>,
    /// The last day for what the mail asks.
    pub due: Option<Date>,
    pub title: Option<Bilingual>,
    pub number: Option<u32>,
    pub(super) more: Values,
    /// How often happened what it tells.
    pub times: u32,
    /// The lines of its list, and the lines for it when several mails are merged into one.
    pub items: Vec<Item>,
    /// The revision that it says something about which may be undone, until then it waits.
    pub about: Option<RevisionId>,
}

impl Draft {
    /// Returns a mail with nothing but the values that every mail has.
    pub fn to_person(kind: MailKind, path: &str) -> Self {
        Self {
            kind,
            path: path.to_owned(),
            tax_year: None,
            due: None,
            title: None,
            number: None,
            more: Values::new(),
            times: 1,
            items: Vec::new(),
            about: None,
        }
    }

    /// Returns the values that this mail has in addition to those of every mail.
    pub(super) fn values_in(&self, language: Language) -> Values {
        let mut values = self.more.clone();
        values.extend(self.tax_year.map(|year| ("year", year.to_string())));
        values.extend(self.title.as_ref().map(|title| ("title", title.get(language).to_owned())));
        values.extend(self.number.map(|number| ("number", number.to_string())));
        values.extend(self.due.map(|due| ("due", format::date_long(due, language))));
        if !self.items.is_empty() {
            values.insert("count", self.items.len().to_string());
            values.entry("title").or_insert_with(|| self.items[0].title.clone());
        }
        values
    }

    fn of_year(kind: MailKind, tax_year: TaxYear, path: String) -> Self {
        Self { tax_year: Some(tax_year), ..Self::to_person(kind, &path) }
    }
}

ui::texts! {
    /// Texts for the lines of a mail that names several things.
    Named {
        revision(year: i16): "Aangifte over {year}", "Tax return for {year}";
        message: "Een bericht van uw adviseur", "A message from your advisor";
        sent_back(year: i16): "Een opmerking bij wat u gaf voor {year}", "A remark about what you gave for {year}";
        reopened(year: i16): "De checklist over {year} staat weer open", "The checklist for {year} is open again";
        delivered(year: i16): "Een document in uw archief, bij {year}", "A document in your archive, under {year}";
        proposal_answered: "Antwoord op uw wijziging", "An answer to your change";
        until(day: &str): "uiterlijk {day}", "by {day}";
        unapproved: "Niet iedereen van wie wij akkoord vroegen, had toen akkoord gegeven.",
            "Not everybody whom we asked had approved it by then.";
        by_standing_consent: "Dat deden wij op grond van uw vaste toestemming.", "We did so by your standing consent.";
        was_due(day: &str): "had klaar moeten zijn op {day}", "was due on {day}";
    }
}

/// Returns the line for something with its last day.
pub(super) fn item(title: &str, due: Option<Date>, today: Option<Date>, language: Language) -> Item {
    let t = Named(language);
    let detail = due.map_or_else(String::new, |due| {
        let day = format::date_long(due, language);
        if today.is_some_and(|today| today > due) { t.was_due(&day) } else { t.until(&day) }
    });
    Item { title: title.to_owned(), detail }
}

/// Returns the mail to be written on an occasion, before it is written.
pub(super) fn draft(q: &Query<'_>, notice: &Notice, household: &Household, at: Timestamp) -> Result<Draft, DbError> {
    let language = household.person.language;
    let t = Named(language);
    let to_person = |kind, tax_year: TaxYear, title: &str, due| Draft {
        due,
        items: vec![item(title, due, None, language)],
        ..Draft::of_year(kind, tax_year, "/".to_owned())
    };
    let to_advisor = |kind, tax_year: TaxYear, page: &str| {
        Draft::of_year(kind, tax_year, dossier_path(&household.client.number, tax_year, page))
    };
    Ok(match notice {
        Notice::AdvisorInvitation { .. }
        | Notice::AdvisorSecurity { .. }
        | Notice::ColleagueAlarm { .. }
        | Notice::AdvisorWayIn { .. } => {
            return Err(DbError::given_up(Unwritten::WrongAudience));
        }
        Notice::Invitation { token, .. } => {
            let expires = expiry(q, token, at, language)?;
            let more = Values::from([("expires", expires)]);
            // A person who has a login already makes a new passkey for it, and chooses no user name.
            let asks_code = q.invitation_more(&hash_of(token))?.code_hash.is_some();
            let kind = match (household.person.account, asks_code) {
                (Some(_), _) => MailKind::NewAccess,
                (None, true) => MailKind::InvitationCode,
                (None, false) => MailKind::Invitation,
            };
            let firm = q.firm(household.person.firm)?.ok_or(DbError::Missing("firm of a person"))?;
            Draft { more, ..Draft::to_person(kind, &firm.welcome_path(language, token)) }
        }
        Notice::Task { tax_year, title, due, .. } => {
            Draft { title: Some(title.clone()), ..to_person(MailKind::Task, *tax_year, title.get(language), *due) }
        }
        Notice::Revision { tax_year, number, due, .. } => {
            let kind = if *number > 1 { MailKind::RevisionAgain } else { MailKind::Revision };
            Draft { number: Some(*number), ..to_person(kind, *tax_year, &t.revision(tax_year.0), *due) }
        }
        Notice::FirmMessage { tax_year, .. } => {
            let path = "/berichten".to_owned();
            Draft { path, ..to_person(MailKind::FirmMessage, *tax_year, t.message(), None) }
        }
        Notice::SentBack { tax_year, .. } => to_person(MailKind::SentBack, *tax_year, &t.sent_back(tax_year.0), None),
        Notice::Reopened { tax_year, .. } => to_person(MailKind::Reopened, *tax_year, &t.reopened(tax_year.0), None),
        Notice::Delivered { tax_year, .. } => {
            let path = format!("/archief/{tax_year}");
            Draft { path, ..to_person(MailKind::Delivered, *tax_year, &t.delivered(tax_year.0), None) }
        }
        Notice::Recalled { tax_year, document, .. } => of_document(MailKind::Recalled, *tax_year, document, language),
        Notice::OtherDeclined { tax_year, document, who, .. } => {
            let draft = of_document(MailKind::OtherDeclined, *tax_year, document, language);
            let more = Values::from([("person", who.clone())]).into_iter().chain(draft.more).collect();
            Draft { more, ..draft }
        }
        Notice::Filed { tax_year, revision, document, ground, .. } => {
            let draft = of_document(MailKind::Filed, *tax_year, document, language);
            let remark = match ground {
                FilingGround::Approval => "",
                FilingGround::StandingConsent => t.by_standing_consent(),
                FilingGround::Unapproved => t.unapproved(),
            };
            let more = Values::from([("remark", remark.to_owned())]).into_iter().chain(draft.more).collect();
            Draft { more, about: Some(*revision), ..draft }
        }
        Notice::FilingUndone { tax_year, document, .. } => {
            of_document(MailKind::FilingUndone, *tax_year, document, language)
        }
        Notice::DocumentSentBack { tax_year, .. } => {
            to_person(MailKind::DocumentSentBack, *tax_year, &t.sent_back(tax_year.0), None)
        }
        Notice::ProposalAnswered { tax_year, .. } => {
            let path = "/gegevens".to_owned();
            Draft { path, ..to_person(MailKind::ProposalAnswered, *tax_year, t.proposal_answered(), None) }
        }
        Notice::AddressChanged { tax_year, .. } => {
            let path = "/gegevens".to_owned();
            Draft { path, items: Vec::new(), ..to_person(MailKind::AddressChanged, *tax_year, "", None) }
        }
        Notice::Security { what, .. } => security(what),
        Notice::WayIn { what, .. } => {
            let more = Values::from([("change", what.get(language).to_owned())]);
            Draft { more, ..Draft::to_person(MailKind::WayInChanged, "/") }
        }
        Notice::AlarmRaised { .. } => {
            let path = dossier_path(&household.client.number, season_of(at), "");
            Draft::to_person(MailKind::AlarmRaised, &path)
        }
        Notice::DocumentReceived { tax_year, .. } => to_advisor(MailKind::DocumentReceived, *tax_year, ""),
        Notice::HandedIn { tax_year, .. } => to_advisor(MailKind::HandedIn, *tax_year, ""),
        Notice::Approved { tax_year, title, .. } => {
            let draft = to_advisor(MailKind::Approved, *tax_year, "/akkoord");
            Draft { title: Some(title.clone()), ..draft }
        }
        Notice::ApprovalNotAccepted { tax_year, .. } => {
            to_advisor(MailKind::ApprovalNotAccepted, *tax_year, "/akkoord")
        }
        Notice::Declined { tax_year, title, .. } => {
            let draft = to_advisor(MailKind::Declined, *tax_year, "/akkoord");
            Draft { title: Some(title.clone()), ..draft }
        }
        Notice::ChangeProposed { tax_year, .. } => to_advisor(MailKind::ChangeProposed, *tax_year, "/berichten"),
        Notice::MessageReceived { tax_year, .. } => to_advisor(MailKind::MessageReceived, *tax_year, "/berichten"),
    })
}

/// Returns a mail about a tax return or another document, which it names.
fn of_document(kind: MailKind, tax_year: TaxYear, document: &Bilingual, language: Language) -> Draft {
    let more = Values::from([("document", document.get(language).to_owned())]);
    Draft { more, ..Draft::of_year(kind, tax_year, "/".to_owned()) }
}

/// Returns the mail to be written to an advisor, before it is written.
pub(super) fn to_colleague(
    q: &Query<'_>,
    notice: &Notice,
    language: Language,
    at: Timestamp,
) -> Result<Draft, DbError> {
    Ok(match notice {
        Notice::AdvisorInvitation { token, advisor } => {
            let more = Values::from([("expires", expiry(q, token, at, language)?)]);
            let path = format!("/kantoor/welkom#{token}");
            let has_login = q.advisor(*advisor)?.is_some_and(|advisor| advisor.account.is_some());
            let kind = if has_login { MailKind::AdvisorNewAccess } else { MailKind::AdvisorInvitation };
            Draft { more, ..Draft::to_person(kind, &path) }
        }
        Notice::AdvisorSecurity { what, .. } => {
            let draft = security(what);
            let kind = match what {
                Security::PasskeyAdded { .. } => MailKind::AdvisorPasskeyAdded,
                Security::DeviceAdded { .. } => MailKind::AdvisorDeviceAdded,
                Security::DeviceKeyAdded { .. } => MailKind::AdvisorDeviceKeyAdded,
                Security::Removed { .. } => MailKind::AdvisorAccessRemoved,
                Security::Renewed => MailKind::AdvisorAccessRenewed,
                Security::MailCode { .. } | Security::MailChanged { .. } => {
                    return Err(DbError::given_up(Unwritten::WrongAudience));
                }
            };
            let path = if *what == Security::Renewed { "/kantoor".to_owned() } else { draft.path.clone() };
            Draft { kind, path, ..draft }
        }
        Notice::ColleagueAlarm { colleague, .. } => {
            let more = Values::from([("person", colleague.clone())]);
            Draft { more, ..Draft::to_person(MailKind::AdvisorAlarmRaised, "/kantoor") }
        }
        Notice::AdvisorWayIn { by, what, .. } => {
            let more = Values::from([("person", by.clone()), ("change", what.get(language).to_owned())]);
            Draft { more, ..Draft::to_person(MailKind::AdvisorWayInChanged, "/kantoor/adviseurs") }
        }
        _ => return Err(DbError::given_up(Unwritten::WrongAudience)),
    })
}

/// Returns the mail about a change of somebody's access. If something changed, its button
/// is *this was not me*.
fn security(what: &Security) -> Draft {
    let alarm = |token: &str| format!("/dit-was-ik-niet#{token}");
    let named = |kind, device: &String, token: &str| {
        let more = Values::from([("device", device.clone())]);
        Draft { more, ..Draft::to_person(kind, &alarm(token)) }
    };
    match what {
        Security::PasskeyAdded { alarm: token } => Draft::to_person(MailKind::PasskeyAdded, &alarm(token)),
        Security::DeviceAdded { device, alarm: token } => named(MailKind::DeviceAdded, device, token),
        Security::DeviceKeyAdded { device, alarm: token } => named(MailKind::DeviceKeyAdded, device, token),
        Security::Removed { device, alarm: token } => named(MailKind::AccessRemoved, device, token),
        Security::Renewed => Draft::to_person(MailKind::AccessRenewed, "/"),
        Security::MailCode { code, .. } => {
            let more = Values::from([("code", code.clone())]);
            Draft { more, ..Draft::to_person(MailKind::MailCode, "/") }
        }
        Security::MailChanged { .. } => Draft::to_person(MailKind::MailChanged, "/"),
    }
}

/// Returns the tax year that people work on at a moment, which is the year before.
pub(super) fn season_of(at: Timestamp) -> TaxYear {
    TaxYear(at.at_offset(offset_at_office(at)).date().year() - 1)
}

/// Returns the last day on which an invitation works for certain, which is the day before
/// the one on which it expires.
pub(super) fn expiry(q: &Query<'_>, token: &str, at: Timestamp, language: Language) -> Result<String, DbError> {
    let expires_at = q.invitation(&hash_of(token))?.map_or(at, |invitation| invitation.expires_at);
    let last = expires_at.plus_seconds(-24 * 3600);
    Ok(format::date_long(last.at_offset(offset_at_office(last)).date(), language))
}

/// Returns the path of a page of a dossier. A firm chooses its own client numbers, so all but plain
/// characters are escaped.
fn dossier_path(number: &str, tax_year: TaxYear, page: &str) -> String {
    let mut segment = String::new();
    for byte in number.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => segment.push(char::from(byte)),
            _ => segment.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("/kantoor/klanten/{segment}/{tax_year}{page}")
}
