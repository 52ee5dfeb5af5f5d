//! Making evidence packs: collecting what is in one, writing the page that
//! people read, and putting it together. The format, and the check of a pack,
//! stand in [`proof::evidence`].

mod collect;
mod pack;
mod page;
mod text;

pub use collect::collect;
pub use pack::{Countersigned, Material, PackError, make};
