//! Connections to the server that this page came from.

use super::the_window;
use crate::platform::{Request, Response, Socket, Unreachable};
use futures_util::{SinkExt, StreamExt, future::ready};
use gloo_net::websocket::{Message, futures::WebSocket};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, RequestRedirect};

#[wasm_bindgen(js_namespace = ["akkoord", "tab"])]
extern "C" {
    #[wasm_bindgen(js_name = onWake)]
    fn on_wake_js(wake: &Closure<dyn FnMut()>);
}

/// The server that this page came from.
pub struct Network;

pub fn own_server() -> Network {
    Network
}

/// Returns the path itself, because the page comes from the same server.
pub fn url(path: &str) -> String {
    path.to_owned()
}

pub fn on_wake(wake: impl Fn() + 'static) {
    let wake = Closure::wrap(Box::new(wake) as Box<dyn FnMut()>);
    on_wake_js(&wake);
    // The closure is leaked: there is one per tab, and the browser may call it at any time.
    wake.forget();
}

pub fn has_network() -> bool {
    the_window().is_none_or(|window| window.navigator().on_line())
}

pub async fn request(_server: &Network, request: Request) -> Result<Response, Unreachable> {
    fetch(request).await.map_err(|_| Unreachable)
}

pub async fn connect(_server: &Network) -> Result<Socket, Unreachable> {
    let location = the_window().ok_or(Unreachable)?.location();
    let origin = location.origin().map_err(|_| Unreachable)?;
    let url = format!("{}/sync", origin.replacen("http", "ws", 1));
    let (sink, stream) = WebSocket::open(&url).map_err(|_| Unreachable)?.split();
    let sink = sink.sink_map_err(|_| Unreachable).with(|bytes| ready(Ok(Message::Bytes(bytes))));
    let stream = stream.take_while(|m| ready(m.is_ok())).filter_map(|message| {
        ready(match message {
            Ok(Message::Bytes(bytes)) => Some(bytes),
            _ => None,
        })
    });
    Ok((Box::pin(sink), Box::pin(stream)))
}

async fn fetch(request: Request) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Error);
    if !request.body.is_empty() {
        init.set_body(&Uint8Array::from(request.body.as_slice()));
    }
    let window = the_window().ok_or(JsValue::NULL)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(&url(&request.path), &init)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    let body = JsFuture::from(response.array_buffer()?).await?;
    let headers = response.headers();
    Ok(Response {
        status: response.status(),
        location: headers.get("location")?,
        upload_offset: headers.get("upload-offset")?.and_then(|o| o.parse().ok()),
        body: Uint8Array::new(&body).to_vec(),
    })
}
