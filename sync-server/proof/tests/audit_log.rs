//! Tests of the audit log outside the server: no byte of an export or a checkpoint can
//! vary, and whatever its owner changed, dropped, moved, cut off or hid is detected.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails ends the test")]

use model::{
    hash::ContentHash,
    id::*,
    time::{TaxYear, Timestamp},
};
use proof::{
    audit::{AuditFault, Checkpoint, Line, Log, Reach, Row, export, hash_of, verify},
    seal::Seal,
};
use std::process::Command;

const FIRM: FirmId = FirmId::from_bytes([1; 16]);
const OTHER: FirmId = FirmId::from_bytes([9; 16]);

/// Returns events of two firms; every third one belongs to the other firm.
fn rows(count: i64) -> Vec<Row> {
    let row = |id: i64| Row {
        id,
        firm: if id % 3 == 0 { OTHER } else { FIRM },
        client: (id % 2 == 0).then(|| ClientId::from_bytes([2; 16])),
        tax_year: (id % 3 == 0).then_some(TaxYear(2025)),
        at: Timestamp(1_000 * id),
        person: (id % 2 == 0).then(|| PersonId::from_bytes([3; 16])),
        advisor: (id % 2 == 1).then(|| AdvisorId::from_bytes([4; 16])),
        kind: "logged_in".into(),
        detail: format!("{{\"count\":{id}}}"),
        hash: ContentHash([0; 32]),
    };
    chained((1..=count).map(row).collect())
}

/// Chains the rows as somebody would who can write the whole database.
fn chained(mut rows: Vec<Row>) -> Vec<Row> {
    let mut previous = [0; 32];
    for row in &mut rows {
        previous = hash_of(&previous, row);
        row.hash = ContentHash(previous);
    }
    rows
}

fn of_firm(rows: &[Row]) -> Log {
    let line = |row: &Row| if row.firm == FIRM { Line::Row(row.clone()) } else { Line::elsewhere(row) };
    Log { firm: Some(FIRM), lines: rows.iter().map(line).collect() }
}

fn seal() -> Seal {
    Seal::of(&[5; 32]).unwrap()
}

fn checkpoint(rows: &[Row], firm: Option<FirmId>) -> Checkpoint {
    let own = |firm: FirmId| (firm, rows.iter().filter(|r| r.firm == firm).count() as u64);
    let head = rows.last().map_or(ContentHash([0; 32]), |r| r.hash);
    let reach = Reach { position: rows.len() as u64, head, of_firm: firm.map(own) };
    Checkpoint::make(reach, Timestamp(7), &seal()).unwrap()
}

#[test]
fn no_byte_of_an_export_can_change_and_no_line_can_go_move_or_come_twice() {
    let all = rows(7);
    let points = [checkpoint(&all[..3], None), checkpoint(&all, None)];
    let own = [checkpoint(&all[..4], Some(FIRM))];
    let cases = [(Log::whole(all.clone()), &points[..]), (of_firm(&all), &own), (Log::whole(all.clone()), &[])];
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
fn a_row_that_was_changed_dropped_or_moved_shows_in_the_chain_too() {
    let good = rows(7);
    let fault = |rows: Vec<Row>| verify(&export(&Log::whole(rows), &[], Timestamp(9), &seal()).unwrap()).err();
    assert_eq!(fault(good.clone()), None);
    let changes: [fn(&mut Row); 9] = [
        |r| r.at.0 += 1,
        |r| r.kind.push('x'),
        |r| r.detail = "{}".into(),
        |r| r.firm = FirmId::from_bytes([8; 16]),
        |r| r.client = None,
        |r| r.person = None,
        |r| r.tax_year = Some(TaxYear(2024)),
        |r| r.advisor = Some(AdvisorId::from_bytes([4; 16])),
        |r| r.hash.0[0] ^= 1,
    ];
    for change in changes {
        let mut other = good.clone();
        change(&mut other[3]);
        assert_eq!(fault(other), Some(AuditFault::Chain(4)));
    }
    for at in 0..6 {
        let mut dropped = good.clone();
        dropped.remove(at);
        assert_eq!(fault(dropped.clone()), Some(AuditFault::Row(at as i64 + 1)));
        // The rows get new numbers, so that no number is missing.
        (1..).zip(&mut dropped).for_each(|(id, row)| row.id = id);
        assert_eq!(fault(dropped), Some(AuditFault::Chain(at as i64 + 1)));
        let mut moved = good.clone();
        moved.swap(at, at + 1);
        assert_eq!(fault(moved), Some(AuditFault::Row(at as i64 + 1)));
    }
}

/// A checkpoint that is stored elsewhere detects a forger who can make seal and chain.
#[test]
fn a_log_that_was_cut_or_written_anew_is_found_by_a_checkpoint() {
    let good = rows(7);
    for taken in 0..=7 {
        let point = checkpoint(&good[..taken], None);
        assert_eq!(point.fits(&Log::whole(good.clone())), Ok(()), "a log that goes on");
        assert_eq!(point.fits(&of_firm(&good)), Ok(()), "a firm's view of it");
        for cut in 0..=7 {
            let log = Log::whole(good[..cut].to_vec());
            assert_eq!(log.verify(), Ok(()), "the chain alone does not tell");
            let expected =
                if cut < taken { Err(AuditFault::Cut { had: taken as u64, has: cut as u64 }) } else { Ok(()) };
            assert_eq!(point.fits(&log), expected, "{taken} kept, cut at {cut}");
        }
        for at in 0..taken {
            let mut other = good.clone();
            other[at].detail = "{}".into();
            let log = Log::whole(chained(other));
            assert_eq!(log.verify(), Ok(()), "the chain alone does not tell");
            assert_eq!(point.fits(&log), Err(AuditFault::Rewritten(taken as u64)));
        }
    }
}

/// An export that was sealed once more over a cut log still contains the checkpoints.
#[test]
fn an_export_is_held_against_the_checkpoints_in_it() {
    let good = rows(7);
    let points = [checkpoint(&good[..2], None), checkpoint(&good, None)];
    let fault = |rows: &[Row], points: &[Checkpoint]| {
        verify(&export(&Log::whole(rows.to_vec()), points, Timestamp(9), &seal()).unwrap()).err()
    };
    assert_eq!(fault(&good, &points), None);
    assert_eq!(fault(&good[..5], &points), Some(AuditFault::Cut { had: 7, has: 5 }));
    assert_eq!(fault(&good[..5], &points[..1]), None, "who takes the checkpoint away too is found by one elsewhere");
    let mut other = good.clone();
    other[1].detail = "{}".into();
    assert_eq!(fault(&chained(other), &points[..1]), Some(AuditFault::Rewritten(2)));
    let reach = Reach { position: 7, head: good[6].hash, of_firm: None };
    let foreign = Checkpoint::make(reach, Timestamp(7), &Seal::of(&[6; 32]).unwrap()).unwrap();
    assert_eq!(fault(&good, &[foreign]), Some(AuditFault::OtherSeal));
    let of_firm_cut = Log { lines: of_firm(&good).lines[..5].to_vec(), ..of_firm(&good) };
    let own = [checkpoint(&good, Some(FIRM))];
    let text = export(&of_firm_cut, &own, Timestamp(9), &seal()).unwrap();
    assert_eq!(verify(&text).err(), Some(AuditFault::Cut { had: 7, has: 5 }));
}

#[test]
fn an_event_that_is_hidden_from_its_firm_is_found_by_the_firms_checkpoint() {
    let good = rows(7);
    let (own, whole) = (checkpoint(&good, Some(FIRM)), checkpoint(&good, None));
    assert_eq!(own.fits(&of_firm(&good)), Ok(()));
    assert_eq!(own.fits(&Log::whole(good.clone())), Ok(()));
    assert_eq!(checkpoint(&good, Some(OTHER)).fits(&of_firm(&good)), Ok(()), "another firm's says nothing of it");
    let mut hidden = of_firm(&good);
    hidden.lines[3] = Line::elsewhere(&good[3]);
    assert_eq!(hidden.verify(), Ok(()), "the chain alone does not tell");
    assert_eq!(whole.fits(&hidden), Ok(()), "nor does a checkpoint of the whole");
    assert_eq!(own.fits(&hidden), Err(AuditFault::Hidden { had: 5, has: 4 }));
    // A whole log hides nothing.
    let mut log = Log::whole(good.clone());
    log.lines[3] = Line::elsewhere(&good[3]);
    assert_eq!(log.verify(), Err(AuditFault::Row(4)));
}

#[test]
fn no_byte_of_a_checkpoint_can_change() {
    for point in [checkpoint(&rows(7), None), checkpoint(&rows(7), Some(FIRM))] {
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
    let good = rows(7);
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let whole = write("whole.jsonl", export(&Log::whole(good.clone()), &[], Timestamp(9), &seal()).unwrap());
    let cut = write("cut.jsonl", export(&Log::whole(good[..5].to_vec()), &[], Timestamp(9), &seal()).unwrap());
    let point = write("point.json", checkpoint(&good, None).text().unwrap());
    let forger = Checkpoint::make(
        Reach { position: 5, head: good[4].hash, of_firm: None },
        Timestamp(7),
        &Seal::of(&[6; 32]).unwrap(),
    );
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
    assert_eq!(run(&[&cut]).0, Some(0), "the export alone does not tell");
    let (code, said) = run(&[&cut, "--checkpoint", &point]);
    assert!(code == Some(1) && said.contains("afgekapt: bij een controlepunt waren er 7"), "{said}");
    let (code, said) = run(&[&cut, "--checkpoint", &forged, "--language", "en"]);
    assert!(code == Some(1) && said.contains("another key"), "{said}");
}
