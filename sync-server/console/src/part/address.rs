//! The addresses of pages that other pages lead to.

use model::{
    hash::ContentHash,
    id::{BulkId, ClientId, ImportId},
    time::TaxYear,
};
use storage::db::MailFilter;

/// The address of the list of advisors; the address of one advisor's page starts with it.
pub const ADVISORS: &str = "/kantoor/adviseurs";
/// The address of the audit log; the addresses of its files start with it.
pub const AUDIT_LOG: &str = "/kantoor/logboek";

/// Returns the address of a client's year.
pub fn year(number: &str, year: TaxYear) -> String {
    format!("/kantoor/klanten/{number}/{year}")
}

/// Returns the address of a file of a client as it was sent. What clients sent is downloaded from there, never shown.
pub fn file(client: ClientId, hash: &ContentHash) -> String {
    format!("/api/clients/{client}/files/{hash}")
}

/// Returns the address at which a browser shows a file of a client as far as it may, and downloads it otherwise.
pub fn shown_file(client: ClientId, hash: &ContentHash) -> String {
    format!("/api/clients/{client}/files/{hash}/shown")
}

/// Returns the address of an action for many clients.
pub fn bulk(id: BulkId) -> String {
    format!("/kantoor/acties/{id}")
}

/// Returns the address of an import.
pub fn import(id: ImportId) -> String {
    format!("/kantoor/importeren/{id}")
}

/// Returns the word for a filter in an address.
pub fn filter_word(filter: MailFilter) -> &'static str {
    match filter {
        MailFilter::Waiting => "wacht",
        MailFilter::Sent => "verstuurd",
        MailFilter::Failed => "mislukt",
    }
}

/// Returns the filter of outgoing mails that a word in an address means.
pub fn outgoing_filter(text: &str) -> Option<MailFilter> {
    [MailFilter::Waiting, MailFilter::Sent, MailFilter::Failed].into_iter().find(|filter| filter_word(*filter) == text)
}

/// Returns the address of the table of outgoing mails with these filters.
pub fn outgoing(filter: Option<MailFilter>, text: &str, client: Option<&str>, page: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Some(filter) = filter {
        query.append_pair("staat", filter_word(filter));
    }
    if let Some(client) = client {
        query.append_pair("klant", client);
    }
    if !text.is_empty() {
        query.append_pair("q", text);
    }
    if page > 1 {
        query.append_pair("pagina", &page.to_string());
    }
    let query = query.finish();
    if query.is_empty() { "/kantoor/uitgaand".to_owned() } else { format!("/kantoor/uitgaand?{query}") }
}
