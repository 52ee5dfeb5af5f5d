//! Tasks that save, send and receive for as long as the app runs. The engine decides what.

use super::{
    Client, Connection, DeviceStore, Engine, LocalStore, Network, Saving, Status, StoreError, Waiting, keys,
    state::Received, timeout::within,
};
use crate::platform::{Arrival, Socket, Unreachable, clock, locks, network, tasks, window};
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::{
    FutureExt, SinkExt, StreamExt,
    future::{Either, select},
    pin_mut,
};
use model::language::Language;
use std::rc::Rc;

/// Milliseconds before the first new attempt to connect. The pause doubles up to the last.
const FIRST_PAUSE: u32 = 500;
const LAST_PAUSE: u32 = 30_000;

/// Milliseconds of silence after which the connection is tested, and milliseconds within which it must then answer.
const QUIET: u32 = 20_000;
const PATIENCE: u32 = 5_000;

/// Milliseconds of silence after which there is time to prepare a quick next start.
const CALM: u32 = 2_000;

/// Milliseconds within which a new connection must be open. A network that swallows everything would otherwise stay
/// silent for minutes.
const OPENING: u32 = 15_000;

impl Client {
    /// Reads the device's store and starts the tasks.
    pub async fn start(network: Network, store: Result<DeviceStore, StoreError>) -> Self {
        let (client, signals) = Self::new(network);
        client.run(store, None, signals).await;
        client
    }

    /// Returns a client at once, for screens that are shown first. It reads the device's store as soon as `store` is
    /// open. `arrival` is somebody who just logged in.
    pub fn start_soon(
        network: Network,
        store: impl Future<Output = Result<DeviceStore, StoreError>> + 'static,
        arrival: Option<Arrival>,
    ) -> Self {
        let (client, signals) = Self::new(network);
        let this = client.clone();
        tasks::spawn(async move { this.run(store.await, arrival, signals).await });
        client
    }

    async fn run(&self, store: Result<DeviceStore, StoreError>, arrival: Option<Arrival>, signals: Received) {
        let has_arrived = arrival.is_some();
        let opened = match store {
            Ok(store) => self.open(Rc::new(store), arrival).await,
            Err(error) => Err(error),
        };
        if opened.is_err() {
            self.0.session.set_status(Status::NoStore);
            return self.notify_listeners();
        }
        let lost = self.clone();
        locks::hold_device(move || lost.taken_over());
        let woken = self.clone();
        network::on_wake(move || {
            woken.lock_when_idle();
            woken.0.signals.wake();
        });
        let watcher = self.clone();
        tasks::spawn(async move { watcher.watch_idleness().await });
        let saver = self.clone();
        tasks::spawn(async move { saver.save_batches(signals.work).await });
        let (connector, sender) = (self.clone(), self.clone());
        tasks::spawn(async move { connector.stay_connected(signals.wake, has_arrived).await });
        tasks::spawn(async move { sender.send_all_files(signals.upload).await });
    }

    async fn open(&self, store: Rc<DeviceStore>, arrival: Option<Arrival>) -> Result<(), StoreError> {
        let language = store.get(keys::LANGUAGE).await?;
        self.0.session.set_language(language.map(|tag| Language::from_tag(&String::from_utf8_lossy(&tag))));
        self.0.store.set(store).map_err(|_| StoreError::Failed("the store is open already".to_owned()))?;
        match arrival {
            Some(Arrival { identity, secret }) => self
                .sign_in(identity, secret)
                .await
                .map_err(|error| StoreError::Failed(format!("somebody who just logged in: {error}"))),
            None => self.open_holder().await,
        }
    }

    fn taken_over(&self) {
        self.0.session.set_status(Status::ElsewhereOpen);
        self.0.signals.wake();
        self.notify_listeners();
    }

    /// Saves batches on the device in their order. A batch that fails is tried again, because what was typed must not
    /// be lost.
    async fn save_batches(&self, mut work: UnboundedReceiver<()>) {
        while work.next().await.is_some() {
            self.save_waiting().await;
            self.0.signals.wake();
        }
    }

    async fn save_waiting(&self) {
        let Some(store) = self.store() else { return };
        loop {
            let batch: Vec<_> = self.0.sync.change(Engine::take_batches).into_iter().flatten().collect();
            if batch.is_empty() {
                break;
            }
            self.0.sync.set_saving(Saving::Saving);
            while store.commit(batch.clone()).await.is_err() {
                self.0.sync.set_saving(Saving::Failed);
                self.0.sync.flushed(Err(()));
                self.notify_listeners();
                tasks::sleep(2_000).await;
            }
        }
        let was_unsaved = self.0.sync.set_saving(Saving::Saved);
        self.0.sync.flushed(Ok(()));
        if was_unsaved {
            self.notify_listeners();
        }
    }

    /// Waits until everything that was written so far is saved on the device, however long that takes. Returns an
    /// error if the storage fails.
    pub(super) async fn flushed(&self) -> Result<(), ()> {
        match self.saving() {
            Saving::Saved => return Ok(()),
            Saving::Failed => return Err(()),
            Saving::Saving => {}
        }
        let result = self.0.sync.next_flush();
        self.0.signals.work();
        result.await.unwrap_or(Err(()))
    }

    /// Connects again and again. With `has_arrived` somebody logged in a moment ago, and the server said then who it is.
    async fn stay_connected(&self, mut wake: UnboundedReceiver<()>, mut has_arrived: bool) {
        let mut pause = FIRST_PAUSE;
        loop {
            while self.account().is_none() || self.0.session.is_open_elsewhere() {
                self.settle_logout().await;
                if wake.next().await.is_none() {
                    return;
                }
            }
            match self.connect(std::mem::take(&mut has_arrived)).await {
                Ok(Some(socket)) => {
                    self.exchange_messages(socket, &mut wake).await;
                    // A server that accepts the connection and drops it is not well yet, so the pause is not reset.
                    if self.0.sync.read(Engine::is_greeted) {
                        pause = FIRST_PAUSE;
                    }
                    self.0.sync.change(Engine::disconnected);
                    self.mark_offline();
                }
                // Nothing can be done until somebody logs in.
                Ok(None) => {
                    if wake.next().await.is_none() {
                        return;
                    }
                    continue;
                }
                Err(Unreachable) => self.mark_offline(),
            }
            drain(&mut wake);
            let timer = tasks::sleep(pause).fuse();
            let woken = wake.next().fuse();
            pin_mut!(timer, woken);
            match select(timer, woken).await {
                Either::Left(_) => pause = (pause * 2).min(LAST_PAUSE),
                Either::Right((None, _)) => return,
                // The pause keeps typing from sending a flood of requests to a server that is out of reach.
                Either::Right(_) => tasks::sleep(FIRST_PAUSE).await,
            }
        }
    }

    fn mark_offline(&self) {
        if self.0.sync.connection() != Connection::UpdateNeeded {
            self.set_connection(Connection::Offline);
        }
    }

    /// Connects to the server. Returns `None` if the server wants a new login first.
    async fn connect(&self, has_arrived: bool) -> Result<Option<Socket>, Unreachable> {
        if has_arrived {
            self.leave_ended_years();
        } else if !self.refresh_identity().await? {
            return Ok(None);
        }
        Ok(Some(within(OPENING, network::connect(&self.0.network)).await?))
    }

    /// Asks the server who is signed in and which clients they belong to. Returns false if it wants a new login first.
    async fn refresh_identity(&self) -> Result<bool, Unreachable> {
        // Somebody may log in or out while the answer is on its way.
        match within(OPENING, self.ask_identity()).await? {
            Some(identity) if Some(identity.account) == self.account() => {
                self.renew_holder(&identity);
                self.renew_identity(identity);
                self.leave_ended_years();
            }
            _ => {
                if self.account().is_some() {
                    self.set_connection(Connection::SignInNeeded);
                }
                return Ok(false);
            }
        }
        self.0.signals.work();
        Ok(true)
    }

    /// Sends and receives until the connection ends or no longer responds.
    async fn exchange_messages(&self, (mut sink, mut stream): Socket, wake: &mut UnboundedReceiver<()>) {
        self.0.sync.change(Engine::connected);
        let mut probing = true;
        let mut deadline = after(PATIENCE);
        let mut calm = Some(after(CALM));
        loop {
            let outgoing = self.0.sync.change(Engine::take_outgoing);
            if !outgoing.is_empty() {
                deadline = deadline.min(after(PATIENCE));
            }
            for message in outgoing {
                if sink.send(message).await.is_err() {
                    return;
                }
            }
            let timer = tasks::sleep(until(calm.map_or(deadline, |calm| calm.min(deadline)))).fuse();
            let (next, woken) = (stream.next().fuse(), wake.next().fuse());
            pin_mut!(timer, next, woken);
            match select(next, select(woken, timer)).await {
                Either::Left((None, _)) | Either::Right((Either::Left((None, _)), _)) => return,
                Either::Left((Some(message), _)) => {
                    let unsent = self.0.sync.read(Engine::unsent);
                    self.0.sync.change(|engine| engine.receive(&message, clock::now()));
                    if self.0.sync.read(Engine::unsent) < unsent {
                        // A file may go once the record that announces it has arrived.
                        self.0.signals.upload();
                    }
                    let is_stale = self.0.sync.change(Engine::take_stale_identity);
                    if is_stale && !matches!(self.refresh_identity().await, Ok(true)) {
                        return;
                    }
                    self.after_message();
                    probing = !self.0.sync.read(Engine::is_greeted);
                    deadline = after(if probing { PATIENCE } else { QUIET });
                    calm = Some(after(CALM));
                }
                Either::Right((Either::Left(_), _)) => {}
                Either::Right((Either::Right(_), _)) if until(deadline) > 0 => {
                    calm = None;
                    self.0.sync.change(Engine::fold_logs);
                    self.forget_crashes();
                    self.0.signals.work();
                }
                Either::Right((Either::Right(_), _)) if probing => return,
                Either::Right((Either::Right(_), _)) => {
                    // A second greeting is the test: a server that is alive answers it.
                    self.0.sync.change(Engine::connected);
                    probing = true;
                    deadline = after(PATIENCE);
                }
            }
            if !self.0.sync.read(Engine::is_connected) || self.0.session.is_open_elsewhere() {
                return;
            }
        }
    }

    /// Notes that the app works, unless that is because it read nothing.
    fn forget_crashes(&self) {
        if self.waiting() != Some(Waiting::Unreadable) {
            window::forget_crashes();
        }
    }

    fn after_message(&self) {
        let (greeted, too_old) = self.0.sync.read(|engine| (engine.is_greeted(), engine.is_too_old()));
        if too_old {
            self.set_connection(Connection::UpdateNeeded);
        } else if greeted && self.0.sync.set_connection(Connection::Connected) {
            self.0.uploads.end_rests();
            self.0.signals.upload();
        }
        self.drop_recalled();
        self.changed();
        self.fetch_returns();
    }

    /// Downloads the tax returns that await approval, so that they can be read and signed without a network.
    fn fetch_returns(&self) {
        let files: Vec<_> = self
            .years()
            .into_iter()
            .flat_map(|key| {
                let year = self.year(key);
                let open = year.revisions.iter().filter(|r| r.void.is_none());
                open.map(|r| (key.client, r.revision.file.hash)).collect::<Vec<_>>()
            })
            .collect();
        self.fetch_all(files);
        self.fetch_offline_years();
    }

    async fn send_all_files(&self, mut signals: UnboundedReceiver<()>) {
        let mut pause = FIRST_PAUSE;
        while self.next_upload(&mut signals).await {
            drain(&mut signals);
            match self.send_files().await {
                Ok(()) => pause = FIRST_PAUSE,
                // A server that syncs but does not accept files has trouble of its own, so the pause grows.
                Err(Unreachable) if self.0.sync.connection() == Connection::Connected => {
                    tasks::sleep(pause).await;
                    pause = (pause * 2).min(LAST_PAUSE);
                    self.0.signals.upload();
                }
                // The server is out of reach, and the next connection signals again.
                Err(Unreachable) => {
                    pause = FIRST_PAUSE;
                    self.0.uploads.end_rests();
                }
            }
        }
    }

    /// Waits for a signal, or until a file that failed has rested. Returns false once the client has ended.
    async fn next_upload(&self, signals: &mut UnboundedReceiver<()>) -> bool {
        let Some(rested) = self.0.uploads.rested_at() else { return signals.next().await.is_some() };
        let timer = tasks::sleep(until(rested.0).max(FIRST_PAUSE)).fuse();
        let signal = signals.next().fuse();
        pin_mut!(timer, signal);
        match select(timer, signal).await {
            Either::Left(_) => true,
            Either::Right((signal, _)) => signal.is_some(),
        }
    }
}

/// Returns the moment that is `milliseconds` from now.
fn after(milliseconds: u32) -> i64 {
    clock::now().0 + i64::from(milliseconds)
}

/// Returns the number of milliseconds until `moment`.
fn until(moment: i64) -> u32 {
    u32::try_from((moment - clock::now().0).max(0)).unwrap_or(PATIENCE)
}

fn drain(signals: &mut UnboundedReceiver<()>) {
    while signals.try_recv().is_ok() {}
}
