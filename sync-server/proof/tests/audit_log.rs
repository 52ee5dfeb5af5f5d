//! Tests of the audit log outside the server: no byte of an export or a checkpoint can
//! vary, and whatever its owner changed, dropped, moved, cut off or brought from another chain is detected.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails ends the test")]

use model::{
    event::Event,
    hash::ContentHash,
    id::*,
    time::{TaxYear, Timestamp},
};
use proof::{
    audit::{AuditFault, Chain, Checkpoint, Log, Row, compare, export, hash_of, verify},
    seal::{Seal, Succession},
};
use std::process::Command;

const FIRM: FirmId = FirmId::from_bytes([1; 16]);
const OTHER: FirmId = FirmId::from_bytes([9; 16]);

fn row(firm: Option<FirmId>, number: u64) -> Row {
    let at = i64::try_from(number).unwrap();
    Row {
        firm,
        number,
        client: number.is_multiple_of(2).then(|| ClientId::from_bytes([2; 16])),
        tax_year: number.is_multiple_of(3).then_some(TaxYear(2025)),
        at: Timestamp(1_000 * at),
        person: number.is_multiple_of(2).then(|| PersonId::from_bytes([3; 16])),
        advisor: (number % 2 == 1).then(|| AdvisorId::from_bytes([4; 16])),
        kind: "logged_in".into(),
        detail: format!("{{\"count\":{number}}}"),
        hash: ContentHash([0; 32]),
    }
}

/// Returns the chain of a firm.
fn chain(firm: FirmId, count: u64) -> Chain {
    chained(Chain { firm: Some(firm), rows: (1..=count).map(|number| row(Some(firm), number)).collect() })
}

/// Returns the chain of an installation to which the firms were added.
fn installation(firms: &[FirmId]) -> Chain {
    let added = |(number, firm): (u64, &FirmId)| {
        let event = Event::FirmAdded { firm: *firm, name: "Kantoor".into() };
        Row { kind: event.word().into(), detail: event.detail(), ..row(None, number) }
    };
    chained(Chain { firm: None, rows: (1..).zip(firms).map(added).collect() })
}

/// Returns the log of an installation with two firms.
fn whole() -> Vec<Chain> {
    vec![installation(&[FIRM, OTHER]), chain(FIRM, 7), chain(OTHER, 4)]
}

/// Chains the rows as somebody would who can write the whole database.
fn chained(mut chain: Chain) -> Chain {
    let mut previous = [0; 32];
    for row in &mut chain.rows {
        previous = hash_of(&previous, row);
        row.hash = ContentHash(previous);
    }
    chain
}

/// Returns the chain with only its first events.
fn cut(chain: &Chain, count: usize) -> Chain {
    Chain { firm: chain.firm, rows: chain.rows[..count].to_vec() }
}

fn seal() -> Seal {
    Seal::of(&[5; 32]).unwrap()
}

fn checkpoint(chain: &Chain) -> Checkpoint {
    Checkpoint::make(chain.reach(), Timestamp(7), &seal()).unwrap()
}

/// Returns what is wrong with a sealed export of the log.
fn fault(log: Log, points: &[Checkpoint]) -> Option<AuditFault> {
    verify(&export(&log, points, Timestamp(9), &seal()).unwrap()).err()
}

#[test]
fn no_byte_of_an_export_can_change_and_no_line_can_go_move_or_come_twice() {
    // Each byte asks for a check of the seal, so the log is small.
    let all = vec![installation(&[FIRM, OTHER]), chain(FIRM, 3), chain(OTHER, 1)];
    let own = chain(FIRM, 4);
    let points = [checkpoint(&cut(&all[1], 2)), checkpoint(&all[0])];
    let own_points = [checkpoint(&cut(&own, 3))];
    let cases = [(Log::Whole(all.clone()), &points[..]), (Log::Firm(own), &own_points), (Log::Whole(all), &[])];
    for (log, points) in cases {
        let whole = export(&log, points, Timestamp(9), &seal()).unwrap();
        let read = verify(&whole).unwrap();
        assert_eq!((&read.log, read.checkpoints.as_slice()), (&log, points));
        for at in 0..whole.len() {
            for bit in [0, at % 7] {
                let mut bytes = whole.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let other = String::from_utf8(bytes).unwrap();
                assert!(verify(&other).is_err(), "byte {at}");
            }
            assert!(verify(&whole[..at]).is_err(), "cut at {at}");
        }
        let lines: Vec<_> = whole.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let (mut less, mut twice) = (lines.clone(), lines.clone());
            less.remove(at);
            twice.insert(at, lines[at]);
            assert!(verify(&less.concat()).is_err() && verify(&twice.concat()).is_err(), "line {at}");
            for other in 0..at {
                let mut moved = lines.clone();
                moved.swap(at, other);
                assert!(verify(&moved.concat()).is_err(), "lines {at} and {other}");
            }
        }
    }
}

/// The chain detects a forger who can make the seal.
#[test]
fn a_row_that_was_changed_dropped_doubled_or_moved_shows_in_the_chain_too() {
    let good = chain(FIRM, 7);
    assert_eq!(fault(Log::Firm(good.clone()), &[]), None);
    let changes: [fn(&mut Row); 8] = [
        |r| r.at.0 += 1,
        |r| r.kind.push('x'),
        |r| r.detail = "{}".into(),
        |r| r.client = None,
        |r| r.person = None,
        |r| r.tax_year = Some(TaxYear(2024)),
        |r| r.advisor = Some(AdvisorId::from_bytes([4; 16])),
        |r| r.hash.0[0] ^= 1,
    ];
    for change in changes {
        let mut other = good.clone();
        change(&mut other.rows[3]);
        assert_eq!(fault(Log::Firm(other), &[]), Some(AuditFault::Changed(Some(FIRM), 4)));
    }
    for at in 0..6 {
        let place = at as u64 + 1;
        let mut dropped = good.clone();
        dropped.rows.remove(at);
        let mut twice = good.clone();
        twice.rows.insert(at, good.rows[at].clone());
        for (mut other, first) in [(dropped, place), (twice, place + 1)] {
            assert_eq!(fault(Log::Firm(other.clone()), &[]), Some(AuditFault::Row(Some(FIRM), first)));
            // The rows get new numbers, so that no number is missing or there twice.
            (1..).zip(&mut other.rows).for_each(|(number, row)| row.number = number);
            assert_eq!(fault(Log::Firm(other), &[]), Some(AuditFault::Changed(Some(FIRM), first)));
        }
        let mut moved = good.clone();
        moved.rows.swap(at, at + 1);
        assert_eq!(fault(Log::Firm(moved), &[]), Some(AuditFault::Row(Some(FIRM), place)));
    }
}

#[test]
fn an_event_of_one_chain_does_not_pass_in_another() {
    let (ours, theirs) = (chain(FIRM, 7), chain(OTHER, 7));
    let mut mixed = ours.clone();
    mixed.rows[3] = theirs.rows[3].clone();
    assert_eq!(fault(Log::Firm(mixed.clone()), &[]), Some(AuditFault::Foreign(Some(FIRM), 4)));
    let all = vec![installation(&[FIRM, OTHER]), mixed.clone(), theirs.clone()];
    assert_eq!(fault(Log::Whole(all), &[]), Some(AuditFault::Foreign(Some(FIRM), 4)), "in the whole log, too");
    // The hash covers the chain, so an event that says that it is the firm's has another hash.
    mixed.rows[3].firm = Some(FIRM);
    assert_eq!(fault(Log::Firm(mixed), &[]), Some(AuditFault::Changed(Some(FIRM), 4)));
    // Not even a first event, before which there is none, is the same in two chains.
    let mut renamed = Chain { firm: Some(FIRM), ..theirs };
    renamed.rows.iter_mut().for_each(|row| row.firm = Some(FIRM));
    assert_eq!(fault(Log::Firm(renamed), &[]), Some(AuditFault::Changed(Some(FIRM), 1)));
    let mut installations = Chain { firm: Some(FIRM), ..installation(&[FIRM]) };
    installations.rows[0].firm = Some(FIRM);
    assert_eq!(fault(Log::Firm(installations), &[]), Some(AuditFault::Changed(Some(FIRM), 1)));
}

#[test]
fn a_chain_that_is_missing_there_twice_or_unknown_to_the_installation_is_found() {
    let good = whole();
    assert_eq!(fault(Log::Whole(good.clone()), &[]), None);
    for at in 0..good.len() {
        let (mut less, mut twice) = (good.clone(), good.clone());
        less.remove(at);
        twice.push(good[at].clone());
        assert_eq!(fault(Log::Whole(less), &[]), Some(AuditFault::Chains), "without chain {at}");
        assert_eq!(fault(Log::Whole(twice), &[]), Some(AuditFault::Chains), "chain {at} twice");
    }
    let unknown = [good, vec![chain(FirmId::from_bytes([8; 16]), 2)]].concat();
    assert_eq!(fault(Log::Whole(unknown), &[]), Some(AuditFault::Chains));
    assert_eq!(fault(Log::Firm(installation(&[FIRM])), &[]), Some(AuditFault::Chains), "no firm");
}

/// A checkpoint that is stored elsewhere detects a forger who can make seal and chain.
#[test]
fn a_chain_that_was_cut_or_written_anew_is_found_by_a_checkpoint() {
    let good = chain(FIRM, 7);
    let in_whole = |chain: &Chain| Log::Whole(vec![installation(&[FIRM]), chain.clone()]);
    for taken in 0..=7 {
        let point = checkpoint(&cut(&good, taken));
        for count in 0..=7 {
            let (had, has) = (taken as u64, count as u64);
            let expected = if has < had { Err(AuditFault::Cut { firm: Some(FIRM), had, has }) } else { Ok(()) };
            let chain = cut(&good, count);
            for log in [Log::Firm(chain.clone()), in_whole(&chain)] {
                assert_eq!(log.verify(), Ok(()), "the chain alone does not tell");
                assert_eq!(point.fits(&log), expected, "{taken} kept, cut at {count}");
            }
        }
        for at in 0..taken {
            let mut other = good.clone();
            other.rows[at].detail = "{}".into();
            let log = Log::Firm(chained(other));
            assert_eq!(log.verify(), Ok(()), "the chain alone does not tell");
            assert_eq!(point.fits(&log), Err(AuditFault::Rewritten(Some(FIRM), taken as u64)));
        }
    }
    let point = checkpoint(&good);
    let gone = Log::Whole(vec![installation(&[])]);
    assert_eq!(gone.verify(), Ok(()), "the chain of the installation was written anew as well");
    assert_eq!(point.fits(&gone), Err(AuditFault::Cut { firm: Some(FIRM), had: 7, has: 0 }));
}

/// An export that was sealed once more over a cut log still contains the checkpoints.
#[test]
fn an_export_is_held_against_the_checkpoints_in_it() {
    let good = chain(FIRM, 7);
    let points = [checkpoint(&cut(&good, 2)), checkpoint(&good)];
    let of = |chain: Chain, points: &[Checkpoint]| fault(Log::Firm(chain), points);
    let is_cut = Some(AuditFault::Cut { firm: Some(FIRM), had: 7, has: 5 });
    assert_eq!(of(good.clone(), &points), None);
    assert_eq!(of(cut(&good, 5), &points), is_cut);
    assert_eq!(of(cut(&good, 5), &points[..1]), None, "who takes the checkpoint away too is found by one elsewhere");
    let mut other = good.clone();
    other.rows[1].detail = "{}".into();
    assert_eq!(of(chained(other), &points[..1]), Some(AuditFault::Rewritten(Some(FIRM), 2)));
    let foreign = Checkpoint::make(good.reach(), Timestamp(7), &Seal::of(&[6; 32]).unwrap()).unwrap();
    assert_eq!(of(good.clone(), &[foreign]), Some(AuditFault::OtherSeal));
    // A seal that took the place of another vouches for what that one sealed.
    let renewed = Seal::of(&[9; 32]).unwrap();
    let renewed = renewed.clone().after(vec![Succession::make(&seal(), &renewed, Timestamp(8))]);
    let after = |seal: &Seal| verify(&export(&Log::Firm(good.clone()), &points, Timestamp(9), seal).unwrap()).err();
    assert_eq!((after(&renewed), after(&Seal::of(&[9; 32]).unwrap())), (None, Some(AuditFault::OtherSeal)));
    let all = Log::Whole(vec![installation(&[FIRM]), cut(&good, 5)]);
    assert_eq!(fault(all, &points), is_cut);
}

#[test]
fn a_checkpoint_of_another_chain_says_nothing_and_is_refused() {
    let good = chain(FIRM, 7);
    for other in [chain(OTHER, 3), installation(&[FIRM])] {
        let point = checkpoint(&other);
        assert_eq!(point.fits(&Log::Firm(good.clone())), Err(AuditFault::OtherChain));
        assert_eq!(fault(Log::Firm(good.clone()), std::slice::from_ref(&point)), Some(AuditFault::OtherChain));
        let kept = [point.text().unwrap()];
        let compared = compare(Log::Firm(good.clone()), &seal().lineage(), &kept, Vec::new());
        assert_eq!(compared.err(), Some(AuditFault::OtherChain));
    }
    // A checkpoint cannot be made one of another chain.
    let mut moved = checkpoint(&chain(OTHER, 3));
    moved.reach.firm = Some(FIRM);
    assert_eq!(Checkpoint::read(&moved.text().unwrap()), Err(AuditFault::Checkpoint));
    // Of an earlier export of the whole log the firm's own checkpoints count.
    let all = whole();
    let points: Vec<_> = all.iter().map(checkpoint).collect();
    let kept = [export(&Log::Whole(all), &points, Timestamp(9), &seal()).unwrap()];
    let against = |chain: Chain| compare(Log::Firm(chain), &seal().lineage(), &kept, Vec::new()).err();
    assert_eq!(against(good.clone()), None);
    assert_eq!(against(cut(&good, 5)), Some(AuditFault::Cut { firm: Some(FIRM), had: 7, has: 5 }));
    assert_eq!(against(chain(FirmId::from_bytes([8; 16]), 2)), Some(AuditFault::OtherChain));
}

#[test]
fn no_byte_of_a_checkpoint_can_change() {
    for point in [checkpoint(&installation(&[FIRM])), checkpoint(&chain(FIRM, 7))] {
        let text = point.text().unwrap();
        assert_eq!(Checkpoint::read(&text).unwrap(), point);
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            assert_eq!(Checkpoint::read(&String::from_utf8(bytes).unwrap()), Err(AuditFault::Checkpoint), "byte {at}");
            assert_eq!(Checkpoint::read(&text[..at]), Err(AuditFault::Checkpoint), "cut at {at}");
        }
    }
}

/// This is how somebody without a server does it, with files.
#[test]
fn the_program_finds_a_cut_log_with_a_checkpoint_and_not_without() {
    let folder = tempfile::tempdir().unwrap();
    let good = chain(FIRM, 7);
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let exported = |log: Log, points: &[Checkpoint]| export(&log, points, Timestamp(9), &seal()).unwrap();
    let whole = write("firm.jsonl", exported(Log::Firm(good.clone()), &[]));
    let less = write("cut.jsonl", exported(Log::Firm(cut(&good, 5)), &[]));
    let chains = [installation(&[FIRM]), good.clone()];
    let all = write("whole.jsonl", exported(Log::Whole(chains.to_vec()), &[checkpoint(&good)]));
    let point = write("point.json", checkpoint(&good).text().unwrap());
    let foreign = write("foreign.json", checkpoint(&chain(OTHER, 3)).text().unwrap());
    let forger = Checkpoint::make(cut(&good, 5).reach(), Timestamp(7), &Seal::of(&[6; 32]).unwrap());
    let forged = write("forged.json", forger.unwrap().text().unwrap());
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_akkoord-verify")).arg("audit").args(arguments).output();
        let output = output.unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = run(&[&whole]);
    assert!(code == Some(0) && said.contains("KLOPT: 7") && said.contains("zonder controlepunt"), "{said}");
    let (code, said) = run(&[&whole, "--checkpoint", &point]);
    assert!(code == Some(0) && said.contains("1 controlepunt") && !said.contains("zonder"), "{said}");
    assert_eq!(run(&[&less]).0, Some(0), "the export alone does not tell");
    let (code, said) = run(&[&less, "--checkpoint", &point]);
    assert!(code == Some(1) && said.contains("is afgekapt: bij een controlepunt waren er 7"), "{said}");
    let (code, said) = run(&[&less, "--checkpoint", &forged, "--language", "en"]);
    assert!(code == Some(1) && said.contains("another key"), "{said}");
    let (code, said) = run(&[&whole, "--checkpoint", &foreign]);
    assert!(code == Some(1) && said.contains("van een ander kantoor"), "{said}");
    let (code, said) = run(&[&all]);
    assert!(code == Some(0) && said.contains("KLOPT: 8 gebeurtenissen in 2 ketens"), "{said}");
    assert!(said.contains("ketens zonder controlepunt: 1"), "{said}");
}
