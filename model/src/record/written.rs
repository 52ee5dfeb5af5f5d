//! What the server has to know of a record that the client's people write, before it accepts one.

use super::{MAX_TEXT, Role, Subject};
use crate::{id::PersonId, time::Timestamp};

/// A type of record that the client's people write.
pub trait ClientWritten {
    /// The type of its keys.
    type Key;

    /// True if a person may overwrite a record in its place. All others are written once.
    const REWRITTEN: bool = false;

    /// True if the record is taken even if a budget of the year or the person is used up: an approval, a refusal, a
    /// withdrawal. The number of these is bounded by what they are about, because each has at most
    /// [`super::MAX_CONSENTS`] or one.
    const HAS_ROOM: bool = false;

    /// The revision of this type of record: it rises when a field or a variant is added. A server says
    /// which revision it takes.
    const REVISION: u16 = 1;

    /// Returns the lowest revision that has all the fields and variants that this record uses, so
    /// that it can be sent to an older server.
    fn revision(&self) -> u16 {
        1
    }

    /// Returns the person whom the record names as its author.
    fn author(&self) -> PersonId;

    /// Returns the moments in the record, all by the clock of the device.
    fn moments(&mut self) -> Vec<&mut Timestamp>;

    /// Returns the things that the record is about. Each has to be there, and those that only their author may write
    /// about have to be the author's.
    fn subjects(&self, key: &Self::Key) -> Vec<Subject>;

    /// Returns true if somebody with this role may write it.
    fn is_allowed(role: Role) -> bool {
        match role {
            Role::Approver | Role::Filler => true,
            Role::Reader => false,
        }
    }

    /// Returns true if the record makes sense under this key and is not too large.
    fn is_sound(&self, _key: &Self::Key) -> bool {
        true
    }
}

/// Returns true if a text contains characters that no text of a person has.
pub(super) fn has_control(text: &str) -> bool {
    text.contains(|c: char| c.is_control() && c != '\n' && c != '\t')
}

/// Returns true if a text fits on one line of a form.
pub(super) fn is_line(text: &str) -> bool {
    text.chars().count() <= 200 && !text.contains(char::is_control)
}

/// Returns true if a text is not longer than one that a person types.
pub(super) fn is_short(text: &str) -> bool {
    text.chars().count() <= MAX_TEXT
}
