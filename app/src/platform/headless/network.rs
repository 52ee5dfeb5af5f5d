//! Connections to a server at an address that the caller chooses.

use crate::platform::{Request, Response, Socket, Unreachable};
use futures_util::{SinkExt, StreamExt, future::ready};
use reqwest::{
    Client, Url,
    cookie::{CookieStore, Jar},
    header::{COOKIE, LOCATION, ORIGIN},
};
use std::sync::Arc;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

/// A server, and the cookies that it set.
pub struct Network {
    /// Scheme, host and port.
    origin: String,
    http: Client,
    cookies: Arc<Jar>,
}

impl Network {
    /// Names the server at `origin`, such as `http://localhost:8080`.
    pub fn new(origin: &str) -> Self {
        let cookies = Arc::new(Jar::default());
        // A client without a proxy or certificates of its own can always be built. One without cookies would never be
        // logged in, which any test notices.
        let http = Client::builder().cookie_provider(cookies.clone()).build().unwrap_or_default();
        Self { origin: origin.to_owned(), http, cookies }
    }
}

/// Returns the server that `cargo xtask run` starts.
pub fn own_server() -> Network {
    Network::new("http://localhost:8080")
}

pub async fn request(server: &Network, request: Request) -> Result<Response, Unreachable> {
    let method = request.method.parse().map_err(|_| Unreachable)?;
    let mut builder = server.http.request(method, format!("{}{}", server.origin, request.path));
    for (name, value) in request.headers {
        builder = builder.header(name, value);
    }
    let response = builder.header(ORIGIN, &server.origin).body(request.body).send().await.map_err(|_| Unreachable)?;
    let header = |name: &str| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
    let (location, offset) = (header(LOCATION.as_str()), header("upload-offset"));
    Ok(Response {
        status: response.status().as_u16(),
        location,
        upload_offset: offset.and_then(|o| o.parse().ok()),
        body: response.bytes().await.map_err(|_| Unreachable)?.to_vec(),
    })
}

pub async fn connect(server: &Network) -> Result<Socket, Unreachable> {
    let url = format!("{}/sync", server.origin.replacen("http", "ws", 1));
    let mut request = url.into_client_request().map_err(|_| Unreachable)?;
    let origin = server.origin.parse::<Url>().map_err(|_| Unreachable)?;
    let headers = request.headers_mut();
    headers.insert(ORIGIN, server.origin.parse().map_err(|_| Unreachable)?);
    if let Some(cookies) = server.cookies.cookies(&origin) {
        headers.insert(COOKIE, cookies);
    }
    let (socket, _) = tokio_tungstenite::connect_async(request).await.map_err(|_| Unreachable)?;
    let (sink, stream) = socket.split();
    let sink = sink.sink_map_err(|_| Unreachable).with(|bytes: Vec<u8>| ready(Ok(Message::Binary(bytes.into()))));
    let stream = stream.take_while(|m| ready(m.is_ok())).filter_map(|message| {
        ready(match message {
            Ok(Message::Binary(bytes)) => Some(bytes.to_vec()),
            _ => None,
        })
    });
    Ok((Box::pin(sink), Box::pin(stream)))
}

/// Does nothing: a program is never put to sleep by a browser, and tries again by itself.
pub fn on_wake(_wake: impl Fn() + 'static) {}

pub fn has_network() -> bool {
    true
}

/// Returns the path itself, so that rendered screens are those that the browser gets.
pub fn url(path: &str) -> String {
    path.to_owned()
}
