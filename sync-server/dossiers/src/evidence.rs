//! Makes evidence packs: collects the contents, writes the page for
//! people, and puts the pack together. The format and the check of a pack
//! are in [`proof::evidence`].

mod collect;
mod material;
mod pack;
mod page;
mod text;

pub use collect::collect;
pub use material::{Countersigned, Material};
pub use pack::{PackError, make};
