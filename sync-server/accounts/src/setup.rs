//! The first start: the person with the one-time link that the server printed
//! names the firm and becomes its administrator. For each further firm the
//! operator makes such a link.

use super::{invitation::invite_advisor, json_body::JsonBody, parts::Accounts, session::new_token};
use crate::{
    error::{Refusal, ServerError},
    origin::Origin,
};
use axum::{Json, extract::State};
use model::{
    event::Event,
    hash::hash_of,
    id::{AdvisorId, FirmId},
    language::Language,
    mail_address::MailAddress,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use storage::{
    clock::random,
    db::{Actor, Advisor, AdvisorRole, Db, DbError, Firm, NewEvent, Tx},
};

/// The setting that contains the hexadecimal hash of the link's token.
const SETTING: &str = "setup_token_hash";

/// The prefix of settings for links of further firms. The hexadecimal hash of the token follows it; the
/// value is the moment at which the link expires.
const FURTHER: &str = "further_setup_";
/// The time for which a further firm's link works.
const FURTHER_SECONDS: i64 = 14 * 24 * 3600;

/// The form that the administrator fills in at the first start.
#[derive(Debug, Clone, Deserialize)]
pub struct Setup {
    pub token: String,
    pub firm_name: String,
    pub firm_phone: String,
    pub sender_address: String,
    pub name: String,
    pub given_name: String,
    pub email: String,
}

/// The token of an advisor's invitation, for the registration that follows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetUp {
    pub token: String,
}

/// Returns the link of the first start, a new one at each start until somebody can log in to the
/// console. If the firm is set up and no passkey was made yet, it leads to that.
pub async fn link(db: &Db, origin: &Origin, now: Timestamp) -> Result<Option<String>, DbError> {
    let path = db
        .write(move |tx| {
            if tx.an_advisor_can_log_in()? {
                return Ok::<_, DbError>(None);
            }
            if let Some(firm) = tx.firms()?.first() {
                let advisors = tx.advisors(firm.id)?;
                let administrator = advisors.iter().find(|a| a.role == AdvisorRole::Administrator);
                let token = administrator.map(|advisor| invite_advisor(tx, advisor, now)).transpose()?;
                return Ok(token.map(|token| format!("/kantoor/welkom#{token}")));
            }
            let token = new_token();
            tx.set_setting(SETTING, &hex(&token))?;
            Ok(Some(format!("/kantoor/begin#{token}")))
        })
        .await?;
    Ok(path.map(|path| format!("{origin}{path}")))
}

/// Returns a link with which one further firm can be set up on this server. Blocks.
pub fn further_link(db: &Db, origin: &Origin, now: Timestamp) -> Result<String, DbError> {
    let token = new_token();
    let (key, until) = (format!("{FURTHER}{}", hex(&token)), now.plus_seconds(FURTHER_SECONDS));
    db.write_blocking(move |tx| tx.set_setting(&key, &until.0.to_string()))?;
    Ok(format!("{origin}/kantoor/begin#{token}"))
}

/// Uses up the token of a further firm's link. Returns false if it does not work.
fn take_further(tx: &Tx<'_>, token: &str, now: Timestamp) -> Result<bool, DbError> {
    let key = format!("{FURTHER}{}", hex(token));
    let until = tx.setting(&key)?.and_then(|until| until.parse::<i64>().ok());
    let works = until.is_some_and(|until| now.0 < until);
    if works {
        tx.remove_setting(&key)?;
    }
    Ok(works)
}

fn hex(token: &str) -> String {
    blake3::Hash::from_bytes(hash_of(token)).to_hex().to_string()
}

/// Handles `POST /api/setup`.
pub async fn set_up(
    State(accounts): State<Accounts>,
    JsonBody(setup): JsonBody<Setup>,
) -> Result<Json<SetUp>, ServerError> {
    let now = accounts.clock.now();
    let setup = setup.checked()?;
    let token = accounts
        .db
        .write(move |tx| {
            let firms = tx.firms()?;
            // Hashes are compared, not tokens, so that the time taken reveals nothing.
            if !take_further(tx, &setup.token, now)? {
                if !firms.is_empty() {
                    return Err(ServerError::from(Refusal::SetupDone));
                }
                if tx.setting(SETTING)? != Some(hex(&setup.token)) {
                    return Err(Refusal::SetupUnknown.into());
                }
                tx.remove_setting(SETTING)?;
            }
            let (mut firm, advisor) = setup.firm_and_administrator();
            firm.slug = free_slug(&firm.slug, &firms);
            tx.add_firm(&firm, now)?;
            tx.add_advisor(&advisor, now)?;
            tx.log(&NewEvent {
                firm: firm.id,
                client: None,
                tax_year: None,
                at: now,
                actor: Actor::Advisor(advisor.id),
                event: Event::FirmSetUp {},
            })?;
            Ok(invite_advisor(tx, &advisor, now)?)
        })
        .await?;
    Ok(Json(SetUp { token }))
}

impl Setup {
    fn checked(mut self) -> Result<Self, Refusal> {
        for text in [
            &mut self.firm_name,
            &mut self.firm_phone,
            &mut self.sender_address,
            &mut self.name,
            &mut self.given_name,
            &mut self.email,
        ] {
            *text = text.trim().to_owned();
            if text.is_empty() {
                return Err(Refusal::TextMissing);
            }
            // A line break would end a mail header.
            if text.len() > 200 || text.chars().any(char::is_control) {
                return Err(Refusal::Malformed);
            }
        }
        for address in [&self.sender_address, &self.email] {
            if MailAddress::read(address).is_none() {
                return Err(Refusal::MailMalformed);
            }
        }
        Ok(self)
    }

    fn firm_and_administrator(&self) -> (Firm, Advisor) {
        let firm = Firm {
            id: FirmId::from_random(random()),
            slug: slug(&self.firm_name),
            name: self.firm_name.clone(),
            phone: self.firm_phone.clone(),
            sender_name: self.firm_name.clone(),
            sender_address: self.sender_address.clone(),
            accent: "#2546a8".to_owned(),
            statement_nl: format!(
                "Ik heb {{stuk}} bekeken. Voor zover ik weet klopt alles en is niets vergeten. \
                 {} mag {{stuk}} namens mij versturen naar de Belastingdienst.",
                self.firm_name
            ),
            statement_en: format!(
                "I have looked at {{stuk}}. As far as I know everything is right and nothing was forgotten. \
                 {} may send {{stuk}} to the Tax Administration on my behalf.",
                self.firm_name
            ),
        };
        let advisor = Advisor {
            id: AdvisorId::from_random(random()),
            firm: firm.id,
            account: None,
            name: self.name.clone(),
            given_name: self.given_name.clone(),
            email: self.email.clone(),
            hours: String::new(),
            role: AdvisorRole::Administrator,
            language: Language::Nl,
        };
        (firm, advisor)
    }
}

/// Returns the slug, with a number if another firm has it already.
fn free_slug(slug: &str, firms: &[Firm]) -> String {
    let taken = |slug: &str| firms.iter().any(|firm| firm.slug == slug);
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.to_owned()).chain(numbered).find(|slug| !taken(slug)).unwrap_or_default()
}

/// Converts the firm's name to a part of an address.
fn slug(name: &str) -> String {
    let letters: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let words: Vec<_> = letters.split_whitespace().collect();
    if words.is_empty() { "kantoor".to_owned() } else { words.join("-") }
}
