//! Rows for tests in which nothing of them matters but their identifiers.

use super::{Advisor, AdvisorRole, Client, Firm};
use model::{id::*, language::Language};

pub fn firm(id: FirmId) -> Firm {
    Firm {
        id,
        // No two firms have the same.
        slug: id.to_string(),
        name: "Kantoor".to_owned(),
        phone: String::new(),
        sender_name: String::new(),
        sender_address: String::new(),
        accent: String::new(),
        statement_nl: String::new(),
        statement_en: String::new(),
    }
}

pub fn advisor(id: AdvisorId, firm: FirmId) -> Advisor {
    Advisor {
        id,
        firm,
        account: None,
        name: "Adviseur".to_owned(),
        given_name: String::new(),
        email: String::new(),
        hours: String::new(),
        role: AdvisorRole::Advisor,
        language: Language::Nl,
    }
}

pub fn client(id: ClientId, firm: FirmId, advisor: AdvisorId) -> Client {
    Client { id, firm, number: "1".to_owned(), name: "Klant".to_owned(), advisor }
}
