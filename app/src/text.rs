//! All texts of the app in Dutch and English, grouped by screen. Dutch is written at level B1, with `u`, without
//! exclamation marks.

mod access;
mod approval;
mod archive;
mod checklist;
mod contact;
mod delivered;
mod devices;
mod home;
mod installed;
mod lock;
mod payment;
mod quarantine;
mod recall;
mod request;
mod signing;
mod together;

use model::{api::PublicError, language::Language};

/// Returns the server's message in the person's language.
pub fn said(error: &PublicError, language: Language) -> String {
    match language {
        Language::Nl => error.nl.clone(),
        Language::En => error.en.clone(),
    }
}

pub use access::*;
pub use approval::*;
pub use archive::*;
pub use checklist::*;
pub use contact::*;
pub use delivered::*;
pub use devices::*;
pub use home::*;
pub use installed::*;
pub use lock::*;
pub use payment::*;
pub use quarantine::*;
pub use recall::*;
pub use request::*;
pub use signing::*;
pub use together::*;
