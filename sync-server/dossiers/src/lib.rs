//! The work that is done with clients: the dossiers of their years and the one way in which they change,
//! uploads, imports, what is done for many clients at once, the jobs beside the requests, and evidence packs.
//! Knows no HTTP.

pub mod bulk;
pub mod checkpoints;
pub mod client;
mod dossiers;
pub mod evidence;
pub mod firm_file;
pub mod hub;
pub mod import;
pub mod jobs;
pub mod proposal;
pub mod upload;
pub mod work;

pub use dossiers::{
    ActionError, AnnouncedFile, Asks, Dossiers, NewDelivery, NewMessage, NewPaper, NewRevision, Pusher, WantedReturn,
    Which, keep_order, proposed_capacity, template,
};
