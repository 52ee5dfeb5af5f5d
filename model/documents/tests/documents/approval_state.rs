//! Tests of the state of an approval: what each history of a revision means for the person who looks.

use crate::given::{MARIEKE, RETURN, THOMAS, approve, decline, file, of, revision};
use documents::dossier::{ApprovalState, GivenRevision};
use model::{
    id::*,
    record::*,
    time::{Date, Timestamp},
};

type Change = fn(&mut GivenRevision);

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
        ("it was declined", |g| decline(g, MARIEKE, 2), ApprovalState::Declined),
        (
            "it was declined and then approved",
            |g| {
                decline(g, MARIEKE, 2);
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
