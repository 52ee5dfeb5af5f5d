//! Tests that, whatever the network, the devices and the server do to each other, all
//! devices end with what the server has, and nothing that was stored is lost.

use tests::world::{Tally, play};

const SEEDS: u64 = 200;
const STEPS: usize = 250;

/// Returns the seeds: ten times as many with `cargo xtask test --nightly`. A single one can be given:
/// `AKKOORD_SEED=17 cargo test -p tests world`.
#[expect(clippy::disallowed_methods, reason = "the one setting of this test")]
fn seeds() -> Vec<u64> {
    match std::env::var("AKKOORD_SEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => vec![seed],
        None if std::env::var_os("TEST_NIGHTLY").is_some() => (0..10 * SEEDS).collect(),
        None => (0..SEEDS).collect(),
    }
}

#[test]
fn every_seeded_world_converges_and_loses_nothing_that_was_kept() {
    tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::WARN).try_init().ok();
    let mut tally = Tally::new();
    for seed in seeds() {
        match play(seed, STEPS) {
            Ok(differing) => *tally.entry(differing).or_default() += 1,
            Err(story) => panic!("{story}\nreplay with AKKOORD_SEED={seed} cargo test -p tests world"),
        }
    }
    println!("worlds by number of questions with differing answers: {tally:?}");
    if seeds().len() > 1 {
        assert!(tally.keys().any(|differing| *differing > 0), "no world ever had two answers to one question");
    }
}

#[test]
fn a_seed_plays_the_same_world_twice() {
    let story = || {
        let mut world = tests::world::World::new(7);
        (0..STEPS).for_each(|_| world.step());
        world.story
    };
    assert_eq!(story(), story());
}
