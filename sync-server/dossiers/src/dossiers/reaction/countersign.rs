//! The server's verdict on a passkey's confirmation of an approval that a
//! device key signed. It makes the approval stronger; whether the approval counts does not change.

use super::facts::Facts;
use crate::dossiers::Plan;
use documents::dossier::{Consent, GivenRevision};
use model::{
    event::Event,
    id::*,
    record::{CounterVerdict, Countersignature, Finding, Level},
    section::Write,
};
use proof::approval::verify;

/// Judges a countersignature.
pub(super) fn judge(facts: &Facts<'_>, id: CountersignatureId, given: &Countersignature, plan: &mut Plan) {
    let of_approval = confirmed(facts, given.approval);
    let finding = of_approval.map_or(Finding::NotAsked, |(revision, consent)| finding(facts, revision, consent, given));
    plan.writes.push(Write::of(&id, &CounterVerdict { at: facts.now, finding }));
    let number = of_approval.map_or(0, |(revision, _)| revision.revision.number);
    let approval = given.approval;
    plan.events.push(if finding == Finding::Verified {
        Event::ApprovalCountersigned { approval, finding, number }
    } else {
        Event::CountersignatureNotAccepted { approval, finding, number }
    });
}

/// Returns the person's own approval by a device key that is to be confirmed.
fn confirmed<'f>(facts: &Facts<'f>, approval: ApprovalId) -> Option<(&'f GivenRevision, &'f Consent)> {
    let given = facts.view.revisions.iter().filter_map(|r| Some((r, r.consents.get(&facts.person.id)?)));
    given.into_iter().find(|(_, consent)| {
        consent.approvals.iter().any(|(id, a, _)| *id == approval && a.signature.level() == Level::DeviceKey)
    })
}

fn finding(facts: &Facts<'_>, revision: &GivenRevision, consent: &Consent, given: &Countersignature) -> Finding {
    // One confirmation is enough, and a withdrawn approval needs none.
    if consent.countersignature(given.approval).is_some() || consent.withdrawals.contains_key(&given.approval) {
        return Finding::NotAsked;
    }
    let Some(key) = facts.keys.passkeys.get(&given.assertion.credential.0) else { return Finding::UnknownPasskey };
    let signed = consent.approvals.iter().find(|(id, ..)| *id == given.approval).map(|(_, a, _)| a.signed.as_slice());
    let expected = facts.challenge(revision, signed.unwrap_or_default());
    match expected.and_then(|expected| verify(&key.key, facts.relying_party, &expected, &given.assertion)) {
        Ok(()) if key.revoked_at.is_some() || facts.needs_ruling() => Finding::AwaitsRuling,
        Ok(()) => Finding::Verified,
        Err(flaw) => {
            facts.warn(revision.id, flaw);
            Finding::Invalid
        }
    }
}
