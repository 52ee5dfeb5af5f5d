//! Mails: what is written on which occasion.

mod notice;

pub use notice::Notice;
