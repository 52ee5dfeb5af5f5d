//! Tests of the state of an approval: what each history of a revision means for the person who looks.

use documents::dossier::{ApprovalState, Consent, GivenRevision};
use model::{
    approval::Nonce,
    hash::ContentHash,
    id::*,
    record::*,
    tax_return::Capacity,
    time::{Date, Timestamp},
};
use std::collections::BTreeMap;

const MARIEKE: PersonId = PersonId::from_bytes([1; 16]);
const THOMAS: PersonId = PersonId::from_bytes([2; 16]);
const REVISION: RevisionId = RevisionId::from_bytes([3; 16]);
const RETURN: TaxReturnId = TaxReturnId::from_bytes([4; 16]);

type Change = fn(&mut GivenRevision);

fn file() -> DeliveredFile {
    DeliveredFile { name: "aangifte.pdf".into(), size: 1, hash: ContentHash::of(b"1"), pages: 1 }
}

fn consent() -> Consent {
    let request = ApprovalRequest {
        nonce: Nonce([3; 32]),
        capacity: Capacity::Partner,
        signer: String::new(),
        statement: String::new(),
        after: Vec::new(),
        at: Timestamp(1),
    };
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
        tax_returns: vec![RETURN],
        number: 1,
        file: file(),
        results: Vec::new(),
        figures: Vec::new(),
        basis: Basis::Approval,
        scope: None,
        enough: Enough::All,
        corrects: None,
        by: "Sanne de Wit".into(),
        at: Timestamp(1),
    };
    let consents = BTreeMap::from([(MARIEKE, consent()), (THOMAS, consent())]);
    GivenRevision {
        id: REVISION,
        revision,
        tax_returns: Vec::new(),
        void: None,
        recall: None,
        covered_until: None,
        filings: BTreeMap::new(),
        consents,
    }
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
    let signed = given.to_sign(person).into_iter().collect();
    let approval = Approval { revision: REVISION, by: person, at, signed, signature: Signature::Passkey(signature) };
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
        ("it is for information", |g| g.revision.basis = Basis::Information, ApprovalState::ForInformation(None)),
        (
            "it is for information and was opened",
            |g| {
                g.revision.basis = Basis::Information;
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
                let filing = Filing { at: Timestamp(5), by: "Sanne".into(), reason: String::new(), undone_at: None };
                g.filings.insert(RETURN, filing);
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

/// What a person can say about a revision.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Said {
    Approved,
    Declined,
    Withdrew,
    OnPaper,
}

/// Returns the consent of a person who said these things, each at its moment by whatever clock.
fn said(all: [Said; 3], moments: [u8; 3]) -> GivenRevision {
    let mut given = revision();
    given.consents.remove(&THOMAS);
    let mut newest = None;
    for (what, at) in all.into_iter().zip(moments) {
        match what {
            Said::Approved => newest = Some(approve(&mut given, MARIEKE, at, Some(Finding::Verified))),
            Said::Declined => decline(&mut given, at),
            Said::Withdrew => {
                let withdrawal = ApprovalWithdrawal { by: MARIEKE, at: Timestamp(i64::from(at)), reason: "Nee".into() };
                of(&mut given, MARIEKE).withdrawals.extend(newest.map(|id| (id, withdrawal)));
            }
            Said::OnPaper => {
                let at = Timestamp(i64::from(at));
                let paper =
                    PaperApproval { file: file(), signed_on: Date::constant(2026, 1, 1), by: "Sanne".into(), at };
                of(&mut given, MARIEKE).paper = Some(paper);
            }
        }
    }
    // The documents list what was said by the clocks of the devices.
    of(&mut given, MARIEKE).approvals.sort_by_key(|(_, approval, _)| approval.at);
    of(&mut given, MARIEKE).declines.sort_by_key(|(_, decline)| decline.at);
    given
}

#[test]
fn nothing_is_filed_silently_whatever_was_said_in_whatever_order_and_by_whatever_clock() {
    const ALL: [Said; 4] = [Said::Approved, Said::Declined, Said::Withdrew, Said::OnPaper];
    const CLOCKS: [[u8; 3]; 6] = [[2, 3, 4], [2, 4, 3], [3, 2, 4], [3, 4, 2], [4, 2, 3], [4, 3, 2]];
    let histories = ALL.iter().flat_map(|a| ALL.iter().flat_map(move |b| ALL.iter().map(move |c| [*a, *b, *c])));
    for history in histories {
        for clock in CLOCKS {
            let given = said(history, clock);
            let consent = &given.consents[&MARIEKE];
            if given.is_clear_to_file() {
                assert!(!history.contains(&Said::Declined), "{history:?} {clock:?}");
                assert!(history.contains(&Said::Approved) || history.contains(&Said::OnPaper), "{history:?} {clock:?}");
            }
            if given.may_be_filed() {
                let last = consent.declines.iter().map(|(_, decline)| decline.at).max();
                let given_at = consent.approvals.iter().map(|(_, approval, _)| approval.at);
                let given_at = given_at.chain(consent.paper.iter().map(|paper| paper.at)).max();
                assert!(last < given_at, "the newest word is yes: {history:?} {clock:?}");
            }
        }
    }
}

#[test]
fn nothing_that_was_taken_back_counts_whatever_was_said_in_whatever_order_and_by_whatever_clock() {
    const ALL: [Said; 4] = [Said::Approved, Said::Declined, Said::Withdrew, Said::OnPaper];
    const CLOCKS: [[u8; 3]; 6] = [[2, 3, 4], [2, 4, 3], [3, 2, 4], [3, 4, 2], [4, 2, 3], [4, 3, 2]];
    let histories = ALL.iter().flat_map(|a| ALL.iter().flat_map(move |b| ALL.iter().map(move |c| [*a, *b, *c])));
    for history in histories {
        for (clock, at) in CLOCKS.iter().flat_map(|clock| (0..6).map(move |at| (*clock, at))) {
            let mut given = said(history, clock);
            for enough in [Enough::All, Enough::One] {
                given.revision.enough = enough;
                given.recall = Some(Recall { reason: "verkeerde klant".into(), by: "Sanne".into(), at: Timestamp(at) });
                let counts = given.is_approved() || given.may_be_filed() || given.is_clear_to_file();
                assert!(!counts && !given.is_current(), "{history:?} {clock:?} {at}");
                for person in [MARIEKE, THOMAS] {
                    let state = given.approval_state(Some(person));
                    assert!(!state.may_sign() && !state.has_proof(), "{history:?} {clock:?} {at}: {state:?}");
                    assert!(!given.may_withdraw(Some(person)));
                }
                given.revision.basis = Basis::Information;
                assert!(!given.may_be_filed(), "{history:?} {clock:?} {at}");
                given.revision.basis = Basis::Approval;
            }
        }
    }
}
