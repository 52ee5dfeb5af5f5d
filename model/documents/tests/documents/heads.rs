//! A document can always go on: however many changes stand side by side, and whatever moments they have.

use crate::household::*;
use automerge::{
    ActorId, AutoCommit, Automerge, ROOT, ReadDoc,
    transaction::{CommitOptions, Transactable},
};
use documents::{
    document::{Document, DocumentError, MAX_HEADS},
    replay::{MAX_DEPS, ProposedChange, Reason, TOO_MANY_HEADS},
};
use model::{
    checklist::AnswerValue,
    id::*,
    section::{Party, Write},
    time::{EARLIEST, SECONDS_AHEAD, Timestamp},
};

const SERVER: [u8; 16] = id(99);

/// Returns an actor of its own for each number.
fn actor(n: usize) -> [u8; 16] {
    let mut actor = [7; 16];
    actor[..8].copy_from_slice(&(n as u64).to_be_bytes());
    actor
}

fn said(n: usize) -> Write {
    Write::of(&MessageId::from_bytes(actor(n)), &message(MARIEKE.person, &format!("nummer {n}")))
}

/// Returns a document in which so many changes stand side by side, as only a release before could make it.
fn spread(heads: usize) -> Document {
    let (start, _) = Document::blank(Party::Client).unwrap();
    let bytes: Vec<_> =
        (0..heads).map(|n| start.clone().write(&actor(n), NOW, &[said(n)]).unwrap().unwrap().bytes).collect();
    let mut document = start;
    document.apply(bytes.iter().map(Vec::as_slice)).unwrap();
    document
}

#[test]
fn a_document_with_any_number_of_heads_is_mended_and_goes_on() {
    for heads in [MAX_HEADS + 1, 17, 200, 5_000] {
        let mut server = spread(heads);
        assert_eq!(server.heads().len(), heads);
        let merging = server.merge_heads(&SERVER, NOW).unwrap();
        assert_eq!((server.heads(), merging.deps.len()), (vec![merging.hash], heads));
        assert!(server.merge_heads(&SERVER, NOW).is_none(), "once is enough");

        // A device that has the rest of the log takes the change like any other.
        let mut device = spread(heads);
        device.apply([merging.bytes.as_slice()]).unwrap();
        assert_eq!(device.heads(), server.heads());
        let after = write(&server, 200, THOMAS, vec![answer("moved", AnswerValue::Yes, THOMAS.person)]).unwrap();
        let loaded = Document::load(&after.save()).unwrap();
        assert_eq!(loaded.heads(), after.heads());
        assert_eq!(loaded.records::<model::record::Message>(&mut Vec::new()).len(), heads, "nothing is lost");
    }
    assert!(spread(MAX_HEADS).merge_heads(&SERVER, NOW).is_none(), "as many as people make");
}

#[test]
fn a_device_that_knows_more_heads_than_it_may_name_writes_all_the_same() {
    let server = spread(40);
    let mut device = server.clone();
    let (first, _) = ProposedChange::make_after(
        &mut device,
        None,
        id(50),
        NOW,
        vec![answer("moved", AnswerValue::Yes, MARIEKE.person)],
    )
    .unwrap()
    .unwrap();
    let again = vec![answer("moved", AnswerValue::No, MARIEKE.person)];
    let (second, _) = ProposedChange::make_after(&mut device, Some(first.hash), id(50), NOW, again).unwrap().unwrap();
    assert_eq!((first.deps.len(), second.deps.len()), (MAX_DEPS, MAX_DEPS));
    assert!(second.deps.contains(&first.hash), "each follows what the device wrote before it");
    let (after, accepted) = take(&server, &[first, second], MARIEKE).unwrap();
    assert_eq!((accepted.len(), after.heads()), (2, device.heads()));
    let given = after.records::<model::record::Answer>(&mut Vec::new());
    assert_eq!(given[0].1.len(), 1, "the second answer replaced the first");
}

#[test]
fn no_batch_makes_more_heads_than_a_document_bears() {
    let start = blank();
    let side_by_side =
        |count| -> Vec<_> { (0..count).map(|n| propose(&mut start.clone(), actor(n), vec![said(n)])).collect() };
    let (most, _) = take(&start, &side_by_side(TOO_MANY_HEADS - 1), MARIEKE).unwrap();
    assert_eq!(most.heads().len(), TOO_MANY_HEADS - 1);
    let refusal = take(&start, &side_by_side(TOO_MANY_HEADS), MARIEKE).unwrap_err();
    assert_eq!((refusal.index, refusal.reason), (TOO_MANY_HEADS - 1, Reason::TooManyHeads));
    // A line, however long, is one head.
    let mut device = start.clone();
    let line: Vec<_> = (0..199).map(|n| propose(&mut device, id(3), vec![said(n)])).collect();
    assert_eq!(take(&start, &line, MARIEKE).unwrap().0.heads().len(), 1);
}

#[test]
fn a_moment_that_cannot_be_is_refused_in_a_change_and_in_a_record() {
    let latest = NOW.plus_seconds(SECONDS_AHEAD);
    for (at, expected) in [
        (EARLIEST, Ok(())),
        (latest, Ok(())),
        (Timestamp(EARLIEST.0 - 1), Err(Reason::WrongClock)),
        (Timestamp(latest.0 + 1), Err(Reason::WrongClock)),
        (Timestamp(-1), Err(Reason::WrongClock)),
        (Timestamp(i64::MIN), Err(Reason::WrongClock)),
        (Timestamp(i64::MAX), Err(Reason::WrongClock)),
    ] {
        let made = ProposedChange::make(&mut blank(), id(3), at, vec![said(1)]);
        // A moment of no clock is not even made on a device.
        let in_change = match made {
            Ok(made) => made.unwrap().0,
            Err(_) => ProposedChange { at, ..propose(&mut blank(), id(3), vec![said(1)]) },
        };
        let result = take(&blank(), &[in_change], MARIEKE).map(|_| ()).map_err(|refusal| refusal.reason);
        assert_eq!(result, expected, "{at:?} in a change");
        let record = model::record::Message { at, ..message(MARIEKE.person, "dag") };
        let result = write(&blank(), 3, MARIEKE, vec![Write::of(&MessageId::from_bytes(id(8)), &record)]);
        assert_eq!(result.map(|_| ()), expected, "{at:?} in a record");
        let reading = model::record::Reading { by: MARIEKE.person, at: NOW, through: at };
        let result = write(&blank(), 3, MARIEKE, vec![Write::of(&MARIEKE.person, &reading)]);
        assert_eq!(result.map(|_| ()), expected, "{at:?} in a second moment");
    }
}

/// The library keeps the differences of moments. Where one does not fit into its number, it gives up, and the app with it.
#[test]
fn changes_with_moments_of_no_clock_never_reach_the_library() {
    let at = |moment: i64, n: usize| {
        let mut other = Automerge::new().with_actor(ActorId::from(actor(n)));
        let mut transaction = other.transaction();
        transaction.put(ROOT, format!("k{n}"), 1_i64).unwrap();
        transaction.commit_with(CommitOptions::default().with_time(moment));
        other.get_last_local_change().unwrap().raw_bytes().to_vec()
    };
    for far in [i64::MIN, i64::MAX, i64::MIN + 1, 8_640_000_000_000_001] {
        let mut document = blank();
        let before = document.heads();
        let refused = document.apply([at(-1, 1).as_slice(), at(far, 2).as_slice()]);
        assert!(matches!(refused, Err(DocumentError::ImpossibleMoment)), "{far}");
        assert_eq!(document.heads(), before, "nothing of it is applied");
        write(&document, 3, MARIEKE, vec![said(1)]).unwrap();
    }
    let mut document = blank();
    document.apply([at(8_640_000_000_000_000, 1).as_slice(), at(-8_640_000_000_000_000, 2).as_slice()]).unwrap();
    assert_eq!(Document::load(&document.save()).unwrap().heads(), document.heads());
    drop(AutoCommit::load(&document.save()).unwrap().keys(ROOT));
}
