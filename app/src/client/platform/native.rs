//! The machine as a native program sees it.

use super::{Request, Response, Socket, Unreachable};
use futures_util::{SinkExt, StreamExt, future::ready};
use model::time::Timestamp;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use std::{cell::RefCell, collections::BTreeMap, time::Duration};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "the one sanctioned place on this platform")]
pub fn now() -> Timestamp {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since_1970.ok().and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or(0))
}

/// How far local time is east of UTC, in minutes.
pub fn utc_offset_minutes(_at: Timestamp) -> i32 {
    0
}

/// Random bytes from the operating system.
pub fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Without randomness two devices could take the same name.
        std::process::abort();
    }
    bytes
}

/// Runs `task` on this thread.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    tokio::task::spawn_local(task);
}

/// A program is all there when it starts.
pub async fn complete() {}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    tokio::time::sleep(Duration::from_millis(milliseconds.into())).await;
}

/// This program is the only one to use its store.
pub fn hold_device(_lost: impl FnOnce() + 'static) {}

/// Waking is for browsers, whose pages sleep.
pub fn on_wake(_wake: impl Fn() + 'static) {}

/// Whether the device believes to have a network.
pub fn has_network() -> bool {
    true
}

/// The way to the server.
pub struct Network {
    /// Scheme, host and port.
    origin: String,
    http: reqwest::Client,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Network {
    /// To the server at `origin`, such as `http://localhost:8080`.
    pub fn new(origin: &str) -> Self {
        Self { origin: origin.to_owned(), http: reqwest::Client::new(), cookies: RefCell::default() }
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.borrow();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Cookies are marked `Secure`; on `localhost` they go over plain HTTP all
    /// the same, as in browsers.
    fn keep_cookies(&self, headers: &HeaderMap) {
        for header in headers.get_all(SET_COOKIE) {
            let text = header.to_str().unwrap_or_default();
            if let Some((name, value)) = text.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Sends a request and waits for the whole answer.
    pub async fn request(&self, request: Request) -> Result<Response, Unreachable> {
        let method = request.method.parse().map_err(|_| Unreachable)?;
        let mut builder = self.http.request(method, format!("{}{}", self.origin, request.path));
        for (name, value) in request.headers {
            builder = builder.header(name, value);
        }
        let cookie = self.cookie_header();
        let response = builder
            .header(ORIGIN, &self.origin)
            .header(COOKIE, cookie)
            .body(request.body)
            .send()
            .await
            .map_err(|_| Unreachable)?;
        self.keep_cookies(response.headers());
        let header = |name: &str| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let (location, offset) = (header(LOCATION.as_str()), header("upload-offset"));
        Ok(Response {
            status: response.status().as_u16(),
            location,
            upload_offset: offset.and_then(|o| o.parse().ok()),
            body: response.bytes().await.map_err(|_| Unreachable)?.to_vec(),
        })
    }

    /// Opens the connection for sync.
    pub async fn connect(&self) -> Result<Socket, Unreachable> {
        let url = format!("{}/sync", self.origin.replacen("http", "ws", 1));
        let mut request = url.into_client_request().map_err(|_| Unreachable)?;
        let cookie = self.cookie_header();
        for (name, value) in [(ORIGIN, self.origin.as_str()), (COOKIE, cookie.as_str())] {
            request.headers_mut().insert(name, value.parse().map_err(|_| Unreachable)?);
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
}
