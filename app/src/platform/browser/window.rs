//! The browser's window: its address, the moments in which it is used and put
//! away, its clipboard, and files that it shows or saves.

use super::{document, pass_over, tasks, the_window};
use crate::platform::Place;
use dioxus::prelude::Element;
use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, BlobPropertyBag, Event, HtmlElement, Url};

pub fn launch(app: fn() -> Element) {
    console_error_panic_hook::set_once();
    // A task of its own, so that the page can answer between the two large pieces of a start.
    tasks::spawn(async move {
        tasks::sleep(0).await;
        dioxus::LaunchBuilder::web().launch(app);
    });
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

pub fn address() -> String {
    the_window().and_then(|w| w.location().href().ok()).unwrap_or_default()
}

pub fn fragment() -> Option<String> {
    let hash = the_window()?.location().hash().ok()?;
    hash.strip_prefix('#').filter(|f| !f.is_empty()).map(str::to_owned)
}

pub fn set_fragment(fragment: &str) {
    let Some(history) = the_window().and_then(|w| w.history().ok()) else { return };
    let state = history.state().unwrap_or_default();
    pass_over(history.replace_state_with_url(&state, "", Some(&format!("#{fragment}"))));
}

/// Another link followed in this tab changes only what is behind `#`, which
/// no router notices: the page then starts afresh with the new one.
pub fn reload_on_new_fragment() {
    let Some(window) = the_window() else { return };
    let path = window.location().pathname().ok();
    let changed = move || {
        if the_window().and_then(|w| w.location().pathname().ok()) == path {
            reload();
        }
    };
    let listener = Closure::<dyn FnMut()>::new(changed);
    pass_over(window.add_event_listener_with_callback("hashchange", listener.as_ref().unchecked_ref()));
    // Lives as long as the page.
    listener.forget();
}

pub fn place() -> Place {
    let Some(window) = the_window() else { return Place::Browser };
    let has_passkeys =
        js_sys::Reflect::get(&window, &JsValue::from_str("PublicKeyCredential")).is_ok_and(|v| !v.is_undefined());
    Place::of(&window.navigator().user_agent().unwrap_or_default(), has_passkeys)
}

pub fn on_use(used: impl Fn() + 'static) {
    let Some(window) = the_window() else { return };
    let listener = Closure::<dyn FnMut()>::new(used);
    for event in ["pointerdown", "keydown"] {
        pass_over(window.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref()));
    }
    // Lives as long as the page.
    listener.forget();
}

/// Also lets those go on who wait for the moment in which the page is put away ([`put_away`]).
pub fn keep_typing_when_hidden() {
    let (Some(page), Some(window)) = (document(), the_window()) else { return };
    let put_away = move |event: Event| {
        let is_away = event.type_() == "pagehide" || document().is_some_and(|page| page.hidden());
        IS_AWAY.set(is_away);
        let active = document().filter(|_| is_away).and_then(|page| page.active_element());
        // A choice or a chosen file was told when it was made.
        let typing = active.filter(|field| field.matches(":read-write") == Ok(true));
        let event = Event::new_with_event_init_dict("change", &bubbling());
        if let (Some(active), Ok(event)) = (typing, event) {
            pass_over(active.dispatch_event(&event));
        }
        if is_away {
            for waiting in AWAITING.take() {
                // Nobody may be waiting any more.
                waiting.send(()).unwrap_or_default();
            }
        }
    };
    let listener = Closure::<dyn FnMut(Event)>::new(put_away);
    pass_over(page.add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref()));
    pass_over(window.add_event_listener_with_callback("pagehide", listener.as_ref().unchecked_ref()));
    // Lives as long as the page.
    listener.forget();
}

thread_local! {
    /// Whether the page was put away and is not back yet.
    static IS_AWAY: Cell<bool> = const { Cell::new(false) };
    /// Who wants to know that the page is put away.
    static AWAITING: RefCell<Vec<oneshot::Sender<()>>> = const { RefCell::new(Vec::new()) };
}

/// Waits until the page is put away.
pub(super) async fn put_away() {
    if IS_AWAY.get() {
        return;
    }
    let (tell, told) = oneshot::channel();
    AWAITING.with_borrow_mut(|waiting| {
        waiting.retain(|one| !one.is_canceled());
        waiting.push(tell);
    });
    told.await.unwrap_or_default();
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

pub fn open_address(url: &str) {
    if let Some(window) = the_window() {
        // A browser that refuses has said so itself.
        drop(window.open_with_url_and_target(url, "_blank"));
    }
}

pub fn save_bytes(bytes: &[u8], media_type: &str, name: &str) {
    let Some(url) = show_bytes(bytes, media_type) else { return };
    let link = document().and_then(|d| d.create_element("a").ok()).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        pass_over(link.set_attribute("href", &url));
        pass_over(link.set_attribute("download", name));
        link.click();
    }
    // The browser reads the bytes after the click.
    tasks::spawn(async move {
        tasks::sleep(60_000).await;
        forget_bytes(&url);
    });
}
