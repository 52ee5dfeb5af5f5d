//! The browser's window: its address, the moments when it is used or hidden, its clipboard, and files that it shows or
//! saves.

use super::{document, page::remembered, pass_over, tasks, the_window, visibility};
use crate::platform::{Arrival, UnlockSecret};
use crate::text::Frame;
use dioxus::prelude::Element;
use js_sys::{Array, Uint8Array};
use model::language::Language;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Blob, BlobPropertyBag, Event, HtmlElement, Storage, Url};

pub fn launch(app: fn() -> Element) {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        stop();
    }));
    // A task of its own lets the page respond between the two large steps of a start.
    tasks::spawn(async move {
        tasks::sleep(0).await;
        wait_for_arrival().await;
        dioxus::LaunchBuilder::web().launch(app);
    });
}

/// Key in the window's storage of how often the app gave up.
const CRASHES: &str = "akkoord.crashes";

/// Shows that the app has stopped, in place of what it showed: nothing of it responds any more. The link starts it
/// again, and all that was saved is there.
fn stop() {
    if let Some(storage) = session_storage() {
        pass_over(storage.set_item(CRASHES, &(crashes() + 1).to_string()));
    }
    let Some(body) = document().and_then(|d| d.body()) else { return };
    let language = document().and_then(|d| d.document_element()).and_then(|root| root.get_attribute("lang"));
    let text = Frame(language.map(|tag| Language::from_tag(&tag)).unwrap_or_default());
    let part = |name: &str, class: &str, words: &str| {
        let part = document()?.create_element(name).ok()?;
        part.set_class_name(class);
        part.set_text_content(Some(words));
        Some(part)
    };
    let shown = || {
        let page = part("main", "page", "")?;
        let notice = part("div", "notice notice--bad", "")?;
        pass_over(notice.set_attribute("role", "alert"));
        let (title, body) = (part("strong", "", text.stopped_title())?, part("p", "", text.stopped_body())?);
        notice.append_child(&title).ok()?;
        notice.append_child(&body).ok()?;
        let again = part("a", "btn btn--s", text.reload())?;
        let path = the_window()?.location().pathname().ok()?;
        again.set_attribute("href", &path).ok()?;
        notice.append_child(&again).ok()?;
        page.append_child(&notice).ok()?;
        Some(page)
    };
    if let Some(page) = shown() {
        body.set_text_content(None);
        pass_over(body.append_child(&page));
    }
}

fn session_storage() -> Option<Storage> {
    the_window()?.session_storage().ok().flatten()
}

pub fn crashes() -> u32 {
    let known = session_storage().and_then(|storage| storage.get_item(CRASHES).ok().flatten());
    known.and_then(|count| count.parse().ok()).unwrap_or_default()
}

pub fn forget_crashes() {
    if let Some(storage) = session_storage() {
        pass_over(storage.remove_item(CRASHES));
    }
}

#[wasm_bindgen(js_namespace = ["akkoord", "entrance"])]
extern "C" {
    #[wasm_bindgen(js_name = take, catch)]
    async fn js_take_arrival() -> Result<JsValue, JsValue>;
}

thread_local! {
    /// Somebody who logged in on the page before the app, until the app takes the value.
    static ARRIVAL: RefCell<Option<Arrival>> = const { RefCell::new(None) };
}

/// Waits until somebody has logged in on the page before the app, if the app was started there.
async fn wait_for_arrival() {
    let Ok(parts) = js_take_arrival().await else { return };
    let Some(parts) = parts.dyn_ref::<Array>() else { return };
    let secret = Some(parts.get(1)).filter(|secret| !secret.is_undefined());
    let secret = secret.map(|secret| UnlockSecret(Uint8Array::new(&secret).to_vec()));
    let identity = parts.get(0).as_string().and_then(|json| serde_json::from_str(&json).ok());
    ARRIVAL.replace(identity.map(|identity| Arrival { identity, secret }));
}

pub fn take_arrival() -> Option<Arrival> {
    ARRIVAL.take()
}

pub fn login_path() -> String {
    remembered("login").filter(|path| path.starts_with("/inloggen/")).unwrap_or_else(|| "/inloggen".to_owned())
}

pub fn reload() {
    if let Some(window) = the_window() {
        pass_over(window.location().reload());
    }
}

pub fn go(path: &str) {
    if let Some(window) = the_window() {
        pass_over(window.location().assign(path));
    }
}

pub fn on_use(used: impl Fn() + 'static) {
    let Some(window) = the_window() else { return };
    let listener = Closure::<dyn FnMut()>::new(used);
    for event in ["pointerdown", "keydown"] {
        pass_over(window.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref()));
    }
    // The listener lives as long as the page.
    listener.forget();
}

/// This also ends the waiting in [`visibility::hidden`].
pub fn keep_typing_when_hidden() {
    let (Some(page), Some(window)) = (document(), the_window()) else { return };
    let changed = move |event: Event| {
        let is_hidden = event.type_() == "pagehide" || document().is_some_and(|page| page.hidden());
        visibility::set_hidden(is_hidden);
        let active = document().filter(|_| is_hidden).and_then(|page| page.active_element());
        // A choice or a chosen file was reported when it was made, so only text fields need this.
        let typing = active.filter(|field| field.matches(":read-write") == Ok(true));
        let event = Event::new_with_event_init_dict("change", &bubbling());
        if let (Some(active), Ok(event)) = (typing, event) {
            pass_over(active.dispatch_event(&event));
        }
    };
    let listener = Closure::<dyn FnMut(Event)>::new(changed);
    pass_over(page.add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref()));
    pass_over(window.add_event_listener_with_callback("pagehide", listener.as_ref().unchecked_ref()));
    // The listener lives as long as the page.
    listener.forget();
}

fn bubbling() -> web_sys::EventInit {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    init
}

pub async fn copy(text: &str) -> bool {
    let Some(window) = the_window() else { return false };
    wasm_bindgen_futures::JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

pub fn show_bytes(bytes: &[u8], media_type: &str) -> Option<String> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

pub fn forget_bytes(url: &str) {
    pass_over(Url::revoke_object_url(url));
}

pub fn save_bytes(bytes: &[u8], media_type: &str, name: &str) {
    let Some(url) = show_bytes(bytes, media_type) else { return };
    let link = document().and_then(|d| d.create_element("a").ok()).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        pass_over(link.set_attribute("href", &url));
        pass_over(link.set_attribute("download", name));
        link.click();
    }
    // The browser reads the bytes only after the click.
    tasks::spawn(async move {
        tasks::sleep(60_000).await;
        forget_bytes(&url);
    });
}
