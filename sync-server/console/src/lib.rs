//! The advisor's console: pages rendered on the server, with forms that work without
//! script. A page is a file with its handlers, which check, decide and answer; its markup and its texts
//! stand in the folder beside it, and what several pages share in `part`.

mod advisors;
mod all_documents;
mod approval;
mod audit_log;
mod bulk;
mod client;
mod clients;
mod contact;
mod dashboard;
mod delivery;
mod dossier;
mod household;
mod import;
mod live;
mod mail_server;
mod mail_text;
mod mail_timing;
mod new_client;
mod outgoing;
mod part;
mod person;
mod portal;
mod recall;
mod report;
mod returns;
mod routes;
mod search;
mod start;
mod state;
mod template;

pub use mail_server::TESTS_AN_HOUR;
pub use routes::routes;
pub use state::Console;
