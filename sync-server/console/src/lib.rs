//! The advisor's console: pages rendered on the server, with forms that work without
//! script. Handlers check, decide and answer; the markup is in `view`.

mod advisors;
mod answer_sheet;
mod approval;
mod audit_log;
mod bulk;
mod checklist_text;
mod client;
mod clients;
mod consent_text;
mod contact;
mod dashboard;
mod delivery;
mod document;
mod dossier;
mod evidence;
mod export;
mod form;
mod household;
mod import;
mod live;
mod logo;
mod mail_server;
mod mail_text;
mod mail_timing;
mod new_client;
mod outgoing;
mod page;
mod parts;
mod person;
mod portal;
mod report;
mod request;
mod review;
mod routes;
mod ruling;
mod search;
mod start;
mod template;
mod text;
mod time_format;
mod upload;
mod view;

pub use parts::Console;
pub use routes::routes;
