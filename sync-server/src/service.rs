//! A running server: the listener, the requests, and an orderly end.

use crate::{router::router, state::State};
use std::{future::Future, net::SocketAddr};
use tokio::net::TcpListener;

/// Answers requests until `stop`; what is under way is then finished.
pub async fn serve(
    state: State,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let app = router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(stop).await
}
