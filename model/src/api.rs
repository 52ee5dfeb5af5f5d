//! What app and server say to each other over plain HTTP, as JSON.

use crate::{id::*, language::Language, record::Base64};
use serde::{Deserialize, Serialize};

/// Asks what an invitation is for, or starts using it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationQuery {
    /// The secret of the link.
    pub token: String,
}

/// What an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Who invites.
    pub firm_name: String,
    /// To be called when something is wrong.
    pub firm_phone: String,
    /// `#rrggbb`.
    pub accent: String,
    /// Who is invited.
    pub given_name: String,
    /// Where the invitation was sent.
    pub email: String,
    /// The person's language.
    pub language: Language,
    /// How many tasks wait.
    pub tasks: u32,
}

/// Starts a registration: the user name and the mail address that a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartRegistration {
    /// The secret of the link.
    pub token: String,
    /// 3 to 40 characters.
    pub user_name: String,
    /// Confirmed by having followed the link that was sent there.
    pub email: String,
}

/// A ceremony that began: `options` go to the browser's passkey dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// Names the ceremony when it is finished.
    pub ceremony: String,
    /// `{"publicKey": …}` (Web Authentication Level 3, section 5.1.8/5.1.9).
    pub options: serde_json::Value,
}

/// Ends a ceremony with what the passkey answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinishCeremony {
    /// Which.
    pub ceremony: String,
    /// The credential's `toJSON()`.
    pub credential: serde_json::Value,
}

/// Who is signed in, on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The login.
    pub account: AccountId,
    /// Chosen at registration.
    pub user_name: String,
    /// This browser or computer.
    pub device: DeviceId,
    /// The clients this login belongs to.
    pub memberships: Vec<Membership>,
    /// Whether the login also works in the console.
    pub is_advisor: bool,
    /// Relying party of the passkeys: the host name.
    pub rp_id: String,
    /// Identifiers of the passkeys that may sign.
    pub passkeys: Vec<Base64>,
}

/// One client that a login belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The client.
    pub client: ClientId,
    /// Who the login is there.
    pub person: PersonId,
    /// Full name.
    pub name: String,
    /// As called at home.
    pub given_name: String,
    /// Where the firm writes to.
    pub email: String,
    /// The person's language.
    pub language: Language,
    /// The practice.
    pub firm_name: String,
    /// To be called when something is wrong.
    pub firm_phone: String,
    /// `#rrggbb`.
    pub accent: String,
}

/// A refusal that a person is told of, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicError {
    /// Snake-case word, such as `invitation_used`.
    pub error: String,
    /// Dutch.
    pub nl: String,
    /// English.
    pub en: String,
}
