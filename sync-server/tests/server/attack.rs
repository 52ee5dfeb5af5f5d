//! Tests with a device that sends what it likes: each message is refused for the right
//! reason, nothing changes, and honest work continues.

use accounts::session;
use documents::{
    protocol::{self, Capabilities, MAX_FRAME, ToDevice},
    replay::{MAX_CHANGES, ProposedChange, Reason},
};
use dossiers::Pusher;
use model::{
    approval::{Nonce, SignedRevision},
    checklist::{AnswerKey, AnswerValue},
    hash::ContentHash,
    id::*,
    money::Cents,
    record::*,
    section::{Party, Section, Write},
    time::Timestamp,
};
use storage::{
    clock::random,
    db::{DbError, PersonRow},
};
use sync_server::sync::Closed;
use testkit::{
    attacker::{Siege, hear, hello, push_frame, refusal, stream},
    console_page::{ConsolePage, YEAR},
    harness::TestApp,
};

#[tokio::test]
async fn bytes_that_are_no_message_end_the_line_and_nothing_else() {
    let siege = Siege::new().await;
    let before = siege.kept();
    let mut random_bytes = Vec::new();
    for _ in 0..64 {
        random_bytes.extend(random::<32>());
    }
    let (document, _) = siege.document();
    let good = push_frame(document, vec![siege.change(vec![siege.message("dag")])]);
    let mut frames = vec![Vec::new(), vec![0xff; 40], random_bytes.clone(), [good.as_slice(), &[0]].concat()];
    frames.extend((1..good.len()).step_by(7).map(|cut| good[..cut].to_vec()));
    for frame in frames {
        let answer = hear(&mut siege.line(), &frame);
        assert!(matches!(answer, Err(Closed::Malformed)), "{} bytes: {answer:?}", frame.len());
    }
    // A length that promises more than there is must not reserve the memory for it.
    let huge = [&[1u8][..], &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]].concat();
    assert!(matches!(hear(&mut siege.line(), &huge), Err(Closed::Malformed)));
    assert!(matches!(hear(&mut siege.line(), &vec![0; MAX_FRAME + 1]), Err(Closed::TooLarge)));
    assert_eq!(siege.kept(), before);
    siege.assert_still_works();
}

/// Bits are flipped all over an honest push: each result is refused or, if the
/// bit does not matter to the records, is the same change.
#[tokio::test]
async fn no_flipped_bit_gets_another_change_in() {
    let siege = Siege::new().await;
    let (document, _) = siege.document();
    let honest = siege.change(vec![siege.message("dit is wat ik schreef")]);
    let frame = push_frame(document, vec![honest.clone()]);
    let before = siege.kept();
    for position in 0..frame.len() {
        for bit in [0, 3, 7] {
            let mut bent = frame.clone();
            bent[position] ^= 1 << bit;
            // Only the number of the batch may change without harm.
            if protocol::decode::<documents::protocol::ToServer>(&bent).is_ok_and(|m| {
                matches!(m, documents::protocol::ToServer::Push { document: d, ref changes, .. }
                    if d == document && *changes == vec![honest.clone()])
            }) {
                continue;
            }
            if let Ok(answer) = hear(&mut siege.line(), &bent) {
                let taken = answer.iter().any(|m| matches!(m, ToDevice::Changes { .. }));
                assert!(!taken, "byte {position}, bit {bit}: {answer:?}");
            }
            assert_eq!(siege.kept(), before, "byte {position}, bit {bit}");
        }
    }
    assert_eq!(siege.push(&[honest]), Ok(()));
}

#[tokio::test]
async fn messages_before_the_greeting_and_other_versions_get_nothing() {
    let siege = Siege::new().await;
    let (document, _) = siege.document();
    let frame = push_frame(document, vec![siege.change(vec![siege.message("dag")])]);
    let before = siege.kept();
    assert!(matches!(hear(&mut siege.line_before_greeting(), &frame), Err(Closed::NotGreeted)));
    let mut line = siege.line_before_greeting();
    assert_eq!(hear(&mut line, &hello(999)).unwrap(), vec![ToDevice::TooOld]);
    assert!(matches!(hear(&mut line, &frame), Err(Closed::NotGreeted)), "an old app cannot push");
    assert!(stream(&mut line).unwrap().is_empty(), "nor hear");
    assert_eq!(siege.kept(), before);
}

#[tokio::test]
async fn documents_of_others_of_the_firm_and_of_nobody_are_out_of_reach() {
    let siege = Siege::new().await;
    let other = siege.console.app.household("Zuid");
    siege.console.app.state.dossiers.open_year(&other.advisor, other.client.id, YEAR).unwrap();
    let documents = |client| siege.console.app.state.db.read::<_, DbError>(|q| q.documents_of_client(client)).unwrap();
    let foreign = documents(other.client.id);
    let firms = documents(siege.console.home.client.id).into_iter().find(|r| r.info.party == Party::Firm).unwrap();
    let before = (siege.kept(), foreign.iter().map(|r| r.head_seq).collect::<Vec<_>>());
    let change = siege.change(vec![siege.message("dag")]);
    let mut line = siege.line();
    for row in &foreign {
        let answer = hear(&mut line, &push_frame(row.info.document, vec![change.clone()]));
        assert_eq!(refusal(answer), Some(Reason::UnknownDocument), "one does not learn that it exists");
    }
    let nowhere = DocumentId::from_random(random());
    assert_eq!(refusal(hear(&mut line, &push_frame(nowhere, vec![change.clone()]))), Some(Reason::UnknownDocument));
    let answer = hear(&mut line, &push_frame(firms.info.document, vec![change]));
    assert_eq!(refusal(answer), Some(Reason::WrongParty));
    // Naming them in a greeting has no effect either.
    let wish = protocol::encode(&protocol::ToServer::Hello {
        version: protocol::VERSION,
        app_version: "".into(),
        documents: foreign.iter().map(|r| (r.info.document, 0)).collect(),
    });
    let own: Vec<_> = documents(siege.console.home.client.id).iter().map(|r| r.info.document).collect();
    for message in hear(&mut siege.line_before_greeting(), &wish).unwrap() {
        match message {
            ToDevice::Welcome(_) => {}
            ToDevice::Documents(infos) => assert!(infos.iter().all(|i| own.contains(&i.document))),
            ToDevice::Snapshot { document, .. } | ToDevice::Changes { document, .. } => {
                assert!(own.contains(&document))
            }
            other => panic!("{other:?}"),
        }
    }
    let heads = documents(other.client.id).iter().map(|r| r.head_seq).collect::<Vec<_>>();
    assert_eq!((siege.kept(), heads), before);
    siege.assert_still_works();
}

#[tokio::test]
async fn nobody_writes_in_somebody_elses_name_or_under_another_devices_actor() {
    let siege = Siege::new().await;
    let thomas = siege.console.home.people[1].clone();
    let forged = Message {
        by: thomas.id,
        at: siege.now(),
        body: "Ik ben Thomas".into(),
        about: None,
        answer: None,
        attachments: Vec::new(),
    };
    let forged = siege.change(vec![Write::of(&MessageId::from_random(random()), &forged)]);
    siege.assert_refused(&[forged], Reason::WrongAuthor);

    let mut other = siege.console.app.person_browser(&thomas).await;
    let me = other.me().await.unwrap();
    let (document, mut replica) = siege.document();
    let at = siege.now();
    let by_thomas =
        Message { by: thomas.id, at, body: "Dag".into(), about: None, answer: None, attachments: Vec::new() };
    let actor = random();
    let writes = vec![Write::of(&MessageId::from_random(random()), &by_thomas)];
    let (honest, _) = ProposedChange::make(&mut replica, actor, at, writes).unwrap().unwrap();
    let pusher = Pusher { account: me.account, device: me.device };
    siege.console.app.state.dossiers.push(&pusher, document, &[honest]).unwrap();

    let (_, mut replica) = siege.document();
    let (stolen, _) = ProposedChange::make(&mut replica, actor, at, vec![siege.message("gestolen")]).unwrap().unwrap();
    siege.assert_refused(&[stolen], Reason::WrongActor);
    // The same number twice under one actor means two histories of one device.
    let (_, blank) = siege.document();
    let fork = |body: &str, actor| {
        ProposedChange::make(&mut blank.clone(), actor, at, vec![siege.message(body)]).unwrap().unwrap().0
    };
    let own = random();
    siege.assert_refused(&[fork("een", own), fork("ander", own)], Reason::Malformed);
}

#[tokio::test]
async fn what_is_no_record_or_too_much_is_refused() {
    let siege = Siege::new().await;
    let raw = |section, key: &str, value: String| siege.change(vec![Write { section, key: key.to_owned(), value }]);
    let id = || MessageId::from_random(random()).to_string();
    let good = siege.message("dag");
    let smuggled = good.value.replacen('{', r#"{"extra":1,"#, 1);
    let cases = [
        (raw(Section::Messages, &id(), "{".into()), Reason::Malformed),
        (raw(Section::Messages, &id(), smuggled), Reason::Malformed),
        (raw(Section::Messages, &format!("{} ", id()), good.value.clone()), Reason::Malformed),
        (raw(Section::Messages, &id().to_uppercase(), good.value.clone()), Reason::Malformed),
        (raw(Section::Messages, &id(), "[".repeat(10_000)), Reason::Malformed),
        (raw(Section::Messages, &id(), "x".repeat(20_000)), Reason::TooLarge),
        (siege.change(vec![siege.message(&"a".repeat(4_001))]), Reason::Malformed),
        (siege.change(vec![siege.message(" \n ")]), Reason::Malformed),
        (siege.change(vec![siege.message("a"), siege.message("b"), good.clone(), good.clone()]), Reason::WrittenOnce),
    ];
    for (change, reason) in cases {
        siege.assert_refused(&[change], reason);
    }
    let mut empty = siege.change(vec![siege.message("a")]);
    empty.writes.clear();
    siege.assert_refused(&[empty], Reason::TooLarge);
    let change = siege.change(vec![siege.message("a")]);
    siege.assert_refused(&vec![change.clone(); MAX_CHANGES + 1], Reason::TooLarge);
    siege.assert_refused(&[ProposedChange { deps: vec![[7; 32]], ..change.clone() }], Reason::UnknownDependency);
    siege.assert_refused(&[ProposedChange { deps: Vec::new(), ..change.clone() }], Reason::UnknownDependency);
    siege.assert_refused(&[ProposedChange { deps: vec![[7; 32]; 17], ..change.clone() }], Reason::TooLarge);
    let other_hash = ProposedChange { hash: [9; 32], ..siege.change(vec![siege.message("a")]) };
    siege.assert_refused(&[other_hash], Reason::OtherHash);
}

#[tokio::test]
async fn amounts_and_moments_at_the_end_of_all_numbers_break_nothing() {
    let mut siege = Siege::new().await;
    let checklist = siege.console.set_out_checklist().await;
    let key = |question: &str| AnswerKey { checklist, question: question.into(), person: None, row: None };
    for cents in [i64::MIN, i64::MAX, Cents::LIMIT + 1, -Cents::LIMIT - 1] {
        let answer = Answer { value: AnswerValue::Amount(Cents(cents)), by: siege.person.id, at: siege.now() };
        siege.assert_refused(&[siege.change(vec![Write::of(&key("savings"), &answer)])], Reason::Malformed);
    }
    for at in [i64::MIN, -1, i64::MAX] {
        let message = Message {
            by: siege.person.id,
            at: Timestamp(at),
            body: "van ver".into(),
            about: None,
            answer: None,
            attachments: Vec::new(),
        };
        let message = Write::of(&MessageId::from_random(random()), &message);
        siege.assert_refused(&[siege.change(vec![message])], Reason::WrongClock);
        let hand_in = HandIn { checklist, by: siege.person.id, at: Timestamp(at) };
        let hand_in = Write::of(&HandInId::from_random(random()), &hand_in);
        siege.assert_refused(&[siege.change(vec![hand_in])], Reason::WrongClock);
        let dated = ProposedChange { at: Timestamp(at), ..siege.change(vec![siege.message("dag")]) };
        siege.assert_refused(&[dated], Reason::WrongClock);
    }
    for page in ["", "/tijdlijn", "/akkoord", "/documenten"] {
        let answer = siege.console.browser.get(&format!("{}{page}", testkit::console_page::PAGE)).await;
        assert!(!answer.status.is_server_error(), "{page}: {}", answer.status);
    }
    siege.assert_still_works();
}

#[tokio::test]
async fn what_is_written_once_stays_as_it_was() {
    let siege = Siege::new().await;
    let (id, at, by) = (AttachmentId::from_random(random()), siege.now(), siege.person.id);
    let attachment = Attachment {
        name: "jaaropgave.pdf".into(),
        media_type: "application/pdf".into(),
        size: 10,
        hash: ContentHash([1; 32]),
        by,
        at,
        answers: None,
        task: None,
        item: None,
        kind: None,
        replaces: None,
        year: None,
        note: String::new(),
    };
    let (_, old) = siege.document();
    assert_eq!(siege.write(&id, &attachment), Ok(()));
    let other = Attachment { hash: ContentHash([2; 32]), ..attachment.clone() };
    siege.assert_refused(&[siege.change(vec![Write::of(&id, &other)])], Reason::WrittenOnce);
    // It is also refused on an earlier state that does not contain the first one yet.
    let (beside, _) =
        ProposedChange::make(&mut old.clone(), random(), at, vec![Write::of(&id, &other)]).unwrap().unwrap();
    siege.assert_refused(&[beside], Reason::WrittenOnce);
    for name in ["../../etc/passwd", "a\0b", "", "a\nb"] {
        let bad = Attachment { name: name.into(), ..attachment.clone() };
        let bad = siege.change(vec![Write::of(&AttachmentId::from_random(random()), &bad)]);
        siege.assert_refused(&[bad], Reason::Malformed);
    }
    let kept = &siege.console.year().attachments;
    assert_eq!(kept.iter().find(|a| a.id == id).unwrap().attachment, attachment);
}

#[tokio::test]
async fn a_batch_with_one_bad_change_leaves_nothing_and_old_batches_do_nothing_again() {
    let siege = Siege::new().await;
    let (_, mut replica) = siege.document();
    let actor = random();
    let mut next = |writes| ProposedChange::make(&mut replica, actor, siege.now(), writes).unwrap().unwrap().0;
    let batch: Vec<_> = (0..50).map(|n| next(vec![siege.message(&format!("nummer {n}"))])).collect();
    let mut spoilt = batch.clone();
    spoilt[49].writes[0].value.push(' ');
    siege.assert_refused(&spoilt, Reason::Malformed);
    assert_eq!(siege.push(&batch), Ok(()));
    let after = siege.kept();
    for _ in 0..3 {
        assert_eq!(siege.push(&batch), Ok(()), "a repeated batch is not a fault");
        assert_eq!(siege.push(&batch[10..20]), Ok(()));
    }
    assert_eq!(siege.kept(), after, "and mails nobody again");
}

#[tokio::test]
async fn thousands_of_writes_at_once_are_bounded_by_the_frame_and_mail_once() {
    let siege = Siege::new().await;
    let before = siege.kept();
    let many: Vec<_> = (0..1_500).map(|_| siege.message("x")).collect();
    let (document, _) = siege.document();
    let long = (0..2_000).map(|_| siege.message(&"x".repeat(100))).collect();
    let frame = push_frame(document, vec![siege.change(long)]);
    assert!(frame.len() > MAX_FRAME && matches!(hear(&mut siege.line(), &frame), Err(Closed::TooLarge)));
    siege.assert_refused(&[siege.change((0..2_001).map(|_| siege.message("x")).collect())], Reason::TooLarge);
    let mails = || siege.console.app.mails().len();
    let count = mails();
    assert_eq!(siege.push(&[siege.change(many)]), Ok(()));
    assert_ne!(siege.kept(), before);
    assert_eq!(mails() - count, 1, "one batch, one mail about messages");
    siege.assert_still_works();
}

#[tokio::test]
async fn a_blocked_person_gets_and_gives_nothing() {
    let mut siege = Siege::new().await;
    let mut line = siege.line();
    let (document, _) = siege.document();
    let change = siege.change(vec![siege.message("dag")]);
    sql(&siege.console.app, "update person set blocked_at = 1 where given_name = 'Marieke'");
    let before = siege.kept();
    let frame = push_frame(document, vec![change.clone()]);
    assert!(matches!(hear(&mut line, &frame), Err(Closed::SignedOut)), "a line that is left with no document ends");
    let sent = hear(&mut siege.line_before_greeting(), &hello(protocol::VERSION)).unwrap();
    let welcome = ToDevice::Welcome(Capabilities::of_this_release());
    assert_eq!(sent, [welcome, ToDevice::Documents(Vec::new())], "the greeting is answered, with nothing");
    assert_eq!(siege.push(std::slice::from_ref(&change)), Err(Reason::UnknownDocument));
    assert_eq!(siege.kept(), before);
    let file = format!("/api/clients/{}/files/{}", siege.console.home.client.id, ContentHash([0; 32]));
    assert_eq!(siege.browser.get_with(&file, &[("accept", "*/*")]).await.status, 404);
    sql(&siege.console.app, "update person set blocked_at = null");
    assert_eq!(siege.push(&[change]), Ok(()), "unsent work waits for the end of the block");
}

#[tokio::test]
async fn readers_only_look_and_fillers_do_not_approve() {
    let console = ConsolePage::at(TestApp::new()).await;
    let mut others = Vec::new();
    for (role, name) in [(Role::Reader, "Lieke"), (Role::Filler, "Floor")] {
        let person = PersonRow {
            id: PersonId::from_random(random()),
            role,
            given_name: name.into(),
            name: format!("{name} Jansen"),
            email: format!("{}@huis.example", name.to_lowercase()),
            ..console.home.people[0].clone()
        };
        let (row, at) = (person.clone(), console.app.now());
        console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_person(&row, at)).unwrap();
        let browser = console.app.person_browser(&person).await;
        others.push((browser, person));
    }
    let (browser, filler) = others.pop().unwrap();
    let (reader_browser, reader) = others.pop().unwrap();
    let siege = Siege::of(console, reader_browser, reader).await;
    let before = siege.kept();
    assert_eq!(siege.push(&[siege.change(vec![siege.message("dag")])]), Err(Reason::NotAllowed));
    assert_eq!(siege.kept(), before);
    let siege = Siege::of(siege.console, browser, filler).await;
    let assertion = Assertion {
        credential: Base64(vec![1]),
        authenticator_data: Base64(vec![2]),
        client_data: Base64(vec![3]),
        signature: Base64(vec![4]),
    };
    let (revision, by, at) = (RevisionId::from_random(random()), siege.person.id, siege.now());
    let signed = vec![SignedRevision::of(revision, ContentHash([5; 32]), "", Nonce([6; 32]))];
    let approval = Approval { revision, by, at, signed, signature: assertion.into() };
    let approval = Write::of(&ApprovalId::from_random(random()), &approval);
    let decline = Write::of(&DeclineId::from_random(random()), &Decline { revision, by, at, reason: "nee".into() });
    for write in [approval, decline] {
        siege.assert_refused(&[siege.change(vec![write])], Reason::NotAllowed);
    }
}

#[tokio::test]
async fn a_session_that_is_over_ends_its_open_line_at_once() {
    let mut siege = Siege::new().await;
    let mut line = siege.line();
    let (document, _) = siege.document();
    let change = siege.change(vec![siege.message("te laat")]);
    let token = model::hash::hash_of(&siege.browser.cookies[session::SESSION_COOKIE]);
    siege.console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.remove_session(&token)).unwrap();
    let before = siege.kept();
    assert!(matches!(hear(&mut line, &push_frame(document, vec![change.clone()])), Err(Closed::SignedOut)));
    assert!(matches!(stream(&mut line), Err(Closed::SignedOut)), "nor does it hear what others write");
    assert_eq!(siege.kept(), before);
    siege.browser.log_in().await.unwrap();
    let siege = Siege::of(siege.console, siege.browser, siege.person).await;
    assert_eq!(siege.push(&[change]), Ok(()), "after a new login the same work is taken");
}

fn sql(app: &TestApp, statement: &str) {
    let connection = rusqlite::Connection::open(app.state.config.data.join("akkoord.db")).unwrap();
    connection.execute_batch(statement).unwrap();
}
