//! Signals to the driver's tasks, which wait until there is something to do.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};

/// The sending ends. If nobody receives a signal any more, the client has ended and nothing is lost.
pub struct Signals {
    work: UnboundedSender<()>,
    wake: UnboundedSender<()>,
    upload: UnboundedSender<()>,
}

/// The receiving ends, which the driver's tasks take.
pub struct Received {
    pub work: UnboundedReceiver<()>,
    pub wake: UnboundedReceiver<()>,
    pub upload: UnboundedReceiver<()>,
}

impl Signals {
    pub fn new() -> (Self, Received) {
        let (work, work_received) = unbounded();
        let (wake, wake_received) = unbounded();
        let (upload, upload_received) = unbounded();
        (Self { work, wake, upload }, Received { work: work_received, wake: wake_received, upload: upload_received })
    }

    /// Signals that something has to be saved or sent.
    pub fn work(&self) {
        self.work.unbounded_send(()).unwrap_or_default();
    }

    /// Signals that it is worth trying the network now.
    pub fn wake(&self) {
        self.wake.unbounded_send(()).unwrap_or_default();
    }

    /// Signals that a file has to be uploaded.
    pub fn upload(&self) {
        self.upload.unbounded_send(()).unwrap_or_default();
    }
}
