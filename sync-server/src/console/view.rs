//! The console's markup: pure functions from what is known to HTML. Nothing
//! here reads a database, and nothing here knows of requests.

pub mod answers;
pub mod approval;
pub mod bulk;
pub mod choice;
pub mod client;
pub mod clients;
pub mod contact;
pub mod dashboard;
pub mod delivery;
pub mod documents;
pub mod dossier;
pub mod evidence;
pub mod field;
pub mod frame;
pub mod household;
pub mod import;
mod import_rows;
pub mod mail_server;
pub mod mail_text;
pub mod mail_timing;
pub mod mails;
mod messages;
pub mod new_client;
pub mod outgoing;
pub mod person;
pub mod portal;
pub mod report;
pub mod request;
pub mod return_form;
pub mod search;
mod signature;
pub mod start;
pub mod task;
pub mod template;
pub mod timeline;
mod unusual;
