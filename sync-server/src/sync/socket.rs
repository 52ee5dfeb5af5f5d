//! The WebSocket at `/sync`: moves messages between a socket and a
//! [`Connection`], which works on a thread that may block.

use super::{Closed, Connection};
use crate::state::AppState;
use accounts::{SignedIn, session};
use axum::{
    Router,
    extract::{
        State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code},
    },
    response::Response,
    routing::get,
};
use documents::protocol::{self, MAX_FRAME, ToDevice};
use dossiers::{Dossiers, Pusher, hub::Subscription};

/// Returns the route. The origin of the request is checked before it gets here.
pub fn routes() -> Router<AppState> {
    Router::new().route("/sync", get(upgrade))
}

async fn upgrade(State(dossiers): State<Dossiers>, signed_in: SignedIn, upgrade: WebSocketUpgrade) -> Response {
    let pusher = Pusher { account: signed_in.account, device: signed_in.device };
    let (db, clock, session) = (dossiers.db().clone(), dossiers.clock().clone(), signed_in.session);
    let is_live = Box::new(move || session::is_live(&db, &session, clock.now()));
    let connection = Connection::new(dossiers, pusher, is_live);
    upgrade.max_message_size(MAX_FRAME).max_frame_size(MAX_FRAME).on_upgrade(|socket| async move {
        if let Err(end) = serve(socket, connection).await {
            tracing::debug!(%end, "a connection ended");
        }
    })
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
}

async fn serve(mut socket: WebSocket, mut connection: Connection) -> Result<(), End> {
    let subscription = Subscription::default();
    connection.subscribe(&subscription).map_err(Closed::from)?;
    loop {
        let (back, result) = tokio::select! {
            message = socket.recv() => match message {
                None => return Ok(()),
                Some(message) => match message? {
                    Message::Binary(frame) => work(connection, move |c| c.receive(&frame)).await?,
                    Message::Close(_) => return Ok(()),
                    _ => continue,
                },
            },
            _ = subscription.grown() => work(connection, Connection::pump).await?,
        };
        connection = back;
        let mut messages = match result {
            Ok(messages) => messages,
            Err(closed) => {
                let reason = CloseFrame { code: close_code::POLICY, reason: closed.to_string().into() };
                socket.send(Message::Close(Some(reason))).await?;
                return Err(closed.into());
            }
        };
        while !messages.is_empty() {
            send(&mut socket, &messages).await?;
            let (back, more) = work(connection, Connection::pump).await?;
            connection = back;
            messages = more?;
        }
    }
}

async fn send(socket: &mut WebSocket, messages: &[ToDevice]) -> Result<(), End> {
    for message in messages {
        socket.send(Message::Binary(protocol::encode(message).into())).await?;
    }
    Ok(())
}

/// Runs `job` on a thread that may block and returns the connection.
async fn work(
    mut connection: Connection,
    job: impl FnOnce(&mut Connection) -> Result<Vec<ToDevice>, Closed> + Send + 'static,
) -> Result<(Connection, Result<Vec<ToDevice>, Closed>), End> {
    let done = tokio::task::spawn_blocking(move || {
        let result = job(&mut connection);
        (connection, result)
    });
    done.await.map_err(|_| End::Lost)
}
