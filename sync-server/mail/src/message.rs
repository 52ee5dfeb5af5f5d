//! Converts a mail to a message (RFC 5322, MIME). The same mail always results in the same
//! bytes, however often it is tried.

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use model::mail_address::MailAddress;
use std::time::{Duration, SystemTime};
use storage::db::OutboxRow;

/// The reasons why a mail cannot be written as a message.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    #[error("{field} is no mail address")]
    Address { field: &'static str },
    #[error(transparent)]
    Lettre(#[from] lettre::error::Error),
}

/// The header that asks programs which answer mails automatically not to answer this one (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Changes a text so that no mail program takes it for an encoded one (RFC 2047).
fn as_written(text: &str) -> String {
    text.replace("=?", "= ?")
}

/// Returns a text without the secrets after the `#` of its links.
pub fn without_secrets(text: &str) -> String {
    let is_secret = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut parts = text.split('#');
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(is_secret);
        // A colour has six digits, and a secret has 43 characters.
        clean.push('#');
        clean.push_str(if part.len() - rest.len() > 30 { "…" } else { &part[..part.len() - rest.len()] });
        clean.push_str(rest);
    }
    clean
}

/// Writes the message of a mail. `from` replaces the mail's own sender address
/// if the mail server prescribes one.
pub(super) fn message(row: &OutboxRow, from: Option<&str>) -> Result<Message, MessageError> {
    let mail = &row.mail;
    let address = |field, text: &str| {
        let read = MailAddress::read(text).and_then(|address| address.as_str().parse::<Address>().ok());
        read.ok_or(MessageError::Address { field })
    };
    let sender_name = Some(as_written(&mail.from_name)).filter(|name| !name.is_empty());
    let written_at = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(row.created_at.0).unwrap_or(0));
    let mut builder = Message::builder()
        .from(Mailbox::new(sender_name, address("sender", from.unwrap_or(&mail.from_address))?))
        .to(Mailbox::new(None, address("recipient", &mail.to_address)?))
        .subject(as_written(&mail.subject))
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(written_at)
        .header(AutoSubmitted);
    if !mail.reply_to.is_empty() {
        builder = builder.reply_to(Mailbox::new(None, address("reply-to", &mail.reply_to)?));
    }
    let boundary = blake3::hash(mail.message_id.as_bytes()).to_hex();
    let parts = MultiPart::alternative()
        .boundary(boundary.as_str())
        .singlepart(SinglePart::plain(mail.body_text.clone()))
        .singlepart(SinglePart::html(mail.body_html.clone()));
    Ok(builder.multipart(parts)?)
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn the_secret_of_a_link_goes_and_all_else_stays() {
        let secret = "A-_z".repeat(10) + "abc";
        let text = format!("<a href=\"https://x.example/welkom#{secret}\" style=\"color:#0f5b66\">#1 {secret}</a>\n#");
        let clean = without_secrets(&text);
        assert_eq!(clean, format!("<a href=\"https://x.example/welkom#…\" style=\"color:#0f5b66\">#1 {secret}</a>\n#"));
        assert_eq!(without_secrets(&clean), clean);
    }
}
