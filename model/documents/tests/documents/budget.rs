//! What is written when a budget is used up: what somebody says about a tax return, and what takes something back.

use crate::household::*;
use documents::{
    document::Document,
    replay::{Budgets, Premises, ProposedChange, Reason, Room, replay},
};
use model::{
    checklist::AnswerValue,
    id::*,
    record::{ApprovalWithdrawal, Decline, Withdrawal},
    section::Write,
};

fn with(server: &Document, batch: &[ProposedChange], room: Room) -> Result<Document, (usize, Reason)> {
    let year = year();
    let premises = Premises { year: &year, now: NOW, room };
    replay(server, batch, MARIEKE, &premises).map(|(after, _)| after).map_err(|r| (r.index, r.reason))
}

#[test]
fn when_all_budgets_are_used_up_approvals_refusals_and_withdrawals_go_on() {
    let (by, at) = (MARIEKE.person, NOW);
    let (file, given) = (AttachmentId::from_bytes(id(11)), ApprovalId::from_bytes(id(12)));
    let server = write(&blank(), 3, MARIEKE, vec![Write::of(&file, &attachment(by))]).unwrap();
    let room = Budgets::default().left(usize::MAX, usize::MAX, usize::MAX);
    assert_eq!(room, Room { records: 0, bytes: 0, today: 0 });
    let mut device = server.clone();
    let decline = Decline { revision: REVISION, by, at, reason: "klopt niet".into() };
    let batch = [
        Write::of(&given, &approval(by)),
        Write::of(&given, &ApprovalWithdrawal { by, at, reason: "te vroeg".into() }),
        Write::of(&DeclineId::from_bytes(id(13)), &decline),
        Write::of(&file, &Withdrawal { by, at }),
    ]
    .map(|record| propose(&mut device, id(4), vec![record]));
    assert_eq!(with(&server, &batch, room).unwrap().heads(), device.heads());
    let other = propose(&mut device, id(4), vec![answer("moved", AnswerValue::Yes, by)]);
    let full: Vec<_> = batch.into_iter().chain([other.clone()]).collect();
    assert_eq!(with(&server, &full, room).map(|_| ()), Err((4, Reason::DocumentFull)));
    let day = Budgets::default().left(0, 0, usize::MAX);
    assert_eq!(with(&server, &full, day).map(|_| ()), Err((4, Reason::DailyBudget)));
    let bytes = Budgets::default().left(0, usize::MAX, 0);
    assert_eq!(with(&server, &full, bytes).map(|_| ()), Err((4, Reason::DocumentFull)));
    assert!(with(&server, &full, Budgets::default().left(0, 0, 0)).is_ok());
}

#[test]
fn the_refusal_says_which_change_has_no_room_any_more() {
    let mut device = blank();
    let batch: Vec<_> = (0..5)
        .map(|n| {
            let written = Write::of(&MessageId::from_bytes(id(20 + n)), &message(MARIEKE.person, "dag"));
            propose(&mut device, id(3), vec![written])
        })
        .collect();
    let room = Room { today: 3, ..Budgets::default().left(0, 0, 0) };
    assert_eq!(with(&blank(), &batch, room).map(|_| ()), Err((3, Reason::DailyBudget)));
    assert!(with(&blank(), &batch[..3], room).is_ok());
}

#[test]
fn a_document_counts_what_was_written_into_it() {
    let start = blank().written();
    let server = write(&blank(), 3, MARIEKE, vec![answer("moved", AnswerValue::Yes, MARIEKE.person)]).unwrap();
    let server = write(&server, 3, MARIEKE, vec![answer("moved", AnswerValue::No, MARIEKE.person)]).unwrap();
    assert_eq!(server.written() - start, 2, "what was written over counts, too");
}
