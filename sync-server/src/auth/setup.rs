//! The first start: whoever holds the one-time link that the server printed
//! names the firm and becomes its administrator.

use super::{
    invitation::invite_advisor,
    session::{hash_of, new_token},
};
use crate::{
    clock::random,
    config::Origin,
    db::{Actor, Advisor, AdvisorRole, Db, DbError, Event, Firm},
    error::{Refusal, ServerError},
    mail::is_address,
    state::State,
    web::JsonBody,
};
use axum::Json;
use model::{
    id::{AdvisorId, FirmId},
    language::Language,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Hexadecimal hash of the link's token.
const SETTING: &str = "setup_token_hash";

/// What the administrator fills in.
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

/// An advisor's invitation, for the registration that follows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetUp {
    pub token: String,
}

/// The link to begin with, new at each start until somebody can log in to the
/// console. Who set up the firm and left before making a passkey goes on there.
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

fn hex(token: &str) -> String {
    blake3::Hash::from_bytes(hash_of(token)).to_hex().to_string()
}

/// `POST /api/setup`.
pub async fn set_up(
    axum::extract::State(state): axum::extract::State<State>,
    JsonBody(setup): JsonBody<Setup>,
) -> Result<Json<SetUp>, ServerError> {
    let now = state.clock.now();
    let setup = setup.checked()?;
    let token = state
        .db
        .write(move |tx| {
            if !tx.firms()?.is_empty() {
                return Err(ServerError::from(Refusal::SetupDone));
            }
            // Hashes are compared, not tokens: how long it takes tells nothing.
            if tx.setting(SETTING)? != Some(hex(&setup.token)) {
                return Err(Refusal::SetupUnknown.into());
            }
            let (firm, advisor) = setup.firm_and_administrator();
            tx.add_firm(&firm, now)?;
            tx.add_advisor(&advisor, now)?;
            tx.remove_setting(SETTING)?;
            tx.log(&Event {
                firm: firm.id,
                client: None,
                tax_year: None,
                at: now,
                actor: Actor::Advisor(advisor.id),
                kind: "firm_set_up",
                detail: serde_json::json!({}),
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
            if !is_address(address) {
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
                "Ik heb de aangifte bekeken. Voor zover ik weet klopt alles en is niets vergeten. \
                 {} mag de aangifte namens mij versturen naar de Belastingdienst.",
                self.firm_name
            ),
            statement_en: format!(
                "I have looked at the tax return. As far as I know everything is right and nothing was forgotten. \
                 {} may send it to the Tax Administration on my behalf.",
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

/// The firm's name as part of an address.
fn slug(name: &str) -> String {
    let letters: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let words: Vec<_> = letters.split_whitespace().collect();
    if words.is_empty() { "kantoor".to_owned() } else { words.join("-") }
}
