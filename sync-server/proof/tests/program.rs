//! Tests of the program `akkoord-verify` on evidence packs and exports that a server made. They are in `tests/sample`;
//! `AKKOORD_KEEP_DATA_FOLDER=yes cargo test -p sync-server --test server data_folder` makes them anew.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails ends the test")]

use proof::evidence::zip;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sample").join(name)
}

/// Runs the program. Returns its exit code, and what it said on standard output and standard error.
fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_akkoord-verify")).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

/// Runs the program on a file with these bytes.
fn run_on(bytes: &[u8], before: &[&str], after: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, bytes).unwrap();
    run(&[before, &[file.to_str().unwrap()], after].concat())
}

#[track_caller]
fn assert_says((code, said): (Option<i32>, String), expected: i32, words: &[&str]) {
    assert_eq!(code, Some(expected), "{said}");
    words.iter().for_each(|words| assert!(said.contains(words), "{words}: {said}"));
}

#[test]
fn a_pack_of_the_server_holds_and_one_that_awaits_a_ruling_is_only_intact() {
    let holds = fs::read(sample("holds.zip")).unwrap();
    assert_says(run_on(&holds, &[], &[]), 0, &["KLOPT", "Marieke Jansen", "Wat dit niet bewijst"]);
    assert_says(run_on(&holds, &[], &["--language", "en"]), 0, &["HOLDS", "Marieke Jansen", "does not prove"]);
    let awaits = fs::read(sample("awaits-ruling.zip")).unwrap();
    assert_says(run_on(&awaits, &[], &[]), 2, &["Thomas Bakker", "besluit van het kantoor"]);
}

#[test]
fn one_byte_of_any_part_of_a_pack_shows() {
    let pack = fs::read(sample("holds.zip")).unwrap();
    let parts = zip::read(&pack).unwrap();
    let names: Vec<_> = parts.iter().map(|(name, _)| *name).collect();
    for kind in ["manifest.sig", "return.pdf", "statement.txt", "signature/", "records/", "changes/", "bewijs.nl.pdf"] {
        assert!(names.iter().any(|name| name.starts_with(kind)), "{kind}: {names:?}");
    }
    for at in 0..parts.len() {
        let (name, bytes) = parts[at];
        let mut changed = bytes.to_vec();
        changed[bytes.len() / 2] ^= 1;
        // The byte is changed in the file itself, where the check sum of the ZIP tells.
        let start = pack.windows(bytes.len()).position(|window| window == bytes).unwrap();
        let mut damaged = pack.clone();
        damaged[start + bytes.len() / 2] ^= 1;
        assert_says(run_on(&damaged, &[], &[]), 1, &["KLOPT NIET", "geen gaaf pakket"]);
        // Somebody packs the changed part anew.
        let mut forged = parts.clone();
        forged[at].1 = &changed;
        let sentence = match name {
            "manifest.json" => "inhoudsopgave",
            "manifest.sig" => "het zegel past niet bij de inhoudsopgave",
            _ => "een onderdeel ontbreekt of is veranderd",
        };
        let forged = zip::write(forged).unwrap();
        assert_says(run_on(&forged, &[], &[]), 1, &["KLOPT NIET", sentence]);
    }
}

#[test]
fn exports_of_the_server_hold_against_a_checkpoint_and_each_other() {
    let (firm, whole) = (fs::read(sample("firm.jsonl")).unwrap(), fs::read(sample("whole.jsonl")).unwrap());
    let (point, earlier) = (sample("checkpoint.json"), sample("whole.jsonl"));
    let (point, earlier) = (point.to_str().unwrap(), earlier.to_str().unwrap());
    assert_says(run_on(&firm, &["audit"], &[]), 0, &["KLOPT", "gebeurtenissen, de laatste", "controlepunt"]);
    assert_says(run_on(&whole, &["audit"], &["--language", "en"]), 0, &["HOLDS", "in 2 chains", "checkpoints"]);
    for kept in [point, earlier] {
        assert_says(run_on(&firm, &["audit"], &["--checkpoint", kept]), 0, &["KLOPT"]);
        assert_says(run_on(&whole, &["audit"], &["--checkpoint", kept]), 0, &["KLOPT"]);
    }
}

#[test]
fn one_byte_of_any_line_of_an_export_shows() {
    for name in ["firm.jsonl", "whole.jsonl"] {
        let text = fs::read_to_string(sample(name)).unwrap();
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        assert!(lines.iter().any(|line| line.contains("akkoord-checkpoint")), "{name} has a checkpoint");
        let mut start = 0;
        for (at, line) in lines.iter().enumerate() {
            let mut changed = text.clone().into_bytes();
            changed[start + line.len() / 2] ^= 1;
            start += line.len();
            let sentence = if at + 1 == lines.len() { "het einde ontbreekt of is veranderd" } else { "KLOPT NIET: " };
            assert_says(run_on(&changed, &["audit"], &[]), 1, &["KLOPT NIET", sentence]);
        }
        let cut = &text.as_bytes()[..text.len() - 10];
        assert_says(run_on(cut, &["audit"], &[]), 1, &["het einde ontbreekt of is veranderd"]);
    }
    let firm = fs::read(sample("firm.jsonl")).unwrap();
    let mut point = fs::read(sample("checkpoint.json")).unwrap();
    let middle = point.len() / 2;
    point[middle] ^= 1;
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("checkpoint.json");
    fs::write(&kept, point).unwrap();
    let outcome = run_on(&firm, &["audit"], &["--checkpoint", kept.to_str().unwrap()]);
    assert_says(outcome, 1, &["KLOPT NIET: dit is geen controlepunt, of het is veranderd"]);
}

#[test]
fn where_nothing_can_be_checked_the_exit_code_says_so() {
    assert_says(run(&["/no/such/pack.zip"]), 3, &["akkoord-verify: /no/such/pack.zip"]);
    assert_says(run(&[]), 3, &["name one pack"]);
    assert_says(run(&["--unknown"]), 3, &["--unknown"]);
    assert_says(run(&["audit"]), 3, &["audit"]);
    assert_says(run(&["--help"]), 0, &["Ends with 0 when it holds"]);
    // A file that is something else is not intact.
    assert_says(run_on(b"something else", &[], &[]), 1, &["geen gaaf pakket"]);
    assert_says(run_on(b"something else", &["audit"], &[]), 1, &["KLOPT NIET"]);
}
