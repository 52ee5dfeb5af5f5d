//! What a record is about: it has to be there, and what only its author may write about has to be the author's. So no
//! write of one person changes what another may write under their own keys.

use crate::household::*;
use documents::{document::Document, replay::Reason};
use model::{
    checklist::{AnswerKey, AnswerValue},
    id::*,
    language::Language,
    record::*,
    section::{Party, Section, Write},
};

/// The ids of a person's own things: what one says about a thing has the thing's id.
#[derive(Clone, Copy)]
struct Things {
    by: PersonId,
    attachment: AttachmentId,
    approval: ApprovalId,
    proposal: ProposalId,
    /// For things that the person makes next.
    new: [u8; 16],
}

const HERS: Things = things(1);
const HIS: Things = things(2);

const fn things(n: u8) -> Things {
    Things {
        by: person(n),
        attachment: AttachmentId::from_bytes(id(10 + n)),
        approval: ApprovalId::from_bytes(id(20 + n)),
        proposal: ProposalId::from_bytes(id(30 + n)),
        new: id(40 + n),
    }
}

fn proposal(by: PersonId) -> ChangeProposal {
    let changes = vec![DetailChange { field: DetailField::City, old: String::new(), new: "Utrecht".into() }];
    let circumstance = Circumstance::Details;
    ChangeProposal { by, at: NOW, person: by, circumstance, effective: None, changes, remark: String::new() }
}

/// Returns the record of a section that `by` writes about the things of `of`. A new section does not compile until it
/// is here.
fn sample(section: Section, by: PersonId, of: Things) -> Write {
    let at = NOW;
    match section {
        Section::Answers => answer("moved", AnswerValue::Yes, by),
        Section::Attachments => Write::of(&AttachmentId::from_bytes(of.new), &attachment(by)),
        Section::Withdrawals => Write::of(&of.attachment, &Withdrawal { by, at }),
        Section::HandIns => Write::of(&HandInId::from_bytes(of.new), &HandIn { checklist: CHECKLIST, by, at }),
        Section::Approvals => Write::of(&ApprovalId::from_bytes(of.new), &approval(by)),
        Section::Declines => {
            Write::of(&DeclineId::from_bytes(of.new), &Decline { revision: REVISION, by, at, reason: "nee".into() })
        }
        Section::Messages => Write::of(&MessageId::from_bytes(of.new), &message(by, "dag")),
        Section::Openings => Write::of(&PerPerson { revision: REVISION, person: of.by }, &Opening { by, at }),
        Section::ItemReplies => {
            Write::of(&ItemKey { task: REQUEST, item: 0 }, &ItemReply { reply: Reply::NotApplicable, by, at })
        }
        Section::PaymentReports => Write::of(&PAYMENT, &PaymentReport { is_paid: true, by, at }),
        Section::Readings => Write::of(&of.by, &Reading { by, at, through: at }),
        Section::Preferences => {
            Write::of(&of.by, &Preferences { by, at, language: Language::En, reminders: true, messages: true })
        }
        Section::Proposals => Write::of(&ProposalId::from_bytes(of.new), &proposal(by)),
        Section::ProposalWithdrawals => Write::of(&of.proposal, &ProposalWithdrawal { by, at }),
        Section::ApprovalWithdrawals => {
            Write::of(&of.approval, &ApprovalWithdrawal { by, at, reason: "te vroeg".into() })
        }
        Section::Countersignatures => {
            let Signature::Passkey(assertion) = approval(by).signature else { unreachable!("signed by a passkey") };
            let countersignature = Countersignature { approval: of.approval, by, at, assertion };
            Write::of(&CountersignatureId::from_bytes(of.new), &countersignature)
        }
        Section::Cover
        | Section::People
        | Section::Checklists
        | Section::Tasks
        | Section::Closings
        | Section::Revisions
        | Section::TaxReturns
        | Section::Requests
        | Section::Voids
        | Section::Filings
        | Section::Receipts
        | Section::Verdicts
        | Section::FirmMessages
        | Section::FirmReadings
        | Section::Reviews
        | Section::Intakes
        | Section::Reopenings
        | Section::Deliveries
        | Section::Details
        | Section::ProposalReplies
        | Section::Rulings
        | Section::PaperApprovals
        | Section::Recalls
        | Section::CounterVerdicts => unreachable!("the firm's"),
    }
}

fn of_clients() -> impl Iterator<Item = Section> {
    Section::ALL.iter().copied().filter(|section| section.party() == Party::Client)
}

/// Returns a document in which each of both has announced a file, approved, and reported a change.
fn with_their_things() -> Document {
    let mut server = blank();
    for (author, things) in [(MARIEKE, HERS), (THOMAS, HIS)] {
        let writes = vec![
            Write::of(&things.attachment, &attachment(things.by)),
            Write::of(&things.approval, &approval(things.by)),
            Write::of(&things.proposal, &proposal(things.by)),
        ];
        server = write(&server, things.by.as_bytes()[0], author, writes).unwrap();
    }
    server
}

#[test]
fn no_write_of_one_person_changes_what_another_may_write_under_their_own_keys() {
    let server = with_their_things();
    let may_write = |document: &Document, section| write(document, 60, MARIEKE, vec![sample(section, HERS.by, HERS)]);
    // Keys of things that do not exist yet are drawn at random on her device, so nobody else knows them.
    let is_drawn = |section: Section| sample(section, HERS.by, HERS).key.starts_with(&uuid_of(HERS.new));
    for his in of_clients().filter(|section| !is_drawn(*section)) {
        let after = match write(&server, 61, THOMAS, vec![sample(his, HIS.by, HERS)]) {
            Ok(after) => after,
            Err(Reason::WrongAuthor | Reason::Malformed) => continue,
            Err(other) => panic!("{}: {other:?}", his.name()),
        };
        for hers in of_clients() {
            let (before, now) = (may_write(&server, hers), may_write(&after, hers));
            assert_eq!(
                now.map(|_| ()),
                before.map(|_| ()),
                "after his {} she may not write her {}",
                his.name(),
                hers.name()
            );
        }
    }
}

fn uuid_of(bytes: [u8; 16]) -> String {
    MessageId::from_bytes(bytes).to_string()
}

#[test]
fn everybody_may_write_every_kind_of_record_about_their_own_things() {
    let server = with_their_things();
    for section in of_clients() {
        let written = write(&server, 60, MARIEKE, vec![sample(section, HERS.by, HERS)]);
        assert!(written.is_ok(), "{}: {written:?}", section.name());
    }
}

#[test]
fn nobody_takes_back_or_confirms_what_another_gave() {
    let server = with_their_things();
    for section in
        [Section::Withdrawals, Section::ProposalWithdrawals, Section::ApprovalWithdrawals, Section::Countersignatures]
    {
        let forged = write(&server, 61, THOMAS, vec![sample(section, HIS.by, HERS)]);
        assert_eq!(forged.map(|_| ()), Err(Reason::WrongAuthor), "{}", section.name());
        // Before it exists nobody says anything about it either, or it would be theirs by then.
        let early = write(&blank(), 61, THOMAS, vec![sample(section, HIS.by, HERS)]);
        assert_eq!(early.map(|_| ()), Err(Reason::UnknownSubject), "{}", section.name());
    }
}

#[test]
fn what_was_made_without_a_network_is_taken_together() {
    let announced = AttachmentId::from_bytes(id(70));
    let given = ApprovalId::from_bytes(id(71));
    let (by, at) = (MARIEKE.person, NOW);
    let told = Message { attachments: vec![announced], ..message(by, "zie de bijlage") };
    let together = vec![
        Write::of(&MessageId::from_bytes(id(72)), &told),
        Write::of(&announced, &attachment(by)),
        Write::of(&given, &approval(by)),
        Write::of(&given, &ApprovalWithdrawal { by, at, reason: "te vroeg".into() }),
        Write::of(&announced, &Withdrawal { by, at }),
    ];
    assert!(write(&blank(), 60, MARIEKE, together.clone()).is_ok(), "in one change");
    let mut device = blank();
    let order = [1, 0, 2, 3, 4].map(|place| propose(&mut device, id(60), vec![together[place].clone()]));
    assert_eq!(take(&blank(), &order, MARIEKE).unwrap().1.len(), 5, "in one batch");
}

#[test]
fn a_record_about_nothing_that_is_there_is_refused() {
    let (by, at) = (MARIEKE.person, NOW);
    let strange = AnswerKey { checklist: ChecklistId::from_bytes(id(80)), ..key("moved") };
    let answered = |key: AnswerKey| Write::of(&key, &Answer { value: AnswerValue::Yes, by, at });
    let reply = ItemReply { reply: Reply::NotApplicable, by, at };
    let paid = PaymentReport { is_paid: true, by, at };
    let revision = RevisionId::from_bytes(id(80));
    let listed = |revision, list: &[RevisionId]| {
        let signed = list.iter().copied().map(signed).collect();
        Write::of(&ApprovalId::from_bytes(id(82)), &Approval { revision, signed, ..approval(by) })
    };
    let many: Vec<_> = (0..=MAX_ITEMS as u8).map(|n| RevisionId::from_bytes([n; 16])).chain([REVISION]).collect();
    let cases = [
        (answered(key("moved")), Ok(())),
        (answered(AnswerKey { person: Some(THOMAS.person), ..key("moved") }), Ok(())),
        (answered(AnswerKey { row: Some(RowId::from_bytes(id(81))), ..key("employer") }), Ok(())),
        (answered(key("made_up")), Err(Reason::UnknownSubject)),
        (answered(strange.clone()), Err(Reason::UnknownSubject)),
        (answered(AnswerKey { person: Some(person(80)), ..key("moved") }), Err(Reason::UnknownSubject)),
        (Write::of(&ItemKey { task: REQUEST, item: 0 }, &reply), Ok(())),
        (Write::of(&ItemKey { task: REQUEST, item: 1 }, &reply), Err(Reason::UnknownSubject)),
        (Write::of(&PAYMENT, &paid), Ok(())),
        (Write::of(&REQUEST, &paid), Err(Reason::UnknownSubject)),
        (Write::of(&TaskId::from_bytes(id(83)), &paid), Err(Reason::UnknownSubject)),
        (Write::of(&ItemKey { task: TaskId::from_bytes(id(80)), item: 0 }, &reply), Err(Reason::UnknownSubject)),
        (listed(revision, &[revision]), Err(Reason::UnknownSubject)),
        (listed(REVISION, &[REVISION]), Ok(())),
        // The others of a list have to be there, too.
        (listed(REVISION, &[REVISION, revision]), Err(Reason::UnknownSubject)),
        // A list that has the revision not at all, or one twice, says nothing.
        (listed(REVISION, &[revision]), Err(Reason::Malformed)),
        (listed(REVISION, &[]), Err(Reason::Malformed)),
        (listed(REVISION, &[REVISION, REVISION]), Err(Reason::Malformed)),
        (listed(REVISION, &many), Err(Reason::Malformed)),
        (
            Write::of(&MessageId::from_bytes(id(83)), &Message { answer: Some(strange), ..message(by, "dag") }),
            Err(Reason::UnknownSubject),
        ),
    ];
    for (record, expected) in cases {
        let told = format!("{:?} {}", record.section, record.key);
        assert_eq!(write(&blank(), 60, MARIEKE, vec![record]).map(|_| ()), expected, "{told}");
    }
}

#[test]
fn one_person_says_the_same_about_one_return_a_number_of_times_at_most() {
    let nth = |n: usize| Write::of(&ApprovalId::from_bytes(id(100 + n as u8)), &approval(MARIEKE.person));
    let all: Vec<_> = (0..=MAX_CONSENTS).map(nth).collect();
    assert_eq!(write(&blank(), 60, MARIEKE, all.clone()).map(|_| ()), Err(Reason::TooOften), "in one change");
    let most = write(&blank(), 60, MARIEKE, all[..MAX_CONSENTS].to_vec()).unwrap();
    assert_eq!(write(&most, 61, MARIEKE, vec![all[MAX_CONSENTS].clone()]).map(|_| ()), Err(Reason::TooOften));
    let his = Write::of(&ApprovalId::from_bytes(id(99)), &approval(THOMAS.person));
    assert!(write(&most, 62, THOMAS, vec![his]).is_ok(), "and the other goes on");
    assert!(write(&most, 63, MARIEKE, vec![sample(Section::Declines, HERS.by, HERS)]).is_ok());
}
