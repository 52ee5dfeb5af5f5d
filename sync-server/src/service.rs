//! A running server: the listener, the requests, the tasks in the background, and
//! an orderly end.

use crate::{
    line::{self, Register},
    router::router,
    state::AppState,
};
use dossiers::{checkpoints, jobs, upload};
use mail::{Delivery, DeliveryError, outbox::Outbox};
use std::{future::Future, time::Duration};
use tokio::{net::TcpListener, sync::oneshot};

/// The time that running requests get when the server stops. Sockets of
/// devices would stay for hours; they find the next server by themselves.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// The reasons why a server ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    #[error("the limit of open files: {0}")]
    OpenFiles(#[from] std::io::Error),
    #[error("mails: {0}")]
    Mails(#[from] DeliveryError),
}

/// Answers requests and sends mails until `stop`; what is running then is
/// finished, within reason.
pub async fn serve(
    state: AppState,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServiceError> {
    let most = line::raise_open_files()?;
    let register = Register::new(most, state.config.connections_per_address, state.lines, state.clock.clone());
    let (stopping, stopped) = oneshot::channel::<()>();
    let stop = async move {
        stop.await;
        drop(stopping);
    };
    // Behind proxies all connections are theirs.
    let requests = line::serve(listener, router(state.clone()), register, state.config.trusted_proxies == 0, stop);
    let deadline = async {
        // The other half is dropped when the server has to stop, which ends this wait.
        if stopped.await.is_err() {
            tokio::time::sleep(LAST_WORDS).await;
        }
    };
    tokio::select! {
        () = requests => Ok(()),
        result = send_mails(&state) => Ok(result?),
        () = jobs::run(state.dossiers.clone(), state.jobs.clone()) => Ok(()),
        () = upload::sweep_hourly(state.dossiers.clone()) => Ok(()),
        never = checkpoints::run(state.db.clone(), state.clock.clone(), state.seal.clone()) => match never {},
        () = deadline => Ok(()),
    }
}

/// Sends mails until the process ends.
pub async fn send_mails(state: &AppState) -> Result<(), DeliveryError> {
    let delivery = match &state.config.smtp {
        Some(smtp) => Delivery::smtp(smtp, state.config.origin.rp_id())?,
        None => Delivery::Folder(state.config.data.join("mail")),
    };
    let queued = state.composer.queued();
    let outbox = Outbox::new(state.db.clone(), state.clock.clone(), delivery, queued).with_own_servers(state.reach());
    outbox.run().await;
    Ok(())
}
