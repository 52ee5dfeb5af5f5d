//! The time that the body of a request may take: some seconds, and one more for each 8 KB that arrived, so that a slow
//! line can send a large file and a silent one holds nothing.

use super::{Limits, Seat, register::Phase};
use accounts::error::Refusal;
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body::{Frame, SizeHint};
use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::{Sleep, sleep};

/// Ends bodies that take too long. A handler that kept what arrived may say so; all others say that it was too slow.
pub async fn pace(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let was_late = Arc::new(AtomicBool::new(false));
    let seat = request.extensions().get::<Arc<Seat>>().cloned();
    let (left, late) = (Box::pin(sleep(limits.body)), was_late.clone());
    let paced = |body| Body::new(Paced { body, limits, received: 0, left, was_late: late, seat });
    let response = next.run(request.map(paced)).await;
    if was_late.load(Ordering::Relaxed) && !response.status().is_success() {
        return Refusal::TooSlow.into_response();
    }
    response
}

/// A body that ends with an error when its time is over.
struct Paced {
    body: Body,
    limits: Limits,
    received: u64,
    left: Pin<Box<Sleep>>,
    was_late: Arc<AtomicBool>,
    seat: Option<Arc<Seat>>,
}

/// The body was too slow.
#[derive(Debug, thiserror::Error)]
#[error("the body came too slowly")]
struct TooSlow;

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        let this = &mut *self;
        // What is there already is taken, however late it is.
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            if let Some(Ok(frame)) = &frame {
                let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
                this.received += bytes;
                let deadline =
                    this.left.deadline() + Duration::from_millis(1_000 * bytes / this.limits.body_per_second);
                this.left.as_mut().reset(deadline);
            }
            if this.body.is_end_stream() || frame.is_none() {
                this.seat.iter().for_each(|seat| seat.enter(Phase::Work));
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        ready!(this.left.as_mut().poll(cx));
        this.was_late.store(true, Ordering::Relaxed);
        tracing::info!(received = this.received, "a body came too slowly");
        Poll::Ready(Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
