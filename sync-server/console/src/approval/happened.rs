//! Which return an event of the time line is about.

use documents::dossier::{DossierYear, GivenRevision};
use model::{event::Event, id::ApprovalId, record::RecallTarget};

/// Returns the revision that an event is about, if the event names one.
pub fn revision_of<'y>(year: &'y DossierYear, event: &Event) -> Option<&'y GivenRevision> {
    let of_approval = |id: &ApprovalId| {
        let has = |given: &&GivenRevision| {
            given.consents.values().any(|consent| consent.approvals.iter().any(|(known, ..)| known == id))
        };
        year.revisions.iter().find(has)
    };
    match event {
        Event::RevisionSetOut { revision, .. }
        | Event::RevisionFiled { revision, .. }
        | Event::FilingUndone { revision, .. }
        | Event::Recalled { target: RecallTarget::Revision(revision) } => year.revision(*revision),
        Event::ApprovalVerified { approval, .. }
        | Event::ApprovalAwaitsRuling { approval, .. }
        | Event::ApprovalNotAccepted { approval, .. }
        | Event::ApprovalCountersigned { approval, .. }
        | Event::CountersignatureNotAccepted { approval, .. }
        | Event::ApprovalWithdrawn { approval, .. }
        | Event::ApprovalReleased { approval }
        | Event::ApprovalRefused { approval }
        | Event::EvidenceRead { approval } => of_approval(approval),
        Event::RevisionDeclined { decline, .. } => {
            let has = |given: &&GivenRevision| {
                given.consents.values().any(|consent| consent.declines.iter().any(|(known, _)| known == decline))
            };
            year.revisions.iter().find(has)
        }
        _ => None,
    }
}
