//! The server's process: settings, log, listener and an orderly end. The only
//! file that prints.

mod tools;

use accounts::setup;
use anyhow::Context;
use std::{
    future::Future,
    io::{IsTerminal, Write},
    net::{IpAddr, SocketAddr},
    process::ExitCode,
};
use storage::{
    clock::Clock,
    data_folder::{self, DataFolder},
};
use sync_server::{
    config::{LogFormat, Settings},
    log, service,
    state::AppState,
};
use tokio::net::TcpListener;
use tracing_subscriber::{EnvFilter, Layer, fmt, layer::SubscriberExt, util::SubscriberInitExt};

fn main() -> anyhow::Result<ExitCode> {
    // A worker has no threads, so this comes before the runtime.
    if std::env::args_os().nth(1).is_some_and(|first| first == inspect::WORKER) {
        return Ok(inspect::work());
    }
    share_heaps();
    run()
}

/// Lets the threads share two heaps. The C library gives each thread its own, up to eight per processor, and keeps
/// what is freed in each: that doubled the server's memory after work on many threads.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "the C library has no other way to bound its heaps from inside the program")]
fn share_heaps() {
    // SAFETY: The call changes a parameter of the allocator, and no other thread runs yet.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, 2) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn share_heaps() {}

#[tokio::main]
async fn run() -> anyhow::Result<ExitCode> {
    data_folder::make_private();
    if let Some(done) = tools::run(std::env::args_os().skip(1))? {
        return Ok(done);
    }
    let settings = Settings::of_process().context("settings")?;
    let asked = EnvFilter::try_from_env("AKKOORD_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let lines = match settings.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(log::without_content(asked))).init();
    let address = SocketAddr::new(settings.listen, settings.port);
    let listener = TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))?;
    let address = listener.local_addr()?;
    let config = settings.listening_on(address.port())?;
    let _folder = DataFolder::open(&config.data)?;
    let state = AppState::open(config, Clock::system())?;
    // This comes before anything is printed, because whoever reads "listening" may press Ctrl-C at once.
    let stop = stop()?;
    let mut lines = vec![format!("listening on {}", shown(address))];
    lines.extend(ways_in(&state).await?);
    print(&lines)?;
    service::serve(state, listener, stop).await.context("serving")?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Makes what is missing of the demo, and returns its links.
#[cfg(feature = "demo")]
async fn demo_links(state: &AppState) -> anyhow::Result<Vec<String>> {
    let state = state.clone();
    let fill = move || demo::fill(&state.dossiers, &state.config.origin).context("demo");
    let links = tokio::task::spawn_blocking(fill).await??;
    let clients = links.clients.iter().map(|link| format!("demo client: {link}"));
    Ok([format!("demo advisor: {}", links.advisor)].into_iter().chain(clients).collect())
}

#[cfg(not(feature = "demo"))]
async fn demo_links(_: &AppState) -> anyhow::Result<Vec<String>> {
    anyhow::bail!("this program was built without the demo: use `cargo xtask run --demo`")
}

/// Returns one-time links for the first start and the demo.
async fn ways_in(state: &AppState) -> anyhow::Result<Vec<String>> {
    if state.config.demo {
        return demo_links(state).await;
    }
    let setup = setup::link(&state.db, &state.config.origin, state.clock.now()).await?;
    Ok(setup.map(|link| format!("setup: {link}")).into_iter().collect())
}

fn shown(address: SocketAddr) -> String {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_loopback() || ip.is_unspecified() => format!("http://localhost:{}", address.port()),
        IpAddr::V6(ip) if ip.is_loopback() || ip.is_unspecified() => format!("http://localhost:{}", address.port()),
        _ => format!("http://{address}"),
    }
}

/// Prints the lines that people and programs wait for.
fn print(lines: &[String]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

/// Waits for Ctrl-C, or on systems that have it for the signal to terminate.
fn stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        let terminated = async {
            terminate.recv().await;
        };
        #[cfg(not(unix))]
        let terminated = std::future::pending();
        tokio::select! {
            result = tokio::signal::ctrl_c() => {
                if let Err(error) = result {
                    tracing::warn!(%error, "Ctrl-C is not listened to");
                }
            }
            () = terminated => {}
        }
    })
}
