//! Decides what follows from accepted records: the server's verdict on an approval,
//! mails and events. The commit carries it out.

mod countersign;
mod facts;

pub(super) use facts::{Facts, Keys};

use super::{Dossiers, Plan, filing::title, tax_return::turn_notices};
use accounts::signing_key::{known_device_keys, known_keys};
use documents::dossier::{ConsentState, DossierYear, GivenRevision};
use mail::Notice;
use model::{
    event::Event,
    id::*,
    record::{Approval, ApprovalWithdrawal, Basis, Finding, FirmReading, Person, Preferences, Signature, Verdict},
    section::{ClientRecord, Write},
    time::Timestamp,
};
use proof::approval::{InvalidSignature, verify};
use std::collections::BTreeSet;
use storage::db::{DbError, MailPreferences, PersonChange, PersonRow};

impl Dossiers {
    /// Loads the keys that `records` may have been signed with; none if
    /// nothing was signed.
    pub(super) fn keys_for(&self, person: &PersonRow, records: &[ClientRecord]) -> Result<Keys, DbError> {
        let is_signed = |r: &ClientRecord| matches!(r, ClientRecord::Approval(..) | ClientRecord::Countersignature(..));
        match (records.iter().any(is_signed), person.account) {
            (true, Some(account)) => self.0.db.read(|q| {
                let passkeys = known_keys(q, account)?;
                Ok(Keys { passkeys, device_keys: known_device_keys(q, account)? })
            }),
            _ => Ok(Keys::default()),
        }
    }
}

/// Returns what follows from `records`, which were accepted together.
pub(super) fn react(facts: &Facts<'_>, records: &[ClientRecord]) -> Plan {
    let mut plan = Plan::default();
    let (person, tax_year) = (facts.person.id, facts.tax_year);
    let mut answered = 0;
    let mut approved = BTreeSet::new();
    // Reading and approval arrive together if both happened without a network.
    let opened = |record: &ClientRecord| match record {
        ClientRecord::Opening(key, _) => Some(key.revision),
        _ => None,
    };
    let opened: BTreeSet<_> = records.iter().filter_map(opened).collect();
    for record in records {
        match record {
            ClientRecord::Answer(..) => answered += 1,
            ClientRecord::Attachment(id, _) => plan.events.push(Event::AttachmentAnnounced { attachment: *id }),
            ClientRecord::Withdrawal(id, _) => plan.events.push(Event::AttachmentWithdrawn { attachment: *id }),
            // A record about something that does not exist is kept, and nobody is told about it.
            ClientRecord::HandIn(_, hand_in)
                if !facts.view.checklists.contains_key(&hand_in.checklist)
                    || facts.view.is_recalled_checklist(hand_in.checklist) => {}
            ClientRecord::Decline(_, decline) if facts.view.revision(decline.revision).is_none() => {}
            ClientRecord::Opening(key, _) if facts.view.revision(key.revision).is_none() => {}
            ClientRecord::HandIn(_, hand_in) => {
                plan.notices.push(Notice::HandedIn { person, tax_year });
                plan.events.push(Event::ChecklistHandedIn { checklist: hand_in.checklist });
            }
            ClientRecord::Approval(id, approval) => {
                judge(facts, *id, approval, &opened, &mut approved, &mut plan);
            }
            ClientRecord::Decline(id, decline) => {
                let number = number_of(facts.view, decline.revision);
                let given = facts.view.revision(decline.revision);
                let title = given.map(GivenRevision::named).unwrap_or_default();
                plan.notices.push(Notice::Declined { person, tax_year, title });
                plan.notices.extend(given.map(|given| told_of_refusal(facts, given)).unwrap_or_default());
                plan.events.push(Event::RevisionDeclined { decline: *id, number });
            }
            ClientRecord::Message(id, message) => {
                plan.writes.extend(unread_again(facts.view, message.at));
                plan.notices.push(Notice::MessageReceived { person, tax_year });
                plan.events.push(Event::MessageReceived { message: *id });
            }
            ClientRecord::Countersignature(id, given) => countersign::judge(facts, *id, given, &mut plan),
            ClientRecord::ApprovalWithdrawal(id, withdrawal) => withdraw(facts, *id, withdrawal, records, &mut plan),
            ClientRecord::Opening(key, _) => {
                let number = number_of(facts.view, key.revision);
                plan.events.push(Event::RevisionOpened { number });
            }
            ClientRecord::ItemReply(key, _) => {
                plan.events.push(Event::ItemReplied { item: key.item, task: key.task });
            }
            ClientRecord::ChangeProposal(_, proposal) if !facts.view.people.contains_key(&proposal.person) => {}
            ClientRecord::ChangeProposal(id, _) => {
                plan.notices.push(Notice::ChangeProposed { person, tax_year });
                plan.events.push(Event::ChangeProposed { proposal: *id });
            }
            ClientRecord::ProposalWithdrawal(id, _) => {
                plan.events.push(Event::ProposalWithdrawn { proposal: *id });
            }
            ClientRecord::PaymentReport(task, report) => {
                plan.events.push(Event::PaymentReported { paid: report.is_paid, task: *task });
            }
            ClientRecord::Preferences(_, wanted) => plan.writes.extend(spoken_to(facts.view, wanted)),
            ClientRecord::Reading(..) => {}
        }
    }
    if answered > 0 {
        plan.events.push(Event::QuestionsAnswered { count: answered });
    }
    plan.notices = folded(std::mem::take(&mut plan.notices));
    plan
}

/// Returns one notice for several messages that were written without a network, and one for all that was approved.
fn folded(notices: Vec<Notice>) -> Vec<Notice> {
    let mut told: Vec<Notice> = Vec::new();
    for notice in notices {
        let is_known = told.contains(&notice);
        let approved = told.iter_mut().find(|known| matches!(known, Notice::Approved { .. }));
        match (notice, approved) {
            (Notice::Approved { title, .. }, Some(Notice::Approved { title: earlier, .. })) => {
                earlier.nl = format!("{}, {}", earlier.nl, title.nl);
                earlier.en = format!("{}, {}", earlier.en, title.en);
            }
            (notice, _) if !is_known => told.push(notice),
            _ => {}
        }
    }
    told
}

/// Returns what is to change in the table of people.
pub(super) fn preferences(records: &[ClientRecord]) -> Vec<PersonChange> {
    let wanted = |record: &ClientRecord| match record {
        ClientRecord::Preferences(person, p) => Some(PersonChange {
            preferences: Some(MailPreferences { language: p.language, reminders: p.reminders, messages: p.messages }),
            ..PersonChange::of(*person)
        }),
        _ => None,
    };
    records.iter().filter_map(wanted).collect()
}

/// Returns the record by which the firm uses another language for a person from now on.
fn spoken_to(view: &DossierYear, wanted: &Preferences) -> Option<Write> {
    let known = view.people.get(&wanted.by).filter(|p| p.language != wanted.language)?;
    Some(Write::of(&wanted.by, &Person { language: wanted.language, ..known.clone() }))
}

/// Moves the mark of reading back if a message arrived that is older than those that were read, because
/// it must not count as read.
fn unread_again(view: &DossierYear, at: Timestamp) -> Option<Write> {
    let reading = view.firm_reading.as_ref().filter(|r| r.through >= at)?;
    let back = FirmReading { through: Timestamp(at.0 - 1), ..reading.clone() };
    Some(Write::of(&FirmReading::KEY.to_owned(), &back))
}

fn number_of(view: &DossierYear, revision: RevisionId) -> u32 {
    view.revision(revision).map_or(0, |r| r.revision.number)
}

/// Judges an approval. `opened` are the revisions that the same batch says were opened. `approved` are those approved
/// earlier in it, because a nonce is used up by the first approval that is found good.
fn judge(
    facts: &Facts<'_>,
    id: ApprovalId,
    approval: &Approval,
    opened: &BTreeSet<RevisionId>,
    approved: &mut BTreeSet<RevisionId>,
    plan: &mut Plan,
) {
    let found =
        if approved.contains(&approval.revision) { Ok(Finding::NotAsked) } else { finding(facts, approval, opened) };
    let (finding, flaw) = found.map_or_else(|flaw| (Finding::Invalid, Some(flaw)), |finding| (finding, None));
    let number = number_of(facts.view, approval.revision);
    let (person, tax_year) = (facts.person.id, facts.tax_year);
    let level = approval.signature.level();
    plan.writes.push(Write::of(&id, &Verdict { at: facts.now, finding }));
    if finding == Finding::AwaitsRuling {
        approved.insert(approval.revision);
        plan.notices.push(Notice::ApprovalNotAccepted { person, tax_year });
        plan.events.push(Event::ApprovalAwaitsRuling { approval: id, level, number });
    } else if finding == Finding::Verified {
        approved.insert(approval.revision);
        let given = facts.view.revision(approval.revision);
        let title = given.map(GivenRevision::named).unwrap_or_default();
        plan.notices.push(Notice::Approved { person, tax_year, title });
        plan.notices.extend(given.map(|r| turn_notices(facts.view, r, person, tax_year)).unwrap_or_default());
        plan.events.push(Event::ApprovalVerified { approval: id, level, number });
    } else {
        plan.notices.push(Notice::ApprovalNotAccepted { person, tax_year });
        plan.events.push(Event::ApprovalNotAccepted { approval: id, finding, flaw, number });
    }
}

/// Returns the mails to those who signed a revision already, after somebody else refused it.
fn told_of_refusal(facts: &Facts<'_>, given: &GivenRevision) -> Vec<Notice> {
    let (by, tax_year) = (facts.person.id, facts.tax_year);
    if !given.is_current() || !given.consents.contains_key(&by) {
        return Vec::new();
    }
    let who = facts.view.given_name(by).to_owned();
    let signed = given.signed_beside(by);
    let told =
        signed.map(|person| Notice::OtherDeclined { person, tax_year, document: title(given), who: who.clone() });
    told.collect()
}

/// Withdraws an approval if the return is not filed yet. After the filing the
/// record is kept and the advisor is told all the same.
fn withdraw(
    facts: &Facts<'_>,
    id: ApprovalId,
    withdrawal: &ApprovalWithdrawal,
    records: &[ClientRecord],
    plan: &mut Plan,
) {
    let own = |given: &&GivenRevision| {
        let consent = given.consents.get(&withdrawal.by);
        consent.is_some_and(|c| c.approvals.iter().any(|(known, ..)| *known == id))
    };
    // Approval and withdrawal arrive together if both were made without a network.
    let just_given = || {
        records.iter().find_map(|record| match record {
            ClientRecord::Approval(given, approval) if *given == id => facts.view.revision(approval.revision),
            _ => None,
        })
    };
    if let Some(given) = facts.view.revisions.iter().find(own).or_else(just_given) {
        let (person, tax_year, number) = (facts.person.id, facts.tax_year, given.revision.number);
        plan.notices.push(Notice::Declined { person, tax_year, title: given.named() });
        plan.notices.extend(told_of_refusal(facts, given));
        plan.events.push(Event::ApprovalWithdrawn { approval: id, number });
    }
}

/// Checks an approval. Everything in the challenge comes from the firm's own document,
/// nothing from the message. `Err` means that the signature is invalid.
fn finding(facts: &Facts<'_>, approval: &Approval, opened: &BTreeSet<RevisionId>) -> Result<Finding, InvalidSignature> {
    let Some(revision) = facts.view.revision(approval.revision) else { return Ok(Finding::NotAsked) };
    let Some(consent) = revision.consents.get(&facts.person.id) else { return Ok(Finding::NotAsked) };
    if revision.recall.is_some() {
        return Ok(Finding::Recalled);
    }
    // The nonce is used up by the first valid approval, even if that
    // awaits a ruling, or was withdrawn or declined since.
    if consent.state() == ConsentState::Approved
        || consent.awaiting_ruling().is_some()
        || consent.withdrawal().is_some()
        || consent.later_decline().is_some()
    {
        return Ok(Finding::NotAsked);
    }
    if revision.revision.basis != Basis::Approval {
        return Ok(Finding::NotAsked);
    }
    if revision.void.is_some() {
        return Ok(Finding::Outdated);
    }
    let expected =
        facts.challenge(revision, &approval.signed).inspect_err(|flaw| facts.warn(approval.revision, *flaw))?;
    let (checked, revoked_at) = match &approval.signature {
        Signature::Passkey(assertion) => {
            let Some(key) = facts.keys.passkeys.get(&assertion.credential.0) else {
                return Ok(Finding::UnknownPasskey);
            };
            (verify(&key.key, facts.relying_party, &expected, assertion), key.revoked_at)
        }
        Signature::DeviceKey(given) => {
            let known = facts.keys.device_keys.get(&given.key).filter(|k| k.person == facts.person.id);
            let Some(key) = known else { return Ok(Finding::UnknownDeviceKey) };
            (key.key.verify(&expected, &given.signature), key.revoked_at)
        }
    };
    checked.inspect_err(|flaw| facts.warn(approval.revision, *flaw))?;
    Ok(if revision.waits_for(facts.person.id).is_some() {
        Finding::NotYet
    } else if consent.opened.is_none() && !opened.contains(&approval.revision) {
        Finding::NotOpened
    } else if revoked_at.is_some() || facts.needs_ruling() {
        Finding::AwaitsRuling
    } else {
        Finding::Verified
    })
}
