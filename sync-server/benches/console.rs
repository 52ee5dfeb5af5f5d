//! Measures how fast the console is with 20,000 clients of three years each: run by
//! `cargo xtask bench console`, against the release server over HTTP. The
//! clients are imported, and their years made by the actions
//! of an advisor. Prints one line of medians; the details go to
//! standard error.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement talks to the terminal")]
#![expect(clippy::unwrap_used, reason = "a step that fails ends the measurement")]
#![expect(clippy::disallowed_methods, reason = "it measures time, and waits for another process")]

#[path = "console/firm.rs"]
mod firm;
#[path = "console/server.rs"]
mod server;

use server::Server;
use std::{
    fmt::Write,
    time::{Duration, Instant},
};

/// The number of clients, unless the command names another.
const CLIENTS: usize = 20_000;
/// The number of requests of each kind.
const RUNS: usize = 31;

fn main() {
    let clients = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(CLIENTS);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let session = firm::found(&data);
    let server = Server::start(&data, &session);
    let import = import(&server, clients);
    drop(server);
    eprintln!("imported {clients} clients in {import:.2} s; now their years");
    let began = Instant::now();
    firm::open_years(&data, clients);
    eprintln!("years opened in {:.0} s", began.elapsed().as_secs_f64());
    let server = Server::start(&data, &session);
    let number = |run: usize| 100_000 + (run * 7919) % clients;
    let table = measure(&server, "clients", |run| match run % 6 {
        0 => "/kantoor/klanten".to_owned(),
        1 => format!("/kantoor/klanten?pagina={}", 1 + (run * 37) % clients.div_ceil(50)),
        2 => "/kantoor/klanten?fase=checklist".to_owned(),
        3 => "/kantoor/klanten?aandacht=ja".to_owned(),
        4 => "/kantoor/klanten?op=-actief".to_owned(),
        _ => "/kantoor/klanten?op=-nummer&telaat=ja".to_owned(),
    });
    let search = measure(&server, "search", |run| match run % 4 {
        0 => format!("/kantoor/klanten?q={}", number(run)),
        1 => format!("/kantoor/klanten?q=person{}%40", number(run)),
        2 => "/kantoor/klanten?q=jansen".to_owned(),
        _ => format!("/kantoor/klanten?q=de+vries+{}", run % 100),
    });
    let dossier = measure(&server, "dossier", |run| format!("/kantoor/klanten/{}/2025", number(run)));
    let dashboard =
        measure(&server, "dashboard", |run| if run % 2 == 0 { "/kantoor" } else { "/kantoor?wie=ik" }.to_owned());
    let season = measure(&server, "season", |_| "/kantoor/seizoen".to_owned());
    eprintln!("season report: {season:.1} ms");
    println!(
        "console: clients_ms={table:.1} search_ms={search:.1} dossier_ms={dossier:.1} dashboard_ms={dashboard:.1} import_20k_s={import:.1}"
    );
}

/// Returns the median of the time that the server takes to answer, in milliseconds. Each address
/// is new to it, as far as there are enough of them.
fn measure(server: &Server, what: &str, address: impl Fn(usize) -> String) -> f64 {
    // The first requests to a process open its connections to the database.
    for run in 0..3 {
        server.get(&address(RUNS + run));
    }
    let mut times: Vec<_> = (0..RUNS)
        .map(|run| {
            let address = address(run);
            let began = Instant::now();
            let page = server.get(&address);
            let time = began.elapsed().as_secs_f64() * 1000.0;
            assert!(page.contains("</html>"), "{address}: {page}");
            (time, address)
        })
        .collect();
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let median = times[times.len() / 2].0;
    let (worst, address) = times.last().unwrap();
    eprintln!("{what}: median {median:.1} ms, worst {worst:.1} ms at {address}");
    median
}

/// Sends a file of clients and waits until all are imported. Returns the seconds of
/// reading, checking and carrying out together.
fn import(server: &Server, clients: usize) -> f64 {
    let mut file = "Klantnummer;Voornaam;Achternaam;E-mail;BSN;Fiscaal partner;E-mail partner;Labels\r\n".to_owned();
    let surnames = ["Jansen", "de Vries", "Bakker", "Yılmaz", "van den Berg", "Nowak", "Visser", "El Amrani"];
    for n in 0..clients {
        let (number, surname) = (100_000 + n, surnames[n % surnames.len()]);
        let partner = if n % 5 < 3 {
            format!("Partner {surname} {};partner{number}@voorbeeld.example", n % 100)
        } else {
            ";".to_owned()
        };
        writeln!(
            file,
            "{number};Person{};{surname} {};person{number}@voorbeeld.example;;{partner};groep {}\r",
            n % 977,
            n % 100,
            n % 12
        )
        .unwrap();
    }
    let began = Instant::now();
    let here = server.send_file("/kantoor/importeren", file.as_bytes());
    let page = server.get(&here);
    let mut fields = Vec::new();
    for select in page.split("name=\"column_").skip(1) {
        let column = select.split('"').next().unwrap();
        let chosen = select.split("</select>").next().unwrap().split("<option ").find(|o| o.contains("selected"));
        let word = chosen.map_or("", |o| o.split("value=\"").nth(1).unwrap().split('"').next().unwrap());
        fields.push(format!("column_{column}={word}"));
    }
    let read = began.elapsed();
    server.post(&format!("{here}/kolommen"), &fields.join("&"));
    let judged = began.elapsed();
    server.post(&format!("{here}/start"), "");
    while server.get(&here).contains("data-poll") {
        std::thread::sleep(Duration::from_millis(50));
    }
    let all = began.elapsed();
    eprintln!(
        "import: read {:.2} s, judged {:.2} s, carried out {:.2} s",
        read.as_secs_f64(),
        (judged - read).as_secs_f64(),
        (all - judged).as_secs_f64()
    );
    assert!(server.get("/kantoor/klanten").contains(&format!("{clients} klanten")), "all are in");
    all.as_secs_f64()
}
