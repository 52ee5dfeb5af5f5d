//! Who is told by mail when a way in changes: all administrators, whoever did it too, since somebody else may have been
//! at the open session; the colleague whom it is about; and an address that was left.

pub mod text;

use mail::{Composer, Notice};
use model::{
    language::{Bilingual, Language},
    mail_address::MailAddress,
    time::Timestamp,
};
use storage::db::{Advisor, AdvisorRole, DbError, Tx};
use text::WaysIn;

/// A change of who gets in, or of what leaves the firm.
pub struct Told<'t> {
    /// The advisor who did it.
    pub by: &'t Advisor,
    /// The colleague whom it is about.
    pub about: Option<&'t Advisor>,
    /// True if another mail tells the colleague.
    pub knows: bool,
    /// The address that the colleague had before.
    pub left: Option<MailAddress>,
    /// The change, as a sentence.
    pub what: Bilingual,
}

/// Returns a sentence in both languages.
pub fn both(sentence: impl Fn(WaysIn) -> String) -> Bilingual {
    Bilingual::new(sentence(WaysIn(Language::Nl)), sentence(WaysIn(Language::En)))
}

impl Told<'_> {
    /// Queues the mails, in the transaction of the change.
    pub fn queue(self, tx: &Tx<'_>, composer: &Composer, now: Timestamp) -> Result<(), DbError> {
        let about = self.about.map(|colleague| colleague.id);
        let of_firm = tx.working_advisors(self.by.firm)?.into_iter();
        let concerned = |a: &Advisor| match Some(a.id) == about {
            true => !self.knows,
            false => a.role == AdvisorRole::Administrator,
        };
        let to = of_firm.filter(concerned).map(|a| (a.id, None));
        let left = about.zip(self.left).map(|(id, left)| (id, Some(left)));
        for (advisor, to) in to.chain(left) {
            let (by, what) = (self.by.name.clone(), self.what.clone());
            composer.queue(tx, &Notice::AdvisorWayIn { advisor, to, by, what }, now)?;
        }
        Ok(())
    }
}
