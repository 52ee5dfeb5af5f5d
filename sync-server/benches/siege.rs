//! A siege: plays attacks on a release server, one after the other, while an honest household, an advisor and another
//! firm go on with their work, and prints what these notice of it. Run by `cargo xtask bench siege`. Everything stays
//! on this machine and ends by itself. The server may open 1,024 files; the attackers are processes of their own with
//! the lowest priority. It is played twice: each person has an address, and then all are behind one.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement talks to the terminal")]
#![expect(clippy::unwrap_used, reason = "a step that fails ends the measurement")]
#![expect(clippy::disallowed_methods, reason = "it measures time, and waits for other processes")]

#[path = "siege/attack.rs"]
mod attack;
#[path = "siege/device.rs"]
mod device;
#[path = "siege/line.rs"]
mod line;
#[path = "siege/server.rs"]
mod server;
#[path = "siege/witness.rs"]
mod witness;
#[path = "siege/world.rs"]
mod world;

use server::Server;
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};
use witness::Witnesses;
use world::{Orders, World};

/// The time for which an attack goes on.
const ATTACK: Duration = Duration::from_secs(20);
/// The pause after each attack, in which things may calm down.
const CALM: Duration = Duration::from_secs(2);

/// What the honest people noticed in a run, in milliseconds, megabytes and seconds.
#[derive(Debug, Default, Clone, Copy)]
struct Figures {
    honest: f64,
    console: f64,
    rss: u64,
    lost: usize,
    mail: f64,
    full_year: f64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, name, orders] = arguments.as_slice()
        && word == "attack"
    {
        let orders: Orders = serde_json::from_slice(&std::fs::read(orders).unwrap()).unwrap();
        return attack::run(name, &orders);
    }
    let value = |flag: &str| arguments.iter().position(|a| a == flag).and_then(|at| arguments.get(at + 1));
    let program = value("--server").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_sync-server")), PathBuf::from);
    let only = value("--only").map(String::as_str);
    let folder = tempfile::tempdir().unwrap();
    let founded = folder.path().join("founded");
    let world = World::found(&founded);
    // The last connection to a database that closes removes its log.
    while founded.join("akkoord.db-wal").exists() {
        std::thread::sleep(Duration::from_millis(50));
    }
    let [apart, behind_one] = [false, true].map(|behind_one| {
        let data = folder.path().join(if behind_one { "behind-one" } else { "apart" });
        assert!(Command::new("cp").arg("-r").args([&founded, &data]).status().unwrap().success());
        play(&program, &world, &data, only, behind_one)
    });
    let worse = |of: fn(&Figures) -> f64| of(&apart).max(of(&behind_one));
    println!(
        "siege: honest_p99_ms={:.0} console_p99_ms={:.0} rss_peak_mib={} lost={} mail_delay_s={:.1} push_full_year_ms={:.0}",
        worse(|f| f.honest),
        worse(|f| f.console),
        apart.rss.max(behind_one.rss),
        apart.lost + behind_one.lost,
        worse(|f| f.mail),
        worse(|f| f.full_year)
    );
}

/// Plays all attacks on a server on `data`.
fn play(program: &Path, world: &World, data: &Path, only: Option<&str>, behind_one: bool) -> Figures {
    let server = Server::start(program, data);
    let orders = world.orders(server.port, behind_one);
    let orders_file = data.join("orders.json");
    std::fs::write(&orders_file, serde_json::to_vec(&orders).unwrap()).unwrap();
    let full_year = device::time_of_push(server.port, &orders.full_partner);
    eprintln!(
        "{}: a push in a full year takes {full_year:.0} ms",
        if behind_one { "behind one address" } else { "apart" }
    );
    let witnesses = Witnesses::start(&orders, data);
    std::thread::sleep(CALM);
    witnesses.tell("nothing");
    for name in attack::NAMES.into_iter().filter(|name| only.is_none_or(|only| only.split(',').any(|o| o == *name))) {
        witnesses.ask_for_mail(name);
        let mut attacker = server::attacker(name, &orders_file);
        attacker.wait().unwrap();
        std::thread::sleep(CALM);
        witnesses.wait_for_mail();
        witnesses.tell(name);
        eprintln!("  {} MiB now, {} MiB at most", server.rss(), server.peak());
        assert!(server.runs(), "the server is gone after {name}");
    }
    let (honest, console, mail, received) = witnesses.end();
    let rss = server.peak();
    drop(server);
    let lost = world.missing(data, &received);
    Figures { honest, console, rss, lost, mail, full_year }
}
