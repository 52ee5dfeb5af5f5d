//! What two partners can say about a revision and what the firm can do with it, in every order and by every clock: nothing
//! is filed silently, and what was replaced or taken back counts for nothing.

use crate::given::{MARIEKE, THOMAS, approve, decline, file, of, revision};
use documents::dossier::GivenRevision;
use model::{
    id::{PersonId, RevisionId},
    record::{ApprovalWithdrawal, Basis, Enough, Finding, PaperApproval, Recall, Void},
    time::{Date, Timestamp},
};

/// What happens to a revision.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    Approved(PersonId),
    Declined(PersonId),
    Withdrew(PersonId),
    OnPaper(PersonId),
    Replaced,
    TakenBack,
}

use Event::*;

const EVENTS: [Event; 10] = [
    Approved(MARIEKE),
    Declined(MARIEKE),
    Withdrew(MARIEKE),
    OnPaper(MARIEKE),
    Approved(THOMAS),
    Declined(THOMAS),
    Withdrew(THOMAS),
    OnPaper(THOMAS),
    Replaced,
    TakenBack,
];

/// Four events, each with its moment by whatever clock.
type History = [(Event, u8); 4];

/// Returns every row of four of these.
fn fours<T: Copy>(of: &[T]) -> impl Iterator<Item = [T; 4]> {
    of.iter().flat_map(move |a| {
        of.iter().flat_map(move |b| of.iter().flat_map(move |c| of.iter().map(move |d| [*a, *b, *c, *d])))
    })
}

/// Returns every history of four events, with their moments in every order.
fn histories() -> impl Iterator<Item = History> {
    const MOMENTS: [u8; 4] = [2, 3, 4, 5];
    let has_all = |clock: &[u8; 4]| MOMENTS.iter().all(|moment| clock.contains(moment));
    fours(&EVENTS).flat_map(move |events| {
        fours(&MOMENTS).filter(has_all).map(move |clock| [0, 1, 2, 3].map(|at| (events[at], clock[at])))
    })
}

/// Returns the revision after this history.
fn after(history: &[(Event, u8)]) -> GivenRevision {
    let mut given = revision();
    let mut newest = Vec::new();
    for (event, at) in history {
        let moment = Timestamp(i64::from(*at));
        match *event {
            Approved(person) => {
                newest.push((person, approve(&mut given, person, *at, Some(Finding::Verified))));
            }
            Declined(person) => decline(&mut given, person, *at),
            Withdrew(person) => {
                let withdrawal = ApprovalWithdrawal { by: person, at: moment, reason: "Nee".into() };
                let approval = newest.iter().rfind(|(by, _)| *by == person);
                of(&mut given, person).withdrawals.extend(approval.map(|(_, id)| (*id, withdrawal)));
            }
            OnPaper(person) => {
                let signed_on = Date::constant(2026, 1, 1);
                of(&mut given, person).paper =
                    Some(PaperApproval { file: file(), signed_on, by: "Sanne".into(), at: moment });
            }
            Replaced => given.void = Some(Void { at: moment, replaced_by: RevisionId::from_bytes([9; 16]) }),
            TakenBack => {
                given.recall = Some(Recall { reason: "verkeerde klant".into(), by: "Sanne".into(), at: moment });
            }
        }
    }
    // The documents list what was said by the clocks of the devices.
    for consent in given.consents.values_mut() {
        consent.approvals.sort_by_key(|(_, approval, _)| approval.at);
        consent.declines.sort_by_key(|(_, decline)| decline.at);
    }
    given
}

/// Returns true if the newest of what a person said, by the clocks, is yes.
fn last_word_is_yes(history: &History, person: PersonId) -> bool {
    let at = |is: &dyn Fn(Event) -> bool| history.iter().filter(|(event, _)| is(*event)).map(|(_, at)| *at).max();
    let yes = at(&|event| event == Approved(person) || event == OnPaper(person));
    yes > at(&|event| event == Declined(person))
}

#[test]
fn nothing_is_filed_silently_whatever_happened_in_whatever_order_and_by_whatever_clock() {
    let mut filed = 0;
    for history in histories() {
        let mut given = after(&history);
        let happened = |event| history.iter().any(|(other, _)| *other == event);
        let declined = |person| happened(Declined(person));
        for enough in [Enough::All, Enough::One] {
            given.revision.enough = enough;
            if given.may_be_filed() {
                filed += 1;
                let yes = |person| last_word_is_yes(&history, person);
                let all = [MARIEKE, THOMAS].map(|person| (yes(person), declined(person)));
                match enough {
                    Enough::All => assert!(all.iter().all(|(yes, _)| *yes), "{history:?}"),
                    Enough::One => {
                        assert!(all.iter().any(|(yes, _)| *yes), "{history:?}");
                        assert!(all.iter().all(|(yes, declined)| *yes || !declined), "{history:?}");
                    }
                }
                assert!(!happened(Replaced) && !happened(TakenBack), "{history:?}");
            }
            if given.is_clear_to_file() {
                assert!(!declined(MARIEKE) && !declined(THOMAS), "{history:?}");
            }
        }
    }
    assert!(filed > 1_000, "some of them may be filed: {filed}");
}

#[test]
fn what_was_replaced_or_taken_back_counts_for_nothing_and_asks_nothing() {
    for history in histories() {
        let is_back = history.iter().any(|(event, _)| *event == TakenBack);
        if !is_back && !history.iter().any(|(event, _)| *event == Replaced) {
            continue;
        }
        let mut given = after(&history);
        for (enough, basis) in
            [(Enough::All, Basis::Approval), (Enough::One, Basis::Approval), (Enough::All, Basis::Information)]
        {
            given.revision.enough = enough;
            given.revision.basis = basis;
            assert!(!given.may_be_filed() && !given.is_clear_to_file() && !given.is_current(), "{history:?}");
            assert!(!is_back || !given.is_approved(), "{history:?}");
            for person in [MARIEKE, THOMAS] {
                let state = given.approval_state(Some(person));
                assert!(!is_back || !(state.may_sign() || state.has_proof()), "{history:?}: {state:?}");
                assert!(!given.may_withdraw(Some(person)), "{history:?}");
            }
        }
    }
}

#[test]
fn what_a_person_said_is_judged_without_what_another_said() {
    for history in histories() {
        let given = after(&history);
        for (person, other) in [(MARIEKE, THOMAS), (THOMAS, MARIEKE)] {
            let is_of_other =
                |event| [Approved(other), Declined(other), Withdrew(other), OnPaper(other)].contains(&event);
            let own: Vec<_> = history.iter().copied().filter(|(event, _)| !is_of_other(*event)).collect();
            let alone = after(&own);
            assert_eq!(alone.consents[&person], given.consents[&person], "{history:?}");
            assert_eq!(alone.approval_state(Some(person)), given.approval_state(Some(person)), "{history:?}");
        }
    }
}
