//! Tests of the state of an approval: what each history of a revision means for the person who looks.

use documents::dossier::{ApprovalState, Consent, GivenRevision};
use model::{
    approval::Nonce,
    hash::ContentHash,
    id::*,
    record::*,
    time::{Date, Timestamp},
};
use std::collections::BTreeMap;

const MARIEKE: PersonId = PersonId::from_bytes([1; 16]);
const THOMAS: PersonId = PersonId::from_bytes([2; 16]);
const REVISION: RevisionId = RevisionId::from_bytes([3; 16]);

type Change = fn(&mut GivenRevision);

fn file() -> DeliveredFile {
    DeliveredFile { name: "aangifte.pdf".into(), size: 1, hash: ContentHash::of(b"1"), pages: 1 }
}

fn consent() -> Consent {
    let request =
        ApprovalRequest { nonce: Nonce([3; 32]), statement: String::new(), after: Vec::new(), at: Timestamp(1) };
    Consent {
        request,
        opened: None,
        approvals: Vec::new(),
        declines: Vec::new(),
        withdrawals: BTreeMap::new(),
        rulings: BTreeMap::new(),
        paper: None,
        countersignatures: Vec::new(),
    }
}

/// Returns a revision that both partners are asked to approve.
fn revision() -> GivenRevision {
    let revision = Revision {
        tax_return: TaxReturnId::from_bytes([4; 16]),
        kind: "IB".into(),
        number: 1,
        file: file(),
        outcomes: BTreeMap::new(),
        figures: Vec::new(),
        for_information: false,
        by: "Sanne de Wit".into(),
        at: Timestamp(1),
    };
    let consents = BTreeMap::from([(MARIEKE, consent()), (THOMAS, consent())]);
    GivenRevision { id: REVISION, revision, void: None, filing: None, consents }
}

fn of(given: &mut GivenRevision, person: PersonId) -> &mut Consent {
    given.consents.get_mut(&person).unwrap()
}

fn approve(given: &mut GivenRevision, person: PersonId, at: u8, finding: Option<Finding>) -> ApprovalId {
    let id = ApprovalId::from_bytes([at; 16]);
    let bytes = || Base64(vec![1]);
    let signature =
        Assertion { credential: bytes(), authenticator_data: bytes(), client_data: bytes(), signature: bytes() };
    let at = Timestamp(i64::from(at));
    let approval = Approval { revision: REVISION, by: person, at, signature: Signature::Passkey(signature) };
    let verdict = finding.map(|finding| Verdict { at, finding });
    of(given, person).approvals.push((id, approval, verdict));
    id
}

fn decline(given: &mut GivenRevision, at: u8) {
    let decline =
        Decline { revision: REVISION, by: MARIEKE, at: Timestamp(i64::from(at)), reason: "Het bedrag".into() };
    of(given, MARIEKE).declines.push((DeclineId::from_bytes([at; 16]), decline));
}

fn withdraw(given: &mut GivenRevision, approval: ApprovalId) {
    let withdrawal = ApprovalWithdrawal { by: MARIEKE, at: Timestamp(9), reason: "Vergissing".into() };
    of(given, MARIEKE).withdrawals.insert(approval, withdrawal);
}

fn rule(given: &mut GivenRevision, approval: ApprovalId, accepted: bool) {
    let ruling = Ruling { accepted, by: "Sanne de Wit".into(), at: Timestamp(8), remark: String::new() };
    of(given, MARIEKE).rulings.insert(approval, ruling);
}

fn thomas_is_first(given: &mut GivenRevision) {
    of(given, MARIEKE).request.after.push(THOMAS);
}

#[test]
fn each_history_means_one_state() {
    let table: [(&str, Change, ApprovalState); 17] = [
        ("nothing happened", |_| {}, ApprovalState::Asked),
        ("it is for information", |g| g.revision.for_information = true, ApprovalState::ForInformation(None)),
        (
            "it is for information and was opened",
            |g| {
                g.revision.for_information = true;
                of(g, MARIEKE).opened = Some(Timestamp(5));
            },
            ApprovalState::ForInformation(Some(Timestamp(5))),
        ),
        ("somebody else is first", thomas_is_first, ApprovalState::WaitsFor(THOMAS)),
        (
            "the first has signed and it is not checked",
            |g| {
                thomas_is_first(g);
                approve(g, THOMAS, 2, None);
            },
            ApprovalState::WaitsFor(THOMAS),
        ),
        (
            "the first has approved",
            |g| {
                thomas_is_first(g);
                approve(g, THOMAS, 2, Some(Finding::Verified));
            },
            ApprovalState::Asked,
        ),
        (
            "it was signed before its turn",
            |g| {
                thomas_is_first(g);
                approve(g, MARIEKE, 2, Some(Finding::NotYet));
            },
            ApprovalState::WaitsFor(THOMAS),
        ),
        (
            "it is not checked",
            |g| {
                approve(g, MARIEKE, 2, None);
            },
            ApprovalState::Signed,
        ),
        (
            "it is good",
            |g| {
                approve(g, MARIEKE, 2, Some(Finding::Verified));
            },
            ApprovalState::Approved,
        ),
        (
            "it is bad",
            |g| {
                approve(g, MARIEKE, 2, Some(Finding::Invalid));
            },
            ApprovalState::Refused(Finding::Invalid),
        ),
        (
            "it is held",
            |g| {
                approve(g, MARIEKE, 2, Some(Finding::AwaitsRuling));
            },
            ApprovalState::AwaitingRuling,
        ),
        (
            "the firm accepted what was held",
            |g| {
                let id = approve(g, MARIEKE, 2, Some(Finding::AwaitsRuling));
                rule(g, id, true);
            },
            ApprovalState::Approved,
        ),
        (
            "the firm refused what was held",
            |g| {
                let id = approve(g, MARIEKE, 2, Some(Finding::AwaitsRuling));
                rule(g, id, false);
            },
            ApprovalState::Refused(Finding::AwaitsRuling),
        ),
        ("it was declined", |g| decline(g, 2), ApprovalState::Declined),
        (
            "it was declined and then approved",
            |g| {
                decline(g, 2);
                approve(g, MARIEKE, 3, Some(Finding::Verified));
            },
            ApprovalState::Approved,
        ),
        (
            "a good approval was withdrawn",
            |g| {
                let id = approve(g, MARIEKE, 2, Some(Finding::Verified));
                withdraw(g, id);
            },
            ApprovalState::Withdrawn,
        ),
        (
            "the person signed on paper after a withdrawal",
            |g| {
                let id = approve(g, MARIEKE, 2, Some(Finding::Verified));
                withdraw(g, id);
                let signed_on = "2026-03-01".parse::<Date>().unwrap();
                let paper = PaperApproval { file: file(), signed_on, by: "Sanne de Wit".into(), at: Timestamp(9) };
                of(g, MARIEKE).paper = Some(paper);
            },
            ApprovalState::OnPaper,
        ),
    ];
    for (history, change, state) in table {
        let mut given = revision();
        change(&mut given);
        assert_eq!(given.approval_state(Some(MARIEKE)), state, "{history}");
    }
}

#[test]
fn who_is_not_asked_or_not_known_has_nothing_to_approve() {
    let mut given = revision();
    given.consents.remove(&THOMAS);
    assert_eq!(given.approval_state(Some(THOMAS)), ApprovalState::NotAsked);
    assert_eq!(given.approval_state(None), ApprovalState::NotAsked);
}

#[test]
fn an_approval_can_be_withdrawn_until_the_return_is_filed_or_replaced() {
    let table: [(&str, Change, bool); 6] = [
        ("nothing was signed", |_| {}, false),
        (
            "it is not checked",
            |g| {
                approve(g, MARIEKE, 2, None);
            },
            true,
        ),
        (
            "it is good",
            |g| {
                approve(g, MARIEKE, 2, Some(Finding::Verified));
            },
            true,
        ),
        (
            "it is bad",
            |g| {
                approve(g, MARIEKE, 2, Some(Finding::Invalid));
            },
            false,
        ),
        (
            "the return is filed",
            |g| {
                approve(g, MARIEKE, 2, Some(Finding::Verified));
                g.filing = Some(Filing { at: Timestamp(5) });
            },
            false,
        ),
        (
            "a newer revision replaced it",
            |g| {
                approve(g, MARIEKE, 2, Some(Finding::Verified));
                g.void = Some(Void { at: Timestamp(5), replaced_by: RevisionId::from_bytes([9; 16]) });
            },
            false,
        ),
    ];
    for (history, change, may) in table {
        let mut given = revision();
        change(&mut given);
        assert_eq!(given.may_withdraw(Some(MARIEKE)), may, "{history}");
    }
}
