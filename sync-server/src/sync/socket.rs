//! The WebSocket at `/sync`: moves messages between a socket and a [`Connection`], which works on a thread that may
//! block. One message of each direction is in memory; who does not read, write or live loses the socket.

use super::{Closed, Connection, Sockets, sockets::OpenSocket};
use crate::{line::Limits, state::AppState};
use accounts::{
    Accounts, SignedIn,
    bucket::Kind,
    error::{Refusal, ServerError},
    session,
};
use axum::{
    Router,
    body::Bytes,
    extract::{
        State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code},
    },
    response::Response,
    routing::get,
};
use documents::{
    protocol::{self, MAX_FRAME, ToDevice, ToServer},
    replay::ProposedChange,
};
use dossiers::{Dossiers, Pusher, hub::Subscription, work::Share};
use std::{future::Future, pin::pin};
use tokio::time::{MissedTickBehavior, interval, sleep};

/// The bytes that are read at once.
const READ_BUFFER: usize = 8 * 1024;
/// The most that waits to be written: a message, and the answer to a ping.
const WRITE_BUFFER: usize = 2 * MAX_FRAME;

/// Returns the route. The origin of the request is checked before it gets here.
pub fn routes() -> Router<AppState> {
    Router::new().route("/sync", get(upgrade))
}

async fn upgrade(
    State(dossiers): State<Dossiers>,
    State(accounts): State<Accounts>,
    State(sockets): State<Sockets>,
    State(limits): State<Limits>,
    signed_in: SignedIn,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ServerError> {
    let open = sockets.open(signed_in.account, signed_in.device).ok_or(Refusal::TooManyRequests)?;
    let pusher = Pusher { account: signed_in.account, device: signed_in.device };
    let (db, clock, session) = (dossiers.db().clone(), dossiers.clock().clone(), signed_in.session);
    let is_live = Box::new(move || session::is_live(&db, &session, clock.now()));
    let connection = Connection::new(dossiers.clone(), pusher, is_live);
    let upgrade = upgrade.max_message_size(MAX_FRAME).max_frame_size(MAX_FRAME);
    let upgrade = upgrade.read_buffer_size(READ_BUFFER).write_buffer_size(0).max_write_buffer_size(WRITE_BUFFER);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let line = Line { socket, open, dossiers, accounts, limits, pusher, next: None };
        if let Err(end) = line.serve(connection).await {
            tracing::debug!(%end, "a connection ended");
        }
    }))
}

/// The reasons why a connection ended.
#[derive(Debug, thiserror::Error)]
enum End {
    #[error("socket: {0}")]
    Socket(#[from] axum::Error),
    #[error(transparent)]
    Closed(#[from] Closed),
    #[error("the work on a message did not come to an end")]
    Lost,
    #[error("the device is gone")]
    Gone,
    #[error("a newer socket of the login took its place")]
    GaveWay,
}

/// A socket with what is known of it.
struct Line {
    socket: WebSocket,
    open: OpenSocket,
    dossiers: Dossiers,
    accounts: Accounts,
    limits: Limits,
    pusher: Pusher,
    /// A message that came while the one before it was worked on.
    next: Option<Bytes>,
}

/// What a socket has to do next.
enum Event {
    Frame(Bytes),
    Other,
    News,
    Ping,
}

impl Line {
    async fn serve(mut self, mut connection: Connection) -> Result<(), End> {
        let subscription = Subscription::default();
        connection.subscribe(&subscription).map_err(Closed::from)?;
        let mut ping = interval(self.limits.ping);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ping.tick().await;
        loop {
            let event = match self.next.take() {
                Some(frame) => Event::Frame(frame),
                None => tokio::select! {
                    biased;
                    () = self.open.told_to_leave() => return Err(End::GaveWay),
                    message = self.socket.recv() => heard(&self.open, message)?,
                    _ = subscription.grown() => Event::News,
                    _ = ping.tick() => Event::Ping,
                },
            };
            let done = match event {
                Event::Frame(frame) => self.receive(connection, &frame).await,
                Event::News => Ok(connection),
                Event::Other => {
                    // What is no message costs as much as a small one, so that a flood of it does.
                    spend(&self.accounts, &self.pusher, 1).await;
                    continue;
                }
                Event::Ping if self.open.silence() >= self.limits.gone => return Err(End::Gone),
                Event::Ping => {
                    self.socket.send(Message::Ping(Bytes::new())).await?;
                    continue;
                }
            };
            let streamed = match done {
                Ok(back) => self.stream(back).await,
                Err(end) => Err(end),
            };
            connection = match streamed {
                Err(End::Closed(closed)) => {
                    let reason = CloseFrame { code: close_code::POLICY, reason: closed.to_string().into() };
                    self.socket.send(Message::Close(Some(reason))).await?;
                    return Err(closed.into());
                }
                other => other?,
            };
        }
    }

    /// Accepts one message when it is its turn, and answers it. If the device goes meanwhile, it leaves the queue.
    async fn receive(&mut self, mut connection: Connection, frame: &[u8]) -> Result<Connection, End> {
        let message = Connection::read(frame)?;
        let (dossiers, pusher, accounts) = (self.dossiers.clone(), self.pusher, self.accounts.clone());
        let work = async move {
            spend(&accounts, &pusher, cost(&message)).await;
            // A login has fewer sockets than it may have turns.
            let turn = Connection::turn(&dossiers, &pusher, &message).await.ok_or(End::Lost)?;
            let job = move || {
                let answers = connection.receive(message);
                drop(turn);
                (connection, answers)
            };
            dossiers.work().run(Share::Sync, job).await.map_err(|_| End::Lost)
        };
        let (connection, answers) = self.while_there(work).await?;
        for answer in answers? {
            self.send(&answer).await?;
        }
        Ok(connection)
    }

    /// Sends what the device lacks. The next message is read when the last one is written.
    async fn stream(&mut self, mut connection: Connection) -> Result<Connection, End> {
        loop {
            let job = move || {
                let message = connection.next_message();
                (connection, message)
            };
            let message;
            (connection, message) = self.dossiers.work().run(Share::Sync, job).await.map_err(|_| End::Lost)?;
            match message? {
                Some(message) => self.send(&message).await?,
                None => return Ok(connection),
            }
        }
    }

    /// Waits for `work` as long as the device is there. One further message is kept until then.
    async fn while_there<T>(&mut self, work: impl Future<Output = Result<T, End>>) -> Result<T, End> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                () = self.open.told_to_leave() => return Err(End::GaveWay),
                message = self.socket.recv(), if self.next.is_none() => {
                    if let Event::Frame(frame) = heard(&self.open, message)? {
                        self.next = Some(frame);
                    }
                }
            }
        }
    }

    async fn send(&mut self, message: &ToDevice) -> Result<(), End> {
        Ok(self.socket.send(Message::Binary(protocol::encode(message).into())).await?)
    }
}

/// Notes what was heard of a device.
fn heard(open: &OpenSocket, message: Option<Result<Message, axum::Error>>) -> Result<Event, End> {
    open.hear();
    match message.ok_or(End::Gone)?? {
        Message::Binary(frame) => Ok(Event::Frame(frame)),
        Message::Close(_) => Err(End::Gone),
        _ => Ok(Event::Other),
    }
}

/// Takes tokens of the login, when there are some. A device waits for them and is never refused.
async fn spend(accounts: &Accounts, pusher: &Pusher, cost: u64) {
    while let Err(wait) = accounts.buckets.spend(pusher.account, Kind::Push, cost, accounts.clock.now()) {
        sleep(wait).await;
    }
}

/// Returns what a message costs: as many tokens as the state has to be looked up at which a change was made. Changes
/// of a device follow one another, so that a push of it costs one, or one for each time that somebody else wrote.
fn cost(message: &ToServer) -> u64 {
    let ToServer::Push { changes, .. } = message else { return 1 };
    let follows = |pair: &[ProposedChange]| matches!(pair, [before, change] if change.deps == [before.hash]);
    1 + changes.windows(2).filter(|pair| !follows(pair)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{id::DocumentId, time::Timestamp};

    #[test]
    fn a_push_costs_as_many_tokens_as_states_have_to_be_looked_up() {
        let change = |number: u8, deps: &[u8]| ProposedChange {
            actor: [0; 16],
            at: Timestamp(0),
            deps: deps.iter().map(|dep| [*dep; 32]).collect(),
            hash: [number; 32],
            writes: Vec::new(),
        };
        let check = |changes: Vec<ProposedChange>, expected| {
            let document = DocumentId::from_bytes([1; 16]);
            assert_eq!(cost(&ToServer::Push { document, batch: 1, changes }), expected);
        };
        check(Vec::new(), 1);
        check((2..200).map(|n| change(n, &[n - 1])).collect(), 1);
        check((2..200).map(|n| change(n, &[1])).collect(), 198);
        check(vec![change(2, &[1]), change(3, &[2, 9]), change(4, &[3])], 2);
    }
}
