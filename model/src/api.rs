//! The messages between app and server over plain HTTP, as JSON.

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
    #[serde(deserialize_with = "crate::text::secret")]
    pub token: String,
}

/// The contents of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The name of the firm that invites.
    #[serde(deserialize_with = "crate::text::line")]
    pub firm_name: String,
    /// The telephone number to call if something is wrong.
    #[serde(deserialize_with = "crate::text::line")]
    pub firm_phone: String,
    /// The firm's colour as `#rrggbb`.
    #[serde(deserialize_with = "crate::text::line")]
    pub accent: String,
    /// The hash of the firm's logo, which is its name in `/api/logos/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<ContentHash>,
    /// The firm's own sentence of welcome, in the person's language; empty if there is none.
    #[serde(default, deserialize_with = "crate::text::lines")]
    pub welcome: String,
    /// The given name of the person who is invited.
    #[serde(deserialize_with = "crate::text::line")]
    pub given_name: String,
    /// The mail address that the invitation was sent to.
    #[serde(deserialize_with = "crate::text::line")]
    pub email: String,
    /// The person's language.
    pub language: Language,
    /// The number of tasks that wait.
    pub tasks: u32,
    /// True if the advisor told a code that must be given too.
    #[serde(default)]
    pub needs_code: bool,
    /// The user name, if the invitation renews the passkey of an existing login.
    #[serde(default, deserialize_with = "crate::text::maybe_line")]
    pub user_name: Option<String>,
    /// A free user name, proposed to somebody who chooses none.
    #[serde(default, deserialize_with = "crate::text::line")]
    pub suggested_user_name: String,
}

/// Starts a registration: the user name and the mail address that a person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartRegistration {
    /// The secret of the link.
    #[serde(deserialize_with = "crate::text::secret")]
    pub token: String,
    /// The user name, 3 to 40 characters.
    #[serde(deserialize_with = "crate::text::line")]
    pub user_name: String,
    /// The mail address. It is confirmed by having followed the link that was sent there, or by `mail_code`.
    #[serde(deserialize_with = "crate::text::line")]
    pub email: String,
    /// The code that the advisor told, if the invitation asks for one.
    #[serde(default, deserialize_with = "crate::text::line")]
    pub code: String,
    /// The code that was mailed, if the address is not the invited one.
    #[serde(default, deserialize_with = "crate::text::line")]
    pub mail_code: String,
}

impl StartRegistration {
    /// Returns a registration without codes.
    pub fn of(token: &str, user_name: &str, email: &str) -> Self {
        let [token, user_name, email] = [token, user_name.trim(), email.trim()].map(str::to_owned);
        Self { token, user_name, email, code: String::new(), mail_code: String::new() }
    }
}

/// Asks for a code to be mailed to another address than the invited one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmMail {
    /// The secret of the link.
    #[serde(deserialize_with = "crate::text::secret")]
    pub token: String,
    /// The address at which the person wants to get mail.
    #[serde(deserialize_with = "crate::text::line")]
    pub email: String,
}

/// Accepts an invitation with a passkey that exists already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The secret of the link.
    #[serde(deserialize_with = "crate::text::secret")]
    pub token: String,
    /// The code that the advisor told, if the invitation asks for one.
    #[serde(default, deserialize_with = "crate::text::line")]
    pub code: String,
    /// The login ceremony that was started.
    #[serde(deserialize_with = "crate::text::secret")]
    pub ceremony: String,
    /// The result of the credential's `toJSON()`.
    pub credential: serde_json::Value,
}

/// Asks for a new link without having an old one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkByMail {
    /// The firm's slug, which is its name in addresses.
    #[serde(deserialize_with = "crate::text::line")]
    pub firm: String,
    /// The address at which the firm mails the person.
    #[serde(deserialize_with = "crate::text::line")]
    pub email: String,
}

/// The answer to somebody who asked for a new link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLink {
    /// True if a new link is on its way; otherwise only the advisor can send one.
    pub sent: bool,
}

/// The passkeys and devices of a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyring {
    /// The passkeys in use, oldest first.
    pub passkeys: Vec<KeyringPasskey>,
    /// The devices in use, newest first.
    pub devices: Vec<KeyringDevice>,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyringPasskey {
    /// The credential's identifier.
    pub id: Base64,
    /// The device on which it was made, or the name that its owner gave it.
    #[serde(deserialize_with = "crate::text::line")]
    pub name: String,
    /// The moment at which it was made.
    pub created_at: Timestamp,
    /// The moment at which it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// A browser or computer as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyringDevice {
    /// The id of the device.
    pub id: DeviceId,
    /// Browser and system, or the name that its owner gave it.
    #[serde(deserialize_with = "crate::text::line")]
    pub name: String,
    /// The moment at which it was last used.
    pub last_seen_at: Timestamp,
    /// True for the device that sends this request.
    pub is_this: bool,
    /// The moment since which a key of this device may sign, if one may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signs_since: Option<Timestamp>,
}

/// Asks to certify a key of this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartCertificate {
    /// The person for whom it will sign.
    pub person: PersonId,
}

/// The nonce from which a certificate is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateNonce {
    /// The nonce, for single use within some minutes.
    pub nonce: Nonce,
}

/// A key of a device that may sign for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedKey {
    /// The person for whom it signs.
    pub person: PersonId,
    /// BLAKE3 of the public key's bytes.
    pub key: ContentHash,
}

/// Selects a passkey. `name` is only used when it is renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnPasskey {
    /// The credential's identifier.
    pub id: Base64,
    /// The new name, 1 to 60 characters.
    #[serde(default, deserialize_with = "crate::text::line")]
    pub name: String,
}

/// Selects a device. `name` is only used when it is renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDevice {
    /// The id of the device.
    pub id: DeviceId,
    /// The new name, 1 to 60 characters.
    #[serde(default, deserialize_with = "crate::text::line")]
    pub name: String,
}

/// What a client can still send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The number of bytes.
    pub bytes: u64,
    /// The number of files.
    pub files: u64,
}

/// A ceremony that was started. `options` are for the browser's passkey dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// The id of the ceremony, with which it is finished.
    #[serde(deserialize_with = "crate::text::secret")]
    pub ceremony: String,
    /// The options: `{"publicKey": …}` (Web Authentication Level 3, section 5.1.8/5.1.9).
    pub options: serde_json::Value,
}

/// Finishes a ceremony with the passkey's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinishCeremony {
    /// The id of the ceremony.
    #[serde(deserialize_with = "crate::text::secret")]
    pub ceremony: String,
    /// The result of the credential's `toJSON()`.
    pub credential: serde_json::Value,
}

/// The login on this device, with everything the app has to know about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The login.
    pub account: AccountId,
    /// The user name that was chosen at registration.
    #[serde(deserialize_with = "crate::text::line")]
    pub user_name: String,
    /// The device that the session belongs to.
    pub device: DeviceId,
    /// The clients this login belongs to.
    pub memberships: Vec<Membership>,
    /// True if the login also works in the console.
    pub is_advisor: bool,
    /// The relying party of the passkeys, which is the host name.
    #[serde(deserialize_with = "crate::text::line")]
    pub rp_id: String,
    /// Identifiers of the passkeys that may sign.
    pub passkeys: Vec<Base64>,
    /// Keys of this device that may sign.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub device_keys: Vec<CertifiedKey>,
}

/// A client that a login belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The client.
    pub client: ClientId,
    /// The person that the login is there.
    pub person: PersonId,
    /// The person's full name.
    #[serde(deserialize_with = "crate::text::line")]
    pub name: String,
    /// The person's given name.
    #[serde(deserialize_with = "crate::text::line")]
    pub given_name: String,
    /// The mail address that the firm writes to.
    #[serde(deserialize_with = "crate::text::line")]
    pub email: String,
    /// The person's language.
    pub language: Language,
    /// The name of the firm.
    #[serde(deserialize_with = "crate::text::line")]
    pub firm_name: String,
    /// The telephone number to call if something is wrong.
    #[serde(deserialize_with = "crate::text::line")]
    pub firm_phone: String,
    /// The firm's colour as `#rrggbb`.
    #[serde(deserialize_with = "crate::text::line")]
    pub accent: String,
    /// The hash of the firm's logo, which is its name in `/api/logos/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<ContentHash>,
    /// The path of the page where the firm's clients log in. Empty if an earlier server wrote this.
    #[serde(default, deserialize_with = "crate::text::line", skip_serializing_if = "String::is_empty")]
    pub login_path: String,
    /// The first tax year that the person has no access to, because the household was split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<TaxYear>,
}

impl Membership {
    /// Returns true if the person has access to a tax year.
    pub fn is_in(&self, tax_year: TaxYear) -> bool {
        self.until.is_none_or(|until| tax_year < until)
    }
}

/// A refusal that a person may see, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicError {
    /// The word for programs in snake case, such as `invitation_used`.
    #[serde(deserialize_with = "crate::text::line")]
    pub error: String,
    /// The sentence in Dutch.
    #[serde(deserialize_with = "crate::text::lines")]
    pub nl: String,
    /// The sentence in English.
    #[serde(deserialize_with = "crate::text::lines")]
    pub en: String,
}
