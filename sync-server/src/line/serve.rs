//! Accepts connections and lets the router answer on them, until the server stops.

use super::{
    held::Held,
    register::{Phase, Place, Register, Seat},
    stream::Stream,
};
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    http::{StatusCode, header},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{convert::Infallible, future::Future, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    time::{MissedTickBehavior, interval, sleep},
};
use tower::ServiceExt;

/// The largest head of a request, and about as much of an answer as waits to be written.
const BUFFER: usize = 64 * 1024;
/// The pause after a connection that could not be accepted, because there are too many files.
const PAUSE: Duration = Duration::from_millis(100);
/// The interval at which connections are looked through for those that are late.
const SWEEP: Duration = Duration::from_secs(1);

/// Answers requests until `stop`, and then those that are under way. If `counts_addresses` is false, connections come
/// from proxies and not from people.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    register: Arc<Register>,
    counts_addresses: bool,
    stop: impl Future<Output = ()>,
) {
    let (stopping, stopped) = watch::channel(false);
    let mut stop = pin!(stop);
    let mut sweep = interval(SWEEP);
    sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            _ = sweep.tick() => {
                register.sweep();
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let from = counts_addresses.then(|| peer.ip());
                // Who gets no place finds the connection closed, and tries again.
                let Some(place) = register.admit(from) else { continue };
                tokio::spawn(answer(stream, peer, place, router.clone(), stopped.clone()));
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, lines = register.len(), "a connection could not be accepted");
                register.make_room();
                sleep(PAUSE).await;
            }
        }
    }
    drop((listener, stopped));
    stopping.send_replace(true);
    stopping.closed().await;
}

/// Returns true if only the connection failed that was to be accepted.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Answers the requests of one connection.
async fn answer(stream: TcpStream, peer: SocketAddr, place: Place, router: Router, mut stopped: watch::Receiver<bool>) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection ended at once");
    }
    let seat = place.seat.clone();
    let asked = seat.clone();
    let service =
        service_fn(move |request: hyper::Request<Incoming>| respond(router.clone(), asked.clone(), peer, request));
    let line = http1::Builder::new()
        // The register counts the time of a head, because it also tells a head from the time between two requests.
        .header_read_timeout(None)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(Stream::new(stream, place)), service)
        .with_upgrades();
    let mut line = pin!(line);
    let mut stops = true;
    loop {
        tokio::select! {
            ended = line.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke off");
                }
                return;
            }
            () = seat.told_to_leave() => return,
            _ = stopped.changed(), if stops => {
                line.as_mut().graceful_shutdown();
                stops = false;
            }
        }
    }
}

async fn respond(
    router: Router,
    seat: Arc<Seat>,
    peer: SocketAddr,
    request: hyper::Request<Incoming>,
) -> Result<Response, Infallible> {
    use hyper::body::Body as _;
    seat.enter(if request.body().is_end_stream() { Phase::Work } else { Phase::Body });
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    request.extensions_mut().insert(seat.clone());
    let response = router.oneshot(request).await?;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        seat.enter(Phase::Kept);
        return Ok(response);
    }
    seat.enter(if is_news(&response) { Phase::Kept } else { Phase::Answer });
    Ok(response.map(|body| Body::new(Held { body, _held: UntilAnswered(seat) })))
}

/// Notes when it ends that the next request is waited for.
struct UntilAnswered(Arc<Seat>);

impl Drop for UntilAnswered {
    fn drop(&mut self) {
        self.0.enter(Phase::Head);
    }
}

/// Returns true for a stream of news, which is open as long as its client wants.
fn is_news(response: &Response) -> bool {
    let media_type = response.headers().get(header::CONTENT_TYPE);
    media_type.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}
