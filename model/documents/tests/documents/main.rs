//! The tests of the documents, in one program, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod approval_state;
mod budget;
mod given;
mod heads;
mod histories;
mod household;
mod newer;
mod protocol;
mod reading;
mod replay;
mod request;
mod standing_consent;
mod subjects;
