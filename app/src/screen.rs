//! Screens, one file each. A screen takes a snapshot of the year from the client, shows it with components, and turns
//! what the person does into commands. The page inside a screen gets all it shows as properties, so that tests can
//! render it.

mod approve;
mod approve_together;
mod archive;
mod details;
mod devices;
mod documents;
mod locked;
mod messages;
mod not_found;
mod overview;
mod payment;
mod proof;
mod questions;
mod review;
mod send;
mod signing;
mod stopped;

pub use self::documents::{Documents, DocumentsPage};
pub use approve::{Approve, ApprovePage, ApproveSheet, ApproveStep, DeclineSheet};
pub use approve_together::{ApproveTogether, TogetherPage, TogetherStep};
pub use archive::{Archive, ArchivePage, ArchiveYear};
pub use details::{Details, DetailsPage};
pub use locked::{Locked, LockedPage};
pub use messages::{Messages, MessagesPage};
pub use not_found::{NotFound, NotFoundPage};
pub use overview::{Overview, OverviewPage};
pub use payment::{Payment, PaymentPage};
pub use proof::{Proof, ProofPage};
pub use questions::{Questions, QuestionsPage};
pub use review::{Review, ReviewPage};
pub use send::{Purpose, Send, SendAction, SendFeedback, SendPage};
pub use stopped::{ElsewhereOpen, NoStore};
