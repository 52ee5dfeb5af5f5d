//! What app and server say to each other over plain HTTP, as JSON.

use crate::{
    approval::Nonce,
    hash::ContentHash,
    id::*,
    language::Language,
    record::Base64,
    time::{TaxYear, Timestamp},
};
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
    /// Names the firm's logo in `/api/logos/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<ContentHash>,
    /// The firm's own sentence of welcome, in the person's language; empty for none.
    #[serde(default)]
    pub welcome: String,
    /// Who is invited.
    pub given_name: String,
    /// Where the invitation was sent.
    pub email: String,
    /// The person's language.
    pub language: Language,
    /// How many tasks wait.
    pub tasks: u32,
    /// Whether the advisor told a code that must be given as well.
    #[serde(default)]
    pub needs_code: bool,
    /// The user name, where the invitation renews the passkey of a login that is there.
    #[serde(default)]
    pub user_name: Option<String>,
}

/// Starts a registration: the user name and the mail address that a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartRegistration {
    /// The secret of the link.
    pub token: String,
    /// 3 to 40 characters.
    pub user_name: String,
    /// Confirmed by having followed the link that was sent there, or by `mail_code`.
    pub email: String,
    /// What the advisor told, where the invitation asks for it.
    #[serde(default)]
    pub code: String,
    /// What was mailed to another address than the invited one.
    #[serde(default)]
    pub mail_code: String,
}

impl StartRegistration {
    /// Without codes.
    pub fn of(token: &str, user_name: &str, email: &str) -> Self {
        let [token, user_name, email] = [token, user_name.trim(), email.trim()].map(str::to_owned);
        Self { token, user_name, email, code: String::new(), mail_code: String::new() }
    }
}

/// Asks for a code to be mailed to another address than the invited one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmMail {
    /// The secret of the link.
    pub token: String,
    /// Where the person wants to get mail.
    pub email: String,
}

/// Accepts an invitation with a passkey that is there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The secret of the link.
    pub token: String,
    /// What the advisor told, where the invitation asks for it.
    #[serde(default)]
    pub code: String,
    /// The login ceremony that was begun.
    pub ceremony: String,
    /// The credential's `toJSON()`.
    pub credential: serde_json::Value,
}

/// Whether a new link is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLink {
    /// Where not, only the advisor can send one.
    pub sent: bool,
}

/// What somebody logs in with, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyring {
    /// Those in use, oldest first.
    pub passkeys: Vec<KeyringPasskey>,
    /// Those in use, newest first.
    pub devices: Vec<KeyringDevice>,
}

/// A passkey, as its owner tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyringPasskey {
    /// The credential's identifier.
    pub id: Base64,
    /// Where it was made, or what its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was used last.
    pub last_used_at: Option<Timestamp>,
}

/// A browser or computer, as its owner tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyringDevice {
    /// Which.
    pub id: DeviceId,
    /// Browser and system, or what its owner calls it.
    pub name: String,
    /// When it was used last.
    pub last_seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Since when a key of it may sign, where one may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signs_since: Option<Timestamp>,
}

/// Asks to certify a key of this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartCertificate {
    /// For whom it will sign.
    pub person: PersonId,
}

/// What a certificate is to be made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateNonce {
    /// Single use, for some minutes.
    pub nonce: Nonce,
}

/// A key of a device that may sign for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedKey {
    /// For whom.
    pub person: PersonId,
    /// BLAKE3 of the public key's bytes.
    pub key: ContentHash,
}

/// Names a passkey; `name` only where it is to be called otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnPasskey {
    /// The credential's identifier.
    pub id: Base64,
    /// 1 to 60 characters.
    #[serde(default)]
    pub name: String,
}

/// Names a device; `name` only where it is to be called otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDevice {
    /// Which.
    pub id: DeviceId,
    /// 1 to 60 characters.
    #[serde(default)]
    pub name: String,
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
    /// Keys of this device that may sign.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub device_keys: Vec<CertifiedKey>,
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
    /// Names the firm's logo in `/api/logos/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<ContentHash>,
    /// The first tax year that is not theirs any more: a household came apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<TaxYear>,
}

impl Membership {
    /// Whether a tax year is theirs.
    pub fn is_in(&self, tax_year: TaxYear) -> bool {
        self.until.is_none_or(|until| tax_year < until)
    }
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
