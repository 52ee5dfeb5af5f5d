//! The machine as a page in a browser sees it.

use super::{Request, Response, Socket, Unreachable};
use futures_util::{SinkExt, StreamExt, future::ready};
use gloo_net::websocket::{Message, futures::WebSocket};
use js_sys::{Date, Uint8Array};
use model::time::Timestamp;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, RequestRedirect};

#[wasm_bindgen(module = "/src/client/platform/device.js")]
extern "C" {
    #[wasm_bindgen(js_name = holdDevice)]
    fn hold_device_js(lost: &Closure<dyn FnMut()>);
    #[wasm_bindgen(js_name = onWake)]
    fn on_wake_js(wake: &Closure<dyn FnMut()>);
}

#[wasm_bindgen(raw_module = "/rest.js")]
extern "C" {
    #[wasm_bindgen(js_name = complete)]
    async fn complete_js();
}

/// Waits until all of the app is here, for what its first screen does not need.
pub async fn complete() {
    complete_js().await;
}

/// The present moment.
pub fn now() -> Timestamp {
    // Whole milliseconds far below 2^53.
    Timestamp(Date::now() as i64)
}

/// How far local time is east of UTC at a moment, in minutes.
pub fn utc_offset_minutes(at: Timestamp) -> i32 {
    -(Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset() as i32)
}

/// Random bytes from the browser.
pub fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // Without randomness two devices could take the same name.
        wasm_bindgen::throw_str(&error.to_string());
    }
    bytes
}

/// Runs `task` on this thread.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    gloo_timers::future::TimeoutFuture::new(milliseconds).await;
}

/// Makes this tab the one that uses the device's store, and calls `lost` when
/// another tab becomes it.
pub fn hold_device(lost: impl FnOnce() + 'static) {
    let lost = Closure::once(lost);
    hold_device_js(&lost);
    // Once per tab; the browser calls it at any later moment.
    lost.forget();
}

/// Calls `wake` when the network is back or the page is seen again.
pub fn on_wake(wake: impl Fn() + 'static) {
    let wake = Closure::wrap(Box::new(wake) as Box<dyn FnMut()>);
    on_wake_js(&wake);
    // Once per tab; the browser calls it at any later moment.
    wake.forget();
}

/// Whether the device believes to have a network.
pub fn has_network() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// The way to the server that this page came from.
pub struct Network;

impl Network {
    /// To the server that this page came from.
    #[expect(clippy::new_without_default, reason = "the native one takes an address")]
    pub fn new() -> Self {
        Self
    }

    /// Sends a request and waits for the whole answer.
    pub async fn request(&self, request: Request) -> Result<Response, Unreachable> {
        fetch(request).await.map_err(|_| Unreachable)
    }

    /// Opens the connection for sync.
    pub async fn connect(&self) -> Result<Socket, Unreachable> {
        let location = web_sys::window().ok_or(Unreachable)?.location();
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
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response = JsFuture::from(window.fetch_with_str_and_init(&request.path, &init)).await?;
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
